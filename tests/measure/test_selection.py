"""Choices of labels and articles: what they leave out, and what every note says of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.balance import measure_balance
from framelens.measure.contrasts import compare
from framelens.measure.label_sources import measure_label_sources
from framelens.measure.label_terms import measure_label_terms
from framelens.measure.labelling import measure_labelling
from framelens.measure.selection import chosen_columns, select_annotations

D = "delegitimising"


@pytest.fixture(scope="module")
def found(corpus):
    """Three Heralds, of which one is a republished copy, and two Bugles that are copies of unknown status."""
    documents = [{"document_id": d, "outlet": "Herald" if d[0] == "h" else "Bugle"} for d in ("h1", "h2", "h3", "b1", "b2")]
    cluster = {"h1": "h1", "h2": "h1", "h3": "h3", "b1": "b1", "b2": "b1"}
    status = {"h1": "agency", "h2": "republished", "h3": "suspect_paraphrase", "b1": "unknown", "b2": "unknown"}
    mentions = [
        {"document_id": "h1", "term": "mob", "stance": D, "referent": "own event", "contested": True},
        {"document_id": "h1", "term": "mob", "stance": D, "referent": "other"},
        {"document_id": "h1", "term": "mob", "stance": D, "referent": "other", "negated": True},
        {"document_id": "h2", "term": "crowd", "referent": "generic"},
        {"document_id": "h3", "term": "crowd"},
        {"document_id": "h3", "term": "thug", "stance": D, "zone": "byline", "voice": None, "referent": "other"},
        {"document_id": "b1", "term": "crowd"},
    ]
    return corpus(documents=documents, copies=[{"document_id": d, "cluster_id": c, "copy_status": status[d]}
                                               for d, c in cluster.items()],
                  sizes=[{"document_id": d} for d in cluster], mentions=mentions)


def counts(annotations, **where):
    rows = measure_labelling(annotations).query("measure == 'label_count' and zone == 'body' and voice == 'narrator'")
    for column, value in {"group": "protesters", "outlet": "Herald", **where}.items():
        rows = rows[rows[column] == value]
    return rows.set_index("stance")["estimate"].to_dict(), rows["note"].iloc[0]


@pytest.mark.parametrize(("choice", "wanted", "said"), [
    ({}, (2, 2), "Articles that share a cluster with a copy, one unit of chance: 2."),
    ({"referent": "own"}, (1, 1), "Labels of another event or none in particular, left out: 2. Labels whose event is not "
                                  "known, counted: 1."),
    ({"contested": "out"}, (1, 2), "Contested labels left out: 1."),
    ({"contested": "only"}, (1, 0), "Labels that are not contested, left out: 3."),
    ({"without": ["mob"]}, (0, 2), "Labels of terms left out (mob): 2."),
    ({"wire": "exclude"}, (2, 1), "Excluded articles, not counted: 1 (republished copy)."),
    ({"suspects": "out"}, (2, 1), "Excluded articles, not counted: 1 (suspected paraphrase of another article)."),
    ({"wire": "keep"}, (2, 2), "Copies taken for articles of their own, so that intervals are too narrow: 2."),
])
def test_what_is_left_out_and_said(found, choice, wanted, said):
    numbers, note = counts(select_annotations(found, **choice))
    assert (numbers[D], numbers["neutral"]) == wanted
    assert said in note


def test_copies_of_unknown_status_are_nobodys_own(found):
    chosen = select_annotations(found, wire="exclude").documents.set_index("document_id")["exclusion_reason"]
    assert chosen[chosen.notna()].index.tolist() == ["h2", "b1", "b2"]


def status_of(annotations, **changes):
    """Give copies another status by article."""
    copies = annotations.copies
    return annotations.replace(copies=copies.assign(copy_status=[
        changes.get(d, s) for d, s in zip(copies["document_id"], copies["copy_status"], strict=True)]))


def test_an_article_without_a_copy_is_its_outlets_own_and_one_with_a_copy_of_no_status_is_not(found):
    def left(annotations):
        chosen = select_annotations(annotations, wire="exclude").documents
        return chosen.loc[chosen["exclusion_reason"].isna(), "document_id"].tolist()

    assert left(status_of(found, h3="unknown")) == ["h1", "h3"]
    bare = found.copies.drop(columns="copy_status")
    assert left(Annotations({**found.tables, "copies": bare}, found.about)) == ["h3"]
    mixed = found.replace(copies=found.copies.iloc[[3, 1, 4, 0, 2]])  # the order of rows is not that of the articles
    assert left(mixed) == left(found) == ["h1", "h3"]


def test_a_suspect_that_the_corpus_excludes_keeps_its_reason(found):
    documents = found.documents.assign(exclusion_reason=[None, None, "wrong language", None, None])
    chosen = select_annotations(found.replace(documents=documents), suspects="out")
    assert chosen.documents["exclusion_reason"].dropna().tolist() == ["wrong language"]


def test_what_was_chosen_is_told_by_the_bundle(found):
    chosen = select_annotations(select_annotations(found, without=["mob"]), without=["crowd"])
    assert chosen.about["selection"]["without"] == ["mob", "crowd"]
    assert chosen_columns(select_annotations(found, contested="only"))["contested"] is True


def test_keep_parts_the_clusters(found):
    kept = select_annotations(found, wire="keep")
    assert kept.copies["cluster_id"].tolist() == kept.copies["document_id"].tolist()
    assert select_annotations(found).copies is found.copies


def test_a_copy_whose_other_is_left_out_is_no_parted_one_whatever_was_chosen_first(found):
    annotations = status_of(found, h2="suspect_paraphrase")  # of h1, the only article that it shares a cluster with
    one = select_annotations(annotations, wire="keep", suspects="out")
    two = select_annotations(select_annotations(annotations, wire="keep"), suspects="out")
    assert counts(one) == counts(two)
    assert "Copies taken" not in counts(two)[1]
    assert "Copies taken for articles of their own, so that intervals are too narrow: 2." in counts(two, outlet="Bugle")[1]


def test_choices_add_up_and_nothing_is_changed_in_place(found):
    before = {name: table.copy() for name, table in found.tables.items()}
    both = select_annotations(select_annotations(found, referent="own"), contested="out", without=["crowd"])
    assert counts(both)[0] == {D: 0, "neutral": 0, "legitimising": 0}
    assert chosen_columns(both)["referent"] == schema.REFERENTS[0]
    assert chosen_columns(both)["contested"] is False
    assert np.isnan(chosen_columns(found)["referent"])
    for name, table in before.items():
        pd.testing.assert_frame_equal(found.tables[name], table)
    for name, table in both.tables.items():
        assert schema.validate(table, name) is not None


def test_a_reason_of_the_corpus_stands_above_one_of_a_choice(found):
    documents = found.documents.assign(exclusion_reason=[None, "wrong language", None, None, None])
    chosen = select_annotations(found.replace(documents=documents), wire="exclude")
    assert chosen.documents["exclusion_reason"].tolist()[1] == "wrong language"
    # and its copy has no other left: it is no copy of anything that counts
    assert "share a cluster" not in counts(select_annotations(found.replace(documents=documents)))[1]


def test_an_option_is_a_choice_made_before(found):
    options = {"referent": "own", "contested": "out", "wire": "exclude"}
    one = measure_balance(found, **options)
    other = measure_balance(select_annotations(found, **options))
    pd.testing.assert_frame_equal(one.drop(columns="note"), other.drop(columns="note"))
    assert one["contested"].eq(False).all()
    assert one["referent"].eq(schema.REFERENTS[0]).all()
    for measure in (measure_balance, measure_labelling, measure_label_terms, measure_label_sources):
        assert measure(found)[["contested", "referent"]].isna().all(axis=None)
        chosen = measure(select_annotations(found, **options))
        assert chosen["contested"].eq(False).all()
        assert chosen["referent"].eq(schema.REFERENTS[0]).all()


@pytest.mark.parametrize("measure", [measure_balance, measure_label_terms, measure_label_sources])
@pytest.mark.parametrize("option", [{"referent": "own"}, {"contested": "out"}, {"wire": "exclude"}])
def test_each_option_is_passed_on(measure, option, found):
    columns = ["outlet", "measure", "zone", "voice", "group", "stance", "term", "estimate", "contested", "referent"]
    mine, plain = measure(found, **option)[columns], measure(found)[columns]
    pd.testing.assert_frame_equal(mine, measure(select_annotations(found, **option))[columns])
    assert not mine.equals(plain)


@pytest.mark.parametrize("choice", [{"referent": "own"}, {"contested": "out"}, {"contested": "only"}, {"wire": "exclude"},
                                    {"wire": "keep"}, {"suspects": "out"}])
def test_a_choice_made_twice_says_the_same(found, choice):
    once = select_annotations(found, **choice)
    assert counts(select_annotations(once, **choice)) == counts(once)
    assert counts(select_annotations(once)) == counts(once)
    assert counts(select_annotations(select_annotations(found), **choice)) == counts(once)


def test_a_note_tells_what_two_choices_of_one_kind_left_out(found):
    later = found.mentions.assign(referent=found.mentions["referent"].replace("own event", "generic"))
    once = select_annotations(found, referent="own")
    left = once.replace(mentions=later[later["mention_id"].isin(once.mentions["mention_id"])])
    again = select_annotations(left, referent="own")
    assert "Labels of another event or none in particular, left out: 3." in counts(again)[1]


def test_what_is_said_of_the_rest_is_true_of_the_last_choice(found):
    unknown = found.replace(mentions=found.mentions.assign(referent=None))
    for chosen in (select_annotations(unknown, referent="own", contested="out"),
                   select_annotations(select_annotations(unknown, referent="own"), contested="out")):
        assert "Labels whose event is not known, counted: 3." in counts(chosen)[1]  # of four that would count one is contested
    without = select_annotations(found.replace(mentions=found.mentions.drop(columns="referent")), referent="own")
    assert "Labels whose event is not known, counted: 4." in counts(without)[1]
    assert "share a cluster" not in counts(select_annotations(select_annotations(found), wire="exclude"))[1]


def test_copies_that_are_left_are_one_unit_of_chance_and_said_to_be(found):
    copies = found.copies.assign(copy_status="original")
    assert "one unit of chance: 2." in counts(select_annotations(found.replace(copies=copies), wire="exclude"))[1]


def test_the_order_of_choices_does_not_matter(found):
    copies = found.copies.assign(copy_status=["agency", "republished", "original", "unknown", "suspect_paraphrase"])
    annotations = found.replace(copies=copies)
    one = select_annotations(annotations, suspects="out", wire="exclude")
    other = select_annotations(select_annotations(annotations, suspects="out"), wire="exclude")
    third = select_annotations(select_annotations(annotations, wire="exclude"), suspects="out")
    for chosen in (one, other, third):
        reasons = chosen.documents.set_index("document_id")["exclusion_reason"].dropna().to_dict()
        assert reasons == {"h2": "republished copy", "b1": "republished copy", "b2": "suspected paraphrase of another article"}


@pytest.mark.parametrize(("name", "old", "new"), [("contested", "out", "only"), ("wire", "keep", "exclude")])
def test_choices_that_contradict_are_refused(found, name, old, new):
    before = select_annotations(found, **{name: old})
    with pytest.raises(SchemaError, match=f"{name}='{new}' contradicts {name}='{old}', which was chosen before"):
        measure_balance(before, **{name: new})


def test_groups_and_stances_keep_their_rows(found):
    bare = Annotations(found.tables)  # a bundle made elsewhere, without a lexicon
    where = {"group", "stance", "outlet", "zone", "voice"}
    for chosen in (select_annotations(bare, contested="only"), select_annotations(bare, without=["mob", "crowd"])):
        keys = [set(map(tuple, measure_balance(a).query("measure == 'label_choice_count'")[sorted(where)].to_numpy()))
                for a in (bare, chosen)]
        assert keys[0] == keys[1]


def test_it_is_saved_with_the_bundle(found, tmp_path):
    chosen = select_annotations(found, contested="out")
    chosen.save(tmp_path / "out")
    again = Annotations.load(tmp_path / "out")
    assert counts(again) == counts(chosen)


def test_comparisons_say_it_of_each_side(found):
    note = compare(select_annotations(found, without=["mob"]), measure_labelling, only={
        "measure": "label_rate", "zone": "body", "voice": "narrator", "group": "protesters", "stance": D})["note"].iloc[0]
    assert "Herald: Labels of terms left out (mob): 2." in note
    assert "Bugle: Labels" not in note


@pytest.mark.parametrize(("choice", "words"), [
    ({"referent": "others"}, r"referent='others'.*Allowed: all, own"), ({"wire": "drop"}, "Allowed: cluster, exclude, keep"),
    ({"without": ["mob", "rabble"]}, "'rabble'.*column 'term'"),
])
def test_errors_say_what_is_allowed(found, choice, words):
    with pytest.raises(SchemaError, match=words):
        select_annotations(found, **choice)
