"""Verbs as cues: speakers behind them, and content before and around them: "…, she said", "“…,” said Roe, “…”"."""

from __future__ import annotations

import re

from framelens.annotate.attribution.clauses import (
    Candidate,
    clause_at,
    has_verb,
    make,
    right_end,
    skip_adverbials,
)
from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.text.reading.groups import Group
from framelens.text.reading.phrases import BY_MEANS, CLAUSE, clause_start, noun_phrase_right
from framelens.text.reading.stream import Span, Stream

__all__ = ["addressee", "around", "is_relative"]

_INVERTS = frozenset((
    "said says say thinks believes notes claims explains warns writes added wrote noted reported reports announced argued "
    "claimed explained insisted informed indicated assured stressed underlined affirmed denounced specified declared confirmed "
    "reiterated recalled precised detailed commented concluded revealed alerted announces informs stresses underlines "
    "affirms declares confirms reiterates specifies stated regrets emphasizes emphasises emphasized emphasised testified "
    "indicates reveals recalls reminds argues signals signalled signaled manifests manifested esteems esteemed estimates "
    "estimated maintains maintained pointed communicated"
).split())
_PERFECT = frozenset("warned promised regretted admitted confided threatened alleged".split())  # "…, has warned the prefect"
_HEADLINED = frozenset((  # in headlines also "Curfew to end, hints prefect"
    "assures predicts hints admits fears vows pledges promises alleges cautions complains concludes contends"
).split())
_OBSERVERS = frozenset((  # "…, an agency reporter saw"
    "journalist journalists reporter reporters correspondent correspondents photographer photographers"
).split())
_MANY = re.compile(r"[DJ0]*N?S[.]*$")
_ADDRESSED = re.compile("(?:tu|[tp]D[JN]*[NS])(?=[DP])")  # “…,” confided to us Roe, said to the agency a clerk
_PART_QUOTED = re.compile("[DJ0P]+[NSP]*Q")  # told parliament | the raid “was a crime”
_WHOSE = frozenset(("his", "her", "their"))
_SINCE = re.compile("(?:[D0]J?)?[NSDY]r")  # "a day after"
_ASIDE = re.compile(",p?w[NSPJ]*$")  # a relative clause that has not come to its verb
_THAT = re.compile(r"[DNSPJ0'pfYcA,]{1,8}h")  # "told a meeting in Town, Ohio, that"


def addressee(stream: Stream, at: int) -> int:
    """Skip whom it was told: up to that, a quotation, or the clause that follows a noun phrase."""
    codes, high = stream.codes, stream.high
    if at < high and codes[at] in "uy":
        return at + 1
    k = at
    while k < high and k - at < 14 and codes[k] not in "hQ:tq.;":
        if k > at and (codes[k] in "Uy" or (codes[k] in "DP" and codes[k - 1] in "NS'u" and (
                clause_at(stream, k) or _PART_QUOTED.match(codes, k)))):
            return k
        if codes[k] in "dzMHIX":
            return at + 1
        if (codes[k] == "s" and stream.norms[k] == "if") or (codes[k] == "r" and k > at and clause_at(stream, k + 1)):
            return k
        if codes[k] == "," and not _THAT.match(codes, k + 1):
            return k
        k += 1
    return k


def _inverted(stream: Stream, group: Group) -> Span | None:
    """Find the subject behind the cue: after a quotation always, after a comma only of "said" and the like."""
    codes, left = stream.codes, group.low
    while left and codes[left - 1] == "A":
        left -= 1
    said, headline = stream.norms[group.head], stream.sentence.zone == "headline"
    if not left or codes[group.head] == "g" or group.passive:
        return None
    if codes[group.head] == "v" and not (said == "say" and headline) and (
            said not in _INVERTS or not _MANY.match(codes, group.high)):  # "Troops fire on crowd, say medics"
        return None
    before = codes[left - 1]
    quoted = before == "Q" or (before in ",-" and left > 1 and codes[left - 2] == "Q")
    plain = said in _INVERTS or said in _PERFECT
    if group.low < group.head and not ((quoted or plain) and codes[group.low] == "H"):  # “…,” has declared Roe
        return None
    told = said in _INVERTS or (headline and said in _HEADLINED) or (plain and group.low < group.head)
    if not quoted and not (before in ",-" and told):
        return None
    addressed = _ADDRESSED.match(codes, group.high) if quoted else None
    begin = addressed.end() if addressed else group.high
    while stream.code(begin) == "A":
        begin += 1  # “…,” replied instead Roe
    phrase = noun_phrase_right(stream, begin)
    if phrase is None or codes[phrase[0]] in "htprBfEqu":
        return None
    behind_it = phrase[1]
    while stream.code(behind_it) == "A":
        behind_it += 1
    following = stream.code(behind_it)
    if quoted and following == "d" and stream.code(behind_it + 1) in "pB":
        return phrase  # “…,” reads a banner hung from a wall
    if following in "dzMHIXv" or (codes[phrase[0]] in "Uy" and phrase[1] < stream.high and following not in ".,;:pr-Qt"):
        return None
    return phrase


def around(stream: Stream, group: Group, reading: Cue, source: Span | None, cues: CueLexicon) -> Candidate | None:
    """Read content before the cue, or around it: "…, she said", "“…,” said Roe, “…”"."""
    codes, high = stream.codes, stream.high
    if "q" not in reading.frames or codes[group.head] == "g":
        return None
    inverted = _inverted(stream, group)
    if inverted and not (source and _leads(stream, group, source)):
        source, edge, rest, rule = inverted, group.low, skip_adverbials(stream, inverted[1]), "inverted"
        while edge and codes[edge - 1] == "A":
            edge -= 1
    elif source and codes[source[0]] == "w" and stream.code(group.low - 2) != "Q":
        return None  # "…, who responded with …": of what stands before that no relative clause tells
    elif source and source[1] <= group.low and not has_verb(stream, source[1], group.low):
        edge, rest, rule = source[0], skip_adverbials(stream, group.high), "trailing"
        if "d" in reading.frames:
            rest = skip_adverbials(stream, addressee(stream, rest)) if rest < high and codes[rest] not in ",Q:h" else rest
    else:
        return None
    mark = edge - 1
    if mark < 0 or codes[mark] not in ",Q-":
        return None
    quoted = codes[mark] == "Q" or stream.code(mark - 1) == "Q"
    last_quote = mark if codes[mark] == "Q" else mark - 1
    if quoted and not _spoken(stream, last_quote, codes[mark] == "Q"):
        if codes[mark] == "Q":
            return None
        quoted = False
    if rule == "trailing" and not quoted and rest == group.high and stream.code(rest) == "Q":
        return None  # "Buses stop, police say “thugs” blocked the road"
    if not quoted and stream.code(rest) == ":" and stream.code(rest + 1) == "Q":
        return None  # "Asked about the ban, Roe replied: “…”"
    if not quoted and reading.lemma == "deny":
        return None  # "Ministry: 40 held, beatings denied" is a passive
    seen = reading.lemma == "see" and not _OBSERVERS.isdisjoint(stream.norms[source[0]:source[1]])
    if not quoted and not seen and not reading.frames & {"t", "z"}:
        return None  # "begins", "shouts" introduce what stands in quotation marks only
    end = mark if codes[mark] != "Q" else mark + 1
    first = clause_start(stream, end)
    if quoted and codes[last_quote - 1:last_quote] in (".", ":"):
        first = last_quote  # the quotation is a sentence of its own
    if rule == "trailing" and (told := _ASIDE.search(codes, first, mark)):
        first = told.start() + 1  # "warned of rumours, which, he noted, serve …"
    contents = [(first, end)]
    cue = [(group.low, group.high)]
    if rest >= high:
        pass
    elif codes[rest] in ",:Q.-":
        begin = rest if codes[rest] == "Q" else rest + 1
        whole = quoted or has_verb(stream, first, end)
        if begin < high and (codes[begin] == "Q" or _goes_on(stream, begin, quoted, whole, cues)):
            contents.append((begin, right_end(stream, begin, cues)))
            rule += "_around"
            cue += [(rest, begin)] * (codes[rest] == ":")
    elif rule == "trailing" and not quoted and not (codes[rest] in "prBAsne;" or stream.norms[rest] == "read"
                                                    or (codes[rest] == "g" and rest > group.high)  # "in a note condemning …"
                                                    or is_relative(codes, rest) or stream.norms[rest] in ("citing", "quoting")):
        return None  # "On Monday, police said that …": the content follows
    fewest = 3 - (stream.sentence.zone == "headline" and reading.cue_class == "reporting")  # "Strike illegal, minister says"
    if len(contents) == 1 and not quoted and not has_verb(stream, first, end) and (
            end - first < fewest or codes[first] in "prgs"):
        return None
    return make(stream, rule, reading, cue, source, contents)


def _leads(stream: Stream, group: Group, source: Span) -> bool:
    """Does the subject stand before the verb, whatever follows it: "A minister, who had left, said the …"?"""
    codes, (low, high) = stream.codes, source
    if has_verb(stream, clause_start(stream, group.low), low):
        return False
    return high >= group.low - 1 or (codes[high] == codes[group.low - 1] == "," and (
        not has_verb(stream, high, group.low) or BY_MEANS.fullmatch(codes, high + 1, group.low - 1) is not None))


def is_relative(codes: str, at: int) -> bool:
    """Does that begin a relative clause: "in a statement that spoke of …"?"""
    return codes[at] == "h" and codes[at + 1:at + 2] in ("d", "z", "M", "H", "I", "X") and codes[at - 1] in "NSP"


def _spoken(stream: Stream, at: int, ends: bool) -> bool:
    """Is a quotation before a speaker what was said, rather than a title or a scare quote ("on “The Hour,” Roe …")?"""
    span = stream.view.text[stream.starts[at]:stream.ends[at]].rstrip("\"'”’»")
    if ends and not span.endswith((",", ".", "?", "!", "—", "…", "-", ";")):
        return False
    return not (stream.code(at - 1) in "pDf" and at > 0 and len(span.split()) <= 4)


def _goes_on(stream: Stream, begin: int, quoted: bool, whole: bool, cues: CueLexicon) -> bool:
    """Does a clause behind the speaker go on with what was said, rather than tell of the speaker?"""
    while begin + 1 < stream.high and stream.codes[begin] == "A":
        begin += 1
    code = stream.codes[begin]
    if not whole and code not in "gprsw":
        return True  # "In the end, Roe said, …": what stands before is no sentence
    if (code in "gprswnBe" and stream.norm(begin) not in ("if",)) or (quoted and stream.norm(begin) in _WHOSE):
        return False  # also "“…,” said Roe, her coat torn"
    if code in "cb" and stream.code(begin + 1) in "dz" and quoted:
        return False  # "“…,” Roe told reporters, and accused …"
    since = _SINCE.match(stream.codes, begin)
    if since and stream.norms[since.end() - 1] in ("after", "before"):
        return False  # "…, the union said, hours after police had come"
    if code in "cb" and (clause := CLAUSE.match(stream.codes, begin + 1, stream.high)):
        told = cues.verbs.get((stream.norms[clause.end() - 1],), ())
        return not quoted and not any(r.cue_class in ("reporting", "claim") for r in told)  # "records show, and experts say …"
    return clause_at(stream, begin) or has_verb(stream, begin, stream.high)
