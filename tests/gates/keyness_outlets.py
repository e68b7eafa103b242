"""What each keyness test finds between PolNeAR's outlets (train and dev), and between the same articles dealt out at random.

    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/keyness_outlets.py            # print the table
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/keyness_outlets.py --write    # put it into docs/methods

By ``measure_keyness`` and its null check. Words are numbers here and only counts are printed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from keyness_nulls import Articles, read_articles
from tables import METHODS, show

from framelens.measure.keyness import measure_keyness

TARGET = "breitbart"
TESTS = {"permutation": {}, "clustered_log_ratio": {}, "log_likelihood": {}, "chi_squared": {}, "log_odds": {},
         "log_odds, convokit": {"prior": "convokit"}, "Welch": {}, "Mann-Whitney": {}}


def tables_of(articles: Articles, rows: np.ndarray, outlets: np.ndarray | None = None) -> tuple:
    """Give some articles as the tables that the measure takes."""
    ids = np.array([f"a{i:03d}" for i in range(len(rows))])
    cells = articles.counts[rows].tocoo()
    counts = pd.DataFrame({"document_id": ids[cells.row], "zone": "body", "voice": "narrator", "count": cells.data.astype(int),
                           "term": [f"w{j:05d}" for j in cells.col]})
    documents = pd.DataFrame({"document_id": ids, "outlet": articles.outlets[rows] if outlets is None else outlets})
    sizes = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "n_words": articles.sizes[rows],
                          "n_sentences": 0})
    copies = pd.DataFrame({"document_id": ids, "cluster_id": articles.clusters[rows], "copy_status": "unknown"})
    return counts, documents, {"sizes": sizes, "copies": copies}


def lines(articles: Articles) -> Iterator[str]:
    """Write the table."""
    counts, documents, tables = tables_of(articles, np.arange(len(articles.sizes)))
    yield "| method | terms tested | q ≤ .05 | dealt out at random: terms with q ≤ .05 | draws with any | p ≤ .05 | s |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for name, options in TESTS.items():
        asked = {"method": name.partition(",")[0], "tables": tables, **options}
        start = time.process_time()
        found = measure_keyness(counts, documents, TARGET, **asked)
        seconds = time.process_time() - start
        checked = measure_keyness(counts, documents, TARGET, null_check=True, **asked)
        null = checked[checked["measure"].str.contains("_null")].set_index("unit")
        any_hit = null.loc["terms", "note"].partition(" in ")[2].partition(" draws")[0]
        yield (f"| `{name}` | {found['p_value'].notna().sum():,} | {(found['q_value'] <= 0.05).sum()} | "
               f"{null.loc['terms', 'estimate']:.1f} | {any_hit} | {null.loc['share', 'estimate']:.1%} | {seconds:.1f} |")


if __name__ == "__main__":
    folder = os.environ.get("FRAMELENS_MATERIAL")
    if not folder:
        sys.exit("Set FRAMELENS_MATERIAL to the folder of the development texts.")
    show(lines(read_articles(Path(folder))), "polnear keyness", METHODS / "keyness.md")
