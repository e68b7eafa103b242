"""The command line: parse, call, print."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from framelens.cli.copies import copies
from framelens.cli.evidence import evidence
from framelens.cli.parallel import parallel
from framelens.cli.shared import LEXICON, QUIET, SETTINGS, progress, read_annotations, read_texts, show_contexts
from framelens.cli.tone import tone
from framelens.cli.workbench import workbench
from framelens.errors import FramelensError, FramelensWarning, SchemaError

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="framelens")
def cli() -> None:
    """Compare how news outlets frame the same events, and in whose voice."""


cli.add_command(tone)
cli.add_command(workbench)
cli.add_command(copies)
cli.add_command(evidence)
cli.add_command(parallel)


@cli.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the tables.")
@LEXICON
@click.option("--format", "format_", type=click.Choice(["csv", "parquet"]), default="parquet", show_default=True)
@click.option("--on-error", type=click.Choice(["raise", "skip"]), default="raise", show_default=True,
              help="Stop at a bad row, or keep it with an exclusion_reason.")
@QUIET
def annotate(corpus: Path, out: Path, lexicon: str | None, format_: str, on_error: str, quiet: bool) -> None:
    """Annotate CORPUS and write every table to the folder --out.

    CORPUS is a folder of .txt files, a table, or a study, whose settings and lexicon are then used.
    """
    from framelens.pipeline import annotate as run

    documents, study = read_texts(corpus, on_error=on_error, remedy="(--on-error skip keeps the good rows and marks the others.)")
    words = lexicon or (study.read_lexicon() if study else "protest")
    annotations = run(documents, words, study=study.settings if study else None, progress=progress(quiet, "annotate"))
    annotations.save(out, format=format_)
    excluded = int(documents["exclusion_reason"].notna().sum())
    if not quiet:
        left_out = f" ({excluded} excluded, see documents.exclusion_reason)" if excluded else ""
        click.echo(f"{len(documents)} articles{left_out}, {len(annotations.mentions)} labels, "
                   f"{len(annotations.attributions)} attributions -> {out}")


@cli.command()
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--out", default=Path("figures"), show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder under which <study>/ is written.")
@click.option("--journal", default="nature", show_default=True, metavar="NAME",
              help="Whose widths, height and type: nature, science or plos.")
@click.option("--gallery/--no-gallery", "page", default=True, show_default=True,
              help="Write the page of all studies under that folder too; not where several run at once.")
@QUIET
def figures(study: Path, out: Path, journal: str, page: bool, quiet: bool) -> None:
    """Run the study in the folder STUDY and write its figures."""
    from framelens.pipeline import read_study
    from framelens.report.figures_study import find_left_out
    from framelens.report.gallery import write_gallery, write_study
    from framelens.report.style import journal_style

    settings = read_study(study)
    with journal_style(journal):
        annotations, source = settings.annotate(progress=progress(quiet, settings.name))
        estimates = settings.estimate(annotations)
        tables = settings.find_tables(annotations)
        names = write_study(estimates, out / settings.name, annotations.about, tables=tables, title=settings.title,
                            labels=settings.labels)
    if page:
        write_gallery(out)
    if not quiet:
        click.echo(f"{settings.name}: from {'its texts' if source == 'texts' else 'text-free tables (its texts are not here)'}, "
                   f"{len(names)} figures -> {out / settings.name}")
        for name, why in find_left_out(estimates, tables=tables, labels=settings.labels).items():
            click.echo(f"not drawn: {name}: {why}")


@cli.command()
@click.argument("folder", default=Path("figures"), type=click.Path(file_okay=False, path_type=Path))
def gallery(folder: Path) -> None:
    """Write README.md over FOLDER (figures/): the figures of all studies there, with captions."""
    from framelens.report.gallery import write_gallery

    write_gallery(folder)


@cli.command()
@click.argument("study", type=click.Path(path_type=Path))
@QUIET
def tables(study: Path, quiet: bool) -> None:
    """Write the text-free tables of STUDY from its texts, for publication."""
    from framelens.errors import StudyError
    from framelens.io import table_files
    from framelens.pipeline import read_study

    settings = read_study(study)
    annotations, source = settings.annotate(progress=progress(quiet, settings.name))
    if source != "texts":
        raise StudyError(f"{study}: its texts are not here. Put them into {study}/texts or name their folder in FRAMELENS_TEXTS.")
    folder = settings.write_tables(annotations)
    if not quiet:
        click.echo(f"{settings.name}: {len(table_files(folder))} text-free tables -> {folder}")


@cli.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("term")
@click.option("--width", default=40, show_default=True, type=click.IntRange(0), help="Characters of context on each side.")
@QUIET
def kwic(corpus: Path, term: str, width: int, quiet: bool) -> None:
    """Show TERM (words, * as a wildcard) in context, with whose voice it stands in.

    CORPUS is a folder or table of texts, a study, or a folder of annotations with texts.
    """
    from framelens.report.concordance import find_in_context

    found = find_in_context(read_annotations(corpus, quiet, texts=True), term, width=width)
    show_contexts(found, width, quiet)


@cli.command()
@click.argument("predicted", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all estimates here (.csv or .parquet).")
@click.option("--level", type=click.IntRange(1), help="Attributions down to this depth only: 1, the outermost.  [default: all]")
@click.option("--scare-quotes/--no-scare-quotes", default=True, show_default=True, help="Whether they count as attributions.")
@click.option("--by", type=click.Choice(["outlet", "document_id"]), help="Measure apart by outlet or article.")
@click.option("--only", multiple=True, type=click.Choice(["attributions", "mentions", "agency", "facts"]),
              help="Score these only (mentions: labels); may be repeated.  [default: all that both hold, but of inline marks not "
                   "what no text of GOLD has a mark of]")
@LEXICON
@QUIET
def score(predicted: Path, gold: Path, out: Path | None, only: tuple[str, ...], lexicon: str | None, quiet: bool,
          **options: Any) -> None:
    """Measure how far PREDICTED agrees with GOLD: precision, recall, F1 and rates with 95 % intervals.

    GOLD is a folder of tables (documents, and attributions with attribution_spans, or mentions, or agency, or all) or of .txt
    files with inline marks, which data/demo/CODING.md describes; docs/bring-your-own.md shows both, and the few columns that
    labels need. PREDICTED is the same, or a study, or plain texts, which are annotated first, with --lexicon where it is given.

    Each article in GOLD must be coded in full: what is found in it and not coded counts as wrong, so that precision falls
    where only examples were coded. Leave articles that nobody coded out of GOLD: they are not scored.
    """
    from framelens import io
    from framelens.measure.accuracy import measure_accuracy
    from framelens.measure.coded import read_coded

    coded = read_coded(gold)
    found = _read_predicted(predicted, set(coded.documents["document_id"]), lexicon, progress(quiet, "annotate"))
    estimates = measure_accuracy(found, coded, only=only or None, **options)
    if out:
        io.write_table(estimates, out, "estimates")
    if not quiet:
        for line in _score_lines(estimates):
            click.echo(line)


def _read_predicted(path: Path, wanted: set[str], lexicon: str | None, progress: Any) -> Any:
    """Read annotations, or make them of a study or of the texts that are wanted."""
    from framelens import io
    from framelens.corpus.ingest import read_articles
    from framelens.measure.coded import read_coded
    from framelens.pipeline import annotate as run
    from framelens.pipeline import read_study

    if (path / SETTINGS).is_file():
        if lexicon is None:
            return read_study(path).annotate(progress=progress)[0]
        documents, study = read_texts(path)
        return run(documents, lexicon, study=study.settings, progress=progress)
    if path.is_dir():
        coded = read_coded(path)
        if io.declared_files(path) or len(coded.attributions) or len(coded.mentions):
            if lexicon is not None:
                warnings.warn(f"{path}: is annotated already; --lexicon {lexicon} is not used. Give texts or a study to annotate "
                              "with it.", FramelensWarning, stacklevel=2)
            return coded
    documents = read_articles(path)
    return run(documents[documents["document_id"].isin(wanted)].reset_index(drop=True), lexicon or "protest", progress=progress)


def _score_lines(estimates: Any) -> Iterable[str]:
    """Lay out accuracy for a screen: precision, recall and F1 side by side, then the rates; what has no case is left out."""
    shown = estimates[(estimates["n_units"] > 0) & ~estimates["contrast"].str.startswith("rule=", na=False)]
    ends = ("_precision", "_recall", "_f1")
    of = shown["document_id"].fillna(shown["outlet"]).fillna("")
    for unit, part in shown.groupby(of, sort=False):
        first = part.iloc[0]
        said = [f"{s.rstrip('.')}." for s in str(first["note"]).split(". ")
                if any(words in s for words in ("not scored", "left out", "Groups of gold"))]
        yield " ".join([f"{unit or 'All'} (articles: {part['n_documents'].max()}, clusters: {part['n_clusters'].max()})", *said])
        cells: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}
        for row in part.itertuples():
            named = (row.contrast, row.group, row.voice, row.source_type, row.construction)
            about = next((v for v in named if isinstance(v, str)), "")
            name, _, kind = row.measure.rpartition("_") if row.measure.endswith(ends) else (row.measure, "", "rate")
            interval = f" [{row.ci_low:.3f}, {row.ci_high:.3f}]" if row.ci_low == row.ci_low else ""
            number = f"{row.estimate:.3f}{interval}" if row.estimate == row.estimate else "-"
            cells.setdefault((name, about), {})[kind] = (number, "" if kind == "f1" else f"{row.n_units:.0f}")
        width = max(len(" ".join(key)) for key in cells) + 2
        for kinds in (("precision", "recall", "f1"), ("rate",)):
            head: tuple[str, ...] = ("",)
            rows = {head: {kind: (kind, "" if kind == "f1" else "of") for kind in kinds}}
            for key, values in {**rows, **{k: v for k, v in cells.items() if v.keys() & set(kinds)}}.items():
                numbers = (values.get(kind, ("-", "")) for kind in kinds)
                yield "".join([f"{' '.join(key):{width}}", *(f"{number:22}{n:>6}   " for number, n in numbers)]).rstrip()
            yield ""


@cli.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("speaker")
@click.option("--ambiguous", type=click.Choice(["raise", "whole", "all"]), default="raise", show_default=True,
              help="If SPEAKER fits several sources: stop and list them, take those of just that name, or take all.")
@QUIET
def quotes(corpus: Path, speaker: str, ambiguous: str, quiet: bool) -> None:
    """Show all that SPEAKER (a name or surname) is said to have said in CORPUS (texts, a study, or a folder of annotations)."""
    from framelens.report.concordance import find_quotations

    annotations = read_annotations(corpus, quiet, texts=True)
    try:
        found = find_quotations(annotations, speaker, ambiguous=ambiguous)
    except SchemaError as error:  # whoever types a command knows options, not arguments of Python
        raise SchemaError(re.sub(r"\bambiguous='(\w+)'", r"--ambiguous \1", str(error))) from error
    for row in found.to_dict("records"):
        words = " ".join(str(row.get("content", f"[{row['start']}, {row['end']})")).split())
        click.echo(f"{row['document_id']}  {row['source_name']} ({row['type']} {row['kind']}, level {row['level']}): {words}")
    if not quiet:
        click.echo(f"{len(found)} found", err=True)


@cli.command()
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--target", help="An outlet.  [default: each in turn]")
@click.option("--reference", help="Another outlet, or 'pairwise' for each of the others.  [default: all others together]")
@click.option("--voice", type=click.Choice(["narrator", "direct", "indirect"]), help="Words of that voice only.  [default: all]")
@click.option("--method", default="permutation", show_default=True, help="Another test by name; see docs/methods/keyness.md.")
@click.option("--null-check", is_flag=True, help="Repeat the test on articles dealt out at random, where nothing differs.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all rows here (.csv or .parquet).")
@QUIET
def keyness(study: Path, target: str | None, reference: str | None, voice: str | None, method: str, null_check: bool,
            out: Path | None, quiet: bool) -> None:
    """Show the words that outlets of STUDY (or of a folder of annotations) use more, or less, than others do."""
    from framelens import io
    from framelens.measure.keyness import measure_keyness

    found = read_annotations(study, quiet)
    estimates = measure_keyness(found.term_counts, found.documents, target, reference, voice=voice, method=method,
                                tables=found.tables, null_check=null_check)
    if out:
        io.write_table(estimates, out, "estimates")
    if not quiet:
        for line in _keyness_lines(estimates):
            click.echo(line)


def _keyness_lines(estimates: Any) -> Iterable[str]:
    """Lay out keywords for a screen: those of q ≤ .05 of each contrast, and what a reader must know of them."""
    for contrast, part in estimates.groupby("contrast", sort=False):
        null = part["measure"].str.contains("_null")
        terms = part[~null]
        keys, tested, held = terms[terms["q_value"] <= 0.05], terms["p_value"].notna().sum(), terms["term"].notna().sum()
        yield f"{contrast}: {len(keys)} of {tested} terms tested with q of .05 or less ({held} in 3 articles or more)"
        if not tested or "Mind: " in terms["note"].iloc[0]:
            yield f"  {terms['note'].iloc[0]}"
        width = max((len(term) for term in keys["term"]), default=0)
        for row in keys.itertuples():
            yield (f"  {row.term:{width}}  more in {row.more_in}: {row.n_units:.0f} against {row.n_reference:.0f} hits, "
                   f"{row.unit} {row.estimate:.2f}, q {f'{row.q_value:.3f}' if row.q_value >= 0.001 else '< .001'}, "
                   f"{row.n_clusters:.0f} clusters")
        for row in part[null].itertuples():
            yield f"  {row.measure}: {row.estimate:.3g} {row.unit}. {row.note}"
        yield ""


def _show_warning(message: Warning | str, category: type[Warning], filename: str, lineno: int, file: Any = None,
                  line: str | None = None) -> None:
    """Print a warning as one line: ours without the place in the code that gave it."""
    place = "framelens: warning" if issubclass(category, FramelensWarning) else f"{filename}:{lineno}: {category.__name__}"
    click.echo(f"{place}: {' '.join(str(message).split())}", err=True)


def main() -> None:
    """Run the command line; an error of ours is one line and exit code 2, never a traceback, and a warning one line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", FramelensWarning)
            warnings.showwarning = _show_warning
            cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except FramelensError as error:
        click.echo(f"framelens: {' '.join(str(error).split())}", err=True)
        sys.exit(2)
    except OSError as error:  # the last net: a folder that vanishes, a full disk
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"framelens: {place}{error.strerror or error}. Check the path, its permissions and the space left.", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
