"""Every specification against a comparison made one at a time, and the summary by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from framelens import schema
from framelens.errors import SchemaError
from framelens.measure.balance import measure_balance
from framelens.measure.contrasts import compare
from framelens.measure.label_sources import measure_label_sources
from framelens.measure.labelling import measure_labelling
from framelens.measure.multiverse import CHOICES, measure_multiverse
from framelens.measure.selection import select_annotations

D, N, L = schema.STANCES
CELL = {"measure": "label_choice_share", "zone": "body", "group": "protesters", "stance": D}
SIDES = ("Herald", "Bugle")


@pytest.fixture(scope="module")
def found(drawn):
    """A corpus in which every choice matters."""
    annotations = drawn(6, articles=40)
    rng = np.random.default_rng(6)
    mentions = annotations.mentions
    mentions = mentions.assign(term=rng.choice(["mob", "crowd", "thug"], len(mentions)),
                               referent=rng.choice([*schema.REFERENTS, None], len(mentions), p=[0.5, 0.2, 0.1, 0.2]))
    copies = annotations.copies.assign(copy_status=rng.choice(["original", "republished", "suspect_paraphrase"],
                                                             len(annotations.copies), p=[0.8, 0.1, 0.1]))
    return annotations.replace(mentions=mentions, copies=copies)


@pytest.fixture(scope="module")
def table(found):
    return measure_multiverse(found, measure_balance, sides=SIDES, only=CELL)


def read(spec):
    return dict(part.split("=") for part in spec.split(", "))


def test_each_row_is_a_comparison_made_alone(found, table):
    rows = table[table["measure"] == CELL["measure"]]
    specs = [read(spec) for spec in rows["spec"]]
    crossed = [dict(zip(CHOICES, values, strict=True)) for values in product(*CHOICES.values())]
    terms = [{**crossed[0], "without": term} for term in ("crowd", "mob", "thug")]
    wanted = [{**plan, "without": "none"} for plan in crossed] + terms
    assert sorted(map(str, specs)) == sorted(map(str, wanted))  # each of them once
    for spec, (_, row) in zip(specs, rows.iterrows(), strict=True):
        options = {name: spec[name] for name in CHOICES if name != "voice"}
        chosen = select_annotations(found, **options, without=[] if spec["without"] == "none" else [spec["without"]])
        alone = compare(chosen, measure_balance, only={**CELL, "voice": spec["voice"]}).iloc[0]
        # compare has Bugle minus Herald
        assert [row["estimate"], row["ci_low"], row["ci_high"], row["p_value"]] == pytest.approx(
            [-alone["estimate"], -alone["ci_high"], -alone["ci_low"], alone["p_value"]], nan_ok=True)
        assert (row["voice"], row["contrast"]) == (spec["voice"], "Herald minus Bugle")


def test_they_stand_in_the_order_of_their_estimates_and_are_valid(table):
    rows = table[table["measure"] == CELL["measure"]]
    assert rows["estimate"].is_monotonic_increasing
    assert rows["q_value"].isna().all()
    sums = table[table["measure"].isin([f"multiverse_{name}" for name in ("count", "median", "same_direction", "significant")])]
    assert sums["voice"].isna().all()  # the voice is one of the choices
    assert table["measure"].iloc[len(rows):].str.startswith("multiverse_").all()
    pd.testing.assert_frame_equal(table, schema.validate(table, "estimates"))


def test_the_summary_counts_what_stands_above_it(table, pick):
    rows = table[table["measure"] == CELL["measure"]]
    default = rows[rows["spec"] == "voice=narrator, referent=all, contested=in, wire=cluster, suspects=in, without=none"].iloc[0]
    assert pick(table, measure="multiverse_default")[["spec", "estimate", "n_units"]].tolist() == default[
        ["spec", "estimate", "n_units"]].tolist()
    plain = table[table["spec"].isna()]
    assert pick(plain, measure="multiverse_count")["estimate"] == len(rows) == 2**5 + 3
    assert pick(plain, measure="multiverse_median")["estimate"] == pytest.approx(np.median(rows["estimate"]))
    same = np.sign(rows["estimate"]) == np.sign(default["estimate"])
    assert pick(plain, measure="multiverse_same_direction")["estimate"] == pytest.approx(same.mean())
    tested = rows["p_value"].notna()
    for name, side in (("significant", same), ("reversed", ~same)):
        row = pick(plain, measure=f"multiverse_{name}")
        assert row["estimate"] == pytest.approx((side & (rows["p_value"] <= 0.05))[tested].mean())
        assert row["n_units"] == tested.sum()
        assert "no independent tests" in row["note"]
    for name, values in CHOICES.items():
        for value in values:
            mine = rows[[read(spec)[name] == value and read(spec)["without"] == "none" for spec in rows["spec"]]]
            row = pick(table, measure="multiverse_median", spec=f"{name}={value}")
            assert (row["estimate"], row["n_units"]) == (pytest.approx(np.median(mine["estimate"])), 16)


TERM_ROWS = ["multiverse_changed", "multiverse_kept"]


def test_each_term_is_left_out_of_the_default_and_says_what_becomes_of_the_conclusion(found, table, pick):
    default = pick(table, measure="multiverse_default")
    whole = compare(found, measure_balance, only={**CELL, "voice": "narrator"}, by="outlet").iloc[0]  # Bugle minus Herald
    assert [default["estimate"], default["p_value"], default["ci_low"]] == pytest.approx(
        [-whole["estimate"], whole["p_value"], -whole["ci_high"]])
    terms = table[table["measure"].isin(TERM_ROWS)]
    assert set(terms["term"]) == {"mob", "crowd", "thug"}
    told = {}
    for row in terms.to_dict("records"):
        left = select_annotations(found, without=[row["term"]])
        alone = compare(left, measure_balance, only={**CELL, "voice": "narrator"}).iloc[0]
        assert [row["estimate"], row["ci_low"], row["ci_high"], row["p_value"], row["n_units"]] == pytest.approx(
            [-alone["estimate"], -alone["ci_high"], -alone["ci_low"], alone["p_value"], alone["n_units"]])
        told[row["term"]] = (alone["p_value"] < 0.05, alone["estimate"] < 0)
    same = {term: said == (whole["p_value"] < 0.05, whole["estimate"] < 0) or not (said[0] or whole["p_value"] < 0.05)
            for term, said in told.items()}
    assert dict(zip(terms["term"], terms["measure"] == "multiverse_kept", strict=True)) == same


def test_terms_that_decide_come_first(corpus, pick):
    said = [("h1", D, ("term", "mob")), ("h1", D, ("term", "mob")), ("h1", N, ("term", "crowd")), ("b1", D, ("term", "thug")),
            ("b1", N, ("term", "crowd")), ("b1", N, ("term", "crowd")), ("x1", D, ("term", "gang"))]
    outlets = {"h1": "Herald", "b1": "Bugle", "x1": "Argus"}
    annotations = corpus(documents=[{"document_id": d, "outlet": outlet} for d, outlet in outlets.items()],
                         mentions=[{"document_id": d, "stance": stance, **dict(rest)} for d, stance, *rest in said],
                         sizes=[{"document_id": d} for d in outlets])
    table = measure_multiverse(annotations, measure_balance, sides=SIDES, only={**CELL, "voice": "narrator"})
    terms = table[table["measure"].isin(TERM_ROWS)]
    # 2/3 − 1/3; without mob 0 − 1/3, without crowd 1 − 1, without thug 2/3 − 0; gang stands in a third outlet
    assert terms[["term", "measure", "note"]].values.tolist() == [
        ["mob", "multiverse_changed", "Changes the conclusion: Bugle higher."],
        ["crowd", "multiverse_changed", "Changes the conclusion: equal."],
        ["thug", "multiverse_kept", "The conclusion stays."], ["gang", "multiverse_kept", "No number changes."]]
    assert terms["estimate"].tolist() == pytest.approx([-1 / 3, 0, 2 / 3, 1 / 3])
    assert terms["n_units"].tolist() == [4, 3, 5, 6]
    assert pick(table, measure="multiverse_default")["note"] == "Conclusion: Herald higher."


def test_choices_that_change_nothing_are_not_counted_again(drawn, pick):
    plain = drawn(6, articles=40)  # no referent is known, no copy has another status than original, one term
    table = measure_multiverse(plain, measure_balance, sides=SIDES, only=CELL, choices={"without": ()})
    specs = table.loc[table["measure"] == CELL["measure"], "spec"].tolist()
    assert sorted(specs) == sorted(f"voice={v}, contested={c}" for v in CHOICES["voice"] for c in ("in", "out"))
    note = pick(table, measure="multiverse_count")["note"]
    assert note == ("Without an estimate: 0. Repeating the numbers of another, not counted: 28. "
                    "Choices that change nothing here: referent, wire, suspects.")


def of_labels(corpus, said, **more):
    """Make a corpus of labels by article; the first letter of an article is that of its outlet."""
    documents = [{"document_id": d, "outlet": {"h": "Herald", "b": "Bugle"}[d[0]]} for d in dict.fromkeys(d for d, *_ in said)]
    mentions = [{"document_id": d, "stance": stance, **dict(rest)} for d, stance, *rest in said if stance]
    return corpus(documents=documents, mentions=mentions, sizes=[{"document_id": d["document_id"]} for d in documents], **more)


def test_leaving_out_an_article_that_says_nothing_is_no_other_specification(corpus, pick):
    said = [("b1", D), ("b1", N), ("b2", None), ("h1", D), ("h2", N)]  # b2 has no label
    copies = [{"document_id": d, "cluster_id": d, "copy_status": "suspect_paraphrase" if d == "b2" else "original"}
              for d in ("b1", "b2", "h1", "h2")]
    table = measure_multiverse(of_labels(corpus, said, copies=copies), measure_balance, sides=SIDES, only={
        **CELL, "voice": "narrator"}, choices={"without": ()})
    assert table["spec"].iloc[0] == "default"
    assert pick(table, measure="multiverse_count")["estimate"] == 1


def test_medians_of_a_choice_set_like_against_like(corpus, pick):
    doubted = ("contested", True)
    said = [("b1", D), ("b1", N), ("h1", D), ("h1", N), ("h2", D, doubted), ("h2", D, doubted)]  # h2 is a copy
    copies = [{"document_id": d, "cluster_id": d, "copy_status": "republished" if d == "h2" else "original"}
              for d in ("b1", "h1", "h2")]
    table = measure_multiverse(of_labels(corpus, said, copies=copies), measure_balance, sides=SIDES, only={
        **CELL, "voice": "narrator"}, choices={"without": ()})
    # in, cluster 3/4 − 1/2; in, exclude 0; out, cluster 0; out, exclude 0, the same numbers as two before
    rows = table[table["measure"] == CELL["measure"]]
    assert rows.set_index("spec")["estimate"].to_dict() == {"contested=in, wire=exclude": 0, "contested=in, wire=cluster": 0.25}
    idle = "Choices that change nothing here: referent, suspects."
    assert pick(table, measure="multiverse_count")["note"].endswith(f"not counted: 14. {idle}")
    for spec, value in (("contested=in", 0.125), ("contested=out", 0), ("wire=cluster", 0.125), ("wire=exclude", 0)):
        row = pick(table, measure="multiverse_median", spec=spec)
        assert (row["estimate"], row["n_units"]) == (value, 8)  # of 16, with referents and suspects, which change nothing


def test_what_does_not_occur_under_a_choice_has_no_estimate(corpus, pick):
    by_police = {"attribution_id": "p", "voice": "direct"}
    said = [("b1", D, *by_police.items(), ("contested", True)), ("b1", D), ("h1", D, *by_police.items(), ("contested", True))]
    annotations = of_labels(corpus, said, attributions=[{"attribution_id": "p", "document_id": "b1",
                                                               "originator_type": "police"}])
    table = measure_multiverse(annotations, measure_label_sources, sides=SIDES, only={
        "measure": "originator_label_part", "zone": "body", "group": "protesters", "stance": D, "source_type": "police"},
        choices={"voice": (), "without": ()})
    gone = pick(table, spec="contested=out", measure="originator_label_part")
    assert np.isnan(gone["estimate"])
    assert (gone["n_units"], gone["contested"]) == (0, False)
    assert gone["note"] == "Nothing to compare: what only= asks for does not occur under this choice."
    assert pick(table, measure="multiverse_count")["note"].startswith("Without an estimate: 1.")
    for value, known in (("in", 8), ("out", 0)):
        assert pick(table, measure="multiverse_median", spec=f"contested={value}")["n_units"] == known
    wide = measure_multiverse(annotations, measure_labelling, sides=SIDES, only={
        "measure": "label_share", "zone": "body", "group": "protesters", "stance": D}, choices={
            "without": (), "contested": ["in"], "voice": ["direct", "narrator+indirect"]})  # it has no such voice
    row = pick(wide, spec="voice=narrator+indirect", measure="label_share")
    assert (row["voice"], np.isnan(row["estimate"])) == ("narrator+indirect", True)


def test_a_default_without_a_difference_has_no_side(corpus):
    said = [("b1", D), ("b1", N, ("term", "lot")), ("h1", D), ("h1", N, ("term", "few"))]
    table = measure_multiverse(of_labels(corpus, said), measure_balance, sides=SIDES, only={**CELL, "voice": "narrator"})
    assert table["estimate"].iloc[:4].tolist() == [-0.5, 0, 0, 0.5]
    summed = table.set_index("measure").loc[["multiverse_same_direction", "multiverse_significant", "multiverse_reversed"]]
    assert summed["estimate"].isna().all()
    assert (summed["note"] == "The default is on no side of 0, so that none can be on it.").all()
    assert summed["n_units"].tolist() == [4, 0, 0]  # none of the four is tested


def test_a_specification_without_labels_has_no_estimate(drawn, pick):
    table = measure_multiverse(drawn(6, articles=40), measure_balance, sides=SIDES, only={**CELL, "voice": "narrator"},
                               choices={"contested": ["in"]})
    rows = table[table["measure"] == CELL["measure"]]
    assert rows["spec"].tolist() == ["without=none", "without=crowd"]
    assert np.isnan(rows["estimate"].iloc[1])
    assert rows["note"].iloc[1].startswith("Nothing to compare: no labels")
    assert pick(table, measure="multiverse_count")["note"].startswith("Without an estimate: 1.")


def test_parted_copies_are_another_specification_though_the_counts_are_the_same(corpus):
    said = [(f"{o}{i:02}", stance) for o in "bh" for i in range(12) for stance in [D] * (1 + (o == "h") + i % 2) + [N] * 2]
    copies = [{"document_id": d, "cluster_id": "h00" if d == "h01" else d, "copy_status": "original"}
              for d in dict.fromkeys(d for d, _ in said)]
    table = measure_multiverse(of_labels(corpus, said, copies=copies), measure_balance, sides=SIDES, only={
        **CELL, "voice": "narrator"}, choices={"wire": ["cluster", "keep"], "without": ()})
    rows = table[table["measure"] == CELL["measure"]].set_index("spec")
    assert set(rows.index) == {"wire=cluster", "wire=keep"}
    assert rows["estimate"].nunique() == 1
    assert rows["n_clusters"].to_dict() == {"wire=cluster": 23, "wire=keep": 24}
    assert rows["p_value"].nunique() == 2


def test_what_changes_a_third_outlet_alone_is_no_other_specification(corpus, pick):
    said = [("b1", D), ("b1", N), ("h1", D), ("h1", D), ("p1", D, ("contested", True)),
            ("p1", N, ("group", "police"), ("term", "cop"))]
    documents = [{"document_id": d, "outlet": {"h": "Herald", "b": "Bugle", "p": "Post"}[d[0]]} for d in ("b1", "h1", "p1")]
    found = corpus(documents=documents, sizes=[{"document_id": d["document_id"]} for d in documents],
                   mentions=[{"document_id": d, "stance": stance, **dict(rest)} for d, stance, *rest in said])
    table = measure_multiverse(found, measure_balance, sides=SIDES, only={**CELL, "voice": "narrator"}, choices={"without": ()})
    assert table["spec"].iloc[0] == "default"
    every = measure_multiverse(found, measure_balance, sides=SIDES, only={**CELL, "voice": "narrator"})
    # 16 that cross what changes nothing, and "crowd"; "cop" is no term of the group
    assert pick(every, measure="multiverse_count")["note"].startswith("Without an estimate: 1. Repeating the numbers of another, "
                                                                      "not counted: 15. Choices")


def test_small_numbers_are_computed_if_asked(corpus):
    said = [(f"{o}{i}", stance) for o in "bh" for i in range(5) for stance in [D] * (1 + (o == "h") + i % 2) + [N] * 2]
    asked = {"sides": SIDES, "only": {**CELL, "voice": "narrator"}, "choices": {"without": ()}}
    plain, small = (measure_multiverse(of_labels(corpus, said), measure_balance, allow_small_n=small, **asked).iloc[0]
                    for small in (False, True))
    assert np.isnan(plain["p_value"])
    assert small["ci_low"] < small["estimate"] < small["ci_high"]
    assert "not to be relied on" in small["note"]


def test_who_wrote_the_text_is_compared_where_it_is_known(corpus):
    found = of_labels(corpus, [("b1", D), ("b1", N), ("h1", D), ("h2", N)])
    written = found.replace(documents=found.documents.assign(origin=["Agency", "Desk", "Agency"]))
    asked = {"only": {**CELL, "voice": "narrator"}, "choices": {"without": ()}}
    table = measure_multiverse(written, measure_balance, sides=("Desk", "Agency"), **asked)
    assert (table["contrast"].iloc[0], table["estimate"].iloc[0]) == ("origin=Desk minus origin=Agency", pytest.approx(1 - 1 / 3))
    by_outlet = measure_multiverse(written, measure_balance, sides=SIDES, by="outlet", **asked)
    assert (by_outlet["contrast"].iloc[0], by_outlet["estimate"].iloc[0]) == ("Herald minus Bugle", 0)


def test_what_was_chosen_before_is_not_varied(found, pick):
    before = select_annotations(found, contested="only", wire="keep", referent="own")
    table = measure_multiverse(before, measure_balance, sides=SIDES, only=CELL, choices={"without": ()})
    assert {name for spec in table["spec"].dropna() for name in read(spec)} == {"voice", "suspects"}
    assert table.loc[table["measure"] == CELL["measure"], ["contested", "referent"]].eq([True, "own event"]).all(axis=None)
    assert "Choices that change nothing" not in pick(table, measure="multiverse_count")["note"]
    with pytest.raises(SchemaError, match="contested='out' contradicts contested='only'"):
        measure_multiverse(before, measure_balance, sides=SIDES, only=CELL, choices={"contested": ["out"]})


def test_one_group_may_stand_in_a_list(found, table):
    pd.testing.assert_frame_equal(table, measure_multiverse(found, measure_balance, sides=SIDES, only={
        **CELL, "group": [CELL["group"]]}))


def test_without_a_choice_there_is_the_default_alone(drawn):
    table = measure_multiverse(drawn(6, articles=40), measure_labelling, sides=SIDES, contrast="ratio", only={
        "measure": "label_rate", "zone": "body", "group": "protesters", "stance": D, "voice": "direct"},
        choices={"contested": ["out"], "without": ()})
    assert table["spec"].tolist()[0] == "default"
    alone = compare(select_annotations(drawn(6, articles=40), contested="out"), measure_labelling, contrast="ratio", only={
        "measure": "label_rate", "zone": "body", "group": "protesters", "stance": D, "voice": "direct"})
    assert table["estimate"].iloc[0] == pytest.approx(1 / alone["estimate"].iloc[0])
    assert table.set_index("measure").loc["multiverse_same_direction", "note"] == "On the default's side of 1: 1 of 1."


@pytest.mark.parametrize(("options", "words"), [
    ({"only": {"measure": "label_choice_share", "group": "protesters"}}, r"leaves 6 numbers, of zone, stance"),
    ({"sides": ("Herald", "Post")}, "There are Bugle, Herald"), ({"sides": ("Herald", "Herald")}, "two different values"),
    ({"choices": {"zone": ["body"]}}, "'zone' is no choice"),
    ({"only": {**CELL, "voice": "narrator"}, "choices": {"voice": ["direct"]}}, "'voice' is named by only= as well"),
    ({"choices": {"wire": []}}, "'wire' has no value"),
    ({"choices": {"wire": ["drop"]}}, "wire='drop'"), ({"contrast": "gap"}, "contrast='gap'"),
])
def test_errors_say_what_is_wrong(options, words, drawn):
    with pytest.raises(SchemaError, match=words):
        measure_multiverse(drawn(6, articles=40), measure_balance, **{"sides": SIDES, "only": CELL, **options})
