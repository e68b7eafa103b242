"""Pairs and copied spans: by hand, against sets, in any order, whatever is given."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import find_copied_spans, find_copies, find_copy_pairs, schema
from framelens.errors import SchemaError
from framelens.text.tokens import normal, spans

WORDS = ("bread rose again and the bakers of the old harbour town said nothing while two lorries left for the mill under guard "
         "before noon").split()  # 24, 17 runs of eight
LETTERS = st.lists(st.sampled_from("abc"), max_size=14)


def corpus(texts: dict[str, str | None]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents whose whole text is body, and their zones."""
    documents = pd.DataFrame({"document_id": list(texts), "outlet": "X", "text": pd.Series(list(texts.values()), dtype="str")})
    zones = [(name, 0, len(text), "body", "body") for name, text in texts.items() if text]
    return documents, pd.DataFrame(zones, columns=["document_id", "start", "end", "kind", "rule"])


def runs(text: str, length: int) -> list[tuple[str, ...]]:
    words = [normal(text[s:e]) for s, e in spans(text)]
    return [tuple(words[i:i + length]) for i in range(len(words) - length + 1)]


def plain_pairs(texts: dict[str, str], least: float, length: int) -> dict[tuple[str, str], tuple[float, ...]]:
    """The pairs by sets of tuples, with what the table says of them."""
    out = {}
    for a, b in combinations(sorted(texts), 2):
        one, other = set(runs(texts[a], length)), set(runs(texts[b], length))
        both = one & other
        if both and len(both) / min(len(one), len(other)) >= least:
            words = [len({i + k for i, run in enumerate(runs(texts[name], length)) if run in both for k in range(length)})
                     for name in (a, b)]
            out[a, b] = (len(both), *words, len(both) / len(one), len(both) / len(other), len(both) / len(one | other))
    return out


def as_dict(pairs: pd.DataFrame) -> dict[tuple[str, str], tuple[float, ...]]:
    return {(row[0], row[1]): row[2:] for row in pairs.itertuples(index=False, name=None)}


def test_a_pair_counted_by_hand() -> None:
    part = " ".join([*WORDS[:15], "x1", "x2", "x3", "x4", *WORDS[-2:]])  # 21 words, 14 runs, 8 of them shared: the first 15 words
    found = find_copy_pairs(*corpus({"w": " ".join(WORDS), "p": part}), containment=0.5)
    assert as_dict(found) == {("p", "w"): (8, 15, 15, 8 / 14, 8 / 17, 8 / 23)}
    assert find_copy_pairs(*corpus({"w": " ".join(WORDS), "p": part})).empty


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text("xyz", min_size=1, max_size=3), LETTERS.map(" ".join), max_size=8), st.integers(1, 5),
       st.sampled_from([0.05, 0.3, 0.5, 0.6, 2 / 3, 0.9, 1.0]), st.sampled_from([1, 7, 10**6]), st.randoms(use_true_random=False))
def test_pairs_are_those_of_sets_in_any_order_and_any_blocks(texts, length, least, work, order) -> None:
    documents, zones = corpus(texts)
    shuffled = [table.sample(frac=1, random_state=order.randint(0, 999)) for table in (documents, zones)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("framelens.corpus.copies.pairs._WORK", work)
        found = find_copy_pairs(*shuffled, containment=least, shingle=length)
    assert as_dict(found) == plain_pairs(texts, least, length)
    assert found["document_id"].tolist() == sorted(found["document_id"])


@settings(max_examples=100, deadline=None)
@given(st.lists(LETTERS.map(" ".join), min_size=2, max_size=4), st.integers(1, 4))
def test_spans_hold_the_shared_words_of_each_article_once_and_are_equal_in_both(found, length) -> None:
    texts = {f"d{i}": text for i, text in enumerate(found)}
    documents, zones = corpus(texts)
    pairs = find_copy_pairs(documents, zones, containment=0.1, shingle=length)
    parts = find_copied_spans(documents, zones, pairs, shingle=length)
    for row in parts.itertuples():
        one, other = texts[row.document_id][row.start:row.end], texts[row.other_id][row.other_start:row.other_end]
        assert one == other and len(one.split()) == row.n_words
    for a, b, words, others in pairs[["document_id", "other_id", "shared_words", "other_shared_words"]].itertuples(index=False):
        for one, other, n in ((a, b, words), (b, a, others)):
            mine = parts[(parts["document_id"] == one) & (parts["other_id"] == other)]
            assert mine["n_words"].sum() == n
            assert (mine["start"].to_numpy()[1:] >= mine["end"].to_numpy()[:-1]).all()


def test_what_one_has_twice_leads_to_the_same_place_and_a_move_is_two_spans() -> None:
    head, tail = " ".join(WORDS[:12]), " ".join(WORDS[12:])
    documents, zones = corpus({"a": f"{head} {tail}", "b": f"{tail} so {head} so {head}"})
    found = find_copied_spans(documents, zones, find_copy_pairs(documents, zones, containment=0.5))
    at = len(tail) + 4
    again = at + len(head) + 4
    assert found[found["document_id"] == "b"][["start", "end", "other_start", "other_end"]].values.tolist() == [
        [0, len(tail), len(head) + 1, len(head) + 1 + len(tail)], [at, at + len(head), 0, len(head)],
        [again, again + len(head), 0, len(head)]]
    assert found[found["document_id"] == "a"]["other_start"].tolist() == [at, 0]


def test_a_span_stops_where_a_link_interrupts_the_body() -> None:
    link = "Read more: Curfew lifted."
    text = f"{' '.join(WORDS[:10])}\n{link}\n{' '.join(WORDS[10:])}"
    documents, zones = corpus({"a": text, "b": " ".join(WORDS)})
    cut = text.index(link)
    zones = pd.concat([zones[zones["document_id"] == "b"], pd.DataFrame(
        [("a", 0, cut, "body", "body"), ("a", cut, cut + len(link), "crosslink", "read_link"),
         ("a", cut + len(link), len(text), "body", "body")], columns=zones.columns)])
    found = find_copied_spans(documents, zones, find_copy_pairs(documents, zones))
    mine = found[found["document_id"] == "a"]
    assert [text[s:e] for s, e in zip(mine["start"], mine["end"], strict=True)] == [" ".join(WORDS[:10]), " ".join(WORDS[10:])]
    assert found["n_words"].tolist() == [10, 14, 10, 14]


def test_copies_of_copies_are_one_cluster_and_the_evidence_says_that_it_is_a_chain() -> None:
    fresh = [f"n{i}" for i in range(40)]
    texts = {"a": " ".join([*WORDS, *fresh[:6]]), "b": " ".join([*WORDS[7:], *fresh[:20]]), "c": " ".join(fresh[:24])}
    copies = find_copies(*corpus(texts))
    assert copies["cluster_id"].tolist() == ["a", "a", "a"]
    assert copies["evidence"].str.endswith("; 2 of the 3 pairs in the cluster are copies").all()
    whole = find_copies(*corpus(dict.fromkeys("abc", texts["a"])))
    assert whole["evidence"].tolist() == ["containment 1.00 with b", "containment 1.00 with a", "containment 1.00 with a"]


def test_articles_without_text_with_one_word_and_in_other_scripts() -> None:
    cyrillic = "Хлеб снова подорожал и пекари старого портового города ничего не сказали пока два грузовика уезжали"
    chinese = "面包又涨价了老港城的面包师们什么也没说直到两辆卡车在中午前离开磨坊"
    texts = {"a": None, "b": "Bread", "c": "Bread", "d": cyrillic, "e": cyrillic.upper(), "f": chinese, "g": chinese, "h": "…"}
    copies = find_copies(*corpus(texts))
    assert copies["cluster_id"].tolist() == ["a", "b", "c", "d", "d", "f", "g", "h"]  # words that no space parts are one word
    nothing = corpus({"a": None, "b": ""})
    assert find_copies(*nothing)["cluster_id"].tolist() == ["a", "b"]
    pd.testing.assert_frame_equal(find_copy_pairs(*nothing), schema.empty("copy_pairs"))
    pd.testing.assert_frame_equal(find_copied_spans(*nothing, schema.empty("copy_pairs")), schema.empty("copied_spans"))
    assert find_copies(*corpus({})).empty


@pytest.mark.parametrize("change, options, words", [
    (lambda d: pd.concat([d, d]), {}, ["'document_id'", "'a'", "twice", "rename"]),
    (lambda d: d.assign(document_id=["a", None]), {}, ["'document_id'", "missing"]),
    (lambda d: d.drop(columns="text"), {}, ["'text'", "missing"]),
    (lambda d: d, {"containment": 60}, ["containment=60", "over 0 and at most 1"]),
    (lambda d: d, {"containment": 0}, ["containment=0"]),
    (lambda d: d, {"containment": float("nan")}, ["containment=nan"]),
    (lambda d: d, {"shingle": 0}, ["shingle=0", "1 or more"]),
    (lambda d: d, {"shingle": 2.5}, ["shingle=2.5"]),
])
def test_bad_input_is_named(change, options, words) -> None:
    documents, zones = corpus({"a": "Bread rose.", "b": "Bread fell."})
    for find in (find_copies, find_copy_pairs):
        with pytest.raises(SchemaError) as error:
            find(change(documents), zones, **options)
        assert all(word in str(error.value) for word in words), error.value


def test_pairs_of_other_articles_are_refused() -> None:
    documents, zones = corpus({"a": " ".join(WORDS), "b": " ".join(WORDS)})
    pairs = find_copy_pairs(documents, zones)
    for call in (lambda: find_copies(documents[:1], zones, pairs), lambda: find_copied_spans(documents[:1], zones, pairs)):
        with pytest.raises(SchemaError, match="'copy_pairs': 'b' is not in 'documents'"):
            call()


def test_looser_pairs_are_left_aside_and_names_may_be_numbers() -> None:
    documents, zones = corpus({"1": " ".join(WORDS), "2": " ".join([*WORDS[:15], *map(str, range(9))])})
    numbered = [table.assign(document_id=table["document_id"].astype(int)) for table in (documents, zones)]
    loose = find_copy_pairs(*numbered, containment=0.1)
    assert as_dict(loose).keys() == {("1", "2")}
    assert find_copies(*numbered, loose)["cluster_id"].tolist() == ["1", "2"]
    assert find_copies(*numbered, loose, containment=0.1)["cluster_id"].tolist() == ["1", "1"]
    assert len(find_copied_spans(*numbered, loose)) == 2


def test_a_stock_phrase_of_every_article_makes_no_pair_and_little_work() -> None:
    rng = np.random.default_rng(0)
    stock = " ".join(WORDS)
    texts = {f"d{i:03}": " ".join(map(str, rng.integers(0, 10**9, 60))) + " " + stock for i in range(300)}
    texts["copy"] = texts["d000"]
    assert as_dict(find_copy_pairs(*corpus(texts))).keys() == {("copy", "d000")}
