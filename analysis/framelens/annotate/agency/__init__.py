"""Agency: who does what to whom in clauses of violence and harm, and how the clause is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.agency.lexicon import Violence, read_violence
from framelens.annotate.agency.nouns import read_nouns
from framelens.annotate.agency.phrases import Groups, Reading, group_of
from framelens.annotate.agency.protesting import find_protesting
from framelens.annotate.agency.verbs import Clause, read_verbs
from framelens.text.reading.stream import Reader, Stream
from framelens.text.view import View, read_views

__all__ = ["agency_of", "find_agency", "read_violence"]

Row = dict[str, Any]


def agency_of(view: View, mentions: Iterable[Mapping[str, Any]], violence: Violence, reader: Reader | None = None) -> list[Row]:
    """Find the clauses of violence and harm in one article; return rows of ``agency`` without voice.

    Parameters
    ----------
    view : View
        The article.
    mentions : iterable of mappings
        Its labels (start, end, group), which tell the groups of agents and patients.
    violence : Violence
        From :func:`read_violence`.
    reader : Reader, optional
        What attribution has read of the article's sentences, so that they are not read again.
    """
    groups, protesting = Groups.read(mentions), find_protesting(view.words, violence)
    rows: list[Row] = []
    for stream in (reader or Reader(view, frozenset())).plain(violence.wanted):
        reading = Reading(stream, groups, violence.sets, protesting)
        clauses = read_verbs(reading, violence)
        taken = {item for clause in clauses for item in (*range(*clause.span), *clause.taken)}
        clauses += read_nouns(reading, violence, taken)
        rows += [_row(view, reading, clause) for clause in sorted(clauses, key=lambda c: c.span)]
    return rows


def _words(view: View, stream: Stream, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    start, end = stream.span(*span)
    return view.text[start:end]


def _row(view: View, reading: Reading, clause: Clause) -> Row:
    start, end = reading.stream.span(*clause.span)
    agent, patient = clause.agent, clause.patient
    agents = group_of(reading, agent, agent=True) if agent else None
    return {
        "clause_id": f"{view.document_id}:c:{start}-{end}", "document_id": view.document_id, "start": start, "end": end,
        "verb": view.text[start:end], "verb_lemma": clause.harm.lemma, "construction": clause.construction,
        "agent": _words(view, reading.stream, agent),
        "agent_group": agents,
        "patient": _words(view, reading.stream, patient),
        "patient_group": group_of(reading, patient, other=agents) if patient else None, "voice": None, "attribution_id": None,
    }


def find_agency(documents: pd.DataFrame, zones: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find clauses of violence and harm in headline and body: who does what to whom.

    Parameters
    ----------
    documents, zones, mentions : DataFrame
        Tables of these names; the mentions tell the groups.

    Returns
    -------
    DataFrame
        ``agency``; ``voice`` and ``attribution_id`` are filled where the voices are known (:func:`framelens.annotate`).

    Examples
    --------
    >>> from framelens.annotate.labels import find_mentions
    >>> from framelens.lexicon import read_lexicon
    >>> text = "Police shot three protesters. Five people were killed in clashes."
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["default"]})
    >>> found = find_agency(documents, zones, find_mentions(documents, zones, read_lexicon("protest")))
    >>> found[["verb", "construction", "agent", "patient", "patient_group"]].fillna("").values.tolist()
    [['shot', 'active', 'Police', 'three protesters', 'protesters'], \
['killed', 'passive_agentless', '', 'Five people', ''], ['clashes', 'nominal', '', '', '']]
    """
    by_document = schema.rows_by_document(mentions)
    violence = read_violence()
    rows = [row for view in read_views(documents, zones)
            for row in agency_of(view, by_document.get(view.document_id, []), violence)]
    return schema.validate(pd.DataFrame(rows), "agency") if rows else schema.empty("agency")
