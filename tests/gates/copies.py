"""Which articles are copies and agency copy, what finding them costs, how often clusters chain: docs/methods/copies.md.

    PYTHONPATH=analysis python tests/gates/copies.py                                     # how often clusters chain
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/copies.py --write        # that, and the news that is not ours
    PYTHONPATH=analysis python tests/gates/copies.py costs --write                       # processor time and memory: minutes
    PYTHONPATH=analysis python tests/gates/copies.py lsh --write                         # against datasketch, if installed

Only counts and names of outlets and agencies are printed, no text.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from scoring import read_polnear
from tables import METHODS, show

from framelens import find_copied_spans, find_copies, find_copy_pairs, find_credits, find_zones, read_corpus
from framelens.corpus.copies import CONTAINMENT, SHINGLE

DOCUMENT = METHODS / "copies.md"
SIZES = (1000, 5000, 20_000, 50_000)
LSH_SIZE = 5000
COPIED, LENGTH, STOCK = 0.15, 600, 0.3  # of the articles of `synthetic`: share of copies, median words, share with a stock phrase
VERSIONS, STORIES = 6, 100
LOOSE = 0.1  # pairs at least so much alike are looked at, so that the page can say how far the others are from being copies


# What is found in news

@cache  # several tables and tests ask for it
def polnear(material: Path) -> dict[str, pd.DataFrame]:
    """Find pairs, clusters and credits in PolNeAR's training and development articles."""
    parts = {part: read_polnear(material, part).documents for part in ("train", "dev")}
    documents = pd.concat([table.assign(part=part) for part, table in parts.items()], ignore_index=True)
    zones = find_zones(documents)
    loose = find_copy_pairs(documents, zones, containment=LOOSE)
    pairs = loose[loose[["containment", "other_containment"]].max(axis=1) >= CONTAINMENT]
    credits = find_credits(documents, zones)
    return {"documents": documents, "zones": zones, "loose": loose, "pairs": pairs, "credits": credits,
            "spans": find_copied_spans(documents, zones, pairs), "copies": find_copies(documents, zones, loose, credits)}


def pair_lines(found: dict[str, pd.DataFrame]) -> Iterator[str]:
    """Write a row for each pair."""
    of = found["documents"].set_index("document_id")
    status = found["copies"].set_index("document_id")
    yield "| outlets | part | shared runs | words of both | containment, both ways | Jaccard | spans | status |"
    yield "| --- | --- | --: | --: | --: | --: | --: | --- |"
    for row in found["pairs"].sort_values("jaccard").itertuples():
        both = [row.document_id, row.other_id]
        spans = (found["spans"]["document_id"] == row.document_id) & (found["spans"]["other_id"] == row.other_id)
        cells = (" and ".join(dict.fromkeys(of.loc[both, "outlet"])), " and ".join(dict.fromkeys(of.loc[both, "part"])),
                 f"{row.shared_runs:,}", f"{row.shared_words:,}, {row.other_shared_words:,}",
                 f"{row.containment:.2f}, {row.other_containment:.2f}", f"{row.jaccard:.2f}", f"{spans.sum()}",
                 ", ".join(dict.fromkeys(status.loc[both, "copy_status"])))
        yield f"| {' | '.join(cells)} |"
    rest = found["loose"].drop(found["pairs"].index)
    most = rest[["containment", "other_containment"]].max(axis=1).sort_values(ascending=False)
    copies = found["copies"]
    sizes = copies.groupby("cluster_id").size()
    yield ""
    yield (f"{len(copies):,} articles, {len(sizes):,} clusters, the largest of {sizes.max()}. Of all other pairs the most alike "
           f"have {', '.join(f'{share:.2f}' for share in most.head(3))}.")


def credit_lines(found: dict[str, pd.DataFrame]) -> Iterator[str]:
    """Write how many articles of each outlet credit which agency, and their status."""
    documents, credits = found["documents"], found["credits"]
    of = credits.assign(outlet=credits["document_id"].map(documents.set_index("document_id")["outlet"]))
    status = found["copies"].set_index("document_id")["copy_status"]
    written = of[of["kind"] != "contributing"].drop_duplicates(["document_id", "news_agency"])
    yield "| outlet | articles | republished agency copy | by agency | contributions |"
    yield "| --- | --: | --: | --- | --: |"
    for outlet, part in documents.groupby("outlet"):
        counts = written.loc[written["outlet"] == outlet, "news_agency"].value_counts().sort_index()
        agencies = ", ".join(f"{agency} {n}" for agency, n in counts.items()) or "–"
        parts = ((of["outlet"] == outlet) & (of["kind"] == "contributing")).sum()
        yield f"| {outlet} | {len(part)} | {(status[part['document_id']] == 'republished').sum()} | {agencies} | {parts} |"


def seed_lines(material: Path) -> Iterator[str]:
    """Write what the five articles on Kazakhstan say of their writers."""
    documents = read_corpus(material / "seeds")
    zones = find_zones(documents)
    credits = find_credits(documents, zones)
    copies = find_copies(documents, zones, None, credits)
    yield "| article | status by its text | evidence |"
    yield "| --- | --- | --- |"
    for row in copies.sort_values("document_id").itertuples():
        yield f"| {row.document_id[:3]} | {row.copy_status} | {'–' if pd.isna(row.evidence) else row.evidence} |"


# Invented articles

def _words(rng: np.random.Generator, n: int) -> list[str]:
    """Draw words by Zipf's law."""
    return [f"w{number}" for number in np.minimum(rng.zipf(1.2, n), 10**7)]


def _tables(texts: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = pd.DataFrame({"document_id": [f"d{i:06}" for i in range(len(texts))], "outlet": "X", "text": texts})
    zones = pd.DataFrame({"document_id": documents["document_id"], "start": 0, "end": documents["text"].str.len(),
                          "kind": "body", "rule": "body"})
    return documents, zones


def synthetic(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw articles of which some take half to all of an earlier one and add words of their own; stock phrases stand in many."""
    rng = np.random.default_rng(1)
    stock = [_words(rng, 25) for _ in range(20)]
    words: list[list[str]] = []
    for i in range(n):
        if i and rng.random() < COPIED:
            source = words[rng.integers(max(0, i - 2000), i)]
            text = source[:int(len(source) * rng.uniform(0.5, 1))] + _words(rng, int(rng.integers(0, 300)))
        else:
            text = _words(rng, int(np.clip(rng.lognormal(np.log(LENGTH), 0.5), 60, 4000)))
        words.append(text + (stock[rng.integers(0, 20)] if rng.random() < STOCK else []))
    return _tables([" ".join(text) for text in words])


def chain_lines() -> Iterator[str]:
    """Write how far the versions of a story that is told on hang together."""
    yield "| new in each version | stories that are one cluster | pairs of their versions that are no copies |"
    yield "| --: | --: | --: |"
    for new in (0.1, 0.2, 0.3, 0.35, 0.4):
        rng = np.random.default_rng(2)
        texts = []
        for _ in range(STORIES):
            sentences = [_words(rng, 20) for _ in range(20)]
            for _ in range(VERSIONS):
                texts.append(" ".join(word for sentence in sentences for word in sentence))
                kept = round((1 - new) * len(sentences))
                sentences = [_words(rng, 20) for _ in range(len(sentences) - kept)] + sentences[:kept]
        documents, zones = _tables(texts)
        pairs = find_copy_pairs(documents, zones)
        linked = {*zip(pairs["document_id"], pairs["other_id"], strict=True)}
        clusters = find_copies(documents, zones, pairs)["cluster_id"]
        stories = [documents["document_id"][i:i + VERSIONS].tolist() for i in range(0, len(texts), VERSIONS)]
        whole = [story for i, story in enumerate(stories) if clusters[i * VERSIONS:(i + 1) * VERSIONS].nunique() == 1]
        apart = [pair not in linked for story in whole for pair in combinations(story, 2)]
        yield f"| {new:.0%} | {len(whole)} of {STORIES} | {f'{np.mean(apart):.0%}' if apart else '–'} |"


# What it costs

def cost_lines() -> Iterator[str]:
    """Write processor time and memory by size, each in a process of its own."""
    yield "| articles | million words | pairs | words read, s | pairs (with reading), s | spans, s | clusters, s | MB, at least |"
    yield "| --: | --: | --: | --: | --: | --: | --: | --: |"
    for size in SIZES:
        done = subprocess.run([sys.executable, __file__, "cost", str(size)], capture_output=True, text=True, check=True)
        yield done.stdout.strip()


def cost_line(size: int) -> str:
    """Measure one size."""
    from framelens.corpus.copies.runs import read_bodies

    documents, zones = synthetic(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = [time.process_time()]
    words = len(read_bodies(documents, zones).codes)
    times.append(time.process_time())
    pairs = find_copy_pairs(documents, zones)
    times.append(time.process_time())
    find_copied_spans(documents, zones, pairs)
    times.append(time.process_time())
    find_copies(documents, zones, pairs)
    times.append(time.process_time())
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    seconds = " | ".join(f"{spent:.1f}" for spent in np.diff(times))
    return f"| {size:,} | {words / 1e6:.1f} | {len(pairs):,} | {seconds} | {memory:,.0f} |"


def lsh_lines() -> Iterator[str]:
    """Write what datasketch's indexes find of the same pairs, and what they cost."""
    from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble

    documents, zones = synthetic(LSH_SIZE)
    start = time.process_time()
    pairs = find_copy_pairs(documents, zones)
    exact = {*zip(pairs["document_id"], pairs["other_id"], strict=True)}
    yield "| of the same articles | processor time, s | pairs found | candidates that are none |"
    yield "| --- | --: | --: | --: |"
    yield f"| exact | {time.process_time() - start:.1f} | {len(exact):,} of {len(exact):,} | 0 |"
    start = time.process_time()
    sketches: dict[str, tuple[MinHash, int]] = {}
    for name, text in zip(documents["document_id"], documents["text"], strict=True):
        words = text.split()
        if runs := {" ".join(words[i:i + SHINGLE]).encode() for i in range(len(words) - SHINGLE + 1)}:
            sketches[name] = (MinHash(num_perm=128, seed=1), len(runs))
            sketches[name][0].update_batch(list(runs))
    sketched = time.process_time() - start
    for label, index in (("MinHash LSH, Jaccard .6, 128 permutations", MinHashLSH(threshold=0.6, num_perm=128)),
                         ("MinHash LSH, Jaccard .4, 128 permutations", MinHashLSH(threshold=0.4, num_perm=128)),
                         ("LSH Ensemble, containment .6, 128 permutations",
                          MinHashLSHEnsemble(threshold=0.6, num_perm=128, num_part=16))):
        start = time.process_time()
        if isinstance(index, MinHashLSHEnsemble):
            index.index((name, *sketch) for name, sketch in sketches.items())
            met = {(min(name, other), max(name, other)) for name, sketch in sketches.items() for other in index.query(*sketch)
                   if name != other}
        else:
            for name, (sketch, _) in sketches.items():
                index.insert(name, sketch)
            met = {(name, other) for name, (sketch, _) in sketches.items() for other in index.query(sketch) if name < other}
        yield (f"| {label} | {sketched + time.process_time() - start:.1f} | {len(met & exact):,} of {len(exact):,} | "
               f"{len(met - exact):,} |")


def main() -> None:
    """Print or write what is asked for."""
    asked = sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else ""
    if asked == "cost":
        print(cost_line(int(sys.argv[2])))
    elif asked:
        show({"costs": cost_lines, "lsh": lsh_lines}[asked](), asked, DOCUMENT)
    else:
        show(chain_lines(), "chains", DOCUMENT)
        material = os.environ.get("FRAMELENS_MATERIAL")
        if not material:
            print("What is found in news that is not ours needs FRAMELENS_MATERIAL, the folder of its texts.")
            return
        found = polnear(Path(material))
        show(pair_lines(found), "pairs", DOCUMENT)
        show(credit_lines(found), "credits", DOCUMENT)
        show(seed_lines(Path(material)), "seeds", DOCUMENT)


if __name__ == "__main__":
    main()
