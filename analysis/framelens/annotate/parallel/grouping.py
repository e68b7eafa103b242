"""Which clauses of articles on one event tell the same: their similarity, and the groups that they form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framelens.annotate.parallel.clauses import Clause
from framelens.annotate.parallel.words import spelt_alike

__all__ = ["group_clauses", "names_spelt_alike", "similarities"]

Floats = NDArray[np.float64]
LEVEL = 0.5  # two clauses are compared further from here on
NEAREST = 0.85  # of the best match: what else of an article may tell the same
MEAN = 0.32  # what two groups must be alike on average to be joined
_KINDS = {"P": 0.7, "S": 0.4, "T": 0.7, "A": 1.2, "N": 1.0, "W": 1.0, "D": 0.4, "F": 0.7}
_WHOM = 0.8  # of an act together with whom it befalls
_SHORTER, _LONGER = 0.45, 0.15  # how much what only one of two clauses tells weighs against them
_AGAINST = 0.35  # acts that befall different groups
_OTHER_ACTS = 0.6  # no act in common
_OTHER_NUMBERS = 0.8
_NO_ACT = 0.8


def names_spelt_alike(clauses: Sequence[Clause]) -> dict[str, str]:
    """Map names of an event to one spelling: those that look alike and stand beside one other name in common.

    The spelling kept is the one that most clauses use, then the first in the alphabet.
    """
    beside: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for clause in clauses:
        names = [w for w in clause.words if w.startswith("P:")]
        counts.update(names)
        for name in names:
            beside.setdefault(name, set()).update(n for n in names if n != name)
    out: dict[str, str] = {}
    by_letter: dict[str, list[str]] = {}
    for name in sorted(beside):
        by_letter.setdefault(name[2:3], []).append(name)
    for names in by_letter.values():
        for a, b in combinations(names, 2):
            if spelt_alike(a[2:], b[2:]) and (beside[a] & beside[b]) and b not in beside[a]:
                kept, other = sorted((a, b), key=lambda name: (-counts[name], name))
                out[other] = out.get(kept, kept)
    return out


def _weights(clauses: Sequence[Clause], words: Sequence[frozenset[str]]) -> dict[str, float]:
    """Weigh each concept by how few sentences of the event have it (Spärck Jones 1972), and by its kind."""
    sentences: dict[tuple[str, int], set[str]] = {}
    for clause, own in zip(clauses, words, strict=True):
        sentences.setdefault((clause.document_id, clause.sentence), set()).update(own)
    counts = Counter(word for own in sentences.values() for word in own)
    return {word: (_WHOM if ">" in word else _KINDS[word[0]]) * float(np.log(1 + len(sentences) / n))
            for word, n in counts.items()}


def similarities(clauses: Sequence[Clause]) -> dict[tuple[int, int], float]:
    r"""Compare all clauses of an event; return the pairs that are alike, from 0.5 on.

    Similarity is Tversky's (1977) contrast over weighted concepts,
    :math:`s / (s + 0.45\,\min(a, b) + 0.15\,\max(a, b))`, where s is the weight of what both tell and a and b of what only one
    does; times 0.35 where one act befalls different groups, and times 0.6 (0.8) where both (one or none) name acts and share none.
    """
    spelt = names_spelt_alike(clauses)
    words = [frozenset(spelt.get(w, w) for w in clause.words) for clause in clauses]
    weights = _weights(clauses, words)
    number = {word: k for k, word in enumerate(sorted(weights))}
    has = sparse.csr_matrix((
        [np.sqrt(weights[w]) for own in words for w in sorted(own)], [number[w] for own in words for w in sorted(own)],
        np.cumsum([0, *map(len, words)])), shape=(len(words), max(len(number), 1)))
    shared = sparse.triu(has @ has.T, k=1).tocoo()
    whole = np.array([sum(weights[w] for w in own) for own in words])
    a, b = whole[shared.row] - shared.data, whole[shared.col] - shared.data
    alike = shared.data / (shared.data + _SHORTER * np.minimum(a, b) + _LONGER * np.maximum(a, b))
    out: dict[tuple[int, int], float] = {}
    for i, j, value in zip(shared.row.tolist(), shared.col.tolist(), alike.tolist(), strict=True):
        if value >= LEVEL:
            found = value * _doubt(clauses[i], clauses[j], words[i] & words[j])
            if found >= LEVEL:
                out[i, j] = round(found, 6)
    return out


def _doubt(one: Clause, other: Clause, common: frozenset[str]) -> float:
    """Return what the acts of two clauses, and those whom they befall, leave of a similarity."""
    acts = one.acts & other.acts
    if acts:
        known = [act for act in acts if act in one.whom and act in other.whom]
        if known and all(one.whom[act] != other.whom[act] for act in known):
            return _AGAINST
    telling = {word for word in common if word[0] in "ANWTF"}
    if len(telling) < 2 and not (len(telling) == 1 and any(word[0] in "PS" for word in common)):
        return 0.0  # one word in common is a coincidence
    if acts:
        numbers = [{w for w in clause.words if w[0] == "N"} for clause in (one, other)]
        return _OTHER_NUMBERS if all(numbers) and numbers[0].isdisjoint(numbers[1]) else 1.0
    return _OTHER_ACTS if one.acts and other.acts else _NO_ACT


def group_clauses(clauses: Sequence[Clause]) -> list[list[tuple[int, float]]]:
    """Group clauses of different articles that tell the same: each group's clauses with their similarity to its others.

    Two clauses are linked if each is the best match of the other among the clauses of its article, or nearly so; links are
    followed from the likest on, and join two groups only while these are alike on average.
    """
    alike = similarities(clauses)
    best: dict[tuple[int, str], float] = {}
    for (i, j), value in alike.items():
        for one, other in ((i, j), (j, i)):
            key = (one, clauses[other].document_id)
            best[key] = max(best.get(key, 0.0), value)
    links = [(value, i, j) for (i, j), value in alike.items() if clauses[i].document_id != clauses[j].document_id and (
        value >= NEAREST * best[i, clauses[j].document_id] and value >= NEAREST * best[j, clauses[i].document_id])]
    group = list(range(len(clauses)))
    members: dict[int, list[int]] = {i: [i] for i in group}
    for _value, i, j in sorted(links, key=lambda link: (-link[0], link[1:])):
        a, b = group[i], group[j]
        if a != b and _mean(members[a], members[b], alike) >= MEAN:
            for k in members[b]:
                group[k] = a
            members[a] += members.pop(b)
    return [[(k, _own(k, found, alike)) for k in sorted(found)] for found in members.values()
            if len({clauses[k].document_id for k in found}) > 1]


def _mean(one: Sequence[int], other: Sequence[int], alike: Mapping[tuple[int, int], float]) -> float:
    return sum(alike.get((min(i, j), max(i, j)), 0.0) for i in one for j in other) / (len(one) * len(other))


def _own(at: int, found: Sequence[int], alike: Mapping[tuple[int, int], float]) -> float:
    """Return how alike a clause is to the likest other of its group."""
    return max(alike.get((min(at, k), max(at, k)), 0.0) for k in found if k != at)
