"""What the commands share: options, the progress bar, and how a corpus is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

__all__ = ["LEXICON", "OUT", "QUIET", "progress", "read_annotations", "show_contexts"]

QUIET = click.option("--quiet", is_flag=True, help="Print nothing but errors.")
LEXICON = click.option("--lexicon", default="protest", show_default=True, metavar="NAME|FILE",
                       help="A packaged lexicon, or a .toml file.")
OUT = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all rows here (.csv).")


def progress(quiet: bool, what: str) -> Any:
    """Return what wraps a long loop in a progress bar, or None where nobody looks."""
    if quiet or not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    def wrap(items: Iterable[Any]) -> Iterable[Any]:
        return tqdm(items, desc=what, unit="article", leave=False)

    return wrap


def read_annotations(path: Path, quiet: bool) -> Any:
    """Read a folder of annotations, or annotate a study."""
    from framelens.annotate.bundle import ABOUT, Annotations
    from framelens.pipeline import read_study

    if (path / ABOUT).is_file():
        return Annotations.load(path)
    return read_study(path).annotate(progress=progress(quiet, "annotate"))[0]


def show_contexts(found: Any, width: int, quiet: bool) -> None:
    """Print words in context, a line each, and how many there are."""
    names = max((len(d) for d in found["document_id"]), default=0)
    for row in found.itertuples(index=False):
        source = f" ({row.source_type})" if isinstance(row.source_type, str) else ""
        click.echo(f"{row.document_id:<{names}}  {row.left:>{width}}[{row.match}]{row.right:<{width}}  {row.voice}{source}")
    if not quiet:
        click.echo(f"{len(found)} found", err=True)
