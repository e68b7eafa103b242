"""Originators and conduits: who passed on whose words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure._rows import (
    Count,
    Counted,
    Frame,
    Measure,
    Part,
    Tallies,
    combinations,
    find_frame,
    parts_of,
    pool,
    run,
    tally,
)
from framelens.measure.sourcing import find_outer, name_types, read_cover

__all__ = ["measure_conduits"]

PAIR = ["source_type", "conduit_type"]  # whose words, and who passed them on


def measure_conduits(annotations: Annotations, *, by: str = "outlet", period: str | None = None, allow_small_n: bool = False,
                     n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    r"""Measure who passed on whose words: pairs of originator and conduit, "state television, citing the ministry".

    The originator is the innermost source, whose words they are; the conduit is who passed them on to the outlet (one
    speech event embedded in another, Bell 1991). What is counted is what :func:`framelens.measure_sourcing` counts under
    ``conduit_…``: the outermost attributions in body and headline, no scare quotes. For each unit of ``by`` and each pair that
    stands anywhere in the corpus, with y the attributions of that pair:

    * ``passed_on_count`` (attributions): :math:`\sum y`;
    * ``passed_on_share`` (share): of all attributions that somebody passed on in that unit, those of the pair: they add up to 1;
    * ``passed_on_part`` (share): of all attributions of that originator, passed on or not, those that came by this conduit.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, copies, attributions (attribution_id, document_id, kind, level, source_type, originator_type,
        conduit_type), and voice with attribution_spans to tell what stands in body and headline, in full or text-free form.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    period : {"year", "month", "week", "day"}, optional
        Measure each period apart, as :func:`framelens.measure_sourcing` does.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        As of every measure; no interval of this one is drawn, so that they change nothing.

    Returns
    -------
    DataFrame
        ``estimates``. ``source_type`` is the originator's kind and ``side`` its side, ``conduit_type`` the conduit's kind. A unit
        without any keeps its rows; a corpus in which nobody passes anything on has none. An attribution without a recorded
        originator counts by its source's type; the note says how many.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, or tables contradict one another.

    Notes
    -----
    Intervals over syndication clusters: :func:`framelens.stats.proportion.share_intervals`. A pair of one kind twice is no slip:
    one agency cites another.

    References
    ----------
    Bell, A. (1991). The Language of News Media. Oxford: Blackwell.

    Examples
    --------
    The police are heard twice, once by way of state television, which also passes on the ministry:

    >>> said = {"document_id": "a", "kind": "speech", "level": 1}
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "attributions": pd.DataFrame([
    ...         {**said, "attribution_id": "x", "source_type": "police", "originator_type": "police", "conduit_type": None},
    ...         {**said, "attribution_id": "y", "source_type": "state_media", "originator_type": "police",
    ...          "conduit_type": "state_media"},
    ...         {**said, "attribution_id": "z", "source_type": "state_media", "originator_type": "government",
    ...          "conduit_type": "state_media"}])})
    >>> rows = measure_conduits(found)
    >>> rows.loc[rows["source_type"] == "police", ["measure", "estimate", "n_units"]].values.tolist()
    [['passed_on_count', 1.0, 1.0], ['passed_on_share', 0.5, 2.0], ['passed_on_part', 0.5, 2.0]]
    """
    frame = find_frame(annotations, by, n_resamples, seed, period=period, allow_small_n=allow_small_n)
    return run("measure_conduits", annotations, frame)


@parts_of("measure_conduits")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count attributions by article, originator and conduit."""
    outer, _ = find_outer(annotations.attributions, read_cover(annotations))
    types, bare = name_types(outer)
    typed = outer[["document_id"]].assign(source_type=types["originator"], conduit_type=types["conduit"])
    passed = typed[typed["conduit_type"].notna()]
    if passed.empty:
        return
    pairs = set(passed[PAIR].itertuples(index=False, name=None))
    combos = combinations(source_type=_ordered(passed["source_type"]), conduit_type=_ordered(passed["conduit_type"]))
    combos = combos[[pair in pairs for pair in combos.itertuples(index=False, name=None)]].reset_index(drop=True)
    shown = combos.assign(side=[annotations.sides.get(kind, np.nan) for kind in combos["source_type"]])
    hits = tally(frame, passed, "attributions", combos)
    unsaid = Count("Counted by source type, originator not recorded", tally(frame, typed[bare], "attributions", combos[PAIR[:1]]))
    own, heard = Counted("attributions", passed, PAIR), Counted("attributions", typed, PAIR[:1])
    everything = [
        ("count", "attributions", "articles", np.ones_like(hits), own),
        ("share", "share", "attributions that somebody passed on", pool(hits, combos.assign(all=0), ["all"]), own.over(())),
        ("part", "share", "attributions of this originator", tally(frame, heard.table, heard.name, combos[PAIR[:1]]), heard),
    ]
    for name, unit, base, den, units in everything:
        measure = Measure(f"passed_on_{name}", unit, "count" if name == "count" else "share", base)
        yield Part(measure, shown, Tallies(hits, den, counts=[unsaid]), [units], [own])


def _ordered(kinds: pd.Series) -> list[str]:
    """Name the kinds of source that occur: the usual ones in the order of the schema, a study's own behind them."""
    found = set(kinds)
    return [kind for kind in schema.SOURCE_TYPES if kind in found] + sorted(found - set(schema.SOURCE_TYPES))
