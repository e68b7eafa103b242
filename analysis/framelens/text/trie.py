"""A trie over words: every pattern that begins at a word, longest first; patterns may end in a wildcard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

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
        self._prefixes = tuple(self._root.get(_PREFIX, ()))

    def matches(self, words: Sequence[str], at: int) -> list[tuple[int, Any]]:
        """Return ``(length in words, value)`` of every pattern that begins at ``words[at]``, longest first."""
        first = words[at]
        if first not in self._root and not first.startswith(self._prefixes):
            return []
        found: list[tuple[int, Any]] = []
        open_nodes = [self._root]
        for i in range(at, len(words)):
            word, following = words[i], []
            for node in open_nodes:
                if word in node:
                    following.append(node[word])
                for prefix, child in node.get(_PREFIX, {}).items():
                    if word.startswith(prefix):
                        following.append(child)
            if not following:
                break
            for node in following:
                found += [(i - at + 1, value) for value in node.get(_VALUE, ())]
            open_nodes = following
        return sorted(found, key=lambda m: -m[0])
