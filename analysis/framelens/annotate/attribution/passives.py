"""Passives and participles as cues: "was quoted as saying", "is believed to", "described as …", "asked whether …"."""

from __future__ import annotations

from dataclasses import replace

from framelens.annotate.attribution.clauses import Candidate, make, object_end, right_end, skip_adverbials
from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.attribution.phrases import Group, noun_phrase_left, noun_phrase_right, subject
from framelens.annotate.attribution.stream import Stream
from framelens.annotate.attribution.verbs import first_subject

__all__ = ["asked", "headline_passive", "passive", "reduced"]

Readings = tuple[Cue, ...]
_REPUTED = frozenset("reported feared believed presumed thought said suspected alleged".split())


def passive(stream: Stream, group: Group, readings: Readings, cues: CueLexicon) -> Candidate | None:
    """Read "was quoted as saying …", "is believed to …", "it is feared that …", "was accused of … by …"."""
    codes, norms = stream.codes, stream.norms
    begin, high = group.high, stream.high
    source = subject(stream, group.low)
    if source is None and stream.code(group.low - 1) in "cb":
        source = first_subject(stream, group.low)
    reading = readings[0]
    cue = [(group.low, group.high)]
    norm, code = stream.norm(begin), stream.code(begin)
    if norm == "as" and stream.norm(begin + 1) == "saying":
        return make(stream, "quoted_as_saying", reading, [(group.low, begin + 2)], source,
                    [(begin + 2, right_end(stream, begin + 2, cues))])
    said = skip_adverbials(stream, begin)
    if source and norms[source[0]] == "it" and stream.code(said) == "h":
        return make(stream, "impersonal", reading, cue, None, [(said, right_end(stream, said, cues))])
    if source is None:
        return None
    if code == "t" and any(r.frames & {"t", "i", "oi"} for r in readings):
        return make(stream, "reputed", reading, cue, None, [source, (begin, object_end(stream, begin))])
    naming = next((r for r in readings if "a" in r.frames), None)
    if naming and code in "DJQ":
        return make(stream, "reputed", naming, cue, None, [source, (begin, object_end(stream, begin))])
    end = object_end(stream, begin)
    if norm == "by" and readings[0].lemma in ("quote", "cite"):
        saying = next((k for k in range(begin, min(high, begin + 12)) if norms[k] == "saying" and norms[k - 1] == "as"), None)
        if saying:
            conduit = noun_phrase_right(replace(stream, high=saying - 1), begin + 1)
            found = make(stream, "quoted_as_saying", reading, cue, conduit or source,
                         [(saying + 1, right_end(stream, saying + 1, cues))])
            if found and conduit:
                found.cited = (stream.span(saying - 1, saying + 1), stream.span(*source))
            return found
    by = next((k for k in range(begin, min(end, begin + 14)) if codes[k] == "B"), None)
    agent = noun_phrase_right(stream, by + 1) if by is not None and by + 1 < high else None
    if norm in ("as", "of", "for") and any(r.frames & {"of", "a", "p"} or (r.cue_class == "claim" and "o" in r.frames)
                                           for r in readings):
        contents = [source, (begin, by if by is not None else end)]
        return make(stream, "passive", reading, cue, agent, contents)
    if agent and by == begin and any("o" in r.frames for r in readings):
        return make(stream, "passive", reading, [(group.low, by + 1)], agent, [source])
    if reading.lemma.endswith(" about"):
        return make(stream, "passive", reading, cue, agent, [(begin, end)])
    if norm == "about" and any(r.frames & {"o", "d"} for r in readings):  # "was asked about …"
        return make(stream, "passive", reading, [(group.low, begin + 1)], agent, [(begin + 1, end)])
    decree = next((r for r in readings if r.cue_class == "decree" and "o" in r.frames), None)
    if decree and agent is None and (begin >= high or code in ".,;c") and codes[source[0]] not in "Uyuw":
        return make(stream, "passive", decree, cue, None, [source])  # "rallies were banned"
    return None  # "was told that …": the hearer is no source


def reduced(stream: Stream, group: Group, readings: Readings) -> Candidate | None:
    """Read a participle behind its noun: "the mission, described as …", "a man accused of …", "a sale touted as …"."""
    codes, begin = stream.codes, group.high
    frame = {"as": "a", "of": "of"}.get(stream.norm(begin), "")
    if not frame or group.low != group.head or not group.low or begin + 1 >= stream.high:
        return None
    reading = next((r for r in readings if frame in r.frames), None)
    if reading is None:
        return None
    edge = group.low - (codes[group.low - 1] in ",-")
    if codes[edge - 1:edge] not in tuple("NSP0)"):
        return None
    named = noun_phrase_left(stream, edge)
    if named is None or codes[named[0] - 1:named[0]] == "w":  # "whom Roe described as …"
        return None
    end = object_end(stream, begin)
    end = next((k for k in range(begin + 1, end) if codes[k] in "dzMHIX"), end)  # the verb of which it is the subject
    by = next((k for k in range(begin, end) if codes[k] == "B"), None)
    agent = noun_phrase_right(stream, by + 1) if by is not None and by + 1 < stream.high else None
    return make(stream, "reduced", reading, [(group.low, group.high)], agent, [named, (begin, by if by is not None else end)])


def headline_passive(stream: Stream, group: Group, readings: Readings) -> Candidate | None:
    """Read a headline that leaves "are" out: "Dozens reported dead", "Roe said to be in exile"."""
    begin = group.high
    if stream.sentence.zone != "headline" or stream.norms[group.head] not in _REPUTED or group.low != group.head:
        return None
    named = noun_phrase_left(stream, group.low) if stream.code(begin) in "Jtng" else None
    if named is None:
        return None
    comma = stream.codes.find(",", begin, stream.high)
    end = min(object_end(stream, begin), comma if comma > 0 else stream.high)
    return make(stream, "reputed", readings[0], [(group.low, begin)], None, [named, (begin, end)])


def asked(stream: Stream, at: int, reading: Cue) -> Candidate | None:
    """Read "Asked whether …, Roe left" and "when asked by Roe about …": the question, by whom it is known to be asked."""
    codes, begin, agent = stream.codes, at + 1, None
    if stream.code(begin) == "B":
        agent = noun_phrase_right(stream, begin + 1)
        begin = agent[1] if agent else begin
    while stream.code(begin) in "YA":
        begin += 1
    end = codes.find(",", begin, stream.high)
    end = end if end > 0 else stream.high
    if stream.norm(begin) == "about":
        return make(stream, "asked", reading, [(at, begin + 1)], agent, [(begin + 1, end)])
    if stream.code(begin) in "qw" or stream.norm(begin) in ("if", "when", "where"):
        return make(stream, "asked", reading, [(at, at + 1)], agent, [(begin, end)])
    return None
