"""PolNeAR split at random: what framelens and the ordinary tests find where nothing differs (tables: ``keyness_nulls.py``)."""

from __future__ import annotations

import runpy
from itertools import islice
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from framelens.stats.multiplicity import adjust


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(Path(__file__).parent / "keyness_nulls.py"))


@pytest.fixture(scope="module")
def articles(script, material):
    return script["read_articles"](material)


def test_every_outlet_has_its_articles_and_copies_are_one_cluster(articles):
    assert np.unique(articles.outlets, return_counts=True)[1].tolist() == [132] * 7
    assert 900 < len(np.unique(articles.clusters)) < 924


@pytest.mark.parametrize("design", ["one outlet, 66 : 66", "one outlet, 110 : 10"])
def test_halves_of_an_outlet_do_not_differ(script, articles, design):
    rng = np.random.default_rng(1)
    wrong, ordinary, hits = [], [], []
    for part, first in islice(script["DESIGNS"][design](articles, rng), 4):
        p, p_bh, _ = script["p_values"](part, first, 1, n_resamples=500)
        wrong += (p["framelens"] <= 0.05)[~np.isnan(p["framelens"])].tolist()
        ordinary += (p["G2"] <= 0.05).tolist()
        hits.append((adjust(p_bh) <= 0.05).sum())
    assert np.mean(wrong) <= 0.06 + 4 * sqrt(0.06 * 0.94 / len(wrong))  # words of one article go together
    assert np.mean(ordinary) > 0.06
    assert max(hits) == 0
