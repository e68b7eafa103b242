"""Mean sentiment by outlet, voice, scorer and target group."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.sentiment import SCORERS
from framelens.measure._rows import Count, Counted, Frame, Measure, Part, Tallies, combinations, find_frame, parts_of, run, tally

__all__ = ["measure_tone"]

ANY, SENTENCE = "any", "sentence"


def measure_tone(annotations: Annotations, *, by: str = "outlet", period: str | None = None,
                 allow_small_n: bool = False, n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Measure the mean score of the sentiment segments of each voice.

    ``mean_sentiment``, in the unit of the scorer: the sum of the scores over the number of scored segments, for each
    unit of ``by``, scorer, target group and voice. Each segment weighs the same, so a long article weighs more.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id,
        cluster_id) and sentiment (document_id, voice, target_group, window, scorer, score), in full or text-free form. Every
        row of sentiment counts; one without a target group is of "any" text, one without a window a sentence.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    period : {"year", "month", "week", "day"}, optional
        Measure each period apart, by ``documents.published`` (ISO 8601). Every unit has rows in all periods from the first to
        the last; articles without such a date are in none, and the note counts them.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        Of the cluster bootstrap; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every unit, scorer that occurs (``vader_compound`` beside ``vader_compound_without_events``, if
        the annotations were asked to neutralise), target group and window (those that occur and, where one of the lexicon's
        groups does, all of the lexicon's) and voice. ``n_units`` is the scored segments; the note says how many of them scored
        exactly 0, which mostly means that the scorer knew none of their words. There is an interval where 10 clusters have a
        scored segment and 5 segments in 5 clusters score other than 0.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, or tables contradict one another.

    Notes
    -----
    Intervals: cluster bootstrap-t over syndication clusters, see :func:`framelens.stats.bootstrap.ratio_intervals`.

    Examples
    --------
    >>> tables = {
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sentiment": pd.DataFrame({"document_id": "a", "voice": "narrator", "target_group": "any",
    ...                                "scorer": "textblob", "score": [0.5, 0.0, 0.25]})}
    >>> row = measure_tone(Annotations(tables)).iloc[0]
    >>> float(row["estimate"]), float(row["n_units"])
    (0.25, 3.0)
    >>> row["note"]
    'Described only: an interval needs 10 syndication clusters with scored segments; here 1. Scored exactly 0: 1.'
    """
    frame = find_frame(annotations, by, n_resamples, seed, period=period, allow_small_n=allow_small_n)
    return run("measure_tone", annotations, frame)


@parts_of("measure_tone")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Add up scores by article, voice, target group and scorer."""
    table = annotations.sentiment
    table = table.assign(target_group=table["target_group"].fillna(ANY) if "target_group" in table else ANY,
                         window=table["window"].fillna(SENTENCE) if "window" in table else SENTENCE)
    places = list(_places(table, list(annotations.groups))) or [(SENTENCE, ANY)]
    for scorer in sorted(set(table["scorer"])) or SCORERS:  # an article without a score keeps its rows
        scored = table[table["scorer"] == scorer]
        combos = combinations(scorer=[scorer], place=places, voice=schema.VOICES)
        combos[["window", "target_group"]] = combos.pop("place").tolist()
        den = tally(frame, scored, "sentiment", combos)
        zero = tally(frame, scored[scored["score"] == 0], "sentiment", combos)
        sums = Tallies(tally(frame, scored, "sentiment", combos, values="score"), den, den - zero,
                       [Count("Scored exactly 0", zero, always=True)])
        counted = Counted("sentiment", scored, list(combos))
        yield Part(Measure("mean_sentiment", scorer, "mean", "scored segments"), combos, sums, [counted])


def _places(table: pd.DataFrame, groups: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what was scored: windows, sentences first, and the targets of each, the lexicon's groups in its order."""
    for window in sorted(set(table["window"]), key=lambda name: (name != SENTENCE, name)):
        seen = set(table.loc[table["window"] == window, "target_group"])
        known = [*(seen & {ANY}), *(groups if seen & set(groups) else [])]
        for target in dict.fromkeys([*known, *sorted(seen)]):
            yield window, target
