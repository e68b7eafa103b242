"""Scores of framelens against the readers' marks of the demonstration corpus, pooled over articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from framelens.text.marks import Marked, read_marks

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


def read_gold(second: bool = False) -> dict[str, Marked]:
    folder = DEMO / "gold" / "second" if second else DEMO / "gold"
    return {p.stem: read_marks(p.read_bytes().decode("utf-8"), p.name) for p in sorted(folder.glob("*.txt"))}


def overlap(a: dict, b: dict) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def pair(gold: list[dict], found: list[dict]) -> list[tuple[dict, dict]]:
    """Pair rows one to one by the overlap of their spans, the largest first."""
    options = sorted(((-overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if overlap(g, f)))
    used_g, used_f, pairs = set(), set(), []
    for _, i, j in options:
        if i not in used_g and j not in used_f:
            used_g.add(i)
            used_f.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def contents(spans: Iterable[dict], key: str) -> dict[str, set[int]]:
    """Give each attribution the characters of its content."""
    found: dict[str, set[int]] = {}
    for s in spans:
        if s["role"] == "content":
            found.setdefault(s[key], set()).update(range(s["start"], s["end"]))
    return found


def pair_contents(gold: dict[str, set[int]], found: dict[str, set[int]], least: float = 0.5) -> list[tuple[str, str]]:
    """Pair attributions one to one by the Jaccard index of their contents, at least ``least``."""
    options = []
    for g, a in gold.items():
        for f, b in found.items():
            both = len(a & b)
            if both and both / len(a | b) >= least:
                options.append((-both / len(a | b), g, f))
    used, pairs = set(), []
    for _, g, f in sorted(options):
        if ("g", g) not in used and ("f", f) not in used:
            used |= {("g", g), ("f", f)}
            pairs.append((g, f))
    return pairs


def count(marked: Marked, rows: dict[str, list[dict]]) -> Counter[str]:
    """Count hits of one article.

    A label is found where the spans overlap. An attribution is found where the contents have a Jaccard index of at
    least .5 by characters. Scare quotes count among the attributions.
    """
    n: Counter[str] = Counter()
    n["labels_gold"] = len(marked.labels)
    n["labels_found"] = len(rows["mentions"])
    for g, f in pair(marked.labels, rows["mentions"]):
        n["labels_paired"] += 1
        n["labels_group"] += g["group"] == f["group"]
        n["labels_stance"] += g["stance"] == f["stance"]
        n["labels_voice"] += g["voice"] == f["voice"]
    by_number = {a["number"]: a for a in marked.attributions}
    by_id = {a["attribution_id"]: a for a in rows["attributions"]}
    n["attributions_gold"] = len(by_number)
    n["attributions_found"] = len(by_id)
    for g, f in pair_contents(contents(marked.spans, "number"), contents(rows["attribution_spans"], "attribution_id")):
        n["attributions_paired"] += 1
        for column in ("type", "kind", "source_type"):
            n[f"attributions_{column}"] += by_number[g][column] == by_id[f][column]
        n["nested_gold"] += bool(by_number[g]["parent"])
        n["nested_found"] += bool(by_number[g]["parent"]) and by_id[f]["level"] > 1
    return n


MEASURES = {  # name: hits, of
    "labels recall": ("labels_paired", "labels_gold"), "labels precision": ("labels_paired", "labels_found"),
    "labels group": ("labels_group", "labels_paired"), "labels stance": ("labels_stance", "labels_paired"),
    "labels voice": ("labels_voice", "labels_paired"), "attributions recall": ("attributions_paired", "attributions_gold"),
    "attributions precision": ("attributions_paired", "attributions_found"),
    "attributions type": ("attributions_type", "attributions_paired"),
    "attributions kind": ("attributions_kind", "attributions_paired"),
    "attributions source type": ("attributions_source_type", "attributions_paired"),
    "nested level": ("nested_found", "nested_gold"),
}


def score(counts: list[Counter[str]]) -> dict[str, float]:
    """Pool the counts of articles into rates."""
    n = sum(counts, Counter())
    return {name: n[hits] / n[of] if n[of] else float("nan") for name, (hits, of) in MEASURES.items()}


def intervals(counts: list[Counter[str]], *, n_resamples: int = 2000, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Give the 95 % percentile intervals of the rates over resampled articles."""
    draws = np.random.default_rng(seed).integers(0, len(counts), (n_resamples, len(counts)))
    out = {}
    for name, (hits, of) in MEASURES.items():
        a, b = (np.array([c[k] for c in counts], dtype=float) for k in (hits, of))
        with np.errstate(invalid="ignore"):
            rates = a[draws].sum(1) / b[draws].sum(1)
        out[name] = (float(np.nanpercentile(rates, 2.5)), float(np.nanpercentile(rates, 97.5)))
    return out


def as_tables(marked: Marked) -> dict[str, list[dict]]:
    """Turn one reader's marks into rows, to score them against another's."""
    return {
        "mentions": marked.labels,
        "attributions": [{**a, "attribution_id": a["number"], "level": 2 if a["parent"] else 1} for a in marked.attributions],
        "attribution_spans": [{**s, "attribution_id": s["number"]} for s in marked.spans],
    }
