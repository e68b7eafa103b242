"""The sources of one article as they stand: each attribution with its spans, and what its source phrase says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from framelens.annotate.sources.gazetteer import Gazetteer, Tokens
from framelens.annotate.sources.phrase import Reading, read_phrase
from framelens.text.view import View

__all__ = ["UNNAMED", "Entity", "Item", "given", "read_items"]

Row = Mapping[str, Any]


class Entity(NamedTuple):
    """A source: its name if it has one, its kind, and what a pronoun must agree with."""

    type: str
    name: str | None = None
    number: str = ""
    gender: str = ""
    named: bool = False  # a person called by name

    @property
    def key(self) -> str:
        """What two mentions of one source share; empty where that cannot be known."""
        return (self.name or "").casefold()


UNNAMED = Entity("unnamed")
_SHORT = 2  # words of "the party"
_LETTER = re.compile(r"[^\W_]")
_CLAUSE = re.compile(r",? (?:who|whose|speaking)\b(?:(?!\bthat\b)[^,;:.“”\"\n]){1,90}")


@dataclass(slots=True)
class Item:
    """An attribution on its way to a source."""

    row: Row
    text: str
    start: int
    end: int
    sentence: int | None
    paragraph: int
    contents: list[tuple[int, int]]
    reading: Reading = field(default_factory=Reading)
    entity: Entity | None = None
    quoted: int = -1  # the number of the quotation in which it stands within another attribution

    @property
    def short(self) -> bool:
        """Whether the source is a word with its article: "the party", not "the ruling party"."""
        return len(self.text.split()) == _SHORT

    def speaks_of(self, offset: int) -> bool:
        """Tell whether something stands in a quotation of the source: whom one speaks of is not who speaks.

        But "Roe will go, he said" is of Roe, and "“Roe will go,” his deputy said" may be of Roe's deputy.
        """
        theirs = self.row.get("type") != "direct" or self.reading.owner in ("he", "she", "they")
        return not theirs and any(start <= offset < end for start, end in self.contents)

    def read_as(self, reading: Reading, text: str = "") -> Item:
        """Return the item as if its source had read otherwise."""
        return replace(self, reading=reading, text=text or self.text, entity=None)


def given(value: Any) -> str:
    """Return a cell as text; a missing one is empty."""
    return value if isinstance(value, str) else "" if value is None or pd.isna(value) else str(value)


def _spans(spans: Sequence[Row]) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Bring spans under attribution and role, in the order of the text; those without offsets tell nothing."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in spans:
        start, end = span["start"], span["end"]
        if not (isinstance(start, int) and isinstance(end, int)):
            if pd.isna(start) or pd.isna(end):
                continue
            start, end = int(start), int(end)
        parts.setdefault(span["attribution_id"], {}).setdefault(span["role"], []).append((start, end))
    for roles in parts.values():
        for found in roles.values():
            found.sort()
    return parts


def read_items(view: View, tokens: Tokens, rows: tuple[Sequence[Row], Sequence[Row]], gazetteer: Gazetteer) -> list[Item]:
    """Bring each attribution together with its spans, in the order given, and read its source phrase."""
    attributions, parts = rows[0], _spans(rows[1])
    held = {row["attribution_id"]: row for row in attributions}
    out = []
    for row in attributions:
        roles = parts.get(row["attribution_id"], {})
        source = roles.get("source", [])
        text = " ".join(view.text[s:e] for s, e in source) if source else given(row.get("source"))
        text = text if _LETTER.search(text) else ""
        anchor = source or roles.get("cue") or roles.get("content") or [(0, 0)]
        start, end = anchor[0][0], anchor[0][1]
        at = view.sentence_at(start)
        item = Item(row, text, start, end, at, 0 if at is None else view.sentences[at].paragraph, roles.get("content", []))
        if given(held.get(given(row.get("parent_id")), {}).get("source")):
            item.quoted = next((k for k, q in enumerate(view.quotes) if q.start < start < q.end), -1)
        if text:
            initial = at is not None and not _LETTER.search(view.text, view.sentences[at].start, start)
            clause = _CLAUSE.match(view.text, source[-1][1]) if source else None  # ", who leads the union," left outside
            phrase = None if len(source) != 1 else _phrase(view, tokens, start, clause.end() if clause else end)
            item.reading = read_phrase(phrase or text + (clause.group() if clause else ""), gazetteer, initial=initial)
        out.append(item)
    return out


def _phrase(view: View, tokens: Tokens, start: int, end: int) -> Tokens | None:
    """Return the words of a span in its article; None where its ends cut a word or there is none."""
    words = view.words_in(start, end)
    if not words or (words[0] and view.ends[words[0] - 1] > start) or view.ends[words[-1]] > end:
        return None
    return tokens.window(words[0], words[-1] + 1, end)
