"""Attribution: who is said to have said, thought, wanted or shown what, by rules that name themselves."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.attribution.clauses import Candidate
from framelens.annotate.attribution.cues import CueLexicon, read_cues
from framelens.annotate.attribution.quotations import assign_quotations
from framelens.annotate.attribution.resolve import resolve
from framelens.annotate.attribution.rules import read_sentence
from framelens.text.reading.stream import Reader
from framelens.text.view import View, read_views

__all__ = ["attributions_of", "find_attributions", "read_cues"]

_SOURCELESS = frozenset("impersonal reputed adverb noun_cue so_called passive".split())  # else no subject is an imperative
_PRONOUNS = frozenset("me you us them him her it".split())
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.IGNORECASE)


def _told(view: View, candidate: Candidate) -> bool:
    """Does a candidate inside a quotation tell that something was said: no imperative, no "I did not ask", no "thank you"?"""
    if {view.text[start:end].casefold() for start, end in candidate.contents} <= _PRONOUNS:
        return False
    if candidate.source is None:
        return candidate.rule in _SOURCELESS
    acts = candidate.cue_class in ("reporting", "decree") and candidate.rule in ("object", "wh_clause")
    return not (acts and any(_NOT.search(view.text, start, end) for start, end in candidate.cue))


def attributions_of(view: View, cues: CueLexicon,
                    reader: Reader | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Find the attributions of one article; return rows of ``attributions`` and ``attribution_spans``.

    ``reader`` keeps what is read of the sentences, for the steps that come after.
    """
    found: list[Candidate] = []
    reader = reader or Reader(view, cues.wanted)
    for stream in reader.outer():
        found += read_sentence(stream, cues)
    quoted = assign_quotations(view, found, reader)
    for stream in reader.inner(quoted):
        for candidate in read_sentence(stream, cues):
            if candidate.contents and _told(view, candidate):
                candidate.inside = True
                found.append(candidate)
    return resolve(view, found)


def find_attributions(documents: pd.DataFrame, zones: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find attributions in headline and body, with source, cue and content spans.

    Parameters
    ----------
    documents, zones : DataFrame
        Tables of these names.

    Returns
    -------
    attributions, attribution_spans : DataFrame
        Valid under these names. Sources are typed by :func:`assign_sources`.

    Examples
    --------
    >>> text = "“We stay,” said Mira Quell. Police said the square was calm."
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["default"]})
    >>> attributions, spans = find_attributions(documents, zones)
    >>> attributions[["source", "cue", "type"]].values.tolist()
    [['Mira Quell', 'said', 'direct'], ['Police', 'said', 'indirect']]
    >>> [text[s:e] for s, e in spans[spans.role == "content"][["start", "end"]].values]
    ['“We stay,”', 'the square was calm']
    """
    cues = read_cues()
    attributions: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for view in read_views(documents, zones):
        a, s = attributions_of(view, cues)
        attributions += a
        spans += s
    return (schema.validate(pd.DataFrame(attributions), "attributions") if attributions else schema.empty("attributions"),
            schema.validate(pd.DataFrame(spans), "attribution_spans") if spans else schema.empty("attribution_spans"))
