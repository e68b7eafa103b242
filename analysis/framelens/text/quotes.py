"""Quotations by their marks: straight, curly, single, doubled apostrophes, guillemets; where one is lost, by the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from framelens.text.glyphs import CLOSERS, ELISION, FAMILY, MARK, OPENERS, PLAIN, sides
from framelens.text.mending import mend_paragraph, runs_on

__all__ = ["Quote", "find_quotes", "read_quotes"]

_IN_WORD = re.compile(r"[^\W\d_]‘[^\W\d_]")
_NAMED = re.compile(r"\w[,;]? (?:[A-Z]\w+ )+\Z")  # a capital within a sentence


class Quote(NamedTuple):
    """A quotation: ``[start, end)`` with its marks, ``[inner_start, inner_end)`` without.

    ``closed`` is False where no closing mark was found; ``continues`` where the quotation runs on from the
    paragraph before (the opening mark repeated, the closing one left to the last paragraph); ``level`` is 1 for
    a quotation that stands in no other.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool
    level: int


@dataclass(slots=True)
class _Open:
    start: int
    inner: int
    family: str
    continues: bool


def _possessive(text: str, start: int, high: int) -> bool:
    """Is a closing single mark after s a plural possessive (the strikers’ demands), as another close follows?"""
    if text[start - 1] not in "sS" or start + 2 >= high or not (text[start + 1] == " " and text[start + 2].isalpha()):
        return False
    for match in re.finditer(r"[‘’']", text[start + 1:high]):
        at = start + 1 + match.start()
        can_open, can_close = sides(text, at, at + 1, start, high)
        if match.group() == "‘" or (can_open and not can_close):
            return False
        if can_close:
            return True
    return False


def _letter(text: str, start: int, high: int) -> bool:
    """Is a single mark that opens a letter of a name: Mele ‘Ofa of Nuku‘alofa, Sheikh ‘Ali? No mark that closes it follows."""
    if not text[start + 1:start + 2].isupper():
        return False
    for match in re.finditer(r"[‘’']", text[start + 1:high]):
        at = start + 1 + match.start()
        if sides(text, at, at + 1, start, high)[1]:
            return False
        if match.group() == "‘" and text[at - 1].isspace():
            break
    return bool(_IN_WORD.search(text) or _NAMED.search(text, max(0, start - 20), start))


def _role(text: str, mark: str, span: tuple[int, int], bounds: tuple[int, int], is_open: bool) -> str:
    """Decide whether a mark opens, closes or is no quotation mark."""
    (start, end), (low, high), family = span, bounds, FAMILY[mark]
    mark = PLAIN[mark]
    can_open, can_close = sides(text, start, end, low, high)
    if family == "single":
        if ELISION.match(text, start) or (mark == "‘" and start > low and text[start - 1].isalnum()):
            return ""  # ’90s; and an apostrophe turned the wrong way
        if mark in "`´" and is_open and can_close:
            return "close"
        if mark == "‘" and not is_open and _letter(text, start, high):
            return ""
        if mark in "‘‚`´" or (mark == "'" and can_open and not is_open):
            return "open" if can_open or mark == "‘" else ""
        if is_open and can_close:
            return "" if _possessive(text, start, high) else "close"
        return "open" if mark == "’" and can_open and not can_close and not is_open and low == start else ""
    if mark in OPENERS:  # but “ may be misused to close, as in “so“
        return "close" if is_open and can_close and not can_open else "open"
    if mark in CLOSERS:
        return "close" if is_open else ("open" if can_open and not can_close else "")
    if is_open:
        return "close" if can_close or not can_open else "open"
    return "open" if can_open else ""


def _scan(text: str, low: int, high: int, carried: str) -> tuple[list[Quote], _Open | None, str]:
    """Find the quotations of one paragraph, the one left open at its end, and of which family a mark has lost its like."""
    stack: list[_Open] = []
    found: list[Quote] = []
    odd = ""
    for match in MARK.finditer(text, low, high):
        mark, span = match.group(), match.span()
        family = FAMILY[mark]
        if family == "single" and low < span[0] and text[span[0] - 1].isalnum() and text[span[1]:span[1] + 1].isalnum():
            continue  # an apostrophe
        is_open = bool(stack) and family in [o.family for o in stack]
        role = _role(text, mark, span, (low, high), is_open)
        if role == "open":
            continues = family == carried and span[0] == low
            if is_open and family == "single" != stack[0].family:
                continue
            if is_open:
                odd = odd or family
            stack.append(_Open(span[0], span[1], family, continues))
        elif role == "close":
            while stack and stack[-1].family != family:
                stack.pop()  # an inner mark left open is none
            opened = stack.pop()
            if opened.inner < span[0]:
                found.append(Quote(opened.start, span[1], opened.inner, span[0], True, opened.continues, len(stack) + 1))
            else:
                odd = odd or family
        elif family != "single":
            if not text[span[0] - 1:span[0]].isdigit():  # but a 6" pipe
                odd = family
        elif not odd and mark == "'" and text[span[1]:span[1] + 1].isupper() and text[span[0] - 1:span[0]] == " " and is_open:
            odd = family
    if stack:
        stack = [o for o in stack if o.family != "single"] or [o for o in stack if text[o.start] == "‘"]
    return found, stack[-1] if stack else None, odd


def _mend(text: str, block: tuple[int, int], carried: str, runs_from: int | None,
          single: bool) -> tuple[list[Quote], list[tuple[int, int]]]:
    """Read a paragraph whose marks do not come out even: its quotations, and its sentences."""
    low, high = block
    after = MARK.match(text, low)
    repeated = after is not None and FAMILY[after.group()] == carried
    mended = mend_paragraph(text, low, high, single=single, runs_from=runs_from, came_on=bool(carried) and not repeated)
    quotes: list[Quote] = []
    at = low
    for span in mended.spans:
        quotes += _scan(text, at, span.start, "")[0]
        quotes.append(Quote(*span, bool(carried) and span.start == low, 1))
        quotes += [q._replace(level=q.level + 1) for q in _scan(text, span.inner_start, span.inner_end, "")[0]]
        at = span.end
    return quotes + _scan(text, at, high, "")[0], [(s - low, e - low) for s, e in mended.sentences]


def read_quotes(text: str, blocks: Sequence[tuple[int, int]]) -> tuple[list[Quote], dict[int, list[tuple[int, int]]]]:
    """Find the quotations in the paragraphs of a text, and the sentences of those paragraphs in which a mark is lost.

    Parameters
    ----------
    text : str
        The whole text.
    blocks : list of (start, end)
        Its paragraphs in order.

    Returns
    -------
    quotes : list of Quote
        By start.
    sentences : dict of int to list of (start, end)
        By number of the paragraph, offsets into it: a splitter that trusts the marks would go wrong there.
    """
    quotes: list[Quote] = []
    split: dict[int, list[tuple[int, int]]] = {}
    carried = ""
    for number, (low, high) in enumerate(blocks):
        found, left_open, odd = _scan(text, low, high, carried)
        came, carried = carried, ""
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        runs_from = None
        if left_open is not None and following is not None and runs_on(text, left_open.start, (low, high), following):
            carried, runs_from = left_open.family, left_open.start
        if odd or (left_open is not None and not carried):
            odd = odd or (left_open.family if left_open else "")
            found, split[number] = _mend(text, (low, high), came, runs_from, odd == "single")
            if not any(q.end == high and not q.closed for q in found):
                carried = ""  # it was closed after all
        elif left_open is not None:
            found = [q if q.end <= left_open.start else q._replace(level=max(2, q.level)) for q in found]
            found.append(Quote(left_open.start, high, left_open.inner, high, False, left_open.continues, 1))
        quotes += found
    return sorted(quotes, key=lambda q: (q.start, -q.end)), split


def find_quotes(text: str, blocks: Sequence[tuple[int, int]]) -> list[Quote]:
    """Find the quotations in the paragraphs of a text.

    A quotation left open at the end of its paragraph goes on in the next if that begins with an opening mark of
    the same family. Otherwise the mark is lost, and so is one that closes what nothing opened, or opens while
    another is open: where it would stand is read from the words (:func:`framelens.text.mending.mend_paragraph`).

    Parameters
    ----------
    text : str
        The whole text.
    blocks : list of (start, end)
        Its paragraphs in order.

    Returns
    -------
    list of Quote
        By start.

    Examples
    --------
    >>> text = 'The "mob" left, ‘she said’. “We stay, said Roe. He called it "chaos and left.'
    >>> [text[q.start:q.end] for q in find_quotes(text, [(0, len(text))]) if q.level == 1]
    ['"mob"', '‘she said’', '“We stay,', '"chaos and left']
    """
    return read_quotes(text, blocks)[0]
