"""The rules that read one sentence: cue by cue, what is its source and what its content."""

from __future__ import annotations

from framelens.annotate.attribution.clauses import (
    Candidate,
    Span,
    clause_start,
    cue_at,
    has_verb,
    make,
    right_end,
    skip_adverbials,
)
from framelens.annotate.attribution.constructions import according, as_clause, in_account, noun_cue, passive
from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.attribution.stream import QUOTE, Stream
from framelens.text.wordclass import BE, DAYS, DETERMINERS, PREPOSITIONS, SUBORDINATORS, is_adverb, word_class

__all__ = ["read_sentence"]

_ARTICLES = frozenset("the a an this these those his her its their our my".split())
_HUMAN_OBJECT = frozenset("him her them us me you reporters journalists him".split())
_SUBJECT_PRONOUNS = frozenset("he she they it we i".split())


def _addressee(stream: Stream, at: int) -> int:
    """Skip whom it was told: up to that, a quotation, a comma, or the clause that follows a short noun phrase."""
    if stream.norm(at) in _HUMAN_OBJECT:
        return at + 1
    stop = next((k for k in range(at, min(len(stream), at + 14)) if stream.norms[k] in ("that", QUOTE, ",", ":")), None)
    if stop is not None and not any(stream.norms[k] in _SUBJECT_PRONOUNS for k in range(at, stop)):
        return stop
    k = at
    if stream.norm(k) in DETERMINERS:
        k += 1
    while k < len(stream) and k - at < 6:
        norm = stream.norm(k)
        if k > at and (norm in DETERMINERS or norm in _SUBJECT_PRONOUNS or norm in ("to", "how", "what", "there")):
            return k
        k += 1
    return at + 1


def _may_invert(stream: Stream, at: int, left: int) -> bool:
    """May the subject follow the cue? After a quotation always; after a comma only "said" and the like."""
    if not left or stream.norms[at].endswith("ing") or stream.passive(at):
        return False
    before = stream.norms[left - 1]
    quoted = before == QUOTE or (before in (",", "—", "–") and left > 1 and stream.norms[left - 2] == QUOTE)
    return quoted or (before in (",", "—", "–") and stream.norms[at] in ("said", "says"))


def _closed_right(stream: Stream, phrase: Span) -> bool:
    """Does nothing follow a noun phrase that would make it the subject of another verb?"""
    low, high = phrase
    if high <= low or stream.norm(low) in ("that", "to", "in", "on", "at", "there", "by", "of"):
        return False
    if stream.norm(low) in _SUBJECT_PRONOUNS and high - low > 1:
        return False
    following = stream.norm(high)
    return (not following or stream.boundary(high) or following in DAYS or following in PREPOSITIONS
            or following in ("who", "as", "after", "when", "while", "late", "early"))


def _goes_on(stream: Stream, begin: int, high: int) -> bool:
    """Does a clause behind the speaker go on with what was said, rather than tell of the speaker?"""
    norm = stream.norm(begin)
    return not norm.endswith("ing") and norm not in PREPOSITIONS and norm not in SUBORDINATORS - {"but", "if"} and (
        has_verb(stream, begin, high))


def _around(stream: Stream, at: int, size: int, reading: Cue, cues: CueLexicon) -> tuple[Candidate, Span] | None:
    """Read content before the cue, or around it: "…, she said", "“…,” said Roe, “…”"; return it with its source."""
    if "q" not in reading.frames or stream.norms[at].endswith("ing"):
        return None
    after = skip_adverbials(stream, at + size)
    high = stream.end_of_clause()
    inverted = None
    left = at
    while left and is_adverb(stream.norms[left - 1]):
        left -= 1
    if _may_invert(stream, at, left):
        inverted = stream.noun_phrase_right(at + size)
    if inverted and _closed_right(stream, inverted):
        source, edge, rest = inverted, left, skip_adverbials(stream, inverted[1])
        rule = "inverted"
    else:
        found = stream.subject(at)
        if not found:
            return None
        source, edge, rest = found, found[0], after
        rule = "trailing"
    mark = edge - 1
    if mark < 0 or stream.norms[mark] not in (",", QUOTE, "—", "–"):
        return None
    quoted = stream.norms[mark] == QUOTE or stream.norm(mark - 1) == QUOTE
    if not quoted and not reading.frames & {"t", "z"}:
        return None  # "begins", "shouts" introduce what stands in quotation marks only
    end_before = mark if stream.norms[mark] != QUOTE else mark + 1
    first = clause_start(stream, end_before)
    last_quote = mark if stream.norms[mark] == QUOTE else mark - 1
    if quoted and stream.norm(last_quote - 1) in (".", "?", "!", ":"):
        first = last_quote  # the quotation is a sentence of its own
    contents = [(first, end_before)]
    if rest >= high:
        pass
    elif stream.norms[rest] in (",", ":", QUOTE, ".", "—"):
        begin = rest if stream.norms[rest] == QUOTE else rest + 1
        if begin < high and (stream.norm(begin) == QUOTE or _goes_on(stream, begin, high)):
            contents.append((begin, right_end(stream, begin, cues)))
            rule = f"{rule}_around"
    elif rule == "trailing" and not quoted and not _tells_where(stream, rest):
        return None  # "On Monday, police said that …": the content follows
    bare = not quoted and not has_verb(stream, first, end_before)
    if bare and len(contents) == 1 and (end_before - first < 3 or stream.norm(first) in PREPOSITIONS):
        return None
    candidate = make(stream, rule, reading, (at, at + size), source, contents)
    return (candidate, source) if candidate else None


def _tells_where(stream: Stream, at: int) -> bool:
    """Do the words behind a cue tell where or how it was said, rather than what: "… in a statement read on television"?"""
    norm = stream.norm(at)
    return norm in PREPOSITIONS or norm in ("read", "when", "as") or is_adverb(norm) or (
        norm.endswith("ed") and stream.norm(at - 1) not in DETERMINERS)


def _clause(stream: Stream, at: int, size: int, readings: tuple[Cue, ...], source: Span | None,
            cues: CueLexicon) -> Candidate | None:
    """Read content behind the cue: quotation, that-clause, bare clause, infinitive, object."""
    after = skip_adverbials(stream, at + size)
    high = stream.end_of_clause()
    if after >= high:
        return None
    cue = (at, at + size)
    for reading in readings:
        frames = reading.frames
        begin = _addressee(stream, after) if "d" in frames else after
        begin = skip_adverbials(stream, begin) if "d" in frames else begin
        if stream.norm(begin) == "," and stream.norm(begin + 1) in (QUOTE, "that"):
            begin += 1
        if stream.norm(begin) == ":":
            begin += 1
        norm = stream.norm(begin)
        if norm == QUOTE and frames & {"q", "t", "z", "a"} and not ("o" in frames and begin + 1 < high):
            return make(stream, "before_quotation", reading, cue, source, [(begin, right_end(stream, begin, cues))])
        if norm == "that" and frames & {"t", "z"}:
            return make(stream, "that_clause", reading, cue, source, [(begin, right_end(stream, begin, cues))])
        if norm in ("what", "how", "why", "whether", "if", "where") and frames & {"t", "q"}:
            return make(stream, "wh_clause", reading, cue, source, [(begin, right_end(stream, begin, cues))])
        if norm == "to" and frames & {"i"}:
            return make(stream, "infinitive", reading, cue, source, [(begin, right_end(stream, begin, cues))])
        if norm.endswith("ing") and reading.cue_class in ("reporting", "claim") and frames & {"t", "o"} and begin == at + size:
            return make(stream, "gerund", reading, cue, source, [(begin, right_end(stream, begin, cues))])
        if "z" in frames and stream.is_word(begin) and norm not in PREPOSITIONS and norm not in SUBORDINATORS:
            end = right_end(stream, begin, cues)
            if has_verb(stream, begin + 1, end):
                return make(stream, "bare_clause", reading, cue, source, [(begin, end)])
    return _object(stream, cue, after, readings, source, cues)


def _object(stream: Stream, cue: Span, after: int, readings: tuple[Cue, ...], source: Span | None,
            cues: CueLexicon) -> Candidate | None:
    """Read an object as content: accused X of Y, called X Y, denied X, urged X to Y."""
    if source is None:
        return None
    norm = stream.norm(after)
    end = right_end(stream, after, cues, clause=False)
    within = stream.norms[after:end]
    saying = next((k for k in range(after + 1, end) if stream.norms[k] == "as" and stream.norm(k + 1) == "saying"), None)
    if saying is not None and readings[0].lemma in ("quote", "cite"):
        return make(stream, "quoted_as_saying", readings[0], cue, source, [(saying + 2, end)])
    for reading in readings:
        frames = reading.frames
        ok = (("of" in frames and "of" in within) or ("a" in frames and ("as" in within or reading.lemma in (
                  "call", "label", "brand", "dub", "term") or QUOTE in within) and norm not in ("to", "for", "on", "in"))
              or ("oi" in frames and "to" in within and norm not in ("to", "in", "at", "that"))
              or ("p" in frames and (norm in ("of", "against", "about") or (norm == "for" and reading.lemma == "hope"))))
        if ok:
            return make(stream, "object", reading, cue, source, [(after, end)])
    for reading in readings:
        if "o" in reading.frames and (
                norm in DETERMINERS or norm == QUOTE or stream.is_word(after)) and norm not in (
                PREPOSITIONS | SUBORDINATORS | {"to", "by"}) and end > after:
            return make(stream, "object", reading, cue, source, [(after, end)])
    return None


def _verb_use(stream: Stream, at: int, readings: tuple[Cue, ...]) -> bool:
    """Tell whether a form that may be a noun (claims, reports, plans) stands as a verb."""
    form = stream.norms[at]
    if form.endswith(("ed", "ing")) or form in ("said", "told", "wrote", "found", "thought", "knew", "says", "saying", "tells"):
        return stream.norm(at - 1) not in _ARTICLES or form in ("said", "says")
    low, high = at, at + 1
    while low and stream.is_word(low - 1):
        low -= 1
    while high < len(stream) and stream.is_word(high):
        high += 1
    words = stream.norms[low:high]
    if stream.norm(at + 1) == "that" or (stream.norm(at + 1) == "to" and any("i" in r.frames for r in readings)):
        return stream.norm(at - 1) not in DETERMINERS and not stream.norm(at - 1).endswith("'s")
    return word_class(words, at - low) == "verb"


def _copular(stream: Stream, at: int) -> bool:
    """Does a form of be stand before an adjective, give or take adverbs?"""
    k = at - 1
    while k >= 0 and is_adverb(stream.norms[k]):
        k -= 1
    return k >= 0 and stream.norms[k] in BE


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
    last_source: Span | None = None
    at = 0
    while at < len(stream):
        norm = stream.norms[at]
        step, candidate = 1, None
        if norm == "according" and stream.norm(at + 1) == "to":
            candidate, step = according(stream, at, cues), 2
        elif (feeling := cues.adjectives.get((norm,))) and _copular(stream, at):
            candidate = _clause(stream, at, 1, feeling, stream.subject(at), cues)
        elif norm == "in" and (account := in_account(stream, at)):
            candidate = account
        elif norm in ("citing", "quoting"):
            passed_on = stream.noun_phrase_right(at + 1)
            if passed_on:
                cited.append((at, passed_on))
        elif norm in ("as", "what"):
            candidate = as_clause(stream, at, cues)
        elif (readings := cues.nouns.get((norm,))) and (noun := noun_cue(stream, at, readings, cues)):
            candidate = noun
        else:
            size, verbs = cue_at(stream, cues, at)
            if size and _verb_use(stream, at, verbs):
                candidate, source = _verb(stream, at, size, verbs, last_source, cues)
                last_source = source or last_source
                step = size
        if candidate:
            out.append(candidate)
        at += step
    return out + [c for c in (_cited(stream, *place, out) for place in cited) if c]


def _cited(stream: Stream, at: int, source: Span, found: list[Candidate]) -> Candidate | None:
    """Read "…, citing officials, reported that …": the inner source of the nearest attribution, with the same content."""
    near = [c for c in found if c.cue]
    if not near:
        return None
    place = stream.starts[at]
    outer = min(near, key=lambda c: abs(c.cue[0] - place) if c.cue else 0)
    if any(s <= place < e for s, e in outer.contents):  # "…, according to X, citing Y": it is no part of the content
        outer.contents = [(s, min(e, stream.ends[at - 2]) if s <= place < e else e) for s, e in outer.contents]
    return Candidate("citing", "speech", (place, stream.ends[at]), "cite", "reporting", stream.span(*source),
                     list(outer.contents), cites=True)


def _verb(stream: Stream, at: int, size: int, readings: tuple[Cue, ...], last_source: Span | None,
          cues: CueLexicon) -> tuple[Candidate | None, Span | None]:
    if stream.passive(at) and not stream.norms[at].endswith("ing"):
        return passive(stream, at, size, readings, cues), None
    for reading in readings:
        around = _around(stream, at, size, reading, cues)
        if around:
            return around
    dangling = stream.norms[at].endswith("ing") and stream.norm(at - 1) == "," and last_source is not None
    source = last_source if dangling else stream.subject(at)
    if source is None:
        before = stream.norm(at - 1) if not is_adverb(stream.norm(at - 1)) else stream.norm(at - 2)
        if before in ("and", "but", ",", "while") or stream.norms[at].endswith("ing"):
            source = last_source or _first_subject(stream, at)
    return _clause(stream, at, size, readings, source, cues), source


def _first_subject(stream: Stream, before: int) -> Span | None:
    """Return the noun phrase that begins the sentence, up to its first finite verb."""
    for k in range(1, before):
        if stream.finite(k):
            found = stream.noun_phrase_left(k)
            if found:
                return found
        if stream.boundary(k) and stream.norms[k] != ",":
            return None
    return None
