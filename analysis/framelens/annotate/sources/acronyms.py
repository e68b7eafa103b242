"""The short names that an article explains."""

from __future__ import annotations

import re

from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.gazetteer import Gazetteer
from framelens.annotate.sources.phrase import Reading, read_phrase

__all__ = ["read_acronyms"]

_ACRONYM = re.compile(r"\(([A-Z][A-Z-]{1,9})\)")
_NAMED_BODY = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) ((?:[a-z][\w’'-]+ ){1,4})([A-Z][A-Z0-9-]{2,9})\b(?! [A-Z])")
_FULL = re.compile(r"(?:[A-Z][\w’'-]+ (?:(?:of|for|and|the|in|de|du|des|la) ){0,2}){1,8}$")
_LEAD = 90  # characters before an acronym among which its full name stands


def read_acronyms(text: str, gazetteer: Gazetteer) -> dict[str, Reading]:
    """Read the acronyms that an article explains: "the River Defence Force (RDF)", "the dockers' union RDU"."""
    out: dict[str, Reading] = {}
    for found in _ACRONYM.finditer(text):
        lead = _FULL.search(text[max(0, found.start() - _LEAD):found.start()])
        full = read_phrase(lead[0], gazetteer) if lead else Reading()
        if full.type not in PRIVATE:
            out.setdefault(found[1], full)
    for found in _NAMED_BODY.finditer(text):
        full = read_phrase(f"the {found[1].strip()}", gazetteer)
        if full.number == "institution" and full.type not in PRIVATE | {"document"}:
            out.setdefault(found[2], full)
    return out
