"""The short names that an article explains, and the names by which it calls parties and other bodies."""

from __future__ import annotations

import re
from typing import NamedTuple

from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.gazetteer import Gazetteer, read_tokens
from framelens.annotate.sources.phrase import Reading, read_phrase

__all__ = ["Full", "read_acronyms", "read_called"]

_ACRONYM = re.compile(r"\(([A-Z][A-Z-]{1,9})\)")
_NAMED_BODY = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) ((?:[a-z][\w’'-]+ ){1,4})([A-Z][A-Z0-9-]{2,9})\b(?! [A-Z])")
_FULL = re.compile(
    r"(?:[A-Z][\w’'-]+ (?:(?:of|for|and|the|in|on|to|against|with|de|du|des|del|do|da|dos|la|y|e|et) ){0,2}){1,8}$")
_CALLED = re.compile(
    r",? (?:which is )?(?:an?|the|in) (?P<what>opposition\b|"
    r"(?:[\w-]+ ){0,3}(?:group|movement|party|union|organi[sz]ation|militia|alliance|coalition))\b")
# Where a name in small letters begins: "the | state oil company (SOC)", "the mayor's | water board".
_PART = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur|by|of|and) |[,;:.(“”\"]\s*|['’]s? |\n")
# The words of a body around a part of its name: "the opposition party Renewal Alliance", "the pro-European Homeland bloc".
_LED = r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|of|by|from|with|to|for|and) ((?:[\w’'-]+ ){0,4})"
_TAIL = r"((?: [A-Z][\w’'-]+){0,2}(?: (?:party|movement|coalition|alliance|bloc|front|union|list|group|militia))?)\b"
_UNITES = frozenset(("politician", "opposition", "protester", "civil_society", "alliance"))
_LEAD = 90  # characters before an acronym among which its full name stands


class Full(NamedTuple):
    """What an acronym stands for: how it reads, and its words."""

    reading: Reading
    text: str


def _stands_for(lead: str, short: str, gazetteer: Gazetteer) -> bool:
    """Tell whether words are what an acronym stands for: not a country that ends them, nor what the lists know it to be else.

    Its letters may be those of another language, unless the lists have it: then the words must begin with them.
    """
    if not lead.strip().count(" "):
        return False
    known = next((m for m in gazetteer.find(read_tokens(short)) if m.weight > 1), None)
    initials = iter(w[0].upper() for w in lead.replace("-", " ").split())
    return known is None or (known.type != "opposition" and all(letter in initials for letter in short))


def read_acronyms(text: str, gazetteer: Gazetteer) -> dict[str, Full]:
    """Read the acronyms that an article explains: "the River Defence Force (RDF)", "the dockers' union RDU".

    What the full name is called right behind decides where it says more: "the River Movement (RM), an armed group".
    """
    out: dict[str, Full] = {}
    for found in _ACRONYM.finditer(text):
        lead = _FULL.search(text[max(0, found.start() - _LEAD):found.start()])
        small = _PART.split(text[max(0, found.start() - _LEAD):found.start()])[-1]
        names = {lead[0].strip() if lead else "", small.strip()} - {""}
        read = {name: read_phrase(name, gazetteer) for name in sorted(names) if _stands_for(name, found[1], gazetteer)}
        fits = {name: r for name, r in read.items() if r.type not in PRIVATE and r.number != "person"}
        name = max(fits, key=lambda n: fits[n].weight, default="")
        full = fits.get(name, Reading())
        called = _CALLED.match(text, found.end())
        told = read_phrase(called["what"], gazetteer) if called else Reading()
        if told.weight > full.weight or (told.type == "opposition" and full.weight < 3):
            full = full._replace(type=told.type, weight=told.weight)
        if full.type not in PRIVATE:
            out.setdefault(found[1], Full(full, name or found[1]))
    for found in _NAMED_BODY.finditer(text):
        full = read_phrase(f"the {found[1].strip()}", gazetteer)
        if full.number == "institution" and full.type not in PRIVATE | {"document"}:
            out.setdefault(found[2], Full(full, found[1].strip()))
    return out


def read_called(text: str, name: str, gazetteer: Gazetteer) -> Reading | None:
    """Read what an article calls the body of whose name a word is a part: the party of "Homeland leader Roe"."""
    for found in re.finditer(_LED + re.escape(name) + _TAIL, text):
        reading = read_phrase(f"the {found[1]}{name}{found[2]}", gazetteer)
        if reading.number == "institution" and reading.type in _UNITES and reading.weight:
            return reading._replace(type="politician") if reading.type == "alliance" else reading
    return None
