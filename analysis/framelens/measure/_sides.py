"""What comparisons share: which numbers of a measure are asked for, and which sides are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations as pairs_of
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import BY, PARTS, Frame, Part, Parts, filled

__all__ = ["PAIRS", "REST", "Side", "check_options", "find_parts", "find_sides", "select_parts", "usual_by"]

PAIRS, REST = "pairs", "rest"


@dataclass(frozen=True)
class Side:
    """One side of a contrast: its name in a note and in the table, its outlet, and which articles are of it."""

    name: str
    unit: str
    outlet: str | None
    articles: NDArray[np.bool_]
    note: str


def find_parts(measure: Callable[..., pd.DataFrame]) -> Parts:
    """Find what a public measure is made of."""
    parts = PARTS.get(getattr(measure, "__name__", ""))
    if parts is None:
        raise SchemaError(f"measure={measure!r} has nothing to compare. Give a function that has, without calling it: "
                          f"{', '.join(sorted(PARTS))}.")
    return parts


def check_options(function: str, by: str, **options: tuple[Any, tuple[Any, ...]]) -> None:
    """Refuse values that a comparison does not know; an article is one cluster, of which no chance is known."""
    allowed = tuple(name for name in BY if name != "document_id")
    for name, (value, values) in {"by": (by, allowed), **options}.items():
        if value not in values:
            raise SchemaError(f"{name}={value!r} is not known to {function}. Allowed: {', '.join(map(str, values))}.")


def usual_by(annotations: Annotations, by: str | None) -> str:
    """Return what is compared: by whom a text was written where every article says so, else the outlet."""
    if by is not None:
        return by
    documents = annotations.documents
    counted = documents["exclusion_reason"].isna() if "exclusion_reason" in documents else np.ones(len(documents), bool)
    known = filled(documents.loc[counted, "origin"]).notna() if "origin" in documents else pd.Series(dtype=bool)
    return "origin" if len(known) and known.all() else "outlet"


def select_parts(parts: Iterable[Part], only: Mapping[str, str | Sequence[str]], what: str, scales: Sequence[str], *,
                 needed: bool = True) -> Iterator[Part]:
    """Keep what is asked for and is of such a scale; say what there is where a value is nowhere and each is needed."""
    if not isinstance(only, Mapping):
        raise SchemaError(f'only={only!r} names no column. Give columns and their values, such as {{"measure": "label_share"}}.')
    wanted = {column: list(values) if isinstance(values, Iterable) and not isinstance(values, str) else [values]
              for column, values in only.items()}
    unknown = sorted(set(wanted) - set(schema.TABLES["estimates"].key))
    if unknown:
        raise SchemaError(f"only: {', '.join(map(repr, unknown))} is no column that tells estimates apart. Allowed: "
                          f"{', '.join(schema.TABLES['estimates'].key)}.")
    seen: dict[str, dict[Any, None]] = {column: {} for column in wanted}
    empty = True
    for part in parts:
        if part.measure.scale not in scales:
            continue
        rows = part.combos.assign(measure=part.measure.name, unit=part.measure.unit)
        fits = np.ones(len(rows), bool)
        for column, values in wanted.items():
            there = rows[column] if column in rows else pd.Series(None, rows.index, dtype=object)
            seen[column] |= dict.fromkeys(there.dropna())
            fits &= there.isin(values).to_numpy()
        if fits.any():
            empty = False
            cut = {name: getattr(part.tallies, name)[:, fits] for name in ("num", "den")}
            hits = part.tallies.hits
            tallies = type(part.tallies)(**cut, hits=None if hits is None else hits[:, fits])
            yield replace(part, combos=part.combos[fits].reset_index(drop=True), tallies=tallies)
    found = "; ".join(f"{column}: {', '.join(map(str, values)) or 'none'}" for column, values in seen.items())
    if empty and needed:
        raise SchemaError(f"Nothing has {what} and all that only= asks for. There is {found or 'no such number'}.")
    # One value of several that is nowhere, mistyped perhaps, would make the family smaller than what was asked.
    absent = [f"{column}={value!r}" for column, values in wanted.items() for value in values
              if not pd.isna(value) and value not in seen[column]]
    if absent and needed:
        raise SchemaError(f"only: nothing has {what} and {', '.join(absent)}. There is {found}.")


def find_sides(frame: Frame, reference: str, by: str) -> Iterator[tuple[Side, Side]]:
    """Name the two sides of every contrast."""
    names = [str(name) for name in frame.units.index]
    if len(names) < 2:
        raise SchemaError(f"by={by!r}: there is only {', '.join(names) or 'nothing'}; a comparison needs two.")
    if reference not in (PAIRS, REST, *names):
        raise SchemaError(f"reference={reference!r} is no value of {by!r}. Allowed: {PAIRS}, {REST}, {', '.join(names)}.")
    lead = "" if by == "outlet" else f"{by}="
    notes = frame.units["note"]
    each = [Side(name, lead + name, None if lead else name, frame.unit == i, f"{name}: {notes.iloc[i]}" if notes.iloc[i] else "")
            for i, name in enumerate(names)]
    if reference in names:
        other = each[names.index(reference)]
        yield from ((side, other) for side in each if side is not other)
    elif reference == REST and len(names) > 2:
        for side in each:
            said = " ".join(other.note for other in each if other is not side and other.note)
            yield side, Side("the rest", REST, None, ~side.articles, said)
    else:
        yield from pairs_of(each, 2)
