"""Agency: who does what to whom in clauses of violence and harm, and how the clause is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.agency.lexicon import PLURALS, Violence, read_violence
from framelens.annotate.agency.nouns import read_nouns
from framelens.annotate.agency.people import group_of
from framelens.annotate.agency.phrases import Groups, Reading, heads
from framelens.annotate.agency.protesting import WATCH, find_named, find_others, find_protesting, with_forms
from framelens.annotate.agency.verbs import Clause, read_verbs
from framelens.text.reading.stream import Reader, Stream
from framelens.text.view import View, read_views

__all__ = ["Violence", "agency_of", "find_agency", "read_violence"]

Row = dict[str, Any]
_MANY = frozenset("dozens scores hundreds thousands several more many".split())
_SIDES = {"protester": "protesters", "police": "security", "military": "security"}  # of whom the types of sources are
_CROWD_ACTS = frozenset(("throw", "burn", "destroy", "loot", "seize", "abduct"))
_RIOT = _CROWD_ACTS | {"attack", "beat", "force"}
_UNNAMED = frozenset("young masked hooded unknown unidentified angry".split())
_SOME_OF_THEM = (["some"], ["most"], ["many"], ["several"])
_ONE_OF_THEM = frozenset("victim teenager".split())
_SOME = frozenset("men persons individuals people youngsters".split())
_CROWD_CONTROL = frozenset(("disperse", "suppress", "clash"))


def agency_of(view: View, mentions: Iterable[Mapping[str, Any]], violence: Violence, reader: Reader | None = None,
              speeches: Iterable[tuple[int, int, str]] = ()) -> list[Row]:
    """Find the clauses of violence and harm in one article; return rows of ``agency`` without voice.

    Parameters
    ----------
    view : View
        The article.
    mentions : iterable of mappings
        Its labels (start, end, group), which tell the groups of agents and patients.
    violence : Violence
        From :func:`read_violence`.
    reader : Reader, optional
        What attribution has read of the article's sentences, so that they are not read again.
    speeches : iterable of tuples, optional
        What is said in the article: its offsets and the type of its source, which tells who "we" are.
    """
    groups, protesting, others = Groups.read(mentions), find_protesting(view.words, violence), find_others(view.words, violence)
    named = find_named(view, protesting, violence)
    said = [(start, end, _SIDES[kind]) for start, end, kind in speeches if kind in _SIDES]
    protests = any(row["group"] in ("protesters", "event") for row in groups.rows)
    sets = violence.sets
    if "sheriff" in view.words:  # where deputies are no members of parliament
        sets = {**sets, "security": sets["security"] | {"deputy", "deputies"}}
    found: list[tuple[Reading, Clause]] = []
    for stream in (reader or Reader(view, frozenset())).plain(violence.calls):
        stream = _mended(stream, violence)
        reading = Reading(stream, groups, sets, protesting, others, named, said, protests)
        clauses = read_verbs(reading, violence)
        taken = {item for clause in clauses for item in (*range(*clause.span), *clause.taken)}
        clauses += read_nouns(reading, violence, taken)
        found += [(reading, clause) for clause in sorted(clauses, key=lambda c: c.span)]
    if groups.rows:
        protesting |= with_forms(noun for reading, clause in found for noun in (
            *_dispersed(reading, clause), *_rising(reading, clause)))
    rows: list[Row] = []
    for at, (reading, clause) in enumerate(found):
        row = _row(view, replace(reading, protesting=protesting, before=_before(reading, found[:at], rows)), clause)
        if at and row["patient_group"] is None and (
                _goes_on_counting(reading, clause, found[at - 1]) or _is_told_of_again(reading, clause, found[at - 1])):
            row["patient_group"] = rows[-1]["patient_group"]
        rows.append(row)
    return rows


def _before(reading: Reading, found: Sequence[tuple[Reading, Clause]], rows: Sequence[Row]) -> tuple[str | None, str | None]:
    """Return the groups of who did and who suffered what the sentence before tells last."""
    here = reading.stream.sentence
    for (other, _), row in zip(reversed(found), reversed(rows), strict=True):
        if other.stream.sentence is not here:
            near = other.stream.sentence.last == here.first and other.stream.sentence.zone == here.zone
            return (row["agent_group"], row["patient_group"]) if near else (None, None)
    return None, None


def _goes_on_counting(reading: Reading, clause: Clause, last: tuple[Reading, Clause]) -> bool:
    """Is a bare number of those who suffer one more of the kind counted before: "12 officers were killed and 353 injured"?"""
    before = last[1]
    if reading.stream is not last[0].stream or clause.patient is None or before.patient is None:
        return False
    stream, joint = reading.stream, reading.stream.codes[before.patient[1]:clause.patient[0]]
    counted = [stream.norms[k] for k in range(*before.patient) if stream.codes[k] in "0D" or stream.norms[k] in _MANY]
    bare = all(stream.codes[k] in "0DA" or stream.norms[k] in _MANY for k in range(*clause.patient))
    return bare and bool(counted) and "c" in joint and not set(joint) & set(";:.whs") and clause.patient[0] > before.patient[1]


def _is_told_of_again(reading: Reading, clause: Clause, last: tuple[Reading, Clause]) -> bool:
    """Is who suffers the one or those of the clause before: "A marcher was shot. He died."; "the men were later beaten"?"""
    before = last[1].patient
    if clause.patient is None or before is None or reading.stream.sentence.zone != last[0].stream.sentence.zone:
        return False
    beside = reading.stream.sentence.first - last[0].stream.sentence.last
    norms, many = reading.stream.norms[slice(*clause.patient)], _plural(last[0].stream, before)
    if clause.harm.harm == "detain" != last[1].harm.harm:
        return False  # "An officer was stabbed; the man was held."
    again = (norms in (["the", "men"], ["the", "women"], ["the", "victims"], *_SOME_OF_THEM) if many else
             norms in (["he"], ["him"], ["she"], ["her"]) or (norms[0] == "the" and (
                 norms[-1] in _ONE_OF_THEM or norms[-1].endswith("-year-old"))))
    return again and beside <= 0


def _plural(stream: Stream, span: tuple[int, int]) -> bool:
    found = heads(stream, span)
    return len(found) != 1 or stream.codes[found[0]] == "S" or stream.norms[found[0]].endswith(("men", "people"))


def _mended(stream: Stream, violence: Violence) -> Stream:
    """Settle classes of words that only this lexicon tells: "baton-charged", "live rounds", "Malian forces"."""
    if violence.mended.isdisjoint(stream.norms):
        return stream
    codes = stream.codes
    for at, norm in enumerate(stream.norms):
        if norm not in violence.mended:
            continue
        code, following = codes[at], stream.code(at + 1)
        if norm == "live" and following in "NS":
            code = "J"
        elif norm == "clear" and code == "J" and following in "DSNP0u" and codes[at - 1:at] in tuple("NSPtMUX"):
            code = "v"
        elif norm == "first" and codes[at - 1:at] in tuple("wUN") and following in "nd":
            code = "A"  # "who first fired"
        elif norm == "run" and codes[at - 1:at] == "I" and following == "p":
            code = "n"  # "was run over"
        elif norm in violence.sets["event"] and code == "p":
            code = "N"  # "the sit-in"
        elif code in "JN" and norm in violence.verbs and not norm.endswith(("ing", "s")) and (
                codes[at - 1:at] == "H" or stream.norm(at - 1) == "having"):
            code = "n"  # "of having killed civilians"
        elif code == "J" and norm.endswith("ed") and codes[at - 1:at] in tuple("NSPu") and (
                following in "DuPM0" or (following in "NS" and stream.norm(at - 1) in violence.sets["security"])):
            code = "d"  # "police clubbed a student"
        elif norm == "aged" and following == "0":
            code = "J"  # "a marcher aged 19"
        elif norm == "van" and code == "P" and not stream.capital(at):
            code = "N"  # no part of a name
        elif norm == "building" and code == "g" and codes[at - 1:at] in tuple("DNPSJ'") and following not in "DPSNu":
            code = "N"
        elif norm == "military" and code == "J" and following not in "NSPJ'-0":
            code = "N"  # "killed by the military since May"
        elif norm == "striking" and code == "J" and following in "DuP":
            code = "g"
        elif norm in PLURALS and code == "z" and following not in "DNPJ0tu":
            code = "S"
        elif code == "J" and "-" in norm and (
                following not in "NS" or codes[at - 1:at] in ("H", "I")):
            code = "n" if codes[at - 1:at] in ("I", "H", "A") else "d"
        else:
            continue
        codes = f"{codes[:at]}{code}{codes[at + 1:]}"
    return replace(stream, codes=codes) if codes != stream.codes else stream


def _dispersed(reading: Reading, clause: Clause) -> Iterator[str]:
    """Yield the callings of those whom forces disperse or clash with in an article that has labels of protest."""
    if clause.patient and clause.harm.harm in _CROWD_CONTROL and (
            clause.harm.harm != "clash" or (clause.agent and group_of(reading, clause.agent) == "security")):
        for head in heads(reading.stream, clause.patient):
            if reading.stream.norms[head] in reading.sets["callings"]:
                yield reading.stream.norms[head]


def _rising(reading: Reading, clause: Clause) -> Iterator[str]:
    """Yield the callings of those who throw, burn, loot or seize in news of an unrest, or do so to forces: "the inmates"."""
    if clause.agent is None or clause.harm.harm not in _RIOT:
        return
    against = clause.patient is not None and group_of(reading, clause.patient) == "security"
    risen = reading.protests or not reading.sets["rising"].isdisjoint(reading.stream.view.words)
    unrest = clause.harm.harm in _CROWD_ACTS and risen
    for head in heads(reading.stream, clause.agent) if against or unrest else ():
        norm = reading.stream.norms[head]
        if norm in reading.sets["callings"] and norm not in WATCH and (against or norm not in reading.sets["dwellers"]):
            yield norm


def _words(view: View, stream: Stream, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    start, end = stream.span(*span)
    return view.text[start:end]


def _row(view: View, reading: Reading, clause: Clause) -> Row:
    start, end = reading.stream.span(*clause.span)
    agent, patient = clause.agent, clause.patient
    agents = group_of(reading, agent, agent=True) if agent else None
    patients = group_of(reading, patient, other=agents, doer=agent) if patient else None
    if agent and agents is None and patients != "protesters" and (
            reading.protests and clause.harm.harm in _RIOT and _nameless(reading, agent)):
        agents = "protesters"
    if agents == patients == "protesters" and agent and reading.stream.norms[agent[1] - 1] in _SOME:
        agents = None  # "masked men beat up marchers"
    if patient and patients is None and agents == "security" and reading.protests and (
            reading.stream.norms[patient[0]] == "us" and patient[1] == patient[0] + 1):
        patients = "protesters"
    if patient and patients is None and clause.harm.harm == "disperse" and reading.groups.rows and all(
            reading.stream.norms[head] in reading.sets["callings"] for head in heads(reading.stream, patient)):
        patients = "protesters"  # whom one disperses has assembled
    return {
        "clause_id": f"{view.document_id}:c:{start}-{end}", "document_id": view.document_id, "start": start, "end": end,
        "verb": view.text[start:end], "verb_lemma": clause.harm.lemma, "construction": clause.construction,
        "agent": _words(view, reading.stream, agent),
        "agent_group": agents,
        "patient": _words(view, reading.stream, patient),
        "patient_group": patients, "voice": None, "attribution_id": None,
    }


def _nameless(reading: Reading, agent: tuple[int, int]) -> bool:
    """Are they "young men", "masked persons", "individuals", who throw and burn where there is a protest?"""
    norms = reading.stream.norms[slice(*agent)]
    return norms == ["individuals"] or norms[-1] == "hooded" or (norms[-1] in _SOME and not _UNNAMED.isdisjoint(norms))


def find_agency(documents: pd.DataFrame, zones: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find clauses of violence and harm in headline and body: who does what to whom.

    Parameters
    ----------
    documents, zones, mentions : DataFrame
        Tables of these names; the mentions tell the groups.

    Returns
    -------
    DataFrame
        ``agency``; ``voice`` and ``attribution_id`` are filled where the voices are known (:func:`framelens.annotate`).

    Examples
    --------
    >>> from framelens.annotate.labels import find_mentions
    >>> from framelens.lexicon import read_lexicon
    >>> text = "Police shot three protesters. Five people were killed in clashes."
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["default"]})
    >>> found = find_agency(documents, zones, find_mentions(documents, zones, read_lexicon("protest")))
    >>> found[["verb", "construction", "agent", "patient", "patient_group"]].fillna("").values.tolist()
    [['shot', 'active', 'Police', 'three protesters', 'protesters'], \
['killed', 'passive_agentless', '', 'Five people', ''], ['clashes', 'nominal', '', '', '']]
    """
    by_document = schema.rows_by_document(mentions)
    violence = read_violence()
    rows = [row for view in read_views(documents, zones)
            for row in agency_of(view, by_document.get(view.document_id, []), violence)]
    return schema.validate(pd.DataFrame(rows), "agency") if rows else schema.empty("agency")
