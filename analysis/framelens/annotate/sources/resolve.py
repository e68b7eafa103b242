"""Who each source is: names, pronouns and short forms followed through one article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from framelens.annotate.sources.gazetteer import Gazetteer, read_tokens
from framelens.annotate.sources.people import People, best_reading, read_people
from framelens.annotate.sources.phrase import PRIVATE, STATE, Reading, is_statement, read_phrase
from framelens.annotate.sources.words import GENERIC, MEDIA_HEADS, PROTEST, gender_of, tells_of
from framelens.text.view import View

__all__ = ["Entity", "Item", "read_entities", "read_items"]

Row = Mapping[str, Any]
NEAR = 2  # paragraphs back to which a pronoun may reach
MEDIA = frozenset(("news_agency", "state_media"))
# What "the group" may name again, and whose "a spokesman" may be.
BODIES = frozenset(("alliance", "international_org", "civil_society", "company", "opposition"))
SPOKEN_FOR = BODIES | STATE | frozenset(("foreign_government", "politician", "protester"))


@dataclass(frozen=True, slots=True)
class Entity:
    """A source: its name if it has one, its kind, and what a pronoun must agree with."""

    type: str
    name: str | None = None
    number: str = ""
    gender: str = ""
    named: bool = False  # a person called by name

    @property
    def key(self) -> str:
        """What two mentions of one source share; empty where that cannot be known."""
        return (self.name or "").casefold()


UNNAMED = Entity("unnamed")
_CLAUSE = re.compile(r",? (?:who|whose|speaking)\b(?:(?!\bthat\b)[^,;:.“”\"\n]){1,90}")
_ARMY = frozenset("army military navy soldier soldiers battalion brigade".split())


@dataclass(slots=True)
class Item:
    """An attribution on its way to a source."""

    row: Row
    text: str
    start: int
    end: int
    paragraph: int
    contents: list[tuple[int, int]]
    reading: Reading = field(default_factory=Reading)
    entity: Entity | None = None


def replace_reading(item: Item, reading: Reading) -> Item:
    """Return an item as if its source had read otherwise."""
    return Item(item.row, item.text, item.start, item.end, item.paragraph, item.contents, reading)


def given(value: Any) -> str:
    """Return a cell as text; a missing one is empty."""
    return "" if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)


def read_items(view: View, attributions: Sequence[Row], spans: Sequence[Row], gazetteer: Gazetteer) -> list[Item]:
    """Bring each attribution together with its spans, in the order given, and read its source phrase."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in spans:
        if not (pd.isna(span["start"]) or pd.isna(span["end"])):
            roles = parts.setdefault(span["attribution_id"], {})
            roles.setdefault(span["role"], []).append((int(span["start"]), int(span["end"])))
    out = []
    for row in attributions:
        roles = {role: sorted(found) for role, found in parts.get(row["attribution_id"], {}).items()}
        source = roles.get("source", [])
        text = " ".join(view.text[s:e] for s, e in source) if source else given(row.get("source"))
        text = text if any(c.isalnum() for c in text) else ""
        anchor = source or roles.get("cue") or roles.get("content") or [(0, 0)]
        start, end = anchor[0][0], anchor[0][1]
        at = view.sentence_at(start)
        paragraph = view.sentences[at].paragraph if at is not None else 0
        initial = at is not None and not any(c.isalnum() for c in view.text[view.sentences[at].start:start])
        item = Item(row, text, start, end, paragraph, roles.get("content", []))
        clause = _CLAUSE.match(view.text, source[-1][1]) if source else None  # ", who leads the union," left outside
        item.reading = read_phrase(text + (clause.group() if clause else ""), gazetteer, initial=initial)
        out.append(item)
    return out


def read_entities(view: View, items: list[Item], gazetteer: Gazetteer) -> None:
    """Give each item its entity."""
    _Article(view, items, read_people(view, gazetteer), gazetteer).resolve()


class _Article:
    """One article's sources, resolved in the order in which they stand."""

    def __init__(self, view: View, items: list[Item], people: People, gazetteer: Gazetteer) -> None:
        self.view, self.people, self.gazetteer = view, people, gazetteer
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
        self._hear()

    def _hear(self) -> None:
        """Make witnesses and protesters of private persons whose own words say so."""
        protest = sum(w in PROTEST for w in self.view.words) > 1
        said: dict[str, list[str]] = {}
        for item in self.items:
            entity = item.entity or UNNAMED
            if entity.type == "person" and entity.number == "person":
                words = [self.view.words[w] for s, e in item.contents for w in self.view.words_in(s, e)]
                said.setdefault(entity.key or item.row["attribution_id"], []).extend([*words, "."])
        for item in self.items:
            entity = item.entity or UNNAMED
            if entity.type == "person" and entity.number == "person":
                told = tells_of(said[entity.key or item.row["attribution_id"]], protest=protest)
                item.entity = replace(entity, type=told or "person")

    def _entity(self, item: Item) -> Entity:
        reading = item.reading
        abroad = reading.land and reading.type in STATE and self.gazetteer.home_known
        if abroad and not self._is_somebody(reading.land, item):
            item.reading = reading = replace(reading, type="foreign_government")
        if reading.pronoun:
            return self._pronoun(item, reading.pronoun, reading.gender)
        last = item.text.split()[-1]
        if not reading.name and reading.bare and last[0].isupper() and not reading.definite:
            full = self.people.full((last,), item.start)
            if len(full) > 1 and full[-1].casefold() == reading.head:  # a surname that is a place or a listed word
                return self._person(item, replace(reading, name=full, type="", weight=0))
        if reading.name:
            return self._person(item, reading)
        if reading.owner and reading.weight < 2:
            return self._owned(item)
        if reading.bare and (found := self._again(item)):
            return found
        if not reading.type and reading.number == "person" and (reading.bare or reading.head.startswith("spokes")):
            near = [e for _p, _o, e in self._near(item) if e.type in SPOKEN_FOR]  # of whom the text spoke last
            return self._plain(item, near[-1].type if near else "")
        return self._plain(item, reading.type)

    def _is_somebody(self, word: str, item: Item) -> bool:
        """Tell whether a word is a person's name: "Lund's government" is no other country's."""
        return len(self.people.full((word,), item.start)) > 1

    def _plain(self, item: Item, kind: str) -> Entity:
        """Make the source that a phrase without a name describes."""
        reading = item.reading
        if kind in ("", "unnamed") and reading.number != "person" and given(item.row.get("kind")) == "evidence":
            kind = "document"  # what shows something and is no person
        kind = kind or "unnamed"
        if reading.weight == 1 and kind == "military":
            kind = self._force
        single = reading.number == "person" and kind in ("person", "witness", "protester", "unnamed")
        return Entity(kind, None if single else reading.label or None, reading.number, reading.gender)

    def _person(self, item: Item, reading: Reading) -> Entity:
        full = self.people.full(reading.name, item.start)
        name = " ".join(full)
        own = [reading] if reading.type else []
        found = best_reading([*own, *filter(None, [self.people.described(full)])])
        kind, weight = (found.type, found.weight) if found else ("", 0)
        if name in self.known and not (reading.weight > 1 and reading.type not in PRIVATE):
            kind, weight = self.known[name], 2  # one kind for a person who is not called otherwise
        if reading.owner and kind in PRIVATE and weight < 2 and (owner := self._owner(item, reading.owner)):
            kind = owner.type
        if weight == 1 and kind == "military":
            kind = self._force
        if kind in PRIVATE:
            kind = "person"
        if kind not in PRIVATE:
            self.known[name] = kind
        number = found.number if found and found.number in ("any", "institution") else "person"
        return Entity(kind, name, number, reading.gender or self.genders.get(name) or self.people.gender(full), True)

    @cached_property
    def _force(self) -> str:
        """Return the force whose ranks an article means by "Capt" alone: the police where it speaks of no other."""
        words = set(self.view.words)
        return "police" if words & {"police"} and not words & _ARMY else "military"

    def _pronoun(self, item: Item, pronoun: str, gender: str) -> Entity:
        if pronoun in ("he", "she"):
            return self._he(item, gender)
        if pronoun == "who":
            return self._who(item)
        if pronoun == "one":
            last = self._last(item, ("person", "plural"), unnamed=True)
            return Entity(last.type if last else "unnamed", None, "person")
        numbers = {"they": ("plural", "institution"), "it": ("institution",)}.get(pronoun, ())
        last = self._last(item, numbers) if numbers else None
        return last or replace(UNNAMED, number="plural" if pronoun == "they" else "")

    def _near(self, item: Item) -> list[tuple[int, int, Entity]]:
        return [p for p in self.past if item.paragraph - NEAR <= p[0] <= item.paragraph and p[1] < item.start]

    def _last(self, item: Item, numbers: tuple[str, ...], *, unnamed: bool = False) -> Entity | None:
        """Return the last source, or subject of a sentence of the same paragraph, that agrees in number."""
        fits = [(o, e) for _p, o, e in self._near(item) if e.number in (*numbers, "any") and not (unnamed and e.named)]
        for start, reading in self.people.bodies:
            if start < item.start and self._paragraph(start) == item.paragraph and reading.number in numbers:
                fits.append((start, self._plain(replace_reading(item, reading), reading.type)))
        return max(fits, key=lambda f: f[0])[1] if fits else None

    def _paragraph(self, offset: int) -> int:
        at = self.view.sentence_at(offset)
        return self.view.sentences[at].paragraph if at is not None else -1

    def _he(self, item: Item, gender: str) -> Entity:
        """Find whom "he" or "she" means: the nearest paragraph first, in it a gender that is known, then a name."""
        near = [p for p in self._near(item) if p[2].number == "person" or self._may_be(p[2])]
        sources = {p[2].name for p in self.past if p[2].named}
        rest: list[tuple[int, int, Entity]] = []  # persons who are named, but not as subjects
        for named in self.people.mentions:
            paragraph = self._paragraph(named.start)
            if named.start >= item.start or not item.paragraph - 1 <= paragraph <= item.paragraph:
                continue
            full = self.people.full(named.name, named.start)
            if len(full) > 1 and (" ".join(full) in sources or self.people.is_person(full)):
                shape = Reading(name=full, gender=next((r.gender for r in named.readings if r.gender), ""))
                (near if named.subject else rest).append((paragraph, named.start, self._person(item, shape)))
        fits = [p for p in near or rest if not p[2].gender or p[2].gender == gender]
        if not fits:
            return Entity("unnamed", None, "person", gender)
        found = max(fits, key=lambda p: (p[0], bool(p[2].gender), p[2].named, p[1]))[2]
        if found.name:
            self.genders[found.name] = gender
        return replace(found, gender=gender)

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
        lead = self.view.text[start:item.start].rstrip(" ,—–-")
        phrase = re.split(r"[,;:—–“”\"]|\b(?:by|to|of|with|from|told|said|and)\b", lead)[-1].strip()
        reading = read_phrase(phrase, self.gazetteer)
        if reading.type or reading.name:
            return self._entity(replace_reading(item, reading))
        return self._last(item, ("person", "plural", "institution")) or UNNAMED

    def _owner(self, item: Item, owner: str) -> Entity | None:
        """Return the source whose an item is: "his", or the name before "'s"."""
        if owner in ("i", "we"):
            return None
        if owner[0].islower():
            found = self._pronoun(item, owner, gender_of([owner]))
            return None if found.type in ("unnamed", "document") else found
        full = self.people.full((owner,), item.start)
        found_of = self.people.described(full)
        return Entity(found_of.type, " ".join(full), "person") if found_of else None

    def _owned(self, item: Item) -> Entity:
        reading, owner = item.reading, self._owner(item, item.reading.owner)
        if owner is None:
            return self._plain(item, reading.type)
        if reading.number != "person" and reading.type in ("", "document", "unnamed"):
            return owner  # "her account", "its statement": hers, its own
        return replace(self._plain(item, owner.type), name=reading.label or None)

    def _again(self, item: Item) -> Entity | None:
        """Follow a short form to what it names again: "the hospital", "the channel", "the group", "the mayor"."""
        reading = item.reading
        label = reading.label.casefold()
        if not reading.definite:
            return None
        for _p, _o, entity in reversed(self.past):
            if entity.name and entity.number != "person" and entity.key.endswith(f" {label}"):
                return entity
        if reading.number == "person":
            name = self.people.by_title(reading.head)
            return self._person(item, replace(reading, name=name)) if name else None
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

    def _mentioned(self, item: Item, kinds: frozenset[str], words: frozenset[str] = frozenset()) -> Entity | None:
        """Find the last body of some kinds (and with one of some words) in the text before, as near as a pronoun."""
        for sentence in reversed(self.view.sentences):
            if sentence.start >= item.start or not item.paragraph - NEAR <= sentence.paragraph <= item.paragraph:
                continue
            text = self.view.text[sentence.start:min(sentence.end, item.start)]
            tokens = read_tokens(text)
            matches = self.gazetteer.find(tokens)
            for k in range(len(matches) - 1, -1, -1):
                if matches[k].type not in kinds:
                    continue
                low = k
                while low and matches[low - 1].end == matches[low].start and not tokens[matches[low].start].mark:
                    low -= 1
                start = matches[low].start
                while start > 1 and tokens[start - 1].capital and not tokens[start].mark:
                    start -= 1
                if not words or words & {t.norm for t in tokens[start:matches[k].end]}:
                    reading = read_phrase(text[tokens[start].start:tokens[matches[k].end - 1].end], self.gazetteer)
                    return self._plain(replace_reading(item, reading), reading.type)
        return None

    def _maker(self, item: Item) -> Entity:
        """Find who made a statement: its owner, another source of its sentence, or the last one before it."""
        reading = item.reading
        if reading.owner and (owner := self._owner(item, reading.owner)):
            return owner
        at = self.view.sentence_at(item.start)
        beside = [i for i in self.items
                  if i.entity and i.text and self.view.sentence_at(i.start) == at and i is not item]
        if beside:
            return min(beside, key=lambda i: abs(i.start - item.start)).entity or UNNAMED
        last = self._near(item)[-1:] if reading.definite else []
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
