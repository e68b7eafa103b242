"""The short names that an article explains."""

from __future__ import annotations

import re
from typing import NamedTuple

from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.gazetteer import Gazetteer
from framelens.annotate.sources.phrase import Reading, read_phrase

__all__ = ["Full", "read_acronyms"]

_ACRONYM = re.compile(r"\(([A-Z][A-Z-]{1,9})\)")
_NAMED_BODY = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) ((?:[a-z][\w’'-]+ ){1,4})([A-Z][A-Z0-9-]{2,9})\b(?! [A-Z])")
_FULL = re.compile(
    r"(?:[A-Z][\w’'-]+ (?:(?:of|for|and|the|in|on|to|against|with|de|du|des|del|do|da|dos|la|y|e|et) ){0,2}){1,8}$")
_CALLED = re.compile(
    r",? (?:which is )?(?:an?|the|in) (?P<what>opposition\b|"
    r"(?:[\w-]+ ){0,3}(?:group|movement|party|union|organi[sz]ation|militia|alliance|coalition))\b")
_LEAD = 90  # characters before an acronym among which its full name stands


class Full(NamedTuple):
    """What an acronym stands for: how it reads, and its words."""

    reading: Reading
    text: str


def read_acronyms(text: str, gazetteer: Gazetteer) -> dict[str, Full]:
    """Read the acronyms that an article explains: "the River Defence Force (RDF)", "the dockers' union RDU".

    What the full name is called right behind decides where it says more: "the River Movement (RM), an armed group".
    """
    out: dict[str, Full] = {}
    for found in _ACRONYM.finditer(text):
        lead = _FULL.search(text[max(0, found.start() - _LEAD):found.start()])
        full = read_phrase(lead[0], gazetteer) if lead else Reading()
        called = _CALLED.match(text, found.end())
        told = read_phrase(called["what"], gazetteer) if called else Reading()
        if told.weight > full.weight or (told.type == "opposition" and full.weight < 3):
            full = full._replace(type=told.type, weight=told.weight)
        if full.type not in PRIVATE:
            out.setdefault(found[1], Full(full, lead[0].strip() if lead else found[1]))
    for found in _NAMED_BODY.finditer(text):
        full = read_phrase(f"the {found[1].strip()}", gazetteer)
        if full.number == "institution" and full.type not in PRIVATE | {"document"}:
            out.setdefault(found[2], Full(full, found[1].strip()))
    return out
