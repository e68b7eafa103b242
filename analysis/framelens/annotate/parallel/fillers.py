"""What fills the slots of a statement in one clause: verb, construction, who is hurt, by whom, number, source, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framelens.annotate.parallel.clauses import FACTS, Clause, agrees, harm_of
from framelens.annotate.parallel.words import number_at, read_synonyms
from framelens.text.numerals import SCALES
from framelens.text.reading.groups import Group, verb_group
from framelens.text.reading.phrases import MEDIA, TIME_NOUNS, noun_phrase_left, noun_phrase_right, subject
from framelens.text.reading.stream import Span, Stream
from framelens.text.tokens import read_phrase

__all__ = ["SLOTS", "Filler", "fill", "plain"]

SLOTS = ("verb", "construction", "who_hurt", "by_whom", "number", "source", "voice", "place", "time")
Row = Mapping[str, Any]
_HEDGES = tuple(tuple(words.split()) for words in (
    "at least;no fewer than;no less than;more than;fewer than;less than;as many as;up to;about;around;some;nearly;almost;over;"
    "roughly;approximately;an estimated;only;another;a total of").split(";"))
_PASSIVE = 3
_CONTENT = frozenset((  # acts whose object is what is done, nobody hurt
    "curfew emergency restrain agree demand promise order_do deny threaten investigate negotiate warn").split())
_HELD = frozenset("custody detention arrest".split())
_TRANSITIVE = frozenset("kill injure detain release hospitalise treat destroy loot disperse seize execute deploy".split())
_HAPPEN = frozenset((
    "reopen rise fall burn collapse explode arrive resign kill sink begin end crash derail survive lose quake").split())
_BE = frozenset("is are was were be been being am".split())
_HAPPENS = frozenset((
    "die dies died dying dead occur occurs occurred happen happens happened fell fall burn burned ablaze alight resume "
    "resumed restart reopened reopen collapsed collapse perish perished running drown drowned suffocate suffocated capsized "
    "capsizes overturned overturns sank sinks remain remained remains stay stayed last lasted missing unaccounted erupted "
    "amounts amounted").split())
_STATES = frozenset("missing dead safe alive unaccounted ablaze alight".split())  # behind "was", no act
_STATE = re.compile(r"I(?:A?|p?D?)$")  # "were still", "was among the"
_PEOPLE = frozenset("dead bodies corpses wounded injured casualties victims missing detainees".split())  # whom an act befell
_EMPTY = frozenset("come came comes follow followed follows have has had".split())  # an act's noun tells more
_PLACE = re.compile(r"(?:A?[pr](?=D?[DNSPJ0']*[NSP]))[DNSPJ0']*[NSP](?:f[DJ0P']*[NSP](?=[^NSP]|$))?")
_PLACE_WORDS = frozenset("in at on near outside inside across around through along off beside behind opposite".split())
_TIME = re.compile(r"[Apr]*[DJ0]*Y[Y0N]*(?:,0)?|A?[pr][DJ0]*[NSY]+(?:p[DJ]*Y+)?")
_CAPITAL = re.compile(r"[A-Z]")
_YEAR = re.compile(r"19\d\d|20\d\d")
_UNITS = frozenset("a.m p.m a.m. p.m. am pm o'clock km kilometre kilometres miles metres".split())  # of times and distances
_TIMES = TIME_NOUNS | frozenset((
    "dawn dusk noon midday midnight sunrise sunset daybreak overnight hour hours minutes today yesterday tonight nightfall "
    "evening morning afternoon night").split())

_WHERE = frozenset((
    "city town village capital region district province square street road bridge station building hall house centre center gate "
    "quarry port harbour airport hospital school university market border area country north south east west river prison office "
    "headquarters camp valley yard plant factory mine corridor hospital courtyard crossroads island lake coast shore jetty pier "
    "dock docks beach park forest mountain hill suburb outskirts embassy palace parliament court barracks base checkpoint "
    "outpost cathedral church mosque temple stadium hotel motorway highway sea strait bay gulf mainland quarter "
    "neighbourhood").split())


@dataclass(frozen=True)
class Filler:
    """What fills a slot: the words, and where they stand; of construction and voice, where the verb does."""

    slot: str
    start: int
    end: int
    words: str


def fill(clause: Clause, act: str | None, text: str, spans: Sequence[Row], voices: Sequence[Row]) -> list[Filler]:
    """Fill the slots of one clause.

    Parameters
    ----------
    clause : Clause
    act : str or None
        What happens in the statement, the class that most of its clauses share.
    text : str
        The article.
    spans, voices : sequence of rows
        Its ``attribution_spans`` and its ``voice``, this one in order.
    """
    stream = clause.stream
    rows = [r for r in clause.agency if harm_of(r["verb_lemma"]) == act and not _misread(stream, r)]
    row = next((r for r in rows if r["construction"] != "nominal" or not _verbs(clause)), None)
    found: dict[str, tuple[int, int]] = {}
    construction = None
    if row is not None:
        found["verb"] = row["start"], row["end"]
        construction = row["construction"]
        end = next((k for k in range(len(stream)) if stream.starts[k] >= row["end"]), len(stream))
        if construction == "passive_agentless" and (doer := _doer(stream, end)) is not None and doer[0] <= end + 1:
            construction, found["by_whom"] = "passive_agent", stream.span(*doer)
        for slot, column in (("who_hurt", "patient"), ("by_whom", "agent")):
            if row[column] and (place := _nearest(text, row[column], (row["start"], row["end"]), _bounds(clause))):
                found[slot] = place
        built, parties = _read(stream, (end - 1, end), clause, act)
        if built == construction:
            found = {slot: stream.span(*party) for slot, party in parties.items()} | found
    elif (at := _anchor(clause, act)) is not None:
        construction, parties = _read(stream, at, clause, act)
        found["verb"] = stream.span(at[0], at[1])
        found |= {slot: stream.span(*party) for slot, party in parties.items()}
    for slot in ("who_hurt", "by_whom"):
        if slot in found:
            found[slot] = _with_hedge(stream, found[slot])
    if (number := _number(clause, act, found.get("who_hurt"))) is not None:
        found["number"] = number
    anchor = found.get("verb") or found.get("number")
    voice = next((v for v in voices if anchor is not None and v["start"] <= anchor[0] < v["end"]), None)
    of = voice["attribution_id"] if voice is not None else None
    if (source := _source(clause, spans, anchor, of)) is not None:
        found["source"] = source
    low, high = _around(stream, anchor, clause) if anchor else (clause.low, clause.high)
    taken = list(found.values())
    elsewhere = (one for one in _circumstances(stream, 0, len(stream)) if one[0] == "time" or _CAPITAL.search(text, *one[1]))
    for slot, place in (*_circumstances(stream, low, high), *elsewhere):
        if slot not in found and not any(place[0] < e and s < place[1] for s, e in taken):
            found[slot] = place
    fillers = [Filler(slot, s, e, text[s:e]) for slot, (s, e) in found.items() if s < e]
    if anchor:
        fillers += [Filler("construction", *anchor, construction)] if construction else []
        told = clause.speech is None and "source" in found  # the verb is the cue itself: "urged", "demanded"
        spoken = "indirect" if told else voice["voice"] if voice is not None else None
        fillers += [Filler("voice", *anchor, spoken)] if spoken else []
    return sorted(fillers, key=lambda f: SLOTS.index(f.slot))


def _misread(stream: Stream, row: Row) -> bool:
    """Is a clause of ``agency`` read as active whose verb stands behind an article: "a single shot"?"""
    k = next((k for k in range(len(stream)) if stream.starts[k] == row["start"]), None)
    return row["construction"] == "active" and k is not None and stream.codes[k - 1:k] in tuple("DJ0")


def _bounds(clause: Clause) -> Span:
    return clause.stream.sentence.start, clause.stream.sentence.end


def _nearest(text: str, words: str, near: Span, within: Span) -> Span | None:
    """Find the words of a party that stand nearest to its verb."""
    places = []
    at = text.find(words, within[0], within[1])
    while at >= 0:
        places.append((at, at + len(words)))
        at = text.find(words, at + 1, within[1])
    return min(places, key=lambda p: (max(p[0] - near[1], near[0] - p[1], 0), p), default=None)


def _anchor(clause: Clause, act: str | None) -> Span | None:
    """Find the verb or noun of the statement in a clause: of its act, the verb before the noun; else its own main verb."""
    stream, synonyms = clause.stream, read_synonyms()
    own, verbs = [], []
    for k in range(clause.low, min(clause.high, len(stream))):
        if not clause.start <= stream.starts[k] < clause.end:
            continue
        known = synonyms.at(stream.norms, k)
        if known and known[0] == act and act is not None:
            own.append((k, k + known[1]))
        if stream.codes[k] in "dzvengV" and stream.norms[k] not in _BE and k not in clause.silent:
            verbs.append((k, k + 1))
    if own:
        best = max(own, key=lambda at: (_verbal(stream, at[0]), -at[0]))
        if not _verbal(stream, best[0]) and stream.code(best[1]) == "I" and stream.code(best[1] + 1) in "ne":
            return best[1] + 1, best[1] + 2  # "a shot was fired"
        if _verbal(stream, best[0]) or not _verbs(clause):
            return best
    return max(verbs, key=lambda at: (_verbal(stream, at[0]) == _PASSIVE, _verbal(stream, at[0]) > 1, -at[0]), default=None)


def _verbs(clause: Clause) -> bool:
    """Has a clause a finite verb that tells more than "came" or "was"?"""
    stream = clause.stream
    return any(stream.codes[k] in "dzvengV" and _verbal(stream, k) > 1 and k not in clause.silent
               and stream.norms[k] not in _EMPTY and stream.norms[k] not in _BE
               for k in range(clause.low, min(clause.high, len(stream))) if clause.start <= stream.starts[k] < clause.end)


def _verbal(stream: Stream, k: int) -> int:
    """Tell how surely a word is the verb of its clause: 3 a participle behind "was", 2 finite, 1 another form, 0 a noun."""
    code, before = stream.codes[k], stream.codes[:k].rstrip("A")[-1:]
    if (code in "ne" or stream.norms[k].endswith("ed")) and before == "I":
        return _PASSIVE
    if before == "0" and code == "N" and not stream.norms[k].endswith("s") and stream.code(k + 1) in (*"srpc,.;:-", ""):
        return 2  # "At least 34 drown as …": a noun would be a plural
    if before in tuple("DJ0f"):
        return 0
    if before in tuple("HX") and code in "vend":
        return 2
    if code in "dzv" or (code in "eJNS" and stream.norms[k].endswith("ed")):
        return 2
    if code in "NSJ" and before in tuple("NSPU") and stream.code(k + 1) in "DNSPJne0" and _verb_like(stream.norms[k]):
        return 1  # "Police clear station"
    if agrees(stream, k):
        return 2
    return int(code in "engV")


def _verb_like(norm: str) -> bool:
    """Could a word that is read as a noun or adjective be a verb? Those of an act that take no -ing or -ion."""
    return not norm.endswith(("ing", "ion", "ment", "age", "ence"))


def _read(stream: Stream, at: Span, clause: Clause, act: str | None) -> tuple[str, dict[str, Span]]:
    """Read how a clause is built around its verb or noun, and the items of who is hurt and who does it."""
    head, high = at
    parties: dict[str, Span] = {}
    sure = _verbal(stream, head)
    if stream.norms[head] in _HELD and stream.norm(head - 1) in ("in", "under"):
        held = _left(stream, verb_group(stream, head - 2, 1), clause.low) if stream.code(head - 2) in "Ing" else None
        return "passive_agentless", {"who_hurt": held} if held else {}
    if stream.norms[head] in _STATES and (state := _STATE.search(stream.codes, 0, head)) is not None:
        party = _left(stream, verb_group(stream, state.start(), 1), clause.low)
        return "intransitive", {"who_hurt": party} if party else {}
    if stream.norms[head] == "dead" and not any(c in "dzvMHIX" for c in stream.codes[clause.low:clause.high]):
        party = noun_phrase_left(stream, head)
        return "intransitive", {"who_hurt": party} if party else {}
    if not sure and stream.codes[head] in "NSPJ" and not (stream.codes[head] == "J" and stream.codes[head - 1:head] == "I"):
        for leading, slot in (("of", "who_hurt"), ("to", "who_hurt"), ("by", "by_whom")):
            if stream.norm(high) == leading and (party := noun_phrase_right(stream, high + 1)):
                parties[slot] = party
        if "who_hurt" not in parties and stream.norms[head] in _PEOPLE and (party := noun_phrase_left(stream, high)):
            parties["who_hurt"] = party
        return "nominal", parties
    group = verb_group(stream, head, high - head)
    before, behind = _left(stream, group, clause.low), _right(stream, high)
    own = read_synonyms().at(stream.norms, head)
    if sure != _PASSIVE and behind is None and stream.norms[head] in _HAPPENS:
        return "intransitive", {"who_hurt": before} if before else {}
    bare = stream.codes[head] in "dne" and behind is None and (stream.norms[clause.low] == "with" or (
        act in _TRANSITIVE and own is not None and own[0] == act))
    if sure == _PASSIVE or group.passive or bare:
        if before:
            parties["who_hurt"] = before
        if (doer := _doer(stream, high)) is not None:
            parties["by_whom"] = doer
            return "passive_agent", parties
        return "passive_agentless", parties
    if behind is None and (
            stream.norms[head] in _HAPPENS or act in _HAPPEN or (own and own[0] in _HAPPEN) or stream.codes[head] == "J"):
        if before:
            parties["who_hurt"] = before
        return "intransitive", parties
    if before:
        parties["by_whom"] = before
    if behind and not (own and own[0] in _CONTENT) and not (act in _CONTENT and any(
            (read_synonyms().at(stream.norms, k) or ("", 0))[0] == act for k in range(*behind))):
        parties["who_hurt"] = behind
    return "active", parties


def _doer(stream: Stream, high: int) -> Span | None:
    """Find who did it behind a passive: "by …" within a few words, but no time."""
    k = next((k for k in range(high, min(high + 5, len(stream))) if stream.norms[k] == "by"), None)
    if k is None or stream.code(k + 1) in "Y0g" or stream.norm(k + 1) in _TIMES:
        return None
    return noun_phrase_right(stream, k + 1)


def _left(stream: Stream, group: Group, low: int) -> Span | None:
    party = subject(stream, group.low)
    if not party or party[1] <= max(party[0], low):
        return None
    start = max(party[0], low) if stream.norms[low] == "with" else max(party[0], 0)
    return start + (stream.norms[start] == "with"), party[1]


def _right(stream: Stream, at: int) -> Span | None:
    while stream.code(at) == "A":
        at += 1
    at += max((len(hedge) for hedge in _HEDGES if tuple(stream.norms[at:at + len(hedge)]) == hedge), default=0)
    if stream.code(at) not in "DNSPJ0uyUn":
        return None
    party = noun_phrase_right(stream, at)
    if party is None:
        return None
    stop = next((k for k in range(at + 1, party[1]) if stream.codes[k] in "pr" and stream.codes[k - 1] not in "f"), party[1])
    return at, stop


def _with_hedge(stream: Stream, span: Span) -> Span:
    """Take the hedge before a party's number into the phrase."""
    first = next((k for k in range(len(stream)) if stream.starts[k] == span[0]), None)
    if first is None:
        return span
    for hedge in _HEDGES:
        k = first - len(hedge)
        if k >= 0 and tuple(stream.norms[k:first]) == hedge:
            return stream.starts[k], span[1]
    return span


def _number(clause: Clause, act: str | None, hurt: Span | None) -> Span | None:
    """Find the number of a statement: the fact of its act, or what counts who is hurt."""
    for row in clause.facts:
        if FACTS[row["fact"]] == act:
            return row["start"], row["end"]
    stream = clause.stream
    items = [k for k in range(clause.low, min(clause.high, len(stream))) if not (
        _YEAR.fullmatch(stream.norms[k]) or stream.norm(k + 1) in _UNITS)]
    inside = [k for k in items if hurt and hurt[0] <= stream.starts[k] < hurt[1]]
    counted = [k for k in items if (stream.codes[k] == "0" or stream.norm(k + 1) in SCALES)
               and clause.start <= stream.starts[k] < clause.end and k not in clause.silent
               and stream.norm(k + 1) not in _TIMES and stream.code(k - 1) != "Y"]
    for k in inside + (counted if len(counted) == 1 else []):
        if stream.codes[k] in "0DJNS" and (found := number_at(stream.norms, k)):
            return stream.span(k, k + found[1])
    return None


def _source(clause: Clause, spans: Sequence[Row], anchor: Span | None, told: str | None) -> Span | None:
    """Find the words that name the source: of the attribution that the clause stands in, or whose cue its verb is."""
    cues = (s for s in spans if s["role"] == "cue" and anchor is not None and s["start"] < anchor[1] and anchor[0] < s["end"])
    of = clause.speech["attribution_id"] if clause.speech is not None else told or next((s["attribution_id"] for s in cues), None)
    own = [(s["start"], s["end"]) for s in spans if s["role"] == "source" and s["attribution_id"] == of]
    return min(own, key=lambda place: (abs(place[0] - clause.start), place), default=None)


def _around(stream: Stream, anchor: Span, clause: Clause) -> Span:
    """Return the items of a clause, from its subject on."""
    first = next((k for k in range(len(stream)) if stream.ends[k] > anchor[0]), clause.low)
    return min(clause.low, first), max(clause.high, first + 1)


def _circumstances(stream: Stream, low: int, high: int) -> Iterator[tuple[str, Span]]:
    """Yield the phrases for a time, then those for a place, in order."""
    codes = stream.codes
    for match in _TIME.finditer(codes, low, high):
        items = range(match.start(), match.end())
        if stream.norms[items[0]] == "for":
            continue  # how long it lasted
        if stream.code(match.end()) != "'" and any(codes[k] == "Y" or stream.norms[k] in _TIMES for k in items):
            yield "time", stream.span(match.start(), match.end())
    for k in range(low + 1, high):
        if _YEAR.fullmatch(stream.norms[k]) and stream.norms[k - 1] in ("in", "since"):
            yield "time", stream.span(k - 1, k + 1)
    for match in _PLACE.finditer(codes, low, high):
        k = match.start() + (codes[match.start()] == "A")
        items = range(k + 1, match.end())
        if stream.norms[k] not in _PLACE_WORDS or stream.norms[items[-1]] in MEDIA or any(
                stream.norms[i] in _TIMES or codes[i] in "Y0" for i in items):
            continue
        if any(codes[i] == "P" for i in items) or stream.norms[items[-1]] in _WHERE or any(
                codes[i + 1] == "f" and stream.norms[i] in _WHERE for i in items[:-1]):
            yield "place", stream.span(k, match.end())


def plain(filler: str, slot: str) -> str:
    """Return a filler as it is compared: without case and article, a number by its figures."""
    words = read_phrase(filler)
    if slot == "number" and words and (found := number_at(words, 0)):
        return found[0]
    return " ".join(words[1:] if words[:1] in (("the",), ("a",), ("an",)) else words)
