"""Which conclusion hangs on which term: each is dropped in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import kendalltau

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._contrasts import KINDS, NOTHING, tell_conclusion
from framelens.measure._rows import MIN_RESAMPLES
from framelens.measure._sides import usual_by
from framelens.measure.contrasts import compare
from framelens.measure.selection import select_annotations
from framelens.schema import TABLES

__all__ = ["measure_sensitivity"]

CONCLUSIONS = ("direction", "significance", "order")
Measure = Callable[..., pd.DataFrame]
_NUMBERS = ("estimate", "ci_low", "ci_high", "p_value")


def measure_sensitivity(annotations: Annotations, measure: Callable[..., pd.DataFrame], *, only: Mapping[str, str],
                        conclusion: str = "significance", sides: tuple[str, str] | None = None,
                        by: str | None = None, contrast: str = "difference", terms: Sequence[str] | None = None) -> pd.DataFrame:
    """Draw a conclusion again without each term of the lexicon, and say where it changes.

    The labels of the term are dropped; nothing is annotated again. Where a longer term is dropped ("riot police"), a shorter
    one that would then match ("police") does not take its place.

    Parameters
    ----------
    annotations : Annotations
        In full or text-free form.
    measure : function
        ``measure_labelling``, or another of labels that :func:`framelens.compare` takes.
    only : mapping of str to str
        The one number that the conclusion is about, such as ``{"measure": "label_share", "zone": "body", "voice": "narrator",
        "group": "protesters", "stance": "delegitimising"}``.
    conclusion : {"significance", "direction", "order"}
        Which side is higher and whether p is below .05; which side is higher; or the order of all units of ``by``.
    sides : (str, str), optional
        The two units that are compared; needed unless the conclusion is an order.
    by, contrast : str
        As in :func:`framelens.compare`; without ``by`` its usual one.
    terms : list of str, optional
        Terms to drop; by default all that have labels (of the group in ``only``, if it names one).

    Returns
    -------
    DataFrame
        ``term, group, stance`` of what was dropped (first row: nothing), ``n_mentions, estimate, ci_low, ci_high, p_value,
        shift`` (from the first row), ``conclusion`` in words, ``changes``. What changes the conclusion first, then the largest
        shift. Of an order the estimate is Kendall's tau-b with the order of all terms, and p and interval are empty. p values
        are of one contrast and not adjusted: the rows are one conclusion seen many times, not many tests.

    Raises
    ------
    SchemaError
        The conclusion or a side is unknown, ``only`` leaves no number or several, or a term has no labels.

    Examples
    --------
    >>> from framelens.measure.labelling import measure_labelling
    >>> from framelens.pipeline import annotate
    >>> texts = {"B": "The rioters left. The protesters and the marchers stayed.",
    ...          "H": "The rioters left. The mob left. The crowd left."}
    >>> documents = pd.DataFrame({"document_id": list("abcd"), "outlet": list("BBHH"), "text": [texts[o] for o in "BBHH"]})
    >>> asked = {"measure": "label_count", "zone": "body", "voice": "narrator", "group": "protesters",
    ...          "stance": "delegitimising"}
    >>> table = measure_sensitivity(annotate(documents), measure_labelling, only=asked, conclusion="order")
    >>> table[["term", "n_mentions", "conclusion", "changes"]].head(3).values.tolist()
    [['', 0, 'H > B', False], ['mob', 2, 'B = H', True], ['crowd', 2, 'H > B', False]]
    """
    if conclusion not in CONCLUSIONS:
        raise SchemaError(f"conclusion={conclusion!r} is not known. Allowed: {', '.join(CONCLUSIONS)}.")
    if conclusion != "order" and (sides is None or len(sides) != 2):
        raise SchemaError(f"A conclusion of {conclusion} is about two sides: give sides=(one, other), values of {by!r}.")
    by = usual_by(annotations, by)
    annotations = select_annotations(annotations)  # chooses nothing; groups and stances keep their rows when their labels go
    key = ["group", "stance", "term"]
    mentions = annotations.mentions
    counts = mentions.groupby(key, sort=True).size()
    wanted = [k for k in counts.index if only.get("group", k[0]) == k[0] and (terms is None or k[2] in terms)]
    if missing := [t for t in terms or () if t not in {k[2] for k in wanted}]:
        raise SchemaError(f"terms: {missing[0]!r} has no labels" + (f" in group {only['group']!r}." if "group" in only else "."))
    labels = pd.MultiIndex.from_frame(mentions[key])

    def ask(kept: Annotations) -> tuple[dict[str, float], str]:
        if conclusion == "order":
            return _order(kept, measure, only, by)
        return _contrast(kept, measure, only, (conclusion, by, contrast), sides or ("", ""))

    whole, first = ask(annotations)
    base = {"estimate": 1.0} if conclusion == "order" else whole
    found: list[list[Any]] = []
    for group, stance, term in wanted:
        left = annotations.replace(mentions=mentions[~labels.isin([(group, stance, term)])].reset_index(drop=True))
        try:
            now, told = ask(left)
        except SchemaError:  # of the whole all was well: what only= asks for goes with this term (a source's only word, say)
            now, told = {}, NOTHING
        now = _tau(now, whole) if conclusion == "order" else now
        found.append([term, group, stance, int(counts[(group, stance, term)]), *_values(now, base), told, told != first])
    columns = ["term", "group", "stance", "n_mentions", *_NUMBERS, "shift", "conclusion", "changes"]
    place = columns.index("shift")
    found.sort(key=lambda row: (not row[-1], -np.nan_to_num(abs(row[place])), row[:3]))
    return pd.DataFrame([["", "", "", 0, *_values(base, base), first, False], *found], columns=columns)


def _values(now: Mapping[str, float], base: Mapping[str, float]) -> tuple[float, ...]:
    return (*(now.get(name, np.nan) for name in _NUMBERS), now.get("estimate", np.nan) - base.get("estimate", np.nan))


def _pick(rows: pd.DataFrame, only: Mapping[str, str], each: Sequence[str]) -> pd.DataFrame:
    """Take the rows that are asked for: one each of some columns, or say what tells them apart."""
    for column, value in only.items():
        if column not in rows:
            raise SchemaError(f"only: {column!r} is no column of estimates. Columns: {', '.join(TABLES['estimates'].key)}.")
        rows = rows[rows[column] == value]
    several = rows.duplicated(list(each), keep=False)
    if several.any():
        rows = rows[several]
        free = [c for c in TABLES["estimates"].key if c in rows and c not in (*each, *only) and rows[c].nunique() > 1]
        told = "; ".join(f"{c}: {', '.join(map(str, rows[c].dropna().unique()))}" for c in free)
        raise SchemaError(f"only: leaves several numbers. Name one of each: {told}.")
    if rows.empty:
        asked = ", ".join(f"{column}={value}" for column, value in only.items())
        raise SchemaError(f"only: no number is {asked}. Look at what the measure returns.")
    return rows


def _contrast(kept: Annotations, measure: Measure, only: Mapping[str, str], how: tuple[str, str, str],
              sides: tuple[str, str]) -> tuple[dict[str, float], str]:
    """Compare two sides, and say the conclusion in words."""
    conclusion, by, contrast = how
    table = compare(kept, measure, by=by, reference=sides[1], contrast=contrast, only=only)
    lead = "" if by == "outlet" else f"{by}="
    own = table[table["contrast"] == f"{lead}{sides[0]} {KINDS[contrast][1]} {lead}{sides[1]}"]
    if own.empty:
        raise SchemaError(f"sides: {sides[0]!r} is no value of {by!r} beside {sides[1]!r}. There is: "
                          f"{', '.join(table['contrast'].unique())}.")
    row = _pick(own, {}, ["contrast"]).iloc[0]
    numbers = {name: float(row[name]) for name in _NUMBERS}
    null = 0.0 if contrast == "difference" else 1.0
    return numbers, tell_conclusion(numbers["estimate"], numbers["p_value"], sides, null, tested=conclusion != "direction")


def _order(kept: Annotations, measure: Measure, only: Mapping[str, str], by: str) -> tuple[dict[str, float], str]:
    """Rank the units of ``by``; the numbers are theirs, by name."""
    table = measure(kept, by=by, n_resamples=MIN_RESAMPLES)  # its intervals are not looked at
    unit = "outlet" if by in ("outlet", "document_id") else "contrast"
    rows = _pick(table, only, [unit]).dropna(subset=["estimate"])
    values = {str(name): float(value) for name, value in zip(rows[unit], rows["estimate"], strict=True)}
    ranked = sorted(values, key=lambda name: -values[name])
    signs = [" = " if values[a] == values[b] else " > " for a, b in pairwise(ranked)]
    return values, "".join(part for pair in zip(ranked, [*signs, ""], strict=True) for part in pair) or "nothing to rank"


def _tau(now: Mapping[str, float], base: Mapping[str, float]) -> dict[str, float]:
    """Correlate two orders of the same units."""
    both = [name for name in base if name in now]
    if len(both) < 2:
        return {"estimate": np.nan}
    return {"estimate": float(kendalltau([base[n] for n in both], [now[n] for n in both]).statistic)}
