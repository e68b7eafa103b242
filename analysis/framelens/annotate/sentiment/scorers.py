"""TextBlob and VADER, scored by the libraries themselves, which see only the words that their rules act upon.

Most words of news are in neither lexicon, and each library's rules look a few words back at most. So a text is split here, each
piece is looked up once and remembered, and the library's own function is called on what is left, once for the same words. A
score is equal to the library's, bit by bit: the tests compare thousands of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from types import CodeType, SimpleNamespace
from typing import Any

from framelens.text.tokens import Known

__all__ = ["SCORERS", "Scored", "Scorer", "read_scorers"]

SCORERS = ("textblob_polarity", "textblob_subjectivity", "vader_compound")
Scored = tuple[tuple[float, ...], str | None]  # the scores, and the words that made them
Scorer = Callable[[str], Scored]
_PLAIN, _ACTS = "zzz", 2  # of TextBlob's rules: a word that ends what a negation or modifier before it reaches; one that acts
_VALUED, _CONTRASTS, _PHRASES = 1, 2, 4  # of VADER's: has a valence; is "but"; may be of a phrase that has one
# A letter for a word, by the sum of these, so that one pattern finds the few that matter; a capital for a word in capitals.
_LETTERS = "nvbxpqyz"
_PICTURE = "e"  # holds an emoji
_VALUES, _BUT, _PHRASE = (re.compile(f"[{found}{found.upper()}]") for found in (
    "".join(letter for role, letter in enumerate(_LETTERS) if role & does) for does in (_VALUED, _CONTRASTS, _PHRASES)))
_PASSED = "_"  # stands for a word that VADER's rules pass over
_OPENING, _CLOSING, _BEHIND = frozenset('“("'), frozenset('”"'), frozenset(",;:)?")  # marks that TextBlob parts from a word
_LONG = 60  # characters beyond which a piece is no word with marks about it
_QUOTES = frozenset("“”‘’'\"")


class TextBlob:
    """TextBlob's default analyser, to which the words ``without`` are unknown: polarity and subjectivity."""

    names = SCORERS[:2]

    def __init__(self, without: Collection[str] = ()) -> None:
        from textblob import _text, en

        library = en.sentiment
        if without:
            library = en.Sentiment(path=library.path, synset=library._synset, tokenizer=library.tokenizer,
                                   negations=library.negations, modifiers=library.modifiers, modifier=library.modifier)
            library.load()
            for word in without:
                dict.pop(library, word, None)
        len(library)  # its lexicon is read when it is first asked
        faces = {face for group in _text.EMOTICONS.values() for face in group}
        # The library joins the marks of a face, and "(!)", over the spaces between them, and drops what stands for the end of a
        # paragraph: there it splits the text itself.
        joined = [r"\s*".join(map(re.escape, face)) for face in sorted(faces)]
        self._unusual = re.compile(rf"{'|'.join(joined)}|\(\s*!\s*\)|{re.escape(_text.EOS)}")
        self._marks = {"!", "(!)", *map(str.lower, faces)}
        self._library, self._longest = library, max(map(len, _text.ABBREVIATIONS))
        self._pieces = Known(self._read)
        self._runs = Known(self._assess)

    def _split(self, text: str) -> list[str]:
        """Let the library split a text."""
        return " ".join(self._library.tokenizer(text)).split()

    def _parts(self, piece: str) -> list[str]:
        """Split what stands between spaces as the library does, which is asked only where the piece is not plain."""
        first, last, body = piece[:1], piece[-1:], piece[:-1]
        if len(piece) > _LONG:
            return self._split(piece)
        if first.isalnum() and last.isalnum() and _QUOTES.isdisjoint(piece):
            return [piece]
        if body and first in _OPENING:
            return [first, *self._parts(piece[1:])]
        if body and last in _CLOSING:
            return [*self._parts(body), last]
        if body.isalnum() and (last in _BEHIND or (last == "." and body.islower() and len(piece) > self._longest)):
            return [body, last]
        if piece[:-2].isalnum() and piece[-2:] in ("'s", "’s"):
            return [piece[:-2], piece[-2], "s"]
        return self._split(piece)

    def _read(self, piece: str) -> tuple[tuple[str, int], ...]:
        return tuple(map(self._role, self._parts(piece)))

    def _role(self, part: str) -> tuple[str, int]:
        """Give a word, and whether it acts (2), lets a negation or modifier before it reach on (1), or ends what it reaches."""
        word = part.lower()
        if dict.__contains__(self._library, word) or word in self._library.negations or word in self._marks:
            return word, _ACTS
        return (_PLAIN, 0) if len(word.strip("'")) > 1 and len(word) > 2 else (word, 1)

    def _assess(self, words: tuple[str, ...]) -> list[tuple[str, float, float]]:
        """Let the library assess words: what it matched, polarity and subjectivity of each assessment."""
        return [(" ".join(part[0]), part[1], part[2]) for part in self._library.assessments((word, None) for word in words)]

    def __call__(self, text: str) -> Scored:
        """Score a text: the mean of its assessments, which are made run by run, from a word that acts to one that ends it."""
        pieces = [tuple(map(self._role, self._split(text)))] if self._unusual.search(text) else (
            map(self._pieces.__getitem__, text.split()))
        runs: list[list[str]] = []
        open_ = 0
        for piece in pieces:
            for word, role in piece:
                if open_:
                    runs[-1].append(word)
                    open_ = role
                elif role == _ACTS:
                    runs.append([word])
                    open_ = role
        if any("!" in run for run in runs):  # it acts upon the assessment before it, in whatever run
            runs = [[word for run in runs for word in run]]
        found = [part for run in runs for part in self._runs[tuple(run)]]
        polarity = subjectivity = 0.0
        for _, p, s in found:  # one by one, as the library adds them: sum() rounds otherwise
            polarity += p
            subjectivity += s
        n = len(found) or 1
        return (polarity / n, subjectivity / n), "; ".join([part[0] for part in found]) or None


class Vader:
    """vaderSentiment's analyser, to which the words ``without`` are unknown: compound."""

    names = SCORERS[2:]

    def __init__(self, without: Collection[str] = ()) -> None:
        from vaderSentiment import vaderSentiment as library

        self._library, self._analyser = library, library.SentimentIntensityAnalyzer()
        lexicon = self._analyser.lexicon
        for word in without:
            lexicon.pop(word, None)
        rules = (self._analyser.sentiment_valence, self._analyser._negation_check, self._analyser._special_idioms_check,
                 self._analyser._least_check)
        phrases = [phrase.split() for phrase in (*library.SPECIAL_CASES, *library.BOOSTER_DICT)]
        # What the rules look for around a word: words in their tables, and those written in their code ("never", "so").
        self._always = {*library.NEGATE, *library.BOOSTER_DICT, *(text for rule in rules for text in _texts_in(rule.__code__))}
        self._in_phrase = {part for parts in phrases if len(parts) > 1 for part in parts}
        self._signals = {max(parts, key=len) for parts in phrases if len(parts) > 1}
        # One word weighs as another of the same valence does, if the rules look for neither.
        self._alike = {lexicon[word]: word for word in sorted(lexicon.keys() - self._always - self._in_phrase) if word.isalpha()}
        self._any_known = next(iter(self._alike.values()))
        self._pictures = frozenset(self._analyser.emojis)
        self._pieces = Known(self._read)
        self._roles = Known(self._letter)
        self._valences = Known(self._valence)
        self._sums = Known(self._sum)

    def _letter(self, piece: str) -> str:
        if not self._pictures.isdisjoint(piece):
            return _PICTURE
        word = self._library.SentiText._strip_punc_if_word(piece)
        lower = word.lower()
        role = _VALUED * (lower in self._analyser.lexicon and lower not in self._library.BOOSTER_DICT)
        role |= _CONTRASTS * (lower == "but") | _PHRASES * (lower in self._signals)
        return _LETTERS[role].upper() if word.isupper() else _LETTERS[role]

    def _read(self, piece: str) -> tuple[str, str, str, str]:
        """Strip a piece as the library does; give the word, what it weighs as, and what other words' rules see.

        They see one thing where the text may hold a phrase ("to die for") and another where it cannot.
        """
        word = self._library.SentiText._strip_punc_if_word(piece)
        lower = word.lower()
        valence = self._analyser.lexicon.get(lower)
        always = lower in self._always or "n't" in lower
        seen = word if always else _PASSED if valence is None else self._any_known
        in_phrase = word if lower in self._in_phrase else seen
        weighs = word if in_phrase == word else self._alike.get(valence, word)
        if word.isupper() and weighs is not word:
            weighs = weighs.upper()
        return word, weighs, in_phrase, seen

    def _describe(self, text: str) -> str:
        """Put each emoji's description in its place, as the library does: parted from what stands before it, not behind."""
        emojis = self._analyser.emojis
        return "".join([
            char if char not in emojis else emojis[char] if i == 0 or text[i - 1] == " " else f" {emojis[char]}"
            for i, char in enumerate(text)])

    def _valence(self, around: tuple[tuple[str, ...], int, bool]) -> float:
        """Let the library weigh a word among those that its rules see: three before it and two behind."""
        words, at, shouted = around
        if words[at].lower() == "kind" and words[at + 1:at + 2] and words[at + 1].lower() == "of":
            return 0  # a dampener, "kind of"
        near = SimpleNamespace(words_and_emoticons=list(words), is_cap_diff=shouted)
        return self._analyser.sentiment_valence(0, near, words[at], at, [])[0]

    def _sum(self, weighed: tuple[tuple[float, ...], int, int]) -> float:
        """Let the library sum valences, which of a text minds how many "!" and "?" it has."""
        valences, exclamations, questions = weighed
        compound: float = self._analyser.score_valence(list(valences), "!" * exclamations + "?" * questions)["compound"]
        return compound

    def __call__(self, text: str) -> Scored:
        """Score a text."""
        pieces = text.split()
        roles = "".join(map(self._roles.__getitem__, pieces))
        if _PICTURE in roles:
            return self(self._describe(text))
        valued = [found.start() for found in _VALUES.finditer(roles)]
        if not valued:
            return (0.0,), None
        shouted = not roles.islower() and not roles.isupper()  # some words in capitals, not all
        sees = 2 if _PHRASE.search(roles) else 3
        read = self._pieces
        found: dict[int, float] = {}
        for i in valued:
            near = (*[read[piece][sees] for piece in pieces[max(0, i - 3):i]], read[pieces[i]][1],
                    *[read[piece][sees] for piece in pieces[i + 1:i + 3]])
            found[i] = self._valences[near, min(i, 3), shouted and any(map(str.isupper, near))]
        matched = "; ".join([read[pieces[i]][0] for i in valued if found[i]])
        valences = list(found.values())  # what else there is has no valence, and changes no sum
        if _BUT.search(roles):
            words = [read[piece][0] for piece in pieces]
            valences = self._analyser._but_check(words, [found.get(i, 0) for i in range(len(words))])
        return (self._sums[tuple(valences), text.count("!"), text.count("?")],), matched or None


def _texts_in(constant: Any) -> Iterator[str]:
    """Yield the strings that are written in a function's code."""
    if isinstance(constant, str):
        yield constant
    for part in constant.co_consts if isinstance(constant, CodeType) else constant if isinstance(
            constant, tuple | frozenset) else ():
        yield from _texts_in(part)


@cache
def read_scorers(without: frozenset[str] = frozenset()) -> tuple[tuple[tuple[str, ...], Scorer], ...]:
    """Read both scorers, with what their scores are called; the words ``without`` are unknown to them.

    Examples
    --------
    >>> [score("A VERY good day, but not for us!") for names, score in read_scorers()]
    [((1.0, 0.7800000000000001), 'very good !'), ((0.4127,), 'good')]
    """
    return tuple((scorer.names, scorer) for scorer in (TextBlob(without), Vader(without)))
