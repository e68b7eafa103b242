"""Whether two spellings of a full name are one: transliteration, diacritics, middle names, "Jr"; never a guess at a relative."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["alike", "clash", "fold", "split_name"]

Name = tuple[str, ...]
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
# What one sound of another alphabet becomes in English: each group is written in one way, in this order.
_FOLDS = tuple((re.compile(p), r) for p, r in (
    (r"^(?:mo|mu|ma)ham+[ae]d$", "mohamed"), (r"^alexander$", "aleksandr"), (r"^ye", "e"), (r"(?<=[aeiou])y(?=e)", ""),
    (r"y(?=[aou])", "i"), (r"ee", "i"), (r"oo", "u"),
    (r"(?:dzh|zh|dj|j)", "j"), (r"tch", "ch"), (r"sch", "sh"), (r"kh", "h"), (r"ph", "f"), (r"ck|q", "k"), (r"x", "ks"),
    (r"ou", "u"), (r"w", "v"), (r"ts|tz", "c"), (r"(?:iy|yy|ii|ij|yi|y)", "i"), (r"(.)\1+", r"\1"),
))
_INNER = re.compile(r"['’ʼ`.‐‑-]")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_VOWELS = frozenset("aeiou")
_CLOSE = frozenset(frozenset(p) for p in ("ae", "ei", "ou"))  # vowels for which one vowel of another language stands
_SHORT, _LONG = 5, 7  # letters from which one close vowel, and one vowel at all, may differ
_APART = frozenset(frozenset(p.split()) for p in (  # two names, not two spellings of one
    "frances francis", "marian marion", "karen karin", "carol caral", "marten martin", "jensen jansen"))


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return a word of a name as all its transliterations are written.

    Examples
    --------
    >>> fold("Tokayev") == fold("Tokaev"), fold("Zelenskyy") == fold("Zelensky"), fold("Núñez") == fold("Nunez")
    (True, True, True)
    """
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _INNER.sub("", plain)
    for pattern, written in _FOLDS if len(plain) >= _SHORT else ():  # Lee is not Li, nor Khan Han
        plain = pattern.sub(written, plain)
    return plain


@lru_cache(maxsize=20_000)
def split_name(name: Name) -> tuple[Name, str]:
    """Split "Jr" and the like from a name."""
    last = name[-1].strip(".").casefold()
    return (name[:-1], last) if len(name) > 1 and last in _SUFFIXES else (name, "")


@lru_cache(maxsize=20_000)
def alike(one: Name, other: Name) -> bool:
    """Tell whether two names of two words or more may be spellings of one person's.

    The surname is the same but for its transliteration; so is the first name, or it differs in one vowel within it.
    Middle names and suffixes agree where both have one. A last letter never differs: it tells men from women.

    Examples
    --------
    >>> alike(("Saltanet", "Azirbek"), ("Sultanat", "Azirbek")), alike(("Saltanet", "Azirbek"), ("Saltanat", "Azirbek"))
    (False, True)
    >>> alike(("Ivan", "Petrov"), ("Ivana", "Petrova")), alike(("Hassan", "Roe"), ("Hussein", "Roe"))
    (False, False)
    >>> alike(("Ada", "B", "Roe"), ("Ada", "Roe")), alike(("Ada", "B", "Roe"), ("Ada", "C", "Roe"))
    (True, False)
    """
    a, b = split_name(one)[0], split_name(other)[0]
    if len(a) < 2 or len(b) < 2 or fold(a[-1]) != fold(b[-1]) or not _first(a[0], b[0]):
        return False
    return not clash(one, other)


def clash(one: Name, other: Name) -> bool:
    """Tell whether middle names or suffixes show two persons: "Ada B Roe" and "Ada C Roe", "Roe Jr" and "Roe Sr".

    Examples
    --------
    >>> clash(("Ada", "B", "Roe"), ("Ada", "Beth", "Roe")), clash(("Per", "Roe", "Jr"), ("Per", "Roe", "Sr"))
    (False, True)
    """
    (a, suffix), (b, ending) = split_name(one), split_name(other)
    middle, between = a[1:-1], b[1:-1]
    if suffix and ending and suffix != ending:
        return True
    return bool(middle and between) and not (
        len(middle) == len(between) and all(_middle(m, n) for m, n in zip(middle, between, strict=True)))


def _middle(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])


def _first(one: str, other: str) -> bool:
    """Tell whether first names are one, or differ in one vowel within a word long enough for that to be a spelling."""
    a, b = fold(one), fold(other)
    if a == b:
        return True
    if len(a) != len(b) or len(a) < _SHORT or a[-1] != b[-1] or a[0] != b[0] or frozenset((a, b)) in _APART:
        return False
    differ = [frozenset(pair) for pair in zip(a, b, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and differ[0] <= _VOWELS and (len(a) >= _LONG or differ[0] in _CLOSE)
