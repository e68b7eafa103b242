"""Passives and participles as cues: "was quoted as saying", "is believed to", "described as …", "asked whether …"."""

from __future__ import annotations

import re
from dataclasses import replace

from framelens.annotate.attribution.calques import is_shifted
from framelens.annotate.attribution.clauses import INFINITIVE, Candidate, make, object_end, right_end, skip_adverbials
from framelens.annotate.attribution.cues import SHOWING, Cue, CueLexicon
from framelens.annotate.attribution.verbs import BASE_FORM, first_subject
from framelens.text.reading.groups import Group
from framelens.text.reading.phrases import VERDICTS, clause_start, noun_phrase_left, noun_phrase_right, subject
from framelens.text.reading.stream import Span, Stream

__all__ = ["asked", "headline_passive", "passive", "reduced"]

Readings = tuple[Cue, ...]
_DEPICTING = frozenset("describe portray depict characterise characterize".split())  # what they say stands behind "as"
_HOSTED = re.compile("[NS][DPU]")
_TO = re.compile(r"\W*to\b")
_VERDICTS = frozenset("guilty innocent liable responsible".split())
_PAPERS = frozenset("statement communique document report note message letter release post text resolution appeal".split())
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
        if source and (begin + 2 >= high or stream.code(begin + 2) == "B"):  # “…,” he was quoted as saying (by the agency)
            found = make(stream, "quoted_as_saying", reading, [(group.low, begin + 2)], source,
                         [(clause_start(stream, source[0]), source[0])])
            conduit = noun_phrase_right(stream, begin + 3) if begin + 3 < high else None
            if found and conduit:
                found.cited, found.source = (found.cue[0], stream.span(*source)), stream.span(*conduit)
            return found
        return make(stream, "quoted_as_saying", reading, [(group.low, begin + 2)], source,
                    [(begin + 2, right_end(stream, begin + 2, cues))])
    if told := _by_whom(stream, group, readings, cues):
        return told
    said = skip_adverbials(stream, begin)
    if source and norms[source[0]] == "it" and stream.code(said) == "h":
        paper = (1, source[0]) if norms[0] == "in" and norms[source[0] - 1] in _PAPERS else None  # "In the note it is said that"
        return make(stream, "impersonal", reading, cue, paper, [(said, right_end(stream, said, cues))])
    if source is None:
        return None
    if reading.lemma == "say" and code == "Q" and not _TO.match(stream.view.text, stream.starts[begin]):
        return make(stream, "before_quotation", reading, cue, source, [(begin, object_end(stream, begin))])  # translated
    if "M" in codes[group.low:group.head] and reading.cue_class == "decree":
        return None  # "troops may be called on to …": nobody did as yet
    if reading.lemma == "see" and norm in ("in", "on") and (shown := noun_phrase_right(stream, begin + 1)) and (
            not SHOWING.isdisjoint(norms[slice(*shown)])):  # "could be seen in footage"
        return make(stream, "passive", Cue("see", "evidence", frozenset("o")), [(group.low, begin)], shown, [source])
    if code == "t" and any(r.frames & {"t", "i", "oi"} for r in readings) and (
            INFINITIVE.match(codes, begin) or (BASE_FORM.match(codes, begin) and (
                norms[group.head] in _REPUTED or any("i" in r.frames for r in readings)))):  # not "known to close friends"
        return make(stream, "reputed", reading, cue, None, [source, (begin, object_end(stream, begin))])
    if norm == "to" and reading.lemma == "oppose" and begin + 1 < high:  # "are opposed to the dam"
        return make(stream, "object", reading, [(group.low, begin + 1)], source, [(begin + 1, object_end(stream, begin + 1))])
    naming = next((r for r in readings if "a" in r.frames), None)
    if code in "Jn" and norms[group.head] in _REPUTED:  # "two people are feared dead"
        return make(stream, "reputed", reading, cue, None, [source, (begin, object_end(stream, begin))])
    if reading.lemma == "find" and norm in _VERDICTS:
        return _convicted(stream, group, source)
    if naming and naming.lemma != "paint" and (  # not "painted white", "considered “in due course”"
            code in "DJ" or (code == "Q" and naming.lemma != "consider")):
        return make(stream, "reputed", naming, cue, None, [source, (begin, object_end(stream, begin))])
    end = object_end(stream, begin)
    if norm == "by" and readings[0].lemma in ("quote", "cite"):
        saying = next((k for k in range(begin, min(high, begin + 12)) if norms[k] == "saying" and norms[k - 1] == "as"), None)
        if saying:
            conduit = noun_phrase_right(replace(stream, high=saying - 1), begin + 1)
            content = (saying + 1, right_end(stream, saying + 1, cues)) if saying + 1 < high else (
                clause_start(stream, source[0]), source[0])  # “…,” Roe was quoted by the paper as saying
            found = make(stream, "quoted_as_saying", reading, cue, conduit or source, [content])
            if found and conduit:
                found.cited = (stream.span(saying - 1, saying + 1), stream.span(*source))
            return found
    by = next((k for k in range(begin, min(end, begin + 14)) if codes[k] == "B"), None)
    agent = noun_phrase_right(stream, by + 1) if by is not None and by + 1 < high else None
    if reading.lemma == "identify" and agent is None:
        return None  # "the dead were identified as …": by whom is not told
    if norm in ("as", "of", "for") and any(r.frames & {"of", "a", "p"} or (r.cue_class == "claim" and "o" in r.frames)
                                           for r in readings):
        contents = [source, (begin, by if by is not None else end)]
        return make(stream, "passive", reading, cue, agent, contents)
    if agent and by == begin and naming and stream.norm(agent[1]) == "as":  # "is seen by diplomats as a test"
        return make(stream, "passive", naming, [(group.low, by + 1)], agent, [source, (agent[1], object_end(stream, agent[1]))])
    if agent and by == begin and any("o" in r.frames for r in readings):
        return make(stream, "passive", reading, [(group.low, by + 1)], agent, [source])
    if reading.lemma.endswith(" about"):
        return make(stream, "passive", reading, cue, agent, [(begin, end)])
    if norm == "about" and any(r.frames & {"o", "d"} for r in readings):  # "was asked about …"
        return make(stream, "passive", reading, [(group.low, begin + 1)], agent, [(begin + 1, end)])
    if norms[group.head] == "reported" and codes[source[0]] not in "Uyuwh" and (
            begin >= high or code in ".,;cY" or (code == "p" and norm != "for")):  # "looting was reported in the port"
        return make(stream, "passive", reading, cue, None, [source, (begin, end)])
    decree = next((r for r in readings if r.cue_class == "decree" and "o" in r.frames), None)
    if decree and agent is None and (begin >= high or code in ".,;c") and codes[source[0]] not in "Uyuw":
        return make(stream, "passive", decree, cue, None, [source])  # "rallies were banned"
    return None  # "was told that …": the hearer is no source


def _by_whom(stream: Stream, group: Group, readings: Readings, cues: CueLexicon) -> Candidate | None:
    """Read "was told by the clerk that …" and "was asked whether …"; who asks need not be named."""
    begin, agent = group.high, None
    reading = next((r for r in readings if "d" in r.frames), None)
    if reading is None:
        return None
    if stream.code(begin) == "B":
        agent = noun_phrase_right(stream, begin + 1)
        begin = agent[1] if agent else begin
    begin = skip_adverbials(stream, begin)
    asks = (stream.code(begin) == "q" or stream.norm(begin) in ("if", "where", "when", "who", "which")) and "w" in reading.frames
    if not asks and not (agent and stream.code(begin) in "hQ"):
        return None
    rule = "asked" if asks else "passive"
    cue = (group.low, group.high + (agent is not None and agent[0] == group.high + 1))
    return make(stream, rule, reading, [cue], agent, [(begin, right_end(stream, begin, cues))])


def _convicted(stream: Stream, group: Group, source: Span) -> Candidate | None:
    """Read "was found guilty of … (by a court)"."""
    begin = group.high
    end = object_end(stream, begin)
    by = next((k for k in range(begin, end) if stream.codes[k] == "B"), None)
    if by is not None and stream.code(by + 1) == "g":
        by = None  # "guilty of killing by strangling"
    court = noun_phrase_right(stream, by + 1) if by is not None and by + 1 < end else None
    cue = Cue("find", "decree", frozenset("o"))
    return make(stream, "passive", cue, [(group.low, group.high)], court, [source, (begin, by if by is not None else end)])


def contact(stream: Stream, at: int) -> Span | None:
    """Return the subject of a clause that a noun phrase opens without a pronoun: "a claim | the ministry | dismissed as …"."""
    if not _HOSTED.search(stream.codes, 0, at) and VERDICTS.isdisjoint(stream.norms[:at]):
        return None  # as of most verbs: no noun stands right before another phrase
    named = noun_phrase_left(stream, at)
    return named if named and stream.codes[named[0] - 1:named[0]] in ("N", "S") and (
        stream.codes[named[0]] in "DPU" or stream.norms[named[0] - 1] in VERDICTS) else None


def reduced(stream: Stream, group: Group, readings: Readings) -> Candidate | None:
    """Read a participle behind its noun: "the mission, described as …", "a man accused of …", "a sale touted as …"."""
    codes, begin = stream.codes, group.high
    agent = None
    if stream.code(begin) == "B":  # "a raid, described by Roe as …"
        as_what = next((k for k in range(begin + 2, min(stream.high, begin + 12)) if stream.norms[k] == "as"), 0)
        agent = noun_phrase_right(replace(stream, high=as_what), begin + 1) if as_what else None
        if agent is None or agent[1] != as_what:
            return None
        begin = as_what
    frame = {"as": "a", "of": "of"}.get(stream.norm(begin), "")
    reputed = stream.norm(begin) == "to" and stream.norms[group.head] in _REPUTED and stream.code(begin + 1) in "vVIH"
    if not (frame or reputed) or group.low != group.head or not group.low or begin + 1 >= stream.high:
        return None
    reading = readings[0] if reputed else next((r for r in readings if frame in r.frames), None)  # "others believed to be …"
    if reading is None or (frame == "a" and codes[group.head] == "d" and is_shifted(stream, begin + 1)):
        return None
    edge = group.low - (codes[group.low - 1] in ",-")
    if codes[edge - 1:edge] not in tuple("NSP0)"):
        return None
    named = noun_phrase_left(stream, edge)
    if named is None or codes[named[0] - 1:named[0]] == "w":  # "whom Roe described as …"
        return None
    end = object_end(stream, begin)
    first = begin + (3 if codes[begin] == "t" else 1)
    end = next((k for k in range(first, end) if codes[k] in "dzMHIX"), end)  # the verb of which it is the subject
    if codes[begin] == "t":  # "the search for 26 others believed to be alive"
        named = (max(codes.rfind("p", *named) + 1, named[0]), named[1])
    by = None if reputed or agent else next((k for k in range(begin, end) if codes[k] == "B"), None)
    agent = noun_phrase_right(stream, by + 1) if by is not None and by + 1 < stream.high else agent
    cue = [(group.low, group.high + (begin > group.high))]
    if frame == "a" and reading.lemma in _DEPICTING:
        return make(stream, "reduced", reading, [*cue, (begin, begin + 1)], agent, [(begin + 1, by if by is not None else end)])
    return make(stream, "reduced", reading, cue, agent, [named, (begin, by if by is not None else end)])


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
