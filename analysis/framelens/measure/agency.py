"""Agency by outlet: how clauses of violence and harm are built, whom they name as agent, and for whom as patient."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import (
    Count,
    Counted,
    Frame,
    Measure,
    Part,
    Tallies,
    combinations,
    find_frame,
    parts_of,
    pool,
    run,
    some,
    tally,
    voiced,
    wordless,
)

__all__ = ["measure_agency"]

ANY, NONE = "any", "none"
PATIENT = ["voice", "patient_group"]
COUNT = Measure("agency_clause_count", "clauses", "count", "words of this voice")
RATE = Measure("agency_clause_rate", "per 1,000 words", "rate", "words of this voice")
NAMED = Measure("agency_agent_count", "clauses", "count", "words of this voice")
CONSTRUCTION = Measure("agency_construction_share", "share", "share", "clauses with this patient in this voice")
AGENT = Measure("agency_agent_share", "share", "share", "clauses with this patient in this voice")


def measure_agency(annotations: Annotations, *, by: str = "outlet", period: str | None = None, allow_small_n: bool = False,
                   n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    r"""Measure how clauses of violence and harm are built, by who suffers and in whose voice, and who is named as doing it.

    For each unit of ``by``, voice (narrator, direct, indirect) and patient group, headline and body together, with
    :math:`y` the clauses whose patient is of that group:

    * ``agency_clause_count`` × construction (clauses): :math:`\sum y` of that construction;
    * ``agency_clause_rate`` (per 1,000 words): :math:`1000 \sum y` over the words of that voice;
    * ``agency_construction_share`` × construction (share): of :math:`y`, those of that construction. The row
      ``passive_agentless`` is the agentless share (Trew 1979); ``nominal`` and ``intransitive`` leave doers out as well;
    * ``agency_agent_count`` × agent group (clauses): :math:`\sum y` whose agent is named by a group;
    * ``agency_agent_share`` × agent group (share): of :math:`y`, those.

    ``patient_group`` and ``agent_group`` are groups of the lexicon, ``"none"`` where the clause names nobody or somebody of no
    group, and ``"any"`` for all together.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason and the column ``by``), copies (document_id,
        cluster_id), sizes (document_id, zone, voice, n_words) and agency (document_id, voice, construction, agent_group,
        patient_group), in full or text-free form; ``annotations.groups`` names groups that may be without a hit.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    period : {"year", "month", "week", "day"}, optional
        Measure each period apart, by ``documents.published`` (ISO 8601). Every unit has rows in all periods from the first to
        the last; articles without such a date are in none, and the note counts them.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        Of the cluster bootstrap of rates; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        ``estimates``: a row for every combination, also without a hit (a count of 0; a share of nothing is NaN). ``n_units``
        is the clauses counted (count, rate) or those that the share is of. There is an interval where 10 clusters count and 5
        hits (and, of a share, 5 others) stand in 5 clusters; otherwise the method is "description" and the note says why.

    Raises
    ------
    SchemaError
        ``by`` is no grouping, a table is missing, a clause has no voice, or tables contradict one another.

    Notes
    -----
    Negated, feared and alleged clauses count: the measure is of how violence is put, not of what happened. Intervals over
    syndication clusters: of shares :func:`framelens.stats.proportion.share_intervals`, of rates the cluster bootstrap-t of
    :func:`framelens.stats.bootstrap.ratio_intervals`.

    References
    ----------
    Trew, T. (1979). Theory and ideology at work. In R. Fowler, B. Hodge, G. Kress & T. Trew, Language and control. Routledge.
    Moreno-Medina, J., Ouss, A., Bayer, P., & Ba, B. A. (2022). Officer-involved: The media language of police killings. NBER
    working paper 30209.

    Examples
    --------
    >>> clause = {"document_id": "a", "voice": "narrator", "agent_group": None, "patient_group": "protesters"}
    >>> tables = {
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "sizes": pd.DataFrame({"document_id": ["a"], "zone": ["body"], "voice": ["narrator"], "n_words": [500]}),
    ...     "agency": pd.DataFrame([{**clause, "construction": "passive_agentless"}, {**clause, "construction": "nominal"},
    ...                             {**clause, "construction": "active", "agent_group": "security"},
    ...                             {**clause, "construction": "passive_agentless"}])}
    >>> estimates = measure_agency(Annotations(tables))
    >>> shown = estimates[(estimates["voice"] == "narrator") & (estimates["patient_group"] == "protesters")]
    >>> shares = shown[shown["measure"] == "agency_construction_share"].set_index("construction")["estimate"]
    >>> float(shares["passive_agentless"]), float(shares["nominal"])
    (0.5, 0.25)
    >>> named = shown[shown["measure"] == "agency_agent_share"].set_index("agent_group")["estimate"]
    >>> float(named["security"]), float(named["none"])
    (0.25, 0.75)
    """
    frame = find_frame(annotations, by, n_resamples, seed, period=period, allow_small_n=allow_small_n)
    return run("measure_agency", annotations, frame)


@parts_of("measure_agency")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count clauses and words by article and combination."""
    clauses = annotations.agency
    silent = clauses.loc[clauses["voice"].isna(), "document_id"].unique()
    if len(silent):
        raise SchemaError(f"Table 'agency', column 'voice': missing in {some(silent)}. Assign the voices first.")
    clauses = clauses.assign(agent_group=clauses["agent_group"].fillna(NONE), patient_group=clauses["patient_group"].fillna(NONE))
    groups = [*dict.fromkeys([*annotations.groups, *sorted({*clauses["agent_group"], *clauses["patient_group"]} - {NONE})]), NONE]
    clauses = pd.concat([clauses.assign(patient_group=ANY), clauses])
    cells = combinations(voice=schema.VOICES, patient_group=[ANY, *groups])
    of_patient = Counted("agency", clauses, PATIENT)
    sizes = voiced(annotations.sizes, "sizes")
    built = cells.merge(combinations(construction=schema.CONSTRUCTIONS), how="cross")
    hits = tally(frame, clauses, "agency", built)
    of_kind = of_patient.over(list(built))
    yield Part(COUNT, built, Tallies(hits, tally(frame, sizes, "sizes", built, values="n_words")), [of_kind])
    words = tally(frame, sizes, "sizes", cells, values="n_words")
    every = tally(frame, clauses, "agency", cells)
    yield Part(RATE, cells, Tallies(every, words, counts=[Count("Words", words), wordless(every, words)]), [of_patient])
    yield Part(CONSTRUCTION, built, Tallies(hits, pool(hits, built, PATIENT)), [of_patient], [of_kind])
    named = cells.merge(combinations(agent_group=groups), how="cross")
    hits = tally(frame, clauses, "agency", named)
    of_both = of_patient.over(list(named))
    yield Part(NAMED, named, Tallies(hits, tally(frame, sizes, "sizes", named, values="n_words")), [of_both])
    yield Part(AGENT, named, Tallies(hits, pool(hits, named, PATIENT)), [of_patient], [of_both])
