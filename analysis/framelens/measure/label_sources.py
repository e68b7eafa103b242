"""Who gives which label: the kind of source whose words a label stands in, beside the outlet itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._labels import counted_labels, favours_of, find_groups
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
    pool,
    run,
    some,
    tally,
    voiced,
)
from framelens.measure.selection import chosen_columns, select_annotations

__all__ = ["measure_label_sources"]

WHO = ("originator", "conduit")
CELL = ["zone", "voice", "source_type", "group"]
UNNAMED = "unnamed"
NARRATOR, SAID = "narrator", ""  # of the column voice: all that is said by sources stands empty


def measure_label_sources(annotations: Annotations, *, by: str = "outlet", referent: str = "all", contested: str = "in",
                          wire: str = "cluster", allow_small_n: bool = False, n_resamples: int = 2000,
                          seed: int = 0) -> pd.DataFrame:
    r"""Measure who is given which label by whom: labels by group, stance and the kind of source that uses them.

    Of every label the originator is the innermost source in whose words it stands, the conduit who passed these on; what the
    outlet says itself has the voice "narrator" and no ``source_type``. For each unit of ``by``, zone, kind of source,
    group and stance, with y the labels that are not negated:

    * ``originator_label_count`` (mentions): :math:`\sum y`;
    * ``originator_label_share`` (share): of the labels that this kind of source gives that group, those of the stance;
    * ``originator_label_part`` (share): of all labels of that group and stance in that zone, those that this kind of source
      gives; the narrator's and the originators' add up to 1;
    * ``conduit_label_count``, ``…_share`` and ``…_part``: the same by who passed the words on, where somebody did. The part is
      of all labels of that group and stance in that zone as well: those of the conduits do not add up to 1.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, copies, mentions (document_id, zone, voice, group, stance, favours, attribution_id, negated) and
        attributions (attribution_id, source_type, originator_type, conduit_type), in full or text-free form.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    referent, contested, wire
        Which labels and articles count: see :func:`framelens.select_annotations`.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        As of every measure; no interval of this one is drawn, so that they change nothing.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every unit and combination of the kinds of source that give any label in the corpus. ``side``
        is the side that the kind speaks for. Direct and indirect speech are together; ``measure_labelling`` has them apart.
        A label in speech without a recorded originator counts by the source's type, one without any source as
        "unnamed"; the note says how many.

    Raises
    ------
    SchemaError
        An option is unknown, a table is missing, or a label names an attribution that is not there.

    Notes
    -----
    Intervals over syndication clusters: :func:`framelens.stats.proportion.share_intervals`.

    Examples
    --------
    The police call them rioters, and the outlet passes on once what an agency has from the police:

    >>> label = {"document_id": "a", "zone": "body", "group": "protesters", "negated": False, "contested": False}
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "attributions": pd.DataFrame({"attribution_id": ["x", "y"], "source_type": ["police", "news_agency"],
    ...                                   "originator_type": ["police", "police"], "conduit_type": [None, "news_agency"]}),
    ...     "mentions": pd.DataFrame([{**label, "voice": "direct", "stance": "delegitimising", "attribution_id": "x"},
    ...                               {**label, "voice": "indirect", "stance": "delegitimising", "attribution_id": "y"},
    ...                               {**label, "voice": "narrator", "stance": "neutral", "attribution_id": None}])})
    >>> rows = measure_label_sources(found).query("estimate > 0 and measure.str.endswith('count')")
    >>> rows[["measure", "source_type", "estimate"]].values.tolist()[1:]
    [['originator_label_count', 'police', 2.0], ['conduit_label_count', 'news_agency', 1.0]]
    """
    chosen = select_annotations(annotations, referent=referent, contested=contested, wire=wire)
    frame = find_frame(chosen, by, n_resamples, seed, allow_small_n=allow_small_n)
    return run("measure_label_sources", chosen, frame)


@parts_of("measure_label_sources")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count labels by article, kind of source, group and stance."""
    mentions = voiced(annotations.mentions, "mentions")
    groups = find_groups(annotations, mentions)
    groups = groups.assign(favours=favours_of(annotations, mentions, groups), **chosen_columns(annotations))
    labels = counted_labels(annotations, ["zone", "voice", "group", "stance", "attribution_id"])
    for who in WHO:
        typed, unsaid = _types(annotations, labels, who)
        outlet = [(NARRATOR, "", np.nan)] if who == WHO[0] else []
        kinds = sorted(set(typed["source_type"]) - {""})
        who_says = pd.DataFrame([*outlet, *((SAID, kind, annotations.sides.get(kind, np.nan)) for kind in kinds)],
                                columns=["voice", "source_type", "side"], dtype=object)
        combos = combinations(zone=schema.MEASURED_ZONES).merge(who_says, how="cross").merge(groups, how="cross")
        if combos.empty:
            continue
        hits = tally(frame, typed, "mentions", combos)
        everyone = tally(frame, labels[["document_id", "zone", "group", "stance"]], "mentions", combos)
        said = [Count("Labels by source type, originator not recorded", tally(frame, unsaid, "mentions", combos))]
        shown = combos.assign(voice=combos["voice"].replace(SAID, np.nan),
                              source_type=combos["source_type"].replace("", np.nan))
        own = Counted("mentions", typed, [*CELL, "stance"])
        all_labels = Counted("mentions", labels, ["zone", "group", "stance"])
        every = [("count", "mentions", "articles", np.ones_like(hits), own),
                 ("share", "share", "labels of this group by this kind of source", pool(hits, combos, CELL), own.over(CELL)),
                 ("part", "share", "labels of this group and stance in this zone", everyone, all_labels)]
        for name, unit, base, den, units in every:
            measure = Measure(f"{who}_label_{name}", unit, "count" if name == "count" else "share", base)
            yield Part(measure, shown, Tallies(hits, den, counts=said), [units], [own])


def _types(annotations: Annotations, labels: pd.DataFrame, who: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give each label the kind of source that gives it (empty for the narrator), and those for which another stands in."""
    spoken = (labels["voice"] != NARRATOR).to_numpy()
    table = annotations.attributions.drop_duplicates("attribution_id").set_index("attribution_id")
    names = labels["attribution_id"].where(pd.Series(spoken, labels.index))
    unknown = names.dropna()[~names.dropna().isin(table.index)]
    if len(unknown):
        raise SchemaError(f"Table 'mentions', column 'attribution_id': {some(unknown.unique())} is not in table 'attributions'. "
                          "Give both tables of one annotation.")
    kinds = table.reindex(columns=["source_type", f"{who}_type"]).astype(object).reindex(names.astype(object))
    kind = kinds[f"{who}_type"].to_numpy(object, copy=True)
    bare = spoken & pd.isna(kind)
    if who == WHO[0]:
        kind[bare] = kinds["source_type"].fillna(UNNAMED).to_numpy(object)[bare]
    kind[~spoken] = ""
    typed = labels.assign(source_type=kind, voice=np.where(spoken, SAID, NARRATOR)).drop(columns="attribution_id")
    keep = ~pd.isna(kind)
    return typed[keep], typed[bare & keep]
