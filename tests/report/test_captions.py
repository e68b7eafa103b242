"""Captions and alt texts say what the rows say, and no more."""

from __future__ import annotations

import re
from itertools import product

import pandas as pd
import pytest

from framelens.errors import SchemaError
from framelens.report import captions
from framelens.report.plots import composition, density, labels, multiverse, sentiment, sources
from framelens.report.plots.rows import find_rows

KINDS = {module.KIND.name: module.KIND for module in (composition, density, labels, multiverse, sentiment, sources)}


def write_caption(rows: pd.DataFrame, kind: str, **options: object) -> str:
    return captions.write_caption(rows, KINDS[kind], **options)


def write_alt(rows: pd.DataFrame, kind: str, **options: object) -> str:
    return captions.write_alt(rows, KINDS[kind], **options)


def rows_of(estimates: pd.DataFrame, kind: str, **options: str) -> pd.DataFrame:
    measures, keys = {
        "labels": (["label_count"], ["group", "stance", "voice"]),
        "shares": (["label_share"], ["group", "stance", "voice"]),
        "density": (list(density.SENSES), []),
        "sources": (["source_type_count", "source_type_share"], ["source_type"]),
        "composition": (list(composition.FORMS), []),
        "sentiment": (["mean_sentiment"], ["voice", "scorer"]),
    }[kind]
    return find_rows(estimates, measures, keys, plot="the test", **options)


def hand(**columns: object) -> pd.DataFrame:
    """Two outlets, one density each: a table small enough to write its caption by hand."""
    rows = {"measure": "attribution_density", "unit": "per 1,000 words", "outlet": ["Herald", "Post"],
            "validated": False,
            "estimate": [31.26, 8.0], "ci_low": [25.0, None], "ci_high": [40.0, None], "ci_level": [0.95, None],
            "n_documents": [14, 4], "n_clusters": [12, 4], "n_units": [70.0, 9.0],
            "method": ["bootstrap", "description"], "seed": [5, None], "note": [None, "Described only."]}
    from framelens import schema

    return schema.validate(pd.DataFrame({**rows, **columns}), "estimates")


def test_the_whole_caption_by_hand():
    assert write_caption(hand(), "density", title="A strike") == (
        "**How much is attributed: A strike.** Left, the share of the words that are attributed, as reported speech and in the "
        "wide sense (opinions, orders and evidence too); right, attributions per 1,000 words; n: attributions. Articles "
        "(independent clusters) behind the values: Herald 14 (12); Post 4 (4). Behind each "
        "value stand 9 to 70 attributions (densities). Bars: 95% intervals (bootstrap; seed 5). Description only, no interval: "
        "fewer than 10 articles (Post). Note: Described only. Unvalidated: not checked against human codings of this "
        "study.")
    assert write_alt(hand(), "density") == (
        "Two dot plots with intervals, shares of words and densities. Herald: wide attribution 31.3 (25.0 to 40.0) per 1,000 "
        "words. Post: wide attribution 8.0 per 1,000 words.")


@pytest.mark.parametrize("kind", ["labels", "density", "sources", "sentiment"])
def test_few_articles_are_said_aloud(small, kind):
    caption = write_caption(rows_of(small, kind), kind)
    counts = kind in ("labels", "sources")
    assert f"{'Counts only' if counts else 'Description only, no interval'}: fewer than 10 articles." in caption
    assert "Bars" not in caption
    assert "5 articles, each by itself." in caption
    assert "Unvalidated" in caption


def test_counts_of_many_articles_are_not_said_to_be_few(demo):
    caption = write_caption(rows_of(demo, "labels"), "labels")
    assert "fewer than 10" not in caption
    assert "Counts only where no share has enough labels for an interval." in caption
    assert "Behind each value stand 0 to" in caption


def test_values_without_interval_are_counted(demo):
    rows = rows_of(demo, "shares")
    caption = write_caption(rows, "labels")
    assert f"Without interval (small marks): {rows['ci_low'].isna().sum()} of 108 values" in caption
    assert "95% intervals (cluster bootstrap, studentised, 2000 resamples; seed 0)" in caption
    assert "Labels for protesters, event and security: the share" in caption
    assert "Measured in the body." in caption
    assert "Measured in the headline." in write_caption(rows_of(demo, "shares", zone="headline"), "labels")
    assert "Measured in" not in write_caption(rows_of(demo, "density"), "density")


@pytest.mark.parametrize(("validated", "said"), [
    ([True, True], "Validated against human codings of this study."),
    ([True, False], "Partly validated: 1 of 2 values; the others are unvalidated."),
    ([None, None], "Unvalidated"), ([False, None], "Unvalidated"),
])
def test_validation_is_what_the_rows_say(validated, said):
    assert said in write_caption(hand(validated=validated), "density")


def test_missing_cells_are_named(small, demo):
    rows = rows_of(small, "shares")
    rows = rows.assign(estimate=rows["estimate"].mask(rows["voice"] == "direct"))
    empty = rows[rows["estimate"].isna()].drop_duplicates(["document_id", "group", "voice"])
    assert len(empty) == 15
    caption = write_caption(rows, "labels")
    told = re.search(r"No value \(–\): (.*)\.$", caption)
    assert told
    first = empty.iloc[0]
    assert told[1].startswith(f"{first['document_id']}, {first['group']}, {first['voice']}; ")
    assert told[1].endswith(f"; and {len(empty) - 6} more")
    gone = rows_of(demo, "sentiment").drop(index=3)
    row = rows_of(demo, "sentiment").loc[3]
    assert f"No value (–): {row['outlet']}, {row['voice']}, subjectivity." in write_caption(gone, "sentiment")
    assert "No value" not in write_caption(rows_of(demo, "density"), "density")


def test_one_missing_stance_is_no_missing_voice(demo):
    rows = rows_of(demo, "labels")
    row = rows.iloc[0]
    caption = write_caption(rows.iloc[1:], "labels")
    assert f"No value (–): {row['outlet']}, {row['group']}, {row['stance']}, {row['voice']}." in caption


def test_kinds_of_source_that_nobody_cites_are_named(small):
    rows = rows_of(small, "sources")
    counts = rows[rows["measure"] == "source_type_count"].groupby("source_type")["estimate"].max()
    none = re.search(r"Nowhere found, and left out: ([^.]*)\.", write_caption(rows, "sources"))
    assert none
    assert set(re.split(", | and ", none[1])) == {t.replace("_", " ") for t in counts.index[counts == 0]}


def test_no_source_at_all_is_said(small):
    caption = write_caption(rows_of(small.assign(estimate=0.0), "sources"), "sources")
    assert "None was found." in caption
    assert "left out" not in caption


def test_short_names_lead_back_to_the_articles(small):
    first = small["document_id"].iloc[0]
    caption = write_caption(rows_of(small, "density"), "density", labels={first: "A (agency)"})
    assert f"(A (agency) is {first})" in caption
    assert "A (agency): wide attribution" in write_alt(rows_of(small, "density"), "density", labels={first: "A (agency)"})


def test_alt_text_names_the_extremes(small, demo):
    rows = rows_of(small, "labels")
    top = rows[rows["group"] == "security"].sort_values("estimate", kind="stable").iloc[-1]
    alt = write_alt(rows, "labels")
    assert re.search(rf"security, number of labels: highest {top['estimate']:.0f}, ", alt)
    zeros = ((rows["group"] == "event") & (rows["estimate"] == 0)).sum()
    assert re.search(rf"event, number[^.]*; {zeros} of 45 counts are zero", alt)
    tone = rows_of(demo, "sentiment")
    part = tone[tone["scorer"] == "textblob_polarity"].set_index(["voice", "outlet"])["estimate"]
    alt = write_alt(tone, "sentiment")
    for word, (voice, outlet), value in (("lowest", part.idxmin(), part.min()), ("highest", part.idxmax(), part.max())):
        assert re.search(rf"polarity:.*{word} {value:.2f} \([^)]*\), {voice}, {outlet}", alt)


def test_a_share_without_interval_is_not_the_headline(demo):
    rows = rows_of(demo, "shares")
    alt = write_alt(rows, "labels")
    best = rows[(rows["group"] == "event") & rows["ci_low"].notna()]["estimate"].max()
    assert rows[rows["group"] == "event"]["estimate"].max() > best
    assert f"event, share of labels: highest with an interval {best:.0%} (" in alt


def test_a_group_without_labels_says_so(small):
    rows = rows_of(small, "labels")
    none = rows.assign(estimate=rows["estimate"].where(rows["group"] != "event", 0))
    assert "event: no label" in write_alt(none, "labels")


@pytest.mark.parametrize(("name", "kind"), [*product(["demo", "small"], [kind for kind in KINDS if kind != "multiverse"]),
                                           ("multiverse", "multiverse")])
def test_one_paragraph_and_no_nan(request, name, kind):
    table = request.getfixturevalue(name)
    rows = table if kind == "multiverse" else rows_of(table, kind)
    for text in (write_caption(rows, kind, title="T"), write_alt(rows, kind)):
        assert "\n" not in text
        assert "  " not in text
        assert not re.search(r"\bnan\b|<NA>|None", text, re.IGNORECASE)
        assert text.endswith(".")
        assert ".." not in text


@pytest.mark.parametrize("write", [write_caption, write_alt])
def test_no_row_is_an_error(demo, write):
    with pytest.raises(SchemaError, match=r"No row to describe for 'How much is attributed'"):
        write(rows_of(demo, "density").iloc[:0], "density")
