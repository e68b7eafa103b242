"""Persons across articles: one name for all spellings, and what one article leaves unsaid of a person others may say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from framelens import schema
from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.spelling import alike, clash, fold, split_name

__all__ = ["unify_sources"]

AGREE = 2 / 3  # share of the articles that describe a person which must agree
# A person whom an article does not describe is typed "person"; a rank alone ("Capt Roe") does not say of which force.
FATHER = 2  # times as many articles with a name without "Jr" as with it show two persons
_UNSURE = frozenset(("person", "military"))
_PARTICLES = frozenset("de del della da di du la le van von der den bin ibn al el ben bint ter ten abu".split())
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
    out = schema.validate(attributions, "attributions")
    names = {text: name for text in out["source_name"].dropna().unique() if len(name := _person(text)) > 1}
    named = out[out["source_name"].isin(names)]
    uses: dict[Name, dict[str, str]] = {}  # name → article → type, the first that describes the bearer
    for text, document, kind in zip(named["source_name"], named["document_id"], named["source_type"], strict=True):
        held = uses.setdefault(names[text], {})
        if held.get(document, "") in PRIVATE:
            held[document] = kind
    one = _join(uses)
    written = {text: " ".join(one[name]) for text, name in names.items()}
    out["source_name"] = out["source_name"].map(written).fillna(out["source_name"]).astype(out["source_name"].dtype)
    return _share_types(out, named.index)


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


def _share_types(out: pd.DataFrame, named: pd.Index) -> pd.DataFrame:
    """Give persons whom an article does not describe the type that the others give."""
    keys = out.loc[named, "source_name"]
    told = out.loc[named][~out.loc[named, "source_type"].isin(PRIVATE)]
    votes: dict[str, dict[str, str]] = {}  # name → article → type, the first if an article gives several
    for key, document, kind in zip(told["source_name"], told["document_id"], told["source_type"], strict=True):
        votes.setdefault(key, {}).setdefault(document, kind)
    changed: dict[str, tuple[str, str]] = {}
    columns = (out.loc[named, "attribution_id"], out.loc[named, "document_id"], out.loc[named, "source_type"], keys)
    for name, document, held, key in zip(*columns, strict=True):
        if key not in votes or held not in _UNSURE:
            continue
        others = Counter(kind for other, kind in votes[key].items() if other != document)
        kind, count = others.most_common(1)[0] if others else ("", 0)
        if count and kind != held and count >= AGREE * others.total():
            changed[name] = (held, kind)
    return _pass_on(out, changed)


def _pass_on(out: pd.DataFrame, changed: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Change types, and with them what the attributions around and within say of originator and conduit."""
    at = {name: i for i, name in zip(out.index, out["attribution_id"], strict=True) if name in changed}
    inner: dict[str, list[int]] = defaultdict(list)
    row = {name: i for i, name in zip(out.index, out["attribution_id"], strict=True)}
    for i, parent in zip(out.index, out["parent_id"], strict=True):
        if parent in changed:
            inner[parent].append(i)
    parents = out["parent_id"].tolist()
    source, originator, conduit = (out[c].tolist() for c in ("source_type", "originator_type", "conduit_type"))
    for name, (old, new) in changed.items():
        own = at[name]
        for told in (originator, conduit):
            if told[own] == old:
                told[own] = new
        source[own] = new
        for i in inner[name]:
            if conduit[i] == old:
                conduit[i] = new
        outer = row.get(parents[own])
        if outer is not None and originator[outer] == old and source[outer] != old:
            originator[outer] = new
    types = {"source_type": source, "originator_type": originator, "conduit_type": conduit}
    return out.assign(**{c: pd.Series(told, out.index, dtype=out[c].dtype) for c, told in types.items()}) if changed else out
