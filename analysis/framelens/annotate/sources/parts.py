"""What part a private person has in the story: one of those who protest, one who has seen what happened, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from framelens.annotate.sources.words import is_person, is_plural, singular
from framelens.text.view import View
from framelens.text.wordclass import AUXILIARIES, is_adverb

__all__ = ["NO_GROUP", "Story"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Callings by the group of which they are one: "we" of a weavers' strike is a weaver, a hand or a fitter of the same mill.
_TRADES = {
    "worker": _set(
        "worker employee staff labourer laborer operator operative packer welder mechanic fitter machinist seamstress tailor "
        "cutter weaver spinner electrician technician plumber cleaner porter docker dockworker stevedore longshoreman loader "
        "assembler builder bricklayer mason carpenter painter foreman cook clerk cashier sorter picker smelter roughneck "
        "oilman rigger sweeper collector waiter waitress turner toolmaker dyer machine-minder shopfloor caretaker gardener "
        "storeman warehouseman metalworker steelworker ironworker millworker mill-hand baker butcher brewer dressmaker knitter "
        "ironer maid housekeeper barman janitor attendant handler conductor signalman railwayman trackman postman steward "
        "stewardess unionist striker crane forklift sewing garment factory mill plant shift"),
    "farmer": _set(
        "farmer peasant grower herder shepherd breeder rancher winegrower winemaker vintner planter smallholder cattleman "
        "dairyman campesino farmhand fruit-grower grows farms raises cultivates breeds milks herds keeps orchard vineyard"),
    "driver": _set("driver trucker haulier hauler cabbie courier rider motorcyclist teamster carrier drives lorry truck"),
    "student": _set(
        "student undergraduate pupil freshman sophomore postgraduate studies studying first-year second-year third-year "
        "fourth-year final-year scholar schoolgirl schoolboy faculty majoring sophomores"),
    "teacher": _set(
        "teacher lecturer professor tutor schoolteacher instructor headteacher headmistress educator teaches schoolmistress"),
    "medic": _set("nurse midwife doctor physician surgeon medic intern paramedic orderly anaesthetist"),
    "miner": _set("miner digger driller coalminer pitman collier"),
    "pensioner": _set("pensioner retired retiree retirees"),
    "fisherman": _set("fisherman fisher fisherwoman skipper trawlerman boatman fishes"),
    "jobless": _set("graduate jobless unemployed jobseeker diplomas"),
    "trader": _set("trader vendor hawker merchant shopkeeper stallholder seller sells"),
    "mother": _set("mother father parent"),
    "tenant": _set("tenant renter rents squatter"),
    "veteran": _set("veteran ex-soldier ex-serviceman reservist"),
    "jurist": _set("lawyer attorney barrister advocate"),
    "depositor": _set("depositor saver investor"),
    "artist": _set("actor actress musician artist singer dancer filmmaker"),
}
_FAMILY = {word: family for family, words in _TRADES.items() for word in words}
_HANDS = frozenset(("miner", "driver"))  # "workers" on strike may be any of these too
# Groups that anybody may be one of.
_ANYBODY = _set(
    "people person resident villager local citizen youth woman man crowd thousand hundred dozen score protester demonstrator "
    "marcher supporter inhabitant neighbour neighbor community family islander activist opponent protestor mourner believer "
    "townspeople townsfolk picketer campaigner adult girl boy child voter ten million mother")
_MOVES = _set(
    "march marches marched marching protest protests protested protesting rally rallied rallying demonstrate demonstrated "
    "demonstrating block blocks blocked blocking blockade blockaded blockading picket picketed picketing chant chanted "
    "chanting occupy occupied occupying gather gathered gathering barricade barricaded barricading storm stormed besieged "
    "encircled camped massed thronged flooded packed surrounded")
_MOVES_WITH = {  # verbs that tell of a protest beside one of some words only
    **dict.fromkeys(("walked", "walk", "walking"), _set("out off")),
    **dict.fromkeys(("took", "take", "taking", "poured", "pour", "pouring", "spilled", "came", "turned", "returned", "filled",
                     "filling", "fill", "blanketed"), _set("streets street square avenue boulevard plaza")),
    **dict.fromkeys(("downed", "down"), _set("tools")), "struck": _set("over for against"),
    **dict.fromkeys(("stopped", "stop", "halted", "ceased"), _set("work")),
    **dict.fromkeys(("burned", "burnt", "burning", "set"), _set("tyres tires effigy effigies flags")),
    **dict.fromkeys(("drove", "driving", "parked", "rolled"), _set("tractors convoy lorries trucks taxis minibuses protest")),
    **dict.fromkeys(("dumped", "dumping"), _set("manure milk grain dung hay tyres")),
    **dict.fromkeys(("sat", "sit", "sitting", "lay", "stood"), _set("tracks rails track pavement signs placards banners road")),
    **dict.fromkeys(("closed", "closing", "cut", "shut", "sealed"), _set(
        "road roads highway highways bridge bridges motorway railway pass port ports")),
    **dict.fromkeys(("staged", "stage", "staging", "held", "began", "begun", "launched", "joined", "started", "holding"),
                    _set("sit-in sit-ins strike march protest protests vigil rally walkout blockade demonstration hunger")),
    **dict.fromkeys(("went", "gone", "go", "are", "were", "been"), _set("strike")),
    **dict.fromkeys(("waving", "waved", "carrying", "banging", "banged"), _set("flags banners placards pots pans portraits")),
    **dict.fromkeys(("stayed", "stay", "refused"), _set("away work streets square looms machines")),
    **dict.fromkeys(("clashed", "clash"), _set("police gendarmes soldiers guards")),
}
_OPENING = 3  # sentences, headline included, that say what an article is about
_NEAR = 10  # words behind a group among which its verb and what it does stand
_SHORT = 4  # letters of a group: "as" is none
_BEHIND = 5  # of these, words among which the verb stands where a place stands before it
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
_EVENTS = _set("strike strikes march protest protests sit-in stoppage walkout blockade shutdown rally demonstration")
_ADJECTIVES = _set("striking protesting marching angry jobless unemployed unpaid sacked dismissed")
# Words without one of which a sentence tells of nobody who acts.
_HINTS = (_MOVES | _EVENTS | _ADJECTIVES | _set("walked walk walking struck stayed stay")).union(
    *_MOVES_WITH.values()) - _set("out off over for against away police")
# Who is told to march, block or sit and yet is no protester: forces, offices, countries.
NO_GROUP = frozenset(
    "police officer soldier troop guard force gendarme official authority minister lawmaker deputy mp leader trooper agent "
    "president government militant rebel fighter gunman judge prosecutor journalist reporter expert analyst".split())
# Who stands beside a protest, unless it is theirs.
_BESIDE = _set(
    "shop shops shopkeeper shopkeepers store stall kiosk restaurant cafe café bar hotel hotelier market pharmacy owner owns "
    "runs sells trader vendor merchant grocer passenger commuter traveller traveler tourist motorist patient customer guest "
    "businessman businesswoman doctor surgeon medic nurse paramedic driver taxi bus operator hairdresser barber butcher baker "
    "landlord receptionist guard caretaker pharmacist stranded stuck waiting queueing queuing priest imam pastor")
_CARERS = _set("doctor surgeon medic physician lawyer hospital")
_KIN = _set(
    "relative relatives brother sister son daughter father mother husband wife widow widower uncle aunt cousin nephew niece "
    "parent parents grandmother grandfather")
_OF = _set("of whose")
_THEIRS = re.compile(r"\W*(?:his|her|their)\b", re.IGNORECASE)
_MEMBER = _set(
    "committee party council member spokesman spokeswoman spokesperson minister official chairman chairwoman chair president "
    "head mayor governor secretary director manager leader commander priest imam bishop pastor sheikh judge")
_HEADCOUNT = re.compile(r"\b(?:mother|father|parent) of (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b")
_OURS = _set("we we're we've we'll we'd us our ours ourselves")
_MINE = _set("i i'm i've i'll i'd my me mine myself")
_THEIR_CAUSE = _set(  # words with which one speaks of a protest from beside it
    "strike strikes strikers striking protest protests protesters demonstrators marchers blockade roadblock roadblocks "
    "barricades stoppage customers customer shutters clients patients stuck stranded queue shop business businesses exams "
    "lessons classes flight train appointment violence")
_SPEAKS_OF = _set("they're them their they support understand sympathise sympathize")
# What a witness tells of: words of the scene that need nothing beside them.
_BANG = _set(
    "bang bangs boom explosion explosions blast blasts gunfire gunshot gunshots shots screams screaming smoke flames grenade "
    "grenades bullets tremor shockwave sirens rubble shrapnel debris collapsed exploded crashed corpses shelling shook shaking")
_HAPPENED = _set(
    "came shot fired opened burned burnt attacked entered arrived beat stormed dragged killed broke threw fell hit flew blew "
    "shattered collapsed crashed exploded left ran fled surrounded kicked pulled took lit torched swept rose went jumped "
    "separated trembled swayed rattled burst started began")
_TOOK_PART = _set("walked dug carried pulled woke hid ducked climbed crawled waded held jumped ran stood lay sat fell came")
_SCENERY = _set(
    "rifle rifles gun guns hands rubble window windows roof flames bodies body blood smoke door floor wall mud ceiling soldiers "
    "gunmen police bullets shots water fire tank tanks ash stairs basement cellar")
_DOERS = _set(
    "they soldiers soldier police policemen gunmen gunman men attackers attacker troops gendarmes rebels officers militants "
    "bandits fighters everybody everyone windows window walls wall roof ceiling house houses ground water river wave bridge "
    "building everything train bus lorry truck car boat plane helicopter drone drones rocket rockets missile missiles shell "
    "shells bomb glass fire mud tree trees tower floor earth people door doors")
_SIGHT = 9  # words behind such a verb among which something of the scene stands
_FIRST = _set("i we he she they it everybody everyone")
_PHONED = re.compile(r"\b(?:reached|contacted|interviewed|speaking|spoke) by (?:tele)?phone\b|\banswered the (?:tele)?phone\b")
_AT_PROTEST = re.compile(
    r"\b(?:told|addressed|addressing) (?:the|a) (?:\w+ )?(?:crowd|rally|protest\w*|march\w*|demonstrators|sit-in|gathering|"
    r"vigil|picket)\b"
    r"|\b(?:at|during) (?:the|a) (?:\w+ )?(?:rally|march|protest|demonstration|sit-in|picket|vigil|barricade)\b")
_SUDDEN = _set("suddenly everywhere black dark everybody everyone loud deafening")
_QUIET = re.compile(
    r"\b(?<!my )(?<!our )(?:streets?|market|town|square|roads?|shops?|everything) (?:was|were|is|are) (?:\w+ )?"
    r"(?:full|empty|quiet|closed|shut|deserted|black|dark|calm|silent)\b|\bit was (?:quiet|calm|dark)\b|\byou could hear\b"
    r"|\b(?:sky|air) (?:was|turned) \w+\b|\b(?:soldiers|troops|police) (?:have|had) (?:gone|left|fled|withdrawn)\b"
    r"|\bthere was (?:a |an )?(?:\w+ )?(?:crash|bang|noise|blast|panic|fire|smoke|shooting|explosion|boom|flash|roar)")
_ABSENT = _set("told said says heard read think believe want hope know knew call calls")  # of hearsay and opinion


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
    def actors(self) -> frozenset[str]:
        """The groups, in the singular, that are told to march, strike or block."""
        words = self.view.words
        found: set[str] = set()
        for number, sentence in enumerate(self.view.sentences):
            own = words[sentence.first:sentence.last]
            if not _HINTS.isdisjoint(own):
                found.update(singular(w) for w in self._acting(own))
            if number < _OPENING and not _PROTESTS.isdisjoint(own):  # "Police clash with pensioners": whose protest it is
                found.update(singular(w) for at, w in enumerate(own) if is_plural(w) and singular(w) in _FAMILY and not (
                    at and own[at - 1] in ("his", "her", "their")))  # not "their lawyers"
        return frozenset(found - NO_GROUP)

    @staticmethod
    def _acting(words: Sequence[str]) -> Iterator[str]:
        for at, word in enumerate(words[:-1]):
            bare = word.removesuffix("'").removesuffix("’")
            group = len(bare) >= _SHORT and (is_plural(bare) or bare in ("crowd", "family"))
            if not (group or bare in _FAMILY) or singular(bare) in NO_GROUP:
                continue
            after = words[at + 1:at + 1 + _NEAR]
            if not group:
                if after[0] in _EVENTS:
                    yield bare  # "a teacher strike"
            elif (at and words[at - 1] in _ADJECTIVES) or not _EVENTS.isdisjoint(after[:2 if word != bare else 1]):
                yield bare  # "striking nurses", "the nurses' pay strike"
            elif _moves([w for w in after if w not in AUXILIARIES and w != "who" and not is_adverb(w)]):
                yield bare

    @cached_property
    def callings(self) -> frozenset[str]:
        """The callings among those who act, as the article calls them."""
        return frozenset(a for a in self.actors if a in _FAMILY)

    @cached_property
    def families(self) -> frozenset[str]:
        """The callings of those who act, by the name of their group where the lists have it."""
        own = {_FAMILY.get(a, a) for a in self.actors if a not in _ANYBODY}
        return frozenset(own | _HANDS if "worker" in own else own)

    @cached_property
    def anybody(self) -> bool:
        """Whether those who act are no one trade: a crowd, residents, thousands."""
        words = self.view.words
        return not self.families or not _ANYBODY.isdisjoint(self.actors) or sum(
            w in ("protesters", "demonstrators", "marchers") for w in words) > 1

    def part(self, about: str, said: Sequence[str], *, quoted: bool, told: str = "") -> str:
        """Return "protester" or "witness" for a private person, else nothing.

        ``about`` is what the article says beside the person, without the name; ``said`` the words of all that the person
        says, in normal form; ``quoted`` whether some of it stands in quotation marks; ``told`` the narrator's words around it.
        """
        words = frozenset(re.findall(r"[\w’'-]+", _HEADCOUNT.sub("parent", about.casefold())))
        if _THEIRS.match(about):  # "his mother, Jane Roe"
            words |= _OF
        beside = not _BESIDE.isdisjoint(words)
        if self.protest and ((_AT_PROTEST.search(told) and not beside) or self._protests(words, said, quoted=quoted)):
            return "protester"
        there = not _is_kin(words) and ((quoted and _has_seen(said)) or (_PHONED.search(about) and not _CARERS & words))
        return "witness" if there else ""

    def _protests(self, words: frozenset[str], said: Sequence[str], *, quoted: bool) -> bool:
        spoken = frozenset(said)
        own = {_FAMILY[w] for w in map(singular, words) if w in _FAMILY} | {_FAMILY[w] for w in words if w in _FAMILY}
        ours = not _OURS.isdisjoint(spoken)
        if _is_kin(words):
            return False
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
        return ours or (not _has_seen(said) and (not quoted or not _MINE.isdisjoint(spoken)))


def _is_kin(words: frozenset[str]) -> bool:
    """Tell whether somebody is presented as another's relative: "the brother of one detainee", "Mother: ‘They shot my son’"."""
    return not _KIN.isdisjoint(words) and (len(words) == 1 or not _OF.isdisjoint(words))


def _has_seen(said: Sequence[str]) -> bool:
    """Tell whether somebody's words tell of a scene in the past: "there was a loud crash", "the windows flew in"."""
    text = " ".join(said)
    if _QUIET.search(text):
        return True
    for at, word in enumerate(said):
        near = said[max(0, at - 3):at]
        if word in _HAPPENED and not _DOERS.isdisjoint(near) and _ABSENT.isdisjoint(said[max(0, at - 4):at + 2]):
            rest = frozenset(said[max(0, at - 8):at + 10])
            if not rest.isdisjoint(_BANG | _SUDDEN) or near[-1] in _DOERS - {"they"} or word in (
                    "shot", "fired", "burned", "burnt", "attacked", "beat", "stormed", "dragged", "exploded", "collapsed"):
                return True
        if word in _TOOK_PART and not _SCENERY.isdisjoint(said[at + 1:at + _SIGHT]) and not _FIRST.isdisjoint(near):
            return True
        if word in _BANG and not frozenset(("there", "heard", "suddenly", "then", "saw", "it", "everywhere")).isdisjoint(
                said[max(0, at - 6):at + 3]):
            return True
    return False


def _moves(rest: Sequence[str]) -> bool:
    """Tell whether the words behind a group, auxiliaries and adverbs aside, say that it strikes, marches or blocks."""
    if rest[:2] == ["on", "strike"]:
        return True
    reach = _BEHIND if rest and rest[0] in ("in", "from", "of", "at", "outside", "across", "near") else 1  # "workers in Ashulia"
    for at, word in enumerate(rest[:reach]):
        if at and is_plural(word) and is_person(word):
            return False
        if word in _MOVES or (word in _MOVES_WITH and not _MOVES_WITH[word].isdisjoint(rest[at + 1:])):
            return True
    return False
