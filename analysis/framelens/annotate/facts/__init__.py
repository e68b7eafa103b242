"""Facts: numbers reported of people killed, injured, detained and so on, with what hedges them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.facts.counted import ANIMALS, count
from framelens.annotate.facts.lexicon import Words, read_fact_words
from framelens.annotate.facts.numbers import bounds, read_quantities
from framelens.annotate.facts.telling import Report, tell
from framelens.text.reading.stream import Reader, Stream
from framelens.text.view import View, read_views

__all__ = ["Words", "bounds", "facts_of", "find_facts", "read_fact_words"]

Row = dict[str, Any]
_TIME = re.compile(r"[pr]?[JDA]*Y[Y0]*(?:,0)?(?:[NA](?![NSP]))?")
_SPANS = tuple(tuple(words.split()) for words in (
    "so far;to date;overnight;in the past 24 hours;in the last 24 hours;over the past 24 hours;this week;last week;this month;"
    "last month;this year;last year").split(";"))
_AT_LARGE = frozenset((
    "people persons person them whom us lives life others more individuals men women human humans citizens body bodies").split())
_UNITS = frozenset((
    "battalion battalions brigade brigades company companies regiment regiments unit units vehicle vehicles tank tanks "
    "truck trucks aircraft helicopters ships").split())


def facts_of(view: View, mentions: Iterable[Mapping[str, Any]], words: Words, reader: Reader | None = None) -> list[Row]:
    """Find the numbers reported of people in one article; return rows of ``facts`` without voice.

    Parameters
    ----------
    view : View
        The article.
    mentions : iterable of mappings
        Its labels (start, end, group), which tell who is counted.
    words : Words
        From :func:`read_fact_words`.
    reader : Reader, optional
        What attribution has read of the article's sentences, so that they are not read again.
    """
    rows: list[Row] = []
    last: frozenset[str] = frozenset()
    sentence = -2
    groups = {m["end"]: m["group"] for m in mentions}
    for stream in (reader or Reader(view, frozenset())).plain(words.calls):
        counted = [count(stream, quantity) for quantity in read_quantities(stream)]
        at = view.sentence_at(stream.starts[0]) or 0
        reports = list(tell(stream, counted, words, last if at == sentence + 1 else frozenset()))
        rows += [_row(view, stream, report, _who(stream, report, groups, words)) for report in reports]
        if reports:
            last, sentence = frozenset((reports[-1].fact,)), at
    return rows


def _who(stream: Stream, report: Report, groups: Mapping[int, str], words: Words) -> str:
    """Name those counted in a word: the group of their label, forces, people at large, or their noun."""
    one = report.counted
    if one.head < 0 or stream.norms[one.head] in _AT_LARGE or (stream.norms[one.head] in words.nouns):
        return "people"
    return groups.get(stream.ends[one.head]) or (
        "security" if stream.norms[one.head] in words.forces else stream.norms[one.head])


def _row(view: View, stream: Stream, report: Report, counted: str) -> Row:
    one, fact, quantity = report.counted, report.fact, report.counted.quantity
    start, end = stream.span(quantity.low, quantity.high)
    who = stream.span(one.low, one.high) if one.high > one.low else None
    head = stream.norms[one.head] if one.head >= 0 else ""
    hedge = " ".join(filter(None, (report.maybe, quantity.hedge)))
    return {
        "fact_id": f"{view.document_id}:f:{start}-{end}:{fact}", "document_id": view.document_id, "start": start, "end": end,
        "fact": fact, "counted": counted, "part": report.part, "who": view.text[slice(*who)] if who else None,
        "value": quantity.value, "value_high": quantity.top,
        "unit": "animals" if head in ANIMALS else "units" if head in _UNITS else "people", "hedge": hedge or None,
        "time": _time(view, stream, quantity.low), "voice": None, "attribution_id": None,
    }


def _time(view: View, stream: Stream, at: int) -> str | None:
    """Return the words for a time that stand nearest to a number in its sentence, behind it rather than before."""
    near = [stream.codes.rfind(mark, 0, at) for mark in ";hw"], [stream.codes.find(mark, at) for mark in ";hw"]
    floor, top = max(near[0], default=-1), min((k for k in near[1] if k >= 0), default=len(stream))
    places = [(m.start(), m.end()) for m in _TIME.finditer(stream.codes)]
    places += [(k, k + len(words)) for words in _SPANS for k in range(len(stream) - len(words) + 1)
               if tuple(stream.norms[k:k + len(words)]) == words]
    places = [place for place in places if floor < place[0] < top]
    if not places:
        return None
    low, high = min(places, key=lambda place: (place[0] - at if place[0] > at else 2 * (at - place[0]), place))
    start, end = stream.span(low, high)
    return view.text[start:end]


def find_facts(documents: pd.DataFrame, zones: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find the numbers that headline and body report of people killed, injured, detained, hospitalised, deployed, and so on.

    Parameters
    ----------
    documents, zones, mentions : DataFrame
        Tables of these names; the mentions tell who is counted.

    Returns
    -------
    DataFrame
        ``facts``: a row for each number and fact. ``value`` is empty where the quantity is vague ("dozens"), and the lower end
        of a range, whose upper end is ``value_high``; ``hedge`` are the words that make a number inexact, :func:`bounds` tells
        what they allow. "Nobody" and "no arrests" are 0; "a policeman" and "some" are no numbers. ``voice`` and
        ``attribution_id`` are filled where the voices are known (:func:`framelens.annotate`).

    Examples
    --------
    >>> text = "At least 12 people were killed and dozens of marchers detained on Friday. The toll rose to 26."
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["default"]})
    >>> from framelens.annotate.labels import find_mentions
    >>> from framelens.lexicon import read_lexicon
    >>> found = find_facts(documents, zones, find_mentions(documents, zones, read_lexicon("protest")))
    >>> found[["fact", "counted", "value", "hedge"]].fillna({"hedge": "", "value": -1}).values.tolist()
    [['killed', 'people', 12.0, 'at least'], ['detained', 'protesters', -1.0, 'dozens'], ['killed', 'people', 26.0, '']]
    """
    words, by_document = read_fact_words(), schema.rows_by_document(mentions)
    rows = [row for view in read_views(documents, zones) for row in facts_of(view, by_document.get(view.document_id, []), words)]
    return schema.validate(pd.DataFrame(rows), "facts") if rows else schema.empty("facts")
