"""Whether a phrase is denied, by the words before it."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["is_negated"]

_NEGATORS = frozenset("no not neither nor never isn't aren't wasn't weren't".split())
_BETWEEN = frozenset("a an the any all mere simply just really actually longer such".split())


def is_negated(before: Sequence[str]) -> bool:
    """Tell whether the words before a noun phrase deny it: "no rioters", "were not a mob".

    A negated verb elsewhere in the sentence ("did not disperse the crowd") denies the act, not the label.

    Parameters
    ----------
    before : sequence of str
        The words of the sentence before the phrase, in normal form.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_negated("they were not a".split()), is_negated("police did not disperse the".split())
    (True, False)
    >>> is_negated("not only".split()), is_negated("there were no violent".split())
    (False, True)
    """
    left = list(before)
    while left and left[-1] in _BETWEEN:
        left.pop()
    if left and left[-1] in _NEGATORS:
        return True
    # "no" reaches over one adjective
    return len(left) > 1 and left[-2] == "no" and left[-1] != "one" and len(before) == len(left)
