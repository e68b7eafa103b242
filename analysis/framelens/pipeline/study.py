"""A study: a folder with settings, corpus and lexicon, that runs from its texts or from its text-free tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import io, schema
from framelens.annotate.bundle import Annotations
from framelens.corpus.ingest.decoding import decode
from framelens.corpus.ingest import read_corpus
from framelens.errors import StudyError
from framelens.lexicon import Lexicon, read_lexicon
from framelens.measure.labelling import measure_labelling
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.pipeline.articles import annotate

__all__ = ["TEXTS_VARIABLE", "Study", "read_study"]

TEXTS_VARIABLE = "FRAMELENS_TEXTS"
TABLES = "tables"
_KEYS = {"study": ("name", "title", "description", "licence", "language", "by", "lexicon", "home"),
         "sources": (), "sides": (), "labels": ()}
_COMPARABLE = ("outlet", "document_id", "publisher", "origin", "event")
Progress = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Study:
    """A study's settings and where it lies.

    Attributes
    ----------
    folder : Path
        Holds ``study.toml``, ``corpus.csv``, and ``texts/`` or the text-free ``tables/``.
    name, title, description : str
    by : str
        The column whose values are compared: ``outlet``, or ``document_id`` where articles are few.
    lexicon : str
        A packaged lexicon, or a ``.toml`` file in the folder.
    settings : mapping
        ``home``, ``sources`` and ``sides`` for :func:`framelens.annotate`.
    labels : mapping of str to str
        Short names for figures.
    """

    folder: Path
    name: str
    title: str
    description: str
    by: str
    lexicon: str
    settings: Mapping[str, Any]
    labels: Mapping[str, str]

    def read_lexicon(self) -> Lexicon:
        """Read the study's lexicon."""
        return read_lexicon(self.folder / self.lexicon if self.lexicon.endswith(".toml") else self.lexicon)

    def find_texts(self) -> pd.DataFrame | None:
        """Find the study's texts by their hashes, in ``texts/`` or in folders named by FRAMELENS_TEXTS.

        Returns
        -------
        DataFrame or None
            ``documents`` with texts, or None where any text is absent.
        """
        wanted = io.read_csv(self.folder / "corpus.csv")
        places = [self.folder / "texts", *(Path(p) for p in os.environ.get(TEXTS_VARIABLE, "").split(os.pathsep) if p)]
        if "text_sha256" not in wanted:  # a study whose texts are published with it
            return read_corpus(self.folder / "texts") if places[0].is_dir() else None
        found: dict[str, Path] = {}
        for place in places:
            for path in sorted(place.rglob("*.txt")) if place.is_dir() else ():
                found.setdefault(io.sha256(io.read_bytes(path)), path)
        if not set(wanted["text_sha256"]) <= set(found):
            return None
        read = [decode(io.read_bytes(found[digest])) for digest in wanted["text_sha256"]]
        table = wanted.assign(text=[text for text, _ in read], encoding=[encoding for _, encoding in read])
        return schema.validate(table, "documents")

    def annotate(self, *, progress: Progress | None = None) -> tuple[Annotations, str]:
        """Annotate the texts, or load the text-free tables where the texts are absent.

        Returns
        -------
        annotations : Annotations
        source : {"texts", "tables"}
            What they were made from.

        Raises
        ------
        StudyError
            Neither texts nor tables are there.
        """
        documents = self.find_texts()
        if documents is not None:
            return annotate(documents, self.read_lexicon(), study=self.settings, progress=progress), "texts"
        tables = self.folder / TABLES
        if not tables.is_dir():
            raise StudyError(f"{self.folder}: neither the texts (in texts/ or a folder named in {TEXTS_VARIABLE}) nor {TABLES}/ "
                             "are there. Put the articles into texts/, or the text-free tables into tables/.")
        found = Annotations.load(tables)
        made_with = found.about.get("lexicon", {}).get("sha256")
        if made_with != self.read_lexicon().sha256:
            raise StudyError(f"{tables}: made with another lexicon than {self.lexicon}. Run `framelens tables {self.folder}` "
                             "where the texts are, or put the old lexicon back.")
        return found, "tables"

    def estimate(self, annotations: Annotations, *, n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
        """Measure labelling, sourcing and tone of annotated articles, compared by :attr:`by`.

        Returns
        -------
        DataFrame
            ``estimates``.
        """
        parts = [measure(annotations, by=self.by, n_resamples=n_resamples, seed=seed)
                 for measure in (measure_labelling, measure_sourcing, measure_tone)]
        return schema.validate(pd.concat(parts, ignore_index=True), "estimates")

    def write_tables(self, annotations: Annotations) -> Path:
        """Write the text-free tables of annotations made from texts into the study's folder."""
        return annotations.save(self.folder / TABLES, form="text_free")


def read_study(folder: str | Path) -> Study:
    """Read a study's folder.

    Parameters
    ----------
    folder : path
        Holds ``study.toml``; see ``docs/studies.md``.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        ``study.toml`` or ``corpus.csv`` is missing, or a key is unknown, missing or not allowed.
    """
    folder = Path(folder)
    file = folder / "study.toml"
    for needed in (file, folder / "corpus.csv"):
        if not needed.is_file():
            raise StudyError(f"{needed}: missing. A study is a folder with study.toml and corpus.csv; see docs/studies.md.")
    data = io.read_toml(file)
    text = io.read_text(file)
    for table, content in data.items():
        if table not in _KEYS:
            raise StudyError(f"{file}: unknown table [{table}]. Known: {', '.join(_KEYS)}.")
        for key in content if _KEYS[table] else ():
            if key not in _KEYS[table]:
                raise StudyError(f"{file}, line {io.toml_line(text, key)}: unknown key {table}.{key}. "
                                 f"Known: {', '.join(_KEYS[table])}.")
    head = data.get("study", {})
    for key in ("name", "title"):
        if not head.get(key):
            raise StudyError(f"{file}: [study] needs a {key}.")
    by = head.get("by", "outlet")
    if by not in _COMPARABLE:
        raise StudyError(f"{file}, line {io.toml_line(text, 'by', by)}: study.by is {by!r}. Allowed: {', '.join(_COMPARABLE)}.")
    bad = {v for v in data.get("sides", {}).values() if v not in schema.SIDES}
    if bad:
        raise StudyError(f"{file}: sides has {min(bad)!r}. Allowed: {', '.join(schema.SIDES)}.")
    settings = {"home": head.get("home", []), "sources": data.get("sources", {}), "sides": data.get("sides", {})}
    return Study(folder, head["name"], head["title"], head.get("description", ""), by, head.get("lexicon", "protest"), settings,
                 data.get("labels", {}))
