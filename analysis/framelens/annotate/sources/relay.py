"""Who passed words on: the sources around and within an attribution, and media that its sentence names as the channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framelens.annotate.sources.core import MEDIA
from framelens.annotate.sources.gazetteer import Gazetteer, Match
from framelens.annotate.sources.items import UNNAMED, Entity, Item, given
from framelens.annotate.sources.people import People
from framelens.text.view import View
from framelens.text.wordclass import DETERMINERS

__all__ = ["Passing"]

COVERS = 0.8  # share of an attribution's words that another must hold to be what it passes on
# Words before a medium that make it the channel, each with those of which one must stand before it, if any.
_CHANNEL: Mapping[str, frozenset[str]] = {
    "by": frozenset("quoted cited carried aired broadcast reported published relayed shown distributed released".split()),
    "to": frozenset("spoke speaking statement statements comments comment remarks interview letter spoken".split()),
    "with": frozenset("interview interviews spoke speaking".split()),
    "on": frozenset(), "told": frozenset(), "via": frozenset(),
}
_REACH = 3  # words between a medium's name and the word that makes it the channel: "the state news agency X"


class Passing:
    """Originators and conduits of one article's attributions, all of whose sources are resolved."""

    def __init__(self, view: View, people: People, items: Sequence[Item], gazetteer: Gazetteer) -> None:
        self.view, self.people, self.gazetteer, self.tokens = view, people, gazetteer, people.tokens
        self.by_id = {i.row["attribution_id"]: i for i in items}
        self.children: dict[str, list[Item]] = {}
        self.quoted: dict[int | None, list[tuple[int, int]]] = {}  # contents by the sentence of their source
        for item in items:
            self.children.setdefault(given(item.row.get("parent_id")), []).append(item)
            self.quoted.setdefault(item.sentence, []).extend(item.contents)

    def types(self, item: Item) -> tuple[str, str | None]:
        """Return the kinds of originator and conduit; no conduit where nobody passed anything on."""
        entity = item.entity or UNNAMED
        inner, outer = self._cited(item, frozenset()), self._outer(item)
        conduit = outer.type if outer else entity.type if inner else self._channel(item, entity)
        return (inner or entity).type, conduit

    def _words(self, item: Item) -> set[int]:
        return {w for s, e in item.contents for w in self.view.words_in(s, e)}

    def _cited(self, item: Item, seen: frozenset[str]) -> Entity | None:
        """Find the innermost other source whose words an attribution passes on, or None."""
        name = item.row["attribution_id"]
        if name not in self.children or not item.text or name in seen or not (own := self._words(item)):
            return None
        inner = [(len(own & self._words(c)), c) for c in self.children[name]
                 if c.text and _differ(c.entity or UNNAMED, item.entity or UNNAMED)]
        inner = [(n, c) for n, c in inner if n >= COVERS * len(own)]
        if not inner:
            return None
        best = max(inner, key=lambda found: found[0])[1]
        return self._cited(best, seen | {name}) or best.entity

    def _outer(self, item: Item) -> Entity | None:
        """Find the source that passed an attribution on: the nearest other one around it."""
        seen: set[str] = set()
        at = self.by_id.get(given(item.row.get("parent_id")))
        while at is not None and at.row["attribution_id"] not in seen:
            if at.text and _differ(at.entity or UNNAMED, item.entity or UNNAMED):
                return at.entity
            seen.add(at.row["attribution_id"])
            at = self.by_id.get(given(at.row.get("parent_id")))
        return None

    def _channel(self, item: Item, entity: Entity) -> str | None:
        """Find the medium that the sentence names: "as quoted by X", "told X", "on state television"."""
        if item.sentence is None or not item.text or entity.type in MEDIA or entity is UNNAMED:
            return None
        sentence = self.view.sentences[item.sentence]
        if self.gazetteer.media.isdisjoint(self.tokens.norms[sentence.first:sentence.last]):
            return None
        read = self.people.sentence(sentence.start)
        for match in read.matches if read else ():
            named = match.type == "state_media" or not match.spelling or match.spelling[0][0].isupper()
            if match.type in MEDIA and named and self._carries(match, sentence.first) and not self._inside(match, item):
                return match.type
        return None

    def _carries(self, match: Match, first: int) -> bool:
        """Tell whether the words before a medium make it the channel."""
        norms = self.tokens.norms
        for at in range(match.start - 1, max(first, match.start - 1 - _REACH) - 1, -1):
            if norms[at] in _CHANNEL:
                before = _CHANNEL[norms[at]]
                return not before or not before.isdisjoint(norms[max(first, at - 2):at])
            if self.tokens.mark(at + 1) or not (norms[at] in DETERMINERS or self.gazetteer.describes(norms[at])):
                return False
        return False

    def _inside(self, match: Match, item: Item) -> bool:
        """Tell whether a medium stands in what is said, or is (in) the source itself."""
        at = self.tokens.starts[match.start]
        return item.start <= at < item.end or any(s <= at < e for s, e in self.quoted[item.sentence])


def _differ(one: Entity, other: Entity) -> bool:
    return one is not other and not (one.key and one.key == other.key)
