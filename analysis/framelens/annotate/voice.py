"""Whose voice: a partition of body and headline into narrator, direct and indirect speech, and the join to it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from framelens import schema
from framelens.text.view import Sentence, View, read_views

__all__ = ["assign_voice", "join_voice", "sentences_of", "sizes_of", "voice_of"]

Row = dict[str, Any]


def voice_of(view: View, attributions: list[Row], spans: list[Row]) -> list[Row]:
    """Partition the measured zones of one article; return rows of ``voice``.

    Inside the content of an attribution the voice is direct between quotation marks, indirect elsewhere; the
    innermost attribution owns the words. A word in quotation marks that no attribution holds is the narrator's.
    Each segment stands wholly inside or wholly outside of every content, so that sums of ``n_words`` give the words of
    any union of contents.
    """
    owners = {a["attribution_id"]: a for a in attributions}
    contents = sorted(((s["start"], s["end"], s["attribution_id"]) for s in spans
                       if s["role"] == "content" and s["attribution_id"] in owners),
                      key=lambda c: (owners[c[2]]["level"], c[0] - c[1]))
    quotes = [(q.start, q.end) for q in view.quotes if q.level == 1]
    rows: list[Row] = []
    for start, end, kind, _rule in view.zones:
        if kind in schema.MEASURED_ZONES:
            rows += _partition(view.document_id, (start, end, kind), contents, quotes, owners)
    return [{**row, "n_words": len(view.words_in(row["start"], row["end"]))} for row in rows]


def _partition(document_id: str, zone: tuple[int, int, str], contents: list[tuple[int, int, str]],
               quotes: list[tuple[int, int]], owners: dict[str, Row]) -> list[Row]:
    start, end, kind = zone
    inside = [(max(s, start), min(e, end), a) for s, e, a in contents if s < end and e > start]
    marks = [(max(s, start), min(e, end)) for s, e in quotes if s < end and e > start]
    cuts = sorted({start, end, *(x for s, e, _ in inside for x in (s, e)), *(x for s, e in marks for x in (s, e))})
    number = {cut: k for k, cut in enumerate(cuts)}
    held: list[list[str]] = [[] for _ in cuts]  # by the number of the cut at which a segment begins
    for s, e, a in inside:
        for k in range(number[s], number[e]):
            held[k].append(a)
    quoted = {k for s, e in marks for k in range(number[s], number[e])}
    rows: list[Row] = []
    before: tuple[str, list[str]] = ("", [])
    for k, (low, high) in enumerate(pairwise(cuts)):
        holders = held[k]
        owner = holders[-1] if holders else None  # the innermost comes last
        voice = "narrator" if owner is None else "direct" if k in quoted else "indirect"
        if (voice, holders) == before:
            rows[-1]["end"] = high
            continue
        before = (voice, holders)
        rows.append({"document_id": document_id, "start": low, "end": high, "zone": kind, "voice": voice,
                     "attribution_id": owner, "source_type": owners[owner]["source_type"] if owner else None})
    return rows


def join_voice(rows: list[Row], voice: list[Row]) -> list[Row]:
    """Give rows with offsets the voice and attribution of the segment in which they begin."""
    starts = [v["start"] for v in voice]
    out = []
    for row in rows:
        at = bisect_right(starts, row["start"]) - 1
        held = at >= 0 and row["start"] < voice[at]["end"]
        out.append({**row, "voice": voice[at]["voice"] if held else None,
                    "attribution_id": voice[at]["attribution_id"] if held else None})
    return out


def sentences_of(view: View, voice: list[Row]) -> list[Row]:
    """Return the sentences of one article as rows of ``sentences``; one without a word has no voice."""
    most: dict[Sentence, str] = {}
    for sentence, runs in groupby(view.runs([v["start"] for v in voice]), key=lambda run: run[0]):
        held: Counter[str] = Counter()
        for _, at, run in runs:
            held[voice[at]["voice"]] += len(run)
        most[sentence] = max(schema.VOICES, key=held.__getitem__)  # on a tie the order narrator, direct, indirect decides
    return [{"document_id": view.document_id, "sentence": number, "start": s.start, "end": s.end, "paragraph": s.paragraph,
             "zone": s.zone, "voice": most.get(s), "n_words": s.last - s.first} for number, s in enumerate(view.sentences)]


def sizes_of(view: View, voice: list[Row], sentences: list[Row]) -> list[Row]:
    """Count words and sentences of one article by zone and voice; every measured zone has all three voices."""
    words: Counter[tuple[str, str | None]] = Counter()
    for segment in voice:
        words[segment["zone"], segment["voice"]] += len(view.words_in(segment["start"], segment["end"]))
    held = Counter((s["zone"], s["voice"]) for s in sentences if s["voice"])
    for start, end, kind, _rule in view.zones:
        if kind not in schema.MEASURED_ZONES:
            words[kind, None] += len(view.words_in(start, end))
    keys = [(z, v) for z in schema.MEASURED_ZONES for v in schema.VOICES] + sorted(
        (k for k in words if k[1] is None), key=lambda k: schema.ZONES.index(k[0]))
    return [{"document_id": view.document_id, "zone": zone, "voice": v, "n_words": words[zone, v],
             "n_sentences": held[zone, v]} for zone, v in keys]


def assign_voice(documents: pd.DataFrame, zones: pd.DataFrame, attributions: pd.DataFrame,
                 spans: pd.DataFrame) -> pd.DataFrame:
    """Partition body and headline of every article into voices.

    Parameters
    ----------
    documents, zones, attributions : DataFrame
        Tables of these names; the attributions may come from anywhere.
    spans : DataFrame
        ``attribution_spans``.

    Returns
    -------
    DataFrame
        ``voice``: segments that cover each body and headline zone without gap or overlap.

    Examples
    --------
    >>> text = "“We stay,” said Roe. It rained."
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [31], "kind": ["body"], "rule": ["default"]})
    >>> from framelens.annotate.attribution import find_attributions
    >>> attributions, spans = find_attributions(documents, zones)
    >>> assign_voice(documents, zones, attributions, spans)[["start", "end", "voice"]].values.tolist()
    [[0, 10, 'direct'], [10, 31, 'narrator']]
    """
    by_a, by_s = schema.rows_by_document(attributions), schema.rows_by_document(spans)
    rows = [row for view in read_views(documents, zones)
            for row in voice_of(view, by_a.get(view.document_id, []), by_s.get(view.document_id, []))]
    return schema.validate(pd.DataFrame(rows), "voice") if rows else schema.empty("voice")
