"""Invented passages with one source in double brackets: which source is found there, and of what type."""

from __future__ import annotations

from pathlib import Path

from framelens import io, schema
from framelens.annotate.attribution import attributions_of, read_cues
from framelens.annotate.sources import read_gazetteer, sources_of
from framelens.text.view import read_view

KNOWN = Path(__file__).resolve().parent / "known"


def unmark(passage: str) -> tuple[str, int, int]:
    """Return the text of a passage (a ¶ is a new paragraph), and where the marked source begins and ends."""
    marked = passage.replace("¶", "\n\n")
    start = marked.index("[[")
    return marked.replace("[[", "").replace("]]", ""), start, marked.index("]]") - 2


def sources_in(text: str, home: object = None, zone: str = "body") -> list[tuple[int, int, dict]]:
    """Return where each source stands, and its attribution, in an article of one zone."""
    view = read_view("d", text, [(0, len(text), zone, "x")], measured=schema.MEASURED_ZONES)
    rows, spans = attributions_of(view, read_cues())
    gazetteer = read_gazetteer({"home": [home] if isinstance(home, str) else []})
    typed = {row["attribution_id"]: row for row in sources_of(view, rows, spans, gazetteer)}
    return [(span["start"], span["end"], typed[span["attribution_id"]]) for span in spans if span["role"] == "source"]


def read(passage: str, home: object = None) -> str | None:
    """Return the type that is found for the marked source; None where no attribution names it."""
    text, start, end = unmark(passage)
    found = (row["source_type"] for low, high, row in sources_in(text, home) if low < end and high > start)
    return next(found, None)


def read_list(file: str, name: str) -> tuple[int, int, list[str]]:
    """Count the passages of a list in tests/known and the sources found in them; tell which have a wrong type."""
    table = io.read_csv(KNOWN / file)
    rows = table[table["list"] == name].sort_values("home", kind="stable")  # the lists of a home are compiled once
    named = [(r, kind) for r in rows.itertuples() if (kind := read(r.passage, r.home)) is not None]
    wrong = [f"{r.home}: {r.passage!r}: {r.type}, not {kind}" for r, kind in named if kind not in r.type.split("/")]
    return len(rows), len(named), wrong
