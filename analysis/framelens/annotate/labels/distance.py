"""The writer's distance from a label: "so-called", "what the ministry calls", "allegations of", "denied being"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framelens.text.trie import Trie

__all__ = ["is_contested"]

_NEAR, _FAR = 2, 7  # words before the label
# A word right before it, give or take an adjective.
_NEAR_WORDS = frozenset((
    "so-called alleged allegedly supposed supposedly purported purportedly self-styled self-proclaimed self-described would-be "
    "ostensible ostensibly presumed suspected reputed").split())
_CALLS = ("call* describ* term* label* brand* dub* consider* regard* portray* characteri* denounc* dismiss* see sees saw "
          "view*").split()
_NAMED = ("described labelled labeled branded dubbed termed portrayed characterised characterized denounced dismissed depicted "
          "classed designated cast").split()


def _phrases() -> Iterator[str]:
    for noun in ("allegation*", "accusation*", "claim*", "charge*", "denial*", "talk", "suggestion*"):
        yield f"{noun} of"
    for slots in ("*", "* *", "* * *"):  # "what the interior ministry calls"
        for call in _CALLS:
            yield from (f"{relative} {slots} {call}" for relative in ("what", "whom"))
    for named in _NAMED:
        yield f"{named} as"
        yield from (f"{named} by {slots} as" for slots in ("*", "* *", "* * *"))
    for deny in ("deny", "denies", "denied", "denying"):
        yield from (f"{deny} {what}" for what in (
            "being", "having been", "they are", "they were", "that they are", "that they were"))
    yield from ("referred to as", "reject* the label", "reject* the term", "reject* the word", "reject* the description",
                "dispute* the label", "dispute* the term", "dispute* the word", "accus* of being")


_LEADING = Trie((tuple(phrase.split()), True) for phrase in _phrases())
_BEHIND = Trie((tuple(phrase.split()), True) for phrase in (
    "as * call* them", "as * * call* them", "as * * * call* them", "as * call* it", "as * * call* it", "as * * * call* it",
    "as * put it", "as * * put it", "as * puts it", "as * * puts it", "in the words of", "in the language of"))


def is_contested(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the writer holds a label at a distance.

    Parameters
    ----------
    before, after : sequence of str
        The words of its sentence before and behind the label, in normal form.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_contested("police spoke of allegations of".split(), ()), is_contested("what the interior ministry calls".split(), ())
    (True, True)
    >>> is_contested("the".split(), "as the mayor calls them left".split()), is_contested("police called the".split(), ())
    (True, False)
    """
    near = before[-_FAR:]
    if not _NEAR_WORDS.isdisjoint(near[-_NEAR:]) or _LEADING.any_in(near):
        return True
    return bool(len(after)) and bool(_BEHIND.matches(after, 0))
