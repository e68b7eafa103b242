"""Who stands for a protest: the groups that act, who calls or leads it, their bodies, and who vows to go on."""

from __future__ import annotations

import re
from functools import cached_property

from framelens.annotate.sources.actors import HINTS, NO_GROUP, STIRS, acts
from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.items import Item, given
from framelens.annotate.sources.parts import Story
from framelens.annotate.sources.phrase import Reading
from framelens.annotate.sources.trades import family_of, stands_for
from framelens.annotate.sources.words import EVENTS, KIN, singular
from framelens.text.view import View

__all__ = ["Cause"]

_STOPPAGES = EVENTS | frozenset("stoppage stoppages blockades boycott shutdown roadblock roadblocks demo demos walkouts".split())
_STRIKES = _STOPPAGES | {"protesters", "strikers", "striking"}
_STIRS = _STOPPAGES | STIRS
_CRIES = frozenset("demand chant shout scream".split())  # what crowds do in a protest
_THEY = frozenset(("they", "who", "many of whom", "most of whom"))
_VOWS = frozenset("vow threaten plan pledge promise intend announce say warn".split())
_CROWDS = frozenset("tens thousands hundreds dozens scores".split())
_BODIES = frozenset(
    "union unions guild federation confederation association committee movement collective group coordination syndicate "
    "organisation organization network platform branch alliance league".split())
_ORGANISED = _BODIES | frozenset(
    "council front members leaders leader convener chairman chairwoman chairperson president secretary spokesman spokeswoman "
    "spokesperson head coordinator steward stewards".split())
_LEADERS = frozenset("leader leaders convener delegates representatives".split())
_ELSE = frozenset(  # words in the names of bodies that watch, help, judge or own, whatever trade they name
    "rights watch monitor observatory centre center institute bar exporters exporter manufacturers producers owners employers "
    "industry industrialists company firm companies firms airline chamber bank banks business businesses ministry department "
    "government police".split())
_OTHER_KINDS = frozenset(("politician", "alliance", "company"))  # as which the lists may read "the Alliance of Taxi Drivers"
_CAPITALS = r"[A-Z][\w’'-]+(?: (?:of |for |the ){0,2}[A-Z][\w’'-]+){0,5}"
_BY = r"(?:organi[sz]ed|called|led|convened|announced|staged|launched) by "
_STRIKING = (
    r"(?: \w+| on \w+)? (?:for )?(?:a|an|the) "
    r"(?:[\w-]+ ){0,3}(?:strike|march|protests?|sit-in|rally|rallies|blockade|stoppage|walkout|demonstrations?)\b")
_TO_STRIKE = (
    r"(?:called|calls|organi[sz]ed|organi[sz]es|leads|led|announced|convened|declared|launched|began|staged|resumed|extended|"
    rf"ratified){_STRIKING}")
_CALLS = re.compile(
    rf"{_BY}(?:\w+ ){{0,4}}?(?:known as )?(?:the )?(?P<a>{_CAPITALS})"
    rf"|(?:on|at) the call of (?:the )?(?P<b>{_CAPITALS})"
    rf"|(?P<c>{_CAPITALS})(?: \([A-Z]\w+\)| group| union| movement)*(?:, which)? (?:has |have )?{_TO_STRIKE}")
# Without one of these nobody calls: a name before it is slow to seek. Each begins with a letter, from which to which `re` leaps.
_CALLING = re.compile(
    rf"(?:organi[sz]e[ds]|call(?:ed|s)?|le(?:d|ads)|convened|announced|staged|launched|declared|began|resumed|extended|ratified)"
    rf"(?: by | of |{_STRIKING})")
_NAMELESS = r"(?:collective|group|movement|committee|coalition)"  # what calls or leads without a name of the lists
_LED = re.compile(rf"(?:organi[sz]ed|called|led|convened) by (?:[\w’'-]+ ){{1,4}}{_NAMELESS}\b")
_OF_THE_GROUP = re.compile(
    rf"\b(?:member|spokes\w+|leader|coordinator|delegate|representative|organi[sz]er)s? (?:of|for) the {_NAMELESS}$",
    re.IGNORECASE)
_THEIR_BODY = re.compile(
    r"\btheir (?:\w+ )?(?:association|union|federation|guild|committee|collective|cooperative|syndicate|league)\b", re.IGNORECASE)
_TRADE_COUNCIL = re.compile(r"\b\w+s['’] (?:[\w-]+ ){0,3}(?:council|committee|forum|front)\b|\b[Cc]ouncil (?:for|of) [A-Z]")
_OF_BRANCH = re.compile(  # of a union that need not be named where workers strike
    r"(?:the )?(?:\w+ )?branch (?:chair\w*|secretary|leader|president|delegate)\b|(?:a |the )?(?:chief )?shop stewards?\b",
    re.IGNORECASE)
_THE_GROUP = re.compile(rf"(?:the {_NAMELESS}|it|which)$", re.IGNORECASE)
_PROTEST = r"(?:strike|sit-in|blockade|protests?|march|marches|picket|stoppage|walkout|uprising|resistance|rally)"
_GROUPS = (r"(?:association|union|group|committee|federation|collective|movement|network|front|syndicate|guild|campaign|"
           r"coalition|alliance|platform)")
_STARTED = r"(?:called|organi[sz]ed|led|leads|staged|launched|began|announced|joined)"
_LEADS_CAUSE = re.compile(  # who leads a protest, or a body that does
    rf"\b(?:leaders?|organi[sz]ers?|coordinators?|conveners?|spokes\w+) of (?:the |a |this )?(?:[\w’'-]+ ){{0,3}}{_PROTEST}\b"
    rf"|\b(?:leads?|leading|led|heads?|heading|organi[sz]ed|organi[sz]ing|coordinates?|coordinating) (?:the |a |this )"
    rf"(?:[\w’'-]+ ){{0,3}}{_PROTEST}\b"
    rf"|\b{_GROUPS}(?: behind|,? (?:that|which) (?:has |have |had )?{_STARTED}) (?:[\w’'-]+ ){{0,4}}{_PROTEST}\b"
    rf"|\bcampaign\b[^|]*,? (?:that|which) (?:has |have |had )?{_STARTED} (?:[\w’'-]+ ){{0,4}}{_PROTEST}\b", re.IGNORECASE)
_PARTIES = re.compile(r"opposition|\bparty\b|\bparties\b", re.IGNORECASE)  # they call protests as well
_COMMUNAL = re.compile(
    r"\b(?:community|communal|village|villagers['’]?|indigenous|tribal|peasants?['’]?|residents['’]?|neighbou?rhood|"
    r"farmers['’]?) (?:leader|president|spokes\w+|representative|organi[sz]er|coordinator|committee|assembly|council|guard|"
    r"authoritie)s?\b"
    r"|\b(?:leader|president|spokes\w+|representative|coordinator)s? of (?:the |several |some )?(?:\w+ )?communit(?:y|ies)\b",
    re.IGNORECASE)
_COMMON = frozenset("villager resident community people farmer peasant local inhabitant protester demonstrator islander".split())
_DWELLERS = frozenset("resident villager local inhabitant dweller neighbour neighbor people".split())  # who is there anyway
_VOWED = re.compile(
    r"\b(?:strike(?! an?\b| deal)|march|protest|rally|demonstrate|picket|blockade|vigil|block|camp|join (?:the|it|them)|stay|"
    r"remain|keep|return|go back|leave|give up|back down|lift)\b")
_SHALL = re.compile(
    r"(?:\b(?:they|we|it|and|who)|^) ?(?:will|would|shall|wo|won[’']t) (?:not |never )?(?:\w+ ){0,3}(?:strike|march|protest|"
    r"rally|demonstrate|picket|blockade|vigil|block|camp|stay|leave|lift)\b|\buntil\b")
_TAKES_STREETS = re.compile(  # vows that need no protest told before them
    r"(?:\b(?:they|we|it|and) (?:will|would|shall)|^(?:will|would|to)|"
    r"\b(?:plan|vow|threaten|decid|intend|continu|agree|prepar|promis|read|want)\w* to) (?:\w+ ){0,2}"
    r"(?:strike(?! an?\b| deal| balance)|march|protest|rally|demonstrate|picket|blockade|camp|block the|down tools)\b"
    r"|\b(?:keep up|continue|resume|step up|call off|lift) (?:the |their |its |our )?(?:\w+ )?"
    r"(?:roadblocks?|blockades?|strike|sit-in|protests?|pickets?|marches)\b")
_STANDING = frozenset("defendant detainee convict mourner participant marcher".split())


def _words(text: str) -> frozenset[str]:
    """Return the words of a phrase without the marks about them."""
    return frozenset(w.strip(".,()’'").casefold() for w in text.split())


class Cause:
    """What one article tells of those for whom a protest is made."""

    def __init__(self, view: View) -> None:
        self.view, self.text, self.story = view, view.text, Story(view)

    @cached_property
    def told(self) -> bool:
        """Whether the article tells of a strike or protest at all: it speaks of one twice, or some group acts."""
        return sum(map(self.view.words.count, _STRIKES.intersection(self.view.words))) > 1 or bool(self.acting)

    @cached_property
    def stirred(self) -> bool:
        """Whether anybody strikes, marches or blocks at all."""
        return not _STIRS.isdisjoint(self.view.words) or bool(self.story.told)

    @cached_property
    def acting(self) -> frozenset[str]:
        """The groups, in the singular, that are told to strike, march or block: "striking nurses", "the drivers' sit-in"."""
        return frozenset({w for w, firm in self.story.told if firm} - NO_GROUP | self.story.callings)

    @cached_property
    def callers(self) -> frozenset[str]:
        """The names of those who call or lead a protest."""
        if not _CALLING.search(self.text):
            return frozenset()
        found = {(m["a"] or m["b"] or m["c"]).strip() for m in _CALLS.finditer(self.text)}
        return frozenset(f for f in found if len(f) > 2)

    @cached_property
    def led(self) -> bool:
        """Whether a group without a name of the lists is told to call or lead the protest."""
        return _LED.search(self.text) is not None

    def crowd(self, item: Item, reading: Reading) -> bool:
        """Tell whether a source without a name is a crowd that protests: it acts, demands, chants, vows or has gathered."""
        head = singular(reading.head)
        able = reading.number == "plural" and head not in NO_GROUP - {"leader"}
        many = able or not _CROWDS.isdisjoint(item.text.casefold().split()[:1])
        if (able and self._vows(item)) or (many and self.acts(item)) or (item.text.casefold() in _THEY and head in self.acting):
            return True
        return self.stirred and ("those gathered" in item.text.casefold() or (
            many and given(item.row.get("cue_lemma")) in _CRIES))

    def vows(self, item: Item) -> bool:
        """Tell whether a body says that it will strike or march, or keep its roadblocks up."""
        said = " ".join(self.text[s:e] for s, e in item.contents)
        return given(item.row.get("cue_lemma")) in _VOWS and _TAKES_STREETS.search(said) is not None

    def acts(self, item: Item) -> bool:
        """Tell whether a source is, in its own sentence, the subject of an act of protest."""
        if item.sentence is None:
            return False
        own = self.view.sentences[item.sentence]
        words = self.view.words_in(item.start, item.end)
        return len(words) > 0 and not HINTS.isdisjoint(self.view.words[own.first:own.last]) and bool(
            acts(self.view, words[-1], own.last))

    def _vows(self, item: Item) -> bool:
        """Tell whether a source vows to strike, march or stay."""
        said = " ".join(self.text[s:e] for s, e in item.contents)
        if _TAKES_STREETS.search(said):
            return True
        stays = self.stirred and _VOWED.search(said)
        return bool(stays) and (given(item.row.get("kind")) == "attitude" or bool(_SHALL.search(said)))

    def claims(self, kind: str, reading: Reading, text: str, around: str) -> bool:
        """Tell whether a source of some kind is one of those who protest, or of those who speak for them."""
        told = f"{text}|{around}"
        if kind == "government":
            if not (self.told and _TRADE_COUNCIL.search(text)):
                return False
            named = frozenset(map(singular, _words(text)))
            return not self.acting.isdisjoint(named) or stands_for(named, self.story.families)
        if kind in _OTHER_KINDS | {"opposition"}:
            called = self.stirred and not _PARTIES.search(told) and _LEADS_CAUSE.search(told) is not None
            return called or (kind in _OTHER_KINDS and self.told and self._stands(reading, text, around))
        if self.stirred and (_LEADS_CAUSE.search(told) or (not _COMMON.isdisjoint(self.acting) and _COMMUNAL.search(told))):
            return True
        return self.told and self._protests(kind, reading, text, around)

    def _protests(self, kind: str, reading: Reading, text: str, around: str) -> bool:
        head = singular(reading.head)
        group = (reading.number == "plural" or head == "family") and (kind != "civil_society" or head == "community")
        if group and head in KIN and not KIN.isdisjoint(self.acting):
            return True
        if group and ((head in self.acting and (head not in _DWELLERS or reading.definite)) or head in _STANDING):
            return True
        if (reading.head in ("collective", "group") or _THE_GROUP.match(text) or _OF_THE_GROUP.search(text)) and self.led:
            return True
        if any(name in text and re.search(rf"\b{re.escape(name)}\b", text) for name in self.callers):
            return True
        return self._stands(reading, text, around) or (
            kind in PRIVATE and bool(reading.name) and (head in self.acting or head in ("defendant", "accused")))

    def _stands(self, reading: Reading, text: str, around: str) -> bool:
        """Tell whether a source is a body of those who act, or speaks for one: "their federation", "the drivers' guild"."""
        own = _words(text)
        words = own | _words(around.replace("|", " "))
        if own.isdisjoint(_ORGANISED) or not words.isdisjoint(_ELSE):
            return False
        if (reading.owner == "they" or _THEIR_BODY.search(text) or _OF_BRANCH.match(text)) and bool(self.acting):
            return True
        named = frozenset(singular(w) for w in words) | words
        return not self.acting.isdisjoint(named) or (
            not words.isdisjoint(_BODIES) and stands_for(named, self.story.families)) or (
            not own.isdisjoint(_LEADERS) and any(family_of(w) in self.story.families for w in own))
