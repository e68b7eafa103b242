"""Rates of outlets compared at like events: Poisson regression over articles, clusters of copies, events held fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._intervals import DESCRIBED, LEVEL, WARNED, Floats, Measure
from framelens.measure._rows import MIN_RESAMPLES, Frame, Part, find_frame, finish, refusals
from framelens.measure._sides import PAIRS, REST, Side, check_options, find_parts, find_sides, select_parts
from framelens.stats.clusters import few_of
from framelens.stats.multiplicity import METHODS
from framelens.stats.multiplicity import adjust as adjusted
from framelens.stats.poisson import MIN_DF, RateModel, rate_model

__all__ = ["UNIT", "find_events", "find_modelled", "model_rates"]

UNIT = "log2 rate ratio"
SAME = 1e-6  # log ratios nearer to 0 than the fit converges


@dataclass(frozen=True)
class _Task:
    """What one call asks of every number: the articles, and the event of each (-1 where none is known)."""

    frame: Frame
    event: NDArray[np.intp]


def model_rates(annotations: Annotations, measure: Callable[..., pd.DataFrame], *, by: str = "outlet", reference: str = PAIRS,
                events: bool = True, only: Mapping[str, str | Sequence[str]] | None = None, adjust: str = "holm",
                allow_small_n: bool = False) -> pd.DataFrame:
    r"""Compare the rates of outlets at like events: one outlet may only have reported the bloodier ones.

    Of article i of outlet o on event e, with :math:`w_i` words, the hits are modelled as

    .. math:: \log E(y_i) = \log w_i + \beta_{o} + \gamma_{e}

    by Poisson generalised estimating equations with independence as working correlation (Liang and Zeger 1986): the
    estimates are those of Poisson regression, which need no Poisson variance, and the clusters of copies may vary as they
    will. The covariance is the bias-reduced one of Mancl and DeRouen (2001), with t of the clusters less the coefficients, or
    of the smaller side's clusters less one. Events that only one outlet or one cluster reports, or that have no hit, say
    nothing of a difference and are left out.

    Needs statsmodels: ``pip install 'framelens[model]'``.

    Parameters
    ----------
    annotations : Annotations
        As the measure needs; documents with the column ``event``, unless ``events=False``.
    measure : function
        ``measure_labelling`` or ``measure_sourcing``; of its numbers the rates per 1,000 words are modelled.
    by : {"outlet", "publisher", "origin"}
        What is compared.
    reference : str
        ``"pairs"``: every two, once; or a name: every other against that one.
    events : bool
        Hold the event fixed. Articles without an event are then left out, and the note counts them.
    only, adjust
        As for :func:`framelens.compare`.
    allow_small_n : bool
        Compute also where the numbers are too small; the note warns of it.

    Returns
    -------
    DataFrame
        ``estimates``: a row for each two sides and combination, in the unit "log2 rate ratio": 1 is twice the rate, -1
        half of it; the note says so in words. ``n_documents``, ``n_clusters`` and ``n_units`` (hits) are of both sides, as far as
        they are in the model. There is an interval where both sides have 10 clusters with words and 5 hits in 5 clusters in the
        model, there are 10 more clusters than coefficients, and not fewer than 20 clusters against more than three times as many;
        otherwise the method is "description" and the note says why.

    Raises
    ------
    SchemaError
        An option is unknown, statsmodels is missing, no event is known, or there is nothing to compare.

    References
    ----------
    Liang, K.-Y., & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika, 73, 13–22.
    Mancl, L. A., & DeRouen, T. A. (2001). A covariance estimator for GEE with improved small-sample properties. Biometrics,
    57, 126–134.

    Examples
    --------
    The Herald has twice the labels of the Bugle at either event, and reports the quiet one more often:

    >>> from framelens.measure.labelling import measure_labelling
    >>> plan = [("Bugle", "march", 2, 6), ("Bugle", "riot", 6, 12), ("Herald", "march", 4, 12), ("Herald", "riot", 12, 6)]
    >>> articles = [(f"{o}{e}{i}", o, e, y + i % 2 * 2 - 1) for o, e, y, n in plan for i in range(n)]
    >>> ids, said = [a[0] for a in articles], {"zone": "body", "voice": "narrator"}
    >>> found = Annotations({
    ...     "documents": pd.DataFrame([a[:3] for a in articles], columns=["document_id", "outlet", "event"]),
    ...     "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids}),
    ...     "sizes": pd.DataFrame({"document_id": ids, **said, "n_words": 500}),
    ...     "mentions": pd.DataFrame([{"document_id": a[0], **said, "group": "protesters", "stance": "neutral", "negated": False,
    ...                                "contested": False} for a in articles for _ in range(a[3])])})
    >>> row = model_rates(found, measure_labelling, only={"zone": "body", "voice": "narrator", "stance": "neutral"}).iloc[0]
    >>> row["contrast"], [round(float(row[name]), 2) for name in ("estimate", "ci_low", "ci_high")]
    ('Bugle over Herald', [-1.0, -1.22, -0.78])
    >>> row["note"]
    'The rate of Herald is 2 times that of Bugle. Articles in the model: 36 of 36.'
    """
    parts = find_parts(measure)
    check_options("model_rates", by, adjust=(adjust, METHODS), events=(events, (True, False)))
    if reference == REST:
        raise SchemaError("reference='rest' is not known to model_rates, which holds events fixed between two. Take 'pairs' or a "
                          "name.")
    if events and by == "event":
        raise SchemaError("by='event' cannot be compared with events held fixed. Take events=False, or another by=.")
    frame = find_frame(annotations, by, MIN_RESAMPLES, 0, allow_small_n=allow_small_n)
    event = find_events(annotations, frame, events)
    kept = list(select_parts(parts(annotations, frame), only or {}, "a rate", ("rate",)))
    sides = list(find_sides(frame, reference, by))
    task = _Task(frame, event)
    table = pd.DataFrame([row for part in kept for j in range(len(part.combos)) for row in _rows(task, part, j, sides)])
    tested = int(table["p_value"].notna().sum())
    held = "events fixed" if events else "events not held"
    return finish([table.assign(q_value=adjusted(table["p_value"].to_numpy(float), adjust), corrected=False, validated=False,
                                family=f"{measure.__name__} by {by}: Poisson, {held}, {adjust}, {tested} tests")])


def find_events(annotations: Annotations, frame: Frame, held: bool) -> NDArray[np.intp]:
    """Number the event of each article, -1 where none is known; where events are not held all are one."""
    if not held:
        return np.zeros(len(frame.documents), np.intp)
    events = annotations.documents.set_index("document_id").reindex(frame.documents, columns=["event"])["event"]
    if events.isna().all():
        raise SchemaError("Table 'documents', column 'event': no article has one, so that none can be held fixed. Fill it, or "
                          "take events=False.")
    return pd.factorize(events)[0]


def find_modelled(frame: Frame, event: NDArray[np.intp], part: Part, j: int) -> tuple[RateModel, NDArray[np.bool_]]:
    """Fit one number, and tell which articles are in the model."""
    known = event >= 0
    model = rate_model(part.tallies.num[known, j], part.tallies.den[known, j], frame.unit[known], blocks=event[known],
                       clusters=frame.cluster[known])
    used = np.zeros(len(known), bool)
    used[known] = model.used
    return model, used


def _rows(task: _Task, part: Part, j: int, sides: Sequence[tuple[Side, Side]]) -> Iterator[dict[str, Any]]:
    """Fit one number and make a row for each two sides."""
    frame, hits, words = task.frame, part.tallies.num[:, j], part.tallies.den[:, j]
    model, used = find_modelled(frame, task.event, part, j)
    for two in sides:
        one, other = (list(frame.units.index).index(side.name) for side in two)
        found = np.array(model.contrast(one, other, level=LEVEL))
        few = _refusal(part.measure, (hits, used & (words > 0)), frame.cluster, two)
        if not few and not np.isnan(found[0]) and model.df[one] < MIN_DF:
            few = f"{DESCRIBED} {MIN_DF} clusters more than coefficients; here {model.df[one]}."
        unequal = few_of(*(int(model.n_clusters[i]) for i in (one, other))) if not few and not np.isnan(found[0]) else ""
        if unequal:
            few = f"{DESCRIBED} clusters on both sides; here {unequal} ({model.n_clusters[one]} and {model.n_clusters[other]})."
        given = np.isfinite(found[1]) and (not few or frame.allow_small_n)
        if not given:
            found[1:] = np.nan
        both = (two[0].articles | two[1].articles) & used
        estimate, low, high = found[:3] / np.log(2)
        said = [_told(two, hits, float(found[0])), few.replace(DESCRIBED, WARNED) if given else few,
                f"Articles in the model: {both.sum()} of {((two[0].articles | two[1].articles) & (words > 0)).sum()}.",
                *(side.note for side in two)]
        yield {
            **{str(name): value for name, value in part.combos.iloc[j].items()}, "measure": part.measure.name, "unit": UNIT,
            "outlet": two[0].outlet, "contrast": f"{two[0].unit} over {two[1].unit}", "reference": two[1].unit,
            "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": LEVEL if given else np.nan, "p_value": found[3],
            "n_documents": int(both.sum()), "n_clusters": len(set(frame.cluster[both])), "n_units": hits[both].sum(),
            "method": model.method if given else "description", "note": " ".join(part for part in said if part),
        }


def _refusal(measure: Measure, counted: tuple[Floats, NDArray[np.bool_]], cluster: NDArray[np.intp],
             two: tuple[Side, Side]) -> str:
    """Say why the articles of a side in the model are too few, as of any rate."""
    hits, used = counted
    for side in two:
        rows = used & side.articles
        found = rows & (hits > 0)
        numbers = (np.array([[float(n)]]) for n in (len(set(cluster[rows])), hits[rows].sum(), len(set(cluster[found]))))
        clusters, n_hits, held = numbers
        why = refusals(measure, clusters, (n_hits, held), (n_hits, held))[0, 0]
        if why:
            return str(why).replace("; here ", f" in the model; {side.name} has ")
    return ""


def _told(two: tuple[Side, Side], hits: Floats, estimate: float) -> str:
    """Say which rate is how many times the other, or why that is not known."""
    if np.isnan(estimate):
        silent = [side.name for side in two if not hits[side.articles].any()]
        names = " and ".join(silent or [side.name for side in two])
        why = f"no hit in {names}" if silent else f"no event links {names}, or the fit fails"
        return f"Nothing to compare: {why}."
    if abs(estimate) < SAME:
        return f"The rates of {two[0].name} and {two[1].name} are equal."
    high, low = (side.name for side in (two if estimate >= 0 else two[::-1]))
    return f"The rate of {high} is {np.exp(abs(estimate)):.3g} times that of {low}."
