"""The names that study.toml gives: whether its outlets, groups and labels are those of the study."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from framelens import io, schema
from framelens.errors import FramelensWarning, StudyError
from framelens.lexicon import Lexicon, find_key

__all__ = ["check_names", "list_names"]

SHOWN = 12  # names that a message lists
_COLUMNS = ("outlet", "document_id", "publisher", "origin", "event")


def check_names(folder: Path, lexicon: Lexicon, by: str, data: Mapping[str, Any]) -> None:
    """Refuse a comparison of what the study does not have; warn of a label of nothing.

    Parameters
    ----------
    folder : Path
        The study's.
    lexicon : Lexicon
    by : str
        The column whose values keyness compares.
    data : mapping
        ``study.toml``, its tables checked one by one.

    Raises
    ------
    StudyError
        ``[multiverse]`` or ``[keyness]`` names an outlet (or origin), a group or a value of ``by`` that is not there.

    Warns
    -----
    FramelensWarning
        A key of ``[labels]`` names nothing that a figure of the study may show.
    """
    corpus = io.read_csv(folder / "corpus.csv")
    if "exclusion_reason" in corpus:
        corpus = corpus[corpus["exclusion_reason"].fillna("") == ""]
    values = {column: sorted(set(corpus[column].dropna()) - {""}) for column in _COLUMNS if column in corpus}
    file = folder / "study.toml"
    text = io.read_text(file)

    def need(key: str, names: Iterable[str], there: Iterable[str], what: str) -> None:
        for name in names:
            if name not in there:
                raise StudyError(f"{file}, line {find_key(text, key)}: {key} names {name!r}, which is no {what} of the study. "
                                 f"There is {list_names(there, SHOWN)}.")

    chosen, words = data.get("multiverse") or {}, data.get("keyness") or {}
    if chosen:
        need("multiverse.group", [chosen["group"]], lexicon.groups, "group of the lexicon")
    # As measure_multiverse compares: who wrote the text, where every article says so.
    wrote = "origin" if "origin" in corpus and (corpus["origin"].fillna("") != "").all() else "outlet"
    if chosen and wrote in values:
        need("multiverse.outlets", chosen["outlets"], values[wrote], wrote)
    if words and by in values:
        for key in ("target", "reference"):
            named = [words[key]] if key in words else []
            need(f"keyness.{key}", named, [*values[by], *(["pairwise"] if key == "reference" else [])], by)
    if not data.get("labels"):
        return
    known = {name for names in values.values() for name in names}.union(
        lexicon.groups, schema.SIDES, data.get("sources", {}).values(), data.get("sides", {}),
        *(field.allowed or () for field in schema.FIELDS.values()))
    there = f"Outlets: {list_names(values.get('outlet', []), SHOWN)}. Groups: {list_names(lexicon.groups, SHOWN)}."
    for name in data["labels"]:
        # Figures also name measures, scorers and, in a noun of the text, who was counted: only one like a known name is a slip.
        if name in known or (re.fullmatch("[a-z_]+", name) and not get_close_matches(name, known, cutoff=0.8)):
            continue
        warnings.warn(f"{file}, line {find_key(text, f'labels.{name}')}: labels.{name} names no outlet, article, group, side or "
                      f"kind of source of this study, and changes nothing. {there}", FramelensWarning, stacklevel=3)


def list_names(names: Iterable[Any], most: int) -> str:
    """List the first names of many, and how many more there are."""
    listed = list(map(str, names))
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "") or "none"
