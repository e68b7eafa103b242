"""What stands behind a row of estimates: which rows of which table its measure counted, in which articles, or why none."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import BY, MIN_RESAMPLES, PARTS, Counted, Frame, Part, find_frame
from framelens.measure._sides import PAIRS, REST, Side, find_sides
from framelens.measure.agency import measure_agency
from framelens.measure.balance import measure_balance
from framelens.measure.distance import OF, find_counted
from framelens.measure.events import SUFFIX, find_compared, number_events
from framelens.measure.keyness.articles import PAIRWISE, Articles, Contrast, find_contrasts, read_articles
from framelens.measure.keyness.articles import REST as THE_REST
from framelens.measure.keyness.rates import RATE
from framelens.measure.label_sources import measure_label_sources
from framelens.measure.label_terms import measure_label_terms
from framelens.measure.labelling import measure_labelling
from framelens.measure.loaded import measure_loaded
from framelens.measure.model import UNIT, find_events, find_modelled
from framelens.measure.scorer_agreement import find_scored, measure_scorer_agreement
from framelens.measure.selection import select_annotations
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.sourcing.conduits import measure_conduits
from framelens.measure.tone import measure_tone

__all__ = ["MEASURES", "OTHERS", "Behind", "Finder", "key_of"]

# Entered under their names in PARTS: what any of them counts, and any comparison of it, is found there.
MEASURES: tuple[Callable[..., pd.DataFrame], ...] = (
    measure_labelling, measure_sourcing, measure_tone, measure_agency, measure_loaded, measure_balance, measure_label_terms,
    measure_label_sources, measure_conduits, measure_scorer_agreement)
_GROUPINGS = tuple(name for name in BY if name not in ("outlet", "document_id"))
_PERIODS = {4: "year", 7: "month", 8: "week", 10: "day"}  # by the length of what stands in the column
_SPEC = re.compile(r"(?:^|, )(voice|referent|contested|wire|suspects|without)=")
_NOTHING = ("Nothing to ", "No article counts")
_ALL = {"referent": "all", "contested": "in"}
# Numbers that count no rows, and what to read in their place.
_WHY = tuple((re.compile(pattern), why) for pattern, why in (
    (r".*_null(_share)?", "It tells what articles dealt out at random give, so that no sentence stands behind it; the row of the "
                          "measure itself has some."),
    (r".*_distance_(thinned|excess)", "It is of articles thinned at random to one length; the row of the distance itself has "
                                      "sentences."),
    (r"multiverse_.*", "It tells what specifications come to; their own rows in the table of the multiverse have sentences."),
    (r"(token|attribution|mention|agency|fact)_(precision|recall|f1)|\w+_accuracy|source_(touched|exact|left_empty)|"
     r"density_(mae|bias)", "It compares two annotations of the same articles; read both beside each other."),
))
OTHERS = ("Give the annotations that the estimates were made of; choices made by select_annotations (wire, suspects, without) "
           "must be made of them again.")
Key = tuple[Hashable, ...]
Row = Mapping[Any, Any]
Sides = Sequence[tuple[str | None, NDArray[np.bool_]]]


@dataclass(frozen=True)
class Behind:
    """What a row of estimates counts: of the rows in ``units`` those that agree with ``combo``, in the articles of its sides."""

    annotations: Annotations
    documents: pd.Index
    units: Sequence[Counted]
    hits: Sequence[Counted] | None
    combo: Row
    sides: Sides


def key_of(values: Sequence[Any]) -> Key:
    """Make values comparable: whatever is missing, and an empty text, is None."""
    return tuple(None if value is pd.NA or value is None or value != value or value == "" else
                 bool(value) if isinstance(value, np.bool_) else value for value in values)


def _mismatch(row: Row, what: str) -> SchemaError:
    return SchemaError(f"Table 'estimates', {row['measure']}: these annotations have {what}. {OTHERS}")


def _run(name: str, annotations: Annotations, frame: Frame) -> list[Part]:
    return list(PARTS[name](annotations, frame))


class Finder:
    """Find what stands behind rows of estimates; what several rows share is made once."""

    def __init__(self, annotations: Annotations) -> None:
        tables = {name: table.reset_index(drop=True) for name, table in annotations.tables.items()}
        self._annotations = Annotations(tables, annotations.about, annotations.form)
        self._kept: dict[Key, Any] = {}
        self._makers: dict[str, Callable[..., pd.DataFrame]] = {}  # by the names of their numbers, as far as they were met

    def find(self, row: Row) -> Behind | str:
        """Find what stands behind a row, or say why nothing does."""
        measure = str(row["measure"])
        for pattern, why in _WHY:
            if pattern.fullmatch(measure):
                return why
        if not (pd.isna(row["reference"]) or measure.startswith("scorer_")) and pd.isna(row["contrast"]):
            return f"It is of other news ({row['reference']}), beside which these articles are shown."
        if not any(row[column] > 0 for column in ("n_units", "n_reference") if not pd.isna(row[column])):
            said = str(row["note"])  # "Nothing to measure: no words of this voice.", "No article counts."
            return f"{said.partition('. ')[0].rstrip('.')}." if said.startswith(_NOTHING) else "Nothing is counted here: no hit."
        if measure.startswith("keyness") or measure == RATE.name:
            return self._keyness(row)
        chosen = self._choose(row)
        frame = self._frame(chosen, row)
        if measure in OF.values():
            return self._distance(row, chosen, frame)
        if measure.startswith("scorer_") and not pd.isna(row["scorer"]):
            return self._scorers(row, chosen, frame)
        part = self._part(row, chosen, frame)
        if isinstance(part, str):
            return part
        j = self._places(part)[key_of(self._values(part, row))]
        one_sided = bool(pd.isna(row["reference"]))
        sides = self._units(frame, row) if one_sided else self._contrast(row, chosen, frame, (part, j))
        return Behind(chosen, frame.documents, part.units, part.hits, part.combos.iloc[j].to_dict(), sides)

    def _once(self, key: Key, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def _choose(self, row: Row) -> Annotations:
        """Make the choices of labels and articles again that the row names."""
        contested = key_of([row["contested"]])[0]
        choices: dict[str, Any] = {"referent": "all" if pd.isna(row["referent"]) else "own",
                                   "contested": {False: "out", True: "only"}.get(contested, "in")}  # type: ignore[call-overload]
        if not pd.isna(row["spec"]):
            named = _SPEC.split(str(row["spec"]))[1:]
            choices |= dict(zip(named[::2], named[1::2], strict=True))
            choices.pop("voice", None)
            without = choices.pop("without", "none")
            choices |= {"without": () if without == "none" else (without,)}
        if all(_ALL.get(name) == value for name, value in choices.items()):
            return self._annotations
        return self._once(("chosen", *sorted(choices.items())), lambda: select_annotations(self._annotations, **choices))

    def _frame(self, chosen: Annotations, row: Row) -> Frame:
        named = (name for name in _GROUPINGS if str(row["contrast"]).startswith(f"{name}="))
        by: str = next(named, "outlet") if pd.isna(row["document_id"]) else "document_id"
        period: str | None = None if pd.isna(row["period"]) else _PERIODS.get(len(str(row["period"])))
        return self._once(("frame", id(chosen), by, period),
                          lambda: find_frame(chosen, by, MIN_RESAMPLES, 0, period=period))

    def _part(self, row: Row, chosen: Annotations, frame: Frame) -> Part | str:
        """Find the number among the parts of all measures, as far as the tables allow; or say that there is none."""
        name = str(row["measure"]).removesuffix(SUFFIX)
        lacking: list[str] = []
        for measure in [self._makers[name]] if name in self._makers else MEASURES:
            try:
                parts: list[Part] = self._once(("parts", id(frame), measure.__name__),
                                               partial(_run, measure.__name__, chosen, frame))
            except SchemaError as error:
                lacking.append(f" {measure.__name__}: {error}")
                continue
            self._makers |= {part.measure.name: measure for part in parts}
            found = [part for part in parts if part.measure.name == name]
            for part in found:
                if key_of(self._values(part, row)) in self._places(part):
                    return part
            if found or name in self._makers:
                raise _mismatch(row, "no such number" if not found else "no number of " + ", ".join(
                    f"{column} {row[column]!r}" for column in found[0].combos if not pd.isna(row[column])))
        return (f"No measure that these annotations allow has a number called {name!r}, so that nothing is known of what it "
                f"counts.{''.join(lacking)}")

    def _values(self, part: Part, row: Row) -> list[Any]:
        return [row[str(column)] for column in part.combos]

    def _places(self, part: Part) -> dict[Key, int]:
        return self._once(("places", id(part)), lambda: {
            key_of(values): j for j, values in enumerate(part.combos.itertuples(index=False, name=None))})

    def _units(self, frame: Frame, row: Row) -> Sides:
        """Find the articles of the unit that a row describes."""
        columns = ["outlet", "document_id", "contrast", "period"]
        units = self._once(("units", id(frame)), lambda: {
            key_of(values): i for i, values in enumerate(frame.units[columns].itertuples(index=False, name=None))})
        key = key_of([row[column] for column in columns])
        if key not in units:
            raise _mismatch(row, f"nothing called {' '.join(str(value) for value in key if value)!r}")
        return [(None, frame.unit == units[key])]

    def _contrast(self, row: Row, chosen: Annotations, frame: Frame, number: tuple[Part, int]) -> Sides:
        """Find the articles of both sides of a comparison; within events and in a model those that are compared."""
        two, (part, j) = _find_two(frame, row), number
        if str(row["measure"]).endswith(SUFFIX):
            event, _ = self._once(("event", id(frame)), lambda: number_events(chosen, frame))
            held = self._once(("compared", id(part), two[0].unit, two[1].unit), lambda: find_compared(event, part, two))[:, j]
        elif row["unit"] == UNIT:
            event = self._once(("fixed", id(frame), str(row["family"])), lambda: find_events(
                chosen, frame, "events not held" not in str(row["family"])))
            held = self._once(("model", id(part), j, id(event)), lambda: find_modelled(frame, event, part, j)[1])
        else:
            held = np.ones(len(frame.documents), bool)
        return [(side.unit, side.articles & held) for side in two]

    def _distance(self, row: Row, chosen: Annotations, frame: Frame) -> Behind:
        of = next(name for name, measure in OF.items() if measure == row["measure"])
        voice = key_of([row["voice"]])[0]
        counted = self._once(("counted", id(chosen), of, voice), lambda: find_counted(chosen, of, voice))  # type: ignore[arg-type]
        two = _find_two(frame, row)
        return Behind(chosen, frame.documents, [counted], None, row, [(side.unit, side.articles) for side in two])

    def _scorers(self, row: Row, chosen: Annotations, frame: Frame) -> Behind:
        names = (str(row["scorer"]), str(row["reference"]))
        found = self._once(("scored", id(chosen), *names), lambda: [
            Counted("sentiment", rows, ["voice"]) for rows in find_scored(chosen, names)])
        units, hits = found[:1], None
        if row["measure"] == "scorer_opposite_share":
            units, hits = found[1:2], found[2:]
        return Behind(chosen, frame.documents, units, hits, row, self._units(frame, row))

    def _keyness(self, row: Row) -> Behind:
        found, voice = self._annotations, key_of([row["voice"]])[0]
        names = tuple(str(row[column]) for column in ("outlet", "reference") if row[column] != THE_REST)
        by = next((by for by in BY if by in found.documents and set(names) <= set(found.documents[by])), "outlet")
        articles: Articles = self._once(("articles", voice, by), lambda: read_articles(
            found.term_counts, found.documents.assign(outlet=found.documents[by]), voice,  # type: ignore[arg-type]
            found.tables, 0))
        contrasts: dict[str, Contrast] = self._once(("contrasts", voice, by, *names), lambda: {
            c.name: c for name in names if name in articles.frame.units.index
            for c in chain(*(find_contrasts(articles, name, other) for other in (None, PAIRWISE)))})
        if row["contrast"] not in contrasts:
            raise _mismatch(row, f"no contrast {row['contrast']!r}")
        contrast = contrasts[row["contrast"]]
        mask = np.zeros((2, len(articles.frame.documents)), bool)
        mask[0, contrast.rows], mask[1, contrast.rows] = contrast.side, ~contrast.side
        sides = [(contrast.target, mask[0]), (contrast.reference, mask[1])]
        if row["measure"] == RATE.name:  # of one side alone
            sides = [side for side in sides if side[0] == row["outlet"]]
        return Behind(found, articles.frame.documents, [articles.rows], None, row, sides)


def _find_two(frame: Frame, row: Row) -> tuple[Side, Side]:
    """Find the two sides of a contrast by their names in it."""
    contrast, reference = str(row["contrast"]), str(row["reference"])
    by, equals, bare = reference.partition("=")
    lead = f"{by}=" if equals and by in _GROUPINGS else ""
    if reference == REST and REST not in frame.units.index:
        lead = next((f"{name}=" for name in _GROUPINGS if contrast.startswith(f"{name}=")), "")
    by = lead.rstrip("=") or "outlet"
    asked = bare if lead and bare else reference
    if asked in frame.units.index or asked == REST:
        words = (f" {word} {reference}" for word in ("minus", "over", "and"))
        first = next((contrast.removesuffix(end) for end in words if contrast.endswith(end)), None)
        for two in chain(find_sides(frame, asked, by), find_sides(frame, PAIRS, by)):
            if (two[0].unit, two[1].unit) == (first, reference):
                return two
    raise _mismatch(row, f"no contrast {contrast!r}")
