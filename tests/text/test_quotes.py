from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.text.glyphs import ENTITIES, MARK
from framelens.text.quotes import find_quotes


def outer(text):
    return [text[q.start:q.end] for q in find_quotes(text, [(0, len(text))]) if q.level == 1]


@pytest.mark.parametrize("text, expected", [
    ("“We stay,” she said.", ["“We stay,”"]),
    ('"We stay," she said, "and wait."', ['"We stay,"', '"and wait."']),
    ("''We stay,'' she said.", ["''We stay,''"]),
    ("``We stay,'' she said.", ["``We stay,''"]),
    ("«We stay», she said.", ["«We stay»"]),
    ("„We stay“, she said.", ["„We stay“"]),
    ("‘We stay,’ she said.", ["‘We stay,’"]),
    ("'We stay,' she said.", ["'We stay,'"]),
    ("The strikers’ demands and the mayor’s reply in the ’90s.", []),
    ("It's the strikers' turn, isn't it?", []),
    ("‘The strikers’ demands are fair,’ he said.", ["‘The strikers’ demands are fair,’"]),
    ("‘He called us “bandits”,’ she said.", ["‘He called us “bandits”,’"]),
    ("“He called us ‘bandits’,” she said.", ["“He called us ‘bandits’,”"]),
    ("rock ’n’ roll and ’em", []),
    ("&quot;We stay,&quot; she said. &ldquo;No.&rdquo;", ["&quot;We stay,&quot;", "&ldquo;No.&rdquo;"]),
    ("A 6\" pipe and 5' wall.", []),
    (r'\"We stay,\" she said.', [r'\"We stay,\"']),
    ("â€œWe stay,â€\x9d she said. Itâ€™s over.", ["â€œWe stay,â€\x9d"]),
    ("‘‘We stay,’’ she said. <<No>>, he said.", ["‘‘We stay,’’", "<<No>>"]),
    ("`We stay,` she said. ´No,´ he said.", ["`We stay,`", "´No,´"]),
])
def test_marks_of_every_kind(text, expected):
    assert outer(text) == expected


def test_inner_quotations_are_of_level_two():
    text = "“He said ‘no’ twice.”"
    assert [(q.level, text[q.inner_start:q.inner_end]) for q in find_quotes(text, [(0, len(text))])] == [
        (1, "He said ‘no’ twice."), (2, "no")]


def test_a_quotation_over_paragraphs():
    text = "“One.\n“Two.\n“Three,” he said."
    blocks = [(0, 5), (6, 11), (12, len(text))]
    found = find_quotes(text, blocks)
    assert [(text[q.start:q.end], q.closed, q.continues) for q in found] == [
        ("“One.", False, False), ("“Two.", False, True), ("“Three,”", True, True)]


@given(st.text(alphabet="ab s.,\n“”\"'’‘«»„`", max_size=60))
def test_any_marks_give_spans_within_the_text(text):
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    found = find_quotes(text, blocks)
    for q in found:
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
    outermost = [q for q in found if q.level == 1]
    assert all(a.end <= b.start for a, b in pairwise(outermost))


PIECES = st.sampled_from([*ENTITIES, *"\"“”„‟«»‘’‚‹›'`´", "''", "``", "'''", " ", "a", "&", ";"])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_marks_are_those_of_the_pattern_in_plain_order(text):
    plain = re.compile(rf"{'|'.join(map(re.escape, ENTITIES))}|(?<=\S)'(?=''(?!'))|''|``|[\"“”„‟«»‘’‚‹›'`´]")
    assert [m.span() for m in MARK.finditer(text)] == [m.span() for m in plain.finditer(text)]
