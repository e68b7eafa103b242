"""The lexicon of violence and harm: verbs, nouns and light verbs, with what they ask of their object."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from framelens import io
from framelens.errors import LexiconError
from framelens.text.inflect import noun_forms, verb_forms

__all__ = ["CLASSES", "FLAGS", "GAP", "PLURALS", "Harm", "Violence", "parse_violence", "read_violence"]

CLASSES = tuple((
    "kill die injure shoot execute beat hit attack clash fight throw bomb burn destroy loot seize abduct detain disperse "
    "suppress force torture rape").split())
POS = ("verb", "noun", "light")
COLUMNS = ("lemma", "pos", "class", "roles", "needs", "unless", "forms", "note")
ROLES = frozenset((
    "o s x r a e i of* at on into in to of with against between for from towards toward over upon onto through past out"
).split())
FLAGS = frozenset(("passive", "object", "force", "unnatural", "forces", "told", "gunfire"))
GAP = "*"
_MENDED = ("live", "clear", "striking", "military", "building", "van", "first", "run", "sit-in", "aged")
PLURALS = frozenset("forces officers guards patrols rangers marines fighters troops".split())  # read as verbs now and then
# Sets that names, pronouns and labels belong to as well, so that no word of them need stand in the sentence.
_OPEN = frozenset("person pronoun crowd event place thing vehicle security proper".split())


@dataclass(frozen=True, slots=True)
class Harm:
    """An entry: dictionary form, class, roles, and what it asks for.

    ``roles`` say who suffers: ``o`` the object, ``s`` the subject, a preposition what it leads (``of*`` who does it); ``x``
    nobody, ``r`` each other; ``e``: without an object it happens by itself ("the house burned"), ``i``: it may stand without
    one ("the squad charged").
    ``needs``: sets of which the object's head must be, or ``passive`` (only a passive is meant), ``object`` (there must be one),
    ``force`` (words around must tell of force, as of an attack in words they do not), ``unnatural`` (nor of a disaster),
    ``forces`` (forces or a crowd must do it), ``told`` (a noun counts only with who does or suffers it), ``gunfire`` (there must
    be shots in the sentence or beside it). The set ``proper`` stands for any name.
    ``near``: words of which one must stand in the clause. ``unless``: words of the object, or beside the entry, that make it
    figurative; ``unless_near``: such words anywhere in the clause.
    """

    lemma: str
    harm: str
    roles: frozenset[str]
    needs: frozenset[str]
    near: frozenset[str]
    unless: frozenset[str]
    unless_near: frozenset[str]


Form = tuple[str, ...]
Forms = dict[str, tuple[tuple[Form, Harm], ...]]


@dataclass(frozen=True)
class Violence:
    """The entries by first word, the longest first; and the sets of nouns."""

    verbs: Mapping[str, tuple[tuple[Form, Harm], ...]]
    nouns: Mapping[str, tuple[tuple[Form, Harm], ...]]
    light: Mapping[str, tuple[tuple[Form, Harm], ...]]
    sets: Mapping[str, frozenset[str]]
    wanted: frozenset[str]
    mended: frozenset[str]  # words whose class only this lexicon tells
    companions: Mapping[str, frozenset[str]]  # of first words that call for another: words of which one must stand beside them
    sha256: str

    def calls(self, words: Collection[str]) -> bool:
        """May a sentence of these words hold an entry? Common words ("use") call only for those that they need ("force")."""
        return any(word not in self.companions or not self.companions[word].isdisjoint(words)
                   for word in self.wanted.intersection(words))

    def __reduce__(self) -> tuple[Any, ...]:  # a read-only view cannot be pickled, what it shows can
        return _freeze, (dict(self.verbs), dict(self.nouns), dict(self.light), dict(self.sets), self.sha256)


def _freeze(verbs: Forms, nouns: Forms, light: Forms, sets: dict[str, frozenset[str]], sha256: str) -> Violence:
    tables = (MappingProxyType(verbs), MappingProxyType(nouns), MappingProxyType(light), MappingProxyType(sets))
    wanted = frozenset({*verbs, *nouns})
    own = {word: [*verbs.get(word, ()), *nouns.get(word, ())] for word in wanted}
    companions = {word: frozenset(chain.from_iterable(beside)) for word, entries in own.items()
                  if all(beside := [_companions(form, harm, sets) for form, harm in entries])}
    past = [word for word in verbs if word.endswith(("ed", "en", "t"))]
    mended = frozenset({*_MENDED, *PLURALS, *past})
    return Violence(*tables, wanted, mended, MappingProxyType(companions), sha256)


def _companions(form: Form, harm: Harm, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return words of which one must stand in a sentence with this entry, none if there need be none."""
    if len(form) > 1:
        return frozenset(word for word in form[1:] if word != GAP)
    needs = harm.needs - FLAGS
    if needs and not needs & _OPEN and harm.roles.isdisjoint(("o", "e", "i")):
        return frozenset(chain.from_iterable(sets[name] for name in needs))
    return frozenset()


def _sets(text: str, file: str) -> dict[str, frozenset[str]]:
    sets: dict[str, frozenset[str]] = {}
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != ("set", "words"):
        raise LexiconError(f"{file}, row 1: the columns must be set, words.")
    for row in reader:
        words = (row["words"] or "").split()
        sets[row["set"]] = sets.get(row["set"], frozenset()) | frozenset(chain.from_iterable(map(noun_forms, words)))
    return sets


def _forms(lemma: str, pos: str, given: str) -> list[Form]:
    words = lemma.split()
    if given:
        return [tuple(words), *(tuple(form.split("_")) for form in given.split())]
    if pos == "noun":
        return [(*words[:-1], form) for form in noun_forms(words[-1])]
    return [(form, *words[1:]) for form in verb_forms(words[0])]


def parse_violence(texts: Sequence[tuple[str, str]], sets: tuple[str, str]) -> Violence:
    """Read lexicon files: pairs of CSV text and what errors call it; a later file's entry takes the place of an earlier one's.

    An entry of class ``none`` takes those of its lemma and part of speech out.

    Raises
    ------
    LexiconError
        A column is missing, or a value is not allowed; the message names file, row, column and what is allowed.
    """
    known = _sets(*sets)
    entries: dict[tuple[str, str], list[tuple[list[Form], Harm]]] = {}
    for text, file in texts:
        own: dict[tuple[str, str], list[tuple[list[Form], Harm]]] = {}
        reader = csv.DictReader(text.splitlines())
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise LexiconError(f"{file}, row 1: the columns must be {', '.join(COLUMNS)}.")
        for number, row in enumerate(reader, 2):
            if row["class"] == "none":
                own[row["lemma"], row["pos"]] = []
                continue
            harm = _read(row, known, f"{file}, row {number}")
            own.setdefault((row["lemma"], row["pos"]), []).append((_forms(row["lemma"], row["pos"], row["forms"] or ""), harm))
        entries |= own
    tables: dict[str, dict[str, list[tuple[Form, Harm]]]] = {pos: {} for pos in POS}
    for (_, pos), readings in entries.items():
        for forms, harm in readings:
            for form in dict.fromkeys(forms):
                tables[pos].setdefault(form[0], []).append((form, harm))
    verbs, nouns, light = ({word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in tables[pos].items()}
                           for pos in POS)
    return _freeze(verbs, nouns, light, known, io.sha256("".join(text for text, _ in (sets, *texts)).encode()))


def _read(row: Mapping[str, str], sets: Mapping[str, frozenset[str]], where: str) -> Harm:
    roles, light = frozenset((row["roles"] or "").split()), row["pos"] == "light"
    for column, values, allowed in (("pos", {row["pos"]}, POS), ("class", {row["class"]}, ("",) if light else CLASSES),
                                    ("roles", roles, sorted(ROLES))):
        for value in values:
            if value not in allowed:
                raise LexiconError(f"{where}, column {column}: {value!r} is not one of {', '.join(allowed)}.")
    needs = (row["needs"] or "").split()
    for name in needs:
        if name.lstrip("~") not in sets and name not in FLAGS:
            raise LexiconError(f"{where}, column needs: {name!r} is no set of nouns; there are {', '.join(sorted(sets))}.")
    unless = (row["unless"] or "").split()

    def words(names: list[str], near: bool) -> frozenset[str]:
        kept = [name.lstrip("~") for name in names if name.startswith("~") == near]
        return frozenset(chain.from_iterable(sets.get(name, (name,)) for name in kept))

    return Harm(row["lemma"], row["class"], roles, frozenset(n for n in needs if n[0] != "~"), words(needs, True) if any(
        n[0] == "~" for n in needs) else frozenset(), words(unless, False), words(unless, True))


@cache
def read_violence(file: str = "") -> Violence:
    """Read the packaged lexicon of violence, with a study's own file of the same columns laid over it.

    Examples
    --------
    >>> violence = read_violence()
    >>> [harm.harm for form, harm in violence.verbs["abducted"]]
    ['abduct']
    >>> ("set", "*", "ablaze") in {form for form, harm in violence.verbs["set"]}
    True
    """
    texts = [(io.packaged_text("violence.csv"), "violence.csv")]
    if file:
        texts.append((io.read_text(file), file))
    return parse_violence(texts, (f"{io.packaged_text('violence_sets.csv')}country,{_countries()}\n", "violence_sets.csv"))


def _countries() -> str:
    """Return the last words of the names of countries and of the capitals that stand for their governments."""
    rows = csv.DictReader(io.packaged_text("countries.csv").splitlines())
    names = [name for row in rows for column in ("country", "metonym") for name in row[column].split(";") if name]
    return " ".join(sorted({name.lower().split()[-1] for name in names}))
