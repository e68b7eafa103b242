"""Rates of groups with blocks (events) held fixed: Poisson regression with the variance taken from clusters."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.special import stdtr, stdtrit

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, aligned, codes_of, numbers

__all__ = ["MIN_DF", "RateModel", "rate_model"]

MIN_DF = 10  # clusters beyond the coefficients, below which the correction of the covariance is most of it


@dataclass(frozen=True)
class RateModel:
    """Rates of groups at like blocks.

    Attributes
    ----------
    log : ndarray of float
        Natural log rate of each group; only differences within one ``component`` mean anything. NaN where it is not in the model.
    covariance : ndarray of float, groups × groups
    df : ndarray of int
        Clusters less coefficients, of the component of each group.
    component : ndarray of int
        Groups of one number share blocks, directly or over others; -1 where a group is not in the model.
    n_clusters : ndarray of int
        Clusters of each group in the model.
    effective : ndarray of float
        Kish's effective number of them, by their words: where a few long articles hold most of the text, these decide.
    used : ndarray of bool
        Which articles are in the model.
    method : str
    """

    log: Floats
    covariance: Floats
    df: NDArray[np.int64]
    component: NDArray[np.int64]
    n_clusters: NDArray[np.int64]
    effective: Floats
    used: NDArray[np.bool_]
    method: str

    def contrast(self, i: int, j: int, *, level: float = 0.95) -> tuple[float, float, float, float]:
        """Return the natural log of the rate of group i over that of group j, both ends of its interval, and p.

        The degrees of freedom are no more than the effective clusters of either group less one. All are NaN where no block
        links the groups; the last three where there is no degree of freedom.
        """
        if max(i, j) >= len(self.component) or self.component[i] < 0 or self.component[i] != self.component[j]:
            return (np.nan,) * 4
        estimate = float(self.log[i] - self.log[j])
        variance = self.covariance[i, i] + self.covariance[j, j] - 2 * self.covariance[i, j]
        df = min(float(self.df[i]), float(self.effective[[i, j]].min()) - 1)
        if df < 1 or not variance > 0:
            return estimate, np.nan, np.nan, np.nan
        se = float(np.sqrt(variance))
        reach = float(stdtrit(df, (1 + level) / 2)) * se
        return estimate, estimate - reach, estimate + reach, float(2 * stdtr(df, -abs(estimate) / se))


def rate_model(hits: ArrayLike, sizes: ArrayLike, groups: ArrayLike, *, blocks: ArrayLike | None = None,
               clusters: ArrayLike | None = None) -> RateModel:
    r"""Fit :math:`\log E(y_i) = \log x_i + \beta_{g(i)} + \gamma_{b(i)}` by generalised estimating equations.

    The estimates are those of Poisson regression (independence as working correlation: Liang and Zeger 1986), which hold
    whatever the variance of the counts. The covariance is the bias-reduced one of Mancl and DeRouen (2001) over clusters, with
    Student's t of the clusters less the coefficients, but no more degrees of freedom than either group has effective clusters
    (Kish 1965, by words) less one: where few clusters or a few long articles decide, they are what the variance is known by.
    statsmodels does the fitting.

    What says nothing of a difference between groups is left out: blocks of one group or one cluster alone or without a
    hit, groups of one cluster or without a hit.

    Parameters
    ----------
    hits, sizes : array_like
        Counts y and words x of each article; those without words are left out.
    groups : array_like of int
        Group of each article, numbered from 0.
    blocks : array_like, optional
        Event of each article; without it all are one block.
    clusters : array_like, optional
        Cluster of each article; each its own by default.

    Returns
    -------
    RateModel

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is negative or not finite, or statsmodels is not installed.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley.
    Liang, K.-Y., & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika, 73, 13–22.
    Mancl, L. A., & DeRouen, T. A. (2001). A covariance estimator for GEE with improved small-sample properties. Biometrics,
    57, 126–134.

    Examples
    --------
    The second group has twice the rate at either event, and is more often at the quiet one:

    >>> hits, group, event = [2, 2, 8, 8, 8, 4, 4, 4, 16], [0] * 5 + [1] * 4, list("aabbbaaab")
    >>> model = rate_model(hits, [100] * 9, group, blocks=event)
    >>> round(float(np.exp(model.contrast(1, 0)[0])), 6)
    2.0
    """
    aligned(hits=hits, sizes=sizes, groups=groups, blocks=blocks, clusters=clusters)
    y, x = numbers(hits, "hits"), numbers(sizes, "sizes", "sizes")
    group = np.asarray(groups)
    block = codes_of(np.zeros(len(y)) if blocks is None else blocks, "blocks")
    cluster = codes_of(np.arange(len(y)) if clusters is None else clusters, "clusters")
    if any(a.shape != y.shape or a.ndim != 1 for a in (x, group, block, cluster)) or not np.issubdtype(group.dtype, np.integer):
        raise FramelensError("hits, sizes, groups, blocks and clusters have one entry for each article; groups are whole "
                             "numbers from 0.")
    if ((y > 0) & (x == 0)).any():
        raise FramelensError(f"Article {int(np.argmax((y > 0) & (x == 0)))} has hits but no words in sizes.")
    n_groups = int(group.max()) + 1 if len(group) else 0
    used = _informative(y, x, group, block, cluster)
    log, df = np.full(n_groups, np.nan), np.zeros(n_groups, np.int64)
    covariance, component = np.full((n_groups, n_groups), np.nan), np.full(n_groups, -1, np.int64)
    for number, rows in enumerate(_components(used, group, block)):
        own, at_group = np.unique(group[rows], return_inverse=True)
        _, at_block = np.unique(block[rows], return_inverse=True)
        design = np.hstack([np.eye(len(own))[at_group], np.eye(int(at_block.max()) + 1)[at_block][:, 1:]])
        found = _fit(y[rows], x[rows], design, cluster[rows])
        if found is None:
            used[rows] = False
            continue
        component[own], df[own] = number, len(np.unique(cluster[rows])) - design.shape[1]
        log[own], covariance[np.ix_(own, own)] = found[0][:len(own)], found[1][:len(own), :len(own)]
    n_clusters = np.array([len(np.unique(cluster[used & (group == g)])) for g in range(n_groups)], np.int64)
    effective = np.array([_kish(x[rows], cluster[rows]) for rows in (used & (group == g) for g in range(n_groups))])
    return RateModel(log, covariance, df, component, n_clusters, effective, used,
                     "Poisson GEE, Mancl-DeRouen covariance of clusters")


def _kish(x: Floats, cluster: NDArray[np.int64]) -> float:
    """Return the effective number of clusters, by their words."""
    words = np.bincount(cluster, x) if len(x) else np.zeros(1)
    return float(words.sum() ** 2 / (words**2).sum()) if words.any() else 0.0


def _informative(y: Floats, x: Floats, group: NDArray[Any], block: NDArray[Any], cluster: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell which articles say something of a difference; leaving some out can make others idle."""
    used = x > 0
    while True:
        kept = used.copy()
        for number in np.unique(block[used]):
            rows = used & (block == number)
            if len(np.unique(group[rows])) < 2 or len(np.unique(cluster[rows])) < 2 or not y[rows].any():
                kept &= ~rows
        for number in np.unique(group[kept]):
            rows = kept & (group == number)
            if len(np.unique(cluster[rows])) < 2 or not y[rows].any():
                kept &= ~rows
        if (kept == used).all():
            return used
        used = kept


def _components(used: NDArray[np.bool_], group: NDArray[Any], block: NDArray[Any]) -> list[NDArray[np.intp]]:
    """Split the articles into those whose groups are linked by blocks."""
    rows = np.flatnonzero(used)
    if not len(rows):
        return []
    n = int(group.max()) + 1
    size = n + int(block.max()) + 1
    links = coo_array((np.ones(len(rows)), (group[rows], n + block[rows])), shape=(size, size))
    labels = connected_components(links, directed=False)[1][group[rows]]
    return [rows[labels == label] for label in np.unique(labels)]


def _fit(y: Floats, x: Floats, design: Floats, cluster: NDArray[Any]) -> tuple[Floats, Floats] | None:
    """Fit by statsmodels; nothing where it does not converge."""
    try:
        from statsmodels.genmod.families import Poisson
        from statsmodels.genmod.generalized_estimating_equations import GEE
    except ImportError as error:
        raise FramelensError("The model needs statsmodels, which is not installed: pip install 'framelens[model]'.") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is not finite is refused below
        try:
            fit = GEE(y, design, groups=cluster, family=Poisson(), offset=np.log(x)).fit(cov_type="bias_reduced", maxiter=200)
        except np.linalg.LinAlgError:
            return None
    parameters, covariance = np.asarray(fit.params), np.asarray(fit.cov_params())
    fine = bool(fit.converged) and np.isfinite(parameters).all() and np.isfinite(covariance).all()
    return (parameters, covariance) if fine else None
