"""Which body or group a short form or a pronoun stands for: "the group", "the federation", "it", "they"."""

from __future__ import annotations

from framelens.annotate.sources.again import directs
from framelens.annotate.sources.antecedents import ALIKE, KINDS, NEAR, PARTISAN, Mention
from framelens.annotate.sources.core import MEDIA, PRIVATE, STATE
from framelens.annotate.sources.describe import Describer
from framelens.annotate.sources.items import UNNAMED, Entity, Item
from framelens.annotate.sources.words import MEDIA_HEADS

__all__ = ["SPOKEN_FOR", "Follower"]

# Whose "a spokesman" may be, and what "it" and "they" may be.
SPOKEN_FOR = STATE | frozenset(("alliance", "international_org", "civil_society", "company", "opposition",
                                "foreign_government", "politician", "protester"))
_INSTITUTION = frozenset(("institution",))
_GROUPS = frozenset(("plural", "collective"))
_BODY = frozenset(("institution", "collective", "any"))
_REBELS = frozenset(("opposition",))  # "the group" takes up "the rebels" as well
_FORCES = frozenset(("police", "military"))
_ARMED = _REBELS | _FORCES
_FAR, _ANYWHERE = 6, 1000  # paragraphs
_LENT = frozenset(("protester", "civil_society", "opposition", "company", "international_org"))  # by who speaks for a body
_UNIONS = _LENT | {"politician", "police"}  # "the union" is no union of states
_AGAINST = frozenset(("police", "military", "government", "company", "foreign_government"))


class Follower(Describer):
    """The bodies and groups of one article, followed through it."""

    def near(self, item: Item) -> list[tuple[int, int, Entity]]:
        """Return paragraph, offset and entity of the sources to which a pronoun may reach."""
        return [(i.paragraph, i.start, e) for i, e in self.before(item) if item.paragraph - NEAR <= i.paragraph <= item.paragraph]

    def last(self, item: Item, numbers: frozenset[str], *, unnamed: bool = False) -> Entity | None:
        """Return the last source, or subject of a sentence of the same paragraph, that agrees in number."""
        fits = self._fitting(item, numbers, unnamed=unnamed)
        return max(fits, key=lambda f: f[0])[1] if fits else None

    def employer(self, item: Item) -> Entity | None:
        """Return the body for which "spokeswoman Ada Roe" speaks: the last one that has spoken or acted before."""
        fits = [f for f in self._fitting(item, _BODY | _GROUPS) if f[1].type in SPOKEN_FOR and (
            f[1].number in _BODY or f[1].type in STATE) and not (f[1].type == "company" and directs(item.text))]
        return max(fits, key=lambda f: f[0])[1] if fits else None

    def _fitting(self, item: Item, numbers: frozenset[str], *, unnamed: bool = False) -> list[tuple[int, Entity]]:
        """Return the sources, and subjects of sentences of the same paragraph, that agree in number, with their offsets."""
        fits = [(o, e) for _p, o, e in self.near(item)
                if e.number in numbers and not ((unnamed and e.named) or item.speaks_of(o))]
        for start, reading in self.people.bodies(item.paragraph):
            apart = self.mentions.apart(start, item) or item.speaks_of(start)
            if start < item.start and reading.number in numbers and not apart:
                fits.append((start, self.plain(item.read_as(reading), reading.type)))
        return fits

    def same(self, item: Item, head: str) -> Entity | None:
        """Return the source that "the same official" names again; "the same source" may be anybody who spoke last."""
        spoke = [e for i, e in self.before(item) if i.reading.head in (head, f"{head}s") or head == "source"] if head else []
        return spoke[-1] if spoke else None

    def mentioned(self, item: Item, kinds: frozenset[str], words: frozenset[str] = frozenset()) -> Entity | None:
        """Return the last body of some kinds, and with one of some words, in the text before."""
        found = self.mentions.last(item, kinds, words)
        return self.plain_mention(item, found) if found else None

    def it(self, item: Item, *, owner: bool = False) -> Entity | None:
        """Find the body for which "it" stands, or "its" of an ``owner``, whose may be whatever was named last."""
        if last := self.last(item, _BODY):
            return last
        if owner:
            return self.mentioned(item, SPOKEN_FOR)  # "its director", of the hospital named before
        # "… were held by the harbour police. It said …"
        named = [self.mentions.last(item, SPOKEN_FOR, numbers=_INSTITUTION), self.mentions.last(item, _FORCES)]
        found = [(m.start, e) for m in named if m and (e := self.plain_mention(item, m)).number in _BODY]
        return max(found, key=lambda f: f[0])[1] if found else None

    def they(self, item: Item) -> Entity | None:
        """Find the group for which "they" stands, rather of the same paragraph; else the body."""
        if asked := self._asked_about(item):
            return asked
        last = self.last(item, _GROUPS | {"institution", "any"})
        if last and last.number == "institution":
            people = [e for p, _o, e in self.near(item) if p == item.paragraph and e.number in _GROUPS]
            last = people[-1] if people else last
        if last is None and (named := self.mentions.last(item, SPOKEN_FOR | {"person"}, back=0, numbers=_GROUPS)):
            return self.plain_mention(item, named)  # "As the authorities raised the price, they said …"
        return last

    def _asked_about(self, item: Item) -> Entity | None:
        """Return the group about which the sentence before asks: "What do the strikers want? They are demanding …"."""
        at = item.sentence
        if not at or not self.view.text[:self.view.sentences[at - 1].end].endswith("?"):
            return None
        found = self.mentions.last(item, SPOKEN_FOR | {"witness", "person"}, back=1, numbers=frozenset(("plural",)))
        return self.plain_mention(item, found) if found and found.start >= self.view.sentences[at - 1].start else None

    def others(self, item: Item, speaker: Entity) -> Entity:
        """Find of whom somebody who is quoted says "they": whom the quotation names, else the other side."""
        quote = self.view.quotes[item.quoted]
        found = self.mentions.last(item, SPOKEN_FOR, numbers=frozenset(("plural", "institution")))
        if found and found.start >= quote.start:
            return self.plain_mention(item, found)
        kinds = _AGAINST if speaker.type not in _AGAINST | {"president"} else frozenset(("protester", "opposition"))
        found = self.mentions.last(item, kinds)
        return self.plain_mention(item, found) if found else UNNAMED._replace(number="plural")

    def body_again(self, item: Item) -> Entity | None:
        """Follow "the group", "the mission" to the last body that may be called so."""
        reading, head = item.reading, item.reading.head
        if head in MEDIA_HEADS and reading.type in (*MEDIA, "") and (
                found := self.mentioned(item, MEDIA, MEDIA_HEADS[head]) or self.mentioned(item, MEDIA)):
            return found
        if not item.short:
            return None
        if head in ALIKE and (found := self._alike(item, head)):
            return found
        for back in (NEAR, _ANYWHERE):
            for kinds, words in KINDS.get(head, ()):
                if found := self._of_kind(item, kinds, words, back):
                    return found
        return self.mentioned(item, KINDS["group"][0][0]) if head == "group" else None  # "activists of Clean River"

    def _alike(self, item: Item, head: str) -> Entity | None:
        """Find the last body that has a word in its name."""
        kinds = (_UNIONS if head == "union" else SPOKEN_FOR) - PRIVATE
        fits = []
        for seen, entity in self.before(item):
            if head in seen.text.casefold().replace(",", " ").split() and entity.type in (
                    _LENT if entity.number == "person" else kinds):
                fits.append((seen, entity))
        return self._later(item, fits, self.mentions.last(item, kinds, frozenset((head,)), back=_FAR))

    def _of_kind(self, item: Item, kinds: frozenset[str], words: frozenset[str], back: int) -> Entity | None:
        """Find the last body of some kinds; of groups of people only the rebels are one."""
        fits = [(i, e) for i, e in self.before(item) if e.type in kinds and i.paragraph >= item.paragraph - back
                and (e.number in _INSTITUTION or kinds <= PARTISAN or (e.number in _GROUPS and e.type in _ARMED))
                and (not words or not words.isdisjoint(i.text.casefold().split()))]
        found = [self.mentions.last(item, kinds, words, numbers=_INSTITUTION), self.mentions.last(item, kinds & _ARMED, words)]
        return self._later(item, fits, max(filter(None, found), key=lambda m: m.start, default=None))

    def _later(self, item: Item, fits: list[tuple[Item, Entity]], named: Mention | None) -> Entity | None:
        """Choose between sources and a body that is named: the later sentence, in one sentence the source."""
        if not fits:
            return self.plain_mention(item, named) if named else None
        seen, entity = fits[-1]
        if entity.number == "person":  # of the party of whoever speaks
            entity = Entity(entity.type, None, "institution")
        if named and named.start > seen.start and self.view.sentence_at(named.start) != seen.sentence:
            return self.plain_mention(item, named)
        return entity
