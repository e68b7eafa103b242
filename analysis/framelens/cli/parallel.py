"""The command ``framelens parallel``: one event told by several outlets, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from framelens.cli.shared import QUIET, read_annotations

__all__ = ["parallel"]

WIDTH = 34  # characters of a filler on a screen


@click.command()
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for a CSV of each event, a page (slots.html), omissions, reworded quotations, spellings and copies.")
@click.option("--event", "only", help="This event only.  [default: all]")
@click.option("--least", default=2, show_default=True, type=click.IntRange(1),
              help="Omissions: how many other outlets must have what an outlet lacks.")
@click.option("--probability", default=0.8, show_default=True, type=click.FloatRange(0, 1, min_open=True, max_open=True),
              help="From which on sentences are joined: higher finds fewer and surer statements.")
@QUIET
def parallel(study: Path, out: Path | None, only: str | None, least: int, probability: float, quiet: bool) -> None:
    """Show what the outlets of STUDY (or of a folder of annotations with texts) tell alike, each in its own words."""
    from framelens import assign_suspects, find_omissions, find_rewritten, find_slots, find_spellings, find_statements, io
    from framelens.report.slots import lay_out_slots, write_slots

    found = _only(read_annotations(study, quiet), only)
    statements = find_statements(found, least=probability)
    slots = find_slots(found, statements)
    if out:  # before anything is printed: whoever reads on may stop, as head does
        write_slots(found, statements, slots, out)
        io.write_table(statements, out / "statements.csv", "statements")
        io.write_table(slots, out / "slots.csv", "slots")
        io.write_table(find_rewritten(found, slots), out / "rewritten.csv", "rewritten")
        io.write_table(assign_suspects(found), out / "copies.csv", "copies")
        io.write_csv(find_spellings(found), out / "spellings.csv")
        io.write_csv(find_omissions(found, statements, least=least), out / "omissions.csv")
    if not quiet:
        for line in _lines(lay_out_slots(found, statements, slots)):
            click.echo(line)
        count = statements["statement_id"].nunique()
        click.echo(f"{count} statements in {len(statements)} sentences{f' -> {out}' if out else ''}", err=True)


def _only(annotations: Any, event: str | None) -> Any:
    """Take the articles of one event."""
    from framelens.errors import CorpusError

    if event is None:
        return annotations
    documents = annotations.documents
    kept = documents[documents["event"] == event] if "event" in documents else documents.iloc[:0]
    if kept.empty:
        known = sorted(documents["event"].dropna().unique()) if "event" in documents else []
        raise CorpusError(f"No article is on the event {event!r}. Events: {', '.join(known[:12]) or 'none'}.")
    return annotations.keep(set(kept["document_id"]))


def _lines(table: Any) -> Iterator[str]:
    """Lay out the slot table for a screen: a block for each statement, differing fillers between stars, with their offsets."""
    from framelens.report.slots import SHOWN

    for (event, name), found in table.groupby(["event", "statement_id"], sort=False, dropna=False):
        yield f"{event if isinstance(event, str) else '(no event)'}  {name}"
        differing = found["differs"].iloc[0].split("; ")
        for row in found.to_dict("records"):
            yield f"  {row['outlet']} ({row['document_id']}, sentence {row['sentence']})"
            for slot in SHOWN:
                if isinstance(row[slot], str):
                    words = " ".join(row[slot].split())
                    words = words if len(words) <= WIDTH else f"{words[:WIDTH - 1]}…"
                    yield f"    {slot:12} {f'*{words}*' if slot in differing else words}  [{row[f'{slot}_at']}]"
        yield ""
