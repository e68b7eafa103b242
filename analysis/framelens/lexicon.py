"""TOML lexicons of labels: read, checked and frozen. An error names file, key path and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from framelens import io
from framelens.errors import FramelensError, LexiconError
from framelens.schema import STANCES
from framelens.text.inflect import noun_forms, verb_forms
from framelens.text.tokens import read_phrase as _words

__all__ = ["Condition", "Lexicon", "Term", "parse_lexicon", "read_lexicon"]

SIDES = ("challenger", "official", "none")
INFLECTIONS = ("noun", "verb", "none")
POS = ("noun", "verb", "adjective")
_TERM_KEYS = frozenset(("term", "inflect", "forms", "pos", "when", "unless", "side", "window", "exceptions", "after",
                        "article", "favours", "note"))
_HEAD_KEYS = ("name", "version", "language", "extends", "title", "description", "licence")
_TABLES = ("lexicon", "references", "contexts", "groups")
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_WILD = re.compile(r"(?<!\w)\*|\*(?!\s|\Z)")  # a wildcard that does not end a word


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that must (``when``) or must not (``unless``) stand near a term, in the same sentence."""

    patterns: tuple[tuple[str, ...], ...]
    side: str
    window: int


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its group and stance, the word sequences that match it, and the conditions on a match.

    ``after``: one of these must stand in the same sentence before the term or in the three sentences before;
    ``article``: one of these must stand anywhere in headline or body.
    """

    term: str
    group: str
    stance: str
    favours: str
    forms: tuple[tuple[str, ...], ...]
    pos: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    after: tuple[tuple[str, ...], ...] = ()
    article: tuple[tuple[str, ...], ...] = ()
    exceptions: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """A frozen lexicon.

    Attributes
    ----------
    name, version, language : str
    terms : tuple of Term
    groups : mapping
        Group → ``{"title", "side", "stances", "exceptions"}``.
    sha256 : str
        Of the files it was read from, so that a result names the lexicon exactly.
    references : mapping of str to str
        Where the categories come from.
    """

    name: str
    version: str
    language: str
    terms: tuple[Term, ...]
    groups: Mapping[str, Mapping[str, Any]]
    sha256: str
    references: Mapping[str, str] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        groups = {name: dict(group) for name, group in self.groups.items()}
        return _frozen, (self.name, self.version, self.language, self.terms, groups, self.sha256, dict(self.references))

    @property
    def about(self) -> dict[str, str]:
        """Name, version and hash."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}


def _frozen(name: str, version: str, language: str, terms: tuple[Term, ...], groups: dict[str, dict[str, Any]],
            sha256: str, references: dict[str, str]) -> Lexicon:
    return Lexicon(name, version, language, terms,
                   MappingProxyType({k: MappingProxyType(v) for k, v in groups.items()}), sha256,
                   MappingProxyType(references))


def find_key(text: str, path: str) -> int | None:
    """Find the line (from 1) on which a TOML text says ``table.key``, or begins the table of that name."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        key = re.match(r"""\s*["']?([^"'=]*[^"'=\s])["']?\s*=""", line)
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = header[1].strip()
        if path == (table if header else f"{table}.{key[1]}".lstrip(".") if key else None):
            return number
    return None


class _Reader:
    """Reads one TOML text; knows where it is, so that an error can say so."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{file}: not valid TOML: {error}.") from error
        self.known(self.data, "", _TABLES)
        self.named = self.contexts()

    def fail(self, path: str, what: str, *words: str) -> NoReturn:
        line = find_key(self.text, path) or (io.toml_line(self.text, *words) if words else None)
        raise LexiconError(f"{self.file}{f', line {line}' if line else ''}, key {path}: {what}")

    def text_at(self, table: Mapping[str, Any], path: str, key: str, allowed: Sequence[str] = (), default: str = "") -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            self.fail(f"{path}.{key}", f"must be a string, not {value!r}.", key)
        if allowed and value not in allowed and value != default:
            self.fail(f"{path}.{key}", f"{value!r} is not allowed. Allowed: {', '.join(allowed)}.", value)
        return value

    def known(self, table: Mapping[str, Any], path: str, allowed: Sequence[str]) -> None:
        for key in table:
            if key not in allowed:
                self.fail(f"{path}.{key}" if path else key, f"unknown key. Known: {', '.join(allowed)}.", key)

    def table(self, value: Any, path: str, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fail(path, f"{what}, not {value!r}.", path.rpartition(".")[2])
        return value

    def phrases(self, values: Any, path: str) -> tuple[tuple[str, ...], ...]:
        if not isinstance(values, list) or not all(isinstance(v, str) and _words(v) for v in values):
            self.fail(path, f"must be a list of phrases, not {values!r}.", path.rpartition(".")[2])
        for value in values:
            if _WILD.search(value):
                self.fail(path, f"{value!r}: a * stands at the end of a word only.", value)
        return tuple(_words(v) for v in values)

    def contexts(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Read all contexts, used or not: tables with words, or plain lists."""
        out = {}
        for name, given in self.table(self.data.get("contexts", {}), "contexts", "must hold tables [contexts.NAME]").items():
            path = f"contexts.{name}"
            if not isinstance(given, list):
                given = self.table(given, path, f"a context is a table [{path}] with words = […], or a list of phrases")
                self.known(given, path, ("words",))
                path, given = f"{path}.words", given.get("words")
            out[name] = self.phrases(given, path)
        return out

    def references(self) -> dict[str, str]:
        given = self.table(self.data.get("references", {}), "references", "must be a table of name = \"where it comes from\"")
        return {name: self.text_at(given, "references", name) for name in given}

    def condition(self, entry: Mapping[str, Any], path: str, key: str) -> Condition | None:
        if key not in entry:
            return None
        patterns = self.patterns(entry[key], path, key)
        window = entry.get("window", 5)
        if not isinstance(window, int) or isinstance(window, bool) or window < 1:
            self.fail(f"{path}.window", f"must be a whole number of words from 1, not {window!r}.", "window", str(window))
        side = self.text_at(entry, path, "side", ("before", "after", "both"), "both")
        return Condition(patterns, side, window)

    def patterns(self, given: Any, path: str, key: str) -> tuple[tuple[str, ...], ...]:
        """Read patterns, or the names of contexts that hold them."""
        values = given if isinstance(given, list) else [given]
        patterns: list[tuple[str, ...]] = []
        for value in values:
            if isinstance(value, str) and value in self.named:
                patterns += self.named[value]
            elif isinstance(value, str) and "_" in value:
                self.fail(f"{path}.{key}", f"there is no context {value!r}. Contexts: {', '.join(self.named) or 'none'}.", value)
            else:
                patterns += self.phrases([value], f"{path}.{key}")
        return tuple(patterns)

    def term(self, entry: Any, path: str, group: str, stance: str, side: str) -> Term:
        if isinstance(entry, str):
            entry = {"term": entry}
        if not isinstance(entry, dict) or not isinstance(entry.get("term"), str) or not _words(entry["term"]):
            self.fail(path, f"a term is a string or a table with a key term, not {entry!r}.", str(entry))
        name = entry["term"]
        unknown = set(entry) - _TERM_KEYS
        if unknown:
            self.fail(path, f"unknown key {min(unknown)!r} in term {name!r}. Known: {', '.join(sorted(_TERM_KEYS))}.", name)
        self.phrases([name], f"{path}.term")
        for key in ("window", "side"):
            if key in entry and not {"when", "unless"} & set(entry):
                self.fail(f"{path}.{key}", f"in term {name!r} needs a condition: add when or unless, or take it out.", name)
        inflect = self.text_at(entry, path, "inflect", INFLECTIONS, "noun")
        forms = self.forms(name, inflect)
        if "forms" in entry:
            forms += self.phrases(entry["forms"], f"{path}.forms")
        other = {"challenger": "official", "official": "challenger", "none": "none"}[side]
        favours = {"delegitimising": other, "legitimising": side, "neutral": "none"}[stance]
        return Term(
            name, group, stance, self.text_at(entry, path, "favours", SIDES, favours), tuple(dict.fromkeys(forms)),
            self.text_at(entry, path, "pos", POS), self.condition(entry, path, "when"), self.condition(entry, path, "unless"),
            self.patterns(entry.get("after", []), path, "after"), self.patterns(entry.get("article", []), path, "article"),
            self.phrases(entry.get("exceptions", []), f"{path}.exceptions"),
        )

    def forms(self, name: str, inflect: str) -> tuple[tuple[str, ...], ...]:
        variants = {_words(name), _words(name.replace("-", " "))}
        out: list[tuple[str, ...]] = []
        for words in sorted(variants):
            last = words[-1]
            if inflect == "none" or last.endswith("*"):
                out.append(words)
            elif inflect == "verb":  # the verb of a phrase is its first word: "storm the building"
                out += [(form, *words[1:]) for form in verb_forms(words[0])]
            else:
                out += [(*words[:-1], form) for form in noun_forms(last)]
        return tuple(out)

    def groups(self, base: Lexicon | None) -> dict[str, dict[str, Any]]:
        """Read the groups; what one does not say is as in the lexicon that is extended."""
        groups = self.data.get("groups")
        if not isinstance(groups, dict) or not groups:
            self.fail("groups", "a lexicon needs at least one [groups.NAME] table.")
        out: dict[str, dict[str, Any]] = {}
        for group, table in groups.items():
            path = f"groups.{group}"
            if not _NAME.match(group):
                self.fail(path, "a group's name is lower case letters, digits and underscores.", group)
            self.table(table, path, f"a group is a table [{path}]")
            for key, value in table.items():
                if key in STANCES:
                    self.table(value, f"{path}.{key}", f"a stance is a table [{path}.{key}] with terms = […]")
                elif isinstance(value, dict):
                    self.fail(f"{path}.{key}", f"unknown stance. Allowed: {', '.join(STANCES)}.", f"{group}.{key}")
            self.known(table, path, ("title", "side", "exceptions", *STANCES))
            old: Mapping[str, Any] = base.groups.get(group, {}) if base else {}
            if not old and not set(STANCES) & set(table):
                self.fail(path, f"a group needs a stance with terms: [{path}.…], one of {', '.join(STANCES)}.", path)
            side = self.text_at(table, path, "side", SIDES, old.get("side", "none"))
            if old and side != old["side"]:  # the terms of the base were read with its side
                self.fail(f"{path}.side", f"is {side!r}, but {old['side']!r} in the lexicon extended. Give the group another "
                          "name, or give single terms favours.", "side", side)
            out[group] = {
                "title": self.text_at(table, path, "title", default=old.get("title", group.replace("_", " ").capitalize())),
                "side": side,
                "stances": [s for s in STANCES if s in table],
                "exceptions": self.phrases(table.get("exceptions", []), f"{path}.exceptions"),
            }
        return out

    def terms(self, groups: Mapping[str, Mapping[str, Any]]) -> list[Term]:
        out = []
        for group, about in groups.items():
            for stance in about["stances"]:
                table, path = self.data["groups"][group][stance], f"groups.{group}.{stance}"
                self.known(table, path, ("terms", "references"))
                sources, entries, path = table.get("references", []), table.get("terms"), f"{path}.terms"
                if not isinstance(sources, list) or not all(isinstance(s, str) for s in sources):
                    self.fail(f"groups.{group}.{stance}.references", f"must be a list of names, not {sources!r}.", "references")
                if not isinstance(entries, list) or not entries:
                    self.fail(path, "a stance needs a list of at least one term.", f"groups.{group}.{stance}")
                out += [self.term(e, f"{path}[{i}]", group, stance, about["side"]) for i, e in enumerate(entries)]
        return out


def _merge(base: Lexicon, groups: dict[str, dict[str, Any]], terms: list[Term]) -> tuple[dict[str, Any], list[Term]]:
    """Lay a study's lexicon over the one it extends: its terms replace those of the same form."""
    merged = {name: dict(group) for name, group in base.groups.items()}
    for name, group in groups.items():
        old = merged.get(name)
        if old:
            group = {**group, "exceptions": (*old["exceptions"], *group["exceptions"]),
                     "stances": [s for s in STANCES if s in (*old["stances"], *group["stances"])]}
        merged[name] = group
    taken = {form for term in terms for form in term.forms}
    kept = []
    for term in base.terms:
        forms = tuple(f for f in term.forms if f not in taken)
        if forms:
            kept.append(replace(term, forms=forms))
    return merged, kept + terms


def _check_double(reader: _Reader, terms: list[Term]) -> None:
    seen: dict[tuple[str, ...], Term] = {}
    for term in terms:
        for form in term.forms:
            other = seen.setdefault(form, term)
            if other is not term and not (other.when or term.when or other.pos != term.pos):
                reader.fail(f"groups.{term.group}.{term.stance}.terms",
                            f"{' '.join(form)!r} stands twice: under {other.group} {other.stance} ({other.term!r}) and here "
                            f"({term.term!r}). Keep one, or give each a condition (when or pos).", term.term)


def read_lexicon(source: str | Any) -> Lexicon:
    """Read a packaged lexicon by name, or a TOML file by path.

    Parameters
    ----------
    source : str or path
        ``"protest"``, or the path of a ``.toml`` file. The format is described in ``docs/lexicons.md``. A file that the
        lexicon ``extends`` is sought from the lexicon's own folder.

    Returns
    -------
    Lexicon

    Raises
    ------
    LexiconError
        The file breaks the format; the message names file, line and key path and says what is allowed.

    Examples
    --------
    >>> lexicon = read_lexicon("protest")
    >>> sorted(lexicon.groups)
    ['event', 'protesters', 'security']
    >>> [" ".join(f) for t in lexicon.terms if t.term == "rioter" for f in t.forms]
    ['rioter', 'rioters']
    """
    text, file, place = _source(str(source))
    return _parse(text, file, (place,))


def parse_lexicon(text: str, file: str = "lexicon") -> Lexicon:
    """Read a lexicon from TOML text; ``file`` is what errors call it. See :func:`read_lexicon`."""
    return _parse(text, file, (str(Path(file).resolve()),))


def _source(name: str) -> tuple[str, str, str]:
    """Return the text of a lexicon, what errors call it, and what tells it from all others."""
    if name.endswith(".toml"):
        return io.read_text(name), name, str(Path(name).resolve())
    known = [n.removesuffix(".toml") for n in io.packaged_names(".toml")]
    if name not in known:
        raise LexiconError(f"There is no packaged lexicon {name!r}. Packaged: {', '.join(known)}. A file ends in .toml.")
    return io.packaged_text(f"{name}.toml"), f"{name}.toml", name


def _base(reader: _Reader, head: Mapping[str, Any], chain: tuple[str, ...]) -> Lexicon | None:
    """Read the lexicon that this one extends; ``chain`` are those being read."""
    given = reader.text_at(head, "lexicon", "extends")
    if not given:
        return None
    try:
        text, file, place = _source(str(Path(reader.file).parent / given) if given.endswith(".toml") else given)
    except FramelensError as error:
        reader.fail("lexicon.extends", str(error), "extends", given)
    if place in chain:
        reader.fail("lexicon.extends", f"{given!r} extends itself, by way of {' and '.join(Path(c).name for c in chain)}. "
                    "Extend a lexicon that does not lead back here.", "extends", given)
    return _parse(text, file, (*chain, place))


def _parse(text: str, file: str, chain: tuple[str, ...]) -> Lexicon:
    reader = _Reader(text, file)
    head = reader.data.get("lexicon")
    if not isinstance(head, dict):
        reader.fail("lexicon", "a lexicon begins with a [lexicon] table (name, version, language).")
    reader.known(head, "lexicon", _HEAD_KEYS)
    for key in _HEAD_KEYS:
        if not reader.text_at(head, "lexicon", key) and key in ("name", "version"):
            reader.fail(f"lexicon.{key}", "is missing.", "[lexicon]")
    base = _base(reader, head, chain)
    groups = reader.groups(base)
    terms = reader.terms(groups)
    _check_double(reader, terms)
    references = reader.references()
    digest = io.sha256(text.encode())
    if base:
        groups, terms = _merge(base, groups, terms)
        references = {**base.references, **references}
        digest = io.sha256((base.sha256 + digest).encode())
    return _frozen(head["name"], head["version"], reader.text_at(head, "lexicon", "language", default="en"), tuple(terms),
                   groups, digest, references)
