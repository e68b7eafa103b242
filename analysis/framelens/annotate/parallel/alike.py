"""How alike two clauses are: what both tell and what only one tells, by kind, in one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log

import numpy as np
from scipy import sparse

from framelens.annotate.parallel.clauses import Clause
from framelens.annotate.parallel.words import spelt_alike

__all__ = ["names_spelt_alike", "similarities"]

_COUNTED = 0.62  # what two counts of one thing are alike at least
_MANY_TIMES = 2.5  # further apart, two numbers are hardly rival counts
_VAGUE = {"dozens": 50.0, "hundreds": 500.0, "thousands": 5000.0}  # about, to tell rivals
_LOOK = 0.25  # from here on two clauses are compared closer
LEAST = 0.5  # less counts as nothing in common
# names, source types, things, acts, numbers, words, days, counted acts, acts with whom they befall
_KINDS = {"P": 0.6, "S": 0.4, "T": 0.7, "A": 1.2, "N": 1.1, "W": 0.85, "D": 0.4, "F": 0.7, "H": 0.8}
_ALONE = {"P": 0.8}  # a name that only one tells weighs less
_SHORTER, _LONGER = 0.45, 0.15  # how much what only one of two clauses tells weighs against them
_AGAINST = 0.35  # acts that befall different groups
_OTHER_ACTS = 0.6  # no act in common
_OTHER_NUMBERS = 0.8  # one act, no number in common
_NO_ACT = 0.8  # one of the two names none
_OTHER_YEAR = 0.5  # news of the day does not name its year
_NEEDED = 3  # words in common without an act or a number
_FORCES = frozenset(("security",))


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
    return {word: _KINDS[word[0]] * log(1 + len(sentences) / n) for word, n in counts.items()}


def similarities(clauses: Sequence[Clause]) -> dict[tuple[int, int], float]:
    r"""Compare all clauses of an event; return the pairs that are alike, from 0.5 on.

    Similarity is Tversky's (1977) contrast over weighted concepts,
    :math:`s / (s + 0.45\,\min(a, b) + 0.15\,\max(a, b))`, where s is the weight of what both tell and a and b of what only one
    does; times 0.35 where one act befalls different groups, 0.8 where one act has different numbers, and 0.6 (0.8) where both
    (one or none) name acts and share none.
    """
    spelt = names_spelt_alike(clauses)
    words = [frozenset(spelt.get(w, w) for w in clause.words) for clause in clauses]
    weights = _weights(clauses, words)
    number = {word: k for k, word in enumerate(sorted(weights))}
    has = sparse.csr_matrix((
        [np.sqrt(weights[w]) for own in words for w in sorted(own)], [number[w] for own in words for w in sorted(own)],
        np.cumsum([0, *map(len, words)])), shape=(len(words), max(len(number), 1)))
    shared = sparse.triu(has @ has.T, k=1).tocoo()
    light = {word: weight * _ALONE.get(word[0], 1.0) for word, weight in weights.items()}
    whole = np.array([sum(light[w] for w in sorted(own)) for own in words])
    both = np.array([sum(light[w] for w in sorted(words[i] & words[j]))
                     for i, j in zip(shared.row.tolist(), shared.col.tolist(), strict=True)])
    a, b = whole[shared.row] - both, whole[shared.col] - both
    alike = shared.data / (shared.data + _SHORTER * np.minimum(a, b) + _LONGER * np.maximum(a, b))
    keep = alike >= _LOOK
    out: dict[tuple[int, int], float] = {}
    for i, j, value in zip(shared.row[keep].tolist(), shared.col[keep].tolist(), alike[keep].tolist(), strict=True):
        found = value * _doubt(clauses[i], clauses[j], words[i] & words[j])
        found = max(found, _COUNTED * _one_count(clauses[i], clauses[j], words[i] & words[j]))
        if found >= LEAST:
            out[i, j] = round(found, 6)
    return out


def _doubt(one: Clause, other: Clause, common: frozenset[str]) -> float:
    """Return what the acts of two clauses, and those whom they befall, leave of a similarity."""
    acts = one.acts & other.acts
    known = [act for act in acts if act in one.whom and act in other.whom]
    if known and all(one.whom[act].isdisjoint(other.whom[act]) for act in known):
        return _AGAINST
    if one.years != other.years:
        return _OTHER_YEAR
    telling = sum(word[0] in "ANWT" for word in common)
    if telling < 2 and not (telling == 1 and any(word[0] in "PS" for word in common)):
        return 0.0  # one word in common is a coincidence
    if acts:
        numbers = [{w for w in clause.words if w[0] == "N"} for clause in (one, other)]
        return _OTHER_NUMBERS if all(numbers) and numbers[0].isdisjoint(numbers[1]) else 1.0
    if telling < _NEEDED and not any(word[0] == "N" for word in common):
        return 0.0
    if (one.own_word and not one.acts) or (other.own_word and not other.acts):
        return 1.0  # what the source's own word means is told by the rest
    return _OTHER_ACTS if one.acts and other.acts else _NO_ACT


def _one_count(one: Clause, other: Clause, common: frozenset[str]) -> bool:
    """Do both report a number of those whom one act befell, of groups that may be one, in numbers that may be rivals?"""
    for act in sorted(word[2:] for word in common if word[0] == "F"):
        groups = one.whom.get(act), other.whom.get(act)
        if groups[0] and groups[1] and groups[0].isdisjoint(groups[1]):
            continue
        if (groups[0] or groups[1]) == _FORCES and groups[0] != groups[1]:
            continue
        a, b = ([_size(w[2:]) for w in clause.words if w[0] == "N"] for clause in (one, other))
        if any(x and y and max(x, y) <= _MANY_TIMES * min(x, y) for x in a for y in b):
            return True
    return False


def _size(number: str) -> float:
    return _VAGUE.get(number) or (float(number) if number.replace(".", "").isdigit() else 0.0)
