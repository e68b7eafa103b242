"""Contrasts within events against the paired differences made another way, and where there is nothing to pair."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.balance import measure_balance
from framelens.measure.contrasts import compare
from framelens.measure.events import compare_events
from framelens.measure.labelling import measure_labelling
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.stats.paired import sign_flip_test

CELL = {"zone": "body", "voice": "narrator", "group": "protesters", "stance": "neutral"}
CELL_OF_BALANCE = {"zone": "body", "voice": "narrator", "group": "protesters"}
D, N, L = schema.STANCES


def spread(annotations, n):
    """Give articles their event by their number, the same numbers in every outlet."""
    documents = annotations.documents
    place = documents.groupby("outlet").cumcount()
    return annotations.replace(documents=documents.assign(event=[f"e{i % n}" for i in place]))


def by_event(annotations, outlet, measure, voice="narrator"):
    """Make the values of one outlet by event with a group-by; e1 and e2 have a copy in common (see ``draw``)."""
    documents = annotations.documents
    counted = documents[documents["exclusion_reason"].isna() & (documents["outlet"] == outlet)]
    counted = counted.assign(event=counted["event"].replace("e2", "e1"))
    mentions = annotations.mentions[~annotations.mentions["negated"].astype(bool)].merge(counted, on="document_id")
    sizes = annotations.sizes.merge(counted, on="document_id")
    place = (mentions[["zone", "voice", "group"]] == ["body", voice, "protesters"]).all(axis=1)
    group = mentions[place].groupby("event").size()
    hits = mentions[place & (mentions["stance"] == "neutral")].groupby("event").size().reindex(group.index, fill_value=0)
    if measure == "label_share":
        return hits / group
    words = sizes[(sizes[["zone", "voice"]] == ["body", voice]).all(axis=1)].groupby("event")["n_words"].sum()
    return 1000 * hits.reindex(words.index, fill_value=0) / words


@pytest.mark.parametrize("measure", ["label_share", "label_rate"])
def test_is_the_sign_flip_test_of_the_differences(measure, drawn):
    annotations = spread(drawn(4, outlets=("Argus", "Bugle", "Herald"), articles=30), 9)
    rows = compare_events(annotations, measure_labelling, only={"measure": measure, **CELL})
    assert list(rows["contrast"]) == [f"{a} minus {b}" for a, b in combinations(("Argus", "Bugle", "Herald"), 2)]
    for row in rows.itertuples():
        one, other = (by_event(annotations, name, measure) for name in (row.outlet, row.reference))
        gaps = (one - other).dropna()
        wanted = sign_flip_test(gaps.to_numpy())
        assert row.measure == f"{measure}_same_event"
        assert row.estimate == pytest.approx(gaps.mean())
        assert (row.ci_low, row.ci_high, row.p_value) == pytest.approx((wanted.low[0], wanted.high[0], wanted.p[0]))
        assert f"Events compared: {len(gaps)}. Higher in {row.outlet} in {(gaps > 0).sum()}" in row.note
        assert row.method == "sign-flip test, exact"


@pytest.mark.parametrize("measure", [measure_labelling, measure_balance, measure_sourcing, measure_tone])
def test_rows_are_valid_and_as_those_of_compare(measure, drawn):
    annotations = spread(drawn(1), 7)
    rows = compare_events(annotations, measure)
    pd.testing.assert_frame_equal(rows, schema.validate(rows, "estimates"))
    plain = compare(annotations, measure)
    assert [name.removesuffix("_same_event") for name in rows["measure"]] == list(plain["measure"])
    assert list(rows["unit"]) == ["share" if unit == "log odds ratio" else unit for unit in plain["unit"]]
    untested = rows["method"] == "description"
    assert rows.loc[untested, "note"].str.contains("Described only: |Nothing to compare: ").all()
    assert rows.loc[untested, ["ci_low", "ci_high", "p_value", "q_value"]].isna().all(axis=None)
    schema.validate(pd.concat([rows, plain]), "estimates")  # they can stand in one table


def test_balances_are_compared_as_shares_of_both_poles(corpus):
    # The same 3 : 1 in all; the half would make 0.85 of it where an event has four labels, and 1.06 where it has forty.
    documents = [{"document_id": f"{o}{e}", "outlet": o, "event": f"e{e}"} for o in ("Bugle", "Herald") for e in range(8)]
    ids = [d["document_id"] for d in documents]
    mentions = [{"document_id": d, "stance": s} for d in ids for s in [D, D, D, L] * (10 if d[0] == "B" else 1)]
    mentions += [{"document_id": d, "stance": D} for d in ids if d[0] == "H"]
    row = compare_events(corpus(documents=documents, mentions=mentions, sizes=[{"document_id": d} for d in ids]), measure_balance,
                         only={"measure": "label_balance", **CELL_OF_BALANCE}).iloc[0]
    assert row["estimate"] == pytest.approx(3 / 4 - 4 / 5)
    assert (row["unit"], row["measure"]) == ("share", "label_balance_same_event")


def test_five_events_are_described_and_six_are_not(corpus):
    def said(n):
        documents = [{"document_id": f"{o}{e}", "outlet": o, "event": f"e{e}"} for o in ("Bugle", "Herald") for e in range(n)]
        mentions = [{"document_id": d["document_id"], "stance": D if d["outlet"] == "Herald" else N} for d in documents]
        bundle = corpus(documents=documents, mentions=mentions, sizes=[{"document_id": d["document_id"]} for d in documents])
        return compare_events(bundle, measure_labelling, only={"measure": "label_share", **CELL, "stance": D}).iloc[0]

    assert said(6)["p_value"] == 2 / 2**6
    five = said(5)
    assert (five["estimate"], five["method"]) == (-1, "description")
    assert five["note"].endswith("Described only: fewer than 6 events that differ, so that no arrangement reaches p = 0.05.")


def test_rates_of_few_events_and_unequal_outlets_are_described(corpus):
    def said(times, events, measure="label_rate", **options):
        documents = [{"document_id": f"{o}{e}{i}", "outlet": o, "event": f"e{e}"} for o, n in (("Bugle", times), ("Herald", 1))
                     for e in range(events) for i in range(n)]
        ids = [d["document_id"] for d in documents]
        mentions = [{"document_id": d, "stance": s} for d in ids for s in ((D, D, N) if d[0] == "H" else (D, N))]
        bundle = corpus(documents=documents, mentions=mentions, sizes=[{"document_id": d} for d in ids])
        return compare_events(bundle, measure_labelling, only={"measure": measure, **CELL, "stance": D}, **options).iloc[0]

    refused = said(3, 8)
    assert (refused["estimate"], refused["method"]) == (-10, "description")
    assert np.isnan([refused["p_value"], refused["ci_low"], refused["q_value"]]).all()
    assert refused["note"].endswith(
        "Described only: rates of fewer than 40 events, with more than 2 times as many articles on one side (24 and 8).")
    assert [said(2, 8)["p_value"], said(3, 8, "label_share")["p_value"]] == [2 / 2**8] * 2
    assert said(3, 40)["p_value"] < 0.01
    forced = said(3, 8, allow_small_n=True)
    assert forced["p_value"] == 2 / 2**8
    assert "Small numbers, computed all the same and not to be relied on: rates of fewer" in forced["note"]


def reported(corpus, n, *, outlets=("Bugle", "Herald"), times=None, **more):
    """Make n events with an article of each outlet (or ``times`` articles of some); the Herald has more of D in most."""
    documents = [{"document_id": f"{o}{e:02}{i}", "outlet": o, "event": f"e{e:02}"} for o in outlets for e in range(n)
                 for i in range((times or {}).get(o, 1))]
    bad = {e: {"Bugle": 1 + e % 2, "Herald": 0 if e % 5 == 4 else 3} for e in range(n)}
    mentions = [{"document_id": d["document_id"], "stance": D if j < bad[int(d["event"][1:])].get(d["outlet"], 2) else N}
                for d in documents for j in range(4)]
    documents += more.get("documents", [])
    return corpus(documents=documents, mentions=mentions + more.get("mentions", []), copies=more.get("copies", []),
                  sizes=[{"document_id": d["document_id"]} for d in documents])


SHARE_OF_D = {"measure": "label_share", **CELL, "stance": D}
RATE_OF_D = {"measure": "label_rate", **CELL, "stance": D}


def test_the_seed_is_used_and_told_where_arrangements_are_drawn(corpus):
    bundle = reported(corpus, 20)
    values = {name: by_event(bundle, name, "label_share") for name in ("Bugle", "Herald")}
    gaps = -(values["Bugle"] - values["Herald"]).to_numpy()  # of neutral labels: the rest is D
    drawn = set()
    for seed in range(4):
        row = compare_events(bundle, measure_labelling, only=SHARE_OF_D, seed=seed).iloc[0]
        wanted = sign_flip_test(gaps, seed=seed)
        assert [row["p_value"], row["ci_low"], row["ci_high"]] == pytest.approx([wanted.p[0], wanted.low[0], wanted.high[0]])
        assert (row["seed"], row["method"]) == (seed, "sign-flip test, 9999 draws")
        assert row["note"].startswith("Events compared: 20. Higher in Bugle in 4, in Herald in 16. Mean")
        drawn.add(row["p_value"])
    assert len(drawn) > 1
    assert pd.isna(compare_events(reported(corpus, 8), measure_labelling, only=SHARE_OF_D)["seed"].iloc[0])
    unlike = compare_events(reported(corpus, 20, times={"Bugle": 3}), measure_labelling, only=RATE_OF_D).iloc[0]
    assert (unlike["method"], pd.isna(unlike["seed"])) == ("description", True)


def test_what_other_outlets_report_and_articles_without_an_event_are_no_part_of_it(corpus):
    plain = reported(corpus, 8)
    stray = [{"document_id": f"z{i}", "outlet": o} for i, o in enumerate(["Herald", "Herald", "Argus"])]  # without an event
    more = [{"document_id": "y0", "outlet": "Argus", "event": "e99"}]  # an event of which neither side has an article
    other = reported(corpus, 8, documents=stray + more,
                     mentions=[{"document_id": d["document_id"], "stance": D} for d in stray + more])
    for only in (SHARE_OF_D, RATE_OF_D):
        one = compare_events(plain, measure_labelling, only=only).iloc[0]
        two = compare_events(other, measure_labelling, only=only).set_index("contrast", drop=False).loc["Bugle minus Herald"]
        for column in ("estimate", "p_value", "ci_low", "n_documents", "n_clusters", "n_units"):
            assert one[column] == two[column], column
        assert two["note"] == one["note"] + " Articles without an event, left out: 2."
    by_name = compare_events(other, measure_labelling, reference="Argus", only=SHARE_OF_D)
    assert by_name["contrast"].tolist() == ["Bugle minus Argus", "Herald minus Argus"]


def test_numbers_behind_it_are_those_of_the_events_compared(corpus):
    alone = [{"document_id": f"b{i}", "outlet": "Bugle", "event": "e99"} for i in range(30)]  # the Bugle's alone
    copies = [{"document_id": f"{o}{e:02}{i}", "cluster_id": f"{o}{e:02}0"} for o in ("Bugle", "Herald") for e in range(8)
              for i in range(2)] + [{"document_id": d["document_id"], "cluster_id": d["document_id"]} for d in alone]
    bundle = reported(corpus, 8, times={"Bugle": 2, "Herald": 2}, copies=copies, documents=alone,
                      mentions=[{"document_id": d["document_id"], "stance": D} for d in alone])
    rate = compare_events(bundle, measure_labelling, only=RATE_OF_D).iloc[0]
    hits = bundle.mentions.query("stance == @D and not document_id.str.startswith('b')")
    assert (rate["n_documents"], rate["n_clusters"], rate["n_units"]) == (32, 16, len(hits))
    assert np.isfinite(rate["p_value"])  # 16 articles against 16 in these events, though 46 against 16 in all
    assert "Events in which one side alone has any, left out: 1." in rate["note"]
    assert compare_events(bundle, measure_labelling, only=SHARE_OF_D)["n_units"].iloc[0] == 4 * 32


def test_q_is_adjusted_as_asked(corpus):
    bundle = reported(corpus, 8, outlets=("Argus", "Bugle", "Herald"))
    for method in ("bonferroni", "fdr_bh"):
        rows = compare_events(bundle, measure_labelling, adjust=method, only={
            **SHARE_OF_D, "measure": ["label_share", "label_rate"]})
        tested = rows["p_value"].notna()
        assert tested.sum() >= 4
        wanted = multipletests(rows.loc[tested, "p_value"], method=method)[1]
        assert rows.loc[tested, "q_value"].to_numpy() == pytest.approx(wanted)
        assert rows["family"].str.endswith(f"{method}, {tested.sum()} tests").all()


def of_scores(corpus, scores):
    """Seven events with the same scored sentences of each outlet in all of them."""
    documents = [{"document_id": f"{o}{e}", "outlet": o, "event": f"e{e}"} for o in scores for e in range(7)]
    return corpus(documents=documents, sizes=[{"document_id": d["document_id"]} for d in documents], sentiment=[
        {"document_id": d["document_id"], "score": score} for d in documents for score in scores[d["outlet"]]])


def test_means_that_differ_by_rounding_alone_are_equal(corpus):
    assert (0.1 + 0.2) / 2 != (0.3 + 0.0) / 2
    only = {"scorer": "textblob", "voice": "narrator", "target_group": "any"}
    alike = of_scores(corpus, {"Bugle": (0.1, 0.2), "Herald": (0.3, 0.0)})
    row = compare_events(alike, measure_tone, only=only).iloc[0]
    assert (row["estimate"], row["method"]) == (0, "description")
    assert np.isnan(row["p_value"])
    assert row["note"].startswith("Events compared: 7. Higher in Bugle in 0, in Herald in 0, equal in 7.")
    row = compare(alike, measure_tone, only=only).iloc[0]
    assert row["estimate"] == 0
    assert row["note"].startswith("Equal: 0.15 in Bugle")
    other = of_scores(corpus, {"Bugle": (0.1, 0.2), "Herald": (0.3, 1e-6)})
    assert compare_events(other, measure_tone, only=only)["p_value"].iloc[0] == 2 / 2**7


def test_an_empty_string_is_no_event(corpus):
    documents = [{"document_id": f"{o}{e}", "outlet": o, "event": f"e{e}"} for o in ("Bugle", "Herald") for e in range(2)]
    bundle = corpus(documents=documents, sizes=[{"document_id": d["document_id"]} for d in documents],
                    mentions=[{"document_id": d["document_id"], "stance": D} for d in documents])
    bare = Annotations({**bundle.tables, "documents": bundle.documents.assign(event=bundle.documents["event"].replace("e1", ""))})
    note = compare_events(bare, measure_labelling, only={"measure": "label_share", **CELL, "stance": D})["note"].iloc[0]
    assert note.startswith("Events compared: 1.")
    assert "Articles without an event, left out: 2." in note


def test_events_of_one_side_and_articles_without_an_event_are_left_out(corpus):
    rows = [("b1", "Bugle", "e1"), ("b2", "Bugle", "e2"), ("h1", "Herald", "e1"), ("h3", "Herald", "e3"), ("h4", "Herald", None)]
    documents = [dict(zip(("document_id", "outlet", "event"), row, strict=True)) for row in rows]
    bundle = corpus(documents=documents, sizes=[{"document_id": row[0]} for row in rows],
                    mentions=[{"document_id": row[0], "stance": D} for row in rows] + [{"document_id": "b1"}])
    row = compare_events(bundle, measure_labelling, only={"measure": "label_share", **CELL, "stance": D}).iloc[0]
    assert (row["estimate"], row["n_documents"], row["n_units"]) == (-0.5, 2, 3)
    for said in ("Events compared: 1. Higher in Bugle in 0, in Herald in 1.",
                 "Events in which one side alone has any, left out: 2.",
                 "Articles without an event, left out: 1."):
        assert said in row["note"]
    direct = compare_events(bundle, measure_labelling, only={"measure": "label_share", **CELL, "voice": "direct"}).iloc[0]
    assert direct["note"].startswith("Nothing to compare: no event in which both have any.")


def test_events_with_a_copy_in_common_are_one(corpus):
    documents = [{"document_id": f"{o}{e}", "outlet": o, "event": f"e{e}"} for o in ("Bugle", "Herald") for e in range(7)]
    ids = [d["document_id"] for d in documents]
    tables = {"documents": documents, "sizes": [{"document_id": d} for d in ids],
              "mentions": [{"document_id": d, "stance": D if d[0] == "H" else N} for d in ids]}
    joined = corpus(**tables, copies=[{"document_id": d, "cluster_id": "Bugle0" if d == "Bugle1" else d} for d in ids])
    only = {"measure": "label_share", **CELL, "stance": D}
    assert compare_events(corpus(**tables), measure_labelling, only=only)["note"].str.contains("Events compared: 7").all()
    assert compare_events(joined, measure_labelling, only=only)["note"].str.contains("Events compared: 6").all()


def test_who_wrote_the_text_is_compared_where_it_is_known(drawn):
    annotations = spread(drawn(1), 7)
    documents = annotations.documents
    written = annotations.replace(documents=documents.assign(origin=documents["outlet"].replace("Herald", "Agency")))
    only = {"measure": "label_share", **CELL}
    for function in (compare, compare_events):
        assert function(annotations, measure_labelling, only=only)["contrast"].tolist() == ["Bugle minus Herald"]
        assert function(written, measure_labelling, only=only)["contrast"].tolist() == ["origin=Agency minus origin=Bugle"]
        assert function(written, measure_labelling, by="outlet", only=only)["contrast"].tolist() == ["Bugle minus Herald"]
    partly = written.replace(documents=written.documents.assign(origin=written.documents["origin"].mask(documents.index == 0)))
    assert compare(partly, measure_labelling, only=only)["contrast"].tolist() == ["Bugle minus Herald"]


def test_exchangeable_sides_are_seldom_told_apart(drawn):
    # Outlets of one kind: over seeds p must be spread as chance spreads it.
    p = [compare_events(spread(drawn(seed, articles=24), 12), measure_labelling, only={"measure": "label_rate", **CELL})
         ["p_value"].iloc[0] for seed in range(40)]
    assert np.isfinite(p).all()
    assert np.mean(np.array(p) <= 0.1) <= 0.25
    assert 0.3 < np.mean(p) < 0.7


@pytest.mark.parametrize(("options", "words"), [
    ({"reference": "rest"}, "reference='rest'"), ({"by": "event"}, "by='event' cannot"),
    ({"by": "document_id"}, "Allowed: outlet"), ({"adjust": "none"}, "adjust='none'"),
])
def test_errors_say_what_is_allowed(options, words, drawn):
    with pytest.raises(SchemaError, match=words):
        compare_events(drawn(1), measure_labelling, **options)


def test_without_events_it_says_how_to_get_them(drawn):
    blank = drawn(1).replace(documents=drawn(1).documents.assign(event=None))
    with pytest.raises(SchemaError, match="no article has one"):
        compare_events(blank, measure_labelling)
