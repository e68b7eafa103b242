"""The design of a comparison, read off a study's tables, and what it can tell: tests and intervals tried where truth is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens.errors import FramelensError
from framelens.measure._intervals import BOUND, Floats, Measure, find_ends, refusals
from framelens.measure.keyness.articles import REST, Sample, find_contrasts, read_articles
from framelens.stats._checks import whole
from framelens.stats.bootstrap import resample_weights
from framelens.stats.contrast import ratio_contrasts
from framelens.stats.permutation import MIN_EXPECTED
from framelens.stats.simulation import TESTS, Design, label_share, simulate_tests

__all__ = ["find_design", "simulate_shares", "simulate_terms"]

LEAST_BURST, MOST_BURST = 0.1, 20.0  # an estimate beyond is one of noise; with 20 counts are nearly independent
MEASURE = Measure("simulated", "share", "share", "labels")
_TYPICAL = Design(1, 1)  # what stands where the articles cannot tell


def find_design(term_counts: pd.DataFrame, documents: pd.DataFrame, target: str, reference: str | None = None, *,
                voice: str | None = None, tables: Mapping[str, pd.DataFrame] | None = None) -> Design:
    r"""Read the design of a comparison off a study's tables, to be tried by :func:`simulate_terms` and :func:`simulate_shares`.

    Parameters
    ----------
    term_counts, documents, target, reference, voice, tables
        As for :func:`framelens.measure_keyness`; the target is the first group.

    Returns
    -------
    Design
        * ``n_first``, ``n_second``: clusters with words, of those on both sides half each; ``copied``: the articles beyond one a
          cluster, half of them over ``n_first``.
        * ``words``, ``length``: mean words of the reference's articles, and of the target's in proportion to it (of clusters of
          one side alone).
        * ``spread``: the standard deviation of the logarithms of lengths about each side's mean.
        * ``burst``: of the variance m + m²/s of counts about each side's rate, by moments

          .. math:: \frac1s = \frac{\sum_i (y_i - r x_i)^2 \frac{n}{n - 2} - \sum_i y_i}{\sum_i (r x_i)^2}

          the median over terms in 3 articles with 5 expected hits, between 0.1 and 20.

        Where there are too few articles or terms to tell, spread is .5 and burst 2, those of common words in news.

    Raises
    ------
    SchemaError
        As for :func:`framelens.measure_keyness`.
    FramelensError
        A side has no words.

    Examples
    --------
    >>> ids = [f"a{i:02}" for i in range(20)]
    >>> counts = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "term": "mob", "count": [3, 1] * 10})
    >>> documents = pd.DataFrame({"document_id": ids, "outlet": ["Herald"] * 8 + ["Post"] * 12})
    >>> sizes = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "n_words": [200] * 8 + [250] * 12,
    ...                       "n_sentences": 9})
    >>> find_design(counts, documents, "Herald", tables={"sizes": sizes}).name
    '8 : 12 | 0 | 0.8 | m + m²/20, 250 words'
    """
    articles = read_articles(term_counts, documents, voice, {} if tables is None else tables, 0)
    contrast = find_contrasts(articles, target, reference)
    if len(contrast) > 1:
        raise FramelensError(f"A design is of two sides, not of {len(contrast)} contrasts. Name one reference, or none for "
                             f"{REST!r}.")
    sample = articles.take(contrast[0])
    if sample.empty:
        raise FramelensError(f"{contrast[0].name}: a side has no words, so that there is nothing to design.")
    used = sample.words > 0
    words, side, clusters = sample.words[used], sample.side[used], sample.clusters[used]
    one, other = (set(clusters[half]) for half in (side, ~side))
    both, n = len(one & other), len(one | other)
    n_first = min(max(1, len(one) - both // 2), n - 1) if n > 1 else 1
    alone = ~np.isin(clusters, list(one & other))  # a text of both sides does not tell how long those of one are
    means = [words[half & alone].mean() if (half & alone).any() else words[half].mean() for half in (side, ~side)]
    logs = np.log(words)
    about = logs - np.where(side, logs[side].mean(), logs[~side].mean())
    spread = float(np.sqrt((about**2).sum() / (len(logs) - 2))) if len(logs) > 2 else _TYPICAL.spread
    return Design(n_first, max(1, n - n_first), _round(spread), max(0.01, _round(means[0] / means[1])), _round(_burst(sample)),
                  _round(min(1.0, (len(words) - n) / 2 / n_first)), words=float(np.round(means[1])))


def _round(value: float) -> float:
    """Round to what such numbers are known to."""
    return round(float(value), 2)


def _burst(sample: Sample) -> float:
    """Estimate how bursty terms are, by moments about the rate of each side."""
    used = sample.words > 0
    x, counts, n = sample.words[used], sample.counts[used].tocsc(), int(used.sum())
    excess, scale = np.zeros((2, counts.shape[1]))
    expected = np.asarray(counts.sum(0)).ravel() * min(x[sample.side[used]].sum(), x[~sample.side[used]].sum()) / x.sum()
    held = np.diff(counts.tocsc().indptr)
    for half in (sample.side[used], ~sample.side[used]):
        y, size = counts[half], x[half]
        hits, squares = (np.asarray(m.sum(0)).ravel() for m in (y, y.multiply(y)))
        rate = hits / size.sum()
        spread = squares - 2 * rate * (size @ y) + rate**2 * (size**2).sum()
        excess += spread * n / max(1, n - 2) - hits
        scale += rate**2 * (size**2).sum()
    fit = (held >= 3) & (expected >= MIN_EXPECTED) & (scale > 0)
    if n < 4 or not fit.any():
        return _TYPICAL.burst
    inverse = float(np.median(excess[fit] / scale[fit]))
    return float(np.clip(1 / inverse if inverse > 0 else np.inf, LEAST_BURST, MOST_BURST))


def simulate_terms(design: Design, *, ratios: Sequence[float] = (1, 2, 3), comparisons: int = 60, n_resamples: int = 999,
                   seed: int = 0) -> pd.DataFrame:
    """Try the tests of keyness on simulated articles of a design: where nothing differs, and where every tenth term does.

    Parameters
    ----------
    design : Design
        From :func:`find_design`, or by hand: ``Design(n_first=12, n_second=40)``.
    ratios : sequence of float
        Of the rates of every tenth of 100 terms of 0.3 to 10 per 1,000 words; 1: nothing differs.
    comparisons : int
        Drawn for each ratio. The simulation error of a share p of comparisons is about the root of p (1 − p) / comparisons.
    n_resamples, seed : int
        Of the permutation test, and of the whole.

    Returns
    -------
    DataFrame
        A row for each ``ratio`` and ``test``, of which each looks at the terms that framelens tests: ``terms_tested``, their
        share of all; ``false_positives``, of those without a difference the ones with p ≤ .05; ``any_keyword``, where nothing
        differs, the comparisons in which any term has q ≤ .05; ``power`` and ``power_q``, of those with the difference the ones
        with p ≤ .05 and with q ≤ .05; ``interval_holds``, the framelens intervals of these that hold the ratio. NaN where
        nothing is tested, or does not apply.

    Raises
    ------
    FramelensError
        A number is out of range.

    Examples
    --------
    >>> from framelens.stats.simulation import Design
    >>> found = simulate_terms(Design(20, 20, burst=0.3), ratios=[1], comparisons=5, n_resamples=99).set_index("test")
    >>> bool(found.loc["framelens", "false_positives"] < 0.1 < found.loc["G2", "false_positives"])
    True
    """
    rows = []
    for ratio in ratios:
        found = simulate_tests(design, ratio=ratio, comparisons=comparisons, n_resamples=n_resamples, seed=seed)
        for test in TESTS:
            row = {"ratio": float(ratio), "test": test, "terms_tested": found.tested if found else 0.0}
            if found:
                row |= {"false_positives": found.false_positives[test]}
                if ratio == 1:
                    row |= {"any_keyword": found.any_keyword[test]}
                else:
                    held = found.interval_holds if test == "framelens" else np.nan
                    row |= {"power": found.power[test], "power_q": found.power_bh[test], "interval_holds": held}
            rows.append(row)
    return pd.DataFrame(rows, columns=["ratio", "test", "terms_tested", "false_positives", "any_keyword", "power", "power_q",
                                       "interval_holds"])


def simulate_shares(design: Design, *, shares: Sequence[float] = (0.02, 0.1, 0.3, 0.5), labels: float = 10, icc: float = 0.1,
                    trials: int = 500, n_resamples: int = 600, seed: int = 0) -> pd.DataFrame:
    """Try the intervals of shares on simulated articles of a design: of either group, and of their difference, which is 0.

    Parameters
    ----------
    design : Design
        Its numbers of articles and the spread of their lengths, which is taken for that of the numbers of labels.
    shares : sequence of float
        True shares, the same in both groups.
    labels : float
        Labels of an article in the mean, at least 1.
    icc : float
        How alike the labels of one article are: 0.1 a little, 0.3 very much.
    trials, n_resamples, seed : int
        Trials (in batches of 250), resamples of the bootstrap, and the seed of the whole.

    Returns
    -------
    DataFrame
        Three rows for each ``share``, ``of`` "first", "second" and their "difference": ``n_articles``, ``given`` (trials that get
        an interval by the rules of the measures and of ``compare``), ``bounds`` (those of them that are one-sided, since there is
        no hit or nothing else), ``holds`` (of the intervals given those that hold the truth; 95 % are promised) and ``width``
        (median).

    Raises
    ------
    FramelensError
        A number is out of range.

    Examples
    --------
    >>> from framelens.stats.simulation import Design
    >>> found = simulate_shares(Design(12, 40), shares=[0.02, 0.3], trials=250, n_resamples=199).set_index(["of", "share"])
    >>> [round(float(found.loc[("first", share), "given"]), 1) for share in (0.02, 0.3)]  # two hits are to be expected of .02
    [0.2, 1.0]
    >>> bool((found.xs(0.3, level="share")["holds"] > 0.9).all())
    True
    """
    n, rows = design.n_first + design.n_second, []
    first = (np.arange(n) < design.n_first)[:, None]
    weights = resample_weights(n, n_resamples=n_resamples, seed=seed)
    for p in shares:
        outlet = label_share(p, labels, icc, spread=design.spread)
        rng = np.random.default_rng([whole("seed", seed, 0), n, *outlet.name.encode()])
        num, den = (np.asarray(values, float) for values in outlet.draw(rng, (n, whole("trials", trials, 1)))[:2])
        groups = [(num * half, den * half) for half in (first, ~first)]
        few = [refusals(MEASURE, (x > 0).sum(0), (y.sum(0), (y > 0).sum(0)), ((x - y).sum(0), (x > y).sum(0))) for y, x in groups]
        for name, sums, why, of in zip(("first", "second"), groups, few, (design.n_first, design.n_second), strict=True):
            ends = find_ends(MEASURE, sums, why, lambda: weights, allow_small_n=False)
            rows.append({"share": p, "of": name, "n_articles": of, **_counted(ends.low, ends.high, p, ends.method == BOUND)})
        both = ratio_contrasts(*groups)
        low = np.where((few[0] == "") & (few[1] == ""), both.low, np.nan)
        rows.append({"share": p, "of": "difference", "n_articles": n,
                     **_counted(low, both.high, 0.0, np.zeros_like(low, bool))})
    return pd.DataFrame(rows)


def _counted(low: Floats, high: Floats, truth: float, bounds: NDArray[np.bool_]) -> dict[str, float]:
    """Count the intervals that are given, those of them that are bounds, and those that hold the truth."""
    given = np.isfinite(low)
    if not given.any():
        return {"given": 0.0, "bounds": 0.0, "holds": np.nan, "width": np.nan}
    held = (low <= truth) & (truth <= high)
    return {"given": float(given.mean()), "bounds": float((given & bounds).mean()), "holds": float(held[given].mean()),
            "width": float(np.median((high - low)[given]))}
