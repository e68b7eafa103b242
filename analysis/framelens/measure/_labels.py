"""What the measures of labels share: groups and stances, whom a label favours, and the outlet's own voice as a range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure._rows import SELECTION, flags, voiced

__all__ = ["RANGE", "counted_labels", "favours_of", "find_groups", "widened"]

RANGE = ("narrator", schema.OWN_WIDE, "direct")  # the outlet's own voice, narrow and wide; direct quotation apart
_WIDE = ("narrator", "indirect")
_OTHER_SIDE = {"challenger": "official", "official": "challenger", "none": "none"}


def find_groups(annotations: Annotations, mentions: pd.DataFrame) -> pd.DataFrame:
    """Name each group × stance: those of the lexicon in its order, then any other that occurs, or did before a selection."""
    known = annotations.groups
    found = sorted({*mentions[["group", "stance"]].drop_duplicates().itertuples(index=False, name=None),
                    *map(tuple, annotations.about.get(SELECTION, {}).get("groups", ()))})
    groups = dict.fromkeys([*known, *(group for group, _ in found)])
    every = [(group, stance) for group in groups for stance in known.get(group, {}).get("stances", schema.STANCES)]
    every += found
    return pd.DataFrame(list(dict.fromkeys(every)), columns=["group", "stance"], dtype=object)


def favours_of(annotations: Annotations, mentions: pd.DataFrame, groups: pd.DataFrame) -> list[str | float]:
    """Say whom labels of each group × stance favour: by the group's side, as a lexicon has it; else as most of them do."""
    said: dict[Any, Any] = {}
    if "favours" in mentions:
        said = mentions.groupby(["group", "stance"])["favours"].agg(lambda own: own.mode().min()).to_dict()
    found: list[str | float] = []
    for group, stance in groups[["group", "stance"]].itertuples(index=False):
        side = annotations.groups.get(group, {}).get("side")
        rule = {"delegitimising": _OTHER_SIDE.get(str(side)), "legitimising": side, "neutral": "none"}.get(stance)
        found.append(rule if rule and side else said.get((group, stance), np.nan))
    return found


def counted_labels(annotations: Annotations, columns: Sequence[str]) -> pd.DataFrame:
    """Return the labels that are not negated and stand where it is measured, with the columns that tell them apart."""
    mentions = voiced(annotations.mentions, "mentions")
    return mentions.loc[~flags(mentions, "mentions", "negated"), ["document_id", *columns]]


def widened(table: pd.DataFrame) -> pd.DataFrame:
    """Give rows of a table by voice once for each voice of the range that holds them, under their own index."""
    wide = table[table["voice"].isin(_WIDE)].assign(voice=schema.OWN_WIDE)
    return pd.concat([table[table["voice"] != "indirect"], wide])
