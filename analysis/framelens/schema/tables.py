"""The tables over the dictionary of fields, and the data dictionary made from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from framelens.schema.fields import FIELDS, Field


@dataclass(frozen=True)
class Table:
    """One declared table.

    Attributes
    ----------
    name, description : str
    columns : tuple of str
        In order, the primary key first.
    key : tuple of str
        Columns that together name a row.
    nullable : frozenset of str
        Columns in which a value may be missing (NaN in memory, an empty field in CSV).
    """

    name: str
    description: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    nullable: frozenset[str]

    def field(self, column: str) -> Field:
        """Return the field of a column; ``table.column`` overrides where the design gives a name two senses."""
        special = FIELDS.get(f"{self.name}.{column}")
        return replace(special, name=column) if special else FIELDS[column]

    def fields(self, form: str = "full") -> Iterator[Field]:
        """Yield the fields of the table in order, of its full or its text-free form."""
        for column in self.columns:
            field = self.field(column)
            if form == "full" or field.share != "drop":
                yield field

    def may_miss(self, column: str, form: str) -> bool:
        """Tell whether a value of this column may be missing."""
        return column in self.nullable or (form == "text_free" and self.field(column).share in ("label", "labels", "content"))


def _table(name: str, description: str, columns: str, key: str, nullable: str = "") -> Table:
    return Table(name, description, tuple(columns.split()), tuple(key.split()), frozenset(nullable.split()))


_IDENTITY = (
    "measure unit outlet document_id contrast reference group agent_group patient_group stance favours referent contested zone "
    "voice source_type conduit_type side construction scorer target_group window loaded_class term fact period spec"
)
_RESULT = (
    "estimate ci_low ci_high ci_level more_in n_documents n_clusters n_units n_reference dispersion statistic p_value q_value "
    "family power corrected validated method seed note"
)

TABLES: Mapping[str, Table] = MappingProxyType({
    t.name: t
    for t in (
        _table("documents", "The articles, each with its unchanged text.",
               "document_id outlet publisher origin event title published url licence language encoding text text_sha256 "
               "exclusion_reason", "document_id",
               "publisher origin event title published url licence language encoding text text_sha256 exclusion_reason"),
        _table("copies", "Which articles are copies of one another (a cluster is one unit of resampling).",
               "document_id cluster_id copy_status evidence", "document_id", "evidence"),
        _table("copy_pairs", "Pairs of articles that are copies, each once, the smaller document_id first.",
               "document_id other_id shared_runs shared_words other_shared_words containment other_containment jaccard",
               "document_id other_id"),
        _table("copied_spans", "Which words of an article stand in one that is its copy; the words of both spans are equal.",
               "document_id start end other_id other_start other_end n_words", "document_id other_id start"),
        _table("credits", "News agencies named as having written an article, or contributed to it.",
               "document_id start end news_agency kind zone", "document_id news_agency kind start", "start end zone"),
        _table("zones", "A partition of each text: what is body, what headline, what site furniture.",
               "document_id start end kind rule", "document_id start"),
        _table("sentences", "Sentences of each zone.", "document_id sentence start end paragraph zone voice n_words",
               "document_id sentence", "voice n_words"),
        _table("sizes", "Words and sentences by zone and voice: the denominators of every rate.",
               "document_id zone voice n_words n_sentences", "document_id zone voice", "voice"),
        _table("mentions", "Labels found in the text.",
               "mention_id document_id start end surface term group stance favours referent zone negated scare_quoted "
               "contested voice attribution_id", "mention_id", "referent voice attribution_id"),
        _table("attributions", "Who is said to have said, thought, wanted or shown what.",
               "attribution_id document_id type kind cue cue_lemma cue_class rule source source_name source_type "
               "originator_type conduit_type level parent_id n_words confidence", "attribution_id",
               "cue cue_lemma cue_class rule source source_name originator_type conduit_type parent_id confidence"),
        _table("attribution_spans", "Where the source, cue and content of each attribution stand.",
               "attribution_id document_id role start end", "attribution_id role start"),
        _table("voice", "A partition of body and headline into narrator, direct and indirect speech.",
               "document_id start end zone voice attribution_id source_type n_words", "document_id start",
               "attribution_id source_type n_words"),
        _table("sentiment", "Scores of sentences; a sentence that spans voices is scored by segment.",
               "document_id sentence start end voice attribution_id target_group window scorer score matched",
               "document_id sentence start scorer target_group window", "attribution_id target_group window matched"),
        _table("agency", "Clauses of violence and harm: who did what to whom.",
               "clause_id document_id start end verb verb_lemma construction agent agent_group patient patient_group voice "
               "attribution_id", "clause_id", "agent agent_group patient patient_group voice attribution_id"),
        _table("loaded", "Loaded words: wording that frames what is told, or makes it look surer or more doubtful.",
               "loaded_id document_id start end surface term loaded_class zone voice attribution_id", "loaded_id",
               "voice attribution_id"),
        _table("facts", "Numbers reported of people killed, injured, detained and so on.",
               "fact_id document_id start end fact counted part who value value_high unit hedge time voice attribution_id",
               "fact_id", "who value value_high hedge time voice attribution_id"),
        _table("statements", "Sentences that report the same statement in different outlets.",
               "statement_id document_id sentence start end similarity", "statement_id document_id sentence"),
        _table("slots", "The aligned slots of parallel statements.",
               "statement_id document_id sentence slot start end filler label differs n_alike",
               "statement_id document_id sentence slot", "filler label n_alike"),
        _table("rewritten", "Quotations of one speaker and content in other words, though both stand in quotation marks.",
               "document_id start end other_document_id other_start other_end source_name similarity",
               "document_id start other_document_id other_start", "source_name"),
        _table("term_counts", "Words by article, zone and voice.",
               "document_id zone voice term count", "document_id zone voice term"),
        _table("codings", "What human coders decided.", "document_id start end coder variable value",
               "document_id start end coder variable", "value"),
        _table("evidence", "What estimates count, row by row: from each number back to its sentences.",
               "estimate_row contrast_side document_id item item_id start end hit n_units value sentence_start sentence_end "
               "surface passage note", "estimate_row item item_id",
               "contrast_side start end value sentence_start sentence_end surface passage note"),
        _table("estimates", "Results: each number with its evidence and its doubt. A column that does not apply is empty.",
               f"{_IDENTITY} {_RESULT}", _IDENTITY,
               f"{_IDENTITY} {_RESULT}".replace("measure unit ", "").replace(" method", "")),
    )
})


def data_dictionary() -> str:
    """Return the data dictionary as Markdown; ``docs/data-dictionary.md`` is this text."""
    lines = ["# Data dictionary", "",
             "Generated from `framelens.schema`; do not edit. An empty CSV field is a missing value. Columns marked ∅ may be",
             "missing; *text-free* says what the published form of a table does with the column.", ""]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", table.description, "", f"Key: {', '.join(table.key)}", "",
                  "| column | type | unit | description | allowed | text-free |", "| --- | --- | --- | --- | --- | --- |"]
        for f in table.fields():
            mark = " ∅" if f.name in table.nullable else ""
            allowed = ", ".join(f.allowed) + (" …" if f.open_ended else "")
            lines.append(f"| {f.name}{mark} | {f.dtype} | {f.unit} | {f.description} | {allowed} | {f.share} |")
        lines.append("")
    return "\n".join(lines)
