"""Who speaks: the kind and name of every source, and whose words passed through whom."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.sources.across import unify_checked, unify_sources
from framelens.annotate.sources.gazetteer import Gazetteer, Tokens
from framelens.annotate.sources.items import UNNAMED, read_items
from framelens.annotate.sources.lists import read_gazetteer
from framelens.annotate.sources.people import read_people
from framelens.annotate.sources.relay import Passing
from framelens.annotate.sources.resolve import read_entities
from framelens.errors import SchemaError
from framelens.text.tokens import Words
from framelens.text.view import View, read_views

__all__ = ["Gazetteer", "assign_sources", "read_gazetteer", "sources_of", "unify_checked", "unify_sources"]

Row = dict[str, Any]


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
    tokens = Tokens(view.text, Words(view.starts, view.ends, view.surfaces, view.gaps), view.words)
    items = read_items(view, tokens, (attributions, spans), gazetteer)
    people = read_people(view, tokens, gazetteer)
    read_entities(view, people, items, gazetteer)
    passing = Passing(view, people, items, gazetteer)
    out = []
    for item in items:
        entity = item.entity or UNNAMED
        originator, conduit = passing.types(item)
        out.append({**item.row, "source_name": entity.name, "source_type": entity.type,
                    "originator_type": originator, "conduit_type": conduit})
    return out


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
        * ``conduit_type``: the type of the source that passed the words on: another attribution around or within it, or
          a medium that its sentence names as the channel ("told X", "as quoted by X"); missing where there is none.

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
