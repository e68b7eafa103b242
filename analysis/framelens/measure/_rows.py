"""What the measures share: which articles count, tallies by article, and rows of `estimates` with note and interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.stats.bootstrap import ratio_intervals, resample_weights

__all__ = [
    "BY", "LEVEL", "MIN_CLUSTERS", "MIN_HITS", "Count", "Frame", "Measure", "Tallies", "articles_of", "combinations",
    "estimate_rows", "find_frame", "finish", "named", "pool", "refusals", "tally", "voiced",
]

Floats = NDArray[np.float64]

BY = ("outlet", "document_id", "publisher", "origin", "event")
LEVEL = 0.95
MIN_CLUSTERS = 10  # clusters with text that counts, below which nothing but description
MIN_HITS = 5  # hits, and clusters that hold them; of a share the same of what is no hit
MIN_RESAMPLES = 100
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Frame:
    """Which articles count, to which unit and syndication cluster each belongs, and how to resample.

    ``units`` has a row a unit with the identity columns ``outlet document_id contrast``, ``n_counted`` and ``note``.
    The arrays have an entry for each article that counts, in the order of ``documents`` (sorted by name, so that the
    order of rows in no table matters).
    """

    units: pd.DataFrame
    documents: pd.Index
    known: pd.Index
    unit: NDArray[np.intp]
    cluster: NDArray[np.intp]
    n_resamples: int
    seed: int

    @cached_property
    def pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Number each unit × cluster: unit and cluster of each pair, and the pair of each article."""
        both, pair = np.unique(np.column_stack([self.unit, self.cluster]), axis=0, return_inverse=True)
        return both[:, 0], both[:, 1], pair.ravel()

    @cached_property
    def weights(self) -> NDArray[np.uint8]:
        """The resamples of all clusters of the corpus, the same for every number of one call."""
        return resample_weights(int(self.cluster.max()) + 1, n_resamples=self.n_resamples, seed=self.seed)


@dataclass(frozen=True)
class Measure:
    """What a number is: its name, unit and scale, and what its denominator counts, in words."""

    name: str
    unit: str
    scale: str  # count, share, rate or mean
    base: str

    @property
    def per(self) -> float:
        """What the ratio is multiplied by."""
        return 1000.0 if self.scale == "rate" else 1.0


@dataclass(frozen=True)
class Count:
    """A number that a note states: ``label: n``."""

    label: str
    values: Floats
    always: bool = False


@dataclass(frozen=True)
class Tallies:
    """Sums by article (articles × combinations): numerator, denominator, hits where they are not the numerator."""

    num: Floats
    den: Floats
    hits: Floats | None = None
    counts: Sequence[Count] = field(default_factory=tuple)


def find_frame(annotations: Annotations, by: str, n_resamples: int, seed: int) -> Frame:
    """Sort the articles of a bundle into units of comparison and syndication clusters."""
    if by not in BY:
        raise SchemaError(f"by={by!r} is no grouping of articles. Allowed: {', '.join(BY)}.")
    if n_resamples < MIN_RESAMPLES:
        raise SchemaError(f"n_resamples={n_resamples} is too few for an interval; give {MIN_RESAMPLES} or more.")
    documents = annotations.documents.sort_values("document_id", ignore_index=True)
    if len(documents) and (by not in documents or documents[by].isna().all()):
        filled = [column for column in BY if column in documents and documents[column].notna().any()]
        raise SchemaError(f"by={by!r}: table 'documents' has no value in the column {by!r}. Fill it, or take one of "
                          f"{', '.join(filled)}.")
    if "exclusion_reason" not in documents:
        documents = documents.assign(exclusion_reason=np.nan)
    names = documents[by].fillna(UNKNOWN).astype(str).to_numpy(object)
    counts = documents["exclusion_reason"].isna().to_numpy()
    units = _units(documents, by, names)
    ids = pd.Index(documents["document_id"].astype(object))
    copies = annotations.copies.astype({"document_id": object, "cluster_id": object})
    clusters = copies.set_index("document_id")["cluster_id"].reindex(ids[counts])
    if clusters.isna().any():
        raise SchemaError(f"Table 'copies' has no row for {named(clusters.index[clusters.isna()])}. Each article that "
                          "counts needs one: find the copies again, or add a row with its document_id as cluster_id.")
    return Frame(units, ids[counts], ids, units.index.get_indexer(pd.Index(names[counts], dtype=object)),
                 np.unique(clusters.to_numpy(object), return_inverse=True)[1], n_resamples, seed)


def _units(documents: pd.DataFrame, by: str, names: NDArray[Any]) -> pd.DataFrame:
    """Make a row a unit, sorted by its name: identity columns, articles that count, what was excluded."""
    outlets = dict(zip(documents["document_id"], documents["outlet"], strict=True))
    rows = []
    for name, own in documents.groupby(names):
        why = own["exclusion_reason"].dropna()
        without = int(own[by].isna().sum())
        note = [f"Excluded articles, not counted: {len(why)} ({'; '.join(sorted(set(why)))})." if len(why) else "",
                f"Articles without a value of {by}: {without}." if without else ""]
        rows.append({
            "outlet": {"outlet": name, "document_id": outlets.get(name)}.get(by),
            "document_id": name if by == "document_id" else None,
            # Estimates have no column for these: their name stands with them, so that two groupings can share a table.
            "contrast": None if by in ("outlet", "document_id") else f"{by}={name}",
            "n_counted": int(own["exclusion_reason"].isna().sum()), "note": " ".join(part for part in note if part),
        })
    columns = ["outlet", "document_id", "contrast", "n_counted", "note"]
    return pd.DataFrame(rows, pd.Index(np.unique(names), dtype=object), columns, dtype=object)


def named(names: Iterable[Any]) -> str:
    """Name the first few."""
    named = [repr(name) for name in names]
    return ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")


def combinations(**columns: Iterable[Any]) -> pd.DataFrame:
    """Make a row for each combination of values, in their order."""
    return pd.DataFrame(list(product(*columns.values())), columns=list(columns), dtype=object)


def voiced(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Take the rows in zones that are measured; each must have its voice."""
    measured = table[table["zone"].isin(schema.MEASURED_ZONES)]
    silent = measured.loc[measured["voice"].isna(), "document_id"].unique()
    if len(silent):
        raise SchemaError(f"Table {name!r}, column 'voice': missing in body or headline of {named(silent)}. "
                          "Assign the voices first.")
    return measured


def articles_of(frame: Frame, table: pd.DataFrame, name: str) -> NDArray[np.intp]:
    """Number the article of each row, -1 where it is excluded; each must be known."""
    unknown = table.loc[~table["document_id"].isin(frame.known), "document_id"].unique()
    if len(unknown):
        raise SchemaError(f"Table {name!r}, column 'document_id': {named(unknown)} is not in table 'documents'. "
                          "Add the article, or take its rows out.")
    return frame.documents.get_indexer(pd.Index(table["document_id"].astype(object)))


def tally(frame: Frame, table: pd.DataFrame, name: str, combos: pd.DataFrame, *, values: str | None = None) -> Floats:
    """Count the rows of a table, or sum a column, by article and combination (articles × combinations)."""
    article = articles_of(frame, table, name)
    columns = [column for column in combos if column in table]
    keys = combos[columns].drop_duplicates() if columns else combos.iloc[:1]
    place = _index(keys).get_indexer(_index(table[columns])) if columns else np.zeros(len(table), np.intp)
    fits = (article >= 0) & (place >= 0)  # not: articles that are excluded, rows that no combination asks for
    cell = article[fits] * len(keys) + place[fits]
    weights = np.ones(len(cell)) if values is None else table[values].to_numpy(float)[fits]
    order = np.lexsort([weights, cell])  # floats are summed in one order, whatever the order of the rows
    sums = np.bincount(cell[order], weights[order], minlength=len(frame.documents) * len(keys))
    sums = sums.reshape(len(frame.documents), len(keys))
    spread = _index(keys).get_indexer(_index(combos[columns])) if columns else np.zeros(len(combos), np.intp)
    return np.asarray(sums[:, spread], float)


def _index(table: pd.DataFrame) -> pd.Index:
    """Make an index of the rows of a table, of plain objects."""
    if table.shape[1] == 1:
        return pd.Index(table.iloc[:, 0].astype(object))
    return pd.MultiIndex.from_frame(table.astype(object))


def pool(values: Floats, combos: pd.DataFrame, columns: list[str]) -> Floats:
    """Sum over the combinations that agree in ``columns``; each gets the sum of its kin."""
    kin = combos.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    sums = np.zeros((len(values), int(kin.max()) + 1 if len(kin) else 0))
    np.add.at(sums.T, kin, values.T)
    return sums[:, kin]


def refusals(measure: Measure, clusters: Floats, hits: tuple[Floats, Floats],
             others: tuple[Floats, Floats]) -> NDArray[Any]:
    """Say for each estimate why its numbers are too small for an interval, or nothing.

    ``hits`` and ``others`` (what a share is of and is no hit) are their number and the clusters that hold them.
    """
    if measure.scale == "count":
        return np.full(clusters.shape, "A count describes this corpus and has no interval.", dtype=object)
    few = np.full(clusters.shape, "", dtype=object)
    what = "segments that score other than 0" if measure.scale == "mean" else "hits"
    tests = [(f"{MIN_CLUSTERS} syndication clusters with {measure.base}", (clusters,), MIN_CLUSTERS),
             (f"{MIN_HITS} {what} in {MIN_HITS} clusters", hits, MIN_HITS)]
    if measure.scale == "share":
        tests.append((f"{MIN_HITS} others than hits in {MIN_HITS} clusters", others, MIN_HITS))
    for needs, numbers, least in tests:
        fails = (few == "") & (np.minimum.reduce(numbers) < least)  # only the first that fails is said
        here = zip(*(number[fails] for number in numbers), strict=True)
        few[fails] = [f"Described only: an interval needs {needs}; here {' in '.join(f'{n:.0f}' for n in found)}."
                      for found in here]
    return few


def estimate_rows(frame: Frame, measure: Measure, combos: pd.DataFrame, tallies: Tallies) -> pd.DataFrame:
    """Make a row for each unit × combination: estimate, numbers, note, and an interval where the numbers carry one."""
    unit_of, cluster_of, pair = frame.pairs
    n_units = len(frame.units)
    num, den, hit = (_add(values, pair, len(unit_of))
                     for values in (tallies.num, tallies.den, tallies.num if tallies.hits is None else tallies.hits))
    total, base, found, clusters, held, apart = (
        _add(values, unit_of, n_units) for values in (num, den, hit, den > 0, hit > 0, den > hit))
    few = refusals(measure, clusters, (found, held), (base - found, apart))
    low, high = np.full(total.shape, np.nan), np.full(total.shape, np.nan)
    method = np.full(total.shape, "description", dtype=object)
    for unit in range(n_units):
        asked = np.flatnonzero(few[unit] == "")
        if not len(asked):
            continue
        own = np.flatnonzero(unit_of == unit)
        result = ratio_intervals(num[np.ix_(own, asked)], den[np.ix_(own, asked)], scale=measure.scale, level=LEVEL,
                                 weights=frame.weights[:, cluster_of[own]])
        low[unit, asked], high[unit, asked] = result.low * measure.per, result.high * measure.per
        few[unit, asked] = [f"Described only: {why}." if why else "" for why in result.reason]
        method[unit, asked] = ["description" if why else result.method for why in result.reason]
    with np.errstate(all="ignore"):
        ratio = np.where(base > 0, measure.per * total / base, np.nan)
    counted = frame.units["n_counted"].to_numpy(int)[:, None] > 0
    given = np.isfinite(low)
    rows = frame.units[["outlet", "document_id", "contrast"]].loc[frame.units.index.repeat(len(combos))]
    rows = rows.reset_index(drop=True).assign(measure=measure.name, unit=measure.unit, corrected=False, validated=False)
    results: dict[str, NDArray[Any]] = {
        **{str(name): np.tile(combos[name].to_numpy(object), n_units) for name in combos},
        "estimate": np.where(counted, total, np.nan) if measure.scale == "count" else ratio,
        "ci_low": low, "ci_high": high, "ci_level": np.where(given, LEVEL, np.nan),
        "n_documents": _add(tallies.den > 0, frame.unit, n_units), "n_clusters": clusters,
        "n_units": total if measure.scale in ("count", "rate") else base,
        "method": method, "seed": np.where(given, float(frame.seed), np.nan),
        "note": _notes(frame, measure, base, few, [(c, _add(c.values, frame.unit, n_units)) for c in tallies.counts]),
    }
    return rows.assign(**{name: values.ravel() for name, values in results.items()})


def _add(values: NDArray[Any], place: NDArray[np.intp], n: int) -> Floats:
    """Sum rows by place."""
    sums = np.zeros((n, values.shape[1]))
    np.add.at(sums, place, values.astype(float))
    return sums


def _notes(frame: Frame, measure: Measure, base: Floats, few: NDArray[Any],
           counts: list[tuple[Count, Floats]]) -> NDArray[Any]:
    """Write what a reader of each number must know."""
    notes = np.full(few.shape, "", dtype=object)
    for unit, (about, counted) in enumerate(zip(frame.units["note"], frame.units["n_counted"], strict=True)):
        for column in range(few.shape[1]):
            said = ["No article counts."]
            if counted:
                nothing = measure.scale != "count" and base[unit, column] == 0
                said = [f"Nothing to measure: no {measure.base}." if nothing else few[unit, column]]
                said += [f"{c.label}: {n[unit, column]:.0f}." for c, n in counts if n[unit, column] or c.always]
            notes[unit, column] = " ".join(part for part in [*said, about] if part)
    return notes


def finish(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join the rows of several measures into one valid table; without any, an empty one."""
    kept = [table for table in tables if len(table)]
    if not kept:
        return schema.empty("estimates")
    joined = pd.concat(kept, ignore_index=True)
    return schema.validate(joined.reindex(columns=list(schema.TABLES["estimates"].columns)), "estimates")
