"""Which articles report one event: published near in time, and alike as articles of other times are not."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from framelens.errors import CorpusError
from framelens.text.view import read_views

__all__ = ["assign_events"]

MIN_APART = 20  # pairs of articles further apart than the window, to know by what articles of two events differ
_NEVER = 1e6  # the distance of articles that cannot be of one event
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")
_LESS = re.compile(r"(?:\d{4}(?:-\d\d)?)?")  # nothing, a year or a month: no day
Floats = NDArray[np.float64]


def assign_events(documents: pd.DataFrame, zones: pd.DataFrame, *, window: int = 2, level: float = 0.95) -> pd.DataFrame:
    r"""Fill the column ``event``: articles published near in time that share their rarer words, names above all.

    The similarity of two articles is the cosine of their words (headline and body, each counted once, weighted by
    :math:`\log N / n` of the n among N articles that hold it). How alike articles on two events are is read from the corpus
    itself: pairs published more than ``window`` days apart. Articles are joined, the likest first (average linkage, Sokal and
    Michener 1958), while the mean similarity of two groups is above the ``level`` quantile of these pairs and no two of
    their articles are further apart than ``window`` days.

    Parameters
    ----------
    documents : DataFrame
        ``documents`` with document_id, text and published (ISO 8601, to the day).
    zones : DataFrame
        ``zones`` of the same articles.
    window : int
        Days between the first and the last article on an event, at most.
    level : float
        Between 0 and 1: the higher, the fewer articles are joined.

    Returns
    -------
    DataFrame
        ``documents`` with ``event``: "auto:" and the smallest document_id of the event. An event that was known before is written
        over; articles that are excluded or have no text or day get none. An event may be of one article.

    Raises
    ------
    CorpusError
        An option is out of range, a date is none, or the corpus has too few pairs of articles that are further apart than the
        window: then nothing tells how alike articles on two events are.

    Notes
    -----
    Time and memory grow with the square of the number of articles: for some thousand. Checked on one invented corpus whose
    events are known (``docs/methods/labelling.md``); look at what it joins before you rely on it. A story that goes on
    for longer than the window is cut, and two events of one day with one cast may be one.

    References
    ----------
    Sokal, R. R., & Michener, C. D. (1958). A statistical method for evaluating systematic relationships. University of Kansas
    Science Bulletin, 38, 1409–1438.

    Examples
    --------
    >>> stories = ["A fire destroyed the silo.", "Councillors rejected the budget.", "The ferry ran aground.", "Millers strike."]
    >>> texts = [(f"{o}{i}", f"{story} {o} has more.", f"2024-03-{1 + 3 * i:02}") for i, story in enumerate(stories)
    ...          for o in ("herald", "post")]
    >>> documents = pd.DataFrame(texts, columns=["document_id", "text", "published"])
    >>> zones = pd.DataFrame({"document_id": documents["document_id"], "start": 0, "end": documents["text"].str.len(),
    ...                       "kind": "body", "rule": "body"})
    >>> assign_events(documents, zones)["event"].tolist()[:4]
    ['auto:herald0', 'auto:herald0', 'auto:herald1', 'auto:herald1']
    """
    if window < 0 or not 0 < level < 1:
        raise CorpusError(f"window is a number of days and level lies between 0 and 1, not {window!r} and {level!r}.")
    words = {view.document_id: {word for s in view.sentences for word in view.words[s.first:s.last] if word}
             for view in read_views(documents, zones)}
    if "published" not in documents:
        raise CorpusError("Table 'documents', column 'published': the column is missing. Add each article's day (2022-01-05).")
    published = documents["published"].astype(str).where(documents["published"].notna(), "")
    dated = zip(documents["document_id"].astype(str), published, strict=True)
    days = {name: _ordinal(day) for name, day in dated if not _LESS.fullmatch(day)}
    names = sorted(name for name, held in words.items() if held and name in days)
    apart = np.abs(np.subtract.outer(*[np.array([days[name] for name in names], float)] * 2)) > window
    first, second = np.triu_indices(len(names), 1)
    far = apart[first, second]
    if far.sum() < MIN_APART:
        raise CorpusError(f"{far.sum()} pairs of articles with text and day are more than {window} days apart; {MIN_APART} are "
                          "needed to tell how alike articles on two events are. Fill the column 'event' by hand, or take a "
                          "smaller window.")
    alike = _similarities([words[name] for name in names])
    least = np.quantile(alike[first, second][far], level)
    distance = np.where(apart, _NEVER, np.maximum(1 - alike, 0))  # of two articles of one text it may be rounded below 0
    np.fill_diagonal(distance, 0)
    # Above the quantile, not at it: where it is 0, articles without a word in common are of no event.
    label = fcluster(linkage(squareform(distance, checks=False), "average"), np.nextafter(1 - least, 0), "distance")
    event = pd.Series(names, dtype=object).groupby(label).transform("min")
    found = dict(zip(names, "auto:" + event, strict=True))
    return documents.assign(event=documents["document_id"].astype(str).map(found).astype("str"))


def _ordinal(day: str) -> int:
    """Number a day."""
    try:
        if not _DAY.fullmatch(day):
            raise ValueError
        return dt.date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        raise CorpusError(f"Table 'documents', column 'published': {day!r} is no date. Write ISO 8601: 2022-01-05.") from None


def _similarities(held: list[set[str]]) -> Floats:
    """Return the cosine of every two sets of words, rare words weighing more."""
    number: dict[str, int] = {}
    columns = [number.setdefault(word, len(number)) for words in held for word in sorted(words)]
    rows = np.repeat(np.arange(len(held)), [len(words) for words in held])
    counts = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(held), len(number))).tocsr()
    weighted = counts @ sparse.diags_array(np.log(len(held) / np.asarray(counts.sum(0)).ravel()))
    product = (weighted @ weighted.T).toarray()
    length = np.sqrt(np.diagonal(product))
    with np.errstate(all="ignore"):  # an article of words that all have is like none
        return np.nan_to_num(product / np.outer(length, length))
