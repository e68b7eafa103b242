"""The model of rates against statsmodels called directly, by hand, and by what must not matter."""

from __future__ import annotations

import builtins
import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.stats
import statsmodels.api as sm
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.discrete.conditional_models import ConditionalPoisson

from framelens.errors import FramelensError
from framelens.stats.poisson import rate_model


def draw(seed, n=60, groups=3, blocks=4):
    """Draw articles: hits, words, group, block and cluster; some clusters span groups."""
    rng = np.random.default_rng(seed)
    group, block = rng.integers(groups, size=n), rng.integers(blocks, size=n)
    words = rng.integers(100, 900, n)
    hits = rng.poisson(rng.gamma(2, words / 100 * (1 + 0.5 * group) * (1 + block) / 2))
    cluster = rng.integers(n * 3 // 4, size=n)
    return pd.DataFrame({"hits": hits, "words": words, "group": group, "block": block, "cluster": cluster})


def fit(table):
    return rate_model(table["hits"], table["words"], table["group"].to_numpy(), blocks=table["block"], clusters=table["cluster"])


@pytest.mark.parametrize("seed", range(3))
def test_is_statsmodels_gee_by_formula(seed):
    table = draw(seed)
    model = fit(table)
    wanted = smf.gee("hits ~ C(group) + C(block)", groups="cluster", data=table, offset=np.log(table["words"]),
                     family=sm.families.Poisson()).fit(cov_type="bias_reduced")
    coefficients = table["cluster"].nunique() - 6
    for group in (1, 2):
        both = table[table["group"].isin([0, group])].groupby(["group", "cluster"])["words"].sum().groupby("group")
        df = min(coefficients, both.agg(lambda w: w.sum() ** 2 / (w**2).sum()).min() - 1)
        name = f"C(group)[T.{group}]"
        estimate, low, high, p = model.contrast(group, 0)
        assert estimate == pytest.approx(wanted.params[name], rel=1e-6)
        se = wanted.bse[name]
        assert (high - low) / 2 == pytest.approx(se * scipy.stats.t.ppf(0.975, df), rel=1e-5)
        assert p == pytest.approx(2 * scipy.stats.t.sf(abs(estimate) / se, df), rel=1e-4)
    assert (model.df == coefficients).all()
    assert model.used.all()


@pytest.mark.parametrize("seed", range(3))
def test_estimates_are_those_of_the_conditional_likelihood(seed):
    """Held fixed, events drop out of the likelihood: their rates need not be estimated to compare outlets."""
    table = draw(seed, groups=2)
    wanted = ConditionalPoisson(table["hits"], table[["group"]].astype(float), groups=table["block"],
                                offset=np.log(table["words"])).fit()
    assert fit(table).contrast(1, 0)[0] == pytest.approx(wanted.params.iloc[0], abs=1e-4)


def test_two_groups_of_one_block_are_the_ratio_of_rates():
    model = rate_model([3, 5, 4, 1, 2, 2], [100, 200, 100, 100, 100, 200], [0, 0, 0, 1, 1, 1])
    assert np.exp(model.contrast(0, 1)[0]) == pytest.approx((12 / 400) / (5 / 400))


def test_what_says_nothing_of_a_difference_changes_nothing():
    table = draw(5)
    idle = pd.DataFrame([  # an event of one outlet, one without a hit, one of a single cluster, an article without words
        (9, 100, 0, 7, 900), (3, 100, 0, 7, 901), (0, 100, 0, 8, 902), (0, 100, 1, 8, 903), (2, 100, 0, 9, 904),
        (4, 100, 1, 9, 904), (0, 0, 1, 1, 905)], columns=list(table.columns))
    one, two = fit(table), fit(pd.concat([table, idle], ignore_index=True))
    assert one.contrast(0, 1) == pytest.approx(two.contrast(0, 1))
    assert not two.used[len(table):].any()


def test_groups_that_share_no_event_are_not_compared():
    others = draw(2, groups=2).assign(group=lambda t: t["group"] + 2, block=lambda t: t["block"] + 9)
    table = pd.concat([draw(1, groups=2), others])
    model = fit(table.reset_index(drop=True))
    assert np.isnan(model.contrast(0, 2)).all()
    assert np.isfinite(model.contrast(0, 1)).all()
    assert np.isfinite(model.contrast(2, 3)).all()
    assert len(set(model.component)) == 2


def test_a_group_without_hit_has_no_rate():
    table = draw(3).assign(hits=lambda t: t["hits"].where(t["group"] != 2, 0))
    model = fit(table)
    assert model.component[2] == -1
    assert np.isnan(model.contrast(0, 2)).all()
    assert np.isnan(model.contrast(0, 9)).all()


def test_no_article_is_in_no_model():
    model = rate_model([], [], np.array([], int))
    assert len(model.log) == 0
    assert np.isnan(model.contrast(0, 1)).all()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 200))
def test_order_and_unit_do_not_matter_and_sides_turn_the_sign(seed):
    table = draw(seed)
    model, mixed = fit(table), fit(table.sample(frac=1, random_state=seed).assign(words=lambda t: t["words"] / 1000))
    one, other = model.contrast(0, 1), mixed.contrast(1, 0)
    assert one[0] == pytest.approx(-other[0], abs=1e-6)
    assert one[1] == pytest.approx(-other[2], abs=1e-5)
    assert one[3] == pytest.approx(other[3], abs=1e-5)


def test_holds_where_nothing_differs():
    simulate = runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_models.py"))["simulate"]
    result = simulate((20, 20), (5, 20, 1, 0.5), trials=200)
    assert result.given > 0.9
    assert 0.91 <= result.held <= 1


def test_errors_name_what_is_wrong(monkeypatch):
    for arguments, words in ((([1], [0], [0]), "Article 0 has hits but no words"), (([1, 2], [1, 2], [0]), "one entry for each"),
                             (([1.0], [2], [0.5]), "whole numbers from 0"), (([-1], [2], [0]), "not negative")):
        with pytest.raises(FramelensError, match=words):
            rate_model(arguments[0], arguments[1], np.array(arguments[2]))
    real = builtins.__import__

    def missing(name, *rest, **options):
        if name.startswith("statsmodels"):
            raise ImportError(name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(FramelensError, match=r"pip install 'framelens\[model\]'"):
        fit(draw(1))
