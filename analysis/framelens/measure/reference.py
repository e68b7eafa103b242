"""Packaged estimates of real news, beside which a study's own can be read."""

from __future__ import annotations

import pandas as pd

from framelens import io, schema
from framelens.errors import FramelensError

__all__ = ["REFERENCES", "read_reference"]

REFERENCES = ("us_campaign_news",)


def read_reference(name: str = "us_campaign_news") -> pd.DataFrame:
    """Read estimates that framelens made of real news, as a scale for those of a study.

    ``us_campaign_news`` says how much is attributed in 924 articles of seven American outlets, November 2015 to October 2016: the
    study ``data/us-election-2016``, of the corpus PolNeAR (Newell, Margolin & Ruths 2018). It is one time, country and topic:
    news of other kinds may well lie elsewhere, and lie right.

    Parameters
    ----------
    name : str
        ``us_campaign_news``.

    Returns
    -------
    DataFrame
        ``estimates``: ``attributed_words_share`` and ``reported_speech_words_share`` (shares), ``attribution_density`` and
        ``reported_speech_density`` (per 1,000 words), each as :func:`framelens.measure_sourcing` makes it; a row an outlet, and
        one without ``outlet`` over all articles, with 95 % intervals.

    Raises
    ------
    FramelensError
        There is no such reference.

    References
    ----------
    Newell, E., Margolin, D., & Ruths, D. (2018). An attribution relations corpus for political news. Proceedings of LREC 2018.

    Examples
    --------
    >>> rows = read_reference()
    >>> over_all = rows[rows["outlet"].isna()].set_index("measure")
    >>> shares = over_all.loc["attributed_words_share", ["ci_low", "estimate", "ci_high"]]
    >>> bool(shares.is_monotonic_increasing)
    True
    >>> read_reference("moon_news")
    Traceback (most recent call last):
      ...
    framelens.errors.FramelensError: There is no reference 'moon_news'. Packaged: us_campaign_news.
    """
    if name not in REFERENCES:
        raise FramelensError(f"There is no reference {name!r}. Packaged: {', '.join(REFERENCES)}.")
    file = f"reference/{name}.csv"
    return schema.validate(io.parse_csv(io.packaged_text(file), file).reset_index(drop=True), "estimates")
