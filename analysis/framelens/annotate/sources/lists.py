"""Read the packaged lists of source words and countries, and what a study adds, into a gazetteer."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from framelens import io
from framelens.annotate.sources.core import STATE
from framelens.annotate.sources.gazetteer import Entry, Gazetteer, Index
from framelens.errors import CueError, StudyError
from framelens.schema import SOURCE_TYPES
from framelens.text.inflect import noun_forms
from framelens.text.tokens import NORMS, normal, spans

__all__ = ["parse_bodies", "parse_countries", "parse_sources", "read_gazetteer"]

WEIGHTS = {
    "0": "a role or form of address without a type of its own (spokesman, director)",
    "1": "a type that yields to a stronger word of the same phrase (officials, report, Capt)",
    "2": "a type that decides (police, mayor)",
    "3": "a type that decides over others of the phrase (opposition, critics)",
}
_STUDY_WEIGHT = 3
_TYPE = re.compile(r"[a-z][a-z0-9_]*")
_BODY_WEIGHT = 2
_WEIGHT_OF = {"state_media": 3}  # "the news agency BelTA"
_HOMES = 16  # home countries for which the lists are kept compiled
_DOTTED = 4  # letters of an acronym up to which some papers set points
_UNITED = (("United", "Nations"), ("U.N.",))  # "the UN refugee agency" in other papers' style
_ABROAD = {word: other for one, two in (  # names of bodies as British and American papers spell them
    ("Organisation", "Organization"), ("Centre", "Center"), ("Defence", "Defense"), ("Co-operation", "Cooperation"))
    for word, other in ((one, two), (two, one))}
_NO_PLURAL = frozenset(("news_agency", "state_media"))  # "Economists" are no newspaper
_NO_SHORT = frozenset("one two three first second today now north south east west city party".split())


def _split(phrase: str) -> tuple[str, ...]:
    """Split a phrase as a text is split, capitals and wildcards kept."""
    return tuple(phrase[s:e] + ("*" if phrase[e:e + 1] == "*" else "") for s, e in spans(phrase))


def _forms(words: tuple[str, ...], kind: str = "") -> list[tuple[str, ...]]:
    """Return a phrase with its last word in singular and plural, capitals kept; names of bodies have no plural."""
    *first, last = words
    if last.endswith("*") or (kind in _NO_PLURAL and last[0].isupper()):
        return [words]
    if last.isupper():
        dotted = [(".".join(last) + ".",)] if not first and last.isalpha() and len(last) <= _DOTTED else []  # "F.B.I."
        return [words, (*first, last + "s"), *dotted]
    out = [words, *((*first, last[0] + form[1:]) for form in noun_forms(last.lower()))]
    out += [(*lead, *form[1:]) for lead in _UNITED for form in out] if first[:1] == ["UN"] else []
    return [*out, *(tuple([_ABROAD.get(w, w) for w in form]) for form in out if not _ABROAD.keys().isdisjoint(form))]


def _compile(entries: Iterable[Entry], below: Index | None = None) -> Index:
    """Index phrases in all their forms, what lies over the packaged ones as it is spelt; of two alike a study's comes first."""
    patterns = []
    for entry in entries:
        for form in [entry.words] if entry.study or below else _forms(entry.words, entry.type):
            spelt = tuple(w.rstrip("*") for w in form)
            listed = form == entry.words  # "military rulers" of the list comes before the plural of its "military ruler"
            patterns.append((listed, ([NORMS[w] for w in form], Entry(spelt, entry.type, entry.weight, entry.study))))
    patterns.sort(key=lambda p: (p[1][1].study, sum(w[0].isupper() for w in p[1][1].words), p[0]), reverse=True)
    return Index([pattern for _listed, pattern in patterns], below)


def parse_sources(text: str, file: str) -> list[Entry]:
    """Read a source list from CSV text with the columns phrase, type, weight, note."""
    reader = csv.DictReader(text.splitlines())
    wanted = ("phrase", "type", "weight", "note")
    if tuple(reader.fieldnames or ()) != wanted:
        raise CueError(f"{file}, row 1: the columns must be {', '.join(wanted)}.")
    out: list[Entry] = []
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
        out.append(Entry(words, kind, int(row["weight"]), False))
    return out


def parse_countries(text: str, file: str) -> list[tuple[tuple[str, ...], ...]]:
    """Read countries from CSV text with the columns country, demonym, metonym, part; semicolons part several names."""
    reader = csv.DictReader(text.splitlines())
    wanted = ("country", "demonym", "metonym", "part")
    if tuple(reader.fieldnames or ()) != wanted:
        raise CueError(f"{file}, row 1: the columns must be {', '.join(wanted)}.")
    out = []
    for number, row in enumerate(reader, 2):
        names = tuple(tuple(n.strip() for n in (row[c] or "").split(";") if n.strip()) for c in wanted)
        if not names[0]:
            raise CueError(f"{file}, row {number}, column country: a name is needed.")
        out.append(names)
    return out


def parse_bodies(text: str, file: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Read the bodies of single countries from CSV text with the columns country, type, names (parted by semicolons)."""
    reader = csv.DictReader(text.splitlines())
    wanted = ("country", "type", "names")
    if tuple(reader.fieldnames or ()) != wanted:
        raise CueError(f"{file}, row 1: the columns must be {', '.join(wanted)}.")
    out = []
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, row in enumerate(reader, 2):
        country, kind = row["country"] or "", row["type"] or ""
        names = tuple(n.strip() for n in (row["names"] or "").split(";"))
        if kind not in SOURCE_TYPES:
            raise CueError(f"{file}, row {number}, column type: {kind!r} is not allowed. Allowed: {', '.join(SOURCE_TYPES)}.")
        for name in names:
            if not _split(name):
                raise CueError(f"{file}, row {number}, column names: {name!r} holds no word.")
            if (country, _split(name)) in seen:
                raise CueError(f"{file}, row {number}, column names: {name!r} of {country} stands already in row "
                               f"{seen[country, _split(name)]}; take one out.")
            seen[country, _split(name)] = number
        out.append((country, kind, names))
    return out


@cache
def _packaged() -> tuple[tuple[Entry, ...], tuple[tuple[tuple[str, ...], ...], ...]]:
    return (tuple(parse_sources(io.packaged_text("sources.csv"), "sources.csv")),
            tuple(parse_countries(io.packaged_text("countries.csv"), "countries.csv")))


@cache
def _listed(home: tuple[str, ...]) -> frozenset[str]:
    """Return the packaged names of the home countries."""
    own = {tuple(normal(w) for w in _split(name)) for name in home}
    return frozenset(row[0][0] for row in _packaged()[1]
                     if any(tuple(normal(w) for w in _split(n)) in own for names in row for n in names))


_Name = tuple[str, ...]


@cache
def _bodies() -> tuple[list[tuple[str, str, _Name, _Name]], Mapping[_Name, set[str]], frozenset[_Name]]:
    """Read the bodies of single countries (country, type, a name as it is spelt and as it is compared).

    With what each name means, a state's body once for each state, and the names that the list of all countries has.
    """
    given = parse_bodies(io.packaged_text("bodies.csv"), "bodies.csv")
    spelt = [(country, kind, _split(name)) for country, kind, names in given for name in names]
    rows = [(country, kind, words, tuple([NORMS[w] for w in words])) for country, kind, words in spelt]
    meant: dict[_Name, set[str]] = defaultdict(set)
    for country, kind, _words, name in rows:
        meant[name].add(country if kind in STATE else kind)
    return rows, meant, frozenset(tuple([NORMS[w] for w in e.words]) for e in _packaged()[0])


@lru_cache(maxsize=_HOMES)
def _bodies_of(home: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return the bodies of the home countries, and those of others whose names mean one thing only.

    "PNP" is a police where the Philippines are home and a party where Jamaica is; elsewhere it is what the list of all
    countries has, if anything. Another country's police, forces and ministries are foreign governments.
    """
    ours = _listed(home)
    rows, meant, taken = _bodies()
    out = []
    for country, kind, words, name in rows:
        if country in ours:
            out.append(Entry(words, kind, _WEIGHT_OF.get(kind, _BODY_WEIGHT), False))
        elif len(meant[name]) == 1 and name not in taken and (len(words) > 1 or words[0].isupper()):
            kind = "foreign_government" if home and kind in STATE else kind
            out.append(Entry(words, kind, _WEIGHT_OF.get(kind, _BODY_WEIGHT), False))
    return tuple(out)


@cache
def _packaged_index() -> Index:
    """Index the packaged phrases; once, as it takes long and nothing changes it."""
    return _compile(_packaged()[0])


@lru_cache(maxsize=_HOMES)
def _index_at(home: tuple[str, ...]) -> Index:
    """Index the packaged phrases as they are read at a home."""
    return _compile(_bodies_of(home), _packaged_index())


def _media(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the words with which the names of media end."""
    return frozenset(NORMS[e.words[-1].rstrip("*")] for e in entries if e.type in ("news_agency", "state_media"))


@lru_cache(maxsize=_HOMES)
def _media_at(home: tuple[str, ...]) -> frozenset[str]:
    return _media((*_packaged()[0], *_bodies_of(home)))


@lru_cache(maxsize=_HOMES)
def _countries(home: tuple[str, ...]) -> Index:
    """Compile countries; all names of a row of which the study calls one its home are home."""
    rows = _packaged()[1]
    own = {tuple(normal(w) for w in _split(name)) for name in home}
    patterns: list[tuple[list[str], Any]] = []
    known: set[tuple[str, ...]] = set()

    def add(name: str, is_home: bool, *, people: bool = False, part: bool = False) -> None:
        words = _split(name)
        norms = tuple(normal(w) for w in words)
        if norms not in known:
            known.add(norms)
            patterns.append((list(norms), (words, is_home, people, part)))

    for country, demonyms, metonyms, regions in rows:
        names = (*country, *demonyms, *metonyms, *regions)
        is_home = any(tuple(normal(w) for w in _split(n)) in own for n in names)
        for name in names:
            add(name, is_home, part=name in regions)
        for name in demonyms:
            if name.endswith(("n", "i", "k", "b", "r", "e")) and not name.endswith("ese"):
                add(name + "s", is_home, people=True)
    for number, name in enumerate(home):
        add(name, True, people=number > 0 and name.endswith("s") and " " not in name)  # "Korvia", "Korvian", "Korvians"
    return Index(patterns)


def _study_sources(given: Any) -> list[Entry]:
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
        out.append(Entry(words, kind, _STUDY_WEIGHT, True))
    return out


def _short_forms(own: Sequence[Entry], listed: Iterable[Entry]) -> list[Entry]:
    """Let a study's longer names be called by their last word, with a capital: the Compact, Roe."""
    taken = {normal(e.words[0]) for e in (*listed, *own) if len(e.words) == 1}
    out = []
    for entry in own:
        last = entry.words[-1]
        if len(entry.words) > 1 and not last.endswith("*") and normal(last) not in taken | _NO_SHORT:
            taken.add(normal(last))
            out.append(Entry((last[:1].upper() + last[1:],), entry.type, entry.weight, True))
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
    >>> from framelens.annotate.sources.gazetteer import read_tokens
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
    own, at = _study_sources(study.get("sources") or {}), tuple(home)
    added = [*own, *_short_forms(own, _packaged()[0])] if own else []
    phrases = _compile(added, _index_at(at)) if added else _index_at(at)
    return Gazetteer(phrases, _countries(at), bool(home), bool(_listed(at)), _media_at(at) | _media(added))
