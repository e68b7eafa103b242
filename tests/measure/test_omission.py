"""What an outlet lacks that others on the event have."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens import annotate, count_omissions, find_omissions
from framelens.errors import SchemaError

TEXTS = {
    "a": ("Post", "march", "Police said five people were killed. Protesters marched."),
    "b": ("Star", "march", "Five people were killed, police said. Rioters marched."),
    "c": ("Sun", "march", "The march ended at noon."),
    "d": ("Sun", "rain", "Five people were killed, police said."),
}
STATEMENTS = pd.DataFrame({"statement_id": "s", "document_id": ["a", "b"], "sentence": 0, "start": [0, 0], "end": [36, 37],
                           "similarity": 0.9})


def bundle(**changes):
    rows = pd.DataFrame([(k, *v) for k, v in TEXTS.items()], columns=["document_id", "outlet", "event", "text"])
    return annotate(rows.assign(**changes))


def test_what_two_others_have_is_listed_with_its_evidence():
    found = bundle()
    table = find_omissions(found, STATEMENTS)
    lacks = table[table["omitted"]]
    assert set(lacks["outlet"]) == {"Sun"}
    assert set(lacks["event"]) == {"march"}  # on the rain nobody else reports
    assert list(lacks[lacks["kind"] == "statement"]["evidence"]) == ["a:0-36; b:0-37"]
    (fact,) = lacks[lacks["kind"] == "fact"].to_dict("records")
    assert (fact["item"], fact["n_others"], fact["n_outlets"]) == ("killed people", 2, 3)
    assert fact["evidence"] == "; ".join(sorted(found.facts.loc[found.facts["document_id"].isin(["a", "b"]), "fact_id"]))


def test_with_one_other_each_outlet_is_held_to_the_rest():
    table = find_omissions(bundle(), STATEMENTS, least=1)
    labels = table[(table["kind"] == "label") & table["omitted"]]
    assert {(r.outlet, r.item) for r in labels.itertuples() if "protesters" in r.item} == {
        ("Post", "protesters delegitimising"), ("Star", "protesters neutral"),
        ("Sun", "protesters delegitimising"), ("Sun", "protesters neutral")}


def test_unnamed_sources_are_no_one_source_and_excluded_articles_have_nothing():
    texts = ["Witnesses said it rained, and officials said so too.", "Officials said it rained.", "Bread is dear.", "Dull."]
    rows = pd.DataFrame({"document_id": list("abcd"), "outlet": list("PQRS"), "event": "march", "text": texts,
                         "exclusion_reason": [None, None, None, "dull"]})
    found = annotate(rows)
    told = found.attributions.assign(source_type="unnamed", source_name="officials")
    table = find_omissions(found.replace(attributions=told), least=1)
    assert set(table["outlet"]) == {"P", "Q", "R"}
    assert (table["n_outlets"] == 3).all()
    assert "source_type" in set(table["kind"]) and "source" not in set(table["kind"])


def test_two_outlets_with_one_text_count_once():
    text = "Five people were killed at the old bridge on Monday, police said, after a march of dockers had been stopped there."
    rows = pd.DataFrame({"document_id": list("abc"), "outlet": list("PQR"), "event": "march", "text": [text, text, "Rain."]})
    assert find_omissions(annotate(rows)).empty
    assert not find_omissions(annotate(rows), least=1).empty


@pytest.mark.parametrize("name", ["a", "z"])
def test_an_outlet_with_a_text_of_its_own_beside_a_copy_counts_by_its_own_whatever_it_is_called(name):
    text = "Five people were killed at the old bridge on Monday, police said, after a march of dockers had been stopped there."
    rows = pd.DataFrame({"document_id": ["m", "n", name, "x"], "outlet": ["P", "Q", "Q", "R"], "event": "march",
                         "text": [text, text, "Police said five people were killed.", "Rain."]})
    table = find_omissions(annotate(rows))
    assert table.loc[(table["outlet"] == "R") & (table["item"] == "killed people"), "n_others"].tolist() == [2]


def test_counts_are_of_the_rows():
    table = find_omissions(bundle(), STATEMENTS, least=1)
    counts = count_omissions(table)
    for row in counts.itertuples():
        rows = table[(table["outlet"] == row.outlet) & (table["kind"] == row.kind)]
        assert (row.n_omitted, row.n_items) == (rows["omitted"].sum(), len(rows))


def test_the_order_of_rows_does_not_matter():
    found = bundle()
    turned = type(found)({n: t.iloc[::-1] for n, t in found.tables.items()}, found.about)
    pd.testing.assert_frame_equal(find_omissions(turned, STATEMENTS.iloc[::-1]), find_omissions(found, STATEMENTS))


def test_an_impossible_number_of_others_is_refused():
    with pytest.raises(SchemaError, match="least is 0"):
        find_omissions(bundle(), least=0)
