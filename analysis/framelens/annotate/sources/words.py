"""Closed lists of the readers of source phrases, and what they say of single words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framelens.text.tokens import Known
from framelens.text.wordclass import DETERMINERS, PREPOSITIONS

__all__ = [
    "ARTICLES",
    "BODIES",
    "BOTH",
    "CLAUSE",
    "COUNTS",
    "ELLIPTIC",
    "EVENTS",
    "FORMER",
    "GENERIC",
    "HONORIFICS",
    "KIN",
    "LAWYERS",
    "LEADING",
    "MEDIA_HEADS",
    "NUMBERS",
    "PARTICLES",
    "POSSESSIVE",
    "PRONOUN",
    "PUBLIC",
    "QUANTIFIERS",
    "RELATION",
    "RELATIVE",
    "SAID",
    "SPEAKING_FOR",
    "STATEMENTS",
    "STRIKERS",
    "SUBJECTS",
    "TENS",
    "TURNED",
    "WATCHING",
    "WORKERS",
    "gender_of",
    "is_person",
    "is_plural",
    "is_role",
    "may_be_person",
    "singular",
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
    "number numbers majority minority handful couple pair group groups lot lots half army chorus string host wave percent cent "
    "percentage proportion share thirds quarter quarters fifths tenths")
TENS = _set("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBERS = TENS | _set("one two three four five six seven eight nine ten twelve hundred")
QUANTIFIERS = DETERMINERS | COUNTS | TENS | _set(
    "just over under roughly approximately slightly well only "
    "about around some nearly almost at least more than up to tens dozens hundreds thousands millions scores other others these "
    "those certain various numerous first second third fourth fifth few own same unnamed unidentified anonymous")
CLAUSE = PREPOSITIONS | RELATIVE | _set(
    "when next aged familiar present involved nearby here there to where close")
PARTICLES = _set("de del della da das di dos du la le van von der den bin binti ibn al el ben bint ould ter ten abu")
RELATION = _set("of for at from with by in inside within to")  # from a role to the body it speaks for
LEADING = _set(
    "lead leads led leading head heads headed heading run runs ran running chair chairs chaired direct directs "
    "directed represent represents represented representing found founded founds oversees oversaw commands "
    "commanded presides presided edits edited speaks spoke speaking works worked working advises advised")
# Roles that with a country beside them are its government's: "the Norwegian delegation".
SPEAKING_FOR = _set(
    "spokesman spokeswoman spokesperson spokespeople spokesmen leader leaders envoy envoys negotiator negotiators "
    "delegation representative representatives office mission side fm")
SAID = _set("said says told tells added")  # they end a phrase that runs on
STATEMENTS = _set("statement communique communiqué release")  # they speak for whoever made them
# Short forms that name again what was named before: "the group said".
GENERIC = _set(
    "group organisation organization body agency department office service institution institute authority bloc "
    "alliance coalition association commission committee council ministry platform network initiative collective observatory")
FORMER = _set("former ex one-time onetime erstwhile ousted deposed toppled retired")  # of offices held no more
HONORIFICS = _set("mr mrs ms dr hon ing engr alhaji hajia ustaz rt sir")
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
KIN = _set(
    "wife wives husband husbands mother mothers father fathers parent parents son sons daughter daughters child children brother "
    "brothers sister sisters widow widows widower widowers relative relatives cousin cousins uncle uncles aunt aunts nephew "
    "nephews niece nieces grandmother grandfather grandparents grandson granddaughter family families kin brother-in-law "
    "sister-in-law father-in-law mother-in-law son-in-law daughter-in-law stepson stepdaughter stepfather stepmother")
LAWYERS = _set("lawyer lawyers attorney attorneys barrister barristers counsel solicitor solicitors")
BODIES = GENERIC | MEDIA_HEADS.keys() | _set(
    "party movement union league front federation foundation company firm watchdog ngo charity think-tank collective")
WATCHING = _set("monitors monitor monitored tracks tracked documents documented campaigns advocates defends")
PUBLIC = _set(  # what an office of the state is over
    "agriculture aviation census commerce culture customs disaster disasters education elections electoral electricity "
    "emergencies emergency employment energy environment fisheries food forestry forests health housing hydrology "
    "immigration intelligence investment irrigation labor labour land lands livestock medicines meteorology migration mines "
    "parks passport planning prisons reconstruction refugees registry roads sanitation security seismology statistics tax "
    "taxation telecommunications tourism transport water")
TURNED = "-turned-"  # between what one was and what one is
WORKERS = _set(
    "workers employees teachers nurses midwives miners mineworkers dockers drivers peasants peasant campesinos seafarers seamen "
    "railwaymen stevedores farmworkers labourers laborers lecturers academics firefighters cleaners wage-earners taxi-drivers "
    "bus-drivers campesino landless metalworkers steelworkers textile-workers carters porters fishworkers "
    "sramik shramik mazdoor kamgar karmachari kisan krishak trabajadores obreros")
# Unions where these unite, not where they are named elsewhere: "the farmers' front", no "federation of farmers' banks".
STRIKERS = WORKERS | _set(
    "students farmers growers doctors weavers fishermen fishers fisherfolk pensioners pilots truckers cutters dockworkers "
    "servants labour")
EVENTS = _set(
    "protest protests march marches rally rallies demonstration demonstrations strike strikes sit-in sit-ins "
    "uprising blockade vigil picket pickets walkout occupation crowd crowds procession protesters demonstrators "
    "marchers strikers convoy")
_PERSON = re.compile(r"(?:[^aeiou]er|[ae]er|yer|ier|uer|or|ist|ian|man|woman|person|ent|ant|ess|ee|[iu]c)s?$"
                     r"|(?:men|women|people|persons)$")
_NO_PERSON = re.compile(
    r"(?:ment|tter|ware|phere|[cp]ower|tower|paper|number|cent(?:er|re)|order|(?<!d)river|border|weather|water|"
    r"manufacturer|maker|retailer|carrier|broadcaster|lender|insurer|producer|publisher|regulator|committee|business|"
    r"crescent|contingent|continent|"
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
    "guide firebrand rebel rival ceo pm comrade spouse magistrate notary minister member squatter "
    "abbot advocate-general analyst architect artisan athlete attorney attorney-general ayatollah bailiff barista "
    "boyfriend bride bridegroom brigadier-general brother-in-law bureaucrat cadet carabiniere cardinal champion chaplain "
    "citizen classmate co-chair co-head commander-in-chief commodore conscript cop corporal counterpart dean deckhand "
    "director-general dockhand dressmaker editor-in-chief entrepreneur ex-general exile father-in-law fellow fiancé "
    "fiancée film-maker filmmaker gendarme girlfriend grandson groom guerrilla guest heir holidaymaker homemaker "
    "hooligan hopeful hostage inspector-general intern justice lama landlord lawmaker legionnaire lieutenant-colonel "
    "lieutenant-general lifeguard lumberjack maid major-general marshal mason midwife missionary monarch mother-in-law "
    "mufti nanny nephew niece oligarch passer-by passerby patriarch pilgrim playwright plotter prelate premier-designate "
    "president-elect prince principal publican pundit rapporteur registrar rep reverend revolutionary roommate runner-up "
    "sarpanch scholar schoolmate secretary-general sheik sheikh shepherd shoemaker sister-in-law socialite solicitor-general "
    "stepson steward sub-prefect subprefect sultan surrogate suspect taoiseach technocrat tycoon under-secretary "
    "undersecretary vandal vice-chair vice-marshal vigilante warden warlord wali")
_PLURAL = _set(
    "police people troops men women children authorities media youth folk locals clergy staff crew press public "
    "personnel spokespeople")
# Whole words: "prison", "banking" and "contractor" are no men, nor are "German" and "human"; women are chairmen too.
_MALE = re.compile(
    r"(?:grand|step|god)?(?:father|sons?)|(?:step|half-)?brothers?|husband|uncle|nephew|(?:school|altar)?boys?|king|widower|"
    r"grandad|waiter|actor|mr|sir|(?:war|land)?lord|(?:(?!ger|hu|spokes|chair|ombuds|fore|alder)[\w-]*[^o\W])?(?<!wo)m[ae]n")
_FEMALE = re.compile(
    r"[\w-]*wom[ae]n|(?:grand|step|god)?(?:mother|daughter)s?|(?:step|half-)?sisters?|(?:house|mid|fish)?wife|widow|aunt|niece|"
    r"(?:school)?girls?|queen|waitress|actress|mrs|ms|miss|(?:land)?lady|dame|nuns?|bride")


def is_role(word: str) -> bool:
    """Tell whether a word in normal form is on the list of those that name persons: also "monk-turned-lawmaker"."""
    word = word.rpartition(TURNED)[2]
    return word in _PEOPLE or (word.endswith("s") and not word.endswith("ss") and word[:-1] in _PEOPLE)


def _names_person(word: str) -> bool:
    return is_role(word) or (_PERSON.search(word) is not None and not _NO_PERSON.search(word))


_PERSONS = Known(_names_person, most=50_000)


def is_person(word: str) -> bool:
    """Guess whether a common noun in normal form names persons rather than bodies or things."""
    return _PERSONS[word]


def may_be_person(words: Sequence[str]) -> bool:
    """Guess whether a name that a study lists, as it is spelt, may be a person's: no acronym, no word for a body."""
    bodies = GENERIC | _BODIES | MEDIA_HEADS.keys()
    return not any((w.isupper() and len(w) > 1) or w.lower() in bodies for w in words)


def is_plural(word: str) -> bool:
    """Guess whether a common noun in normal form is a plural."""
    if word in _PLURAL or word.endswith(("men", "people")):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _gender(word: str) -> str:
    if PRONOUN.get(word) == "she" or _FEMALE.fullmatch(word):
        return "f"
    return "m" if PRONOUN.get(word) == "he" or _MALE.fullmatch(word) else ""


_GENDERS = Known(_gender, most=50_000)


def gender_of(words: Sequence[str]) -> str:
    """Return "m" or "f" where words in normal form say so, else nothing."""
    return next(filter(None, map(_GENDERS.__getitem__, words)), "")


def singular(word: str) -> str:
    """Return a noun in normal form in the singular, without the mark of an owner."""
    word = word.removesuffix("'").removesuffix("’")
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-3] + "man" if word.endswith("men") else word[:-1] if word.endswith("s") and not word.endswith("ss") else word
