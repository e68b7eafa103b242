"""The command that finds copies without annotating anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from framelens.cli.shared import QUIET, read_texts

__all__ = ["copies"]


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--containment", type=float, help="Share of the shorter article that must stand in the other.  [0.6]")
@click.option("--shingle", type=int, help="Words of a run.  [8]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the tables: copies, copy_pairs, copied_spans, credits.")
@click.option("--format", "format_", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True)
@QUIET
def copies(corpus: Path, containment: float | None, shingle: int | None, out: Path | None, format_: str, quiet: bool) -> None:
    """Show which articles of CORPUS (texts, a table or a study) are copies of one another, and which are agency copy."""
    from framelens.annotate.bundle import Annotations
    from framelens.corpus.zones import find_zones
    from framelens.lexicon.agencies import read_agencies
    from framelens.pipeline.articles import find_shared

    documents, study = read_texts(corpus)
    settings = dict(study.settings) if study else {}
    given = {"containment": containment, "shingle": shingle}
    asked = {**settings.get("copies", {}), **{key: value for key, value in given.items() if value is not None}}
    kept = documents[documents["exclusion_reason"].isna()]
    tables = find_shared(documents, find_zones(kept), agencies=read_agencies(settings.get("agencies")), **asked)
    if out:
        Annotations(tables).save(out, format=format_)
    if not quiet:
        for line in _lines(tables["copies"]):
            click.echo(line)


def _lines(copies: Any) -> Iterable[str]:
    """Lay out clusters of several articles, what else is known to be an agency's, and how many there are of each status."""
    several = copies["cluster_id"].map(copies["cluster_id"].value_counts()) > 1
    shown = copies[several | copies["evidence"].notna()].sort_values(["cluster_id", "document_id"])
    for name, part in shown.groupby("cluster_id", sort=False):
        yield f"{name}: {len(part)} article{'s' if len(part) > 1 else ''}"
        for row in part.itertuples():
            yield f"  {row.document_id}: {row.copy_status}; {row.evidence}"
    counts = ", ".join(f"{n} {status}" for status, n in copies["copy_status"].value_counts().items())
    yield f"{len(copies)} articles in {copies['cluster_id'].nunique()} clusters: {counts}"
