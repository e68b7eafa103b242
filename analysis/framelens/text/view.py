"""One reading of an article, shared by all steps: paragraphs, sentences, words and quotations with offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from framelens import schema
from framelens.errors import SchemaError
from framelens.text.quotes import Quote, read_quotes
from framelens.text.sentences import paragraphs, sentences
from framelens.text.tokens import NORMS, read_words

__all__ = ["Sentence", "View", "read_view", "read_views"]

Zone = tuple[int, int, str, str]


class Sentence(NamedTuple):
    """A sentence: offsets, the range of its words, its paragraph and zone."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    zone: str


@dataclass(frozen=True, slots=True)
class View:
    """A text and all that every step looks at.

    ``starts``, ``ends``, ``surfaces`` and ``words`` are parallel: offsets, spelling and normal forms of the words of the whole
    text; ``gaps`` stand before, between and behind them. ``sentences`` cover body and headline; ``quotes`` stand in them.
    """

    document_id: str
    text: str
    zones: tuple[Zone, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    surfaces: tuple[str, ...]
    gaps: tuple[str, ...]
    words: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    sentence_starts: tuple[int, ...]

    def words_in(self, start: int, end: int) -> range:
        """Return the numbers of the words that begin in ``[start, end)``."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def surface(self, word: int) -> str:
        """Return a word as it stands in the text."""
        return self.surfaces[word]

    def sentence_at(self, offset: int) -> int | None:
        """Return the number of the sentence that holds an offset."""
        at = bisect_right(self.sentence_starts, offset) - 1
        return at if at >= 0 and offset < self.sentences[at].end else None

    def runs(self, cuts: Sequence[int]) -> Iterator[tuple[Sentence, int, range]]:
        """Yield each sentence's words, parted at cuts: the sentence, the number of the last cut before them, their numbers."""
        firsts = [bisect_left(self.starts, cut) for cut in cuts]
        for sentence in self.sentences:
            low, at = sentence.first, bisect_right(firsts, sentence.first)
            while low < sentence.last:
                stop = min(firsts[at], sentence.last) if at < len(firsts) else sentence.last
                if low < stop:
                    yield sentence, at - 1, range(low, stop)
                low, at = stop, at + 1


def read_view(document_id: str, text: str, zones: list[Zone], *, measured: tuple[str, ...]) -> View:
    """Read one article: its words everywhere, its sentences and quotations in the measured zones.

    Parameters
    ----------
    document_id, text : str
        The article.
    zones : list of (start, end, kind, rule)
        A partition of the text.
    measured : tuple of str
        Kinds of zone in which sentences are sought.

    Returns
    -------
    View
    """
    starts, ends, surfaces, gaps = read_words(text)
    parts: list[Sentence] = []
    blocks: list[tuple[int, int]] = []
    kinds: list[str] = []
    for zone_start, zone_end, kind, _rule in zones:
        if kind in measured:
            blocks += paragraphs(text, zone_start, zone_end)
            kinds += [kind] * (len(blocks) - len(kinds))
    quotes, split = read_quotes(text, blocks)
    for number, ((low, high), kind) in enumerate(zip(blocks, kinds, strict=True)):
        pieces = [(0, high - low)] if kind != "body" else split.get(number) or sentences(text[low:high])
        for s, e in pieces:
            first, last = bisect_left(starts, low + s), bisect_left(starts, low + e)
            parts.append(Sentence(low + s, low + e, first, last, number, kind))
    whole = tuple(_whole(parts, quotes))
    return View(document_id, text, tuple(zones), starts, ends, surfaces, gaps, tuple(map(NORMS.__getitem__, surfaces)), whole,
                tuple(quotes), tuple([s.start for s in whole]))


def _whole(parts: list[Sentence], quotes: list[Quote]) -> list[Sentence]:
    """Join the sentences that a quotation holds together, whatever marks it bears."""
    out: list[Sentence] = []
    outer = [q for q in quotes if q.level == 1]
    # one that goes on in the next paragraph ends nowhere in its own
    spans_ = iter([q for k, q in enumerate(outer) if q.closed or not (k + 1 < len(outer) and outer[k + 1].continues)])
    quote = next(spans_, None)
    for part in parts:
        while quote is not None and quote.end <= (out[-1].end if out else part.start):
            quote = next(spans_, None)
        last = out[-1] if out else None
        if quote is not None and last is not None and quote.start < last.end and part.start < quote.end and (
                part.paragraph == last.paragraph):
            out[-1] = Sentence(last.start, part.end, last.first, part.last, part.paragraph, part.zone)
        else:
            out.append(part)
    return out


def read_views(documents: pd.DataFrame, zones: pd.DataFrame) -> Iterator[View]:
    """Yield a view of every article that is measured, from the tables ``documents`` and ``zones``."""
    by_document: dict[str, list[Zone]] = {}
    ordered = schema.validate(zones, "zones").sort_values(["document_id", "start"])
    for document_id, *zone in zip(*(ordered[c].tolist() for c in ("document_id", "start", "end", "kind", "rule")), strict=True):
        by_document.setdefault(document_id, []).append(tuple(zone))
    for column in ("document_id", "text"):
        if column not in documents:
            raise SchemaError(f"Table 'documents', column {column!r}: the column is missing. Add it.")
    kept = documents[documents["text"].notna()]
    kept = kept[kept["exclusion_reason"].isna()] if "exclusion_reason" in kept else kept
    for document_id, text in zip(kept["document_id"].astype(str), kept["text"].astype(str), strict=True):
        yield read_view(document_id, text, by_document.get(document_id, []), measured=schema.MEASURED_ZONES)
