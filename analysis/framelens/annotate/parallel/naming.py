"""Short names of what fills a slot: what may be shown where the phrase may not be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from framelens.annotate.parallel.fillers import Filler

__all__ = ["name_filler"]

Row = Mapping[str, Any]
PARTIES = ("who_hurt", "by_whom")
MOST_WORDS = 3  # of a name: more are a phrase of the article


def name_filler(filler: Filler, rows: Mapping[str, Sequence[Row]]) -> str | None:
    """Name a filler by what the tables say of it, ``; `` between names; None where they say nothing.

    Of whom the act befalls and who does it: the labels that stand in the phrase, or else what a number in it counts. Of a source:
    its name, or else its kind.

    Parameters
    ----------
    filler : Filler
    rows : mapping of str to rows
        Of the article: ``mentions``, ``facts``, ``attributions`` and ``attribution_spans``.

    Examples
    --------
    >>> phrase = Filler("who_hurt", 0, 38, "some of the rioters in the upper town")
    >>> name_filler(phrase, {"mentions": [{"start": 12, "end": 19, "surface": "rioters"}]})
    'rioters'
    """
    if filler.slot in PARTIES:
        names = list(_within(filler, rows.get("mentions", ()), "surface"))
        names = names or list(_within(filler, rows.get("facts", ()), "counted"))
    elif filler.slot == "source":
        names = list(_sources(filler, rows))
    else:
        return None
    return "; ".join(dict.fromkeys(names)) or None


def _within(filler: Filler, found: Sequence[Row], column: str) -> Iterator[str]:
    """Yield the short values of one column for the rows that stand in the phrase, in order."""
    for row in sorted(found, key=lambda row: (row["start"], row["end"])):
        value = row[column]
        if filler.start <= row["start"] and row["end"] <= filler.end and value and _short(value):
            yield value


def _sources(filler: Filler, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Yield the name, or else the kind, of the attribution whose source the phrase is."""
    ids = {row["attribution_id"] for row in rows.get("attribution_spans", ())
           if row["role"] == "source" and row["start"] == filler.start and row["end"] == filler.end}
    for row in rows.get("attributions", ()):
        if row["attribution_id"] in ids:
            name = row["source_name"]
            yield name if name and _short(name) else row["source_type"]


def _short(value: str) -> bool:
    return len(value.split()) <= MOST_WORDS
