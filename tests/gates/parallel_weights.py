"""Fit the weights of evidence for parallel statements on the marked events of development, each event also with it left out.

    python tests/gates/parallel_weights.py            # print precision and recall of each event by weights of the others
    python tests/gates/parallel_weights.py --write    # make lexicons/parallel_weights.csv of all events, and the page's table
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import parallel

from framelens import annotate, io
from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel import alike
from framelens.annotate.parallel.clauses import Clause
from framelens.annotate.parallel.evidence import EVIDENCE, compare
from framelens.annotate.parallel.grouping import LEAST, group_clauses
from framelens.annotate.parallel.statements import read_event_clauses

PACKAGED = parallel.ROOT / "analysis" / "framelens" / "lexicons" / "parallel_weights.csv"
PENALTY = 100.0  # of the square of a weight, in standard deviations of its evidence (Hoerl and Kennard 1970)
ROUNDS = 4  # of choosing the clauses by which a pair of sentences is judged, and fitting again
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9)
SAYS = {
    "none": "always counts",
    "sentence": "contrast of all concepts of the two sentences, 0 to 1",
    "concepts": "acts, numbers, words, things and names in common, each by how few sentences of its article have it",
    "telling": "how many acts, numbers, words and things in common",
    "acts": "acts in common, weighed alike",
    "numbers": "numbers in common, weighed alike",
    "forms": "acts, words and things told by the same word, not a synonym, weighed alike",
    "words": "share of all words of the two sentences, or of their senses, in common",
    "main_verb": "one main verb, or a synonym",
    "speaker": "said by one speaker",
    "whom": "one act befalls the same group",
    "counts": "numbers of those whom one act befell that may be rivals or the same",
    "lead": "both stand in headline or first sentence",
    "denial": "only one denies its acts",
    "far_counts": "numbers of those whom one act befell that are too far apart to be rivals",
}


@dataclass
class Event:
    """A marked event: its clauses, the evidence for pairs of them, the pair of sentences of each, which of these are marked."""

    marks: parallel.Marks
    annotations: Annotations
    clauses: list[Clause] = field(init=False)
    places: list[parallel.Sentence] = field(init=False)
    rows: np.ndarray = field(init=False)
    pair: np.ndarray = field(init=False)
    right: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        (self.clauses,) = read_event_clauses(self.annotations).values()
        marked = parallel.pairs(parallel.gold_rows(self.marks))
        self.places = parallel.place_spans(self.marks, [(c.document_id, c.start, c.end, c.sentence) for c in self.clauses])
        pairs, rows = compare(self.clauses)
        kept = [k for k, (i, j) in enumerate(pairs) if not alike.apart(self.clauses[i], self.clauses[j])]
        pairs, self.rows = [pairs[k] for k in kept], rows[kept]
        sentences = [tuple(sorted((self.places[i], self.places[j]))) for i, j in pairs]
        number = {pair: k for k, pair in enumerate(sorted(set(sentences)))}
        self.pair = np.array([number[pair] for pair in sentences])
        self.right = np.array([pair in marked for pair in number], dtype=float)


def read_events() -> dict[str, Event]:
    """Read all marked events of development: those marked line by line, of the demonstration, and in the form of the gold."""
    out = {}
    for marks in (parallel.read_development(), parallel.read_demo(), parallel.read_marks(parallel.EVENTS)):
        for event in sorted(set(marks.documents["event"])):
            part = parallel.only(marks, event)
            out[event] = Event(part, annotate(part.documents))
    return out


def _likest(event: Event, scores: np.ndarray) -> np.ndarray:
    """Return the likest pair of clauses of each pair of sentences."""
    order = np.lexsort((-scores, event.pair))
    return order[np.r_[True, event.pair[order][1:] != event.pair[order][:-1]]]


def _ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Fit a logistic regression with a ridge on all but the first column, by Newton's method."""
    weights, ridge = np.zeros(x.shape[1]), np.diag([0.0, *[PENALTY] * (x.shape[1] - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, x.T @ (p - y) + ridge @ weights)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def fit(events: list[Event]) -> dict[str, float]:
    """Fit the weights: a pair of sentences is judged by its likest pair of clauses, first by the contrast of the sentences."""
    rows = np.vstack([event.rows for event in events])
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    weights = np.eye(1, 1 + len(EVIDENCE), 1).ravel()
    for _ in range(ROUNDS):
        taken = [_likest(event, (event.rows - mean) / deviation @ weights[1:]) for event in events]
        x = np.vstack([(event.rows[k] - mean) / deviation for event, k in zip(events, taken, strict=True)])
        y = np.concatenate([event.right[event.pair[k]] for event, k in zip(events, taken, strict=True)])
        weights = _ridge(np.column_stack([np.ones(len(x)), x]), y)
    raw = weights[1:] / deviation
    return {"none": float(weights[0] - raw @ mean), **dict(zip(EVIDENCE, raw.tolist(), strict=True))}


@contextmanager
def weighed(weights: Mapping[str, float]) -> Iterator[None]:
    """Let the package use other weights than its own."""
    with patch.object(alike, "read_weights", lambda: weights):
        yield


def leave_one_out(events: Mapping[str, Event], thresholds: tuple[float, ...] = THRESHOLDS) -> dict[str, list[dict[str, float]]]:
    """Score the pairs of sentences of each event with weights of the others, at each threshold."""
    out: dict[str, list[dict[str, float]]] = {}
    for name, event in events.items():
        marked = parallel.pairs(parallel.gold_rows(event.marks))
        with weighed(fit([other for key, other in events.items() if key != name])):
            for threshold in thresholds:
                groups = group_clauses(event.clauses, threshold)
                ours = parallel.pairs((k, event.places[i]) for k, group in enumerate(groups) for i, _ in group)
                out.setdefault(name, []).append(parallel.rates(len(marked & ours), len(ours), len(marked)))
    return out


def table(scores: Mapping[str, list[dict[str, float]]], thresholds: tuple[float, ...] = THRESHOLDS) -> str:
    """Lay out precision and recall of each event at the default threshold, and of all together at each."""
    lines = ["| event (weights of the others) | right | found | marked | precision | recall |", "| --- |" + " --- |" * 5]
    at = thresholds.index(LEAST)
    rows = [(name, found[at]) for name, found in scores.items()]
    for k, threshold in enumerate(thresholds):
        sums = {key: sum(int(found[k][key]) for found in scores.values()) for key in ("right", "found", "gold")}
        rows.append((f"all, from a probability of {threshold:g}", parallel.rates(**sums)))
    lines += [f"| {name} | {s['right']} | {s['found']} | {s['gold']} | {s['precision']:.3f} | {s['recall']:.3f} |"
              for name, s in rows]
    return "\n".join(lines).replace("nan", "–")


def packaged(weights: Mapping[str, float]) -> str:
    """Write the packaged table of weights."""
    return "evidence,weight,says\n" + "".join(f'{name},{weights[name]:.3f},"{says}"\n' for name, says in SAYS.items())


if __name__ == "__main__":
    found = read_events()
    left_out = table(leave_one_out(found))
    if "--write" in sys.argv:
        io.write_text(packaged(fit(list(found.values()))), PACKAGED)
        page = parallel.PAGE.read_text(encoding="utf-8")
        io.write_text(parallel.put(page, "left out", left_out), parallel.PAGE)
    else:
        print(left_out)
