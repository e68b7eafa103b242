"""Attribution by outlet: how much is attributed, how directly, to which kinds of source, and passed on by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import (
    Count,
    Counted,
    Floats,
    Frame,
    Measure,
    Part,
    Tallies,
    combinations,
    find_frame,
    parts_of,
    run,
    tally,
    voiced,
)
from framelens.text.tokens import spans

__all__ = ["Cover", "find_outer", "measure_sourcing", "name_types", "read_cover"]

REPORTED = ("reporting", "claim")
CLASS_OF_KIND = {"speech": "reporting", "claim": "claim"}
QUOTED = ("direct", "mixed")
TYPES = ("direct", "mixed", "indirect")
WHO = ("source", "originator", "conduit")
ALL = pd.DataFrame(index=range(1))  # one combination, of no column
UNCOUNTED = "words can be counted without n_words in voice; write the tables again where the texts are"


def measure_sourcing(annotations: Annotations, *, by: str = "outlet", period: str | None = None,
                     allow_small_n: bool = False, n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    r"""Measure how much an outlet attributes, in which form, to whom, and through whom.

    Two senses of attribution, each first in words, which do not depend on how speech is cut into attributions. Only the
    outermost attributions (level 1) in body and headline count, and scare quotes never:

    * *wide*: every attribution (speech, claims, attitudes, decrees, evidence);
    * *reported speech*: those of cue class reporting or claim, and every quotation (type direct or mixed). Where no cue
      class is recorded the kind decides (speech, claim), and the note says of how many.

    =============================  ===============  ==============================================================
    measure                        unit             numerator / denominator
    =============================  ===============  ==============================================================
    reported_speech_words_share    share            words in the union of their content spans / words
    attributed_words_share         share            the same, wide / words
    reported_speech_density        per 1,000 words  attributions / words
    attribution_density            per 1,000 words  the same, wide / words
    voice_words_share × voice      share            words of that voice (scare quotes are direct voice) / words
    direct_, mixed_,               share            wide attributions of that type / wide attributions
    indirect_share
    direct_, mixed_,               count            wide attributions of that type
    indirect_count
    source_type_words_share        share            words of the union by source type / words attributed, wide
    source_type_share, …_count     share, count     wide attributions by source type
    source_side_words_share,       as above         the same by the side of the source type
    …_share, …_count
    originator_…                   as above         the same by whose words they are in the end; an attribution without
                                                    a recorded originator counts by its source_type, see the note
    conduit_…                      as above         the same by who passed on what another had said
    scare_quote_count              count            scare quotes of any level
    =============================  ===============  ==============================================================

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id,
        cluster_id), sizes (document_id, zone, voice, n_words), attributions (document_id, attribution_id, type, kind,
        cue_class, level, source_type, originator_type, conduit_type), and for words attributed attribution_spans and
        voice, in full or text-free form; ``annotations.sides`` gives the side of a source type.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    period : {"year", "month", "week", "day"}, optional
        Measure each period apart, by ``documents.published`` (ISO 8601). Every unit has rows in all periods from the first to
        the last; articles without such a date are in none, and the note counts them.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        Of the cluster bootstrap of rates; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every combination, with all source types of the schema, of the study and of the table.
        Type and side of whoever it is stand in ``source_type`` and ``side``. ``n_units`` is the attributions counted
        (count, density) or the attributions or words that the share is of; ``n_documents`` and ``n_clusters`` are those
        with words, or with attributions, that the number is of. There is an interval where 10 clusters count and 5 hits
        (and, of a share, 5 others) stand in 5 clusters; otherwise the method is "description" and the note says why.
        Without ``voice.n_words`` and without texts, shares of words attributed are missing, and the note says so.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, or tables contradict one another.

    Notes
    -----
    A word is covered by a content span if the segment of ``voice`` in which it stands begins within the span; segments
    end wherever a content span begins or ends. Shares by source type add up to more than 1 only where contents of
    several types overlap. Intervals over syndication clusters: of shares
    :func:`framelens.stats.proportion.share_intervals`, of rates the cluster bootstrap-t of
    :func:`framelens.stats.bootstrap.ratio_intervals`.

    Examples
    --------
    >>> said = {"document_id": "a", "kind": "speech", "cue_class": "reporting", "level": 1, "originator_type": None}
    >>> tables = {
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sizes": pd.DataFrame({"document_id": "a", "zone": "body", "voice": ["narrator", "direct", "indirect"],
    ...                            "n_words": [70, 20, 10]}),
    ...     "voice": pd.DataFrame({"document_id": "a", "start": [0, 120, 160], "end": [120, 160, 600],
    ...                            "voice": ["direct", "indirect", "narrator"], "n_words": [20, 10, 70]}),
    ...     "attributions": pd.DataFrame([
    ...         {**said, "attribution_id": "x", "type": "direct", "source_type": "police"},
    ...         {**said, "attribution_id": "y", "type": "indirect", "source_type": "witness", "kind": "attitude",
    ...          "cue_class": "attitude"}]),
    ...     "attribution_spans": pd.DataFrame({"attribution_id": ["x", "y"], "document_id": "a", "role": "content",
    ...                                        "start": [0, 120], "end": [120, 160]})}
    >>> estimates = measure_sourcing(Annotations(tables)).set_index("measure")["estimate"]
    >>> [float(estimates[name]) for name in ("reported_speech_words_share", "attributed_words_share",
    ...                                      "reported_speech_density", "attribution_density")]
    [0.2, 0.3, 10.0, 20.0]
    """
    frame = find_frame(annotations, by, n_resamples, seed, period=period, allow_small_n=allow_small_n)
    return run("measure_sourcing", annotations, frame)


@parts_of("measure_sourcing")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count words and attributions by article, voice, type and source."""
    sizes = voiced(annotations.sizes, "sizes")
    words = tally(frame, sizes, "sizes", ALL, values="n_words")
    table = annotations.attributions
    cover = read_cover(annotations)
    outer, away = find_outer(table, cover)
    reported, by_kind = _reported(outer)
    if cover.segments is not None:
        _check_words(frame, tally(frame, cover.segments, "voice", ALL, values="n_words"), words)

    outside = Count("Attributions outside body and headline, not counted", tally(frame, away, "attributions", ALL))
    undecided = Count("Counted by kind, no cue class recorded", tally(frame, by_kind, "attributions", ALL))
    count = tally(frame, outer, "attributions", ALL)
    spoken = cover.counted(outer)
    text = Counted("sizes", sizes, n="n_words") if cover.segments is None else Counted("voice", cover.segments, n="n_words")
    said = Counted("attributions", outer)

    def share(name: str, held: Sequence[Counted], *notes: Count) -> Part:
        measure, num, den = _in_words(name, _words(frame, held, ALL), words, cover)
        return Part(measure, ALL, Tallies(num, den, counts=notes), [text], held)

    def density(name: str, attributions: pd.DataFrame, *notes: Count) -> Part:
        hits = tally(frame, attributions, "attributions", ALL)
        tallies = Tallies(hits, words, counts=[Count("Words", words), *notes])
        return Part(Measure(name, "per 1,000 words", "rate", "words"), ALL, tallies, [Counted("attributions", attributions)])

    forms = {kind: Counted("attributions", outer[outer["type"] == kind]) for kind in TYPES}

    def form(kind: str, of: str) -> Part:
        hits = tally(frame, forms[kind].table, "attributions", ALL)
        if of == "count":
            return Part(Measure(f"{kind}_count", "attributions", "count", "words"), ALL, Tallies(hits, words), [forms[kind]])
        return Part(Measure(f"{kind}_share", "share", "share", "attributions"), ALL, Tallies(hits, count), [said], [forms[kind]])

    voices = combinations(voice=schema.VOICES)
    by_voice = Tallies(tally(frame, sizes, "sizes", voices, values="n_words"), _spread(words, voices))
    scare = table[table["kind"] == "scare_quote"]
    quotes = Tallies(tally(frame, scare, "attributions", ALL), words)
    yield share("reported_speech_words_share", cover.counted(reported), undecided)
    yield share("attributed_words_share", spoken)
    yield density("reported_speech_density", reported, undecided, outside)
    yield density("attribution_density", outer, outside)
    yield Part(Measure("voice_words_share", "share", "share", "words"), voices, by_voice, [text], [text.over(list(voices))])
    yield from (form(kind, of) for of in ("share", "count") for kind in TYPES)
    yield from _by_who(_Whole(frame, words, count, spoken), outer, cover, annotations.sides)
    yield Part(Measure("scare_quote_count", "scare quotes", "count", "words"), ALL, quotes, [Counted(said.name, scare)])


def find_outer(table: pd.DataFrame, cover: Cover) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take the attributions that count (outermost, no scare quotes), and of these apart those outside body and headline."""
    level = pd.to_numeric(table["level"]).fillna(1)  # nobody coded levels: nothing is nested
    outer = table[(table["kind"] != "scare_quote") & (level == 1)]
    away = outer[~cover.holds(outer)]
    return outer.drop(away.index), away


def name_types(outer: pd.DataFrame) -> tuple[dict[str, pd.Series], pd.Series]:
    """Name the kinds of source, originator and conduit, and say where the source stands in for an originator."""
    types = {who: outer[f"{who}_type"] if f"{who}_type" in outer else pd.Series(None, outer.index, dtype="str") for who in WHO}
    bare = types["originator"].isna()
    types["originator"] = types["originator"].where(~bare, types["source"])
    return types, bare


def _reported(outer: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take the attributions that report speech, and those of them that only their kind makes reported speech."""
    known = outer["cue_class"] if "cue_class" in outer else pd.Series(None, outer.index, dtype="str")
    quoted = outer["type"].isin(QUOTED)
    classes = known.where(known.notna(), outer["kind"].map(CLASS_OF_KIND))
    reported = outer[quoted | classes.isin(REPORTED)]
    return reported, reported[~quoted[reported.index] & known[reported.index].isna()]


def _spread(values: Floats, combos: pd.DataFrame) -> Floats:
    """Give every combination the same column."""
    return np.repeat(values, len(combos), axis=1)


def _words(frame: Frame, held: Sequence[Counted], combos: pd.DataFrame) -> Floats | None:
    """Count the words of segments by article and combination, or None where there are no segments."""
    return tally(frame, held[0].table, held[0].name, combos, values=held[0].n) if held else None


def _in_words(name: str, hits: Floats | None, whole: Floats, cover: Cover) -> tuple[Measure, Floats, Floats]:
    """Return a share of words with numerator and denominator; of nothing, where words cannot be counted."""
    if hits is None:
        return Measure(name, "share", "share", cover.why), np.zeros_like(whole), np.zeros_like(whole)
    return Measure(name, "share", "share", "words"), hits, whole


def _check_words(frame: Frame, held: Floats, words: Floats) -> None:
    """Hold the words of ``voice`` against those of ``sizes``: both are the words of body and headline."""
    differs = np.flatnonzero((held != words).any(axis=1))
    if len(differs):
        first = differs[0]
        raise SchemaError(f"Tables 'voice' and 'sizes': in article {frame.documents[first]!r} the segments of voice hold "
                          f"{held[first, 0]:.0f} words, body and headline {words[first, 0]:.0f}. Make both from the same "
                          "attributions and zones: give yours to annotate(documents, tables=…).")


@dataclass(frozen=True)
class Cover:
    """The words of body and headline by segment of ``voice``, and where contents stand.

    Without segments, ``why`` ends the sentence "Nothing to measure: no …".
    """

    segments: pd.DataFrame | None
    contents: pd.DataFrame
    why: str = ""

    def holds(self, attributions: pd.DataFrame) -> NDArray[Any]:
        """Tell which attributions have content in body or headline; all, where that cannot be known."""
        if self.segments is None:
            return np.ones(len(attributions), bool)
        of, first, last = self._ranges
        within = np.zeros(len(self._ids) + 1, bool)  # the last stands for what has no content, whose number is -1
        within[of[first < last]] = True
        return within[self._number(attributions)]

    def counted(self, attributions: pd.DataFrame, column: str | None = None) -> list[Counted]:
        """Take the segments in the union of the contents, of all attributions or by the values of a column."""
        if self.segments is None:
            return []
        if column is None:
            return [Counted("voice", self._union(attributions), n="n_words")]
        parts = [self._union(own).assign(**{column: value}) for value, own in attributions.groupby(column)]
        held = pd.concat(parts) if parts else self.segments.iloc[:0].assign(**{column: None})
        return [Counted("voice", held, [column], "n_words")]

    def _union(self, attributions: pd.DataFrame) -> pd.DataFrame:
        """Return the segments that begin in a content of one of the attributions."""
        assert self.segments is not None
        of, first, last = self._ranges
        wanted = np.zeros(len(self._ids) + 1, bool)
        wanted[self._number(attributions)] = True
        own = wanted[of]
        depth = np.zeros(len(self.segments) + 1, int)
        np.add.at(depth, first[own], 1)
        np.add.at(depth, last[own], -1)
        return self.segments[np.cumsum(depth)[:-1] > 0]

    @cached_property
    def _ids(self) -> pd.Index:
        return pd.Index(self.contents["attribution_id"].astype(object).unique())

    def _number(self, table: pd.DataFrame) -> NDArray[np.intp]:
        """Number the attribution of each row; -1 has no content."""
        return self._ids.get_indexer(pd.Index(table["attribution_id"].astype(object)))

    @cached_property
    def _ranges(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Number, once for all contents, the attribution, the first segment that begins within, and the one after the last."""
        assert self.segments is not None
        ids = pd.Index(self.segments["document_id"].astype(object).unique())
        place, articles = (ids.get_indexer(pd.Index(t["document_id"].astype(object))) for t in (self.contents, self.segments))
        wide = 1 + max((int(t["end"].max()) for t in (self.segments, self.contents) if len(t)), default=0)
        # article and offset in one number; what stands in an unknown article goes before all and covers nothing
        keys = articles * wide + self.segments["start"].to_numpy(int)
        ends = (np.where(place < 0, -wide, place * wide + self.contents[side].to_numpy(int)) for side in ("start", "end"))
        first, last = (np.searchsorted(keys, end) for end in ends)
        return self._number(self.contents), first, last


def read_cover(annotations: Annotations) -> Cover:
    """Read segments with their words, from ``voice.n_words`` or else from the texts."""
    lacking = [name for name in ("voice", "attribution_spans") if name not in annotations.tables]
    if lacking:
        return Cover(None, pd.DataFrame(), f"words can be counted without the table {lacking[0]!r}")
    contents = annotations.attribution_spans
    contents = contents[(contents["role"] == "content") & contents["start"].notna()]
    voice = annotations.voice.sort_values(["document_id", "start"])
    if "n_words" in voice and voice["n_words"].notna().all():
        return Cover(voice, contents)
    documents = annotations.documents
    if "text" not in documents:
        return Cover(None, contents, UNCOUNTED)
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    counts = np.zeros(len(voice), int)
    for name, rows in voice.groupby("document_id", sort=False).indices.items():
        own = voice.iloc[rows]
        starts = [start for start, _ in spans(texts[name])] if isinstance(texts.get(name), str) else []
        counts[rows] = np.searchsorted(starts, own["end"]) - np.searchsorted(starts, own["start"])
    return Cover(voice.assign(n_words=counts), contents)


@dataclass(frozen=True)
class _Whole:
    """What shares are of: words of body and headline, attributions, segments attributed (none where unknown)."""

    frame: Frame
    words: Floats
    count: Floats
    spoken: Sequence[Counted]


def _by_who(whole: _Whole, outer: pd.DataFrame, cover: Cover, sides: dict[str, str]) -> Iterator[Part]:
    """Measure words, shares and counts by type and by side of source, originator and conduit."""
    types, bare = name_types(outer)
    named = set(sides).union(*(values.dropna() for values in types.values())) - set(schema.SOURCE_TYPES)
    kinds = combinations(source_type=[*schema.SOURCE_TYPES, *sorted(named)])
    shown = {"type": kinds.assign(side=[sides.get(kind, np.nan) for kind in kinds["source_type"]]),
             "side": combinations(side=schema.SIDES)}
    for who, what in product(WHO, shown):
        table = outer.assign(source_type=types[who], side=types[who].map(sides))
        notes = [("Counted by source type, originator not recorded", outer[bare])] if who == "originator" else []
        if what == "side":
            notes.append(("Attributions whose type has no side", table[table["side"].isna() & table["source_type"].notna()]))
        yield from _parts_of_grouping(whole, f"{who}_{what}", (shown[what], table), cover, notes)


def _parts_of_grouping(whole: _Whole, name: str, by: tuple[pd.DataFrame, pd.DataFrame], cover: Cover,
                       notes: list[tuple[str, pd.DataFrame]]) -> Iterator[Part]:
    """Count by one grouping: share of the words attributed, share of the attributions, their number."""
    (shown, table), frame = by, whole.frame
    keys = shown.iloc[:, :1]
    words, count = (_spread(values, keys) for values in (whole.words, whole.count))
    said = [Count(label, _spread(tally(frame, rows, "attributions", ALL), keys)) for label, rows in notes]
    hits = tally(frame, table, "attributions", keys)
    attributed, held = _words(frame, whole.spoken, ALL), cover.counted(table, str(keys.columns[0]))
    base = _spread(whole.words if attributed is None else attributed, keys)
    in_words, num, den = _in_words(f"{name}_words_share", _words(frame, held, keys), base, cover)
    share = Measure(f"{name}_share", "share", "share", "attributions")
    number = Measure(f"{name}_count", "attributions", "count", "words")
    every = Counted("attributions", table)
    own = [every.over(list(keys))]
    measured = [(in_words, num, den, whole.spoken, held), (share, hits, count, [every], own), (number, hits, words, own, own)]
    for measure, top, of, units, within in measured:
        yield Part(measure, shown, Tallies(top, of, counts=said), units, within)
