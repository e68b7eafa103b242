"""Constructions other than subject and verb: "according to", "as S put it", "S: …", "reportedly"."""

from __future__ import annotations

import re
from dataclasses import replace

from framelens.annotate.attribution.clauses import (
    Candidate,
    account_end,
    clause_at,
    has_verb,
    make,
    object_end,
    right_end,
    skip_adverbials,
)
from framelens.annotate.attribution.cues import ACCOUNTS, FINDINGS, Cue, CueLexicon
from framelens.text.numerals import UNITS
from framelens.text.reading.phrases import PHRASE, TIME_NOUNS, clause_start, noun_phrase_right, object_phrase, subject
from framelens.text.reading.stream import Stream

__all__ = ["according", "adverb_cue", "as_clause", "headline_source", "in_account", "in_findings", "labelled",
           "quoted_by", "so_called"]

_Q = frozenset("q")
# "punished according to law"
_RULES = frozenset((
    "law plan schedule custom tradition need needs size type age rank protocol procedure"
).split())
# "vary according to the season": what decides, not who says
_MEASURES = frozenset((
    "number ability season income weight height sex gender taste merit seniority distance colour color length quality means "
    "circumstances scale beat rhythm rank location severity alphabet preference"
).split())
_RELEASED = re.compile("[NS][dn][pBY]")


def according(stream: Stream, at: int, cues: CueLexicon) -> Candidate | None:
    """Read "according to S"."""
    source = noun_phrase_right(stream, at + 2)
    if not source or (source[1] == at + 3 and stream.norms[at + 2] in _RULES):
        return None
    codes, high = stream.codes, stream.high
    named = PHRASE.match(codes, at + 2)
    if named and stream.norms[named.end() - 1] in _MEASURES:
        return None
    comma = codes.find(",", *source)
    if comma > 0 and not codes[:at].strip("Acb.,(:-") and source[1] < high and (stream.code(source[1]) not in ",)" or (
            codes[comma - 1] == "N" and codes[comma + 1] == "P" and not clause_at(stream, source[1] + 1))):
        source = (source[0], comma)  # "According to our office, guards at noon fired": no apposition, it is not closed
    if _RELEASED.match(codes, source[1] - 1) or codes[source[1] - 1] in "pB":
        # "according to a poll published on Sunday by the firm Roe"
        source = (source[0], next((k for k in range(source[1], high) if codes[k] in ",;:Q-hwb"), high))
    behind = source[1]
    while behind < high and codes[behind] not in ",;:Q-" and behind - source[1] <= 12:
        behind += 1
    reading = Cue("according to", "reporting", _Q)
    cue = [(at, at + 2)]
    leading = all(c in "Acb.,(:-" for c in codes[:at])
    if leading:
        begin = behind + 1 if stream.code(behind) == "," else behind
        if stream.norm(begin) in ("reporting", "citing", "quoting"):
            begin = next((k + 1 for k in range(begin, high) if codes[k] == ","), begin)
        end = account_end(stream, begin, cues) if begin < high else begin
        return make(stream, "according_to", reading, cue, source, [(begin, end)])
    edge = at - 1 if codes[at - 1] == "," else at
    first = clause_start(stream, edge)
    if stream.floor and not has_verb(stream, first, edge):  # “…,” said Roe on Monday, according to the paper: all of it
        first = clause_start(replace(stream, floor=0), edge)
    if codes[edge - 1] == "h" and edge < at and stream.code(behind) == ",":  # "said that, according to S, …"
        return make(stream, "according_to", reading, cue, source, [(behind + 1, right_end(stream, behind + 1, cues))])
    contents = [(first, edge)]
    if stream.code(behind) == "," and behind + 1 < high and codes[behind + 1] not in "wgbs" and "according" not in (
            stream.norms[behind:]) and (
            not has_verb(stream, *contents[0]) or has_verb(stream, behind + 1, high)):
        contents.append((behind + 1, high))
    return make(stream, "according_to", reading, cue, source, contents)


def in_findings(stream: Stream, at: int) -> Candidate | None:
    """Read "In a poll released on Monday, half of voters chose …": what a poll or study is the place of, it shows."""
    codes = stream.codes
    comma = codes.find(",", at, at + 14)
    if comma < 0 or codes[:at].strip("cbA") or FINDINGS.isdisjoint(stream.norms[at + 1:comma]):
        return None
    if any(c in "gdzMHIXwqh" for c in codes[at:comma]) or not has_verb(stream, comma + 1, stream.high):
        return None
    reading = Cue(stream.norms[at], "evidence", _Q)
    return make(stream, "in_findings", reading, [(at, at + 1)], (at + 1, comma), [(comma + 1, stream.high)])


_WHERE = frozenset("in at near outside around across".split())
_FROM = frozenset("of from to".split())
_OURS = frozenset("i we you my our your us me".split())  # who says so speaks
_SIGNATURE = 5  # words of who stands behind the colon or dash that ends a line
_HEADLINE_SOURCES = frozenset((
    "ministry minister ministers police media report reports official officials source sources army military un president pm "
    "premier government agency spokesman spokeswoman spokesperson monitor monitors group groups witness witnesses ngo ngos "
    "court prosecutor prosecutors authorities mayor governor study poll survey expert experts analyst analysts tv activists "
    "rebels union unions opposition lawyer lawyers family doctors medics rescuers envoy ambassador embassy kremlin commission "
    "govt gov't gov leader leaders bishop bishops cleric clerics imam priest fg cm mp mps cops cop chief ag ig cp sp dc dm "
    "igp presidency parliament senate council cabinet federation chamber survivors survivor victim victims mother father "
    "relatives villagers residents locals students workers farmers teachers"
).split())
_ADVICE = frozenset("tips ways things steps facts questions reasons".split())
_NO_SPEAKERS = frozenset((
    "note update updated photo photos video videos live online breaking analysis opinion exclusive watch related more topics "
    "guide latest correction clarification editor's editor next here question answer step part chapter background facts "
    "warning published posted filed issued edited views comments tags category section share releases source sources contact "
    "protest protests strike strikes unrest riot riots clashes violence election elections polls crisis war row death deaths "
    "cycling football soccer cricket rugby tennis golf athletics chess boxing swimming hockey basketball netball volleyball "
    "racing cup league championship championships olympics games tournament marathon weather forecast traffic sport sports "
    "recipe recipes obituary profile timeline factbox explainer quiz letters fiction "
    "tel phone email website date time place score result results standards disclaimer day week ld writethru"
).split())


def labelled(stream: Stream) -> Candidate | None:
    """Read «ROE: We stay.» and «Minister: No talks»: a name or an office, a colon, and what is said without marks."""
    codes, norms, view = stream.codes, stream.norms, stream.view
    low = 1 if codes[0] == "-" else 0
    at = codes.find(":", low + 1, low + 8)
    if at < 1 or at + 2 >= stream.high or any(c in ".;Q-MHIXUywqhs" for c in codes[low:at]):
        return None
    words = [k for k in range(low, at) if norms[k][0].isalpha() and codes[k] not in "fp'"]
    if codes[low] in "dz" or norms[low][0].isdigit() or norms[low] == "read":
        return None  # "Said Roe: …", "Read also: …"
    if not words or len(words) > 4:
        return None
    if (stream.code(at + 1) == "q" and stream.code(at + 2) == "t") or not _ADVICE.isdisjoint(norms[at + 1:at + 4]):
        return None  # "Students: How to pass an exam", "Workers: Ten tips for the road"
    office = norms[words[-1]] in _HEADLINE_SOURCES
    clipped = office and len(words) > 1 and stream.sentence.zone == "headline" and (
        not codes[low:at].strip("NSPJ'"))  # "Security source: …"
    if not clipped and (not all(stream.capital(k) for k in words) or (
            any(norms[k] in _NO_SPEAKERS for k in words) and not _in_transcript(stream, low, at))):
        return None
    if stream.starts[0] and view.text[:stream.starts[0]].rstrip(" ")[-1:] not in "\n\r":
        return None  # labels stand at the beginning of lines
    telling = office and stream.sentence.zone == "headline" and stream.norm(at + 1) not in ("a", "an")  # "Official: all quiet"
    if not telling and not has_verb(stream, at + 1, stream.high):
        return None
    if not office and _OURS.isdisjoint(norms[at:]) and _is_place(stream, low, at):
        return None
    reading = Cue(":", "evidence" if norms[words[-1]] in FINDINGS else "reporting", _Q)
    return make(stream, "labelled", reading, [(at, at + 1)], (low, at), [(at + 1, stream.high)])


_LANDS = frozenset("south north east west new ivory sierra equatorial central cape".split())
_STATES = frozenset("uk us usa uae drc car png nz bih rsa eu dprk prc".split())
_OF_COUNTRIES = frozenset("i n an ian ese ish is ns ans ians nian nians".split())
_ASSEMBLIES = frozenset("parliament congress senate cabinet assembly palace".split())
_SHOUTED = re.compile(r"^[A-Z][A-Z .'’-]{2,}:", re.MULTILINE)


def _names(stream: Stream, low: int, at: int) -> bool:
    """May a label be a place's name: names only, "South" and the like before one, and no acronym of a body?"""
    first = stream.norms[low] in _LANDS and at - low > 1
    if stream.codes[low + first:at].strip("P"):
        return False
    shouted = stream.view.text[stream.starts[low]:stream.ends[low]].isupper() and stream.sentence.zone == "headline"
    return not (shouted and at - low == 1 and stream.norms[low] not in _STATES and any(
        letter.islower() for letter in stream.view.text[stream.ends[at]:stream.sentence.end]))


def _in_transcript(stream: Stream, low: int, high: int) -> bool:
    """Does "Question:" or "Answer:" begin lines again and again?"""
    label = stream.view.text[stream.starts[low]:stream.ends[high]]
    return stream.norms[low:high] in (["question"], ["answer"]) and f"\n{stream.view.text}".count(f"\n{label}") > 1


def _is_place(stream: Stream, low: int, high: int) -> bool:
    """Is a name before a colon where the news is from: one that stands behind "in", or that the article never names again?"""
    name, words, headline = stream.norms[low:high], stream.view.words, stream.sentence.zone == "headline"
    size, where = high - low, _WHERE | _FROM if headline else _WHERE
    again = [k for k, word in enumerate(words) if word == name[0] and list(words[k:k + size]) == name]
    if not _names(stream, low, high):  # "Guinea: …": by its letters no name
        return headline and name[-1] not in _HEADLINE_SOURCES | _ASSEMBLIES and any(words[k - 1] in _WHERE for k in again if k)
    if headline:
        if size == 1 and any(word.startswith(name[0]) and word[len(name[0]):] in _OF_COUNTRIES for word in words):
            return True  # "Oman: …", and then of Omani workers
    elif len(_SHOUTED.findall(stream.view.text)) == 1:
        return True  # a dateline: who speaks in a transcript does so again
    return len(again) < 2 or any(words[k - 1] in where for k in again if k)


def _institution(stream: Stream, low: int) -> bool:
    """Is the end of a headline who headlines cite: a ministry, police, an acronym of capitals?"""
    norm, start, end = stream.norms[stream.high - 1], stream.starts[stream.high - 1], stream.ends[stream.high - 1]
    if set(stream.codes[low:stream.high - 1]) - set("DNSPJ'") or stream.codes[stream.high - 1] not in "DNSPJ'v":
        return False
    acronym = stream.high - low == 1 and 1 < end - start < 7 and stream.view.text[start:end].isupper()
    shouted = stream.view.text[stream.starts[0]:start].isupper()  # all of it in capitals
    return norm in _HEADLINE_SOURCES or (acronym and not shouted and norm not in _NO_SPEAKERS)


def headline_source(stream: Stream) -> Candidate | None:
    """Read the headlines «Dozens hurt in march: ministry» and «Troops enter town — media»."""
    codes, norms = stream.codes, stream.norms
    if stream.sentence.zone != "headline":
        return _signed(stream) if "-" in codes[1:] else None
    if "|" in norms:  # "… – monitors | Watch"
        stream = replace(stream, high=norms.index("|"))
    at = max(codes.rfind(":", 0, stream.high), codes.rfind("-", 0, stream.high))
    if at < 1 or not 0 < stream.high - at - 1 <= _SIGNATURE:
        return None
    first = at - 1 if codes[at - 1] == "Q" and (at == 1 or codes[at - 2] == ":") else 0  # "Riot in town: “We are sorry” – Mayor"
    if not (first + 1 == at and _speaks(stream, at + 1)) and (at < 3 or not _institution(stream, at + 1)):
        return None
    reading = Cue(norms[at], "reporting", _Q)
    return make(stream, "labelled", reading, [(at, at + 1)], (at + 1, stream.high), [(first, at)])


def _signed(stream: Stream) -> Candidate | None:
    """Read the line «The shops have opened again – police.», which ends as such headlines do."""
    codes, norms = stream.codes, stream.norms
    at = codes.rfind("-", 1, stream.high)
    size = stream.high - at - 1
    if not 0 < size <= _SIGNATURE or codes[at + 1] == "D" or stream.view.text[stream.starts[at] - 1] != " ":
        return None  # "He feared one thing – the police."
    office = at + len(codes[at + 1:stream.high].rstrip("P"))
    if at > 1 and codes[at - 1] == "Q":
        return None
    if (at == 1 and codes[0] == "Q" and norms[office] in _HEADLINE_SOURCES) or (
            at > 3 and norms[stream.high - 1] in _HEADLINE_SOURCES and has_verb(stream, 0, at) and "-" not in codes[1:at]):
        return make(stream, "labelled", Cue(norms[at], "reporting", _Q), [(at, at + 1)], (at + 1, stream.high), [(0, at)])
    return None


def _speaks(stream: Stream, low: int) -> bool:
    """May the end of a headline be whose the quotation before it is: an office, people, a name of two words?"""
    codes, norm = stream.codes[low:stream.high], stream.norms[stream.high - 1]
    if (of := codes.find("f")) > 0:  # "“…” – Mother of slain student"
        return stream.norms[low + of - 1] in _HEADLINE_SOURCES
    if set(codes) - set("DNSPJ'"):
        return False
    named = codes[-1] == "S" or (len(codes) > 1 and not codes.strip("P"))
    return norm in _HEADLINE_SOURCES or (named and norm not in _NO_SPEAKERS)


def so_called(stream: Stream, at: int, size: int) -> Candidate | None:
    """Read "the so-called “reform”": the narrator keeps the word at a distance, as scare quotes do."""
    begin = at + size
    end = begin + 1 if stream.code(begin) == "Q" else object_phrase(stream, begin)
    found = make(stream, "so_called", Cue("so-called", "claim", frozenset()), [(at, begin)], None, [(begin, end)])
    if found:
        found.kind = "scare_quote"
    return found


_BARE = frozenset("data estimates information words".split())  # "by data of the ministry"
_NUMBER_OF = re.compile("0[NS]")


def in_account(stream: Stream, at: int) -> Candidate | None:
    """Read "…, in the ministry's version", "…, in the words of a clerk, …" and "By the information of a clinic, …"."""
    codes = stream.codes
    high = min(len(stream), at + 9)
    begin = at + 1 + (at > 0 or stream.norms[at] == "in")  # "By words of Roe, …"
    if ACCOUNTS.isdisjoint(stream.norms[begin:high]):
        return None
    noun = next(k for k in range(begin, high) if stream.norms[k] in ACCOUNTS)
    if any(c in ",;:Q-.dzMHIX" for c in codes[at:noun]):
        return None
    owner, behind = (at + 1, noun - 1) if codes[noun - 1] == "'" else (at + 1, noun), noun + 1
    cue = [(noun, noun + 1)]
    if codes[noun + 1:noun + 2] == "f" and (
            stream.norms[at + 1:noun] in (["the"], ["the", "point", "of"]) or stream.norms[noun] in _BARE):
        named = noun_phrase_right(stream, noun + 2)
        if named is None:
            return None
        comma = codes.find(",", *named)
        if comma > 0 and at > 1 and codes[at - 2] in "dzMHIX":
            named = (named[0], comma)  # "The film is, in the words of Roe, a mess"
        elif at == 0 and comma > 0 and (
                stream.code(named[1]) != "," or _NUMBER_OF.match(codes, comma + 1)
                or stream.norms[comma + 1] in UNITS or stream.norms[comma + 1] == "some"):
            named = (named[0], comma)  # "By the data of the ministry, six people, two of them …": no apposition
        owner, behind, cue = named, named[1], [(at, noun + 2)]
    elif codes[noun - 1] != "'" and stream.norms[noun - 1] not in ("his", "her", "their", "its"):
        return None
    if stream.code(at - 1) == "," and (behind >= stream.high or codes[behind] == ","):
        contents = [(clause_start(stream, at - 1), at - 1), (min(behind + 1, stream.high), stream.high)]
    elif at == 0 and stream.code(behind) == ",":
        contents = [(behind + 1, stream.high)]
    else:
        return None
    return make(stream, "in_account", Cue(stream.norms[noun], "reporting", _Q), cue, owner, contents)


_PASSED_ON = frozenset((  # "As reported in the press service"
    "reported told stated noted informed specified clarified communicated announced explained published mentioned said"
).split())


def as_clause(stream: Stream, at: int, cues: CueLexicon) -> Candidate | None:
    """Read "as S put it", "as S said, …" and "what S called Y"."""
    codes, norms = stream.codes, stream.norms
    told = at + 1 + 2 * (stream.norm(at + 1) == "it" and stream.code(at + 2) == "I")  # "as it was reported by S"
    by = stream.code(told + 1) == "B" or (stream.norm(told + 1) in ("in", "at") and stream.norm(told) in _PASSED_ON)
    passive = cues.verbs.get((stream.norm(told),)) if norms[at] == "as" and by else None
    if passive and norms[told] != "saying":
        return _quoted_by(stream, at, told + 2, passive, cues)
    if norms[at] == "as" and codes[:at][-1:] in ("", ",") and stream.code(at + 1) in "dnez" and (
            told_by := cues.verbs.get((stream.norm(at + 1),))) and (named := noun_phrase_right(stream, at + 2)) and (
            named[1] >= stream.high or codes[named[1]] in ",.") and norms[named[1] - 1] not in TIME_NOUNS:
        return _quoted_by(stream, at, at + 2, told_by, cues)  # "As clarified the ministry, …"
    for k in range(at + 1, min(stream.high, at + 12)):
        if codes[k] in ",;:Q-.":
            return None
        low = k
        while low > at + 1 and codes[low - 1] in "AMHI":
            low -= 1
        if low == at + 1:
            continue
        if norms[k] in ("put", "puts") and stream.norm(k + 1) == "it" and norms[at] == "as":
            edge = at - 1 if stream.code(at - 1) == "," else at
            first = clause_start(stream, edge)
            contents = [(first, edge)] if edge > first else [(k + 3, stream.high)]
            quoted = [c for c in range(first, edge) if codes[c] == "Q"]
            if quoted:  # "…, or “order”, as the ministry put it": the fragment is the content
                contents = [(quoted[-1], quoted[-1] + 1)]
            return make(stream, "as_clause", Cue("put it", "reporting", _Q), [(low, k + 2)], (at + 1, low), contents)
        readings = cues.verbs.get((norms[k],)) if codes[k] in "dznvQe" else None
        if not readings:
            continue
        naming = next((r for r in readings if "a" in r.frames), None)
        if norms[at] == "what" and naming:
            begin = k + (2 if stream.norm(k + 1) == "as" else 1)
            fragment = stream.code(begin) == "Q"
            if stream.code(begin) == "D" and stream.code(begin + 1) == "Q":  # "what he calls a “farce”"
                end = object_phrase(stream, begin + 2) if stream.code(begin + 2) in "NSJ" else begin + 2
                return make(stream, "what_called", naming, [(low, begin)], (at + 1, low), [(begin, end)])
            end = begin + 1 if fragment and stream.code(begin + 1) not in "NSJ" else object_phrase(stream, begin + fragment)
            return make(stream, "what_called", naming, [(low, begin)], (at + 1, low), [(begin, end)])
        said = next((r for r in readings if "q" in r.frames and r.cue_class in ("reporting", "claim")), None)
        if norms[at] == "as" and said and not codes[:at].strip("cbAs(-"):
            stop = skip_adverbials(stream, k + 1)
            if stream.code(stop) == "," and stop + 1 < stream.high:
                return make(stream, "as_clause", said, [(low, k + 1)], (at + 1, low), [(stop + 1, stream.high)])
            return None
        stop = skip_adverbials(stream, k + 1)
        if norms[at] == "as" and said and stream.code(at - 1) == "," and (stop >= stream.high or codes[stop] == "p"):
            return make(stream, "as_clause", said, [(low, k + 1)], (at + 1, low), [(clause_start(stream, at - 1), at - 1)])
        if codes[k] in "dz":
            return None
    return None


def quoted_by(stream: Stream, at: int, cues: CueLexicon) -> Candidate | None:
    """Read "“…,” said a resident, quoted by S"."""
    return _quoted_by(stream, at, at + 2, cues.verbs.get((stream.norms[at],), ()), cues)


def _quoted_by(stream: Stream, at: int, behind: int, readings: tuple[Cue, ...], cues: CueLexicon) -> Candidate | None:
    """Read "…, as quoted by S", where S stands at ``behind``."""
    codes = stream.codes
    reading = next((r for r in readings if "q" in r.frames or r.lemma in ("quote", "cite")), None)
    source = noun_phrase_right(stream, behind)
    edge = at - 1 if stream.code(at - 1) == "," else at
    first = clause_start(stream, edge)
    if stream.floor and not has_verb(stream, first, edge):  # “…,” Roe said on Monday, as quoted by the paper: all of it
        first = clause_start(replace(stream, floor=0), edge)
    if reading and source and not codes[:at].strip("cbA") and codes[source[1]:source[1] + 1] == ",":  # "As reported by S, …"
        return make(stream, "as_clause", reading, [(at, behind)], source, [(source[1] + 1, stream.high)])
    if reading is None or source is None or first >= edge:
        return None
    quoted, said = codes[first] == "Q", stream.norms[at] == "as"
    if not (quoted or said):
        return None  # "Roe, cited by police for speeding"
    content = (first, first + 1 if quoted else edge)
    if said and not has_verb(stream, first, edge) and stream.code(source[1]) == ",":
        content = (source[1] + 1, right_end(stream, source[1] + 1, cues))  # "the mayor, as quoted by S, replied that …"
    return make(stream, "as_clause", reading, [(at, behind)], source, [content])


def adverb_cue(stream: Stream, at: int) -> Candidate | None:
    """Read "reportedly", "allegedly": the verb's subject and what follows are the content."""
    codes = stream.codes
    low = at
    while low and codes[low - 1] in "AMHXI":
        low -= 1
    contents = [(at + 1, object_end(stream, at))]
    phrase = subject(stream, low) if low else None
    if phrase and (low < at or stream.code(at + 1) in "dzMHIXe"):
        contents.insert(0, (phrase[0], at))
    elif low < at or stream.code(at + 1) in "dz":
        return None
    return make(stream, "adverb", Cue(stream.norms[at], "claim", _Q), [(at, at + 1)], None, contents)
