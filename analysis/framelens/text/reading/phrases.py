"""Noun phrases and clauses by class letters: where sources and contents begin and end."""

from __future__ import annotations

import re

from framelens.text.reading.modifiers import is_alias, is_of_host, is_office, is_participle, is_quoted_name, is_reduced
from framelens.text.reading.stream import Span, Stream

__all__ = ["BY_MEANS", "CLAUSE", "MEDIA", "PHRASE", "TIME_NOUNS", "VERDICTS", "clause_start", "noun_phrase_left",
           "noun_phrase_right", "object_phrase", "subject"]

_FINITE = frozenset("dzvMHIXe")
_IN_PHRASE = frozenset("DNSPJ0'fpBYgnuUAZVE")
_NOMINAL = frozenset("NSPUyuJD0gZVwq")
_RIGHT_STOPS = frozenset("dzvMHIXswhq;:Q-().,bcU")
_OPENING = re.compile(  # what may stand before a subject: conjunctions, adverbs, a time, a place
    r"(?:[cbAE](?=.)|(?:[pr]|J(?=Y))?[DJ]*Y+0?0?|[pr]0(?=[DPNSU])|s(?=[DPNSUJ])|"
    r"[prft](?:[DJ'0n]*[NSg]*[NSg]|[DJ]+P(?!P)|P)(?:f[DJ0]*[NSP]+)?(?=[DPSUyJ0]))+")
_STEP = re.compile(r"[pr][DJ0']*[NSPYg]+")
_MEMBER = re.compile(r"[DJ0PNS']*[NSP],?c")
_SUBJECT = r"[DJ0A]*(?:p0p?)?[NSP'0][NSPJ0']*(?:f[DJ0]*[NSPDu'][NSPJ0']*)*(?:\([^)]{1,6}\))?"
CLAUSE = re.compile(rf"(?:{_SUBJECT}|[UyE](?:c{_SUBJECT})?|D(?=A?[dzMHIXv]))A?[dzvMHIX]")  # a subject and a finite verb
_ADVERBIAL = frozenset("in on at during by after before via through to as".split())
_ONE = frozenset(("a", "an", "one"))
_OCCASIONS = frozenset((
    "meeting event forum ceremony summit session dinner funeral visit seminar gathering fundraiser reception").split())
_OWN = frozenset("a an his her its their this last next one".split())
PHRASE = re.compile("[DJ0NSPg']+")  # a noun phrase up to its head
TIME_NOUNS = frozenset("week month year morning evening afternoon night day days weeks months years weekend time moment".split())
MEDIA = frozenset((
    "statement interview speech post tweet email e-mail message briefing letter report address broadcast conference telegram "
    "facebook twitter phone television radio tv channel page account article memo "
    "communique communiqué note call text release blog op-ed column rally hearing debate ad video testimony appearance remarks "
    "press network platform"
).split())
VERDICTS = frozenset((
    "claim charge allegation accusation assertion suggestion figure number toll move request demand remark offer step measure "
    "gesture").split())
_SHARES = frozenset("percent per pct %".split())
_ARTICLES = frozenset("the a an his her its their".split())
_HALVES = frozenset("half twice double quarter third".split())
_NAME = re.compile("P{2,6}(?=[,.;:Q-]|$)")
_LONGEST_APPOSITION = 26  # items
_PARTLY = re.compile("[D0S]f[uS]")
_WHEN = re.compile(r"(?<=[w,NSP)])(?:pY0?|Y|JN)$")
_TIME_BEHIND = re.compile(r"(?<=[NSP)])(?:pY0?|Y|[JD]N)$")
_NAMELESS = re.compile("[NSP]w[dzHXA]+t[Iv][nJ]$")  # "an official who asked not to be named said"
BY_MEANS = re.compile(r"[pr][DJ0]*[NSP]+[dn](?:[pBt]?[DJ0]*[NSPY]+|A)*")  # "in a statement carried by its agency"
_AS_HE_SPEAKS = re.compile(f"g[^dzMHIX]*[sr]|{BY_MEANS.pattern}$")  # "an aide, speaking without a name as she …, said"
_IN_TURN = re.compile(r"(?:p|p[DN'])N$")
_TURNS = frozenset("turn part side".split())
_OWNED = frozenset("his her its their in".split())


def _relative(stream: Stream, at: int) -> int:
    """Return where the relative pronoun stands whose clause the finite verb at ``at`` belongs to, or -1."""
    codes = stream.codes
    k = at
    while k > 0 and codes[k - 1] in "AMHXI":
        k -= 1
    for j in range(k - 1, max(-1, k - 8), -1):
        if codes[j] in "wh":
            return j if j and (codes[j - 1] in "NSP0),'" or stream.norms[j - 1] == "those") else -1
        if codes[j] not in "DNSPJ0'fUyuA":
            return -1
    return -1


def noun_phrase_left(stream: Stream, high: int) -> Span | None:
    """Find the noun phrase that ends before item ``high``: its items, or None."""
    codes = stream.codes
    if not high:
        return None
    if codes[high - 1] in "Uy":
        return high - 1, high
    low, joint, listed = high, -1, -1
    while low:
        at = low - 1
        code = codes[at]
        if code == ")":
            at = codes.rfind("(", max(0, at - 12), at)
            if at < 1:
                break
            low = at
            continue
        if code == "Q" and at and (codes[at - 1] in "D'JfpN" or (codes[at - 1] == "P" and is_quoted_name(stream, at))) and (
                stream.ends[at] - stream.starts[at] < 30):
            low = at  # "the party's “old guard” said", "Ada “Red” Roe said"
            continue
        if code in _FINITE:
            relative = _relative(stream, at)
            if relative > 0 and codes[relative - 1] != ",":
                low = relative
                continue
            if code == "d" and joint < 0 and at and stream.norms[at - 1] == "those":
                low = at  # "those gathered chanted"
                continue
            if code == "d" and joint < 0 and is_participle(stream, at, high):
                low = at
                continue
            if joint >= 0:  # "blocked the bridge, officials and witnesses said"
                low = (joint if listed < 0 else listed) + 1
            break
        if code == "r" and joint < 0 and low < high and (
                is_alias(stream, at) if stream.norms[at] == "as" else is_of_host(codes, at)):
            low = at  # "a man who gave his name as Roe", "the wife of a man who died after a fall | said"
            continue
        if code == "c":
            if low == high:
                return None
            joint = at
        elif code == "," and joint >= 0 and _listed(codes, at, low):
            listed = max(listed, at)
        elif code == "t" and low < high and codes[low] in "DNSPJ":
            pass
        elif low < high and stream.norms[at] in VERDICTS and codes[at - 1:at] in ("D", "J") and codes[low] in "NSPDJU":
            break  # "…, a charge | Roe denies": a clause without "which"
        elif code not in _IN_PHRASE or (code == "D" and low < high and at and codes[at - 1] in "NS" and (
                stream.norms[at] in _ARTICLES and stream.norms[at - 1] not in _HALVES)):
            low = at if code in _IN_PHRASE else low  # "the first time the army said": a clause without "that"
            break
        low = at
    return _stripped(stream, low, high)


def _listed(codes: str, comma: int, low: int) -> bool:
    """Is a comma one between members of a list: A, B and C?"""
    return comma > 0 and codes[comma - 1] in "NSP" and bool(_MEMBER.match(codes, low, low + 12))


def _stripped(stream: Stream, low: int, high: int) -> Span | None:
    """Take conjunctions, times and places off the front of a noun phrase."""
    codes = stream.codes
    opening = _OPENING.match(codes, low, high)
    if opening and opening.end() < high:
        low = opening.end()
        low -= stream.norms[low] in _SHARES and codes[low - 1:low] == "0"  # "with 50 percent saying"
    while low < high and codes[low] in "cbAprftBs'Y,":
        if codes[low] in "pr":
            step = _STEP.match(codes, low, high)
            if step and step.end() < high:
                low = step.end()
                continue
        low += 1
    if high - low > 1 and codes[low] == "g" and codes[low + 1] in "DPUyu'" and stream.norms[low] != "acting":
        low += 1  # "naming a firm called …": the object of a participle
    if low >= high or codes[low] in "E" or (high - low == 1 and codes[low] in "A0cJ" and codes[low] != "0"):
        return None
    if _NOMINAL.isdisjoint(codes[low:high]):
        return None
    time = _TIME_BEHIND.search(codes, low + 1, high)
    if time and ("Y" in codes[time.start():high] or (
            stream.norms[time.start()] in _OWN and stream.norms[high - 1] in TIME_NOUNS)):  # "a judge on Tuesday ordered"
        high = time.start()
    return low, high


def subject(stream: Stream, group: int) -> Span | None:
    """Find the subject before a verb group: the items of its noun phrase with its apposition, or None."""
    codes = stream.codes
    at = group
    while at and codes[at - 1] == "A":
        at -= 1
    if at > 2 and codes[at - 1] in "YN" and (time := _WHEN.search(codes, 0, at)) and (
            codes[at - 1] == "Y" or (stream.norms[at - 1] in TIME_NOUNS and stream.norms[at - 2] in _OWN)):
        at = time.start()  # "who last week ordered", "Roe, the mayor, on Tuesday ordered"
    elif at > 2 and stream.norms[at - 1] in _TURNS and stream.norms[at - 2] in _OWNED and (
            aside := _IN_TURN.search(codes, 0, at)):
        at = aside.start()  # "Roe, in his turn has stated", "The police for their part spoke of"
    if not at:
        return None
    mark = codes[at - 1]
    if mark == "w" and codes[at - 2:at - 1] == "f" and stream.norms[at - 1] in ("whom", "which"):  # "some of whom"
        low = at - 2
        while low and codes[low - 1] in "DNS0":
            low -= 1
        return (low, at) if low < at - 2 else None
    if mark == "h" and codes[at - 2:at - 1] in ("N", "S", "P"):  # "a statement that called for …"
        return at - 1, at
    if mark == "w":
        return (at - 1, at) if stream.norms[at - 1] in ("who", "which") else None
    if mark in ",-":
        return _with_apposition(stream, at, mark)
    if mark in "nJ" and (nameless := _NAMELESS.search(codes, 0, at)):
        head = noun_phrase_left(stream, nameless.start() + 1)
        return (head[0], at) if head else None
    if mark == ")":
        opened = codes.rfind("(", 0, at - 1)
        head = noun_phrase_left(stream, opened) if opened > 0 else None
        return (head[0], at) if head else None
    if mark == "Q" and at > 1 and (codes[at - 2] in "D'Jf" or (codes[at - 2] in "NP" and is_quoted_name(stream, at - 1))):
        return noun_phrase_left(stream, at)
    found = noun_phrase_left(stream, at) if mark in _IN_PHRASE or mark == "y" else None
    if found and codes[found[0] - 2:found[0]] == "wp" and stream.norms[found[0] - 2] == "who":
        return found[0] - 2, found[0] - 1  # "the mayor, who from Town has called for calm"
    return _with_office(stream, found, at) if found and codes[found[0] - 1:found[0]] == "," else found


def _with_office(stream: Stream, named: Span, verb: int) -> Span:
    """Find "The Commissioner of Police, Town, Ada Roe" before a verb, where no comma closes the name."""
    codes, low = stream.codes, named[0]
    if codes[verb - 1] not in "PN" or not (stream.capital(low) and stream.capital(verb - 1)):
        return named
    while low and codes[low - 1] == "," and (before := noun_phrase_left(stream, low - 1)):
        low = before[0]
        if is_office(stream, before, verb):
            return low, verb
    return named


def _with_apposition(stream: Stream, at: int, mark: str) -> Span | None:
    """Find «Roe, the mayor of Town,» before a verb at ``at``."""
    codes, right = stream.codes, at - 1
    best: Span | None = None
    comma = codes.rfind(mark, max(0, right - _LONGEST_APPOSITION), right)
    while comma > 0:
        inner = codes[comma + 1:right]
        if inner.count(")") > inner.count("("):
            comma = codes.rfind(mark, 0, comma)  # "Ada Roe (Reform, Town), said"
            continue
        told = not _FINITE.isdisjoint(inner.replace("tv", "t")) and inner[0] != "A" and "w" not in inner and not (
            inner[0] == "h" and codes[comma - 1] == "P") and not (  # "Roe, that is in Rome, wrote": translated
            _AS_HE_SPEAKS.match(inner) or is_reduced(stream, comma + 1, right))
        told = told and not _PARTLY.match(inner)  # "The farmers, some of them armed, had vowed"
        other = inner[:1] in ("c", "b") if best else inner[:1] == "s" and inner[1:2] not in ("g", "n")
        head = None if not inner or told or other else noun_phrase_left(stream, comma)
        if head is None:
            break
        before = codes[head[0] - 1] if head[0] else ""
        outer = codes.rfind(",", 0, head[0])
        if before in ("I", "n", "w") and (clause := codes.rfind("w", 0, head[0] + 1)) > 0 and codes[clause - 1] == "," and (
                "," not in codes[clause:head[0]]):
            comma = clause - 1  # "a widow, who is called Roe, 40, said"
            continue
        if before == "p" and outer > 0 and codes[outer + 1] == "p" and _FINITE.isdisjoint(codes[outer:head[0]]):
            comma = outer  # "The council, through its clerk for markets, Roe, said"
            continue
        if best and (codes[head[0]] == "g" or codes[head[0]:head[0] + 2] == "np"):
            break  # "Contacted for comment, the mayor, Roe, said", "Speaking to the paper, an officer, who …, said"
        if before in ("p", "r") or (before and before not in "Q;:.,scbh(-wAY)" and not _FINITE.isdisjoint(codes[:head[0]])):
            break  # the object of another verb: no host of an apposition
        best = (head[0], best[1] if best else comma if inner[0] in "prAgs" else right)  # "Roe, for example, said"
        if not before or before in "Q;:." or (codes[comma - 1] == codes[head[0]] == "P" and before != ","):
            break
        comma = codes.rfind(mark, max(0, right - _LONGEST_APPOSITION), comma)
    return best


def object_phrase(stream: Stream, low: int) -> int:
    """Find where a noun phrase that is content ends, relative clause included."""
    codes = stream.codes
    high = _run(stream, low)
    while high > low + 1 and codes[high - 1] == "p":
        high -= 1  # "support for the guards | in firmly holding the gate"
    if high == low:
        return high
    if stream.code(high) in "wh" and stream.code(high - 1) in "NSPu":
        return _until(codes, high, ",;:-.", stream.high)
    return high


def _run(stream: Stream, low: int) -> int:
    """Find where the noun phrase that begins at ``low`` ends, without appositions."""
    codes, high = stream.codes, stream.high
    k = low
    while k < high:
        code = codes[k]
        if code == "Y" and k > low:
            break
        if code == "c":
            if k + 1 < high and codes[k + 1] in "DNSPJ0'" and k > low and not CLAUSE.match(codes, k + 1):
                k += 1
                continue
            break
        if code in _RIGHT_STOPS and not (code == "v" and k == low):  # "according to price boards"
            break
        if k > low and code in "pr" and _adverbial(stream, k):
            break
        if k > low and code in "rt" and (code == "r" or codes[k + 1:k + 2] in ("v", "u", "P", "S", "D", "N") or (
                codes[k + 1:k + 2] == "J" and codes[k + 2:k + 3] in ("D", "u", "P"))):  # "an order to free them"
            break
        if k > low and code == "A" and codes[k + 1:k + 2] not in ("J", "A"):
            break
        k += 1
    return k


def _adverbial(stream: Stream, at: int) -> bool:
    """Does a preposition begin a time, a medium or a place that tells of the saying, not of the source?"""
    norm, following = stream.norm(at), stream.norm(at + 1)
    if norm not in _ADVERBIAL:
        return False
    if stream.code(at + 1) in "Y0" or following in ("twitter", "facebook", "late", "early"):
        return True
    if norm in ("by", "before", "to", "as"):
        return False
    if following == "the":
        return stream.norm(at + 2) in TIME_NOUNS or any(stream.norm(k) in MEDIA for k in range(at + 1, min(at + 6, stream.high)))
    if following in _ONE:  # "said at a rally", but "a researcher at a university"
        return any(stream.norm(k) in MEDIA or stream.norm(k) in TIME_NOUNS or stream.norm(k) in _OCCASIONS
                   for k in range(at + 2, min(at + 7, stream.high)))
    return following in _OWN


def noun_phrase_right(stream: Stream, low: int) -> Span | None:
    """Find the noun phrase that begins at item ``low``, with its appositions."""
    codes, top = stream.codes, stream.high
    if low >= top:
        return None
    if codes[low] in "Uyu":
        return low, low + 1
    high = _run(stream, low)
    if high == low:
        return None
    if stream.code(high) == "(":
        closed = codes.find(")", high)
        if closed > 0 and closed - high < 10:
            high = closed + 1
    if stream.norm(high) == "who" and codes[high - 1] in "NSP":
        stop = _until(codes, high, ",;:-.", top)
        high = stop if "Q" not in codes[high:stop] else high  # "said a man who saw it"
    while stream.code(high) == "," and high + 1 < top and (stop := _apposition_end(stream, high)):
        high = stop
    return low, high


def _apposition_end(stream: Stream, comma: int) -> int:
    """Return where the apposition or relative clause ends that a comma behind a noun phrase opens, or 0."""
    codes, top = stream.codes, stream.high
    code = codes[comma + 1]
    named = codes[comma - 1] in "P)" or codes[comma - 2:comma] == "P0" or codes[comma - 3:comma] == "P,0"  # "Roe, 51, a cook"
    if code == "w":
        stop = _until(codes, comma + 2, ",;:-.", top)
        if "Q" in codes[comma:stop]:
            return 0  # "said Roe, who called it “grim”": an attribution of its own
    elif named and code in "D0JNSPen" and codes[comma + 1:comma + 3] != "Sn":  # "according to Roe, buses stopped by noon"
        stop = _run(stream, comma + 1)
        if stream.code(stop) == "w":
            stop = _until(codes, stop, ",;:Q-.", top)
    elif codes[comma - 1] == "N" and codes[comma + 1] == "P" and (name := _NAME.match(codes, comma + 1, top)):
        stop = name.end()  # "said its president, Roe", "according to the army spokesman, Col. Roe"
    else:
        return 0
    told = stop < top and codes[stop] in "dzvMHIX"
    return 0 if told or stop <= comma + 1 or stop - comma > _LONGEST_APPOSITION else stop


def _until(codes: str, low: int, marks: str, top: int) -> int:
    return next((k for k in range(low, top) if codes[k] in marks), top)


def clause_start(stream: Stream, before: int) -> int:
    """Find where the content begins that ends before item ``before``: the sentence's start, or behind a semicolon or colon."""
    codes = stream.codes
    low = max(codes.rfind(";", 0, before) + 1, codes.rfind(":", 0, before) + 1, stream.floor if stream.floor < before else 0)
    while low < before and codes[low] in ",.:)(-":
        low += 1
    if before - low > 3 and codes[low] in "bc" and stream.norm(low) in ("but", "and", "so"):
        low += 1
    return low
