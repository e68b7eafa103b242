"""The persons whom an article names, and what it says of each: titles, appositions, what they did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from framelens.annotate.sources.gazetteer import Gazetteer, Match, Place, Token, read_tokens
from framelens.annotate.sources.phrase import PRIVATE, Reading, read_phrase
from framelens.annotate.sources.words import (
    PARTICLES,
    POSSESSIVE,
    RELATIVE,
    is_person,
    is_plural,
    may_be_person,
    takes_part,
)
from framelens.text.view import Sentence, View
from framelens.text.wordclass import DAYS, DETERMINERS, MONTHS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, is_adverb

__all__ = ["Named", "People", "read_people"]

_CLOSED = (DETERMINERS | PREPOSITIONS | SUBORDINATORS | PRONOUNS | DAYS | MONTHS
           | frozenset("and or but yet so not if as in".split()))
_NO_NAMES = _CLOSED - {"per"}  # within a sentence: Per is a preposition, and a Norwegian
_PARTY = re.compile(r"[RDI]-\w+")  # the party and state of a legislator
# Words behind a name, and before one, that only politicians have: weak, for those whom nothing else describes.
_OF_OFFICE = frozenset(
    "campaign candidacy nomination supporters backers voters delegates presidency administration".split())
_ELECTING = frozenset("endorse endorsed endorsing elect elected electing nominate nominated nominating".split())
_VOTING = frozenset(("vote", "votes", "voting", "voted"))
_HIS, _HER = frozenset(("he", "his", "him")), frozenset(("she", "her"))
_AWAY = PREPOSITIONS - frozenset(("of", "for", "at", "from"))
_NAME_WORDS = 4
_TITLE_CASE = 0.85  # a sentence with more capitals than that is a headline in which a capital says nothing
_LONG = 3  # letters from above which a word of such a headline has a capital
_BACK = 9  # words of an apposition before a name
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands, what stands beside it, and whether it begins its sentence."""

    name: Name
    start: int
    subject: bool
    readings: tuple[Reading, ...]
    pronouns: tuple[int, int] = (0, 0)  # he and she behind it in its sentence, where no other name stands


def _same(given: Name, full: Name) -> bool:
    """Tell whether a name may be short for another: surname, first name, or first name and surname."""
    a, b = given[-1].casefold(), full[-1].casefold()
    if len(given) == 1:
        return a in (b, full[0].casefold())
    first, other = given[0].casefold(), full[0].casefold()
    return a == b and (first == other or (len(first.strip(".")) == 1 and other.startswith(first[0])))


class People:
    """The names of one article, and the bodies and groups with which its sentences begin, by offset."""

    def __init__(self, mentions: Sequence[Named], bodies: Sequence[tuple[int, Reading]]) -> None:
        self.mentions, self.bodies = tuple(mentions), tuple(bodies)
        self._by_word: dict[str, list[Named]] = {}  # under first and last word of the name, in the order of the text
        for mention in mentions:
            for word in {mention.name[0].casefold(), mention.name[-1].casefold()}:
                self._by_word.setdefault(word, []).append(mention)

    def _bearers(self, name: Name) -> list[Named]:
        return [m for m in self._by_word.get(name[-1].casefold(), ()) if _same(m.name, name) or _same(name, m.name)]

    def full(self, name: Name, at: int) -> Name:
        """Return the fullest form of a name: that of the last bearer before offset ``at``, else of the next."""
        fits = [m for m in self._bearers(name) if len(m.name) > 1 and _same(name, m.name)]
        if len(name) == 1:  # a surname before a first name; that only of one who is called a person: not "Roe Tower"
            first = [m for m in fits if any(r.number in ("person", "any") for r in m.readings)]
            fits = [m for m in fits if m.name[-1].casefold() == name[0].casefold()] or first
        if not fits:
            return name
        fits = [m for m in fits if m.readings] or fits  # not the "See Roe" of "(See Roe's book)"
        chosen = next((m for m in reversed(fits) if m.start <= at), fits[0])
        return max([chosen.name, *(m.name for m in fits if _same(chosen.name, m.name))], key=len)

    def described(self, name: Name) -> Reading | None:
        """Return the best of what the article says of a person: a role before a private person, then by weight."""
        return best_reading([r for m in self._bearers(name) for r in m.readings if r.type])

    def is_person(self, name: Name) -> bool:
        """Tell whether anything in the article says that a name is a person's."""
        called = self._bearers(name)
        return any(sum(m.pronouns) for m in called) or any(
            r.number == "person" for m in called for r in m.readings)

    def gender(self, name: Name) -> str:
        """Return "m" or "f" where a title, or the pronouns of sentences about a person alone, say so."""
        called = next((r.gender for m in self._bearers(name) for r in m.readings if r.gender), "")
        counts = [m.pronouns for m in self._bearers(name)]
        he, she = sum(c[0] for c in counts), sum(c[1] for c in counts)
        return called or ("m" if he > 1 and he > 3 * she else "f" if she > 1 and she > 3 * he else "")

    def by_title(self, head: str) -> Name | None:
        """Return the one person who bears a title, if there is just one."""
        found = {self.full(m.name, m.start) for m in self.mentions if any(r.head == head for r in m.readings)}
        return next(iter(found)) if len(found) == 1 else None


def best_reading(found: Sequence[Reading]) -> Reading | None:
    """Choose among what is said of one person; another country's beats a state body without a country."""
    if not found:
        return None
    best = max(found, key=lambda r: (r.type not in PRIVATE, r.weight))
    if best.type in ("government", "president", "military", "police"):
        best = next((r for r in found if r.type == "foreign_government"), best)
    return best


def read_people(view: View, gazetteer: Gazetteer) -> People:
    """Find the names in headline and body with what is said of each."""
    out: list[Named] = []
    bodies: list[tuple[int, Reading]] = []
    for sentence in view.sentences:
        low = sentence.start
        found = [(view.starts[w] - low, view.ends[w] - low) for w in range(sentence.first, sentence.last)]
        tokens = read_tokens(view.text[low:sentence.end], found)
        long = [t.capital for t in tokens if len(t.surface) > _LONG]
        if len(long) > 4 and sum(long) > _TITLE_CASE * len(long):
            continue
        reader = _Reader(view, sentence, tokens, gazetteer)
        out += reader.names()
        bodies += reader.body()
    return People(out, bodies)


class _Reader:
    """Reads the names of one sentence."""

    def __init__(self, view: View, sentence: Sentence, tokens: list[Token], gazetteer: Gazetteer) -> None:
        self.view, self.sentence, self.tokens, self.gazetteer = view, sentence, tokens, gazetteer
        self.text = view.text[sentence.start:sentence.end]
        self.match: dict[int, Match] = {k: m for m in gazetteer.find(tokens) for k in range(m.start, m.end)}
        self.place: dict[int, Place] = {k: p for p in gazetteer.places(tokens) for k in range(p.start, p.end)}

    def names(self) -> Iterator[Named]:
        """Yield the names from left to right."""
        runs, at = [], 0
        while at < len(self.tokens):
            end = self._run(at)
            if end > at:
                runs.append((at, end))
            at = max(end, at + 1)
        before: tuple[int, Reading | None] = (-2, None)
        for at, end in runs:
            name = tuple(t.surface for t in self.tokens[at:end])
            left = self._title(at)
            known = self.match.get(end - 1)
            number = "any" if may_be_person(name) else "institution"
            ours = (Reading(type=known.type, weight=known.weight, number=number),) if known else ()
            titles = [*self._left(at, end, left)]
            if not titles and before[1] is not None and self._listed(before[0], at):
                titles = [before[1]]  # "Sens. Ada Roe and Per Lund", "the candidates Roe, Lund and Berg"
            before = (end, titles[0] if titles and is_plural(titles[0].head) else None)
            readings = (*ours, *titles, *self._right(at, end), *self._told(end, left))
            rest = [t.norm for t in self.tokens[end:]]
            pronouns = (sum(w in _HIS for w in rest), sum(w in _HER for w in rest)) if len(runs) == 1 else (0, 0)
            yield Named(name, self.sentence.start + self.tokens[at].start, self._subject(left), readings, pronouns)

    def _listed(self, end: int, at: int) -> bool:
        """Tell whether two names are items of one list."""
        gap = self.text[self.tokens[end - 1].end:self.tokens[at].start]
        return re.fullmatch(r"\s*(?:\([^)]*\)\s*)?(?:,|and|, and)\s*", gap) is not None

    def body(self) -> Iterator[tuple[int, Reading]]:
        """Yield the body or group with which the sentence begins."""
        low = 1 if self.tokens and self.tokens[0].norm in DETERMINERS else 0
        high = low
        while high in self.match and not (high > low and self.tokens[high].mark):
            high = self.match[high].end
        if high > low and self.match[high - 1].weight:
            reading = read_phrase(self.text[:self.tokens[high - 1].end], self.gazetteer, initial=True)
            if reading.number != "person":
                yield self.sentence.start, reading

    def _norm(self, at: int) -> str:
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def _run(self, at: int) -> int:
        """Return where the run of name words that begins at a word ends."""
        end = at
        while end < len(self.tokens) and end - at < _NAME_WORDS and self._in_name(end, end > at):
            end += 1
        while end > at and not self.tokens[end - 1].capital:
            end -= 1
        return end

    def _in_name(self, at: int, inner: bool) -> bool:
        """Tell whether a word may be part of a name; ``inner`` where a word of it stands before."""
        token = self.tokens[at]
        if inner and (token.mark or self.tokens[at - 1].owner or not self._joined(at)):
            return False
        if not (token.capital or (inner and token.norm in PARTICLES)) or token.surface == "I":
            return False
        if token.norm in (_CLOSED if at == 0 else _NO_NAMES):
            return False
        if at in self.match and self.match[at].spelling:  # the study's own names may be persons'
            return False
        acronym = token.surface.isupper() and len(token.surface) > 2
        return not acronym and (inner or (at not in self.place and not (at == 0 and is_adverb(token.norm))))

    def _subject(self, at: int) -> bool:
        """Tell whether a sentence begins with a word, an adverbial before it aside: "In the capital, Roe …"."""
        return not at or (self.tokens[at].mark == "," and self._norm(0) in _CLOSED
                          and not any(t.mark for t in self.tokens[1:at]))

    def _joined(self, at: int) -> bool:
        return self.text[self.tokens[at - 1].end:self.tokens[at].start].strip() in ("", ".")

    def _title(self, at: int) -> int:
        """Return where the words begin that stand before a name as its title, ``at`` where there are none."""
        last = self.match.get(at - 1)
        if last is None:
            return at
        low = at
        while low and not self.tokens[low].mark:
            known = self.match.get(low - 1) or self.place.get(low - 1)
            if known is None and (not self.tokens[low - 1].capital or self._norm(low - 1) in _CLOSED):
                break
            low = known.start if known else low - 1  # "Carrow Mayor Roe": a name beside the title
        spelt = last.spelling[-1] if last.spelling else ""
        form = spelt[:1].isupper() and not spelt.isupper()  # "Sen", "Prof"
        return low if last.weight < 2 or form or is_person(self._norm(at - 1)) else at

    def _slice(self, low: int, high: int) -> Reading:
        return read_phrase(self.text[self.tokens[low].start:self.tokens[high - 1].end], self.gazetteer)

    def _left(self, at: int, end: int, title: int) -> Iterator[Reading]:
        """Read "police spokesman Roe", "the mayor, Roe,", "voted for Roe"."""
        before = self._norm(at - 1)
        if title < at:
            yield self._slice(title, end)
        elif before in _ELECTING or (before == "for" and self._norm(at - 2) in _VOTING):
            yield Reading(type="politician", number="person")
        elif self.tokens[at].mark == "," and self._closed(at, end):
            for low in range(at - 1, max(-1, at - _BACK), -1):
                norm = self._norm(low)
                if norm in DETERMINERS and norm not in POSSESSIVE:
                    reading = self._slice(low, at)
                    away = any(self._norm(k) in _AWAY for k in range(low, at))
                    if reading.number == "person" and not reading.name and not away:
                        yield reading
                    return
                if self.tokens[low].mark:
                    return

    def _closed(self, at: int, end: int) -> bool:
        """Tell whether a name stands between commas, with no quotation mark before it."""
        gap = self.text[self.tokens[at - 1].end:self.tokens[at].start].strip()
        return gap == "," and (end == len(self.tokens) or bool(self.tokens[end].mark))

    def _right(self, at: int, end: int) -> Iterator[Reading]:
        """Read "Roe, a student who …,", "Roe is one of the marchers", "Roe (R-Ohio)", "Roe's campaign"."""
        if end >= len(self.tokens):
            return
        after = self.tokens[end]
        if _PARTY.fullmatch(after.surface):
            yield Reading(type="politician", weight=2, number="person")
        elif not after.mark:
            if after.norm in _OF_OFFICE:
                yield Reading(type="politician", number="person")
            elif after.norm in ("is", "was", "became", "remains"):
                yield from self._copula(end + 1)
            elif after.norm in ("of", "for", "from"):
                yield self._slice(at, self._stop(end))
        else:
            yield from self._apposition(at, end)

    def _apposition(self, at: int, end: int) -> Iterator[Reading]:
        """Read what stands behind a name and a comma, an age or a place between them aside."""
        stop = self._stop(end)
        while stop < len(self.tokens) and (self._norm(end)[0].isdigit()
                                           or (self._norm(end) in ("of", "from") and stop - end < 4)):
            end, stop = stop, self._stop(stop)
        first = self._norm(end)
        speaks = first in ("speaking", "writing", "acting") and self._norm(end + 1) in ("for", "on")
        if first in RELATIVE or first in ("for", "of") or speaks:
            yield self._slice(at, stop)
            return
        lower = not self.tokens[end].capital and (is_person(self._norm(stop - 1)) or end in self.match)
        reading = self._slice(end, stop) if first in DETERMINERS or lower else None
        if reading and reading.number == "person" and not reading.name:
            yield self._slice(at, stop)

    def _copula(self, at: int) -> Iterator[Reading]:
        """Read "is among the marchers", "was a student"."""
        if self._norm(at) == "among" or (self._norm(at), self._norm(at + 1)) == ("one", "of"):
            match = next((self.match[k] for k in range(at + 1, at + 6) if k in self.match), None)
            if match and match.weight:
                yield Reading(type=match.type, weight=2, number="person")
        elif self._norm(at) in ("a", "an", "the"):
            reading = self._slice(at, self._stop(at))
            if reading.number == "person":
                yield reading

    def _told(self, end: int, start: int) -> Iterator[Reading]:
        """Read what the person is told to have done, where the sentence begins with the name."""
        if start == 0 and (part := takes_part([t.norm for t in self.tokens[end:]], told=True)):
            yield Reading(type=part, weight=1, number="person")

    def _stop(self, at: int) -> int:
        """Return the word before which the part ends that begins at a word."""
        return next((k for k in range(at + 1, len(self.tokens)) if self.tokens[k].mark), len(self.tokens))
