"""The short names that an article explains."""

from __future__ import annotations

import re

from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.gazetteer import Gazetteer, read_tokens
from framelens.annotate.sources.phrase import Reading, read_phrase

__all__ = ["read_acronyms"]

_ACRONYM = re.compile(r"\(([A-Z][A-Z-]{1,9})\)")
_NAMED_BODY = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) ((?:[a-z][\w’'-]+ ){1,4})([A-Z][A-Z0-9-]{2,9})\b(?! [A-Z])")
_FULL = re.compile(r"(?:[A-Z][\w’'-]+ (?:(?:of|for|and|the|in|de|du|des|la) ){0,2}){1,8}$")
# Where a name in small letters begins: "the | state oil company (SOC)", "the mayor's | water board".
_PART = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur|by|of|and) |[,;:.(“”\"]\s*|['’]s? |\n")
_LEAD = 90  # characters before an acronym among which its full name stands


def _stands_for(lead: str, short: str, gazetteer: Gazetteer) -> bool:
    """Tell whether words are what an acronym stands for: not a country that ends them, nor what the lists know it to be else.

    Its letters may be those of another language, unless the lists have it: then the words must begin with them.
    """
    if not lead.strip().count(" "):
        return False
    known = next((m for m in gazetteer.find(read_tokens(short)) if m.weight > 1), None)
    initials = iter(w[0].upper() for w in lead.replace("-", " ").split())
    return known is None or (known.type != "opposition" and all(letter in initials for letter in short))


def read_acronyms(text: str, gazetteer: Gazetteer) -> dict[str, Reading]:
    """Read the acronyms that an article explains: "the River Defence Force (RDF)", "the dockers' union RDU"."""
    out: dict[str, Reading] = {}
    for found in _ACRONYM.finditer(text):
        lead = _FULL.search(text[max(0, found.start() - _LEAD):found.start()])
        names = {lead[0] if lead else "", _PART.split(text[max(0, found.start() - _LEAD):found.start()])[-1]} - {""}
        read = [read_phrase(words, gazetteer) for words in sorted(names) if _stands_for(words, found[1], gazetteer)]
        known = [r for r in read if r.type not in PRIVATE and r.number != "person"]
        if known:
            out.setdefault(found[1], max(known, key=lambda r: r.weight))
    for found in _NAMED_BODY.finditer(text):
        full = read_phrase(f"the {found[1].strip()}", gazetteer)
        if full.number == "institution" and full.type not in PRIVATE | {"document"}:
            out.setdefault(found[2], full)
    return out
