"""The forms of an English noun or verb, so that a lexicon can be read as it is matched."""

from __future__ import annotations

import re

__all__ = ["IRREGULAR", "noun_forms", "verb_forms"]

_PLURALS = {"man": "men", "woman": "women", "person": "people", "child": "children", "thief": "thieves",
            "life": "lives", "wife": "wives", "half": "halves", "foot": "feet", "coup": "coups"}
_SAME = frozenset(("police", "people", "troops", "forces", "personnel", "youth's", "gendarmerie", "military"))
_IRREGULAR_VERBS = {
    "be": "is are am was were been being", "break": "breaks broke broken breaking", "burn": "burns burned burnt burning",
    "fight": "fights fought fighting", "rise": "rises rose risen rising", "set": "sets setting", "run": "runs ran running",
    "say": "says said saying", "shoot": "shoots shot shooting", "take": "takes took taken taking",
    "hold": "holds held holding", "throw": "throws threw thrown throwing", "seek": "seeks sought seeking",
    "come": "comes came coming", "go": "goes went gone going", "sit": "sits sat sitting", "stand": "stands stood standing",
    "lead": "leads led leading", "keep": "keeps kept keeping", "leave": "leaves left leaving", "lie": "lies lay lain lying",
    "tear": "tears tore torn tearing", "sing": "sings sang sung singing", "flee": "flees fled fleeing",
    "fling": "flings flung flinging", "hang": "hangs hung hanging", "bring": "brings brought bringing",
    "build": "builds built building", "light": "lights lit lighting", "make": "makes made making",
    "steal": "steals stole stolen stealing", "drive": "drives drove driven driving", "lay": "lays laid laying",
    "begin": "begins began begun beginning", "kneel": "kneels knelt kneeling", "draw": "draws drew drawn drawing",
    "hit": "hits hitting", "shut": "shuts shutting", "meet": "meets met meeting", "strike": "strikes struck striking",
    "overrun": "overruns overran overrunning", "put": "puts putting", "beat": "beats beaten beating",
    "blow": "blows blew blown blowing", "kidnap": "kidnaps kidnapped kidnapping", "let": "lets letting",
    "baton-charge": "baton-charges baton-charged baton-charging",
}
IRREGULAR = {form: verb for verb, forms in _IRREGULAR_VERBS.items() for form in forms.split()}  # form: its infinitive
_VOWEL = "aeiou"
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprtv]$")  # one syllable, short vowel: rob, robbed


def _plural(noun: str) -> str:
    if noun in _SAME:
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith(("man", "woman", "child")) and noun != "human":
        end = next(end for end in ("man", "woman", "child") if noun.endswith(end))
        return noun[: -len(end)] + _PLURALS[end]
    if noun.endswith("y") and len(noun) > 1 and noun[-2] not in _VOWEL:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def noun_forms(noun: str) -> list[str]:
    """Return singular and plural of a noun given in the singular.

    Examples
    --------
    >>> noun_forms("mob"), noun_forms("policeman"), noun_forms("police")
    (['mob', 'mobs'], ['policeman', 'policemen'], ['police'])
    """
    return list(dict.fromkeys((noun, _plural(noun))))


def verb_forms(verb: str) -> list[str]:
    """Return the forms of a verb given in the infinitive.

    Examples
    --------
    >>> verb_forms("riot")
    ['riot', 'riots', 'rioted', 'rioting']
    >>> verb_forms("clash")
    ['clash', 'clashes', 'clashed', 'clashing']
    """
    if verb in _IRREGULAR_VERBS:
        return [verb, *_IRREGULAR_VERBS[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in _VOWEL:
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb + verb[-1] if _DOUBLING.match(verb) else verb
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return [verb, third, stem + "ed", stem + "ing"]
