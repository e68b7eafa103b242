"""Statements that several articles on one event make, and the slots that each fills in its own words."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel.clauses import Clause, Rows, read_clauses
from framelens.annotate.parallel.fillers import fill, plain
from framelens.annotate.parallel.grouping import LEAST, group_clauses
from framelens.annotate.parallel.naming import name_filler
from framelens.errors import FramelensError, SchemaError
from framelens.text.view import read_views

__all__ = ["event_of", "find_slots", "find_statements", "read_event_clauses", "rows_of"]

_TABLES = ("mentions", "agency", "facts", "voice", "attributions", "attribution_spans")


def read_event_clauses(annotations: Annotations) -> dict[str, list[Clause]]:
    """Read the clauses of all articles by event, sorted by article and place; articles without an event are one event together.

    Raises
    ------
    SchemaError
        The bundle is text-free: clauses are read from texts.
    """
    rows = {name: rows_of(annotations, name) for name in _TABLES}
    events = event_of(annotations)
    out: dict[str, list[Clause]] = {}
    for view in sorted(read_views(annotations.documents, annotations.zones), key=lambda v: v.document_id):
        own = {name: found.get(view.document_id, []) for name, found in rows.items()}
        told = {r["attribution_id"]: r for r in own["attributions"]}
        known = Rows(own["mentions"], own["agency"], own["facts"], own["voice"], told, own["attribution_spans"])
        out.setdefault(events[view.document_id], []).extend(read_clauses(view, known))
    return out


def event_of(annotations: Annotations) -> dict[str, str]:
    """Give the event of each article, an empty one where none is known; refuse a bundle without texts."""
    documents = annotations.documents
    if "text" not in documents or annotations.form == "text_free":
        raise SchemaError("Table 'documents', column 'text': parallel statements are read from texts, and there are none. "
                          "Annotate the texts again, or use the tables statements and slots that were written then.")
    events = documents.set_index("document_id").reindex(columns=["event"])["event"].fillna("")
    return {str(document_id): str(event) for document_id, event in events.items()}


def rows_of(annotations: Annotations, name: str) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a table by article, in order, missing values as None."""
    table = annotations.tables.get(name)
    if table is None:
        return {}
    ordered = table.sort_values([c for c in ("document_id", "start", "end") if c in table])
    return schema.rows_by_document(ordered.astype(object).where(ordered.notna(), None))


def find_statements(annotations: Annotations, *, least: float = LEAST) -> pd.DataFrame:
    """Find what articles on one event tell alike, in whatever words: sentences of two articles or more for each statement.

    Sentences are parted into clauses. What two clauses of different articles share is weighed as evidence that they tell the
    same: acts and things in classes of synonyms, numbers, names, the speaker, whom an act befalls, the place at the head of the
    article, Tversky's (1977) contrast of their sentences; a concept counts for more the fewer sentences of its article have it
    (Spärck Jones 1972). Weights are those of a logistic regression on marked events (``lexicons/parallel_weights.csv``). Clauses
    are linked from the likest on, and groups joined while they are alike on average (Sokal and Michener 1958).

    Parameters
    ----------
    annotations : Annotations
        With texts. The tables documents (``event`` says what is compared; see :func:`framelens.assign_events`), zones,
        mentions, agency, facts, voice, attributions, attribution_spans.
    least : float
        Probability, above 0 and below 1, from which on two clauses are linked. Higher, and fewer sentences are joined that do not
        tell the same; lower, and fewer are missed. What each is worth is tabled in ``docs/methods/parallel.md``.

    Returns
    -------
    DataFrame
        ``statements``, a row for each sentence of a statement: ``start`` and ``end`` are the clause that tells it, ``similarity``
        the probability that it tells the same as the likest other. A sentence may belong to several statements, and several of
        an article to one.

    Raises
    ------
    SchemaError
        There are no texts.
    FramelensError
        ``least`` does not lie between 0 and 1.

    Notes
    -----
    Time grows with the number of events, and within one with the square of its clauses. Precision goes first: what is told in
    wholly other words is missed (``docs/methods/parallel.md``).

    References
    ----------
    Sokal, R. R., & Michener, C. D. (1958). A statistical method for evaluating systematic relationships. University of Kansas
    Science Bulletin 38, 1409-1438.
    Spärck Jones, K. (1972). A statistical interpretation of term specificity. Journal of Documentation 28, 11-21.
    Tversky, A. (1977). Features of similarity. Psychological Review 84, 327-352.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike",
    ...     "text": ["Nine rioters were eliminated. Shops stay open.", "Guards killed nine strikers. It rained."]})
    >>> find_statements(annotate(documents))[["statement_id", "document_id", "sentence", "start", "end"]].values.tolist()
    [['a:s:0-28', 'a', 0, 0, 28], ['a:s:0-28', 'b', 0, 0, 27]]
    """
    if not 0 < least < 1:
        raise FramelensError(f"least is a probability between 0 and 1 ({LEAST}, say), not {least!r}.")
    rows: list[dict[str, Any]] = []
    for clauses in read_event_clauses(annotations).values():
        names: set[str] = set()
        for found in group_clauses(clauses, least):
            first, second = clauses[found[0][0]], clauses[found[1][0]]
            name = f"{first.document_id}:s:{first.start}-{first.end}"
            name += f"+{second.document_id}:{second.start}-{second.end}" if name in names else ""
            names.add(name)
            act = _main_act([clauses[k] for k, _ in found])
            best: dict[tuple[str, int], tuple[bool, float, Clause]] = {}
            for k, value in found:
                key, one = (clauses[k].document_id, clauses[k].sentence), (act in clauses[k].acts, value, clauses[k])
                if key not in best or one[:2] > best[key][:2]:
                    best[key] = one
            rows += [{"statement_id": name, "document_id": c.document_id, "sentence": c.sentence, "start": c.start, "end": c.end,
                      "similarity": round(value, 6)} for _, value, c in best.values()]
    return _sorted(rows, "statements")


def find_slots(annotations: Annotations, statements: pd.DataFrame) -> pd.DataFrame:
    """Lay out how each article tells a statement: who was hurt, by whom, verb, construction, number, source, voice, place, time.

    Parameters
    ----------
    annotations : Annotations
        What the statements were found in.
    statements : DataFrame
        ``statements``, from :func:`find_statements` or mended by hand.

    Returns
    -------
    DataFrame
        ``slots``, a row for each filler with its offsets: those of construction and voice are of the verb (or the number).
        ``differs`` tells whether two articles fill the slot with other words or, where they do so with numbers, other numbers.
        ``n_alike`` counts the articles that fill it alike, this one among them. ``label`` names the parties and the source in a
        few words: what the text-free form has of a longer phrase.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike",
    ...     "text": ["Nine rioters were eliminated. Shops stay open.", "Guards killed nine strikers. It rained."]})
    >>> found = annotate(documents)
    >>> slots = find_slots(found, find_statements(found))
    >>> slots.loc[slots["slot"].isin(["verb", "number"]), ["document_id", "filler", "differs"]].values.tolist()
    [['a', 'Nine', False], ['a', 'eliminated', True], ['b', 'nine', False], ['b', 'killed', True]]
    """
    given = schema.validate(statements, "statements")
    clauses: dict[str, list[Clause]] = {}
    for event in read_event_clauses(annotations).values():
        for clause in event:
            clauses.setdefault(clause.document_id, []).append(clause)
    texts = annotations.documents.set_index("document_id")["text"]
    found_in = {name: rows_of(annotations, name) for name in _TABLES}
    rows: list[dict[str, Any]] = []
    for name, found in given.groupby("statement_id", sort=True):
        placed = [(row, _clause_at(clauses.get(row["document_id"], []), row)) for row in found.to_dict("records")]
        told = [(row, clause) for row, clause in placed if clause is not None]
        act = _main_act([clause for _, clause in told])
        for row, clause in told:
            document_id = clause.document_id
            own = {table: by_article.get(document_id, []) for table, by_article in found_in.items()}
            for filler in fill(clause, act, texts[document_id], own["attribution_spans"], own["voice"]):
                rows.append({"statement_id": name, "document_id": document_id, "sentence": row["sentence"], "slot": filler.slot,
                             "start": filler.start, "end": filler.end, "filler": filler.words, "label": name_filler(filler, own)})
    return _sorted(_with_differs(rows), "slots")


def _clause_at(clauses: list[Clause], row: dict[Any, Any]) -> Clause | None:
    """Find the clause that a row of ``statements`` means: the one that it overlaps most."""
    def common(clause: Clause) -> int:
        return min(clause.end, row["end"]) - max(clause.start, row["start"])

    best = max(clauses, key=lambda c: (common(c), -c.start), default=None)
    return best if best is not None and common(best) > 0 else None


def _main_act(clauses: list[Clause]) -> str | None:
    """Name the act that most articles' clauses of a statement share, and among them that most tell by their main verb."""
    by_article: dict[str, set[str]] = {}
    for clause in clauses:
        by_article.setdefault(clause.document_id, set()).update(clause.acts)
    counts = Counter(act for acts in by_article.values() for act in acts)
    heads = Counter(clause.main[2:] for clause in clauses if clause.main)
    return min(counts, key=lambda act: (-counts[act], -heads[act], act), default=None)


def _with_differs(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tell of each filler whether its slot differs between sentences, and how many articles fill it alike."""
    kinds: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in rows:
        alike = kinds.setdefault((row["statement_id"], row["slot"]), {})
        alike.setdefault(plain(row["filler"], row["slot"]), set()).add(row["document_id"])
    out = []
    for row in rows:
        alike = kinds[row["statement_id"], row["slot"]]
        out.append({**row, "differs": len(alike) > 1, "n_alike": len(alike[plain(row["filler"], row["slot"])])})
    return out


def _sorted(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    if not rows:
        return schema.empty(name)
    table = schema.validate(pd.DataFrame(rows), name)
    return table.sort_values([*schema.TABLES[name].key], ignore_index=True)
