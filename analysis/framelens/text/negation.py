"""Whether a noun phrase is denied, by the words before it."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["is_negated"]

_NEGATORS = frozenset("no not neither nor never isn't aren't wasn't weren't".split())
_BETWEEN = frozenset("a an the any mere simply just really actually longer such".split())
_QUALITY = ("ful", "ous", "ive", "ent", "less", "ic", "ish", "ed", "ry")  # endings of adjectives that labels take


def is_negated(before: Sequence[str]) -> bool:
    """Tell whether the words before a noun phrase deny it: "no rioters", "were not a mob".

    A negated verb elsewhere in the sentence ("did not disperse the crowd") denies the act, not the label; "no doubt
    protesters", "not all protesters" and "not only" deny neither. "No" reaches over one adjective ("no violent mob").

    Parameters
    ----------
    before : sequence of str
        The words right before the phrase, in normal form, back to the first punctuation or quotation mark.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_negated("they were not a".split()), is_negated("police did not disperse the".split())
    (True, False)
    >>> is_negated("not only".split()), is_negated("there were no violent".split())
    (False, True)
    >>> is_negated("there is no doubt".split()), is_negated("not all".split())
    (False, False)
    """
    left = list(before)
    while left and left[-1] in _BETWEEN:
        left.pop()
    if left and left[-1] in _NEGATORS:
        return True
    return len(left) > 1 and len(left) == len(before) and left[-2] == "no" and left[-1].endswith(_QUALITY)
