"""Figures as files: PDF, SVG and PNG with the rows drawn, caption and alt text; manifest; gallery page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from framelens import io
from framelens.errors import StudyError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import NO_TABLES, find_left_out, plot_study
from framelens.report.style import journal_style

__all__ = ["write_figure", "write_figures", "write_gallery", "write_manifest", "write_study"]

SUFFIXES = (".pdf", ".svg", ".png", ".csv", ".md")
MANIFEST = "manifest.json"
DPI = 300
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)]*)\)\n\n(?P<caption>.*)", re.DOTALL)


def write_figure(figure: Figure, data: pd.DataFrame, caption: str, alt: str, *, folder: str | Path,
                 name: str) -> list[Path]:
    """Write one figure as PDF, SVG and PNG (300 dpi), with the rows drawn (.csv), caption and alt text (.md).

    Parameters
    ----------
    figure : Figure
        Any figure; its size is kept to the millimetre.
    data : DataFrame
        The rows of ``estimates`` that it draws.
    caption, alt : str
        Markdown, and plain text.
    folder : path
        Made if need be.
    name : str
        File name without an ending.

    Returns
    -------
    list of Path
        The five files. The same input gives the same bytes.
    """
    folder, alt = Path(folder), _plain(alt)
    paths = [io.write_bytes(image, folder / f"{name}.{form}") for form, image in _render(figure, name, alt).items()]
    paths.append(io.write_csv(data, folder / f"{name}.csv"))
    paths.append(io.write_text(f"![{alt}]({name}.png)\n\n{caption.strip()}\n", folder / f"{name}.md"))
    return paths


def _plain(text: str) -> str:
    """Take out what would end the alt text of a Markdown image early."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def _render(figure: Figure, name: str, alt: str) -> dict[str, bytes]:
    """Draw all formats in one layout: each renderer measures text a little differently, so only one may lay out."""
    # No date and no version of a program: the bytes change with the figure only.
    about: dict[str, dict[str, Any]] = {
        "pdf": {"CreationDate": None, "Creator": "framelens", "Producer": "matplotlib", "Title": name, "Subject": alt},
        "svg": {"Date": None, "Creator": "framelens", "Title": name, "Description": alt},
        "png": {"Software": "framelens", "Title": name, "Description": alt},
    }
    engine, dpi, images = figure.get_layout_engine(), figure.get_dpi(), {}
    with journal_style():
        try:
            figure.set_dpi(DPI)
            if engine is not None and figure.axes:
                for _ in range(2):  # the second pass sees the ticks that the first one chose; nothing need be drawn for it
                    engine.execute(figure)
            figure.set_layout_engine(None)  # frozen: every format gets the same places
            for form, facts in about.items():
                buffer = BytesIO()
                figure.savefig(buffer, format=form, dpi=DPI, metadata=facts)
                images[form] = buffer.getvalue()
        finally:
            figure.set_layout_engine(engine)
            figure.set_dpi(dpi)
    return images


def write_figures(estimates: pd.DataFrame, folder: str | Path, *, tables: Mapping[str, pd.DataFrame] = NO_TABLES,
                  labels: Mapping[str, str] | None = None, title: str = "", by: str | None = None,
                  zone: str = "body") -> list[Path]:
    """Write the figures of a study, each with its rows, caption and alt text.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the measures of the first four figures.
    folder : path
        For example ``figures/<study>``. Figures that an earlier run left there (its manifest names them) and
        this one does not make are removed; files of others stay.
    tables : mapping of str to DataFrame
        Tables of the annotations by name, for figures that are drawn of them.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id, group, source type or side → text.
    title : str
        The study, for the captions.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    zone : str
        Which zone of the articles.

    Returns
    -------
    list of Path
        All files written: 01_labels_by_voice, 02_attribution_density, 03_source_types, 04_sentiment_by_voice, and the others
        for which the tables have what they draw.

    Raises
    ------
    SchemaError
        The table lacks a measure; nothing is written then.
    """
    figures = list(plot_study(estimates, tables=tables, labels=labels, by=by, zone=zone))
    paths = []
    for f in figures:
        paths += write_figure(f.figure, f.data, write_caption(f.data, f.kind, title=title, labels=labels),
                              write_alt(f.data, f.kind, labels=labels), folder=folder, name=f.name)
    _remove_stale(Path(folder), {path.name for path in paths})
    return paths


def write_study(estimates: pd.DataFrame, folder: str | Path, about: Mapping[str, Any], *,
                tables: Mapping[str, pd.DataFrame] = NO_TABLES, labels: Mapping[str, str] | None = None, title: str = "",
                by: str | None = None) -> list[str]:
    """Write the figures of a study and their manifest, and name the figures.

    Parameters
    ----------
    estimates, folder, tables, labels, title, by
        As for :func:`write_figures`.
    about : mapping
        As for :func:`write_manifest`; ``title`` and ``left_out`` are added.

    Returns
    -------
    list of str
        The figures, without endings.

    Raises
    ------
    SchemaError
        The table lacks a measure; nothing is written then.
    """
    paths = write_figures(estimates, folder, tables=tables, labels=labels, title=title, by=by)
    names = list(dict.fromkeys(path.stem for path in paths))
    left_out = find_left_out(estimates, tables=tables, labels=labels, by=by)
    write_manifest(folder, {**about, "title": title or about.get("title"), "left_out": left_out}, names=names)
    return names


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        found = json.loads(io.read_text(path))
    except json.JSONDecodeError as error:
        raise StudyError(f"{path}, line {error.lineno}: not valid JSON ({error.msg}). Delete the file and write the "
                         "figures again.") from error
    if not isinstance(found, dict) or not isinstance(found.get("files", {}), dict):
        raise StudyError(f"{path}: not a manifest of framelens. Delete the file and write the figures again.")
    return found


def _remove_stale(folder: Path, keep: Iterable[str]) -> None:
    """Remove what an earlier run wrote and this one did not: a figure nobody makes any more must not be shown."""
    for name in _read_manifest(folder).get("files", {}):
        if name not in keep and Path(name).name == name and Path(name).suffix in SUFFIXES:
            (folder / name).unlink(missing_ok=True)


def _sets(folder: Path) -> list[str]:
    """Name the figures of a folder that have all their files."""
    return [path.stem for path in sorted(folder.glob("*.md")) if all(path.with_suffix(s).is_file() for s in SUFFIXES)]


def write_manifest(folder: str | Path, about: Mapping[str, Any], *, names: Iterable[str] | None = None) -> Path:
    """Write ``manifest.json``: what stands in a folder of figures, and what made it.

    Parameters
    ----------
    folder : path
        A folder that :func:`write_figures` filled.
    about : mapping
        ``Annotations.about``; ``lexicon`` (name, version, sha256), ``title`` and ``left_out`` (figure → why there is none)
        are taken from it.
    names : iterable of str, optional
        The figures to list, without endings; by default all that have their files. A figure that is listed and
        that a later :func:`write_figures` does not make is removed then, so list none that you made yourself.

    Returns
    -------
    Path
        The manifest: SHA-256 of each file, versions of framelens, numpy, pandas and matplotlib, the seeds of
        the rows drawn, and the lexicon. No date, so that the same figures give the same manifest.

    Raises
    ------
    StudyError
        The folder holds no figure, or lacks a file of one that is named.
    """
    folder = Path(folder)
    found = _sets(folder)
    names = found if names is None else sorted(set(names))
    lacking = [name for name in names if name not in found]
    if not names or lacking:
        raise StudyError(f"{folder}: holds no figure{f' {lacking[0]!r}' if lacking else ''} (a figure has the files "
                         f"{', '.join(SUFFIXES)}). Call write_figures first.")
    lexicon = about.get("lexicon")
    return io.write_json({
        "title": about.get("title"),
        "files": {f"{n}{s}": io.sha256(io.read_bytes(folder / f"{n}{s}")) for n in names for s in SUFFIXES},
        "versions": {p: _version(p) for p in ("framelens", "matplotlib", "numpy", "pandas")},
        "annotated_with": about.get("framelens"),
        "seeds": sorted({int(seed) for n in names for seed in _seeds(folder / f"{n}.csv")}),
        "lexicon": {k: lexicon[k] for k in ("name", "version", "sha256") if k in lexicon}
                   if isinstance(lexicon, Mapping) else lexicon,
        "left_out": dict(about.get("left_out") or {}),
    }, folder / MANIFEST)


def _seeds(path: Path) -> list[str]:
    rows = io.read_csv(path)
    return list(rows["seed"].dropna()) if "seed" in rows else []


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # run from a source folder
        return "not installed"


def write_gallery(folder: str | Path) -> Path:
    """Write ``README.md`` over a folder of studies: each figure with its caption and alt text.

    Parameters
    ----------
    folder : path
        The folder whose sub-folders are studies with a ``manifest.json``.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    StudyError
        No sub-folder has a manifest, or a caption file is not as :func:`write_figure` writes it.
    """
    folder = Path(folder)
    studies = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    if not studies:
        raise StudyError(f"{folder}: no study with a {MANIFEST}. Call write_figures and write_manifest for each first.")
    lines = ["# Figures", "", "Made by `make figures`; do not edit. With each figure come its PDF, its SVG, and as CSV "
             "the rows that it draws.", ""]
    for study in studies:
        manifest = _read_manifest(study)
        lines += [f"## {manifest.get('title') or study.name}", ""]
        for name in sorted(n for n in manifest.get("files", {}) if n.endswith(".md")):
            found = _IMAGE.fullmatch(io.read_text(study / name))
            if found is None:
                raise StudyError(f"{study / name}: not a caption file of framelens (an image, an empty line, the "
                                 "caption). Write the figures again.")
            stem = f"{study.name}/{Path(name).stem}"
            files = " · ".join(f"[{s[1:].upper()}]({stem}{s})" for s in (".pdf", ".svg", ".csv"))
            lines += [f"![{found['alt']}]({study.name}/{found['file']})", "", found["caption"].strip(), "", files, ""]
        if left_out := manifest.get("left_out"):
            lines += ["Not drawn:", "", *(f"- {name}: {why}" for name, why in left_out.items()), ""]
    return io.write_text("\n".join(lines), folder / "README.md")
