"""The command that prints tone scores, and how far the scorers agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from framelens.cli.shared import OUT, QUIET, read_annotations

__all__ = ["tone"]

AGREEMENT = {"scorer_pearson": "Pearson's r", "scorer_spearman": "Spearman's rho", "scorer_alpha": "Krippendorff's alpha",
             "scorer_opposite_share": "opposite signs"}


@click.command()
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--by", type=click.Choice(["outlet", "document_id", "publisher", "origin", "event"]), default="outlet",
              show_default=True, help="What is compared.")
@OUT
@QUIET
def tone(study: Path, by: str, out: Path | None, quiet: bool) -> None:
    """Show the mean tone scores of STUDY (or of a folder of annotations) by voice, and how far the scorers agree.

    A tone score is a diagnostic, never bias: see docs/methods/tone.md.
    """
    import pandas as pd

    from framelens import io
    from framelens.measure.scorer_agreement import measure_scorer_agreement
    from framelens.measure.tone import measure_tone

    found = read_annotations(study, quiet)
    means, agreement = measure_tone(found, by=by), measure_scorer_agreement(found, by=by)
    if out:
        io.write_table(pd.concat([means, agreement], ignore_index=True), out, "estimates")
    if not quiet:
        for line in (*_mean_lines(means), *_agreement_lines(agreement)):
            click.echo(line)


def _name(row: Any) -> str:
    """Name what a row is of: an article, an outlet or another group of articles."""
    return next(name for name in (row.document_id, row.contrast, row.outlet, "all") if isinstance(name, str))


def _number(row: Any, digits: int) -> str:
    if row.estimate != row.estimate:
        return "-"
    interval = f" [{row.ci_low:.{digits}f}, {row.ci_high:.{digits}f}]" if row.ci_low == row.ci_low else ""
    return f"{row.estimate:.{digits}f}{interval}"


def _mean_lines(means: Any) -> Iterator[str]:
    """Lay out the means: a block for each place, voice, target and window, a line a scorer."""
    of = [means["document_id"].fillna(means["contrast"]).fillna(means["outlet"]), "target_group", "window", "voice"]
    width = max(map(len, means["scorer"]))
    for (_, target, window, voice), part in means[means["n_units"] > 0].groupby(of, sort=False):
        toward = "" if target == "any" else f", toward {target} ({window})"
        yield f"{_name(next(part.itertuples()))}, {voice}{toward}: {part['n_units'].iloc[0]:.0f} segments"
        for row in part.itertuples():
            yield f"  {row.scorer:{width}}  {_number(row, 3)}"
    yield ""


def _agreement_lines(agreement: Any) -> Iterator[str]:
    """Lay out how far the scorers agree: a block for each place and voice."""
    first = next(agreement.itertuples())
    yield f"Agreement of {first.scorer} and {first.reference} on the same segments"
    of = [agreement["document_id"].fillna(agreement["contrast"]).fillna(agreement["outlet"]), "voice"]
    for (_, voice), part in agreement[agreement["n_units"] > 0].groupby(of, sort=False):
        yield f"{_name(next(part.itertuples()))}, {voice}"
        for row in part.itertuples():
            yield f"  {AGREEMENT[row.measure]:22}{_number(row, 2)}, n {row.n_units:.0f}"
