"""What kinds of source words name: phrases and countries, compiled, and the words among which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from framelens.annotate.sources.words import PARTICLES, is_person
from framelens.text.tokens import has_capital, normal, spans
from framelens.text.trie import Trie
from framelens.text.wordclass import DETERMINERS

__all__ = ["Entry", "Gazetteer", "Index", "Match", "Place", "Tokens", "read_tokens"]

_MARKS = frozenset(",;:()[]—–")
_APOSTROPHES = frozenset("'’ʼ")
# Kinds whose words are surnames as well (baker, miller, deal), and whose names are first names as well.
_SURNAMES = frozenset(("person", "company", "document", "expert"))
_CALLED = frozenset("king prince sultan queen emir bishop abbot pope dean judge marshal sheriff priest monk elder major".split())
_BRANDS = frozenset(("news_agency", "state_media", "company"))
_LONGEST = 12  # words of a phrase of the lists, and more
_SHORT = 4  # an acronym of up to four letters must stand in capitals: WHO is not who, SANA is not Sana
_STYLED = frozenset("nato tass opec fifa uefa nasa fema farc irna apec wada".split())  # but these in some papers' style


class Tokens:
    """The words ``low`` to ``high`` of a text, each asked for by its number in that text.

    A phrase is a window on the words of its article, so that nothing is split twice; ``limit`` is the offset at which
    it ends.
    """

    __slots__ = ("ends", "high", "limit", "low", "norms", "starts", "text")

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int], norms: Sequence[str]) -> None:
        self.text, self.starts, self.ends, self.norms = text, starts, ends, norms
        self.low, self.high, self.limit = 0, len(starts), len(text)

    def window(self, low: int, high: int, limit: int) -> Tokens:
        """Return the same words seen through another window."""
        out = Tokens.__new__(Tokens)
        out.text, out.starts, out.ends, out.norms = self.text, self.starts, self.ends, self.norms
        out.low, out.high, out.limit = low, high, limit
        return out

    @property
    def phrase(self) -> str:
        """The text of the window."""
        return self.text[self.starts[self.low]:self.limit] if self.low < self.high else ""

    def surface(self, at: int) -> str:
        """Return a word as it is spelt."""
        return self.text[self.starts[at]:self.ends[at]]

    def capital(self, at: int) -> bool:
        """Tell whether a word has a capital."""
        return has_capital(self.text, self.starts[at])

    def gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.ends[at - 1]:self.starts[at]]

    def mark(self, at: int) -> str:
        """Return the punctuation before a word that is not the first."""
        low, high = self.ends[at - 1], self.starts[at]
        if high - low == 1 and self.text[low] == " ":
            return ""
        gap = self.text[low:high]
        return "—" if gap.strip() in ("-", "--") else next((c for c in gap if c in _MARKS), "")

    def owner(self, at: int) -> bool:
        """Tell whether a word owns what follows: "union's", "dockers'"."""
        end = self.ends[at]
        if end >= self.limit or self.text[end] not in _APOSTROPHES:
            return False
        after = self.text[end + 1:min(end + 3, self.limit)]
        if after[:1] == "s" and not (after[1:].isalnum() or after[1:] == "_"):
            return True
        return self.text[end - 1] == "s" and not (after[:1].isalnum() or after[:1] == "_")


def read_tokens(text: str) -> Tokens:
    """Split a phrase that stands by itself into words.

    Examples
    --------
    >>> tokens = read_tokens("Ada Roe, the union's leader")
    >>> [(tokens.norms[k], k and tokens.mark(k), tokens.owner(k)) for k in range(tokens.high)]
    [('ada', 0, False), ('roe', '', False), ('the', ',', False), ('union', '', True), ('leader', '', False)]
    """
    found = spans(text)
    return Tokens(text, [s for s, _ in found], [e for _, e in found], [normal(text[s:e]) for s, e in found])


class Match(NamedTuple):
    """A phrase of the lists that stands at words ``[start, end)``; ``spelling`` is empty where the study gave it."""

    start: int
    end: int
    type: str
    weight: int
    spelling: tuple[str, ...]


class Place(NamedTuple):
    """A country, its demonym, or a metonym of its government."""

    start: int
    end: int
    home: bool
    people: bool  # "Russians": people of it, not its government
    part: bool  # a province or nation of a country, whose premier heads no state


class Entry(NamedTuple):
    """A phrase of a list."""

    words: tuple[str, ...]
    type: str
    weight: int
    study: bool


class Index:
    """Patterns of words by their first two words, so that the many words which begin none cost one look-up each.

    Those with a wildcard, which only studies have, are in a trie. An index may lie over another, which then needs not be
    made anew for what one study adds: of matches of one length its own come first.
    """

    def __init__(self, patterns: Iterable[tuple[Sequence[str], Any]], below: Index | None = None) -> None:
        self._below = below
        self._single: dict[str, list[tuple[int, Any]]] = {}
        self._longer: dict[str, dict[str, list[tuple[Sequence[str], Any]]]] = {}
        wild = []
        for words, value in patterns:
            if any(w.endswith("*") for w in words):
                wild.append((words, value))
            elif len(words) == 1:
                self._single.setdefault(words[0], []).append((1, value))
            else:
                self._longer.setdefault(words[0], {}).setdefault(words[1], []).append((tuple(words[2:]), value))
        first = frozenset((*self._single, *self._longer))
        self._first: frozenset[str] = first | below._first if below else first
        self._wild = Trie(wild) if wild else None

    def holds(self, word: str) -> bool:
        """Tell whether a pattern begins with a word."""
        return word in self._first

    def starts(self, words: Sequence[str], low: int, high: int) -> list[int]:
        """Return the numbers of the words in a range with which a pattern may begin."""
        if self._wild:
            return list(range(low, high))
        first = self._first
        return [k for k in range(low, high) if words[k] in first]

    def matches(self, words: Sequence[str], at: int, end: int) -> list[tuple[int, Any]]:
        """Return ``(length in words, value)`` of every pattern that begins at ``words[at]``, longest first, then as given."""
        found = self._single.get(words[at], [])
        if at + 1 < end and (longer := self._longer.get(words[at])) and (pairs := longer.get(words[at + 1])):
            rest = at + 2
            more = [(2 + len(tail), value) for tail, value in pairs
                    if not tail or (rest + len(tail) <= end and tuple(words[rest:rest + len(tail)]) == tail)]
            found = sorted(more, key=_size, reverse=True) + found if len(more) > 1 else more + found
        if self._wild and (wild := self._wild.matches(words[at:min(end, at + _LONGEST)], 0)):
            found = sorted(wild + found, key=_size, reverse=True)  # a study's own first
        if self._below and (under := self._below.matches(words, at, end)):
            found = sorted(found + under, key=_size, reverse=True) if found else under
        return found


def _size(found: tuple[int, Any]) -> int:
    return found[0]


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Phrases and countries, compiled; made by :func:`framelens.annotate.sources.read_gazetteer`.

    Attributes
    ----------
    home_known : bool
        Whether the study said which country is its own: only then is any other foreign.
    home_listed : bool
        Whether that country is on the packaged list: then all others are too, and an unknown land is a part of it.
    media : frozenset of str
        The words with which the names of media end.
    readings : dict
        What phrases read before came to (sources recur); bounded by its only writer, ``phrase.read_phrase``.
    """

    phrases: Index
    countries: Index
    home_known: bool
    home_listed: bool
    media: frozenset[str]
    readings: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __getstate__(self) -> dict[str, Any]:  # what was read before is no data: a worker reads for itself
        return {**self.__dict__, "readings": {}}

    def describes(self, word: str) -> bool:
        """Tell whether a word may stand between an article and a name: the "state news agency" of "the state news agency X"."""
        return self.phrases.holds(word) or self.countries.holds(word)

    def find(self, tokens: Tokens) -> list[Match]:
        """Find the phrases in some words, left to right: the longest wins, a study's over a packaged one."""
        phrases, norms, high, edge = self.phrases, tokens.norms, tokens.high, tokens.low
        out: list[Match] = []
        for at in phrases.starts(norms, edge, high):
            if at < edge:
                continue
            for size, entry in phrases.matches(norms, at, high):
                words = entry.words
                if (words[0][0].islower() and size == 1) or _spelt(words, tokens, at):
                    if (size == 1 or words[0] == "The") and self._in_name(entry, tokens, at, at + size - 1):
                        continue
                    edge = at + size
                    out.append(Match(at, edge, entry.type, entry.weight, () if entry.study else words))
                    break
        return out

    def _in_name(self, entry: Entry, tokens: Tokens, at: int, last: int) -> bool:
        """Tell whether words of the lists are part of a longer name: the baker of "Ada Baker", the fox of "Vicente Fox"."""
        if entry.study or not tokens.capital(at):
            return False
        word, first = entry.words[-1], at == tokens.low
        if entry.words[0] == "The" and _follows(tokens, last + 1):  # "The National Police" are no newspaper
            beside = self.phrases.matches(tokens.norms, last + 1, tokens.high)
            if beside and all(e.type not in _BRANDS and not is_person(tokens.norms[last + 1]) for _size, e in beside):
                return True
        if word[0].isupper():
            if word.isupper():
                if word == tokens.surface(last):
                    return False  # but SANA is a name in "Sana Roe"
            elif entry.weight < 2 or entry.type not in _BRANDS:
                return False
            # "Ford Roe" and "Ada Ford", but "Boeing President Roe", "Sputnik Kazakhstan" and "Dutch Telegraaf".
            return (_follows(tokens, last + 1) and not self._known(tokens, last + 1)) or (
                not first and _leads(tokens, at) and _follows(tokens, at) and not self._known(tokens, at - 1))
        if entry.type == "person" and not first:
            return True  # no trade has a capital within a sentence, but Ms Baker has
        behind = not first and tokens.capital(at - 1) and _follows(tokens, at)
        if word in _CALLED:  # "Ada Bishop"; but "the Bishop", "Danish King Frederik"
            return behind and not _follows(tokens, at + 1) and not self._known(tokens, at - 1)
        return (not first or word == "bill") and entry.type in _SURNAMES and (_follows(tokens, at + 1) or behind)

    def _known(self, tokens: Tokens, at: int) -> bool:
        """Tell whether a word cannot be part of a name, for it begins a phrase of the lists, or is a country or an article."""
        norm = tokens.norms[at]
        return norm in DETERMINERS or self.countries.holds(norm) or bool(self.phrases.matches(tokens.norms, at, tokens.high))

    def places(self, tokens: Tokens) -> list[Place]:
        """Find the countries in some words, left to right, longest first."""
        high, edge = tokens.high, tokens.low
        out: list[Place] = []
        for at in self.countries.starts(tokens.norms, edge, high):
            if at < edge or not tokens.capital(at):
                continue
            for size, (words, home, people, part) in self.countries.matches(tokens.norms, at, high):
                if tokens.capital(at + size - 1) and _spelt(words, tokens, at):
                    edge = at + size
                    out.append(Place(at, edge, home, people, part))
                    break
        return out


def _spelt(words: Sequence[str], tokens: Tokens, at: int) -> bool:
    """Tell whether words stand in the text, from a word on, with the capitals that the list gives them."""
    for number, word in enumerate(words, at):
        if word[0].islower():
            continue
        if word[:-1].isupper() and word[-1] == "s":  # "MPs"; "ISIS" is not several of a service "ISI"
            if tokens.surface(number) != word:
                return False
        elif word.isupper() and len(word.replace(".", "")) <= _SHORT and word.lower() not in _STYLED:
            if not tokens.surface(number).startswith(word.rstrip(".")):
                return False
        elif word[0].isupper() and not tokens.capital(number):
            return False
    return True


def _leads(tokens: Tokens, at: int) -> bool:
    """Tell whether a word with a capital stands before a word, a particle of names between them aside: "Ada dos"."""
    low = at - 1 if tokens.norms[at - 1] not in PARTICLES or at - 2 < tokens.low else at - 2
    return tokens.capital(low)


def _follows(tokens: Tokens, at: int) -> bool:
    """Tell whether a word with a capital goes on with the name before it."""
    if at >= tokens.high or tokens.mark(at) or tokens.owner(at - 1):
        return False
    return tokens.capital(at) or (tokens.norms[at] in PARTICLES and at + 1 < tokens.high and tokens.capital(at + 1))
