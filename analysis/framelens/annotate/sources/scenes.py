"""What somebody tells who was there: a scene in the past, and what befell him or her in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["as_own", "befell", "has_seen"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What a witness tells of: words of the scene that need nothing beside them.
_BANG = _set(
    "bang bangs boom explosion explosions blast blasts gunfire gunshot gunshots shots screams screaming smoke flames grenade "
    "grenades bullets tremor shockwave sirens rubble shrapnel debris collapsed exploded crashed corpses shelling shook shaking")
_HAPPENED = _set(
    "came shot fired opened burned burnt attacked entered arrived beat stormed dragged killed broke threw fell hit flew blew "
    "shattered collapsed crashed exploded left ran fled surrounded kicked pulled took lit torched swept rose went jumped "
    "ended stopped passed separated trembled swayed rattled burst started began")
_TOOK_PART = _set("walked dug carried pulled woke hid ducked climbed crawled waded held jumped ran stood lay sat fell came")
_SCENERY = _set(
    "rifle rifles gun guns hands rubble window windows roof flames bodies body blood smoke door floor wall mud ceiling soldiers "
    "gunmen police bullets shots water fire tank tanks ash stairs basement cellar")
_DOERS = _set(
    "they soldiers soldier police policemen gunmen gunman men attackers attacker troops gendarmes rebels officers militants "
    "bandits fighters everybody everyone windows window walls wall roof ceiling house houses ground water river wave bridge "
    "building everything train bus buses lorry truck trucks car boat plane jets planes helicopter helicopters drone drones "
    "rocket rockets missile missiles shell shells tank tanks vehicles bomb glass fire mud tree trees tower floor earth people "
    "door doors wind winds waves storm typhoon hurricane cyclone sea flames quake")
_SIGHT = 9  # words behind such a verb among which something of the scene stands
_FIRST = _set("i we he she they it everybody everyone")
_SUDDEN = _set("suddenly everywhere black dark everybody everyone loud deafening")
_QUIET = re.compile(
    r"\b(?<!my )(?<!our )(?:streets?|market|town|square|roads?|shops?|everything) (?:was|were|is|are) (?:\w+ )?"
    r"(?:full|empty|quiet|closed|shut|deserted|black|dark|calm|silent)\b|\bit was (?:quiet|calm|dark)\b|\byou could hear\b"
    r"|\b(?:sky|air) (?:was|turned) \w+\b|\b(?:soldiers|troops|police) (?:have|had) (?:gone|left|fled|withdrawn)\b"
    r"|\bthere was (?:a |an )?(?:\w+ )?(?:crash|bang|noise|blast|panic|fire|smoke|shooting|explosion|boom|flash|roar)")
_ABSENT = _set("told said says heard read think believe want hope know knew call calls")  # of hearsay and opinion
_HARMED = _set(
    "beaten struck hit shot clubbed dragged kicked pushed robbed stabbed trampled thrown knocked slapped handcuffed blindfolded "
    "whipped gassed overturned looted smashed torched burned burnt ransacked flooded swept buried trapped cut")  # behind "I was"
_HARMS = _HARMED | _set("beat threw grabbed searched chased sprayed charged aimed pointed fired broke took burned tied")
_MY = _set("me us my our")
_SHELTERED = _set("slept spent hid lay crouched huddled sheltered cowered held clung climbed waited sat stayed ran crawled")
_SHELTERS = _set(
    "corridor bathroom cellar basement floor stairwell bushes bush roof tree trees drum plank raft stairs table bed ditch forest "
    "store barn warehouse bedroom toilet kitchen fields cane reeds swamp mangroves jungle woods mountains hills darkness debris "
    "shelter bunker underground metro")
_FORCED = _set("made forced ordered told")
_POSTURES = _set("lie kneel undress crawl strip")
_STARTED = _set("started began kept")
_DOING = _set("shooting firing beating throwing burning screaming shaking falling hitting running")
_UPROAR = _set("mob crowd stones cadres thugs youths shooting gunfire bombs rioters raiders quake wave storm flood")
_WHEN = _set("when as before until")
_BEFALLEN = _HARMED | _HARMS | _SHELTERED | _FORCED | _STARTED | _WHEN  # words at which a rule may fire
_SEEN = _HAPPENED | _TOOK_PART | _BANG  # the same for what one has seen
_OWN = {"he": "i", "she": "i", "him": "me", "her": "my", "his": "my", "herself": "myself", "himself": "myself"}


def as_own(said: Sequence[str]) -> list[str]:
    """Return what somebody is paraphrased to say as he or she would say it: "she lost her shoes", "I lost my shoes"."""
    return [_OWN.get(word, word) for word in said]


def has_seen(said: Sequence[str]) -> bool:
    """Tell whether somebody's words tell of a scene in the past: "there was a loud crash", "the windows flew in"."""
    text = " ".join(said)
    if _QUIET.search(text):
        return True
    for at, word in enumerate(said):
        if word not in _SEEN:
            continue
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


def befell(said: Sequence[str]) -> bool:
    """Tell whether somebody's words tell what befell the speaker: "they clubbed me", "we slept in the cellar".

    Examples
    --------
    >>> befell("i lost my shoes when the mob ran past".split()), befell("i lost my shoes when i was a child".split())
    (True, False)
    """
    for at, word in enumerate(said):
        if word not in _BEFALLEN:
            continue
        reach = 8 if said[at - 1:at] == ["and"] else 4  # "I took the baby and ran"
        before, after = said[max(0, at - reach):at], said[at + 1:at + 8]
        near = frozenset(before)
        if word in _HARMED and not near.isdisjoint(("was", "were")) and not near.isdisjoint(("i", "we", "my", "our")):
            return True
        if word in _HARMS and not _DOERS.isdisjoint(before) and _ABSENT.isdisjoint(before) and not _MY.isdisjoint(after[:4]):
            return True
        if word in _SHELTERED and not near.isdisjoint(("i", "we", "my", "our")) and not _SHELTERS.isdisjoint(after):
            return True
        if word in _FORCED and after[:1] in (["us"], ["me"]) and not _POSTURES.isdisjoint(after[1:3]):
            return True
        if word in _STARTED and after and after[0] in _DOING and not _DOERS.isdisjoint(before):
            return True
        if word in _WHEN and not frozenset(said[max(0, at - 9):at]).isdisjoint(("i", "we", "my", "our")) and not (
                (_UPROAR | _BANG | _DOERS - {"they"}).isdisjoint(after[:4]) or _HAPPENED.isdisjoint(after)):
            return True
    return False
