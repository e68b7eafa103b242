"""Which clauses of articles on one event tell the same: the groups that they form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framelens.annotate.parallel.alike import similarities
from framelens.annotate.parallel.clauses import Clause

__all__ = ["group_clauses"]

NEAREST = 0.6  # of the best match: what else of an article may tell the same
MEAN = 0.3  # what two groups must be alike on average to be joined


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
