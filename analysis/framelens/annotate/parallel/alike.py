"""How surely two clauses tell the same: the evidence, weighed, in log odds."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np

from framelens import io
from framelens.annotate.parallel.clauses import Clause
from framelens.annotate.parallel.evidence import EVIDENCE, Floats, compare
from framelens.errors import LexiconError

__all__ = ["PLAIN", "apart", "log_odds", "read_weights", "weigh"]

PLAIN = "none"  # the row of the weights that always counts


@cache
def read_weights() -> Mapping[str, float]:
    """Read the packaged weights of evidence (``lexicons/parallel_weights.csv``)."""
    rows = csv.DictReader(io.packaged_text("parallel_weights.csv").splitlines())
    found = {row["evidence"]: float(row["weight"]) for row in rows}
    if set(found) != {PLAIN, *EVIDENCE}:
        raise LexiconError(f"parallel_weights.csv has the evidence {', '.join(sorted(found))}. "
                           f"Needed, once each: {', '.join(sorted((PLAIN, *EVIDENCE)))}.")
    return MappingProxyType(found)


def weigh(rows: Floats) -> Floats:
    """Weigh evidence, columns as in EVIDENCE: the log odds that two clauses tell the same."""
    weights = read_weights()
    return np.asarray(rows @ np.array([weights[name] for name in EVIDENCE]) + weights[PLAIN], dtype=np.float64)


def log_odds(clauses: Sequence[Clause]) -> dict[tuple[int, int], float]:
    """Give the log odds that two clauses of an event, which stand by article, tell the same; pairs with nothing in common lack.

    Clauses whose acts befall different groups, or that are placed in different years, do not tell the same, whatever else they
    share.
    """
    pairs, rows = compare(clauses)
    return {(i, j): value for (i, j), value in zip(pairs, weigh(rows).tolist(), strict=True)
            if not apart(clauses[i], clauses[j])}


def apart(one: Clause, other: Clause) -> bool:
    """Do the acts that two clauses share befall different groups, or does only one tell of a certain year, as background does?"""
    known = one.acts & other.acts & one.whom.keys() & other.whom.keys()
    return one.years != other.years or (bool(known) and all(one.whom[act].isdisjoint(other.whom[act]) for act in known))
