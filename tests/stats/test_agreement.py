"""Agreement against published values, nltk, statsmodels, the krippendorff package and its own symmetries."""

from __future__ import annotations

import runpy
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import AnnotationTask, binary_distance, interval_distance
from statsmodels.stats import inter_rater

from framelens.errors import FramelensError
from framelens.stats.agreement import LEVELS, cohen_kappa, fleiss_kappa, krippendorff_alpha, observed_agreement
from framelens.stats.bootstrap import resample_weights

NAN = np.nan
# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", part C: four observers, twelve units
KRIPPENDORFF = np.array([[1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
                         [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN]])
RANDOM = np.array([[3, NAN, 0, 4, 2, 2, 3, 1, NAN, 0, 1, 1, 2, 2, 0], [0, 0, 0, 4, 4, 2, 3, 1, NAN, 0, 2, 1, 2, 2, 0],
                   [3, NAN, 0, 1, 2, 2, 3, 1, NAN, 0, 4, 2, 2, 2, 1], [4, NAN, 0, 4, 2, 0, 3, 1, 1, 0, 1, 1, 2, 2, 0]])
SCRIPT = Path(__file__).parents[1] / "properties" / "simulate_association.py"


def alpha(codings, level="nominal"):
    return krippendorff_alpha(codings, level, n_resamples=0).alpha


def plain_alpha(codings, level):
    """Alpha by its definition: pairs within units against all pairs."""
    units = [[v for v in unit if v == v] for unit in np.asarray(codings).T]
    units = [unit for unit in units if len(unit) > 1]
    values = [v for unit in units for v in unit]

    def gap(c, k):
        if level == "nominal":
            return float(c != k)
        if level == "interval":
            return (c - k) ** 2
        if level == "ratio":
            return ((c - k) / (c + k)) ** 2 if c + k else 0.0
        between = [values.count(g) for g in sorted(set(values)) if min(c, k) <= g <= max(c, k)]
        return (sum(between) - (values.count(c) + values.count(k)) / 2) ** 2 if c != k else 0.0

    n = len(values)
    observed = sum(gap(c, k) / (len(unit) - 1) for unit in units for c, k in permutations(unit, 2)) / n
    expected = sum(gap(c, k) for c, k in permutations(values, 2)) / (n * (n - 1))
    return 1 - observed / expected if expected else NAN


def task(codings, distance=binary_distance):
    return AnnotationTask([(f"c{i}", f"u{j}", v) for i, row in enumerate(codings) for j, v in enumerate(row) if v == v],
                          distance=distance)


# Published and other implementations

@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_krippendorffs_own_example(level, published):
    result = krippendorff_alpha(KRIPPENDORFF, level)
    assert result.alpha == pytest.approx(published, abs=5e-4)
    assert (result.n_units, result.n_values) == (11, 40)


def test_binary_example_by_hand():
    # Krippendorff 2011, part A: two observers, ten units, coincidences 10, 4, 6 of 20: alpha = 1 - 19 * 4 / (14 * 6)
    one, other = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha([one, other]) == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert alpha([one, other]) == pytest.approx(0.095, abs=5e-4)


def test_values_printed_by_the_krippendorff_package():
    # krippendorff 0.9.0: krippendorff.alpha(RANDOM, level_of_measurement=level)
    printed = {"nominal": 0.5925215723873443, "ordinal": 0.5961851836376552, "interval": 0.5555307262569833,
               "ratio": 0.6541680512966955}
    for level in LEVELS:
        assert alpha(RANDOM, level) == pytest.approx(printed[level], rel=1e-12)


@pytest.mark.parametrize(("level", "distance"), [("nominal", binary_distance), ("interval", interval_distance)])
def test_is_nltk_annotation_task(level, distance):
    for codings in (KRIPPENDORFF[:, :9], RANDOM[:, [0, 2, 3, 4, 5, 6, 9, 10, 11]]):
        assert alpha(codings, level) == pytest.approx(task(codings, distance).alpha(), rel=1e-9)


def test_kappas_are_those_of_nltk_and_statsmodels():
    rng = np.random.default_rng(4)
    codings = rng.integers(0, 3, (4, 40))
    codings[1:] = np.where(rng.random((3, 40)) < 0.6, codings[0], codings[1:])
    table = inter_rater.aggregate_raters(codings.T)[0]
    assert fleiss_kappa(codings) == pytest.approx(inter_rater.fleiss_kappa(table))
    pair = codings[:2]
    crossed = np.histogram2d(*pair, bins=3)[0]
    assert cohen_kappa(pair) == pytest.approx(inter_rater.cohens_kappa(crossed).kappa)
    assert cohen_kappa(pair) == pytest.approx(task(pair).kappa())
    assert fleiss_kappa(pair) == pytest.approx(task(pair).pi())  # Scott's
    assert observed_agreement(codings) == pytest.approx(task(codings).avg_Ao())


def test_kappas_by_hand():
    # Agree in 3 of 4; shares (3/4, 1/4) and (1/2, 1/2): Cohen .5; pooled (5/8, 3/8): Scott 34/64
    codings = [["us", "them", "us", "us"], ["us", "them", "us", "them"]]
    assert observed_agreement(codings) == 0.75
    assert cohen_kappa(codings) == pytest.approx((0.75 - 0.5) / 0.5)
    assert fleiss_kappa(codings) == pytest.approx((0.75 - 34 / 64) / (1 - 34 / 64))
    assert alpha(codings) == pytest.approx(1 - 7 * 2 / (5 * 3 * 2 / 2 * 2))  # coincidences: D_o 2/8, D_e 2·5·3/(8·7)


def test_missing_values_leave_their_pairs_out():
    # pairs: unit 0 three (one alike), unit 1 one (alike), unit 2 none
    assert observed_agreement([["a", "b", "a"], ["a", "b", None], ["c", "", ""]]) == pytest.approx(2 / 4)
    frame = pd.DataFrame({"u": [1, 1], "v": [2, 3], "w": [None, 3], "x": [3, 3]}, dtype="Int64")
    assert alpha(frame) == alpha([[1, 2, NAN, 3], [1, 3, 3, 3]])
    assert cohen_kappa([["a", "b", "a", None], ["a", "a", "a", "b"]]) == cohen_kappa([["a", "b", "a"], ["a", "a", "a"]])


# Interval

@pytest.mark.parametrize("level", LEVELS)
def test_interval_is_a_plain_loop_over_resampled_units(level):
    units = RANDOM[:, [j for j in range(15) if (RANDOM[:, j] == RANDOM[:, j]).sum() > 1]]
    weights = resample_weights(units.shape[1], n_resamples=200, seed=3)
    again = [plain_alpha(np.repeat(units, w, axis=1), level) for w in weights]
    low, high = np.quantile(again, [0.05, 0.95])
    result = krippendorff_alpha(RANDOM, level, ci_level=0.9, n_resamples=200, seed=3)
    assert (result.ci_low, result.ci_high) == pytest.approx((low, high), rel=1e-9)
    assert result.ci_low < result.alpha < result.ci_high
    assert result.method == f"Krippendorff's alpha, {level}; percentile bootstrap over units, 200 resamples"


def test_interval_in_parts_is_the_interval_at_once(monkeypatch):
    whole = krippendorff_alpha(RANDOM, "ordinal", n_resamples=300)
    monkeypatch.setattr("framelens.stats.agreement._CHUNK", 700)
    assert krippendorff_alpha(RANDOM, "ordinal", n_resamples=300) == whole


@pytest.mark.parametrize("cell", [(50, 3, 0.8, (0.2, 0.3, 0.5)), (200, 4, 0.7, (0.05, 0.15, 0.8))])
def test_interval_holds_the_truth(cell):
    script = runpy.run_path(str(SCRIPT))
    given, held = script["coverage"](*cell, trials=300)
    assert given == 1
    assert held >= 0.90  # 95 % nominal; three standard errors of 300 trials are 4 points


# Degenerate

@pytest.mark.parametrize(("codings", "reason"), [
    ([[1, NAN], [NAN, 2]], "no unit has two values"),
    (np.full((2, 3), NAN), "no unit has two values"),
    (np.empty((2, 0)), "no unit has two values"),
    ([[1, 1], [1, 1]], "all values are equal"),
])
@pytest.mark.parametrize("level", LEVELS)
def test_alpha_is_undefined_for_a_reason(codings, reason, level):
    result = krippendorff_alpha(codings, level)
    assert result.reason == reason
    assert np.isnan([result.alpha, result.ci_low, result.ci_high]).all()


@pytest.mark.parametrize(("codings", "reason"), [
    ([[1, 2, 3], [1, 2, 3]], "no disagreement"),
    ([[1, 2], [2, NAN]], "one unit only"),
    ([[1] * 9 + [1], [1] * 9 + [2]], "too few units differ"),
])
def test_interval_is_undefined_for_a_reason(codings, reason):
    result = krippendorff_alpha(codings)
    assert result.reason == reason
    assert np.isfinite(result.alpha)
    assert np.isnan([result.ci_low, result.ci_high]).all()


def test_kappas_without_variation_are_undefined():
    assert np.isnan([cohen_kappa([[1, 1], [1, 1]]), fleiss_kappa([[1, 1], [1, 1]]), cohen_kappa([[1, NAN], [NAN, 1]]),
                     observed_agreement([[1, NAN], [NAN, 1]])]).all()


@pytest.mark.parametrize(("call", "words"), [
    (lambda: krippendorff_alpha([1, 2, 3]), r"shape \(3,\): it is a table, coders × units"),
    (lambda: krippendorff_alpha([["low", "high"], ["low", "low"]], "ordinal"), "holds text .'low'.: only the nominal level"),
    (lambda: krippendorff_alpha([["low", 1], ["low", 2]]), "mixes text and numbers"),
    (lambda: krippendorff_alpha([[(1, 2), 1], [1, 2]]), r"shape|neither number nor text"),
    (lambda: krippendorff_alpha([[-1, 1], [1, 1]], "ratio"), "holds -1: values of a ratio scale are 0 or more"),
    (lambda: krippendorff_alpha([[1, 2], [1, 1]], "metric"), "level is one of nominal, ordinal, interval, ratio"),
    (lambda: krippendorff_alpha([[1, 2], [1, 1]], ci_level=95), "ci_level lies between 0 and 1"),
    (lambda: krippendorff_alpha([[1, 2], [1, 1]], n_resamples=-1), "n_resamples is at least 0"),
    (lambda: krippendorff_alpha([[1, 2], [1, np.inf]], "interval"), "holds an infinite value"),
    (lambda: cohen_kappa([[1, 2]] * 3), "of two coders, not 3"),
    (lambda: fleiss_kappa([[1, 2], [1, NAN], [1, 1]]), "here: 2 to 3"),
    (lambda: fleiss_kappa(np.empty((2, 0))), "here: no unit"),
])
def test_errors_name_what_is_wrong(call, words):
    with pytest.raises(FramelensError, match=words):
        call()


# Properties

tables = st.integers(2, 4).flatmap(lambda coders: st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 7.0, NAN]), min_size=coders, max_size=coders), min_size=2, max_size=8))


@settings(max_examples=80, deadline=None)
@given(tables, st.sampled_from(LEVELS), st.randoms())
def test_is_the_definition_and_blind_to_the_order_of_coders_and_units(units, level, random):
    codings = np.array(units).T
    value = alpha(codings, level)
    assert value == pytest.approx(plain_alpha(codings, level), abs=1e-9, nan_ok=True)
    shuffled = codings[random.sample(range(len(codings)), len(codings))][:, random.sample(range(len(units)), len(units))]
    assert alpha(shuffled, level) == pytest.approx(value, abs=1e-9, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_each_level_knows_its_own_transformations(units):
    codings = np.array(units).T
    labels = np.where(np.isnan(codings), "", np.char.add("value ", codings.astype(str)))
    for level, changed in (("nominal", (5 * codings) % 8), ("nominal", labels), ("ordinal", np.exp(codings)),
                           ("interval", 3 * codings - 50), ("interval", codings + 1e9), ("ratio", 9 * codings)):
        assert alpha(changed, level) == pytest.approx(alpha(codings, level), abs=1e-9, nan_ok=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=10).filter(lambda row: len(set(row)) > 1), st.integers(2, 4),
       st.sampled_from(LEVELS))
def test_perfect_agreement_is_one(row, coders, level):
    assert alpha([row] * coders, level) == 1
    assert fleiss_kappa([row] * coders) == pytest.approx(1)
    assert cohen_kappa([row] * 2) == pytest.approx(1)
