"""Closed-class English words, and whether an ambiguous word is used as a noun or a verb: by its neighbours, without a model."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "AUXILIARIES", "BE", "DAYS", "DETERMINERS", "MODALS", "MONTHS", "PREPOSITIONS", "PRONOUNS", "SUBORDINATORS",
    "is_adverb", "word_class",
]

DETERMINERS = frozenset((
    "the a an this these those his her its their our my your any some no every each another such both all "
    "many few several more most one two three four five six seven eight nine ten dozens hundreds "
    "thousands"
).split())
PRONOUNS = frozenset(
    "i he she it they we you who which nobody everyone somebody someone others".split())
MODALS = frozenset(
    "will would can could may might must should shall cannot won't wouldn't can't couldn't".split())
BE = frozenset("is are am was were be been being isn't aren't wasn't weren't".split())
AUXILIARIES = MODALS | BE | frozenset(
    "do does did don't doesn't didn't have has had having haven't hasn't hadn't not".split())
PREPOSITIONS = frozenset((
    "of in on at by for with from to into over under after before during against amid among between about "
    "as despite near outside inside since through throughout toward towards until upon within without "
    "across along around behind beside beyond following via per than like"
).split())
SUBORDINATORS = frozenset((
    "that which who whom whose when while because if although though whereas where since until unless "
    "after before as once whether but so"
).split())
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december".split())
_ADVERBS = frozenset((
    "also later earlier then now still already again repeatedly often never always just only even soon "
    "recently once twice meanwhile however therefore thus yesterday today instead further too thereby "
    "have has had had."
).split())
_NOT_ADVERBS = frozenset(
    "family early daily weekly monthly only july italy ally rally police supply reply assembly".split())
_ADJECTIVE_ENDS = ("al", "ive", "ous", "ful", "less", "ic", "ish", "ary", "ent", "ant", "able", "ible", "wide", "ern")
_ADJECTIVES = frozenset((
    "violent mass fresh new big large latest street public deadly bloody peaceful huge small recent whole "
    "first second third last next main early late major hard fierce"
).split())
_LEADS_TO = frozenset(  # "to" behind these takes a noun: "according to police"
    "according due owing thanks addition response reaction link links linked opposed contrary close next related led leads "
    "tied subjected prior relation regard respect amounted belongs belonged attributed compared similar".split())
_OBJECTS = frozenset("him her them us me it you".split())
_HAPPEN = frozenset((  # what an event does and a participle does not stand before: "the evening gathering passed off"
    "begins began ends ended passes passed starts started continues continued remains remained turns turned takes took "
    "goes went comes came draws drew lasts lasted follows followed"
).split()) | BE | MODALS | frozenset("has had".split())
_MANY = frozenset("people men women children police youth crowd crowds".split())


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between subject and verb without being either."""
    return word in _ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS and len(word) > 4)


def _after(word: str, before: str, earlier: str, verbal: bool) -> str:
    """Decide by the word before, and the one before that."""
    if before in DETERMINERS or before in ("of", "amid", "during", "against", "after", "despite", "into", "between"):
        return "noun"
    if before in MODALS or before in ("do", "does", "did", "don't", "doesn't", "didn't") or before in PRONOUNS:
        return "verb"
    if before == "to" and earlier in _LEADS_TO:
        return "noun"
    if before == "to":
        return "verb" if not word.endswith("s") else "noun"
    if before in AUXILIARIES:
        return "verb" if verbal else ""
    if before in _ADJECTIVES or before.endswith(_ADJECTIVE_ENDS):
        return "noun"
    return ""


def word_class(words: Sequence[str], at: int) -> str:
    """Guess whether ``words[at]`` is used as a noun or a verb.

    Parameters
    ----------
    words : sequence of str
        The words of a sentence in normal form; neighbours across punctuation should be left out.
    at : int
        Which of them.

    Returns
    -------
    {"noun", "verb"}

    Examples
    --------
    >>> word_class("they attack the bridge".split(), 1), word_class("after the attack on it".split(), 2)
    ('verb', 'noun')
    >>> word_class("according to police".split(), 2)
    'noun'
    >>> word_class("protesters riot in town".split(), 1), word_class("a night of riot and fire".split(), 3)
    ('verb', 'noun')
    >>> word_class("the evening gathering passed off".split(), 2), word_class("the men gathering were told".split(), 2)
    ('noun', 'verb')
    """
    word = words[at]
    before = words[at - 1] if at else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    verbal = word.endswith(("ed", "ing"))
    decided = _after(word, before, words[at - 2] if at > 1 else "", verbal)
    if decided:
        return decided
    if is_adverb(before) and at > 1:
        return word_class([*words[:at - 1], *words[at:]], at - 1)
    if word.endswith("ed"):
        return "verb"
    if following in DETERMINERS or following in _OBJECTS:
        return "verb"
    if word.endswith("ing"):
        doers = before in _MANY or (before.endswith("s") and not before.endswith("ss"))  # "men gathering were told"
        return "noun" if following == "of" or not before or (following in _HAPPEN and not doers) else "verb"
    if before.endswith("s") and not before.endswith("ss") and not word.endswith("s") and before not in PREPOSITIONS:
        return "verb"  # plural subject, base form
    return "noun"
