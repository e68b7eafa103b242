"""What the rules share: a candidate, and where cues, clauses and contents begin and end."""

from __future__ import annotations

from dataclasses import dataclass, field

from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.attribution.stream import QUOTE, Stream
from framelens.text.wordclass import DAYS, MODALS, PREPOSITIONS, SUBORDINATORS, is_adverb

__all__ = ["PARTICIPLE_CUES", "Candidate", "Span", "clause_start", "cue_at", "has_verb", "make", "phrase_end", "right_end",
           "skip_adverbials"]

Span = tuple[int, int]
_CLAUSE_BREAKS = frozenset("but while whereas although though".split())
_OBJECT_BREAKS = frozenset("while whereas which after before when".split())
PARTICIPLE_CUES = frozenset((
    "adding saying telling noting warning arguing insisting claiming calling accusing describing citing "
    "stressing urging denying explaining suggesting declaring"
).split())
_MEDIUM = frozenset((
    "statement interview speech post tweet email e-mail message briefing letter report address broadcast "
    "conference telegram facebook twitter phone television radio article memo note call text"
).split())


@dataclass(slots=True)
class Candidate:
    """An attribution in the making, by offsets."""

    rule: str
    kind: str
    cue: Span | None
    lemma: str
    cue_class: str
    source: Span | None
    contents: list[Span] = field(default_factory=list)
    cites: bool = False  # an inner source named beside an outer one, with the same content


def cue_at(stream: Stream, cues: CueLexicon, at: int) -> tuple[int, tuple[Cue, ...]]:
    """Return how many items a cue verb at ``at`` has, and its readings."""
    for size in (3, 2, 1):
        found = cues.verbs.get(tuple(stream.norms[at:at + size])) if at + size <= len(stream) else None
        if found:
            return size, found
    return 0, ()


def skip_adverbials(stream: Stream, at: int) -> int:
    """Skip times, media and the like behind a cue: "said on Thursday in a statement that"."""
    while at < len(stream):
        norm, following = stream.norm(at), stream.norm(at + 1)
        if norm in DAYS or (is_adverb(norm) and norm not in ("now", "only", "even")):
            at += 1
        elif norm in ("late", "early", "on", "last", "this", "earlier") and (
                following in DAYS or following in ("week", "month", "year", "morning", "evening", "night", "late", "early")):
            at += 2
        elif norm in ("in", "on", "at", "during", "by", "via", "through", "to", "from", "after"):
            stop = next((k for k in range(at + 1, min(len(stream), at + 10))
                         if stream.norms[k] in ("that", ",", QUOTE, ":")), None)
            medium = next((k for k in range(at + 1, min(len(stream), at + 7)) if stream.norms[k] in _MEDIUM), None)
            marks = ("that",) if norm == "to" else ("that", QUOTE, ":")
            if stop is not None and stream.norms[stop] in marks:
                at = stop
            elif medium is not None:
                at = medium + 1
                if stream.norm(at) in ("on", "to", "with"):
                    at = min(at + 2, len(stream))
            else:
                return at
        else:
            return at
    return at


def right_end(stream: Stream, at: int, cues: CueLexicon, *, clause: bool = True) -> int:
    """Find where the content that begins at ``at`` ends: the clause's end, or what cannot belong to it."""
    high = stream.end_of_clause()
    for k in range(at + 1, high):
        norm, before = stream.norms[k], stream.norm(k - 1)
        if norm == ";":
            return k
        if norm == "according" and stream.norm(k + 1) == "to":
            return k - 1 if before == "," else k
        if before == "," and (norm in _CLAUSE_BREAKS or norm in PARTICIPLE_CUES):
            return k - 1
        if not clause and norm in _OBJECT_BREAKS:
            return k - 1 if before == "," else k
        if norm in ("and", "but", "while") or (norm in PARTICIPLE_CUES and before in ("while", "but")):
            j = k + 1
            while j < high and is_adverb(stream.norms[j]):
                j += 1
            size, readings = cue_at(stream, cues, j) if j < high else (0, ())
            if size and stream.norms[j].endswith("ed") | (stream.norms[j] in ("said", "told")) and any(
                    r.cue_class in ("reporting", "claim", "decree") for r in readings) and norm != "while":
                return k - 1 if before == "," else k
    return high


def clause_start(stream: Stream, before: int) -> int:
    """Find where the clause begins that ends before item ``before``: the sentence's start, or behind a semicolon."""
    for k in range(before - 1, -1, -1):
        if stream.norms[k] == ";":
            return k + 1
    low = 0
    while low < before and not (stream.is_word(low) or stream.norms[low] == QUOTE):
        low += 1
    if stream.norm(low) in ("but", "and") and before - low > 3:
        low += 1
    return low


def _kind(cue: Cue, quoted: bool) -> str:
    if cue.cue_class == "reporting" or (quoted and "q" in cue.frames):
        return "speech"
    return cue.cue_class


def has_verb(stream: Stream, low: int, high: int) -> bool:
    """Guess whether a verb, or a quotation, stands among the items."""
    return any(stream.finite(k) or stream.norms[k] in MODALS or stream.norms[k] == QUOTE
               or (stream.norms[k].endswith("s") and stream.norm(k - 1) in ("he", "she", "it")) for k in range(low, high))


def make(stream: Stream, rule: str, reading: Cue, cue: Span, source: Span | None, contents: list[Span]) -> Candidate | None:
    """Make a candidate of items; None where no content is left."""
    parts = [(a, b) for a, b in contents if a < b and any(stream.is_word(k) or stream.norms[k] == QUOTE for k in range(a, b))]
    if not parts:
        return None
    quoted = any(stream.norms[k] == QUOTE for a, b in parts for k in range(a, b))
    return Candidate(rule, _kind(reading, quoted), stream.span(*cue), reading.lemma, reading.cue_class,
                     stream.span(*source) if source and source[0] < source[1] else None, [stream.span(a, b) for a, b in parts])


def phrase_end(stream: Stream, low: int) -> int:
    """Find the end of a noun phrase: punctuation, a subordinator, or a preposition other than of."""
    high = low
    while high < len(stream) and not stream.boundary(high) and stream.norms[high] not in SUBORDINATORS:
        preposition = stream.norms[high] in PREPOSITIONS and stream.norms[high] not in ("of", "to")
        if high > low and (preposition or stream.finite(high)):
            break
        high += 1
    return max(high, low + 1) if low < len(stream) else low
