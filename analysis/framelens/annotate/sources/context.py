"""What an article tells around a source: who protests in it, whom it calls opposition, whose release it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from framelens.annotate.sources.cause import Cause
from framelens.annotate.sources.core import MEDIA, PRIVATE
from framelens.annotate.sources.items import Item, given
from framelens.annotate.sources.phrase import Reading
from framelens.annotate.sources.politics import DISPUTES, Politics
from framelens.annotate.sources.tells import PROTEST
from framelens.annotate.sources.trades import family_of
from framelens.annotate.sources.words import LAWYERS
from framelens.text.view import View

__all__ = ["Context"]

_NAME = r"(?P<name>[A-Z][\w’'-]+(?: (?:of |for |the |and |de )*[A-Z][\w’'-]+){0,5})(?: \((?P<short>[A-Z]\w+)\))?"
_REBELS = (
    r"\b(?:rebel|insurgent|separatist|guerrilla)s?(?: group| movement| alliance| coalition| army)?,? (?:the |of the )?"
    + _NAME.replace("name", "name2").replace("short", "short2"))
_ARMED = (  # "the Dawn Army, a separatist group"
    _NAME.replace("name", "name5").replace("short", "short5")
    + r", (?:an?|the) (?:[\w-]+ ){0,2}(?:rebel|insurgent|separatist|guerrilla) (?:\w+ )?(?:group|movement|outfit|organi[sz]ation|"
    r"army|alliance|faction|militia)\b")
_REBELLING = re.compile(f"{_REBELS}|{_ARMED}")
_OPPOSING = re.compile(
    r"\bopposition(?: party| parties| movement| alliance| coalition| bloc| group)?,? (?:the )?" + _NAME + "|" + _REBELS
    + r"|" + _NAME.replace("name", "name3").replace("short", "short3")
    + r",? (?:which is |is )?(?:the|an|a) (?:\w+ ){0,2}(?:opposition (?:party|bloc|alliance|group|movement)"
    r"|(?:coalition|alliance|bloc|grouping|front) of opposition)"
    + r"|\b(?:[Hh]is|[Hh]er) (?:party|movement|gathering|coalition|alliance), (?:the )?"
    + _NAME.replace("name", "name4").replace("short", "short4") + "|" + _ARMED)
_OPPOSED = re.compile(r"opposition|\bopponents?\b")
_REBEL = ("rebel", "insurgent", "separatist", "guerrilla")
_TITLED = re.compile(r"(?:leader|lawmaker|MP|senator|Senator|politician|figure|candidate|chief|spokes\w+)s?$")
_OF_HEAD = re.compile(  # the guide: their office is government, they are not
    r"\b(?:(?<!took )(?<!takes )(?<!taking )(?<!left )(?<!in )office|press service|press team|presidency)\b", re.IGNORECASE)
_SPOKES = re.compile(r"\b(?:spokes(?:man|woman|person)|press (?:secretary|officer|attaché))\b", re.IGNORECASE)
_PRESS_SECRETARY = re.compile(r"press secretary\b", re.IGNORECASE)
_PREMIER = re.compile(r"(?:the )?president of the (?:government|council of ministers)\b", re.IGNORECASE)
_FOR_SIDE = re.compile(
    rf"(?:[\w-]+ )*(?:{'|'.join(sorted(LAWYERS))}) (?:for|of|from|with) (?:the )?(?P<side>[^,]+)", re.IGNORECASE)
_CAUSES = re.compile(
    r"\b(?:rights|environmental|green|charity|campaign|[a-z]+ group|association|centre|center|monitors?|legal aid|watch|"
    r"network|ngo|foundation|league|committee)\b", re.IGNORECASE)
_AT_SCENE = re.compile(  # who was there, by the phrase itself
    r"(?:[\w-]+ )*?(?:persons?|people|those|men|women|locals|others|survivors) (?:at|on|near) the (?:scene|spot|site|ground)"
    r"\b|(?:[\w-]+ )*?(?:people|persons|men|women) (?:in|at) the (?:[\w-]+ )?(?:camps?|sites?|shelters?)\b"
    r"|(?:[\w-]+ )*?(?:people|persons|residents|villagers) interviewed by\b", re.IGNORECASE)
_INSIDE_HOSPITAL = re.compile(
    r"(?:an? |one |some )?(?:[\w-]+ )*?sources? (?:at|in|within|from|inside) [^,]*\b(?:hospital|clinic|morgue)", re.IGNORECASE)
_POLICE_UNION = re.compile(
    r"\bpolice (?:[\w’']+ ){0,3}(?:union|federation|association|guild)s?\b|\bunion of (?:the )?(?:police|officers)\b",
    re.IGNORECASE)
_OF_TRADE = re.compile(r"\b(?:Alliance|Union|League|Front|Coalition) of (?:[A-Z]\w+ ){0,3}[A-Z]\w+s\b")
_BRANCHES = frozenset(("branch", "chapter", "section"))
_FOR_CAUSE = re.compile(r"(?:[A-Z]\w+ )*(?:Lawyers|Doctors|Journalists|Mothers|Women|Parents|Teachers|Physicians) for [A-Z]")
_SWORN_IN = re.compile(
    r"\b(?:sworn in|installed|inaugurated) as (?:[\w-]+ ){0,2}(?:president|head of state)\b|\b(?:declared|proclaimed|named) "
    r"(?:himself|herself) (?:[\w-]+ ){0,2}(?:president|head of state|leader of the country)\b"
    r"|\b(?:transitional|transition|interim) president\b", re.IGNORECASE)
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
    r"|\b(?:dictator|dictatorship|tyranny|autocracy|authoritarian)\b|^to have won\b"
    r"|^(?:the |this |\w+day[’']s )?(?:\w+ )?(?:votes?|elections?|polls?|results?|count|ballot|referendum|trial|verdict) (?:as )?"
    r"[“\"‘']?(?:[\w’'-]+ ){0,4}?(?:shameful|farce|sham|fraud|fraudulent|illegitimate|unfair|flawed|circus|mockery|travesty|"
    r"theft|robbery|charade|disgrace|null and void)\b", re.IGNORECASE)
_LEGISLATURE = re.compile(
    r"parliament|congress|senate|assembly|house|chamber|duma|sejm|majlis|knesset|council|legislat|committee|lawmakers|sabha|"
    r"bundestag|deputies|diet|rada", re.IGNORECASE)
_RULES = re.compile(
    r"\b(?:ruling|governing|pro-government|majority|government (?:party|mp|lawmaker|coalition|whip))\b", re.IGNORECASE)
_CARING = re.compile(r"\b(?:doctor|nurse|medic|surgeon|paramedic)\b|\b(?:medical|hospital|health) sources?\b"
                     r"|\bhospital (?:staff|workers)\b", re.IGNORECASE)
_SHOWING = re.compile(
    r"^(?:an? |the |some )?(?:\w+ )?(?:video|videos|footage|photos?|photographs|recordings?|messages|survey|poll)\b",
    re.IGNORECASE)
_SHOWN = re.compile(  # pictures, whoever took or spread them, media aside
    r"^(?:an? |the |some |several )?(?:[\w-]+ )?(?:videos?|footage|images?|pictures?|clips?|photos?|photographs?|recordings?) "
    r"(?:\w+ )?(?:broadcast|aired|published|posted|shared|circulat\w+|released|obtained|shown|taken|filmed|verified|reviewed|"
    r"recorded|shot|disseminated|distributed|from|by|on) ", re.IGNORECASE)
_OWNERS = re.compile(r"(?:the )?owners$", re.IGNORECASE)  # of what strikers work in
_WORKING = frozenset(("worker", "driver", "miner"))
_OF_STATE = re.compile(  # what kind of president he is, not of what
    r"the (?:[\w-]+-[\w-]+|leftist|rightist|populist|conservative|socialist|liberal|centrist|progressive|nationalist|"
    r"reformist|neoliberal|islamist) president$", re.IGNORECASE)
_SHOWN_BY = frozenset(("news_agency", "company", "unnamed", "government", "military", "police"))
_POLICE_PRESS = re.compile(
    r"\bpolice (?:media|press|public relations|information|spokes\w+)\b|\bspokes\w+ (?:for|of) [^,]*\bpolice\b", re.IGNORECASE)
_INSPECTOR = re.compile(r"(?:[Cc]hief |[Ss]ub-?|[Dd]etective |[Dd]eputy )?[Ii]nspector [A-Z]")
_RANK = "(?:OC|SSP|ASP|DSP|IGP|DIGP?|AIG|SP|Supt|Superintendent|Comr)"
_POLICE_RANK = re.compile(
    rf"^{_RANK} [A-Z]|\b{_RANK}\.? (?:[A-Z]\w+\.? )?$|\b[Pp]olice (?:\w+ ){{0,3}}(?:[A-Z][a-z]{{0,5}}\. ){{0,2}}$")
_UN = re.compile(r"\bUN\b|\bU\.N\.|\bUnited Nations\b")
_RELEASE = re.compile(r"press releases?\b|\bbriefing\b|media (?:contact|enquiries|requests)", re.IGNORECASE)
_UN_OFFICES = re.compile(
    r"\b(?:Spokesperson|Spokesman|Spokeswoman|Office|Mission|High Commissioner|Coordinator|Rapporteurs?|Special Representative|"
    r"Secretary-General|Country Office|experts|(?:Regional|Resident|Country) (?:Representative|Director))\b")
_COUNCILS = re.compile(r"^(?:the )?(?:UN |U\.N\. )?(?:Security|Human Rights) Council$", re.IGNORECASE)
_RIVAL = re.compile(r"\b(?:rival|challenger)\b")
# How a person is called who stands against those in power, and words of an article in which a rival is one for office.
_OPPONENT = re.compile(
    r"\b(?:(?:fierce|outspoken|vocal|sharp|leading|prominent|staunch|long-?time|harsh|bitter|strident|frequent|arch) )?"
    r"critic of (?:the )?(?:\w+ ){0,2}(?:president|government|regime|junta|leader|ruler|authorities|king|prime minister)\b"
    r"|\b(?:the|an|leading|main|jailed|exiled|veteran|prominent) (?:political )?opponent\b|\bdissident (?:leader|politician)\b"
    r"|\bwho (?:says|claims|insists|maintains) (?:he|she) (?:won|is the (?:rightful|legitimate|real))\b"
    r"|\b(?:barred|banned|disqualified|excluded|jailed|detained) (?:[\w-]+ ){0,3}(?:candidate|hopeful|contender|politician)\b",
    re.IGNORECASE)
_CONTENDER = re.compile(r"\b(?:rival|challenger|runner-up|main contender|closest contender)\b", re.IGNORECASE)
_OPPONENT_WORDS = re.compile(
    "critic|who [a-z]+ s?he (?:won|is)|pponent|issident|candidate|hopeful|contender|politician|rival|challenger|unner-up")
_POLITICAL = frozenset(
    "count election elections vote votes voters ballot ballots runoff run-off presidential electoral poll polls coup parliament "
    "parliamentary candidate candidates".split())
_CAMP = re.compile(  # camps that only their enemies name so
    r"(?:the )?[“\"'’]*(?:putschists?|coup[- ](?:plotters?|mongers|makers)|oligarchy|counter-?revolutionaries)\b", re.IGNORECASE)
_WING = re.compile(r"(?:the )?(?:far |ultra-?|hard )?right(?:[- ]wing)?$", re.IGNORECASE)
_PLOT = re.compile(r"\bcoup\b|destabili", re.IGNORECASE)
_DISSOLVED = re.compile(r"(?:the )?(?:disbanded|dissolved|deregistered|proscribed) ", re.IGNORECASE)
_OUSTED = re.compile(r"\b(?:ousted|shadow|exile|exiled|parallel)\b")
_ALLIED = re.compile(r"\b(?:deputy|lawmaker|MP|candidate|party|list|electoral|parliamentary)\b")
_PASSAGE = 2  # sentences that tell too little of what happened
_LEAD = 500  # characters at the beginning that say whose release it is
_BESIDE = 70  # characters beside a name that say what it is
_TITLE = re.compile(r"\b[A-Z][a-z]{0,5}\. $")
_LONGEST_TITLE = 9  # characters of it, with a line break behind
_CUT = re.compile(r"[,;:“”\"\n]")
_MILITIA = re.compile(r"\bmilitia(?:s|m[ae]n)?\b", re.IGNORECASE)
_FIGHTS_ARMY = re.compile(
    r"\b(?:army|troops|soldiers|forces) (?:and|with|against|by) (?:[\w-]+ ){0,3}militia|\bmilitia\w* (?:[\w-]+ ){0,4}(?:attacked|"
    r"ambushed|killed|fought|with|against|and) (?:[\w-]+ ){0,3}(?:army|troops|soldiers|forces|police)\b", re.IGNORECASE)
_GROUP_CALLED = re.compile(  # "a road safety group, Safe Ways"
    r"(?:[Aa]n?|[Tt]he) (?:[\w’'-]+ ){1,4}(?:group|organi[sz]ation|charity|network|association|NGO|foundation|campaign|"
    r"collective),? [A-Z]")
_STUCK = re.compile(r"\b(?:stuck|stranded)\b")
_TRAVELLERS = frozenset("passenger passengers commuter commuters motorist motorists traveller travellers tourists".split())
_COMMISSION = re.compile(r"(?:[Aa]n? |[Tt]he )?(?:\w+ )?Commission (?:spokes|official|president|vice|source)")
_UNION = re.compile(r"\bEU\b|\bEuropean (?:Union|Commission)\b|\bBrussels\b")
_OTHER_COMMISSION = re.compile(r"\b(?!European)(?:[A-Z]\w+ )+Commission\b")
_JUNTAS = frozenset(("unnamed", "civil_society", "government", "politician", "opposition"))  # as what a junta may be read
_END = re.compile(r"\. (?<=[a-z]{3}..)(?=[A-Z“\"])")  # of a sentence, no "St. Roe"
_SAYS = re.compile(  # behind which stands what somebody says of others
    r"\b(?:sa(?:id|ys|ying)|t(?:old|ells)|add(?:ed|s)|wr(?:ote|ites)|den(?:ied|ies)|think(?:s|ing)|thought|(?:accus|blam|urg|argu|announc|"
    r"describ|promis|criticis|criticiz|declar|stat|not|hop|believ|welcom|prais)(?:ed|es|ing)|(?:(?<!that )(?<!which )call|"
    r"demand|warn|claim|alleg|insist|ask|want|vow|condemn|reject|post|stress|fear|tweet|repeat|predict)(?:ed|s|ing))\b")
# As what the lists may read an inspector, one of a party, and an opponent of those in power.
_OFFICIALS = PRIVATE | {"government"}
_PARTISANS = PRIVATE | {"politician", "alliance", "civil_society"}
_POWERS = PRIVATE | {"politician", "government", "military"}
_MILD = PRIVATE | frozenset(("witness", "civil_society", "government", "politician", "alliance", "company", "opposition"))


class Context:
    """What one article tells of the groups, bodies and persons that it names."""

    def __init__(self, view: View) -> None:
        self.view, self.text, self.cause, self.politics = view, view.text, Cause(view), Politics(view.text)
        self._beside: dict[str, str] = {}

    @cached_property
    def speaks_of_protest(self) -> bool:
        """Whether the article has words of protest and riot, strikes aside."""
        return sum(map(PROTEST.__contains__, self.view.words)) > 1

    @cached_property
    def opposing(self) -> tuple[str, ...]:
        """The names of the parties and armed movements that the article calls opposition or rebels."""
        if "oppo" in self.text and _OPPOSED.search(self.text):
            called = _OPPOSING
        elif any(word in self.text for word in _REBEL):  # the other forms would be sought for long at every capital
            called = _REBELLING
        else:
            return ()
        names = (m.groupdict() for m in called.finditer(self.text))
        return tuple({n for own in names if not _TITLED.search((own.get("name") or "").partition(" ")[0])
                      for n in own.values() if n and len(n) > 1})

    @cached_property
    def calm(self) -> bool:
        """Whether an article of some length tells of no strike or protest at all."""
        return len(self.view.sentences) > _PASSAGE and not self.cause.stirred and not self.cause.story.protest

    @cached_property
    def political(self) -> bool:
        """Whether the article speaks of elections or a seizure of power, so that a rival is one for office."""
        return not _POLITICAL.isdisjoint(self.view.words)

    @cached_property
    def united(self) -> bool:
        """Whether the article is a release of the United Nations."""
        own = "our Office" in self.text or _UN.search(self.text[:_LEAD])  # which no other body writes so
        return bool(own) and bool(_RELEASE.search(self.text))

    def opposes(self, text: str) -> bool:
        """Tell whether a phrase names one of the opposition, by a part of a party's name too: "Sunrise leader Ada Roe"."""
        if any(name in text and re.search(rf"\b{re.escape(name)}\b", text) for name in self.opposing):
            return True
        party = self.politics.party_of(text) if self.opposing else ""
        return bool(party) and any(name.startswith(f"{party} ") or name.endswith(f" {party}") for name in self.opposing)

    def beside(self, name: str) -> str:
        """Return what stands right before and behind the first full mention of a person, up to the next mark."""
        if name not in self._beside:
            self._beside[name] = self._find_beside(name)
        return self._beside[name]

    def _find_beside(self, name: str) -> str:
        at = self.text.find(name)
        if not name or at < 0:
            return ""
        sentence = self.view.sentence_at(at)
        begin = 0 if sentence is None else self.view.sentences[sentence].start
        begin = 0 if _TITLE.search(self.text, max(0, begin - _LONGEST_TITLE), begin) else begin  # "Sr. Comr." ends no sentence
        lead = _CUT.split(self.text[max(begin, at - _BESIDE):at])[-1]
        end = at + len(name)
        last = end + _BESIDE if sentence is None else self.view.sentences[sentence].end
        tail = _END.split(self.text[end:min(end + _BESIDE, last)], maxsplit=1)[0]
        mark = _CUT.match(tail)
        part = _SAYS.split(_CUT.split(tail[1:] if mark else tail, maxsplit=1)[0], maxsplit=1)[0]
        return f"{lead}|{part if mark is None or tail[:1] == ',' else ''}"

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
            if not _RULES.search(told) and any(self._upsets(i, told) for i in group):
                for item in group:
                    item.entity = item.entity and item.entity._replace(type="opposition")

    def _upsets(self, item: Item, told: str) -> bool:
        """Tell whether somebody speaks as who is in no government; ``told`` is what the article says beside the name."""
        if item.entity and item.entity.type == "opposition":
            return True
        if DISPUTES.search(told):
            return True
        said = " ".join(self.text[s:e] for s, e in item.contents)
        return bool(_UPSETS.search(said) or (given(item.row.get("kind")) == "claim" and _AGAINST.search(said)))

    def settle(self, kind: str, reading: Reading, text: str, name: str = "") -> str:
        """Return the kind of a source in the light of its article; ``name`` where it is a person's full name."""
        around = self.beside(name) if name else ""
        if ("police" in text.casefold() and _POLICE_PRESS.search(text)) or (name and kind in PRIVATE and (
                _POLICE_RANK.search(around.partition("|")[0]) or _POLICE_RANK.search(text))):
            return "police"
        if name and kind in _OFFICIALS and "police" in self.view.words and _INSPECTOR.match(text):
            return "police"
        if name and kind in PRIVATE and _GROUP_CALLED.match(text):
            return "civil_society"
        if kind == "witness" and (reading.head in _TRAVELLERS or _STUCK.search(text)) and (
                self.cause.story.protest and not self.cause.story.trouble):
            kind = "person"  # held up by a blockade
        if kind == "president" and (_OF_HEAD.search(text) or (name and _SPOKES.search(text))):
            return "government"  # a spokesman with a name is an official; one without speaks for the president
        if kind == "person" and _PRESS_SECRETARY.match(text):
            return "government"
        if kind in ("", "unnamed", "government") and _PREMIER.match(text):
            return "president"
        if kind in PRIVATE and _FOR_CAUSE.match(text):
            return "civil_society"
        if kind in ("military", "government", "politician") and _SWORN_IN.search(f"{text}|{around}"):
            return "president"
        if kind in ("protester", "civil_society") and _POLICE_UNION.search(text):
            return "police"
        if kind == "protester" and "nion" in text and self.calm and not name:
            return "civil_society"  # a union that only comments
        if kind == "witness" and reading.head in _BRANCHES:
            kind = "protester" if "union" in text.casefold() else "civil_society"  # "the local branch"
        if kind == "civil_society" and _INSIDE_HOSPITAL.match(text):
            return "person"
        if kind in ("politician", "alliance") and _OF_TRADE.search(text) and any(
                family_of(w.strip(",.")) for w in text.casefold().split()):
            kind = "civil_society"  # "the Alliance of Concerned Teachers"
        if kind in PRIVATE and reading.head in LAWYERS and (side := _FOR_SIDE.match(text)):
            kind = self._of_side(kind, side["side"])
        if not name and kind in PRIVATE and _AT_SCENE.match(text):
            return "witness"
        if _COUNCILS.match(text) or (self.united and kind not in ("police", "document", "witness") and (
                _UN_OFFICES.search(text) or (name and _UN_OFFICES.search(around)))):
            return "international_org"
        if not name and kind in ("unnamed", "document", "civil_society") and _CARING.search(text):
            return "person"
        if not name and ((kind in _SHOWN_BY and _SHOWING.match(text)) or (kind not in MEDIA and _SHOWN.match(text))):
            return "document"
        if kind in PRIVATE and _OWNERS.match(text) and reading.bare and not _WORKING.isdisjoint(self.cause.story.families):
            return "company"
        if name and kind in PRIVATE and self.united and self._is_spokesman(name):
            return "international_org"
        if kind == "politician" and _OF_STATE.match(text):
            return "president"
        if kind == "military" and _MILITIA.search(text) and _FIGHTS_ARMY.search(self.text):
            return "opposition"
        if kind in ("", "unnamed") and reading.bare and reading.head == "force":
            return "police" if "police" in self.view.words else "military"
        if kind == "government" and _COMMISSION.match(text) and _UNION.search(self.text) and not (
                _OTHER_COMMISSION.search(self.text)):
            return "international_org"
        if kind in _JUNTAS and self.politics.is_junta(text):
            return "military"
        if name and kind in PRIVATE and self.politics.party_of(text):
            kind = "politician"
        return self._cause(kind, reading, text, around)

    def _is_spokesman(self, name: str) -> bool:
        """Tell whether a line at the head of a release names a person as who speaks: "Spokesperson for the Office: Ada Roe"."""
        return any(name in line and ":" in line and _SPOKES.search(line) for line in self.text[:_LEAD].split("\n"))

    def _of_side(self, kind: str, side: str) -> str:
        """Return the kind of lawyers by whom they are for: an opposition front, a rights network; else their own."""
        if any(name == side or name.startswith(f"{side} ") or name.endswith(f" {side}") or f" {side} " in name
               for name in self.opposing):
            return "opposition"
        return "civil_society" if _CAUSES.search(side) else kind

    def _is_opponent(self, kind: str, text: str, around: str) -> bool:
        """Tell whether a phrase, or what stands beside a person, calls somebody an opponent of those in power."""
        told = f"{text}|{around}"
        if kind in PRIVATE and not around:
            return bool(_CAMP.match(text)) or (_WING.match(text) is not None and _PLOT.search(self.text) is not None)
        if not around or not _OPPONENT_WORDS.search(told):
            return False
        return bool(_OPPONENT.search(told)) or (kind in PRIVATE and self.political and bool(_CONTENDER.search(told)))

    def _cause(self, kind: str, reading: Reading, text: str, around: str) -> str:
        """Return the kind of one who stands in a conflict: opposition or protester, if either."""
        told = f"{text}|{around}"
        if kind in _PARTISANS and "ruling" not in told and (
                self.opposes(text) or (around and self.opposes(around))):
            return "opposition"
        if kind == "military" and not around and any(re.match(rf"(?:the )?{re.escape(n)}\b", text, re.IGNORECASE)
                                                     for n in self.opposing):
            return "opposition"
        if kind in _POWERS and self._is_opponent(kind, text, around):
            return "opposition"
        if kind in ("politician", "alliance") and ("rival" in told or "challenger" in told) and _RIVAL.search(told):
            return "opposition"
        if kind == "politician" and not around and _DISSOLVED.match(text):
            return "opposition"
        if kind == "government" and _OUSTED.search(text) and not around:
            return "opposition"
        if kind == "alliance" and _ALLIED.search(text):
            return "politician"
        if kind == "document" and "latform" in text and self.cause.claims("civil_society", reading, text, around):
            return "protester"  # "the Citizens' Platform, which called the march"
        if kind in _MILD and self.cause.claims(kind, reading, text, around):
            return "protester"
        return kind
