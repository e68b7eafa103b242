"""Verbs of saying that tell of an act, by what does it or what it is done to: "the storm claimed lives", "charged a fee"."""

from __future__ import annotations

import re

from framelens.annotate.attribution.clauses import INFINITIVE
from framelens.text.reading.phrases import PHRASE, TIME_NOUNS
from framelens.text.reading.stream import Span, Stream

__all__ = ["is_act", "is_speechless"]

# what says, wants and orders nothing, whatever its verb: weather, waters, ways, illness, machines, dishes, animals, prices
_SPEECHLESS = frozenset((
    "storm storms rain rains rainfall snow snowfall hail wind winds fog cloud clouds sky skies sun heat heatwave frost flood "
    "floods floodwaters wildfire wildfires fire fires blaze blazes flames drought droughts cyclone hurricane typhoon tornado "
    "lava volcano earthquake quake avalanche landslide landslides mudslide tide tides waves river rivers lake sea ocean weather "
    "temperature temperatures road roads path trail bridge tunnel arrow arrows injury injuries illness disease virus infection "
    "fracture knee ankle hamstring cancer fever engine engines machine machines lens meter gauge sensor alarm alarms bell bells "
    "whistle lamp battery car cars vehicle vehicles ball recipe recipes dish sauce dog dogs cat cats horse horses cow cows bird "
    "birds shark sharks herd elephant elephants parrot parrots monkey monkeys shares stocks prices yields futures bonds costs "
    "dollar euro pound yen yuan peso rupee rand franc naira shilling rouble ruble lira"
).split())
_TELLING = frozenset("suggest signal indicate reveal".split())  # what one may read off a thing
# acts that the verb names beside sayings, by their objects: "posted guards", "declared bankruptcy", "charged the crowd"
_GOALS = frozenset("goal goals equaliser equalizer winner try wicket wickets".split())
_ACTED_ON = {
    "post": frozenset("guards guard sentries troops soldiers police officers men profit profits loss losses gains bail".split()),
    "declare": frozenset("bankruptcy profit profits income assets dividend innings".split()),
    "issue": frozenset("visa visas passport passports permit permits ticket tickets shares bonds notes rations".split()),
    "charge": frozenset("crowd protesters demonstrators marchers barricade barricades gate gates line lines fee fees "
                        "price prices fare fares rent toll tolls tax interest commission premium rate rates admission "
                        "dollars euros pounds money".split()),
    "claim": frozenset("stage stages life lives title titles medal medals gold silver bronze crown trophy cup wicket "
                       "wickets prize prizes point points benefits damages refund luggage baggage pole".split()),
    "count": frozenset("member members seats branches employees offices shops".split()),
    "impose": frozenset(["order"]),
    "dismiss": frozenset("teachers workers staff employees minister ministers officials officers judges aides juror "
                         "jurors batsman batsmen batter batters opener coach manager players captain guards".split()),
    "answer": frozenset("phone phones telephone call calls door".split()),
    "seek": frozenset("refuge shelter asylum treatment passage cover safety sanctuary work".split()),
    "offer": frozenset("resistance proof evidence details assistance services goods view views boot discount discounts "
                       "course courses degree degrees room rooms meals menu classes lessons service loans scholarship "
                       "scholarships".split()),
    "approve": frozenset("loan loans credit funding".split()),
    "support": frozenset("family families children roof bridge weight structure ceiling".split()),
    "write": frozenset("song songs book books novel novels poem poems music play plays script scripts screenplay lyrics "
                       "column columns symphony opera code software cheque cheques check checks exam exams".split()),
    "order": frozenset("plane planes aircraft jets helicopters buses trains trucks ships vessels vaccines doses weapons "
                       "tanks missiles chips parts food drinks drink meal meals lunch dinner copies pizza coffee tea "
                       "beer flour wheat supplies goods equipment books uniforms".split()),
    "reject": frozenset("parts goods produce samples batch batches".split()),
    "lay out": frozenset("papers clothes tools pitch garden gardens park parks streets town cards blanket blankets "
                         "bodies".split()),
    "broadcast": frozenset("concert concerts match matches game games final opera show shows series".split()),
    "point to": frozenset("exit door sky ground clock map spot sign gate window stand stands".split()),
    "stand by": frozenset("stove door doors gate gates bed window fence road roadside river grave wall side".split()),
    "welcome": frozenset("recruits visitors guests tourists customers shoppers passengers pupils fans spectators "
                         "arrivals".split()),
    "press for": _GOALS,
    "push for": _GOALS,
}
_FORESEEING = frozenset("deal plan law bill agreement accord treaty roadmap budget programme project contract".split())
_RELEASED = frozenset((  # what says something when it is released
    "statement statements report reports video videos footage figures list lists details data findings results images image "
    "photo photos photographs recording recordings names plan transcript letter documents document copy study poll survey "
    "guidelines manifesto communique clip clips"
).split())
_ANSWERS = frozenset(  # with what one answers without words
    "gas bullets gunfire fire force batons arrests violence stones cannon shots airstrikes rockets missiles goal goals".split())
_BACKDROPS = frozenset("background backdrop".split())
# two objects: "denied him a place", "denied the visitors a second goal"
_WITHHELD = re.compile("u[DJ0NS]|[DJ0P]*[NSP]+D[J0NSP]+")


def is_speechless(stream: Stream, source: Span, lemma: str) -> bool:
    """Tell whether a subject says nothing, as its head tells: the storm threatens nobody by words."""
    phrase = PHRASE.match(stream.codes, *source)
    if phrase is None or stream.codes[phrase.end():source[1]].startswith("c"):
        return False  # "the fire and rescue service"
    head = phrase.end() - 1
    return stream.norms[head] in _SPEECHLESS and stream.codes[head] != "P" and lemma not in _TELLING


def is_act(stream: Stream, cue: Span, found: Span, lemma: str, source: Span) -> bool:
    """Tell whether a verb with an object is an act.

    Parameters
    ----------
    stream : Stream
        The sentence.
    cue, found, source : (int, int)
        Items of the verb, of its object and of its subject.
    lemma : str
        The verb.
    """
    codes, norms = stream.codes, stream.norms
    if lemma == "foresee":
        return not _FORESEEING.isdisjoint(norms[slice(*source)])
    if lemma == "deny":
        given = _WITHHELD.match(codes, *found)
        return given is not None and norms[given.end() - 1] not in TIME_NOUNS
    if lemma == "answer" and "with" in norms[slice(*found)] and not _ANSWERS.isdisjoint(norms[slice(*found)]):
        return True
    if lemma == "count on":
        return "M" in codes[cue[0]:cue[1]]  # "can count on three forwards"
    acts = _RELEASED if lemma == "release" else _BACKDROPS if lemma.endswith(" against") else _ACTED_ON.get(lemma)
    if not acts or (lemma == "order" and INFINITIVE.search(codes, *found)):
        return False
    phrase = PHRASE.match(codes, *found)
    if phrase is None:
        return lemma == "release"
    last = phrase.end() - 1
    if norms[last] in TIME_NOUNS and codes[last - 1] == "D":
        last -= 2  # "welcomes 40,000 visitors a year"
    return (norms[last] in acts) != (lemma == "release")  # what is released says something if it is a paper, a picture
