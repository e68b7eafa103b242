"""Balance of label choice counted by hand and by a second way; its contrasts against log odds ratios."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure.balance import measure_balance
from framelens.measure.contrasts import compare
from framelens.measure.labelling import measure_labelling
from framelens.stats.balance import balance_intervals
from framelens.stats.contrast import ratio_contrasts

D, N, L = schema.STANCES
WIDE = schema.OWN_WIDE
CELL = {"zone": "body", "group": "protesters"}


@pytest.fixture(scope="module")
def estimates(corpus):
    said = [("narrator", D, 3), ("narrator", N, 2), ("narrator", L, 1), ("indirect", D, 4), ("direct", L, 5)]
    side = {D: "official", L: "challenger", N: "none"}
    mentions = [{"document_id": "a", "voice": voice, "stance": stance, "favours": side[stance]} for voice, stance, times in said
                for _ in range(times)]
    mentions += [{"document_id": "a", "stance": D, "favours": "challenger"},  # against the side of its group
                 {"document_id": "a", "stance": D, "negated": True},
                 {"document_id": "a", "stance": L, "zone": "headline", "contested": True},
                 {"document_id": "a", "stance": D, "group": "police"}]
    sizes = [{"document_id": "a", "voice": voice, "zone": zone} for voice in schema.VOICES for zone in schema.MEASURED_ZONES]
    return measure_balance(corpus(documents=[{"document_id": "a"}], sizes=sizes, mentions=mentions))


@pytest.mark.parametrize(("zone", "voice", "odds", "counts"), [
    ("body", "narrator", 4.5 / 1.5, (4, 2, 1)), ("body", WIDE, 8.5 / 1.5, (8, 2, 1)), ("body", "direct", 0.5 / 5.5, (0, 0, 5)),
    ("headline", "narrator", 0.5 / 1.5, (0, 0, 1)), ("headline", "direct", np.nan, (0, 0, 0)),
])
def test_by_hand(estimates, pick, zone, voice, odds, counts):
    row = pick(estimates, measure="label_balance", zone=zone, voice=voice, group="protesters")
    assert row["estimate"] == pytest.approx(np.log(odds), nan_ok=True)
    assert row["favours"] == "official"  # whom a balance above 0 favours
    assert f"Delegitimising: {counts[0]}. Neutral: {counts[1]}. Legitimising: {counts[2]}." in row["note"]
    contested = [row["note"].count(f"Contested labels counted{number}") for number in ("", ": 1.")]
    assert contested == [zone == "headline" and voice != "direct"] * 2
    assert row["n_units"] == counts[0] + counts[2]
    for stance, number in zip((D, N, L), counts, strict=True):
        one = {"zone": zone, "voice": voice, "group": "protesters", "stance": stance}
        count = pick(estimates, measure="label_choice_count", **one)
        assert count["estimate"] == number
        assert count["favours"] == {D: "official", N: "none", L: "challenger"}[stance]
        share = pick(estimates, measure="label_choice_share", **one)
        assert share["estimate"] == pytest.approx(number / sum(counts) if sum(counts) else np.nan, nan_ok=True)
        assert (count["n_documents"], count["note"].count("Negated")) == (1, 0)
    astray = pick(estimates, measure="label_choice_count", zone=zone, voice=voice, group="protesters", stance=D)["note"]
    assert ("Labels that favour another side: 1." in astray) == (zone == "body" and voice != "direct")


def test_a_group_that_knows_no_neutral_labels_has_a_balance_of_its_poles(corpus, pick):
    given = corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}],
                   mentions=[{"document_id": "a", "stance": stance} for stance in (D, D, L, L, L)])
    about = {**given.about, "groups": {"protesters": {"side": "challenger", "stances": [D, L]}}}
    rows = measure_balance(Annotations(given.tables, about))
    row = pick(rows, measure="label_balance", voice="narrator", **CELL)
    assert row["estimate"] == pytest.approx(np.log(2.5 / 3.5))
    assert "Delegitimising: 2. Neutral: 0. Legitimising: 3." in row["note"]


def test_groups_stand_apart_and_one_without_both_poles_has_no_balance(estimates):
    balances = estimates[estimates["measure"] == "label_balance"]
    assert set(balances["group"]) == {"protesters"}  # the lexicon has no legitimising label of the police
    police = estimates[(estimates["group"] == "police") & (estimates["zone"] == "body") & (estimates["voice"] == "narrator")]
    assert police.set_index(["measure", "stance"])["estimate"].to_dict() == {
        ("label_choice_share", D): 1, ("label_choice_share", N): 0, ("label_choice_count", D): 1, ("label_choice_count", N): 0}
    assert set(police["favours"]) == {"challenger", "none"}


def test_without_a_lexicon_labels_favour_whom_most_of_them_favour(corpus):
    said = [(D, "none"), (D, "official"), (D, "official"), (N, "challenger"), (L, "official"), (L, "challenger"),
            (L, "challenger")]
    given = corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}],
                   mentions=[{"document_id": "a", "stance": stance, "favours": side} for stance, side in said])
    rows = measure_balance(Annotations(given.tables)).query("measure == 'label_choice_count' and voice == 'narrator'")
    rows = rows[rows["zone"] == "body"].set_index("stance")
    assert rows["favours"].to_dict() == {D: "official", N: "challenger", L: "challenger"}
    assert ["favour another side: 1." in rows.loc[stance, "note"] for stance in (D, N, L)] == [True, False, True]


def test_no_chance_of_ours_is_in_it(drawn):
    annotations = drawn(2, articles=60)
    one, other = (measure_balance(annotations, n_resamples=n, seed=seed) for n, seed in ((100, 1), (300, 2)))
    assert one["ci_low"].notna().sum() > 20
    pd.testing.assert_frame_equal(one, other)


def by_cluster(annotations, outlet, voices, stance, group="protesters", zone="body"):
    documents = annotations.documents[annotations.documents["exclusion_reason"].isna()].merge(annotations.copies)
    documents = documents[documents["outlet"] == outlet]
    rows = annotations.mentions[~annotations.mentions["negated"].astype(bool) & annotations.mentions["voice"].isin(voices)
                                & (annotations.mentions[["zone", "group", "stance"]] == [zone, group, stance]).all(axis=1)]
    names = sorted(set(annotations.copies["cluster_id"]))
    return rows.merge(documents, on="document_id")["cluster_id"].value_counts().reindex(names, fill_value=0).to_numpy(float)


@pytest.mark.parametrize("voice", [WIDE, "narrator", "direct"])
def test_is_the_interval_of_cluster_sums(voice, drawn, pick):
    annotations = drawn(2, articles=60)
    voices = ["narrator", "indirect"] if voice == WIDE else [voice]
    estimates = measure_balance(annotations, n_resamples=100)
    for outlet in ("Bugle", "Herald"):
        first, last = (by_cluster(annotations, outlet, voices, stance) for stance in (D, L))
        wanted = balance_intervals(first, last)
        row = pick(estimates, measure="label_balance", outlet=outlet, voice=voice, **CELL)
        assert min(first.sum(), last.sum()) >= 5
        assert list(row[["estimate", "ci_low", "ci_high"]]) == pytest.approx(
            [wanted.estimate[0], wanted.low[0], wanted.high[0]])
        assert row["n_clusters"] == ((first + last) > 0).sum()
        assert row["method"] == wanted.method
        assert pd.isna(row["seed"])  # no chance of ours is in it


@pytest.mark.parametrize("contrast", ["difference", "odds ratio"])
def test_contrasts_are_log_odds_ratios(contrast, drawn):
    annotations = drawn(2, articles=60)
    first, last = ([by_cluster(annotations, outlet, ["narrator"], stance) for outlet in ("Bugle", "Herald")] for stance in (D, L))
    wanted = ratio_contrasts(*((d, d + n) for d, n in zip(first, last, strict=True)), contrast="log odds ratio")
    row = compare(annotations, measure_balance, contrast=contrast, only={
        "measure": "label_balance", "voice": "narrator", **CELL}).iloc[0]
    scale = np.exp if contrast == "odds ratio" else np.asarray
    halved = np.diff([np.log((d.sum() + 0.5) / (n.sum() + 0.5)) for d, n in zip(first, last, strict=True)])[0]
    assert row["estimate"] == pytest.approx(float(scale(-halved)))
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(scale([wanted.low[0], wanted.high[0]]))
    assert row["p_value"] == pytest.approx(wanted.p[0])
    assert row["unit"] == {"difference": "log odds ratio", "odds ratio": "odds ratio"}[contrast]
    assert f"({first[0].sum():.0f} to {last[0].sum():.0f})" in row["note"]


def test_a_balance_has_no_ratio(drawn):
    rows = compare(drawn(2, articles=60), measure_balance, contrast="ratio")
    assert set(rows["measure"]) == {"label_choice_share"}


@pytest.mark.parametrize(("kinds", "said"), [
    ((12, 0), "5 legitimising labels in 5 clusters; here 0 in 0."),
    ((3, 10), "5 delegitimising labels in 5 clusters; here 3 in 3."),
])
def test_few_of_one_kind_are_described(corpus, pick, kinds, said):
    rows = [{"document_id": f"a{i}"} for i in range(12)]
    mentions = [{**rows[i], "stance": stance} for stance, n in zip((D, L), kinds, strict=True) for i in range(n)]
    row = pick(measure_balance(corpus(documents=rows, sizes=rows, mentions=mentions)), measure="label_balance", voice="narrator",
               **CELL)
    assert row["method"] == "description"
    assert np.isnan(row["ci_low"])
    assert said in row["note"]
    small = pick(measure_balance(corpus(documents=rows, sizes=rows, mentions=mentions), allow_small_n=True),
                 measure="label_balance", voice="narrator", **CELL)
    assert np.isfinite(small["ci_low"]) == (min(kinds) > 0)
    if min(kinds):
        assert small["note"].startswith("Small numbers, computed all the same and not to be relied on")


def test_the_wide_voice_is_its_parts(drawn):
    counts = measure_balance(drawn(5), n_resamples=100).query("measure == 'label_choice_count'")
    plain = measure_labelling(drawn(5), n_resamples=100).query("measure == 'label_count'")
    keys = ["outlet", "zone", "group", "stance"]
    both = plain[plain["voice"] != "direct"].groupby(keys)["estimate"].sum()
    pd.testing.assert_series_equal(counts[counts["voice"] == WIDE].set_index(keys)["estimate"].sort_index(), both.sort_index())
