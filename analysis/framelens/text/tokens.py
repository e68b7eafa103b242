"""Words with offsets, by one pattern, found once an article and shared by all steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

__all__ = ["CAPITALS", "NORMS", "NUMBER", "WORD", "Known", "Words", "has_capital", "normal", "read_phrase", "read_words", "spans",
           "surfaces"]

# Marks that no reader sees (soft hyphen, zero-width space and joiners) stand inside words of scraped pages.
_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060"
_LETTER = rf"[^\W_][\w\u0300-\u036f{_HIDDEN}]*"
# A word keeps its inner apostrophes (o'clock, don’t) and hyphens (pro-democracy, Nur-Sultan) but not a possessive 's:
# so the police's van holds the word "police". A hyphenated compound is one word: "anti-riot" holds no "riot".
WORD = (
    r"\d+(?:[.,]\d+)+"  # 1,000 or 2.5
    r"|(?:[^\W\d_]\.){2,}(?!\w)"  # U.S. or a.m.
    rf"|(?!(?<=\w['’ʼ])s\b){_LETTER}(?:(?:['’‘ʼ](?!s\b)|[-‐‑]){_LETTER})*"
)
NUMBER = re.compile(r"\d")
# The same words, sooner: most are letters before a space or a comma, or with nothing behind them that could belong to them.
_PATTERN = re.compile(rf"([a-zA-Z]{{2,}}+(?=[ ,])|(?=\w)(?:(?![\d_])\w\w++(?![\w\u0300-\u036f{_HIDDEN}'’‘ʼ‐‑.-])|{WORD}))")
_CURLY = str.maketrans("’‘ʼ‐‑", "'''--", _HIDDEN)


# Articles and particles that are written small within names: al-Najjar, el-Gohary, d'Almeida.
_PREFIXED = re.compile(r"(?:a[dlnrstz]|ash|[eu]l|ibn|bin|abu|[dlo])[-'’‐‑][A-ZÀ-Þ]")


def has_capital(text: str, start: int = 0) -> bool:
    """Tell whether the word at an offset has a capital, one behind an Arabic article or the like included.

    Examples
    --------
    >>> [has_capital(word) for word in ("Roe", "al-Roe", "roe", "anti-Roe")]
    [True, True, False, False]
    """
    return text[start].isupper() or _PREFIXED.match(text, start) is not None


def spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open offsets of the words of a text.

    Examples
    --------
    >>> text = "The U.S. police's anti-riot squad didn't fire 1,000 rounds."
    >>> [text[s:e] for s, e in spans(text)]
    ['The', 'U.S.', 'police', 'anti-riot', 'squad', "didn't", 'fire', '1,000', 'rounds']
    """
    return [match.span() for match in _PATTERN.finditer(text)]


class Words(NamedTuple):
    """The words of a text: offsets, what stands there, and the gaps before, between and behind them (one more than words)."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    surfaces: tuple[str, ...]
    gaps: tuple[str, ...]


def read_words(text: str) -> Words:
    """Split a text into words and gaps in one pass; offsets are sums of their lengths, so that no match is made an object.

    Examples
    --------
    >>> read_words("“No,” she said.")
    Words(starts=(1, 6, 10), ends=(3, 9, 14), surfaces=('No', 'she', 'said'), gaps=('“', ',” ', ' ', '.'))
    """
    pieces = _PATTERN.split(text)
    offsets = tuple(accumulate(map(len, pieces)))  # where each gap and each word ends
    return Words(offsets[:-1:2], offsets[1::2], tuple(pieces[1::2]), tuple(pieces[::2]))


def surfaces(text: str) -> list[str]:
    """Return the words of a text as they are spelt.

    Examples
    --------
    >>> surfaces("“No,” she said.")
    ['No', 'she', 'said']
    """
    return _PATTERN.split(text)[1::2]


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """Return the form of a word that is compared: lower case, straight apostrophe and hyphen, no hidden mark.

    Only ever of a word by itself: lower-casing can change a text's length (İ), so offsets are never taken from it.

    Examples
    --------
    >>> normal("O’Neill")
    "o'neill"
    """
    return word.translate(_CURLY).lower()


def read_phrase(phrase: str) -> tuple[str, ...]:
    """Split a phrase of a lexicon or a query as a text is split; a ``*`` behind a word stays with it.

    Examples
    --------
    >>> read_phrase("The hooligan* of O’Neill")
    ('the', 'hooligan*', 'of', "o'neill")
    """
    return tuple(normal(phrase[s:e]) + ("*" if phrase[e:e + 1] == "*" else "") for s, e in spans(phrase))


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Known(dict[K, V], Generic[K, V]):
    """What a pure function gives for words (or tuples of them), found once a word and emptied when full.

    ``map(known.__getitem__, words)`` asks nearly twice as fast as an ``lru_cache``, which keeps its entries in order.

    Examples
    --------
    >>> known = Known(str.lower)
    >>> list(map(known.__getitem__, ["No", "no", "No"])), len(known)
    (['no', 'no', 'no'], 2)
    """

    __slots__ = ("_function", "_most")

    def __init__(self, function: Callable[[K], V], most: int = 200_000) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, word: K) -> V:
        if len(self) >= self._most:
            self.clear()
        found = self[word] = self._function(word)
        return found


NORMS = Known(normal)
CAPITALS = Known(has_capital)
