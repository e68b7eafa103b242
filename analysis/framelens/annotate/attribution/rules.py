"""The rules that read one sentence: cue by cue, what is its source and what its content."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import compress, pairwise

from framelens.annotate.attribution.clauses import ASIDE, RESUMED, Candidate, clause_at, has_verb, make, object_end
from framelens.annotate.attribution.constructions import (
    according,
    adverb_cue,
    as_clause,
    headline_source,
    in_account,
    in_findings,
    labelled,
    quoted_by,
    so_called,
)
from framelens.annotate.attribution.cues import ADVERBS, Cue, CueLexicon
from framelens.annotate.attribution.nouns import noun_cue
from framelens.annotate.attribution.objects import RESPONSIBLE
from framelens.annotate.attribution.passives import asked, contact, headline_passive, passive, reduced
from framelens.annotate.attribution.verbs import active, first_subject, nearest_subject
from framelens.text.reading.groups import Group, verb_group
from framelens.text.reading.phrases import MEDIA, PHRASE, TIME_NOUNS, noun_phrase_left, noun_phrase_right, subject
from framelens.text.reading.stream import Span, Stream

__all__ = ["read_sentence"]

Told = list[tuple[Span, Candidate]]  # sources as items, with what was read of them

_MAIN_VERB = re.compile(r"(?<![whsqUyc,])[NSP)](?=[dzMHIX])")
_NAMED_SPEAKER = re.compile("(?:A*r)?[PQ]+[dzMHIX]")
_CALLED = frozenset("named called dubbed nicknamed surnamed identified".split())
_FEWEST = 3  # items of a headline before a second verb without a subject
_BY = frozenset("by on from".split())
_COPULAS = frozenset("remain remains remained feel feels felt become becomes became grow grows grew".split())
_IDLE = frozenset("D0Uyu'.,;:()-QYMHIXcbwEfBhtPs")  # classes that no cue begins with
_WHERETO = frozenset("to in at on outside near through along towards toward into from across".split())
_TAKEN = frozenset("office power stage floor podium microphone".split())  # "took office promising"
_TIME = re.compile("[AJ]?p?J?Y[NY0]*(?=[pt])")
_QUESTIONED = frozenset("asked questioned pressed quizzed challenged confronted".split())
_SUMMONED = frozenset("drivers motorists soldiers officers players pilots crew crews students firms men women people".split())
_COURTS = frozenset("court courts judge judges tribunal bench panel".split())
_VERBAL = frozenset("dznvge")
_LEADING = frozenset((
    "prompted prompting prompts led leading leads left leaving leaves caused causing causes allowed allowing allows forced "
    "forcing forces pushed pushing pushes persuaded persuading convinced convincing compelled compelling enabled enabling helped "
    "helping inspired inspiring provoked provoking drove driving"
).split())
_SUBORDINATE = re.compile("[cbA]*[sr]")


def _copula(stream: Stream, at: int) -> int:
    """Return where the verb begins that ties an adjective to its subject ("was also deeply worried"), or -1."""
    for k in range(at - 1, max(-1, at - 4), -1):
        if stream.codes[k] == "I":
            return verb_group(stream, at, 1).low
        if stream.norms[k] in _COPULAS:
            return verb_group(stream, k, 1).low
        if stream.sentence.zone == "headline" and stream.codes[k] in "NSP" and stream.code(at + 1) in "pBh":
            return k + 1  # "UN experts deeply alarmed by …"
        if stream.codes[k] not in "AD":
            return -1
    return -1


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
    told: Told = []
    codes, norms, starts = stream.codes, stream.norms, stream.starts
    source_behind = headline_source(stream)
    if ":" in codes and (label := labelled(stream)) and not (source_behind and source_behind.contents[0][0] > label.cue[0][0]):
        out.append(label)
    if norms[0] in _BY and (place := in_account(stream, 0)):
        out.append(place)
    if source_behind:
        return [*out, source_behind]
    triggers, behind_last = cues.triggers, 0
    for at in compress(range(len(norms)), map(triggers.__contains__, norms)):
        code = codes[at]
        if at < behind_last or code in _IDLE:
            continue
        norm = norms[at]
        step = 1
        candidate: Candidate | None = None
        source: Span | None = None
        verbs: tuple[Cue, ...] = ()
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
        elif norm in ADVERBS:
            candidate = adverb_cue(stream, at)
        elif code in "NS" and norm in cues.longest and _is_verb(stream, at, cues):
            step, verbs = cues.verb_at(norms, at)
        elif (code in "NS" or (code == "v" and codes[at - 1:at] in tuple("dgJ"))) and (readings := cues.nouns.get((norm,))):
            candidate = noun_cue(_before_answer(stream, at), at, readings, cues)
        elif norm in ("quoted", "cited") and stream.code(at + 1) == "B" and stream.code(at - 1) == ",":
            candidate, step = quoted_by(stream, at, cues), 2
        elif code in "Jend" and (feeling := cues.adjectives.get((norm,))) and (low := _copula(stream, at)) >= 0:
            source = subject(stream, low)
            candidate = active(stream, Group(low, at, at + 1, False, True), feeling, source, cues)
        elif code in _VERBAL or (code == "J" and norm == "feared"):
            step, verbs = (cues.longest.get(norm, 0) > 1 and _apart(stream, at, cues)) or cues.verb_at(norms, at)
        if verbs:
            candidate, source = _verb(stream, at, step, verbs, told, cues)
        if candidate:
            if candidate.source and candidate.rule.startswith("inverted"):
                source = _items(stream, candidate.source)  # “…,” said Roe, adding …
            if source:
                told.append((source, candidate))
            if candidate.rule == "noun_cue" and out and candidate.cue[0][0] == out[-1].cue[0][0]:
                candidate.source = out.pop().source or candidate.source  # "voiced fears of a war": the fears are of it
            for inner in out if candidate.rule == "as_clause" else ():
                inner.cites |= inner.contents == candidate.contents  # “…,” said Roe, quoted by the agency: both
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


def _apart(stream: Stream, at: int, cues: CueLexicon) -> tuple[int, tuple[Cue, ...]] | None:
    """Read a verb whose preposition stands behind a time, "called on Monday for", or is the time's: "insisted on Monday that"."""
    time = _TIME.match(stream.codes, at + 1)
    readings = cues.verbs.get((stream.norms[at], stream.norm(time.end()))) if time else None
    if time and readings:
        return time.end() + 1 - at, readings
    size = cues.verb_at(stream.norms, at)[0] - 1
    if size > 0 and stream.norms[at + size] == "on" and stream.code(at + size + 1) == "Y":
        return size, cues.verbs.get(tuple(stream.norms[at:at + size]), ())
    return None


def _is_verb(stream: Stream, at: int, cues: CueLexicon) -> bool:
    """Tell whether what its letter calls a noun is a verb: "leaders point out", "Farmers lift blockade, demand aid"."""
    before = stream.code(at - 1)
    goes_on = stream.sentence.zone == "headline" and before == ","  # "Mill owner regrets fire, calls for calm"
    if (before in "SPNU" or goes_on) and cues.longest[stream.norms[at]] > 1 and cues.verb_at(stream.norms, at)[0] > 1:
        return True
    if stream.code(at) != "N" or stream.sentence.zone != "headline":
        return False
    following = stream.code(at + 1)
    if before == "," and at > _FEWEST and following in "NSPJ0" and "S" in stream.codes[:at]:
        return any("o" in r.frames or "oi" in r.frames for r in cues.verbs.get((stream.norms[at],), ()))
    return (before == "," and following == "t") or (before == "c" and following == "D")


def _items(stream: Stream, span: Span) -> Span:
    """Return the items of a source that stands behind its cue."""
    return stream.starts.index(span[0]), stream.ends.index(span[1]) + 1


def _speaker(told: Told, place: int) -> Span | None:
    """Return who said last what a further verb may go on from: "Roe said the board had promised talks, adding …" is Roe."""
    for source, candidate in reversed(told):
        cue = candidate.cue[0][0]
        if all(_holds(outer, place) or not _holds(outer, cue) for _, outer in told):
            return source
    return None


def _holds(candidate: Candidate, place: int) -> bool:
    return any(start <= place < end for start, end in candidate.contents)


def _behind(stream: Stream, candidate: Candidate, at: int) -> int:
    """Return the item behind an attribution and the comma or conjunction that follows it."""
    end = max(e for _, e in (*candidate.cue, candidate.source or (0, 0)))
    while at < len(stream) and (stream.starts[at] < end or stream.codes[at] in ",Y"):
        at += 1
    return at


def _verb(stream: Stream, at: int, size: int, readings: tuple[Cue, ...], told: Told,
          cues: CueLexicon) -> tuple[Candidate | None, Span | None]:
    """Read a verb that is a cue: passive, finite, infinitive or participle."""
    codes = stream.codes
    if stream.norm(at - 1) == "worth":
        return None, None  # "It is worth noting that …"
    group = verb_group(stream, at, size)
    if group.passive:
        return passive(stream, group, readings, cues), None
    if codes[at] in "nd" and group.low == group.head and (host := contact(stream, at)) and (
            stream.norms[host[0] - 1] not in TIME_NOUNS):
        return active(stream, group, readings, host, cues), host  # "a claim the ministry dismissed as a lie"
    left_out = reduced(stream, group, readings) or headline_passive(stream, group, readings) if codes[at] in "dneJ" else None
    if left_out:
        return left_out, None
    edge = group.low
    while edge and codes[edge - 1] == "A":
        edge -= 1
    before = codes[edge - 1] if edge else ""
    source = None
    last_source = _speaker(told, stream.starts[at]) if codes[at] == "g" or before in ("", "c", "b", ",") else None
    if codes[at] == "g" and (readings[0].lemma == "address" or (last_source and readings[0].lemma == "show")):
        return None, None  # "she said, addressing the crowd", "…, showing a torn shirt": what she did
    if codes[at] == "g" and not group.finite:
        fronted = not codes[:at].strip("cbA,") or codes[:at].strip("cbA,") in ("p", "r", "s", "B")
        if fronted and (comma := _clause_end(stream, at)) > 0:  # "(After) denying the charge, the officer said …"
            source, stream = noun_phrase_right(stream, comma + 1), replace(stream, high=comma)
        elif before == "," and not has_verb(stream, 0, edge) and (main := RESUMED.search(codes, at)):
            source, stream = noun_phrase_left(stream, edge - 1), replace(stream, high=main.start())  # "The clip, showing …, was"
        elif not before or before in ",cs-)Q" or (before == "d" and (stream.norms[edge - 1],) not in cues.verbs):
            source = last_source or first_subject(stream, at)  # also "thousands marched calling for an end"
        elif before in "NSPu" and (group.low > 1):
            phrase = noun_phrase_left(stream, edge) if stream.norms[edge - 1] in MEDIA else None
            source = last_source if phrase and stream.code(phrase[0] - 1) == "p" else None  # "said in a note condemning it"
            with_whom = codes.rfind(",p", 0, edge) + 2
            if stream.norms[with_whom - 1] == "with" and ASIDE.fullmatch(codes, with_whom, edge):
                source = (with_whom, edge)  # "…, with an aide to the mayor adding that"
            source = source or subject(stream, group.low)
            if source and has_verb(stream, 0, source[0]) and (
                    stream.norm(source[0] - 1) in _WHERETO or stream.norm(at - 1) in _TAKEN
                    or codes[source[0] - 1:source[0] + 1] == "Hn"):
                source = first_subject(stream, at) or source  # "mourners walked to the gate shouting …"
            takes_clause = codes[at + size:at + size + 1] in ("h", "q") or any("z" in r.frames for r in readings)
            main = None if takes_clause or has_verb(stream, 0, at) else _MAIN_VERB.search(codes, at + size)
            if main:
                stream = replace(stream, high=main.start() + 1)  # "students demanding reforms | returned to the streets"
        elif before in "prBt":
            source = last_source or (_doer(stream, group.low) if before == "t" else first_subject(stream, at))
    elif codes[at] in "ne" and not group.finite:
        question = next((r for r in readings if r.lemma in ("ask", "question", "press") and "w" in r.frames), None)
        fronted = not before or before in ",s" or stream.norm(at - 1) == "when"
        return (asked(stream, at, question) if question and fronted else None), None
    elif before == "t":
        source = _doer(stream, group.low)
    elif before in "cb," or not before:
        source = subject(stream, group.low) if before == "," else None
        source = source or last_source or (first_subject(stream, at) if before else None)
    else:
        source = subject(stream, group.low)
    if readings[0].lemma in ("hold", "restrain") and (source is None or _COURTS.isdisjoint(stream.norms[slice(*source)])) and (
            RESPONSIBLE.isdisjoint(stream.norms[at:at + 15])):
        return None, None  # others hold too much else
    if source and group.low == group.head and _modifies(stream, group, source, cues):
        return None, None
    if source:
        stream = _within_clause(stream, source)
    candidate = active(stream, group, readings, source, cues)
    return candidate, source


def _doer(stream: Stream, low: int) -> Span | None:
    """Return whose an infinitive is: whom a verb leads to it ("prompted Roe to accuse"), or the nearest verb's subject."""
    codes, at = stream.codes, low - 1
    while at and codes[at - 1] == "A":
        at -= 1
    led = noun_phrase_left(stream, at) if codes[at - 1:at] in ("N", "S", "P", "u", "D") else None
    led = led or ((at - 1, at) if codes[at - 1:at] in ("u", "D") else None)
    if led and stream.norm(led[0] - 1) in _LEADING:
        return led
    return nearest_subject(stream, at) or first_subject(stream, low)


def _within_clause(stream: Stream, source: Span) -> Stream:
    """Cut the sentence behind a fronted subordinate clause, where the source is its subject: "When Roe asked …, they left"."""
    codes = stream.codes
    low = source[0]
    start = codes.rfind(",", 0, low) + 1
    if not _SUBORDINATE.match(codes, start, low) or stream.norms[start] == "as" or "Q" in codes[low:]:
        return stream
    comma = _clause_end(stream, source[1])
    return replace(stream, high=comma) if comma > 0 else stream


def _before_answer(stream: Stream, at: int) -> Stream:
    """Cut the sentence behind the question that opens it: "Asked about claims that aid was stolen, | Roe said …"."""
    comma = _clause_end(stream, at) if stream.norms[0] in _QUESTIONED else 0
    return replace(stream, high=comma) if comma else stream


def _clause_end(stream: Stream, low: int) -> int:
    """Return the comma behind which a main clause begins after a fronted one, or 0."""
    codes, high = stream.codes, stream.high
    commas = [k for k in range(low, high) if codes[k] == ","]
    for comma, following in pairwise([*commas, high]):
        if clause_at(stream, comma + 1) or (stream.code(comma + 1) in "DNSPJ0UyE" and has_verb(stream, comma + 1, following)):
            return comma
    return 0


def _modifies(stream: Stream, group: Group, source: Span, cues: CueLexicon) -> bool:
    """Is a form in -ed rather a participle: its noun phrase is another verb's object ("they met a man called Roe")?"""
    low = source[0]
    if source[1] != group.low:
        return False
    if stream.code(low - 1) == "p" and stream.norm(source[1] - 1) in MEDIA and any(
            r.frames & {"t", "z"} for r in cues.verbs.get((stream.norm(low - 2),), ())):
        return True  # "said in a video posted online it would fight"
    if not stream.norms[group.head].endswith("ed"):
        return False
    if stream.norms[group.head] in _CALLED and stream.norms[low] in ("a", "an", "one") and (
            _NAMED_SPEAKER.match(stream.codes, group.high)):
        return True  # "a grocer named Roe said"
    clause = any(r.frames & {"t", "z"} for r in cues.verbs.get((stream.norm(low - 1),), ()))  # "said some elements wanted"
    return low > 0 and not clause and stream.codes[low - 1] in "gvdz" and stream.codes[source[1] - 1] in "NS"


def _reason(stream: Stream, at: int) -> Candidate | None:
    """Read "The airline halted flights, citing the unrest": what who acts gives as the reason."""
    named = PHRASE.match(stream.codes, at + 1)
    if named and not _SUMMONED.isdisjoint(stream.norms[slice(*named.span())]) and stream.norm(named.end()) == "for":
        return None  # "issued tickets, citing drivers for speeding"
    comma = 0 if stream.codes[:at].strip("cbA,") else _clause_end(stream, at)
    whose = noun_phrase_right(stream, comma + 1) if comma else first_subject(stream, at) if stream.norm(at - 1) == "," else None
    reading = Cue("cite", "reporting", frozenset("o"))
    end = comma or object_end(stream, at + 1)
    return make(stream, "object", reading, [(at, at + 1)], whose, [(at + 1, end)]) if whose else None


def _cited(stream: Stream, at: int, source: Span, found: list[Candidate]) -> Candidate | None:
    """Read "…, citing officials, reported that …": the inner source of the nearest attribution, with the same content."""
    near = [c for c in found if c.cue and c.contents and c.kind != "scare_quote"]
    place = stream.starts[at]
    outer = min(near, key=lambda c: abs(c.cue[0][0] - place), default=None)
    if outer is None and any(not c.contents for c in found):
        return None  # "Roe stated, citing officials:", and the quotation is still to come
    if outer is None or (outer.cue_class in ("decree", "attitude") and outer.cue[0][0] < place):
        return _reason(stream, at)
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
