"""Whether a label means the study's own event, another, or the kind of thing: by the places, times and names of the study."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from framelens import io
from framelens.text.tokens import normal, spans
from framelens.text.trie import Trie
from framelens.text.view import Sentence, View
from framelens.text.wordclass import DETERMINERS, PREPOSITIONS, SUBORDINATORS

__all__ = ["ReferentReader"]

OWN, OTHER, GENERIC = "own event", "other", "generic"
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s)?$")
_FROM_WHERE = frozenset(("dateline", "byline"))
_LEFT, _RIGHT = 4, 8  # words before a label that may belong to it, words behind it that may place it
_PAST = frozenset("previous past similar historic".split())
_AGO = Trie((tuple(p.split()), True) for p in (
    "last year", "last decade", "last century", "a year ago", "years ago", "a year earlier", "years earlier", "decades ago",
    "decades earlier", "a decade ago", "centuries ago"))
_PLACING = frozenset("in at of across outside near throughout over during from".split())
_ANY = frozenset("any every such".split())
_KIND = Trie((tuple(p.split()), True) for p in (  # behind "a rioter"
    "is somebody", "is someone", "is anyone", "is anybody", "is a", "is an", "is one who", "is not a", "means", "must", "should",
    "may", "can", "cannot", "has the right", "has a right"))
_HABIT = Trie((tuple(p.split()), True) for p in (  # behind "protesters", at the head of a clause
    "often", "usually", "always", "never", "rarely", "seldom", "sometimes", "generally", "typically", "tend to", "are often",
    "are usually", "are always", "are never", "are rarely", "are sometimes", "are generally", "have the right", "have a right",
    "are entitled", "must", "should", "cannot"))
_WORD_FOR = frozenset("word words term terms label labels name expression".split())
_RIGHTS = frozenset("right rights freedom freedoms".split())


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(normal(phrase[s:e]) for s, e in spans(phrase))


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, ...], ...]:
    """Read the names of each country: its own, of its people, of what stands for its government."""
    rows = csv.DictReader(io.packaged_text("countries.csv").splitlines())
    return tuple(tuple(name for value in row.values() for name in (value or "").split(";") if name) for row in rows)


class ReferentReader:
    """Reads the referent of labels; compiled once a study.

    Parameters
    ----------
    study : mapping
        ``event`` with lists ``places``, ``times``, ``names`` (of the study's own event) and ``others`` (names of other
        events and their places); ``home``, whose names are places of its own. Without ``event`` no referent is told.

    Examples
    --------
    >>> from framelens.text.view import read_view
    >>> reader = ReferentReader({"home": ["Maravel"], "event": {"places": ["Port Carrow"], "times": ["March 2024"]}})
    >>> text = "The riots in Port Carrow recalled the 2011 riots and those in France. Rioters must pay."
    >>> view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    >>> [reader.read(view, view.sentences[s], (w, w + 1)) for s, w in ((0, 1), (0, 8), (1, 13))]
    ['own event', 'other', 'generic']
    """

    def __init__(self, study: Mapping[str, Any]) -> None:
        event = study.get("event") or {}
        places = [*event.get("places", ()), *study.get("home", ())]
        times = event.get("times", ())
        self.told = bool(event)
        self._own = Trie((_words(p), True) for p in (*places, *times, *event.get("names", ())))
        self._places = Trie((_words(p), True) for p in places)
        self._years = frozenset(year for phrase in times for year in _words(phrase) if _YEAR.match(year))
        known = {normal(place) for place in places}
        countries = _countries() if event else ()
        foreign = (name for names in countries if known.isdisjoint(map(normal, names)) for name in names)
        self._others = Trie((_words(p), True) for p in event.get("others", ()))
        self._foreign = Trie((_words(p), True) for p in foreign)
        self._article: tuple[str, bool] | None = None

    def read(self, view: View, sentence: Sentence, span: tuple[int, int], *, sent: bool = False) -> str | None:
        """Tell the referent of the label at words ``span``; None where the article does not name the study's event.

        Of those who may be ``sent`` from elsewhere (forces) a nationality says whence they come, not where they are.
        """
        if not self.told:
            return None
        if _generic(view, sentence, span):
            return GENERIC
        if self._elsewhere(view, sentence, span, sent):
            return OTHER
        return OWN if self.names_event(view) else None

    def names_event(self, view: View) -> bool:
        """Does the article name a place, time or name of the study's event, or say that it was written at one of its places?"""
        if not self.told:
            return False
        if self._article is None or self._article[0] != view.document_id:
            inside = (i for s in view.sentences for i in range(s.first, s.last))
            self._article = view.document_id, any(self._own.matches(view.words, i) for i in inside) or self._written_there(view)
        return self._article[1]

    def _written_there(self, view: View) -> bool:
        lines = (view.words_in(start, end) for start, end, kind, _rule in view.zones if kind in _FROM_WHERE)
        return any(self._places.matches(view.words[:line.stop], i) for line in lines for i in line)

    def _elsewhere(self, view: View, sentence: Sentence, span: tuple[int, int], sent: bool) -> bool:
        """Does what stands in or behind the phrase name another place, time or event?"""
        words, (first, last) = view.words[:sentence.last], span
        for at in range(first - 1, max(sentence.first, first - _LEFT) - 1, -1):
            if view.gaps[at + 1].strip("-’' ") or words[at] in PREPOSITIONS or words[at] in SUBORDINATORS:
                break
            if words[at] in _PAST or (self._marked(words, at) if sent else self._points_away(words, at)):
                return True
            if words[at] in DETERMINERS:
                break
        if self._dated(words, sentence.first):
            return True
        for at in range(last, min(sentence.last, last + _RIGHT)):
            if view.gaps[at].strip(" \n\t"):
                break
            if self._places.matches(words, at):
                return False
            if _AGO.matches(words, at) or (words[at - 1] in _PLACING and self._points_away(words, at)) or (
                    words[at - 1] == "the" and words[at - 2] in _PLACING and self._points_away(words, at)):
                return True
        return False

    def _dated(self, words: tuple[str, ...], first: int) -> bool:
        """Does the sentence begin with another time: "In 2011, …", "Last year …"?"""
        return bool(_AGO.matches(words, first)) or (
            words[first] in ("in", "during") and first + 1 < len(words) and self._other_year(words[first + 1]))

    def _marked(self, words: tuple[str, ...], at: int) -> bool:
        return self._other_year(words[at]) or bool(self._others.matches(words, at))

    def _points_away(self, words: tuple[str, ...], at: int) -> bool:
        return self._marked(words, at) or bool(self._foreign.matches(words, at))

    def _other_year(self, word: str) -> bool:
        return bool(_YEAR.match(word)) and bool(self._years) and word not in self._years


def _any_of(words: Iterable[str], wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(words)


def _generic(view: View, sentence: Sentence, span: tuple[int, int]) -> bool:
    """Does the label name the kind: "any protester", "a rioter is somebody who", "the word rioter", "the right to protest"?"""
    (first, last), words = span, view.words[:sentence.last]
    before = words[max(sentence.first, first - 3):first]
    if before[-1:] and before[-1] in _ANY:
        return True
    if _any_of(before[-2:], _WORD_FOR) or (_any_of(before, _RIGHTS) and _any_of(before, frozenset(("to", "of")))):
        return True
    if last >= sentence.last or view.gaps[last].strip():
        return False
    if before[-1:] and before[-1] in ("a", "an"):
        return bool(_KIND.matches(words, last))
    opens = first == sentence.first or bool(view.gaps[first].strip())
    return opens and words[last - 1].endswith("s") and bool(_HABIT.matches(words, last))
