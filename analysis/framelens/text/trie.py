"""A trie over words: every pattern that begins at a word, longest first; patterns may end in a wildcard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from typing import Any

from framelens.text.tokens import Known

__all__ = ["ANYTHING", "Trie", "begin"]

_VALUE = 0  # no word is an int, so the key cannot clash with one
_PREFIX = 1
_FREE = ""  # no word is empty, so it can stand among those that may follow a word
ANYTHING = frozenset((_FREE,))  # what may follow a word that needs nothing behind it


def begin(words: Sequence[str], seconds: Known[str, frozenset[str]], first: frozenset[str] | None = None) -> list[int]:
    """Return the numbers of the words with which a pattern may begin, by what may follow each word: few of a text.

    Most words begin none. They are passed over without a step of Python; sooner still where all words that do are known to be
    among ``first``, as a small set stays near the processor.

    Examples
    --------
    >>> seconds = Known(lambda word: {"a": frozenset("b"), "c": ANYTHING}.get(word, frozenset()))
    >>> begin("a b c a c x".split(), seconds), begin("a b c a c x".split(), seconds, frozenset("ac"))
    ([0, 2, 4], [0, 2, 4])
    """
    last = len(words) - 1
    may = map(seconds.__getitem__ if first is None else first.__contains__, words)
    return [at for at in compress(range(len(words)), may)
            if _FREE in (behind := seconds[words[at]]) or (at < last and words[at + 1] in behind)]


class Trie:
    """Patterns of words, each with a value.

    Parameters
    ----------
    patterns : iterable of (sequence of str, value)
        Words in normal form (:func:`framelens.text.tokens.normal`); a trailing ``*`` on a word matches any ending.

    Examples
    --------
    >>> trie = Trie([(("riot",), 1), (("riot", "police"), 2), (("hooligan*",), 3)])
    >>> trie.matches(["riot", "police", "and", "hooliganism"], 0)
    [(2, 2), (1, 1)]
    >>> trie.matches(["hooliganism"], 0)
    [(1, 3)]
    """

    def __init__(self, patterns: Iterable[tuple[Sequence[str], Any]]) -> None:
        self._root: dict[Any, Any] = {}
        for words, value in patterns:
            node = self._root
            for word in words:
                if word.endswith("*"):
                    node = node.setdefault(_PREFIX, {}).setdefault(word[:-1], {})
                else:
                    node = node.setdefault(word, {})
            node.setdefault(_VALUE, []).append(value)
        self._first = None if _PREFIX in self._root else frozenset(self._root)
        self._seconds: Known[str, frozenset[str]] = Known(self._find_seconds, most=50_000)

    def _children(self, node: dict[Any, Any], word: str) -> list[dict[Any, Any]]:
        children = [node[word]] if word in node else []
        if _PREFIX in node:
            children += [child for prefix, child in node[_PREFIX].items() if word.startswith(prefix)]
        return children

    def _find_seconds(self, word: str) -> frozenset[str]:
        """Return the words of which one must follow a pattern's first word; ``ANYTHING`` where it needs none."""
        children = self._children(self._root, word)
        if any(_VALUE in child or _PREFIX in child for child in children):
            return ANYTHING
        return frozenset(second for child in children for second in child)

    def opens(self, words: Sequence[str], at: int) -> bool:
        """Tell whether a pattern may begin at ``words[at]``, by it and the next."""
        seconds = self._seconds[words[at]]
        return _FREE in seconds or (at + 1 < len(words) and words[at + 1] in seconds)

    def begin(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the words with which a pattern may begin, by it and the next: few of a text."""
        return begin(words, self._seconds, self._first)

    def may_stand(self, words: Collection[str]) -> bool:
        """Tell whether the words of a text, each once, hold the first two of any pattern."""
        first = words if self._first is None else self._first.intersection(words)
        return any(_FREE in seconds or not seconds.isdisjoint(words) for seconds in map(self._seconds.__getitem__, first))

    def any_in(self, words: Sequence[str]) -> bool:
        """Tell whether any pattern stands among some words."""
        return any(self.matches(words, at) for at in self.begin(words))

    def matches(self, words: Sequence[str], at: int, end: int | None = None) -> list[tuple[int, Any]]:
        """Return ``(length in words, value)`` of every pattern that begins at ``words[at]``, longest first.

        None goes beyond ``end``.
        """
        end = len(words) if end is None else end
        seconds = self._seconds[words[at]]
        if _FREE not in seconds and (at + 1 >= end or words[at + 1] not in seconds):
            return []
        found: list[tuple[int, Any]] = []
        open_nodes = [self._root]
        for i in range(at, end):
            word = words[i]
            open_nodes = [child for node in open_nodes for child in self._children(node, word)]
            if not open_nodes:
                break
            for node in open_nodes:
                found += [(i - at + 1, value) for value in node.get(_VALUE, ())]
        return sorted(found, key=_longest) if len(found) > 1 else found


def _longest(found: tuple[int, Any]) -> int:
    return -found[0]
