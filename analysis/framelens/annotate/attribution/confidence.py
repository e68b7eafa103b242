"""How often a rule was right where people had marked the same text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from framelens import io

__all__ = ["confidence_of", "read_confidence"]


@cache
def read_confidence() -> Mapping[tuple[str, str], float]:
    """Read the packaged table: rule and kind, or the rule alone, to the share of its attributions that people marked too."""
    rows = csv.DictReader(io.packaged_text("rules.csv").splitlines())
    return MappingProxyType({(row["rule"], row["kind"]): float(row["confidence"]) for row in rows})


@lru_cache(maxsize=1000)
def confidence_of(rule: str, kind: str) -> float | None:
    """Return how often a rule was right for a kind, or for all kinds where that is rare; None where nothing could be compared.

    Examples
    --------
    >>> confidence_of("trailing", "speech") > confidence_of("unattributed_quotation", "speech")
    True
    >>> confidence_of("scare_quote", "scare_quote") is None
    True
    """
    known = read_confidence()
    return known.get((rule, kind), known.get((rule, ""))) if kind != "scare_quote" else None
