"""How far two scorers of tone agree, by outlet and voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import (
    LEVEL,
    MIN_CLUSTERS,
    MIN_RESAMPLES,
    Count,
    Counted,
    Frame,
    Measure,
    Part,
    Tallies,
    articles_of,
    combinations,
    estimate_rows,
    find_frame,
    finish,
    parts_of,
    tally,
)
from framelens.stats.scores import STATISTICS, ScoreAgreement, score_agreement

__all__ = ["find_scored", "measure_scorer_agreement"]

SCORERS = ("textblob_polarity", "vader_compound")
ANY, SENTENCE = "any", "sentence"
UNITS = {"pearson": "correlation", "spearman": "rank correlation", "alpha": "alpha"}
SEGMENT = ["document_id", "sentence", "start", "voice"]


def measure_scorer_agreement(annotations: Annotations, *, scorers: Sequence[str] = SCORERS, by: str = "outlet",
                             allow_small_n: bool = False) -> pd.DataFrame:
    r"""Measure how far two scorers agree on the same segments, for each unit of ``by`` and voice.

    Four measures: ``scorer_pearson`` and ``scorer_spearman``, whether the scores rise together; ``scorer_alpha``,
    Krippendorff's alpha at the interval level, whether they are equal; and ``scorer_opposite_share``, of the segments that both
    score other than 0 the share to which they give opposite signs. Scorers that agree may still both be wrong.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id, cluster_id)
        and sentiment. Rows toward a group are left out: they are parts of the same sentences.
    scorers : two of the scorers in ``sentiment``
        Two that run from −1 to 1 about 0. The first stands in the column ``scorer``, the second in ``reference``.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.

    Returns
    -------
    DataFrame
        ``estimates``. ``n_units`` is the segments that both scored. There is an interval where 10 clusters have such a segment
        (of the share, as of any share).

    Raises
    ------
    SchemaError
        A scorer is not in the table or the other one too, ``by`` is no grouping, or tables contradict one another.

    Notes
    -----
    Intervals: cluster jackknife of Fisher's z, :func:`framelens.stats.scores.score_agreement`; the share by effective clusters.

    References
    ----------
    Boukes, M., van de Velde, B., Araujo, T., & Vliegenthart, R. (2020). What's the tone? Easy doesn't do it. Communication
    Methods and Measures, 14(2), 83-104.
    van Atteveldt, W., van der Velden, M. A. C. G., & Boukes, M. (2021). The validity of sentiment analysis. Communication
    Methods and Measures, 15(2), 121-140.

    Examples
    --------
    >>> row = {"document_id": "a", "voice": "narrator", "target_group": "any"}
    >>> scores = {"textblob_polarity": [0.5, 0.0, -0.25, 0.1], "vader_compound": [0.75, 0.0, 0.25, 0.0]}
    >>> tables = {
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sentiment": pd.DataFrame([{**row, "sentence": i, "start": 9 * i, "scorer": name, "score": score}
    ...                                for name, values in scores.items() for i, score in enumerate(values)])}
    >>> found = measure_scorer_agreement(Annotations(tables)).query("voice == 'narrator'")
    >>> found[["measure", "estimate"]].round(3).values.tolist()
    [['scorer_pearson', 0.68], ['scorer_spearman', 0.316], ['scorer_alpha', 0.608], ['scorer_opposite_share', 0.5]]
    """
    frame = find_frame(annotations, by, MIN_RESAMPLES, 0, allow_small_n=allow_small_n)
    first, second = _checked(annotations, scorers)
    pairs, _, _ = find_scored(annotations, (first, second))
    about = {"scorer": first, "reference": second}
    share = [estimate_rows(frame, part.measure, part.combos, part.tallies).assign(**about)
             for part in _opposite(annotations, frame, (first, second))]
    return finish([_correlations(frame, pairs).assign(**about), *share])


@parts_of("measure_scorer_agreement")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count opposite signs of the usual two scorers, for contrasts."""
    yield from _opposite(annotations, frame, _checked(annotations, SCORERS))


def _checked(annotations: Annotations, scorers: Sequence[str]) -> tuple[str, str]:
    there = sorted(set(annotations.sentiment["scorer"]))
    two = [scorers] if isinstance(scorers, str) else list(scorers)
    if len(two) != 2 or len(set(two)) != 2:
        raise SchemaError(f"scorers is {scorers!r}. Give two different names; table 'sentiment' has {', '.join(there)}.")
    for name in two:
        if name not in there and there:
            raise SchemaError(f"Table 'sentiment', column 'scorer': no row has {name!r}; the table has {', '.join(there)}. Ask "
                              "for two of these.")
    return str(two[0]), str(two[1])


def find_scored(annotations: Annotations, scorers: tuple[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Find the segments that both scored, those of them that both score other than 0, and those of opposite sign.

    The two scores stand in the columns x and y, under the index of the first scorer's rows.
    """
    table = annotations.sentiment
    whole = table["target_group"].fillna(ANY) == ANY if "target_group" in table else pd.Series(True, table.index)
    if "window" in table:
        whole &= table["window"].fillna(SENTENCE) == SENTENCE
    sides = [table.loc[whole & (table["scorer"] == name), [*SEGMENT, "score"]] for name in scorers]
    first = sides[0].rename(columns={"score": "x"}).assign(row=sides[0].index)
    pairs = first.merge(sides[1].rename(columns={"score": "y"}), on=SEGMENT).set_index("row")
    told = pairs[(pairs["x"] != 0) & (pairs["y"] != 0)]
    return pairs, told, told[np.sign(told["x"]) != np.sign(told["y"])]


def _opposite(annotations: Annotations, frame: Frame, scorers: tuple[str, str]) -> Iterator[Part]:
    """Count the segments that both score other than 0, and those of opposite sign."""
    pairs, told, apart = find_scored(annotations, scorers)
    combos = combinations(voice=schema.VOICES)
    every, den, num = (tally(frame, rows, "sentiment", combos) for rows in (pairs, told, apart))
    yield Part(Measure("scorer_opposite_share", "share", "share", "segments that both score other than 0"), combos,
               Tallies(num, den, counts=[Count("Scored 0 by one or both", every - den, always=True)]),
               *([Counted("sentiment", rows, list(combos))] for rows in (told, apart)))


def _correlations(frame: Frame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Make the rows of correlations and alpha."""
    article = articles_of(frame, pairs, "sentiment")
    pairs = pairs.assign(article=article)[article >= 0]
    unit, cluster = frame.unit[pairs["article"]], frame.cluster[pairs["article"]]
    rows = []
    for number, (_, told) in enumerate(frame.units.iterrows()):
        for name in STATISTICS:
            for voice in schema.VOICES:
                own = (unit == number) & (pairs["voice"] == voice).to_numpy()
                part = pairs[own]
                found = score_agreement(part["x"], part["y"], cluster[own], statistic=name, ci_level=LEVEL)
                rows.append({**{column: told[column] for column in ("outlet", "document_id", "contrast", "period")},
                             "measure": f"scorer_{name}", "unit": UNITS[name], "voice": voice,
                             "n_documents": part["article"].nunique(), "corrected": False, "validated": False,
                             **_told(found, frame.allow_small_n, told["note"])})
    return pd.DataFrame(rows)


def _told(found: ScoreAgreement, allow_small_n: bool, about: str) -> dict[str, Any]:
    """Give a statistic with its interval where the clusters are enough for one, and say why not where they are not."""
    few = found.n_clusters < MIN_CLUSTERS
    given = not found.reason and (allow_small_n or not few)
    why = ""
    if not found.n_units:
        why = "Nothing to measure: no segments that both scored."
    elif few:
        why = (f"{'Small numbers, computed all the same and not to be relied on' if given else 'Described only'}: an interval "
               f"needs {MIN_CLUSTERS} syndication clusters with scored segments; here {found.n_clusters}.")
    elif found.reason:
        why = f"Described only: {found.reason}."
    low, high, level = (found.ci_low, found.ci_high, LEVEL) if given else (np.nan, np.nan, np.nan)
    return {"estimate": found.estimate, "ci_low": low, "ci_high": high, "ci_level": level, "n_units": found.n_units,
            "n_clusters": found.n_clusters, "method": found.method if given else "description",
            "note": " ".join(part for part in (why, about) if part)}
