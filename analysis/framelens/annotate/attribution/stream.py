"""A sentence as the rules read it: words, punctuation, and each quotation as one item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framelens.text.quotes import Quote
from framelens.text.view import Sentence, View
from framelens.text.wordclass import AUXILIARIES, BE, DAYS, DETERMINERS, MONTHS, PREPOSITIONS, SUBORDINATORS, is_adverb

__all__ = ["QUOTE", "Stream", "read_stream"]

QUOTE = "“”"  # the normal form of a quotation: no word is spelt so
_PUNCTUATION = re.compile(r"[^\w\s]")
_TITLE = frozenset(
    "mr mrs ms dr prof gen col capt lt sgt maj sen rep gov rev st adm cmdr supt insp jr sr".split())
_TIME = DAYS | MONTHS | frozenset((
    "late early earlier later last next this week month year morning evening afternoon night day days "
    "hours weekend noon the a of and"
).split())
_RELATIVE = frozenset(["who", "whose", "which"])
_OPENERS = frozenset("and or but so then yet meanwhile however still".split())
_CLAUSAL = _RELATIVE | {"which", "that", "where"}
_PRONOUNS = frozenset("he she it they we i".split())
_NO_SUBJECT = frozenset("there and or but then to not".split())
_STOPS = frozenset(',;:—–()[]?!"“”…-')
_FINITE = frozenset((
    "said says say told tells came went took made gave got left saw ran held began became rose fell met "
    "brought sent stood lost won paid led kept let set put cut hit shot found"
).split())


@dataclass(frozen=True, slots=True)
class Stream:
    """Parallel lists over the items of one sentence, with the quotations that stand in it."""

    view: View
    sentence: Sentence
    starts: list[int]
    ends: list[int]
    norms: list[str]
    quotes: list[Quote | None]

    def __len__(self) -> int:
        return len(self.norms)

    def span(self, low: int, high: int) -> tuple[int, int]:
        """Return the offsets of the items ``low`` to ``high`` (exclusive)."""
        return self.starts[low], self.ends[high - 1]

    def capital(self, at: int) -> bool:
        """Tell whether an item is a word with a capital."""
        return self.view.text[self.starts[at]].isupper()

    def is_word(self, at: int) -> bool:
        """Tell whether an item exists and is a word."""
        return 0 <= at < len(self) and (self.norms[at][0].isalnum())

    def norm(self, at: int) -> str:
        """Return the normal form of an item, empty beyond the sentence."""
        return self.norms[at] if 0 <= at < len(self) else ""

    def boundary(self, at: int) -> bool:
        """Tell whether an item is punctuation that parts phrases (the full stop of a title does not)."""
        norm = self.norms[at]
        if norm == ".":
            return not (at and (self.norms[at - 1] in _TITLE or len(self.norms[at - 1]) == 1))
        return norm in _STOPS or norm == QUOTE

    def end_of_clause(self) -> int:
        """Return the number of the item behind the sentence's last item that is no closing punctuation."""
        high = len(self)
        while high and self.norms[high - 1] in (".", "?", "!", "…", ":", ";"):
            high -= 1
        return high

    def finite(self, at: int) -> bool:
        """Guess whether a word is a verb that ends the noun phrase to its right."""
        if not 0 <= at < len(self):
            return False
        norm = self.norms[at]
        if norm in AUXILIARIES or norm in _FINITE:
            return not self.capital(at) or norm in AUXILIARIES
        if norm.endswith("ed") and len(norm) > 4 and not self.capital(at):
            before = self.norm(at - 1)
            adjectival = before in DETERMINERS or before in PREPOSITIONS or before in ("and", "or", "")
            return not (adjectival or before.isdigit())
        return False

    def noun_phrase_left(self, high: int) -> tuple[int, int] | None:
        """Find the noun phrase that ends before item ``high``: its items, or None."""
        if high and self.norms[high - 1] in _PRONOUNS:
            return high - 1, high
        low, last_and = high, -1
        while low > 0:
            at = low - 1
            norm = self.norms[at]
            if self.boundary(at):
                break
            if (norm in SUBORDINATORS and norm not in _RELATIVE) or norm == "what":
                break
            if norm in _RELATIVE and low == high:
                return None
            if self.finite(at):
                if last_and >= 0:
                    low = last_and + 1
                break
            if norm in ("and", "or"):
                last_and = at
            low = at
        return self._strip(low, high)

    def _strip(self, low: int, high: int) -> tuple[int, int] | None:
        """Take times, places and conjunctions off the front of a noun phrase."""
        while low < high:
            norm = self.norms[low]
            timed = norm in DAYS or (norm in _TIME and low + 1 < high and self.norms[low + 1] in DAYS)
            if norm in _OPENERS or is_adverb(norm) or timed:
                low += 1
            elif norm == "with" and low and low + 1 < high:  # "…, with police saying": what follows is the subject
                return low + 1, high
            elif norm in PREPOSITIONS:
                low += 1
                if low < high and self.norms[low] in _TIME:
                    while low < high and (self.norms[low] in _TIME or self.norms[low][0].isdigit()):
                        low += 1
                    if low < high and self.norms[low - 1] in ("the", "a"):
                        low -= 1
                else:
                    if low < high and self.norms[low] in DETERMINERS:
                        low += 1
                    names = low
                    while low < high - 1 and self.capital(low) and not self.norms[low - 1 if low > names else low].endswith("'s"):
                        low += 1
                    low = low + 1 if low == names and low < high else low
            else:
                break
        if low >= high or (high - low == 1 and self.norms[low] in _NO_SUBJECT) or not self.is_word(low):
            return None
        return low, high

    def subject(self, cue: int) -> tuple[int, int] | None:
        """Find the subject to the left of a cue verb: the items of its noun phrase with an apposition, or None."""
        at = cue
        while at and (is_adverb(self.norms[at - 1]) or self.norms[at - 1] in AUXILIARIES):
            at -= 1
        if not at:
            return None
        if self.norms[at - 1] == "," or self.norms[at - 1] in ("—", "–", ")"):
            mark = {")": "("}.get(self.norms[at - 1], self.norms[at - 1])
            before = next((k for k in range(at - 2, max(-1, at - 26), -1) if self.norms[k] == mark), -1)
            if before <= 0 or before == at - 2:
                return None
            head = self.noun_phrase_left(before)
            if head and self.norm(before + 1) in ("citing", "quoting"):
                return head  # whom it cites is a source of its own
            return (head[0], at - 1) if head else None
        if self.norms[at - 1] == "and" or self.norms[at - 1] == "but":  # a coordinated verb: the first verb's subject
            return None
        return self.noun_phrase_left(at)

    def noun_phrase_right(self, low: int) -> tuple[int, int] | None:
        """Find the noun phrase that begins at item ``low``, with an apposition behind a comma."""
        high = self._run_right(low)
        if high == low:
            return None
        if self.norm(high) == "," and high + 1 < len(self):
            following = self.norm(high + 1)
            if following in ("a", "an", "the", "who", "whose") or (
                self.is_word(high + 1) and not self.capital(high + 1) and following not in PREPOSITIONS
                and following not in SUBORDINATORS and not following.endswith("ing") and following != "and"
                and self.capital(high - 1)):
                edges = (",", ";", QUOTE, "—", "–")
                stop = next((k for k in range(high + 1, len(self)) if self.norms[k] in edges), self.end_of_clause())
                relative = next((k for k in range(high + 1, stop) if self.norms[k] in _CLAUSAL), stop)
                told = not any(self.finite(k) for k in range(high + 1, relative))
                if told and stop - high < 22 and self.capital(high - 1):
                    high = stop
        return low, high

    def _run_right(self, low: int) -> int:
        high = low
        while high < len(self) and not self.boundary(high):
            norm = self.norms[high]
            if norm in SUBORDINATORS or (high > low and self.finite(high)):
                break
            if norm in DAYS or (norm in ("on", "in", "at", "late", "early", "during", "to") and high > low):
                following = self.norm(high + 1)
                if norm in DAYS or following in _TIME - {"the", "a", "of", "and"} or following[:1].isdigit() or norm == "to":
                    break
                if norm in ("in", "on", "at") and following in ("a", "an", "the", "his", "her", "its", "twitter", "facebook"):
                    break
            high += 1
        return high

    def passive(self, cue: int) -> bool:
        """Tell whether a participle is passive: a form of be to its left, adverbs between."""
        at = cue - 1
        while at >= 0 and (is_adverb(self.norms[at]) and self.norms[at] not in ("has", "have", "had")):
            at -= 1
        return at >= 0 and self.norms[at] in BE and not self.norms[cue].endswith("ing")


def read_stream(view: View, sentence: Sentence) -> Stream:
    """Read one sentence into items; a quotation of the outermost level that stands in it is one item."""
    quotes = [q for q in view.quotes if q.level == 1 and q.start < sentence.end and q.end > sentence.start]
    starts: list[int] = []
    ends: list[int] = []
    norms: list[str] = []
    held: list[Quote | None] = []

    def plain(low: int, high: int) -> None:
        at = low
        for number in view.words_in(low, high):
            word_start = view.starts[number]
            for match in _PUNCTUATION.finditer(view.text, at, word_start):
                _add(match.start(), match.end(), match.group(), None)
            _add(word_start, view.ends[number], view.words[number], None)
            at = view.ends[number]
        for match in _PUNCTUATION.finditer(view.text, at, high):
            _add(match.start(), match.end(), match.group(), None)

    def _add(start: int, end: int, norm: str, quote: Quote | None) -> None:
        if norm in "'’" and quote is None:
            return  # an apostrophe parts nothing
        starts.append(start)
        ends.append(end)
        norms.append(norm)
        held.append(quote)

    at = sentence.start
    for quote in quotes:
        start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
        if start < at:
            continue
        plain(at, start)
        _add(start, end, QUOTE, quote)
        at = end
    plain(at, sentence.end)
    return Stream(view, sentence, starts, ends, norms, held)
