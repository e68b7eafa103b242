"""TOML lexicons of labels: read, checked and frozen. An error names file, key path and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NoReturn

from framelens import io
from framelens.errors import LexiconError
from framelens.schema import STANCES
from framelens.text.inflect import noun_forms, verb_forms
from framelens.text.tokens import normal, spans

__all__ = ["Condition", "Lexicon", "Term", "read_lexicon"]

SIDES = ("challenger", "official", "none")
INFLECTIONS = ("noun", "verb", "none")
POS = ("noun", "verb", "adjective")
_TERM_KEYS = frozenset(("term", "inflect", "forms", "pos", "when", "unless", "side", "window", "exceptions", "after",
                        "article", "favours", "note"))
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


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


def _words(phrase: str) -> tuple[str, ...]:
    """Split a phrase as a text is split, wildcards kept."""
    found = [(s, e) for s, e in spans(phrase)]
    return tuple(normal(phrase[s:e]) + ("*" if phrase[e:e + 1] == "*" else "") for s, e in found)


class _Reader:
    """Reads one TOML text; knows where it is, so that an error can say so."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{file}: not valid TOML: {error}.") from error

    def fail(self, path: str, what: str, *words: str) -> NoReturn:
        line = io.toml_line(self.text, *words) if words else None
        raise LexiconError(f"{self.file}{f', line {line}' if line else ''}, key {path}: {what}")

    def text_at(self, table: Mapping[str, Any], path: str, key: str, allowed: Sequence[str] = (), default: str = "") -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            self.fail(f"{path}.{key}", f"must be a string, not {value!r}.", key)
        if allowed and value not in allowed and value != default:
            self.fail(f"{path}.{key}", f"{value!r} is not allowed. Allowed: {', '.join(allowed)}.", value)
        return value

    def phrases(self, values: Any, path: str) -> tuple[tuple[str, ...], ...]:
        if not isinstance(values, list) or not all(isinstance(v, str) and _words(v) for v in values):
            self.fail(path, f"must be a list of phrases, not {values!r}.", path.rpartition(".")[2])
        return tuple(_words(v) for v in values)

    def condition(self, entry: Mapping[str, Any], path: str, key: str) -> Condition | None:
        if key not in entry:
            return None
        patterns = self.patterns(entry[key], path, key)
        window = entry.get("window", 5)
        if not isinstance(window, int) or window < 1:
            self.fail(f"{path}.window", f"must be a whole number of words from 1, not {window!r}.", "window", str(window))
        side = self.text_at(entry, path, "side", ("before", "after", "both"), "both")
        return Condition(patterns, side, window)

    def patterns(self, given: Any, path: str, key: str) -> tuple[tuple[str, ...], ...]:
        """Read patterns, or the names of contexts that hold them."""
        contexts = self.data.get("contexts", {})
        values = given if isinstance(given, list) else [given]
        patterns: list[tuple[str, ...]] = []
        for value in values:
            if value in contexts:
                patterns += self.phrases(contexts[value].get("words"), f"contexts.{value}.words")
            elif isinstance(value, str) and "_" in value:
                self.fail(f"{path}.{key}", f"there is no context {value!r}. Contexts: {', '.join(contexts) or 'none'}.", value)
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

    def groups(self) -> dict[str, dict[str, Any]]:
        groups = self.data.get("groups")
        if not isinstance(groups, dict) or not groups:
            self.fail("groups", "a lexicon needs at least one [groups.NAME] table.")
        out: dict[str, dict[str, Any]] = {}
        for group, table in groups.items():
            path = f"groups.{group}"
            if not _NAME.match(group):
                self.fail(path, "a group's name is lower case letters, digits and underscores.", group)
            stances = [key for key in table if isinstance(table[key], dict)]
            wrong = [s for s in stances if s not in STANCES]
            if wrong:
                self.fail(f"{path}.{wrong[0]}", f"unknown stance. Allowed: {', '.join(STANCES)}.", f"{group}.{wrong[0]}")
            out[group] = {
                "title": self.text_at(table, path, "title", default=group.replace("_", " ").capitalize()),
                "side": self.text_at(table, path, "side", SIDES, "none"),
                "stances": [s for s in STANCES if s in stances],
                "exceptions": self.phrases(table.get("exceptions", []), f"{path}.exceptions"),
            }
        return out

    def terms(self, groups: Mapping[str, Mapping[str, Any]]) -> list[Term]:
        out = []
        for group, about in groups.items():
            for stance in about["stances"]:
                entries = self.data["groups"][group][stance].get("terms")
                path = f"groups.{group}.{stance}.terms"
                if not isinstance(entries, list):
                    self.fail(path, "a stance needs a list of terms.", f"groups.{group}.{stance}")
                out += [self.term(e, f"{path}[{i}]", group, stance, about["side"]) for i, e in enumerate(entries)]
        return out


def _merge(base: Lexicon, groups: dict[str, dict[str, Any]], terms: list[Term]) -> tuple[dict[str, Any], list[Term]]:
    """Lay a study's lexicon over the one it extends: its terms replace those of the same form."""
    merged = {name: dict(group) for name, group in base.groups.items()}
    for name, group in groups.items():
        old = merged.get(name)
        if old:
            group = {**old, "exceptions": (*old["exceptions"], *group["exceptions"]),
                     "stances": [s for s in STANCES if s in (*old["stances"], *group["stances"])]}
        merged[name] = group
    taken = {form for term in terms for form in term.forms}
    kept = []
    for term in base.terms:
        forms = tuple(f for f in term.forms if f not in taken)
        if forms:
            kept.append(Term(term.term, term.group, term.stance, term.favours, forms, term.pos, term.when, term.unless,
                             term.after, term.article, term.exceptions))
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
        ``"protest"``, or the path of a ``.toml`` file. The format is described in ``docs/lexicons.md``.

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
    name = str(source)
    if name.endswith(".toml"):
        text, file = io.read_text(name), name
    else:
        known = [n.removesuffix(".toml") for n in io.packaged_names(".toml")]
        if name not in known:
            raise LexiconError(f"There is no packaged lexicon {name!r}. Packaged: {', '.join(known)}. A file ends in .toml.")
        text, file = io.packaged_text(f"{name}.toml"), f"{name}.toml"
    return parse_lexicon(text, file)


def parse_lexicon(text: str, file: str = "lexicon") -> Lexicon:
    """Read a lexicon from TOML text; ``file`` is what errors call it. See :func:`read_lexicon`."""
    reader = _Reader(text, file)
    head = reader.data.get("lexicon")
    if not isinstance(head, dict):
        reader.fail("lexicon", "a lexicon begins with a [lexicon] table (name, version, language).")
    for key in ("name", "version"):
        if not reader.text_at(head, "lexicon", key):
            reader.fail(f"lexicon.{key}", "is missing.", "[lexicon]")
    groups = reader.groups()
    terms = reader.terms(groups)
    _check_double(reader, terms)
    references = {str(k): str(v) for k, v in reader.data.get("references", {}).items()}
    digest = io.sha256(text.encode())
    if head.get("extends"):
        base = read_lexicon(head["extends"])
        groups, terms = _merge(base, groups, terms)
        references = {**base.references, **references}
        digest = io.sha256((base.sha256 + digest).encode())
    return _frozen(head["name"], head["version"], reader.text_at(head, "lexicon", "language", default="en"), tuple(terms),
                   groups, digest, references)
