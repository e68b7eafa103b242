"""TOML lexicons of labels: read, checked and frozen. An error names file, key path and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from framelens import io
from framelens.errors import FramelensError, LexiconError
from framelens.lexicon.reader import HEAD_KEYS, Reader, find_key
from framelens.lexicon.terms import Condition, Lexicon, Role, Term
from framelens.schema import STANCES

__all__ = ["Condition", "Lexicon", "Role", "Term", "find_key", "parse_lexicon", "read_lexicon"]


def _merge(base: Lexicon, groups: dict[str, dict[str, Any]], terms: list[Term],
           roles: Mapping[str, Role]) -> tuple[dict[str, Any], list[Term]]:
    """Lay a study's lexicon over the one it extends: its terms replace those of a same form, its roles those of a same name."""
    merged = {name: dict(group) for name, group in base.groups.items()}
    for name, group in groups.items():
        old = merged.get(name)
        if old:
            own = {form for term in terms if term.group == name for form in term.forms}  # which are no exceptions any more
            group = {**group, "exceptions": (*(e for e in old["exceptions"] if e not in own), *group["exceptions"]),
                     "not_before": (*old["not_before"], *group["not_before"]),
                     "modifiers": {**old["modifiers"], **group["modifiers"]},
                     "stances": [s for s in STANCES if s in (*old["stances"], *group["stances"])]}
        merged[name] = group
    taken = {form for term in terms for form in term.forms}
    kept = []
    for term in base.terms:
        forms = tuple(f for f in term.forms if f not in taken)
        if forms:
            kept.append(replace(term, forms=forms, roles=tuple(roles[role.name] for role in term.roles)))
    return merged, kept + terms


def _check_double(reader: Reader, terms: list[Term]) -> None:
    seen: dict[tuple[str, ...], Term] = {}
    for term in terms:
        for form in term.forms:
            other = seen.setdefault(form, term)
            if other is not term and not (other.when or term.when or other.roles or term.roles or other.pos != term.pos
                                              or other.case != term.case):
                reader.fail(f"groups.{term.group}.{term.stance}.terms",
                            f"{' '.join(form)!r} stands twice: under {other.group} {other.stance} ({other.term!r}) and here "
                            f"({term.term!r}). Keep one, or give each a condition (when, role, case or pos).", term.term)


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
    name = str(source)
    return _parse(*_source(name)) if name.endswith(".toml") else _packaged(name)


@cache
def _packaged(name: str) -> Lexicon:
    """Read a packaged lexicon; read once, frozen."""
    return _parse(*_source(name))


def parse_lexicon(text: str, file: str = "lexicon") -> Lexicon:
    """Read a lexicon from TOML text; ``file`` is what errors call it. See :func:`read_lexicon`."""
    return _parse(text, file, (str(Path(file).resolve()),))


def _source(name: str, *chain: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a lexicon, what errors call it, and what tells it from all others, behind those that extend it."""
    if name.endswith(".toml"):
        return io.read_text(name), name, (*chain, str(Path(name).resolve()))
    known = [n.removesuffix(".toml") for n in io.packaged_names(".toml")]
    if name not in known:
        raise LexiconError(f"There is no packaged lexicon {name!r}. Packaged: {', '.join(known)}. A file ends in .toml.")
    return io.packaged_text(f"{name}.toml"), f"{name}.toml", (*chain, name)


def _base(reader: Reader, head: Mapping[str, Any], chain: tuple[str, ...]) -> Lexicon | None:
    """Read the lexicon that this one extends; ``chain`` are those being read."""
    given = reader.text_at(head, "lexicon", "extends")
    if not given:
        return None
    try:
        text, file, places = _source(str(Path(reader.file).parent / given) if given.endswith(".toml") else given, *chain)
    except FramelensError as error:
        reader.fail("lexicon.extends", str(error), "extends", given)
    if places[-1] in chain:
        reader.fail("lexicon.extends", f"{given!r} extends itself, by way of {' and '.join(Path(c).name for c in chain)}. "
                    "Extend a lexicon that does not lead back here.", "extends", given)
    return _parse(text, file, places) if given.endswith(".toml") else _packaged(given)


def _parse(text: str, file: str, chain: tuple[str, ...]) -> Lexicon:
    reader = Reader(text, file)
    head = reader.data.get("lexicon")
    if not isinstance(head, dict):
        reader.fail("lexicon", "a lexicon begins with a [lexicon] table (name, version, language).")
    reader.known(head, "lexicon", HEAD_KEYS)
    for key in HEAD_KEYS:
        if not reader.text_at(head, "lexicon", key) and key in ("name", "version"):
            reader.fail(f"lexicon.{key}", "is missing.", "[lexicon]")
    base = _base(reader, head, chain)
    groups = reader.groups(base)
    roles = reader.read_roles(base.roles if base else {})
    terms = reader.terms(groups)
    _check_double(reader, terms)
    references = reader.references()
    digest = io.sha256(text.encode())
    if base:
        groups, terms = _merge(base, groups, terms, roles)
        references = {**base.references, **references}
        digest = io.sha256((base.sha256 + digest).encode())
    return Lexicon.freeze(head["name"], head["version"], reader.text_at(head, "lexicon", "language", default="en"), tuple(terms),
                          groups, digest, references, roles)
