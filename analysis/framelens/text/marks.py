"""Inline marks of a hand-annotated text: read into stand-off rows, without which the text is what it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from framelens import schema
from framelens.errors import MarksError

__all__ = ["Marked", "read_marks"]

_TAG = re.compile(r'<(/?)(z|label|src|cue|con)((?:\s+\w+="[^"]*")*)\s*>')
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_ROLES = {"src": "source", "cue": "cue", "con": "content"}
# Closed lists by mark and attribute. Groups are those of a lexicon, kinds of source those of a study: any name will do.
_ALLOWED = {("z", "k"): schema.ZONES, ("label", "s"): schema.STANCES, ("label", "v"): schema.VOICES,
            ("con", "type"): schema.TABLES["attributions"].field("type").allowed, ("con", "kind"): schema.KINDS}
Row = dict[str, Any]


@dataclass
class Marked:
    """A text and what was marked in it.

    ``zones``: rows with start, end, kind. ``labels``: start, end, group, stance, voice. ``attributions``: number,
    type, kind, source_type, parent. ``spans``: number, role, start, end.
    """

    text: str = ""
    zones: list[Row] = field(default_factory=list)
    labels: list[Row] = field(default_factory=list)
    attributions: list[Row] = field(default_factory=list)
    spans: list[Row] = field(default_factory=list)


def read_marks(marked: str, name: str = "text") -> Marked:
    """Read a text with inline marks (see ``data/demo/CODING.md``).

    Parameters
    ----------
    marked : str
        The text with marks; marks may overlap.
    name : str
        What an error calls it.

    Returns
    -------
    Marked

    Raises
    ------
    MarksError
        A mark is not closed, closes nothing, lacks an attribute, or has a value that is not allowed; the message gives its
        line.

    Examples
    --------
    >>> marked = '<src a="1">Roe</src> <cue a="1">said</cue> <con a="1" type="indirect" kind="speech" by="person">no</con>.'
    >>> m = read_marks(marked)
    >>> m.text, m.spans[0]
    ('Roe said no.', {'number': '1', 'role': 'source', 'start': 0, 'end': 3})
    """
    out = Marked()
    open_marks: list[tuple[str, dict[str, str], int, int]] = []
    parts: list[str] = []
    at = length = 0

    def fail(place: int, what: str) -> MarksError:
        return MarksError(f"{name}, line {marked.count(chr(10), 0, place) + 1}: {what}")

    for tag in _TAG.finditer(marked):
        parts.append(marked[at:tag.start()])
        length += tag.start() - at
        at = tag.end()
        closing, kind, attributes = tag.group(1), tag.group(2), dict(_ATTRIBUTE.findall(tag.group(3)))
        if not closing:
            for attribute, value in attributes.items():
                allowed = _ALLOWED.get((kind, attribute), (value,))
                if value not in allowed:
                    raise fail(tag.start(), f'{attribute}="{value}" of <{kind}> is not allowed. Allowed: {", ".join(allowed)}.')
            open_marks.append((kind, attributes, length, tag.start()))
            continue
        which = next((i for i in range(len(open_marks) - 1, -1, -1) if open_marks[i][0] == kind
                      and attributes.get("a") in (None, open_marks[i][1].get("a"))), None)
        if which is None:
            raise fail(tag.start(), f"</{kind}> closes nothing.")
        _, given, start, place = open_marks.pop(which)
        try:
            _take(out, kind, given, start, length)
        except KeyError as missing:
            raise fail(place, f"<{kind}> lacks the attribute {missing}.") from missing
    if open_marks:
        raise fail(open_marks[-1][3], f"<{open_marks[-1][0]}> is never closed.")
    out.text = "".join(parts) + marked[at:]
    out.spans.sort(key=lambda s: (s["start"], s["end"]))
    out.labels.sort(key=lambda r: r["start"])
    return out


def _take(out: Marked, kind: str, given: dict[str, str], start: int, end: int) -> None:
    if kind == "z":
        out.zones.append({"start": start, "end": end, "kind": given["k"]})
    elif kind == "label":
        out.labels.append({"start": start, "end": end, "group": given["g"], "stance": given["s"], "voice": given["v"]})
    else:
        for number in given["a"].split():  # one source may serve several attributions
            out.spans.append({"number": number, "role": _ROLES[kind], "start": start, "end": end})
        if kind == "con" and "type" in given:
            out.attributions.append({"number": given["a"], "type": given["type"], "kind": given["kind"],
                                     "source_type": given["by"], "parent": given.get("in")})
