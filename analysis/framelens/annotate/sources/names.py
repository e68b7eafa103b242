"""The names that stand in a sentence, and what stands beside each: titles, appositions, what its bearer did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from framelens.annotate.sources.core import PRIVATE, STATE
from framelens.annotate.sources.gazetteer import Gazetteer, Match, Place, Tokens
from framelens.annotate.sources.phrase import Reading, holds_post, read_deed, read_phrase
from framelens.annotate.sources.tells import STUDIES, TEACHING, own_verb, seeks_office, takes_part
from framelens.annotate.sources.words import (
    GENERIC,
    PARTICLES,
    POSSESSIVE,
    RELATIVE,
    SAID,
    is_person,
    is_plural,
    may_be_person,
)
from framelens.text.view import Sentence
from framelens.text.wordclass import DAYS, DETERMINERS, MONTHS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, is_adverb

__all__ = ["Name", "Named", "SentenceNames"]

_CLOSED = (DETERMINERS | PREPOSITIONS | SUBORDINATORS | PRONOUNS | DAYS | MONTHS
           | frozenset("and or but yet so not if as in maybe perhaps yes no well why how what there here please".split()))
_NO_NAMES = _CLOSED - {"per"}  # within a sentence: Per is a preposition, and a Norwegian
_PARTY = re.compile(r"[RDI]-\w+")  # the party and state of a legislator
# Words behind a name, and before one, that only politicians have: weak, for those whom nothing else describes.
_OF_OFFICE = frozenset(
    "campaign candidacy nomination supporters backers voters delegates presidency administration".split())
_BID = frozenset(("bid", "campaign", "candidacy", "nomination", "voters", "supporters"))
_NEAR_BID = 4
_ELECTING = frozenset("endorse endorsed endorsing elect elected electing nominate nominated nominating".split())
_VOTING = frozenset(("vote", "votes", "voting", "voted"))
_HIS, _HER = frozenset(("he", "his", "him")), frozenset(("she", "her"))
_HIS_HER = _HIS | _HER
_AWAY = PREPOSITIONS - frozenset(("of", "for", "at", "from"))
_NAME_WORDS = 4
_WON = frozenset("won lost leads trails campaigned ran stood entered quit suspended launched is was has".split())
_BODIES = frozenset(("civil_society", "company", "news_agency", "state_media", "opposition", "politician",
                     "international_org", "expert"))
_GROUPS = frozenset("families communities households groups parties unions tribes clans".split())
_OVER = 3  # words of what an office is over
_BACK = 9  # words of an apposition before a name
_LISTED = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,|and|, and)\s*")
_EQUALS = frozenset((("is",), ("was",), ("named", "as"), ("identified", "as")))
Name = tuple[str, ...]


@dataclass(slots=True)
class Named:
    """A name where it stands; what stands beside it is read when somebody asks for it."""

    name: Name
    start: int
    low: int
    high: int
    sentence: SentenceNames
    before: Named | None  # the name before it in its sentence
    _left: int = -1
    _titles: tuple[Reading, ...] | None = None
    _readings: tuple[Reading, ...] | None = None

    @property
    def left(self) -> int:
        """Where the words before the name begin that are its title."""
        if self._left < 0:
            self._left = self.sentence.title(self.low)
        return self._left

    @property
    def subject(self) -> bool:
        """Whether the name begins its sentence."""
        return self.sentence.begins(self.left)

    @property
    def apposed(self) -> bool:
        """Whether the name says who its sentence is of: "The head of the union, Roe, …", "The victim is Roe, a baker"."""
        norms, first = self.sentence.norms, self.sentence.first
        if norms[first] not in DETERMINERS or self.before is not None:
            return False
        told = tuple(norms[self.low - 2:self.low])
        return told in _EQUALS or told[1:] in _EQUALS or (self.sentence.tokens.mark(self.low) == "," and bool(self.titles))

    @property
    def titles(self) -> tuple[Reading, ...]:
        """What stands before the name, or before the names with which it is listed."""
        if self._titles is None:
            self._titles = tuple(self.sentence.before(self.low, self.high, self.left))
            last = self.before
            if not self._titles and last and self.sentence.listed(last.high, self.low):
                # "Sens. Ada Roe and Per Lund", "the candidates Roe, Lund and Berg"
                self._titles = last.titles[:1] if last.titles and is_plural(last.titles[0].head) else ()
        return self._titles

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What stands beside the name."""
        if self._readings is None:
            self._readings = (*self.sentence.listed_as(self), *self.titles, *self.sentence.after(self.low, self.high),
                              *self.sentence.told(self.high, self.left))
        return self._readings

    @property
    def pronouns(self) -> tuple[int, int]:
        """How often "he" and "she" stand behind the name in its sentence, if no other name does."""
        rest = self.sentence.norms[self.high:self.sentence.last]
        if len(self.sentence.names) > 1 or _HIS_HER.isdisjoint(rest):
            return (0, 0)
        return (sum(w in _HIS for w in rest), sum(w in _HER for w in rest))


class SentenceNames:
    """The names of one sentence, read when somebody asks for them.

    ``capitals`` are the numbers of its words with a capital, words of the article like all numbers here.
    """

    def __init__(self, tokens: Tokens, sentence: Sentence, gazetteer: Gazetteer, capitals: Sequence[int]) -> None:
        self.tokens = tokens.window(sentence.first, sentence.last, tokens.limit)
        self.norms, self.gazetteer = tokens.norms, gazetteer
        self.first, self.last, self.start, self.paragraph = (
            sentence.first, sentence.last, sentence.start, sentence.paragraph)
        self.capitals = [w for w in capitals if tokens.norms[w] not in (_CLOSED if w == self.first else _NO_NAMES)]

    @cached_property
    def matches(self) -> list[Match]:
        """The phrases of the lists, from left to right."""
        return self.gazetteer.find(self.tokens)

    @cached_property
    def match(self) -> dict[int, Match]:
        """The phrase of the lists at each word."""
        return {k: m for m in self.matches for k in range(m.start, m.end)}

    @cached_property
    def place(self) -> dict[int, Place]:
        """The country at each word."""
        return {k: p for p in self.gazetteer.places(self.tokens) for k in range(p.start, p.end)}

    def holds(self, word: str) -> bool:
        """Tell whether a word stands in the sentence."""
        return word in self.norms[self.first:self.last]

    @cached_property
    def names(self) -> list[Named]:
        """The names from left to right."""
        tokens, edge = self.tokens, self.first
        out: list[Named] = []
        for at in self.capitals:
            if at >= edge and (end := self._run(at)) > at:
                name = tuple([tokens.surface(k) for k in range(at, end)])
                out.append(Named(name, tokens.starts[at], at, end, self, out[-1] if out else None))
                edge = end
        return out

    def listed_as(self, named: Named) -> tuple[Reading, ...]:
        """Return what the lists say of a name: the study's own names may be persons'."""
        known = self.match.get(named.high - 1)
        number = "any" if known and may_be_person(named.name) else "institution"
        return (Reading(type=known.type, weight=known.weight, number=number),) if known else ()

    def listed(self, end: int, at: int) -> bool:
        """Tell whether two names are items of one list."""
        gap = self.tokens.text[self.tokens.ends[end - 1]:self.tokens.starts[at]]
        return _LISTED.fullmatch(gap) is not None

    @cached_property
    def _opening(self) -> tuple[Reading | None, int]:
        """The source of the lists with which the sentence begins, without a name, and where it ends: "The harbour union"."""
        if self.first == self.last:
            return None, self.first
        last: Match | None = None
        low = high = self.first + (self.norms[self.first] in DETERMINERS)
        if high not in self.match and low > self.first and high + 1 in self.match:
            high += 1
        while high in self.match and not (high > low and self.tokens.mark(high)):
            last = self.match[high]
            high = last.end
        if last and last.weight:
            if self._norm(high) == "of" and not is_person(self._norm(high - 1)):  # "the National Federation | of Farm Workers"
                while high + 1 < self.last and not self.tokens.mark(high + 1) and (
                        self.tokens.capital(high + 1) or self.norms[high + 1] in DETERMINERS):
                    high += 1
                high += self.tokens.capital(high)
            phrase = self.tokens.window(self.first, high, self.tokens.ends[high - 1])
            return read_phrase(phrase, self.gazetteer, initial=True), high
        return None, high

    @property
    def body(self) -> Reading | None:
        """The body or group with which the sentence begins."""
        found = self._opening[0] or self._people
        return found if found and found.number != "person" else None

    @cached_property
    def _people(self) -> Reading | None:
        """The group that no list knows with which the sentence begins: "Hill communities"."""
        high = min(self.last, self.first + _NAME_WORDS)
        high = next((k for k in range(self.first + 1, high) if self.tokens.mark(k)), high)
        if high == self.first:
            return None
        found = self._slice(self.first, high)
        group = found.number == "plural" and not found.pronoun and not found.name
        return found if group and (is_person(found.head) or found.head in _GROUPS) else None

    @property
    def titled(self) -> Reading | None:
        """The one person, called by a title alone, with whom the sentence begins: "The bishop"."""
        found, end = self._opening
        called = end < self.last and (self.tokens.capital(end) or self.tokens.mark(end))  # "The mayor, Roe,"
        title = found and found.number == "person" and found.definite and found.type not in PRIVATE
        return found if title and not called else None

    def _norm(self, at: int) -> str:
        return self.norms[at] if self.first <= at < self.last else ""

    def _run(self, at: int) -> int:
        """Return where the run of name words that begins at a word ends."""
        end = at
        while end < self.last and end - at < _NAME_WORDS and self._in_name(end, end > at):
            end += 1
        while end > at and not self.tokens.capital(end - 1):
            end -= 1
        return end

    def _in_name(self, at: int, inner: bool) -> bool:
        """Tell whether a word may be part of a name; ``inner`` where a word of it stands before."""
        tokens, norm = self.tokens, self.norms[at]
        if not (tokens.capitals[at] or (inner and norm in PARTICLES)) or norm in (
                _CLOSED if at == self.first else _NO_NAMES):
            return False
        if inner and (tokens.gaps[at].strip() not in ("", ".") or tokens.owner(at - 1)):
            return False
        surface = tokens.surfaces[at]
        if surface == "I" or (len(surface) > 2 and surface.isupper()):
            return False
        if at in self.match and self.match[at].spelling:  # the study's own names may be persons'
            return False
        if inner and norm in GENERIC:
            return False  # "Federation Council Per Lund"
        return inner or (at not in self.place and not (at == self.first and is_adverb(norm)))

    def begins(self, at: int) -> bool:
        """Tell whether a sentence begins with a word, an adverbial or an article before it aside: "In the capital, Roe …"."""
        at -= at == self.first + 1 and self.norms[self.first] in ("the", "a", "an")
        return at == self.first or (self.tokens.mark(at) == "," and self._norm(self.first) in _CLOSED
                                    and not any(self.tokens.mark(k) for k in range(self.first + 1, at)))

    def title(self, at: int) -> int:
        """Return where the words begin that stand before a name as its title, ``at`` where there are none."""
        last = self.match.get(at - 1)
        if last is None:
            return self._office(at)
        low = at
        while low > self.first and not self.tokens.mark(low):
            known = self.match.get(low - 1) or self.place.get(low - 1)
            if known is None and (not self.tokens.capital(low - 1) or self._norm(low - 1) in _CLOSED):
                break
            low = known.start if known else low - 1  # "Carrow Mayor Roe": a name beside the title
        spelt = last.spelling[-1] if last.spelling else ""
        form = spelt[:1].isupper() and not spelt.isupper()  # "Sen", "Prof"
        post = holds_post(last) or (spelt.isupper() and last.type in STATE)  # "the secretary for health", "CM"
        return low if last.weight < 2 or form or post or is_person(self._norm(at - 1)) else at

    def _office(self, at: int) -> int:
        """Return where an office begins that has what it is over before the name: "the minister of energetics Roe"."""
        low = at
        while at - low < _OVER and low > self.first and not (
                self.tokens.capital(low - 1) or self.tokens.mark(low) or self.norms[low - 1] in _CLOSED
                or (is_person(self.norms[low - 1]) and not self.norms[low - 1].endswith("ics"))):  # of whom, not of what
            low -= 1
        post = self.match.get(low - 2) if low < at and self._norm(low - 1) in ("of", "for") and not self.tokens.mark(at) else None
        return post.start if post and post.end == low - 1 and post.type in STATE and is_person(self.norms[post.end - 1]) else at

    def _slice(self, low: int, high: int) -> Reading:
        return read_phrase(self.tokens.window(low, high, self.tokens.ends[high - 1]), self.gazetteer)

    def before(self, at: int, end: int, title: int) -> Iterator[Reading]:
        """Read "police spokesman Roe", "the mayor, Roe,", "voted for Roe"."""
        before = self._norm(at - 1)
        if title < at:
            owned = title > self.first and self._norm(title - 1) in POSSESSIVE  # "its president Roe" is a body's
            yield self._slice(title - owned, end)
        elif before in _ELECTING or (before == "for" and self._norm(at - 2) in _VOTING):
            yield Reading(type="politician", number="person")
        elif at > self.first and self.tokens.gap(at).strip() == "," and self._closed(end):
            for low in range(at - 1, max(self.first - 1, at - _BACK), -1):
                norm = self._norm(low)
                if norm in DETERMINERS and norm not in POSSESSIVE:
                    if self._norm(low - 1) in ("of", "to", "for") and is_person(self._norm(low - 2)):
                        continue  # "a friend of the mayor, Roe," is a friend
                    reading = self._slice(low, at)
                    away = any(self._norm(k) in _AWAY for k in range(low, at))
                    if reading.number == "person" and not reading.name and not away:
                        yield reading
                    elif self._norm(low - 1) in ("of", "for"):
                        continue  # "the head of the union, Roe,"
                    return
                if low > self.first and self.tokens.mark(low):
                    return

    def _closed(self, end: int) -> bool:
        """Tell whether a name is followed by a comma or by nothing."""
        return end == self.last or bool(self.tokens.mark(end))

    def after(self, at: int, end: int) -> Iterator[Reading]:
        """Read "Roe, a student who …,", "Roe is one of the marchers", "Roe (R-Ohio)", "Roe's campaign"."""
        if end >= self.last:
            return
        after = self.norms[end]
        if _PARTY.fullmatch(self.tokens.surface(end)):
            yield Reading(type="politician", weight=2, number="person")
        elif not self.tokens.mark(end):
            if self.tokens.owner(end - 1) and not _BID.isdisjoint(self.norms[end:min(end + _NEAR_BID, self.last)]):
                yield Reading(type="politician", number="person")  # "Roe's insurgent presidential bid"
            elif after in _OF_OFFICE:
                yield Reading(type="politician", number="person")
            elif after in ("is", "was", "became", "remains"):
                yield from self._copula(end + 1)
            elif after in ("of", "for", "from"):
                yield self._slice(at, self._stop(end))
        else:
            yield from self._apposition(at, end)

    def _apposition(self, at: int, end: int) -> Iterator[Reading]:
        """Read what stands behind a name and a comma, an age or a place between them aside."""
        stop = self._stop(end)
        while stop < self.last and (self._norm(end)[0].isdigit()
                                           or (self._norm(end) in ("of", "from") and stop - end < 4)):
            end, stop = stop, self._stop(stop)
        first = self._norm(end)
        speaks = first in ("speaking", "writing", "acting") and self._norm(end + 1) in ("for", "on")
        if first in RELATIVE or first in ("for", "of") or speaks:
            yield self._slice(at, stop)
            if first in RELATIVE and seeks_office(self.norms[end:self._stop(stop)]):
                yield Reading(type="politician", number="person")
            return
        acts = any(self._norm(k) in DETERMINERS and self._norm(k - 1) not in PREPOSITIONS for k in range(end + 1, stop))
        # not "Roe, leader of the union, met the minister"
        lower = not self.tokens.capital(end) and first not in SAID and not acts and (
            is_person(self._norm(stop - 1)) or end in self.match)
        reading = self._slice(end, stop) if first in DETERMINERS or lower else None
        if reading and reading.number == "person" and not reading.name:
            yield self._slice(at, stop)
        elif reading and reading.number == "institution" and reading.type in _BODIES and self._heads(reading, end, stop):
            yield Reading(type=reading.type, weight=reading.weight, number="institution")  # "Northwind, a rights group"

    def _heads(self, reading: Reading, low: int, high: int) -> bool:
        """Tell whether what types a part is its head: "a rights group", not "the company's headquarters"."""
        return any(self.norms[m.end - 1] == reading.head and m.type == reading.type
                   for k in range(low, high) if (m := self.match.get(k)))

    def _copula(self, at: int) -> Iterator[Reading]:
        """Read "is among the marchers", "was a student"."""
        if self._norm(at) == "among" or (self._norm(at), self._norm(at + 1)) == ("one", "of"):
            match = next((self.match[k] for k in range(at + 1, at + 6) if k in self.match), None)
            if match and match.weight:
                yield Reading(type=match.type, weight=2, number="person")
        elif self._norm(at) in ("a", "an", "the") or (at in self.match and is_person(self._norm(self.match[at].end - 1))):
            reading = self._slice(at, self._stop(at))  # "is chief executive of"
            if reading.number == "person":
                yield reading

    def told(self, end: int, start: int) -> Iterator[Reading]:
        """Read what the person is told to have done, where the sentence begins with the name."""
        if start == self.first and end < self.last and self.norms[end] in _WON and seeks_office(self.norms[end:self._stop(end)]):
            yield Reading(type="politician", number="person")
        if end < self.last and self.tokens.mark(end) == "," and self._norm(end) not in RELATIVE:  # "Roe, 30, held a sign"
            beside = self.norms[end:self._stop(end)]  # "Roe, stopped at the bridge, said …"
            if beside[0].endswith(("ed", "ing", "ck")) and start == self.first and (part := takes_part(beside, told=True)):
                yield Reading(type=part, weight=1, number="person")
            age, end = beside[0][0].isdigit(), self._stop(end)
            end = self._stop(end) if age and self._norm(end) in ("a", "an", "the", "of", "from") else end
        if start != self.first or end >= self.last:
            return
        if part := takes_part(self.norms[end:self.last], told=True):
            yield Reading(type=part, weight=1, number="person")
        verb = end + own_verb(self.norms[end:self.last])
        if verb < self.last and self.norms[verb] in TEACHING and not STUDIES.isdisjoint(self.norms[verb:self.last]):
            yield Reading(type="expert", weight=1, number="person")
        elif verb < self.last and (deed := read_deed(
                self.tokens.window(verb, stop := self._stop(verb), self.tokens.ends[stop - 1]), self.gazetteer)):
            yield deed

    def _stop(self, at: int) -> int:
        """Return the word before which the part ends that begins at a word."""
        return self.tokens.next_mark(at, self.last)
