"""The cue lexicon: words that signal an attribution, with their class and the frames they take."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from framelens import io
from framelens.errors import CueError
from framelens.schema import CUE_CLASSES
from framelens.text.inflect import noun_forms, verb_forms

__all__ = ["ACCOUNTS", "ADVERBS", "FINDINGS", "FRAMES", "PARTIES", "SHOWING", "Cue", "CueLexicon", "read_cues"]

# What may follow (or stand around) a cue, and so be its content.
FRAMES: Mapping[str, str] = MappingProxyType({
    "q": "a quotation, or a clause around the cue: “…,” she said",
    "t": "a that-clause",
    "z": "a clause without that",
    "d": "an addressee before the clause: told reporters that …",
    "i": "an infinitive: vowed to …",
    "o": "an object: denied the charge",
    "oi": "an object and an infinitive: ordered them to …",
    "a": "an object and a predicate: called it a riot, described it as a riot",
    "of": "an object and of …: accused them of …",
    "p": "a preposition and an object: warned of …, blamed it on …",
    "m": "an object and a measure: put the number at 800",
    "k": "an object that is a number: counted 800 dead",
    "b": "a preposition and what a feeling is about: alarmed by, critical of",
    "w": "a question: asked whether …",
    "g": "a gerund: denied taking …",
    "f": "footage, pictures or the like, of what they show: aired footage of …",
    "fr": "an object and from …: barred them from marching",
    "s": "an object that is itself something said or decided: refused the offer, lifted the curfew",
    "n": "the cue is a noun: the claim that …, reports of …",
    "l": "the noun behind a light verb, with what it is about: voiced alarm at …, gave instructions to …",
})
ADVERBS = frozenset("reportedly allegedly supposedly purportedly".split())
# Words at which a rule begins that are no cues of the lexicon; the second set does nothing without another word.
_BEGIN = ADVERBS | frozenset("according citing quoting so-called".split())
_HELP = frozenset("in as what so".split())
PARTIES = frozenset((  # who sees a thing so: "For the opposition, …"
    "opposition government union unions party prosecution defence defense prosecutors analysts experts critics observers "
    "activists ministry army families residents lawyers strikers organisers organizers campaigners"
).split())
ACCOUNTS = frozenset("words version view account telling opinion reading estimate estimates estimation information data".split())
SHOWING = frozenset((  # what shows what it is of
    "footage video videos image images photo photos photograph photographs picture pictures clip clips recordings"
).split())
FINDINGS = frozenset("poll polls survey surveys study studies analysis census".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: dictionary form, class and frames."""

    lemma: str
    cue_class: str
    frames: frozenset[str]


@dataclass(frozen=True)
class CueLexicon:
    """Cues by their forms: ``verbs[("said",)]``; a form may have several classes, told apart by frame."""

    verbs: Mapping[tuple[str, ...], tuple[Cue, ...]]
    nouns: Mapping[tuple[str, ...], tuple[Cue, ...]]
    adjectives: Mapping[tuple[str, ...], tuple[Cue, ...]]
    longest: Mapping[str, int]
    triggers: frozenset[str]  # words at which a rule begins
    wanted: frozenset[str]  # words without which a sentence holds no attribution but a quotation

    def verb_at(self, norms: Sequence[str], at: int) -> tuple[int, tuple[Cue, ...]]:
        """Return how many words a cue verb at ``at`` has, and its readings; the longest first."""
        longest = self.longest.get(norms[at], 0)
        if longest == 1:
            return 1, self.verbs[norms[at],]
        for size in range(min(longest, len(norms) - at), 0, -1):
            found = self.verbs.get(tuple(norms[at:at + size]))
            if found:
                return size, found
        return 0, ()

    def __reduce__(self) -> tuple[Any, ...]:  # a read-only view cannot be pickled, what it shows can
        return _freeze, (dict(self.verbs), dict(self.nouns), dict(self.adjectives))


_Forms = dict[tuple[str, ...], tuple[Cue, ...]]


def _freeze(verbs: _Forms, nouns: _Forms, adjectives: _Forms) -> CueLexicon:
    longest: dict[str, int] = {}
    for form in verbs:
        longest[form[0]] = max(longest.get(form[0], 0), len(form))
    first = frozenset(form[0] for table in (verbs, nouns, adjectives) for form in table)
    return CueLexicon(MappingProxyType(verbs), MappingProxyType(nouns), MappingProxyType(adjectives), MappingProxyType(longest),
                      first | _BEGIN | _HELP, first | _BEGIN | ACCOUNTS | FINDINGS | {"put", "puts", "called"})


def _forms(lemma: str, pos: str, given: str) -> list[tuple[str, ...]]:
    words = lemma.split()
    if pos == "adjective":
        return [tuple(words)]
    if pos == "noun":
        return [(form,) for form in noun_forms(lemma)]
    if not given:
        return [(form, *words[1:]) for form in verb_forms(words[0])]
    size, parts = len(words), given.split()
    return [tuple(words), *(tuple(parts[i:i + size]) for i in range(0, len(parts), size))]


def parse_cues(text: str, file: str) -> CueLexicon:
    """Read a cue lexicon from CSV text with the columns lemma, pos, cue_class, frames, forms."""
    tables: dict[str, _Forms] = {"verb": {}, "noun": {}, "adjective": {}}
    reader = csv.DictReader(text.splitlines())
    wanted = ("lemma", "pos", "cue_class", "frames", "forms")
    if tuple(reader.fieldnames or ()) != wanted:
        raise CueError(f"{file}, row 1: the columns must be {', '.join(wanted)}.")
    for number, row in enumerate(reader, 2):
        frames = frozenset((row["frames"] or "").split())
        for column, value, allowed in (("pos", row["pos"], tuple(tables)), ("cue_class", row["cue_class"], CUE_CLASSES)):
            if value not in allowed:
                raise CueError(f"{file}, row {number}, column {column}: {value!r} is not one of {', '.join(allowed)}.")
        if not frames or frames - set(FRAMES):
            raise CueError(f"{file}, row {number}, column frames: {row['frames']!r}; allowed are {', '.join(FRAMES)}.")
        cue = Cue(row["lemma"], row["cue_class"], frames)
        for form in dict.fromkeys(_forms(row["lemma"], row["pos"], row["forms"] or "")):
            table = tables[row["pos"]]
            table[form] = (*table.get(form, ()), cue)
    return _freeze(tables["verb"], tables["noun"], tables["adjective"])


@cache
def read_cues() -> CueLexicon:
    """Read the packaged cue lexicon; read once, frozen."""
    return parse_cues(io.packaged_text("cues.csv"), "cues.csv")
