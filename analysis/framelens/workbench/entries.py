"""The entries of a dictionary file, each with its place: CSV, quanteda's YAML, LIWC's .dic and plain word lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from framelens import io
from framelens.errors import LexiconError
from framelens.workbench.yaml_subset import parse_yaml

__all__ = ["FORMATS", "Entry", "format_of", "read_entries"]

FORMATS = {"csv": (".csv",), "quanteda": (".yml", ".yaml"), "liwc": (".dic",), "plain": (".txt",)}
_OWN = ("term", "form", "group", "stance", "favours", "side")
_TIDY = ("category", "word")


class Entry(NamedTuple):
    """One pattern of a dictionary: where it stands in the file, under which keys, and what a CSV says besides."""

    place: str
    pattern: str
    path: tuple[str, ...]
    about: dict[str, str]


def format_of(path: str | Path, given: str | None) -> str:
    """Return the format that is given, or that the ending tells."""
    endings = ", ".join(f"{name} ({' '.join(ends)})" for name, ends in FORMATS.items())
    if given is not None and given not in FORMATS:
        raise LexiconError(f"format={given!r} is not known. Allowed: {', '.join(FORMATS)}.")
    found = given or next((name for name, ends in FORMATS.items() if Path(path).suffix.lower() in ends), None)
    if found is None:
        raise LexiconError(f"{path}: its ending tells no format. Give format=: {endings}.")
    return found


def read_entries(path: str | Path, kind: str) -> list[Entry]:
    """Read all entries of a file of that format."""
    readers: dict[str, Callable[[str, str], Iterator[Entry]]] = {
        "csv": _csv, "quanteda": _quanteda, "liwc": _liwc, "plain": _plain}
    found = list(readers[kind](io.read_text(path), str(path)))
    if not found:
        raise LexiconError(f"{path}: holds no word in the format {kind!r}. Check the file, or give another format=.")
    return found


def _csv(text: str, file: str) -> Iterator[Entry]:
    """Read one form a row: term, form, group, stance, favours, side; or category and word."""
    table = io.parse_csv(text, file)
    columns = list(table.columns)
    tidy = all(name in columns for name in _TIDY)
    need = _TIDY if tidy else ("term",)
    allowed = _TIDY if tidy else _OWN
    for name in need:
        if name not in columns:
            raise LexiconError(f"{file}: no column {name!r} in {', '.join(columns)}. A lexicon has the columns term, and form, "
                               "group, stance, favours, side where known; a tidy quanteda dictionary has category and word.")
    unknown = [name for name in columns if name not in allowed]
    if unknown:
        raise LexiconError(f"{file}: unknown column {unknown[0]!r}. Known: {', '.join(allowed)}. Take it out or rename it.")
    for number, row in table.iterrows():
        values = {str(name): str(value) for name, value in row.items() if isinstance(value, str)}
        for name in need:
            if not values.get(name, "").strip():
                raise LexiconError(f"{file}, row {number}, column {name}: is empty. Fill it, or take the row out.")
        if tidy:
            yield Entry(f"row {number}", values["word"], tuple(values["category"].split(".")), {})
        else:
            yield Entry(f"row {number}", values.get("form", values["term"]), (), values)


def _quanteda(text: str, file: str) -> Iterator[Entry]:
    def walk(tree: dict[str, Any], path: tuple[str, ...]) -> Iterator[Entry]:
        for key, value in tree.items():
            where = (*path, key)
            if isinstance(value, dict):
                yield from walk(value, where)
            else:
                for i, word in enumerate([value] if isinstance(value, str) else value, 1):
                    yield Entry(f"key {'.'.join(where)}, word {i}", word, where, {})

    yield from walk(parse_yaml(text, file), ())


def _liwc(text: str, file: str) -> Iterator[Entry]:
    """Read a header of numbered categories between lines of %, then a pattern and its numbers a line."""
    categories: dict[str, str] = {}
    marks = 0
    for number, line in enumerate(text.splitlines(), 1):
        bare, place = line.strip(), f"line {number}"
        if bare == "%":
            marks += 1
        elif bare and marks == 1:
            head = re.match(r"(\d+)\s+(\S.*)", bare)
            if not head:
                raise LexiconError(f"{file}, {place}: {bare!r} is no category. A .dic begins with a number and a name a line.")
            if head[1] in categories:
                raise LexiconError(f"{file}, {place}: the category number {head[1]} stands twice. Number them apart.")
            categories[head[1]] = re.sub(r"\s*\(.*\)$", "", head[2])
        elif bare and marks >= 2:
            found = re.fullmatch(r"([^\t]*)\t\s*(\d+(?:\s+\d+)*)" if "\t" in bare else r"(.*\D)((?:\s+\d+)+)", bare)
            if not found:
                raise LexiconError(f"{file}, {place}: {bare!r} is no pattern with category numbers. Write the pattern, a tab, "
                                   "and the numbers; conditions in brackets are not read: give the pattern without them.")
            for code in found[2].split():
                if code not in categories:
                    raise LexiconError(f"{file}, {place}: {bare!r} names category {code}, which the header does not have "
                                       f"({', '.join(categories)}).")
                yield Entry(place, found[1].strip(), tuple(categories[code].split(".")), {})
        elif bare:
            raise LexiconError(f"{file}, {place}: a .dic begins with a line of %, then the categories, then another line of %.")
    if marks < 2:
        raise LexiconError(f"{file}: the header is not closed by a second line of %. Add it behind the last category.")


def _plain(text: str, file: str) -> Iterator[Entry]:
    """Read one word or phrase a line; empty lines and those that begin with # are left out."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield Entry(f"line {number}", line.strip(), (), {})
