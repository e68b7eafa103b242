"""Who speaks: the kind and name of every source, and whose words passed through whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.sources.across import unify_sources
from framelens.annotate.sources.gazetteer import Gazetteer, read_gazetteer
from framelens.annotate.sources.resolve import UNNAMED, Entity, Item, given, read_entities, read_items
from framelens.errors import SchemaError
from framelens.text.view import View, read_views

__all__ = ["Gazetteer", "assign_sources", "read_gazetteer", "sources_of", "unify_sources"]

Row = dict[str, Any]
COVERS = 0.8  # share of an attribution's words that another must hold to be what it passes on


def sources_of(view: View, attributions: list[Row], spans: list[Row], gazetteer: Gazetteer) -> list[Row]:
    """Type and name the sources of one article.

    Parameters
    ----------
    view : View
        The article.
    attributions, spans : lists of dict
        Its rows of these tables; they are not changed.
    gazetteer : Gazetteer
        From :func:`read_gazetteer`.

    Returns
    -------
    list of dict
        The attributions in their order with ``source_name``, ``source_type``, ``originator_type`` and
        ``conduit_type`` filled.
    """
    items = read_items(view, attributions, spans, gazetteer)
    read_entities(view, items, gazetteer)
    by_id = {i.row["attribution_id"]: i for i in items}
    children: dict[str, list[Item]] = {}
    for item in items:
        children.setdefault(given(item.row.get("parent_id")), []).append(item)
    out = []
    for item in items:
        entity = item.entity or UNNAMED
        inner = _cited(view, item, children, frozenset())
        outer = _outer(item, by_id)
        conduit = outer.type if outer else entity.type if inner else None
        out.append({**item.row, "source_name": entity.name, "source_type": entity.type,
                    "originator_type": inner.type if inner else entity.type, "conduit_type": conduit})
    return out


def _words(view: View, item: Item) -> set[int]:
    return {w for s, e in item.contents for w in view.words_in(s, e)}


def _differ(one: Entity, other: Entity) -> bool:
    return one is not other and not (one.key and one.key == other.key)


def _cited(view: View, item: Item, children: Mapping[str, list[Item]], seen: frozenset[str]) -> Entity | None:
    """Find the innermost other source whose words an attribution passes on, or None."""
    name = item.row["attribution_id"]
    own = _words(view, item)
    if not item.text or not own or name in seen:
        return None
    inner = [(len(own & _words(view, c)), c) for c in children.get(name, [])
             if c.text and _differ(c.entity or UNNAMED, item.entity or UNNAMED)]
    inner = [(n, c) for n, c in inner if n >= COVERS * len(own)]
    if not inner:
        return None
    best = max(inner, key=lambda found: found[0])[1]
    return _cited(view, best, children, seen | {name}) or best.entity


def _outer(item: Item, by_id: Mapping[str, Item]) -> Entity | None:
    """Find the source that passed an attribution on: the nearest other one around it."""
    seen: set[str] = set()
    at = by_id.get(given(item.row.get("parent_id")))
    while at is not None and at.row["attribution_id"] not in seen:
        if at.text and _differ(at.entity or UNNAMED, item.entity or UNNAMED):
            return at.entity
        seen.add(at.row["attribution_id"])
        at = by_id.get(given(at.row.get("parent_id")))
    return None


def _by_document(table: pd.DataFrame) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for record in table.to_dict("records"):
        row = {str(key): value for key, value in record.items()}
        out.setdefault(row["document_id"], []).append(row)
    return out


def assign_sources(attributions: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame, zones: pd.DataFrame, *,
                   gazetteer: Gazetteer | None = None) -> pd.DataFrame:
    """Type and name the source of every attribution.

    Parameters
    ----------
    attributions, spans : DataFrame
        ``attributions`` and ``attribution_spans``, from :func:`framelens.find_attributions` or made elsewhere.
    documents, zones : DataFrame
        Tables of these names: names, titles and pronouns are followed through the text.
    gazetteer : Gazetteer, optional
        From :func:`read_gazetteer`; without it no country is home, so that none is foreign.

    Returns
    -------
    DataFrame
        ``attributions``, row for row, with these columns filled (what they held before is replaced):

        * ``source_type``: by the words of the source, and for a name by what the article says of its bearer; "unnamed"
          where there is no source, or none that can be known;
        * ``source_name``: a person's name in its fullest form, or the noun phrase without article in at most three
          words; missing for a single person without a name;
        * ``originator_type``: the type of the innermost source that holds at least 80 % of the words, which is
          ``source_type`` where nobody else is cited;
        * ``conduit_type``: the type of the source that passed the words on; missing where there is none.

        Rows of articles that are excluded stay as they are.

    Raises
    ------
    SchemaError
        A table is not as declared, or an attribution stands in an article that ``documents`` does not hold.

    Examples
    --------
    >>> text = "Police spokesman Per Lund said the pier was closed. He said it was safe."
    >>> from framelens.annotate.attribution import find_attributions
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["x"]})
    >>> found = assign_sources(*find_attributions(documents, zones), documents, zones)
    >>> found[["source", "source_name", "source_type"]].values.tolist()
    [['Police spokesman Per Lund', 'Per Lund', 'police'], ['He', 'Per Lund', 'police']]
    """
    checked = schema.validate(attributions, "attributions")
    parts = schema.validate(spans, "attribution_spans")
    strange = ~checked["document_id"].isin(documents["document_id"])
    if strange.any():
        first = checked["document_id"][strange].iloc[0]
        raise SchemaError(f"Table 'attributions', column 'document_id': {first!r} is in no row of documents. Give "
                          "the documents from which the attributions were taken.")
    gazetteer = gazetteer or read_gazetteer()
    rows, held = _by_document(checked), _by_document(parts)
    found = {row["attribution_id"]: row for view in read_views(documents, zones)
             for row in sources_of(view, rows.get(view.document_id, []), held.get(view.document_id, []), gazetteer)}
    out = [found.get(row["attribution_id"], row) for row in checked.to_dict("records")]
    return schema.validate(pd.DataFrame(out, columns=checked.columns), "attributions")
