"""Candidates for a lexicon: words that stand where its labels stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.lexicon import Lexicon
from framelens.text.inflect import noun_forms
from framelens.text.view import Sentence, View, read_views
from framelens.text.wordclass import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, is_adverb

__all__ = ["find_candidates"]

COLUMNS = ("candidate", "forms", "score", "frequency", "n_documents", "slots", "nearest", "similarity", "group")
_CLOSED = (DETERMINERS | PRONOUNS | AUXILIARIES | PREPOSITIONS | SUBORDINATORS
           | frozenset("and or nor yet there here then now own same other than too very up down out off back again what how "
                       "why".split()))
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|['-]){2,}")
_SPACE = re.compile(r"\s+")
_EDGE, _NUMBER = "·", "#"  # beyond punctuation or the sentence; a numeral
_PRIOR = 2.0  # occurrences' worth of doubt in a slot
_NEIGHBOURS = 5  # known labels that vote on the group
_SHOWN = 3  # slots that are named
_SLOT = {"L": "{0} _", "R": "_ {0}", "B": "{0} _ {1}", "LL": "{0} {1} _", "RR": "_ {0} {1}"}
Slot = tuple[str, ...]
Known = tuple[str, str, str]  # term, group, stance


@dataclass
class _Counts:
    """What is counted of a corpus: slots of known labels and of all other words, and where these stand."""

    known: dict[Known, Counter[Slot]] = field(default_factory=lambda: defaultdict(Counter))
    others: dict[str, Counter[Slot]] = field(default_factory=lambda: defaultdict(Counter))
    frequency: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)  # with a capital within a sentence
    within: Counter[str] = field(default_factory=Counter)  # within a sentence at all
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def find_candidates(annotations: Annotations, *, lexicon: Lexicon | None = None, group: str | None = None, min_count: int = 3,
                    max_words: int = 2, n: int = 100) -> pd.DataFrame:
    r"""Find words that stand in the slots of known labels ("the _ said", "dozens of _") and are no label yet.

    A slot is the word before, the word after, both, or the two before or behind; punctuation and the sentence end it. Each
    word, and all known labels together, have a vector of positive pointwise mutual information with the slots,
    :math:`\max(0, \log_2 \frac{n_{ws} N}{n_w n_s})`, and a candidate's score is the cosine of its vector with that of the
    labels (Turney and Pantel 2010). The group is suggested by the five labels with the most similar vectors, weighted by their
    cosines; no stance is: opponents' words for one another stand in the same slots.

    Parameters
    ----------
    annotations : Annotations
        With texts; its ``mentions`` are the labels known, of whatever lexicon.
    lexicon : Lexicon, optional
        Forms of its terms are no candidates, also where conditions turned them away.
    group : str, optional
        Take the labels of this group alone for known slots. Labels of other groups are no candidates either.
    min_count : int
        Occurrences that a candidate needs, all forms together.
    max_words : {1, 2}
        With 2, pairs of words too ("civic patrol"); also a word before a known label ("hired protesters").
    n : int
        Rows wanted, the highest scores first.

    Returns
    -------
    DataFrame
        A row a candidate, the highest score first. ``candidate, forms`` (those found), ``score`` (0 to 1), ``frequency,
        n_documents, slots`` (those of its slots in which labels stand more often than words at large, the most telling first,
        with counts), ``nearest`` (the known label with the most similar slots), ``similarity`` (its cosine, 0 to 1), ``group``.
        Read them in context: names, function words and numbers are left out, but verbs and objects of all kinds stay.

    Raises
    ------
    SchemaError
        The bundle is text-free, there are no labels (of that group), or an option is out of range.

    References
    ----------
    Riloff, E., & Shepherd, J. (1997). A corpus-based approach for building semantic lexicons. Proceedings of EMNLP, 117–124.
    Turney, P. D., & Pantel, P. (2010). From frequency to meaning: Vector space models of semantics. Journal of Artificial
    Intelligence Research, 37, 141–188.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> texts = ["Dozens of protesters threw stones. Dozens of ruffos threw bottles.",
    ...          "The protesters fled. The ruffos fled north.", "The rioters fled. Police saw the ruffos and a red bus."]
    >>> documents = pd.DataFrame({"document_id": list("abc"), "outlet": "Post", "text": texts})
    >>> find_candidates(annotate(documents), n=1)[["candidate", "frequency", "n_documents", "group"]].values.tolist()
    [['ruffos', 3, 3, 'protesters']]
    """
    if annotations.form != "full":
        raise SchemaError("A text-free bundle holds no words in context. Find candidates from the texts.")
    for name, value, low in (("min_count", min_count, 1), ("n", n, 1), ("max_words", max_words, 1)):
        if value < low or (name == "max_words" and value > 2):
            raise SchemaError(f"{name} is {'1 or 2' if name == 'max_words' else f'{low} or more'}, not {value}.")
    counts = _count(annotations, group, max_words)
    if not counts.known:
        groups = ", ".join(sorted(set(annotations.mentions["group"]))) or "none"
        of = f" of group {group!r}" if group else ""
        raise SchemaError(f"There is no label{of} whose slots could be sought. Groups with labels: {groups}.")
    terms = {" ".join(form) for term in lexicon.terms for form in term.forms} if lexicon else set()
    merged = {name: forms for name, forms in _merge_forms(counts, min_count).items() if terms.isdisjoint(forms)}
    return _rank(counts, merged, n)


def _count(annotations: Annotations, group: str | None, max_words: int) -> _Counts:
    """Count the slots of known labels, and of the words that might be some."""
    counts = _Counts()
    labels: dict[str, list[tuple[int, int, Known]]] = {}
    table = annotations.mentions
    for document_id, start, end, *known in zip(*(table[c].tolist() for c in (
            "document_id", "start", "end", "term", "group", "stance")), strict=True):
        labels.setdefault(document_id, []).append((start, end, (known[0], known[1], known[2])))
    for view in read_views(annotations.documents, annotations.zones):
        taken: dict[int, bool] = {}  # word → whether it ends a label
        for start, end, label in labels.get(view.document_id, ()):
            span = range(bisect_left(view.starts, start), bisect_left(view.starts, end))
            taken |= {i: i == span[-1] for i in span}
            at = view.sentence_at(start)
            if at is not None and group in (None, label[1]):
                counts.known[label].update(_slots(view, view.sentences[at], span[0], span[-1] + 1))
        for sentence in view.sentences:
            for first, last in _spans(view, sentence, taken, max_words):
                name = " ".join(view.words[first:last])
                counts.others[name].update(_slots(view, sentence, first, last))
                counts.frequency[name] += 1
                counts.documents[name].add(view.document_id)
                if first > sentence.first:
                    counts.within[name] += 1
                    counts.capital[name] += view.surfaces[first][0].isupper()
    return counts


def _spans(view: View, sentence: Sentence, taken: dict[int, bool], max_words: int) -> Iterator[tuple[int, int]]:
    """Yield the words and pairs of a sentence that are no labels: pairs may end in one."""
    open_ = [_LETTERS.fullmatch(w) is not None and w not in _CLOSED and not is_adverb(w)
             for w in view.words[sentence.first:sentence.last]]
    for i, fits in enumerate(open_):
        first = sentence.first + i
        if not fits or first in taken:
            continue
        yield first, first + 1
        if (max_words > 1 and i + 1 < len(open_) and open_[i + 1] and taken.get(first + 1, True)
                and _SPACE.fullmatch(view.gaps[first + 1]) and (first + 1 not in taken or first + 2 not in taken)):
            yield first, first + 2


def _slots(view: View, sentence: Sentence, first: int, last: int) -> Iterator[Slot]:
    """Yield the slots in which the words ``[first, last)`` stand."""

    def beside(at: int, step: int) -> str:
        """Return the word there, unless punctuation or the end of the sentence stands between."""
        gap = view.gaps[at if step > 0 else at + 1]
        if not sentence.first <= at < sentence.last or not _SPACE.fullmatch(gap):
            return _EDGE
        return _NUMBER if view.words[at][0].isdigit() else view.words[at]

    before, after = beside(first - 1, -1), beside(last, 1)
    yield "L", before
    yield "R", after
    yield "B", before, after
    if before != _EDGE:
        yield "LL", beside(first - 2, -1), before
    if after != _EDGE:
        yield "RR", after, beside(last + 1, 1)


def _merge_forms(counts: _Counts, min_count: int) -> dict[str, list[str]]:
    """Bring singular and plural together; leave out what is rare, or a name by its capitals."""
    base = {}
    for name in counts.frequency:
        *lead, head = name.split()
        for form in noun_forms(head)[1:]:
            base[" ".join([*lead, form])] = name
    forms: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts.frequency):
        one = base.get(name, name)
        forms[one if one in counts.frequency else name].append(name)

    def kept(names: list[str]) -> bool:
        within, capital = (sum(of[name] for name in names) for of in (counts.within, counts.capital))
        return sum(counts.frequency[name] for name in names) >= min_count and (capital < within / 2 or not within)

    return {names[0] if len(names) == 1 else name: names for name, names in forms.items() if kept(names)}


def _rank(counts: _Counts, merged: dict[str, list[str]], n: int) -> pd.DataFrame:
    """Score the candidates by their slots, and name the known labels that share most of them."""
    slots = {slot: i for i, slot in enumerate(dict.fromkeys(
        s for part in (counts.known, counts.others) for of in part.values() for s in of))}
    known = _matrix(list(counts.known.values()), slots)
    pooled = [sum((counts.others[form] for form in forms), Counter()) for forms in merged.values()]
    found = _matrix(pooled, slots)
    everything = np.asarray(known.sum(0)).ravel()
    labels = everything.copy()
    for of in counts.others.values():
        for slot, times in of.items():
            everything[slots[slot]] += times
    share = labels.sum() / everything.sum()
    weight = np.log2((labels + _PRIOR * share) / (everything + _PRIOR) / share)
    near = _cosines(found, known, everything)
    score = _cosines(found, sparse.csr_matrix(known.sum(0)), everything).ravel()
    rows = []
    names, terms = list(merged.items()), list(counts.known)
    order = sorted(range(len(names)), key=lambda i: (-score[i], names[i][0]))[:n]
    for i in order:
        name, forms = names[i]
        best = np.argsort(-near[i], kind="stable")[:_NEIGHBOURS]
        votes: dict[str, float] = defaultdict(float)
        for j in best:
            votes[terms[j][1]] += float(near[i, j])
        group = max(votes, key=lambda vote: votes[vote]) if near[i, best[0]] > 0 else ""
        spoke = sorted(((times * weight[slots[s]], s, times) for s, times in pooled[i].items() if weight[slots[s]] > 0),
                       key=lambda item: (-item[0], item[1]))[:_SHOWN]
        told = "; ".join(f"{_SLOT[s[0]].format(*s[1:])} ({times})" for _, s, times in spoke)
        rows.append((name, ", ".join(forms), float(score[i]), sum(counts.frequency[f] for f in forms),
                     len(set().union(*(counts.documents[f] for f in forms))), told, terms[best[0]][0] if group else "",
                     float(near[i, best[0]]), group))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _matrix(rows: list[Counter[Slot]], slots: dict[Slot, int]) -> sparse.csr_matrix:
    cells = [(i, slots[slot], times) for i, row in enumerate(rows) for slot, times in row.items()]
    i, j, values = (np.array(part) for part in zip(*cells, strict=True)) if cells else (np.zeros(0, int),) * 3
    return sparse.csr_matrix((values.astype(float), (i, j)), shape=(len(rows), len(slots)))


def _cosines(found: sparse.csr_matrix, known: sparse.csr_matrix, everything: np.ndarray) -> np.ndarray:
    """Return the cosine of each candidate with each known label, of positive PMI vectors."""

    def vectors(counts: sparse.csr_matrix) -> sparse.csr_matrix:
        rows = np.asarray(counts.sum(1)).ravel()
        cells = counts.tocoo()
        pmi = np.log2(cells.data * everything.sum() / (rows[cells.row] * everything[cells.col]))
        out = sparse.csr_matrix((np.maximum(pmi, 0), (cells.row, cells.col)), shape=counts.shape)
        length = np.sqrt(np.asarray(out.multiply(out).sum(1)).ravel())
        return sparse.diags(1 / np.where(length > 0, length, 1)) @ out

    return np.asarray((vectors(found) @ vectors(known).T).todense())
