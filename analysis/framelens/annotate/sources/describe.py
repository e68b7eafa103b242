"""What a source phrase without a name comes to in its article: its kind there, whose force or country it means."""

from __future__ import annotations

import re
from functools import cached_property

from framelens.annotate.sources.antecedents import Mention, Mentions
from framelens.annotate.sources.context import Context
from framelens.annotate.sources.core import STATE
from framelens.annotate.sources.gazetteer import Gazetteer
from framelens.annotate.sources.items import Entity, Item, given
from framelens.annotate.sources.people import People
from framelens.annotate.sources.phrase import Reading
from framelens.annotate.sources.words import may_be_person
from framelens.text.view import View

__all__ = ["Describer"]

_OWN = frozenset("had has have would will expects expected plans planned aims aimed".split())  # not "it was late"
_FOREIGN = re.compile(
    r"\bforeign (?:ministry|minister|office|secretary)"
    r"|\b(?:ministry|department|minister) (?:of|for) (?:foreign|external) (?:affairs|relations)"
    r"|\b(?:foreign|external) affairs (?:ministry|department)", re.IGNORECASE)
_SECURITY = re.compile(
    r"(?:an? |two |three |several |the )?(?:senior |military |top )?(?:[A-Z]\w+ )?security (?:source|official|officer)s?\b",
    re.IGNORECASE)
_AT_WAR = frozenset("soldier soldiers troops army rebels militants insurgents jihadists militiamen guerrillas".split())
_POLICE = frozenset(("police", "policemen", "gendarmes"))
_ARMY = frozenset("army military navy soldier soldiers troops battalion brigade".split())
_COLLECTIVE = frozenset(("police", "gendarmerie", "army", "military"))  # "it" as well as "they"


class Describer:
    """The sources of one article, each by its own phrase; ``past`` holds those that were resolved, in their order."""

    def __init__(self, view: View, people: People, gazetteer: Gazetteer) -> None:
        self.view, self.people, self.gazetteer, self.tokens = view, people, gazetteer, people.tokens
        self.context, self.mentions = Context(view), Mentions(view, people, gazetteer)
        self.past: list[Item] = []

    @cached_property
    def force(self) -> str:
        """The force whose ranks an article means by "Capt" alone: the police where it speaks of no other."""
        words = self.view.words
        return "police" if "police" in words and _ARMY.isdisjoint(words) else "military"

    @cached_property
    def at_war(self) -> bool:
        """Whether an article tells of soldiers and of no police, so that a "security source" is one of theirs."""
        words = self.view.words
        return sum(map(_AT_WAR.__contains__, words)) > 1 and _POLICE.isdisjoint(words)

    def settle_country(self, item: Item) -> Reading:
        """Return how a source reads once it is known whether it is another country's."""
        reading, home = item.reading, self.gazetteer.home_known
        if reading.type == "government" and home and _FOREIGN.search(item.text) and self._abroad(item):
            reading = reading._replace(type="foreign_government")
        abroad = reading.land and reading.type in STATE and home and not self.gazetteer.home_listed
        if abroad and not self._is_somebody(reading.land, item):
            reading = reading._replace(type="foreign_government")
        return reading

    def _abroad(self, item: Item) -> bool:
        """Tell whether a foreign ministry without a country is that of the one spoken of: "In Oslo, the ministry …"."""
        if item.sentence is not None:
            low = self.view.sentences[item.sentence].first
            words = self.view.words_in(0, item.start)
            lead = self.gazetteer.places(self.tokens.window(low, words.stop, item.start)) if words.stop > low else []
            if lead:
                own = lead[0] if lead[0].start == low else lead[-1]  # "Korvia accused Norway of what the ministry called …"
                return not own.home and not own.people
        last = self.past[-1] if self.past and self.past[-1].paragraph == item.paragraph else None
        return bool(last and last.entity and last.entity.type == "foreign_government") and not any(
            p.home for p in self.gazetteer.places(self.tokens.window(*self._window(item), item.end)))

    def _window(self, item: Item) -> tuple[int, int]:
        words = self.view.words_in(item.start, item.end)
        return words.start, words.stop

    def _is_somebody(self, word: str, item: Item) -> bool:
        """Tell whether a word is a person's name: "Lund's government" is no other country's."""
        full = self.people.full((word,), item.start)
        return len(full) > 1 and may_be_person(full)

    def before(self, item: Item) -> list[tuple[Item, Entity]]:
        """Return the sources before one, in their order; what is said in a quotation is none for a source outside it."""
        return [(i, i.entity) for i in self.past if i.entity and i.start < item.start and i.quoted in (-1, item.quoted)]

    def plain(self, item: Item, kind: str) -> Entity:
        """Make the source that a phrase without a name describes."""
        reading = item.reading
        if kind in ("", "unnamed") and reading.number != "person" and given(item.row.get("kind")) == "evidence":
            kind = "document"  # what shows something and is no person
        kind = kind or "unnamed"
        if reading.weight == 1 and kind == "military":
            kind = self.force
        if kind in ("police", "government") and self.at_war and not reading.owner and _SECURITY.match(item.text):
            kind = "military"
        own = reading.head in item.text.casefold()  # else what the item is read as stands elsewhere
        kind = self.context.settle(kind, reading, item.text if own else reading.label)
        if (kind in ("person", "witness", "unnamed") and self.context.cause.crowd(item, reading)) or (
                kind == "civil_society" and self.context.cause.vows(item)):
            kind = "protester"
        single = reading.number == "person" and kind in ("person", "witness", "protester", "unnamed")
        force = reading.head in _COLLECTIVE or (reading.head == "guard" and reading.type in STATE)
        number = "collective" if force and reading.number != "institution" else reading.number
        if item.text.casefold().startswith("one of the "):
            number = "person"
        return Entity(kind, None if single else reading.label or None, number, reading.gender)

    def plain_mention(self, item: Item, found: Mention) -> Entity:
        """Make the source that a body is which the text names elsewhere; one that is a source is that source."""
        for seen in reversed(self.past):
            if seen.start <= found.start < seen.end and seen.entity and not seen.entity.named:
                return seen.entity
        return self.plain(item.read_as(found.reading, found.text), found.reading.type)

    def is_body(self, item: Item, name: tuple[str, ...]) -> bool:
        """Tell whether a name that nothing describes says "it" of itself: a company, for other bodies have an article."""
        words = [self.view.words[w] for w in self.view.words_in(*item.contents[0])[:4]] if item.contents else []
        at = next((k for k, w in enumerate(words[:3]) if w in ("it", "its")), None)
        if at is None or len(name) > 1 or self.people.is_person(name):
            return False
        return words[at] == "its" or (words[at + 1:at + 2] != [] and words[at + 1] in _OWN)
