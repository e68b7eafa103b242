"""Attributions in texts whose quotation marks are broken: invented sentences, read by hand."""

from __future__ import annotations

import pytest

from framelens.annotate.attribution import attributions_of, read_cues
from framelens.text.view import read_view


def found(text):
    """Source, cue, content and type of every outermost attribution, content in pieces joined by an ellipsis."""
    attributions, spans = attributions_of(read_view("d", text, [(0, len(text), "body", "x")], measured=("body",)), read_cues())
    own = {a["attribution_id"]: [text[s["start"]:s["end"]] for s in spans
                                 if s["attribution_id"] == a["attribution_id"] and s["role"] == "content"] for a in attributions}
    return [(a["source"], a["cue"], " … ".join(own[a["attribution_id"]]), a["type"]) for a in attributions if a["level"] == 1]


@pytest.mark.parametrize("text, expected", [
    ("\"The mill is shut. We have no bread, baker Dara Quill told this paper. ''Who will feed us?",
     [("baker Dara Quill", "told", "\"The mill is shut. We have no bread, … ''Who will feed us?", "direct")]),
    ("“The mill is shut. We have no bread, said Dara Quill. “My sons are hungry.”",
     [("Dara Quill", "said", "“The mill is shut. We have no bread, … “My sons are hungry.”", "direct")]),
    ("We cannot mill under these thieves,” said Dara Quill. Rain fell.",
     [("Dara Quill", "said", "We cannot mill under these thieves,”", "direct")]),
    ("What fell on the mill was no bomb,” Dara Quill told lawmakers.",
     [("Dara Quill", "told", "What fell on the mill was no bomb,”", "direct")]),
    ("The union condemned the raid as ''an act of revenge and asked the court to free the millers.",
     [("The union", "condemned", "the raid as ''an act of revenge", "mixed"),
      ("The union", "asked", "the court to free the millers", "indirect")]),
    ("The union said a ''hired crowd' broke the mill.", [("The union", "said", "a ''hired crowd' broke the mill", "mixed")]),
    ("The union blamed the mayor for the 'loss of bread”. \"Nobody paid”, read the letter.",
     [("The union", "blamed", "the mayor for the 'loss of bread”", "mixed"), ("the letter", "read", "\"Nobody paid”", "direct")]),
    ("Roe described the ban as \"cruel and late. The union expressed fear over ''the use of dogs''.",
     [("Roe", "described", "the ban as \"cruel and late", "mixed"),
      ("The union", "expressed", "fear over ''the use of dogs''", "mixed")]),
])
def test_broken_marks(text, expected):
    assert found(text) == expected


def test_sound_marks_give_the_same_as_broken_ones():
    for opening, closing in (("“", "\""), ("''", "”"), ("\"", "''"), ("“", ""), ("", "”")):
        sound, broken = (f"{o}We have no bread,{c} said Dara Quill. The queue grew." for o, c in (("“", "”"), (opening, closing)))
        (source, cue, content, kind), = found(broken)
        assert [(source, cue, content.strip("“”\"'"), kind)] == [(s, c, x.strip("“”"), k) for s, c, x, k in found(sound)]
