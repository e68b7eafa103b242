"""Which clauses of articles on one event tell the same: the groups that they form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from framelens.annotate.parallel.alignment import Word, align, evenness, word
from framelens.annotate.parallel.alike import similarities
from framelens.annotate.parallel.clauses import Clause
from framelens.text.reading.stream import Stream

__all__ = ["group_clauses"]

NEAREST = 0.6  # of the best match: what else of an article may tell the same
EVEN = 0.6  # of the words of two sentences, in order: then their clauses tell the same whatever their other words
FEWEST = 7  # words of such a sentence
COMMON = 3  # even words of two of their clauses
MEAN = 0.3  # what two groups must be alike on average to be joined


def group_clauses(clauses: Sequence[Clause]) -> list[list[tuple[int, float]]]:
    """Group clauses of different articles that tell the same: each group's clauses with their similarity to its others.

    Two clauses are linked if each is the best match of the other among the clauses of its article, or nearly so; links are
    followed from the likest on, and join two groups only while these are alike on average.
    """
    alike = similarities(clauses)
    for pair, value in _even_clauses(clauses).items():
        alike[pair] = max(alike.get(pair, 0.0), value)
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


def _even_clauses(clauses: Sequence[Clause]) -> dict[tuple[int, int], float]:
    """Pair the clauses of sentences that run word by word beside each other, as those of a copy and its model do."""
    sentences: dict[tuple[str, int], list[int]] = {}
    for k, clause in enumerate(clauses):
        sentences.setdefault((clause.document_id, clause.sentence), []).append(k)
    read = [(key, own, *_words_of(clauses[own[0]].stream)) for key, own in sorted(sentences.items())]
    bags = [Counter(w.sense for w in words) for _, _, _, words in read]
    out: dict[tuple[int, int], float] = {}
    for a, b in combinations(range(len(read)), 2):
        (one, left, left_items, x), (other, right, right_items, y) = read[a], read[b]
        if one[0] == other[0] or min(len(x), len(y)) < FEWEST or 2 * (bags[a] & bags[b]).total() < EVEN * (len(x) + len(y)):
            continue
        pairs = align(x, y)
        even = evenness(x, y, pairs)
        if even < EVEN:
            continue
        beside = Counter((i, j) for p in pairs if p.left >= 0 and p.right >= 0 and x[p.left].sense == y[p.right].sense
                         for i in left if clauses[i].low <= left_items[p.left] < clauses[i].high
                         for j in right if clauses[j].low <= right_items[p.right] < clauses[j].high)
        for i in left:
            count, j = max(((beside[i, j], -j) for j in right), default=(0, 0))
            if count >= COMMON:
                out[min(i, -j), max(i, -j)] = even
    return out


def _words_of(stream: Stream) -> tuple[list[int], list[Word]]:
    items = [k for k, norm in enumerate(stream.norms) if norm[0].isalnum()]
    return items, [word(stream.norms[k], stream.codes[k]) for k in items]


def _mean(one: Sequence[int], other: Sequence[int], alike: Mapping[tuple[int, int], float]) -> float:
    return sum(alike.get((min(i, j), max(i, j)), 0.0) for i in one for j in other) / (len(one) * len(other))


def _own(at: int, found: Sequence[int], alike: Mapping[tuple[int, int], float]) -> float:
    """Return how alike a clause is to the likest other of its group."""
    return max(alike.get((min(at, k), max(at, k)), 0.0) for k in found if k != at)
