"""Labels by outlet, zone, voice, group and stance: how many, which share, how often, and in whose voice."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure._labels import find_groups
from framelens.measure._rows import (
    Count,
    Counted,
    Frame,
    Measure,
    Part,
    Tallies,
    combinations,
    find_frame,
    flags,
    parts_of,
    pool,
    run,
    tally,
    voiced,
    wordless,
)
from framelens.measure.selection import chosen_columns

__all__ = ["measure_labelling"]

COUNT = Measure("label_count", "mentions", "count", "words of this voice and zone")
SHARE = Measure("label_share", "share", "share", "labels of this group in this voice and zone")
VOICE_SHARE = Measure("label_voice_share", "share", "share", "labels of this group and stance in this zone")
RATE = Measure("label_rate", "per 1,000 words", "rate", "words of this voice and zone")


def measure_labelling(annotations: Annotations, *, by: str = "outlet", period: str | None = None,
                      allow_small_n: bool = False, n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    r"""Measure how often each group is labelled, in which stance, and in whose voice.

    For each unit of ``by``, zone (body, headline), voice (narrator, direct, indirect), group and stance, with
    :math:`y` the labels that are not negated and :math:`w` the words of that voice and zone:

    * ``label_count`` (mentions): :math:`\sum y`;
    * ``label_share`` (share): of the labels of that group in that voice and zone, those of the stance;
    * ``label_voice_share`` (share): of the labels of that group and stance in that zone, those in that voice; the
      narrator's row says how many stand in the outlet's own voice;
    * ``label_rate`` (per 1,000 words): :math:`1000 \sum y / \sum w`.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id,
        cluster_id), sizes (document_id, zone, voice, n_words) and mentions (document_id, zone, voice, group, stance,
        negated, contested), in full or text-free form; ``annotations.groups`` names groups and stances that may be
        without a hit.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    period : {"year", "month", "week", "day"}, optional
        Measure each period apart, by ``documents.published`` (ISO 8601). Every unit has rows in all periods from the first to
        the last; articles without such a date are in none, and the note counts them.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        Of the cluster bootstrap of rates; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every combination, also without a hit (a count of 0; a share of nothing is NaN).
        ``n_units`` is the mentions counted (count, rate) or those that the share is of. ``n_documents`` and
        ``n_clusters`` are those with words of that voice and zone, or with labels that the share is of. There is an
        interval where 10 clusters count and 5 hits (and, of a share, 5 others) stand in 5 clusters; otherwise the
        method is "description" and the note says why. The note also counts negated labels (left out), contested
        ones (counted) and excluded articles.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, or tables contradict one another.

    Notes
    -----
    Intervals over syndication clusters: of shares :func:`framelens.stats.proportion.share_intervals`, of rates the cluster
    bootstrap-t of :func:`framelens.stats.bootstrap.ratio_intervals`.

    Examples
    --------
    >>> article = {"document_id": ["a"], "outlet": ["Herald"]}
    >>> mention = {"document_id": "a", "zone": "body", "group": "protesters", "negated": False, "contested": False}
    >>> tables = {
    ...     "documents": pd.DataFrame(article), "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sizes": pd.DataFrame({"document_id": ["a"], "zone": ["body"], "voice": ["narrator"], "n_words": [200]}),
    ...     "mentions": pd.DataFrame([{**mention, "voice": "narrator", "stance": "delegitimising"},
    ...                               {**mention, "voice": "direct", "stance": "delegitimising"}])}
    >>> estimates = measure_labelling(Annotations(tables)).set_index(["measure", "zone", "voice", "stance"])
    >>> float(estimates.loc[("label_voice_share", "body", "narrator", "delegitimising"), "estimate"])
    0.5
    >>> float(estimates.loc[("label_rate", "body", "narrator", "delegitimising"), "estimate"])
    5.0
    """
    frame = find_frame(annotations, by, n_resamples, seed, period=period, allow_small_n=allow_small_n)
    return run("measure_labelling", annotations, frame)


@parts_of("measure_labelling")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count labels and words by article and combination."""
    mentions = voiced(annotations.mentions, "mentions")
    cells = combinations(zone=schema.MEASURED_ZONES, voice=schema.VOICES)
    combos = cells.merge(find_groups(annotations, mentions), how="cross")
    negated = flags(mentions, "mentions", "negated")
    contested = ~negated & flags(mentions, "mentions", "contested")
    hits, denied, disputed = (
        tally(frame, mentions[rows], "mentions", combos) for rows in (~negated, negated, contested))
    words = tally(frame, voiced(annotations.sizes, "sizes"), "sizes", combos, values="n_words")
    combos = combos.assign(**chosen_columns(annotations))  # only now: mentions have columns of these names
    said = [Count("Negated labels left out", denied), Count("Contested labels counted", disputed)]
    labels = Counted("mentions", mentions[~negated], ["zone", "voice", "group", "stance"])
    yield Part(COUNT, combos, Tallies(hits, words, counts=said), [labels])
    for measure, over in ((SHARE, ["zone", "voice", "group"]), (VOICE_SHARE, ["zone", "group", "stance"])):
        about = [Count(count.label, pool(count.values, combos, over)) for count in said]
        yield Part(measure, combos, Tallies(hits, pool(hits, combos, over), counts=about), [labels.over(over)], [labels])
    yield Part(RATE, combos, Tallies(hits, words, counts=[Count("Words", words), wordless(hits, words), *said]), [labels])
