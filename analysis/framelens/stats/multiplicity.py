"""Adjusting p-values for the number of tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, one_of

__all__ = ["METHODS", "adjust"]

METHODS = ("fdr_bh", "fdr_by", "holm", "bonferroni")


def adjust(p: ArrayLike, method: str = "fdr_bh") -> Floats:
    r"""Adjust p-values so that comparing them with a level holds an error rate over all that were tested.

    With m tests and :math:`p_{(1)} \le \dots \le p_{(m)}`:

    * ``"fdr_bh"``: :math:`\min_{j \ge i} m p_{(j)} / j`, the false discovery rate of independent or positively dependent tests
      (Benjamini & Hochberg 1995);
    * ``"fdr_by"``: the same times :math:`\sum_{j=1}^m 1/j`, under any dependence (Benjamini & Yekutieli 2001);
    * ``"holm"``: :math:`\max_{j \le i} (m - j + 1) p_{(j)}`, the chance of any false positive (Holm 1979);
    * ``"bonferroni"``: :math:`m p`, the same, less powerful.

    Parameters
    ----------
    p : array_like
        P-values of everything that was tested, in any shape. NaN is not tested: it stays NaN and does not count.
    method : {"fdr_bh", "fdr_by", "holm", "bonferroni"}
        See above.

    Returns
    -------
    ndarray of float
        Adjusted p-values, at most 1, in the shape and order of ``p``.

    Raises
    ------
    FramelensError
        A p-value lies outside 0 to 1 or is no number, or the method is unknown.

    Examples
    --------
    >>> adjust([0.01, 0.04, 0.03, float("nan")]).round(4).tolist()
    [0.03, 0.04, 0.04, nan]
    >>> adjust([0.01, 0.04, 0.03], "holm").round(4).tolist()
    [0.03, 0.06, 0.06]
    """
    one_of("method", method, METHODS)
    try:
        given = np.asarray(p, float)
    except (TypeError, ValueError) as error:
        raise FramelensError("p holds something that is no number: p-values lie between 0 and 1, NaN where nothing was "
                             "tested.") from error
    tested = ~np.isnan(given)
    values = given[tested]
    if ((values < 0) | (values > 1)).any():
        wrong = values[(values < 0) | (values > 1)][0]
        raise FramelensError(f"{wrong:g} is no p-value: they lie between 0 and 1, NaN where nothing was tested.")
    order = np.argsort(values)
    ranks, m = np.arange(1, len(values) + 1), len(values)
    ordered = values[order]
    if method == "bonferroni":
        ordered = m * ordered
    elif method == "holm":
        ordered = np.maximum.accumulate((m - ranks + 1) * ordered)
    else:
        dependence = (1 / ranks).sum() if method == "fdr_by" else 1.0
        ordered = np.minimum.accumulate((m * dependence * ordered / ranks)[::-1])[::-1]
    adjusted = np.full_like(given, np.nan)
    back = np.empty_like(values)
    back[order] = np.minimum(ordered, 1.0)
    adjusted[tested] = back
    return adjusted
