"""Known terms taken out of the lexicon: at which rank do they come back as candidates?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from framelens.annotate.labels import find_mentions
from framelens.workbench.candidates import find_candidates

MIN_COUNT, FOLDS = 3, 5


def hold_out(annotations, lexicon, *, seed=0, n=100, max_words=2):
    """Return a row a held-out term: its fold, how often it stands in the corpus, and its rank by each way of ranking.

    The terms with MIN_COUNT labels or more are dealt into folds; each fold is taken out of the lexicon in turn, and labels are
    found again without it. A term is back where a candidate has one of its forms. A rank beyond n is infinite.
    """
    counts = annotations.mentions["term"].value_counts()
    terms = sorted(counts[counts >= MIN_COUNT].index)
    folds = np.random.default_rng(seed).permutation(len(terms)) % FOLDS
    rows = []
    for fold in range(FOLDS):
        out = {term for term, of in zip(terms, folds, strict=True) if of == fold}
        shorter = replace(lexicon, terms=tuple(t for t in lexicon.terms if t.term not in out))
        mentions = find_mentions(annotations.documents, annotations.zones, shorter)
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
            mine = next(t for t in lexicon.terms if t.term == term)
            row["group_right"] = bool(len(first)) and first["group"].iloc[0] == mine.group
            row["stance_right"] = bool(len(first)) and first["stance"].iloc[0] == mine.stance
            rows.append(row)
    return pd.DataFrame(rows)


def recall(held: pd.DataFrame, way: str, k: int) -> float:
    """Return the share of held-out terms among the first k candidates."""
    return float((held[way] <= k).mean())
