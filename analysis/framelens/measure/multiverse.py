"""One conclusion under every defensible choice: a row a specification, and how many of them agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._contrasts import SCALES, Task, contrast_rows, tell_conclusion
from framelens.measure._rows import LEVEL, MIN_RESAMPLES, SELECTION, Part, find_frame, finish
from framelens.measure._sides import Side, check_options, find_parts, find_sides, select_parts, usual_by
from framelens.measure.selection import CONTESTED, REFERENT, SUSPECTS, WIRE, chosen_columns, select_annotations

__all__ = ["measure_multiverse"]

# The first value of each choice is that of the default specification.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "voice": ("narrator", schema.OWN_WIDE), "referent": REFERENT, "contested": CONTESTED[:2], "wire": WIRE[:2],
    "suspects": SUSPECTS}
WITHOUT, NONE = "without", "none"
METHOD = "specification curve"
KEPT, CHANGED = "multiverse_kept", "multiverse_changed"
ALIKE = ("outlet", "contrast", "reference", "group", "stance", "zone", "favours")  # what all rows have in common
ROW = "row"  # of the labels: by which equal choices are known
NO_NUMBER = "No number changes."
NUMBERS = ("estimate", "ci_low", "ci_high", "ci_level", "p_value", "n_documents", "n_clusters", "n_units", "method")
GONE: Mapping[str, Any] = {
    **dict.fromkeys(("estimate", "ci_low", "ci_high", "ci_level", "p_value"), np.nan),
    **dict.fromkeys(("n_documents", "n_clusters", "n_units"), 0), "method": "description",
    "note": "Nothing to compare: what only= asks for does not occur under this choice."}
DEPENDENT = "Specifications share their articles: they are no independent tests, and their p values no family."


@dataclass(frozen=True)
class _Task:
    """What one call asks of every specification."""

    annotations: Annotations
    measure: Callable[..., pd.DataFrame]
    only: Mapping[str, str | Sequence[str]]
    sides: tuple[str, str]
    by: str
    contrast: str
    allow_small_n: bool


def measure_multiverse(annotations: Annotations, measure: Callable[..., pd.DataFrame], *, sides: tuple[str, str],
                       only: Mapping[str, str], by: str | None = None, contrast: str = "difference",
                       choices: Mapping[str, Sequence[str]] | None = None, allow_small_n: bool = False) -> pd.DataFrame:
    """Measure one contrast of two outlets under every combination of defensible choices.

    A conclusion that hangs on one of them is no finding. Every specification is a comparison as :func:`framelens.compare`
    makes it, of labels and articles as :func:`framelens.select_annotations` takes them: nothing is annotated again.
    Specifications that rest on the very same numbers count once (Simonsohn, Simmons and Nelson 2020).

    Parameters
    ----------
    annotations : Annotations
        As the measure needs.
    measure : function
        As for :func:`framelens.compare`: ``measure_balance``, say, whose voices are a range.
    sides : tuple of two str
        The two outlets (values of ``by``): the first minus, or over, the second.
    only : mapping of str to str
        Which number: columns of the estimates with one value each, so that one number is left for each specification
        (``{"measure": "label_choice_share", "zone": "body", "group": "protesters", "stance": "delegitimising"}``).
    by : {"origin", "outlet", "publisher", "event"}, optional
        What is compared. Without it: who wrote the text (``origin``), where every article that counts says so; else the outlet.
    contrast : {"difference", "ratio", "odds ratio"}
        As for :func:`framelens.compare`.
    choices : mapping of str to list of str, optional
        Values of single choices in the place of the usual ones, the first being the default: ``voice`` (narrator, then
        narrator+indirect; not varied if ``only`` names one; ``()`` for numbers without a voice), ``referent`` (all, own),
        ``contested`` (in, out), ``wire`` (cluster, exclude), ``suspects`` (in, out). What was chosen before, by
        :func:`framelens.select_annotations`, stands and is not varied. ``without``: terms to leave out one at a time; all terms
        of the group by default, none with ``()``.
    allow_small_n : bool
        As for :func:`framelens.compare`.

    Returns
    -------
    DataFrame
        ``estimates``. First a row a specification, the smallest estimate first; ``spec`` names the choices that vary. All
        choices are crossed; each term is left out of the default specification alone. Then rows that sum up:

        * ``multiverse_count``: specifications with an estimate; the note says how many more repeat the numbers of another;
        * ``multiverse_default``: the default specification, whose choices stand in ``spec``; the note says its conclusion;
        * ``multiverse_changed``, ``multiverse_kept``: the default without one term of the lexicon, named in ``term``, a row for
          each of them, those first that change the conclusion, then the largest shift. The conclusion is which side is higher
          and, where the default is tested, whether p < .05; the note says what it is without the term;
        * ``multiverse_median``: of their estimates, and a row for each value of each choice that changes anything, named in
          ``spec``: of all specifications with it that leave no term out, also those that repeat the numbers of another, so that
          the values of one choice are seen under the same others;
        * ``multiverse_same_direction``: share of them on the default's side of no difference;
        * ``multiverse_significant``, ``multiverse_reversed``: of those that are tested, the share with p ≤ .05 on the default's
          side, and on the other.

        There is no q value: specifications are not independent tests.

    Raises
    ------
    SchemaError
        An option is unknown or given twice, a side is missing, or ``only`` leaves more than one number.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour, 4, 1208–1214.
    Steegen, S., Tuerlinckx, F., Gelman, A., & Vanpaemel, W. (2016). Increasing transparency through a multiverse analysis.
    Perspectives on Psychological Science, 11, 702–712.

    Examples
    --------
    The Herald's "mob" decides; without that word the direction is the other:

    >>> from framelens.measure.balance import measure_balance
    >>> label = {"zone": "body", "voice": "narrator", "group": "protesters", "negated": False, "contested": False}
    >>> said = [("h", "mob", "delegitimising")] * 2 + [("h", "crowd", "neutral"), ("b", "thug", "delegitimising")] + [
    ...     ("b", "crowd", "neutral")] * 2
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["h", "b"], "outlet": ["Herald", "Bugle"]}),
    ...     "copies": pd.DataFrame({"document_id": ["h", "b"], "cluster_id": ["h", "b"], "copy_status": "original"}),
    ...     "sizes": pd.DataFrame({"document_id": ["h", "b"], "zone": "body", "voice": "narrator", "n_words": 100}),
    ...     "mentions": pd.DataFrame([{**label, "document_id": d, "term": term, "stance": stance, "referent": None}
    ...                               for d, term, stance in said])})
    >>> rows = measure_multiverse(found, measure_balance, sides=("Herald", "Bugle"), only={
    ...     "measure": "label_choice_share", "zone": "body", "group": "protesters", "stance": "delegitimising"})
    >>> rows[["spec", "estimate"]].head(4).round(2).values.tolist()
    [['without=mob', -0.33], ['without=crowd', 0.0], ['without=none', 0.33], ['without=thug', 0.67]]
    >>> rows.set_index("measure").loc["multiverse_same_direction", "note"]
    "On the default's side of 0: 2 of 4."
    """
    find_parts(measure)
    by = usual_by(annotations, by)
    check_options("measure_multiverse", by, contrast=(contrast, tuple(SCALES)))
    numbered = annotations.mentions.assign(**{ROW: np.arange(len(annotations.mentions))})
    told = Annotations({**annotations.tables, "mentions": numbered}, annotations.about, annotations.form)
    task = _Task(told, measure, only, sides, by, contrast, allow_small_n)
    plans = _plan(task, choices or {})
    rows: dict[bytes, tuple[dict[str, str], pd.DataFrame]] = {}  # the first of those that rest on the same numbers
    seen: dict[bytes, bytes] = {}  # tables → the numbers that were made of them
    of_plan = []
    for plan in plans:
        chosen, tables = _choose(task, plan)
        if tables not in seen:
            row, seen[tables] = _specify(task, plan, chosen, next((row for _, row in rows.values()), None))
            rows.setdefault(seen[tables], (plan, row))
        of_plan.append(list(rows).index(seen[tables]))
    every = pd.DataFrame(plans).assign(row=of_plan)
    names = list(plans[0])
    # A choice changes something if any two specifications that differ in it alone rest on different numbers.
    varied = [name for name in names if every.groupby([other for other in names if other != name])["row"].nunique().max() > 1]
    spec = [", ".join(f"{name}={plan[name]}" for name in varied) or "default" for plan, _ in rows.values()]
    table = pd.concat([row for _, row in rows.values()], ignore_index=True).assign(spec=spec)
    idle = [name for name in names if name not in varied and every[name].nunique() > 1]
    said = f"Repeating the numbers of another, not counted: {len(plans) - len(table)}."
    said += f" Choices that change nothing here: {', '.join(idle)}." if idle else ""
    null = 0.0 if contrast == "difference" else 1.0
    every["estimate"] = table["estimate"].to_numpy()[of_plan]
    crossed = every.loc[every[WITHOUT] == NONE, [*(name for name in varied if name != WITHOUT), "estimate"]]
    summed = [*_sum_up(table, crossed, (sides, null), said), *_without_terms(every, table, (sides, null))]
    return finish([table.sort_values("estimate", kind="stable"), pd.DataFrame(summed)])


def _plan(task: _Task, choices: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """List the specifications, the default first."""
    unknown = sorted(set(choices) - {*CHOICES, WITHOUT})
    if unknown:
        raise SchemaError(f"choices: {', '.join(map(repr, unknown))} is no choice. Allowed: {', '.join([*CHOICES, WITHOUT])}.")
    if choices.get("voice") and "voice" in task.only:
        raise SchemaError("choices: 'voice' is named by only= as well, and cannot vary. Name it in one of the two.")
    made = task.annotations.about.get(SELECTION, {})  # what was left out before cannot come back
    usual = {name: (made[name],) if name in made else given for name, given in CHOICES.items()}
    values = {name: tuple(choices.get(name, usual[name])) for name in CHOICES
              if not (name == "voice" and ("voice" in task.only or choices.get(name) == ()))}
    empty = [name for name, given in values.items() if not given]
    if empty:
        raise SchemaError(f"choices: {empty[0]!r} has no value. Give one or more, or leave it out.")
    crossed = [{**dict(zip(values, plan, strict=True)), WITHOUT: NONE} for plan in product(*values.values())]
    mentions = task.annotations.mentions
    groups = np.atleast_1d(task.only.get("group", sorted(set(mentions["group"]))))
    terms = mentions.loc[mentions["group"].isin(groups), "term"]
    left_out = choices.get(WITHOUT, tuple(sorted(set(terms))))
    return crossed + [{**crossed[0], WITHOUT: term} for term in left_out]


def _choose(task: _Task, plan: Mapping[str, str]) -> tuple[Annotations, bytes]:
    """Take what a specification lets count, with a mark by which equal ones are known before anything is computed."""
    options = {name: plan[name] for name in CHOICES if name in plan and name != "voice"}
    chosen = select_annotations(task.annotations, **options, without=() if plan[WITHOUT] == NONE else (plan[WITHOUT],))
    tables = (chosen.documents[["document_id", "exclusion_reason"]], chosen.copies)
    hashes = [pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes() for table in tables]
    return chosen, b"".join([chosen.mentions[ROW].to_numpy().tobytes(), *hashes, plan.get("voice", "").encode()])


def _of_group(chosen: Annotations, only: Mapping[str, str | Sequence[str]]) -> Iterator[Annotations]:
    """Take the labels of the group that is asked for: its numbers are made of them alone, though not which numbers there are."""
    if "group" in only:
        own = chosen.mentions["group"].isin(np.atleast_1d(only["group"]))
        yield Annotations({**chosen.tables, "mentions": chosen.mentions[own]}, chosen.about, chosen.form)


def _specify(task: _Task, plan: Mapping[str, str], chosen: Annotations,
             default: pd.DataFrame | None) -> tuple[pd.DataFrame, bytes]:
    """Make the row of one specification, and the numbers that it rests on; the default itself has no default yet."""
    frame = find_frame(chosen, task.by, MIN_RESAMPLES, 0, allow_small_n=task.allow_small_n)
    only = {**task.only, **({"voice": plan["voice"]} if "voice" in plan else {})}
    part: Part | None = None
    for bundle in [*(_of_group(chosen, task.only) if default is not None else ()), chosen]:
        found = select_parts(find_parts(task.measure)(bundle, frame), only, f"a {task.contrast}", SCALES[task.contrast],
                             needed=default is None)
        if part := next(found, None):
            break
    if part is None and default is not None:  # this choice leaves out all that is asked for: the labels by police, say
        return default.assign(**GONE, **chosen_columns(chosen), **{name: plan[name] for name in ("voice",) if name in plan}), b""
    assert part is not None
    parts = [part, *(found if default is None else ())]  # later ones cost time and have no other measure than the default
    numbers = sum(len(each.combos) for each in parts)
    if numbers > 1:
        raise SchemaError(f"only= leaves {numbers} numbers, of {_free(parts)}. A multiverse is of one conclusion: name one "
                          "value of each.")
    two = _find_two(task, list(find_sides(frame, task.sides[1], task.by)) if task.sides[1] in frame.units.index else [])
    row = contrast_rows(Task(frame, task.contrast), part, two)
    used = np.column_stack([two[0].articles, frame.cluster, part.tallies.num, part.tallies.den])
    used = used[(two[0].articles | two[1].articles) & (used[:, -1] > 0)]
    used[:, 1] = pd.factorize(used[:, 1])[0]  # articles that are not behind the number name no cluster
    return row, used.tobytes()


def _find_two(task: _Task, pairs: list[tuple[Side, Side]]) -> tuple[Side, Side]:
    """Find the pair of sides that is asked for."""
    for one, other in pairs:
        if (one.name, other.name) == tuple(task.sides):
            return one, other
    known = sorted(set(task.annotations.documents[task.by].dropna().astype(str))) if task.by in task.annotations.documents else []
    raise SchemaError(f"sides={task.sides!r}: give two different values of {task.by!r}. There are {', '.join(known) or 'none'}.")


def _free(parts: list[Part]) -> str:
    """Name the columns in which what is left differs."""
    table = pd.concat([part.combos.assign(measure=part.measure.name) for part in parts])
    return ", ".join(str(column) for column in table if table[column].nunique(dropna=False) > 1)


def _without_terms(every: pd.DataFrame, table: pd.DataFrame, about: tuple[tuple[str, str], float]) -> list[dict[str, Any]]:
    """Make a row for each term that was left out of the default, the first; first those that change its conclusion."""
    default = table.iloc[0]
    first, found = _conclude(default, default, about), []
    for term, place in every.loc[every[WITHOUT] != NONE, [WITHOUT, "row"]].itertuples(index=False):
        left = table.iloc[place]
        told = _conclude(left, default, about)
        changed = told != first
        kept = NO_NUMBER if place == 0 else "The conclusion stays."
        note = f"Changes the conclusion: {told}." if changed else kept
        row = {**{name: left.get(name) for name in (*ALIKE, *NUMBERS)}, "voice": default.get("voice"), "term": term,
               "measure": CHANGED if changed else KEPT, "unit": default["unit"], "spec": f"{WITHOUT}={term}",
               "corrected": False, "validated": False, "note": note}
        found.append((not changed, -abs(np.nan_to_num(left["estimate"] - default["estimate"])), term, row))
    return [row for *_, row in sorted(found, key=lambda item: item[:3])]


def _conclude(row: pd.Series, default: pd.Series, about: tuple[tuple[str, str], float]) -> str:
    """Say what a specification shows; whether it is tested hangs on the default."""
    return tell_conclusion(row["estimate"], row["p_value"], *about, tested=bool(np.isfinite(default["p_value"])))


def _sum_up(table: pd.DataFrame, crossed: pd.DataFrame, about: tuple[tuple[str, str], float],
            said: str) -> Iterator[dict[str, Any]]:
    """Say how many specifications agree with the default, the first; ``crossed`` are the choices that vary, every one."""
    default, null = table.iloc[0], about[1]
    same = {name: default.get(name) for name in (*ALIKE, *(() if "voice" in crossed else ("voice",)))}
    unit = str(default["unit"])
    known = table[table["estimate"].notna()]
    tested = known[known["p_value"].notna()]
    side = np.sign(default["estimate"] - null) or np.nan  # on no difference there is no side to be on
    agree = np.sign(known["estimate"] - null) == side

    def row(measure: str, unit: str, value: float, n: int, note: str = "", spec: str | None = None) -> dict[str, Any]:
        return {**same, "measure": f"multiverse_{measure}", "unit": unit, "spec": spec, "estimate": value, "n_units": n,
                "method": METHOD, "corrected": False, "validated": False, "note": note}

    def share(hits: int, n: int) -> float:
        return hits / n if n else np.nan

    yield row("count", "specifications", len(known), len(table), f"Without an estimate: {len(table) - len(known)}. {said}")
    told = f"Conclusion: {_conclude(default, default, about)}."
    yield {**row("default", unit, default["estimate"], int(default["n_units"]), told, default["spec"]),
           **default[list(NUMBERS)], "voice": default.get("voice")}
    yield row("median", unit, known["estimate"].median(), len(known),
              f"From {known['estimate'].min():.3g} to {known['estimate'].max():.3g}; of the default {default['estimate']:.3g}.")
    for name in crossed.columns.drop("estimate"):  # like with like: each value with all others, though some repeat numbers
        for value, own in crossed.groupby(name, sort=False)["estimate"]:
            yield row("median", unit, own.median(), int(own.notna().sum()), spec=f"{name}={value}")
    if np.isnan(side):
        for name, of in (("same_direction", known), ("significant", tested), ("reversed", tested)):
            yield row(name, "share", np.nan, len(of), f"The default is on no side of {null:g}, so that none can be on it.")
        return
    yield row("same_direction", "share", share(int(agree.sum()), len(known)), len(known),
              f"On the default's side of {null:g}: {agree.sum()} of {len(known)}.")
    for name, mine in (("significant", True), ("reversed", False)):
        hits = int(((tested["p_value"] <= 1 - LEVEL) & (agree[tested.index] == mine)).sum())
        yield row(name, "share", share(hits, len(tested)), len(tested),
                  f"p ≤ {1 - LEVEL:.2g} on the {'same' if mine else 'other'} side: {hits} of {len(tested)} tested. {DEPENDENT}")
