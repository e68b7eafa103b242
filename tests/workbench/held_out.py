"""Known terms taken out of the lexicon: at which rank do they come back as candidates?

``python tests/workbench/held_out.py protest|migration`` measures it on PolNeAR train (FRAMELENS_MATERIAL; minutes).
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.labels import find_mentions
from framelens.lexicon import read_lexicon
from framelens.workbench.candidates import find_candidates

MIN_COUNT, FOLDS = 3, 5


def hold_out(annotations, lexicon, *, seed=0, n=100, max_words=2, study=None):
    """Return a row a held-out term: its fold, how often it stands in the corpus, and its rank by each way of ranking.

    The terms with MIN_COUNT labels or more are dealt into folds; each fold is taken out of the lexicon in turn, and labels are
    found again without it, and without other terms of its forms, which would be no candidates. A term is back where a candidate
    has one of its forms. A rank beyond n is infinite.
    """
    counts = annotations.mentions["term"].value_counts()
    terms = sorted(counts[counts >= MIN_COUNT].index)
    folds = np.random.default_rng(seed).permutation(len(terms)) % FOLDS
    rows = []
    for fold in range(FOLDS):
        out = {term for term, of in zip(terms, folds, strict=True) if of == fold}
        gone = {form for t in lexicon.terms if t.term in out for form in t.forms}
        shorter = replace(lexicon, terms=tuple(t for t in lexicon.terms if gone.isdisjoint(t.forms)))
        mentions = find_mentions(annotations.documents, annotations.zones, shorter, study=study)
        left = annotations.replace(mentions=mentions)
        found = find_candidates(left, lexicon=shorter, min_count=MIN_COUNT, max_words=max_words, n=10**6)
        ways = {"ours": found, "frequency": found.sort_values(["frequency", "candidate"], ascending=[False, True])}
        for term in sorted(out):
            forms = {" ".join(form) for t in lexicon.terms if t.term == term for form in t.forms}
            row = {"term": term, "fold": fold, "labels": int(counts[term]), "words": len(term.split())}
            for way, table in ways.items():
                places = [i for i, of in enumerate(table["forms"], 1) if forms & set(of.split(", "))]
                row[way] = places[0] if places and places[0] <= n else np.inf
                row["there"] = bool(places)
            first = found[[bool(forms & set(of.split(", "))) for of in found["forms"]]].head(1)
            mine = [t for t in lexicon.terms if t.term == term]
            row["group_right"] = bool(len(first)) and first["group"].iloc[0] in {t.group for t in mine}
            rows.append(row)
    return pd.DataFrame(rows)


def recall(held: pd.DataFrame, way: str, k: int) -> float:
    """Return the share of held-out terms among the first k candidates."""
    return float((held[way] <= k).mean())


def read_news(lexicon) -> Annotations:
    """Find labels in the articles of PolNeAR, each body from end to end."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "gates"))
    import scoring

    documents = schema.validate(scoring.read_polnear(Path(os.environ["FRAMELENS_MATERIAL"]), "train").documents, "documents")
    zones = documents[["document_id"]].assign(start=0, end=documents["text"].str.len(), kind="body", rule="whole text")
    return Annotations({"documents": documents, "zones": zones, "mentions": find_mentions(documents, zones, lexicon)})


if __name__ == "__main__":
    asked = read_lexicon(sys.argv[1])
    held = hold_out(read_news(asked), asked)
    print(f"{len(held)} terms")
    for k in (50, 100):
        print(f"first {k}: by slots {recall(held, 'ours', k):.2f}, by frequency {recall(held, 'frequency', k):.2f}")
