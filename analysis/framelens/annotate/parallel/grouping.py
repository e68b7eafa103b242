"""Which clauses of articles on one event tell the same: the groups that they form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import exp, log

from framelens.annotate.parallel.alignment import longest_rising
from framelens.annotate.parallel.alike import apart, log_odds
from framelens.annotate.parallel.clauses import Clause
from framelens.annotate.parallel.evidence import sentences_of

__all__ = ["LEAST", "group_clauses"]

Pair = tuple[int, int]
LEAST = 0.8  # probability from which on two clauses are linked
_SLACK = 0.75  # log odds by which the mean of two groups may be below that of a link
_AGAIN = 0.5  # log odds above a link that clauses of different groups must have to be linked again
_UNLIKE = -4.0  # log odds of clauses with nothing in common, and no less
_COPY = 4.0  # log odds of a copied clause and its model
EVEN = 0.5  # of the words of two sentences in common: a sentence and its model, where others of the two articles follow suit
ALONE = 0.65  # where none does
_FEWEST = 7  # words of a sentence that is a copy by itself
_RUN = 3  # sentences in the same order that make an article beside another
_COMMON = 2  # even words of two clauses of such sentences


def group_clauses(clauses: Sequence[Clause], least: float = LEAST) -> list[list[tuple[int, float]]]:
    """Group clauses of different articles that tell the same: each group's clauses with their similarity to its others.

    Clauses are linked from the likest on, down to a probability of ``least``. A link joins two groups only if the mean log odds
    of all their pairs in different articles are hardly less (average linkage, Sokal and Michener 1958): what is like one of a
    group and unlike the others stays out.

    What is left over, links of clauses that stand in different groups, is grouped once more: who tells of two things in one
    clause stands in two statements.
    """
    odds = _with_copies(clauses, log_odds(clauses))
    link = log(least / (1 - least))
    links = sorted((-value, i, j) for (i, j), value in odds.items() if value >= link)
    found = _joined(clauses, links, odds, link - _SLACK)
    inside = {pair for members in found for pair in combinations(members, 2)}
    left = [one for one in links if -one[0] >= link + _AGAIN and one[1:] not in inside]
    found += _joined(clauses, left, odds, link - _SLACK)
    return [[(k, _own(k, members, odds)) for k in members] for members in found]


def _joined(clauses: Sequence[Clause], links: Sequence[tuple[float, int, int]], odds: Mapping[Pair, float],
            least: float) -> list[list[int]]:
    """Join the clauses that are linked, from the first link on, while the mean of two groups is ``least``; give those joined."""
    group = list(range(len(clauses)))
    members: dict[int, list[int]] = {i: [i] for i in group}
    for _, i, j in links:
        a, b = group[i], group[j]
        if a != b and _mean(clauses, members[a], members[b], odds) >= least:
            for k in members[b]:
                group[k] = a
            members[a] += members.pop(b)
    return [sorted(found) for found in members.values() if len({clauses[k].document_id for k in found}) > 1]


def _with_copies(clauses: Sequence[Clause], odds: Mapping[Pair, float]) -> dict[Pair, float]:
    """Add copied clauses and their models: surely alike, and each as like to any other clause as the other is."""
    out = dict(odds)
    copies = sorted(_copied_clauses(clauses))
    beside: dict[int, dict[int, float]] = {k: {} for pair in copies for k in pair}
    for (i, j), value in odds.items():
        for k, other in ((i, j), (j, i)):
            if k in beside:
                beside[k][other] = value
    for i, j in copies:
        for k, model in ((i, j), (j, i)):
            for other, value in beside[model].items():
                if clauses[other].document_id != clauses[k].document_id:
                    pair = (min(k, other), max(k, other))
                    out[pair] = max(out.get(pair, _UNLIKE), value)
    return out | {pair: max(out.get(pair, _UNLIKE), _COPY) for pair in copies}


def _copied_clauses(clauses: Sequence[Clause]) -> Iterator[Pair]:
    """Yield the clauses of sentences that run beside each other in order in two articles, as those of a rewriting do."""
    own = sentences_of(clauses)
    of: dict[str, list[tuple[str, int]]] = {}
    for key in own:
        of.setdefault(key[0], []).append(key)
    senses = {key: clauses[ks[0]].senses for key, ks in own.items()}
    for one, other in combinations(sorted(of), 2):
        found = []
        for a in of[one]:
            even, at = max((_dice(senses[a], senses[b]), -k) for k, b in enumerate(of[other]))
            if even >= EVEN:
                found.append((a, -at, even))
        run = [found[k] for k in longest_rising([at for _, at, _ in found])]
        for a, at, even in run:
            b = of[other][at]
            if len(run) >= _RUN or (even >= ALONE and min(len(senses[a]), len(senses[b])) >= _FEWEST):
                yield from _beside(clauses, own[a], own[b])


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _beside(clauses: Sequence[Clause], left: Sequence[int], right: Sequence[int]) -> Iterator[Pair]:
    """Pair each clause of a sentence with that of its model that it has most concepts and forms in common with."""
    for i in left:
        common = Counter({j: len(set(clauses[i].told) & set(clauses[j].told)) for j in right})
        j = max(right, key=lambda k: (common[k], -k))
        if (common[j] >= _COMMON or len(left) == len(right) == 1) and not apart(clauses[i], clauses[j]):
            yield i, j


def _mean(clauses: Sequence[Clause], one: Sequence[int], other: Sequence[int], odds: Mapping[Pair, float]) -> float:
    values = [max(_UNLIKE, odds.get((min(i, j), max(i, j)), _UNLIKE)) for i in one for j in other
              if clauses[i].document_id != clauses[j].document_id]
    return sum(values) / len(values)


def _own(at: int, found: Sequence[int], odds: Mapping[Pair, float]) -> float:
    """Return how surely a clause tells the same as the likest other of its group."""
    best = max(odds.get((min(at, k), max(at, k)), _UNLIKE) for k in found if k != at)
    return 1 / (1 + exp(-best))
