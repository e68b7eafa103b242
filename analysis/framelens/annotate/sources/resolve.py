"""Who each source is: names, pronouns and short forms followed through one article."""

from __future__ import annotations

import re
from functools import cached_property

from framelens.annotate.sources.context import Context
from framelens.annotate.sources.core import MEDIA, PRIVATE, STATE
from framelens.annotate.sources.gazetteer import Gazetteer
from framelens.annotate.sources.hear import hear
from framelens.annotate.sources.items import UNNAMED, Entity, Item, given
from framelens.annotate.sources.people import People, best_reading
from framelens.annotate.sources.phrase import Reading, is_statement, read_phrase
from framelens.annotate.sources.words import DEFENDERS, GENERIC, MEDIA_HEADS, gender_of, may_be_person
from framelens.text.view import View

__all__ = ["read_entities"]

NEAR = 2  # paragraphs back to which a pronoun may reach
# What "the group" may name again, and whose "a spokesman" may be.
BODIES = frozenset(("alliance", "international_org", "civil_society", "company", "opposition"))
STAFFED = BODIES - {"company"} | {"protester"}
SPOKEN_FOR = BODIES | STATE | frozenset(("foreign_government", "politician", "protester"))
_OWN = frozenset("had has have would will expects expected plans planned aims aimed".split())  # not "it was late"
_FOREIGN = re.compile(r"\bforeign (?:ministry|minister|office)", re.IGNORECASE)
_POSTS = frozenset("president secretary general spokesman spokeswoman spokesperson chairman chair chairperson lawyer".split())
_OF_BODY = re.compile(r"(?:the )?(?:regional|executive|general|provincial|branch) secretary\b")
_ALONE = 2  # words of "the party"
# Of what kinds somebody is, or some body, that is called by such a word once it has been named.
_PARTISAN = frozenset(("opposition", "politician"))
_CALLED = {
    **dict.fromkeys(("party", "front", "caucus", "coalition", "bloc", "politician", "lawmaker", "legislator"), _PARTISAN),
    "diplomat": frozenset(("government", "foreign_government", "international_org")),
}
_ARMY = frozenset("army military navy soldier soldiers battalion brigade".split())


def read_entities(view: View, people: People, items: list[Item], gazetteer: Gazetteer) -> None:
    """Give each item its entity."""
    _Article(view, people, items, gazetteer).resolve()


class _Article:
    """One article's sources, resolved in the order in which they stand."""

    def __init__(self, view: View, people: People, items: list[Item], gazetteer: Gazetteer) -> None:
        self.view, self.people, self.gazetteer, self.tokens = view, people, gazetteer, people.tokens
        self.context = Context(view)
        self.items = sorted(items, key=lambda i: i.start)
        self.by_id = {i.row["attribution_id"]: i for i in items}
        self.past: list[tuple[int, int, Entity]] = []  # paragraph, offset, source
        self.genders: dict[str, str] = {}
        self.known: dict[str, str] = {}  # the kind of a person once found, for the rest of the article

    def resolve(self) -> None:
        late = []
        for item in self.items:
            if not item.text:
                item.entity = UNNAMED
            elif item.reading.pronoun in ("i", "we") or is_statement(item.reading):
                late.append(item)  # whose they are may stand behind them
            else:
                item.entity = self._entity(item)
                self.past.append((item.paragraph, item.start, item.entity))
        for item in late:
            item.entity = self._maker(item) if is_statement(item.reading) else self._speaker(item)
        hear(self.view, self.items, self.context)
        self.context.set_against(self.items)

    def _entity(self, item: Item) -> Entity:
        item.reading = reading = self.people.explained(item.reading)
        abroad = reading.land and reading.type in STATE and self.gazetteer.home_known and not self.gazetteer.home_listed
        if reading.type == "government" and self.gazetteer.home_known and _FOREIGN.search(item.text) and self._abroad(item):
            item.reading = reading = reading._replace(type="foreign_government")
        if abroad and not self._is_somebody(reading.land, item):
            item.reading = reading = reading._replace(type="foreign_government")
        if reading.pronoun:
            return self._pronoun(item, reading.pronoun, reading.gender)
        last = item.text.split()[-1]
        if not reading.name and reading.bare and last[0].isupper() and not reading.definite:
            full = self.people.full((last,), item.start)
            if len(full) > 1 and full[-1].casefold() == reading.head:  # a surname that is a place or a listed word
                return self._person(item, reading._replace(name=full, type="", weight=0))
        if reading.name:
            return self._person(item, reading)
        if reading.owner and reading.type == "politician" and (owner := self._owner(item, reading.owner)):
            return self._plain(item, owner.type if owner.type == "opposition" else reading.type)  # "her party's lawyers"
        if reading.owner and reading.weight < 2:
            return self._owned(item)
        if reading.bare and (found := self._again(item) or self._called(item)):
            return found
        if not reading.type and reading.number == "person" and (reading.bare or reading.head.startswith("spokes")):
            near = [e for _p, _o, e in self._near(item) if e.type in SPOKEN_FOR]  # of whom the text spoke last
            near = near[-1:]
            if reading.definite and reading.head.startswith("spokes"):  # the one who spoke before
                near += [e for i in self.items if i.start < item.start and i.reading.head == reading.head
                         and (e := i.entity) and not e.named and e.type in SPOKEN_FOR]
            return self._plain(item, near[-1].type if near else "")
        short = last.strip(".,")
        if short.isupper() and reading.weight < 3 and reading.head == short.casefold() and short in self.people.short:
            return self._plain(item, self.people.short[short].type)  # "the RDF", explained before
        return self._plain(item, reading.type)

    def _abroad(self, item: Item) -> bool:
        """Tell whether a foreign ministry without a country is that of the one spoken of: "In Oslo, the ministry …"."""
        if item.sentence is not None:
            low = self.view.sentences[item.sentence].first
            words = self.view.words_in(0, item.start)
            lead = self.gazetteer.places(self.tokens.window(low, words.stop, item.start)) if words.stop > low else []
            if lead:
                return not lead[-1].home and not lead[-1].people
        last = self.past[-1:] if self.past and self.past[-1][0] == item.paragraph else []
        return bool(last) and last[0][2].type == "foreign_government" and not any(
            p.home for p in self.gazetteer.places(self.tokens.window(*self._window(item), item.end)))

    def _window(self, item: Item) -> tuple[int, int]:
        words = self.view.words_in(item.start, item.end)
        return words.start, words.stop

    def _is_somebody(self, word: str, item: Item) -> bool:
        """Tell whether a word is a person's name: "Lund's government" is no other country's."""
        full = self.people.full((word,), item.start)
        return len(full) > 1 and may_be_person(full)

    def _plain(self, item: Item, kind: str) -> Entity:
        """Make the source that a phrase without a name describes."""
        reading = item.reading
        if kind in ("", "unnamed") and reading.number != "person" and given(item.row.get("kind")) == "evidence":
            kind = "document"  # what shows something and is no person
        kind = kind or "unnamed"
        if reading.weight == 1 and kind == "military":
            kind = self._force
        own = reading.head in item.text.casefold()  # else what the item is read as stands elsewhere
        kind = self.context.settle(kind, reading, item.text if own else reading.label)
        if (kind in ("person", "witness", "unnamed") and self.context.cause.crowd(item, reading)) or (
                kind == "civil_society" and self.context.cause.vows(item)):
            kind = "protester"
        single = reading.number == "person" and kind in ("person", "witness", "protester", "unnamed")
        return Entity(kind, None if single else reading.label or None, reading.number, reading.gender)

    def _person(self, item: Item, reading: Reading) -> Entity:
        full = self.people.full(reading.name, item.start, reading.gender)
        name = " ".join(full)
        if len(full) == 1 and reading.gender and self.people.shared(full):
            name = f"{'Ms' if reading.gender == 'f' else 'Mr'} {name}"
        own = [reading] if reading.type else []
        found = best_reading([*own, *filter(None, [self.people.described(full)])])
        kind, weight = (found.type, found.weight) if found else ("", 0)
        if name in self.known and not (reading.weight > 1 and reading.type not in PRIVATE):
            kind, weight = self.known[name], 2  # one kind for a person who is not called otherwise
        weak = kind in PRIVATE or kind == "civil_society"  # "its executive director, Roe": of the fund named before
        if reading.owner and weak and weight < 2 and (owner := self._owner(item, reading.owner)):
            kind = owner.type
        elif reading.head in _POSTS and kind not in STATE - {"government"} and weight < 3 and (
                body := self._body_of(item, reading)):
            kind = body.type
        if weight == 1 and kind == "military":
            kind = self._force
        if found is None and (before := self._spokesman_before(item, full)):
            kind = before.type
        if kind in PRIVATE:
            kind = "company" if found is None and self._is_body(item, full) else "person"
        kind = self.context.settle(kind, reading, item.text, name)
        if kind not in PRIVATE:
            self.known[name] = kind
        number = found.number if found and found.number in ("any", "institution") else "person"
        return Entity(kind, name, number, reading.gender or self.genders.get(name.casefold()) or self.people.gender(full), True)

    def _spokesman_before(self, item: Item, full: tuple[str, ...]) -> Entity | None:
        """Return the source before, if it is a spokesman whose name comes now: "A spokesman for the rebels … Roe said …"."""
        if len(full) < 2 or not self.past or item.sentence is None or self.view.text.find(" ".join(full)) != item.start:
            return None
        spoke = next((i for i in reversed(self.items) if i.start < item.start), None)
        follows = spoke and spoke.sentence == item.sentence - 1 and spoke.paragraph == item.paragraph
        entity = spoke.entity if spoke and follows and " spokes" in spoke.text.casefold() else None
        return entity if entity and not entity.named and entity.type not in PRIVATE else None

    def _body_of(self, item: Item, reading: Reading) -> Entity | None:
        """Return the body whose "its president", "regional secretary" or "secretary general" a person is."""
        if reading.owner in ("it", "they"):
            return self._owner(item, reading.owner)
        if not _OF_BODY.match(item.text):
            return None
        return self._body_near(item)

    def _body_near(self, item: Item) -> Entity | None:
        """Return the last source that is a body with officers of its own."""
        near = [e for _p, _o, e in self._near(item) if e.number == "institution" and e.type in STAFFED]
        return near[-1] if near else None

    @cached_property
    def _force(self) -> str:
        """Return the force whose ranks an article means by "Capt" alone: the police where it speaks of no other."""
        words = set(self.view.words)
        return "police" if words & {"police"} and not words & _ARMY else "military"

    def _is_body(self, item: Item, name: tuple[str, ...]) -> bool:
        """Tell whether a name that nothing describes says "it" of itself: a company, for other bodies have an article."""
        words = [self.view.words[w] for w in self.view.words_in(*item.contents[0])[:4]] if item.contents else []
        at = next((k for k, w in enumerate(words[:3]) if w in ("it", "its")), None)
        if at is None or len(name) > 1 or self.people.is_person(name):
            return False
        return words[at] == "its" or (words[at + 1:at + 2] != [] and words[at + 1] in _OWN)

    def _pronoun(self, item: Item, pronoun: str, gender: str) -> Entity:
        if pronoun in ("he", "she"):
            return self._he(item, gender)
        if pronoun == "who":
            return self._who(item)
        if pronoun == "both":
            return self._both(item)
        if pronoun == "some" and self.context.cause.crowd(item, item.reading):
            return Entity("protester", None, "plural")  # "Thousands demanded …"
        if pronoun == "one":
            last = self._last(item, ("person", "plural"), unnamed=True)
            return Entity(last.type if last else "unnamed", None, "person")
        numbers = {"they": ("plural", "institution"), "it": ("institution",)}.get(pronoun, ())
        last = self._last(item, numbers) if numbers else None
        if pronoun == "they" and last and last.number == "institution":  # rather the people of the same paragraph
            people = [e for p, _o, e in self._near(item) if p == item.paragraph and e.number == "plural"]
            last = people[-1] if people else last
        return last or UNNAMED._replace(number="plural" if pronoun == "they" else "")

    def _near(self, item: Item) -> list[tuple[int, int, Entity]]:
        return [p for p in self.past if item.paragraph - NEAR <= p[0] <= item.paragraph and p[1] < item.start]

    def _last(self, item: Item, numbers: tuple[str, ...], *, unnamed: bool = False) -> Entity | None:
        """Return the last source, or subject of a sentence of the same paragraph, that agrees in number."""
        fits = [(o, e) for _p, o, e in self._near(item) if e.number in (*numbers, "any") and not (
            (unnamed and e.named) or item.speaks_of(o))]
        for start, reading in self.people.bodies(item.paragraph):
            if start < item.start and reading.number in numbers and not item.speaks_of(start):
                fits.append((start, self._plain(item.read_as(reading), reading.type)))
        return max(fits, key=lambda f: f[0])[1] if fits else None

    def _he(self, item: Item, gender: str) -> Entity:
        """Find whom "he" or "she" means: the nearest paragraph first, in it a gender that is known, then a name."""
        near = [p for p in self._near(item) if (p[2].number == "person" or self._may_be(p[2])) and not item.speaks_of(p[1])]
        sources = {p[2].name for p in self.past if p[2].named}
        rest: list[tuple[int, int, Entity]] = []  # persons who are named, but not as subjects
        for named in self.people.between(item.paragraph - 1, item.paragraph, item.start):
            paragraph = named.sentence.paragraph
            full = self.people.full(named.name, named.start)
            if len(full) > 1 and not item.speaks_of(named.start) and (" ".join(full) in sources or self.people.is_person(full)):
                shape = Reading(name=full, gender=next((r.gender for r in named.readings if r.gender), ""))
                (near if named.subject else rest).append((paragraph, named.start, self._person(item, shape)))
        fits = [p for p in near or rest if (p[2].gender or self.genders.get(p[2].key, gender)) == gender]
        if not fits:
            for _start, title in self.people.titled(item.paragraph, item.start):  # "The bishop came. He said …"
                return self._plain(item.read_as(title), title.type)
            return Entity("unnamed", None, "person", gender)
        found = max(fits, key=lambda p: (p[0], bool(p[2].gender), p[2].named, p[1]))[2]
        if found.name:
            self.genders[found.key] = gender
        return found._replace(gender=gender)

    def _both(self, item: Item) -> Entity:
        """Find of what kind "the two" are: the last two persons named, if they are of one kind."""
        found: dict[str, str] = {e.name or "": e.type for _p, _o, e in self._near(item) if e.named}
        for named in self.people.between(item.paragraph - NEAR, item.paragraph, item.start):
            if len(full := self.people.full(named.name, named.start)) > 1 and self.people.is_person(full):
                found[" ".join(full)] = self._person(item, Reading(name=full)).type
        kinds = set([*found.values()][-2:])
        kinds = kinds - PRIVATE or kinds
        return Entity(kinds.pop() if len(found) > 1 and len(kinds) == 1 else "unnamed", None, "plural")

    def _may_be(self, entity: Entity) -> bool:
        """Tell whether a study's own name is called like a person somewhere in the article."""
        return entity.number == "any" and entity.name is not None and self.people.is_person(tuple(entity.name.split()))

    def _who(self, item: Item) -> Entity:
        """Find whom a relative pronoun means: what stands right before it."""
        for other in reversed(self.items):
            gap = self.view.text[other.end:item.start]
            if other.entity and other.end <= item.start and not any(c.isalnum() for c in gap):
                return other.entity
        at = self.view.sentence_at(item.start)
        start = self.view.sentences[at].start if at is not None else 0
        lead = self.view.text[start:item.start].rstrip(" ,—–-“”\"")
        phrase = re.split(r"[,;:—–“”\"]|\b(?:by|to|of|with|from|told|said|and)\b", lead)[-1].strip()
        reading = read_phrase(phrase, self.gazetteer)
        if reading.type or reading.name:
            return self._entity(item.read_as(reading))
        if phrase.split()[-1:] in (["those"], ["Those"], ["people"]):
            return UNNAMED._replace(number="plural")
        if item.text.casefold() == "which" and reading.label and reading.number == "institution":
            return self._entity(item.read_as(reading))  # a body that no list knows
        return self._last(item, ("person", "plural", "institution")) or UNNAMED

    def _owner(self, item: Item, owner: str) -> Entity | None:
        """Return the source whose an item is: "his", or the name before "'s"."""
        if owner in ("i", "we") or (
                owner in ("he", "she", "they") and item.reading.head in DEFENDERS and item.reading.type in PRIVATE):
            return None
        if owner == "group":
            return self._body_near(item) or self._mentioned(item, STAFFED)
        if owner[0].islower():
            found = self._pronoun(item, owner, gender_of([owner]))
            if found.type == "unnamed" and owner == "it":
                found = self._body_near(item) or self._mentioned(item, SPOKEN_FOR) or found  # "its director"
            return None if found.type in ("unnamed", "document") else found
        full = self.people.full((owner,), item.start)
        found_of = self.people.described(full)
        return Entity(found_of.type, " ".join(full), "person") if found_of else None

    def _owned(self, item: Item) -> Entity:
        reading, owner = item.reading, self._owner(item, item.reading.owner)
        if owner is None:
            return self._plain(item, reading.type)
        if reading.number != "person" and reading.type in ("", "document", "unnamed"):
            # "her account", "its statement": hers, its own; but the office of a head of state is not he
            return owner._replace(type=self.context.settle(owner.type, reading, item.text))
        return self._plain(item, owner.type)._replace(name=reading.label or None)

    def _again(self, item: Item) -> Entity | None:
        """Follow a short form to what it names again: "the hospital", "the channel", "the group", "the mayor"."""
        reading = item.reading
        label = reading.label.casefold()
        if not reading.definite:
            return None
        for _p, _o, entity in reversed(self.past):
            if entity.name and entity.number != "person" and entity.key.endswith(f" {label}"):
                return entity
        if reading.number == "institution" and reading.weight < 2 and (body := self.people.body_called(label, item.start)):
            return self._plain(item.read_as(body), body.type)
        if reading.number == "person":
            name = self.people.by_title(reading.head)
            told = self.people.described(name) if name else None
            if name is None or (reading.type and told and told.type not in (reading.type, "foreign_government", *PRIVATE)):
                return None  # "the president" of the country is not the president of the club
            return self._person(item, reading._replace(name=name))
        if reading.head in MEDIA_HEADS and reading.type in (*MEDIA, ""):
            found = self._mentioned(item, MEDIA, MEDIA_HEADS[reading.head]) or self._mentioned(item, MEDIA)
            if found or reading.type:
                return found
        if reading.head in GENERIC and reading.weight < 2:
            if reading.type and reading.type not in PRIVATE:
                same = [e for _p, _o, e in self.past if e.type == reading.type and e.number != "person"]
                return same[-1] if same else None
            return self._last(item, ("institution",)) or self._mentioned(item, BODIES)
        if not reading.type:
            return None
        found = self._mentioned(item, frozenset((reading.type,)), frozenset((reading.head,)))
        return found if found and found.key.endswith(f" {label}") else None

    def _called(self, item: Item) -> Entity | None:
        """Follow "the party" and "the politician", "the diplomat" to the last of that kind."""
        reading = item.reading
        alone = reading.definite and len(item.text.split()) == _ALONE  # not "the ruling party"
        kinds = _CALLED.get(reading.head) if alone else None
        found = [e for _p, _o, e in self.past if kinds and e.type in kinds and (e.named or reading.number != "person")]
        return found[-1]._replace(name=found[-1].name if reading.number == "person" else None) if found else None

    def _mentioned(self, item: Item, kinds: frozenset[str], words: frozenset[str] = frozenset()) -> Entity | None:
        """Find the last body of some kinds (and with one of some words) in the text before, as near as a pronoun."""
        for sentence in reversed(self.view.sentences):
            if sentence.start >= item.start or not item.paragraph - NEAR <= sentence.paragraph <= item.paragraph:
                continue
            tokens, first = self.tokens, sentence.first
            last = min(sentence.last, self.view.words_in(0, item.start).stop)
            matches = self.gazetteer.find(tokens.window(first, last, tokens.limit))
            for k in range(len(matches) - 1, -1, -1):
                if matches[k].type not in kinds:
                    continue
                low = k
                while low and matches[low - 1].end == matches[low].start and not tokens.mark(matches[low].start):
                    low -= 1
                start, end = matches[low].start, matches[k].end
                while start > first + 1 and tokens.capital(start - 1) and not tokens.mark(start):
                    start -= 1
                if not words or not words.isdisjoint(tokens.norms[start:end]):
                    reading = read_phrase(tokens.window(start, end, tokens.ends[end - 1]), self.gazetteer)
                    return self._plain(item.read_as(reading), reading.type)
        return None

    def _maker(self, item: Item) -> Entity:
        """Find who made a statement: its owner, another source of its sentence, or the last one before it."""
        reading = item.reading
        if reading.owner and (owner := self._owner(item, reading.owner)):
            return owner
        at = self.view.sentence_at(item.start)
        beside = [i for i in self.items
                  if i.entity and i.text and self.view.sentence_at(i.start) == at and i is not item]
        ahead = beside and all(i.start > item.end for i in beside)  # "…, the statement said, and outlets posted …"
        last = self._near(item)[-1:] if reading.definite else []
        if beside and not (ahead and last):
            return min(beside, key=lambda i: abs(i.start - item.start)).entity or UNNAMED
        return last[0][2] if last else self._plain(item, "document")

    def _speaker(self, item: Item) -> Entity:
        """Find who says "I" or "we": the source of the attribution in which it stands."""
        parent = self.by_id.get(given(item.row.get("parent_id")))
        seen: set[str] = set()
        while parent is not None and parent.row["attribution_id"] not in seen:
            if parent.entity is not None and parent.text:
                return parent.entity
            seen.add(parent.row["attribution_id"])
            parent = self.by_id.get(given(parent.row.get("parent_id")))
        return UNNAMED
