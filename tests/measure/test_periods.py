"""Measures by period: the articles of a period by themselves, rows where there is none, and articles without a date."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._periods import PERIODS, list_periods, name_periods
from framelens.measure.labelling import measure_labelling
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone

each = pytest.mark.parametrize("measure", [measure_labelling, measure_sourcing, measure_tone])


def dated(annotations, dates):
    """Give the articles dates, in turn."""
    n = len(annotations.documents)
    documents = annotations.documents.assign(published=[dates[i % len(dates)] for i in range(n)])
    return Annotations({**annotations.tables, "documents": documents}, annotations.about)


@each
def test_a_period_is_its_articles_alone(measure, drawn):
    annotations = dated(drawn(2, articles=30), ["2021-12-30T08:00Z", "2022-02-11", "2022-02"])
    estimates = measure(annotations, period="month", n_resamples=200)
    assert set(estimates["period"]) == {"2021-12", "2022-01", "2022-02"}
    for month in ("2021-12", "2022-02"):
        ids = annotations.documents.loc[annotations.documents["published"].str.startswith(month), "document_id"]
        alone = {name: table[table["document_id"].isin(ids)] for name, table in annotations.tables.items()}
        wanted = measure(Annotations(alone, annotations.about), n_resamples=200)
        part = estimates[estimates["period"] == month].reset_index(drop=True)
        columns = [c for c in wanted if c not in ("ci_low", "ci_high", "period")]  # the resamples are of all periods together
        pd.testing.assert_frame_equal(part[columns], wanted[columns])
        assert part["ci_low"].notna().equals(wanted["ci_low"].notna())
    empty = estimates[estimates["period"] == "2022-01"]
    assert len(empty) == len(estimates) / 3
    assert empty["estimate"].isna().all()
    assert (empty["note"] == "No article counts.").all()


def test_articles_without_label_in_a_period_count_zero_and_undated_ones_are_said(corpus, pick):
    days = {"a": "2022-01-05", "b": "2022-01-06", "c": None, "d": "2022-01"}
    rows = [{"document_id": d} for d in days]
    documents = [{"document_id": d, "published": day} for d, day in days.items()]
    bundle = corpus(documents=documents, sizes=rows, mentions=rows[:1] * 2 + rows[2:])
    estimates = measure_labelling(bundle, period="day")
    cell = {"zone": "body", "voice": "narrator", "group": "protesters", "stance": "neutral"}
    for day, count in (("2022-01-05", 2), ("2022-01-06", 0)):
        row = pick(estimates, measure="label_count", period=day, **cell)
        assert (row["estimate"], row["n_documents"]) == (count, 1)
        assert row["note"].endswith("Articles without a date that says the period, in none: 2.")
    months = measure_labelling(bundle, period="month")
    assert pick(months, measure="label_count", **cell)["estimate"] == 3
    assert pick(months, measure="label_count", **cell)["note"].endswith("in none: 1.")


def test_groupings_and_periods_stand_side_by_side(drawn):
    estimates = measure_tone(dated(drawn(1), ["2022-01-01", "2023"]), by="event", period="year", n_resamples=200)
    assert set(zip(estimates["contrast"], estimates["period"], strict=True)) == {
        (f"event=e{i}", year) for i in range(3) for year in ("2022", "2023")}
    assert estimates["outlet"].isna().all()


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 300), st.sampled_from(sorted(PERIODS)))
def test_periods_are_those_of_pandas(first, days, period):
    last = first + dt.timedelta(days=days)
    names = name_periods(pd.Series([first.isoformat(), last.isoformat()]), period)
    if period == "week":
        every = pd.date_range(first - dt.timedelta(days=first.weekday()), last, freq="7D")
        wanted = [f"{d.isocalendar().year}-W{d.isocalendar().week:02d}" for d in every]
    else:
        wanted = pd.period_range(first, last, freq={"year": "Y", "month": "M", "day": "D"}[period]).astype(str).tolist()
    assert names.tolist() == [wanted[0], wanted[-1]]
    assert list_periods(names, period) == wanted


def test_errors_name_what_is_wrong(drawn):
    annotations = drawn(1)
    for dates, period, words in ((["05/01/2022"], "month", "'05/01/2022' is no date. Write ISO 8601"),
                                 (["2022-02-30"], "day", "'2022-02-30' is no date"),
                                 (["2022"], "month", "no date in the column 'published' that says it"),
                                 ([None], "year", "no date in the column 'published'"),
                                 (["0202-01-05", "2022-01-05"], "day", "more than 1000. Take a longer period, or mend"),
                                 (["2022-01-05"], "decade", "Allowed: year, month, week, day")):
        with pytest.raises(SchemaError, match=words):
            measure_tone(dated(annotations, dates), period=period)
    with pytest.raises(SchemaError, match="an article has one date"):
        measure_tone(dated(annotations, ["2022"]), by="document_id", period="year")
    assert np.isnan(measure_tone(annotations, n_resamples=100)["period"].astype(float)).all()
