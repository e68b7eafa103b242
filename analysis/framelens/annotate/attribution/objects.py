"""Objects as content: accused X of Y, called X Y, put the number at 800, a claim that X denied."""

from __future__ import annotations

import re

from framelens.annotate.attribution.acts import is_act
from framelens.annotate.attribution.calques import read_calque
from framelens.annotate.attribution.clauses import INFINITIVE, Candidate, has_verb, make, object_end, said_where, skip_adverbials
from framelens.annotate.attribution.cues import FINDINGS, SHOWING, Cue
from framelens.text.reading.phrases import PHRASE, TIME_NOUNS, clause_start, noun_phrase_left
from framelens.text.reading.stream import Span, Stream

__all__ = ["RESPONSIBLE", "contact_clause", "read_object"]

Readings = tuple[Cue, ...]
_AMOUNTS = frozenset((
    "number numbers toll figure figures cost costs turnout crowd crowds count damage losses total deaths dead value attendance "
    "group gathering participation participants strength size population share rate support inflation unemployment price bill "
    "budget deficit age speed distance depth wounded injured missing displaced"
).split())
_MEASURE = re.compile(r"[NSVJ]p(?:Dp|[AD]*)[0D]")  # "put the number at 800"
_RECORDING = frozenset("record register log document".split())
_CASES = frozenset((
    "people persons deaths death dead injured wounded arrests detentions cases incidents attacks injuries killings victims "
    "violations abuses abductions casualties complaints protests clashes strikes disappearances instances outbreaks infections"
).split())
_COUNT = re.compile(r"[ApDJr]*[0DS]")
_NUMBER = re.compile(r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|dozens?|hundreds?|thousands?)$")
_APPEALS = frozenset(("ask", "call on", "appeal to", "plead", "turn to", "petition", "beg", "press", "pray"))
_LAWFUL = frozenset((
    "unlawful lawful illegal legal unconstitutional constitutional invalid valid void eligible ineligible admissible inadmissible"
).split())
_NAMING = frozenset("call label brand dub term name consider deem judge designate".split())
_PUT_ON = {"blame": frozenset(["for", "on"]), "accuse": frozenset(["of"]), "suspect": frozenset(["of"]),
           "hold": frozenset(["responsible"])}  # "a group it blames for the raid"
_AS = frozenset(["as"])
_OF_WHOM = frozenset("which whom those people men women youths what".split())
# whom or what is called, and the word for it: "him a liar"
_NAMED = re.compile(r"(?:[DJ0NSP']+(?:[fp][DJ]*[NSP]+)+(?=Q)|[uy]|D(?=[DQ])|"
                    r"h?[DJ0n]*(?:[SP]|[NSP']+(?:f[DJ]*[NSP]+)?(?=A?[DJQ0n])|[NSP']*[SP]))A?(?:[DJQ0NSPn]|d(?=[.,c]|$))")
_EVENTS = frozenset((
    "strike strikes march rally protest protests election elections vote meeting session summit referendum halt"
).split())
# what is refused or accepted, and what is lifted, upheld, suspended by order: not "refused the fence", "lifted the bus"
_OFFERS = frozenset((
    "offer offers deal deals agreement proposal proposals plan plans ruling rulings verdict result results outcome defeat "
    "responsibility blame terms demand demands request requests apology apologies invitation recommendation "
    "recommendations truce ceasefire condition conditions compromise mediation talks dialogue negotiations concession "
    "concessions decision decisions claim claims ultimatum role comment innocence version assessment toll"
).split())
_MEASURES = frozenset((
    "ban bans curfew curfews emergency lockdown restrictions restriction sanctions order orders ruling rulings verdict sentence "
    "sentences conviction convictions licence license licences licenses campaigns campaigning measures decree deadline "
    "moratorium constitution decision decisions suspension embargo result results acquittal"
).split())
RESPONSIBLE = frozenset("responsible liable".split())
_ANYBODY = frozenset("those anyone anybody everyone people".split())  # "hold those responsible to account" blames nobody yet
_NEGATIONS = frozenset("not never cannot didn't hasn't haven't couldn't can't wouldn't won't doesn't don't".split())
_WITHHOLDING = frozenset(
    "declined declines decline declining refused refuses refuse refusing yet unable failed impossible possible hard".split())
_ASIDE = re.compile(r"p[DJ0]*[NSPY]{1,3}(?=D)")  # "condemned in Town the killing"
_THAT_NOUN = re.compile(r"h[J0]*[NS][^dzMHIX]*$")  # "rejected that version"
# the preposition behind whom something is put to: "warned them against going", "briefed the council on the raids"
_LEADING = {"warn": "against", "caution": "against", "advise": "against", "counsel": "against", "alert": "to", "brief": "on",
            "update": "on", "quiz": "about", "ask": "about", "assure": "of", "notify": "of"}
_PARTICLES = frozenset("back out off aside down up".split())  # "walked back into town"
_MOODS = frozenset("concern regret satisfaction interest dismay alarm disappointment appreciation surprise gratitude".split())
_PLEAS = frozenset(("guilty", "innocent"))
_VIEWING = frozenset((
    "dismissive resentful weary ashamed uneasy unaware critical supportive wary suspicious mindful proud afraid fearful "
    "certain convinced confident aware hopeful optimistic pessimistic sceptical skeptical doubtful "
    "unsure persuaded enthusiastic scared frightened terrified"
).split())
_VIEWS = frozenset("of about".split())
_MOVES = frozenset("about by at over with".split())  # what moves somebody: "alarmed at", "angry over"
_PLACES = frozenset("noon night school home work half-time".split())  # "happy at school"
_WEAPONS = frozenset("batons truncheons shields sticks clubs whips horses knives machetes bayonets lathis cannon cannons".split())
_SHOWN = frozenset(  # what one shows in conduct, and nobody can read off it
    "restraint respect mercy courage solidarity leniency patience maturity interest strength signs resolve unity".split())
_ABOUT = frozenset("of against about".split())
_PREPOSITIONS = {"hope": frozenset(["for"]), "fear": frozenset(["for"]),
                 "agree": frozenset(["on"])}


def read_object(stream: Stream, cue: list[Span], after: int, readings: Readings, source: Span | None) -> Candidate | None:
    """Read an object as content: accused X of Y, called X Y, denied X, urged X to Y."""
    if source is None:
        return None
    codes, norms = stream.codes, stream.norms
    if norms[after] == "with" and stream.norm(after + 1) in _MOODS and after + 2 < stream.high:
        after += 2  # "noted with concern the …"
    if norms[after] == "online":
        return None  # "videos posted online show …"
    if codes[after] == "p" and any("o" in r.frames and r.cue_class == "claim" for r in readings) and (
            aside := _ASIDE.match(codes, after, stream.high)) and norms[aside.end() + 1] not in TIME_NOUNS:
        after = aside.end()
    code = codes[after]
    end = said_where(stream, after, object_end(stream, after))
    within = norms[after:end]
    if readings[0].lemma == "charge" and "with" in within and not _WEAPONS.isdisjoint(within[within.index("with"):][:4]):
        return None  # "charged the crowd with batons"
    if readings[0].lemma in ("prefer", "request", "require") and "anonymity" in within[:2]:
        return None
    if readings[0].lemma == "show" and not _SHOWN.isdisjoint(within[:3]):
        return None  # "urged both sides to show restraint"
    for reading in readings:
        if reading.lemma in ("quote", "cite") and (saying := _as_saying(stream, after)):
            before = clause_start(stream, source[0])
            content = (saying + 1, object_end(stream, saying + 1) if saying + 1 < stream.high else stream.high)
            if saying + 1 >= stream.high or (codes[saying + 1] == "," and codes[source[0] - 1:source[0]] == ","):
                content = (before, source[0])  # "…, the agency quoted Roe as saying": make() leaves the comma out
            return _cited(stream, make(stream, "quoted_as_saying", reading, cue, source, [content]), after, saying)
    if calque := read_calque(stream, cue, (after, end), readings[0], source):
        return calque
    if code in "DNSPJuy" and "for" in within and (appeal := next((r for r in readings if r.lemma in _APPEALS), None)) and (
            not _infinitive(codes[after + 1:end])):
        return make(stream, "object", appeal, cue, source, [(after + within.index("for"), end)])  # "asked the council for help"
    if is_act(stream, cue[0], (after, end), readings[0].lemma, source):
        return None
    if readings[0].lemma == "hold":  # "held the firm responsible for the fire"
        blamed = next((k for k in range(after + 1, end) if norms[k] in RESPONSIBLE), 0)
        blames = blamed and norms[blamed - 1] not in _ANYBODY and not has_verb(stream, after, blamed)
        return make(stream, "object", Cue("hold", "claim", frozenset("o")), cue, source, [(after, end)]) if blames else None
    showing = None if SHOWING.isdisjoint(within) else next((r for r in readings if "f" in r.frames), None)
    if showing and (shown := _footage(stream, cue, (after, end), showing, source)):
        return shown
    if told := _put_to(stream, cue, (after, end), readings, source):
        return told
    if code in "JDNSPQn" and stream.norm(source[0] - 1) in _OF_WHOM and (
            naming := next((r for r in readings if r.lemma in _NAMING), None)):  # "whom he called thugs", "those he calls thugs"
        return make(stream, "object", naming, cue, source, [(after, end)])
    for reading in readings:
        frames = reading.frames
        if "p" in frames and norms[after] in _PREPOSITIONS.get(reading.lemma, _ABOUT) and after + 1 < end and (
                reading.lemma != "agree" or norms[after + 1] not in ("little", "nothing")):
            return make(stream, "object", reading, [*cue, (after, after + 1)], source, [(after + 1, end)])
        if ("of" in frames and "of" in within and code not in "ptrf") or (
                "a" in frames and code not in "ptrfB," and ("as" in within or (
                    reading.lemma in _NAMING and _NAMED.match(codes, after, end)))) or (
                reading.lemma == "rule" and "a" in frames and not _LAWFUL.isdisjoint(within)) or (
                "oi" in frames and code not in "ptrfhB," and _infinitive(codes[after + 1:end])):
            return make(stream, "object", reading, cue, source, [(after, end)])
    if readings[0].lemma == "call" and (called := PHRASE.match(codes, after, end)) and norms[called.end() - 1] in _EVENTS:
        return make(stream, "object", Cue("call", "decree", frozenset("o")), cue, source, [(after, end)])
    if readings[0].lemma == "find" and not FINDINGS.isdisjoint(norms[source[0]:source[1]]):
        return make(stream, "object", readings[0], cue, source, [(after, end)])
    if readings[0].lemma == "find" and not _PLEAS.isdisjoint(within):
        return make(stream, "object", Cue("find", "decree", frozenset("o")), cue, source, [(after, end)])
    for reading in readings:
        if "k" in reading.frames and _counted(stream, after, end, reading.lemma):
            return make(stream, "object", reading, cue, source, [(after, end)])
        if norms[after] == "as" and "a" in reading.frames and after + 1 < end and stream.norm(source[0] - 1) in ("whom", "which"):
            return make(stream, "object", reading, [(cue[0][0], after + 1)], source, [(after + 1, end)])
        if "s" in reading.frames and code in "DNSPJ0g" and _decided(stream, after, end, reading):
            return make(stream, "object", reading, cue, source, [(after, end)])
        if "fr" in reading.frames and code in "DNSPJ0uy" and "from" in within:
            return make(stream, "object", reading, cue, source, [(after, end)])
        if "o" in reading.frames and _unsaid(stream, cue, reading):
            continue
        if "o" in reading.frames and (
                (code == "q" and "t" not in reading.frames) or (code in "hz" and end == after + 1)
                or _THAT_NOUN.match(codes[after:end])):
            return make(stream, "object", reading, cue, source, [(after, end)])
        if "m" in reading.frames and code in "DNSJ" and (measure := _MEASURE.search(codes, after, end)) and (
                _NUMBER.match(norms[measure.end() - 1]) and norms[measure.start() + 1] == "at"
                and not _AMOUNTS.isdisjoint(norms[after:measure.start() + 1])):
            return make(stream, "object", reading, cue, source, [(after, end)])
        if "b" in reading.frames and norms[after] in (_VIEWS if reading.lemma in _VIEWING else _MOVES) and after + 1 < end and (
                codes[after + 1] not in "0Y" and norms[after + 1] not in _PLACES):
            return make(stream, "object", reading, [*cue, (after, after + 1)], source, [(after + 1, end)])
        verb, _, particle = reading.lemma.rpartition(" ")
        objects = "DNSPJ0uyQVZgA" + "p" * bool(verb and particle not in _PARTICLES)  # "warned against outside interference"
        objects += "v" * (reading.lemma == "express")  # "expressed regret"
        if "o" in reading.frames and code in objects and not (end == after + 1 and norms[after] in TIME_NOUNS):
            return make(stream, "object", reading, cue, source, [(after, end)])
    return contact_clause(stream, cue, after, readings, source)


def _unsaid(stream: Stream, cue: list[Span], reading: Cue) -> bool:
    """Was nothing said: "did not respond to questions", "declined to comment on it", "has yet to confirm it"?"""
    if reading.cue_class not in ("reporting", "evidence"):
        return False
    low, high = cue[0]
    if stream.norm(high) == "nothing":
        return True
    around = stream.norms[max(0, low - 2):high]
    return not _NEGATIONS.isdisjoint(stream.norms[low:high]) or ("to" in around and not _WITHHOLDING.isdisjoint(around))


def _footage(stream: Stream, cue: list[Span], found: Span, reading: Cue, source: Span) -> Candidate | None:
    """Read "aired footage of …": what the pictures that somebody shows are of."""
    after, end = found
    phrase = PHRASE.match(stream.codes, *found)
    if phrase is None or phrase.end() + 1 >= end or stream.norms[phrase.end() - 1] not in SHOWING:
        return None
    of = phrase.end()
    if stream.norms[of] not in ("of", "showing"):
        return None
    cue = [*cue, (after, of + 1)]
    return make(stream, "object", Cue(reading.lemma, "evidence", frozenset("o")), cue, source, [(of + 1, end)])


def contact_clause(stream: Stream, cue: list[Span], after: int, readings: Readings, source: Span) -> Candidate | None:
    """Read a clause that tells of the noun before it: "a claim the army rejected as baseless", "a man they accuse of theft"."""
    codes, low, after = stream.codes, source[0], skip_adverbials(stream, after)
    of_whom = _PUT_ON.get(readings[0].lemma, _AS)
    as_what = stream.norm(after) in of_whom
    reading = next((r for r in readings if of_whom is not _AS or ("a" in r.frames and as_what) or (
        r.frames & {"o", "s"} and r.cue_class != "reporting")), None)
    if codes[low - 1:low] in ("w", "h") and stream.norms[low - 1] not in ("who", "whose", "where"):
        low -= 1  # "an allegation which police denied"
    low -= codes[low - 1:low] == ","
    if reading is None or codes[low - 1:low] not in ("N", "S") or (low == source[0] - 1 and codes[low] == ","):
        return None
    if not as_what and codes[after:after + 1] not in (",", ".", "", "r", "p"):
        return None
    named = noun_phrase_left(stream, low)
    if named is None or _unsaid(stream, cue, reading) or ("s" in reading.frames and stream.norms[named[1] - 1] not in _OFFERS):
        return None
    return make(stream, "extracted", reading, cue, source, [named, (after, object_end(stream, after))] if as_what else [named])


def _put_to(stream: Stream, cue: list[Span], found: Span, readings: Readings, source: Span) -> Candidate | None:
    """Read what somebody is warned against or alerted to, a plea in court, and "cried foul"."""
    after, end = found
    lemma, within = readings[0].lemma, stream.norms[after:end]
    if lemma == "cry" and within[0] == "foul":
        return make(stream, "object", Cue("cry", "claim", frozenset("o")), cue, source, [(after, after + 1)])
    if lemma == "plead" and (within[0] in _PLEAS or within[:2] == ["not", "guilty"]):
        return make(stream, "object", Cue("plead", "claim", frozenset("o")), cue, source, [found])
    if stream.codes[after] not in "DNSPJuy":
        return None
    led = _LEADING.get(lemma, "")
    if lemma == "warn" and led not in within:
        led = "of"  # "warned drivers of delays"
    if led not in within[1:]:
        return None
    at = after + within.index(led)
    if lemma == "ask" and _infinitive(stream.codes[after:at]):
        return None  # "asked the people to go about their work"
    reading = next((r for r in readings if r.cue_class != "decree"), readings[0])
    return make(stream, "object", reading, cue, source, [(at + (led != "against"), end)])


def _decided(stream: Stream, after: int, end: int, reading: Cue) -> bool:
    """Is an object something that was said or decided: "refused the offer", "lifted the state of emergency"?"""
    phrase = PHRASE.match(stream.codes, after, end)
    if reading.cue_class != "decree":
        return phrase is not None and stream.norms[phrase.end() - 1] in _OFFERS
    return phrase is not None and (stream.norms[phrase.end() - 1] in _MEASURES or "emergency" in stream.norms[after:end][:6])


def _counted(stream: Stream, after: int, end: int, lemma: str) -> bool:
    """Does an object begin with a number: "at least 800 people", "seven dead"? What is recorded is cases, not songs."""
    if not (_COUNT.match(stream.codes, after) and any(map(_NUMBER.match, stream.norms[after:min(end, after + 4)]))):
        return False
    return lemma not in _RECORDING or not _CASES.isdisjoint(stream.norms[after:min(end, after + 8)])


def _as_saying(stream: Stream, after: int) -> int:
    """Return where "saying" stands in "quoted Roe, the mayor, as saying", or 0."""
    norms = stream.norms
    stop = next((k for k in range(after, stream.high) if stream.codes[k] in ";:Q"), stream.high)
    return next((k for k in range(after + 1, stop) if norms[k] == "saying" and norms[k - 1] == "as"), 0)


def _cited(stream: Stream, found: Candidate | None, after: int, saying: int) -> Candidate | None:
    """Note whom a candidate quotes as saying what it says."""
    if found and saying - 1 > after:
        found.cited = (stream.span(saying - 1, saying + 1), stream.span(after, saying - 1 - (stream.code(saying - 2) == ",")))
    return found


def _infinitive(codes: str) -> bool:
    return bool(INFINITIVE.search(codes)) or codes.endswith("tQ")  # "advised him to “read the law”"
