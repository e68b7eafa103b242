"""What the commands share: options, the progress bar, and how a corpus is read."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from framelens.errors import FramelensWarning

__all__ = ["LEXICON", "OUT", "QUIET", "SETTINGS", "progress", "read_annotations", "read_texts", "show_contexts"]

SETTINGS = "study.toml"


def _silence(_context: click.Context, _option: click.Parameter, quiet: bool) -> bool:
    if quiet:
        warnings.simplefilter("ignore", FramelensWarning)
    return quiet


QUIET = click.option("--quiet", is_flag=True, callback=_silence, help="Print nothing but errors.")
LEXICON = click.option("--lexicon", metavar="NAME|FILE",
                       help="A packaged lexicon, or a .toml file.  [default: the study's, else protest]")
OUT = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all rows here (.csv).")


def progress(quiet: bool, what: str) -> Any:
    """Return what wraps a long loop in a progress bar, or None where nobody looks."""
    if quiet or not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    def wrap(items: Iterable[Any]) -> Iterable[Any]:
        return tqdm(items, desc=what, unit="article", leave=False)

    return wrap


def read_texts(path: Path, *, on_error: str = "raise", remedy: str = "") -> tuple[Any, Any]:
    """Read the texts of a folder, a table or a study, and the study, if it is one; ``remedy`` as in ``read_articles``."""
    from framelens.corpus.ingest import read_articles
    from framelens.errors import StudyError
    from framelens.pipeline import read_study

    if not (path / SETTINGS).is_file():
        return read_articles(path, on_error=on_error, remedy=remedy), None
    study = read_study(path)
    documents = study.find_texts(on_error=on_error)
    if documents is None:
        raise StudyError(f"{path}: its texts are not here. Put them into {path}/texts or name their folder in FRAMELENS_TEXTS.")
    return documents, study


def read_annotations(path: Path, quiet: bool, *, texts: bool = False) -> Any:
    """Read a folder of annotations, or annotate a study, or, with ``texts``, a folder or table of articles."""
    from framelens.annotate.bundle import ABOUT, Annotations
    from framelens.pipeline import annotate, read_study

    if (path / ABOUT).is_file():
        return Annotations.load(path)
    if texts and not (path / SETTINGS).is_file():
        return annotate(read_texts(path)[0], progress=progress(quiet, "annotate"))
    return read_study(path).annotate(progress=progress(quiet, "annotate"))[0]


def show_contexts(found: Any, width: int, quiet: bool) -> None:
    """Print words in context, a line each, and how many there are."""
    names = max((len(d) for d in found["document_id"]), default=0)
    for row in found.itertuples(index=False):
        source = f" ({row.source_type})" if isinstance(row.source_type, str) else ""
        click.echo(f"{row.document_id:<{names}}  {row.left:>{width}}[{row.match}]{row.right:<{width}}  {row.voice}{source}")
    if not quiet:
        click.echo(f"{len(found)} found", err=True)
