"""The articles of a comparison: counts, words, clusters, and who is compared with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import MIN_RESAMPLES, Counted, Floats, Frame, articles_of, find_frame, some, tally, voiced

__all__ = ["PAIRWISE", "REST", "Articles", "Contrast", "Sample", "find_contrasts", "read_articles"]

REST, PAIRWISE = "the rest", "pairwise"
ALL = pd.DataFrame(index=range(1))  # one combination, of no column


@dataclass(frozen=True)
class Sample:
    """The articles of one contrast: counts (articles × terms), words, whether of the target, clusters."""

    counts: sparse.csr_array
    words: Floats
    side: NDArray[np.bool_]
    clusters: NDArray[Any]

    @property
    def empty(self) -> bool:
        """Whether a side has no word."""
        return not (self.words[self.side].any() and self.words[~self.side].any())


@dataclass(frozen=True)
class Contrast:
    """Who is compared with whom."""

    target: str
    reference: str
    rows: NDArray[np.intp]
    side: NDArray[np.bool_]

    @property
    def name(self) -> str:
        """As it stands in the table."""
        return f"{self.target} against {self.reference}"


@dataclass(frozen=True)
class Articles:
    """All articles that count, the rows that were counted, and what is said of the corpus in every note."""

    counts: sparse.csr_array
    words: Floats
    terms: NDArray[Any]
    frame: Frame
    rows: Counted
    notes: Sequence[str]

    def take(self, contrast: Contrast) -> Sample:
        """Take the articles of a contrast."""
        rows = contrast.rows
        return Sample(self.counts[rows], self.words[rows], contrast.side, self.frame.cluster[rows])


def read_articles(term_counts: pd.DataFrame, documents: pd.DataFrame, voice: str | None,
                   tables: Mapping[str, pd.DataFrame], seed: int) -> Articles:
    """Bring the tables together: counts by article and term, and the words of each article."""
    if voice is not None and voice not in schema.VOICES:
        raise SchemaError(f"voice={voice!r} is no voice. Allowed: {', '.join(schema.VOICES)}, or None for all together.")
    if not isinstance(tables, Mapping):
        raise SchemaError(f"tables is a mapping of names to tables (annotations.tables), not {type(tables).__name__}.")
    documents = schema.validate(documents, "documents")
    notes = []
    if "copies" in tables:
        copies = schema.validate(tables["copies"], "copies")
    else:
        copies = documents[["document_id"]].assign(cluster_id=documents["document_id"])
        notes.append("No table 'copies': every article is taken for an original.")
    frame = find_frame(Annotations({"documents": documents, "copies": copies}), "outlet", MIN_RESAMPLES, seed)
    table = schema.validate(term_counts, "term_counts")
    # A row that counts 0 is no article that holds the term.
    table = table[table["zone"].isin(schema.MEASURED_ZONES) & (table["count"] > 0)]
    article, shape = articles_of(frame, table, "term_counts"), len(frame.documents)
    term, terms = pd.factorize(table["term"].astype(object), sort=True)
    whose = table["voice"].eq(voice).to_numpy(bool) if voice else np.ones(len(table), bool)
    counted = whose & (article >= 0)

    def count(rows: NDArray[np.bool_]) -> sparse.csr_array:
        values = table["count"].to_numpy(float)[rows]
        return sparse.csr_array((values, (article[rows], term[rows])), shape=(shape, len(terms)))

    counts = count(counted)
    held = np.asarray(counts.sum(1)).ravel()
    rows = Counted("term_counts", table[counted], ["term"], "count")
    if "sizes" not in tables:
        clusters = pd.DataFrame({"term": term, "cluster": frame.cluster[article]})[article >= 0].groupby("term")["cluster"]
        if (clusters.nunique() > 1).all():
            raise SchemaError("Table 'term_counts' holds only terms of two or more articles, so that its sums are not the words "
                              "of the articles. Give tables={'sizes': …}, or annotations.tables.")
        notes.append("Words are the sums of term_counts.")
        return Articles(counts, held, np.asarray(terms), frame, rows, notes)
    sizes = schema.validate(tables["sizes"], "sizes")
    sizes = sizes[sizes["zone"].isin(schema.MEASURED_ZONES)]
    sizes = sizes[voiced(sizes, "sizes")["voice"] == voice] if voice else sizes
    words = tally(frame, sizes, "sizes", ALL, values="n_words").ravel()
    if (held > words).any():
        wrong = np.flatnonzero(held > words)
        raise SchemaError(f"Tables 'term_counts' and 'sizes': {some(frame.documents[wrong])} counts more words than it has "
                          f"({held[wrong[0]]:,.0f} of {words[wrong[0]]:,.0f}). Make both from the same articles and voices.")
    return Articles(counts, words, np.asarray(terms), frame, rows, notes)


def find_contrasts(articles: Articles, target: str | None, reference: str | None) -> list[Contrast]:
    """List who is compared with whom."""
    names, unit = list(articles.frame.units.index), articles.frame.unit
    for role, name in (("target", target), ("reference", None if reference == PAIRWISE else reference)):
        if name is not None and name not in names:
            raise SchemaError(f"{role}={name!r} is no outlet in table 'documents'. Outlets: {', '.join(names)}.")
    if len(names) < 2 or (target is not None and target == reference):
        raise SchemaError(f"Keyness compares two outlets or more; here {', '.join(names[:1]) or 'none'} stands alone."
                          if len(names) < 2 else f"target and reference are both {target!r}: name two outlets.")
    if reference == PAIRWISE:
        pairs = [(target, n) for n in names if n != target] if target else list(combinations(names, 2))
    elif reference is not None:
        pairs = [(target, reference)] if target else [(n, reference) for n in names if n != reference]
    elif len(names) == 2:
        first = target or names[0]
        pairs = [(first, next(n for n in names if n != first))]
    else:
        pairs = [(n, REST) for n in ([target] if target else names)]
    contrasts = []
    for one, other in pairs:
        mine = unit == names.index(one)
        rows = np.flatnonzero(mine | (other == REST) | (unit == (names.index(other) if other in names else -1)))
        contrasts.append(Contrast(one, other, rows, mine[rows]))
    return contrasts
