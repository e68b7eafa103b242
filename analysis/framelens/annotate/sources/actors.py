"""Which groups an article tells to march, strike or block: by the verb of which they are the subject, or whose event it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framelens.annotate.sources.trades import FAMILY
from framelens.annotate.sources.words import SAID, is_person, is_plural, singular
from framelens.text.tokens import Known
from framelens.text.view import Sentence, View
from framelens.text.wordclass import AUXILIARIES, BE, DAYS, DETERMINERS, MODALS, MONTHS, PREPOSITIONS, is_adverb

__all__ = ["HINTS", "NO_GROUP", "STIRS", "acting_in", "acts"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_GATHERS = _set("gather gathers gathered gathering massed thronged flooded packed surrounded encircled")
_MOVES = _GATHERS | _set(
    "march marches marched marching protest protests protested protesting rally rallied rallying demonstrate demonstrated "
    "demonstrating block blocks blocked blocking blockade blockaded blockading picket picketed picketing chant chanted "
    "chanting occupy occupied occupying barricade barricaded barricading storm stormed besieged camped interdicted "
    "paralysed paralyzed scuffled hurl hurled hurling")
_DONE_TO = _set("blocked blockaded picketed occupied barricaded stormed besieged encircled surrounded interdicted paralysed "
                "paralyzed burned burnt closed cut shut sealed stopped halted")  # passive behind "were"
_STREETS = _set("streets street square avenue boulevard plaza")
_ROADS = _set("road roads highway highways bridge bridges motorway motorways railway pass port ports route routes crossing")
_MOVES_WITH = {  # verbs that tell of a protest beside one of some words only
    **dict.fromkeys(("walked", "walk", "walking"), _set("out off")),
    "poured": _STREETS | _set("factories mills gates"),
    **dict.fromkeys(("took", "take", "taking", "pour", "pouring", "spilled", "came", "turned", "returned", "filled",
                     "filling", "fill", "blanketed", "crowded"), _STREETS),
    **dict.fromkeys(("descended", "converged"), _STREETS | _set("city capital parliament palace ministry")),
    **dict.fromkeys(("mobilised", "mobilized"), _STREETS | _set("against rejection defence defense protest support")),
    **dict.fromkeys(("downed", "down"), _set("tools")),
    **dict.fromkeys(("struck", "strike", "strikes"), _set("over for against")),
    **dict.fromkeys(("stopped", "stop", "halted", "ceased"), _set("work")),
    **dict.fromkeys(("boycott", "boycotted", "boycotting"), _set("class classes lectures lessons exams work")),
    **dict.fromkeys(("burned", "burnt", "burning", "torched"), _set(
        "tyres tires effigy effigies flags bus buses car cars vehicles bins containers")),
    "set": _set("tyres tires effigy effigies flags tents camp bus buses car cars vehicles bins containers"),
    **dict.fromkeys(("smashed", "smashing"), _set("windows")),
    **dict.fromkeys(("drove", "driving", "parked", "rolled"), _set(
        "tractors convoy lorries trucks taxis minibuses protest cattle cows sheep goats flocks herds camels")),
    **dict.fromkeys(("formed", "form", "forming", "linked"), _set("chain chains arms")),
    **dict.fromkeys(("dumped", "dumping"), _set("manure milk grain dung hay tyres")),
    **dict.fromkeys(("sat", "sit", "sitting", "lay", "stood"), _set("tracks rails track pavement signs placards banners road")),
    **dict.fromkeys(("closed", "closing", "cut", "shut", "sealed"), _ROADS),
    **dict.fromkeys(("staged", "stage", "staging", "held", "began", "begun", "launched", "joined", "started", "holding"),
                    _set("sit-in sit-ins strike march protest protests vigil rally walkout blockade demonstration hunger")),
    **dict.fromkeys(("threw", "put", "erected", "built", "raised", "mounted"), _set("barricades barricade roadblock roadblocks")),
    "pitched": _set("tents camp"),
    **dict.fromkeys(("chained", "glued"), _set("themselves")),
    **dict.fromkeys(("went", "gone", "go", "are", "were", "been"), _set("strike")),
    **dict.fromkeys(("waving", "waved", "carrying", "banging", "banged"), _set("flags banners placards pots pans portraits")),
    **dict.fromkeys(("stayed", "stay", "refused"), _set("away out work streets square looms machines shift shifts")),
    "felled": _set("trees"),
    **dict.fromkeys(("clashed", "clash"), _set("police gendarmes soldiers guards")),
}
_EVENTS = _set("strike strikes march protest protests sit-in stoppage walkout blockade shutdown rally demonstration")
_ADJECTIVES = _set("striking protesting marching demonstrating agitating rioting angry irate jobless unemployed "
                  "unpaid sacked dismissed")
# Words without one of which a sentence tells of nobody who acts.
HINTS = (_MOVES | _EVENTS | _ADJECTIVES | _MOVES_WITH.keys() | _set("tools barricades")) - _set("are were been put down")
STIRS = (_MOVES - _GATHERS) | _EVENTS | _set("walked downed struck took take")  # beside events, what stirs an article
# Who is told to march, block or sit and yet is no protester: forces, offices, countries.
NO_GROUP = frozenset(
    "police officer soldier troop guard force gendarme official authority minister lawmaker deputy mp leader trooper agent "
    "president government militant rebel fighter gunman bandit jihadist insurgent attacker assailant gang "
    "arsonist judge prosecutor journalist reporter expert analyst".split())
_INTENDS = _set("plan plans planned planning vow vowed threaten threatened want wanted decided due set began continue continued "
                "trying tried ready resolved agreed failed refused and to who briefly")
_SHORT = 4  # letters of a group: "as" is none
_ALONE = _set("crowd family youth")
_OBJECT = 9  # words behind a verb among which its object stands
_REACH = 12  # words behind a group among which its verb stands
_BESIDE = 3  # of these, where no preposition has come
_ASIDE = 6  # words between two commas: "residents of Hull, a port, blocked"
_STOPS = frozenset(".:;—–“”\"«»!?")
_BEGINS = 4  # words of a sentence among which its first group stands
_FORCE = 4  # words before a group with one of which it fights
_ORDER = _set("police cops gendarmes officers soldiers troops guards")
_THEY = 6  # words behind "said" among which "they would march" begins


def _group(word: str) -> str:
    """Return a word that may name a group that acts, nothing for others."""
    plural = (len(word) >= _SHORT and is_plural(word)) or word in _ALONE
    return word if (plural or word in FAMILY) and singular(word) not in NO_GROUP else ""


_GROUP: Known[str, str] = Known(_group)


def acting_in(view: View, sentence: Sentence) -> Iterator[tuple[str, bool]]:
    """Yield the groups that a sentence tells to act, and whether they do more than to gather.

    Each comes in the form in which it stands: "weavers" who march, the "teacher" of a teacher strike.
    """
    words, gaps = view.words, view.gaps
    for at in range(sentence.first, sentence.last):
        bare = _GROUP[words[at]]
        if not bare:
            continue
        after = words[at + 1:min(at + 3, sentence.last)]
        owned = gaps[at + 1][:1] in ("'", "’")
        if not is_plural(bare) and bare not in _ALONE:
            if after and after[0] in _EVENTS:
                yield bare, True  # "a teacher strike"
        elif (at > sentence.first and words[at - 1] in _ADJECTIVES and is_person(bare)) or not _EVENTS.isdisjoint(
                after[:2 if owned else 1]):
            yield bare, True  # "striking nurses", "the nurses' pay strike"
        elif (at < sentence.first + _BEGINS and _in_protest(words[at + 1:sentence.last])) or _clashes(
                words[max(sentence.first, at - _FORCE):at], after):
            yield bare, True
        elif not owned and (verb := acts(view, at, sentence.last)):
            yield bare, verb not in _GATHERS
        elif _of_event(words[max(sentence.first, at - 5):at]) and (is_person(bare) or bare == "families"):
            yield bare, True  # "the strike by some minibus operators"


def _in_protest(rest: Sequence[str]) -> bool:
    """Tell whether what a sentence tells of its first group was done "to protest", or "in protest"."""
    return any(word == "protest" and rest[k] in ("to", "in") for k, word in enumerate(rest[1:]))


def _clashes(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a group fights those who keep order: "police and weavers clashed"."""
    fights = bool(before and after) and before[-1] == "and" and after[0] in ("clash", "clashed", "scuffled")
    return fights and not _ORDER.isdisjoint(before)


def _of_event(before: Sequence[str]) -> bool:
    """Tell whether a group is whose event it is: "a march of", "the blockade by some 40"."""
    link = next((k for k in range(len(before) - 1, 0, -1) if before[k] in ("by", "of")), 0)
    return link > 0 and before[link - 1] in _EVENTS and all(w in DETERMINERS or not is_plural(w) for w in before[link + 1:])


def acts(view: View, at: int, last: int) -> str:
    """Return the verb behind a group, of which ``at`` is the last word, if it says that it marches, strikes or blocks.

    Between may stand where it is from, what stands between commas, auxiliaries, adverbs, days, and what it plans or vows.
    """
    words, gaps = view.words, view.gaps
    k, placed = at + 1, False
    while k < min(last, at + (_REACH if placed else _BESIDE) + 1):
        gap = gaps[k]
        if "," in gap and words[k] != "who":
            closed = next((j for j in range(k + 1, min(last, k + _ASIDE)) if "," in gaps[j]), 0)
            if not closed:
                return ""
            k, placed = closed, True
        elif not _STOPS.isdisjoint(gap):
            return ""
        word, before = words[k], words[k - 1]
        verb = k == at + 1 or not (before in DETERMINERS or (word in _DONE_TO and before in BE))
        if verb and _moves(words[k:min(last, k + _OBJECT)]) and (placed or before not in PREPOSITIONS):
            return word
        if word in SAID or word == "say":
            return word if _they_would(words[k + 1:min(last, k + 1 + _THEY + _OBJECT)]) else ""
        if word in PREPOSITIONS or word in _INTENDS:
            placed = True
        elif word in AUXILIARIES or word in DETERMINERS or is_adverb(word) or word in DAYS or word in MONTHS:
            pass
        elif (k > at + 1 and before != "and" and is_plural(word) and is_person(word) and "of" not in words[k - 3:k]) or (
                word.endswith("ed") and before not in DETERMINERS and before not in PREPOSITIONS):
            return ""  # another group, another verb
        k += 1
    return ""


def _moves(rest: Sequence[str]) -> bool:
    """Tell whether some words begin with a verb of protest, with its object where it needs one."""
    word = rest[0]
    return word in _MOVES or (word == "on" and rest[1:2] == ("strike",)) or (
        word in _MOVES_WITH and not _MOVES_WITH[word].isdisjoint(rest[1:]))


def _they_would(rest: Sequence[str]) -> bool:
    """Tell whether behind "said" stands that "they would march"."""
    at = next((k for k, word in enumerate(rest[:_THEY]) if word == "they"), None)
    if at is None:
        return False
    verb = [w for w in rest[at + 1:] if w not in ("not", "be") and not is_adverb(w)]
    return len(verb) > 1 and verb[0] in MODALS and _moves(tuple(verb[1:]))
