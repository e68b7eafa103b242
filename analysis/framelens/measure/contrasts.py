"""Contrasts of any measure: does one outlet differ from another, by how much, and how sure is that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.measure._intervals import DESCRIBED, SMALL, WARNED
from framelens.measure._rows import LEVEL, MIN_RESAMPLES, Floats, Frame, Part, find_frame, finish, refusals, sum_rows
from framelens.measure._sides import PAIRS, Side, check_options, find_parts, find_sides, select_parts
from framelens.stats.contrast import CONTRASTS, ratio_contrasts
from framelens.stats.multiplicity import METHODS
from framelens.stats.multiplicity import adjust as adjusted

__all__ = ["compare"]

KINDS = {"difference": ("difference", "minus"), "ratio": ("log ratio", "over"), "odds ratio": ("log odds ratio", "over")}


@dataclass(frozen=True)
class _Task:
    """What one call asks of every part."""

    frame: Frame
    contrast: str
    allow_small_n: bool


def compare(annotations: Annotations, measure: Callable[..., pd.DataFrame], *, by: str = "outlet", reference: str = PAIRS,
            contrast: str = "difference", only: Mapping[str, str | Sequence[str]] | None = None, adjust: str = "holm",
            allow_small_n: bool = False) -> pd.DataFrame:
    r"""Compare outlets (or other groups of articles) in what a measure measures, with interval, p and adjusted p.

    Two intervals that overlap are no test. This is one: the difference :math:`R_1 - R_2` of two ratios of sums, or
    :math:`R_1 / R_2`, or the ratio of their odds, with the bias-reduced cluster variance (CR2; Bell and McCaffrey 2002) and
    Satterthwaite degrees of freedom (Pustejovsky and Tipton 2018). The unit of chance is the syndication cluster; one with
    articles on both sides counts on both and is no evidence of a difference.

    Parameters
    ----------
    annotations : Annotations
        As the measure needs.
    measure : function
        ``measure_labelling``, ``measure_sourcing``, ``measure_tone`` or ``measure_agency``. Its shares, rates and means are
        compared; counts, which hang on how many articles there are, are not.
    by : {"outlet", "publisher", "origin", "event"}
        What is compared.
    reference : str
        ``"pairs"``: every two, once; ``"rest"``: each against all others together; or a name: every other against that one.
    contrast : {"difference", "ratio", "odds ratio"}
        A difference is in the unit of the measure. A mean has no ratio, a rate no odds: such numbers are left out.
    only : mapping of str to str or list of str, optional
        Columns and the values to compare, such as ``{"measure": "label_share", "voice": "narrator"}``. Everything that is
        tested is one family: ask for what you want to know, before you look.
    adjust : {"holm", "fdr_bh", "fdr_by", "bonferroni"}
        How ``q_value`` is made of all p values of the call: see :func:`framelens.stats.multiplicity.adjust`.
    allow_small_n : bool
        Compute also where the numbers are too small; the note warns of it.

    Returns
    -------
    DataFrame
        ``estimates``: a row for each two sides and combination. ``contrast`` says what was done ("Herald minus Bugle"),
        ``reference`` with what, and the note names the higher side with both values. ``n_documents``, ``n_clusters`` and
        ``n_units`` are of both sides together. There is an interval where both sides have the numbers that an estimate needs
        (10 clusters, 5 hits in 5 of them, of a share 5 others) and there are 3 degrees of freedom; otherwise the method is
        "description" and the note says why. Intervals are of 95 % each, not together; ``family`` says how many were tested.

    Raises
    ------
    SchemaError
        An option is unknown, there is nothing to compare, or tables lack something.

    References
    ----------
    Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage samples.
    Survey Methodology, 28, 169–181.
    Pustejovsky, J. E., & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis
    testing in fixed effects models. Journal of Business & Economic Statistics, 36, 672–683.

    Examples
    --------
    Do two outlets differ in the share of delegitimising labels in their own voice?

    >>> from framelens.measure.labelling import measure_labelling
    >>> ids = [f"{outlet}{i}" for outlet in "BH" for i in range(10)]
    >>> row = {"zone": "body", "voice": "narrator"}
    >>> labels = pd.DataFrame([{"document_id": d, **row, "group": "protesters", "negated": False, "contested": False,
    ...                         "stance": "delegitimising" if n < (2 if d[0] == "H" else 1) + i % 2 else "neutral"}
    ...                        for i, d in enumerate(ids) for n in range(4)])
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ids, "outlet": ["Bugle"] * 10 + ["Herald"] * 10}),
    ...     "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids}),
    ...     "sizes": pd.DataFrame({"document_id": ids, **row, "n_words": 100}), "mentions": labels})
    >>> asked = {"measure": "label_share", "zone": "body", "voice": "narrator", "stance": "delegitimising"}
    >>> result = compare(found, measure_labelling, only=asked).iloc[0]
    >>> result["contrast"], float(result["estimate"]), [round(float(result[end]), 3) for end in ("ci_low", "ci_high")]
    ('Bugle minus Herald', -0.25, [-0.374, -0.126])
    >>> result["note"]
    'Higher in Herald: 0.625 (25 of 40) against 0.375 (15 of 40) in Bugle.'
    """
    parts = find_parts(measure)
    check_options("compare", by, contrast=(contrast, tuple(KINDS)), adjust=(adjust, METHODS))
    frame = find_frame(annotations, by, MIN_RESAMPLES, 0)
    kept = list(select_parts(parts(annotations, frame), only or {}, f"a {contrast}", CONTRASTS[KINDS[contrast][0]]))
    sides = list(find_sides(frame, reference, by))
    task = _Task(frame, contrast, allow_small_n)
    table = pd.concat([_rows(task, part, two) for part in kept for two in sides], ignore_index=True)
    tested = int(table["p_value"].notna().sum())
    family = f"{measure.__name__} by {by}: {contrast}, {adjust}, {tested} tests"
    return finish([table.assign(q_value=adjusted(table["p_value"].to_numpy(float), adjust), family=family)])


def _rows(task: _Task, part: Part, sides: tuple[Side, Side]) -> pd.DataFrame:
    """Make the rows of one contrast of one part."""
    frame, measure, tallies = task.frame, part.measure, part.tallies
    n = int(frame.cluster.max()) + 1 if len(frame.cluster) else 0
    sums, few, told = [], np.full(len(part.combos), "", dtype=object), []
    for side in sides:
        own = frame.cluster[side.articles]
        num, den, hit = (sum_rows(values[side.articles], own, n) for values in (
            tallies.num, tallies.den, tallies.num if tallies.hits is None else tallies.hits))
        sums.append((num, den))
        small = refusals(measure, (den > 0).sum(0), (hit.sum(0), (hit > 0).sum(0)), ((den - hit).sum(0), (den > hit).sum(0)))
        few = np.where(few == "", [why.replace("; here ", f"; {side.name} has ") for why in small], few)
        told.append((side.name, num.sum(0), den.sum(0)))
    kind, word = KINDS[task.contrast]
    found = ratio_contrasts(*sums, contrast=kind, scale=measure.scale, level=LEVEL, allow_small_n=task.allow_small_n)
    given = np.isfinite(found.low) & ((few == "") | task.allow_small_n)
    per = measure.per if task.contrast == "difference" else 1.0
    estimate, low, high = (values * per if task.contrast == "difference" else np.exp(values)
                           for values in (found.estimate, found.low, found.high))
    (_, hits, bases), (_, more_hits, more_bases) = told
    behind = tallies.den > 0
    behind &= (sides[0].articles | sides[1].articles)[:, None]
    first, second = (side.unit for side in sides)
    values: dict[str, Any] = {
        **{str(column): part.combos[column] for column in part.combos},
        "measure": measure.name, "unit": measure.unit if task.contrast == "difference" else task.contrast,
        "outlet": sides[0].outlet, "contrast": f"{first} {word} {second}", "reference": second,
        "estimate": estimate, "ci_low": np.where(given, low, np.nan), "ci_high": np.where(given, high, np.nan),
        "ci_level": np.where(given, LEVEL, np.nan), "n_documents": behind.sum(0),
        "n_clusters": ((sums[0][1] > 0) | (sums[1][1] > 0)).sum(0),
        "n_units": hits + more_hits if measure.scale == "rate" else bases + more_bases,
        "p_value": np.where(given, found.p, np.nan), "corrected": False, "validated": False,
        "method": np.where(given, found.method, "description"),
        "note": [" ".join(said for said in (*_told(part, told, j, _why(few[j], found.reason[j], bool(given[j]))),
                                            *(side.note for side in sides)) if said) for j in range(len(few))],
    }
    return pd.DataFrame(values, index=range(len(few)))


def _told(part: Part, told: list[tuple[str, Floats, Floats]], j: int, why: str) -> tuple[str, ...]:
    """Say which side is higher, with both values and what they rest on, and ``why`` there is no more to say."""
    values = []
    for name, num, den in told:
        if not den[j] > 0:
            return (f"Nothing to compare: no {part.measure.base} in {name}.",)
        n = {"share": f"{num[j]:.0f} of {den[j]:.0f}", "rate": f"{num[j]:.0f}"}.get(part.measure.scale, f"n {den[j]:.0f}")
        values.append((part.measure.per * num[j] / den[j], f" ({n})", name))
    (high, n_high, most), (low, n_low, least) = sorted(values, key=lambda value: -value[0])
    if high == low:
        return f"Equal: {high:.3g} in {most}{n_high} and in {least}{n_low}.", why
    return f"Higher in {most}: {high:.3g}{n_high} against {low:.3g}{n_low} in {least}.", why


def _why(few: str, reason: str, given: bool) -> str:
    """Say why there is no interval, or that there should be none."""
    if given:
        return few.replace(DESCRIBED, WARNED) or (f"{SMALL}: {reason}." if reason else "")
    return few or f"Described only: {reason}."
