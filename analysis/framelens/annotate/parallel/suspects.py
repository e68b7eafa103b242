"""Quotations in several wordings, and articles that look like a rewriting of another."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel.fillers import plain
from framelens.annotate.parallel.rewriting import Article, Run, find_runs, oddness, read_article, rewritten_pairs
from framelens.annotate.parallel.statements import event_of, rows_of
from framelens.text.view import read_views

__all__ = ["assign_suspects", "find_rewritten"]

ODD = 3  # odd words that an article must have more than the one that it runs beside
_OPEN = ("unknown", "original")  # statuses that may be replaced
_OPENING, _CLOSING = "“\"‘«„'", "”\"’»“',."


def _read_articles(annotations: Annotations) -> dict[str, list[Article]]:
    events, voice, told = event_of(annotations), rows_of(annotations, "voice"), rows_of(annotations, "attributions")
    out: dict[str, list[Article]] = {}
    for view in read_views(annotations.documents, annotations.zones):
        own = {row["attribution_id"]: row for row in told.get(view.document_id, [])}
        out.setdefault(events[view.document_id], []).append(read_article(view, voice.get(view.document_id, []), own))
    return out


def find_rewritten(annotations: Annotations, slots: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find quotations of one speaker on one event that say the same in other words, though both stand in quotation marks.

    Quotations of four words or more are aligned word by word (Needleman and Wunsch 1970). A pair is kept if half of its words
    are equal, or of one sense, in the same order, or if two and a third of the telling words of the shorter stand in the other;
    if neither has a likelier partner in the other's article; and if the shorter is not just a piece of the longer.

    Parameters
    ----------
    annotations : Annotations
        With texts; the tables documents, zones, voice and attributions.
    slots : DataFrame, optional
        From :func:`find_slots`: then verbs that stand alone in quotation marks in one statement, and differ, count as well.

    Returns
    -------
    DataFrame
        ``rewritten``, a row for each pair; ``document_id`` is the smaller of the two. Translations differ honestly: a pair says
        that the words are not verbatim in one of the two, not in which, nor why.

    References
    ----------
    Needleman, S. B., & Wunsch, C. D. (1970). A general method applicable to the search for similarities in the amino acid
    sequence of two proteins. Journal of Molecular Biology 48, 443-453.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> texts = ["“We sang and they answered with clubs,” Ada Roe said.",
    ...          "“We sang and they replied with mallets,” said Ada Roe."]
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike", "text": texts})
    >>> find_rewritten(annotate(documents))[["document_id", "start", "end", "other_start", "other_end"]].values.tolist()
    [['a', 0, 39, 0, 40]]
    """
    rows: list[dict[str, Any]] = []
    for articles in _read_articles(annotations).values():
        rows += [{"document_id": a.document_id, "start": a.start, "end": a.end, "other_document_id": b.document_id,
                  "other_start": b.start, "other_end": b.end, "source_name": a.source_name, "similarity": round(even, 6)}
                 for a, b, even in rewritten_pairs(articles)]
    if slots is not None:
        rows += _own_words(annotations, slots)
    if not rows:
        return schema.empty("rewritten")
    table = schema.validate(pd.DataFrame(rows).drop_duplicates(list(schema.TABLES["rewritten"].key)), "rewritten")
    return table.sort_values(list(schema.TABLES["rewritten"].key), ignore_index=True)


def _own_words(annotations: Annotations, slots: pd.DataFrame) -> list[dict[str, Any]]:
    """Pair the verbs of a statement that stand alone in quotation marks in two articles and differ."""
    texts = annotations.documents.set_index("document_id")["text"]
    rows = []
    verbs = slots[slots["slot"] == "verb"].sort_values(["statement_id", "document_id", "start"])
    for _, found in verbs.groupby("statement_id", sort=True):
        quoted = [(r["document_id"], int(r["start"]), int(r["end"]), plain(r["filler"], "verb")) for r in found.to_dict("records")
                  if _alone(texts[r["document_id"]], int(r["start"]), int(r["end"]))]
        for one, other in combinations(quoted, 2):
            if one[0] != other[0] and one[3] != other[3]:
                rows.append({"document_id": one[0], "start": one[1] - 1, "end": one[2] + 1, "other_document_id": other[0],
                             "other_start": other[1] - 1, "other_end": other[2] + 1, "source_name": None, "similarity": 0.5})
    return rows


def _alone(text: str, start: int, end: int) -> bool:
    return text[start - 1:start] in tuple(_OPENING) and text[end:end + 1] in tuple(_CLOSING)


def assign_suspects(annotations: Annotations) -> pd.DataFrame:
    """Mark articles that look like a rewriting of another on the same event, word for word: machine paraphrase, above all.

    An article is suspected if two fifths of its sentences, or of the other's, run beside one another in order with half of
    their words even, if five words or more are replaced between equal ones, and if at least three more of the replaced words
    are odd on its side than on the other's: in no third article on the event, nor in the packaged lists of words of news.

    Parameters
    ----------
    annotations : Annotations
        With texts; the tables documents, zones, copies, voice and attributions.

    Returns
    -------
    DataFrame
        ``copies``, in the order of the bundle's, with copy_status "suspect_paraphrase" and its ``evidence`` where the status was
        unknown or original; every other row is as it was. ``annotations.replace(copies=…)`` puts it into a bundle, and
        :func:`framelens.select_annotations` (``suspects="out"``) leaves such articles out.

    Notes
    -----
    A suspicion, not a finding: the evidence names the other article and the counts, for a person to judge. An article whose
    model is not in the corpus is not found, nor one that was freely retold. Time grows with the square of the articles of an
    event, and with the events.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": ["Nine strikers left."]})
    >>> assign_suspects(annotate(documents))["copy_status"].tolist()
    ['unknown']
    """
    found: dict[str, tuple[int, str]] = {}
    for articles in _read_articles(annotations).values():
        norms = {article.document_id: article.norms for article in articles}
        for pair, run in find_runs(articles).items():
            others = frozenset().union(*(words for document_id, words in norms.items() if document_id not in pair))
            odd = oddness(run, others)
            side = 0 if odd[0] > odd[1] else 1
            if odd[side] >= odd[1 - side] + ODD:
                found[pair[side]] = max(found.get(pair[side], (0, "")), (odd[side], _evidence(run, pair[1 - side], odd[side])))
    copies = annotations.copies
    evidence = copies["document_id"].map({name: why for name, (_, why) in found.items()})
    suspect = evidence.notna() & copies["copy_status"].isin(_OPEN)
    return schema.validate(copies.assign(
        copy_status=copies["copy_status"].mask(suspect, "suspect_paraphrase"),
        evidence=copies["evidence"].mask(suspect, evidence)), "copies")


def _evidence(run: Run, other: str, odd: int) -> str:
    names = f", {run.names} by or for a name" if run.names else ""
    return (f"{run.sentences} of {run.of} sentences run beside {other} with {run.even:.0%} of their words even and "
            f"{len(run.replaced)} replaced, {odd} of them by words that fit no other article{names}")
