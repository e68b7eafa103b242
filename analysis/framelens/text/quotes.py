"""Quotations by their marks: straight, curly, single, doubled apostrophes, guillemets; odd numbers are normal input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Quote", "find_quotes"]

# Scraped pages leave marks as HTML entities.
_ENTITIES = {"&quot;": '"', "&#34;": '"', "&ldquo;": "“", "&#8220;": "“", "&rdquo;": "”", "&#8221;": "”", "&laquo;": "«",
             "&raquo;": "»", "&lsquo;": "‘", "&#8216;": "‘", "&rsquo;": "’", "&#8217;": "’", "&#39;": "'", "&apos;": "'"}
# Every branch begins with a letter of its own, no look-behind or set: only so does `re` leap from mark to mark.
_MARK = re.compile("|".join((*_ENTITIES, r"'(?<=\S')(?=''(?!'))", "''", "``", *"\"“”„‟«»‘’‚‹›'`")))
_FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "''", "``"), "double"),
    **dict.fromkeys(("«", "»"), "guillemet"), **dict.fromkeys(("‹", "›"), "guillemet1"),
    **dict.fromkeys(("‘", "’", "‚", "'", "`"), "single"),
}
_FAMILY |= {entity: _FAMILY[mark] for entity, mark in _ENTITIES.items()}
_OPENERS = frozenset("“„‟«‹‘‚") | {"``"}
_CLOSERS = frozenset("”»›")
_BEFORE_OPEN = re.compile(r"[\s(\[{—–\-/\"“‘«:…,]")
_AFTER_CLOSE = re.compile(r"[\s)\]}—–\-/\"”’»:;,.?!…]")
_ELISION = re.compile(r"['’‘](?:em|til|tis|twas|cause|bout|n|round|\d0s|\d\d)\b", re.IGNORECASE)
# A paragraph that ends in "…, he said." did close its quotation, though the mark was lost.
_TAG = re.compile(r"[,?!](?=\s+(?:[\w’'.-]+\s+){0,5}?(?:said|says|added|told|asked|replied|recalled|wrote)\b[^“”\"]{0,60}$)")


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


def _sides(text: str, start: int, end: int, low: int, high: int) -> tuple[bool, bool]:
    """Can a mark at [start, end) open a quotation, can it close one, by its neighbours?"""
    before, after = text[start - 1] if start > low else " ", text[end] if end < high else " "
    can_open = bool(_BEFORE_OPEN.match(before)) and not after.isspace()
    can_close = not before.isspace() and bool(_AFTER_CLOSE.match(after))
    return can_open, can_close


def _possessive(text: str, start: int, high: int) -> bool:
    """Is a closing single mark after s a plural possessive (the strikers’ demands), as another close follows?"""
    if text[start - 1] not in "sS" or start + 2 >= high or not (text[start + 1] == " " and text[start + 2].isalpha()):
        return False
    for match in re.finditer(r"[‘’']", text[start + 1:high]):
        at = start + 1 + match.start()
        can_open, can_close = _sides(text, at, at + 1, start, high)
        if match.group() == "‘" or (can_open and not can_close):
            return False
        if can_close:
            return True
    return False


def _role(text: str, mark: str, span: tuple[int, int], bounds: tuple[int, int], stack: list[_Open]) -> str:
    """Decide whether a mark opens, closes or is no quotation mark."""
    (start, end), (low, high), family = span, bounds, _FAMILY[mark]
    mark = _ENTITIES.get(mark, mark)
    can_open, can_close = _sides(text, start, end, low, high)
    is_open = any(o.family == family for o in stack)
    if family == "single":
        if _ELISION.match(text, start) or (mark == "‘" and start > low and text[start - 1].isalnum()):
            return ""  # ’90s; and an apostrophe turned the wrong way
        if mark in "‘‚`" or (mark == "'" and can_open and not is_open):
            return "open" if can_open or mark == "‘" else ""
        if is_open and can_close:
            return "" if _possessive(text, start, high) else "close"
        return "open" if mark == "’" and can_open and not can_close and not is_open and low == start else ""
    if mark in _OPENERS:  # but “ may be misused to close, as in “so“
        return "close" if is_open and can_close and not can_open else "open"
    if mark in _CLOSERS:
        return "close" if is_open else ("open" if can_open and not can_close else "")
    if is_open:
        return "close" if can_close or not can_open else "open"
    return "open" if can_open else ""


def _scan(text: str, low: int, high: int, carried: str) -> tuple[list[Quote], str]:
    """Find the quotations of one paragraph; return them with the family of one left open at its end."""
    stack: list[_Open] = []
    found: list[Quote] = []
    first = True
    for match in _MARK.finditer(text, low, high):
        mark, span = match.group(), match.span()
        role = _role(text, mark, span, (low, high), stack)
        continues = first and bool(carried) and span[0] == low and _FAMILY[mark] == carried
        first = False
        if role == "open":
            if stack and stack[-1].family == _FAMILY[mark] and mark != "“":
                continue  # straight marks cannot nest in their like
            if stack and stack[-1].family == _FAMILY[mark]:
                stack.pop()  # “… “: the first was never closed, the second begins anew
            stack.append(_Open(span[0], span[1], _FAMILY[mark], continues))
        elif role == "close":
            while stack and stack[-1].family != _FAMILY[mark]:
                stack.pop()  # an inner mark left open is none
            opened = stack.pop()
            if opened.inner < span[0]:
                found.append(Quote(opened.start, span[1], opened.inner, span[0], True, opened.continues, len(stack) + 1))
    left_open = stack[0] if stack and stack[0].family != "single" else None
    if left_open is None and stack and text[stack[0].start] == "‘":
        left_open = stack[0]
    if left_open is None:
        return found, ""
    found = [q for q in found if q.end <= left_open.start] + [
        q._replace(level=max(2, q.level)) for q in found if q.end > left_open.start]
    found.append(Quote(left_open.start, high, left_open.inner, high, False, left_open.continues, 1))
    return found, left_open.family


def find_quotes(text: str, blocks: list[tuple[int, int]], sentence_ends: list[int] | None = None) -> list[Quote]:
    """Find the quotations in the paragraphs of a text.

    A quotation left open at the end of its paragraph goes on in the next if that begins with an opening mark of
    the same family. Otherwise the mark is lost, and the quotation ends with the sentence in which it opened.

    Parameters
    ----------
    text : str
        The whole text.
    blocks : list of (start, end)
        Its paragraphs in order.
    sentence_ends : list of int, optional
        Where sentences end, for quotations without a closing mark; without it they end with the paragraph.

    Returns
    -------
    list of Quote
        By start.

    Examples
    --------
    >>> text = 'The "mob" left, ‘she said’. “We stay,” said Roe, “and "wait”.'
    >>> [text[q.start:q.end] for q in find_quotes(text, [(0, len(text))]) if q.level == 1]
    ['"mob"', '‘she said’', '“We stay,”', '“and "wait”']
    """
    quotes: list[Quote] = []
    carried = ""
    for number, (low, high) in enumerate(blocks):
        found, carried = _scan(text, low, high, carried)
        goes_on = False
        if carried and number + 1 < len(blocks):
            after = _MARK.match(text, blocks[number + 1][0])
            goes_on = after is not None and _FAMILY[after.group()] == carried
        if carried:
            tag = _TAG.search(text, found[-1].inner_start, high)
            goes_on = goes_on and tag is None
        if carried and not goes_on:
            last = found[-1]
            end = min((e for e in sentence_ends or () if e > last.inner_start), default=high)
            end = tag.end() if tag else min(end, high)
            found = [*(q for q in found[:-1] if q.start < last.start or q.end <= end or q.start >= end),
                     Quote(last.start, end, last.inner_start, end, False, last.continues, 1)]
            carried = ""
        quotes += found
    return sorted(quotes, key=lambda q: (q.start, -q.end))
