"""PolNeAR's outlets by ``measure_keyness``: halves of one do not differ, one differs from the rest."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from framelens.measure.keyness import measure_keyness


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(Path(__file__).parent / "keyness_outlets.py"))


@pytest.fixture(scope="module")
def articles(script, material):
    return script["read_articles"](material)


def test_random_halves_of_an_outlet_have_no_keywords(script, articles):
    for draw, outlet in enumerate(np.unique(articles.outlets)):
        rows = np.random.default_rng(draw).permutation(np.flatnonzero(articles.outlets == outlet))
        halves = np.where(np.arange(len(rows)) < len(rows) // 2, "one half", "other half")
        counts, documents, tables = script["tables_of"](articles, rows, halves)
        ours = measure_keyness(counts, documents, tables=tables, n_resamples=2000)
        assert ours["p_value"].notna().sum() > 500
        assert (ours["q_value"] <= 0.05).sum() == 0, outlet
        theirs = measure_keyness(counts, documents, tables=tables, method="log_likelihood")
        assert (theirs["q_value"] <= 0.05).sum() > 10, outlet


def test_an_outlet_differs_from_the_rest_and_nothing_differs_where_articles_are_dealt_out(script, articles):
    counts, documents, tables = script["tables_of"](articles, np.arange(len(articles.sizes)))
    found = measure_keyness(counts, documents, script["TARGET"], tables=tables, null_check=2)
    assert (found["q_value"] <= 0.05).sum() >= 5
    rows = found.set_index("measure")
    assert rows.loc["keyness_null", "estimate"] == 0
    assert rows.loc["keyness_null_share", "estimate"] <= 0.065
    assert rows.loc["keyness_null_share", "n_units"] > 2000
