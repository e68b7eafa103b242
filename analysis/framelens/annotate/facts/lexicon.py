"""Which words tell that people were killed, hurt, held, treated, sent, freed or driven out."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from framelens import io
from framelens.annotate.facts.numbers import has_number
from framelens.errors import LexiconError
from framelens.schema import FACTS
from framelens.text.inflect import noun_forms, verb_forms

__all__ = ["Told", "Words", "read_fact_words"]

_COLUMNS = ("fact", "lemma", "pos", "tail", "role", "note")
_ROLES = frozenset("osxlfbhpatu")
_PEOPLE = ("person", "callings", "security", "protester", "fighter", "crowd", "gunman")
_THINGS = ("vehicle", "thing", "place", "munition")
_IRREGULAR = {lemma: f"{lemma} {forms}".split() for lemma, forms in {
    "slay": "slays slew slain slaying", "lose": "loses lost losing", "find": "finds found finding", "hurt": "hurts hurting",
    "die": "dies died dying", "cost": "costs costing", "fly": "flies flew flown flying", "send": "sends sent sending",
    "commit": "commits committed committing", "free": "frees freed freeing", "admit": "admits admitted admitting",
    "transfer": "transfers transferred transferring", "acquit": "acquits acquitted acquitting", "cut": "cuts cutting",
    "hang": "hangs hanged hanging", "bus": "buses bused bussed busing bussing",
    "give": "gives gave given giving", "become": "becomes became becoming",
    "need": "needs needed needing",
    "call": "calls called calling", "post": "posts posted posting", "patrol": "patrols patrolled patrolling"}.items()}

@dataclass(frozen=True, slots=True)
class Told:
    """What a word tells: the fact, words of which one must follow, and who of its clause is counted.

    Roles: ``o`` the object of the active, the subject of the passive; ``s`` the subject; ``l`` lives as object; ``f`` as
    ``o``, of forces only; ``h`` the subject of the passive; ``b`` bodies, counted where they are found; ``p`` people, not counted
    where they act; ``t`` the object, of forces only; ``u`` the subject, of forces only; ``a`` people only, as the word is said of
    things too; ``x`` nobody by itself.
    """

    fact: str
    tail: frozenset[str]
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """Forms by part of speech, and the words of which a sentence with a fact must hold one."""

    verbs: Mapping[str, tuple[Told, ...]]
    nouns: Mapping[str, tuple[Told, ...]]
    adjectives: Mapping[str, tuple[Told, ...]]
    things: frozenset[str]
    people: frozenset[str]
    forces: frozenset[str]
    wanted: frozenset[str]

    def calls(self, words: Collection[str]) -> bool:
        """May a sentence of these words report a number of people?"""
        return not self.wanted.isdisjoint(words) and has_number(words)


@cache
def read_fact_words() -> Words:
    """Read the packaged words of facts.

    Raises
    ------
    LexiconError
        A column is missing or a value is not allowed; the message names file, row and column.

    Examples
    --------
    >>> [told.fact for told in read_fact_words().verbs["arrested"]]
    ['detained']
    """
    sets = list(csv.DictReader(io.packaged_text("violence_sets.csv").splitlines()))
    things, people, forces = (frozenset(form for row in sets if row["set"] in names for word in row["words"].split()
                                for form in noun_forms(word)) for names in (_THINGS, _PEOPLE, ("security",)))
    return parse_fact_words(io.packaged_text("facts.csv"), "facts.csv", sets=(things, people, forces))


def parse_fact_words(text: str, file: str, *, sets: tuple[frozenset[str], frozenset[str], frozenset[str]]) -> Words:
    """Read words of facts from CSV text."""
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise LexiconError(f"{file}, row 1: the columns must be {', '.join(_COLUMNS)}.")
    tables: dict[str, dict[str, list[Told]]] = {"verb": {}, "noun": {}, "adj": {}}
    for number, row in enumerate(reader, 2):
        roles = frozenset((row["role"] or "").replace(" ", ""))
        for column, value, allowed in (("fact", row["fact"], FACTS), ("pos", row["pos"], tuple(tables))):
            if value not in allowed:
                raise LexiconError(f"{file}, row {number}, column {column}: {value!r} is not one of {', '.join(allowed)}.")
        if not roles <= _ROLES:
            raise LexiconError(f"{file}, row {number}, column role: {row['role']!r} is not made of {', '.join(sorted(_ROLES))}.")
        told = Told(row["fact"], frozenset((row["tail"] or "").split()), roles)
        for form in _forms(row["lemma"], row["pos"]):
            tables[row["pos"]].setdefault(form, []).append(told)
    verbs, nouns, adjectives = (MappingProxyType({form: tuple(sorted(found, key=lambda t: not t.tail))
                                                  for form, found in table.items()}) for table in tables.values())
    plain = [form for form, found in verbs.items() if not all(told.tail for told in found)]
    tails = [word for found in verbs.values() for told in found for word in told.tail]
    return Words(verbs, nouns, adjectives, *sets, frozenset((*plain, *tails, *nouns, *adjectives, "toll")))


def _forms(lemma: str, pos: str) -> list[str]:
    if pos == "verb":
        return _IRREGULAR[lemma] if lemma in _IRREGULAR else verb_forms(lemma)
    return noun_forms(lemma) if pos == "noun" else [lemma]
