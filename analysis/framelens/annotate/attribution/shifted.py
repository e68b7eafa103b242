"""An object that stands behind what it is called: "dismissed as “absurd” | a report that …"."""

from __future__ import annotations

from framelens.annotate.attribution.clauses import Candidate, make, object_end
from framelens.annotate.attribution.cues import Cue
from framelens.text.reading.groups import Group
from framelens.text.reading.phrases import TIME_NOUNS, subject
from framelens.text.reading.stream import Stream

__all__ = ["shifted"]

_ARTICLES = frozenset("a an the its his her their".split())


def shifted(stream: Stream, group: Group, readings: tuple[Cue, ...]) -> Candidate | None:
    """Read "as", a quotation or an adjective, and then what is called so, behind a verb with its subject.

    A noun without article must go on ("reports that", "claims by"), or it is part of what something is called: "as
    “rogue” officers".
    """
    after, high = group.high, stream.high
    if stream.norm(after) != "as" or stream.code(after + 1) not in ("Q", "J") or stream.codes[group.head] not in "dz":
        return None
    if stream.norm(after + 2) in _ARTICLES:
        called = stream.norm(after + 3) not in TIME_NOUNS
    else:
        called = stream.code(after + 2) in ("N", "S") and stream.code(after + 3) in ("h", "f", "B") and (
            stream.code(after + 1) == "Q")
    reading = next((r for r in readings if "a" in r.frames), None)
    host = subject(stream, group.low) if called and reading and after + 2 < high else None
    if reading is None or host is None:
        return None
    return make(stream, "object", reading, [(group.low, after + 1)], host, [(after + 1, object_end(stream, after + 1))])
