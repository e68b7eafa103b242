"""What the words of a sentence stand for: synonyms of news, stems, names, numbers."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from framelens import io
from framelens.errors import LexiconError
from framelens.text.inflect import IRREGULAR, noun_forms, verb_forms
from framelens.text.numerals import SCALES, read_number_words

__all__ = ["CALQUES", "Synonyms", "fold", "news_stems", "number_at", "read_synonyms", "spelt_alike", "stem"]

# Cues of the lexicon that good English has in other senses: esteem (estimer), discard (descartar), manifest (manifestar).
CALQUES = frozenset((
    "esteem discard exclude menace pretend exige sanction solicit manifest qualify preoccupied preoccupation"
).split())
_VAGUE = {"dozens": "dozens", "tens": "dozens", "scores": "dozens", "hundreds": "hundreds", "thousands": "thousands",
          "many": "many", "numerous": "many", "countless": "many", "several": "several", "half": "half"}
_FIGURES = re.compile(r"(\d+(?:\.\d+)?)(?:[ap]m)?$")
_LETTERS = re.compile(r"[a-z]{3,}")
_LONG_NAME = 7  # letters: from here on, two may differ


@dataclass(frozen=True)
class Synonyms:
    """Classes of words that news uses for one another: ``words`` by form, ``phrases`` by their first word.

    ``acts`` are the classes that something happens by.
    """

    words: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    acts: frozenset[str]

    def at(self, norms: Sequence[str], k: int) -> tuple[str, int] | None:
        """Return the class of the word or phrase at a place, and how many words it takes."""
        for phrase, name in self.phrases.get(norms[k], ()):
            if tuple(norms[k:k + len(phrase)]) == phrase:
                return name, len(phrase)
        word = self.words.get(norms[k])
        return (word, 1) if word else None


@cache
def read_synonyms() -> Synonyms:
    """Read the packaged synonyms (``lexicons/synonyms.csv``); a word of two classes belongs to the first."""
    words: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    acts = set()
    for number, row in enumerate(csv.DictReader(io.packaged_text("synonyms.csv").splitlines()), 2):
        if row["kind"] not in ("act", "thing"):
            raise LexiconError(f"synonyms.csv, row {number}: kind is {row['kind']!r}. Allowed: act, thing.")
        if row["kind"] == "act":
            acts.add(row["class"])
        for word in row["words"].split():
            parts = tuple(word.split("_"))
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append((parts, row["class"]))
            else:
                for form in (*verb_forms(word), *noun_forms(word)):
                    words.setdefault(form, row["class"])
    ordered = {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in phrases.items()}
    return Synonyms(MappingProxyType(words), MappingProxyType(ordered), frozenset(acts))


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # nltk has no types
    from nltk.stem.porter import PorterStemmer  # loaded on first use

    return PorterStemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a word (Porter 1980): one for the forms and derivations of a word that are spelt alike.

    Examples
    --------
    >>> [stem(word) for word in ("investigators", "investigation", "ran")]
    ['investig', 'investig', 'run']
    """
    return str(_stemmer().stem(IRREGULAR.get(word, word)))


@cache
def news_stems() -> frozenset[str]:
    """Return the stems of the words in the packaged lists of acts, people, cues and sources: what news is wont to say.

    Cues of several words are left out ("take exception to" makes no word of news of "exceptional"), and those that only
    translations have: a machine that rewrites chooses such words, too.
    """
    lists = ("violence", "violence_sets", "facts", "sources", "synonyms")
    lemmas = ((line.partition(",")[0], line) for line in io.packaged_text("cues.csv").splitlines())
    cues = (line for lemma, line in lemmas if " " not in lemma and lemma not in CALQUES)
    texts = (*(io.packaged_text(f"{name}.csv") for name in lists), *cues)
    return frozenset(stem(found) for text in texts for found in set(_LETTERS.findall(text.lower())))


def fold(name: str) -> str:
    """Return a name without accents and case, as it is compared."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _distance(a: str, b: str, most: int) -> int:
    """Count the letters that must be put in, taken out or changed (Levenshtein 1966), up to one above ``most``."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def spelt_alike(a: str, b: str) -> bool:
    """Could two folded names be spellings of one: the same first letter, one letter apart, or two in a long one?

    Examples
    --------
    >>> spelt_alike("saltanet", "sultanat"), spelt_alike("kessim", "kesim"), spelt_alike("roe", "poe")
    (True, True, False)
    """
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or a[0] != b[0]:
        return False
    most = 2 if min(len(a), len(b)) >= _LONG_NAME else 1
    return _distance(a, b, most) <= most


def number_at(norms: Sequence[str], at: int) -> tuple[str, int] | None:
    """Read a number written in figures or words; return its figures, or its word if it is vague, and how many words it takes.

    Examples
    --------
    >>> number_at(["2,000,000"], 0), number_at(["two", "million"], 0), number_at(["dozens", "of"], 0), number_at(["man"], 0)
    (('2000000', 1), ('2000000', 2), ('dozens', 1), None)
    """
    norm = norms[at]
    if norm[0].isdigit():
        figures = _FIGURES.match(norm.replace(",", ""))
        if figures is None:
            return norm, 1
        total, k = float(figures[1]), at + 1
        while k < len(norms) and norms[k] in SCALES:
            total *= SCALES[norms[k]]
            k += 1
    elif (read := read_number_words(norms, at)) is not None:
        total, k = read
    else:
        return (_VAGUE[norm], 1) if norm in _VAGUE else None
    return f"{total:g}" if total < 1e6 else f"{total:.0f}", k - at
