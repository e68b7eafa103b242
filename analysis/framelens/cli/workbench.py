"""The commands ``framelens lexicon …``: the workbench on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from framelens.cli.shared import OUT, QUIET, progress, read_annotations, show_contexts

__all__ = ["workbench"]

CORPUS = click.argument("corpus", type=click.Path(path_type=Path))
LEXICON = click.option("--lexicon", "name", metavar="NAME|FILE",
                       help="A packaged lexicon, or a .toml file.  [default: the study's, or protest]")
STANCE = click.Choice(["delegitimising", "neutral", "legitimising"])
ROWS = click.option("--rows", default=20, show_default=True, type=click.IntRange(1), help="Rows to show of each part.")
FORMATS = click.Choice(["csv", "quanteda", "liwc", "plain"])


@click.group("lexicon")
def workbench() -> None:
    """Check, extend, test, import and export a lexicon."""


def _read(corpus: Path, name: str | None, quiet: bool) -> tuple[Any, Any, Mapping[str, Any]]:
    """Read a corpus (texts, a study or annotations), a lexicon and a study's settings; annotate the first by the others."""
    from framelens.annotate.bundle import ABOUT, Annotations
    from framelens.corpus.ingest import read_articles
    from framelens.lexicon import read_lexicon
    from framelens.pipeline import annotate, read_study

    if (corpus / "study.toml").is_file():
        study = read_study(corpus)
        lexicon = read_lexicon(name) if name else study.read_lexicon()
        found, source = study.annotate(progress=progress(quiet, "annotate"))
        if not name or source != "texts":
            return found, lexicon, study.settings
        found = annotate(found.documents, lexicon, study=study.settings, progress=progress(quiet, "annotate"))
        return found, lexicon, study.settings
    lexicon = read_lexicon(name or "protest")
    if (corpus / ABOUT).is_file():
        found = Annotations.load(corpus)
        if found.about.get("lexicon") == lexicon.about:
            return found, lexicon, {}
        documents = found.documents
    else:
        documents = read_articles(corpus)
    return annotate(documents, lexicon, progress=progress(quiet, "annotate")), lexicon, {}


def _show(table: Any, rows: int | None = None) -> None:
    """Print a table for a screen, numbers with three digits."""
    shown = table.head(rows) if rows else table
    text = {c: ["" if missing else f"{v:.3f}" if isinstance(v, float) else str(v)
                for v, missing in zip(shown[c], shown[c].isna(), strict=True)] for c in shown}
    widths = {c: max([len(c), *map(len, values)]) for c, values in text.items()}
    click.echo("  ".join(f"{c:{w}}" for c, w in widths.items()).rstrip())
    for line in zip(*text.values(), strict=True):
        click.echo("  ".join(f"{v:{w}}" for v, w in zip(line, widths.values(), strict=True)).rstrip())
    if rows and len(table) > rows:
        click.echo(f"… {len(table) - rows} more; --rows or --out shows them")


def _write(table: Any, out: Path | None) -> None:
    if out:
        from framelens import io

        io.write_csv(table, out)


def _toml(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a name by which the lexicon could not be read again."""
    if value is not None and value.suffix != ".toml":
        raise click.BadParameter(f"{value} must end in .toml, or it could not be read as a lexicon.")
    return value


def _pairs(values: Sequence[str], what: str) -> dict[str, str]:
    """Read NAME=VALUE options."""
    for value in values:
        if not value.partition("=")[2]:
            raise click.UsageError(f"{what} is NAME=VALUE, not {value!r}.")
    return {v.partition("=")[0]: v.partition("=")[2] for v in values}


@workbench.command()
@CORPUS
@LEXICON
@OUT
@ROWS
@QUIET
def check(corpus: Path, name: str | None, out: Path | None, rows: int, quiet: bool) -> None:
    """Check a lexicon on CORPUS (texts, a study or a folder of annotations): overlaps, silent and ambiguous terms, coverage."""
    from framelens.workbench.check import check_lexicon, measure_coverage

    found, lexicon, study = _read(corpus, name, quiet)
    problems = check_lexicon(lexicon, found, study=study)
    _write(problems, out)
    if quiet:
        return
    click.echo(f"{lexicon.name}: {len(lexicon.terms)} terms, {len(found.documents)} articles\n")
    _show(measure_coverage(found))
    for problem, part in problems.groupby("problem", sort=False):
        click.echo(f"\n{problem}: {len(part)}")
        _show(part.drop(columns="problem"), rows)


@workbench.command()
@CORPUS
@LEXICON
@click.option("--group", help="Slots of the labels of this group only.")
@click.option("--min-count", default=3, show_default=True, type=click.IntRange(1), help="Occurrences that a candidate needs.")
@click.option("--words", default=2, show_default=True, type=click.IntRange(1, 2), help="Longest candidate.")
@OUT
@ROWS
@QUIET
def candidates(corpus: Path, name: str | None, group: str | None, min_count: int, words: int, out: Path | None, rows: int,
               quiet: bool) -> None:
    """Show words of CORPUS that stand where labels stand and are none yet."""
    from framelens.workbench.candidates import find_candidates

    found, lexicon, _ = _read(corpus, name, quiet)
    table = find_candidates(found, lexicon=lexicon, group=group, min_count=min_count, max_words=words, n=max(rows, 1000))
    _write(table, out)
    if not quiet:
        _show(table, rows)


@workbench.command()
@CORPUS
@LEXICON
@click.option("--term", help="A term as the lexicon names it.")
@click.option("--group")
@click.option("--stance", type=STANCE)
@click.option("--voice", type=click.Choice(["narrator", "direct", "indirect"]))
@click.option("--outlet")
@click.option("--width", default=40, show_default=True, type=click.IntRange(0), help="Characters of context on each side.")
@QUIET
def kwic(corpus: Path, name: str | None, width: int, quiet: bool, **chosen: str | None) -> None:
    """Show labels of CORPUS in context, by term, group, stance, voice or outlet."""
    from framelens.report.concordance import find_labels_in_context

    found, *_ = _read(corpus, name, quiet)
    show_contexts(find_labels_in_context(found, width=width, **chosen), width, quiet)


@workbench.command()
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("sides", nargs=-1)
@click.option("--only", multiple=True, metavar="COLUMN=VALUE",
              help="What the conclusion is about, such as --only group=protesters; measure, zone and voice are label_share, body "
              "and narrator unless given.")
@click.option("--conclusion", type=click.Choice(["significance", "direction", "order"]),
              help="[default: significance with two SIDES, order with none]")
@OUT
@ROWS
@QUIET
def sensitivity(study: Path, sides: tuple[str, ...], only: tuple[str, ...], conclusion: str | None, out: Path | None, rows: int,
                quiet: bool) -> None:
    """Drop each term of STUDY in turn: does the conclusion on two SIDES (outlets), or the order of all, change?

    STUDY may be a folder of annotations.
    """
    from framelens.measure.labelling import measure_labelling
    from framelens.workbench.sensitivity import measure_sensitivity

    if len(sides) not in (0, 2):
        raise click.UsageError("SIDES are two outlets, or none for the order of all.")
    asked = {"measure": "label_share", "zone": "body", "voice": "narrator", **_pairs(only, "--only")}
    drawn = conclusion or ("significance" if sides else "order")
    table = measure_sensitivity(read_annotations(study, quiet), measure_labelling, only=asked, conclusion=drawn,
                                sides=(sides[0], sides[1]) if sides else None, by="outlet")
    _write(table, out)
    if not quiet:
        changed = int(table["changes"].sum())
        click.echo(f"{table['conclusion'].iloc[0]}: changes with {changed} of {len(table) - 1} terms")
        _show(table, rows)


@workbench.command()
@click.argument("codings", type=click.Path(path_type=Path))
@click.option("--lexicon", "name", default="protest", show_default=True, metavar="NAME|FILE", help="The lexicon that was coded.")
@click.option("--coder", help="Write the lexicon with this coder's stances to --out.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), callback=_toml,
              help="A .toml file for the lexicon of --coder.")
@ROWS
@QUIET
def stances(codings: Path, name: str, coder: str | None, out: Path | None, rows: int, quiet: bool) -> None:
    """Show how far coders agree in the stance of terms, and which they dispute.

    CODINGS is a CSV with the columns coder, term, stance and, if need be, group and lexicon (its stance of the term).
    """
    from framelens.lexicon import read_lexicon
    from framelens.workbench.formats import write_lexicon
    from framelens.workbench.stances import find_disputed, measure_stance_agreement, read_stances, with_stances

    if (coder is None) != (out is None):
        raise click.UsageError("--coder and --out go together.")
    lexicon = read_lexicon(name)
    coded = read_stances(codings, lexicon)
    if coder and out:
        write_lexicon(with_stances(lexicon, coded, coder=coder), out, format="toml")
    if not quiet:
        if coded["coder"].nunique() > 1:
            _show(measure_stance_agreement(coded).drop(columns="method"))
        click.echo("\nDisputed terms")
        _show(find_disputed(coded, lexicon), rows)


@workbench.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), callback=_toml,
              help="The .toml file to write.")
@click.option("--format", "format_", type=FORMATS, help="[default: by the ending of FILE]")
@click.option("--group", help="Group of what the file gives none.")
@click.option("--stance", type=STANCE, help="Stance of what the file gives none.")
@click.option("--category", multiple=True, metavar="NAME=GROUP.STANCE", help="Read this category, and only those named.")
@click.option("--side", multiple=True, metavar="GROUP=SIDE", help="Side of a group: challenger, official or none.")
@click.option("--vocabulary", type=click.Path(dir_okay=False, path_type=Path), help="A text whose words wildcards stand for.")
def import_(file: Path, out: Path, format_: str | None, group: str | None, stance: str | None, category: tuple[str, ...],
            side: tuple[str, ...], vocabulary: Path | None) -> None:
    """Read a dictionary (CSV, quanteda YAML, LIWC .dic, plain list) and write it as a lexicon."""
    from framelens import io
    from framelens.text.tokens import read_words
    from framelens.workbench.formats import read_dictionary, write_lexicon

    words = read_words(io.read_text(vocabulary)).surfaces if vocabulary else None
    lexicon = read_dictionary(file, format=format_, group=group, stance=stance, categories=_pairs(category, "--category") or None,
                              sides=_pairs(side, "--side"), vocabulary=words)
    write_lexicon(lexicon, out, format="toml")
    click.echo(f"{len(lexicon.terms)} terms in {', '.join(lexicon.groups)} -> {out}")


@workbench.command()
@click.argument("name", metavar="NAME|FILE")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=FORMATS, help="[default: by the ending of OUT]")
@ROWS
@QUIET
def export(name: str, out: Path, format_: str | None, rows: int, quiet: bool) -> None:
    """Write a lexicon as CSV, quanteda YAML, LIWC .dic or a plain list, and say what is lost."""
    from framelens.lexicon import read_lexicon
    from framelens.workbench.formats import write_lexicon

    lexicon = read_lexicon(name)
    lost = write_lexicon(lexicon, out, format=format_)
    if not quiet:
        click.echo(f"{len(lexicon.terms)} terms -> {out}; something is lost of {len(lost)} of its groups and terms"
                   if len(lost) else f"{len(lexicon.terms)} terms -> {out}")
        if len(lost):
            _show(lost, rows)
