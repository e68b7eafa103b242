"""What may be a quotation mark: shapes, entities, families, and what the neighbours of one tell."""

from __future__ import annotations

import re

__all__ = ["CLOSERS", "ELISION", "FAMILY", "MARK", "OPENERS", "PLAIN", "sides"]

# Scraped pages leave marks as HTML entities, escapes, or as UTF-8 that was read as Windows text.
ENTITIES = {"&quot;": '"', "&#34;": '"', "&#034;": '"', "&amp;quot;": '"', "&ldquo;": "“", "&#8220;": "“", "&#x201C;": "“",
            "&rdquo;": "”", "&#8221;": "”", "&#x201D;": "”", "&laquo;": "«", "&raquo;": "»", "&lsquo;": "‘", "&#8216;": "‘",
            "&rsquo;": "’", "&#8217;": "’", "&#39;": "'", "&#039;": "'", "&apos;": "'", '\\"': '"', "\\'": "'", "â€œ": "“",
            "â€\x9d": "”", "â€˜": "‘", "â€™": "’", "‘‘": "“", "’’": "”", "<<": "«", ">>": "»", "´´": "''", "＂": '"', "″": '"',
            "❝": "“", "❞": "”"}
# Every branch begins with a letter of its own, no look-behind or set: only so does `re` leap from mark to mark.
MARK = re.compile("|".join((*map(re.escape, ENTITIES), r"'(?<=\S')(?=''(?!'))", "''", "``", *"\"“”„‟«»‘’‚‹›'`´")))
FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "''", "``"), "double"),
    **dict.fromkeys(("«", "»"), "guillemet"), **dict.fromkeys(("‹", "›"), "guillemet1"),
    **dict.fromkeys(("‘", "’", "‚", "'", "`", "´"), "single"),
}
PLAIN = {**{mark: mark for mark in FAMILY}, **ENTITIES}  # what an entity stands for
FAMILY |= {entity: FAMILY[mark] for entity, mark in ENTITIES.items()}
OPENERS = frozenset("“„‟«‹‘‚") | {"``"}
CLOSERS = frozenset("”»›")
ELISION = re.compile(r"['’‘](?:em|til|tis|twas|cause|bout|n|round|\d0s|\d\d)\b", re.IGNORECASE)
_BEFORE_OPEN = frozenset("([{—–-/\"“‘«:…,")
_AFTER_CLOSE = frozenset(")]}—–-/\"”’»:;,.?!…")


def sides(text: str, start: int, end: int, low: int, high: int) -> tuple[bool, bool]:
    """Can a mark at [start, end) open a quotation, can it close one, by its neighbours?"""
    before, after = text[start - 1] if start > low else " ", text[end] if end < high else " "
    free_before, free_after = before.isspace(), after.isspace()
    return not free_after and (free_before or before in _BEFORE_OPEN), not free_before and (free_after or after in _AFTER_CLOSE)
