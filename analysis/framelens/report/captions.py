"""Caption and alt text, made from the rows that a figure draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from framelens.errors import SchemaError
from framelens.report.figures_rows import find_missing, find_place, find_places, has_intervals, name_place, name_sides

__all__ = ["KINDS", "write_alt", "write_caption"]

FEW = 10  # articles an outlet; fewer are described, not estimated
NAMED = 6  # missing cells named one by one; more are counted

KINDS: Mapping[str, str] = MappingProxyType({
    "labels": "Labels by voice", "density": "Attribution density", "sources": "Source types",
    "sentiment": "Sentiment by voice", "multiverse": "One conclusion under every choice",
})
# What tells the rows of a figure apart beside outlet or article, and the unit that n_units counts.
_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "labels": ("group", "stance", "voice"), "density": (), "sources": ("source_type",),
    "sentiment": ("voice", "scorer"),
})
_UNITS = {"labels": "labels", "density": "attributions", "sources": "attributions", "sentiment": "scored segments"}
_WORDS = {"attribution_density": "wide attribution", "reported_speech_density": "reported speech",
          "textblob_polarity": "polarity", "textblob_subjectivity": "subjectivity"}
_COUNTS = ("label_count", "source_type_count")


def write_caption(data: pd.DataFrame, kind: str, *, title: str = "", labels: Mapping[str, str] | None = None) -> str:
    """Write the caption of a figure from the rows drawn.

    Parameters
    ----------
    data : DataFrame
        Rows of ``estimates``, as drawn.
    kind : {"labels", "density", "sources", "sentiment", "multiverse"}
        What the figure shows.
    title : str
        The study.
    labels : mapping of str to str, optional
        The short names that the figure displays.

    Returns
    -------
    str
        Markdown in one paragraph: what is shown, articles and clusters, units, interval method, where n is too
        small, validation, missing cells.

    Raises
    ------
    SchemaError
        There is no such kind, or no row.
    """
    _check(data, kind)
    labels = labels or {}
    told = _of_specifications(data, labels) if kind == "multiverse" else [
        _shows(data, kind, labels), _zones(data), _articles(data, labels), _units(data, kind), _intervals(data, labels),
        _notes(data), _validation(data), _missing(data, kind, labels)]
    return " ".join(part for part in (f"**{KINDS[kind]}{': ' if title else ''}{title}.**", *told) if part)


def _zones(data: pd.DataFrame) -> str:
    zones = list(data["zone"].dropna().drop_duplicates())
    return f"Measured in the {_join(zones)}." if zones else ""


def _check(data: pd.DataFrame, kind: str) -> None:
    if kind not in KINDS:
        raise SchemaError(f"kind is one of {', '.join(KINDS)}, not {kind!r}.")
    if data.empty:
        raise SchemaError(f"Table 'estimates': no row to describe for {KINDS[kind]!r}. Give the rows that the figure "
                          "draws.")


def _name(value: object, labels: Mapping[str, str]) -> str:
    return " ".join(name_place(str(value), {**_WORDS, **labels}).split())


def _join(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"


def _each(data: pd.DataFrame) -> str:
    """Say what a row or column of the figure stands for."""
    place = find_place(data)
    if place == "contrast":  # "publisher=Herald"
        return str(data[place].iloc[0]).partition("=")[0]
    return {"document_id": "article"}.get(place, "outlet")


def _span(values: pd.Series) -> str:
    low, high = values.min(), values.max()
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def _groups(data: pd.DataFrame, measure: str, labels: Mapping[str, str]) -> str:
    found = data.loc[data["measure"] == measure, "group"].drop_duplicates()
    return _join([_name(g, labels) for g in found]) if len(found) else ""


def _shows(data: pd.DataFrame, kind: str, labels: Mapping[str, str]) -> str:
    if kind == "labels":
        shares, counts = (_groups(data, m, labels) for m in ("label_share", "label_count"))
        voices = "in the outlet's own voice (narrator), in direct and in indirect speech"
        told = []
        if shares:
            told.append(f"Labels for {shares}: the share that each stance has among those {voices}; n: those labels.")
        if counts:
            told.append(f"Labels for {counts}: their number by stance (columns), {voices}; the area of a mark is the "
                        "number beside it.")
        return " ".join(told)
    if kind == "density":
        return "Attributions, and those of them that report speech, per 1,000 words; n: attributions."
    if kind == "sentiment":
        return "Mean score by voice and scorer; n: scored segments; dashed line: zero."
    counted = data[data["measure"] == "source_type_count"].groupby("source_type", sort=False)["estimate"].max()
    none = [_name(t, labels).replace("_", " ") for t in counted.index[~(counted > 0)]]
    if len(none) == len(counted):  # then every kind is drawn, with its zeros
        found = " None was found."
    else:
        found = f" Nowhere found, and left out: {_join(none)}." if none else ""
    return ("Attributions by kind of source, ordered by side: the number is printed, the shade is its share within the "
            f"{_each(data)}.{found}")


def _articles(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Tell of how many articles and clusters the values are; an article by itself is one of each."""
    places, by = find_places(data), find_place(data)
    if by == "document_id":
        named = [f"{_name(p, labels)} is {p}" for p in places if _name(p, labels) != p]
        one = f"{len(places)} article{'s' if len(places) > 1 else ''}, each by itself"
        return f"{one} ({'; '.join(named)})." if named else f"{one}."
    told = []
    for place in places:
        n = data.loc[data[by] == place, ["n_documents", "n_clusters"]].dropna()
        spans = f"{_span(n['n_documents'])} ({_span(n['n_clusters'])})" if len(n) else "unknown"
        told.append(f"{_name(place, labels)} {spans}")
    return f"Articles (independent clusters) behind the values: {'; '.join(told)}."


def _units(data: pd.DataFrame, kind: str) -> str:
    n = data["n_units"].dropna()
    return f"Behind each value stand {_span(n)} {_UNITS[kind]}." if len(n) else ""


def _intervals(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Tell how intervals were made, and of what has none, why."""
    barred = data[data["ci_low"].notna() & data["ci_high"].notna()]
    place, out = find_place(data), []
    heat = "source_type_count" in set(data["measure"])
    if len(barred):
        levels = _join([f"{level:.0%}" for level in barred["ci_level"].dropna().unique()] or ["unknown"])
        seeds = [str(s) for s in barred["seed"].dropna().drop_duplicates()]
        how = "; ".join([*barred["method"].dropna().drop_duplicates(), *(f"seed {s}" for s in seeds)])
        what = f"{levels} intervals ({how})"
        out.append(f"The CSV file holds {what}; none is drawn." if heat else f"Bars: {what}.")
    bare = data[~data[place].isin(barred[place])]
    few = {str(p): place == "document_id" or part["n_documents"].max() < FEW
           for p, part in bare.groupby(place, sort=False)}
    small = [p for p, is_small in few.items() if is_small]
    if small:
        which = "" if len(small) == len(find_places(data)) else f" ({_join([_name(p, labels) for p in small])})"
        what = "Counts only" if set(bare["measure"]) & set(_COUNTS) else "Description only, no interval"
        out.append(f"{what}: fewer than {FEW} articles{which}.")
    rest = data[~data[place].isin(small) & ~data["measure"].isin(_COUNTS)]
    without = int((rest["estimate"].notna() & rest["ci_low"].isna()).sum())
    if without and not heat:
        out.append(f"Without interval{' (small marks)' if len(barred) else ''}: {without} of "
                   f"{rest['estimate'].notna().sum()} values, for too few hits or independent articles.")
    if "label_count" in set(data["measure"]) and len(small) < len(find_places(data)):
        out.append("Counts only where no share has enough labels for an interval.")
    return " ".join(out)


def _notes(data: pd.DataFrame) -> str:
    notes = [note.rstrip(".") for note in data["note"].dropna().drop_duplicates()]
    if not notes:
        return ""
    return f"Note: {'; '.join(notes)}." if len(notes) == 1 else "Notes on single values stand in the CSV file."


def _validation(data: pd.DataFrame) -> str:
    checked = data["validated"].map(lambda v: str(v) in ("True", "true", "1")).astype(bool)  # may be missing
    if checked.all():
        return "Validated against human codings of this study."
    if checked.any():
        return f"Partly validated: {checked.sum()} of {len(checked)} values; the others are unvalidated."
    return "Unvalidated: not checked against human codings of this study."


def _missing(data: pd.DataFrame, kind: str, labels: Mapping[str, str]) -> str:
    cells: list[str] = []
    for measure, part in data.groupby("measure", sort=False):
        absent = [cell[1:] for cell in find_missing(part, _KEYS[kind])]
        if kind == "labels":  # a voice without any label misses all its stances at once: tell that once
            voices = [(place, group, voice) for place, group, _, voice in absent]
            absent = [short if voices.count(short) == part["stance"].nunique() else cell
                      for short, cell in zip(voices, absent, strict=True)]
        tail = [str(measure)] if kind == "density" else []
        cells += [", ".join(_name(v, labels).replace("_", " " if n else "_") for n, v in enumerate([*cell, *tail]))
                  for cell in absent]
    cells = list(dict.fromkeys(cells))
    more = f"; and {len(cells) - NAMED} more" if len(cells) > NAMED else ""
    return f"No value (–): {'; '.join(cells[:NAMED])}{more}." if cells else ""


def _specifications(data: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Part the specifications of a multiverse from the rows that sum them up, these by measure."""
    summed = data["measure"].str.startswith("multiverse_")
    whole = data[summed & (data["spec"].isna() | (data["measure"] == "multiverse_default"))]
    return data[~summed], {str(row["measure"]).removeprefix("multiverse_"): row for _, row in whole.iterrows()}


def _conclusion(curve: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Say what is compared, in words: a measure, of which labels, and its two sides."""
    row = curve.iloc[0]
    of = [_name(value, labels) for value in row[["stance", "group"]].dropna()]
    told = f" ({', '.join(of)})" if of else ""
    return f"{str(row['measure']).replace('_', ' ')}{told}, {name_sides(str(row['contrast']), labels)}"


def _of_specifications(data: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    """Tell what a specification curve shows, and how many specifications agree."""
    curve, summed = _specifications(data)
    barred = curve[curve["ci_low"].notna() & curve["ci_high"].notna()]
    known = int(curve["estimate"].notna().sum())
    parts = [f"Specification curve of the {_conclusion(curve, labels)}: a column is one specification, the smallest estimate "
             "first, and the dots below it are its choices; dashed line: no difference.", _zones(curve),
             f"Specifications: {len(curve)}, of {_span(curve['n_documents'])} articles ({_span(curve['n_clusters'])} independent "
             f"clusters) and {_span(curve['n_units'])} units counted."]
    for name in ("count", "median", "same_direction"):
        if name in summed and pd.notna(summed[name]["note"]):
            parts.append(str(summed[name]["note"]))
    if len(barred):
        levels = _join([f"{level:.0%}" for level in barred["ci_level"].dropna().unique()] or ["unknown"])
        parts.append(f"Bars: {levels} intervals ({'; '.join(barred['method'].dropna().drop_duplicates())}).")
        if "significant" in summed:
            parts.append(str(summed["significant"]["note"]))
    if known > len(barred):
        parts.append(f"Hollow: described only, no interval ({known - len(barred)} of {known}); why stands in the CSV file.")
    return [*parts, _validation(curve)]


def write_alt(data: pd.DataFrame, kind: str, *, labels: Mapping[str, str] | None = None) -> str:
    """Write the alt text of a figure from the rows drawn: its form, then what a reader would see first.

    Parameters
    ----------
    data, kind, labels
        As for :func:`write_caption`.

    Returns
    -------
    str
        Plain text without line breaks.

    Raises
    ------
    SchemaError
        There is no such kind, or no row.
    """
    _check(data, kind)
    teller = {"labels": _alt_labels, "density": _alt_density, "sources": _alt_sources, "sentiment": _alt_sentiment,
              "multiverse": _alt_multiverse}
    return " ".join(teller[kind](data, labels or {}).split())


def _number(row: pd.Series, digits: int, percent: bool = False) -> str:
    """Write an estimate, with its interval if it has one."""
    if pd.isna(row["estimate"]):
        return "no value"
    shown = [f"{v:.0%}" if percent else f"{v:.{digits}f}" for v in row[["estimate", "ci_low", "ci_high"]]]
    return shown[0] if pd.isna(row["ci_low"]) or pd.isna(row["ci_high"]) else f"{shown[0]} ({shown[1]} to {shown[2]})"


def _highest(rows: pd.DataFrame, sign: int = 1) -> pd.Series:
    """Return the row with the highest estimate, or, with ``sign`` -1, the lowest; rows without one do not count."""
    return rows.iloc[int((sign * rows["estimate"]).fillna(float("-inf")).to_numpy().argmax())]


def _rows_of(data: pd.DataFrame) -> str:
    n, each = len(find_places(data)), _each(data)
    return f"a row for each voice under each of {n} {each}s" if n > 1 else f"a row for each voice of one {each}"


def _alt_labels(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Tell the largest value of each panel, and how much is zero."""
    told = []
    for (group, measure), part in data.groupby(["group", "measure"], sort=False):
        known = part[part["estimate"].notna()]
        share, name = measure == "label_share", _name(group, labels)
        if known.empty or not known["estimate"].max() > 0:
            told.append(f"{name}: no label")
            continue
        highest = "highest"
        if share:  # 100 % of one label is not what strikes first: look among values with an interval
            barred = known[known["ci_low"].notna() & (known["estimate"] > 0)]
            highest = "highest with an interval" if len(barred) else "highest, none with an interval,"
            known = barred if len(barred) else known
        row = _highest(known)
        zero = int((known["estimate"] == 0).sum())
        told.append(f"{name}, {'share of labels' if share else 'number of labels'}: {highest} {_number(row, 0, share)}, "
                    f"{row['stance']}, {row['voice']}, {_name(row[find_place(data)], labels)}"
                    + ("" if share else f"; {zero} of {len(known)} counts are zero"))
    return f"A panel for each group of people or events, {_rows_of(data)}, a mark for each stance. {'. '.join(told)}."


def _alt_density(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    told = []
    for place, part in data.groupby(find_place(data), sort=False):
        values = [f"{_name(row['measure'], labels)} {_number(row, 1)}" for _, row in part.iterrows()]
        told.append(f"{_name(place, labels)}: {', '.join(values)}")
    return f"Dot plot{' with intervals' if has_intervals(data) else ''}, per 1,000 words. {'. '.join(told)}."


def _alt_sources(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    counts, told = data[data["measure"] == "source_type_count"], []
    for place, part in counts.groupby(find_place(data), sort=False):
        most = _highest(part)
        kind = _name(most["source_type"], labels).replace("_", " ")
        told.append(f"{_name(place, labels)}: "
                    + (f"most often {kind}, {most['estimate']:.0f}" if most["estimate"] > 0 else "no source"))
    return (f"Heat map of kinds of source by {_each(data)}, each cell with its count and shaded by its share. "
            f"{'. '.join(told)}.")


def _alt_sentiment(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    place, told = find_place(data), []
    for scorer, part in data[data["estimate"].notna()].groupby("scorer", sort=False):
        rows = {"lowest": _highest(part, -1), "highest": _highest(part)}
        told.append(f"{_name(scorer, labels)}: " + ", ".join(
            f"{word} {_number(row, 2)}, {row['voice']}, {_name(row[place], labels)}" for word, row in rows.items()))
    bars = " with intervals" if has_intervals(data) else ""
    return (f"Dot plot{bars}, {_rows_of(data)}, a panel for each scorer, against a zero line. "
            f"{'. '.join(told) or 'No value'}.")


def _alt_multiverse(data: pd.DataFrame, labels: Mapping[str, str]) -> str:
    curve, summed = _specifications(data)
    known = curve[curve["estimate"].notna()]
    ends = (("Lowest", _highest(known, -1)), ("highest", _highest(known)))
    told = [f"{word} {_number(row, 2)}, {str(row['spec']).replace('without=none', 'no term left out')}" for word, row in ends]
    told += [f"default {summed['default']['estimate']:.2f}"] if "default" in summed else []
    same = f" {summed['same_direction']['note']}" if "same_direction" in summed else ""
    bars = " with intervals" if has_intervals(curve) else ""
    return (f"Curve of {len(known)} estimates{bars} in rising order against a line of no difference, over a board of the choices "
            f"of each: {_conclusion(curve, labels)}. {'; '.join(told)}.{same}")
