"""A study: a folder with settings, corpus and lexicon, that runs from its texts or from its text-free tables."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import io, schema
from framelens.annotate.bundle import Annotations
from framelens.corpus.copies import CONTAINMENT, describe_copies
from framelens.corpus.ingest import read_about, read_articles
from framelens.corpus.ingest.decoding import decode, is_guess, tell_guesses
from framelens.errors import CorpusError, FramelensWarning, StudyError
from framelens.lexicon import Lexicon, find_key, read_lexicon
from framelens.lexicon.agencies import read_agencies
from framelens.measure.facts import find_disagreements
from framelens.pipeline.articles import annotate
from framelens.pipeline.estimates import estimate_all
from framelens.pipeline.names import check_names, list_names
from framelens.pipeline.parallel import add_statements, keep_statement
from framelens.pipeline.settings import (
    COPIES_KEYS,
    EVENT_KEYS,
    KEYNESS_KEYS,
    MULTIVERSE_KEYS,
    TONE_KEYS,
    check_keyness,
    check_multiverse,
    check_settings,
    settings_hash,
)

__all__ = ["TEXTS_VARIABLE", "Study", "read_study"]

TEXTS_VARIABLE = "FRAMELENS_TEXTS"
TABLES = "tables"
SETTINGS_HASH = "settings_sha256"
_KEYS = {"study": ("name", "title", "description", "licence", "language", "by", "lexicon", "home", "violence", "tables",
                   "statement"),
         "sources": (), "sides": (), "labels": (), "agencies": (), "event": EVENT_KEYS, "copies": COPIES_KEYS,
         "multiverse": MULTIVERSE_KEYS, "tone": TONE_KEYS, "keyness": KEYNESS_KEYS}
_NAME = re.compile(r"(?!\.)[\w.-]+")  # names a folder of figures: never one elsewhere
_COMPARABLE = ("outlet", "document_id", "publisher", "origin", "event")
_METADATA = ("outlet", "publisher", "origin", "event", "published", "licence", "language")
SHOWN = 3  # how many articles an error names
NO_TEXT = "no text"
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
        ``home``, ``sources``, ``sides``, ``event``, ``violence``, ``agencies``, ``copies`` and ``tone`` for
        :func:`framelens.annotate`.
    labels : mapping of str to str
        Short names for figures.
    multiverse : mapping
        ``group``, ``stance`` and the two ``outlets`` of the conclusion that is tried under every choice, or nothing.
    keyness : mapping
        ``target``, and ``reference`` and ``voice`` where they are given, of :func:`framelens.measure_keyness`, or nothing.
    format : {"csv", "parquet"}
        Of the text-free tables.
    statement : str
        The parallel statement whose figure is drawn, by its ``statement_id``; "" leaves it to the figure.
    """

    folder: Path
    name: str
    title: str
    description: str
    by: str
    lexicon: str
    settings: Mapping[str, Any]
    labels: Mapping[str, str]
    multiverse: Mapping[str, Any] = field(default_factory=dict)
    keyness: Mapping[str, str] = field(default_factory=dict)
    format: str = "csv"
    statement: str = ""

    def read_lexicon(self) -> Lexicon:
        """Read the study's lexicon."""
        return read_lexicon(self.folder / self.lexicon if self.lexicon.endswith(".toml") else self.lexicon)

    def _publishes_texts(self) -> bool:
        """Tell whether the texts are published with the study: then nothing need tell them apart from others."""
        return "text_sha256" not in io.read_csv(self.folder / "corpus.csv")

    def find_texts(self, *, on_error: str = "raise") -> pd.DataFrame | None:
        """Find the study's texts by their hashes, in ``texts/`` or in folders named by FRAMELENS_TEXTS.

        Parameters
        ----------
        on_error : {"raise", "skip"}
            ``"skip"`` keeps a bad row of ``corpus.csv``, or one whose text is missing, with an ``exclusion_reason``.

        Returns
        -------
        DataFrame or None
            ``documents`` with texts, or None where none is found. A row with an ``exclusion_reason`` needs no text and
            gets none; a blank text is kept with the exclusion_reason "no text".

        Raises
        ------
        StudyError
            Some of the texts are found and some are not.
        CorpusError
            A text cannot be decoded; ``corpus.csv`` has no column document_id or outlet, or a row says neither; a text in
            ``texts/`` has no row. The message names file, row and column.

        Warns
        -----
        FramelensWarning
            Texts are known by their hashes, and ``texts/`` holds one that no row names: it is left out. An encoding was guessed.
        """
        file = self.folder / "corpus.csv"
        places = [self.folder / "texts", *(Path(p) for p in os.environ.get(TEXTS_VARIABLE, "").split(os.pathsep) if p)]
        if self._publishes_texts():
            return read_articles(places[0], on_error=on_error) if places[0].is_dir() else None
        wanted = read_about(file, on_error=on_error)
        found: dict[str, Path] = {}
        for place in places:
            for path in sorted(place.rglob("*.txt")) if place.is_dir() else ():
                found.setdefault(io.sha256(io.read_bytes(path)), path)
        reasons = wanted["exclusion_reason"]
        hashes = wanted["text_sha256"].fillna("").str.strip().str.lower()
        needed = reasons.isna()
        missing = wanted.loc[needed & ~hashes.isin(list(found)), "document_id"].tolist()
        if missing and len(missing) == needed.sum():
            return None
        if on_error == "skip":
            reasons = reasons.mask(needed & ~hashes.isin(list(found)), "Its text is not found by its text_sha256.")
            needed = reasons.isna()
        elif missing:
            raise StudyError(f"{self.folder}: {len(missing)} of {needed.sum()} texts are not found by their text_sha256: "
                             f"{list_names(missing, SHOWN)}. Put them into {self.folder / 'texts'} or name their folder in "
                             f"{TEXTS_VARIABLE}, or give their rows of corpus.csv an exclusion_reason.")
        self._warn_of_strays(found, hashes, wanted)
        stated = wanted["encoding"].replace("", None) if "encoding" in wanted else pd.Series(None, wanted.index, dtype=object)
        known = [name if isinstance(name, str) else None for name in stated]
        read = [_decoded(found[digest], name) if need else (None, None)
                for digest, name, need in zip(hashes, known, needed, strict=True)]
        guesses = [(found[digest].name, encoding) for digest, name, (_, encoding) in zip(hashes, known, read, strict=True)
                   if encoding and not name and is_guess(encoding)]
        if told := tell_guesses(self.folder, guesses):
            warnings.warn(told, FramelensWarning, stacklevel=2)
        texts = [text for text, _ in read]
        blank = pd.Series([text is not None and not text.strip() for text in texts], index=wanted.index, dtype=bool)
        encodings = pd.Series([encoding for _, encoding in read], index=wanted.index, dtype="str")
        table = wanted.assign(text=pd.Series(texts, index=wanted.index, dtype="str"), encoding=encodings,
                              exclusion_reason=reasons.mask(blank, NO_TEXT))
        return schema.validate(table, "documents")

    def _warn_of_strays(self, found: Mapping[str, Path], hashes: pd.Series, wanted: pd.DataFrame) -> None:
        """Warn of texts in the study's own folder that no row names: they are left out."""
        named, ids = set(hashes), set(wanted["document_id"])
        own = self.folder / "texts"
        strays = sorted(path.name for digest, path in found.items()
                        if own in path.parents and digest not in named and path.stem not in ids)
        if strays:
            warnings.warn(f"{own}: no row of corpus.csv names {list_names(strays, SHOWN)} by its text_sha256: left out. Add a "
                          "row for each, or take the files out.", FramelensWarning, stacklevel=3)

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
            Neither texts nor tables are there, only some of the texts are, or the tables were made with another lexicon,
            other settings or other articles.
        """
        documents = self.find_texts()
        if documents is not None:
            return annotate(documents, self.read_lexicon(), study=self.settings, progress=progress), "texts"
        tables = self.folder / TABLES
        if not tables.is_dir():
            raise StudyError(f"{self.folder}: neither the texts (in texts/ or a folder named in {TEXTS_VARIABLE}) nor {TABLES}/ "
                             "are there. Put the articles into texts/, or the text-free tables into tables/.")
        return self._load(tables), "tables"

    def _load(self, tables: Path) -> Annotations:
        """Load text-free tables; refuse those of another study, and let what needs no text follow the settings."""
        found = Annotations.load(tables)
        again = f"Run `framelens tables {self.folder}` where the texts are"
        if found.about.get("lexicon", {}).get("sha256") != self.read_lexicon().sha256:
            raise StudyError(f"{tables}: made with another lexicon than {self.lexicon}. {again}, or put the old lexicon back.")
        if found.about.get(SETTINGS_HASH) != settings_hash(self.settings):
            raise StudyError(f"{tables}: made with another home or violence or other [sources], [event], [agencies], [copies] or "
                             f"[tone] than study.toml has. {again}, or put the old ones back.")
        documents = self._overlay(found.documents, again)
        about = {**found.about, "sides": dict(self.settings["sides"])}
        copies = self._describe(found, documents).sort_values("document_id", ignore_index=True)
        return Annotations({**found.tables, "documents": documents, "copies": copies}, about, found.form)

    def _describe(self, found: Annotations, documents: pd.DataFrame) -> pd.DataFrame:
        """Let the status of copies follow publisher and origin; tables written before there were pairs keep their evidence."""
        copies = found.copies.set_index("document_id").loc[documents["document_id"]].reset_index()  # as documents stand
        pairs = found.tables.get("copy_pairs", schema.empty("copy_pairs"))
        made = describe_copies(documents, copies, pairs, found.tables.get("credits"),
                               agencies=read_agencies(self.settings["agencies"]),
                               containment=self.settings["copies"].get("containment", CONTAINMENT))
        return made if "copy_pairs" in found.tables else made.assign(evidence=copies["evidence"])

    def _overlay(self, documents: pd.DataFrame, again: str) -> pd.DataFrame:
        """Lay what corpus.csv says of the articles over the documents of the tables."""
        file = self.folder / "corpus.csv"
        corpus = read_about(file).set_index("document_id")
        ids = documents["document_id"]
        others = sorted(set(ids) ^ set(corpus.index), key=str)
        if others:
            raise StudyError(f"{file}: other articles than in {TABLES}/ (differing: {list_names(others, SHOWN)}). {again}, or "
                             "put the old rows back.")
        corpus = corpus.loc[ids].reset_index()
        reasons = documents["exclusion_reason"].mask(documents["exclusion_reason"] == NO_TEXT)
        changed = corpus["exclusion_reason"].isna() != reasons.isna()
        if "text_sha256" in corpus:
            changed |= corpus["text_sha256"].fillna("").str.lower() != documents["text_sha256"].fillna("").str.lower()
        if changed.any():  # what is measured of an article is in the tables, or it is not
            raise StudyError(f"{file}: another text_sha256, or excluded here and not in {TABLES}/ or the other way round: "
                             f"{list_names(ids[changed].tolist(), SHOWN)}. {again}.")
        laid = {column: corpus[column] for column in _METADATA if column in corpus}
        return schema.validate(documents.assign(**laid), "documents", form="text_free")

    def estimate(self, annotations: Annotations, *, n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
        """Measure labelling, sourcing, conduits, tone, agency, loaded words by :attr:`by`, and what else the study asks for.

        That is :attr:`multiverse` and :attr:`keyness`, the latter with the rates of its key terms. Tables of before there were
        agency or loaded words are measured without. Distance is measured of labels: text-free tables do not hold all words.

        Returns
        -------
        DataFrame
            ``estimates``.
        """
        return estimate_all(annotations, self.by, (self.multiverse, self.keyness), n_resamples=n_resamples, seed=seed)

    def find_tables(self, annotations: Annotations) -> dict[str, pd.DataFrame]:
        """Find what the study's figures are drawn of beside estimates.

        These are the tables of the annotations; ``statements`` (only :attr:`statement`, if the study names one) and ``slots``,
        found where the texts are, text-free unless the texts are published too; and as ``reported`` what
        :func:`framelens.find_disagreements` makes of the facts.

        Raises
        ------
        StudyError
            No statement bears the name that the study gives.
        """
        found = add_statements(annotations)
        tables = keep_statement(found.tables, self.statement, self.folder)
        if found.form == "full" and not self._publishes_texts():  # figures say no more than the tables that are published
            tables["slots"] = schema.text_free(tables["slots"], "slots")
        return {**tables, "reported": find_disagreements(annotations)} if "facts" in tables else tables

    def write_tables(self, annotations: Annotations) -> Path:
        """Write the text-free tables of annotations made from texts, with parallel statements, into the study's folder."""
        about = {**annotations.about, SETTINGS_HASH: settings_hash(self.settings)}
        made = Annotations(add_statements(annotations).tables, about, annotations.form)
        return made.save(self.folder / TABLES, format=self.format, form="text_free")


def _warn_of_kinds(sources: Mapping[str, str], sides: Mapping[str, str], file: Path, text: str) -> None:
    """Warn of kinds of source that are neither usual nor named in [sides]: most are misspelt, and each counts as its own."""
    for phrase, kind in sources.items():
        if kind not in schema.SOURCE_TYPES and kind not in sides:
            line = find_key(text, f"sources.{phrase}")
            warnings.warn(f"{file}, line {line}: sources.{phrase} is {kind!r}, which is no usual kind of source and counts as "
                          f"one of its own, on no side. Usual: {', '.join(schema.SOURCE_TYPES)}. Take one of these, or name "
                          f"its side in [sides]: {kind} = \"challenger\".", FramelensWarning, stacklevel=3)


def _tone_of(data: Mapping[str, Any], folder: Path) -> dict[str, Any] | None:
    """Return the settings of tone, the study's own lists sought in its folder."""
    tone = data.get("tone")
    if tone is None or "neutralise" not in tone:
        return tone
    given = tone["neutralise"]
    lists = [given] if isinstance(given, str) else given if isinstance(given, list) else [given]
    return {**tone, "neutralise": [str(folder / n) if isinstance(n, str) and n.endswith(".csv") else n for n in lists]}


def _decoded(path: Path, stated: str | None) -> tuple[str, str]:
    try:
        return decode(io.read_bytes(path), stated)
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error


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
        ``study.toml`` or ``corpus.csv`` is missing, a key is unknown, missing or not allowed, or ``[multiverse]`` or
        ``[keyness]`` names what the study does not have.

    Warns
    -----
    FramelensWarning
        ``[sources]`` names a kind of source that is neither usual nor named in ``[sides]``, or ``[labels]`` what is not there.
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
        if not isinstance(content, dict):
            raise StudyError(f"{file}, line {find_key(text, table)}: {table} is {content!r}. Write it as a table [{table}].")
        for key in content if _KEYS[table] else ():
            if key not in _KEYS[table]:
                raise StudyError(f"{file}, line {find_key(text, f'{table}.{key}')}: unknown key {table}.{key}. "
                                 f"Known: {', '.join(_KEYS[table])}.")
    head = {"description": "", "by": "outlet", "lexicon": "protest", "statement": "", "tables": io.FORMATS[0],
            **data.get("study", {})}
    for table, content in (("study", {k: v for k, v in head.items() if k != "home"}), ("labels", data.get("labels", {}))):
        for key, value in content.items():
            if not isinstance(value, str):
                raise StudyError(f"{file}, line {find_key(text, f'{table}.{key}')}: {table}.{key} is {value!r}. Write a string.")
    for key in ("name", "title"):
        if not head.get(key):
            raise StudyError(f"{file}: [study] needs a {key}.")
    if not _NAME.fullmatch(head["name"]):
        raise StudyError(f"{file}, line {find_key(text, 'study.name')}: name is {head['name']!r}. Allowed: letters, digits, "
                         "_, - and ., not beginning with a dot; figures go into a folder of that name.")
    by = head["by"]
    if by not in _COMPARABLE:
        raise StudyError(f"{file}, line {find_key(text, 'study.by')}: study.by is {by!r}. Allowed: {', '.join(_COMPARABLE)}.")
    if head["tables"] not in io.FORMATS:
        raise StudyError(f"{file}, line {find_key(text, 'study.tables')}: study.tables is {head['tables']!r}. Allowed: "
                         f"{', '.join(io.FORMATS)}.")
    violence = folder / head["violence"] if head.get("violence") else None
    given = {"violence": violence, "home": head.get("home"), "sources": data.get("sources"), "sides": data.get("sides"),
             "event": data.get("event"), "agencies": data.get("agencies"), "copies": data.get("copies"),
             "tone": _tone_of(data, folder)}
    settings = check_settings(given, where=str(file))
    _warn_of_kinds(settings["sources"], settings["sides"], file, text)
    study = Study(folder, head["name"], head["title"], head["description"], by, head["lexicon"], settings, data.get("labels", {}),
                  check_multiverse(data.get("multiverse"), where=str(file)), check_keyness(data.get("keyness"), where=str(file)),
                  head["tables"], head["statement"])
    if study.labels or study.multiverse or study.keyness:
        check_names(folder, study.read_lexicon(), by, data)
    return study
