"""What kinds of source words name: phrases and countries, compiled, and the words among which they are found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, NamedTuple

from framelens.annotate.sources.words import PARTICLES, is_person
from framelens.text.tokens import CAPITALS, NORMS, Known, Words, read_words
from framelens.text.trie import ANYTHING, Trie, begin
from framelens.text.wordclass import DETERMINERS

__all__ = ["Entry", "Gazetteer", "Index", "Match", "Place", "Tokens", "read_tokens"]

_MARKS = frozenset(",;:()[]—–")
_APOSTROPHES = frozenset("'’ʼ")
# Kinds whose words are surnames as well (baker, miller, deal), and whose names are first names as well.
_SURNAMES = frozenset(("person", "company", "document", "expert"))
_CALLED = frozenset("king prince sultan queen emir bishop abbot pope dean judge marshal sheriff priest monk elder major".split())
_ADDRESS = frozenset("mr hon minister senator sir".split())
_BRANDS = frozenset(("news_agency", "state_media", "company"))
# With which names of media and firms end, but nobody's: "Harbour Times", "Northern Airways".
_ENDINGS = frozenset(
    "times herald tribune gazette chronicle news radio television tv observer examiner inquirer telegraph dispatch airlines "
    "airways airline mining minerals resources energy electric electronics logistics shipping refinery enterprises holdings "
    "holding industries insurance pharmaceuticals technologies breweries chemicals railways steelworks utilities".split())
_FIRMS = frozenset("company corporation companies enterprise firm bank airline".split())  # are nobody's
_LONGEST = 12  # words of a phrase of the lists, and more
_SHORT = 4  # an acronym of up to four letters must stand in capitals: WHO is not who, SANA is not Sana
_STYLED = frozenset("nato tass opec fifa uefa nasa fema farc irna apec wada".split())  # but these in some papers' style


class Tokens:
    """The words ``low`` to ``high`` of a text, each asked for by its number in that text.

    A phrase is a window on the words of its article, so that nothing is split twice; ``limit`` is the offset at which
    it ends.
    """

    __slots__ = ("capitals", "ends", "gaps", "high", "limit", "listed", "low", "marked", "named", "norms", "starts", "surfaces",
                 "text")

    def __init__(self, text: str, words: Words, norms: Sequence[str]) -> None:
        self.text, self.norms = text, norms
        self.starts, self.ends, self.surfaces, self.gaps = words
        self.capitals = list(map(CAPITALS.__getitem__, words.surfaces))
        self.named = list(compress(range(len(norms)), self.capitals))
        self.marked = list(compress(range(len(norms) + 1), map(_MARKED.__getitem__, words.gaps)))  # before which words one stands
        self.low, self.high, self.limit = 0, len(norms), len(text)
        self.listed: dict[Index, tuple[list[int], dict[int, Found]]] = {}

    def window(self, low: int, high: int, limit: int) -> Tokens:
        """Return the same words seen through another window."""
        out = Tokens.__new__(Tokens)
        out.text, out.starts, out.ends, out.norms = self.text, self.starts, self.ends, self.norms
        out.surfaces, out.gaps, out.capitals, out.marked = self.surfaces, self.gaps, self.capitals, self.marked
        out.listed, out.named = self.listed, self.named
        out.low, out.high, out.limit = low, high, limit
        return out

    def find(self, index: Index) -> dict[int, Found]:
        """Return what an index has at each word of the text, found once whatever the window."""
        if index not in self.listed:
            found = index.find_all(self.norms)
            self.listed[index] = list(found), found
        return self.listed[index][1]

    def starts_of(self, index: Index) -> list[int]:
        """Return the words of the window at which an index was found to have something."""
        at = self.listed[index][0]
        return at[bisect_left(at, self.low):bisect_left(at, self.high)]

    @property
    def phrase(self) -> str:
        """The text of the window."""
        return self.text[self.starts[self.low]:self.limit] if self.low < self.high else ""

    def surface(self, at: int) -> str:
        """Return a word as it is spelt."""
        return self.surfaces[at]

    def capital(self, at: int) -> bool:
        """Tell whether a word has a capital."""
        return self.capitals[at]

    def gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.gaps[at]

    def mark(self, at: int) -> str:
        """Return the punctuation before a word that is not the first."""
        return _MARKED[self.gaps[at]]

    def next_mark(self, at: int, last: int) -> int:
        """Return the word behind ``at`` before which a mark stands, ``last`` if there is none before that."""
        k = bisect_right(self.marked, at)
        return min(self.marked[k], last) if k < len(self.marked) else last

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
    words = read_words(text)
    return Tokens(text, words, tuple(map(NORMS.__getitem__, words.surfaces)))


def _mark(gap: str) -> str:
    return "—" if gap.strip() in ("-", "--") else next((c for c in gap if c in _MARKS), "")


_MARKED = Known(_mark, most=10_000)


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


Found = list[tuple[int, Any]]
_Tails = list[tuple[int, Sequence[str], Any]]  # length, words behind the second, value


class Index:
    """Patterns of words by their first two words, so that the many words which begin none cost one look-up each.

    Those with a wildcard, which only studies have, are in a trie. An index may lie over another, which then needs not be
    made anew for what one study adds: of matches of one length its own come first.
    """

    def __init__(self, patterns: Iterable[tuple[Sequence[str], Any]], below: Index | None = None) -> None:
        self._below = below
        self._single: dict[str, Found] = {}
        self._longer: dict[str, dict[str, _Tails]] = {}
        wild = []
        for words, value in patterns:
            if any(w.endswith("*") for w in words):
                wild.append((words, value))
            elif len(words) == 1:
                self._single.setdefault(words[0], []).append((1, value))
            else:
                self._longer.setdefault(words[0], {}).setdefault(words[1], []).append((len(words), tuple(words[2:]), value))
        first = frozenset((*self._single, *self._longer))
        self._first: frozenset[str] = first | below._first if below else first
        self._wild = Trie(wild) if wild else None
        self._merged: dict[str, tuple[Found, dict[str, _Tails]]] = {}  # as words are asked for
        self._seconds = Known(self._find_seconds)

    def holds(self, word: str) -> bool:
        """Tell whether a pattern begins with a word."""
        return word in self._first

    def _by_second(self, word: str) -> tuple[Found, dict[str, _Tails]]:
        """Bring the patterns that begin with a word together with those of the index below, the longest first."""
        single, longer = self._single.get(word, []), self._longer.get(word, {})
        if self._below:
            single_below, longer_below = self._below._by_second(word)
            single = single + single_below
            longer = {second: longer.get(second, []) + longer_below.get(second, []) for second in (*longer, *longer_below)}
        self._merged[word] = found = single, {second: sorted(tails, key=_size, reverse=True) for second, tails in longer.items()}
        return found

    def _find_seconds(self, word: str) -> frozenset[str]:
        """Return the words of which one must follow for a pattern to begin with a word; ``ANYTHING`` where it needs none."""
        if self._wild:
            return ANYTHING
        if word not in self._first:
            return frozenset()
        single, longer = self._by_second(word)
        return ANYTHING if single else frozenset(longer)

    def find_all(self, words: Sequence[str]) -> dict[int, Found]:
        """Return by word ``(length in words, value)`` of all patterns that begin at it, longest first, then as given."""
        out: dict[int, Found] = {}
        end = len(words)
        for at in begin(words, self._seconds, None if self._wild else self._first):
            word = words[at]
            found: Found = []
            if word in self._first:
                found, longer = self._merged.get(word) or self._by_second(word)
                if longer and at + 1 < end and (tails := longer.get(words[at + 1])):
                    found = [(size, value) for size, tail, value in tails
                             if size == 2 or tuple(words[at + 2:at + size]) == tail] + found
            if self._wild and (more := self._wild.matches(words, at, min(end, at + _LONGEST))):
                found = sorted(more + found, key=_size, reverse=True)  # a study's own first
            if found:
                out[at] = found
        return out


def _size(found: Sequence[Any]) -> Any:
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
        found, high, edge = tokens.find(self.phrases), tokens.high, tokens.low
        out: list[Match] = []
        for at in tokens.starts_of(self.phrases):
            if at < edge:
                continue
            for size, entry in found[at]:
                words = entry.words
                if at + size <= high and ((words[0][0].islower() and size == 1) or _spelt(words, tokens, at)):
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
            beside = [e for size, e in tokens.find(self.phrases).get(last + 1, ()) if last + 1 + size <= tokens.high]
            called = word == "National" or not is_person(tokens.norms[last + 1])  # "The National President"
            if beside and called and all(e.type not in _BRANDS for e in beside):
                return True
        if word[0].isupper():
            if word.isupper():
                if word == tokens.surface(last):
                    return False  # but SANA is a name in "Sana Roe"
            elif entry.weight < 2 or entry.type not in _BRANDS or (word.lower() in _ENDINGS and not _follows(tokens, last + 1)):
                return False
            # "Ford Roe" and "Ada Ford", but "Boeing President Roe", "Sputnik Kazakhstan" and "Dutch Telegraaf".
            return (_follows(tokens, last + 1) and not self._known(tokens, last + 1)) or (
                not first and _leads(tokens, at) and _follows(tokens, at) and not self._known(tokens, at - 1))
        if entry.type == "person" and not first:
            return True  # no trade has a capital within a sentence, but Ms Baker has
        behind = not first and tokens.capital(at - 1) and _follows(tokens, at)
        if word in _CALLED:  # "Ada Bishop"; but "the Bishop", "Danish King Frederik"
            if word == "dean" and not first and tokens.norms[at - 1] in _ADDRESS and _follows(tokens, at + 1):
                return True  # "the Hon. Dean Roe"
            return behind and not _follows(tokens, at + 1) and not self._known(tokens, at - 1)
        apart = (first and word != "bill") or word in _FIRMS
        return not apart and entry.type in _SURNAMES and (_follows(tokens, at + 1) or behind)

    def _known(self, tokens: Tokens, at: int) -> bool:
        """Tell whether a word cannot be part of a name, for it begins a phrase of the lists, or is a country or an article."""
        norm = tokens.norms[at]
        return norm in DETERMINERS or self.countries.holds(norm) or any(
            at + size <= tokens.high for size, _ in tokens.find(self.phrases).get(at, ()))

    def places(self, tokens: Tokens) -> list[Place]:
        """Find the countries in some words, left to right, longest first."""
        found, high, edge = tokens.find(self.countries), tokens.high, tokens.low
        out: list[Place] = []
        for at in tokens.starts_of(self.countries):
            if at < edge or not tokens.capital(at):
                continue
            for size, (words, home, people, part) in found[at]:
                if at + size <= high and tokens.capital(at + size - 1) and _spelt(words, tokens, at):
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
