"""The persons whom an article names, under all forms of their names, and what it says of each."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from framelens.annotate.sources.acronyms import Full, read_acronyms, read_called
from framelens.annotate.sources.core import MEDIA, PRIVATE
from framelens.annotate.sources.gazetteer import Gazetteer, Tokens
from framelens.annotate.sources.names import Name, Named, SentenceNames
from framelens.annotate.sources.phrase import Reading
from framelens.annotate.sources.spelling import alike, split_name
from framelens.text.tokens import NORMS
from framelens.text.view import View
from framelens.text.wordclass import AUXILIARIES

__all__ = ["People", "best_reading", "read_people"]

STANDING = frozenset("candidate nominee contender hopeful frontrunner front-runner".split())
_TITLE_CASE = 0.85  # a sentence with more capitals than that is a headline in which a capital says nothing
_LONG = 3  # letters from above which a word of such a headline has a capital
_FEW = 4  # such words from above which a sentence may be such a headline


@lru_cache(maxsize=50_000)
def _same(given: Name, full: Name) -> bool:
    """Tell whether a name may be short for another: a surname or first name, both, or the end or beginning of it."""
    (short, suffix), (long, ending) = split_name(given), split_name(full)
    a, b = [w.casefold() for w in short], [w.casefold() for w in long]
    if len(a) == 1:
        first_surname = b[-2] if len(b) > 2 else ""  # "Roe" of "Carlos Roe Luna"
        return a[0] in (b[-1], b[0], first_surname) and not (suffix and suffix != ending)
    if suffix != ending:  # father and son
        return False
    if len(a) < len(b) and (a == b[-len(a):] or a == b[:len(a)]):  # "de Roe", "García Roe"; a second surname left out
        return True
    return a[-1] == b[-1] and (a[0] == b[0] or (len(a[0].strip(".")) == 1 and b[0].startswith(a[0][0]))) and (
        not a[1:-1] or not b[1:-1] or alike(given, full) or a[0] != b[0])


class People:
    """The names of one article, and the bodies and groups with which its sentences begin."""

    def __init__(self, tokens: Tokens, readers: Sequence[SentenceNames]) -> None:
        self.tokens, self.readers = tokens, tuple(readers)
        self._with: dict[str, dict[SentenceNames, None]] = {}  # the sentences that hold a word with a capital
        for reader in self.readers:
            for word in reader.capitals:
                self._with.setdefault(reader.norms[word], {})[reader] = None
        self._called: dict[Name, list[Named]] = {}
        self._longer: dict[Name, list[Named]] = {}
        self._described: dict[Name, Reading | None] = {}
        self._spelt: dict[Name, tuple[Name, ...]] = {}
        self._longest: dict[Name, Name] = {}
        self._own: dict[Name, list[Named]] = {}
        self._full: dict[tuple[Name, int, str], Name] = {}
        self._person: dict[Name, bool] = {}
        self._named_bodies: dict[str, Reading | None] = {}
        self._gender: dict[Name, str] = {}

    def sentence(self, start: int) -> SentenceNames | None:
        """Return the sentence that begins at an offset, unless it is a headline."""
        at = bisect_left(self.readers, start, key=lambda r: r.start)
        return self.readers[at] if at < len(self.readers) and self.readers[at].start == start else None

    def _within(self, paragraph: int, last: int) -> Iterator[SentenceNames]:
        """Yield the sentences of some paragraphs."""
        low = bisect_left(self.readers, paragraph, key=lambda r: r.paragraph)
        for at in range(low, len(self.readers)):
            if self.readers[at].paragraph > last:
                break
            yield self.readers[at]

    def between(self, paragraph: int, last: int, offset: int) -> Iterator[Named]:
        """Yield the names of some paragraphs that stand before an offset."""
        for reader in self._within(paragraph, last):
            if reader.start < offset:
                yield from (m for m in reader.names if m.start < offset)

    def bodies(self, paragraph: int) -> Iterator[tuple[int, Reading]]:
        """Yield the bodies or groups with which the sentences of a paragraph begin, by offset."""
        for reader in self._within(paragraph, paragraph):
            if reader.body:
                yield reader.start, reader.body

    def body_called(self, label: str, offset: int) -> Reading | None:
        """Return the last body before an offset that begins a sentence and whose longer name ends like a label."""
        last = label.rpartition(" ")[2]
        for reader in reversed(self.readers):
            body = reader.body if reader.start < offset and reader.holds(last) else None
            if body and body.number == "institution" and body.label.casefold().endswith(f" {label}"):
                return body
        return None

    def _bearers(self, name: Name) -> list[Named]:
        """Return the mentions that may be of a bearer of a name, in the order of the text."""
        if name not in self._called:
            fits = {name: True}
            spelt, surname = self._spellings(name), split_name(name)[0][-1]
            found: list[Named] = []
            for reader in self._having(surname):
                for m in reader.names:
                    if surname not in m.name:
                        continue
                    if m.name not in fits:
                        fits[m.name] = any(_same(m.name, n) or _same(n, m.name) for n in spelt)
                    if fits[m.name]:
                        found.append(m)
            self._called[name] = found
        return self._called[name]

    def _having(self, word: str) -> Iterable[SentenceNames]:
        """Return the sentences that hold a word with a capital, in the order of the text."""
        return self._with.get(NORMS[word], ())

    def _spellings(self, name: Name) -> tuple[Name, ...]:
        """Return a name with its other spellings, unless anything says that they are another person's."""
        if name not in self._spelt:
            own, suffix = split_name(name)
            readers = self._having(own[-1])
            others = {m.name for r in readers for m in r.names if len(m.name) > 1 and m.name != name} if len(own) > 1 else ()
            self._spelt[name] = (name, *sorted(
                o for o in others if split_name(o)[1] == suffix and alike(name, o) and not self._apart(name, o, readers)))
        return self._spelt[name]

    def _apart(self, one: Name, other: Name, readers: Iterable[SentenceNames]) -> bool:
        """Tell whether two like names are of two persons: named side by side, or he and she, or of two callings."""
        mine, theirs = ([m for r in readers for m in r.names if m.name == n] for n in (one, other))
        beside = {m.name for group in (mine, theirs) for k in group for m in k.sentence.names}
        if any(other == m.name for k in mine for m in k.sentence.names):
            return True
        if (one[0],) in beside or (other[0],) in beside:  # "Saltanet and Saltanat Roe"
            return True
        for read in (lambda r: r.gender, lambda r: r.type if r.weight > 1 and r.type not in PRIVATE else ""):
            a, b = ({read(r) for m in group for r in m.readings} - {""} for group in (mine, theirs))
            if a and b and a.isdisjoint(b):
                return True
        return False

    def _fuller(self, name: Name) -> list[Named]:
        """Return the mentions of which a name may be the short form, or another spelling."""
        if name not in self._longer:
            spelt = self._spellings(name)
            fits = [m for m in self._bearers(name) if len(m.name) > 1 and any(_same(n, m.name) for n in spelt)]
            if len(name) == 1:  # a surname before a first name; that only of one who is called a person: not "Roe Tower"
                fits = [m for m in fits if split_name(m.name)[0][-1].casefold() == name[0].casefold()] or [
                    m for m in fits if any(r.number in ("person", "any") for r in m.readings)]
            if len({m.name for m in fits}) > 1:  # not the "See Roe" of "(See Roe's book)"
                told = {m.name for m in fits if m.readings}
                fits = [m for m in fits if m.name in told] or fits
            self._longer[name] = fits
        return self._longer[name]

    def full(self, name: Name, at: int, gender: str = "") -> Name:
        """Return the fullest form of a name: that of the last bearer before offset ``at``, else of the next.

        Of several spellings the one that stands more often is taken, then the first. "Mrs Roe" is no man, and where
        the article has a Mr and a Mrs Roe, only one of whom that much is known.
        """
        asked = (name, at, gender)
        if asked not in self._full:
            self._full[asked] = self._find_full(name, at, gender)
        return self._full[asked]

    def _find_full(self, name: Name, at: int, gender: str) -> Name:
        fits = self._fuller(name)
        if gender and len(name) == 1:
            both = self.shared(name)
            fits = [m for m in fits if (own := self._called_as(m.name)) == gender or not (own or both)]
        if not fits:
            return name
        chosen = next((m for m in reversed(fits) if m.start <= at), fits[0]).name
        if chosen not in self._longest:
            spelt = self._spellings(chosen)
            forms = Counter(m.name for m in self._fuller(chosen) if any(_same(n, m.name) for n in spelt))
            self._longest[chosen] = max(forms, key=lambda n: (len(n), forms[n]), default=chosen)
        return self._longest[chosen]

    def shared(self, name: Name) -> bool:
        """Tell whether a man and a woman bear a surname: "Mr Roe" and "Mrs Roe"."""
        return len({g for m in self._bearers(name) if len(m.name) == 1 for r in m.readings if (g := r.gender)}) > 1

    def _called_as(self, name: Name) -> str:
        """Return "m" or "f" where a title before a full name, or the pronouns of its own sentences, say so."""
        own = [m for m in self._bearers(name) if m.name == name]
        titled = next((r.gender for m in own for r in m.readings if r.gender), "")
        return titled or _gender_of([m.pronouns for m in own])

    def _mentions_of(self, name: Name) -> list[Named]:
        """Return the mentions of one person; where others bear the surname, short forms only if they mean this one."""
        if name not in self._own:
            found, surname = self._bearers(name), split_name(name)[0][-1]
            ours = {m.name for m in found}
            rivals = len(name) > 1 and any(len(m.name) > 1 and m.name not in ours and split_name(m.name)[0][-1] == surname
                                           for r in self._having(surname) for m in r.names)
            if rivals:
                own = self.full(name, found[-1].start if found else 0)
                found = [m for m in found if len(m.name) > 1 or self.full(
                    m.name, m.start, next((r.gender for r in m.readings if r.gender), "")) == own]
            self._own[name] = found
        return self._own[name]

    @cached_property
    def short(self) -> dict[str, Full]:
        """The acronyms that the article explains, with what they stand for."""
        return read_acronyms(self.tokens.text, self.readers[0].gazetteer) if self.readers else {}

    def explained(self, reading: Reading) -> Reading:
        """Return a reading whose role is of a body with an acronym, typed by what the article says that this stands for."""
        if not reading.short:
            return reading
        if not reading.short.isupper():
            called = self._called_body(reading.short) if reading.type in PRIVATE or reading.weight < 2 else None
            return reading._replace(type=called.type, weight=2) if called else reading
        body = self.short.get(reading.short) if reading.weight < 3 or reading.type in MEDIA else None
        return reading._replace(type=body.reading.type, weight=2) if body else reading

    def _called_body(self, name: str) -> Reading | None:
        """Return what the article calls the body that a name, or a part of one, is of."""
        if name not in self._named_bodies:
            self._named_bodies[name] = read_called(self.tokens.text, name, self.readers[0].gazetteer)
        return self._named_bodies[name]

    def described(self, name: Name) -> Reading | None:
        """Return the best of what the article says of a person: a role before a private person, then by weight."""
        if name not in self._described:
            told = (self.explained(r) for m in self._mentions_of(name) for r in m.readings)
            found = best_reading([r for r in told if r.type])
            self._described[name] = self._called_next(name) if found is None else found
        return self._described[name]

    def _called_next(self, name: Name) -> Reading | None:
        """Return the title by which the sentence behind the subject of another calls it: "Roe wept. The mayor said …"."""
        for m in self._mentions_of(name):
            following = self.sentence_after(m.sentence) if m.subject else None
            if following and following.paragraph == m.sentence.paragraph and (title := following.titled):
                return title._replace(weight=1)
        return None

    def sentence_after(self, reader: SentenceNames) -> SentenceNames | None:
        """Return the sentence behind another."""
        at = bisect_left(self.readers, reader.start + 1, key=lambda r: r.start)
        return self.readers[at] if at < len(self.readers) else None

    def titled(self, paragraph: int, offset: int) -> Iterator[tuple[int, Reading]]:
        """Yield the persons, called by a title alone, with whom the sentences of a paragraph before an offset begin."""
        for reader in self._within(paragraph, paragraph):
            if reader.start < offset and (title := reader.titled):
                yield reader.start, title

    def is_person(self, name: Name) -> bool:
        """Tell whether anything in the article says that a name is a person's."""
        if name not in self._person:
            called = self._bearers(name)
            self._person[name] = any(sum(m.pronouns) for m in called) or any(
                r.number == "person" for m in called for r in m.readings)
        return self._person[name]

    def gender(self, name: Name) -> str:
        """Return "m" or "f" where a title, or the pronouns of sentences about a person alone, say so."""
        if name not in self._gender:
            found = self._mentions_of(name)
            titled = next((r.gender for m in found for r in m.readings if r.gender), "")
            self._gender[name] = titled or _gender_of([m.pronouns for m in found])
        return self._gender[name]

    def by_title(self, head: str) -> Name | None:
        """Return the one person who bears a title, if there is just one."""
        found = {self.full(m.name, m.start) for reader in self.readers if not head or reader.holds(head)
                 for m in reader.names if any(r.head == head for r in m.readings)}
        return next(iter(found)) if len(found) == 1 else None


def _gender_of(pronouns: Sequence[tuple[int, int]]) -> str:
    he, she = sum(p[0] for p in pronouns), sum(p[1] for p in pronouns)
    return "m" if he > 1 and he > 3 * she else "f" if she > 1 and she > 3 * he else ""


def best_reading(found: Sequence[Reading]) -> Reading | None:
    """Choose among what is said of one person; another country's beats a state body without a country."""
    if not found:
        return None
    best = max(found, key=lambda r: (r.type not in PRIVATE, r.weight))
    if best.type == "government":  # who governs and stands for an office speaks as a candidate
        best = next((r for r in found if r.head in STANDING), best)
    if best.type == "expert":  # "President Roe", an economist
        best = next((r for r in found if r.type == "president"), best)
    if best.type in ("government", "president", "military", "police"):
        best = next((r for r in found if r.type == "foreign_government"), best)
    return best


def read_people(view: View, tokens: Tokens, gazetteer: Gazetteer) -> People:
    """Find the names in headline and body with what is said of each."""
    surfaces, capitals = view.surfaces, tokens.named
    readers = []
    for sentence in view.sentences:
        own = capitals[bisect_left(capitals, sentence.first):bisect_left(capitals, sentence.last)]
        if len(own) > _FEW:
            small = not AUXILIARIES.isdisjoint(view.words[sentence.first:sentence.last])  # "… is endorsing": no headline
            long = [] if small else [w for w in surfaces[sentence.first:sentence.last] if len(w) > _LONG]
            if len(long) > _FEW and sum([w[0].isupper() for w in long]) > _TITLE_CASE * len(long):
                continue
        readers.append(SentenceNames(tokens, sentence, gazetteer, own))
    return People(tokens, readers)
