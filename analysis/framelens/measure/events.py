"""Outlets compared on the same events: paired differences, and a test that gives each event either sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._contrasts import SCALES
from framelens.measure._intervals import SMALL
from framelens.measure._rows import (
    BALANCE,
    LEVEL,
    MIN_RESAMPLES,
    Floats,
    Frame,
    Part,
    alike,
    filled,
    find_frame,
    finish,
    ratio_of,
    sum_rows,
)
from framelens.measure._sides import PAIRS, REST, Side, check_options, find_parts, find_sides, select_parts, usual_by
from framelens.stats.multiplicity import METHODS
from framelens.stats.multiplicity import adjust as adjusted
from framelens.stats.paired import sign_flip_test

__all__ = ["SUFFIX", "compare_events", "find_compared", "number_events"]

TIMES, FEW = 2, 40  # of rates: so many times the articles on one side, and fewer events than this, and p is too small
SUFFIX = "_same_event"  # of the measure: a contrast within events is another number than one over all articles


@dataclass(frozen=True)
class _Task:
    """What one call asks of every part: the event of each article (-1 where none is known) and its number of events."""

    frame: Frame
    event: NDArray[np.intp]
    n_events: int
    allow_small_n: bool
    seed: int


def compare_events(annotations: Annotations, measure: Callable[..., pd.DataFrame], *, by: str | None = None,
                   reference: str = PAIRS, only: Mapping[str, str | Sequence[str]] | None = None, adjust: str = "holm",
                   allow_small_n: bool = False, seed: int = 0) -> pd.DataFrame:
    r"""Compare outlets on the events that both report, each event one pair.

    Outlets report other events, and other events are told in other words; within one event that cannot be what differs. In
    each event e that both sides report, the difference :math:`d_e = R_{1e} - R_{2e}` is taken of the measure's ratio of sums
    over the articles of that side (of a balance the share D / (D + L): see the notes). The estimate is the mean of the
    differences, each event weighing the same; p is that of the sign-flip test over events (exact up to 16 events), and the
    interval its inversion: see :func:`framelens.stats.paired.sign_flip_test`.

    Parameters
    ----------
    annotations : Annotations
        As the measure needs; documents with the column ``event``. Choices of labels and articles are made before, by
        :func:`framelens.select_annotations`.
    measure : function
        As for :func:`framelens.compare`.
    by : {"origin", "outlet", "publisher"}, optional
        What is compared. Without it: who wrote the text (``origin``), where every article that counts says so; else the outlet.
    reference : str
        ``"pairs"``: every two, once; or a name: every other against that one.
    only, adjust
        As for :func:`framelens.compare`.
    allow_small_n : bool
        Test rates also where the simulation says that it fails; the note warns of it. What no arrangement reaches is not tested.
    seed : int
        Of the arrangements drawn where there are more than 16 events.

    Returns
    -------
    DataFrame
        ``estimates``: a row for each two sides and combination; ``measure`` is that of the number with "_same_event". The note
        says how many events both report, in how many each side is higher, and how many are left out. ``n_documents``,
        ``n_clusters`` and ``n_units`` are those of the events compared. Events that share a cluster of copies count as one.
        Described, not tested: fewer than six events that differ, since no arrangement of five reaches p = .05; rates of fewer
        than 40 events if one side has more than twice as many articles in them.

    Raises
    ------
    SchemaError
        An option is unknown, no event is known, there is nothing to compare, or tables lack something.

    Notes
    -----
    The half in a balance draws events of few labels to 0, more so on the side that has fewer: the mean over events would tell
    outlets of one kind apart. Shares have no such bias.

    Exact where within an event the articles of both sides could be swapped. Where one side has many more articles an event
    its numbers vary less, and p is approximate: ``docs/methods/labelling.md`` has how often it errs.

    Examples
    --------
    In six events the Herald writes "mob" in two of three labels, the Bugle in one of three, or once in none:

    >>> from framelens.measure.labelling import measure_labelling
    >>> articles = [(f"{o}{e}", o, f"e{e}") for o in ("Bugle", "Herald") for e in range(6)]
    >>> said = {"zone": "body", "voice": "narrator"}
    >>> bad = {"Bugle": [1, 1, 1, 0, 1, 1], "Herald": [2] * 6}
    >>> found = Annotations({
    ...     "documents": pd.DataFrame(articles, columns=["document_id", "outlet", "event"]),
    ...     "copies": pd.DataFrame([(a[0], a[0]) for a in articles], columns=["document_id", "cluster_id"]),
    ...     "sizes": pd.DataFrame([{"document_id": a[0], **said, "n_words": 100} for a in articles]),
    ...     "mentions": pd.DataFrame([{"document_id": d, **said, "group": "protesters", "negated": False, "contested": False,
    ...                                "stance": "delegitimising" if i < bad[o][int(e[1])] else "neutral"}
    ...                               for d, o, e in articles for i in range(3)])})
    >>> asked = {"measure": "label_share", "voice": "narrator", "zone": "body", "stance": "delegitimising"}
    >>> row = compare_events(found, measure_labelling, only=asked).iloc[0]
    >>> row["contrast"], round(float(row["estimate"]), 3), float(row["p_value"])
    ('Bugle minus Herald', -0.389, 0.03125)
    >>> row["note"]
    'Events compared: 6. Higher in Bugle in 0, in Herald in 6. Mean over these events: 0.278 in Bugle, 0.667 in Herald.'
    """
    parts = find_parts(measure)
    by = usual_by(annotations, by)
    check_options("compare_events", by, adjust=(adjust, METHODS))
    if by == "event":
        raise SchemaError("by='event' cannot be compared within events. Take by='outlet', 'origin' or 'publisher'.")
    if reference == REST:
        raise SchemaError("reference='rest' is not known to compare_events, which pairs two. Take 'pairs' or a name.")
    frame = find_frame(annotations, by, MIN_RESAMPLES, 0, allow_small_n=allow_small_n)
    event, n_events = number_events(annotations, frame)
    kept = list(select_parts(parts(annotations, frame), only or {}, "a difference", SCALES["difference"]))
    sides = list(find_sides(frame, reference, by))
    task = _Task(frame, event, n_events, allow_small_n, seed)
    table = pd.concat([_rows(task, part, two) for part in kept for two in sides], ignore_index=True)
    tested = int(table["p_value"].notna().sum())
    family = f"{measure.__name__} by {by} within events: {adjust}, {tested} tests"
    return finish([table.assign(q_value=adjusted(table["p_value"].to_numpy(float), adjust), family=family)])


def number_events(annotations: Annotations, frame: Frame) -> tuple[NDArray[np.intp], int]:
    """Number the event of each article, -1 where none is known; events that share a cluster are one."""
    events = filled(annotations.documents.set_index("document_id").reindex(frame.documents, columns=["event"])["event"])
    if events.isna().all():
        raise SchemaError("Table 'documents', column 'event': no article has one, so that none can be paired. Fill it, or let "
                          "assign_events fill it.")
    number, names = pd.factorize(events)
    known = number >= 0
    links = sparse.coo_array((np.ones(known.sum()), (number[known], len(names) + frame.cluster[known])),
                             shape=(size := len(names) + int(frame.cluster.max()) + 1, size))
    joined = np.unique(sparse.csgraph.connected_components(links, directed=False)[1][:len(names)], return_inverse=True)[1]
    return np.where(known, joined[number], -1), int(joined.max()) + 1


def find_compared(event: NDArray[np.intp], part: Part, sides: tuple[Side, Side]) -> NDArray[np.bool_]:
    """Tell which articles are compared in each number: those with any of it, on events of which both sides have any."""
    any_ = part.tallies.den > 0
    known = event >= 0
    both = np.ones((int(event.max()) + 1, any_.shape[1]), bool)
    for side in sides:
        own = side.articles & known
        both &= sum_rows(any_[own], event[own], len(both)) > 0
    return any_ & (known & (sides[0].articles | sides[1].articles))[:, None] & both[event]


def _rows(task: _Task, part: Part, sides: tuple[Side, Side]) -> pd.DataFrame:
    """Make the rows of one contrast of one part."""
    frame, tallies, measure = task.frame, part.tallies, part.measure
    balance = measure.scale == BALANCE  # its half draws events of few labels to 0, and so tells outlets of one kind apart
    asked = replace(measure, unit="share", scale="share") if balance else measure
    values = []
    for side in sides:
        own = side.articles & (task.event >= 0)
        num, den = (sum_rows(sums[own], task.event[own], task.n_events) for sums in (tallies.num, tallies.den))
        values.append(ratio_of(asked, num, den))
    gaps = np.where(alike(*values), 0.0, values[0] - values[1])
    found = sign_flip_test(gaps, level=LEVEL, seed=task.seed)
    both = ~np.isnan(gaps)
    behind = find_compared(task.event, part, sides)
    few = _unequal(part, behind, sides, both.sum(0))
    tested = ~np.isnan(found.p)
    given = tested & ((few == "") | task.allow_small_n)
    why = [f"Described only: {reason.replace('unequal pairs', 'events that differ')}." if reason else "" if not said
           else f"{SMALL if task.allow_small_n else 'Described only'}: {said}."
           for reason, said in zip(found.reason, few, strict=True)]
    drawn = given & np.array(["draws" in method for method in found.method])
    low, high, p = (np.where(given, values, np.nan) for values in (found.low, found.high, found.p))
    units = tallies.num if measure.scale == "rate" else tallies.den
    stray = sum(int(((task.event < 0) & side.articles).sum()) for side in sides)
    about = [f"Articles without an event, left out: {stray}." if stray else "", *(side.note for side in sides)]
    rows: dict[str, Any] = {
        **{str(column): part.combos[column] for column in part.combos},
        "measure": measure.name + SUFFIX, "unit": asked.unit, "outlet": sides[0].outlet,
        "contrast": f"{sides[0].unit} minus {sides[1].unit}", "reference": sides[1].unit, "estimate": found.estimate,
        "ci_low": low, "ci_high": high, "ci_level": np.where(given, LEVEL, np.nan),
        "n_documents": behind.sum(0), "n_clusters": [len(np.unique(frame.cluster[column])) for column in behind.T],
        "n_units": np.where(behind, units, 0).sum(0), "p_value": p, "corrected": False, "validated": False,
        "method": np.where(given, np.array(found.method, object), "description"),
        "seed": np.where(drawn, float(task.seed), np.nan),
        "note": [" ".join(said for said in (*_told([*values, gaps], j, sides, why[j]), *about) if said)
                 for j in range(len(given))],
    }
    return pd.DataFrame(rows, index=range(len(given)))


def _unequal(part: Part, behind: NDArray[np.bool_], sides: tuple[Side, Side], events: NDArray[np.int64]) -> NDArray[Any]:
    """Say of rates where the test would err: few events, with many more articles on one side."""
    said = np.full(behind.shape[1], "", dtype=object)
    if part.measure.scale == "rate":
        one, two = (behind[side.articles].sum(0) for side in sides)
        for j in np.flatnonzero((events < FEW) & (np.maximum(one, two) > TIMES * np.minimum(one, two))):
            said[j] = (f"rates of fewer than {FEW} events, with more than {TIMES} times as many articles on one side "
                       f"({one[j]} and {two[j]})")
    return said


def _told(values: list[Floats], j: int, sides: tuple[Side, Side], why: str) -> tuple[str, ...]:
    """Say in how many events each side is higher, what is left out, and why there is no more to say.

    ``values`` are those of the one side, of the other, and their differences.
    """
    one, two, gap = (value[:, j] for value in values)
    pairs = ~np.isnan(gap)
    alone = int((np.isnan(one) != np.isnan(two)).sum())
    left = f"Events in which one side alone has any, left out: {alone}." if alone else ""
    if not pairs.any():
        return "Nothing to compare: no event in which both have any.", left
    a, b, gap = one[pairs], two[pairs], gap[pairs]
    equal = f", equal in {n}" if (n := int((gap == 0).sum())) else ""
    names = [side.name for side in sides]
    return (f"Events compared: {len(a)}. Higher in {names[0]} in {(gap > 0).sum()}, in {names[1]} in {(gap < 0).sum()}{equal}.",
            f"Mean over these events: {a.mean():.3g} in {names[0]}, {b.mean():.3g} in {names[1]}.", left, why)
