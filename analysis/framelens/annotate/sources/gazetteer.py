"""What kinds of source words name: the packaged lists and what a study adds, frozen."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from framelens import io
from framelens.errors import CueError, StudyError
from framelens.schema import SOURCE_TYPES
from framelens.text.inflect import noun_forms
from framelens.text.tokens import normal, spans
from framelens.text.trie import Trie

__all__ = ["Gazetteer", "Match", "Place", "Token", "read_gazetteer", "read_tokens"]

WEIGHTS = {
    "0": "a role or form of address without a type of its own (spokesman, director)",
    "1": "a type that yields to a stronger word of the same phrase (officials, report, Capt)",
    "2": "a type that decides (police, mayor)",
    "3": "a type that decides over others of the phrase (opposition, critics)",
}
_STUDY_WEIGHT = 3
_TYPE = re.compile(r"[a-z][a-z0-9_]*")
_MARKS = frozenset(",;:()[]—–")
_POSSESSIVE = re.compile(r"['’ʼ](?:s\b|(?!\w))")
# Kinds whose words are surnames as well (baker, miller, deal), and whose names are first names as well.
_SURNAMES = frozenset(("person", "company", "document", "expert"))
_BRANDS = frozenset(("news_agency", "state_media", "company"))
_NO_SHORT = frozenset("one two three first second today now north south east west city party".split())
_SHORT = 3  # an acronym of up to three letters must stand in capitals: WHO is not who


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a phrase: normal form, spelling, the punctuation before it, whether it owns what follows, offset."""

    norm: str
    surface: str
    mark: str
    owner: bool
    start: int

    @property
    def capital(self) -> bool:
        """Tell whether the word has a capital."""
        return self.surface[0].isupper()

    @property
    def end(self) -> int:
        """Return the offset behind the word."""
        return self.start + len(self.surface)


def read_tokens(text: str, found: Iterable[tuple[int, int]] | None = None) -> list[Token]:
    """Read a phrase into its words, whose offsets may be known already.

    Examples
    --------
    >>> [(t.norm, t.mark, t.owner) for t in read_tokens("Ada Roe, the union's leader")]
    [('ada', '', False), ('roe', '', False), ('the', ',', False), ('union', '', True), ('leader', '', False)]
    """
    out: list[Token] = []
    at = 0
    for start, end in spans(text) if found is None else found:
        gap, surface = text[at:start], text[start:end]
        mark = "—" if gap.strip() in ("-", "--") else next((c for c in gap if c in _MARKS), "")
        after = _POSSESSIVE.match(text, end)
        owner = after is not None and (after.group() != after.group()[0] or surface.endswith("s"))
        out.append(Token(normal(surface), surface, mark, owner, start))
        at = end
    return out


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the lists that stands at words ``[start, end)``; ``spelling`` is empty where the study gave it."""

    start: int
    end: int
    type: str
    weight: int
    spelling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country, its demonym, or a metonym of its government."""

    start: int
    end: int
    home: bool
    people: bool  # "Russians": people of it, not its government


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    type: str
    weight: int
    study: bool


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Phrases and countries, compiled; made by :func:`read_gazetteer`.

    Attributes
    ----------
    home_known : bool
        Whether the study said which country is its own: only then is any other foreign.
    """

    phrases: Trie
    countries: Trie
    home_known: bool

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Find the phrases in some words, left to right: the longest wins, a study's over a packaged one."""
        norms, out, at = [t.norm for t in tokens], [], 0
        while at < len(tokens):
            fits = [(size, entry) for size, entry in self.phrases.matches(norms, at)
                    if _spelt(entry.words, tokens[at:at + size]) and not _in_name(entry, tokens, at)]
            if not fits:
                at += 1
                continue
            size, entry = max(fits, key=lambda f: (f[0], f[1].study, _capitals(f[1].words)))
            out.append(Match(at, at + size, entry.type, entry.weight, () if entry.study else entry.words))
            at += size
        return out

    def places(self, tokens: Sequence[Token]) -> list[Place]:
        """Find the countries in some words, left to right, longest first."""
        norms, out, at = [t.norm for t in tokens], [], 0
        while at < len(tokens):
            fits = [(size, value) for size, value in self.countries.matches(norms, at)
                    if all(t.capital for t in tokens[at:at + size:max(1, size - 1)])
                    and _spelt(value[0], tokens[at:at + size])]
            if not fits:
                at += 1
                continue
            size, (_words, home, people) = fits[0]
            out.append(Place(at, at + size, home, people))
            at += size
        return out


def _capitals(words: Iterable[str]) -> int:
    return sum(w[0].isupper() for w in words)


def _spelt(words: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Tell whether words stand in the text with the capitals that the list gives them."""
    for word, token in zip(words, tokens, strict=True):
        if word.isupper() and len(word.replace(".", "")) <= _SHORT:
            if not token.surface.startswith(word.rstrip(".")):
                return False
        elif word[0].isupper() and not token.capital:
            return False
    return True


def _in_name(entry: _Entry, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word of the lists is part of a longer name: the baker of "Ada Baker", the fox of "Vicente Fox"."""
    if entry.study or len(entry.words) > 1 or not tokens[at].capital:
        return False
    word = entry.words[0]
    following = at + 1 < len(tokens) and tokens[at + 1].capital and not tokens[at + 1].mark and not tokens[at].owner
    before = at > 0 and tokens[at - 1].capital and not tokens[at].mark and not tokens[at - 1].owner
    if word[0].isupper():
        return entry.weight > 1 and entry.type in _BRANDS and not word.isupper() and following
    if entry.type == "person" and at > 0:
        return True  # no trade has a capital within a sentence, but Ms Baker has
    return (at > 0 or word == "bill") and entry.type in _SURNAMES and (before or following)


def _split(phrase: str) -> tuple[str, ...]:
    """Split a phrase as a text is split, capitals and wildcards kept."""
    return tuple(phrase[s:e] + ("*" if phrase[e:e + 1] == "*" else "") for s, e in spans(phrase))


def _forms(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a phrase with its last word in singular and plural, capitals kept."""
    *first, last = words
    if last.endswith("*"):
        return [words]
    if last.isupper():
        return [words, (*first, last + "s")]
    return [words, *((*first, last[0] + form[1:]) for form in noun_forms(last.lower()))]


def _compile(entries: Iterable[_Entry]) -> Trie:
    patterns = []
    for entry in entries:
        for form in _forms(entry.words) if not entry.study else [entry.words]:
            spelt = tuple(w.rstrip("*") for w in form)
            patterns.append(([normal(w) for w in form], _Entry(spelt, entry.type, entry.weight, entry.study)))
    return Trie(patterns)


def parse_sources(text: str, file: str) -> list[_Entry]:
    """Read a source list from CSV text with the columns phrase, type, weight, note."""
    reader = csv.DictReader(text.splitlines())
    wanted = ("phrase", "type", "weight", "note")
    if tuple(reader.fieldnames or ()) != wanted:
        raise CueError(f"{file}, row 1: the columns must be {', '.join(wanted)}.")
    out: list[_Entry] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(reader, 2):
        words = _split(row["phrase"] or "")
        if not words:
            raise CueError(f"{file}, row {number}, column phrase: {row['phrase']!r} holds no word.")
        if words in seen:
            raise CueError(f"{file}, row {number}, column phrase: {row['phrase']!r} stands already in row "
                           f"{seen[words]}; take one out.")
        seen[words] = number
        if row["weight"] not in WEIGHTS:
            raise CueError(f"{file}, row {number}, column weight: {row['weight']!r} is not allowed. Allowed: "
                           + "; ".join(f"{k}: {v}" for k, v in WEIGHTS.items()) + ".")
        kind = row["type"] or ""
        if (kind not in SOURCE_TYPES) if row["weight"] != "0" else bool(kind):
            raise CueError(f"{file}, row {number}, column type: {kind!r} is not allowed with weight {row['weight']}. "
                           f"Allowed: {', '.join(SOURCE_TYPES) if row['weight'] != '0' else 'empty'}.")
        out.append(_Entry(words, kind, int(row["weight"]), False))
    return out


def parse_countries(text: str, file: str) -> list[tuple[tuple[str, ...], ...]]:
    """Read countries from CSV text with the columns country, demonym, metonym; semicolons part several names."""
    reader = csv.DictReader(text.splitlines())
    wanted = ("country", "demonym", "metonym")
    if tuple(reader.fieldnames or ()) != wanted:
        raise CueError(f"{file}, row 1: the columns must be {', '.join(wanted)}.")
    out = []
    for number, row in enumerate(reader, 2):
        names = tuple(tuple(n.strip() for n in (row[c] or "").split(";") if n.strip()) for c in wanted)
        if not names[0]:
            raise CueError(f"{file}, row {number}, column country: a name is needed.")
        out.append(names)
    return out


@cache
def _packaged() -> tuple[tuple[_Entry, ...], tuple[tuple[tuple[str, ...], ...], ...]]:
    return (tuple(parse_sources(io.packaged_text("sources.csv"), "sources.csv")),
            tuple(parse_countries(io.packaged_text("countries.csv"), "countries.csv")))


def _countries(rows: Iterable[tuple[tuple[str, ...], ...]], home: Sequence[str]) -> Trie:
    """Compile countries; all names of a row of which the study calls one its home are home."""
    own = {tuple(normal(w) for w in _split(name)) for name in home}
    patterns: list[tuple[list[str], Any]] = []
    known: set[tuple[str, ...]] = set()

    def add(name: str, is_home: bool, people: bool = False) -> None:
        words = _split(name)
        norms = tuple(normal(w) for w in words)
        if norms not in known:
            known.add(norms)
            patterns.append((list(norms), (words, is_home, people)))

    for country, demonyms, metonyms in rows:
        names = (*country, *demonyms, *metonyms)
        is_home = any(tuple(normal(w) for w in _split(n)) in own for n in names)
        for name in names:
            add(name, is_home)
        for name in demonyms:
            if name.endswith(("n", "i", "k", "b", "r", "e")) and not name.endswith("ese"):
                add(name + "s", is_home, True)
    for name in home:
        add(name, True)
    return Trie(patterns)


def _study_sources(given: Any) -> list[_Entry]:
    if not isinstance(given, Mapping):
        raise StudyError(f"The study's key sources must be a mapping of phrase to source type, not {given!r}.")
    out = []
    for phrase, kind in given.items():
        words = _split(phrase) if isinstance(phrase, str) else ()
        if not words:
            raise StudyError(f"The study's key sources.{phrase}: the phrase holds no word.")
        if not isinstance(kind, str) or not _TYPE.fullmatch(kind):
            raise StudyError(f"The study's key sources.{phrase}: {kind!r} is no source type. Allowed: "
                             f"{', '.join(SOURCE_TYPES)}, or a type of your own in lower case letters, digits and "
                             "underscores.")
        out.append(_Entry(words, kind, _STUDY_WEIGHT, True))
    return out


def _short_forms(own: Sequence[_Entry], listed: Iterable[_Entry]) -> list[_Entry]:
    """Let a study's longer names be called by their last word, with a capital: the Compact, Roe."""
    taken = {normal(e.words[0]) for e in (*listed, *own) if len(e.words) == 1}
    out = []
    for entry in own:
        last = entry.words[-1]
        if len(entry.words) > 1 and not last.endswith("*") and normal(last) not in taken | _NO_SHORT:
            taken.add(normal(last))
            out.append(_Entry((last[:1].upper() + last[1:],), entry.type, entry.weight, True))
    return out


def read_gazetteer(study: Mapping[str, Any] | None = None) -> Gazetteer:
    """Build the gazetteer from the packaged lists and what a study adds.

    Parameters
    ----------
    study : mapping, optional
        ``home``: a list of names of the study's own country ("Kazakhstan", "Kazakh"); one name that the packaged
        list knows brings its others, capital and seat of government included. ``sources``: a mapping of phrase to
        source type; a phrase with capitals, or with ``*`` at a word's end, is matched accordingly, and a name of
        several words also by the last of them with a capital ("the Compact"). Other keys are not looked at.

    Returns
    -------
    Gazetteer

    Raises
    ------
    CueError
        A packaged list breaks its format.
    StudyError
        ``home`` is no list of names, a phrase is empty, or a type is no name of a type.

    Examples
    --------
    >>> gazetteer = read_gazetteer({"home": ["Norway"], "sources": {"Fjord Watch": "watch_group"}})
    >>> [(m.type, m.weight) for m in gazetteer.find(read_tokens("Fjord Watch and the riot police"))]
    [('watch_group', 3), ('police', 2)]
    >>> [place.home for place in gazetteer.places(read_tokens("Oslo told Stockholm"))]
    [True, False]
    """
    study = study or {}
    home = study.get("home") or []
    listed = isinstance(home, Sequence) and not isinstance(home, str)
    if not listed or not all(isinstance(name, str) and _split(name) for name in home):
        raise StudyError(f"The study's key home must be a list of names such as ['Norway', 'Norwegian'], not {home!r}.")
    entries, countries = _packaged()
    own = _study_sources(study.get("sources") or {})
    return Gazetteer(_compile([*entries, *own, *_short_forms(own, entries)]), _countries(countries, home), bool(home))
