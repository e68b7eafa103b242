"""Who takes a role: nouns of people ("residents") that count only where their clause says what they do or have done to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from framelens.lexicon import Role
from framelens.text.trie import Trie
from framelens.text.view import Sentence, View
from framelens.text.wordclass import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    is_adverb,
    word_class,
)

__all__ = ["CLAUSE", "PAST", "PROOF", "RoleReader"]

NONE, PROOF, CLAUSE = 0, 1, 2  # how a noun has its role: not; by an event that is its own ("the nurses' strike"); by its clause

_MARKS = " \t\n\"“”‘'«»’"
_FAR, _BACK, _LOOSE = 14, 7, 2  # words ahead for the verb, words back for what leads up, content words among these
_ARTICLE, _PHRASE = 4, 6  # words from a verb to the article of its object, and from this to the end of the phrase
_RELATIVE = frozenset(("who", "which", "that"))
_STOPS = (SUBORDINATORS | PRONOUNS) - _RELATIVE - {"others", "someone", "somebody"}
_APPOSED = frozenset((  # a comma before these parts no subject from its verb
    "most many some several including mostly mainly among all both each who which that led joined accompanied carrying waving "
    "holding wearing dressed armed chanting shouting singing backed angry furious fed tired weary frustrated outraged "
    "and").split())
_FINITE = frozenset((  # past and present forms in no regular ending, and what is said: another verb than an act
    "said says say saying told tells came went got gave made saw knew thought felt left kept fell lost met paid sent spoke stood "
    "became began brought built bought caught drew drove found flew fled won wrote sold lay led heard sat ran shot hit hurt cut "
    "put let set cost spent took held grew rose broke fought died need want live work remain face get make go come seem").split())
_WILLING = frozenset((  # before "to", their subject is that of the verb behind it: "teachers pledged to join"
    "tried attempted vowed pledged threatened planned wanted decided agreed prepared managed continued started began resolved "
    "refused voted intended determined promised sworn swore sought hoped").split())
_HARMED = frozenset("killed wounded injured shot arrested detained beaten murdered jailed robbed".split())
_PASSIVE = frozenset("shot beaten driven taken held hit torn broken set cut met seen told thrown sprung".split())  # irregular
_SAYING = frozenset((  # and seeing: what follows is another's act
    "said says say saying told tells believe believes fear feared hope hoped claim claimed saw heard knew").split())
PAST = _FINITE | frozenset("slept ran threw sang tore drove wore bore hung lit swore wept knelt".split())
_ROUGHLY = frozenset("about around nearly almost roughly approximately".split())  # before a number
_QUANTITIES = frozenset((
    "hundreds thousands dozens scores tens millions group groups crowd crowds number handful couple lot lots majority rest "
    "column columns gang gangs thousand hundred some").split())


class _Compiled(NamedTuple):
    acts: Trie
    acted_on: Trie
    before: Trie  # read backwards, with the active forms of acted_on


def _compile(role: Role) -> _Compiled:
    back = [tuple(reversed(p)) for p in (*role.before, *role.acted_on)]
    return _Compiled(*(Trie((p, True) for p in patterns) for patterns in (role.acts, role.acted_on, back)))


class RoleReader:
    """Tells which nouns of an article take one of some roles; compiled once a lexicon."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self._compiled = {role.name: _compile(role) for role in roles}

    def read(self, view: View, sentence: Sentence, span: tuple[int, int], roles: Iterable[Role], heads: Collection[int],
             starts: Collection[int]) -> int:
        """Tell how the noun at words ``span`` has one of the roles.

        ``heads`` and ``starts`` are where other such nouns, and labels of any kind, begin.
        """
        if "'" in view.gaps[span[1]] or "’" in view.gaps[span[1]]:  # theirs, which may be the whole name of it
            if span[1] in starts:
                return PROOF
            heads = ()
        return max((self._one(view, sentence, span, self._compiled[role.name], heads) for role in roles), default=NONE)

    def _one(self, view: View, sentence: Sentence, span: tuple[int, int], role: _Compiled, heads: Collection[int]) -> int:
        return CLAUSE if self._led_to(view, sentence, span[0], role) or self._acts(view, sentence, span[1], role, heads) else NONE

    def _acts(self, view: View, sentence: Sentence, last: int, role: _Compiled, heads: Collection[int]) -> bool:
        """Does a verb of the role follow, whose subject the noun is? Its own clause may tell more of it first."""
        words = view.words[:sentence.last]
        relative = passive = apposed = spent = False  # spent: the noun has a verb, only one joined by "and" is its own as well
        verb = 0
        for i in range(last, min(sentence.last, last + _FAR)):
            word, before, gap = words[i], words[i - 1], view.gaps[i].strip(_MARKS)
            if gap == "," or gap in ("–", "—", "-", "--"):
                apposed = apposed or word in _APPOSED or word[0].isdigit() or any(at in heads for at in range(i, i + 4))
                if not apposed or word in ("and", "but"):
                    return False
            elif gap:
                return False
            if gap == "," and word in _APPOSED and word.endswith("ed"):  # ", joined by students,"
                continue
            own = before == "and" if spent else i != last + 1 or before != "and"  # "with their children and sang"
            if own and passive and role.acted_on.matches(words, i):
                return True
            if own and _does(role.acts, words, i) and not _suffered(words, i, last, passive) and _is_verb(words, i, last):
                return True
            spent = spent or (before == "to" and words[i - 2] in _WILLING)
            if word in _RELATIVE:
                relative = True
            elif word in _STOPS or (word in DETERMINERS and i > last and i - 1 != verb and _opens_phrase(before)):
                return False
            elif word in BE:
                passive = True
            elif word in AUXILIARIES or is_adverb(word) or word in ("to", "been") or (
                    word in _WILLING and not passive and words[i + 1:i + 2] == ("to",)):
                continue
            elif (word.endswith("ed") and not _reduced(words, i, last) and before not in PREPOSITIONS | DETERMINERS) or (
                    word in _FINITE):  # "with covered faces" is no verb
                if not relative and (word in _SAYING or words[i + 1:i + 2] == ("that",)):
                    return False
                relative, verb, spent, passive = False, i, spent or not relative, passive and relative
            elif passive and before in BE:
                return False
        return False

    def _led_to(self, view: View, sentence: Sentence, first: int, role: _Compiled) -> bool:
        """Do words lead up to the noun that give it the role: "march of", "clashes with", "dispersed hundreds of"?"""
        low = max(sentence.first, first - _BACK)
        back = tuple(reversed(view.words[max(sentence.first, low - 3):first]))
        loose = 0
        for at in range(first - low):
            gap = view.gaps[first - at].strip()
            if gap.strip("\"“‘'«-") and not (gap == "." and at < len(back) and len(back[at]) == 1):  # "S. Korea"
                return False
            if role.before.matches(back, at):
                return True
            word, earlier = back[at], back[at + 1] if at + 1 < len(back) else ""
            if word == "of" and (earlier in _QUANTITIES or earlier.isdigit()):
                continue
            if word in DETERMINERS or word in _QUANTITIES or word[0].isdigit() or (
                    word in _ROUGHLY and at and (back[at - 1][0].isdigit() or back[at - 1] in DETERMINERS)):
                continue
            if word in PREPOSITIONS or word in _STOPS or word in AUXILIARIES or word in ("and", "or") or loose == _LOOSE:
                return False
            loose += 1
        return False


def _opens_phrase(before: str) -> bool:
    """Does a determiner behind this word begin a noun phrase of its own, which takes over as subject?"""
    return before not in PREPOSITIONS and before not in ("and", "or", "who", "that", "which") and not before.endswith("ing")


def _does(acts: Trie, words: Sequence[str], i: int) -> bool:
    """Does an act begin here, give or take two words behind its first article: "blocked the Gorna Valley road"?"""
    if not acts.opens(words, i):
        return False
    if acts.matches(words, i):
        return True
    article = next((at for at in range(i + 1, min(len(words), i + _ARTICLE)) if words[at] in ("the", "a", "an")), 0)
    return bool(article) and any(
        size > article - i + 1 for skip in (1, 2)
        for size, _ in acts.matches((*words[i:article + 1], *words[article + 1 + skip:article + _PHRASE]), 0))


def _suffered(words: Sequence[str], i: int, last: int, passive: bool) -> bool:
    """Is a form in -ed what was done to the noun: "were blocked", "joined by telephone", "those killed were"?"""
    after = words[i + 1:i + 2]
    if i == last and words[i] in _HARMED and (not after or after[0] in BE | PREPOSITIONS | AUXILIARIES):
        return True
    regular = words[i].endswith("ed")
    return (regular and (passive or after == ("by",))) or (passive and words[i - 1] in BE and words[i] in _PASSIVE)


def _reduced(words: Sequence[str], i: int, last: int) -> bool:
    """Is a form in -ed a participle right behind the noun: "workers employed at the mill"?"""
    return i == last and i + 1 < len(words) and words[i + 1] in PREPOSITIONS


def _is_verb(words: Sequence[str], i: int, last: int) -> bool:
    """Is the form an act here, and no noun ("residents of the march")?"""
    before = words[i - 1]
    if i == last or words[i].endswith("ed") or (before in AUXILIARIES and before not in BE):
        return True
    if words[i] in PAST and before not in DETERMINERS | PREPOSITIONS:
        return True
    if before in DETERMINERS or (before in PREPOSITIONS and before != "to"):
        return False
    return word_class(words[last - 1:], i - last + 1) == "verb" or words[i].endswith("ing") or before.endswith("ly")
