"""Attribution by outlet: how much is attributed, how directly, and to which kinds of source."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure._rows import (
    Count,
    Floats,
    Frame,
    Measure,
    Tallies,
    combinations,
    estimate_rows,
    find_frame,
    finish,
    tally,
    voiced,
)

__all__ = ["measure_sourcing"]

REPORTED = ("speech", "claim")
ATTRIBUTED = ("direct", "indirect")
TYPES = ("direct", "mixed", "indirect")
ALL = pd.DataFrame(index=range(1))  # one combination, of no column


def measure_sourcing(annotations: Annotations, *, by: str = "outlet", n_resamples: int = 2000,
                     seed: int = 0) -> pd.DataFrame:
    r"""Measure how much an outlet attributes, in which form, and to whom.

    Over the outermost attributions (level 1) that are no scare quotes, and the words of body and headline together:

    * ``attribution_density`` (per 1,000 words): attributions of every kind, the wide sense of attribution;
    * ``reported_speech_density`` (per 1,000 words): those of the kinds speech and claim;
    * ``attributed_words_share`` (share): words in direct or indirect voice among all words;
    * ``voice_words_share`` (share) × voice: words of that voice among all words;
    * ``direct_share``, ``mixed_share``, ``indirect_share`` (share): attributions of that type;
    * ``source_type_share`` (share), ``source_type_count`` (attributions) × source_type, side: by who is cited;
    * ``originator_type_share``, ``originator_type_count`` × source_type, side: by whose words they are in the end. An
      attribution without a recorded originator counts by its source_type, and the note says how many did;
    * ``scare_quote_count`` (scare quotes): scare quotes of any level.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id,
        cluster_id), sizes (document_id, zone, voice, n_words) and attributions (document_id, type, kind, level,
        source_type, originator_type), in full or text-free form; ``annotations.sides`` gives the side of a source type.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    n_resamples, seed : int
        Of the cluster bootstrap; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every combination, with all source types of the schema, of the study and of the table.
        ``n_units`` is the attributions counted (count, density) or the attributions or words that the share is of;
        ``n_documents`` and ``n_clusters`` are those with words, or with attributions, that the number is of. There is
        an interval where 10 clusters count and 5 hits (and, of a share, 5 others) stand in 5 clusters; otherwise the
        method is "description" and the note says why.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, or tables contradict one another.

    Notes
    -----
    Intervals: cluster bootstrap-t over syndication clusters, see :func:`framelens.stats.bootstrap.ratio_intervals`.

    Examples
    --------
    >>> said = {"document_id": "a", "kind": "speech", "level": 1, "originator_type": None}
    >>> tables = {
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sizes": pd.DataFrame({"document_id": "a", "zone": "body", "voice": ["narrator", "direct"],
    ...                            "n_words": [80, 20]}),
    ...     "attributions": pd.DataFrame([{**said, "type": "direct", "source_type": "police"},
    ...                                   {**said, "type": "indirect", "source_type": "witness"}])}
    >>> estimates = measure_sourcing(Annotations(tables)).set_index("measure")["estimate"]
    >>> [float(estimates[name]) for name in ("attribution_density", "attributed_words_share", "direct_share")]
    [20.0, 0.2, 0.5]
    """
    frame = find_frame(annotations, by, n_resamples, seed)
    table = annotations.attributions
    quotes = table["kind"] == "scare_quote"
    outer = table[~quotes & (table["level"] == 1)]
    sizes = voiced(annotations.sizes, "sizes")
    words = tally(frame, sizes, "sizes", ALL, values="n_words")
    count = tally(frame, outer, "attributions", ALL)

    def number(name: str, unit: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Take the attributions in ``rows`` over all words, or as a share of all attributions."""
        scale = {"share": "share", "per 1,000 words": "rate"}.get(unit, "count")
        measure = Measure(name, unit, scale, "attributions" if scale == "share" else "words")
        said = [Count("Words", words)] if scale == "rate" else []
        hits = tally(frame, rows, "attributions", ALL)
        return estimate_rows(frame, measure, ALL, Tallies(hits, count if scale == "share" else words, counts=said))

    spoken = tally(frame, sizes[sizes["voice"].isin(ATTRIBUTED)], "sizes", ALL, values="n_words")
    voices = combinations(voice=schema.VOICES)
    by_voice = Tallies(tally(frame, sizes, "sizes", voices, values="n_words"), _spread(words, voices))
    return finish([
        number("attribution_density", "per 1,000 words", outer),
        number("reported_speech_density", "per 1,000 words", outer[outer["kind"].isin(REPORTED)]),
        estimate_rows(frame, Measure("attributed_words_share", "share", "share", "words"), ALL, Tallies(spoken, words)),
        estimate_rows(frame, Measure("voice_words_share", "share", "share", "words"), voices, by_voice),
        *(number(f"{kind}_share", "share", outer[outer["type"] == kind]) for kind in TYPES),
        *_by_type(frame, annotations, outer, (words, count)),
        number("scare_quote_count", "scare quotes", table[quotes]),
    ])


def _spread(values: Floats, combos: pd.DataFrame) -> Floats:
    """Give every combination the same column."""
    return np.repeat(values, len(combos), axis=1)


def _by_type(frame: Frame, annotations: Annotations, outer: pd.DataFrame,
             sums: tuple[Floats, Floats]) -> list[pd.DataFrame]:
    """Measure shares and counts by source type and by originator type."""
    bare = outer["originator_type"].isna()
    innermost = outer.assign(source_type=outer["originator_type"].where(~bare, outer["source_type"]))
    sides = annotations.sides
    extra = sorted((set(sides) | set(outer["source_type"]) | set(innermost["source_type"])) - set(schema.SOURCE_TYPES))
    combos = combinations(source_type=[*schema.SOURCE_TYPES, *extra])
    shown = combos.assign(side=[sides.get(kind, np.nan) for kind in combos["source_type"]])
    words, count = (_spread(values, combos) for values in sums)
    assumed = _spread(tally(frame, outer[bare], "attributions", ALL), combos)
    said = {"source_type": [], "originator_type": [Count("Counted by source type, originator not recorded", assumed)]}
    rows = []
    for name, table in (("source_type", outer), ("originator_type", innermost)):
        hits = tally(frame, table, "attributions", combos)
        share = Measure(f"{name}_share", "share", "share", "attributions")
        total = Measure(f"{name}_count", "attributions", "count", "words")
        rows.append(estimate_rows(frame, share, shown, Tallies(hits, count, counts=said[name])))
        rows.append(estimate_rows(frame, total, shown, Tallies(hits, words, counts=said[name])))
    return rows
