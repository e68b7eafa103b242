"""Verbs as cues: what stands behind them, by the frames that they take."""

from __future__ import annotations

import re
from dataclasses import replace

from framelens.annotate.attribution.acts import is_speechless
from framelens.annotate.attribution.around import addressee, around, is_relative
from framelens.annotate.attribution.clauses import (
    INFINITIVE,
    RESUMED,
    Candidate,
    clause_at,
    has_verb,
    joined,
    make,
    medial,
    object_end,
    right_end,
    skip_adverbials,
)
from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.attribution.objects import contact_clause, read_object
from framelens.text.reading.groups import Group, cue_start, verb_group
from framelens.text.reading.phrases import CLAUSE, clause_start, noun_phrase_left, noun_phrase_right, subject
from framelens.text.reading.stream import Span, Stream

__all__ = ["BASE_FORM", "MAIN_VERB", "active", "behind", "first_subject", "nearest_subject"]

Readings = tuple[Cue, ...]
_LONG_SUBJECT = re.compile(r"[DJ0]*[NSP'][NSPJ0'fpDcgA,t]*[dzMHIX]")
_NO_VERB = re.compile(r"[^dzMHIXhQ;:]{1,24}(?=[hQ])")
_WEAK = frozenset("begin continue finish open close end go on start conclude read".split())
# "the devils who want to burn the house | will be burnt", "who asked not to be named | said"
_RELATIVE_END = re.compile(
    r"(?<=[DJ'0NSPpf])[NSP](?=A?[zMHIXd])(?!.*[wq])|(?<=I)n(?=A?[zd])|(?<=v)J(?=A?[zd])|(?<=t)v(?=A?[zMHI])")
# the same behind a clause: "who said they had taken power | ordered", "who said guards had shot people gathered there | fled"
MAIN_VERB = re.compile(
    r"h?[^,;:QcbswhqrtdzMHIXv]*(?:[MHXI][AMHXI]*[vnegd]?|[dzv])(?:(?<=v)|(?:[^,;:QcbswhqrdzMHIXvU]|tv|d(?=[pBrYt]))*(?:[NSPYJnuA]|tv))"
    r"(?=A?(?:[zMHIX]|d(?![^cb]*[zMHIXd])|d(?![pBrYt])))")
_BEARERS = frozenset((
    "banner banners sign signs placard placards poster posters flag flags shirt shirts t-shirt t-shirts graffiti slogan slogans "
    "sticker stickers note notes leaflet leaflets message messages plaque inscription billboard billboards cardboard sheet sheets"
).split())
_PLACE = re.compile(f"p[DJ0]*[NSPYg]{{1,3}}(?:J[NY])?(?={INFINITIVE.pattern})")  # "at a meeting last week to …"
BASE_FORM = re.compile(f"{INFINITIVE.pattern}|tJ[NS]")  # behind a verb that takes one: "wants to open mines"
# a verb that looks like a noun: "that the strike cost it millions", "that the courts rubber-stamp charges"
_VERBLESS = re.compile("[NSP][NV](?:[yu]|D[NSJ])|SN[SP]")
_EMERGING = frozenset(("emerge", "transpire", "become clear"))
_THAT_ONLY = _EMERGING | {"gather"}  # "a crowd gathered if …" tells nothing
_UNHEARD = frozenset("discard exclude sanction solicit pretend esteem".split())  # "discarded the wrapper that he had found"
_RESTED = re.compile(",?[cb]A?[dzgHI]")
_MEANWHILE = frozenset("before as after while when until".split())
_OBJECT_END = re.compile("(?<=v)[NSyu](?=A?[MHI])|(?<=v[yu])[pA](?=A?[MHI])")  # "who want to seize it | will be held"


def active(stream: Stream, group: Group, readings: Readings, source: Span | None, cues: CueLexicon) -> Candidate | None:
    """Read an active cue verb with its source."""
    for reading in readings:
        found = around(stream, group, reading, source, cues)
        if found:
            return found
    return behind(stream, [(max(cue_start(stream, group), min(stream.taken, group.low)), group.high)], readings, source, cues)


def behind(stream: Stream, cue: list[Span], readings: Readings, source: Span | None, cues: CueLexicon) -> Candidate | None:
    """Read content behind the cue: quotation, that-clause, bare clause, infinitive, object."""
    codes, high = stream.codes, stream.high
    if source and readings[0].cue_class != "evidence" and is_speechless(stream, source, readings[0].lemma):
        return None
    who = source[0] if source and codes[source[0]] == "w" else None
    # also "Nurses, whose union says that …, marched"
    host = who if who is not None or source is None or stream.code(source[0] - 1) != "w" else source[0] - 1
    if host is not None and stream.code(host - 1) == ",":
        commas = (found.start() for found in RESUMED.finditer(codes, cue[-1][1], high))
        high = next((comma for comma in commas if has_verb(stream, cue[-1][1], comma)), high)
        stream = replace(stream, high=high)  # "Roe, who said that …, had left"
    after = skip_adverbials(stream, cue[-1][1])
    if after >= high:
        introduces = next((r for r in readings if "q" in r.frames), None)
        if introduces and source and stream.code(high) == ":":
            return _introduced(stream, cue, introduces, source)
        return contact_clause(stream, cue, after, readings, source) if source else None
    within = stream
    if who is not None:
        if verb := _RELATIVE_END.search(codes, after, high) or _OBJECT_END.search(codes, after, high):
            within = replace(stream, high=verb.start() + 1)
        if (verb := MAIN_VERB.match(codes, after, high)) and not has_verb(stream, clause_start(stream, who), who):
            high = verb.end()
            stream = replace(stream, high=high)  # "A soldier who said he had been beaten | was found dead"
    for reading in readings:
        frames = reading.frames
        begin = after
        if "d" in frames and codes[begin] not in "hQ:qsw" and not (codes[begin] == "p" and stream.code(begin + 1) == "w"):
            begin = skip_adverbials(stream, addressee(stream, after))
        if stream.code(begin) == "," and stream.code(begin + 1) in "Qh":
            begin += 1
        colon = [(begin, begin + 1)] if stream.code(begin) == ":" else []
        begin += len(colon)
        if begin >= high:
            continue
        if codes[begin] == "," and "t" in frames:  # "said, through an interpreter, that …"
            resumed = codes.find(",", begin + 1, begin + 9)
            if resumed > 0 and stream.code(resumed + 1) == "h":
                begin = resumed + 1
        elif "t" in frames and not frames & {"d", "o"} and codes[begin] in "DNSPJ0uy" and (
                reading.lemma not in _UNHEARD):  # "warned Roe that …"
            phrase = noun_phrase_right(stream, begin)
            if phrase and phrase[1] - begin < 6 and stream.code(phrase[1]) == "h" and codes[begin] not in "y":
                begin = phrase[1]
        code, norm = codes[begin], stream.norms[begin]
        if reading.lemma in _THAT_ONLY and code != "h":
            continue
        if reading.lemma == "say" and source and stream.sentence.zone == "headline" and code in "DNSPJ0Q":  # "Army says all well"
            return make(stream, "bare_clause", reading, cue + colon, source, [(begin, right_end(stream, begin, cues))])
        bearer = _bearer(stream, source) if source and code == "Q" else None  # "banners that read “No”"
        weak = reading.lemma in _WEAK and codes[begin - 1] not in ",:" and not bearer  # "will continue “primarily” …"
        if code == "Q" and not weak and frames & {"q", "t", "z"} and (
                "o" not in frames or begin + 1 >= high or codes[begin - 1] in ",:"):
            ends = bearer or _RESTED.match(codes, begin + 1) or _meanwhile(stream, begin)  # "shouted “Shame!” and left"
            end = begin + 1 if ends else right_end(stream, begin, cues)
            return make(stream, "before_quotation", reading, cue + colon, bearer or source, [(begin, end)])
        if code == "D" and stream.code(begin + 1) == "Q" and "q" in frames and reading.cue_class == "attitude":
            return make(stream, "object", reading, cue, source, [(begin, object_end(stream, begin))])  # "vowed a “purge”"
        wanted = reading.cue_class == "decree" and stream.code(begin + 1) in "DNSPUy"  # "demanded that the prince step down"
        if code == "h" and frames & {"t", "z"} and not is_relative(codes, begin) and (
                wanted or has_verb(stream, begin + 1, high) or _VERBLESS.search(codes, begin + 1, high)):
            content = [(begin, right_end(stream, begin, cues))]
            if reading.lemma in _EMERGING:
                told = source and stream.norms[source[0]] == "it"
                return make(stream, "impersonal", reading, cue, None, content) if told else None
            return make(stream, "that_clause", reading, cue, source, content)
        asked = code == "q" or norm in ("if", "where", "when", "who", "which") or (code == "p" and stream.code(begin + 1) == "w")
        if asked and (frames & {"t", "w"} if code != "p" else "w" in frames):
            return make(stream, "wh_clause", reading, cue, source, [(begin, right_end(stream, begin, cues))])
        if code == "p" and "i" in frames and (place := _PLACE.match(codes, begin, high)):
            begin = place.end()  # "promised on state radio to …"
            code = codes[begin]
        if "i" in frames and BASE_FORM.match(codes, begin):
            return make(stream, "infinitive", reading, cue, source, [(begin, object_end(within, begin))])
        if code == "g" and frames & {"g", "t", "o"} and begin == cue[-1][1] and reading.cue_class != "evidence":
            return make(stream, "gerund", reading, cue, source, [(begin, object_end(stream, begin))])
        if "z" in frames and (source or code != "t") and (
                code not in "prfBsw" or (code == "p" and stream.code(begin + 1) == "0")) and (
                _clause_behind(stream, begin) or (reading.lemma == "say" and _LONG_SUBJECT.match(codes, begin, high))):
            return make(stream, "bare_clause", reading, cue + colon, source, [(begin, right_end(stream, begin, cues))])
        if frames & {"t", "z"} and codes[after] in "MHIXdz" and source and after == cue[-1][1] and (
                source[0] or codes[after] != "d"):  # "rejected calls for a vote", not "Police dog finds lost child"
            return _extracted(stream, cue, reading, source)
    return read_object(within, cue, after, readings, source) or _far(within, cue, after, readings, source, cues)


def _meanwhile(stream: Stream, quote: int) -> bool:
    """Does the narrator go on behind a quotation that is a sentence: "chanted “We want bread” before police came"?"""
    return stream.norm(quote + 1) in _MEANWHILE and clause_at(stream, quote + 2) and (
        stream.view.text[stream.starts[quote]:stream.ends[quote]].strip("\"'“”‘’«» ")[:1].isupper())


def _bearer(stream: Stream, source: Span) -> Span | None:
    """Return what bears the words: a banner, a sign, or that of which a relative pronoun tells."""
    named = noun_phrase_left(stream, source[0]) if stream.codes[source[0]] in "hw" and source[0] else source
    if named is None or stream.norms[named[1] - 1] not in _BEARERS:
        return None
    return max(named[0], *(stream.codes.rfind(mark, *named) + 1 for mark in "pBYg")), named[1]


def _far(stream: Stream, cue: list[Span], after: int, readings: Readings, source: Span | None,
         cues: CueLexicon) -> Candidate | None:
    """Read content further off: "said after a vote in 2001 that …", "told those who came, “…”", or the next sentence."""
    reading = next((r for r in readings if "q" in r.frames and r.cue_class in ("reporting", "claim")), None)
    if reading is None or source is None or reading.lemma in _WEAK:
        return None
    far = _NO_VERB.match(stream.codes, after, stream.high)
    if far and (stream.codes[far.end()] == "Q" or "t" in reading.frames):
        rule = "before_quotation" if stream.codes[far.end()] == "Q" else "that_clause"
        return make(stream, rule, reading, cue, source, [(far.end(), right_end(stream, far.end(), cues))])
    return _introduced(stream, cue, reading, source) if stream.code(stream.high) == ":" else None


def _introduced(stream: Stream, cue: list[Span], reading: Cue, source: Span) -> Candidate:
    """Read a cue with a colon that ends the sentence: the quotation is the next one."""
    high = stream.high
    return Candidate("introduced", "speech", joined([stream.span(*cue[0]), stream.span(high, high + 1)]), reading.lemma,
                     reading.cue_class, stream.span(*source))


def _clause_behind(stream: Stream, begin: int) -> bool:
    if clause_at(stream, begin):
        return True
    phrase = noun_phrase_right(stream, begin)
    if phrase is None:
        return False
    following = stream.code(phrase[1])
    if following == "," and stream.sentence.zone == "headline" and stream.code(phrase[1] + 1) == "z":
        return False  # "Minister urges calm, vows to act"
    return following in "dzMHIXvQ" or (following == "," and (
        stream.code(phrase[1] + 1) in "dzMHIX" or medial(stream.codes, phrase[1], stream.high)))


def _extracted(stream: Stream, cue: list[Span], reading: Cue, source: Span) -> Candidate | None:
    """Read "a law that he hopes can pass": the relative pronoun and what follows the cue."""
    end = object_end(stream, cue[-1][1])
    comma = stream.codes.find(",", cue[-1][1], end)
    if comma > 0 and stream.code(source[0] - 2) == ",":
        end = comma  # "the tax, which they say has hurt them, and to free …"
    contents = [(cue[-1][1], end)]
    if stream.code(source[0] - 1) in "wh":
        contents.insert(0, (source[0] - 1, source[0]))
    return make(stream, "extracted", reading, cue, source, contents)


def nearest_subject(stream: Stream, before: int) -> Span | None:
    """Return the subject of the nearest finite verb before an item."""
    for verb in range(before - 1, -1, -1):
        if stream.codes[verb] in "dzMHIX" and (found := subject(stream, verb_group(stream, verb, 1).low)):
            return found
    return None


def first_subject(stream: Stream, before: int) -> Span | None:
    """Return the subject of the sentence's first finite verb."""
    codes = stream.codes
    clause = max(codes.rfind("s", 0, before), 0)
    since = codes.rfind("r", clause, before)
    if since > 0 and CLAUSE.match(codes, since + 1, before):
        clause = since  # "…, as thousands marched to demand"
    for k in range(clause + 1, before):
        if codes[k] in "dzMHIX" or (codes[k] == "v" and codes[k - 1] in "NSP"):
            low = k
            while low and codes[low - 1] in "AMHX":
                low -= 1
            found = subject(stream, low) or noun_phrase_left(stream, low)
            if found:
                return found
        if codes[k] in ";:Q":
            return None
    return None
