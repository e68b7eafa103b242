"""A trie over words: every pattern that begins at a word, longest first; patterns may end in a wildcard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from framelens.text.tokens import Known

__all__ = ["Trie"]

_VALUE = 0  # no word is an int, so the key cannot clash with one
_PREFIX = 1


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
        self._seconds = Known(self._find_seconds, most=50_000)

    def _children(self, node: dict[Any, Any], word: str) -> list[dict[Any, Any]]:
        children = [node[word]] if word in node else []
        if _PREFIX in node:
            children += [child for prefix, child in node[_PREFIX].items() if word.startswith(prefix)]
        return children

    def _find_seconds(self, word: str) -> frozenset[str] | None:
        """Return the words of which one must follow a pattern's first word; None where it needs none."""
        children = self._children(self._root, word)
        if any(_VALUE in child or _PREFIX in child for child in children):
            return None
        return frozenset(second for child in children for second in child)

    def opens(self, words: Sequence[str], at: int) -> bool:
        """Tell whether a pattern may begin at ``words[at]``, by it and the next."""
        seconds = self._seconds[words[at]]
        return seconds is None or (at + 1 < len(words) and words[at + 1] in seconds)

    def begin(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the words with which a pattern may begin, by it and the next: few of a text."""
        last = len(words) - 1
        return [at for at, seconds in enumerate(map(self._seconds.__getitem__, words))
                if seconds is None or (seconds and at < last and words[at + 1] in seconds)]

    def may_stand(self, words: Collection[str]) -> bool:
        """Tell whether the words of a text, each once, hold the first two of any pattern."""
        return any(seconds is None or not seconds.isdisjoint(words) for seconds in map(self._seconds.__getitem__, words))

    def any_in(self, words: Sequence[str]) -> bool:
        """Tell whether any pattern stands among some words."""
        return any(self.matches(words, at) for at in self.begin(words))

    def matches(self, words: Sequence[str], at: int, end: int | None = None) -> list[tuple[int, Any]]:
        """Return ``(length in words, value)`` of every pattern that begins at ``words[at]``, longest first.

        None goes beyond ``end``.
        """
        end = len(words) if end is None else end
        seconds = self._seconds[words[at]]
        if seconds is not None and (at + 1 >= end or words[at + 1] not in seconds):
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
