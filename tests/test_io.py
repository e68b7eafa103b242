from __future__ import annotations

import csv

import pandas as pd
import pytest

from framelens import cli, io, schema
from framelens.annotate.bundle import Annotations
from framelens.errors import CorpusError, FramelensError, SchemaError


def test_nothing_is_guessed_from_a_csv(tmp_path):
    path = tmp_path / "copies.csv"
    path.write_text('document_id,cluster_id,copy_status,evidence\n"007","NA",original,\n', encoding="utf-8")
    table = io.read_table(path, "copies")
    assert table["document_id"].tolist() == ["007"]
    assert table["cluster_id"].tolist() == ["NA"]
    assert table["evidence"].isna().all()


def test_every_field_is_quoted(tmp_path):
    path = io.write_table(schema.validate(pd.DataFrame(
        {"document_id": ["a"], "cluster_id": ["a"], "copy_status": ["unknown"]}), "copies"), tmp_path / "c.csv", "copies")
    assert path.read_text(encoding="utf-8").splitlines()[1] == '"a","a","unknown",""'


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = io.write_text("old", tmp_path / "x.txt")
    monkeypatch.setattr(io.os, "replace", lambda *a: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(CorpusError, match=r"x\.txt: cannot be written \(full\)"):
        io.write_text("new", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_errors_name_the_file(tmp_path):
    with pytest.raises(CorpusError, match=r"none\.csv.*Check the path"):
        io.read_bytes(tmp_path / "none.csv")
    bad = tmp_path / "zones.csv"
    bad.write_text("document_id\nx\n")
    with pytest.raises(SchemaError, match=r"zones\.csv.*'start'"):
        io.read_table(bad, "zones")
    with pytest.raises(SchemaError, match=r"\.xlsx"):
        io.read_table(tmp_path / "zones.xlsx", "zones")
    with pytest.raises(FramelensError, match=r"a\.toml: not valid TOML"):
        (tmp_path / "a.toml").write_text("x = ")
        io.read_toml(tmp_path / "a.toml")
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"a": 1}\n{"a": \n')
    with pytest.raises(CorpusError, match="line 2"):
        io.read_json_lines(lines)


def test_a_stale_twin_in_the_other_format_is_removed(tmp_path):
    tables = {"zones": schema.empty("zones")}
    io.write_tables(tables, tmp_path, format="csv")
    io.write_tables(tables, tmp_path, format="parquet")
    assert [p.name for p in tmp_path.iterdir()] == ["zones.parquet"]
    with pytest.raises(SchemaError, match="csv, parquet"):
        io.write_tables(tables, tmp_path, format="xlsx")
    with pytest.raises(CorpusError, match="holds no table"):
        (tmp_path / "empty").mkdir()
        io.read_tables(tmp_path / "empty")


@pytest.mark.parametrize(("row", "told"), [("a,One,two", "row 3 has 3 fields, the header has 2; put quotation marks"),
                                           ("a", "row 3 has 1 field, the header has 2")])
def test_a_row_that_does_not_fit_its_header_is_refused(tmp_path, row, told):
    path = tmp_path / "c.csv"
    path.write_text(f"document_id,text\nb,Two\n{row}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"c\.csv: {told}"):
        io.read_csv(path)
    path.write_text(f"document_id,text\n{row}\n{row}\n", encoding="utf-8")  # every row: pandas would shift the columns
    with pytest.raises(CorpusError, match=told.replace("row 3", "row 2")):
        io.read_csv(path)


def test_a_name_that_stands_twice_in_a_header_is_refused(tmp_path):
    (tmp_path / "c.csv").write_text("text,id, text\na,b,c\n")
    with pytest.raises(CorpusError, match=r"c\.csv: the header has two columns 'text'"):
        io.read_csv(tmp_path / "c.csv")


def test_rows_of_a_csv_have_the_numbers_of_the_file():
    table = io.parse_csv('\n id , text\n\na,"One\r\n\n\rtwo"\n,\n"b",say "so" now\n', "c.csv")
    assert table.columns.tolist() == ["id", "text"]
    assert table["text"].to_dict() == {4: "One\r\n\n\rtwo", 6: 'say "so" now'}


def test_a_long_article_fits_and_a_quotation_mark_that_stays_open_is_refused():
    limit = csv.field_size_limit()
    assert len(io.parse_csv("id,text\na," + "x" * (limit + 1), "c.csv")["text"][2]) == limit + 1
    for text in ('id,text\na,b\nb,"One\nc,Two\n', 'id,text\na,b\nb,"One" two\n'):
        with pytest.raises(CorpusError, match=r"c\.csv: cannot be read as CSV \(row 3: .*Close each"):
            io.parse_csv(text, "c.csv")
    assert csv.field_size_limit() == limit


def test_json_lines_keep_long_numbers_and_lone_surrogates(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": 9007199254740993}\n\n{"text": "\\ud800 \xe9"}\n')
    table = io.read_json_lines(path)
    assert table["id"][1] == 9007199254740993 and pd.isna(table["id"][3])
    assert table["text"][3] == "\ud800 \udce9"
    path.write_bytes(b'{"a": 1}\n\n{"\\ud800": 1}\n')
    with pytest.raises(CorpusError, match=r"a\.jsonl, line 3: the name '\\ud800' holds a lone surrogate"):
        io.read_json_lines(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError, match=r"a\.csv: cannot be written .*Check the folder"):
        io.write_text("x", tmp_path / "file" / "a.csv")
    with pytest.raises(CorpusError, match=r"a\.csv: cannot be written: character 1 .* lone surrogate"):
        io.write_text("x\ud800", tmp_path / "a.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


COPIES = pd.DataFrame({"document_id": ["a", "b"], "cluster_id": "a", "copy_status": "unknown"})


@pytest.mark.parametrize("mine", [[1, "x"], [{"a": 1}, "x"]])
def test_a_column_that_parquet_cannot_hold_is_named(tmp_path, mine):
    table = COPIES.assign(other=1.5, mine=pd.Series(mine, dtype=object))
    with pytest.raises(SchemaError, match=r"Table 'copies', column 'mine': Parquet cannot hold .*Write it as text"):
        io.write_table(table, tmp_path / "copies.parquet", "copies")
    assert not list(tmp_path.iterdir())


def test_an_error_of_the_system_is_one_line_and_no_traceback(monkeypatch, capsys):
    def full(**_):
        raise OSError(28, "No space left on device", "out/x")

    monkeypatch.setattr(cli, "cli", full)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("framelens: out/x: No space left on device.") and told.count("\n") == 1


@pytest.mark.parametrize(("text", "told"), [('{"form": ', r"not valid JSON \(.*line 1.*Mend the file"), ("[1]", "not a list")])
def test_a_broken_about_is_named(tmp_path, text, told):
    Annotations({"copies": schema.validate(COPIES, "copies")}).save(tmp_path)
    (tmp_path / "about.json").write_text(text)
    with pytest.raises(CorpusError, match=rf"about\.json: .*{told}"):
        Annotations.load(tmp_path)


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_a_saved_folder_holds_the_tables_of_the_bundle_and_nothing_stale(tmp_path, format_):
    documents = schema.validate(pd.DataFrame({"document_id": ["a"], "outlet": "Post", "text": "Bread rose again."}), "documents")
    full = Annotations({"documents": documents, "copies": schema.validate(COPIES, "copies"), "facts": schema.empty("facts")})
    free = Annotations.load(full.save(tmp_path / "free", form="text_free"))
    some = Annotations({name: free.tables[name] for name in ("documents", "copies")}, form="text_free")
    folder = full.save(tmp_path / "full", format="parquet")
    (folder / "notes.csv").write_text("mine")
    some.save(folder, format=format_, form="text_free")
    assert {p.name for p in folder.iterdir()} == {f"documents.{format_}", f"copies.{format_}", "about.json", "notes.csv"}
    assert not any(b"Bread rose" in p.read_bytes() for p in folder.iterdir())
    loaded = Annotations.load(folder)
    assert loaded.form == "text_free" and "text" not in loaded.documents
    pd.testing.assert_frame_equal(loaded.copies, full.copies)
