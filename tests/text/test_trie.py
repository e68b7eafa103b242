from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens import io
from framelens.annotate.sources.gazetteer import Index
from framelens.errors import FramelensError
from framelens.text.trie import Trie

WORDS = st.sampled_from(["a", "ab", "abc", "b", "ba", "c"])
PATTERNS = st.lists(st.lists(st.one_of(WORDS, st.sampled_from(["a*", "b*"])), min_size=1, max_size=3).map(tuple), max_size=6)
TEXTS = st.lists(WORDS, max_size=8).map(tuple)


def fits(pattern, word):
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def naive(patterns, words, at):
    """Every pattern at a word, by trying each."""
    found = [(len(p), p) for p in patterns if at + len(p) <= len(words) and all(map(fits, p, words[at:]))]
    return sorted(found, key=lambda f: (-f[0], f[1]))


@given(PATTERNS, TEXTS)
def test_a_trie_finds_what_trying_each_pattern_finds(patterns, words):
    trie = Trie((p, p) for p in patterns)
    found = {at: sorted(trie.matches(words, at), key=lambda f: (-f[0], f[1])) for at in range(len(words))}
    assert found == {at: naive(patterns, words, at) for at in range(len(words))}
    held = {at for at, matches in found.items() if matches}
    assert held <= set(trie.begin(words)) and held <= {at for at in range(len(words)) if trie.opens(words, at)}
    assert trie.any_in(words) == bool(held) and (not held or trie.may_stand(frozenset(words)))
    for end in range(len(words) + 1):  # none goes beyond an end
        assert trie.matches(words, 0, end) == trie.matches(words[:end], 0) if end else True


@given(PATTERNS, PATTERNS, TEXTS)
def test_an_index_over_another_finds_the_patterns_of_both(own, below, words):
    plain = [p for p in below if not any(w.endswith("*") for w in p)]  # only a study's own have wildcards
    index = Index([(p, ("own", p)) for p in own], Index([(p, ("below", p)) for p in plain]))
    found = index.find_all(words)
    for at in range(len(words)):
        held = found.get(at, [])
        assert sorted(size for size, _ in held) == sorted(n for n, _ in naive([*own, *plain], words, at))
        assert [size for size, _ in held] == sorted((size for size, _ in held), reverse=True)
        assert all(a[1][0] == "own" or b[1][0] == "below" for a, b in pairwise(held) if a[0] == b[0])


def test_a_file_that_another_package_lacks_is_named():
    assert io.installed_text("textblob", "en/en-lexicon.txt").startswith(";;;")
    with pytest.raises(FramelensError, match=r"textblob ships no file 'en/none.txt'"):
        io.installed_text("textblob", "en/none.txt")
