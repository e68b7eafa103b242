"""Copies: exact containment of body shingles, against a plain implementation over sets."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import schema
from framelens.corpus.copies import CONTAINMENT, SHINGLE, find_copies
from framelens.text.tokens import normal, spans

WHOLE = ("bread rose again and the bakers of the old harbour town said nothing while two lorries left for the mill "
         "under guard before noon")
WORDS = WHOLE.split()  # 24 words, 17 shingles


def corpus(texts: dict[str, str | None], **columns: list[str | None]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents whose whole text is body, and their zones."""
    documents = schema.validate(pd.DataFrame(
        {"document_id": list(texts), "outlet": "X", "text": list(texts.values()), **columns}), "documents")
    zones = [(name, 0, len(text), "body", "body") for name, text in texts.items() if text]
    return documents, pd.DataFrame(zones, columns=["document_id", "start", "end", "kind", "rule"])


def clusters(copies: pd.DataFrame) -> dict[str, str]:
    return dict(zip(copies["document_id"], copies["cluster_id"], strict=True))


def shingles(text: str) -> set[tuple[str, ...]]:
    found = [normal(text[s:e]) for s, e in spans(text)]
    return {tuple(found[i:i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)}


def plain_clusters(texts: dict[str, str]) -> dict[str, str]:
    """The clusters by sets and repeated merging."""
    of = {name: {name} for name in texts}
    for a, b in combinations(texts, 2):
        one, other = shingles(texts[a]), shingles(texts[b])
        if one and other and len(one & other) / min(len(one), len(other)) >= CONTAINMENT:
            merged = of[a] | of[b]
            for name in merged:
                of[name] = merged
    return {name: min(group) for name, group in of.items()}


def test_containment_is_of_the_shorter_text_and_counted_by_hand() -> None:
    part = " ".join([*WORDS[:15], "x1 x2 x3 x4"])  # 12 shingles, 8 shared: 0.67
    less = " ".join([*WORDS[-13:], "y1 y2 y3 y4 y5"])  # 11 shingles, 6 shared: 0.55
    copies = find_copies(*corpus({"w": WHOLE, "p": part, "l": less}))
    assert clusters(copies) == {"w": "p", "p": "p", "l": "l"}
    assert copies["evidence"].tolist()[:2] == ["containment 0.67 with p", "containment 0.67 with w"]
    assert pd.isna(copies["evidence"][2])


def test_the_threshold_itself_is_a_copy() -> None:
    part = " ".join([*WORDS[:13], "x1 x2 x3 x4"])  # 10 shingles, 6 shared: 0.60
    assert set(clusters(find_copies(*corpus({"a": WHOLE, "b": part}))).values()) == {"a"}


def test_case_and_quotation_marks_do_not_hide_a_copy_but_a_paraphrase_does() -> None:
    text = "The mayor’s office said on Monday that nobody would be let across the old bridge that night."
    other = text.replace("said", "told us").replace("that nobody", "no one")
    texts = {"a": text, "b": text.upper().replace("’", "'"), "c": other}
    assert clusters(find_copies(*corpus(texts))) == {"a": "a", "b": "a", "c": "c"}


def test_only_the_body_counts() -> None:
    other = "A quite different text about rain on the fields of a far valley."
    documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": "X", "text": [f"{WHOLE} {other}", WHOLE]})
    at = len(WHOLE) + 1
    zones = pd.DataFrame({"document_id": ["a", "a", "b"], "start": [0, at, 0], "end": [at, at + len(other), at - 1],
                          "kind": ["furniture", "body", "body"], "rule": "x"})
    assert clusters(find_copies(documents, zones)) == {"a": "a", "b": "b"}


def test_articles_without_text_or_with_a_short_body_stand_alone() -> None:
    texts = {"a": None, "b": None, "c": "Bread rose again.", "d": "Bread rose again."}
    copies = find_copies(*corpus(texts))
    assert clusters(copies) == {name: name for name in texts}
    assert copies["evidence"].isna().all()
    assert find_copies(*corpus({})).empty


def test_status_says_what_publisher_and_origin_say() -> None:
    text = WHOLE
    own = {f"o{i}": f"Text number {i} is about something else entirely, namely {'rain ' * i}and fog." for i in range(3)}
    copies = find_copies(*corpus(
        {"a": text, "b": text, "c": text, "d": text, **own},
        publisher=["MPA", "Herald", "mpa ", "Gazette", "Herald", "Herald", None],
        origin=["MPA", "mpa", "MPA", "unknown", "Herald", "Gazette", "Gazette"]))
    assert copies["copy_status"].tolist() == [
        "agency", "republished", "agency", "unknown", "original", "republished", "unknown"]
    alone = find_copies(*corpus({"a": text, "b": text}, publisher=["Herald", None], origin=["Herald", None]))
    assert alone["copy_status"].tolist() == ["original", "unknown"]  # nobody is known to have it from the Herald


texts = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.tuples(st.integers(0, 20), st.integers(0, 24), st.integers(0, 6)).map(
        lambda t: " ".join([*WORDS[t[0]:t[0] + t[1]], *["and", "so"][:t[2]], *WORDS[:t[2] * 3]]) or "none"),
    min_size=1, max_size=9)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_agrees_with_sets(found: dict[str, str]) -> None:
    assert clusters(find_copies(*corpus(found))) == plain_clusters(found)


@settings(max_examples=20, deadline=None)
@given(texts, st.integers(0, 2**32 - 1))
def test_order_does_not_matter(found: dict[str, str], seed: int) -> None:
    documents, zones = corpus(found)
    order = np.random.default_rng(seed)
    mixed = find_copies(documents.iloc[order.permutation(len(documents))], zones.iloc[order.permutation(len(zones))])
    again = mixed.set_index("document_id").loc[documents["document_id"]].reset_index()
    pd.testing.assert_frame_equal(again, find_copies(documents, zones))


def test_blocks_change_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {f"d{i:02}": " ".join(WORDS[i % 5:] + [f"z{i % 3}"] * 3) for i in range(20)}
    whole = find_copies(*corpus(found))
    monkeypatch.setattr("framelens.corpus.copies.pairs._WORK", 30)
    pd.testing.assert_frame_equal(find_copies(*corpus(found)), whole)
