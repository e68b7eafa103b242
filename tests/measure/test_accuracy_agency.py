"""Accuracy of clauses of violence, counted by hand; the command that scores them."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.accuracy import measure_accuracy

TEXT = "Police shot two men. Clashes followed. Shops were looted."
COLUMNS = ["document_id", "start", "end", "construction", "agent_group", "patient_group"]
GOLD = [("a", 7, 11, "active", "security", None), ("a", 21, 28, "intransitive", None, None),
        ("a", 50, 56, "passive_agentless", None, None)]
FOUND = [("a", 7, 15, "active", "security", "protesters"), ("a", 21, 28, "nominal", None, None),
         ("a", 0, 6, "nominal", None, None)]


def bundle(rows):
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": [TEXT]})
    return Annotations({"documents": documents, "agency": pd.DataFrame(rows, columns=COLUMNS, dtype=object)})


@pytest.mark.parametrize(("measure", "construction", "expected"), [
    ("agency_precision", None, 2 / 3), ("agency_recall", None, 2 / 3), ("agency_f1", None, 2 / 3),
    ("agency_recall", "active", 1), ("agency_recall", "passive_agentless", 0), ("agency_precision", "nominal", 1 / 2),
    ("agency_construction_accuracy", None, 1 / 2),
    ("agency_agent_group_accuracy", None, 1),  # that nobody is named is right, too
    ("agency_patient_group_accuracy", None, 1 / 2),
])
def test_counted_by_hand(measure, construction, expected):
    estimates = measure_accuracy(bundle(FOUND), bundle(GOLD))
    rows = estimates[estimates["measure"] == measure]
    rows = rows[rows["construction"].isna() if construction is None else rows["construction"] == construction]
    assert rows["estimate"].item() == pytest.approx(expected)


def test_what_agrees_with_itself_is_right():
    estimates = measure_accuracy(bundle(GOLD), bundle(GOLD)).dropna(subset=["estimate"])
    assert set(estimates["measure"].str.partition("_")[0]) == {"agency"}
    assert (estimates["estimate"] == 1).all()


def test_a_column_that_is_missing_is_named():
    bare = Annotations({**bundle(GOLD).tables, "agency": bundle(GOLD).agency.drop(columns="end")})
    with pytest.raises(SchemaError, match="Table 'agency' of gold, column 'end': the column is missing"):
        measure_accuracy(bundle(FOUND), bare)


def test_the_command_scores_tables(tmp_path):
    from click.testing import CliRunner

    from framelens.cli import cli

    for name, rows in (("found", FOUND), ("gold", GOLD)):
        (tmp_path / name).mkdir()
        full = bundle(rows).agency.assign(clause_id=[f"c{i}" for i in range(3)], verb="x", verb_lemma="x", agent=None,
                                          patient=None, voice=None, attribution_id=None)
        for table, frame in (("documents", bundle(rows).documents), ("agency", full)):
            frame.to_csv(tmp_path / name / f"{table}.csv", index=False, quoting=1)
    result = CliRunner().invoke(cli, ["score", str(tmp_path / "found"), str(tmp_path / "gold")])
    assert result.exit_code == 0, result.output
    assert "agency_construction_accuracy" in result.output
    assert "agency passive_agentless" in result.output
