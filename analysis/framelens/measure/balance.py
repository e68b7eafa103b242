"""Balance of label choice: delegitimising against legitimising labels of a group, in the outlet's own voice and outside."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure._labels import RANGE, counted_labels, favours_of, find_groups, widened
from framelens.measure._rows import (
    BALANCE,
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
)
from framelens.measure.selection import chosen_columns, select_annotations

__all__ = ["measure_balance"]

BALANCED = Measure("label_balance", "log odds", BALANCE, "delegitimising or legitimising labels of this group, voice and zone")
SHARE = Measure("label_choice_share", "share", "share", "labels of this group, voice and zone")
COUNT = Measure("label_choice_count", "mentions", "count", "words of this voice and zone")
POLES = ("delegitimising", "legitimising")
CELL = ["zone", "voice", "group"]


def measure_balance(annotations: Annotations, *, by: str = "outlet", referent: str = "all", contested: str = "in",
                    wire: str = "cluster", allow_small_n: bool = False, n_resamples: int = 2000,
                    seed: int = 0) -> pd.DataFrame:
    r"""Measure the balance of label choice of each group, with the outlet's own voice as a range.

    For each unit of ``by``, zone (body, headline), voice and group, with D, N and L the delegitimising, neutral and
    legitimising labels that are not negated:

    * ``label_balance`` (log odds): :math:`\log \frac{D + .5}{L + .5}` (Lowe et al. 2011): above 0 there are more delegitimising
      labels, 0.69 is twice as many. ``favours`` is the side that a balance above 0 favours;
    * ``label_choice_share`` (share): of the D + N + L labels, those of the stance;
    * ``label_choice_count`` (mentions): D, N and L, a row each.

    Groups are never pooled: "peacekeepers" favours the state, "uprising" the protesters. The voice is "narrator" (the outlet's
    own words, narrow), "narrator+indirect" (wide: in a paraphrase the reporter may have chosen the noun; Semino and Short
    2004), or "direct" (quoted words, apart). What holds in both the narrow and the wide reading does not hang on that choice.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, copies, sizes (document_id, zone, voice, n_words) and mentions (document_id, zone, voice, group,
        stance, favours, referent, negated, contested), in full or text-free form.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    referent, contested, wire
        Which labels and articles count: see :func:`framelens.select_annotations`. The columns ``referent`` and ``contested``
        are empty where all count.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        As of every measure; no interval of this one is drawn, so that they change nothing.

    Returns
    -------
    DataFrame
        ``estimates``. The note of each balance has its D, N and L. A balance has a row for every group that has labels
        of both poles, in the lexicon or in the text, and an interval where 10 clusters hold any of D or L, and 5 of either
        stand in 5 clusters.

    Raises
    ------
    SchemaError
        An option is unknown, a table is missing, or tables contradict one another.

    Notes
    -----
    The half that is added shrinks a balance of few labels towards 0: 3 to 0 becomes 1.95, whatever the truth. Its interval is
    that of log D / L, which does not shrink: see :func:`framelens.stats.balance.balance_intervals`. Intervals of shares:
    :func:`framelens.stats.proportion.share_intervals`.

    References
    ----------
    Lowe, W., Benoit, K., Mikhaylov, S., & Laver, M. (2011). Scaling policy preferences from coded political texts.
    Legislative Studies Quarterly, 36, 123–155.
    Semino, E., & Short, M. (2004). Corpus stylistics: Speech, writing and thought presentation in a corpus of English
    writing. Routledge.

    Examples
    --------
    Three delegitimising labels, one of them in a paraphrase, against one legitimising:

    >>> label = {"document_id": "a", "zone": "body", "group": "protesters", "negated": False, "contested": False}
    >>> said = [("narrator", "delegitimising")] * 2 + [("indirect", "delegitimising"), ("narrator", "legitimising")]
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sizes": pd.DataFrame({"document_id": "a", "zone": "body", "voice": ["narrator", "indirect"], "n_words": 100}),
    ...     "mentions": pd.DataFrame([{**label, "voice": voice, "stance": stance} for voice, stance in said])})
    >>> balances = measure_balance(found).query("measure == 'label_balance' and zone == 'body'").set_index("voice")
    >>> balances["estimate"].round(2).to_dict()
    {'narrator': 0.51, 'narrator+indirect': 0.85, 'direct': nan}
    >>> balances.loc["narrator", "note"].partition("here 1. ")[2]
    'Delegitimising: 2. Neutral: 0. Legitimising: 1.'
    """
    chosen = select_annotations(annotations, referent=referent, contested=contested, wire=wire)
    frame = find_frame(chosen, by, n_resamples, seed, allow_small_n=allow_small_n)
    return run("measure_balance", chosen, frame)


@parts_of("measure_balance")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count labels by article and combination, and set the two poles of each group against each other."""
    mentions = voiced(annotations.mentions, "mentions")
    groups = find_groups(annotations, mentions)
    groups = groups.assign(favours=favours_of(annotations, mentions, groups))
    fixed = chosen_columns(annotations)
    labels = widened(counted_labels(annotations, [*CELL, "stance"]))
    combos = combinations(zone=schema.MEASURED_ZONES, voice=RANGE).merge(groups, how="cross").assign(**fixed)
    hits = tally(frame, labels, "mentions", combos)
    every = Counted("mentions", labels, [*CELL, "stance"])
    poles = groups[groups["stance"].isin(POLES)]
    both = poles[poles.groupby("group")["stance"].transform("nunique") == len(POLES)]
    against = both[both["stance"] == POLES[0]].drop(columns="stance")
    if len(against):
        cells = combinations(zone=schema.MEASURED_ZONES, voice=RANGE).merge(against, how="cross").assign(**fixed)
        numbers = {stance: _take(hits, combos, cells.assign(stance=stance)) for stance in schema.STANCES}
        said = [Count(stance.capitalize(), number, always=True) for stance, number in numbers.items()]
        disputed = counted_labels(annotations, [*CELL, "contested"])
        disputed = widened(disputed[flags(disputed, "mentions", "contested")]).drop(columns="contested")
        said.append(Count("Contested labels counted", tally(frame, disputed, "mentions", cells)))
        first, last = (numbers[pole] for pole in POLES)
        held = [Counted("mentions", labels[labels["stance"].isin(stances)], CELL) for stances in (POLES, POLES[:1])]
        yield Part(BALANCED, cells, Tallies(first, first + last, counts=said), held[:1], held[1:])
    yield Part(SHARE, combos, Tallies(hits, pool(hits, combos, CELL)), [every.over(CELL)], [every])
    words = tally(frame, widened(voiced(annotations.sizes, "sizes")), "sizes", combos, values="n_words")
    astray = Count("Labels that favour another side", _astray(annotations, frame, combos))
    yield Part(COUNT, combos, Tallies(hits, words, counts=[astray]), [every])


def _take(hits: np.ndarray, combos: pd.DataFrame, cells: pd.DataFrame) -> np.ndarray:
    """Take the columns of some cells and stances from those of all combinations; 0 where a group knows no such stance."""
    keys = [*CELL, "stance"]
    place = pd.MultiIndex.from_frame(combos[keys]).get_indexer(pd.MultiIndex.from_frame(cells[keys]))
    return np.where(place >= 0, hits[:, place], 0.0)


def _astray(annotations: Annotations, frame: Frame, combos: pd.DataFrame) -> np.ndarray:
    """Count labels that favour another side than their group and stance do."""
    if "favours" not in annotations.mentions:
        return np.zeros((len(frame.documents), len(combos)))
    labels = counted_labels(annotations, [*CELL, "stance", "favours"]).rename(columns={"favours": "own"})
    usual = combos[["group", "stance", "favours"]].drop_duplicates()
    labels = labels.merge(usual, on=["group", "stance"])
    return tally(frame, widened(labels[labels["own"] != labels["favours"]]).drop(columns="favours"), "mentions", combos)
