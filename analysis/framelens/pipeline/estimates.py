"""All that a study measures, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure.agency import measure_agency
from framelens.measure.balance import measure_balance
from framelens.measure.distance import measure_distance
from framelens.measure.keyness import measure_keyness
from framelens.measure.keyness.rates import measure_term_rates
from framelens.measure.labelling import measure_labelling
from framelens.measure.loaded import measure_loaded
from framelens.measure.multiverse import measure_multiverse
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.sourcing.conduits import measure_conduits
from framelens.measure.tone import measure_tone

__all__ = ["estimate_all"]


def estimate_all(annotations: Annotations, by: str, asked: tuple[Mapping[str, Any], Mapping[str, str]], *,
                 n_resamples: int, seed: int) -> pd.DataFrame:
    """Measure what every study has, compared by ``by``, and the multiverse and the keyness that it asks for, if any."""
    chosen, words = asked
    measures = [measure_labelling, measure_sourcing, measure_conduits, measure_tone]
    measures += [measure for name, measure in (("agency", measure_agency), ("loaded", measure_loaded))
                 if name in annotations.tables]
    parts = [measure(annotations, by=by, n_resamples=n_resamples, seed=seed) for measure in measures]
    if by != "document_id" and (pairs := comb(_count_units(annotations.documents, by), 2)):
        enough = 25 * pairs * max(len(annotations.groups), 1)  # of m tests no q of Holm is below m / (n_resamples + 1)
        parts.append(measure_distance(annotations, by=by, n_resamples=max(n_resamples, enough), seed=seed))
    if chosen:
        only = {"measure": "label_choice_share", "zone": "body", "group": chosen["group"], "stance": chosen["stance"]}
        parts.append(measure_multiverse(annotations, measure_balance, sides=tuple(chosen["outlets"]), only=only))
    if words:
        tables = annotations.tables
        documents, counts = tables["documents"].assign(outlet=tables["documents"][by]), tables["term_counts"]
        keys = measure_keyness(counts, documents, words["target"], words.get("reference"), voice=words.get("voice"),
                               tables=tables, seed=seed)
        parts += [keys, measure_term_rates(keys, counts, documents, tables=tables, n_resamples=n_resamples, seed=seed)]
    return schema.validate(pd.concat(parts, ignore_index=True), "estimates")


def _count_units(documents: pd.DataFrame, by: str) -> int:
    """Count the outlets, say, of the articles that count."""
    return documents.loc[documents["exclusion_reason"].isna(), by].nunique() if by in documents else 0
