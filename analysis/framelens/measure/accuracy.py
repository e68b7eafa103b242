"""Accuracy against articles that people coded: tokens, attributions, what is said of them, and labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import LEVEL, Floats, Frame, Measure, Tallies, estimate_rows, find_frame, finish
from framelens.measure._spans import (
    Corpus,
    Said,
    Tokens,
    find_corpus,
    jaccard,
    pair_contents,
    pair_labels,
    pair_spans,
    read_rows,
    read_said,
)
from framelens.stats.bootstrap import method_name

__all__ = ["measure_accuracy"]

Row = dict[str, Any]
Key = tuple[str, str, str]  # what is counted, the column of estimates that tells its rows apart, the value there
Tally = dict[Key, list[float]]  # hits among the predicted, predicted, hits among the gold, gold; of a rate: hits, of
BY = ("outlet", "document_id")
TYPES = ("direct", "mixed", "indirect")
_UNITS = {"token": "tokens", "attribution": "attributions", "mention": "labels", "agency": "clauses", "fact": "reported numbers"}
# Whose rows a measure of that first word needs; else attributions.
_TABLES = {"mention": "mentions", "agency": "agency", "fact": "facts"}


def _contrasts(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [("contrast", f"{name}={value}") for value in values]


# Rows that stand in every result, with or without a case. Values beyond these follow.
_FAMILIES: Mapping[str, list[tuple[str, str]]] = {
    "token": _contrasts("role", ("content", "cue", "source")),
    "attribution": [*_contrasts("match", ("relaxed", "strict", "strict_words", "relaxed_and_source")), *_contrasts("type", TYPES),
                    *_contrasts("kind", schema.KINDS), *_contrasts("level", ("1", "nested"))],
    "mention": [("", "")],
    "agency": [("", ""), *(("construction", built) for built in schema.CONSTRUCTIONS)],
    "fact": [("", ""), *(("fact", told) for told in schema.FACTS)],
}
_RATES: Mapping[str, tuple[str, list[tuple[str, str]]]] = {
    "source_accuracy": ("paired attributions with a source", [("", ""), *_contrasts("type", TYPES)]),
    "source_touched": ("paired attributions with a source", [("", "")]),
    "source_exact": ("paired attributions with a source", [("", "")]),
    "source_left_empty": ("paired attributions without a source", [("", "")]),
    "type_accuracy": ("paired attributions with a type", [("", "")]),
    "kind_accuracy": ("paired attributions with a kind", [("", "")]),
    "source_type_accuracy": ("paired attributions with a source type", [("", "")]),
    "level_accuracy": ("paired nested attributions", [("", "")]),
    "parent_accuracy": ("paired nested attributions", [("", "")]),
    "density_mae": ("articles", [("", "")]),
    "density_bias": ("articles", [("", "")]),
    "mention_group_accuracy": ("paired labels with a group", [("", "")]),
    "mention_stance_accuracy": ("paired labels with a stance", [("", "")]),
    "agency_construction_accuracy": ("paired clauses with a construction", [("", "")]),
    "agency_agent_group_accuracy": ("paired clauses", [("", "")]),
    "agency_patient_group_accuracy": ("paired clauses", [("", "")]),
    "fact_value_accuracy": ("paired reported numbers", [("", "")]),
    "fact_hedge_accuracy": ("paired reported numbers", [("", "")]),
    "fact_part_accuracy": ("paired reported numbers", [("", "")]),
    "mention_voice_accuracy": ("paired labels with a voice", [("", ""), *(("voice", v) for v in schema.VOICES)]),
}


def measure_accuracy(predicted: Annotations, gold: Annotations, *, level: int | None = None, scare_quotes: bool = True,
                     by: str | None = None, only: str | Collection[str] | None = None, n_resamples: int = 2000,
                     seed: int = 0) -> pd.DataFrame:
    r"""Measure how far annotations agree with those of a reader, over the articles that both have.

    A token is a run of word characters or another mark by itself (``\w+|[^\w\s]``); a span covers the tokens that it
    shares a character with. Attributions are paired one to one where the Jaccard index of the tokens of their contents is
    at least .5, the highest first; labels where their spans overlap and the head noun is the same word of the text, the
    largest overlap first (modifiers before the noun and what follows it cost no match). Precision is the share of
    the predicted that is right, recall the share of the gold that is found, F1 their harmonic mean, all over articles
    pooled (``…_precision``, ``…_recall``, ``…_f1``):

    * ``token_…`` × contrast ``role=content``, ``cue``, ``source``: tokens in any attribution's span of that role;
    * ``attribution_…`` × ``match=relaxed`` (paired), ``strict`` (paired, and equal contents), ``strict_words`` (equal
      but for punctuation), ``relaxed_and_source`` (paired, and the source right);
    * ``attribution_…`` × ``type=…``, ``kind=…``, ``level=1`` or ``nested``: paired at all, by what the prediction says
      (precision) or the gold (recall); precision also × ``rule=…``;
    * ``mention_…`` and × group: labels;
    * ``agency_…`` and × construction: clauses of violence and harm, paired as labels are;
    * ``fact_…`` and × fact: reported numbers, paired where their spans overlap and the fact is the same.

    Then rates among the paired, of those for which the gold has a value: ``source_accuracy`` (Jaccard index of the
    sources at least .5), also × ``type=…``, ``source_touched`` (a word in common), ``source_exact`` (all words),
    ``source_left_empty`` (the gold has no source, nor has the prediction); ``type_accuracy``, ``kind_accuracy``,
    ``source_type_accuracy`` (also × source_type of the gold); of nested ones ``level_accuracy`` and ``parent_accuracy``
    (the parent is paired with the gold's parent); of clauses ``agency_construction_accuracy``, ``agency_agent_group_accuracy``
    and ``agency_patient_group_accuracy`` (that no group is named is a value, too); of reported numbers
    ``fact_value_accuracy`` (both ends of a range; vague is a value, too), ``fact_hedge_accuracy`` and ``fact_part_accuracy``;
    ``mention_group_accuracy``,
    ``mention_stance_accuracy``, ``mention_voice_accuracy`` (also × voice of the gold). And over articles, for the
    share of words that stand in a content: ``density_mae`` (mean absolute error) and ``density_bias`` (mean of predicted less
    gold).

    Parameters
    ----------
    predicted, gold : Annotations
        In full form: documents (document_id, outlet, text, exclusion_reason), and in both of them attributions with
        attribution_spans, or mentions, or agency, or facts, or all. The texts must be equal; where one side has no text the
        other's is taken.
        ``gold`` may come from :func:`framelens.read_coded`, and may lack columns that nobody coded. Of copies the gold's count,
        else the prediction's, else each article is a cluster by itself.
        An article of ``gold`` is taken to be coded in full: what is not marked in it, and predicted, counts as wrong.
    level : int, optional
        Attributions down to this depth count on both sides: 1 for the outermost only. Without it all do.
    scare_quotes : bool
        Whether attributions of the kind scare_quote count.
    by : {"outlet", "document_id"}, optional
        Measure apart by outlet or article: a comparison of outlets needs errors that are alike.
    only : str or collection of str, optional
        What is scored: attributions, mentions (labels), agency, facts. Without it what both sides hold, but of inline marks
        not what no text of ``gold`` has a mark of: that nobody coded it is likelier than that there is none (the note names it).
    n_resamples, seed : int
        Of the cluster bootstrap; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``. ``n_units`` is what the share is of (F1: predicted and gold together; density: articles). Intervals
        are given and withheld as in the other measures. Articles that only the prediction has, or that either excludes,
        are not scored; the note counts them, and the attributions without a content, which count nowhere.

    Raises
    ------
    SchemaError
        No article or table in common, a gold article that the prediction lacks, unequal texts, spans outside their text
        or of unknown attributions, a table or option that will not do.

    Notes
    -----
    The definitions are those of quotation attribution on PARC and PolNeAR (Pareti 2015; Newell et al. 2018), with a
    relaxed match on tokens. :math:`F_1 = 2 TP / (P + G)` is a ratio of sums: its interval is that of
    :func:`framelens.stats.proportion.share_intervals`, as of all shares here. By type, kind, level and group
    the hits among the predicted and the gold differ; there F1 has the percentile interval.

    Examples
    --------
    One of two attributions is found, with a word too many:

    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": ["Roe said it is over. Quell hopes so."]})
    >>> def coded(*contents):
    ...     spans = pd.DataFrame(contents, columns=["start", "end"]).assign(document_id="a", role="content")
    ...     spans["attribution_id"] = [f"a{start}" for start in spans["start"]]
    ...     return Annotations({"documents": documents, "attribution_spans": spans,
    ...                         "attributions": spans[["attribution_id", "document_id"]]})
    >>> found = measure_accuracy(coded((4, 19)), coded((9, 19), (33, 35))).set_index(["measure", "contrast"])["estimate"]
    >>> [float(found[f"token_{name}", "role=content"]) for name in ("precision", "recall")]
    [0.75, 0.75]
    >>> [round(float(found[f"attribution_{name}", "match=relaxed"]), 2) for name in ("precision", "recall", "f1")]
    [1.0, 0.5, 0.67]
    """
    if level is not None and level < 1:
        raise SchemaError(f"level={level!r}: 1 is the outermost, and None takes every attribution.")
    if by is not None and by not in BY:
        raise SchemaError(f"by={by!r} is no grouping of articles here. Allowed: {', '.join(BY)}, or None for all together.")
    corpus = find_corpus(predicted, gold, only)
    sides = {"gold": gold, "predicted": predicted}
    tallies: dict[str, Tally] = {d: defaultdict(lambda: [0.0] * 4) for d in corpus.texts}
    notes = list(corpus.notes)
    if "attributions" in corpus.tables:
        (said, bare), (found, ours) = (read_said(a, corpus, level, scare_quotes, side) for side, a in sides.items())
        notes += [f"Attributions without a content, left out: {ours} predicted, {bare} gold."] if bare + ours else []
        for d, tally in tallies.items():
            _count_attributions(tally, corpus.tokens[d], said.get(d, []), found.get(d, []))
    if "mentions" in corpus.tables:
        labels, marked = (read_rows(a, "mentions", corpus, side) for side, a in sides.items())
        for d, tally in tallies.items():
            _count_mentions(tally, corpus.texts[d], labels.get(d, []), marked.get(d, []))
    if "agency" in corpus.tables:
        clauses, told = (read_rows(a, "agency", corpus, side) for side, a in sides.items())
        for d, tally in tallies.items():
            _count_clauses(tally, clauses.get(d, []), told.get(d, []))
    if "facts" in corpus.tables:
        marked, told = (read_rows(a, "facts", corpus, side) for side, a in sides.items())
        for d, tally in tallies.items():
            _count_facts(tally, marked.get(d, []), told.get(d, []))
    frame = _find_frame(sides, corpus, by, (n_resamples, seed), " ".join(notes))
    counted = [tallies[d] for d in frame.documents]
    scored = [name for name in (*_FAMILIES, *_RATES)
              if _TABLES.get(name.partition("_")[0], "attributions") in corpus.tables]
    return finish([rows for name in scored for rows in (_family_rows if name in _FAMILIES else _rate_rows)(frame, name, counted)])


def _find_frame(sides: Mapping[str, Annotations], corpus: Corpus, by: str | None, resampling: tuple[int, int],
                note: str) -> Frame:
    """Sort the articles into units (one, unless ``by`` says otherwise) and syndication clusters."""
    ids = corpus.documents["document_id"]
    clusters = dict(zip(ids, ids, strict=True))
    copies = next((a.copies for a in sides.values() if "copies" in a.tables), None)
    if copies is not None:
        clusters |= dict(zip(copies["document_id"], copies["cluster_id"], strict=True))
    own = pd.DataFrame({"document_id": ids, "cluster_id": ids.map(clusters)})
    frame = find_frame(Annotations({"documents": corpus.documents, "copies": own}), by or "outlet", *resampling)
    units = frame.units
    if by is None:
        units = units.iloc[:1].assign(outlet=None, document_id=None, n_counted=len(ids))
        frame = replace(frame, unit=np.zeros(len(ids), np.intp))
    return replace(frame, units=units.assign(note=note))


def _count_attributions(tally: Tally, tokens: Tokens, gold: Sequence[Said], found: Sequence[Said]) -> None:
    """Count one article's tokens, attributions, and what is right of those that are paired."""
    pairs = pair_contents(gold, found)
    covered = {role: [frozenset().union(*(getattr(s, role) for s in side)) for side in (gold, found)] for role in schema.ROLES}
    for role, (theirs, own) in covered.items():
        both = len(theirs & own)
        _add(tally, ("token", "contrast", f"role={role}"), both, len(own), both, len(theirs))
    right = {"relaxed": len(pairs), "strict": 0, "strict_words": 0, "relaxed_and_source": 0}
    for i, j in pairs:
        g, f = gold[i], found[j]
        right["strict"] += g.content == f.content
        right["strict_words"] += g.content & tokens.words == f.content & tokens.words
        right["relaxed_and_source"] += _count_source(tally, tokens, g, f)
        for column in ("type", "kind", "source_type"):
            _judge(tally, f"{column}_accuracy", g.row[column], f.row[column])
        if g.row["source_type"]:
            _add(tally, ("source_type_accuracy", "source_type", g.row["source_type"]),
                 g.row["source_type"] == f.row["source_type"], 1)
    for match, hits in right.items():
        _add(tally, ("attribution", "contrast", f"match={match}"), hits, len(found), hits, len(gold))
    for place, (side, columns) in enumerate(((found, ("type", "kind", "rule")), (gold, ("type", "kind")))):
        paired = {pair[1 - place] for pair in pairs}
        for number, said in enumerate(side):
            names = {name: said.row[name] for name in columns if said.row[name]}
            for name, value in {**names, "level": "nested" if said.row["level"] > 1 else "1"}.items():
                _add(tally, ("attribution", "contrast", f"{name}={value}"), number in paired, 1, side=place)
    ids = {gold[i].row["attribution_id"]: found[j].row["attribution_id"] for i, j in pairs}
    for inner, ours in ((gold[i].row, found[j].row) for i, j in pairs if gold[i].row["level"] > 1):
        _judge(tally, "level_accuracy", inner["level"], ours["level"])
        parent = ids.get(inner["parent_id"])
        _add(tally, ("parent_accuracy", "", ""), parent is not None and parent == ours["parent_id"], 1)
    shares = [len(side & tokens.words) / max(1, len(tokens.words)) for side in covered["content"]]
    _add(tally, ("density_mae", "", ""), abs(shares[1] - shares[0]), 1)
    _add(tally, ("density_bias", "", ""), shares[1] - shares[0], 1)


def _count_source(tally: Tally, tokens: Tokens, gold: Said, found: Said) -> bool:
    """Count one pair's source; tell whether it is right."""
    if not gold.source:
        _add(tally, ("source_left_empty", "", ""), not found.source, 1)
        return not found.source
    right = jaccard(gold.source, found.source) >= 0.5
    ours, theirs = found.source & tokens.words, gold.source & tokens.words
    _add(tally, ("source_accuracy", "", ""), right, 1)
    _add(tally, ("source_touched", "", ""), bool(ours & theirs), 1)
    _add(tally, ("source_exact", "", ""), ours == theirs, 1)
    if gold.row["type"]:
        _add(tally, ("source_accuracy", "contrast", f"type={gold.row['type']}"), right, 1)
    return right


def _count_mentions(tally: Tally, text: str, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """Count one article's labels, and what is right of those that are paired."""
    places = [sorted(side, key=lambda r: (r["start"], r["end"])) for side in (gold, found)]
    pairs = pair_labels(text, *([(row["start"], row["end"]) for row in side] for side in places))
    _add(tally, ("mention", "", ""), len(pairs), len(found), len(pairs), len(gold))
    for place, side in enumerate(reversed(places)):
        paired = {pair[1 - place] for pair in pairs}
        for number, row in enumerate(side):
            if row["group"]:
                _add(tally, ("mention", "group", row["group"]), number in paired, 1, side=place)
    for g, f in ((places[0][i], places[1][j]) for i, j in pairs):
        for column in ("group", "stance", "voice"):
            _judge(tally, f"mention_{column}_accuracy", g[column], f[column])
        if g["voice"]:
            _add(tally, ("mention_voice_accuracy", "voice", g["voice"]), g["voice"] == f["voice"], 1)


def _count_clauses(tally: Tally, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """Count one article's clauses of violence, and what is right of those that are paired; no group is a value, too."""
    pairs = pair_spans(*([(row["start"], row["end"]) for row in side] for side in (gold, found)))
    _add(tally, ("agency", "", ""), len(pairs), len(found), len(pairs), len(gold))
    for place, side in enumerate((found, gold)):
        paired = {pair[1 - place] for pair in pairs}
        for number, row in enumerate(side):
            if row["construction"]:
                _add(tally, ("agency", "construction", row["construction"]), number in paired, 1, side=place)
    for g, f in ((gold[i], found[j]) for i, j in pairs):
        _judge(tally, "agency_construction_accuracy", g["construction"], f["construction"])
        for who in ("agent_group", "patient_group"):
            _add(tally, (f"agency_{who}_accuracy", "", ""), (g[who] or None) == (f[who] or None), 1)


def _count_facts(tally: Tally, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """Count one article's reported numbers by fact, and what is right of those that are paired; an empty value is one, too."""
    for fact in dict.fromkeys(row["fact"] for row in (*gold, *found)):
        theirs, ours = ([row for row in side if row["fact"] == fact] for side in (gold, found))
        pairs = pair_spans(*([(row["start"], row["end"]) for row in side] for side in (theirs, ours)))
        for column, value in (("", ""), ("fact", fact)):
            _add(tally, ("fact", column, value), len(pairs), len(ours), len(pairs), len(theirs))
        for g, f in ((theirs[i], ours[j]) for i, j in pairs):
            for name, columns in (("value", ("value", "value_high")), ("hedge", ("hedge",)), ("part", ("part",))):
                _add(tally, (f"fact_{name}_accuracy", "", ""), all(_same(g[c], f[c]) for c in columns), 1)


def _same(gold: Any, found: Any) -> bool:
    """Are two values the same? An empty text and "no part" are as good as nothing, "nobody" (0) is not."""
    gold, found = (None if isinstance(v, str | bool) and not v else v for v in (gold, found))
    return bool(gold == found)


def _add(tally: Tally, key: Key, *numbers: float, side: int = 0) -> None:
    """Add hits and what they are of, on the side of the predicted (0) or the gold (1), or on both."""
    for place, number in enumerate(numbers, 2 * side):
        tally[key][place] += number


def _judge(tally: Tally, name: str, gold: Any, found: Any) -> None:
    """Count whether a value is right, where the gold has one."""
    if gold is not None:
        _add(tally, (name, "", ""), gold == found, 1)


def _sums(counted: Sequence[Tally], name: str, fixed: Sequence[tuple[str, str]]) -> tuple[pd.DataFrame, Floats]:
    """Lay out what was counted under a name: the rows of estimates, and articles × rows × the four numbers."""
    seen = {key[1:] for tally in counted for key in tally if key[0] == name}
    keys = [*fixed, *sorted(seen - set(fixed))]
    sums = np.array([[tally.get((name, *key), [0.0] * 4) for key in keys] for tally in counted])
    columns = ("contrast", "group", "voice", "source_type", "construction", "fact")
    return pd.DataFrame([{c: value if c == column else None for c in columns} for column, value in keys], dtype=object), sums


def _family_rows(frame: Frame, family: str, counted: Sequence[Tally]) -> Iterator[pd.DataFrame]:
    """Make the rows of precision, recall and F1."""
    combos, sums = _sums(counted, family, _FAMILIES[family])
    ruled = combos["contrast"].str.startswith("rule=").eq(True).to_numpy()  # no gold says by which rule
    unit = _UNITS[family]
    yield estimate_rows(frame, Measure(f"{family}_precision", "share", "share", f"predicted {unit}"), combos,
                        Tallies(sums[..., 0], sums[..., 1]))
    combos, sums = combos[~ruled], sums[:, ~ruled]
    yield estimate_rows(frame, Measure(f"{family}_recall", "share", "share", f"gold {unit}"), combos,
                        Tallies(sums[..., 2], sums[..., 3]))
    both = sums[..., :2] + sums[..., 2:]
    rows = estimate_rows(frame, Measure(f"{family}_f1", "share", "share", f"predicted or gold {unit}"), combos,
                         Tallies(both[..., 0], both[..., 1]))
    yield _harmonise(frame, rows, sums)


def _rate_rows(frame: Frame, name: str, counted: Sequence[Tally]) -> Iterator[pd.DataFrame]:
    """Make the rows of a rate among the paired, or of an error of density."""
    base, fixed = _RATES[name]
    combos, sums = _sums(counted, name, fixed)
    hits, of = sums[..., 0], sums[..., 1]
    if name.startswith("density"):  # every article is a case: no error at all is one, too
        yield estimate_rows(frame, Measure(name, "share of words", "mean", base), combos, Tallies(hits, of, hits=of))
    else:
        yield estimate_rows(frame, Measure(name, "share", "share", base), combos, Tallies(hits, of))


def _harmonise(frame: Frame, rows: pd.DataFrame, sums: Floats) -> pd.DataFrame:
    """Make F1 the harmonic mean where the hits of the two sides differ, so that it is no ratio of two sums."""
    unit_of, cluster_of, pair = frame.pairs
    clusters = np.zeros((len(unit_of), *sums.shape[1:]))
    np.add.at(clusters, pair, sums)
    for unit, about in enumerate(frame.units["note"]):
        own = unit_of == unit
        for column, part in enumerate(np.moveaxis(clusters[own], 1, 0)):
            right, found, hit, gold = part.sum(0)
            row, reason = unit * sums.shape[1] + column, ""
            if found and not gold:
                reason, rows.loc[row, "estimate"] = "Nothing to find: the gold has none.", np.nan
            elif (part[:, 0] != part[:, 2]).any():
                rows.loc[row, "estimate"] = _f1(part.sum(0))
                if not right or not hit:
                    reason = "Described only: no hit on one side."
                elif np.isfinite(rows.loc[row, "ci_low"]):
                    drawn = _f1(frame.weights[:, cluster_of[own]] @ part)
                    rows.loc[row, ["ci_low", "ci_high"]] = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
                    rows.loc[row, "method"] = method_name("percentile", len(drawn))
            if reason:
                rows.loc[row, ["ci_low", "ci_high", "ci_level", "seed"]] = np.nan
                rows.loc[row, ["method", "note"]] = ["description", f"{reason} {about}".strip()]
    return rows


def _f1(sums: Floats) -> Floats:
    """Return the harmonic mean of precision and recall, 0 without a hit on either side; NaN where the gold has nothing."""
    right, found, hit, gold = np.moveaxis(sums, -1, 0)
    with np.errstate(all="ignore"):
        precision, recall = np.where(found > 0, right / found, 0.0), hit / gold
        return np.where(precision + recall == 0, 0.0, 2 * precision * recall / (precision + recall))
