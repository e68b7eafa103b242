"""Loaded words by outlet, zone, voice and class: how often, in which share of sentences, and how long those sentences are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure._rows import (
    Count,
    Counted,
    Frame,
    Measure,
    Part,
    Tallies,
    combinations,
    find_frame,
    parts_of,
    run,
    tally,
    voiced,
)

__all__ = ["measure_loaded"]

ANY, LABEL, BOTH = "any", "label", "any+label"
STANCES = ("delegitimising", "legitimising")
COUNT = Measure("loaded_count", "words", "count", "words of this voice and zone")
RATE = Measure("loaded_rate", "per 1,000 words", "rate", "words of this voice and zone")
SHARE = Measure("loaded_sentence_share", "share", "share", "sentences of this voice and zone")
LENGTH = Measure("words_per_sentence", "words", "mean", "sentences of this voice and zone")


def measure_loaded(annotations: Annotations, *, by: str = "outlet", period: str | None = None, allow_small_n: bool = False,
                   n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    r"""Measure how loaded the wording is, in whose voice, beside the length of the sentences.

    For each unit of ``by``, zone (body, headline), voice (narrator, direct, indirect) and class, with :math:`y` the loaded
    words (an entry of several words is one) and :math:`w` the words of that voice and zone:

    * ``loaded_count`` (words): :math:`\sum y`;
    * ``loaded_rate`` (per 1,000 words): :math:`1000 \sum y / \sum w`;
    * ``loaded_sentence_share`` (share): of the sentences most of whose words are in that voice, those with a loaded word in it;
    * ``words_per_sentence`` (words): mean words of the same sentences. It has no class. A sentence twice as long has about
      twice the chance to hold a loaded word: shares are compared between outlets whose sentences are about as long, else rates.

    ``loaded_class`` is a class of the lexicon, ``"framing"`` or ``"belief"`` for classes of that kind, ``"any"`` for both
    kinds. Hedges have their own row and are not in "any": a careful reporter who does not know hedges as well. ``"label"`` are
    the labels of the study's lexicon that take a stance, which are counted here beside and nowhere twice, and ``"any+label"``
    both together.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id,
        cluster_id), sizes (document_id, zone, voice, n_words), sentences (document_id, sentence, start, end, zone, voice,
        n_words), mentions (document_id, start, zone, voice, stance, negated) and loaded (document_id, start, zone, voice,
        loaded_class), in full or text-free form.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    period : {"year", "month", "week", "day"}, optional
        Measure each period apart, by ``documents.published`` (ISO 8601). Every unit has rows in all periods from the first to
        the last; articles without such a date are in none, and the note counts them.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        Of the cluster bootstrap of rates and means; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every combination, also without a hit (a rate of 0; a share of nothing is NaN). ``n_units``
        is the loaded words counted (count, rate) or the sentences that share and mean are of. There is an interval where 10
        clusters count and 5 hits (and, of a share, 5 others) stand in 5 clusters; otherwise the method is "description" and
        the note says why. Tables whose sentences have no voice (written by an earlier version) give no share and no length.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, a loaded word has no voice, or tables contradict one another.

    Notes
    -----
    Intervals over syndication clusters: of shares :func:`framelens.stats.proportion.share_intervals`, of rates and means the
    cluster bootstrap-t of :func:`framelens.stats.bootstrap.ratio_intervals`. A rate describes wording. It is no measure of
    bias: an outlet may be loaded on both sides, and slanted without a loaded word (``docs/methods/loaded.md``).

    References
    ----------
    Hyland, K. (2005). Metadiscourse. London: Continuum.
    Recasens, M., Danescu-Niculescu-Mizil, C., & Jurafsky, D. (2013). Linguistic models for analyzing and detecting biased
    language. ACL 2013, 1650-1659.

    Examples
    --------
    >>> one = {"document_id": "a", "zone": "body", "voice": "narrator"}
    >>> tables = {
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sizes": pd.DataFrame([{**one, "n_words": 50}]),
    ...     "sentences": pd.DataFrame([{**one, "sentence": 0, "start": 0, "end": 150, "n_words": 30},
    ...                                {**one, "sentence": 1, "start": 151, "end": 250, "n_words": 20}]),
    ...     "mentions": pd.DataFrame([{**one, "start": 5, "stance": "delegitimising", "negated": False}]),
    ...     "loaded": pd.DataFrame([{**one, "start": 160, "loaded_class": "evaluative"},
    ...                             {**one, "start": 200, "loaded_class": "booster"}])}
    >>> estimates = measure_loaded(Annotations(tables))
    >>> shown = estimates[(estimates["zone"] == "body") & (estimates["voice"] == "narrator")]
    >>> rows = shown.set_index(["measure", "loaded_class"])["estimate"]
    >>> float(rows["loaded_rate", "any"]), float(rows["loaded_rate", "framing"]), float(rows["loaded_rate", "any+label"])
    (40.0, 20.0, 60.0)
    >>> float(rows["loaded_sentence_share", "any"]), float(rows["loaded_sentence_share", "any+label"])
    (0.5, 1.0)
    >>> float(shown.set_index("measure")["estimate"]["words_per_sentence"])
    25.0
    """
    frame = find_frame(annotations, by, n_resamples, seed, period=period, allow_small_n=allow_small_n)
    return run("measure_loaded", annotations, frame)


@parts_of("measure_loaded")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count loaded words, words and sentences by article and combination."""
    cells = combinations(zone=schema.MEASURED_ZONES, voice=schema.VOICES)
    combos = cells.merge(combinations(loaded_class=schema.LOADED_ROWS), how="cross")
    found = _hits(annotations)
    hits = np.sum([tally(frame, table, name, combos) for name, table in found.items()], axis=0)
    counted = [Counted(name, table, list(combos)) for name, table in found.items()]
    words = tally(frame, voiced(annotations.sizes, "sizes"), "sizes", combos, values="n_words")
    yield Part(COUNT, combos, Tallies(hits, words), counted)
    yield Part(RATE, combos, Tallies(hits, words, counts=[Count("Words", words)]), counted)
    sentences = _voiced_sentences(annotations.sentences)
    whole = tally(frame, sentences, "sentences", combos)
    every, held = Counted("sentences", sentences, list(cells)), _with_hits(sentences, pd.concat(found.values()))
    hit = Counted("sentences", held, list(combos))
    yield Part(SHARE, combos, Tallies(tally(frame, held, "sentences", combos), whole), [every], [hit])
    number = tally(frame, sentences, "sentences", cells)
    total = tally(frame, sentences, "sentences", cells, values="n_words")
    yield Part(LENGTH, cells, Tallies(total, number, number), [every])


def _hits(annotations: Annotations) -> dict[str, pd.DataFrame]:
    """Take loaded words, and labels with a stance, by table, once under each class that asks for them."""
    columns = ["document_id", "start", "zone", "voice", "loaded_class"]
    loaded = voiced(annotations.loaded, "loaded")[columns]
    mentions = voiced(annotations.mentions, "mentions")
    mentions = mentions[mentions["stance"].isin(STANCES) & ~mentions["negated"].astype(bool)]
    labels = mentions.assign(loaded_class=LABEL)[columns]
    framing, belief = (loaded[loaded["loaded_class"].isin(schema.LOADED_KINDS[kind])] for kind in ("framing", "belief"))
    under = [loaded, framing.assign(loaded_class="framing"), belief.assign(loaded_class="belief")]
    under += [part.assign(loaded_class=row) for row in (ANY, BOTH) for part in (framing, belief)]
    return {"loaded": pd.concat(under), "mentions": pd.concat([labels, labels.assign(loaded_class=BOTH)])}


def _voiced_sentences(sentences: pd.DataFrame) -> pd.DataFrame:
    """Take the sentences that have a voice; those of older tables have none."""
    sentences = sentences.reindex(columns=["document_id", "sentence", "start", "end", "zone", "voice", "n_words"])
    return sentences[sentences["voice"].notna() & sentences["zone"].isin(schema.MEASURED_ZONES)]


def _with_hits(sentences: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Take, by class, the sentences with a hit in the voice in which they count, each once, under their own index."""
    own = sentences[["document_id", "sentence", "start", "end", "zone", "voice"]].rename(columns={"start": "begin"})
    own = own.assign(row=own.index).astype({"document_id": object, "begin": int, "end": int}).sort_values("begin")
    hits = hits.astype({"document_id": object, "start": int}).sort_values("start")
    placed = pd.merge_asof(hits, own, left_on="start", right_on="begin", by="document_id", suffixes=("", "_of"))
    placed = placed[(placed["start"] < placed["end"]) & (placed["voice"] == placed["voice_of"])
                    & (placed["zone"] == placed["zone_of"])]
    return placed.drop_duplicates(["document_id", "sentence", "loaded_class"]).set_index("row")
