"""What the measures share: which articles count, tallies by article, and rows of `estimates` with note and interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._intervals import BALANCE, LEVEL, MIN_CLUSTERS, MIN_HITS, Floats, Measure, find_ends, refusals
from framelens.measure._periods import list_periods, name_periods
from framelens.stats._checks import flag
from framelens.stats.balance import log_balance
from framelens.stats.bootstrap import resample_weights

__all__ = [
    "BALANCE", "BY", "LEFT_OUT", "LEVEL", "MIN_CLUSTERS", "MIN_HITS", "MIN_RESAMPLES", "PARTS", "SELECTION", "Count", "Counted",
    "Floats", "Frame", "Measure", "Part", "Tallies", "alike", "articles_of", "combinations", "estimate_rows", "filled",
    "find_frame", "finish", "flags", "parts_of", "pool", "ratio_of", "refusals", "run", "some", "sum_rows", "tally", "voiced",
    "wordless",
]

BY = ("outlet", "document_id", "publisher", "origin", "event")
MIN_RESAMPLES = 100
UNKNOWN = "unknown"
SELECTION = "selection"  # of Annotations.about: which choices of labels and articles were made
LEFT_OUT = "left_out"  # of Annotations.about: what a selection says of its articles, label → document_id → number
_ROUNDING = 1e-12  # of numbers of one size: nearer than this is equal, and rounded differently


@dataclass(frozen=True)
class Frame:
    """Which articles count, to which unit and syndication cluster each belongs, and how to resample.

    ``units`` has a row a unit with the identity columns ``outlet document_id contrast period``, ``n_counted`` and ``note``.
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
    allow_small_n: bool = False

    @cached_property
    def pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Number each unit × cluster: unit and cluster of each pair, and the pair of each article."""
        both, pair = np.unique(np.column_stack([self.unit, self.cluster]), axis=0, return_inverse=True)
        return both[:, 0], both[:, 1], pair.ravel()

    @cached_property
    def counted(self) -> NDArray[np.intp]:
        """Number the articles that count as they stand in ``documents``, -1 where one does not; in the order of ``known``."""
        return self.documents.get_indexer(self.known)

    @cached_property
    def weights(self) -> NDArray[np.uint8]:
        """The resamples of all clusters of the corpus, the same for every number of one call."""
        return resample_weights(int(self.cluster.max()) + 1, n_resamples=self.n_resamples, seed=self.seed)

    def weights_of(self, clusters: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Take the resamples of some clusters; nothing is drawn before the first asks."""
        return self.weights[:, clusters]


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


@dataclass(frozen=True)
class Counted:
    """The rows of an annotation table that a number counts, under the index that they have there: its evidence.

    ``on`` are the columns of the combinations in which a row must agree; a row is as many units as its column ``n`` says,
    one without.
    """

    name: str
    table: pd.DataFrame
    on: Sequence[Any] = ()
    n: str | None = None

    def over(self, on: Sequence[Any]) -> Counted:
        """Take the same rows for what they agree in on fewer columns: what a share is of."""
        return replace(self, on=on)


@dataclass(frozen=True)
class Part:
    """One number of a measure by article and combination: what rows of estimates, and contrasts of units, are made of.

    ``units`` are the rows that ``n_units`` counts, ``hits`` those of them in the numerator (all, without).
    """

    measure: Measure
    combos: pd.DataFrame
    tallies: Tallies
    units: Sequence[Counted] = ()
    hits: Sequence[Counted] | None = None


Parts = Callable[[Annotations, Frame], Iterable[Part]]
PARTS: dict[str, Parts] = {}


def parts_of(name: str) -> Callable[[Parts], Parts]:
    """Enter what makes the parts of a public measure under its name, for whatever else is made of them."""
    def enter(parts: Parts) -> Parts:
        return PARTS.setdefault(name, parts)
    return enter


def run(name: str, annotations: Annotations, frame: Frame) -> pd.DataFrame:
    """Make the estimates of a public measure."""
    parts = PARTS[name](annotations, frame)
    return finish(estimate_rows(frame, part.measure, part.combos, part.tallies) for part in parts)


def find_frame(annotations: Annotations, by: str, n_resamples: int, seed: int, *, period: str | None = None,
               allow_small_n: bool = False) -> Frame:
    """Sort the articles of a bundle into units of comparison (in each period) and syndication clusters."""
    if by not in BY:
        raise SchemaError(f"by={by!r} is no grouping of articles. Allowed: {', '.join(BY)}.")
    flag("allow_small_n", allow_small_n)
    if not isinstance(n_resamples, int | np.integer) or n_resamples < MIN_RESAMPLES:
        raise SchemaError(f"n_resamples={n_resamples} is too few for an interval, or no whole number; give {MIN_RESAMPLES} or "
                          "more.")
    documents = annotations.documents.sort_values("document_id", ignore_index=True)
    if len(documents) and (by not in documents or documents[by].isna().all()):
        there = [column for column in BY if column in documents and documents[column].notna().any()]
        raise SchemaError(f"by={by!r}: table 'documents' has no value in the column {by!r}. Fill it, or take one of "
                          f"{', '.join(there)}.")
    if "exclusion_reason" not in documents:
        documents = documents.assign(exclusion_reason=np.nan)
    documents[by] = filled(documents[by])
    names = documents[by].fillna(UNKNOWN).astype(str).to_numpy(object)
    every: Sequence[str | None] = [None]
    documents = documents.assign(unit=names)
    if period is not None:
        periods = _find_periods(documents, by, period)
        every = list_periods(periods.dropna(), period)
        documents["unit"] = (names + " " + periods.astype(object)).where(periods.notna())
    counts = (documents["exclusion_reason"].isna() & documents["unit"].notna()).to_numpy()
    told = annotations.about.get(LEFT_OUT, {})
    rows = [row for name, own in documents.groupby(names) for row in _unit_rows(own, by, str(name), every, told)]
    columns = ["outlet", "document_id", "contrast", "period", "n_counted", "note"]
    units = pd.DataFrame(rows, columns=["unit", *columns], dtype=object).set_index("unit")
    ids = pd.Index(documents["document_id"].astype(object))
    copies = annotations.copies.astype({"document_id": object, "cluster_id": object})
    clusters = filled(copies.set_index("document_id")["cluster_id"].reindex(ids[counts]))
    if clusters.isna().any():
        raise SchemaError(f"Table 'copies' has no row for {some(clusters.index[clusters.isna()])}. Each article that "
                          "counts needs one: find the copies again, or add a row with its document_id as cluster_id.")
    return Frame(units, ids[counts], ids, units.index.get_indexer(pd.Index(documents["unit"][counts].astype(object))),
                 np.unique(clusters.to_numpy(object), return_inverse=True)[1], n_resamples, seed,
                 allow_small_n)


def _find_periods(documents: pd.DataFrame, by: str, period: str) -> pd.Series:
    """Name the period of each article; without any there is no trend."""
    if by == "document_id":
        raise SchemaError("by='document_id': an article has one date. Take another by=, or period=None.")
    published = documents["published"] if "published" in documents else pd.Series(None, documents.index, dtype="str")
    periods = name_periods(published, period)
    if periods.isna().all():
        raise SchemaError(f"period={period!r}: table 'documents' has no date in the column 'published' that says it. Fill it "
                          "(ISO 8601, such as 2022-01-05), or take a longer period.")
    return periods


def _unit_rows(documents: pd.DataFrame, by: str, name: str, periods: Sequence[str | None],
               told: Mapping[str, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    """Make a row a unit (a name in a period): identity columns, articles that count, what was excluded."""
    undated, without = int(documents["unit"].isna().sum()), int(documents[by].isna().sum())
    about = [f"Articles without a value of {by}: {without}." if without else "",
             f"Articles without a date that says the period, in none: {undated}." if undated else ""]
    in_unit = dict(iter(documents.groupby("unit")["exclusion_reason"]))
    for period in periods:
        unit = name if period is None else f"{name} {period}"
        reasons = in_unit.get(unit, pd.Series(dtype="str"))
        why = reasons.dropna()
        note = [f"Excluded articles, not counted: {len(why)} ({'; '.join(sorted(set(why)))})." if len(why) else "", *about]
        ids = documents.loc[(documents["unit"] == unit) & documents["exclusion_reason"].isna(), "document_id"] if told else ()
        numbers = {label: sum(by_article.get(str(article), 0) for article in ids) for label, by_article in told.items()}
        note += [f"{label}: {n}." for label, n in numbers.items() if n]
        yield {
            "unit": unit, "outlet": {"outlet": name, "document_id": documents["outlet"].iloc[0]}.get(by),
            "document_id": name if by == "document_id" else None,
            # Estimates have no column for these: their name stands with them, so that two groupings can share a table.
            "contrast": None if by in ("outlet", "document_id") else f"{by}={name}", "period": period,
            "n_counted": int(reasons.isna().sum()), "note": " ".join(part for part in note if part),
        }


def some(names: Iterable[Any]) -> str:
    """Name the first few."""
    named = [repr(name) for name in names]
    return ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")


def combinations(**columns: Iterable[Any]) -> pd.DataFrame:
    """Make a row for each combination of values, in their order."""
    return pd.DataFrame(list(product(*columns.values())), columns=list(columns), dtype=object)


def filled(column: pd.Series) -> pd.Series:
    """Take empty strings for what they are, missing values: they are no outlet, event or cluster that articles share."""
    return column.mask(column == "")


def flags(table: pd.DataFrame, name: str, column: str) -> NDArray[np.bool_]:
    """Return a column of True and False; text would count as True whatever it says, and so would a missing value."""
    values = table[column]
    bad = ~values.isin([True, False])  # also of an object column; the text "False" is not in it
    if bad.any():
        raise SchemaError(f"Table {name!r}, column {column!r}: {some(values[bad].unique())} is neither True nor False. Read "
                          "tables with framelens.read_table, or turn the column into bool.")
    return values.to_numpy(bool)


def voiced(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Take the rows in zones that are measured, without columns of the user's own; each must have its voice."""
    measured = table.loc[table["zone"].isin(schema.MEASURED_ZONES), [c for c in table if c in schema.TABLES[name].columns]]
    silent = measured.loc[measured["voice"].isna(), "document_id"].unique()
    if len(silent):
        raise SchemaError(f"Table {name!r}, column 'voice': missing in body or headline of {some(silent)}. "
                          "Assign the voices first.")
    return measured


def articles_of(frame: Frame, table: pd.DataFrame, name: str) -> NDArray[np.intp]:
    """Number the article of each row, -1 where it is excluded; each must be known."""
    place = frame.known.get_indexer(pd.Index(table["document_id"].astype(object)))
    if (place < 0).any():
        unknown = table.loc[place < 0, "document_id"].unique()
        raise SchemaError(f"Table {name!r}, column 'document_id': {some(unknown)} is not in table 'documents'. "
                          "Add the article, or take its rows out.")
    return np.asarray(frame.counted[place], np.intp)


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


def wordless(hits: Floats, words: Floats) -> Count:
    """Count what stands in articles of which no words are known there: tables that contradict one another."""
    return Count("Counted in articles without words there, so that the rate is too high", np.where(words > 0, 0.0, hits))


def pool(values: Floats, combos: pd.DataFrame, columns: list[str]) -> Floats:
    """Sum over the combinations that agree in ``columns``; each gets the sum of its kin."""
    kin = combos.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    sums = np.zeros((len(values), int(kin.max()) + 1 if len(kin) else 0))
    np.add.at(sums.T, kin, values.T)
    return sums[:, kin]


def estimate_rows(frame: Frame, measure: Measure, combos: pd.DataFrame, tallies: Tallies) -> pd.DataFrame:
    """Make a row for each unit × combination: estimate, numbers, note, and an interval where the numbers carry one."""
    unit_of, cluster_of, pair = frame.pairs
    n_units = len(frame.units)
    num, den, hit = (sum_rows(values, pair, len(unit_of))
                     for values in (tallies.num, tallies.den, tallies.num if tallies.hits is None else tallies.hits))
    total, base, found, clusters, held, apart = (
        sum_rows(values, unit_of, n_units) for values in (num, den, hit, den > 0, hit > 0, den > hit))
    few = refusals(measure, clusters, (found, held), (base - found, apart))
    low, high = np.full((2, *total.shape), np.nan)
    method, drawn = np.full(total.shape, "description", dtype=object), np.zeros(total.shape, bool)
    for unit in range(n_units):
        own = np.flatnonzero(unit_of == unit)
        ends = find_ends(measure, (num[own], den[own]), few[unit], partial(frame.weights_of, cluster_of[own]),
                         allow_small_n=frame.allow_small_n)
        low[unit], high[unit], method[unit], few[unit], drawn[unit] = ends.low, ends.high, ends.method, ends.note, ends.drawn
    ratio = ratio_of(measure, total, base)
    counted = frame.units["n_counted"].to_numpy(int)[:, None] > 0
    given = np.isfinite(low)
    of = {name: frame.units[name].array.repeat(len(combos)) for name in ("outlet", "document_id", "contrast", "period")}
    results: dict[str, NDArray[Any]] = {
        **{str(name): np.tile(combos[name].to_numpy(object), n_units) for name in combos},
        "estimate": np.where(counted, total, np.nan) if measure.scale == "count" else ratio,
        "ci_low": low, "ci_high": high, "ci_level": np.where(given, LEVEL, np.nan),
        "n_documents": sum_rows(tallies.den > 0, frame.unit, n_units), "n_clusters": clusters,
        "n_units": total if measure.scale in ("count", "rate") else base,
        "method": method, "seed": np.where(drawn, float(frame.seed), np.nan),
        "note": _notes(frame, measure, base, few, [(c, sum_rows(c.values, frame.unit, n_units)) for c in tallies.counts]),
    }
    said = {"measure": measure.name, "unit": measure.unit, "corrected": False, "validated": False}
    return pd.DataFrame({**of, **said, **{name: values.ravel() for name, values in results.items()}})


def ratio_of(measure: Measure, num: Floats, den: Floats) -> Floats:
    """Return what a measure makes of sums, in its unit; of nothing NaN."""
    if measure.scale == BALANCE:
        return log_balance(num, den - num)
    with np.errstate(all="ignore"):
        return np.where(den > 0, measure.per * num / den, np.nan)


def alike(one: Any, other: Any) -> NDArray[np.bool_]:
    """Tell where two numbers of one unit are equal but for rounding: means of the same scores summed in another order."""
    return np.asarray(np.isclose(one, other, rtol=_ROUNDING, atol=_ROUNDING))


def sum_rows(values: NDArray[Any], place: NDArray[np.intp], n: int) -> Floats:
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
