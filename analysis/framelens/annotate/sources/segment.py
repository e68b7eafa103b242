"""A stretch of a source phrase between commas: its core, the name in it, its pronoun, and how it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from framelens.annotate.sources.gazetteer import Gazetteer, Match, Place, Tokens
from framelens.annotate.sources.words import (
    ARTICLES,
    BODIES,
    BOTH,
    CLAUSE,
    COUNTS,
    ELLIPTIC,
    FORMER,
    GENERIC,
    MEDIA_HEADS,
    NUMBERS,
    PARTICLES,
    POSSESSIVE,
    PRONOUN,
    QUANTIFIERS,
    RELATIVE,
    SAID,
    SUBJECTS,
    TENS,
    TURNED,
    is_person,
    is_plural,
    may_be_person,
)
from framelens.text.wordclass import AUXILIARIES, DAYS, MONTHS, is_adverb

__all__ = [
    "Segment", "find_label", "find_name", "find_name_behind", "find_owner", "find_parts", "find_phrase", "find_pronoun",
    "find_short", "is_country", "is_ours", "read_segments",
]

_PARTICIPLES = frozenset("stuck caught hurt shot hit held known born hidden left stricken thrown flung torn".split())
_GROUPS = frozenset("organisation organization group association network coalition federation".split())
_WHEN = DAYS | MONTHS | frozenset("last this earlier late early yesterday today".split())  # "a poll published | last week"
_LABEL = 3  # words of a source's name that is no proper name: more would be a phrase of the article
_NAMED = frozenset(
    "and party front union movement company firm bank city town village island hotel ship school university".split())
_ACRONYM = 8  # letters of an acronym
_NAMED_FOR = frozenset(
    "committee commission authority ministry department office agency board council directorate service institute bureau "
    "subcommittee secretariat executive".split())
_SIZES = frozenset("large vast clear slim overwhelming small tiny growing big sizeable sizable great narrow".split())
_PROPER = 6  # words of a proper name


@dataclass(slots=True)
class Segment:
    """Words ``first`` to ``last`` between commas with what the lists know of them; the core is ``low`` to ``high``."""

    tokens: Tokens
    first: int
    last: int
    matches: list[Match]
    places: list[Place]
    low: int = 0
    high: int = 0

    def match_at(self, at: int) -> Match | None:
        """Return the phrase of the lists that holds a word."""
        for m in self.matches:
            if m.start <= at < m.end:
                return m
        return None

    def place_at(self, at: int) -> Place | None:
        """Return the country that holds a word."""
        for p in self.places:
            if p.start <= at < p.end:
                return p
        return None

    def norm(self, at: int) -> str:
        """Return a word in normal form, nothing where there is none."""
        return self.tokens.norms[at] if self.first <= at < self.last else ""

    def norms(self, low: int, high: int) -> Sequence[str]:
        """Return some words in normal form."""
        return self.tokens.norms[low:min(high, self.last)]


def read_segments(tokens: Tokens, gazetteer: Gazetteer) -> list[Segment]:
    """Cut a phrase at its commas, dashes and brackets."""
    if tokens.low == tokens.high:
        return []
    cuts = [tokens.low, *(k for k in range(tokens.low + 1, tokens.high) if tokens.mark(k)), tokens.high]
    out = []
    for first, last in pairwise(cuts):
        part = tokens.window(first, last, tokens.limit)
        segment = Segment(part, first, last, _find_turned(part, gazetteer), gazetteer.places(part))
        segment.low, segment.high = find_phrase(segment, first, last - first)
        out.append(segment)
    return out


def _find_turned(tokens: Tokens, gazetteer: Gazetteer) -> list[Match]:
    """Find the phrases of the lists in some words; who is "monk-turned-lawmaker" is what he turned."""
    found = gazetteer.find(tokens)
    for at in range(tokens.low, tokens.high):
        if TURNED in tokens.norms[at]:
            now = (tokens.norms[at].rpartition(TURNED)[2], *tokens.norms[at + 1:tokens.high])
            size, entry = next(iter(gazetteer.phrases.find_all(now).get(0, ())), (0, None))
            if entry:
                found = [m for m in found if m.end <= at or m.start >= at + size]
                found.append(Match(at, at + size, entry.type, entry.weight, entry.words))
                found.sort()
    return found


def find_phrase(segment: Segment, start: int, reach: int) -> tuple[int, int]:
    """Return the words of the noun phrase that begins at a word, without article and count."""
    norms, low = segment.tokens.norms, start
    while low < segment.last:
        norm, match = norms[low], segment.match_at(low)
        if match and (match.weight > 1 or match.end - match.start > 1):
            break
        if norm in COUNTS and segment.norm(low + 1) != "of":
            break
        if (past := _past_share(segment, low)) > low > start:
            low = past
            continue
        counted = norm == "of" and low > start and (norms[low - 1] in QUANTIFIERS or norms[low - 1][0].isdigit())
        if not (norm in QUANTIFIERS or norm[0].isdigit() or counted or norm.split("-")[0] in TENS):
            break
        low += 1
    high = low
    last = min(segment.last, low + reach)
    while high < last and not _ends_core(segment, high, low):
        high += 1
    return low, high


def _past_share(segment: Segment, at: int) -> int:
    """Return the word behind a word of a share ("40 | per cent of", "seven | in ten", "a | large majority of"), else the word."""
    norm, after = segment.norm(at), segment.norm(at + 1)
    if norm == "per" and after == "cent":
        return at + 1
    if norm in _SIZES and after in COUNTS and segment.norm(at + 2) == "of":
        return at + 1
    number = segment.norm(at + 2) if (norm, after) == ("out", "of") else after if norm == "in" else ""
    return at + (3 if norm == "out" else 2) if number in NUMBERS or number[:1].isdigit() else at


def _ends_core(segment: Segment, at: int, low: int) -> bool:
    """Tell whether a word begins what is said of the source: a preposition, a relative, a participle."""
    tokens, match = segment.tokens, segment.match_at(at)
    if match and match.start < at:
        return False
    norm, capital = tokens.norms[at], tokens.capital(at)
    if norm in CLAUSE and not (capital and (at > low or match)):  # the WHO is no clause
        return norm not in PARTICLES
    if at == low or match or capital:
        return False
    if norm in SUBJECTS or norm in AUXILIARIES or norm in SAID:
        return True
    if norm.endswith("ing"):
        following = segment.norm(at + 1)
        return following in CLAUSE or following in QUANTIFIERS or not following
    if norm.endswith("ed") or norm in _PARTICIPLES:
        following = segment.norm(at + 1)
        return following in CLAUSE or not following or is_adverb(following) or (at > low and following in _WHEN)
    return False


def find_parts(segment: Segment) -> list[tuple[int, int]]:
    """Cut the core at "and": "police and witnesses" are two sources."""
    cuts = [k for k in range(segment.low, segment.high)
            if segment.tokens.norms[k] in ("and", "or") and not segment.match_at(k) and not _joins_name(segment, k)]
    if not cuts:
        return [(segment.low, segment.high)]
    edges = [segment.low - 1, *cuts, segment.high]
    return [(a + 1, b) for a, b in pairwise(edges) if a + 1 < b] or [(segment.low, segment.high)]


def _joins_name(segment: Segment, at: int) -> bool:
    """Tell whether "and" stands within the name of one body: "the Oil and Gas Committee", "the Roads and Transport Authority"."""
    tokens, last = segment.tokens, segment.high - 1
    if not segment.low < at < last - 1 or tokens.norms[last] not in _NAMED_FOR or tokens.norms[at] != "and":
        return False
    if not (tokens.capital(at - 1) and tokens.capital(at + 1) and tokens.capital(last)) or tokens.owner(at + 1):
        return False
    beside = segment.match_at(at - 1)
    whole = beside is not None and beside.end == at and beside.weight > 1 and beside.type != "document"
    return not (whole or segment.place_at(at - 1) or segment.place_at(at + 1) or tokens.surface(at - 1).isupper())


def find_pronoun(segment: Segment) -> str:
    """Return the pronoun that a segment is, in a form that says its number.

    "one" stands for words that leave their noun out ("another"), "some" for nobody in particular.
    """
    norms, first, low = segment.tokens.norms, segment.first, segment.low
    if segment.last - first == 1 and norms[first] in POSSESSIVE:
        return POSSESSIVE[norms[first]]  # "his claim" with the claim as cue
    if segment.last - first == 2 and (norms[first], norms[first + 1]) in BOTH:
        return "both"
    if norms[first] in RELATIVE and segment.norm(first + 1) in SUBJECTS:
        first, low = first + 1, first + 1
    word = norms[first].split("'")[0]  # "they", "they'd", and "they also" where a span runs on
    if word in SUBJECTS and not segment.match_at(segment.first):
        return PRONOUN[word]
    if low == segment.last:
        last = norms[segment.last - 1]
        return "one" if last in ELLIPTIC else PRONOUN.get(last, "some")
    if segment.high > low + 1 or segment.match_at(low):
        return ""
    alone = segment.last - first == 1
    return PRONOUN.get(norms[low]) or ("who" if norms[low] in RELATIVE and alone else "")


def find_name(segment: Segment, initial: bool) -> tuple[str, ...]:
    """Find a person's name: the capitalised words, unknown to the lists, with which the core ends."""
    tokens, at = segment.tokens, segment.high
    while at > segment.low:
        if not (tokens.capital(at - 1) or tokens.norms[at - 1] in PARTICLES):
            break
        match = segment.match_at(at - 1)
        listed = match is not None and not is_ours(segment, match)
        if listed or (at < segment.high and tokens.owner(at - 1)) or is_country(segment, at - 1):
            break
        at -= 1
    while at < segment.high and not tokens.capital(at):
        at += 1
    words = tuple(tokens.surface(k) for k in range(at, segment.high))
    if not words or all(w.isupper() and len(w) > 1 for w in words):
        return ()
    joined = segment.match_at(at - 2) if at > segment.low + 1 and tokens.norms[at - 1] in ("and", "&") else None
    if joined and "of" in joined.spelling:
        return ()  # "the Minister of Labour and Productivity"
    titled = any(segment.low <= m.start < at for m in segment.matches)
    kind = tokens.norms[at - 1] if at > segment.low else ""
    if kind in GENERIC or kind in MEDIA_HEADS or (kind in BODIES and not tokens.capital(at - 1)):
        return ()  # "the monitoring group Northwind": a body's name
    owned = at > segment.low and tokens.owner(at - 1)  # "the Harbour Times' Ada Roe"
    if segment.low > segment.first and tokens.norms[segment.low - 1] in ARTICLES and not titled and not owned:
        return ()  # "the Harbour Compact"
    if initial and not titled and len(words) == 1 and is_person(words[0].lower()) and is_plural(words[0].lower()):
        return ()  # "Fishermen said": a noun with the capital of its sentence
    return words


def find_name_behind(segment: Segment) -> tuple[str, ...]:
    """Find a person's name behind what a role is over: "the secretary for health Ada Roe", "the head of the region Per Lund"."""
    tokens, last = segment.tokens, segment.last
    role = segment.low < segment.high and is_person(tokens.norms[segment.high - 1])
    if not role or segment.norm(segment.high) not in ("of", "for"):
        return ()
    at = last
    while at > segment.high + 1 and tokens.capital(at - 1) and not (
            segment.match_at(at - 1) or segment.place_at(at - 1) or tokens.owner(at - 1)) and tokens.norms[at - 1] not in GENERIC:
        at -= 1
    before = segment.norm(at - 1)
    if before in GENERIC and tokens.capital(at - 1) and at - 2 > segment.high and tokens.capital(at - 2) and last - at in (2, 3):
        return tuple(tokens.surface(k) for k in range(at, last))  # "Chairman of the Federation Council Per Lund"
    body = before in GENERIC | MEDIA_HEADS.keys() | _NAMED or before in ARTICLES or before in CLAUSE
    return tuple(tokens.surface(k) for k in range(at, last)) if last - at in (2, 3) and not body else ()


def is_ours(segment: Segment, match: Match) -> bool:
    """Tell whether a phrase is a study's own name that may be a person's."""
    return not match.spelling and may_be_person([segment.tokens.surface(k) for k in range(match.start, match.end)])


def is_country(segment: Segment, at: int) -> bool:
    """Tell whether a word is a country and not somebody's surname, as in "Michael Jordan"."""
    place = segment.place_at(at)
    if place is None:
        return False
    first = at == segment.low or not segment.tokens.capital(at - 1) or segment.match_at(at - 1) is not None
    return first or place.end - place.start > 1


def find_owner(segment: Segment, role: bool) -> str:
    """Return whose the source is, where that decides: "his lawyer", "Roe's spokesman" (a role without a type).

    "group" stands for a body that was named before: "the organisation's president".
    """
    tokens, first = segment.tokens, segment.tokens.norms[segment.first]
    if first in POSSESSIVE:
        return POSSESSIVE[first]
    at = next((k for k in range(segment.low, segment.high - 1) if tokens.owner(k)), -1)
    if at >= 0 and tokens.norms[at] in _GROUPS and not tokens.capital(at):
        return "group"
    if role:
        for at in range(segment.low, segment.high - 1):
            named = tokens.capital(at) and not tokens.capital(at + 1) and segment.match_at(at) is None
            if named and (at == segment.low or tokens.owner(at) or tokens.norms[at - 1] in FORMER):  # not "deputy Gulf director"
                return tokens.surface(at)
    return ""


def find_short(segment: Segment, core: tuple[int, int], match: Match | None) -> str:
    """Return the acronym or name of the body of a role that no other word types: "ESCO director", "Homeland leader"."""
    low, high = core
    tokens = segment.tokens
    if high <= low or not is_person(tokens.norms[high - 1]):
        return ""
    at = next((k for k in range(high - 2, low - 1, -1) if _is_acronym(tokens.surface(k))), -1)
    if at < 0 and high - 2 >= low and _is_named(segment, high - 2):
        at = high - 2
    if at < 0 and segment.norm(segment.high) in ("of", "for") and high <= segment.high:
        behind = segment.high + 1 + (segment.norm(segment.high + 1) in ARTICLES)
        at = behind if behind < segment.last and _is_acronym(tokens.surface(behind)) else -1
    if at < 0 or (match and match.weight > 1 and not match.start <= at < match.end):
        return ""
    return tokens.surface(at)


def _is_named(segment: Segment, at: int) -> bool:
    """Tell whether a word may name the body of a role behind it: a capital, unknown to the lists but as a kind of body."""
    match = segment.match_at(at)
    known = match is not None and match.weight > 1
    return segment.tokens.capital(at) and not known and segment.place_at(at) is None


def _is_acronym(surface: str) -> bool:
    return 1 < len(surface) <= _ACRONYM and surface.isupper()


def find_label(segment: Segment, low: int, high: int, initial: bool) -> str:
    """Return how a source without a name is called: its noun phrase in the spelling of the lists, without article."""
    tokens = segment.tokens
    proper = next((m for m in reversed(segment.matches) if low <= m.start and m.end <= high
                   and m.spelling and m.spelling[0][0].isupper() and m.weight > 1), None)
    if proper and (proper.end == high or tokens.norms[high - 1] in MEDIA_HEADS):
        return " ".join(proper.spelling)  # "the news agency TASS" and "Tass" are one
    high = next((k for k in range(low + 1, high) if tokens.norms[k] in ("and", "or") and not segment.match_at(k)), high)
    words = [_word(segment, at, high, initial and at == segment.first and high - low > 1)
             + (_mark_of(tokens, at) if at + 1 < high else "") for at in range(low, high)]
    while len(words) > _PROPER or (len(words) > _LABEL and any(w[0].islower() for w in words)):
        words.pop(0)
    return " ".join(words)


def _mark_of(tokens: Tokens, at: int) -> str:
    """Return the mark with which a word owns what follows: "union's", "farmers'"."""
    if not tokens.owner(at):
        return ""
    return "'s" if tokens.text[tokens.ends[at] + 1:tokens.ends[at] + 2] == "s" else "'"


def _word(segment: Segment, at: int, high: int, initial: bool) -> str:
    """Return one word of a label; a capital that only the sentence's beginning gives is not kept."""
    tokens, match = segment.tokens, segment.match_at(at)
    if match and match.end <= high and match.spelling:
        spelt = match.spelling[at - match.start]
        # A listed word in a longer name keeps its capital: "Harbour Treaty Organisation".
        beside = [k for k in (match.start - 1, match.end) if segment.first <= k < high]
        named = tokens.capital(at) and any(
            tokens.capital(k) and tokens.norms[k] not in ARTICLES
            and not segment.match_at(k) and not segment.place_at(k) for k in beside)
        return tokens.surface(at) if named else spelt if spelt[0].isupper() else tokens.norms[at]
    if not tokens.capital(at):
        return tokens.norms[at]
    proper = not initial or tokens.owner(at) or match or segment.place_at(at) or (
        at + 1 < high and tokens.capital(at + 1))
    return tokens.surface(at) if proper else tokens.norms[at]
