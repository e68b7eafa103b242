"""Politics as one article tells it: juntas by what they did, parties by a part of their names, who disputes a vote."""

from __future__ import annotations

import re
from functools import cached_property

__all__ = ["DISPUTES", "Politics"]

_COUP = re.compile(
    r"\bcoups?\b|\bputsch|\bmutin(?:y|ous|eers?)\b|\b(?:seiz|grab)\w+ (?:of )?power\b|\b(?:took|taken) power\b"
    r"|\btoppl(?:ed|ing) (?:the )?(?:president|government)\b", re.IGNORECASE)
_AIM = (r"(?:transition|restoration|renewal|recovery|rescue|salvation|safeguard|rectification|redress|reform|rehabilitation|"
        r"regeneration|renaissance|order|homeland|fatherland|nation|constitution|unity|development|rally)")
_JUNTA = re.compile(
    rf"\b(?:council|committee|movement|command|directorate) (?:for|of) (?:the )?(?:\w+ (?:and |of )?(?:the )?){{0,4}}{_AIM}\b"
    r"|\b(?:transitional|supreme|provisional|revolutionary|ruling|patriotic) (?:military |national )?(?:council|committee|"
    r"command)\b", re.IGNORECASE)
_OFFICERS = re.compile(
    r"\b(?:soldiers|troops|officers?|army|military|colonels?|generals?|captains?|mutineers)\b", re.IGNORECASE)
_CHIEF = (r"(?:party )?(?:co-?)?(?:leader|chairman|chairwoman|chairperson|chair|president|spokes\w+|lawmaker|legislator|deputy|"
          r"MP|candidate|senator|secretary[- ]general|general secretary|official|activist)s?")
_OF_PARTY = re.compile(rf"(?:the )?(?P<party>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)(?: party| bloc)?(?:['’]s)? {_CHIEF}\b")
_PARTY = r"(?:party|Party|Bloc|bloc|Front|Movement|movement|Alliance|alliance|Coalition|coalition|List|Rally)"
# What is said of, or by, one who lost a vote and does not accept it.
DISPUTES = re.compile(
    r"\b(?:reject|disput|contest|challeng)(?:s|es|ed|ing)? (?:\w+ ){0,3}(?:results?|count|outcome|tally|verdict of the polls)\b"
    r"|\brefus(?:es|ed|ing|al) to (?:concede|accept|recogni[sz]e) (?:\w+ ){0,3}(?:results?|count|outcome|defeat|tally|victory)\b"
    r"|\brefus(?:es|ed|ing) to concede\b|\bclaim(?:s|ed|ing)? (?:to have won|victory in the disputed)\b"
    r"|\b(?:says|insists|maintains|said) (?:he|she|it|they) (?:had |has |have )?(?:really )?won\b"
    r"|\b(?:vote|election|poll)s? (?:was|were|had been|has been) (?:stolen|rigged)\b"
    r"|\bdeclared (?:him|her)self (?:the )?(?:winner|president)\b", re.IGNORECASE)


class Politics:
    """What one article tells of coups and parties."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parties: dict[str, bool] = {}

    @cached_property
    def coup(self) -> bool:
        """Whether soldiers have seized power, or tried to."""
        return bool(_COUP.search(self.text)) and bool(_OFFICERS.search(self.text))

    def is_junta(self, text: str) -> bool:
        """Tell whether a body is one of officers who seized power: "the Committee for the Restoration of Order"."""
        return bool(_JUNTA.search(text)) and self.coup

    def party_of(self, text: str) -> str:
        """Return the short name of a party whose leader a phrase names: "Sunrise leader Ada Roe", of the "Sunrise Bloc"."""
        found = _OF_PARTY.match(text)
        return found["party"] if found and self._is_party(found["party"]) else ""

    def _is_party(self, name: str) -> bool:
        """Tell whether the article has a party of a name, or one that begins or ends with it."""
        if name not in self._parties:
            own = re.escape(name)
            self._parties[name] = re.search(
                rf"\b{own} (?:[A-Z][\w’'-]+ )?{_PARTY}\b"
                rf"|\b(?:[Pp]arty|bloc|coalition|alliance),? (?:the )?(?:[A-Z][\w’'-]+ )?{own}\b", self.text) is not None
        return self._parties[name]
