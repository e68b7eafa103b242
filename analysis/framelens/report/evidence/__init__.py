"""From a number back to its sentences: the rows of annotation tables that an estimate counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import Counted
from framelens.report.evidence.behind import OTHERS, Behind, Finder, Key, key_of
from framelens.report.evidence.places import IDS, SPANS, find_places, show

__all__ = ["REASONS", "find_evidence"]

REASONS = "reasons"  # of the table's attrs: row of estimates → why it has no evidence
_COLUMNS = [*schema.TABLES["evidence"].columns]


def find_evidence(annotations: Annotations, estimates: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Find the labels, attributions, clauses, segments, sentences or words that estimates count, with their sentences.

    What counts is not decided here a second time: every measure hands out the rows that it counted, and their number is held
    against ``n_units``.

    Parameters
    ----------
    annotations : Annotations
        What the estimates were made of, in full or text-free form. Choices made by :func:`framelens.select_annotations` must be
        made of them again, but for ``referent`` and ``contested`` and those of a multiverse, which the estimates name.
    estimates : DataFrame or Series
        Rows of ``estimates`` of any measure or comparison, or one row; a figure's CSV file as :func:`framelens.read_table`
        reads it will do. Or rows of a table that stands in the text itself: facts, labels, attributions and others that have
        their id, slots and other spans. The index must be whole numbers, each once.

    Returns
    -------
    DataFrame
        ``evidence``, by row of estimates (``estimate_row``: the label in its index), side, article and place. ``n_units`` adds up
        to that of the estimate; ``hit`` says which rows are in its numerator, so that a share is the sum of ``n_units`` where
        ``hit`` is true over the sum of all, and a mean that of ``value``. Of a contrast both sides stand there, with their
        names in ``contrast_side`` (of keyness the reference's ``n_units`` add up to ``n_reference``). ``passage`` is the text
        from ``sentence_start`` to ``sentence_end`` and ``surface`` that from ``start`` to ``end``; where they are empty ``note``
        says why. A row of estimates without evidence has no row here: ``attrs["reasons"]`` says why, by row.

    Raises
    ------
    SchemaError
        The annotations are not those of the estimates: another number of rows counts, or there is no such number in them.

    Notes
    -----
    Of a share the rows are all that it is of, also of a share of words: every segment of body and headline. Of
    ``label_term_documents`` they are the first label in each article. Words that are counted by term have a place only where the
    texts are there.

    Examples
    --------
    >>> from framelens.measure.labelling import measure_labelling
    >>> from framelens.pipeline import annotate
    >>> text = "A mob of rioters broke in. Police said the protesters had left."
    >>> found = annotate(pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": [text]}))
    >>> estimates = measure_labelling(found)
    >>> asked = {"measure": "label_voice_share", "zone": "body", "group": "protesters", "stance": "neutral", "voice": "narrator"}
    >>> row = estimates[(estimates[list(asked)] == pd.Series(asked)).all(axis=1)]
    >>> float(row["estimate"].item()), float(row["n_units"].item())
    (0.0, 1.0)
    >>> find_evidence(found, row)[["surface", "hit", "passage"]].values.tolist()
    [['protesters', False, 'Police said the protesters had left.']]
    """
    table = estimates.to_frame().T if isinstance(estimates, pd.Series) else estimates
    if "measure" not in table:
        return _find_items(annotations, _labelled(table))
    rows = schema.validate(table, "estimates").set_axis(_labelled(table).index)
    finder, reasons = Finder(annotations), dict[int, str]()
    lookup: dict[tuple[int, int], _Lookup] = {}
    gathered: defaultdict[tuple[int, str, bool], list[_Found]] = defaultdict(list)
    bundles: dict[int, Annotations] = {}
    for label, row in zip(map(int, rows.index), rows.to_dict("records"), strict=True):
        behind = finder.find(row)
        if isinstance(behind, str):
            reasons[label] = behind
            continue
        bundles[id(behind.annotations)] = behind.annotations
        found = list(_count(behind, lookup, label))
        _hold(row, behind, found)
        for part in found:
            if len(part.rows):
                gathered[id(behind.annotations), part.counted.name, "term" in part.counted.on].append(part)
    tables = [_place(bundles[key], name, each, parts) for (key, name, each), parts in gathered.items()]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_COLUMNS)
    order = {label: i for i, label in enumerate(rows.index)}
    table = table.assign(order=table["estimate_row"].map(order)).sort_values(
        ["order", "second", "document_id", "start", "item_id"] if len(table) else ["order"], ignore_index=True)
    out = schema.validate(table[_COLUMNS], "evidence")
    out.attrs[REASONS] = reasons
    return out


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """Check that rows have labels by which evidence can name them."""
    labels = table.index
    if labels.has_duplicates or not all(isinstance(label, int | np.integer) and label >= 0 for label in labels):
        raise SchemaError("The index of the rows must be whole numbers from 0, each once: evidence names rows by them. Take "
                          "table.reset_index(drop=True).")
    return table


def _find_items(annotations: Annotations, rows: pd.DataFrame) -> pd.DataFrame:
    """Find what rows of other tables than estimates are: items by their names, or spans by their offsets."""
    known = {**{name: [key] for name, key in IDS.items()}, SPANS: ["document_id", "start", "end"],
             "sentences": ["document_id", "sentence"]}  # slots without texts have no offsets, but their sentences do
    name = next((name for name, key in known.items() if set(key) <= set(rows) and rows[key].notna().all(axis=None)), None)
    if name is None:
        raise SchemaError("The rows have no column measure, so that they are no estimates, and neither one of "
                          f"{', '.join(IDS.values())} nor document_id with start and end or sentence. Give rows that have these.")
    table = rows
    if name != SPANS:
        own, key = getattr(annotations, name), known[name]
        wanted = rows[key].astype({column: own[column].dtype for column in key})
        places = pd.MultiIndex.from_frame(own[key]).get_indexer(pd.MultiIndex.from_frame(wanted))
        if (places < 0).any():
            strange = rows.index[places < 0][0]
            raise SchemaError(f"Row {strange}, column {key[-1]!r}: {rows.at[strange, key[-1]]!r} is not in the table {name!r} of "
                              f"these annotations. {OTHERS}")
        table = own.iloc[places].set_axis(rows.index)
    shown = show(annotations, find_places(annotations, name, table))
    shown = shown.assign(estimate_row=shown.index, contrast_side=None, hit=True, n_units=1.0)
    out = schema.validate(shown[_COLUMNS], "evidence")
    out.attrs[REASONS] = {}
    return out


class _Lookup:
    """The rows of a table by the values that they agree in, and the article of each."""

    def __init__(self, counted: Counted, documents: pd.Index) -> None:
        self.counted = counted  # kept alive: it is known by its identity
        self.index = counted.table.index.to_numpy()
        self.article = documents.get_indexer(pd.Index(counted.table["document_id"].astype(object)))
        self.n = np.ones(len(self.index)) if counted.n is None else counted.table[counted.n].to_numpy(float)
        places: defaultdict[Key, list[int]] = defaultdict(list)
        keys: Iterator[tuple[Any, ...]] = zip(*(counted.table[column] for column in counted.on), strict=True)
        for i, values in enumerate(keys if counted.on else ((),) * len(self.index)):
            places[key_of(values)].append(i)
        self.places = {key: np.array(at, np.intp) for key, at in places.items()}

    def at(self, combo: Mapping[Any, Any]) -> NDArray[np.intp]:
        """Return where the rows of a combination stand."""
        return self.places.get(key_of([combo[column] for column in self.counted.on]), np.array([], np.intp))


@dataclass(frozen=True)
class _Found:
    """Rows behind a number, of one table and side: their labels, whether they are hits, and units."""

    estimate_row: int
    counted: Counted
    second: int
    contrast_side: str | None
    rows: NDArray[Any]
    hit: NDArray[np.bool_]
    n: NDArray[np.float64]


def _count(behind: Behind, lookup: dict[tuple[int, int], _Lookup], label: int) -> Iterator[_Found]:
    """Find, table by table and side by side, the rows behind a number."""
    def look(counted: Counted) -> _Lookup:
        key = id(counted), id(behind.documents)
        if key not in lookup:
            lookup[key] = _Lookup(counted, behind.documents)
        return lookup[key]

    hits: defaultdict[str, list[NDArray[Any]]] = defaultdict(list)
    for counted in behind.hits or ():
        own = look(counted)
        hits[counted.name].append(own.index[own.at(behind.combo)])
    for counted in behind.units:
        own = look(counted)
        at = own.at(behind.combo)
        at = at[(own.article[at] >= 0) & (own.n[at] > 0)]
        for second, (name, articles) in enumerate(behind.sides):
            kept = at[articles[own.article[at]]]
            rows, within = own.index[kept], hits[counted.name]
            hit = np.ones(len(kept), bool) if behind.hits is None else np.isin(rows, np.concatenate(within or [rows[:0]]))
            yield _Found(label, counted, second, name, rows, hit, own.n[kept])


def _hold(row: Mapping[Any, Any], behind: Behind, found: list[_Found]) -> None:
    """Hold the units that are found against those that the estimate counts."""
    apart = not pd.isna(row["n_reference"])  # keyness: of each side by itself
    wanted = [row["n_units"], row["n_reference"]] if apart else [row["n_units"]]
    for second, n in enumerate(wanted):
        units = sum(part.n.sum() for part in found if not apart or part.second == second)
        if not np.isclose(units, n):
            names = ", ".join(counted.name for counted in behind.units)
            raise SchemaError(f"Table 'estimates', row {found[0].estimate_row} ({row['measure']}): it counts {n:g} and the "
                              f"tables ({names}) hold {units:g}. {OTHERS}")


def _place(annotations: Annotations, name: str, each: bool, found: list[_Found]) -> pd.DataFrame:
    """Join the rows found in one table with their places and sentences."""
    sizes = [len(part.rows) for part in found]
    rows = pd.DataFrame({"label": np.concatenate([part.rows for part in found]), "n_units": np.concatenate([p.n for p in found]),
                         "hit": np.concatenate([part.hit for part in found])})
    for column in ("estimate_row", "second", "contrast_side"):
        rows[column] = np.repeat(np.array([getattr(part, column) for part in found], object), sizes)
    table = getattr(annotations, name).loc[rows["label"].unique()]
    places = show(annotations, find_places(annotations, name, table, each=each))
    joined = rows.join(places, on="label")
    times = places.index.value_counts()  # of a term that has a row for each place
    return joined.assign(n_units=joined["n_units"] / joined["label"].map(times))
