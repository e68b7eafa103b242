"""The reader of a lexicon's TOML: every key known, every mistake named by file, line and key path."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from framelens import io
from framelens.errors import LexiconError
from framelens.lexicon.terms import LABEL_OF, OWN_EVENT, Condition, Lexicon, Patterns, Role, Term, favoured
from framelens.schema import STANCES
from framelens.text.inflect import noun_forms, verb_forms
from framelens.text.tokens import read_phrase as _words

__all__ = ["HEAD_KEYS", "Reader", "find_key", "verb_phrases"]

SIDES = ("challenger", "official", "none")
INFLECTIONS = ("noun", "verb", "none")
POS = ("noun", "verb", "adjective")
CASES = ("lower",)
_TERM_KEYS = frozenset(("term", "terms", "inflect", "forms", "pos", "when", "unless", "side", "window", "exceptions", "after",
                        "article", "favours", "note", "role", "carries", "inherits", "case"))
_GROUP_KEYS = ("title", "side", "exceptions", "not_before", "names", "modifiers")
_ROLE_KEYS = ("acts", "acted_on", "before", "article")
HEAD_KEYS = ("name", "version", "language", "extends", "title", "description", "licence")
_TABLES = ("lexicon", "references", "contexts", "roles", "groups")
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_WILD = re.compile(r"(?<!\w)\*|\*(?!\s|\Z)")  # a wildcard that does not end a word


def verb_phrases(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Inflect the verb of a phrase, which is its first word: "storm the building"."""
    first, *rest = words
    return [words] if first.endswith("*") else [(form, *rest) for form in verb_forms(first)]


def find_key(text: str, path: str) -> int | None:
    """Find the line (from 1) on which a TOML text says ``table.key``, or begins the table of that name."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        key = re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|([^"'=]*[^"'=\s]))\s*=""", line)
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = header[1].strip()
        if path == (table if header else f"{table}.{key[key.lastindex or 0]}".lstrip(".") if key else None):
            return number
    return None


class Reader:
    """Reads one TOML text; knows where it is, so that an error can say so."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{file}: not valid TOML: {error}.") from error
        self.known(self.data, "", _TABLES)
        self.proofs: dict[str, Patterns] = {}
        self.named = self.contexts()
        self.roles: dict[str, Role] = {}
        self.shared: dict[Patterns, Patterns] = {}

    def fail(self, path: str, what: str, *words: str) -> NoReturn:
        """Raise an error that names file, line, key path and remedy."""
        line = find_key(self.text, path) or (io.toml_line(self.text, *words) if words else None)
        raise LexiconError(f"{self.file}{f', line {line}' if line else ''}, key {path}: {what}")

    def text_at(self, table: Mapping[str, Any], path: str, key: str, allowed: Sequence[str] = (), default: str = "") -> str:
        """Read a string, one of those allowed."""
        value = table.get(key, default)
        if not isinstance(value, str):
            self.fail(f"{path}.{key}", f"must be a string, not {value!r}.", key)
        if allowed and value not in allowed and value != default:
            self.fail(f"{path}.{key}", f"{value!r} is not allowed. Allowed: {', '.join(allowed)}.", value)
        return value

    def truth(self, table: Mapping[str, Any], path: str, key: str, default: bool) -> bool:
        """Read true or false."""
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.fail(f"{path}.{key}", f"must be true or false, not {value!r}.", key)
        return value

    def known(self, table: Mapping[str, Any], path: str, allowed: Sequence[str]) -> None:
        """Refuse a key that nobody knows."""
        for key in table:
            if key not in allowed:
                self.fail(f"{path}.{key}" if path else key, f"unknown key. Known: {', '.join(allowed)}.", key)

    def table(self, value: Any, path: str, what: str) -> dict[str, Any]:
        """Refuse what is no table."""
        if not isinstance(value, dict):
            self.fail(path, f"{what}, not {value!r}.", path.rpartition(".")[2])
        return value

    def phrases(self, values: Any, path: str) -> Patterns:
        """Read a list of phrases as sequences of words."""
        if not isinstance(values, list) or not all(isinstance(v, str) and _words(v) for v in values):
            self.fail(path, f"must be a list of phrases, not {values!r}.", path.rpartition(".")[2])
        for value in values:
            if _WILD.search(value):
                self.fail(path, f"{value!r}: a * stands at the end of a word only.", value)
        return tuple(_words(v) for v in values)

    def contexts(self) -> dict[str, Patterns]:
        """Read all contexts, used or not: tables with words, or plain lists."""
        out = {}
        for name, given in self.table(self.data.get("contexts", {}), "contexts", "must hold tables [contexts.NAME]").items():
            path = f"contexts.{name}"
            if not isinstance(given, list):
                given = self.table(given, path, f"a context is a table [{path}] with words = […], or a list of phrases")
                self.known(given, path, ("words", "labels", "own_event"))
                labels = self.phrases(given.get("labels", []), f"{path}.labels")
                own = ((OWN_EVENT,),) if self.truth(given, path, "own_event", False) else ()
                self.proofs[name] = (*((LABEL_OF + " ".join(group),) for group in labels), *own)
                path, given = f"{path}.words", given.get("words", [] if self.proofs[name] else None)
            out[name] = self.phrases(given, path)
        return out

    def read_roles(self, base: Mapping[str, Role]) -> dict[str, Role]:
        """Read what people do, or have done to them, who take a role; those of the lexicon extended stay."""
        out = dict(base)
        for name, given in self.table(self.data.get("roles", {}), "roles", "must hold tables [roles.NAME]").items():
            path = f"roles.{name}"
            given = self.table(given, path, f"a role is a table [{path}] with acts = […], acted_on = […] or before = […]")
            self.known(given, path, _ROLE_KEYS)
            if not {"acts", "acted_on", "before"} & set(given):
                self.fail(path, "a role needs acts, acted_on or before.", path)
            acts, acted_on = (tuple(form for phrase in self.phrases(given.get(key, []), f"{path}.{key}")
                                    for form in verb_phrases(phrase)) for key in ("acts", "acted_on"))
            out[name] = Role(name, acts, acted_on, self.patterns(given.get("before", []), path, "before"),
                             self.patterns(given.get("article", []), path, "article"))
        self.roles = out
        return out

    def references(self) -> dict[str, str]:
        """Read where the categories come from."""
        given = self.table(self.data.get("references", {}), "references", "must be a table of name = \"where it comes from\"")
        return {name: self.text_at(given, "references", name) for name in given}

    def condition(self, entry: Mapping[str, Any], path: str, key: str) -> Condition | None:
        """Read words that must, or must not, stand near a term."""
        if key not in entry:
            return None
        patterns = self.patterns(entry[key], path, key)
        window = entry.get("window", 5)
        if not isinstance(window, int) or isinstance(window, bool) or window < 1:
            self.fail(f"{path}.window", f"must be a whole number of words from 1, not {window!r}.", "window", str(window))
        side = self.text_at(entry, path, "side", ("before", "after", "both"), "both")
        return Condition(patterns, side, window)

    def patterns(self, given: Any, path: str, key: str) -> Patterns:
        """Read patterns, or the names of contexts that hold them."""
        values = given if isinstance(given, list) else [given]
        patterns: list[tuple[str, ...]] = []
        for value in values:
            if isinstance(value, str) and value in self.named:
                patterns += self.named[value]
                if proofs := self.proofs.get(value, ()):
                    if key != "article":
                        self.fail(f"{path}.{key}", f"context {value!r} has labels or own_event, which only article can ask for.",
                                  value)
                    patterns += proofs
            elif isinstance(value, str) and "_" in value:
                self.fail(f"{path}.{key}", f"there is no context {value!r}. Contexts: {', '.join(self.named) or 'none'}.", value)
            else:
                patterns += self.phrases([value], f"{path}.{key}")
        read = tuple(patterns)
        return self.shared.setdefault(read, read)  # one object, so that a reader of articles asks it once

    def entry_terms(self, entry: Any, path: str, group: str, stance: str, side: str) -> list[Term]:
        """Read one entry: a word, a table with a term, or a table with terms that share all it says."""
        if not (isinstance(entry, dict) and "terms" in entry):
            return [self.term(entry, path, group, stance, side)]
        names = entry["terms"]
        if "term" in entry or "forms" in entry or not isinstance(names, list) or not names:
            self.fail(f"{path}.terms", "is a list of words, beside neither term nor forms.", "terms")
        shared = {key: value for key, value in entry.items() if key != "terms"}
        return [self.term({**shared, "term": name}, path, group, stance, side) for name in names]

    def term(self, entry: Any, path: str, group: str, stance: str, side: str) -> Term:
        """Read one term with its conditions."""
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
        roles = self.term_roles(entry, path, name)
        inflect = self.text_at(entry, path, "inflect", INFLECTIONS, "none" if roles else "noun")
        forms = self.forms(name, inflect)
        if "forms" in entry:
            forms += self.phrases(entry["forms"], f"{path}.forms")
        return Term(
            name, group, stance, self.text_at(entry, path, "favours", SIDES, favoured(side, stance)), tuple(dict.fromkeys(forms)),
            self.text_at(entry, path, "pos", POS), self.condition(entry, path, "when"), self.condition(entry, path, "unless"),
            self.patterns(entry.get("after", []), path, "after"), self.patterns(entry.get("article", []), path, "article"),
            self.phrases(entry.get("exceptions", []), f"{path}.exceptions"), roles, self.truth(entry, path, "carries", False),
            self.truth(entry, path, "inherits", False), self.text_at(entry, path, "case", CASES),
        )

    def term_roles(self, entry: Mapping[str, Any], path: str, name: str) -> tuple[Role, ...]:
        """Read the roles of which a term needs one, and whether it keeps it through the article."""
        given = entry.get("role", [])
        names = given if isinstance(given, list) else [given]
        for role in names:
            if role not in self.roles:
                self.fail(f"{path}.role", f"in term {name!r}: there is no role {role!r}. Roles: "
                          f"{', '.join(self.roles) or 'none'}.", str(role))
        for key in ("carries", "inherits"):
            if key in entry and not names:
                self.fail(f"{path}.{key}", f"in term {name!r} needs a role: add role, or take it out.", key)
        return tuple(self.roles[role] for role in names)

    def forms(self, name: str, inflect: str) -> Patterns:
        """List the word sequences that match a term."""
        variants = {_words(name), _words(name.replace("-", " "))}
        out: list[tuple[str, ...]] = []
        for words in sorted(variants):
            last = words[-1]
            if inflect == "none" or last.endswith("*"):
                out.append(words)
            elif inflect == "verb":
                out += verb_phrases(words)
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
                elif isinstance(value, dict) and key != "modifiers":
                    self.fail(f"{path}.{key}", f"unknown stance. Allowed: {', '.join(STANCES)}.", f"{group}.{key}")
            self.known(table, path, (*_GROUP_KEYS, *STANCES))
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
                "not_before": self.phrases(table.get("not_before", []), f"{path}.not_before"),
                "modifiers": self.modifiers(table.get("modifiers", {}), f"{path}.modifiers"),
                "names": self.truth(table, path, "names", old.get("names", True)),
            }
        return out

    def modifiers(self, given: Any, path: str) -> dict[str, str]:
        """Read which adjectives give a neutral label a stance."""
        table = self.table(given, path, "modifiers are a table of stances, each with a list of words")
        self.known(table, path, [s for s in STANCES if s != "neutral"])
        return {" ".join(words): stance for stance, given in table.items() for words in self.phrases(given, f"{path}.{stance}")}

    def terms(self, groups: Mapping[str, Mapping[str, Any]]) -> list[Term]:
        """Read the terms of all groups."""
        out: list[Term] = []
        for group, about in groups.items():
            for stance in about["stances"]:
                table, path = self.data["groups"][group][stance], f"groups.{group}.{stance}"
                self.known(table, path, ("terms", "references"))
                sources, entries, path = table.get("references", []), table.get("terms"), f"{path}.terms"
                if not isinstance(sources, list) or not all(isinstance(s, str) for s in sources):
                    self.fail(f"groups.{group}.{stance}.references", f"must be a list of names, not {sources!r}.", "references")
                if not isinstance(entries, list) or not entries:
                    self.fail(path, "a stance needs a list of at least one term.", f"groups.{group}.{stance}")
                for i, entry in enumerate(entries):
                    out += self.entry_terms(entry, f"{path}[{i}]", group, stance, about["side"])
        return out
