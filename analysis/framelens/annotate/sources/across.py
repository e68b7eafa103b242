"""Persons across articles: one name for all spellings, and what one article leaves unsaid of a person others may say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from framelens import schema
from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.spelling import alike, clash, fold, split_name

__all__ = ["unify_checked", "unify_sources"]

AGREE = 2 / 3  # share of the articles that describe a person which must agree
# A person whom an article does not describe is typed "person"; a rank alone ("Capt Roe") does not say of which force.
FATHER = 2  # times as many articles with a name without "Jr" as with it show two persons
_UNSURE = frozenset(("person", "military"))
_PARTICLES = frozenset("de del della da di du la le van von der den bin ibn al el ben bint ter ten abu".split())
_CHANGED = ("source_name", "source_type", "originator_type", "conduit_type")
_COLUMNS = ("attribution_id", "document_id", "parent_id", *_CHANGED)
Name = tuple[str, ...]


def unify_sources(attributions: pd.DataFrame) -> pd.DataFrame:
    """Give each person one name across articles, and persons whom one article does not describe the type of others.

    Two spellings are one name where surnames are one but for their transliteration, first names too or but for one
    vowel, and middle names and suffixes agree where both are given; a surname or a first name alone is never enough.
    They stay two where one article uses both, where articles type them differently, or where a spelling is like two
    that are not like each other. The name becomes the spelling that most articles use, of equals the longest.

    A type is taken over where at least two thirds of the other articles that describe the bearer agree.

    Parameters
    ----------
    attributions : DataFrame
        ``attributions`` of a whole corpus, sources assigned by :func:`framelens.assign_sources`.

    Returns
    -------
    DataFrame
        The same rows; ``source_name`` of persons with a name of two words or more is the one spelling, and
        ``source_type`` changed from "person" (or from "military", which a rank alone gives), with it the
        ``originator_type`` and ``conduit_type`` that repeat it. ``voice.source_type`` of these must follow.

    Examples
    --------
    >>> rows = pd.DataFrame({"attribution_id": ["x", "y"], "document_id": ["d", "e"], "type": "direct",
    ...     "kind": "speech", "rule": "inverted", "source_name": ["Ada Rue", "Ada B. Rue"],
    ...     "source_type": ["person", "police"], "originator_type": ["person", "police"], "level": 1, "n_words": 5})
    >>> unify_sources(rows)[["source_name", "source_type"]].values.tolist()
    [['Ada B. Rue', 'police'], ['Ada B. Rue', 'police']]
    """
    return unify_checked(schema.validate(attributions, "attributions"))


def unify_checked(attributions: pd.DataFrame) -> pd.DataFrame:
    """Unify the sources of a table that is valid; the table given stays as it is."""
    held = {c: attributions[c].tolist() for c in _COLUMNS}
    given = (text for text in dict.fromkeys(held["source_name"]) if isinstance(text, str))
    names = {text: name for text in given if len(name := _person(text)) > 1}
    named = [i for i, text in enumerate(held["source_name"]) if text in names]
    uses: dict[Name, dict[str, str]] = {}  # name → article → type, the first that describes the bearer
    for i in named:
        by_article, document = uses.setdefault(names[held["source_name"][i]], {}), held["document_id"][i]
        if by_article.get(document, "") in PRIVATE:
            by_article[document] = held["source_type"][i]
    one = _join(uses)
    for i in named:
        held["source_name"][i] = " ".join(one[names[held["source_name"][i]]])
    _share_types(held, named)
    return attributions.assign(**{c: pd.Series(held[c], attributions.index, dtype=attributions[c].dtype) for c in _CHANGED})


def _person(text: str) -> Name:
    """Return a source name as words if it may be a person's: capitals but for particles, no acronym."""
    words = tuple(text.split())
    capital = all(w[0].isupper() or w.casefold() in _PARTICLES for w in words)
    return words if capital and not any(w.isupper() and len(w.strip(".")) > 1 for w in words[:-1]) else ()


def _join(uses: Mapping[Name, Mapping[str, str]]) -> dict[Name, Name]:
    """Return the one spelling of every name."""
    blocks: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in uses:
        own = split_name(name)[0]
        blocks[fold(own[-1]), fold(own[0])[:1]].append(name)
    out = {name: name for name in uses}
    for block in blocks.values():
        for group in _groups(block, uses) if len(block) > 1 else ():
            best = max(group, key=lambda n: (len(uses[n]), sum(map(len, n)), n))
            out.update(dict.fromkeys(group, best))
    return out


def _groups(block: Iterable[Name], uses: Mapping[Name, Mapping[str, str]]) -> list[list[Name]]:
    """Return the groups of like names; where a name fits two persons ("Ada Roe": Ada B or Ada C), none is joined."""
    names = sorted(block)
    like: dict[Name, list[Name]] = {name: [] for name in names}
    for a, b in combinations(names, 2):
        if alike(a, b) and not _apart(a, b, uses):
            like[a].append(b)
            like[b].append(a)
    groups: list[list[Name]] = []
    seen: set[Name] = set()
    for name in names:
        group, edge = {name}, [name]
        while edge and name not in seen:
            edge = [m for m in dict.fromkeys(m for n in edge for m in like[n]) if m not in group]
            group.update(edge)
        seen |= group
        if len(group) > 1 and not any(
                clash(a, b) or _apart(a, b, uses) for a, b in combinations(sorted(group), 2)):
            groups.append(sorted(group))
    return groups


def _apart(one: Name, other: Name, uses: Mapping[Name, Mapping[str, str]]) -> bool:
    """Tell whether like names are two persons': both in one article, or spelt otherwise and always of other callings."""
    (own, suffix), (full, ending) = split_name(one), split_name(other)
    same = fold(own[0]) == fold(full[0])
    if not (same and suffix == ending) and not uses[one].keys().isdisjoint(uses[other]):
        return True
    if suffix != ending and not (own[1:-1] and own[1:-1] == full[1:-1]):
        junior, senior = (one, other) if suffix else (other, one)
        if len(uses[senior]) > FATHER * len(uses[junior]):
            return True  # so many write the name without "Jr" that it is the father's
    if same:
        return False
    a, b = (set(uses[n].values()) - PRIVATE - _UNSURE for n in (one, other))
    return bool(a and b) and a.isdisjoint(b)


def _share_types(held: Mapping[str, list[str]], named: Iterable[int]) -> None:
    """Give persons whom an article does not describe the type that the others give."""
    names, documents, types = (held[c] for c in ("source_name", "document_id", "source_type"))
    votes: dict[str, dict[str, str]] = {}  # name → article → type, the first if an article gives several
    for i in named:
        if types[i] not in PRIVATE:
            votes.setdefault(names[i], {}).setdefault(documents[i], types[i])
    changed: dict[int, str] = {}
    for i in named:
        if names[i] not in votes or types[i] not in _UNSURE:
            continue
        others = Counter(kind for other, kind in votes[names[i]].items() if other != documents[i])
        kind, count = others.most_common(1)[0] if others else ("", 0)
        if count and kind != types[i] and count >= AGREE * others.total():
            changed[i] = kind
    _pass_on(held, changed)


def _pass_on(held: Mapping[str, list[str]], changed: Mapping[int, str]) -> None:
    """Change types, and with them what the attributions around and within say of originator and conduit."""
    row = {name: i for i, name in enumerate(held["attribution_id"])} if changed else {}
    inner: dict[int, list[int]] = defaultdict(list)
    for i, parent in enumerate(held["parent_id"] if changed else ()):
        if row.get(parent) in changed:
            inner[row[parent]].append(i)
    source, originator, conduit = (held[c] for c in _CHANGED[1:])
    for own, new in changed.items():
        old = source[own]
        for told in (originator, conduit):
            if told[own] == old:
                told[own] = new
        source[own] = new
        for i in inner[own]:
            if conduit[i] == old:
                conduit[i] = new
        outer = row.get(held["parent_id"][own])
        if outer is not None and originator[outer] == old and source[outer] != old:
            originator[outer] = new
