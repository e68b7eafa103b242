from __future__ import annotations

import pandas as pd
import pytest

from framelens import io, schema
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
    with pytest.raises(OSError, match="full"):
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
