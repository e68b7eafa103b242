"""Dispersion against published values, scattertext's printed ones and symmetries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.errors import FramelensError
from framelens.stats.dispersion import carroll_d2, deviation_of_proportions, juilland_d, rosengren_s, undefined_reasons

MEASURES = (deviation_of_proportions, juilland_d, rosengren_s, carroll_d2)


def test_the_corpus_of_gries_2008():
    # Parts of 9, 10, 10, 10, 11 words; a, b, i, q, x in them. Gries 2019 (in Paquot & Gries, Practical Handbook): to 3 places
    sizes = [9, 10, 10, 10, 11]
    counts = np.array([[1, 2, 1, 0, 0], [2, 2, 0, 1, 0], [3, 2, 0, 0, 0], [4, 2, 0, 0, 0], [5, 2, 0, 0, 1]])
    assert deviation_of_proportions(counts, sizes) == pytest.approx([0.18, 0.02, 0.82, 0.8, 0.78], abs=5e-4)
    assert deviation_of_proportions(counts, sizes, normalised=True) == pytest.approx([0.22, 0.024, 1, 0.976, 0.951], abs=5e-4)
    assert juilland_d(counts, sizes) == pytest.approx([0.785, 0.968, 0, 0, 0], abs=5e-4)
    assert rosengren_s(counts, sizes) == pytest.approx([0.95, 0.999, 0.18, 0.2, 0.22], abs=5e-4)
    assert carroll_d2(counts, sizes)[2:] == pytest.approx([0, 0, 0])


def test_values_printed_by_scattertext():
    # scattertext 0.2.2: Dispersion(term_doc_mat=csr_matrix(counts)).dp(), .dp_norm(), .jullands_d(), .rosengrens()
    counts = np.array([[1, 0, 3, 2, 6], [2, 1, 3, 2, 2], [3, 0, 3, 2, 1], [4, 9, 3, 2, 0]])
    sizes = counts.sum(1)
    printed = {
        "dp": [0.1489795918367347, 0.5326530612244897, 0.11734693877551021, 0.11734693877551021, 0.4399092970521542],
        "norm": [0.1825, 0.6525, 0.14375, 0.14375, 0.5388888888888889],
        "d": [0.7556838841629574, 0.20650795238412778, 0.861926049198943, 0.861926049198943, 0.47140324981987014],
        "s": [0.95372186803098, 0.5153029534489642, 0.9813760955007896, 0.9813760955007897, 0.5774130789557143]}
    assert deviation_of_proportions(counts, sizes) == pytest.approx(printed["dp"], rel=1e-12)
    assert deviation_of_proportions(counts, sizes, normalised=True) == pytest.approx(printed["norm"], rel=1e-12)
    assert juilland_d(counts, sizes) == pytest.approx(printed["d"], rel=1e-12)
    assert rosengren_s(counts, sizes) == pytest.approx(printed["s"], rel=1e-12)


def test_by_hand():
    # v/f = 1/4, 3/4; s = 1/3, 2/3: DP = (1/12 + 1/12) / 2; p = .1, .15: mean .125, SD .025 (population)
    assert deviation_of_proportions([1, 3], [10, 20]) == pytest.approx(1 / 12)
    assert deviation_of_proportions([1, 3], [10, 20], normalised=True) == pytest.approx(1 / 12 / (2 / 3))
    assert juilland_d([1, 3], [10, 20]) == pytest.approx(1 - 0.2)
    assert juilland_d([1, 3], [10, 20], sd="sample") == pytest.approx(1 - 0.2 * np.sqrt(2))
    assert rosengren_s([1, 3], [10, 20]) == pytest.approx((np.sqrt(1 / 3) + np.sqrt(2)) ** 2 / 4)
    # q = .4, .6
    assert carroll_d2([1, 3], [10, 20]) == pytest.approx(-(0.4 * np.log2(0.4) + 0.6 * np.log2(0.6)))


@pytest.mark.parametrize("measure", MEASURES)
def test_a_term_that_does_not_occur_is_undefined_and_says_so(measure):
    values = measure([[1, 0], [2, 0]], [10, 20])
    assert np.isfinite(values[0])
    assert np.isnan(values[1])
    assert undefined_reasons([[1, 0], [2, 0]], [10, 20]) == ("", "does not occur")


def test_one_part_has_no_dispersion():
    assert deviation_of_proportions([3], [10]) == 0
    assert rosengren_s([3], [10]) == pytest.approx(1)
    assert np.isnan([deviation_of_proportions([3], [10], normalised=True), juilland_d([3], [10]), carroll_d2([3], [10]),
                     juilland_d([3], [10], sd="sample")]).all()
    assert undefined_reasons([3], [10]) == ("one part only",)


@pytest.mark.parametrize("measure", MEASURES)
def test_parts_without_words_take_no_part(measure):
    assert measure([1, 0, 3], [10, 0, 20]) == measure([1, 3], [10, 20])


def test_one_column_gives_a_number_and_a_table_an_array():
    assert isinstance(juilland_d([1, 2], [5, 5]), float)
    assert juilland_d([[1], [2]], [5, 5]).shape == (1,)


@pytest.mark.parametrize(("arguments", "words"), [
    (([1, 2], [5]), r"counts \(2, 1\) and sizes \(1,\) do not fit"),
    (([1, 7], [5, 5]), "Article 1 has 5 words in sizes but counts a term 7 times"),
    (([1, -2], [5, 5]), "counts: entry 1 is -2"),
    (([0, 0], [0, 0]), "no article with words"),
])
def test_errors_name_what_is_wrong(arguments, words):
    for measure in MEASURES:
        with pytest.raises(FramelensError, match=words):
            measure(*arguments)


def test_unknown_standard_deviation():
    with pytest.raises(FramelensError, match="sd is one of population, sample, not 'n'"):
        juilland_d([1, 2], [5, 5], sd="n")


parts = st.lists(st.tuples(st.integers(0, 20), st.integers(20, 400)), min_size=2, max_size=9).filter(
    lambda group: any(y for y, _ in group))


@settings(max_examples=80, deadline=None)
@given(parts, st.randoms(), st.integers(2, 9))
def test_bounds_order_and_scale(pairs, random, k):
    v, x = np.array(pairs, float).T
    s = x / x.sum()
    order = random.sample(range(len(v)), len(v))
    bounds = {deviation_of_proportions: (0, 1 - s.min()), juilland_d: (0, 1), rosengren_s: (s.min(), 1), carroll_d2: (0, 1)}
    for measure, (low, high) in bounds.items():
        value = measure(v, x)
        assert low - 1e-9 <= value <= high + 1e-9
        assert measure(v[order], x[order]) == pytest.approx(value)
        assert measure(k * v, k * x) == pytest.approx(value)  # the same corpus k times as large


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=9), st.integers(1, 5))
def test_spread_as_the_words_and_all_in_the_smallest_part(sizes, per_ten):
    x = 10.0 * np.array(sizes)
    even = per_ten * x / 10
    assert deviation_of_proportions(even, x) == pytest.approx(0, abs=1e-12)
    assert [juilland_d(even, x), rosengren_s(even, x), carroll_d2(even, x)] == pytest.approx([1, 1, 1])
    clumped = np.where(np.arange(len(x)) == x.argmin(), x, 0)
    assert deviation_of_proportions(clumped, x, normalised=True) == pytest.approx(1)
    assert [juilland_d(clumped, x), carroll_d2(clumped, x)] == pytest.approx([0, 0], abs=1e-9)
