"""Every article twice, the second a copy of the first: nothing more is known than before, and where a measure thinks so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.annotate.bundle import Annotations
from framelens.schema import TABLES

IDENTITY = list(TABLES["estimates"].key)
IDS = ("document_id", "mention_id", "attribution_id", "clause_id", "parent_id", "other_id")
OF_CHANCE = ("ci_low", "ci_high", "n_clusters", "p_value", "q_value", "power")
ONE_SHARE = {"measure": "label_choice_share", "zone": "body", "group": "protesters", "stance": "delegitimising"}
MEASURES: dict[str, Callable[[Annotations], pd.DataFrame]] = {
    "labelling": fl.measure_labelling, "sourcing": fl.measure_sourcing, "tone": fl.measure_tone, "agency": fl.measure_agency,
    "balance": fl.measure_balance, "label_sources": fl.measure_label_sources, "label_terms": fl.measure_label_terms,
    "accuracy": lambda found: fl.measure_accuracy(found, found),
    "compare": partial(fl.compare, measure=fl.measure_labelling),
    "compare_balance": partial(fl.compare, measure=fl.measure_balance, allow_small_n=True),
    "events": partial(fl.compare_events, measure=fl.measure_labelling),
    "model": partial(fl.model_rates, measure=fl.measure_labelling, only={"measure": "label_rate"}),
    "multiverse": partial(fl.measure_multiverse, measure=fl.measure_balance, sides=("Maravel Herald", "Northmere Times"),
                          only=ONE_SHARE, choices={"voice": ["narrator"], "wire": ["cluster"]}, allow_small_n=True),
}


def doubled(found: Annotations) -> Annotations:
    """Each article and all that is found in it a second time, in the clusters of the first."""
    tables = {}
    for name, table in found.tables.items():
        again = table.assign(**{c: table[c].where(table[c].isna(), table[c] + "-again") for c in IDS if c in table})
        tables[name] = pd.concat([table, again], ignore_index=True)
    return Annotations(tables, found.about, found.form)


@pytest.fixture(scope="module")
def once(root):
    return fl.read_study(root / "data" / "demo").annotate()[0]


@pytest.fixture(scope="module")
def twice(once):
    return doubled(once)


def joined(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    rows = one.merge(other, on=IDENTITY, how="outer", indicator=True, suffixes=("", "_twice"))
    assert (rows["_merge"] == "both").all() and len(rows)
    return rows


def same(rows: pd.DataFrame, column: str) -> np.ndarray:
    return np.isclose(rows[column].astype(float), rows[f"{column}_twice"].astype(float), rtol=1e-9, atol=1e-12, equal_nan=True)


@pytest.mark.parametrize("name", MEASURES)
def test_copies_say_nothing_new(name, once, twice):
    rows = joined(MEASURES[name](once), MEASURES[name](twice))
    # Two faults that stand: the bound of a rate without a hit counts the words of copies, and a share's units count copies.
    bound = rows["method"].str.startswith("one-sided", na=False) & rows["unit"].str.startswith("per ")
    share = rows["method"].str.startswith("Korn-Graubard", na=False)
    assert np.allclose(rows.loc[bound, "ci_high"].astype(float) / 2, rows.loc[bound, "ci_high_twice"].astype(float))
    width = (rows["ci_high_twice"] - rows["ci_low_twice"]) / (rows["ci_high"] - rows["ci_low"])
    assert width[share].astype(float).between(0.65, 1.1).all(), width[share].describe()
    for column in OF_CHANCE:
        kept = rows[~(bound | share)] if column.startswith("ci_") else rows
        assert same(kept, column).all(), (column, kept.loc[~same(kept, column), ["measure", column, f"{column}_twice"]].head())
    assert rows["ci_low"].notna().any()
    # A count is of what is there, and the half that a balance adds to both sides weighs less beside more.
    free = rows["measure"].str.endswith(("_count", "_documents", "_balance"))
    assert same(rows[~free], "estimate").all()
    counts = rows[rows["measure"].str.endswith("_count") & ~rows["measure"].str.startswith("multiverse")]
    assert np.allclose(2 * counts["estimate"].astype(float), counts["estimate_twice"].astype(float), equal_nan=True)


def test_it_is_the_clusters_that_do_it(once, twice):
    apart = fl.select_annotations(twice, wire="keep")
    rows = joined(fl.measure_labelling(once), fl.measure_labelling(apart))
    given = rows[rows[["ci_low", "ci_low_twice"]].notna().all(axis=1) & rows["measure"].eq("label_rate") & rows["estimate"].gt(0)]
    width = (given["ci_high_twice"] - given["ci_low_twice"]) / (given["ci_high"] - given["ci_low"])
    assert len(given) > 5 and width.median() < 0.8


@pytest.mark.parametrize("of", ["labels", "words"])
def test_a_distance_is_the_same_and_of_as_many_clusters(of, once, twice):
    """Its null is drawn by thinning, so that p is of other random numbers."""
    found = [fl.measure_distance(a, of=of, n_resamples=199).set_index(IDENTITY) for a in (once, twice)]
    kept = [table[~table.index.get_level_values("measure").str.endswith(("_null", "_thinned", "_excess"))] for table in found]
    for column in ("estimate", "n_clusters"):
        pd.testing.assert_series_equal(kept[0][column], kept[1][column])


def test_keyness_counts_clusters_and_keeps_to_them(once, twice):
    found = [fl.measure_keyness(a.term_counts, a.documents, "Maravel Herald", tables=a.tables, n_resamples=999)
             for a in (once, twice)]
    rows = found[0].merge(found[1], on=IDENTITY, suffixes=("", "_twice"))
    assert (rows["n_clusters"] == rows["n_clusters_twice"]).all()
    both = rows["p_value"].notna() & rows["p_value_twice"].notna()
    assert both.sum() > 10 and np.abs(rows["p_value"] - rows["p_value_twice"])[both].median() < 0.05
    assert (found[1]["q_value"] <= 0.05).sum() <= (found[0]["q_value"] <= 0.05).sum()
