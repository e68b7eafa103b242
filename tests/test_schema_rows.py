from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens import schema
from framelens.errors import SchemaError

NAMES = st.sampled_from(["", "a", "b", "B", "é", "9"])
ROWS = st.lists(st.fixed_dictionaries({  # of sizes: a text that may be missing, whole numbers
    "document_id": st.sampled_from(["a", "b", "é"]), "zone": st.sampled_from(["body", "headline", "byline"]),
    "voice": st.sampled_from([None, "", *schema.VOICES]), "n_words": st.integers(0, 9), "n_sentences": st.integers(0, 9),
}), min_size=1, max_size=12)
KEY = ["document_id", "zone", "voice"]


def validated(rows, name, order):
    return schema.validate(pd.DataFrame(rows), name).sort_values(order, ignore_index=True)


def result(make, *given):
    try:
        return make(*given)
    except SchemaError as error:
        return str(error)


@given(ROWS)
def test_rows_become_what_validation_makes_of_their_table(rows):
    one = result(lambda: schema.from_rows(rows, "sizes", order=KEY))
    other = result(validated, rows, "sizes", KEY)
    if isinstance(other, str):
        assert one == other
    else:
        pd.testing.assert_frame_equal(one, other)


@given(st.lists(st.fixed_dictionaries({
    "mention_id": NAMES, "document_id": NAMES, "start": st.integers(-1, 3), "end": st.integers(0, 4), "surface": NAMES,
    "term": NAMES, "group": NAMES, "stance": st.sampled_from([*schema.STANCES, "odd"]), "favours": st.sampled_from([None, ""]),
    "referent": st.sampled_from([None, *schema.REFERENTS]), "zone": st.just("body"), "negated": st.sampled_from([True, False, 1]),
    "scare_quoted": st.just(False), "contested": st.just(True), "voice": st.sampled_from([None, "narrator"]),
    "attribution_id": st.none()}), min_size=1, max_size=4))
def test_odd_rows_too(rows):
    one = result(lambda: schema.from_rows(rows, "mentions", order=["document_id", "start", "mention_id"]))
    other = result(validated, rows, "mentions", ["document_id", "start", "mention_id"])
    if isinstance(other, str):
        assert one == other
    else:
        pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("change, words", [({"kind": "boddy"}, "is not allowed"), ({"start": 9}, "no span"),
                                           ({"rule": ""}, "missing")])
def test_validation_says_what_is_wrong_with_a_row(change, words):
    row = {"document_id": "a", "start": 0, "end": 4, "kind": "body", "rule": "x"}
    with pytest.raises(SchemaError, match=words):
        schema.from_rows([row | change], "zones")


def test_columns_of_the_users_own_stay():
    rows = [{"document_id": "a", "start": s, "end": s + 1, "kind": "body", "rule": "x", "mine": s} for s in (3, 1)]
    assert schema.from_rows(rows, "zones", order=["start"])["mine"].tolist() == [1, 3]
