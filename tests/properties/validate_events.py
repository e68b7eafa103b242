"""How well events are assigned in the demonstration corpus, whose events are known: all of it, outlets by twos, some events.

    PYTHONPATH=analysis python tests/properties/validate_events.py            # print the table
    PYTHONPATH=analysis python tests/properties/validate_events.py --write    # put it into docs/methods/labelling.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from framelens.corpus.events import assign_events
from framelens.corpus.ingest import read_corpus
from framelens.corpus.zones import find_zones

sys.path.insert(0, str(Path(__file__).parent))
from tables import METHODS, show

DEMO = Path(__file__).parents[2] / "data" / "demo"
DRAWS, SEED = 20, 20220111


def read_demo() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read texts with their events, and zones."""
    documents = read_corpus(DEMO / "texts")
    return documents, find_zones(documents)


def score(documents: pd.DataFrame, zones: pd.DataFrame, **options) -> tuple[float, float]:
    """Return precision and recall over pairs of articles: pairs joined that are of one event, and the reverse."""
    known = documents["event"].to_numpy(object)
    found = assign_events(documents.assign(event=None), zones, **options)["event"].to_numpy(object)
    one, other = np.triu_indices(len(known), 1)
    same, joined = known[one] == known[other], found[one] == found[other]
    return (same & joined).sum() / max(joined.sum(), 1), (same & joined).sum() / max(same.sum(), 1)


def parts(documents: pd.DataFrame) -> Iterator[tuple[str, list[pd.DataFrame]]]:
    """Yield the whole corpus and parts of it."""
    rng = np.random.default_rng(SEED)
    outlets, events = sorted(set(documents["outlet"])), sorted(set(documents["event"]))
    yield "all 48 articles", [documents]
    yield "two outlets (each two)", [documents[documents["outlet"].isin(two)] for two in combinations(outlets, 2)]
    for n in (24, 16):
        drawn = [sorted(rng.choice(len(documents), n, replace=False)) for _ in range(DRAWS)]
        yield f"{n} articles at random", [documents.iloc[rows] for rows in drawn]
    yield "six events at random", [documents[documents["event"].isin(rng.choice(events, 6, replace=False))] for _ in range(DRAWS)]


def lines() -> Iterator[str]:
    """Write the table."""
    documents, zones = read_demo()
    yield "| articles | level | precision of pairs | lowest | recall of pairs | lowest |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for level in (0.9, 0.95, 0.98):
        for name, drawn in parts(documents):
            found = np.array([score(own, zones, level=level) for own in drawn])
            (p, r), (low, least) = found.mean(0), found.min(0)
            yield f"| {name} | {level} | {p:.2f} | {low:.2f} | {r:.2f} | {least:.2f} |"


if __name__ == "__main__":
    show(lines(), "assigned events", METHODS / "labelling.md")
