"""What part a private person has in the story: one of those who protest, one who has seen what happened, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from framelens.annotate.sources.actors import HINTS, NO_GROUP, acting_in
from framelens.annotate.sources.scenes import befell, has_seen
from framelens.annotate.sources.trades import FAMILY, HANDS, family_of
from framelens.annotate.sources.words import KIN, SAID, is_person, is_plural, singular
from framelens.text.view import View

__all__ = ["Story"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Groups that anybody may be one of.
_ANYBODY = _set(
    "people person resident villager local citizen youth woman man crowd thousand hundred dozen score protester demonstrator "
    "marcher supporter inhabitant neighbour neighbor community family islander activist opponent protestor mourner believer "
    "townspeople townsfolk picketer campaigner adult girl boy child voter ten million mother depositor saver taxpayer fan "
    "customer relative parent pilgrim commuter consumer")
_STATES = _set("jobless student pensioner mother veteran tenant depositor")  # that are no trade: one of them may have one
_OPENING = 3  # sentences, headline included, that say what an article is about
_PROTESTS = _set(
    "protest protests protesters protestors protesting demonstration demonstrations demonstrators marchers march marches "
    "marched rally rallies strike strikes strikers striking sit-in sit-ins blockade blockades picket pickets walkout walkouts "
    "stoppage stoppages roadblock roadblocks uprising unrest riots shutdown barricades demo demos demonstrated marching "
    "blockaded blocked occupied")
_STRIKES = _set("strike strikes")
_LABOUR = _set(  # words without one of which a strike is rather an attack
    "union unions worker workers wage wages pay paid salary salaries strikers striking picket pickets walkout stoppage general "
    "hunger hospital hospitals teachers nurses drivers students employees staff levy prices shops schools demand demands")
_BOMBING = _set("air missile drone rocket artillery israeli russian american us military airstrike precision deadly")
# Who stands beside a protest, unless it is theirs.
_BESIDE = _set(
    "shop shops shopkeeper shopkeepers store stall kiosk restaurant cafe café bar hotel hotelier market pharmacy owner owns "
    "runs sells trader vendor merchant grocer passenger commuter traveller traveler tourist motorist patient customer guest "
    "businessman businesswoman doctor surgeon medic nurse paramedic driver taxi bus operator hairdresser barber butcher baker "
    "landlord receptionist guard caretaker pharmacist stranded stuck waiting queueing queuing priest imam pastor "
    "lawyer attorney counsel")
_CARERS = _set("doctor surgeon medic physician lawyer hospital")
_KIN = KIN | {"mourner"}
_OF = _set("of whose")
_THEIRS = re.compile(r"\W*(?:his|her|their)\b", re.IGNORECASE)
_MEMBER = _set(
    "committee party council member spokesman spokeswoman spokesperson minister official chairman chairwoman chair president "
    "representative head mayor governor secretary director manager leader commander priest imam bishop pastor sheikh judge")
_OFFICES = _set("representative spokesman spokeswoman spokesperson official minister mayor governor ambassador commissioner")
_HEADCOUNT = re.compile(r"\b(?:mother|father|parent) of (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b")
_OURS = _set("we we're we've we'll we'd us our ours ourselves")
_MINE = _set("i i'm i've i'll i'd my me mine myself")
_THEIR_CAUSE = _set(  # words with which one speaks of a protest from beside it
    "strike strikes strikers striking protest protests protesters demonstrators marchers blockade roadblock roadblocks "
    "barricades stoppage customers customer shutters clients patients stuck stranded queue shop business businesses exams "
    "lessons classes flight train appointment violence")
_SPEAKS_OF = _set("they're them their they support understand sympathise sympathize")
_PHONED = re.compile(r"\b(?:reached|contacted|interviewed|speaking|spoke) by (?:tele)?phone\b|\banswered the (?:tele)?phone\b")
_BY_PHONE = re.compile(r"\b(?:told|said|speaking|spoke|reached|contacted)\b.*\b(?:by|over the) (?:tele)?phone\b")
_DWELLS = re.compile(r"\bwho (?:lives|lived|works|was|stayed|remained) (?:in|at|near|beside|on|inside)\b")
_TROUBLE = _set(
    "gunfire gunshots shelling shells rockets fighting clashes explosion explosions blast quake earthquake flood floods "
    "militants militias gunmen gangs jihadists bandits rebels attack attacked attackers mortars airstrike airstrikes drone "
    "drones soldiers troops bombs")
_AT_PROTEST = re.compile(
    r"\b(?:told|addressed|addressing) (?:the|a) (?:\w+ )?(?:crowd|rally|protest\w*|march\w*|demonstrators|sit-in|gathering|"
    r"vigil|picket)\b"
    r"|\b(?:at|during) (?:the|a) (?:\w+ )?(?:rally|march|protest|demonstration|sit-in|picket|vigil|barricade)\b")


class Story:
    """Who acts in one article, and what that makes of the private persons whom it quotes."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def protest(self) -> bool:
        """Whether the article tells of a protest: its first sentences do, or it does so more than once."""
        words = self.view.words
        labour = not _LABOUR.isdisjoint(words)
        found = [k for k, w in enumerate(words) if w in _PROTESTS and not (w in _STRIKES and (not labour or self._bombs(k)))]
        opening = [s for s in self.view.sentences[:_OPENING] if found and s.first <= found[0] < s.last]
        return len(found) > 1 or bool(opening) or bool(self.actors)

    def _bombs(self, at: int) -> bool:
        """Tell whether a strike is one from the air."""
        words = self.view.words
        return not _BOMBING.isdisjoint(words[max(0, at - 2):at]) or words[at + 1:at + 2] in (("on",), ("hit",), ("killed",))

    @cached_property
    def told(self) -> tuple[tuple[str, bool], ...]:
        """The groups, in the singular, that are told to march, strike or block, and whether they do more than to gather."""
        words = self.view.words
        sentences = (s for s in self.view.sentences if not HINTS.isdisjoint(words[s.first:s.last]))
        return tuple((singular(w), firm) for s in sentences for w, firm in acting_in(self.view, s))

    @cached_property
    def actors(self) -> frozenset[str]:
        """The groups, in the singular, that are told to act, and the callings of which a protest at the beginning is."""
        found = {word for word, _firm in self.told}
        for sentence in self.view.sentences[:_OPENING]:  # "Police clash with pensioners", not "their lawyers", "doctors said"
            own = self.view.words[sentence.first:sentence.last]
            if not _PROTESTS.isdisjoint(own):
                found.update(singular(w) for at, w in enumerate(own) if is_plural(w) and singular(w) in FAMILY and not (
                    at and own[at - 1] in ("his", "her", "their")) and SAID.isdisjoint(own[at + 1:at + 2]))
        return frozenset(found - NO_GROUP)

    @cached_property
    def callings(self) -> frozenset[str]:
        """The callings among those who act, as the article calls them."""
        return frozenset(a for a in self.actors if a in FAMILY)

    @cached_property
    def families(self) -> frozenset[str]:
        """The callings of those who act, by the name of their group where the lists have it."""
        own = {FAMILY.get(a, a) for a in self.actors if a not in _ANYBODY and (a in FAMILY or is_person(a))}
        return frozenset(own | HANDS if "worker" in own else own)

    @cached_property
    def anybody(self) -> bool:
        """Whether those who act are no one trade: a crowd, residents, thousands."""
        words = self.view.words
        return self.families <= _STATES or not _ANYBODY.isdisjoint(self.actors) or sum(
            map(("protesters", "demonstrators", "marchers").__contains__, words)) > 1

    @cached_property
    def _troubles(self) -> int:
        return sum(map(_TROUBLE.__contains__, self.view.words))

    @cached_property
    def trouble(self) -> bool:
        """Whether the article tells of fighting or a calamity: who is called where that happens was there."""
        return self._troubles > 1

    @cached_property
    def fought(self) -> bool:
        """Whether the article is rather one of fighting or a calamity than of a protest."""
        return self._troubles > sum(map(_PROTESTS.__contains__, self.view.words))

    def part(self, about: str, said: Sequence[str], *, lived: Sequence[str] = (), quoted: bool, told: str = "") -> str:
        """Return "protester" or "witness" for a private person, else nothing.

        ``about`` is what the article says beside the person, without the name; ``said`` the words of all that the person
        says, in normal form, ``lived`` the same as the person would say it; ``quoted`` whether some of it stands in quotation
        marks; ``told`` the narrator's words around it.
        """
        words = frozenset(re.findall(r"[\w’'-]+", _HEADCOUNT.sub("parent", about.casefold())))
        if _THEIRS.match(about):  # "his mother, Jane Roe"
            words |= _OF
        beside = not _BESIDE.isdisjoint(words)
        seen = (quoted and has_seen(said)) or befell(lived)
        if self.protest and not (self.fought and quoted and seen) and (
                (_AT_PROTEST.search(told) and not beside) or self._protests(words, said, quoted=quoted)):
            return "protester"
        called = _PHONED.search(about) or (self.trouble and (_BY_PHONE.search(told) or (quoted and _DWELLS.search(about))))
        there = not _is_kin(words) and _OFFICES.isdisjoint(words) and (
            seen or (called and not _CARERS & words))
        return "witness" if there else ""

    def _protests(self, words: frozenset[str], said: Sequence[str], *, quoted: bool) -> bool:
        spoken = frozenset(said)
        own = {f for w in words if (f := family_of(w))}
        ours = not _OURS.isdisjoint(spoken)
        mine = not _MINE.isdisjoint(spoken)
        if _is_kin(words):  # where kin march, one of them who is quoted with a cause of one's own
            return quoted and (ours or mine) and not _KIN.isdisjoint(self.actors)
        if not self.families.isdisjoint(own | {singular(w) for w in words}):
            return True
        if not _BESIDE.isdisjoint(words) or not _MEMBER.isdisjoint(words):
            return False
        if not quoted and ("they" not in spoken or any(is_person(w) for w in words)):
            return False  # "Roe, 66, said they had brought tents"
        if not _THEIR_CAUSE.isdisjoint(spoken) or (not _SPEAKS_OF.isdisjoint(spoken) and not ours):
            return False
        if not self.anybody and (own or any(is_person(w) and singular(w) not in _ANYBODY for w in words)):
            return False  # of another calling than those who are on strike
        if not self.anybody and not ours and not KIN.isdisjoint(spoken):
            return False  # "I have brought my father here": a patient where doctors strike
        return ours or (not has_seen(said) and (not quoted or mine))


def _is_kin(words: frozenset[str]) -> bool:
    """Tell whether somebody is presented as another's relative: "the brother of one detainee", "Mother: ‘They shot my son’"."""
    return not _KIN.isdisjoint(words) and (len(words) == 1 or not _OF.isdisjoint(words))
