"""A stretch of a source phrase between commas: its core, the name in it, its pronoun, and how it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from framelens.annotate.sources.gazetteer import Gazetteer, Match, Place, Token
from framelens.annotate.sources.words import (
    ARTICLES,
    CLAUSE,
    COUNTS,
    ELLIPTIC,
    MEDIA_HEADS,
    PARTICLES,
    POSSESSIVE,
    PRONOUN,
    QUANTIFIERS,
    RELATIVE,
    SUBJECTS,
    is_person,
    is_plural,
    may_be_person,
)
from framelens.text.wordclass import AUXILIARIES, is_adverb

__all__ = [
    "Segment", "find_label", "find_name", "find_owner", "find_parts", "find_phrase", "find_pronoun", "is_ours",
    "read_segments",
]

_LABEL = 3  # words of a source's name that is no proper name: more would be a phrase of the article
_PROPER = 6  # words of a proper name


@dataclass(slots=True)
class Segment:
    """Words between commas with what the lists know of them; the core is ``tokens[low:high]``."""

    tokens: list[Token]
    matches: list[Match]
    places: list[Place]
    low: int = 0
    high: int = 0

    def match_at(self, at: int) -> Match | None:
        """Return the phrase of the lists that holds a word."""
        return next((m for m in self.matches if m.start <= at < m.end), None)

    def place_at(self, at: int) -> Place | None:
        """Return the country that holds a word."""
        return next((p for p in self.places if p.start <= at < p.end), None)

    def norms(self, low: int, high: int) -> list[str]:
        """Return some words in normal form."""
        return [t.norm for t in self.tokens[low:high]]


def read_segments(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Segment]:
    """Cut a phrase at its commas, dashes and brackets."""
    parts: list[list[Token]] = []
    for token in tokens:
        if not parts or token.mark:
            parts.append([])
        parts[-1].append(token)
    out = []
    for part in parts:
        segment = Segment(part, gazetteer.find(part), gazetteer.places(part))
        segment.low, segment.high = find_phrase(segment, 0, len(part))
        out.append(segment)
    return out


def find_phrase(segment: Segment, start: int, reach: int) -> tuple[int, int]:
    """Return the words of the noun phrase that begins at a word, without article and count."""
    tokens, low = segment.tokens, start
    while low < len(tokens):
        norm, match = tokens[low].norm, segment.match_at(low)
        if match and (match.weight > 1 or match.end - match.start > 1):
            break
        if norm in COUNTS and segment.norms(low + 1, low + 2) != ["of"]:
            break
        counted = norm == "of" and low > start and tokens[low - 1].norm in QUANTIFIERS
        if not (norm in QUANTIFIERS or norm[0].isdigit() or counted):
            break
        low += 1
    high = low
    while high < min(len(tokens), low + reach) and not _ends_core(segment, high, low):
        high += 1
    return low, high


def _ends_core(segment: Segment, at: int, low: int) -> bool:
    """Tell whether a word begins what is said of the source: a preposition, a relative, a participle."""
    token, match = segment.tokens[at], segment.match_at(at)
    if match and match.start < at:
        return False
    following = segment.tokens[at + 1].norm if at + 1 < len(segment.tokens) else ""
    if token.norm in CLAUSE and not (token.capital and at > low):
        return token.norm not in PARTICLES
    if at == low or match or token.capital:
        return False
    if token.norm in SUBJECTS or token.norm in AUXILIARIES:
        return True
    if token.norm.endswith("ing"):
        return following in CLAUSE or following in QUANTIFIERS or not following
    if token.norm.endswith("ed"):
        return following in CLAUSE or not following or is_adverb(following)
    return False


def find_parts(segment: Segment) -> list[tuple[int, int]]:
    """Cut the core at "and": "police and witnesses" are two sources."""
    cuts = [k for k in range(segment.low, segment.high)
            if segment.tokens[k].norm in ("and", "or") and not segment.match_at(k)]
    edges = [segment.low - 1, *cuts, segment.high]
    return [(a + 1, b) for a, b in pairwise(edges) if a + 1 < b] or [(segment.low, segment.high)]


def find_pronoun(segment: Segment) -> str:
    """Return the pronoun that a segment is, in a form that says its number.

    "one" stands for words that leave their noun out ("another"), "some" for nobody in particular.
    """
    tokens, low = segment.tokens, segment.low
    if tokens[0].norm in RELATIVE and len(tokens) > 1 and tokens[1].norm in SUBJECTS:
        tokens, low = tokens[1:], 0
    first = tokens[0].norm.split("'")[0]  # "they", "they'd", and "they also" where a span runs on
    if first in SUBJECTS and not segment.match_at(0):
        return PRONOUN[first]
    if low == len(tokens):
        return "one" if tokens[-1].norm in ELLIPTIC else PRONOUN.get(tokens[-1].norm, "some")
    if segment.high > low + 1 or segment.match_at(low):
        return ""
    return PRONOUN.get(tokens[low].norm) or ("who" if tokens[low].norm in RELATIVE and len(tokens) == 1 else "")


def find_name(segment: Segment, initial: bool) -> tuple[str, ...]:
    """Find a person's name: the capitalised words, unknown to the lists, with which the core ends."""
    tokens, at = segment.tokens, segment.high
    while at > segment.low:
        token, match = tokens[at - 1], segment.match_at(at - 1)
        listed = match is not None and not is_ours(segment, match)
        if token.owner or listed or not (token.capital or token.norm in PARTICLES) or _is_country(segment, at - 1):
            break
        at -= 1
    while at < segment.high and not tokens[at].capital:
        at += 1
    words = tuple(t.surface for t in tokens[at:segment.high])
    acronym = all(w.isupper() and len(w) > 1 for w in words)
    titled = any(segment.low <= m.start < at for m in segment.matches)
    article = segment.low > 0 and tokens[segment.low - 1].norm in ARTICLES and not titled  # "the Harbour Compact"
    if not words or acronym or article:
        return ()
    if initial and not titled and len(words) == 1 and is_person(words[0].lower()) and is_plural(words[0].lower()):
        return ()  # "Fishermen said": a noun with the capital of its sentence
    return words


def is_ours(segment: Segment, match: Match) -> bool:
    """Tell whether a phrase is a study's own name that may be a person's."""
    return not match.spelling and may_be_person([t.surface for t in segment.tokens[match.start:match.end]])


def _is_country(segment: Segment, at: int) -> bool:
    """Tell whether a word is a country and not somebody's surname, as in "Michael Jordan"."""
    place = segment.place_at(at)
    if place is None:
        return False
    first = at == segment.low or not segment.tokens[at - 1].capital or segment.match_at(at - 1) is not None
    return first or place.end - place.start > 1


def find_owner(segment: Segment, role: bool) -> str:
    """Return whose the source is, where that decides: "his lawyer", "Roe's spokesman" (a role without a type)."""
    first = segment.tokens[0].norm
    if first in POSSESSIVE:
        return POSSESSIVE[first]
    if role:
        for at in range(segment.low, segment.high - 1):
            token = segment.tokens[at]
            if token.capital and not segment.tokens[at + 1].capital and segment.match_at(at) is None:
                return token.surface
    return ""


def find_label(segment: Segment, low: int, high: int, initial: bool) -> str:
    """Return how a source without a name is called: its noun phrase in the spelling of the lists, without article."""
    proper = next((m for m in reversed(segment.matches) if low <= m.start and m.end <= high
                   and m.spelling and m.spelling[0][0].isupper() and m.weight > 1), None)
    if proper and (proper.end == high or segment.tokens[high - 1].norm in MEDIA_HEADS):
        return " ".join(proper.spelling)  # "the news agency TASS" and "Tass" are one
    high = next((k for k in range(low + 1, high)
                 if segment.tokens[k].norm in ("and", "or") and not segment.match_at(k)), high)
    words = [_word(segment, at, high, initial and at == 0 and high - low > 1)
             + ("'s" if segment.tokens[at].owner and at + 1 < high else "") for at in range(low, high)]
    while len(words) > _PROPER or (len(words) > _LABEL and any(w[0].islower() for w in words)):
        words.pop(0)
    return " ".join(words)


def _word(segment: Segment, at: int, high: int, initial: bool) -> str:
    """Return one word of a label; a capital that only the sentence's beginning gives is not kept."""
    token, match = segment.tokens[at], segment.match_at(at)
    if match and match.end <= high and match.spelling:
        spelt = match.spelling[at - match.start]
        # A listed word in a longer name keeps its capital: "Harbour Treaty Organisation".
        beside = [k for k in (match.start - 1, match.end) if 0 <= k < high]
        named = token.capital and any(
            segment.tokens[k].capital and segment.tokens[k].norm not in ARTICLES
            and not segment.match_at(k) and not segment.place_at(k) for k in beside)
        return token.surface if named else spelt if spelt[0].isupper() else token.norm
    proper = not initial or token.owner or match or segment.place_at(at) or (
        at + 1 < high and segment.tokens[at + 1].capital)
    return token.surface if token.capital and proper else token.norm
