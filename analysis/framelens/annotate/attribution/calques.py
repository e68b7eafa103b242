"""Objects in English that follows the words of another language: called to calm, qualified as false the reports."""

from __future__ import annotations

import re

from framelens.annotate.attribution.clauses import INFINITIVE, Candidate, has_verb, make
from framelens.annotate.attribution.cues import Cue
from framelens.text.reading.phrases import PHRASE, TIME_NOUNS
from framelens.text.reading.stream import Span, Stream

__all__ = ["is_shifted", "read_calque"]

# "called to calm", "invited the parties to the dialogue", "called the citizens to go out": who is bid, and to what
_BIDDING = frozenset("call exhort invite urge summon".split())
_BIDDEN_TO = frozenset((
    "calm dialogue restraint peace unity reason resistance mobilisation mobilization boycott vigilance negotiation negotiations "
    "talks moderation reconciliation solidarity release liberation abstention insurrection revolt uprising disobedience concord "
    "jihad caution prudence discipline calmness tranquillity"
).split())
_TO_DO = frozenset("mobilise mobilize march protest boycott vote resist demonstrate abstain strike reject join block".split())
_AUDIENCES = frozenset((
    "citizens people population youth masses supporters followers members parties sides authorities services forces workers "
    "countrymen compatriots faithful residents employees unions militants affiliates inhabitants villagers sympathisers "
    "sympathizers students teachers drivers"
).split())
_STOPPAGES = frozenset("strike strikes halt stoppage stoppages closure suspension".split())  # "decided a strike"
_ASKING = frozenset("ask request demand order advise recommend suggest propose instruct".split())
_WEAPONS = frozenset((
    "knife knives gun guns pistol pistols machete machetes weapon weapons rifle rifles axe stick sticks club"
).split())
_ACCUSING = frozenset(("accuse", "reproach", "suspect"))
# behind "as" a predicate, then the object with its determiner: "described as false the reports"; a noun without one must go
# on ("reports that", "claims by"), or it is part of what something is called: "as “rogue” officers"; not "as new a year ago"
_SHIFTED = re.compile("A*(?:Q|[JneN](?:cA?[Jne])?)[Dh](?=[JN]*[NS](?![^hw]*[dzMHIX]))|[QJ]D|Q(?=[NS][hfB])")


def is_shifted(stream: Stream, at: int) -> bool:
    """Tell whether a predicate at ``at`` stands before its object: "qualified as | false the reports"."""
    found = _SHIFTED.match(stream.codes, at, stream.high)
    return found is not None and stream.norm(found.end()) not in TIME_NOUNS


def read_calque(stream: Stream, cue: list[Span], found: Span, reading: Cue, source: Span) -> Candidate | None:
    """Read an object that English would put otherwise.

    Parameters
    ----------
    stream : Stream
        The sentence.
    cue, source : list of (int, int), (int, int)
        Items of the verb and of its subject.
    found : (int, int)
        Items of the object.
    reading : Cue
        The first reading of the verb.

    Returns
    -------
    Candidate or None
        With the object as its content.
    """
    after, end = found
    lemma, codes, norms = reading.lemma, stream.codes, stream.norms
    if lemma in _BIDDING and (bidden := _bidden(stream, after, end)):
        pieces = [*cue, (after, after + 1)] if bidden[0] > after else cue
        return make(stream, "object", Cue(lemma, "decree", frozenset("o")), pieces, source, [bidden])
    if "a" in reading.frames and norms[after] == "as" and is_shifted(stream, after + 1):
        return make(stream, "object", reading, [*cue, (after, after + 1)], source, [(after + 1, end)])
    if lemma in _ASKING and codes[after] == "t" and (asked := PHRASE.match(codes, after + 1, end)) and INFINITIVE.match(
            codes, asked.end()):  # "asked to the State to investigate"
        return make(stream, "object", Cue(lemma, "decree", frozenset("o")), cue, source, [found])
    if lemma == "threaten" and norms[after] == "with" and after + 1 < end and _WEAPONS.isdisjoint(norms[after:end]) and (
            not has_verb(stream, after + 1, end)):  # "homes threatened with floods | got pumps"
        return make(stream, "object", reading, [*cue, (after, after + 1)], source, [(after + 1, end)])
    phrase = PHRASE.match(codes, after, end)
    if phrase is None:
        return None
    accused = lemma in _ACCUSING and INFINITIVE.match(codes, phrase.end())  # "accused the guards to have fired"
    decided = lemma == "decide" and norms[phrase.end() - 1] in _STOPPAGES
    cls = "decree" if decided else reading.cue_class
    return make(stream, "object", Cue(lemma, cls, frozenset("o")), cue, source, [found]) if accused or decided else None


def _bidden(stream: Stream, after: int, end: int) -> Span | None:
    """Find what people are called or invited to, by an infinitive or a noun: "called the citizens to march", "called to calm"."""
    codes, norms = stream.codes, stream.norms
    heard = PHRASE.match(codes, after, end)
    to = heard.end() if heard else after
    if codes[to:to + 1] != "t":
        return None
    if heard and norms[to - 1] in _AUDIENCES and INFINITIVE.match(codes, to):
        return after, end
    if heard is None and stream.norm(to + 1) in _TO_DO:
        return after, end
    named = PHRASE.match(codes, to + 1, end)
    bid = named is not None and not _BIDDEN_TO.isdisjoint(norms[named.start():named.end()])
    return (after if heard else after + 1, end) if bid else None
