"""What speaks for and against two clauses of different articles telling the same: one number for each kind of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framelens.annotate.parallel.clauses import Clause
from framelens.annotate.parallel.words import fold, spelt_alike

__all__ = ["EVIDENCE", "Sentence", "compare", "names_spelt_alike", "sentences_of"]

EVIDENCE = ("sentence", "concepts", "telling", "acts", "numbers", "forms", "words", "main_verb", "speaker", "whom", "counts",
            "lead", "denial", "far_counts")
Sentence = tuple[str, int]
Floats = NDArray[np.float64]
# acts, numbers, words, things, names, acts with whom they befall, counted acts, days, speakers, source types
_KINDS = {"A": 1.1, "N": 1.1, "W": 0.9, "T": 0.8, "P": 0.8, "H": 0.6, "F": 0.5, "D": 0.4, "Q": 0.3, "S": 0.2}
_SHORTER, _LONGER = 0.45, 0.15  # how much what only one of two tells weighs against them
_LOOK = 0.12  # clauses less alike are not looked at
_LEAD = 2  # headline and first sentence
_MANY_TIMES = 2.5  # further apart, two numbers are hardly rival counts
_VAGUE = {"dozens": 50.0, "hundreds": 500.0, "thousands": 5000.0}  # about, to tell rivals
_FORCES = frozenset(("security",))


def sentences_of(clauses: Sequence[Clause]) -> dict[Sentence, list[int]]:
    """Give the clauses of each sentence by number."""
    out: dict[Sentence, list[int]] = {}
    for k, clause in enumerate(clauses):
        out.setdefault((clause.document_id, clause.sentence), []).append(k)
    return out


def names_spelt_alike(clauses: Sequence[Clause]) -> dict[str, str]:
    """Map names of an event to one spelling: those that look alike and stand beside one other name in common.

    The spelling kept is the one that most clauses use, then the first in the alphabet.
    """
    beside: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for clause in clauses:
        names = {w[2:] for w in clause.words if w[0] in "PQ"}
        counts.update(names)
        for name in names:
            beside.setdefault(name, set()).update(names - {name})
    likest: dict[str, str] = {}
    usual = {name: k for k, name in enumerate(sorted(beside, key=lambda name: (-counts[name], name)))}
    for _, found in groupby(sorted(beside), key=lambda name: name[:1]):
        for a, b in combinations(found, 2):
            if spelt_alike(a, b) and (beside[a] & beside[b]) and b not in beside[a]:
                kept, other = sorted((a, b), key=usual.__getitem__)
                likest[other] = min(kept, likest.get(other, kept), key=usual.__getitem__)
    out: dict[str, str] = {}
    for name in sorted(likest, key=usual.__getitem__):  # the usual first, so that a spelling of a spelling is the name's
        out[name] = out.get(likest[name], likest[name])
    return out


@dataclass(frozen=True)
class _Bags:
    """Bags of concepts as matrices over one vocabulary: which each has, and how much each weighs in its article."""

    has: sparse.csr_matrix
    weighs: sparse.csr_matrix

    def shared(self, low: int, high: int) -> Floats:
        """Weigh what each of the bags ``low`` to ``high`` shares with each behind: the mean of its weights in both articles."""
        some, rest = slice(low, high), slice(high, None)
        both = self.weighs[some] @ self.has[rest].T + self.has[some] @ self.weighs[rest].T
        return np.asarray(both.todense(), dtype=np.float64) / 2

    def contrast(self, low: int, high: int) -> Floats:
        """Compare the bags ``low`` to ``high`` with those behind (Tversky 1977)."""
        s = self.shared(low, high)
        whole = np.asarray(self.weighs.sum(axis=1), dtype=np.float64).ravel()
        a, b = np.maximum(whole[low:high, None] - s, 0), np.maximum(whole[None, high:] - s, 0)
        both = s + _SHORTER * np.minimum(a, b) + _LONGER * np.maximum(a, b)
        return np.divide(s, both, out=np.zeros_like(s), where=both > 0)


def _bags(bags: Sequence[frozenset[str]], of: Sequence[str], weight: Callable[[str, str], float]) -> _Bags:
    """Lay out the bags of the articles ``of`` as matrices; ``weight`` gives that of a concept in an article, 0 leaves it out."""
    kept = [[(w, x) for w in sorted(bag) if (x := weight(article, w))] for bag, article in zip(bags, of, strict=True)]
    number: dict[str, int] = {}
    columns = [number.setdefault(w, len(number)) for bag in kept for w, _ in bag]
    ends, shape = np.cumsum([0, *map(len, kept)]), (len(kept), max(len(number), 1))
    has, weighs = (sparse.csr_matrix((np.array(data, dtype=np.float64), columns, ends), shape=shape)
                   for data in ([1.0] * len(columns), [x for bag in kept for _, x in bag]))
    return _Bags(has, weighs)


def _distinctness(sentences: Mapping[Sentence, frozenset[str]]) -> dict[str, dict[str, float]]:
    """Weigh each concept in each article by how few of its sentences have it, from 1, a single one, downwards.

    The inverse frequency of Spärck Jones (1972) within the article: what each article tells once is what they have in common.
    """
    counts: dict[str, Counter[str]] = {}
    lengths: Counter[str] = Counter()
    for (document_id, _), bag in sentences.items():
        counts.setdefault(document_id, Counter()).update(bag)
        lengths[document_id] += 1
    return {name: {word: log(1 + lengths[name] / n) / log(1 + lengths[name]) for word, n in own.items()}
            for name, own in counts.items()}


def _respelt(word: str, spelt: Mapping[str, str]) -> str:
    return word[:2] + spelt.get(word[2:], word[2:]) if word[0] in "PQ" else word


class _Event:
    """The clauses of an event, laid out to be compared."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.spelt = names_spelt_alike(clauses)
        self.bags = [frozenset(_respelt(w, self.spelt) for w in clause.words) for clause in clauses]
        own = sentences_of(clauses)
        told = {key: frozenset().union(*(self.bags[k] for k in ks)) for key, ks in own.items()}
        distinct = _distinctness(told)
        of, heads = [clause.document_id for clause in clauses], [name for name, _ in own]
        place = {key: k for k, key in enumerate(own)}
        self.at = np.array([place[clause.document_id, clause.sentence] for clause in clauses], dtype=np.int64)

        def known(article: str, word: str) -> float:
            return _KINDS[word[0]] * distinct[article][word]

        def of_kind(letters: str, plain: bool = False) -> Callable[[str, str], float]:
            return lambda article, word: (1.0 if plain else distinct[article][word]) if word[0] in letters else 0.0

        forms = [frozenset(f"{concept} {stem}" for concept, stem in clause.told if concept[0] in "ATW") for clause in clauses]
        self.all, self.sentences = _bags(self.bags, of, known), _bags(list(told.values()), heads, known)
        self.words = _bags([clauses[ks[0]].senses for ks in own.values()], heads, lambda article, word: 1.0)
        self.shared = {
            "concepts": _bags(self.bags, of, of_kind("ANWTP")), "acts": _bags(self.bags, of, of_kind("A")),
            "numbers": _bags(self.bags, of, of_kind("N")), "telling": _bags(self.bags, of, of_kind("ANWT", plain=True)),
            "forms": _bags(forms, of, lambda article, word: distinct[article][word.partition(" ")[0]])}

    def articles(self) -> Iterator[tuple[int, int]]:
        """Yield where the clauses of each article begin and end."""
        low = 0
        for _, found in groupby(self.clauses, key=lambda clause: clause.document_id):
            high = low + sum(1 for _ in found)
            yield low, high
            low = high

    def evidence(self, low: int, high: int) -> tuple[list[tuple[int, int]], Floats]:
        """Compare the clauses ``low`` to ``high``, of one article, with those behind."""
        rows, columns = np.nonzero(self.all.contrast(low, high) >= _LOOK)
        first, last = int(self.at[low]), int(self.at[high - 1]) + 1
        where = self.at[low:high][rows] - first, self.at[high:][columns] - last
        taken = {name: bags.shared(low, high)[rows, columns] for name, bags in self.shared.items()}
        taken["sentence"] = self.sentences.contrast(first, last)[where]
        taken["words"] = _dice(self.words, first, last)[where]
        pairs = list(zip((rows + low).tolist(), (columns + high).tolist(), strict=True))
        signs = [self._signs(i, j) for i, j in pairs]
        return pairs, np.column_stack([taken[name] if name in taken else np.array([float(s[name]) for s in signs])
                                       for name in EVIDENCE])

    def _signs(self, i: int, j: int) -> dict[str, bool]:
        """Tell which signs two clauses have that they tell the same, or not."""
        one, other = self.clauses[i], self.clauses[j]
        common = self.bags[i] & self.bags[j]
        numbers, denied = ([{w for w in self.bags[k] if w.startswith(start)} for k in (i, j)] for start in ("N:", "A:no "))
        counts = _one_count(one, other, common)
        speakers = [self._speaker(clause) for clause in (one, other)]
        return {
            "main_verb": one.main is not None and one.main == other.main,
            "speaker": speakers[0] is not None and speakers[0] == speakers[1],
            "whom": any(not one.whom[act].isdisjoint(other.whom[act]) for act in one.whom.keys() & other.whom.keys()),
            "counts": counts,
            "lead": one.sentence < _LEAD and other.sentence < _LEAD,
            "denial": bool(denied[0]) != bool(denied[1]),
            "far_counts": not counts and all(numbers) and numbers[0].isdisjoint(numbers[1]) and any(w[0] == "F" for w in common)}

    def _speaker(self, clause: Clause) -> str | None:
        name = clause.speech["source_name"] if clause.speech is not None else None
        last = fold(name).split()[-1] if name else None
        return self.spelt.get(last, last) if last else None


def _dice(words: _Bags, low: int, high: int) -> Floats:
    """Return the share of the words that sentences ``low`` to ``high`` have in common with those behind (Dice 1945)."""
    sizes = np.asarray(words.has.sum(axis=1), dtype=np.float64).ravel()
    return 2 * words.shared(low, high) / np.maximum(sizes[low:high, None] + sizes[None, high:], 1)


def compare(clauses: Sequence[Clause]) -> tuple[list[tuple[int, int]], Floats]:
    r"""Compare the clauses of an event, which stand by article; return the pairs with something in common, and their evidence.

    Columns are those of :data:`EVIDENCE`, described in ``parallel_weights.csv``. ``sentence`` is Tversky's (1977) contrast of
    what two sentences tell, :math:`s / (s + 0.45\,\min(a, b) + 0.15\,\max(a, b))`, where s is the weight of what both tell and a
    and b of what only one does.
    """
    if not clauses:
        return [], np.empty((0, len(EVIDENCE)))
    event = _Event(clauses)
    found = [event.evidence(low, high) for low, high in event.articles() if high < len(clauses)]
    return [pair for pairs, _ in found for pair in pairs], np.vstack([*(rows for _, rows in found), np.empty((0, len(EVIDENCE)))])


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
