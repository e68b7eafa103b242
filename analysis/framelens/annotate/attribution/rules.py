"""The rules that read one sentence: cue by cue, what is its source and what its content."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import compress

from framelens.annotate.attribution.clauses import Candidate, clause_at
from framelens.annotate.attribution.constructions import (
    according,
    adverb_cue,
    as_clause,
    in_account,
    in_findings,
    labelled,
    noun_cue,
    so_called,
)
from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.attribution.passives import asked, headline_passive, passive, reduced
from framelens.annotate.attribution.phrases import Group, noun_phrase_right, subject, verb_group
from framelens.annotate.attribution.stream import Span, Stream
from framelens.annotate.attribution.verbs import active, behind, first_subject

__all__ = ["read_sentence"]

_ADVERBS = frozenset("reportedly allegedly supposedly purportedly".split())
_IDLE = frozenset("D0Uyu'.,;:()-QYMHIXcbwEfBhtPs")  # classes that no cue begins with
_VERBAL = frozenset("dznvge")
_SUBORDINATE = re.compile("[cbA]*[sr]")


def _cue_at(stream: Stream, cues: CueLexicon, at: int) -> tuple[int, tuple[Cue, ...]]:
    """Return how many items a cue verb at ``at`` has, and its readings; the longest first."""
    norms = stream.norms
    longest = cues.longest.get(norms[at], 0)
    if longest == 1:
        return 1, cues.verbs[norms[at],]
    for size in range(min(longest, len(norms) - at), 0, -1):
        found = cues.verbs.get(tuple(norms[at:at + size]))
        if found:
            return size, found
    return 0, ()


def read_sentence(stream: Stream, cues: CueLexicon) -> list[Candidate]:
    """Apply the rules to every cue of a sentence.

    Parameters
    ----------
    stream : Stream
        One sentence.
    cues : CueLexicon
        The cues.

    Returns
    -------
    list of Candidate
        In the order of their cues.
    """
    out: list[Candidate] = []
    cited: list[tuple[int, Span]] = []
    last_source: Span | None = None
    codes, norms, starts = stream.codes, stream.norms, stream.starts
    if ":" in codes and (label := labelled(stream)):
        out.append(label)
    triggers, behind_last = cues.triggers, 0
    for at in compress(range(len(norms)), map(triggers.__contains__, norms)):
        code = codes[at]
        if at < behind_last or code in _IDLE:
            continue
        norm = norms[at]
        step = 1
        candidate: Candidate | None = None
        if norm == "according" and stream.norm(at + 1) == "to":
            candidate, step = according(stream, at, cues), 2
        elif code == "g" and norm in ("citing", "quoting") and (passed_on := noun_phrase_right(stream, at + 1)):
            cited.append((at, passed_on))
        elif norm == "in" and (place := in_account(stream, at) or in_findings(stream, at)):
            candidate = place
        elif norm in ("as", "what"):
            candidate = as_clause(stream, at, cues)
        elif norm == "so-called" or (norm == "so" and stream.norm(at + 1) == "called" and code in "As"):
            step = 1 if norm == "so-called" else 2
            candidate = so_called(stream, at, step)
        elif norm in _ADVERBS:
            candidate = adverb_cue(stream, at)
        elif code in "NS" and stream.code(at - 1) in "SPNU" and cues.longest.get(norm, 0) > 1 and (
                _cue_at(stream, cues, at)[0] > 1):  # "leaders point out": the particle tells that it is a verb
            step, verbs = _cue_at(stream, cues, at)
            candidate, source = _verb(stream, at, step, verbs, last_source, cues)
            last_source = source or last_source
        elif code in "NS" and (readings := cues.nouns.get((norm,))):
            candidate = noun_cue(stream, at, readings, cues)
        elif code in "Jen" and (feeling := cues.adjectives.get((norm,))) and "I" in codes[max(0, at - 3):at]:
            group = verb_group(stream, at, 1)
            candidate = behind(stream, [(group.low, at + 1)], feeling, subject(stream, group.low), cues)
        elif code in _VERBAL or (code == "J" and norm == "feared"):
            size, verbs = _cue_at(stream, cues, at)
            if size:
                candidate, source = _verb(stream, at, size, verbs, last_source, cues)
                last_source = source or last_source
                step = size
        if candidate:
            out.append(candidate)
            stream.taken = at + step
            if candidate.cited:
                cue, cited_source = candidate.cited
                out.append(Candidate("citing", "speech", [cue], "cite", "reporting", cited_source, list(candidate.contents),
                                     cites=True))
            if candidate.rule in ("trailing", "inverted", "according_to") and candidate.contents[-1][1] <= starts[at]:
                stream.floor = _behind(stream, candidate, at + step)
        behind_last = at + step
    return out + [c for c in (_cited(stream, *place, out) for place in cited) if c]


def _behind(stream: Stream, candidate: Candidate, at: int) -> int:
    """Return the item behind an attribution and the comma or conjunction that follows it."""
    end = max(e for _, e in (*candidate.cue, candidate.source or (0, 0)))
    while at < len(stream) and (stream.starts[at] < end or stream.codes[at] in ",Y"):
        at += 1
    return at


def _verb(stream: Stream, at: int, size: int, readings: tuple[Cue, ...], last_source: Span | None,
          cues: CueLexicon) -> tuple[Candidate | None, Span | None]:
    """Read a verb that is a cue: passive, finite, infinitive or participle."""
    codes = stream.codes
    group = verb_group(stream, at, size)
    if group.passive:
        return passive(stream, group, readings, cues), None
    left_out = reduced(stream, group, readings) or headline_passive(stream, group, readings) if codes[at] in "dneJ" else None
    if left_out:
        return left_out, None
    edge = group.low
    while edge and codes[edge - 1] == "A":
        edge -= 1
    before = codes[edge - 1] if edge else ""
    source = None
    if codes[at] == "g" and not group.finite:
        if not before or before in ",cs-)Q":
            source = last_source or first_subject(stream, at)
        elif before in "NSPu" and (group.low > 1):
            source = subject(stream, group.low)
        elif before in "prBt":
            source = last_source or first_subject(stream, at)
    elif codes[at] in "ne" and not group.finite:
        question = next((r for r in readings if r.lemma in ("ask", "question", "press") and "w" in r.frames), None)
        fronted = not before or before in ",s" or stream.norm(at - 1) == "when"
        return (asked(stream, at, question) if question and fronted else None), None
    elif before == "t":
        source = first_subject(stream, group.low)
    elif before in "cb," or not before:
        source = subject(stream, group.low) if before == "," else None
        source = source or last_source or (first_subject(stream, at) if before else None)
    else:
        source = subject(stream, group.low)
    if source and group.low == group.head and _modifies(stream, group, source):
        return None, None
    if source:
        stream = _within_clause(stream, source)
    candidate = active(stream, group, readings, source, cues)
    return candidate, source


def _within_clause(stream: Stream, source: Span) -> Stream:
    """Cut the sentence behind a fronted subordinate clause, where the source is its subject: "When Roe asked …, they left"."""
    codes = stream.codes
    low = source[0]
    start = codes.rfind(",", 0, low) + 1
    if not _SUBORDINATE.match(codes, start, low) or stream.norms[start] == "as" or "Q" in codes[low:]:
        return stream
    k = codes.find(",", source[1], stream.high)
    while k >= 0:
        if clause_at(stream, k + 1):
            return replace(stream, high=k)
        k = codes.find(",", k + 1, stream.high)
    return stream


def _modifies(stream: Stream, group: Group, source: Span) -> bool:
    """Is a form in -ed rather a participle: its noun phrase is another verb's object ("they met a man called Roe")?"""
    low = source[0]
    return stream.norms[group.head].endswith("ed") and low > 0 and source[1] == group.low and (
        stream.codes[low - 1] in "gvdz" and stream.codes[source[1] - 1] in "NS")


def _cited(stream: Stream, at: int, source: Span, found: list[Candidate]) -> Candidate | None:
    """Read "…, citing officials, reported that …": the inner source of the nearest attribution, with the same content."""
    near = [c for c in found if c.cue and c.contents and c.kind != "scare_quote"]
    if not near:
        return None
    place = stream.starts[at]
    outer = min(near, key=lambda c: abs(c.cue[0][0] - place))
    if outer.cue[0][0] < place and stream.view.text[outer.contents[0][0]] in "“\"'‘" and stream.norm(at - 1) == ",":
        # “…,” Roe said, citing a report: what the speaker cites is content of its own
        return Candidate("object", "speech", [(place, stream.ends[at])], "cite", "reporting", outer.source,
                         [stream.span(*source)])
    if any(s <= place < e for s, e in outer.contents):  # "…, according to X, citing Y": it is no part of the content
        outer.contents = [(s, min(e, stream.ends[max(0, at - 2)]) if s <= place < e else e) for s, e in outer.contents]
        outer.contents = [(s, e) for s, e in outer.contents if s < e]
        if not outer.contents:
            return None
    return Candidate("citing", "speech", [(place, stream.ends[at])], "cite", "reporting", stream.span(*source),
                     list(outer.contents), cites=True)
