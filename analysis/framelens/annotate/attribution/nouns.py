"""Nouns as cues: "a statement that …", "criticism of …"; behind a light verb "voiced alarm at …", "gave the order to …"."""

from __future__ import annotations

import re

from framelens.annotate.attribution.clauses import INFINITIVE, Candidate, make, object_end, right_end
from framelens.annotate.attribution.cues import PARTIES, Cue, CueLexicon
from framelens.annotate.attribution.verbs import MAIN_VERB, first_subject, nearest_subject
from framelens.text.inflect import verb_forms
from framelens.text.reading.groups import Group, verb_group
from framelens.text.reading.phrases import PHRASE, TIME_NOUNS, noun_phrase_left, noun_phrase_right, object_phrase, subject
from framelens.text.reading.stream import Span, Stream

__all__ = ["noun_cue"]

Readings = tuple[Cue, ...]


def _all(verbs: str) -> frozenset[str]:
    """Give the forms of verbs."""
    return frozenset(form for verb in verbs.split() for form in verb_forms(verb))


_SENDING = _all("convey extend offer register lodge deliver send manifest transmit") | {"sent"}
# Verbs whose subject feels or says what the noun names: "expressed the hope that"
_VOICING = _SENDING | {"gave", "given"} | _all("express voice make issue repeat reiterate renew raise sound give air vent level")
_LIGHT = _VOICING | {"have", "has", "had", "held"} | _all("hold take share")
_WHOLE = _all("repeat reiterate offer")  # cues that have the noun as their object
_OBJECT_VERBS = _all("express voice")
_ISSUING = _all("issue")
_SPREADS = frozenset("spread spreads emerged circulated surfaced came grew".split())
_BIDDEN = re.compile(f"[DJ0]*[NSPu'][NSP']*{INFINITIVE.pattern}")
_ABOUT = frozenset("about against over for".split())
_TOWARDS = _ABOUT | frozenset("at with toward towards on".split())  # "outrage at", "solidarity with"
_CONFIDENCE = frozenset(("confidence", "trust", "faith", "interest", "belief"))
_MINE = frozenset("his her their its my our".split())
_CLAIMANTS = frozenset((
    "media press news police army military government opposition union company ministry court rebel militia prosecution defence "
    "defense party hospital un eu nato us kremlin"
).split())
# nouns of what somebody says, and who they are behind "of" rather than what it is about
_SUBJECTIVE = frozenset("claim claims accusation accusations allegation allegations assertion assertions complaint complaints "
                        "demand demands assessment assessments warning warnings".split())
_PARTIES = _CLAIMANTS | PARTIES | frozenset((
    "protesters demonstrators blockaders villagers workers relatives victims opponents monitors scientists officials authorities "
    "rebels soldiers officers prosecutor president minister mayor governor state church bishops students teachers"
).split())
_THE = frozenset("the its their his her these those".split())
_WHOSE = re.compile("D[NSPJ']*[NSP]")
_NO_HOST = re.compile("[^dzMHIX]*$")
_TRADING = frozenset((
    "rose fell grew slowed jumped surged climbed slumped soared dropped dipped eased weakened rises falls grows"
).split())
_GUILT = frozenset("guilt wrongdoing defeat failure responsibility error errors liability fault mistakes weakness".split())
_FEELINGS = frozenset("fear fears hope hopes belief".split())
_LONGEST_ADDRESS = 7  # words between a light verb and its noun: "gave the owners of the mine an ultimatum"


def noun_cue(stream: Stream, at: int, readings: Readings, cues: CueLexicon) -> Candidate | None:
    """Read "a statement that …", "reports of …", "criticism of …", "expressed regret over …"."""
    codes = stream.codes
    low = at
    while low and (codes[low - 1] in "JAn0" or (codes[low - 1] == "c" and codes[low - 2:low - 1] in ("J", "n"))):
        low -= 1
    light = _light(stream, low)
    voiced = light if light and stream.norms[light.head] in _VOICING else None
    if voiced and (sent := _sent(stream, at, low, voiced, readings)):
        return sent
    if voiced and stream.norms[voiced.head] in _WHOLE:
        return None
    if stream.code(at - 1) == "M" or (stream.code(at - 1) == "t" and codes[at] != "S"):
        return None
    if not voiced and (said := _said_by(stream, at, readings, cues)):
        return said
    spread = not voiced and stream.norm(at + 1) in _SPREADS and stream.code(at + 2) == "h"  # "word spread that"
    frame = "t" if spread else _frame(stream, at, voiced is not None)
    reading = next((r for r in readings if frame in r.frames or (frame and voiced and "l" in r.frames)), None)
    if reading is None:
        return None
    if frame in ("p", "of") and voiced and not _about(stream, at, low, reading, voiced):
        return None
    if (frame == "p" and not voiced and _traded(stream, at, low)) or (
            frame == "of" and reading.lemma == "admission" and _GUILT.isdisjoint(stream.norms[at + 2:at + 6])):
        return None
    if frame == "of" and not voiced and (_reports(stream, at, cues) or _by_whom(stream, at)):
        return None
    begin = at + 1 + spread
    if frame == "t":
        if stream.code(begin + 1) in "AdzMHIXe":
            return None  # "a statement that called for …": a relative clause
        end = _host_verb(stream, (at, begin), right_end(stream, begin, cues))
    elif frame == "i":
        if not INFINITIVE.match(codes, begin):
            return None
        end = _host_verb(stream, (at, begin), object_end(stream, begin))
    else:
        begin += 1
        bid = voiced and reading.cue_class == "decree"  # "a plea to the kidnappers to free them"
        quoted = not voiced and stream.code(begin) == "Q"  # "accusations of “sabotage” against the strikers"
        end = object_end(stream, begin) if bid or stream.code(begin) == "g" else begin + 1 if (
            quoted and stream.code(begin + 1) not in ("N", "S", "J", "p")) else object_phrase(stream, begin + quoted)
    cue = (at, begin if frame in ("of", "p") else at + 1)
    whose = _whose(stream, light) if light else _owner(stream, low, at)
    if whose is None and reading.lemma in ("favour", "favor") and stream.norm(at - 1) == "in" and codes[at - 2:at - 1] in (
            "I", "A"):
        whose = subject(stream, verb_group(stream, at - 1, 1).low)  # "are in favour of a vote"
    pieces = [(voiced.low, voiced.high), (low - (codes[low - 1:low] == "D"), cue[1])] if voiced else [cue]
    return make(stream, "noun_cue", reading, pieces, whose, [(begin, end)])


def _host_verb(stream: Stream, found: Span, end: int) -> int:
    """End a content before the verb of which its noun is the subject: "the decision to leave | was hers"."""
    codes, (at, begin) = stream.codes, found
    named = noun_phrase_left(stream, at + 1)
    if named is None or (named[0] and codes[named[0] - 1] not in ",;:srhqcb"):
        return end
    if codes[begin] == "h":
        main = MAIN_VERB.match(codes, begin, end)
        return main.end() if main else end
    for k in range(begin + 2, end):
        if codes[k] in "whqsr,cb":
            break
        if codes[k] in "zMHIX" or (codes[k] == "d" and stream.code(k + 1) != "B" and (
                stream.code(k + 1) not in "pY" or _NO_HOST.match(codes, k + 1, end))):
            return k - (codes[k - 1] == "A")
    return end


def _traded(stream: Stream, at: int, low: int) -> bool:
    """Is a demand that of a market: "demand for copper", "a rise in the demand for homes fell"?"""
    codes, norms = stream.codes, stream.norms
    if norms[at] != "demand" or stream.code(at + 2) in "DQg":
        return False
    wanted = PHRASE.match(codes, at + 2)
    bare = codes[low:low + 1] != "D" and stream.code(low - 1) not in ("D", "'")
    return bare or (wanted is not None and stream.norm(wanted.end()) in _TRADING)


def _reports(stream: Stream, at: int, cues: CueLexicon) -> bool:
    """Does a report of a body go on to say something: "the report of the ministry found that"?"""
    body = noun_phrase_right(stream, at + 2) if stream.norms[at] in ("report", "statement") else None
    readings = cues.verbs.get((stream.norm(body[1]),), ()) if body and stream.code(body[1]) in ("d", "z") else ()
    return any(r.cue_class in ("reporting", "claim", "evidence") for r in readings)


def _by_whom(stream: Stream, at: int) -> bool:
    """Does "of" lead to who says it: "the accusations of the opposition", "the claims of residents"?"""
    named = _WHOSE.match(stream.codes, at + 2) if stream.norms[at] in _SUBJECTIVE else None
    if named is None or stream.code(named.end()) == "g":
        return False
    return stream.norms[at + 2] in _THE and stream.norms[named.end() - 1] in _PARTIES


def _frame(stream: Stream, at: int, voiced: bool) -> str:
    """Return the frame that the word behind a noun opens: "that", "of", "to" and a verb, another preposition."""
    following = stream.code(at + 1)
    if following == "p":
        return "of" if stream.norm(at + 1) in ("about", "against") and not voiced else "p"
    if following == "t" and voiced and stream.code(at + 2) in "DNSPJ0u" and not INFINITIVE.match(stream.codes, at + 1):
        return "p"  # "opposition to the bill"
    return {"h": "t", "f": "of", "t": "i"}.get(following, "")


def _about(stream: Stream, at: int, low: int, reading: Cue, light: Group) -> bool:
    """Does the preposition behind a noun that is voiced lead to what it is about, rather than to a time, a place or a person?"""
    preposition, following, verb = stream.norm(at + 1), stream.norm(at + 2), stream.norms[light.head]
    if stream.code(at + 2) in "Y0" or following in TIME_NOUNS or verb in _ISSUING:
        return False
    if verb in _OBJECT_VERBS and stream.norms[low - 1] in _MINE:
        return False  # "voiced their support for Roe": the support as a whole
    if preposition == "in":
        return reading.lemma in _CONFIDENCE
    if preposition == "to" and reading.cue_class == "decree":
        return bool(_BIDDEN.match(stream.codes, at + 2))
    return preposition in ("of", "to") or preposition in (_TOWARDS if reading.cue_class == "attitude" else _ABOUT)


def _light(stream: Stream, low: int) -> Group | None:
    """Find the light verb of a noun phrase that begins at ``low``, an addressee between: "gave the union an ultimatum"."""
    codes, norms = stream.codes, stream.norms
    verb = low - 1 - (codes[low - 1:low] == "D")
    near, least = verb, max(0, verb - _LONGEST_ADDRESS)
    while verb > least and codes[verb] in "DNSPJutf'":
        verb -= 1
    if verb <= 0 or codes[verb] not in "dzvngH" or norms[verb] not in (_LIGHT if verb == near else _VOICING):
        return None
    return verb_group(stream, verb, 1)


def _whose(stream: Stream, light: Group) -> Span | None:
    """Return the subject of a light verb: who has the hope, makes the claim."""
    if light.passive:
        return None  # "was given assurances that …"
    if stream.codes[light.head] == "g" or stream.code(light.low - 1) in "tcb":
        return first_subject(stream, light.low)
    return subject(stream, light.low)


def _owner(stream: Stream, low: int, at: int) -> Span | None:
    """Return whose the noun is: "the minister's claim that", "his fear of", "media reports that"."""
    if low and stream.norms[low - 1] in _MINE:
        return low - 1, low
    if low and stream.codes[low - 1] == "'":
        return noun_phrase_left(stream, low - 1)
    if low and stream.codes[low - 1] in "NSP" and stream.norms[low - 1] in _CLAIMANTS:
        return noun_phrase_left(stream, low)
    if stream.norms[at] in _FEELINGS and stream.norm(low - 1 - (stream.codes[low - 1:low] == "D")) in ("for", "in"):
        return nearest_subject(stream, low - 1)  # "he hid for fear of reprisals"
    return None


def _said_by(stream: Stream, at: int, readings: Readings, cues: CueLexicon) -> Candidate | None:
    """Read "the refusal of S to leave", "a claim by S that …", "calls from S to leave"."""
    if stream.code(at + 1) not in "fB" and stream.norm(at + 1) != "from":
        return None
    owner = noun_phrase_right(stream, at + 2)
    if owner is None or stream.codes[owner[0]] in "g0" or (
            stream.code(at + 1) == "f" and not (stream.codes[owner[0]] in "DP" or stream.capital(owner[0]))):
        return None  # "promises of aid to states that …"
    begin = owner[1]
    mark, following = stream.code(begin), stream.code(begin + 1)
    told = "t" if mark == "h" and following not in "AdzMHIXe" else "i" if INFINITIVE.match(stream.codes, begin) else ""
    reading = next((r for r in readings if told in r.frames and r.cue_class != "evidence" and r.lemma != "charge"), None)
    if reading is None:
        return None
    end = right_end(stream, begin, cues) if told == "t" else object_end(stream, begin)
    return make(stream, "noun_cue", reading, [(at, at + 2)], owner, [(begin, end)])


def _sent(stream: Stream, at: int, low: int, light: Group, readings: Readings) -> Candidate | None:
    """Read what is conveyed as a whole: "conveyed to them his sincere condolences", "lodged a protest"."""
    reading = next((r for r in readings if "l" in r.frames and r.cue_class in ("attitude", "claim")), None)
    if reading is None or stream.norms[light.head] not in _SENDING or stream.code(at + 1) == "h" or (
            stream.code(at + 1) == "p" and stream.norm(at + 1) != "with") or INFINITIVE.match(stream.codes, at + 1):
        return None
    first = low - (stream.codes[low - 1:low] == "D")
    end = at + 1 if stream.code(at + 1) == "p" else object_end(stream, at)  # "lodged a protest with the envoy"
    return make(stream, "object", reading, [(light.low, light.high)], _whose(stream, light), [(first, end)])
