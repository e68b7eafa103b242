"""What an article tells around a source: who protests in it, whom it calls opposition, whose release it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.items import Item, given
from framelens.annotate.sources.parts import NO_GROUP, Story
from framelens.annotate.sources.phrase import Reading
from framelens.annotate.sources.tells import PROTEST
from framelens.annotate.sources.words import EVENTS, is_person, is_plural, singular
from framelens.text.tokens import Known
from framelens.text.view import View
from framelens.text.wordclass import AUXILIARIES, DETERMINERS, is_adverb

__all__ = ["Context"]

_STOPPAGES = EVENTS | frozenset("stoppage stoppages blockades boycott shutdown roadblock roadblocks demo demos walkouts".split())
_ACTS = frozenset(
    "strike struck striking march marched marching protest protested protesting rallied rallying demonstrated demonstrating "
    "block blocked blocking blockaded blockading picketed picketing chanted chanting barricaded walked downed "
    "hurl hurled hurling march protest rally demonstrate chant took take scuffled".split())
_STRIKES = _STOPPAGES | {"protesters", "strikers", "striking"}
_STIRS = _STOPPAGES | _ACTS
_WALKS = {"walked": ("out", "off"), "downed": ("tools",), "struck": ("for", "over", "against"),
          "took": ("streets",), "take": ("streets",)}
_CRIES = frozenset("demand chant shout scream".split())  # what crowds do in a protest
_CROWDS = frozenset("thousands hundreds dozens scores".split())
_BEHIND = 4  # words between an event and those whose it is: "the strike by some minibus operators"
_ORGANISED = frozenset(
    "union unions guild federation confederation association committee movement collective group coordination syndicate "
    "organisation organization network council front platform members leaders leader convener branch".split())
_CAPITALS = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,5}"
_BY = r"(?:organi[sz]ed|called|led|convened|announced) by "
_TO_STRIKE = (
    r"(?:called|calls|organi[sz]ed|organi[sz]es|leads|led|announced|convened)(?: \w+| on \w+)? (?:for )?(?:a|an|the) "
    r"(?:[\w-]+ ){0,3}(?:strike|march|protests?|sit-in|rally|rallies|blockade|stoppage|walkout|demonstrations?)\b")
_CALLS = re.compile(
    rf"{_BY}(?:\w+ ){{0,4}}?(?:known as )?(?:the )?(?P<a>{_CAPITALS})"
    rf"|(?:on|at) the call of (?:the )?(?P<b>{_CAPITALS})"
    rf"|(?P<c>{_CAPITALS})(?: \([A-Z]\w+\)| group| union| movement)*(?:, which)? (?:has |have )?{_TO_STRIKE}")
_CALLING = re.compile(rf"{_BY}|the call of |{_TO_STRIKE}")  # else nobody calls: a name before it is slow to seek
_NAME = r"(?P<name>[A-Z][\w’'-]+(?: (?:of |for |the |and |de )*[A-Z][\w’'-]+){0,5})(?: \((?P<short>[A-Z]\w+)\))?"
_REBELS = (
    r"\b(?:rebel|insurgent|separatist|guerrilla)s?(?: group| movement| alliance| coalition| army)?,? (?:the |of the )?"
    + _NAME.replace("name", "name2").replace("short", "short2"))
_REBELLING = re.compile(_REBELS)
_OPPOSING = re.compile(
    r"\bopposition(?: party| parties| movement| alliance| coalition| bloc| group)?,? (?:the )?" + _NAME + "|" + _REBELS
    + r"|" + _NAME.replace("name", "name3").replace("short", "short3")
    + r",? (?:which is |is )?(?:the|an|a) (?:\w+ ){0,2}opposition (?:party|bloc|alliance|group|movement)")
_REBEL = re.compile("rebel|insurgent|separatist|guerrilla")
_TITLED = re.compile(r"(?:leader|lawmaker|MP|senator|Senator|politician|figure|candidate|chief|spokes\w+)s?$")
_LED = re.compile(
    r"(?:organi[sz]ed|called|led|convened) by (?:[\w’'-]+ ){1,4}(?:collective|group|movement|committee|coalition)\b")
_THE_GROUP = re.compile(r"(?:the (?:group|collective|movement|committee|coalition)|it|which)$", re.IGNORECASE)
_OF_HEAD = re.compile(  # the guide: their office is government, they are not
    r"\b(?:(?<!took )(?<!takes )(?<!taking )(?<!left )(?<!in )office|press service|press team|presidency)\b", re.IGNORECASE)
_SPOKES = re.compile(r"\b(?:spokes(?:man|woman|person)|press secretary)\b", re.IGNORECASE)
_PRESS_SECRETARY = re.compile(r"press secretary\b", re.IGNORECASE)
_HEAD_OF_STATE = re.compile(
    r"(?:the )?president of the (?:republic|government|nation|council of ministers)\b|(?:the )?junta (?:leader|chief)",
    re.IGNORECASE)
_FOR_CAUSE = re.compile(r"(?:[A-Z]\w+ )*(?:Lawyers|Doctors|Journalists|Mothers|Women|Parents|Teachers|Physicians) for [A-Z]")
_SWORN_IN = re.compile(
    r"\b(?:sworn in|installed|inaugurated) as (?:[\w-]+ ){0,2}(?:president|head of state)\b|\b(?:declared|proclaimed|named) "
    r"(?:himself|herself) (?:[\w-]+ ){0,2}(?:president|head of state|leader of the country)\b"
    r"|\b(?:transitional|transition|interim) president\b", re.IGNORECASE)
_PROTEST = r"(?:strike|sit-in|blockade|protests?|march|marches|picket|stoppage|walkout|uprising|resistance|rally)"
_LEADS_CAUSE = re.compile(  # who leads a protest, or a body that does
    rf"\b(?:leaders?|organi[sz]ers?|coordinators?|conveners?|spokes\w+) of (?:the |a |this )?(?:[\w’'-]+ ){{0,3}}{_PROTEST}\b"
    rf"|\b(?:leads?|leading|led|heads?|heading|organi[sz]ed|organi[sz]ing|coordinates?|coordinating) (?:the |a |this )"
    rf"(?:[\w’'-]+ ){{0,3}}{_PROTEST}\b"
    r"|\b(?:association|union|group|committee|federation|collective|movement|network|front|syndicate|guild)"
    r"(?: behind|,? (?:that|which) (?:has |have |had )?(?:called|organi[sz]ed|led|leads|staged|launched|began|announced)) "
    rf"(?:[\w’'-]+ ){{0,4}}{_PROTEST}\b", re.IGNORECASE)
_COMMUNAL = re.compile(
    r"\b(?:community|communal|village|villagers['’]?|indigenous|tribal|peasants?['’]?|residents['’]?|neighbou?rhood|"
    r"farmers['’]?) (?:leader|spokes\w+|representative|organi[sz]er|coordinator|committee|assembly)s?\b", re.IGNORECASE)
_COMMON = frozenset("villager resident community people farmer peasant local inhabitant protester demonstrator islander".split())
_VOWED = re.compile(
    r"\b(?:strike|march|protest|rally|demonstrate|picket|blockade|vigil|block|camp|join (?:the|it|them)|stay|remain|keep|return|"
    r"go back|leave|give up|back down|lift)\b")
_SHALL = re.compile(r"\b(?:will|would|shall|wo|won[’']t) (?:not |never )?(?:\w+ ){0,3}(?:strike|march|protest|rally|demonstrate|"
                    r"picket|blockade|vigil|block|camp|stay|leave|lift)\b|\buntil\b")
_STANDING = frozenset("defendant detainee convict mourner participant marcher family".split())
_AGAINST = re.compile(  # whom and what a politician who is in no government accuses
    r"\b(?:the|his|her) (?:[\w-]+ ){0,2}(?:government|cabinet|administration|regime|authorities|security forces|police|army|"
    r"junta)\b"
    r"|\b(?:stealing|stole|rigging|rigged) (?:\w+ ){0,3}(?:elections?|votes?|polls?|ballots?|runoff)\b"
    r"|\b(?:crackdown|use of force|shootings?|firing|arrests|detentions?|repression|brutality|massacre|decree|martial law|"
    r"state of emergency|(?:election|vote|poll) results?|verdict)\b", re.IGNORECASE)
_UPSETS = re.compile(  # what such a politician says or wants, whoever is accused
    r"\bno-confidence\b|\b(?:early|snap|fresh|new) elections?\b|\brigged (?:elections?|votes?|polls?|results?)\b"
    r"|\b(?:elections?|votes?|polls?|results?) (?:\w+ ){0,2}(?:was|were|is|been) (?:\w+ )?"
    r"(?:stolen|rigged|fraudulent|a sham)\b"
    r"|\bpolitically motivated\b|\bpolitical prisoners?\b|\bboycott|\btake to the streets\b|\bcivil disobedience\b"
    r"|\b(?:government|president|prime minister|regime|junta) (?:must|should|has to|to) (?:resign|step down|go)\b"
    r"|\b(?:dictator|dictatorship|tyranny|autocracy|authoritarian)\b", re.IGNORECASE)
_LEGISLATURE = re.compile(
    r"parliament|congress|senate|assembly|house|chamber|duma|sejm|majlis|knesset|council|legislat|committee|lawmakers|sabha|"
    r"bundestag|deputies|diet|rada", re.IGNORECASE)
_RULES = re.compile(
    r"\b(?:ruling|governing|pro-government|majority|government (?:party|mp|lawmaker|coalition|whip))\b", re.IGNORECASE)
_CARING = re.compile(r"\b(?:doctor|nurse|medic|surgeon|paramedic)\b|\b(?:medical|hospital|health) sources?\b", re.IGNORECASE)
_SHOWING = re.compile(
    r"^(?:an? |the |some )?(?:\w+ )?(?:video|videos|footage|photos?|photographs|recordings?|messages|survey|poll)\b",
    re.IGNORECASE)
_POLICE_PRESS = re.compile(
    r"\bpolice (?:media|press|public relations|information)\b|\bspokes\w+ (?:for|of) [^,]*\bpolice\b", re.IGNORECASE)
_RANK = "(?:OC|SSP|ASP|DSP|IGP|DIGP?|AIG|SP|Supt|Superintendent|Comr)"
_POLICE_RANK = re.compile(
    rf"^{_RANK} [A-Z]|\b{_RANK}\.? (?:[A-Z]\w+\.? )?$|\b[Pp]olice (?:\w+ ){{0,3}}(?:[A-Z][a-z]{{0,5}}\. ){{0,2}}$")
_UN = re.compile(r"\bUN\b|\bU\.N\.|\bUnited Nations\b")
_RELEASE = re.compile(r"press releases?\b|\bbriefing\b|media (?:contact|enquiries|requests)", re.IGNORECASE)
_UN_OFFICES = re.compile(
    r"\b(?:Spokesperson|Spokesman|Spokeswoman|Office|Mission|High Commissioner|Coordinator|Rapporteurs?|"
    r"(?:Special|Regional|Resident) Representative|Secretary-General|Country Office|experts)\b")
_COUNCILS = re.compile(r"^(?:the )?(?:UN |U\.N\. )?(?:Security|Human Rights) Council$", re.IGNORECASE)
_RIVAL = re.compile(r"\b(?:rival|challenger)\b")
_OUSTED = re.compile(r"\b(?:ousted|shadow|exile|exiled|parallel)\b")
_ALLIED = re.compile(r"\b(?:deputy|lawmaker|MP|candidate|party|list|electoral|parliamentary)\b")
_LEAD = 500  # characters at the beginning that say whose release it is
_BESIDE = 70  # characters beside a name that say what it is
_CUT = re.compile(r"[,;:“”\"\n]")
_MILD = PRIVATE | frozenset(("witness", "civil_society"))


def _group(word: str) -> str:
    """Return a word that may name a group, without its apostrophe; nothing for others."""
    bare = word.removesuffix("'").removesuffix("’")
    return bare if is_plural(bare) or bare == "family" else ""


_GROUP: Known[str, str] = Known(_group)


class Context:
    """What one article tells of the groups, bodies and persons that it names."""

    def __init__(self, view: View) -> None:
        self.view, self.text, self.story = view, view.text, Story(view)
        self._beside: dict[str, str] = {}

    @cached_property
    def protest(self) -> bool:
        """Whether the article tells of a strike or protest at all."""
        return sum(map(self.view.words.count, _STRIKES.intersection(self.view.words))) > 1

    @cached_property
    def speaks_of_protest(self) -> bool:
        """Whether the article has words of protest and riot, strikes aside."""
        return sum(w in PROTEST for w in self.view.words) > 1

    @cached_property
    def stirred(self) -> bool:
        """Whether anybody strikes, marches or blocks at all."""
        return not _STIRS.isdisjoint(self.view.words)

    @cached_property
    def acting(self) -> frozenset[str]:
        """The groups, in the singular, that are told to strike, march or block: "striking nurses", "the drivers' sit-in"."""
        sentences = (self.view.words[sentence.first:sentence.last] for sentence in self.view.sentences)
        out = {singular(w) for words in sentences if not _STIRS.isdisjoint(words) for w in self._groups(words)}
        return frozenset((out - NO_GROUP) | self.story.callings)

    @staticmethod
    def _groups(words: tuple[str, ...]) -> Iterator[str]:
        for at, word in enumerate(words):
            if not (bare := _GROUP[word]):
                continue
            before, after = words[at - 1] if at else "", words[at + 1:at + 5]
            owned = (word != bare or after[:1] == ("strike",)) and not _STOPPAGES.isdisjoint(after[:2])
            if owned or before in ("striking", "protesting", "marching") or after[:2] == ("on", "strike"):
                yield bare
            else:
                rest = [w for w in after if w not in AUXILIARIES and w != "who" and not is_adverb(w)]
                if rest and rest[0] in _ACTS and (rest[0] not in _WALKS or set(_WALKS[rest[0]]) & set(words[at + 1:at + 6])):
                    yield bare
            low = max(0, at - _BEHIND)
            link = next((k for k in range(at - 1, low, -1) if words[k] in ("by", "of")), None)
            if link and words[link - 1] in _STOPPAGES and all(
                    w in DETERMINERS or not is_plural(w) for w in words[link + 1:at]) and (is_person(bare) or bare == "families"):
                yield bare

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

    @cached_property
    def opposing(self) -> tuple[str, ...]:
        """The names of the parties and armed movements that the article calls opposition or rebels."""
        out = set()
        if "opposition" not in self.text:  # without that word, the other forms would be sought for long at every capital
            found = _REBELLING.finditer(self.text) if _REBEL.search(self.text) else ()
            return tuple({n for m in found for n in (m["name2"], m["short2"]) if n and len(n) > 1})
        for m in _OPPOSING.finditer(self.text):
            name = m["name"] or m["name2"] or m["name3"]
            if m["name"] and _TITLED.search(name.split()[0]):
                continue
            out |= {name} | {s for s in (m["short"], m["short2"], m["short3"]) if s}
        return tuple(n for n in out if len(n) > 1)

    @cached_property
    def united(self) -> bool:
        """Whether the article is a release of the United Nations."""
        return bool(_UN.search(self.text[:_LEAD])) and bool(_RELEASE.search(self.text))

    def opposes(self, text: str) -> bool:
        """Tell whether a phrase names one of the opposition."""
        return any(name in text and re.search(rf"\b{re.escape(name)}\b", text) for name in self.opposing)

    def beside(self, name: str) -> str:
        """Return what stands right before and behind the first full mention of a person, up to the next mark."""
        if name not in self._beside:
            self._beside[name] = self._find_beside(name)
        return self._beside[name]

    def _find_beside(self, name: str) -> str:
        at = self.text.find(name)
        if not name or at < 0:
            return ""
        lead = _CUT.split(self.text[max(0, at - _BESIDE):at])[-1]
        end = at + len(name)
        tail = self.text[end:end + _BESIDE]
        mark = _CUT.match(tail)
        parts = _CUT.split(tail[1:] if mark else tail)
        return f"{lead}|{parts[0] if mark is None or tail[:1] == ',' else ''}"

    def crowd(self, item: Item, reading: Reading) -> bool:
        """Tell whether a source without a name is a crowd that protests: it demands or chants, or is told to have gathered."""
        words = item.text.casefold().split()
        head = singular(reading.head)
        if self.stirred and reading.number == "plural" and head not in NO_GROUP - {"leader"} and self._vows(item):
            return True
        many = reading.number == "plural" or not _CROWDS.isdisjoint(words[:1])
        return self.stirred and ("those gathered" in item.text.casefold() or (
            many and head not in NO_GROUP - {"leader"} and given(item.row.get("cue_lemma")) in _CRIES))

    def _vows(self, item: Item) -> bool:
        """Tell whether a source vows to strike, march or stay."""
        said = " ".join(self.text[s:e] for s, e in item.contents)
        return bool(_VOWED.search(said)) and (given(item.row.get("kind")) == "attitude" or bool(_SHALL.search(said)))

    def set_against(self, items: Sequence[Item]) -> None:
        """Make opposition of politicians and parties who accuse the government, or are called opposition, anywhere."""
        groups: dict[str, list[Item]] = {}
        for item in items:
            entity = item.entity
            if entity and entity.key and entity.type in ("politician", "opposition") and (
                    entity.named or (entity.number == "institution" and not _LEGISLATURE.search(entity.key))):
                groups.setdefault(entity.key, []).append(item)
        for group in groups.values():
            told = "|".join(f"{i.text}|{self.beside(i.entity.name or '') if i.entity and i.entity.named else ''}" for i in group)
            if not _RULES.search(told) and any(self._upsets(i) for i in group):
                for item in group:
                    item.entity = item.entity and item.entity._replace(type="opposition")

    def _upsets(self, item: Item) -> bool:
        if item.entity and item.entity.type == "opposition":
            return True
        said = " ".join(self.text[s:e] for s, e in item.contents)
        return bool(_UPSETS.search(said) or (given(item.row.get("kind")) == "claim" and _AGAINST.search(said)))

    def settle(self, kind: str, reading: Reading, text: str, name: str = "") -> str:
        """Return the kind of a source in the light of its article; ``name`` where it is a person's full name."""
        around = self.beside(name) if name else ""
        if ("police" in text.casefold() and _POLICE_PRESS.search(text)) or (name and kind in PRIVATE and (
                _POLICE_RANK.search(around.partition("|")[0]) or _POLICE_RANK.search(text))):
            return "police"
        if kind == "president" and (_OF_HEAD.search(text) or (name and _SPOKES.search(text))):
            return "government"  # a spokesman with a name is an official; one without speaks for the president
        if kind == "person" and _PRESS_SECRETARY.match(text):
            return "government"
        if kind in ("", "unnamed", "government") and _HEAD_OF_STATE.match(text):
            return "president"
        if kind in PRIVATE and _FOR_CAUSE.match(text):
            return "civil_society"
        if kind in ("military", "government", "politician") and _SWORN_IN.search(f"{text}|{around}"):
            return "president"
        if _COUNCILS.match(text) or (self.united and kind not in ("police", "document", "witness") and (
                _UN_OFFICES.search(text) or (name and _UN_OFFICES.search(around)))):
            return "international_org"
        if not name and kind in ("unnamed", "document", "civil_society") and _CARING.search(text):
            return "person"
        if not name and kind in ("news_agency", "company", "unnamed", "government") and _SHOWING.match(text):
            return "document"
        return self._cause(kind, reading, text, around)

    def _cause(self, kind: str, reading: Reading, text: str, around: str) -> str:
        """Return the kind of one who stands in a conflict: opposition or protester, if either."""
        told = f"{text}|{around}"
        if kind in ("politician", "alliance", "civil_society", *PRIVATE) and "ruling" not in told and (
                self.opposes(text) or (around and self.opposes(around))):
            return "opposition"
        if kind in ("politician", "alliance") and ("rival" in told or "challenger" in told) and _RIVAL.search(told):
            return "opposition"
        if kind == "government" and _OUSTED.search(text) and not around:
            return "opposition"
        if kind == "alliance" and _ALLIED.search(text):
            return "politician"
        if kind in _MILD and self.stirred and (_LEADS_CAUSE.search(told) or (
                _COMMUNAL.search(told) and not _COMMON.isdisjoint(self.acting))):
            return "protester"
        if kind in _MILD and self.protest and self._protests(kind, reading, text, around):
            return "protester"
        return kind

    def _protests(self, kind: str, reading: Reading, text: str, around: str) -> bool:
        head = reading.head
        group = (reading.number == "plural" or head == "family") and kind != "civil_society"
        if group and (singular(head) in self.acting or singular(head) in _STANDING):
            return True
        if self.led and (_THE_GROUP.match(text) or head in ("collective", "group")):
            return True
        if any(name in text and re.search(rf"\b{re.escape(name)}\b", text) for name in self.callers):
            return True
        words = [singular(w.strip(".,()").casefold()) for w in f"{text} {around}".replace("|", " ").split()]
        organised = not _ORGANISED.isdisjoint(w.strip(",()") for w in text.casefold().split())
        if organised and (reading.owner == "they" or not self.acting.isdisjoint(words)):
            return bool(self.acting)
        return kind in PRIVATE and bool(reading.name) and singular(head) in self.acting
