"""Whether a match is a noun phrase's head that names a group or kind: no modifier, no part of a name, no single named person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from framelens.annotate.labels.roles import PAST
from framelens.lexicon import Term
from framelens.lexicon.terms import favoured
from framelens.text.trie import Trie
from framelens.text.view import Sentence, View
from framelens.text.wordclass import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    is_adverb,
    word_class,
)

__all__ = ["PhraseReader"]

_LINKS = frozenset("of for the and".split())  # what may stand inside a name
_TITLE = 0.6  # of the longer words of a sentence with a capital: a headline in title case, where capitals tell nothing
_LONG = 4
_OPENING = " \t\n\"“‘'«"  # a quotation mark may stand before the noun, after it never
_CLOSING, _THEIRS = " \t\n\"”»", "'’s"
_BODIES = frozenset("forces services units agencies bodies groups elements".split())  # in the plural they modify
_NO_ADJECTIVES = DETERMINERS | PREPOSITIONS | AUXILIARIES | PRONOUNS | SUBORDINATORS | frozenset(("and", "or", "than"))


def _capital(view: View, word: int) -> bool:
    return view.surface(word)[0].isupper()


def _title_case(view: View, sentence: Sentence) -> bool:
    """Is the sentence written with capitals throughout?"""
    long = [i for i in range(sentence.first, sentence.last) if len(view.words[i]) >= _LONG]
    return sum(_capital(view, i) for i in long) >= _TITLE * max(1, len(long))


def _named(view: View, word: int, sentence: Sentence, step: int) -> bool:
    """Does a capital stand beside a word, give or take "of the"?"""
    at = word + step
    while sentence.first <= at < sentence.last and view.words[at] in _LINKS and view.gaps[max(at, at - step)].isspace():
        at += step
    inside = sentence.first <= at < sentence.last
    return inside and view.gaps[max(at, at - step)].isspace() and _capital(view, at) and (step > 0 or at > sentence.first)


def _participle(words: Sequence[str]) -> bool:
    """Is it an adjective that stands for a noun: "the detained"?"""
    return words[0] == "the" and words[-1].endswith("ed")


def _noun_behind(words: Sequence[str], at: int) -> bool:
    word = words[at]
    verb = word in PAST or word.endswith("ed")
    return not (word in _NO_ADJECTIVES or verb or is_adverb(word)) and word_class(words, at) == "noun"


class PhraseReader:
    """Tells which matches are heads, by what the groups of a lexicon say; compiled once a lexicon."""

    def __init__(self, groups: Mapping[str, Mapping[str, Any]]) -> None:
        self._not_before = {name: Trie((p, True) for p in about["not_before"]) for name, about in groups.items()}
        self._modifiers: dict[str, Mapping[str, str]] = {name: about["modifiers"] for name, about in groups.items()}
        self._sides = {name: str(about["side"]) for name, about in groups.items()}
        self._names = {name: bool(about["names"]) for name, about in groups.items()}

    def is_head(self, view: View, sentence: Sentence, span: tuple[int, int], term: Term) -> bool:
        """Is the match the head of its phrase and the name of a group or kind?"""
        first, last = span
        gap = view.gaps[last]
        beside = last < sentence.last and gap.isspace()
        if last < sentence.last and self._modifies(view, sentence, span, term):
            return False
        if beside and _participle(view.words[first:last]) and _noun_behind(view.words[:sentence.last], last):
            return False
        single = len(term.forms) > 1 and view.words[first:last] == term.forms[0]
        follows = beside and _capital(view, last) and view.words[last] not in DAYS | MONTHS
        named = self._names[term.group] or term.term[0].isupper()  # "Bucket Brigade" in a lexicon is a name itself
        inside = not named and _capital(view, last - 1) and first > sentence.first
        if not (single and follows) and not inside:
            return True
        if _title_case(view, sentence):
            return True
        if single and follows:
            return False
        return not (_named(view, first, sentence, -1) or _named(view, last - 1, sentence, 1))

    def _modifies(self, view: View, sentence: Sentence, span: tuple[int, int], term: Term) -> bool:
        """Does the match only say of what sort the next noun is: "terrorist cells", "the nurses' union"?"""
        first, last = span
        words, gap = view.words[:sentence.last], view.gaps[last]
        if len(term.forms) > 1 and words[first:last] != term.forms[0] and words[last - 1] not in _BODIES:
            return False  # a plural: what follows is its verb ("rioters attack")
        marks = _CLOSING + _THEIRS if term.roles else _CLOSING  # "the rioters' acts" still names rioters
        return gap[-1:].isspace() and not gap.strip(marks) and bool(self._not_before[term.group].matches(words, last))

    def favours(self, group: str, stance: str) -> str:
        """Tell whom a label favours whose stance an adjective decided."""
        return favoured(self._sides[group], stance)

    def modified(self, view: View, sentence: Sentence, first: int, term: Term) -> tuple[int, str]:
        """Return where a label begins with the adjective that decides its stance, give or take one between, and the stance."""
        stances = self._modifiers[term.group]
        for back in (1, 2) if term.stance == "neutral" and stances else ():
            at = first - back
            if at < sentence.first or view.gaps[at + 1].strip(_OPENING):
                break
            if stance := stances.get(view.words[at]):
                return at, stance
            if view.words[at] in _NO_ADJECTIVES or not view.words[at].isalpha():
                break
        return first, term.stance
