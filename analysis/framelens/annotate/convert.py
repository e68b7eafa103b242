"""Attributions made elsewhere, by people or by programs: from spans to tables that every later step takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from framelens import schema
from framelens.errors import SchemaError
from framelens.text.spans import merge_spans
from framelens.text.view import View, read_view

__all__ = ["Found", "Span", "attributions_from_spans", "build_tables", "views_of"]

Span = tuple[int, int]
Row = dict[str, Any]
NEEDED = ("document_id", "attribution", "role", "start", "end")
TOLD = ("type", "kind", "cue_class", "cue_lemma", "source_name", "source_type", "originator_type", "conduit_type", "rule",
        "confidence")
DEFAULTS = {"kind": "speech", "rule": "given", "source_type": "unnamed"}
KIND_OF_CLASS = {"reporting": "speech"}  # the other classes bear the name of their kind
DIRECT = 0.9  # share of the words in quotation marks from which an attribution is direct


@dataclass(slots=True)
class Found:
    """One attribution on its way to the tables: its spans, what is told of it, and its parent's key if that is known."""

    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    told: Row = field(default_factory=dict)
    key: str = ""
    parent: str = ""


def attributions_from_spans(spans: pd.DataFrame, documents: pd.DataFrame, *,
                            zones: pd.DataFrame | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make attributions of spans that people or a program marked: a row a span, as a spreadsheet or a CSV file holds them.

    Parameters
    ----------
    spans : DataFrame
        ``document_id``, ``attribution`` (its number or name in the article), ``role`` (source, cue or content; a role may
        have several spans, and only content is needed), ``start``, ``end`` (offsets of characters in
        ``documents.text``, half-open). Where they are known, on one row of an attribution or on all:

        * ``parent``: the ``attribution`` in whose content this one stands. Without the column, one attribution stands
          in another where its content and cue do;
        * ``type``; without it, by the share of the content's words in quotation marks (from 0.9 on direct, 0 indirect);
        * ``kind``; without it that of ``cue_class``, or else speech;
        * ``cue_class``, ``cue_lemma``, ``source_name``, ``source_type``, ``originator_type``, ``conduit_type``,
          ``rule``, ``confidence``: as in ``attributions``. Without them source_type is "unnamed" (type and name the
          sources with :func:`framelens.assign_sources`), rule is "given", and the others stay empty;
        * ``text``: the words of the span. They are held against the article.
    documents : DataFrame
        ``document_id`` and ``text``.
    zones : DataFrame, optional
        ``zones``; they help to tell quotations apart. Without them a text is read as body.

    Returns
    -------
    attributions, attribution_spans : DataFrame
        Valid under these names; give both to :func:`framelens.annotate` as ``tables``. ``attribution_id`` is
        ``document_id:attribution``.

    Raises
    ------
    SchemaError
        A column or value is missing or not allowed, an article is unknown, a span lies outside its text or holds other
        words, an attribution has no content, two rows contradict each other, or parents go round.

    Examples
    --------
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": ["Roe said: “We stay.”"]})
    >>> spans = pd.DataFrame({"document_id": "a", "attribution": 1, "role": ["source", "cue", "content"],
    ...                       "start": [0, 4, 10], "end": [3, 8, 20], "source_type": ["protester", None, None]})
    >>> attributions, placed = attributions_from_spans(spans, documents)
    >>> attributions[["attribution_id", "source", "cue", "type", "kind", "source_type", "n_words"]].values.tolist()
    [['a:1', 'Roe', 'said', 'direct', 'speech', 'protester', 2]]
    """
    checked = _check_spans(spans)
    texts = dict(zip(documents["document_id"].astype(str), documents["text"], strict=True))
    nested = "parent" in spans
    found: dict[str, list[Found]] = {}
    for _, rows in checked.groupby("attribution_id", sort=False):
        document_id = str(rows["document_id"].iloc[0])
        if not isinstance(texts.get(document_id), str):
            raise SchemaError(f"Table 'spans', column 'document_id': {document_id!r} has no text in documents. Mend the name, "
                              "or add the article.")
        found.setdefault(document_id, []).append(_read_one(rows, texts[document_id]))
    views = views_of(documents[documents["document_id"].astype(str).isin(found)], zones)
    return build_tables(((view, found[view.document_id]) for view in views), nested=nested)


def _check_spans(spans: pd.DataFrame) -> pd.DataFrame:
    """Bring the rows of a coder's table to declared columns and types, in the order given."""
    absent = [c for c in NEEDED if c not in spans]
    if absent:
        raise SchemaError(f"Table 'spans', column {absent[0]!r}: the column is missing (the table has "
                          f"{', '.join(map(str, spans.columns)) or 'none'}). Needed: {', '.join(NEEDED)}.")
    for column in ("document_id", "attribution"):
        bare = spans[column].isna() | (spans[column].astype(str).str.strip() == "")
        if bare.any():
            raise SchemaError(f"Table 'spans', column {column!r}: row {int(bare.to_numpy().argmax())}: the value is missing. "
                              "Every row needs one.")
    out = pd.DataFrame({c: _text(spans[c]) for c in (*NEEDED[:3], "parent", *TOLD, "text") if c in spans})
    ids = out["document_id"] + ":" + out["attribution"]
    placed = schema.validate(pd.DataFrame({"attribution_id": ids, **{c: spans[c].reset_index(drop=True) for c in (
        "document_id", "role", "start", "end")}}), "attribution_spans")
    return out.assign(attribution_id=ids, start=placed["start"], end=placed["end"])


def _text(values: pd.Series) -> pd.Series:
    """Return a column as text; a whole number that a gap beside it made a float is that number, no value is NaN."""
    whole = values.map(lambda v: str(int(v)) if isinstance(v, float) and v.is_integer() else v)
    text = whole.astype("str").str.strip() if len(whole) else whole.astype("str")
    return text.where(values.notna() & (text != "")).reset_index(drop=True)


def _read_one(rows: pd.DataFrame, text: str) -> Found:
    """Read the rows of one attribution."""
    document_id, number = rows["document_id"].iloc[0], rows["attribution"].iloc[0]
    where = f"Table 'spans', article {document_id!r}, attribution {number!r}"
    for start, end, words in zip(rows["start"], rows["end"], rows.get("text", rows["start"]), strict=True):
        if end > len(text):
            raise SchemaError(f"{where}: [{start}, {end}) reaches beyond the text ({len(text)} characters). Offsets count the "
                              "characters of documents.text, neither bytes nor UTF-16 units.")
        if isinstance(words, str) and words != text[start:end].strip():
            raise SchemaError(f"{where}: {words!r} is not what stands at [{start}, {end}): {text[start:end]!r}. Offsets count "
                              "the characters of documents.text, neither bytes nor UTF-16 units.")
    told: Row = {}
    for column in (c for c in ("parent", *TOLD) if c in rows):
        values = rows[column].dropna().unique()
        if len(values) > 1:
            raise SchemaError(f"{where}, column {column!r}: {values[0]!r} and {values[1]!r}. Give one value, on one "
                              "row or on all.")
        told[column] = values[0] if len(values) else None
    parts: dict[str, list[Span]] = {}
    for role, start, end in zip(rows["role"], rows["start"], rows["end"], strict=True):
        parts.setdefault(role, []).append((int(start), int(end)))
    if "content" not in parts:
        raise SchemaError(f"{where}: no span of role 'content'. Mark what is said, thought or shown.")
    parent = told.pop("parent", None)
    return Found(parts["content"], parts.get("cue", []), parts.get("source", []), told, f"{document_id}:{number}",
                 f"{document_id}:{parent}" if parent else "")


def views_of(documents: pd.DataFrame, zones: pd.DataFrame | None = None) -> Iterator[View]:
    """Yield a view of every article with a text, read as body where no zones are given."""
    checked = schema.empty("zones") if zones is None else schema.validate(zones, "zones")
    known = schema.rows_by_document(checked.sort_values(["document_id", "start"]))
    for document_id, text in zip(documents["document_id"].astype(str), documents["text"], strict=True):
        if isinstance(text, str):
            rows = [(z["start"], z["end"], z["kind"], z["rule"]) for z in known.get(document_id, ())]
            yield read_view(document_id, text, rows or [(0, len(text), "body", "whole text")], measured=schema.MEASURED_ZONES)


def build_tables(articles: Iterable[tuple[View, list[Found]]], *, nested: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn what was found in each article into valid tables: type, level, parent and words are filled in.

    Parameters
    ----------
    articles : iterable of (View, list of Found)
        A missing key is made of the offsets of the content.
    nested : bool
        Whether parents are told; else an attribution stands in the smallest other whose content holds its own and its
        cue.

    Returns
    -------
    attributions, attribution_spans : DataFrame

    Raises
    ------
    SchemaError
        A parent is unknown, or parents go round; a value is not allowed.
    """
    attributions: list[Row] = []
    spans: list[Row] = []
    for view, found in articles:
        _name(view.document_id, found)
        if not nested:
            _nest(found)
        levels = _levels(view.document_id, found)
        for one in found:
            cue_class = one.told.get("cue_class")
            told = {**DEFAULTS, "type": _type(view, one.content),
                    **({"kind": KIND_OF_CLASS.get(cue_class, cue_class)} if cue_class else {}),
                    **{k: v for k, v in one.told.items() if v is not None}}
            attributions.append({
                **dict.fromkeys(TOLD), **told, "attribution_id": one.key, "document_id": view.document_id,
                **{role: " ".join(view.text[s:e] for s, e in sorted(getattr(one, role))) or None for role in ("cue", "source")},
                "level": levels[one.key], "parent_id": one.parent or None,
                "n_words": sum(len(view.words_in(s, e)) for s, e in merge_spans(one.content))})
            spans += [{"attribution_id": one.key, "document_id": view.document_id, "role": role, "start": s, "end": e}
                      for role in schema.ROLES for s, e in sorted(getattr(one, role))]
    if not attributions:
        return schema.empty("attributions"), schema.empty("attribution_spans")
    return schema.validate(pd.DataFrame(attributions), "attributions"), schema.validate(pd.DataFrame(spans), "attribution_spans")


def _name(document_id: str, found: list[Found]) -> None:
    """Give each attribution without a key one made of the offsets of its content."""
    used: dict[str, int] = {}
    for one in found:
        if not one.key:
            key = f"{document_id}:a:{'+'.join(f'{s}-{e}' for s, e in merge_spans(one.content))}"
            used[key] = used.get(key, 0) + 1
            one.key = key if used[key] == 1 else f"{key}:{used[key]}"


def _type(view: View, content: list[Span]) -> str:
    """Tell by its words in quotation marks whether a content is direct, mixed or indirect."""
    words = [view.starts[w] for s, e in merge_spans(content) for w in view.words_in(s, e)]
    quoted = sum(any(q.inner_start <= at < q.inner_end for q in view.quotes) for at in words)
    return "indirect" if not quoted else "direct" if quoted >= DIRECT * len(words) else "mixed"


def _nest(found: list[Found]) -> None:
    """Find for each attribution the smallest other one whose content holds its content and its cue."""
    contents = [merge_spans(one.content) for one in found]
    sizes = [sum(e - s for s, e in spans) for spans in contents]
    for one, own, size in zip(found, contents, sizes, strict=True):
        around = [(sizes[j], j) for j, outer in enumerate(contents) if sizes[j] > size
                  and all(any(s <= a and b <= e for s, e in outer) for a, b in (*own, *one.cue))]
        one.parent = found[min(around)[1]].key if around else ""


def _levels(document_id: str, found: list[Found]) -> Mapping[str, int]:
    """Count how deep each attribution stands."""
    parents = {one.key: one.parent for one in found}
    levels = {}
    for key in parents:
        chain = [key]
        while parent := parents[chain[-1]]:
            if parent not in parents or parent in chain:
                what = "stands in itself by its parents" if parent in chain else f"has a parent that is not marked: {parent!r}"
                raise SchemaError(f"Article {document_id!r}, attribution {chain[-1]!r}: {what}. Mend the column parent.")
            chain.append(parent)
        levels[key] = len(chain)
    return levels
