"""Which news agency an article says it has from whom: dateline, byline, credit line, a word of thanks, its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from framelens import schema
from framelens.lexicon.agencies import UNNAMED, Agencies, read_agencies

__all__ = ["find_credits"]

Found = tuple[int, int, str, str]  # start, end, agency, kind
Zone = tuple[int, int, str, str]  # start, end, kind, rule
_HEAD = 3  # paragraphs that a dateline may open: a deck may stand before it
_TAIL = 4  # lines at the end in which others are thanked
_LONGEST = 400  # characters of such a line
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BY_LINES = {"by_line", "name_line"}
_UPPER = r"[^\W\d_a-z]"
# What may stand before the agency of a dateline: names, dates, and what joins them; each read in one way only, or a line of
# hyphens would take for ever.
_PLACE = (rf"(?>(?:{_UPPER}\w*(?:[.'’/-]\w+)*|\d[\d:.]*(?:st|nd|rd|th)?|\[[\w ]{{2,20}}\]"
          r"|(?:de|la|es|of|the|el|al|du|da|am|pm)\b)(?:\s*[,.;:|–—-]+\s*|\s+|(?=[(/])))")
_DATED = re.compile(r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_DASH = r"(?:\.?\s*(?:--?|[–—―]|:)|\.(?=\s|$))"
_PHOTO = re.compile(r"\s*[\[(]?\s*(?:photo|picture|pic|image|graphic|illustration|video|footage|handout|file)", re.I)
_GAVE = (r"\bcontributed(?= (?:additional )?reporting\b| (?:to|for) (?:this|the) (?:report|story|article|piece|dispatch)\b| from "
         rf"{_UPPER}|\W*$)")
_THANKS = re.compile(
    rf"{_GAVE}|\b(?i:with) (?:additional )?(?:reporting|files|inputs?|contributions?|material|information|reports) (?:by|from)\b"
    r"|\b(?i:(?:agency|wire|agencies|wires) inputs?)\b|\b(?i:inputs? from)\b|\b(?i:(?:additional|further) reporting)\b"
    r"|\b(?i:information|material) from\b.+\bwas used\b|\b(?i:contribut(?:ors?|ing))\s*:|\b(?i:with) \S+(?: \S+)? inputs?\b")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[^/|]*$", re.I)
_AGENCIES = r"(?i:(?:news |wire )?agenc(?:y|ies)(?= inputs?| feeds?|\W*$))"


@dataclass(frozen=True)
class _Patterns:
    """What names an agency in each place, compiled."""

    dateline: re.Pattern[str]
    segment: re.Pattern[str]
    signed: re.Pattern[str]
    alone: re.Pattern[str]
    any: re.Pattern[str]
    agency_of: dict[str, str]


@lru_cache(maxsize=8)
def _compile(agencies: Agencies) -> _Patterns:
    of = {**agencies.codes, **agencies.names}
    of |= {form.upper(): agency for form, agency in agencies.names.items() if form.upper() not in of}  # headlines' bylines

    def either(forms: Iterable[str]) -> str:
        longest = sorted(forms, key=lambda form: (-len(form), form))
        return rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in longest)})(?![\w'’])".replace(r"\ ", r"\s+")

    every, names = either(of), either(form for form in of if form not in agencies.codes)
    long = either(form for form in of if " " in form)
    several = rf"{every}(?:\s*[/,&+]\s*{every})*"
    before = r"(?:^|[,;/|(\[–—·•:]\s*|\s-\s*|^-\s*|\b(?i:by|and|for|of|via|from|with|the)\s+)"
    people = r"(?i:and|with|writers?|staff|reporters?|correspondents?|journalists?|news|inputs?|feeds?)\b"
    behind = rf"(?=\s*(?:$|[,;/|)\]–—·•.-]|{people}))"
    return _Patterns(
        re.compile(rf"[\s\"“]*(?:{_PLACE}{{0,12}}[(/\[]\s*(?P<in>{several})(?: [A-Z][a-z]+)?\s*[)/\]]"
                   rf"(?P<end>{_DASH}|\s+(?=[\"“‘]?{_UPPER}))"
                   rf"|{_PLACE}{{1,12}}(?<=[,.] )(?P<after>{every})\s*(?:\s--?\s|\s?[–—―])"
                   rf"|(?P<first>{names})\s*(?:\s--?\s|\s?[–—―]))"),
        re.compile(rf"{before}((?:{every})|{_AGENCIES}){behind}|(?<=[\w.]\s)({long})\W*$"),
        re.compile(rf"(?<=[.!?”\"’])\s*(?:[–—―-]+\s*({several})|[(\[]({several})[)\]])\.?\s*$"),
        re.compile(rf"\W*({every})\W*"), re.compile(every), of)


def find_credits(documents: pd.DataFrame, zones: pd.DataFrame, *, agencies: Agencies | None = None) -> pd.DataFrame:
    r"""Find the news agencies that an article names as its writer, or as having contributed.

    What is looked for stands where newsrooms put it: in the dateline (``VELDT HARROW, Jan 6 (Reuters) -``, ``MOSCOW, January 6.
    /TASS/.``), the byline (``By Ada Brill, Associated Press``), a credit line or the end (``Source: Xinhua``,
    ``… he said. - AFP``), a copyright or feed notice, thanks to contributors (``AFP contributed to this report``), or the
    address. An agency that the article quotes or mentions ("told Reuters") is none, nor is a credit for a picture.

    Parameters
    ----------
    documents : DataFrame
        ``documents``: document_id, text, and url where there is one.
    zones : DataFrame
        ``zones`` of the same articles.
    agencies : Agencies, optional
        From :func:`framelens.read_agencies`; the packaged list by default.

    Returns
    -------
    DataFrame
        ``credits``, by article and place. ``kind`` is dateline, byline or credit (the agency wrote it), contributing (it wrote
        a part), site (the address is the agency's own) or path (a part of the address is its name); the last two have no
        span. Agencies that are not named ("With agency inputs") are "unnamed agency".

    Examples
    --------
    >>> from framelens.corpus.zones import find_zones
    >>> text = "VELDT HARROW, Jan 6 (Reuters) - A baker told AFP that bread rose.\n\nWith inputs from PTI\n"
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text]})
    >>> find_credits(documents, find_zones(documents))[["news_agency", "kind", "start"]].values.tolist()
    [['Reuters', 'dateline', 21], ['PTI', 'contributing', 84]]
    """
    agencies = agencies or read_agencies()
    patterns = _compile(agencies)
    by_article: dict[str, list[Zone]] = {}
    ordered = zones.sort_values("start")
    columns = (ordered[c] for c in ("document_id", "start", "end", "kind", "rule"))
    for name, start, end, kind, rule in zip(*columns, strict=True):
        by_article.setdefault(str(name), []).append((int(start), int(end), kind, rule))
    urls = documents["url"] if "url" in documents else [None] * len(documents)
    rows: list[dict[str, Any]] = []
    for name, text, url in zip(documents["document_id"].astype(str), documents["text"], urls, strict=True):
        if isinstance(text, str):
            parts = by_article.get(name, [])
            for start, end, agency, kind in sorted(set(_credits_of(text, parts, patterns))):
                zone = next((z for s, e, z, _ in parts if s <= start < e), None)
                rows.append({"document_id": name, "start": start, "end": end, "news_agency": agency, "kind": kind, "zone": zone})
        for kind, named in (("site", agencies.publisher_of(url)), ("path", agencies.path_of(url))):
            if named:
                rows.append({"document_id": name, "news_agency": named, "kind": kind})
    return schema.validate(pd.DataFrame(rows), "credits") if rows else schema.empty("credits")


def _credits_of(text: str, zones: list[Zone], patterns: _Patterns) -> Iterator[Found]:
    """Yield the credits of one article."""
    running = [z for z in zones if z[2] in ("body", "dateline")]
    body = [z for z in zones if z[2] == "body"]
    first, last = (body[0][0], body[-1][1]) if body else (len(text), len(text))
    heads = [line.start() for start, end, *_ in running for line in _LINE.finditer(text, start, end) if line[0].strip()]
    yield from _datelines(text, heads[:_HEAD + 1], patterns)
    before = ""
    for start, end, kind, rule in zones:
        for line in _LINE.finditer(text, start, end):
            if kind in ("byline", "furniture", "dateline") and line[0].strip():
                yield from _page_line(line, (kind, rule, before), (first, last), patterns)
        before = kind if text[start:end].strip() else before
    tail = [line for start, end, *_ in body for line in _LINE.finditer(text, start, end) if line[0].strip()][-_TAIL:]
    for line in tail:
        yield from _thanked(line, patterns)
    if tail and (signed := patterns.signed.search(tail[-1][0])):
        group = 1 if signed[1] else 2
        yield from _all(text, tail[-1].start() + signed.start(group), tail[-1].start() + signed.end(group), "credit", patterns)


def _datelines(text: str, heads: list[int], patterns: _Patterns) -> Iterator[Found]:
    """Find the agency between place and text at the head of the first paragraphs."""
    for at in heads:
        found = patterns.dateline.match(text, at, at + 160)
        if not found:
            continue
        group = next(name for name in ("in", "after", "first") if found[name])
        if group == "in" and not found["end"].strip() and not _DATED.search(text[at:found.start("in")]):
            continue  # without a dash only a date tells a dateline from a party's or a province's letters
        yield from _all(text, found.start(group), found.end(group), "dateline", patterns)


def _page_line(line: re.Match[str], zone: tuple[str, str, str], body: tuple[int, int], patterns: _Patterns) -> Iterator[Found]:
    """Find the agencies in a line that is not running text."""
    kind, rule, before = zone
    thanked = list(_thanked(line, patterns))
    if thanked or _PHOTO.match(line[0]):
        yield from thanked
    elif kind == "dateline" or rule in _BY_LINES:
        yield from _segments(line, "dateline" if kind == "dateline" else "byline", patterns)
    elif rule == "credit_line":
        yield from _segments(line, "credit", patterns)
    elif rule == "photo_credit":  # a name alone is the writer's where no picture stands above it
        alone = patterns.alone.fullmatch(line[0])
        if alone and before != "caption" and not body[0] < line.start() < body[1]:
            name = "byline" if line.start() <= body[0] else "credit"
            yield from _all(line.string, line.start() + alone.start(1), line.start() + alone.end(1), name, patterns)
    elif rule == "agency_notice":
        named = list(_all(line.string, line.start(), line.end(), "credit", patterns))
        unnamed = re.search(r"\b(?:agenc(?:y|ies)|wires?|syndicated)\b", line[0], re.I)
        if not named and unnamed:
            named = [(line.start() + unnamed.start(), line.start() + unnamed.end(), UNNAMED, "credit")]
        yield from named
    elif rule == "copyright" and line.start() >= body[1] and (notice := _COPYRIGHT.search(line[0])):
        yield from _all(line.string, line.start() + notice.start(), line.end(), "credit", patterns)


def _segments(line: re.Match[str], kind: str, patterns: _Patterns) -> Iterator[Found]:
    """Find the agencies that are a whole part of a line: "By Ada Brill, AP" but not "By Michael Bloomberg"."""
    at = 0
    while found := patterns.segment.search(line[0], at):
        group = 1 if found[1] else 2
        start, end = line.start() + found.start(group), line.start() + found.end(group)
        yield start, end, patterns.agency_of.get(" ".join(found[group].split()), UNNAMED), kind
        at = found.end(group)


def _thanked(line: re.Match[str], patterns: _Patterns) -> Iterator[Found]:
    """Find the agencies that contributed, in a line that says so of somebody."""
    if len(line[0]) > _LONGEST or not _THANKS.search(line[0]):
        return
    for sentence in re.finditer(r"(?:[^.!?]|[.!?](?!\s))+[.!?]*", line[0]):
        if thanks := _THANKS.search(sentence[0]):
            low = line.start() + sentence.start()
            high = low + thanks.start() if thanks[0] == "contributed" else line.start() + sentence.end()  # who did stands before
            named = list(_all(line.string, low, high, "contributing", patterns))
            if not named and (unnamed := re.search(_AGENCIES, sentence[0])):
                named = [(low + unnamed.start(), low + unnamed.end(), UNNAMED, "contributing")]
            yield from named


def _all(text: str, start: int, end: int, kind: str, patterns: _Patterns) -> Iterator[Found]:
    """Find every agency between two offsets."""
    for found in patterns.any.finditer(text, start, end):
        yield *found.span(), patterns.agency_of[" ".join(found[0].split())], kind
