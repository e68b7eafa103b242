"""What captions and alt texts of all figures have in common: names, numbers, and sentences made from the rows drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from framelens.report.plots.rows import find_missing, find_place, find_places, name_place, name_sides

__all__ = [
    "Cells", "Kind", "Labels", "find_highest", "join", "name_contrast", "name_each", "name_value", "span", "tell_articles",
    "tell_described", "tell_intervals", "tell_levels", "tell_methods", "tell_missing", "tell_notes", "tell_units",
    "tell_validation", "tell_voices", "tell_zones", "write_number",
]

FEW = 10  # articles an outlet; fewer are described, not estimated
NAMED = 6  # missing cells named one by one; more are counted

Labels = Mapping[str, str]
Cells = Sequence[tuple[str, ...]]
Teller = Callable[[pd.DataFrame, Labels], str]


def _all(data: pd.DataFrame) -> pd.DataFrame:
    return data


def _as_they_are(cells: Cells, part: pd.DataFrame) -> Cells:
    return cells


@dataclass(frozen=True)
class Kind:
    """What caption and alt text of a figure say beside what all of them say.

    Attributes
    ----------
    name, heading : str
        "density"; "Attribution density", which opens the caption.
    shows : callable
        Rows drawn, short names → the first sentences of the caption: what is shown.
    alt : callable
        Rows drawn, short names → the alt text, made from the data.
    unit : str or mapping of str to str
        What ``n_units`` counts, in the plural; where the measures count several things, by how their names end.
    keys : tuple of str
        The columns that, with measure and outlet or article, tell the rows apart.
    words : mapping of str to str
        Values of the table → words for the reader; short names of the study come before them.
    counts : tuple of str
        The measures drawn that are counts: they have no interval.
    bare : str
        Said where counts are drawn of an outlet although its articles are many.
    has_bars : bool
        False where the figure draws no interval even if its rows have one.
    own : callable
        Rows drawn → those of the study, which caption and alt text describe; others are drawn for comparison.
    missing : callable
        Cells without a value, rows of their measure → the cells to name.
    tells : callable, optional
        Rows drawn, short names → all sentences of the caption, where its rows are not described outlet by outlet.
    """

    name: str
    heading: str
    shows: Teller
    alt: Teller
    unit: str | Labels = "units"
    keys: tuple[str, ...] = ()
    words: Labels = field(default_factory=dict)
    counts: tuple[str, ...] = ()
    bare: str = ""
    has_bars: bool = True
    own: Callable[[pd.DataFrame], pd.DataFrame] = _all
    missing: Callable[[Cells, pd.DataFrame], Cells] = _as_they_are
    tells: Callable[[pd.DataFrame, Labels], Sequence[str]] | None = None


def name_value(value: object, labels: Labels) -> str:
    """Name an outlet, article, group or other value for the reader, on one line."""
    return " ".join(name_place(str(value), labels).split())


def name_contrast(row: pd.Series, labels: Labels) -> str:
    """Say whose conclusion it is: the two sides, and of which labels."""
    of = [str(value) for value in (row["stance"], labels.get(row["group"], row["group"])) if pd.notna(value)]
    return f"{name_sides(row['contrast'], labels)}: {', '.join(of)}" if of else name_sides(row["contrast"], labels)


def join(values: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> join(["body", "headline"]), join(["body"])
    ('body and headline', 'body')
    """
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"


def span(values: pd.Series) -> str:
    """Write the lowest and the highest of some whole numbers.

    Examples
    --------
    >>> span(pd.Series([3, 9000, 5])), span(pd.Series([4.0, 4.0]))
    ('3 to 9,000', '4')
    """
    low, high = values.min(), values.max()
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def name_each(data: pd.DataFrame) -> str:
    """Say what a row or column of the figure stands for."""
    place = find_place(data)
    if place == "contrast":  # "publisher=Herald"
        return str(data[place].iloc[0]).partition("=")[0]
    return {"document_id": "article"}.get(place, "outlet")


def tell_voices(data: pd.DataFrame) -> str:
    """Say that there is a row for each voice."""
    n, each = len(find_places(data)), name_each(data)
    return f"a row for each voice under each of {n} {each}s" if n > 1 else f"a row for each voice of one {each}"


def write_number(row: pd.Series, digits: int, percent: bool = False) -> str:
    """Write an estimate, with its interval if it has one."""
    if pd.isna(row["estimate"]):
        return "no value"
    shown = [f"{v:.0%}" if percent else f"{v:.{digits}f}" for v in row[["estimate", "ci_low", "ci_high"]]]
    return shown[0] if pd.isna(row["ci_low"]) or pd.isna(row["ci_high"]) else f"{shown[0]} ({shown[1]} to {shown[2]})"


def find_highest(rows: pd.DataFrame, sign: int = 1) -> pd.Series:
    """Return the row with the highest estimate, or, with ``sign`` -1, the lowest; rows without one do not count."""
    return rows.iloc[int((sign * rows["estimate"]).fillna(float("-inf")).to_numpy().argmax())]


def tell_zones(data: pd.DataFrame) -> str:
    """Tell where the values were measured."""
    zones = list(data["zone"].dropna().drop_duplicates())
    return f"Measured in the {join(zones)}." if zones else ""


def tell_articles(data: pd.DataFrame, labels: Labels) -> str:
    """Tell of how many articles and clusters the values are; an article by itself is one of each."""
    places, by = find_places(data), find_place(data)
    if by == "document_id":
        named = [f"{name_value(p, labels)} is {p}" for p in places if name_value(p, labels) != p]
        one = f"{len(places)} article{'s' if len(places) > 1 else ''}, each by itself"
        return f"{one} ({'; '.join(named)})." if named else f"{one}."
    told = []
    for place in places:
        n = data.loc[data[by] == place, ["n_documents", "n_clusters"]].dropna()
        spans = f"{span(n['n_documents'])} ({span(n['n_clusters'])})" if len(n) else "unknown"
        told.append(f"{name_value(place, labels)} {spans}")
    return f"Articles (independent clusters) behind the values: {'; '.join(told)}."


def tell_units(data: pd.DataFrame, unit: str | Labels) -> str:
    """Tell how much was counted behind the values.

    Examples
    --------
    >>> rows = pd.DataFrame({"measure": ["a_share", "b_share", "a_count"], "n_units": [200.0, 90.0, 7.0]})
    >>> tell_units(rows, {"share": "words (shares)", "count": "quotations (counts)"})
    'Behind each value stand 90 to 200 words (shares) or 7 quotations (counts).'
    """
    told = []
    for end, name in ({"": unit} if isinstance(unit, str) else unit).items():
        n = data.loc[data["measure"].str.endswith(end), "n_units"].dropna()
        told += [f"{span(n)} {name}"] if len(n) else []
    return f"Behind each value stand {' or '.join(told)}." if told else ""


def tell_levels(barred: pd.DataFrame) -> str:
    """Name the levels of intervals: "95% intervals"."""
    levels = [f"{level:.0%}" for level in barred["ci_level"].dropna().unique()]
    return f"{join(levels or ['unknown'])} intervals"


def tell_methods(rows: pd.DataFrame) -> str:
    """Name the methods of some rows, and their seeds.

    Examples
    --------
    >>> tell_methods(pd.DataFrame({"method": ["bootstrap", "bootstrap", None], "seed": ["0", "0", None]}))
    'bootstrap; seed 0'
    """
    seeds = (f"seed {seed}" for seed in rows["seed"].dropna().drop_duplicates())
    return "; ".join([*rows["method"].dropna().drop_duplicates(), *seeds])


def tell_intervals(data: pd.DataFrame, kind: Kind, labels: Labels) -> str:
    """Tell how intervals were made, and of what has none, why."""
    barred = data[data["ci_low"].notna() & data["ci_high"].notna()]
    place, places, out = find_place(data), find_places(data), []
    if len(barred):
        what = f"{tell_levels(barred)} ({tell_methods(barred)})"
        out.append(f"Bars: {what}." if kind.has_bars else f"The CSV file holds {what}; none is drawn.")
    bare = data[~data[place].isin(barred[place])]
    few = {str(p): place == "document_id" or part["n_documents"].max() < FEW
           for p, part in bare.groupby(place, sort=False)}
    small = [p for p, is_small in few.items() if is_small]
    if small:
        which = "" if len(small) == len(places) else f" ({join([name_value(p, labels) for p in small])})"
        what = "Counts only" if set(bare["measure"]) & set(kind.counts) else "Description only, no interval"
        out.append(f"{what}: fewer than {FEW} articles{which}.")
    rest = data[~data[place].isin(small) & ~data["measure"].isin(kind.counts)]
    without = int((rest["estimate"].notna() & rest["ci_low"].isna()).sum())
    if without and kind.has_bars:
        out.append(f"Without interval{' (small marks)' if len(barred) else ''}: {without} of "
                   f"{rest['estimate'].notna().sum()} values, for too few hits or independent articles.")
    if kind.bare and set(kind.counts) & set(data["measure"]) and len(small) < len(places):
        out.append(kind.bare)
    return " ".join(out)


def tell_notes(data: pd.DataFrame) -> str:
    """Tell the note of the values, if they all have the same."""
    notes = [note.rstrip(".") for note in data["note"].dropna().drop_duplicates()]
    if not notes:
        return ""
    return f"Note: {'; '.join(notes)}." if len(notes) == 1 else "Notes on single values stand in the CSV file."


def tell_validation(data: pd.DataFrame) -> str:
    """Tell whether the values were checked against human codings."""
    checked = data["validated"].map(lambda v: str(v) in ("True", "true", "1")).astype(bool)  # may be missing
    if checked.all():
        return "Validated against human codings of this study."
    if checked.any():
        return f"Partly validated: {checked.sum()} of {len(checked)} values; the others are unvalidated."
    return "Unvalidated: not checked against human codings of this study."


def tell_missing(data: pd.DataFrame, kind: Kind, labels: Labels) -> str:
    """Name the cells without a value."""
    cells: list[str] = []
    for _, part in data.groupby("measure", sort=False):
        absent = kind.missing([cell[1:] for cell in find_missing(part, kind.keys)], part)
        cells += [", ".join(name_value(v, labels).replace("_", " " if n else "_") for n, v in enumerate(cell)) for cell in absent]
    cells = list(dict.fromkeys(cells))
    more = f"; and {len(cells) - NAMED} more" if len(cells) > NAMED else ""
    return f"No value (–): {'; '.join(cells[:NAMED])}{more}." if cells else ""


def tell_described(data: pd.DataFrame) -> str:
    """Tell of how many articles and clusters the rows are, and that nobody checked them."""
    clusters = data["cluster_id"].dropna() if "cluster_id" in data else pd.Series(dtype="str")
    independent = clusters.nunique() if len(clusters) else "unknown"
    return (f"Description only; articles: {data['document_id'].nunique()}, independent clusters: {independent}. Unvalidated: "
            "found by rule and not checked by a reader.")
