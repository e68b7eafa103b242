"""Speakers of quotations that no listed cue took: any verb beside a quotation, and whatever stands before a colon."""

from __future__ import annotations

import re

from framelens.annotate.attribution.clauses import Candidate, clause_at
from framelens.annotate.attribution.cues import PARTIES
from framelens.text.reading.groups import verb_group
from framelens.text.reading.phrases import noun_phrase_left, noun_phrase_right, subject
from framelens.text.reading.stream import QUOTE, Span, Stream

__all__ = ["read_speaker"]

_LEAST = 4  # words of a quotation that is somebody's, though the verb beside it is no listed cue
_LONGEST = 7  # items of a cue before a colon: "went even further:"
_OPENING = frozenset("said says asked asks added adds replied replies explained declared tweeted wrote writes".split())
_IN_TEXT = frozenset("read said says stated written noted underlined emphasized emphasised stressed reads".split())
_VERBS = frozenset("dzMHIX")
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Tt]hey|[Hh]e|[Ss]he|[Ii]t|[Tt]here|[Uu]s|[Oo]ur|[Mm]y|[Yy]our|[Mm]e)\b|n['’]t\b|[?!]")
_WORD = re.compile(r"[^\W\d_][\w’']*")
_TELLING = _VERBS | {"v"}


def read_speaker(stream: Stream, quote: Span) -> Candidate | None:
    """Read the speaker of a quotation off its sentence: “…,” Roe barked; barked Roe; Roe went further: “…”.

    Parameters
    ----------
    stream : Stream
        The sentence.
    quote : (int, int)
        Offsets of the quotation, marks included.

    Returns
    -------
    Candidate or None
        With the quotation as its content.
    """
    at = next((k for k, (s, norm) in enumerate(zip(stream.starts, stream.norms, strict=True))
               if norm == QUOTE and s <= quote[0] < stream.ends[k]), None)
    if at is None:
        return None
    if stream.code(at - 1) == ":":
        return _before_colon(stream, at, quote)
    if stream.norms[0] == "for":
        return _for_whom(stream)
    if at == 0 and stream.code(1) == ":" and stream.sentence.zone == "headline" and (
            _SPOKEN.search(stream.view.text, *quote) and not _is_title(stream.view.text[slice(*quote)])) and (
            named := _whose_story(stream)):
        return _candidate(stream, "colon", (1, 2), named, quote)
    if stream.norms[0] in _OPENING and (named := noun_phrase_right(stream, 1)) and stream.codes[named[1]:at] == ",":
        return _candidate(stream, "inverted", (0, 1), named, quote)  # "Said Roe, “…”"
    said = stream.view.text[quote[0]:quote[1]].rstrip("\"'”’» ")
    open_ = said.endswith((",", "?", "!", "—", "…", "-")) or (not at and stream.code(1) == ",")
    words = said.split()
    least = _LEAST if any(word[:1].isupper() for word in words[1:]) else _LEAST - 1  # "The Long Hour," is a title
    if open_ and len(words) >= least and stream.code(at - 1) not in "pDf":
        return _behind(stream, at + 1, quote)
    return None


def _is_title(quoted: str) -> bool:
    """Is what stands in quotation marks the name of a film, a song, a march: “Call Me a Lion”?"""
    words = _WORD.findall(quoted)
    return len(words) > 1 and all(word[0].isupper() or (0 < k < len(words) - 1 and len(word) < 4) for k, word in enumerate(words))


def _whose_story(stream: Stream) -> Span | None:
    """Find of whom a headline goes on to tell behind a quotation: “We stay”: strikers defy court."""
    verb = next((k for k in range(3, stream.high) if stream.codes[k] in _TELLING), 0)
    return subject(stream, verb) if verb else None


def _for_whom(stream: Stream) -> Candidate | None:
    """Read "For the Greens, the raid was “a provocation”": somebody's opinion, where words of it are quoted."""
    named = noun_phrase_right(stream, 1)
    if named is None or stream.code(named[1]) != "," or not clause_at(stream, named[1] + 1) or (
            "P" not in stream.codes[slice(*named)] and stream.norms[named[1] - 1] not in PARTIES):
        return None
    return Candidate("in_account", "speech", [stream.span(0, 1)], "for", "claim", stream.span(*named),
                     [stream.span(named[1] + 1, stream.high)])


def _behind(stream: Stream, at: int, quote: Span) -> Candidate | None:
    """Read "Roe barked" or "barked Roe" behind a quotation that asks for a speaker."""
    codes = stream.codes
    at += stream.code(at) == ","
    if (text := _text_said(stream, at)) and (named := noun_phrase_right(stream, text)):  # “…,” it is read in a note
        return _candidate(stream, "inverted", (at, text), named, quote)
    high = _verb_end(stream, at)
    if high and (named := noun_phrase_right(stream, high)) and codes[named[0]] in "PNDSJ" and (
            stream.code(named[1]) in ".,-;Qptr"):
        return _candidate(stream, "inverted", (at, high), named, quote)
    named = noun_phrase_right(stream, at)
    if named is None or codes[named[0]] in "uE":
        return None
    verb = named[1]
    while stream.code(verb) == "A":
        verb += 1
    high = _verb_end(stream, verb)
    if not high:
        return None
    high += stream.code(high) in "pA" and stream.code(high + 1) in ".,-;Q"  # "shot back"
    return _candidate(stream, "trailing", (verb, high), named, quote)


def _text_said(stream: Stream, at: int) -> int:
    """Return the item behind "it is said in", "is read in", "it says in", or 0."""
    norms, at = stream.norms, at + (stream.norm(at) == "it")
    at += stream.norm(at) in ("is", "was")
    return at + 2 if stream.norm(at) in _IN_TEXT and norms[at + 1:at + 2] == ["in"] else 0


def _verb_end(stream: Stream, at: int) -> int:
    """Return the item behind a finite verb ("barked", "has barked"), or 0."""
    if stream.code(at) == "H" and stream.code(at + 1) in "nd":
        return at + 2
    return at + 1 if stream.code(at) in "dz" else 0


def _before_colon(stream: Stream, at: int, quote: Span) -> Candidate | None:
    """Read what stands before a colon: a speaker's name, or a clause whose subject is the speaker."""
    codes, colon = stream.codes, at - 1
    low = max((codes.rfind(mark, 0, colon) for mark in ";-.Q:"), default=-1) + 1
    if stream.norms[low] in _OPENING and (named := noun_phrase_right(stream, low + 1)) and named[1] == colon:
        return _candidate(stream, "inverted", (low, low + 1), named, quote)  # "Said Roe: “…”"
    verbs = [k for k in range(low, colon) if codes[k] in _VERBS]
    if not verbs:
        named = noun_phrase_right(stream, low) if colon > low else None  # with its apposition
        if named is None or named[1] != colon:
            named = noun_phrase_left(stream, colon) if colon > low else None
        return _candidate(stream, "colon", (colon, at), named, quote) if named and named[0] >= low else None
    for verb in reversed(verbs):
        group = verb_group(stream, verb, 1)
        named = subject(stream, group.low)
        if named and named[0] >= low and codes[named[0]] not in "wEy":
            cue = (group.low, at) if at - group.low <= _LONGEST else (colon, at)
            return _candidate(stream, "colon", cue, named, quote)
    return None


def _candidate(stream: Stream, rule: str, cue: Span, source: Span, quote: Span) -> Candidate:
    lemma = ":" if stream.codes[cue[1] - 1] == ":" else stream.norms[cue[0]]
    return Candidate(rule, "speech", [stream.span(*cue)], lemma, "reporting", stream.span(*source), [quote])
