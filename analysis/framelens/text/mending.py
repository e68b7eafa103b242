"""Quotations of a paragraph whose marks do not come out even: which mark was lost, and where it would stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from framelens.text.glyphs import CLOSERS, ELISION, FAMILY, MARK, OPENERS, PLAIN
from framelens.text.narration import find_tag, is_told, next_turn, speaks, told_from
from framelens.text.sentences import sentences

__all__ = ["Mended", "mend_paragraph", "runs_on"]

_QUOTES = "\"“”„«»‘’‚'`´"
_WORD = re.compile(r"\w")
_NOUN = re.compile(
    r" (?!(?:and|or|but|in|on|at|to|of|for|from|by|with|as|if|when|where|while|who|which|that|because|after|before|was|were|is|"
    r"are|had|has|have|will|would|can|could|may|might|should|did|does|said|he|she|it|they|we)\b)\w")
_CREDIT = 8  # words of a speaker's name and office, set below a quotation
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_FREE = frozenset(_INVISIBLE + "([{")
_FEET = re.compile(r"\d['’′]\d{1,2}\Z")
_PARTS = re.compile(r"[.,;?!]\s|\s(?:and|or|but|while|as)\s")
_ENDS = frozenset(".?!")
_FINAL = ".?!…,;: "


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    side: str  # "(" opens, ")" closes by its neighbours; "?" has space on both sides, "-" letters, "," a stop before a letter


class _Span(NamedTuple):
    """An outermost quotation: offsets with and without marks; was a closing mark found?"""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


@dataclass(slots=True)
class Mended:
    """What was read of a damaged paragraph: outermost quotations, and its sentences, told apart without heed of its marks."""

    spans: list[_Span]
    sentences: list[tuple[int, int]]


def _side(text: str, start: int, end: int, low: int, high: int) -> str:
    """Tell on which side of a mark its quotation lies; other marks at its side are looked past."""
    left, right = start, end
    while left > low and text[left - 1] in _QUOTES:
        left -= 1
    while right < high and text[right] in _QUOTES:
        right += 1
    before, after = text[left - 1] if left > low else " ", text[right] if right < high else " "
    free_before, free_after = before.isspace() or before in _FREE, after.isspace() or after in _INVISIBLE
    stops = after in ",.?!;:…)]}—–-/"
    if free_before and free_after:
        return "?"
    if free_before:
        return "(" if not stops or text.startswith(("...", "…"), right) else "?"
    if before in "—–-/":
        return ")" if free_after or stops else "("
    if free_after or stops:
        return ")"
    return "(" if before == ":" else "," if before in ",.?!…;" else "-"


def _read_marks(text: str, low: int, high: int, single: bool) -> list[_Mark]:
    """Read the marks of a paragraph, double ones or single ones; doubled marks are one."""
    marks: list[_Mark] = []
    attribute = False
    for match in MARK.finditer(text, low, high):
        start, end = match.span()
        if attribute or text[max(low, start - 1):start] == "=":  # the leavings of a tag: id="4"
            attribute = not attribute
            continue
        if (FAMILY[match.group()] == "single") != single:
            continue
        glyph = PLAIN[match.group()]
        if single and (ELISION.match(text, start) or (glyph == "‘" and text[start - 1:start].isalnum())):
            continue
        if _FEET.search(text, max(low, start - 4), start):
            continue  # 5'2"
        side = _side(text, start, end, low, high)
        if marks and marks[-1].end == start and not single:
            marks[-1] = marks[-1]._replace(end=end)
        elif not single or side in "()":
            marks.append(_Mark(start, end, glyph, side))
    return marks


def _possessive(text: str, mark: _Mark) -> bool:
    """May a single mark be an apostrophe: the strikers' demands, o' the night?"""
    before = text[max(0, mark.start - 3):mark.start]
    return (before[-1:] in ("s", "S") and bool(_NOUN.match(text, mark.end))) or before.endswith((" o", " th"))


def _role(text: str, mark: _Mark, opened: _Mark | None, last: bool) -> str:
    """Decide whether a mark opens or closes, by its sides first, its shape next, by turns last."""
    if mark.side in "()":
        return mark.side
    if mark.side == "-" and opened is None:  # said"We stay", but no 6"x4"
        return "(" if text[mark.start - 1].islower() and text[mark.end].isupper() else ""
    if mark.glyph in OPENERS and (opened is None or mark.side != "?" or find_tag(text, opened.end, mark.start) is not None):
        return "("
    if mark.glyph in CLOSERS or opened is not None:
        return ")"
    return "" if last else "("


@dataclass(slots=True)
class _Paragraph:
    text: str
    low: int
    high: int
    sentences: list[tuple[int, int]]
    singles: list[_Mark]

    def pair(self, marks: list[_Mark], runs_from: int | None) -> list[tuple[_Mark | None, _Mark | None]]:
        """Pair the marks that open with those that close; either may have lost its like."""
        pairs: list[tuple[_Mark | None, _Mark | None]] = []
        opened: _Mark | None = None
        held = 0
        for number, mark in enumerate(marks):
            if held or (opened is not None and opened.start == runs_from):
                held -= 1
                continue
            role = _role(self.text, mark, opened, number + 1 == len(marks))
            if role == "(" and opened is not None:
                held = self._held(opened, marks[number:])
                if held:
                    held -= 1
                    continue
                pairs.append((opened, None))
            elif role == ")":
                pairs.append((opened, mark))
            opened = mark if role == "(" else None if role else opened
        return pairs if opened is None else [*pairs, (opened, None)]

    def _held(self, opened: _Mark, marks: list[_Mark]) -> int:
        """Count the marks from the next that opens on which stand inside an open quotation: those before its own closing mark."""
        start = marks[0].start
        if find_tag(self.text, opened.end, start) is not None or self.shut(opened, start, start) is not None:
            return 0
        depth = 1
        for number, mark in enumerate(marks):
            depth += {"(": 1, ")": -1}.get(mark.side, 2)
            if depth == 0:
                return number
            if depth > 2:
                break
        whole = self.sentence(opened.end) == self.sentence(marks[0].start) and not self.is_fragment(opened)
        if len(marks) < 2 or marks[1].side != ")" or not (whole or not _PARTS.search(self.text, opened.end, marks[0].start)):
            return 0
        return 2 if whole and marks[0].glyph == "“" != opened.glyph and marks[1].glyph == "”" else 1  # "He said “no” again.

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that holds an offset."""
        return next((k for k, (_, end) in enumerate(self.sentences) if at < end), len(self.sentences) - 1)

    def begins_sentence(self, mark: _Mark) -> bool:
        """Does a mark stand at the beginning of its sentence?"""
        return not _WORD.search(self.text, self.sentences[self.sentence(mark.end)][0], mark.start)

    def is_fragment(self, mark: _Mark) -> bool:
        """Does a mark open a part of a sentence of the narrator's: neither its beginning, nor told in whole?"""
        start = self.sentences[self.sentence(mark.end)][0]
        after = _WORD.search(self.text, mark.end, self.high)
        return not self.begins_sentence(mark) and not (
            is_told(self.text[start:mark.start]) and after is not None and after.group().isupper())

    def lost_end(self, mark: _Mark, limit: int, next_speaks: bool) -> tuple[int, bool]:
        """Find where a quotation without a closing mark ends, before ``limit``; was a single mark set for the double one?"""
        text, at = self.text, self.sentence(mark.end)
        stop = min(self.sentences[at][1], limit)
        shut = self.shut(mark, stop, limit)
        if shut is not None:
            return shut.end, True
        if self.is_fragment(mark):
            bracket = text.find(")", mark.end, stop)
            cuts = [c for c in (find_tag(text, mark.end, stop), next_turn(text, mark.end, stop)) if c is not None]
            if bracket >= 0 and "(" not in text[mark.end:bracket]:
                cuts.append(bracket)
            if cuts:
                return min(cuts), False
            if limit < self.sentences[at][1]:
                parts = [m.start() for m in _PARTS.finditer(text, mark.end, limit)]
                stop = parts[-1] if parts else limit
            return mark.end + len(text[mark.end:stop].rstrip(_FINAL)), False
        unnamed = self.begins_sentence(mark)
        tag = find_tag(text, mark.end, limit if unnamed else stop)
        if tag is not None:
            return tag, False
        if unnamed and next_speaks:
            return mark.end + len(text[mark.end:limit].rstrip()), False
        runs = mark.start == self.low or text[self.low:mark.start].rstrip().endswith(":")
        for start, end in self.sentences[at + 1:]:  # somebody who speaks again was speaking between
            if end > limit or told_from(text, start, end) is not None:
                break
            if runs or speaks(text[start:end]):
                stop = end
        return mark.end + len(text[mark.end:stop].rstrip()), False

    def shut(self, mark: _Mark, stop: int, limit: int) -> _Mark | None:
        """Find a single mark that closes what a double one opened: in its sentence, or behind a stop in a later one."""
        depth = 0
        for single in self.singles:
            if single.start >= limit:
                break
            if single.start <= mark.end:
                continue
            if single.side == "(":
                depth += 1
            elif not _possessive(self.text, single):
                if depth == 0 and (single.start < stop or self.text[single.start - 1] in ",.?!…"):
                    return single
                depth = max(0, depth - 1)
        return None

    def lost_start(self, mark: _Mark, floor: int) -> tuple[int, int] | None:
        """Find where a quotation without an opening mark begins, behind ``floor``: offsets with and without a single mark."""
        text, at = self.text, self.sentence(mark.start - 1)
        start = max(floor, self.sentences[at][0])
        inside = [s for s in self.singles if floor <= s.start < mark.start and not (s.side == ")" and _possessive(text, s))]
        for number, single in enumerate(inside):
            shut = any(s.side == ")" for s in inside[number + 1:number + 2])
            if single.side == "(" and not shut and (single.start >= start or single.glyph == "‘" or not self.is_fragment(single)):
                return single.start, single.end
        said = text[start:mark.start].rstrip()
        if not _WORD.search(said):
            return None
        told = told_from(text, start, mark.start, behind=floor > self.sentences[at][0])
        if told is not None and told < mark.start:
            return told, told
        stops = said[-1] in _ENDS
        follows = next((s for s, _ in self.sentences if s >= floor), start)
        if floor > self.low and stops and follows <= start and told_from(text, follows, mark.start) is None:
            return follows, follows  # "…," she said. …: she goes on
        if floor > self.sentences[at][0]:
            return None
        said = said.rstrip(",")
        tagged = find_tag(f"{said}, {text[mark.end:self.high].lstrip(', ')}", 0, self.high) == len(said) + 1
        if not tagged and not (speaks(said) and (stops or text[mark.end:mark.end + 1] in _ENDS)):
            return None
        while at and self.sentences[at - 1][0] >= floor and speaks(text[slice(*self.sentences[at - 1])]):
            at -= 1
            start = self.sentences[at][0]
        return start, start


def mend_paragraph(text: str, low: int, high: int, *, single: bool = False, runs_from: int | None = None,
                   came_on: bool = False) -> Mended:
    """Read the outermost quotations of a paragraph whose marks do not come out even.

    Parameters
    ----------
    text : str
        The whole text.
    low, high : int
        The paragraph.
    single : bool
        Is it a single mark that was lost?
    runs_from : int, optional
        Where the quotation begins that goes on in the next paragraph, so that it needs no closing mark.
    came_on : bool
        Does one of the paragraph before go on in it, though the opening mark was not repeated?

    Returns
    -------
    Mended

    Examples
    --------
    >>> text = '"We stay. We wait, said Roe. "Nobody leaves.'
    >>> [text[s.start:s.end] for s in mend_paragraph(text, 0, len(text)).spans]
    ['"We stay. We wait,', '"Nobody leaves.']
    """
    singles = _read_marks(text, low, high, True)
    marks = _read_marks(text, low, high, False)
    if single:
        marks, singles = [s for s in singles if s.side == "(" or not _possessive(text, s)], []
    blank = [(m.start, m.end, m.side == "(") for m in marks]
    parts = [(low + s, low + e) for s, e in sentences(text[low:high], [(s - low, e - low, opens) for s, e, opens in blank])]
    paragraph = _Paragraph(text, low, high, parts, singles)
    pairs = paragraph.pair(marks, runs_from)
    spans: list[_Span] = []
    floor = low
    for number, (opened, closed) in enumerate(pairs):
        if opened is None and closed is not None:
            if single:
                continue  # an apostrophe
            begins = paragraph.lost_start(closed, floor) if number or not came_on else (low, low)
            if begins is not None and _WORD.search(text, begins[1], closed.start):
                spans.append(_Span(begins[0], closed.end, begins[1], closed.start, True))
        elif opened is not None and closed is not None:
            if _WORD.search(text, opened.end, closed.start):
                spans.append(_Span(opened.start, closed.end, opened.end, closed.start, True))
        elif opened is not None:
            follows = next((m for m in pairs[number + 1] if m is not None), None) if number + 1 < len(pairs) else None
            limit = follows.start if follows else high
            if opened.start == runs_from:
                end, shut = high, False
            else:
                end, shut = paragraph.lost_end(opened, limit, follows is not None and paragraph.begins_sentence(follows))
            if end > opened.end:
                spans.append(_Span(opened.start, end, opened.end, end - shut, shut))
        floor = spans[-1].end if spans else low
    return Mended(spans, parts)


def _is_speech(text: str, low: int, closing: _Mark, high: int) -> bool:
    """Is what stands before a closing mark the rest of a quotation, rather than its speaker's name or the narrator's words?"""
    said = text[low:closing.start]
    return told_from(text, low, closing.start) is None and (
        speaks(said) or len(said.split()) > _CREDIT or bool(_WORD.search(text, closing.end, high)))


def runs_on(text: str, start: int, block: tuple[int, int], following: tuple[int, int]) -> bool:
    """Does a quotation that is left open in its paragraph go on in the next?

    It does where the next begins with an opening mark of its family, or brings the closing mark that was wanting. But it does not
    where its speaker is named behind it (", she said"); nor where it is a part of a sentence of the narrator's, unless the
    next paragraph is all quotation.
    """
    (low, high), (after_low, after_high) = block, following
    opened, repeated = MARK.match(text, start), MARK.match(text, after_low)
    if opened is None:
        return False
    family = FAMILY[opened.group()]
    marks = _read_marks(text, after_low, after_high, family == "single")
    closing = next((m for m in marks[:2] if m.side == ")"), None)
    if repeated is None or FAMILY[repeated.group()] != family:
        repeated = None
        wanted = closing is not None and marks[0] is closing and _is_speech(text, after_low, closing, after_high)
        if family == "single" or not wanted:
            return False
    if start == low and find_tag(text, start, high) is None:
        return True
    parts = [(low + s, low + e) for s, e in sentences(text[low:high], [(start - low, opened.end() - low, True)])]
    paragraph = _Paragraph(text, low, high, parts, [])
    mark = _Mark(*opened.span(), PLAIN[opened.group()], "(")
    if paragraph.is_fragment(mark) and (repeated is None or mark.glyph != PLAIN[repeated.group()] or (
            closing is not None and _WORD.search(text, closing.end, after_high)) or paragraph.sentence(start) + 1 < len(parts)):
        return False
    told = {parts[paragraph.sentence(mark.end)], parts[-1]}
    return all(find_tag(text, max(begins, mark.end), ends) is None for begins, ends in told)
