"""Constructions other than subject and verb: "according to", "as S put it", passives, noun cues."""

from __future__ import annotations

from framelens.annotate.attribution.clauses import (
    PARTICIPLE_CUES,
    Candidate,
    clause_start,
    cue_at,
    make,
    phrase_end,
    right_end,
)
from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.attribution.stream import QUOTE, Stream
from framelens.text.wordclass import AUXILIARIES, BE, MODALS, is_adverb

__all__ = ["according", "as_clause", "in_account", "noun_cue", "passive"]

_ACCOUNTS = frozenset("version view account words telling opinion reading estimate estimation".split())


def passive(stream: Stream, at: int, size: int, readings: tuple[Cue, ...], cues: CueLexicon) -> Candidate | None:
    """Read "was quoted as saying …", "is believed to …", "it is feared that …", "was accused of … by …"."""
    begin = at + size
    be = at - 1
    while be > 0 and stream.norms[be] not in BE:
        be -= 1
    subject = stream.noun_phrase_left(be - 1 if be and stream.norms[be - 1] in ("has", "had", "have") else be)
    high = stream.end_of_clause()
    norm = stream.norm(begin)
    reading = readings[0]
    end = right_end(stream, begin, cues) if begin < high else begin
    if norm == "as" and stream.norm(begin + 1) == "saying":
        content = (begin + 2, right_end(stream, begin + 2, cues))
        return make(stream, "quoted_as_saying", reading, (at, begin + 2), subject, [content])
    if norm == "that" and subject and stream.norm(subject[0]) == "it":
        return make(stream, "impersonal", reading, (at, begin), None, [(begin, end)])
    if norm == "to" and any(r.frames & {"t", "i"} for r in readings) and subject:
        return make(stream, "reputed", reading, (be, begin), None, [subject, (begin, end)])
    by = next((k for k in range(begin, end) if stream.norms[k] == "by"), None)
    if norm in ("as", "of", "for") and any(r.frames & {"of", "a", "p"} for r in readings) and subject:
        source = stream.noun_phrase_right(by + 1) if by else None
        return make(stream, "passive", reading, (be, begin), source, [subject, (begin, by or end)])
    return None


def according(stream: Stream, at: int, cues: CueLexicon) -> Candidate | None:
    """Read "according to S"."""
    source = stream.noun_phrase_right(at + 2)
    if not source:
        return None
    high = stream.end_of_clause()
    behind = source[1]
    while behind < high and stream.norms[behind] != ",":
        if stream.boundary(behind) or behind - source[1] > 12:
            break
        behind += 1
    reading = Cue("according to", "reporting", frozenset("q"))
    leading = all(not stream.is_word(k) or is_adverb(stream.norms[k]) or stream.norms[k] in ("and", "but") for k in range(at))
    if leading:
        begin = behind + 1 if stream.norm(behind) == "," else behind
        if stream.norm(begin) in ("reporting", "citing", "quoting"):
            begin = next((k + 1 for k in range(begin, high) if stream.norms[k] == ","), begin)
        return make(stream, "according_to", reading, (at, at + 2), source, [(begin, right_end(stream, begin, cues))])
    edge = at - 1 if stream.norm(at - 1) == "," else at
    contents = [(clause_start(stream, edge), edge)]
    if stream.norm(behind) == "," and behind + 1 < high and stream.norm(behind + 1) not in ("who", "which", *PARTICIPLE_CUES):
        contents.append((behind + 1, high))
    return make(stream, "according_to", reading, (at, at + 2), source, contents)


def in_account(stream: Stream, at: int) -> Candidate | None:
    """Read "…, in the ministry's version"."""
    high = min(len(stream), at + 8)
    noun = next((k for k in range(at + 2, high) if stream.norms[k] in _ACCOUNTS), None)
    if noun is None or any(stream.boundary(k) for k in range(at, noun)):
        return None
    possessive = stream.view.text[stream.ends[noun - 1]:stream.starts[noun]].startswith(("'", "’"))
    if not possessive and stream.norms[noun - 1] not in ("his", "her", "their", "its"):
        return None
    trailing = stream.norm(at - 1) == "," and noun + 1 >= stream.end_of_clause()
    if trailing:
        content = (clause_start(stream, at - 1), at - 1)
    elif at == 0 and stream.norm(noun + 1) == ",":
        content = (noun + 2, stream.end_of_clause())
    else:
        return None
    reading = Cue(stream.norms[noun], "reporting", frozenset("q"))
    return make(stream, "in_account", reading, (noun, noun + 1), (at + 1, noun), [content])


def as_clause(stream: Stream, at: int, cues: CueLexicon) -> Candidate | None:
    """Read "as S put it" and "what S called Y"."""
    for k in range(at + 1, min(len(stream), at + 10)):
        if stream.boundary(k):
            return None
        if stream.norms[k] in ("put", "puts") and stream.norm(k + 1) == "it" and stream.norms[at] == "as":
            edge = at - 1 if stream.norm(at - 1) == "," else at
            first = clause_start(stream, edge)
            contents = [(first, edge)] if edge > first else [(k + 3, stream.end_of_clause())]
            quoted = [c for c in range(first, edge) if stream.norms[c] == QUOTE]
            if quoted:  # "…, or “order”, as the ministry put it": the fragment is the content
                contents = [(quoted[-1], quoted[-1] + 1)]
            return make(stream, "as_clause", Cue("put it", "reporting", frozenset("q")), (k, k + 2), (at + 1, k), contents)
        size, readings = cue_at(stream, cues, k)
        naming = next((r for r in readings if "a" in r.frames), None)
        if stream.norms[at] == "what" and size and naming and k > at + 1:
            begin = k + size + (1 if stream.norm(k + size) == "as" else 0)
            end = begin + 1 if stream.norm(begin) == QUOTE else phrase_end(stream, begin)
            low = at + 1
            high = k
            while high > low and (stream.norms[high - 1] in ("has", "have", "had") or is_adverb(stream.norms[high - 1])):
                high -= 1
            return make(stream, "what_called", naming, (k, begin), (low, high), [(begin, end)])
    return None


def noun_cue(stream: Stream, at: int, readings: tuple[Cue, ...], cues: CueLexicon) -> Candidate | None:
    """Read "a statement that …", "reports of …", "criticism of …"."""
    norm = stream.norm(at + 1)
    frame = "t" if norm == "that" else "of" if norm in ("of", "about", "against") else "p" if norm == "for" else ""
    reading = next((r for r in readings if frame in r.frames), None)
    if reading is None or stream.norm(at - 1) in MODALS | {"to"}:
        return None
    following = stream.norm(at + 2)
    if norm == "that" and (following in AUXILIARIES or is_adverb(following) or stream.finite(at + 2)):
        return None  # "a statement that called for …": a relative clause
    begin = at + 1
    end = right_end(stream, begin, cues) if norm == "that" else phrase_end(stream, begin + 1)
    owner = None
    if at and stream.norm(at - 1) in ("his", "her", "their", "its"):
        owner = (at - 1, at)
    elif at and stream.view.text[stream.ends[at - 1]:stream.starts[at]].startswith(("'", "’")):
        owner = stream.noun_phrase_left(at)
    return make(stream, "noun_cue", reading, (at, at + 1), owner, [(begin, end)])
