"""The lexicon of loaded words: their class, and what must stand around them for the word to have that sense."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from types import MappingProxyType
from typing import Any

from framelens import io
from framelens.errors import LexiconError
from framelens.schema import LOADED_CLASSES
from framelens.text.inflect import noun_forms, verb_forms
from framelens.text.wordclass import PREPOSITIONS

__all__ = ["NEEDS", "POS", "Entry", "LoadedLexicon", "parse_loaded", "read_loaded"]

COLUMNS = ("term", "pos", "class", "needs", "unless", "forms")
POS = ("verb", "noun", "adjective", "adverb", "phrase")
NEEDS: Mapping[str, str] = MappingProxyType({
    "adj": "an adjective, adverb or participle follows: so angry",
    "noun": "a noun, or what stands before one, follows: sheer panic",
    "number": "a number follows: as many as 40",
    "object": "an object follows: muzzled the press",
    "alone": "no object follows: he thundered",
    "prep": "a preposition follows: swarmed over",
    "to": "an infinitive follows: managed to leave",
    "objto": "an object and an infinitive follow: forced them to leave",
    "that": "that or a question word follows: knew that",
    "bare": "a base form, not or an adverb follows: may have",
    "past": "a participle follows: must have known",
    "det": "a determiner, possessive or adjective stands before it: a lie",
})
_INVARIABLE = ("adjective", "adverb", "phrase")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: dictionary form, part of speech, class; what it needs around it, and words beside which its sense is plain."""

    term: str
    pos: str
    loaded_class: str
    needs: str
    unless: frozenset[str]


Readings = tuple[tuple[tuple[str, ...], Entry], ...]


@dataclass(frozen=True)
class LoadedLexicon:
    """Forms of one word by it, longer ones by their first two, the longest first; of one form those that need something first."""

    words: Mapping[str, Readings]
    phrases: Mapping[tuple[str, str], Readings]
    begins: frozenset[str]  # words at which a form may begin
    sha256: str

    def find(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the words at which a form may begin."""
        single, phrases = self.words, self.phrases
        return [at for at in compress(range(len(words)), map(self.begins.__contains__, words))
                if words[at] in single or tuple(words[at:at + 2]) in phrases]

    def __reduce__(self) -> tuple[Any, ...]:  # a read-only view cannot be pickled, what it shows can
        return _freeze, (dict(self.words), dict(self.phrases), self.sha256)


def _freeze(words: dict[str, Readings], phrases: dict[tuple[str, str], Readings], sha256: str) -> LoadedLexicon:
    begins = frozenset((*words, *(first for first, _ in phrases)))
    return LoadedLexicon(MappingProxyType(words), MappingProxyType(phrases), begins, sha256)


def _forms(term: str, pos: str, given: str) -> list[tuple[str, ...]]:
    words = tuple(term.split())
    if given:
        return [words, *(tuple(form.split("_")) for form in given.split())]
    if pos in _INVARIABLE:
        return [words]
    if pos == "verb":
        return [(form, *words[1:]) for form in verb_forms(words[0])]
    head = next((k for k, word in enumerate(words) if k and word in PREPOSITIONS), len(words)) - 1  # waves of, time bombs
    return [(*words[:head], form, *words[head + 1:]) for form in noun_forms(words[head])]


def parse_loaded(text: str, file: str) -> LoadedLexicon:
    """Read a lexicon of loaded words from CSV text with the columns term, pos, class, needs, unless, forms.

    ``forms`` (words of one form joined by ``_``) take the place of those made from the term, which stays one of them.

    Raises
    ------
    LexiconError
        A column is missing, a value is not allowed, or a row stands twice; the message names file, row and column.
    """
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise LexiconError(f"{file}, row 1: the columns must be {', '.join(COLUMNS)}.")
    words: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]] = {}
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(reader, 2):
        where = f"{file}, row {number}"
        needs = row["needs"] or ""
        for column, value, allowed in (("pos", row["pos"], POS), ("class", row["class"], LOADED_CLASSES),
                                       ("needs", needs, ("", *NEEDS))):
            if value not in allowed:
                raise LexiconError(f"{where}, column {column}: {value!r} is not one of {', '.join(filter(None, allowed))}.")
        if not row["term"]:
            raise LexiconError(f"{where}, column term: empty. Name the word or phrase, or take the row out.")
        if (row["term"], row["pos"], needs) in seen:
            raise LexiconError(f"{where}: {row['term']!r} ({row['pos']}) stands above with the same needs. Take one out.")
        seen.add((row["term"], row["pos"], needs))
        entry = Entry(row["term"], row["pos"], row["class"], needs, frozenset((row["unless"] or "").split()))
        for form in dict.fromkeys(_forms(row["term"], row["pos"], row["forms"] or "")):
            if len(form) == 1:
                words.setdefault(form[0], []).append((form, entry))
            else:
                phrases.setdefault((form[0], form[1]), []).append((form, entry))
    return _freeze({word: _in_order(found) for word, found in words.items()},
                   {pair: _in_order(found) for pair, found in phrases.items()}, io.sha256(text.encode()))


def _in_order(readings: list[tuple[tuple[str, ...], Entry]]) -> Readings:
    return tuple(sorted(readings, key=lambda r: (-len(r[0]), not r[1].needs)))


@cache
def read_loaded() -> LoadedLexicon:
    """Read the packaged lexicon of loaded words; read once, frozen.

    Examples
    --------
    >>> lexicon = read_loaded()
    >>> [(entry.loaded_class, entry.needs) for form, entry in lexicon.words["so"]]
    [('intensifier', 'adj')]
    """
    return parse_loaded(io.packaged_text("loaded.csv"), "loaded.csv")
