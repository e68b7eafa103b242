"""Lists of words that name the events, and say nothing of how an outlet tells them: what a score leaves out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from framelens import io
from framelens.errors import LexiconError

__all__ = ["read_neutral", "suffix_of"]

COLUMNS = ("word", "class", "forms", "reason")


@cache
def read_neutral(lists: tuple[str, ...]) -> frozenset[str]:
    """Read the word forms of one or several lists.

    Parameters
    ----------
    lists : tuple of str
        ``"events"``, the packaged one, and paths of CSV files of the same columns: ``word, class, forms, reason``.

    Returns
    -------
    frozenset of str
        All forms, in lower case.

    Raises
    ------
    LexiconError
        There is no such list, or a file lacks a column, a form or a reason; the message names file and row.

    Examples
    --------
    >>> forms = read_neutral(("events",))
    >>> [word in forms for word in ("killed", "attack", "crisis", "brutal", "violent", "terrorist")]
    [True, True, True, False, False, False]
    """
    forms: set[str] = set()
    for name in lists:
        forms |= _read(_text_of(name), name)
    return frozenset(forms)


def _text_of(name: str) -> str:
    if not name.endswith(".csv"):
        if name != "events":
            raise LexiconError(f"There is no list of neutral words {name!r}. Give 'events', or the path of a .csv file with the "
                               f"columns {', '.join(COLUMNS)}.")
        return io.packaged_text("events.csv")
    if not Path(name).is_file():
        raise LexiconError(f"{name}: there is no such list of neutral words. Put the file there, or give 'events'.")
    return io.read_text(name)


def _read(text: str, name: str) -> set[str]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise LexiconError(f"{name}, row 1: the columns must be {', '.join(COLUMNS)}.")
    forms: set[str] = set()
    for number, row in enumerate(reader, 2):
        for column in ("forms", "reason"):
            if not (row[column] or "").strip():
                raise LexiconError(f"{name}, row {number}, column {column}: empty. Give the forms that are left out, parted by "
                                   "spaces, and why.")
        forms.update(row["forms"].lower().split())
    return forms


def suffix_of(lists: Sequence[str]) -> str:
    """Name the lists as the name of a scorer has them.

    Examples
    --------
    >>> suffix_of(["events", "lists/my words.csv"])
    '_without_events_my_words'
    """
    names = ["".join(c if c.isalnum() else "_" for c in Path(name).name.removesuffix(".csv")) for name in lists]
    return "_without_" + "_".join(names) if names else ""
