"""Who each source is: names, pronouns and short forms followed through one article."""

from __future__ import annotations

import re
from functools import cached_property

from framelens.annotate.sources.again import heads_again, is_aged, is_apposed, is_bare_post, may_be_anew, same_as
from framelens.annotate.sources.antecedents import ANY, KINDS, NEAR, PARTISAN, ROLES, find_short_body
from framelens.annotate.sources.core import PRIVATE, STATE
from framelens.annotate.sources.follow import SPOKEN_FOR, Follower
from framelens.annotate.sources.gazetteer import Gazetteer
from framelens.annotate.sources.hear import hear
from framelens.annotate.sources.issuers import OURS, find_issuer
from framelens.annotate.sources.items import UNNAMED, Entity, Item, given
from framelens.annotate.sources.people import People, best_reading
from framelens.annotate.sources.phrase import Reading, is_statement, read_phrase
from framelens.annotate.sources.words import GENERIC, LAWYERS, gender_of
from framelens.text.view import View

__all__ = ["read_entities"]

STAFFED = frozenset(("alliance", "international_org", "civil_society", "opposition", "protester"))
_POSTS = frozenset("president secretary general spokesman spokeswoman spokesperson chairman chair chairperson lawyer".split())
_COLLEAGUES = frozenset(
    "colleagues partners team teams staff members volunteers observers monitors officers researchers delegates "
    "peacekeepers".split())
_STAFF_OF = SPOKEN_FOR - {"president", "politician"}
_LED = PARTISAN | {"protester", "civil_society"}  # what has a leader rather than a director
_OF_STRIKERS = frozenset("union association federation guild syndicate".split())
_OF_STATES = ("international_org", 1)  # what the lists say of a secretary general alone
_OF_BODY = re.compile(r"(?:the )?(?:regional|executive|general|provincial|branch) secretary\b")
_GOING_ON = frozenset(("add", "continue", "go on", "conclude"))  # of whoever spoke last
_ASKED_WHO = re.compile(  # behind which "who" asks and means nobody yet
    r"\b(?:kn[eo]wn?s?|ask(?:s|ed|ing)?|f[io]u?nds?|out|determined?|establish|identify|learn|reveal|clear|of|about|over) $")
_LOOSE = PRIVATE | {"civil_society", "politician"}  # what the word for a body says of who speaks for it
_RULING = frozenset(("president", "government", "politician"))  # whose rival is of the opposition
_HEADS = frozenset(("president", "foreign_government", "international_org"))
_A_BODY = re.compile(
    r"^[^,]+, (?:the|an?) (?:[\w’'-]+ ){0,4}(?:group|bloc|party|movement|organi[sz]ation|union|alliance|coalition|charity)"
    r"(?=$|,| (?:that|which|of|for|in|behind)\b)")


def read_entities(view: View, people: People, items: list[Item], gazetteer: Gazetteer) -> None:
    """Give each item its entity."""
    _Article(view, people, items, gazetteer).resolve()


class _Article(Follower):
    """One article's sources, resolved in the order in which they stand."""

    def __init__(self, view: View, people: People, items: list[Item], gazetteer: Gazetteer) -> None:
        super().__init__(view, people, gazetteer)
        self.items = sorted(items, key=lambda i: i.start)
        self.by_id = {i.row["attribution_id"]: i for i in items}
        self.genders: dict[str, str] = {}
        self.known: dict[str, str] = {}  # the kind of a person once found, for the rest of the article

    def resolve(self) -> None:
        late = []
        for item in self.items:
            if not item.text:
                item.entity = UNNAMED
            elif item.reading.pronoun in ("i", "we") or item.reading.owner == "we" or is_statement(item.reading) or (
                    item.reading.pronoun == "they" and item.quoted >= 0) or OURS.search(item.text):
                late.append(item)  # whose they are may stand behind them
            else:
                item.entity = self._entity(item)
                self.past.append(item)
        for item in late:
            item.entity = self._maker(item) if is_statement(item.reading) else self._of_speaker(item)
        hear(self.view, self.items, self.context)
        self.context.set_against(self.items)

    def _entity(self, item: Item) -> Entity:
        item.reading = self.people.explained(item.reading)
        item.reading = reading = self.settle_country(item)
        if is_aged(item.text) and (aged := self._he(item, "")).type != "unnamed":
            return aged
        if reading.pronoun:
            return self._pronoun(item, reading.pronoun, reading.gender)
        last = item.text.split()[-1]
        if not reading.name and reading.bare and last[0].isupper() and not reading.definite:
            full = self.people.full((last,), item.start)
            if len(full) > 1 and full[-1].casefold() == reading.head:  # a surname that is a place or a listed word
                return self._person(item, reading._replace(name=full, type="", weight=0))
        if reading.name:
            return self._person(item, reading)
        if again := self.same(item, same_as(item.text)) or self._called_again(item):
            return again
        if (body := self._spoken_for(item)) and not (reading.head in LAWYERS and body.type in PARTISAN):
            return self.plain(item, body.type)  # "lawyers for the group"; of a front the article tells the side
        if reading.owner and reading.type == "politician" and (owner := self._owner(item, reading.owner)):
            return self.plain(item, owner.type if owner.type == "opposition" else reading.type)  # "her party's lawyers"
        if reading.owner and reading.weight < 2:
            return self._owned(item)
        if reading.bare and (found := self._again(item)):
            return found
        if not reading.type and reading.number == "person" and (reading.bare or reading.head.startswith("spokes")):
            near = [e for _p, _o, e in self.near(item) if e.type in SPOKEN_FOR]  # of whom the text spoke last
            near = near[-1:]
            if reading.definite and reading.head.startswith("spokes"):  # the one who spoke before
                near += [e for i in self.items if i.start < item.start and i.reading.head == reading.head
                         and (e := i.entity) and not e.named and e.type in SPOKEN_FOR]
            return self.plain(item, near[-1].type if near else "")
        short = last.strip(".,")
        if short.isupper() and reading.weight < 3 and reading.head == short.casefold() and short in self.people.short:
            meant = self.people.short[short]  # "the RDF", explained before
            return self.plain(item.read_as(meant.reading, meant.text), meant.reading.type)
        return self.plain(item, reading.type)

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
        elif (reading.head and (kind in _LOOSE or weight < 2) and (body := self._spoken_for(item))) or (
                (not kind or kind in PRIVATE or (kind, weight) == _OF_STATES)
                and is_bare_post(item.text) and (body := self.employer(item))):
            kind, weight = body.type, 2
        elif reading.head in _POSTS and kind not in STATE - {"government"} and weight < 3 and (
                body := self._body_of(item, reading)):
            kind = body.type
        if weight == 1 and kind == "military":
            kind = self.force
        if kind in PRIVATE and self._is_rival(item, reading):
            kind = "opposition"
        if found is None and (before := self._spokesman_before(item, full)):
            kind = before.type
        if kind in PRIVATE:
            kind = "company" if found is None and self.is_body(item, full) else "person"
        kind = self.context.settle(kind, reading, item.text, name)
        if kind not in PRIVATE:
            self.known[name] = kind
        number = found.number if found and found.number in ("any", "institution") else "person"
        if reading.head and _A_BODY.search(item.text):  # "Northwind, the exiled party, …"
            number = "institution"
        return Entity(kind, name, number, reading.gender or self.genders.get(name.casefold()) or self.people.gender(full), True)

    def _is_rival(self, item: Item, reading: Reading) -> bool:
        """Tell whether a person is called the rival of one who governs; that of a candidate the article tells."""
        owner = self._owner(item, reading.owner) if reading.head == "rival" and reading.owner else None
        return owner is not None and owner.type in _RULING

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
        near = [e for _p, _o, e in self.near(item) if e.number == "institution" and e.type in STAFFED]
        return near[-1] if near else None

    def _spoken_for(self, item: Item) -> Entity | None:
        """Return the body that a person is said to speak for by its short form: "the organisation's president, Roe"."""
        short = find_short_body(item.text)
        if not short:
            return None
        found = self.body_again(item.read_as(read_phrase(short, self.gazetteer), short))
        if found is None and short.split()[-1] in _OF_STRIKERS and self.context.cause.acting and self.context.cause.told:
            return Entity("protester", None, "institution")  # "the association's president" where doctors strike
        return found

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
            last = self.last(item, frozenset(("person", "plural", "any")), unnamed=True)
            return Entity(last.type if last else "unnamed", None, "person")
        if pronoun == "they":
            return self.they(item) or UNNAMED._replace(number="plural")
        return (self.it(item) if pronoun == "it" else None) or UNNAMED

    def _he(self, item: Item, gender: str) -> Entity:
        """Find whom "he" or "she" means: the nearest paragraph first, in it a gender that is known, then a name."""
        near = [p for p in self.near(item) if (p[2].number == "person" or self._may_be(p[2])) and not item.speaks_of(p[1])]
        sources = {e.name for _i, e in self.before(item) if e.named}
        rest: list[tuple[int, int, Entity]] = []  # persons who are named, but not as subjects
        for named in self.people.between(item.paragraph - 1, item.paragraph, item.start):
            paragraph = named.sentence.paragraph
            full = self.people.full(named.name, named.start)
            called = len(full) > 1 or any(r.type not in PRIVATE for r in named.readings)  # "President Ganbold"
            if called and not item.speaks_of(named.start) and (" ".join(full) in sources or self.people.is_person(full)):
                shape = Reading(name=full, gender=next((r.gender for r in named.readings if r.gender), ""))
                (near if named.subject or named.apposed else rest).append((paragraph, named.start, self._person(item, shape)))
        near += self._only_named(item, near, rest)
        fits = [p for p in near or rest if not gender or (p[2].gender or self.genders.get(p[2].key, gender)) == gender]
        if not any(p[0] == item.paragraph for p in fits):
            for _start, title in self.people.titled(item.paragraph, item.start):  # "The bishop came. He said …"
                return self.plain(item.read_as(title), title.type)
        if not fits:
            return Entity("unnamed", None, "person", gender)
        found = max(fits, key=lambda p: (p[0], bool(p[2].gender), p[2].named, p[1]))[2]
        if found.name:
            self.genders[found.key] = gender
        return found._replace(gender=gender)

    def _only_named(self, item: Item, near: list[tuple[int, int, Entity]],
                    rest: list[tuple[int, int, Entity]]) -> list[tuple[int, int, Entity]]:
        """Return the person whom the sentence before names, if he is no subject but the only one there and holds a post."""
        if not item.sentence or given(item.row.get("cue_lemma")) in _GOING_ON:
            return []
        before = self.view.sentences[item.sentence - 1]
        if before.paragraph != item.paragraph or any(before.start <= p[1] < before.end for p in near):
            return []
        found = [p for p in rest if before.start <= p[1] < before.end and p[2].type not in PRIVATE]
        return found if len(found) == 1 else []

    def _both(self, item: Item) -> Entity:
        """Find of what kind "the two" are: the last two persons named, if they are of one kind."""
        found: dict[str, str] = {e.name or "": e.type for _p, _o, e in self.near(item) if e.named}
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
        if _ASKED_WHO.search(self.view.text, max(0, item.start - 20), item.start) and item.text.casefold() == "who":
            return UNNAMED
        for other in reversed(self.items):
            gap = self.view.text[other.end:item.start]
            if other.entity and other.end <= item.start and not any(c.isalnum() for c in gap):
                return other.entity
            if other.entity and other.start < item.start < other.end and is_apposed(self.view.text[other.start:item.start]):
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
        if reading.label and reading.number == "plural" and not reading.pronoun:
            return self.plain(item.read_as(reading, phrase), "")  # "the outlaws who want …"
        return self.last(item, ANY) or UNNAMED

    def _owner(self, item: Item, owner: str) -> Entity | None:
        """Return the source whose an item is: "his", or the name before "'s"."""
        if owner in ("i", "we"):
            return None
        if owner == "group":
            return self._body_near(item) or self.mentioned(item, STAFFED)
        if owner[0].islower():
            if owner == "it":  # "its director"
                led = self.mentions.last(item, _LED, back=0) if item.reading.head in ("leader", "founder") else None
                found = (self.plain_mention(item, led) if led else None) or self._body_near(item) or self.it(
                    item, owner=True) or UNNAMED
            else:
                found = self._pronoun(item, owner, gender_of([owner]))
            return None if found.type in ("unnamed", "document") else found
        full = self.people.full((owner,), item.start)
        found_of = self.people.described(full)
        return Entity(found_of.type, " ".join(full), "person") if found_of else None

    def _owned(self, item: Item) -> Entity:
        reading, owner = item.reading, self._owner(item, item.reading.owner)
        if owner is None:
            return self.plain(item, reading.type)
        if reading.number != "person" and reading.type in ("", "document", "unnamed"):
            # "her account", "its statement": hers, its own; but the office of a head of state is not he
            kind = self.context.settle(owner.type, reading, item.text)
            return owner._replace(type=kind, number=owner.number if kind == owner.type else "institution")
        return self.plain(item, owner.type)._replace(name=reading.label or None)

    def _again(self, item: Item) -> Entity | None:
        """Follow a short form to what it names again: "the hospital", "the channel", "the group", "the mayor"."""
        reading = item.reading
        label = reading.label.casefold()
        if not reading.definite:
            return None
        for _i, entity in reversed(self.before(item)) if reading.head not in KINDS else ():
            if entity.name and entity.number != "person" and entity.key.endswith(f" {label}"):
                return entity
        if reading.number == "institution" and reading.weight < 2 and (body := self.people.body_called(label, item.start)):
            return self.plain(item.read_as(body), body.type)
        if reading.number == "person" or reading.head in ROLES:
            return self._person_again(item)
        if found := self.body_again(item):
            return found
        if reading.head in GENERIC and reading.weight < 2 and reading.type and reading.type not in PRIVATE:
            same = [e for _i, e in self.before(item) if e.type == reading.type and e.number != "person"]
            return same[-1] if same else None
        if not reading.type:
            return None
        found = self.mentioned(item, frozenset((reading.type,)), frozenset((reading.head,)))
        return found if found and found.key.endswith(f" {label}") else None

    def _called_again(self, item: Item) -> Entity | None:
        """Follow "the indigenous leader", or "the former singer" of whom nothing was said before, to the person named last."""
        head, reading = heads_again(item.text), item.reading
        before = self.view.words_in(0, item.start).stop
        anew = not head and reading.definite and reading.type in PRIVATE and may_be_anew(item.text, reading.head) and (
            reading.head not in self.view.words[:before])
        last = self._he(item, "") if head or anew else None
        if last is None or not last.named:
            return None
        return last if anew or last.type in ROLES.get(head, ()) else None

    def _person_again(self, item: Item) -> Entity | None:
        """Follow "the mayor" to the one person who bears the title, "the official" to the last who may be called so."""
        reading = item.reading
        name = self.people.by_title(reading.head)
        told = self.people.described(name) if name else None
        kinds = ROLES.get(reading.head, frozenset())
        # "the president" of the country is not the president of the club
        if name and not (reading.type in _HEADS and told and told.type not in (reading.type, "foreign_government", *PRIVATE)):
            known = reading._replace(type="", weight=0) if told else reading
            return self._person(item, known._replace(name=name))
        if name or not item.short:
            return None
        fits = [(i.start, e) for i, e in self.before(item) if e.number == "person" and e.type not in PRIVATE and (
            e.type in kinds if e.named else i.reading.head == reading.head)]
        for named in self.people.between(item.paragraph - NEAR, item.paragraph, item.start) if kinds else ():
            full = self.people.full(named.name, named.start)
            if len(full) > 1 and self.people.is_person(full):
                entity = self._person(item, Reading(name=full))
                fits += [(named.start, entity)] if entity.type in kinds else []
        return max(fits, key=lambda f: f[0])[1] if fits else None

    def _maker(self, item: Item) -> Entity:
        """Find who made a statement: its owner, another source of its sentence, or the last one before it."""
        reading = item.reading
        if reading.owner and (owner := self._owner(item, reading.owner)):
            return owner
        at = self.view.sentence_at(item.start)
        beside = [i for i in self.items
                  if i.entity and i.text and self.view.sentence_at(i.start) == at and i is not item]
        ahead = beside and all(i.start > item.end for i in beside)  # "…, the statement said, and outlets posted …"
        last = self.near(item)[-1:] if reading.definite else []
        if beside and not (ahead and last):
            return min(beside, key=lambda i: abs(i.start - item.start)).entity or UNNAMED
        return last[0][2] if last else self.plain(item, "document")

    def _of_speaker(self, item: Item) -> Entity:
        """Find of whom the speaker of a quotation, or who issues a release, says "we", "our office" and "they"."""
        reading, speaker = item.reading, self._speaker(item)
        if reading.pronoun == "they":
            return self.others(item, speaker)
        if reading.owner == "we" and reading.head in _COLLEAGUES and speaker.type in _STAFF_OF:
            return self.plain(item, speaker.type)  # "our colleagues on the ground tell us"
        if reading.pronoun == "i" or speaker is not UNNAMED:
            return speaker if reading.pronoun else self._entity(item)
        return self.issuer if self.issuer and (reading.pronoun or reading.type in PRIVATE) else (
            UNNAMED if reading.pronoun else self._entity(item))

    @cached_property
    def issuer(self) -> Entity | None:
        """The body whose release the article is."""
        return find_issuer(self.view, self.tokens, self.items, self.gazetteer)

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
