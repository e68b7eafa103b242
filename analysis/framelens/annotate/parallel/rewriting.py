"""What looks rewritten: quotations in other words than another outlet's, articles that run word by word beside another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from framelens.annotate.parallel.alignment import Word, align, evenness, longest_rising, substitutions, word
from framelens.annotate.parallel.words import fold, news_stems, spelt_alike, stem
from framelens.text.reading.stream import Reader
from framelens.text.view import View

__all__ = ["Article", "Quotation", "Run", "find_runs", "oddness", "read_article", "rewritten_pairs"]

EVEN = 0.5  # of the words of two quotations of one speaker, or of two sentences, that must be even
SHARED = 0.34  # of the telling words of the shorter quotation, where word by word they are not
FEWEST = 4  # words of a quotation or a sentence that is compared
COVERED = 0.4  # of an article's sentences that run beside another's
REPLACED = 5  # words replaced in otherwise even sentences
COPIED = 0.97  # of the words: no rewriting but a copy
_TELLING = frozenset("NSPJdvzneg0")
_SMALL = frozenset("be is are was were been have has had do does did will would not say said so very".split())


@dataclass(frozen=True)
class Quotation:
    """A quotation: offsets with its marks, the speaker's name as it is compared, source type, words."""

    document_id: str
    start: int
    end: int
    speaker: str
    source_name: str | None
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Article:
    """An article's sentences as words to be aligned, and its quotations."""

    document_id: str
    sentences: Sequence[tuple[Word, ...]]
    quotations: Sequence[Quotation]
    norms: frozenset[str]


@dataclass(frozen=True)
class Run:
    """How far an article runs beside another.

    ``sentences`` in order ``of`` those of the shorter, words ``replaced``, how many of them by or for a name (``names``), and how
    ``even`` these sentences are on average.
    """

    sentences: int
    of: int
    replaced: tuple[tuple[str, str], ...]
    names: int
    even: float


def read_article(view: View, voice: Sequence[Mapping[str, Any]], told: Mapping[str, Mapping[str, Any]]) -> Article:
    """Read one article for comparison.

    Parameters
    ----------
    view : View
        The article.
    voice : sequence of rows
        Its rows of ``voice``, in order.
    told : mapping of attribution_id to row
        Its attributions.
    """
    streams = Reader(view, frozenset()).plain(lambda words: True)
    items = [(start, word(norm, code)) for stream in streams
             for start, norm, code in zip(stream.starts, stream.norms, stream.codes, strict=True) if norm[0].isalnum()]
    starts = [start for start, _ in items]
    sentences = [tuple(w for _, w in items[bisect_left(starts, s.sentence.start):bisect_left(starts, s.sentence.end)])
                 for s in streams if s.sentence.zone == "body"]
    quotes = []
    for row in voice:
        if row["voice"] != "direct" or row["attribution_id"] not in told:
            continue
        source = told[row["attribution_id"]]["source_name"]
        words = tuple(w for _, w in items[bisect_left(starts, row["start"]):bisect_left(starts, row["end"])])
        if len(words) >= FEWEST and source:
            quotes.append(Quotation(view.document_id, row["start"], row["end"], _surname(source), source, words))
    return Article(view.document_id, [s for s in sentences if len(s) >= FEWEST], quotes, frozenset(view.words))


def _surname(source: str) -> str:
    return fold(source).split()[-1]


def _quoted_pairs(articles: Sequence[Article]) -> Iterator[tuple[Quotation, Quotation, float]]:
    """Yield the pairs of quotations in different articles that one speaker is said to have said, with how even they are."""
    for one, other in combinations(sorted(articles, key=lambda a: a.document_id), 2):
        for a in one.quotations:
            for b in other.quotations:
                if a.speaker == b.speaker or spelt_alike(a.speaker, b.speaker):
                    yield a, b, max(_even(a.words, b.words), _shared(a.words, b.words))


def _shared(a: Sequence[Word], b: Sequence[Word]) -> float:
    """Return 0.5 and more where the shorter of two quotations has a third and two or more of its telling words in the other."""
    left, right = ({w.sense for w in words if w.code in _TELLING and w.norm not in _SMALL} for words in (a, b))
    both = len(left & right)
    least = min(len(left), len(right))
    return EVEN + 0.4 * both / least if both >= 2 and both >= SHARED * least else 0.0


def rewritten_pairs(articles: Sequence[Article]) -> list[tuple[Quotation, Quotation, float]]:
    """Return the pairs of one speaker and content in different words: of each quotation the likest of another article."""
    found = [(a, b, even) for a, b, even in _quoted_pairs(articles) if even >= EVEN]
    best: dict[tuple[str, int, str], float] = {}
    for a, b, even in found:
        for one, other in ((a, b), (b, a)):
            key = (one.document_id, one.start, other.document_id)
            best[key] = max(best.get(key, 0.0), even)
    return [(a, b, even) for a, b, even in found if best[a.document_id, a.start, b.document_id] == even
            and best[b.document_id, b.start, a.document_id] == even and not _within(a.words, b.words)]


def _within(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Do the words of the shorter stand in the longer as they are? Then it is cut, not rewritten."""
    short, long = sorted((" ".join(w.norm for w in words) for words in (a, b)), key=len)
    return f" {short} " in f" {long} "


def find_runs(articles: Sequence[Article]) -> dict[tuple[str, str], Run]:
    """Compare the articles of one event in pairs, sentence by sentence in order; return those that run beside each other."""
    out: dict[tuple[str, str], Run] = {}
    for one, other in combinations(sorted(articles, key=lambda a: a.document_id), 2):
        run = _run(one, other)
        if run.sentences >= COVERED * run.of and len(run.replaced) >= REPLACED and run.even < COPIED:
            out[one.document_id, other.document_id] = run
    return out


def _run(one: Article, other: Article) -> Run:
    ranks: list[int] = []
    matched = []
    for sentence in one.sentences:
        best = max(((_even(sentence, behind), -k) for k, behind in enumerate(other.sentences)), default=(0.0, 0))
        if best[0] >= EVEN:
            matched.append((sentence, other.sentences[-best[1]], best[0]))
            ranks.append(-best[1])
    inorder = longest_rising(ranks)
    kept = [matched[k] for k in inorder]
    changed = [(left[p.left], right[p.right]) for left, right, _ in kept for p in substitutions(left, right, align(left, right))]
    even = sum(k[2] for k in kept) / len(kept) if kept else 0.0
    return Run(len(kept), max(1, min(len(one.sentences), len(other.sentences))), tuple((a.norm, b.norm) for a, b in changed),
               sum("P" in (a.code, b.code) for a, b in changed), even)


def _even(left: Sequence[Word], right: Sequence[Word]) -> float:
    """Return how even two sentences are; 0 without aligning them where they have too few words in common in any order."""
    common = (Counter(w.sense for w in left) & Counter(w.sense for w in right)).total()
    return evenness(left, right, align(left, right)) if 2 * common >= EVEN * (len(left) + len(right)) else 0.0


def oddness(run: Run, others: Set[str]) -> tuple[int, int]:
    """Count, for each side, the replaced words that are odd: in no third article and no word of news, as the other is."""
    stems = news_stems() | {stem(norm) for norm in others}
    odd: Counter[int] = Counter()
    for words in run.replaced:
        fits = [stem(norm) in stems for norm in words]
        for side in (0, 1):
            odd[side] += not fits[side] and fits[1 - side]
    return odd[0], odd[1]
