"""Closed lists of the readers of source phrases, and what they say of single words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from framelens.text.wordclass import DETERMINERS, PREPOSITIONS

__all__ = [
    "ARTICLES",
    "BODIES",
    "BOTH",
    "CLAUSE",
    "COUNTS",
    "ELLIPTIC",
    "EVENTS",
    "GENERIC",
    "LEADING",
    "MEDIA_HEADS",
    "PARTICLES",
    "POSSESSIVE",
    "PRONOUN",
    "PROTEST",
    "QUANTIFIERS",
    "RELATION",
    "RELATIVE",
    "SAID",
    "SPEAKING_FOR",
    "STATEMENTS",
    "SUBJECTS",
    "WATCHING",
    "gender_of",
    "is_person",
    "is_plural",
    "may_be_person",
    "seeks_office",
    "stays_unnamed",
    "takes_part",
    "tells_of",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _set("the a an")
SUBJECTS = _set("i he she it they we you")
# A pronoun in the form that stands for its person and number; "some" is nobody in particular.
PRONOUN = {
    **dict.fromkeys(("i", "me", "myself"), "i"), **dict.fromkeys(("we", "us", "ourselves"), "we"), "you": "some",
    **dict.fromkeys(("he", "him", "himself"), "he"), **dict.fromkeys(("she", "her", "herself"), "she"),
    **dict.fromkeys(("it", "itself"), "it"), **dict.fromkeys(("they", "them", "themselves", "both"), "they"),
}
POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "i", "our": "we"}
RELATIVE = _set("who whom which that whose")
# Words that leave out whom they count: "said another", "a second added".
BOTH = frozenset(("the", word) for word in ("two", "pair", "duo", "couple", "three", "trio"))  # persons named before
ELLIPTIC = _set("another second third other others one")
COUNTS = _set(  # before "of" only
    "number numbers majority handful couple pair group groups lot lots half army chorus string host wave")
QUANTIFIERS = DETERMINERS | COUNTS | _set(
    "about around some nearly almost at least more than up to dozens hundreds thousands scores other others these "
    "those certain various numerous first second third fourth fifth few own same unnamed unidentified anonymous")
CLAUSE = PREPOSITIONS | RELATIVE | _set(
    "when next aged familiar present involved nearby here there to where close")
PARTICLES = _set("de del della da di du la le van von der den bin ibn al el ben bint ter ten abu")
RELATION = _set("of for at from with by in inside within to")  # from a role to the body it speaks for
LEADING = _set(
    "lead leads led leading head heads headed heading run runs ran running chair chairs chaired direct directs "
    "directed represent represents represented representing found founded founds oversees oversaw commands "
    "commanded edits edited speaks spoke speaking works worked working advises advised")
# Roles that with a country beside them are its government's: "the Norwegian delegation".
SPEAKING_FOR = _set(
    "spokesman spokeswoman spokesperson spokespeople spokesmen leader leaders envoy envoys negotiator negotiators "
    "delegation representative representatives office mission side")
SAID = _set("said says told tells added")  # they end a phrase that runs on
STATEMENTS = _set("statement communique communiqué release")  # they speak for whoever made them
# Short forms that name again what was named before: "the group said".
GENERIC = _set(
    "group organisation organization body agency department office service institution institute authority bloc "
    "alliance coalition association commission committee council ministry")
# Short forms of media, and the words of what they name again: "the channel" is rather a television than an agency.
_AIR = _set("channel television tv radio station broadcaster network")
_PRINT = _set("newspaper paper daily weekly magazine tabloid times post herald gazette tribune journal")
MEDIA_HEADS = {
    **dict.fromkeys(("channel", "station", "broadcaster", "network"), _AIR),
    **dict.fromkeys(("newspaper", "paper", "daily", "magazine", "tabloid"), _PRINT),
    **dict.fromkeys(("agency", "service", "wire"), _set("agency service wire newswire")),
    **dict.fromkeys(("outlet", "site", "website"), _set("outlet site website portal")),
}
_BODIES = _set(
    "party front union movement league federation foundation watch congress forum compact pact society club "
    "company bank court one news television radio times post herald gazette tribune journal")
BODIES = GENERIC | MEDIA_HEADS.keys() | _set("party movement union league front federation foundation company firm")
WATCHING = _set("monitors monitor monitored tracks tracked documents documented campaigns advocates defends")
EVENTS = _set(
    "protest protests march marches rally rallies demonstration demonstrations strike strikes sit-in sit-ins "
    "uprising blockade vigil picket pickets walkout occupation crowd crowds procession protesters demonstrators "
    "marchers strikers")
_JOINING = _set(
    "join joins joined joining organise organised organises organising organize organized organizes organizing "
    "led lead leads leading called attend attended attends attending part helped helps helping marched planned "
    "start started")
_NEAR = _set("at in plan call help came among bring brought")
_CALENDAR = _set("in on since last early late until by of from this next mid through")  # before "March" the month
_ACTING = _set("marched marching protested protesting demonstrated demonstrating picketed picketing blockaded blockading")
_SEEING = _set("saw seen heard watched witnessed filmed smelled")
# What a witness sees: "saw" alone is said of films and of chances as well.
_SCENE = _set(
    "shot shots gunfire shooting fire smoke flames explosion blast police officer officers soldiers troops crowd "
    "mob clash clashes fight attack attacker attackers charge stones glass bodies body blood van truck trucks car "
    "people man men boy woman flash flashes gun guns gunman knife running screaming")
# What "we" do in a protest, and what is done to "us".
_WE_ACT = _set(
    "marched marching sang singing chanted chanting walked walking sat sitting stood standing gathered knelt kneeling "
    "protested protesting demonstrated demand demanded want came carried shouting shouted")
_US = _set("us")
_AGAINST = _set(
    "came fired shot shoot charged ran threw beat hit pushed dragged sprayed kicked arrested detained gassed chased "
    "clubbed aimed pointed")
PROTEST = _set(
    "protest protests protester protesters protestors demonstration demonstrations demonstrators marchers riot riots "
    "rioters unrest uprising")  # what an article on a protest speaks of
_DWELLING = (_set("lives living lived"), _set("opposite near nearby above next beside across close overlooking"))
_CAMPAIGN = _set(
    "candidacy nomination caucus caucuses primary primaries delegates re-election reelection campaigned campaigning "
    "runoff run-off")
_OFFICE_PAIRS = frozenset(tuple(p.split()) for p in (
    "ran for", "running for", "run for", "runs for", "stood for", "standing for", "elected to", "elected as", "was elected",
    "voted for", "his campaign", "her campaign", "has endorsed", "endorsed by", "his supporters", "her supporters",
    "in polls", "presidential campaign", "presidential bid", "presidential race", "stump speech", "opinion polls"))
_HARMED = _set("looted emptied smashed burned burnt torched ransacked damaged destroyed raided lost shattered")
_TELLING = EVENTS | _ACTING | _DWELLING[0] | _SEEING | _set("whose")  # words without one of which nobody takes part
_HIDING = _set("anonymous anonymity unidentified unnamed")
_PERSON = re.compile(r"(?:[^aeiou]er|[ae]er|yer|ier|uer|or|ist|ian|man|woman|person|ent|ant|ess|ee|[iu]c)s?$"
                     r"|(?:men|women|people|persons)$")
_NO_PERSON = re.compile(
    r"(?:ment|tter|ware|phere|[cp]ower|tower|paper|number|cent(?:er|re)|order|(?<!d)river|border|weather|water|"
    r"manufacturer|maker|retailer|carrier|broadcaster|lender|insurer|producer|publisher|regulator|committee|business|"
    r"press|congress|access|process|poster|banner|register|ledger|chapter|disaster|event|accent|percent|treasury|"
    r"harbour|harbor|factor|error|terror|horror|color|mirror|tenor|quarter|theatre|theater|charter|computer|offer|"
    r"answer|summer|winter|server|public|republic|music|traffic|clinic|topic|panic|chamber|barrier|sector|restaurant|"
    r"plant|decree|degree|fee|tree|guarantee|coffee|(?:stat|pol|econom|tact|analyt|eth|metr|graph)(?:is)?(?:t)?ic)s?$")
_PEOPLE = _set(
    "official general captain colonel mayor chief head mp mep boss mother father son daughter brother sister wife "
    "husband widow uncle aunt friend neighbour neighbor nurse clerk cook guard monk priest imam bishop archbishop "
    "pope judge colleague victim secretary deputy envoy diplomat candidate advocate delegate graduate expert "
    "youth girl boy child guy lady coach aide critic pilot surgeon politician physician rabbi vicar premier "
    "ambassador senator emir king queen prefect sheriff constable detective native relative operative "
    "representative executive prosecutor vet poet chef parent cousin nun elder chair counsel consul attache whip "
    "pupil individual intellectual professional local national veteran sergeant admiral akim foreman host thug "
    "rebel rival ceo pm comrade spouse magistrate notary minister member squatter")
_PLURAL = _set(
    "police people troops men women children authorities media youth folk locals clergy staff crew press public "
    "personnel spokespeople")
_MALE = re.compile(
    r"(?:(?<!wo)man|(?<!wo)men|father|(?<!per)son|brother|husband|uncle|boy|king|widower|grandad|waiter|actor|mr|sir|"
    r"lord)$")
_FEMALE = re.compile(
    r"(?:woman|women|mother|daughter|sister|wife|widow|aunt|girl|queen|waitress|actress|mrs|ms|miss|lady|dame|nun)$")


def is_person(word: str) -> bool:
    """Guess whether a common noun in normal form names persons rather than bodies or things."""
    single = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    if word in _PEOPLE or single in _PEOPLE:
        return True
    return bool(_PERSON.search(word)) and not _NO_PERSON.search(word)


def may_be_person(words: Sequence[str]) -> bool:
    """Guess whether a name that a study lists, as it is spelt, may be a person's: no acronym, no word for a body."""
    bodies = GENERIC | _BODIES | MEDIA_HEADS.keys()
    return not any((w.isupper() and len(w) > 1) or w.lower() in bodies for w in words)


def is_plural(word: str) -> bool:
    """Guess whether a common noun in normal form is a plural."""
    if word in _PLURAL or word.endswith(("men", "people")):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def gender_of(words: Sequence[str]) -> str:
    """Return "m" or "f" where words in normal form say so, else nothing."""
    for word in words:
        if PRONOUN.get(word) == "she" or _FEMALE.search(word):
            return "f"
        if PRONOUN.get(word) == "he" or _MALE.search(word):
            return "m"
    return ""


def tells_of(words: Sequence[str], *, protest: bool) -> str:
    """Return "protester" or "witness" where a private person's own words tell of it, else nothing.

    A witness has seen the scene; a protester (in an article on a ``protest``) was there as one of us.

    Examples
    --------
    >>> tells_of("we were singing when they ran at us".split(), protest=True)
    'protester'
    >>> tells_of("i saw a man run".split(), protest=False)
    'witness'
    >>> tells_of("we want lower taxes".split(), protest=False)
    ''
    """
    for at, word in enumerate(words) if protest else ():
        if word in _WE_ACT and "we" in words[max(0, at - 3):at]:
            return "protester"
        if word in _US and not _AGAINST.isdisjoint(words[max(0, at - 5):at]):
            return "protester"
    if any(word in _SEEING and _SCENE & set(words[at + 1:at + 12])
           and {"i", "we", "he", "she"} & set(words[max(0, at - 2):at]) for at, word in enumerate(words)):
        return "witness"
    return ""


def seeks_office(words: Sequence[str]) -> bool:
    """Tell whether what is said of a person is said of politicians: "who is running for mayor", "won the primary"."""
    return not _CAMPAIGN.isdisjoint(words) or any(
        pair in _OFFICE_PAIRS for pair in pairwise(words))


def stays_unnamed(words: Sequence[str]) -> bool:
    """Tell whether a source is said to hide its name: "who asked not to be named", "it did not identify"."""
    if _HIDING & set(words):
        return True
    denied = any(w in ("not", "declined", "refused", "without") or w.endswith("n't") for w in words)
    return denied and bool({"named", "name", "identified", "identify", "names"} & set(words))


def takes_part(words: Sequence[str], *, told: bool = False) -> str:
    """Return "protester" or "witness" where what is said of a private person says that, else nothing.

    ``told`` is for what the person does in the sentence, where a rally is as often a candidate's as a protest.

    Examples
    --------
    >>> takes_part("who helped to call the rally".split()), takes_part("who saw the crowd run".split())
    ('protester', 'witness')
    >>> takes_part("who sells bread".split())
    ''
    """
    if _TELLING.isdisjoint(words):
        return ""
    joining = _JOINING if told else _JOINING | _NEAR
    for at, word in enumerate(words):
        before, after = words[max(0, at - 5):at], words[at + 1:at + 2]
        if word == "march" and ((before and before[-1] in _CALENDAR) or (after and after[0][0].isdigit())):
            continue
        event = word in EVENTS and not (told and word.startswith(("rall", "crowd")))
        if word in _ACTING or (event and joining & set(before)):
            return "protester"
        if word == "strike" and before[-1:] == ["on"]:
            return "protester"
        dwells = word in _DWELLING[0] and _DWELLING[1] & set(words[at + 1:at + 4])
        harmed = word == "whose" and not told and _HARMED & set(words[at + 1:at + 5])
        if dwells or harmed or (word in _SEEING and _SCENE & set(words[at + 1:at + 9])):
            return "witness"
    return ""
