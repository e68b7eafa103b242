"""The command that opens the sentences behind the rows of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from framelens.cli.shared import OUT, QUIET, SETTINGS, read_annotations

__all__ = ["evidence"]

HEADER = 2  # a spreadsheet counts the header as row 1
NAMED = ("document_id", "contrast", "outlet", "zone", "voice", "group", "stance", "source_type", "side", "construction", "scorer",
         "target_group", "loaded_class", "agent_group", "patient_group", "conduit_type", "term", "period", "spec")


@click.command()
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("figure")
@click.option("--row", type=click.IntRange(HEADER),
              help="One row of the figure's CSV file, as a spreadsheet counts: the header is row 1.  [default: list all rows]")
@click.option("--figures", default=Path("figures"), show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder under which <study>/<FIGURE>.csv lies.")
@OUT
@QUIET
def evidence(study: Path, figure: str, row: int | None, figures: Path, out: Path | None, quiet: bool) -> None:
    """Show what a plotted row of FIGURE counts, each in its sentence.

    FIGURE is the name of a figure of STUDY (01_labels_by_voice) or a CSV file with the rows of one; STUDY may then be a folder
    of annotations, too. Without --row its rows are listed with their numbers. Marked + is what the row is about, marked - what
    else a share is of; brackets enclose the words that were counted. With --out the evidence is written as a table, of all rows
    or of one; estimate_row is then the row of the CSV file.
    """
    from framelens import io, schema
    from framelens.report.evidence import REASONS, find_evidence

    file = _find_file(study, figure, figures)
    rows = io.parse_csv(io.read_text(file), file)  # its index is that of a spreadsheet
    if "measure" in rows:
        rows = schema.validate(rows, "estimates").set_axis(rows.index)
    if row is not None and row not in rows.index:
        there = f"its rows are {HEADER} to {rows.index[-1]}" if len(rows) else "it has none"
        raise click.BadParameter(f"{row} is no row of the file: {there}.", param_hint="--row")
    if row is None and not out:
        for number, told in rows.iterrows():
            click.echo(f"{number}  {_name(told)}")
        return
    asked = rows if row is None else rows.loc[[row]]
    found = read_annotations(study, quiet)
    table = find_evidence(found, asked)
    if out:
        io.write_table(table, out, "evidence")
    if quiet:
        return
    if row is None:
        click.echo(f"{len(table)} rows of evidence, {len(table.attrs[REASONS])} of {len(asked)} rows have none -> {out}")
        return
    for line in _lines(rows.loc[row], table, table.attrs[REASONS].get(row)):
        click.echo(line)
    if found.form != "full" and len(table):
        place = f"{study}/texts or name their folder in FRAMELENS_TEXTS" if (study / SETTINGS).is_file() else "a study"
        click.echo(f"The texts are not here: put them into {place} to see the sentences.", err=True)


def _find_file(study: Path, figure: str, figures: Path) -> Path:
    """Find the rows of a figure: the file itself, or that of its name among the study's figures."""
    from framelens.errors import StudyError
    from framelens.pipeline import read_study

    if Path(figure).is_file():
        return Path(figure)
    folder = figures / read_study(study).name
    file = folder / f"{figure.removesuffix('.csv')}.csv"
    if not file.is_file():
        there = ", ".join(path.stem for path in sorted(folder.glob("*.csv")))
        known = f"There is {there}." if there else (
            f"Run `framelens figures {study} --out {figures}` first, or, if its figures lie elsewhere, name their folder with "
            "--figures.")
        raise StudyError(f"{file}: no such figure. {known}")
    return file


def _name(row: Any) -> str:
    """Name a row: the measure, what it is of, and its number; of rows that are no estimates what they hold."""
    if "measure" not in row:
        return ", ".join(str(value) for value in row if isinstance(value, str))
    of = [str(row[column]) for column in NAMED if isinstance(row[column], str)]
    number = "no number" if row["estimate"] != row["estimate"] else f"{row['estimate']:.4g}"
    n = "" if row["n_units"] != row["n_units"] else f", n {row['n_units']:.0f}"
    return f"{row['measure']} ({', '.join(of)}): {number} {row['unit']}{n}"


def _lines(row: Any, table: Any, why: str | None) -> Iterator[str]:
    """Lay out the evidence of one row: a line each, under the names of the sides, if there are two."""
    yield _name(row)
    if why:
        yield why
    side = None
    for item in table.itertuples(index=False):
        if isinstance(item.contrast_side, str) and item.contrast_side != side:
            side = item.contrast_side
            yield f"{side}:"
        yield f"{'+' if item.hit else '-'} {_place(item)}"


def _place(item: Any) -> str:
    """Name where something stands, and show it in its sentences."""
    import pandas as pd

    if pd.isna(item.start):
        return f"{item.document_id}  {item.item} {item.item_id} (n {item.n_units:g}). {item.note}"
    place = f"{item.document_id} [{item.start}, {item.end})"
    if not isinstance(item.passage, str):
        return f"{place}  {item.item} {item.item_id}"
    at, to = item.start - item.sentence_start, item.end - item.sentence_start
    score = "" if pd.isna(item.value) else f"  {item.value:g}"
    return f"{place}{score}  {' '.join(f'{item.passage[:at]}[{item.passage[at:to]}]{item.passage[to:]}'.split())}"
