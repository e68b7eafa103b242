"""The rows that a figure draws: found in a table of estimates, checked, never computed. Imports no sibling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from framelens import schema
from framelens.errors import SchemaError

__all__ = ["MAKERS", "find_missing", "find_place", "find_places", "find_rows", "has_intervals", "name_place",
           "name_sides"]

# Which function makes a measure: an error that only says "missing" helps nobody.
MAKERS: Mapping[str, str] = MappingProxyType({
    "label_count": "measure_labelling", "label_share": "measure_labelling",
    "attribution_density": "measure_sourcing", "reported_speech_density": "measure_sourcing",
    "attributed_words_share": "measure_sourcing", "reported_speech_words_share": "measure_sourcing",
    "source_type_share": "measure_sourcing", "source_type_count": "measure_sourcing",
    **{f"{form}_{what}": "measure_sourcing" for form in ("direct", "mixed", "indirect") for what in ("share", "count")},
    "passed_on_count": "measure_conduits", "passed_on_share": "measure_conduits",
    "mean_sentiment": "measure_tone",
})
PLACES = ("outlet", "document_id")
GROUPINGS = ("publisher", "origin", "event")  # the measures write these as "publisher=…" into contrast
# Rows of a comparison, a time series or a multiverse are no description of one outlet.
NOT_DESCRIPTIVE = ("reference", "period", "spec")


def _quoted(values: Sequence[str]) -> str:
    return ", ".join(repr(v) for v in values) or "none"


def find_place(rows: pd.DataFrame) -> str:
    """Name the column that says of what the rows are: document_id, outlet, or contrast for other groupings."""
    for column in ("document_id", "contrast"):
        if len(rows) and rows[column].notna().all():
            return column
    return "outlet"


def find_places(rows: pd.DataFrame) -> list[str]:
    """Name the outlets or articles in the order of the table."""
    return list(dict.fromkeys(rows[find_place(rows)].dropna()))


def name_place(place: str, labels: Mapping[str, str] | None) -> str:
    """Name an outlet or article for the reader: by its label, or by itself."""
    prefix, equals, bare = place.partition("=")
    place = bare if equals and prefix in GROUPINGS else place
    return (labels or {}).get(place, place)


def name_sides(contrast: str, labels: Mapping[str, str] | None) -> str:
    """Name the two sides of a contrast for the reader.

    Examples
    --------
    >>> name_sides("origin=The Herald minus origin=Bugle", {"The Herald": "Herald"})
    'Herald minus Bugle'
    """
    word = next((word for word in (" minus ", " over ") if word in contrast), "")
    return word.join(name_place(side, labels) for side in contrast.split(word)) if word else name_place(contrast, labels)


def has_intervals(rows: pd.DataFrame) -> bool:
    """Tell whether any row carries an interval."""
    return bool((rows["ci_low"].notna() & rows["ci_high"].notna()).any())


def find_rows(estimates: pd.DataFrame, measures: Sequence[str], keys: Sequence[str] = (), *, plot: str,
              by: str | None = None, zone: str = "body",
              where: Mapping[str, str] = MappingProxyType({})) -> pd.DataFrame:
    """Find the rows of ``estimates`` that a figure draws, in the order of the table.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, as :func:`framelens.schema.validate` returns it: whoever is handed a table checks
        it once, not each panel again.
    measures : sequence of str
        The measures needed, every one.
    keys : sequence of str
        Columns that, with measure and outlet or article, tell the rows apart; rows without a value there (sums
        over all voices, say) are not drawn.
    plot : str
        The plot that asks, for the message.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    zone : str
        The zone; rows without a zone are taken where a measure has no other.
    where : mapping of str to str
        Further columns and the value that each must have.

    Returns
    -------
    DataFrame
        Rows of ``estimates``, unchanged.

    Raises
    ------
    SchemaError
        A measure, a group, a zone or a value is not in the table, or two rows would be drawn in one place.
    """
    table = estimates[estimates["measure"].isin(measures)]
    for measure in measures:
        if not (table["measure"] == measure).any():
            maker = MAKERS.get(measure)
            made = f" {maker}(annotations) makes it: give {plot} that table." if maker else ""
            raise SchemaError(f"Table 'estimates', column 'measure': {plot} needs {measure!r} and no row has it (the "
                              f"table has {_quoted(sorted(set(estimates['measure'].dropna().astype(str))))}).{made}")
    rows = table[table[list(NOT_DESCRIPTIVE)].isna().all(axis=1)]
    zoned = rows.loc[rows["zone"].notna(), "measure"]  # measured zone by zone
    zoned = rows["zone"].eq(zone) | (rows["zone"].isna() & ~rows["measure"].isin(zoned))
    rows = _narrow(rows, zoned, "zone", zone, plot)
    for column, value in where.items():
        rows = _narrow(rows, rows[column] == value, column, value, plot)
    rows = _by(rows, by, plot)
    place = find_place(rows)
    rows = rows[rows[[place, *keys]].notna().all(axis=1)].reset_index(drop=True)
    if rows.empty:
        raise SchemaError(f"Table 'estimates': no row of {_quoted(measures)} has a value in every one of the columns "
                          f"{', '.join([place, *keys])}. {plot} draws one mark for each.")
    _no_double(rows, ["measure", place, *keys], plot)
    return rows


def _narrow(rows: pd.DataFrame, mask: pd.Series, column: str, value: str, plot: str) -> pd.DataFrame:
    if not mask.any():
        found = sorted(set(rows[column].dropna().astype(str)))
        raise SchemaError(f"Table 'estimates', column {column!r}: {plot} was asked for {value!r}; the rows have "
                          f"{_quoted(found)}. Ask for one of these.")
    return rows[mask]


def _by(rows: pd.DataFrame, by: str | None, plot: str) -> pd.DataFrame:
    """Keep the rows of one grouping of articles; contrasts that are comparisons belong to none."""
    if by is not None and by not in (*PLACES, *GROUPINGS):
        raise SchemaError(f"by is one of {_quoted((*PLACES, *GROUPINGS))}, not {by!r}.")
    grouping = rows["contrast"].str.partition("=")[0].where(rows["contrast"].notna())
    grouping = grouping.mask(rows["contrast"].isna(), "outlet").mask(rows["document_id"].notna(), "document_id")
    found = [name for name in (*PLACES, *GROUPINGS) if (grouping == name).any()]
    if by is None and len(found) > 1:
        raise SchemaError(f"Table 'estimates': rows by {' and by '.join(found)} stand together. Say which {plot} "
                          f"draws: by={' or by='.join(map(repr, found))}.")
    if not found or (by is not None and by not in found):
        raise SchemaError(f"Table 'estimates': {plot} was asked for rows by {by or 'outlet or article'}; the table has "
                          f"rows by {' and by '.join(found) or 'none of these'}. Ask for those, or measure with "
                          f"by={by or 'outlet'!r}.")
    return rows[grouping == (by or found[0])]


def _no_double(rows: pd.DataFrame, keys: list[str], plot: str) -> None:
    double = rows.duplicated(keys, keep=False)
    if not double.any():
        return
    first = rows[double].iloc[0]
    twins = rows[(rows[keys] == first[keys]).all(axis=1)]
    differ = [c for c in schema.TABLES["estimates"].key if c in rows and twins[c].nunique(dropna=False) > 1]
    where = ", ".join(f"{k} {first[k]!r}" for k in keys)
    raise SchemaError(f"Table 'estimates': {len(twins)} rows would be drawn in one place ({where}); they differ in "
                      f"{', '.join(differ) or 'no key column'}. Keep one value of it before calling {plot}.")


def find_missing(rows: pd.DataFrame, keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Find the combinations of outlet or article and ``keys`` that have no row, or a row without an estimate."""
    place = find_place(rows)
    columns = ["measure", place, *keys]
    known = set(rows.loc[rows["estimate"].notna(), columns].itertuples(index=False, name=None))
    grid = pd.MultiIndex.from_product([rows[c].drop_duplicates() for c in columns])
    return [tuple(cell) for cell in grid if tuple(cell) not in known]
