"""What the rules share: a candidate, and where contents begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.text.reading.phrases import CLAUSE, MEDIA, TIME_NOUNS, VERDICTS
from framelens.text.reading.stream import Span, Stream

__all__ = ["ASIDE", "INFINITIVE", "RESUMED", "Candidate", "account_end", "clause_at", "has_verb", "joined", "make", "medial",
           "object_end", "right_end", "said_where", "skip_adverbials"]

INFINITIVE = re.compile("t(?:[vVdAIHX]|J[DuyPA]|N[D0])")  # "open", "clear" are adjectives by their letter, "control" a noun
_CONTRAST = frozenset("but while whereas although though".split())
_PARTICIPLES = frozenset((
    "adding saying telling noting warning arguing insisting claiming calling accusing describing citing compared "
    "stressing urging denying explaining suggesting declaring referring pointing blaming dismissing vowing"
).split())
_AND_THAT = re.compile(r"[^hQ;:]*[cb]h(?=[DNSPJ0UyE'])")  # "… and left, and that …": one speech
_PASSIVE = re.compile(r"IA*n[^dzMHIXv]*$")
_RESUMES = re.compile(r"A*[dzvMHIX]")  # behind "Roe, who had left, …" the clause goes on
RESUMED = re.compile(r",A*[dzMHIX]")  # the comma before it, no base form behind
_CLAUSE_EDGES = re.compile("[r;gpncbws]|(?<=,)[DNSPJ0Uy]")
_SHARE = re.compile("[Ap]*0")
_SPEAKER = re.compile(r"(?:[DJ0A]*[NSP'][NSPJ0'f]*|[Uy])A?[dzv](?=[,Y.]|$)")  # "…, the Times reported."
_VERDICT = re.compile(r"DJ{0,2}[NSV]")  # "…, a claim that nobody could verify": the narrator's word for what was said
ASIDE = re.compile("[DJ0NSP'ft]+")  # who says something in place of a clause: "…, with an aide to the mayor saying"
_VOWED = ("vow", "pledg", "promis", "swor", "swear", "threat")
_THE = frozenset(("a", "an", "the"))
_WITHOUT = frozenset("providing giving offering elaborating naming saying specifying presenting citing explaining".split())
_LONG_CLAUSE = re.compile(r"[DNSPJ0](?:[DJ0NSP'fpnA]|\([^)]{1,9}\)|nB)*A?[dzMHIX]")
# "its envoy, Roe, urged", "a clerk speaking by telephone said"
_APPOSED = re.compile(r"[DNSPJ0][DJ0NSP'fp]*(?:g[pDJ0NSPfY]*|,[DJ0NSP'fp]+,)A?[dz]")
_TOLD_LONG = (_LONG_CLAUSE, _APPOSED, re.compile("[J0]*S[NV](?=[DJ]*[NSP])"))  # ", and clerks promise pipes"
_TELLER = re.compile(r"(?:[DJ0NSP'f]*[NSP]|[Uy])A?[dz](?=[NS][,Y.]|[NS]$)")  # "…, a clerk told reporters"
_ALSO_SAYING = re.compile("[DJ0NSP']+g")  # "police saying …, and medics reporting …"
_SCENE = re.compile("[NSPu]A?g")
_JOINT = re.compile(",[cbsr]A?")
_SAYING = frozenset(("reporting", "claim", "decree"))
_SENSING = frozenset(("see", "hear"))  # "she heard shots and saw men run"
_COMMISSIVE = frozenset(("promise", "pledge", "vow", "threaten", "offer", "refuse", "decline", "rule out"))
_NOBODY = frozenset(("nobody", "none", "no"))
_NO_DOUBT = frozenset("wonder doubt longer matter".split())  # "no wonder Roe said so": he did
_WITH_WHAT_FOLLOWS = frozenset("as now only even just not at nearly almost roughly approximately".split())
_CONDITIONS = frozenset("if unless once lest".split())
_WORRIES = frozenset("concerned worried alarmed dismayed angry upset sceptical skeptical wary afraid aware critical".split())
_PLATFORMS = frozenset(("network", "platform"))  # "on the social network Facebook"
_UNDER = frozenset(("on", "under"))
_TIMES = frozenset(("after", "before", "since"))
_PARTICIPLE = re.compile("[NSP]d[pAJYt]")  # "in a statement posted on its site that"
_COMPLEMENT = re.compile("(?:[AJ]|Y0?|p?A?pD?'?[J0]*[NSPY]+)+")
_BETWEEN_COMMAS = re.compile(r",(?:p?Y0?,?0?|p[DJ0]*[NSPY]+|A),(?=[^Qhcb])")
_TO_BEHIND = re.compile(f"[^,;:Q]+,(?={INFINITIVE.pattern})")
_VOWING = re.compile("[NV]tv")
_ON_DAY = re.compile("[DJ0NSP']+(?=p?Y)")
_OF_WORDS = frozenset((
    "allegation allegations accusation accusations charge charges claim claims report reports rumour rumours rumor rumors "
    "criticism result results victory defeat request requests appeal offer proposal proposals decision ruling verdict figures "
    "responsibility"
).split())
_IN_MEDIUM = re.compile("p[DJ]*[NS]+")
_MEDIUMS = frozenset("statement interview communique communiqué conference tweet briefing telegram speech address".split())
_LETTERS = frozenset("message letter post email e-mail".split())  # these only with "a" or "his": not "the claim in the letter"
_NEW = frozenset("a an his her its their".split())
_OBJECT_EDGES = re.compile("[;,csbrB-]")
_FINITE = frozenset("dzMHIX")
_TOLD = _FINITE | frozenset("vQ")


@dataclass(slots=True)
class Candidate:
    """An attribution in the making, by offsets."""

    rule: str
    kind: str
    cue: list[Span]
    lemma: str
    cue_class: str
    source: Span | None
    contents: list[Span] = field(default_factory=list)
    cites: bool = False  # an inner source named beside an outer one, with the same content
    inside: bool = False  # in the words of somebody who is quoted
    cited: tuple[Span, Span] | None = None  # cue and source of such an inner one, still to be made


def clause_at(stream: Stream, at: int) -> bool:
    """Does a clause, subject and finite verb, begin at an item?"""
    return bool(CLAUSE.match(stream.codes, at, stream.high))


def _told_at(stream: Stream, at: int) -> bool:
    """Does a clause begin at an item, its subject as long as it may be: "the mission in the north of the town has left"?"""
    return clause_at(stream, at) or any(told.match(stream.codes, at, stream.high) for told in _TOLD_LONG)


def skip_adverbials(stream: Stream, at: int) -> int:
    """Skip times, media and the like behind a cue: "said on Thursday in a statement that"."""
    codes, norms, high = stream.codes, stream.norms, stream.high
    while at < high:
        code, norm = codes[at], norms[at]
        following = norms[at + 1] if at + 1 < high else ""
        after = codes[at + 1] if at + 1 < high else "."
        if code == "," and (between := _BETWEEN_COMMAS.match(codes, at, high)):
            at = between.end()  # "revealed, on Tuesday, the"
        elif code == "Y" or (code == "A" and norm not in _WITH_WHAT_FOLLOWS):
            at += 2 if code == "Y" and following in TIME_NOUNS else 1
        elif norm in ("late", "early", "on", "last", "this", "earlier", "in", "at", "next") and (
                after == "Y" or following in TIME_NOUNS or (after == "0" and code == "p")):
            at += 2
            while at < high and codes[at] in "Y0":
                at += 1
        elif norm == "to" and after in "vVAIH":
            return at
        elif norm == "in" and "terms" in norms[at + 1:at + 6]:  # "condemned in the strongest terms the"
            at = norms.index("terms", at) + 1
        elif norm in _UNDER and (named := next((k for k in range(at + 2, min(at + 6, high)) if norms[k] == "anonymity"), 0)):
            at = named + 1  # "said on condition of anonymity the camp …"
        elif norm in ("in", "on", "at", "during", "by", "via", "through", "to", "from", "after", "with", "before", "of", "about"):
            stop, reach = at + 1, at + 12
            while stop < min(high, reach) and (codes[stop] not in "h,Q:dzMHIX;." or _PARTICIPLE.match(codes, stop - 1, high)):
                reach += 4 if codes[stop] == "d" else 0
                stop += 1
            marks = codes[stop] if stop < high else "."
            medium = next((k for k in range(at + 1, min(stop, at + 6)) if norms[k] in MEDIA), -1)
            if marks == "h" and norm in ("about", "of") and codes[stop - 1] in "NS" and norms[at - 1] in _WORRIES:
                return at  # "is concerned about reports that …"
            if marks == "h" or marks in "Q:" or (marks == "," and codes[stop + 1:stop + 2] == "Q" and norm != "of"):
                at = stop
            elif medium > 0 and norm not in ("of", "about", "with", "from"):
                at = medium + 1
                while at < high and (norms[at] in MEDIA or norms[at] in TIME_NOUNS or (
                        norms[at - 1] in _PLATFORMS and codes[at] == "P")):
                    at += 1
                if _PARTICIPLE.match(codes, at - 1, high) and (posted := _COMPLEMENT.match(codes, at + 1, high)):
                    at = posted.end()  # "in a video posted online on Monday the army would …"
                elif stream.norm(at) in ("on", "to", "with") and at + 1 < high:
                    at += 2
                    while at < high and codes[at] in "NSP" and codes[at + 1:at + 2] not in ("d", "z", "M", "H", "I", "X"):
                        at += 1
            else:
                return at
        else:
            return at
    return at


def right_end(stream: Stream, at: int, cues: CueLexicon) -> int:
    """Find where the clause that is said ends: the sentence's end, or what more often than not is the narrator's again.

    A relative clause, a participle or a new subject behind a comma ends it, unless a quotation is still to come; so
    does a second verb of saying behind "and" or "but".
    """
    codes, norms, high = stream.codes, stream.norms, stream.high
    last_quote, inside = codes.rfind("Q", 0, high), 0
    for match in _CLAUSE_EDGES.finditer(codes, at + 1, high):
        k = match.start()
        if k < inside:
            continue
        code = codes[k]
        if code == ";":
            return k
        comma = codes[k - 1] == ","
        if code == "r":
            if comma and norms[k] == "as" and k > last_quote and (_told_at(stream, k + 1) or codes[k + 1:k + 2] in tuple("HIX")):
                return k - 1
            if norms[k] == "as" and norms[k - 1] == "even" and codes[k - 2] == "," and k > last_quote:
                return k - 2  # "…, even as thousands marched"
            continue
        if code == "p" or code == "g" or code == "n":
            if _rests(stream, k):
                return k
            if norms[k] == "according" and stream.norm(k + 1) == "to" and codes[at:k].strip("hA,"):
                return k - 1 if comma else k
            if comma and norms[k] == "with" and (who := ASIDE.match(codes, k + 1)) and (
                    stream.norm(who.end()) in _PARTICIPLES):
                return k - 1
            if comma and stream.code(k - 2) not in "hscb" and (norms[k] in _PARTICIPLES or _retells(stream, k, cues)):
                return k - 1
            continue
        if code in "DNSPJ0Uy":
            speaker = _SPEAKER.match(codes, k, high) or _TELLER.match(codes, k, high)
            if speaker and any("q" in r.frames for r in cues.verbs.get((norms[speaker.end() - 1],), ())):
                return k - 1
            if comma and norms[k] == "something" and codes[k + 1:k + 2] in ("h", "w"):
                return k - 1  # "…, something that the army denies"
            if code != "D":
                continue
            noun = _VERDICT.match(codes, k, high)
            if noun and norms[k] in _THE and k > last_quote and codes[noun.end():noun.end() + 1] not in "dzMHIX" and (
                    norms[noun.end() - 1] in VERDICTS or (norms[noun.end() - 1],) in cues.nouns):
                return k - 1
            continue
        if code == "w":
            if comma and _FINITE.isdisjoint(codes[at:k]) and (closing := codes.find(",", k, high)) > 0:
                inside = closing + 1  # "that Roe, who has not been seen since, address the nation"
            elif comma and k > last_quote and not medial(codes, k - 1, high):
                return k - 1
            continue
        norm = norms[k]
        if code in "cb" or norm == "while":
            if norm == "while" and _SHARE.match(codes, k + 1) and any(c == "0" for c in codes[at:k]):
                continue  # "that 60 percent back it, while 30 percent do not"
            if comma and k > last_quote and (clause_at(stream, k + 1) or _tells(stream, k + 1, cues)):
                return k - 1
            if k - 1 == last_quote and clause_at(stream, k + 1) and (
                    stream.view.text[stream.ends[k - 1] - 3:stream.ends[k - 1]].rstrip("\"'”’»")[-1:] == ","):
                return k  # “…,” and the narrator goes on
            if norm == "while":
                if comma and codes[k + 1:k + 2] == "g" and (norms[k + 1],) in cues.verbs and k > last_quote:
                    return k - 1
                continue
            also = _ALSO_SAYING.match(codes, k + 1, high) if k > last_quote else None
            if also and (norms[also.end() - 1] in _PARTICIPLES or norms[also.end() - 1] == "reporting"):
                return k - 1 if comma else k
            j = k + 1
            while j < high and codes[j] == "A":
                j += 1
            j += j + 1 < high and codes[j:j + 2] == "Hn"  # ", and has ordered"
            if _AND_THAT.match(codes, j, high) or _passives(stream, at, k, j):
                continue
            if (j < high and codes[j] in "dz") or (codes[j:j + 1] == "n" and codes[j - 1] == "H"):
                readings = cues.verb_at(norms, j)[1]
                if (codes[j] == "z" and "z" not in codes[at:k]) or (readings and any(
                        (r.cue_class in _SAYING and r.lemma not in _SENSING) or r.lemma in _COMMISSIVE for r in readings)):
                    return k - 1 if comma else k
            if codes[k - 1] in ",-" and j < high and norms[j] in _PARTICIPLES and k > last_quote:
                return k - 1
        elif comma and norm in _CONTRAST and k > last_quote and (
                codes[k + 1:k + 2] not in ("A", "J") or _told(codes, k + 1, high)):  # not "though conservative, areas"
            return k - 1
    return high


def _rests(stream: Stream, at: int) -> bool:
    """Does a participle of saying follow a quotation that ends with a comma: “a farce,” adding that …?"""
    return stream.norms[at] in _PARTICIPLES and stream.code(at - 1) == "Q" and (
        stream.view.text[stream.starts[at - 1]:stream.ends[at - 1]].rstrip("\"'”’»")[-1:] == ",")


def _passives(stream: Stream, at: int, joint: int, verb: int) -> bool:
    """Is a verb behind "and" the second of two passives: "were held and later released", "was beaten and accused of theft"?"""
    return stream.norm(verb).endswith("ed") and stream.code(verb) in "dn" and bool(
        _PASSIVE.search(stream.codes, at, joint)) and stream.code(verb + 1) in ",.pcBA;f"


def _retells(stream: Stream, at: int, cues: CueLexicon) -> bool:
    """Does a participle take up the saying again: "…, stating that", "…, rejecting a report", "…, without giving figures"?"""
    if stream.norms[at] == "without":
        return stream.norm(at + 1) in _WITHOUT
    if stream.codes[at] != "g":
        return False
    told = cues.verbs.get((stream.norms[at],), ())
    return any(r.cue_class in ("reporting", "claim") and ("q" in r.frames or r.cue_class == "claim") for r in told)


def _tells(stream: Stream, at: int, cues: CueLexicon) -> bool:
    """Does a clause begin at an item whose verb says: "the mission in the north of the town urged calm"?"""
    clause = _LONG_CLAUSE.match(stream.codes, at, stream.high) or _APPOSED.match(stream.codes, at, stream.high)
    told = cues.verbs.get((stream.norms[clause.end() - 1],), ()) if clause else ()
    return any(r.cue_class in _SAYING and r.lemma not in _SENSING for r in told)


def account_end(stream: Stream, at: int, cues: CueLexicon) -> int:
    """Find where an account ends that opens a sentence: with it, where another speaks, or at ", as thousands marched"."""
    for joint in _JOINT.finditer(stream.codes, at, stream.high):
        behind = joint.end()
        if _told_at(stream, behind) if stream.norms[behind - 1] == "as" else _tells(stream, behind, cues):
            return joint.start()
    return stream.high


def medial(codes: str, comma: int, high: int) -> bool:
    """Does what a comma opens close with another comma, and the clause go on behind that?"""
    closing = codes.find(",", comma + 1, high)
    return closing > 0 and bool(_RESUMES.match(codes, closing + 1, high))


def object_end(stream: Stream, at: int) -> int:
    """Find where an object or an infinitive that is content ends: at a comma that opens something else, or a new clause.

    A condition ("unless talks resume", "until the vote") is part of what is wanted, vowed or ordered.
    """
    codes, high, inside = stream.codes, stream.high, 0
    if (quote := codes.find("Qg", at, high)) >= 0 and _rests(stream, quote + 1):
        high = quote + 1
    for match in _OBJECT_EDGES.finditer(codes, at + 1, high):
        k = match.start()
        if k < inside:
            continue
        code, following, second = codes[k], stream.code(k + 1), stream.code(k + 2)
        if code == "," and following == "w" and (closed := _TO_BEHIND.match(codes, k + 1, high)):
            inside = closed.end()  # "urged the council, which pays the guards, to act"
            continue
        if code == "s" and (stream.norms[k] in _CONDITIONS or (stream.norms[k] == "while" and _SCENE.search(codes, at, k))):
            continue
        if code in ";-bs":
            return k
        if code == ",":
            told = following in "DNSPUyJAE" and codes[k - 1] + following != "JJ" and _told(codes, k + 1, high)
            ends = following in "gswrdbzMHIX" or told or _aside(stream, k + 1) or (
                following == "c" and (second in "dzMHI" or _told_at(stream, k + 2) or _second_wish(codes, at, k + 2)))
        elif code == "r":
            clause = CLAUSE.match(codes, k + 1, high)  # when it was done, not what: but "until the law is withdrawn"
            past = stream.norms[k] == "after" and clause and clause.group()[-1] == "d"  # "urged them to go on after guards fired"
            if stream.norms[k] == "until" and stream.norm(at - 1).startswith(_VOWED):
                continue  # "had vowed to stay until the board met"
            past = past or (stream.norms[k] == "after" and stream.sentence.zone == "headline")  # "Mayor vows to stay after riot"
            if not past and (_SCENE.search(codes, at, k) or (stream.norms[k] in _TIMES and INFINITIVE.search(codes, at, k))):
                continue  # "to vote before June", "showed police standing by as shops burned"
            if stream.norms[k] == "since" and "H" not in codes[max(0, at - 3):at]:
                continue  # "is alarmed by the deaths since the march began", but "has sought talks | since"
            ends = stream.norms[k] in _TIMES or bool(clause and (stream.norms[k] != "until" or clause.group()[-1] == "d"))
        elif code == "B":
            ends = stream.norm(k + 1) in _PARTICIPLES
        else:
            ends = following in "dzMHIsn" or (following == "A" and second in "dz") or (
                following == "v" and not INFINITIVE.search(codes, at, k)) or clause_at(stream, k + 1) or (
                stream.norm(k + 1 + (following == "A")) in _PARTICIPLES) or _second_wish(codes, at, k + 1)
        if ends:
            return k
    return high


def said_where(stream: Stream, at: int, high: int) -> int:
    """Find where an object ends before the medium or the day of the saying: "denied the claim | in a statement".

    A day is that of the saying behind a noun of words or outcomes, that of the deed behind others: "denied the claim | on
    Monday", "condemned the raid on Monday".
    """
    day = _ON_DAY.match(stream.codes, at, high)
    if day and stream.norms[day.end() - 1] in _OF_WORDS:
        high = day.end()
    for medium in _IN_MEDIUM.finditer(stream.codes, at + 1, high):
        k = medium.start()
        words = stream.norms[k + 1:medium.end()]
        if not _MEDIUMS.isdisjoint(words) or (words[0] in _NEW and not _LETTERS.isdisjoint(words)):
            return k
    return high


def _aside(stream: Stream, at: int) -> bool:
    """Is what follows a comma the narrator's: ", amid a storm", ", with an aide saying …", ", without giving evidence"?"""
    norm = stream.norm(at)
    if norm == "with":
        return bool((who := ASIDE.match(stream.codes, at + 1)) and stream.code(who.end()) == "g")
    return norm == "amid" or (norm == "without" and stream.norm(at + 1) in _WITHOUT)


def _second_wish(codes: str, at: int, verb: int) -> bool:
    """Does a plural subject, whose verb stands before ``at``, go on behind "and": "demand talks | and vow to stay"?"""
    return codes[at - 1:at] == "v" and codes[at - 2:at - 1] in ("N", "S", "P", "U", "w") and (
        codes[verb:verb + 1] == "v" or bool(_VOWING.match(codes, verb))) and not INFINITIVE.search(codes, at, verb)


def _told(codes: str, low: int, high: int) -> bool:
    """Does a finite verb stand before the next comma?"""
    stop = codes.find(",", low, high)
    return not _FINITE.isdisjoint(codes[low:stop if stop > 0 else high])


def has_verb(stream: Stream, low: int, high: int) -> bool:
    """Does a finite verb, or a quotation, stand among the items?"""
    return not _TOLD.isdisjoint(stream.codes[low:high])


def joined(spans: list[Span]) -> list[Span]:
    """Join a preposition or colon to the cue that it stands beside."""
    out = spans[:1]
    for start, end in spans[1:]:
        if start - out[-1][1] <= 1:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def make(stream: Stream, rule: str, reading: Cue, cue: list[Span], source: Span | None, contents: list[Span]) -> Candidate | None:
    """Make a candidate of items; None where no content is left, or nobody said it."""
    codes = stream.codes
    if source and reading.cue_class in ("reporting", "claim") and stream.norms[source[0]] in _NOBODY and (
            stream.norm(source[0] + 1) not in _NO_DOUBT):
        return None
    parts = []
    for a, b in contents:
        while a < b and codes[a] in ",":
            a += 1
        while b > a and codes[b - 1] in ",-(":
            b -= 1
        if a < b:
            parts.append((a, b))
    if not parts:
        return None
    quoted = "q" in reading.frames and any("Q" in codes[a:b] for a, b in parts)
    kind = "speech" if quoted or reading.cue_class == "reporting" else reading.cue_class
    starts, ends = stream.starts, stream.ends
    return Candidate(rule, kind, joined([(starts[a], ends[b - 1]) for a, b in cue if a < b]), reading.lemma, reading.cue_class,
                     stream.span(*source) if source and source[0] < source[1] else None,
                     [(starts[a], ends[b - 1]) for a, b in parts])
