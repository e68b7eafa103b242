"""Numbers written in words."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["SCALES", "TENS", "UNITS", "read_number_words"]

UNITS = {word: value for value, word in enumerate((
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen").split())}
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}


def read_number_words(norms: Sequence[str], at: int) -> tuple[float, int] | None:
    """Read the number words that begin at a place; return the number, and the place behind them.

    Examples
    --------
    >>> [read_number_words(text.split(), 0) for text in (
    ...     "twenty-six men", "two hundred and six", "half a dozen", "a thousand men", "two and two", "men")]
    [(26.0, 1), (206.0, 4), (6.0, 3), (1000.0, 2), (2.0, 1), None]
    """
    if list(norms[at:at + 3]) == ["half", "a", "dozen"]:
        return 6.0, at + 3
    total, part, k = 0.0, 0.0, at
    if norms[at] in ("a", "one") and at + 1 < len(norms) and norms[at + 1] in SCALES:
        part, k = 1.0, at + 1
    begun = k > at
    while k < len(norms):
        norm = norms[k]
        tens, _, unit = norm.partition("-")
        if norm in UNITS and (part == 0 or part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20)):
            part += UNITS[norm]
        elif tens in TENS and (not unit or unit in UNITS) and part % 100 == 0:
            part += TENS[tens] + UNITS.get(unit, 0)
        elif norm in SCALES and begun:
            if SCALES[norm] < 1000:
                part = (part or 1) * SCALES[norm]
            else:
                total, part = total + (part or 1) * SCALES[norm], 0.0
        elif norm == "and" and begun and part and part % 100 == 0 and k + 1 < len(norms) and (
                norms[k + 1] in UNITS or norms[k + 1].partition("-")[0] in TENS):
            pass
        else:
            break
        begun, k = True, k + 1
    return (total + part, k) if begun else None
