"""Contrasts of any measure: does one outlet differ from another, by how much, and how sure is that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.measure._contrasts import SCALES, Task, contrast_rows
from framelens.measure._rows import MIN_RESAMPLES, find_frame, finish
from framelens.measure._sides import PAIRS, check_options, find_parts, find_sides, select_parts, usual_by
from framelens.stats.multiplicity import METHODS
from framelens.stats.multiplicity import adjust as adjusted

__all__ = ["compare"]


def compare(annotations: Annotations, measure: Callable[..., pd.DataFrame], *, by: str | None = None, reference: str = PAIRS,
            contrast: str = "difference", only: Mapping[str, str | Sequence[str]] | None = None, adjust: str = "holm",
            allow_small_n: bool = False) -> pd.DataFrame:
    r"""Compare outlets (or other groups of articles) in what a measure measures, with interval, p and adjusted p.

    Two intervals that overlap are no test. This is one: the difference :math:`R_1 - R_2` of two ratios of sums, or
    :math:`R_1 / R_2`, or the ratio of their odds, with the bias-reduced cluster variance (CR2; Bell and McCaffrey 2002) and
    Satterthwaite degrees of freedom (Pustejovsky and Tipton 2018). The unit of chance is the syndication cluster; one with
    articles on both sides counts on both and is no evidence of a difference.

    Parameters
    ----------
    annotations : Annotations
        As the measure needs.
    measure : function
        ``measure_labelling``, ``measure_balance``, ``measure_sourcing``, ``measure_agency`` or another that gives estimates by
        articles. Its shares, rates, means and balances are compared; counts, which hang on how many articles there are, are not.
    by : {"origin", "outlet", "publisher", "event"}, optional
        What is compared. Without it: who wrote the text (``origin``), where every article that counts says so, because agency
        copy is not the outlet's wording; else the outlet.
    reference : str
        ``"pairs"``: every two, once; ``"rest"``: each against all others together; or a name: every other against that one.
    contrast : {"difference", "ratio", "odds ratio"}
        A difference is in the unit of the measure, that of balances is the log odds ratio. A mean or balance has no ratio, a
        rate no odds: such numbers are left out.
    only : mapping of str to str or list of str, optional
        Columns and the values to compare, such as ``{"measure": "label_share", "voice": "narrator"}``. Everything that is
        tested is one family: ask for what you want to know, before you look.
    adjust : {"holm", "fdr_bh", "fdr_by", "bonferroni"}
        How ``q_value`` is made of all p values of the call: see :func:`framelens.stats.multiplicity.adjust`.
    allow_small_n : bool
        Compute also where the numbers are too small; the note warns of it.

    Returns
    -------
    DataFrame
        ``estimates``: a row for each two sides and combination. ``contrast`` says what was done ("Herald minus Bugle"),
        ``reference`` with what, and the note names the higher side with both values. ``n_documents``, ``n_clusters`` and
        ``n_units`` are of both sides together. There is an interval where both sides have the numbers that an estimate needs
        (10 clusters, 5 hits in 5 of them, of a share 5 others) and there are 3 degrees of freedom; otherwise the method is
        "description" and the note says why. Intervals are of 95 % each, not together; ``family`` says how many were tested.

    Raises
    ------
    SchemaError
        An option is unknown, there is nothing to compare, or tables lack something.

    References
    ----------
    Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage samples.
    Survey Methodology, 28, 169–181.
    Pustejovsky, J. E., & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis
    testing in fixed effects models. Journal of Business & Economic Statistics, 36, 672–683.

    Examples
    --------
    Do two outlets differ in the share of delegitimising labels in their own voice?

    >>> from framelens.measure.labelling import measure_labelling
    >>> ids = [f"{outlet}{i}" for outlet in "BH" for i in range(10)]
    >>> row = {"zone": "body", "voice": "narrator"}
    >>> labels = pd.DataFrame([{"document_id": d, **row, "group": "protesters", "negated": False, "contested": False,
    ...                         "stance": "delegitimising" if n < (2 if d[0] == "H" else 1) + i % 2 else "neutral"}
    ...                        for i, d in enumerate(ids) for n in range(4)])
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ids, "outlet": ["Bugle"] * 10 + ["Herald"] * 10}),
    ...     "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids}),
    ...     "sizes": pd.DataFrame({"document_id": ids, **row, "n_words": 100}), "mentions": labels})
    >>> asked = {"measure": "label_share", "zone": "body", "voice": "narrator", "stance": "delegitimising"}
    >>> result = compare(found, measure_labelling, only=asked).iloc[0]
    >>> result["contrast"], float(result["estimate"]), [round(float(result[end]), 3) for end in ("ci_low", "ci_high")]
    ('Bugle minus Herald', -0.25, [-0.374, -0.126])
    >>> result["note"]
    'Higher in Herald: 0.625 (25 of 40) against 0.375 (15 of 40) in Bugle.'
    """
    parts = find_parts(measure)
    by = usual_by(annotations, by)
    check_options("compare", by, contrast=(contrast, tuple(SCALES)), adjust=(adjust, METHODS))
    frame = find_frame(annotations, by, MIN_RESAMPLES, 0, allow_small_n=allow_small_n)
    kept = list(select_parts(parts(annotations, frame), only or {}, f"a {contrast}", SCALES[contrast]))
    sides = list(find_sides(frame, reference, by))
    task = Task(frame, contrast)
    table = pd.concat([contrast_rows(task, part, two) for part in kept for two in sides], ignore_index=True)
    tested = int(table["p_value"].notna().sum())
    family = f"{measure.__name__} by {by}: {contrast}, {adjust}, {tested} tests"
    return finish([table.assign(q_value=adjusted(table["p_value"].to_numpy(float), adjust), family=family)])
