"""Two annotations of the same articles: checked, as sets of tokens, and paired one to one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import some

__all__ = ["UNMARKED", "Corpus", "Said", "Tokens", "find_corpus", "heads_of", "jaccard", "misplaced", "pair_contents",
           "pair_labels", "pair_spans", "read_rows", "read_said", "told_apart", "words_at"]

Row = dict[str, Any]
Span = tuple[int, int]
Pairs = list[tuple[int, int]]

UNMARKED = "unmarked"  # of Annotations.about: tables of which inline marks hold no row, which may mean that nobody coded them
SCORED = ("attributions", "mentions", "agency", "facts")
LEAST = 0.5  # the Jaccard index of two contents that are still the same attribution
_TOKEN = re.compile(r"(\w+)|[^\w\s]")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_BEHIND = frozenset("of with in on at by for from against over under to near between who whom whose that which and".split())
_COUNTS = frozenset((
    "group groups gang gangs minority majority handful crowd crowds band bands mob bunch number force unit units outfits member "
    "members employees column contingent line").split())
_HEADS = frozenset("people men women children youth those ones".split())  # besides plurals in -s, what a participle follows
_COLUMNS = {  # what is needed of a table, what is used of it where it is there
    "attributions": ("attribution_id document_id", "type kind source_type level parent_id rule"),
    "attribution_spans": ("attribution_id document_id role start end", ""),
    "mentions": ("document_id start end", "group stance voice surface"),
    "agency": ("document_id start end", "construction agent_group patient_group"),
    "facts": ("document_id start end fact", "value value_high hedge part"),
}


class Tokens:
    """The tokens of a text: runs of word characters, and every other mark by itself.

    Examples
    --------
    >>> tokens = Tokens("“No,” she said.")
    >>> sorted(tokens.covered([(0, 3)])), sorted(tokens.words)
    ([0, 1], [1, 4, 5])
    """

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.words = frozenset(i for i, m in enumerate(found) if m.group(1))

    def covered(self, spans: Iterable[Span]) -> frozenset[int]:
        """Number the tokens that share a character with one of the spans."""
        return frozenset(i for start, end in spans
                         for i in range(bisect_right(self.ends, start), bisect_left(self.starts, end)))


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution: its row, and the tokens of its content, cue and source."""

    row: dict[str, Any]
    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]


def jaccard(a: AbstractSet[int], b: AbstractSet[int]) -> float:
    """Return the share of common members among all; 1 for two empty sets.

    Examples
    --------
    >>> jaccard({1, 2, 3}, {2, 3, 4})
    0.5
    """
    return len(a & b) / len(a | b) if a or b else 1.0


def _match(options: Iterable[tuple[tuple[float, ...], int, int]]) -> Pairs:
    """Pair one to one, the best first, equals in the order of the text; to exchange the two sides changes no pair."""
    used: tuple[set[int], set[int]] = (set(), set())
    pairs: Pairs = []
    for _, i, j in sorted(options):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((i, j))
    return pairs


def pair_contents(gold: Sequence[Said], found: Sequence[Said]) -> Pairs:
    """Pair attributions whose contents have a Jaccard index of at least .5, the highest first, then the likest source.

    The source decides where contents are equally alike: an outer and an inner attribution may share theirs.
    """
    by_token: dict[int, list[int]] = defaultdict(list)
    for j, f in enumerate(found):
        for token in f.content:
            by_token[token].append(j)
    options = []
    for i, g in enumerate(gold):
        for j in {j for token in g.content for j in by_token.get(token, ())}:
            alike = jaccard(g.content, found[j].content)
            if alike >= LEAST:
                options.append(((-alike, -jaccard(g.source, found[j].source)), i, j))
    return _match(options)


def heads_of(text: str, start: int, end: int) -> frozenset[int]:
    """Return where the head noun of a label begins: its last word, or the last before what follows the noun.

    Behind a noun of quantity ("group of", "members of") the noun that it counts is a head as well.

    Examples
    --------
    >>> for label in ("angry young protesters", "crowd of students", "villagers blocking a road", "those who threw stones"):
    ...     print([label[at:].split()[0] for at in sorted(heads_of(label, 0, len(label)))])
    ['protesters']
    ['crowd', 'students']
    ['villagers']
    ['those']
    """
    words = [(m.start(), m.group().lower()) for m in _WORD.finditer(text, start, end)] or [(start, "")]
    found = []
    head = words[0]
    for word in words[1:]:
        follows = word[1].endswith(("ing", "ed", "held")) and (head[1] in _HEADS or head[1].endswith("s"))
        if word[1] == "of" and head[1] in _COUNTS:
            found.append(head[0])
        elif word[1] in _BEHIND or follows:
            break
        head = word
    return frozenset((*found, head[0]))


def pair_labels(text: str, gold: Sequence[Span], found: Sequence[Span]) -> Pairs:
    """Pair labels of one text that overlap and share a head noun, the largest overlap first.

    What stands before or after the noun costs no match: people differ in what they count to a label.

    Examples
    --------
    >>> pair_labels("An angry crowd of students met riot police.", [(3, 26), (31, 42)], [(9, 14), (31, 35)])
    [(0, 0)]
    """
    options = []
    heads = [[heads_of(text, *span) for span in side] for side in (gold, found)]
    for i, (start, end) in enumerate(gold):
        for j, (low, high) in enumerate(found):
            if (shared := min(end, high) - max(start, low)) > 0 and heads[0][i] & heads[1][j]:
                options.append(((-float(shared),), i, j))
    return _match(options)


def pair_spans(gold: Sequence[Span], found: Sequence[Span]) -> Pairs:
    """Pair spans that overlap, the largest overlap first.

    Examples
    --------
    >>> pair_spans([(0, 5), (5, 9)], [(4, 8), (20, 30)])
    [(1, 0)]
    """
    options = []
    for i, (start, end) in enumerate(gold):
        for j, (low, high) in enumerate(found):
            if (shared := min(end, high) - max(start, low)) > 0:
                options.append(((-float(shared),), i, j))
    return _match(options)


@dataclass(frozen=True)
class Corpus:
    """The articles that are scored, the tables that both sides have, and what a reader must know of the rest."""

    documents: pd.DataFrame
    texts: Mapping[str, str]
    tokens: Mapping[str, Tokens]
    tables: Sequence[str]
    notes: Sequence[str]


def find_corpus(predicted: Annotations, gold: Annotations, only: str | Collection[str] | None = None) -> Corpus:
    """Find the articles and tables that can be scored, each article with the one text that both sides are about."""
    for side, given in (("predicted", predicted), ("gold", gold)):
        if given.form != "full":
            raise SchemaError(f"{side}: the tables are text-free and hold neither texts nor the offsets of sources and cues. "
                              "Give the full ones.")
    tables = [n for n in SCORED if n in predicted.tables and n in gold.tables]
    if not tables:
        raise SchemaError(f"Nothing to score: predicted holds {', '.join(predicted.tables) or 'no table'}, gold "
                          f"{', '.join(gold.tables) or 'none'}. Both need attributions and their spans, mentions, agency or "
                          "facts.")
    tables, unmarked = _choose(tables, gold, only)
    ours, theirs = (schema.validate(a.documents, "documents").set_index("document_id", drop=False) for a in (predicted, gold))
    both, absent = theirs.index.intersection(ours.index).tolist(), theirs.index.difference(ours.index).tolist()
    if not both:
        raise SchemaError(f"Nothing to score: no article in common. predicted has {some(list(ours.index)) or 'none'}, gold has "
                          f"{some(absent) or 'none'}. An article needs one document_id on both sides.")
    if absent:
        raise SchemaError(f"Table 'documents' of predicted: {some(absent)} of gold is not there. Annotate it as well, or take "
                          "it out of gold: what was not annotated can be neither right nor wrong.")
    out = {d for a in (ours, theirs) for d in a.index[a["exclusion_reason"].notna()]}
    excluded = [d for d in both if d in out]
    both = sorted(d for d in both if d not in out)
    if not both:
        raise SchemaError(f"Nothing to score: every article in common is excluded ({some(excluded)}). See the column "
                          "exclusion_reason of the tables 'documents'.")
    texts = {d: _text(d, ours.at[d, "text"], theirs.at[d, "text"]) for d in both}
    outlets = theirs["outlet"].mask(theirs["outlet"] == "unknown", ours["outlet"].reindex(theirs.index)).reindex(both)
    documents = pd.DataFrame({"document_id": both, "outlet": outlets.to_numpy(object)}, dtype=object)
    notes = [f"{what}, not scored: {n}." for what, n in (
        ("Articles that gold does not have", len(ours) - len(theirs)), ("Excluded articles", len(excluded))) if n]
    notes += [f"No mark of {name} in gold, not scored: ask for them with only (--only) if they were coded and none was found."
              for name in unmarked]
    if "mentions" in tables and "group" in gold.mentions and predicted.groups:
        strange = sorted(set(gold.mentions["group"].dropna()) - set(predicted.groups))
        notes += [f"Groups of gold that the lexicon of predicted does not have: {some(strange)} (it has "
                  f"{', '.join(predicted.groups)})."] if strange else []
    return Corpus(documents, texts, {d: Tokens(text) for d, text in texts.items()}, tables, notes)


def _choose(tables: Sequence[str], gold: Annotations, only: str | Collection[str] | None) -> tuple[list[str], list[str]]:
    """Choose the tables that are scored: those asked for, or all but those of which inline marks hold nothing."""
    if only is None:
        unmarked = [name for name in tables if name in gold.about.get(UNMARKED, ())]
        if len(unmarked) == len(tables):
            raise SchemaError(f"Nothing to score: the texts of gold hold no mark of {' or '.join(tables)}. Mark them as "
                              f"data/demo/CODING.md says; if they were coded and none was found, say so: only={tables[-1]!r} "
                              f"(--only {tables[-1]}).")
        return [name for name in tables if name not in unmarked], unmarked
    asked = {only} if isinstance(only, str) else set(only)
    if not asked or (strange := asked - set(tables)):
        raise SchemaError(f"only={only!r}: {some(sorted(strange)) if asked else 'that'} cannot be scored. Both sides hold "
                          f"{', '.join(tables)}.")
    return [name for name in tables if name in asked], []


def _text(document_id: str, ours: Any, theirs: Any) -> str:
    """Return the text of an article; the sides must agree on it, for offsets mean nothing in another text."""
    given = [text for text in (ours, theirs) if isinstance(text, str)]
    if not given:
        raise SchemaError(f"Table 'documents', column 'text': neither side has the text of {document_id!r}. Add it to one.")
    if given[0] == given[-1]:
        return given[0]
    at = next((i for i, (a, b) in enumerate(zip(*given, strict=False)) if a != b), min(map(len, given)))
    raise SchemaError(f"Table 'documents', column 'text': article {document_id!r} is not the same text on both sides. From "
                      f"character {at}, predicted has {given[0][at:at + 20]!r} and gold {given[1][at:at + 20]!r}. Offsets are "
                      "those of the text as it was read: restore the one that was changed.")


def read_rows(annotations: Annotations, name: str, corpus: Corpus, side: str) -> dict[str, list[Row]]:
    """Give the rows of the articles that are scored, with the columns that are used; a column nobody filled is missing."""
    table = getattr(annotations, name)
    needed, used = (columns.split() for columns in _COLUMNS[name])
    if lacking := [column for column in needed if column not in table]:
        raise SchemaError(f"Table {name!r} of {side}, column {lacking[0]!r}: the column is missing. Add it: "
                          f"{schema.TABLES[name].field(lacking[0]).description}")
    known = set(annotations.documents["document_id"])
    if strange := [d for d in table["document_id"].unique() if d not in known]:
        raise SchemaError(f"Table {name!r} of {side}, column 'document_id': {some(strange)} is not in table 'documents'. Mend "
                          "the name, or add the article.")
    table = table[table["document_id"].isin(list(corpus.texts))].reindex(columns=[*needed, *used])
    if "start" in table and len(table):
        bad = ~((table["start"] >= 0) & (table["end"] > table["start"])
                & (table["end"] <= table["document_id"].map({d: len(t) for d, t in corpus.texts.items()})))
        if bad.any():
            row = table[bad].iloc[0]
            raise SchemaError(f"Table {name!r} of {side}, article {row['document_id']!r}: [{row['start']}, {row['end']}) is no "
                              f"span of its text ({len(corpus.texts[row['document_id']])} characters). Offsets are half-open "
                              "and those of documents.text, unchanged.")
        for field in (schema.TABLES[name].field(column) for column in used):
            strange = [value for value in table[field.name].dropna().unique() if value and value not in field.allowed]
            if field.allowed and not field.open_ended and strange:
                raise SchemaError(f"Table {name!r} of {side}, column {field.name!r}: {strange[0]!r} is not allowed. Allowed: "
                                  f"{', '.join(field.allowed)}; or leave it empty, if nobody coded it.")
        if name == "mentions" and (bad := misplaced(table, corpus.texts)).any():
            row = table[bad].iloc[0]
            raise SchemaError(f"Table {name!r} of {side}, column 'surface', article {row['document_id']!r}: "
                              f"{row['surface']!r} {told_apart(row, corpus.texts)}")
    return schema.rows_by_document(table.astype(object).where(table.notna(), None))


def words_at(labels: pd.DataFrame, texts: Mapping[str, str]) -> pd.Series:
    """Read the words of labels from their texts; none where the text is not there."""
    rows = zip(labels["document_id"], labels["start"], labels["end"], strict=True)
    return pd.Series([texts[d][start:end] if d in texts else None for d, start, end in rows], labels.index, dtype=object)


def misplaced(labels: pd.DataFrame, texts: Mapping[str, str]) -> pd.Series:
    """Tell which labels have a surface that is not the text at their offsets; however wide, white space is a blank.

    Examples
    --------
    >>> labels = pd.DataFrame({"document_id": "a", "start": [0, 0, 0], "end": [4, 8, 8], "surface": ["riot", "riot", None]})
    >>> misplaced(labels, {"a": "riot now"}).tolist()
    [False, True, False]
    """
    pairs = zip(labels["surface"], words_at(labels, texts), strict=True)
    told = [isinstance(said, str) and isinstance(there, str) and said.split() != there.split() for said, there in pairs]
    return pd.Series(told, labels.index, dtype=bool)


def told_apart(label: Mapping[Any, Any] | pd.Series, texts: Mapping[str, str]) -> str:
    """Say of a surface what stands at its offsets instead."""
    start, end = int(label["start"]), int(label["end"])
    return (f"is not what stands at [{start}, {end}): {texts[label['document_id']][start:end]!r}. Offsets count the characters "
            "of the unchanged text.")


def read_said(annotations: Annotations, corpus: Corpus, level: int | None, scare_quotes: bool,
              side: str) -> tuple[dict[str, list[Said]], int]:
    """Give the attributions that count as sets of tokens, by article in the order of the text; count those without content."""
    rows, spans = (read_rows(annotations, name, corpus, side) for name in ("attributions", "attribution_spans"))
    said: dict[str, list[Said]] = {}
    bare = 0
    for d in corpus.texts:
        places: dict[str, dict[str, list[tuple[int, int]]]] = {
            row["attribution_id"]: {role: [] for role in schema.ROLES} for row in rows.get(d, ())}
        if len(places) < len(rows.get(d, ())):
            raise SchemaError(f"Table 'attributions' of {side}, article {d!r}: an attribution_id stands twice. Each attribution "
                              "needs one of its own.")
        for span in spans.get(d, ()):
            if span["attribution_id"] not in places or span["role"] not in schema.ROLES:
                raise SchemaError(f"Table 'attribution_spans' of {side}, article {d!r}: no attribution is called "
                                  f"{span['attribution_id']!r}, or no role {span['role']!r}. Each span belongs to a row of "
                                  f"'attributions' of the same article, as its {', '.join(schema.ROLES)}.")
            places[span["attribution_id"]][span["role"]].append((span["start"], span["end"]))
        for row in rows.get(d, ()):
            depth = row["level"] = row["level"] or 1  # nobody coded levels: nothing is nested
            if (level is not None and depth > level) or (row["kind"] == "scare_quote" and not scare_quotes):
                continue
            content, cue, source = (corpus.tokens[d].covered(places[row["attribution_id"]][role])
                                    for role in ("content", "cue", "source"))
            if content:
                said.setdefault(d, []).append(Said(row, content, cue, source))
            else:
                bare += 1
        said.get(d, []).sort(key=lambda s: (sorted(s.content), sorted(s.source), sorted(s.cue)))
    return said, bare
