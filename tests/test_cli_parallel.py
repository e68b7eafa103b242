"""``framelens parallel`` and the slot table."""

from __future__ import annotations

import inspect
import re
from unittest import mock

import pandas as pd
import pytest

from command import run
from framelens import annotate, find_slots, find_statements, io
from framelens.cli.parallel import parallel
from framelens.report.slots import lay_out_slots, write_slots


@pytest.fixture(scope="module")
def found():
    return annotate(pd.DataFrame({
        "document_id": ["a", "b", "c", "d"], "outlet": ["Post", "Star"] * 2, "event": ["strike"] * 2 + ["a/b"] * 2,
        "text": ["Nine rioters <were> eliminated by guards.", "Guards killed nine strikers.",
                 "Two men were arrested in Orr.", "Police detained two men in Orr."]}))


@pytest.fixture
def folder(found, tmp_path):
    return found.save(tmp_path / "annotations")


def test_prints_both_outlets_with_offsets_and_marks_what_differs(folder):
    done = run("parallel", folder, "--event", "strike")
    assert re.search(r"verb +\*killed\*  \[7-13\]", done.stdout)
    assert re.search(r"number +nine  \[\d+-\d+\]", done.stdout)
    assert "Orr" not in done.stdout
    assert "1 statements in 2 sentences" in done.stderr


def test_a_probability_moves_what_is_joined(folder):
    few, usual = (int(run("parallel", folder, *more).stderr.split()[0]) for more in (("--probability", "0.9999"), ()))
    assert few < usual
    assert run("parallel", folder, "--probability", "1", ok=False).returncode == 2
    default = next(option.default for option in parallel.params if option.name == "probability")
    assert default == inspect.signature(find_statements).parameters["least"].default


def test_writes_every_table_and_a_page(folder, tmp_path):
    run("parallel", folder, "--out", tmp_path / "out", "--quiet")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"a-b.csv", "strike.csv", "slots.html", "statements.csv", "slots.csv", "rewritten.csv", "copies.csv",
                       "omissions.csv", "spellings.csv"}
    for name in ("statements", "slots", "rewritten", "copies"):
        io.read_table(tmp_path / "out" / f"{name}.csv", name)


def test_writes_although_nobody_reads_on(folder, tmp_path):
    with mock.patch("click.echo", side_effect=BrokenPipeError), pytest.raises(BrokenPipeError):
        parallel.callback(folder, tmp_path / "out", None, 2, 0.8, False)
    assert (tmp_path / "out" / "omissions.csv").is_file() and (tmp_path / "out" / "slots.html").is_file()


def test_an_unknown_event_is_named_with_those_there_are(folder):
    done = run("parallel", folder, "--event", "flood", ok=False)
    assert done.returncode == 2
    assert "Events: a/b, strike" in done.stderr


def test_the_page_escapes_and_every_cell_leads_to_its_words(found, tmp_path):
    statements = find_statements(found)
    slots = find_slots(found, statements)
    page = write_slots(found, statements, slots, tmp_path)[-1].read_text(encoding="utf-8")
    assert "Nine rioters &lt;were&gt; eliminated" in page
    assert "<were>" not in page
    assert "http" not in page
    assert page == write_slots(found, statements, slots.iloc[::-1], tmp_path)[-1].read_text(encoding="utf-8")
    texts = found.documents.set_index("document_id")["text"]
    for row in lay_out_slots(found, statements, slots).to_dict("records"):
        for slot in ("verb", "who_hurt", "number"):
            if isinstance(row[slot], str):
                start, end = map(int, row[f"{slot}_at"].split("-"))
                assert texts[row["document_id"]][start:end] == row[slot]
