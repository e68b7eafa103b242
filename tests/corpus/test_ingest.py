"""Ingest: the text as it stands, its encoding told, and every bad row named."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from framelens import io, schema
from framelens.corpus.ingest import read_about, read_corpus
from framelens.errors import CorpusError

ENGLISH = "The mayor’s office said “no comment” on Tuesday — a café nearby was shut, said José Muñoz.\n"
POLISH = "Zażółć gęślą jaźń, powiedział rzecznik policji w Łodzi. " * 5


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def folder(path: Path, **files: bytes | str) -> Path:
    """A folder of ``<name>.txt`` files."""
    path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (path / f"{name}.txt").write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def message(path: Path) -> str:
    with pytest.raises(CorpusError) as error:
        read_corpus(path)
    return str(error.value)


# Folders


def test_a_folder_keeps_every_byte_of_its_texts(tmp_path: Path) -> None:
    odd = "One.\r\n\r\nTwo.\rThree.\u2028 \n\n"
    raw = {"b": odd.encode(), "a": "Ä".encode("utf-8-sig"), "c": b"\xff\xfeH\x00i\x00"}
    documents = read_corpus(folder(tmp_path, **raw)).set_index("document_id")
    assert list(documents.index) == ["a", "b", "c"]
    assert documents["text"].tolist() == ["Ä", odd, "Hi"]
    assert documents["encoding"].tolist() == ["utf-8-sig", "utf-8", "utf-16"]
    assert documents["text_sha256"].to_dict() == {name: sha(data) for name, data in raw.items()}
    assert set(documents["outlet"]) == {"unknown"} and documents["exclusion_reason"].isna().all()


@pytest.mark.parametrize("place", [".", ".."])
def test_corpus_csv_stands_in_the_folder_or_above(tmp_path: Path, place: str) -> None:
    texts = folder(tmp_path / "texts", a="One.", b="Two.", c="Three.")
    write(texts / place / "corpus.csv", "document_id,outlet,published,owner\nb,Herald,,NA\na,,2024-03-04,state\n")
    documents = read_corpus(texts)
    assert documents["document_id"].tolist() == ["a", "b", "c"]
    assert documents["outlet"].tolist() == ["unknown", "Herald", "unknown"]
    assert documents["published"][0] == "2024-03-04" and documents["published"].isna().tolist() == [False, True, True]
    assert documents["owner"].tolist()[:2] == ["state", "NA"]  # a user's own column, and "NA" is no missing value
    pd.testing.assert_frame_equal(schema.validate(documents, "documents"), documents)


def test_a_row_without_its_file_is_named_or_kept_without_text(tmp_path: Path) -> None:
    folder(tmp_path, a="One.")
    write(tmp_path / "corpus.csv", "document_id,outlet,exclusion_reason\na,X,\nlost,X,\ngone,X,withdrawn\n")
    assert "corpus.csv, row 3: there is no file lost.txt" in message(tmp_path)
    documents = read_corpus(tmp_path, on_error="skip").set_index("document_id")
    assert documents["text"].notna().to_dict() == {"a": True, "gone": False, "lost": False}
    assert documents.loc["gone", "exclusion_reason"] == "withdrawn"
    assert "no file lost.txt" in documents.loc["lost", "exclusion_reason"]
    assert str(tmp_path) not in documents.to_csv()  # where a machine keeps its files is nobody's business


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder(tmp_path, a="One.", b="Two.")
    write(tmp_path / "corpus.csv", f"document_id,text_sha256\na,{sha(b'One.')}\nb,{sha(b'Other.')}\n")
    assert "b.txt is not the text that text_sha256 names" in message(tmp_path) and "1 problem" in message(tmp_path)
    assert read_corpus(tmp_path, on_error="skip")["text"].notna().tolist() == [True, False]


def test_one_name_twice(tmp_path: Path) -> None:
    folder(tmp_path, a="One.")
    (tmp_path / "a.TXT").write_bytes(b"Other.")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system does not tell a.txt from a.TXT")
    assert "document_id 'a' stands in a.TXT already" in message(tmp_path)
    documents = read_corpus(tmp_path, on_error="skip")
    assert documents["document_id"].tolist() == ["a", "a-2"]
    assert documents["text"].notna().tolist() == [True, False]


def test_folders_that_hold_no_corpus(tmp_path: Path) -> None:
    assert "holds no .txt file" in message(tmp_path)
    folder(tmp_path / "texts", a="One.")
    assert "the folder in which the text files themselves lie" in message(tmp_path)
    write(tmp_path / "texts" / "corpus.csv", "document_id,text\na,One.\n")
    assert "has no column 'text'" in message(tmp_path / "texts")
    write(tmp_path / "texts" / "corpus.csv", "id,outlet\na,X\n")
    assert "'document_id' is missing; there are id, outlet" in message(tmp_path / "texts")
    assert "no such folder or file" in message(tmp_path / "nowhere")
    assert "not .docx" in message(write(tmp_path / "a.docx", "x"))


def test_hidden_files_and_sub_folders_are_not_read(tmp_path: Path) -> None:
    folder(tmp_path, **{"a": "One.", "._a": b"\0\1"})
    folder(tmp_path / "more", b="Two.")
    assert read_corpus(tmp_path)["document_id"].tolist() == ["a"]


# Tables


def table(path: Path, rows: list[dict[str, object]]) -> Path:
    if path.suffix == ".csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    elif path.suffix == ".parquet":
        pd.DataFrame(rows).to_parquet(path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl", "c.ndjson", "c.parquet"])
def test_a_table_in_any_format_gives_the_same_documents(tmp_path: Path, name: str) -> None:
    path = table(tmp_path / name, [
        {"document_id": "a", "outlet": "X", "text": "One.\r\nTwo, “three”.\n", "event": "e1", "country": "KZ"},
        {"document_id": "b", "outlet": "Y", "text": "NA", "event": None, "country": "FR"},
    ])
    documents = read_corpus(path)
    assert documents["text"].tolist() == ["One.\r\nTwo, “three”.\n", "NA"]
    assert documents["text_sha256"].tolist() == [sha("One.\r\nTwo, “three”.\n".encode()), sha(b"NA")]
    assert documents["encoding"].tolist() == ["utf-8"] * 2 and documents["country"].tolist() == ["KZ", "FR"]
    assert documents["event"][0] == "e1" and pd.isna(documents["event"][1])
    assert list(documents.columns) == [*schema.TABLES["documents"].columns, "country"]


def test_a_path_is_relative_to_the_table_and_may_lead_out_of_its_folder(tmp_path: Path) -> None:
    folder(tmp_path / "in" / "texts", a=ENGLISH.encode("cp1252"))
    folder(tmp_path, out="Out.")
    path = table(tmp_path / "in" / "c.csv", [
        {"document_id": "a", "outlet": "X", "path": "texts/a.txt"},
        {"document_id": "b", "outlet": "X", "path": "../out.txt"},
        {"document_id": "c", "outlet": "X", "path": str(tmp_path / "out.txt")},
    ])
    documents = read_corpus(path)
    assert documents["text"].tolist() == [ENGLISH, "Out.", "Out."]
    assert documents["encoding"].tolist() == ["cp1252", "utf-8", "utf-8"]
    assert documents["text_sha256"][0] == sha(ENGLISH.encode("cp1252")) and "path" not in documents
    table(path, [{"document_id": "a", "outlet": "X", "path": "../none.txt"}])
    assert "row 2: ../none.txt: cannot be read" in message(path)


def test_bad_rows_are_counted_and_the_first_told_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    path = table(tmp_path / "c.csv", [
        {"document_id": "a", "outlet": "X", "text": "One."}, {"document_id": "b", "outlet": "X", "text": ""},
        {"document_id": "a", "outlet": "X", "text": "Two."}, {"document_id": "", "outlet": "X", "text": "Three."},
        {"document_id": "e", "outlet": "", "text": "Four."}, {"document_id": "f", "outlet": "X", "text": " \n "},
    ])
    told = message(path)
    assert "c.csv: 5 problems. row 3: column 'text' is empty." in told
    assert "row 4: document_id 'a' stands in row 2 already" in told and "row 5: column 'document_id' is empty" in told
    assert "and 2 more" in told and "row 6" not in told and "\n" not in told

    documents = read_corpus(path, on_error="skip")
    assert documents["document_id"].tolist() == ["a", "b", "a-2", "row-5", "e", "f"]
    assert documents["text"].notna().tolist() == [True] + [False] * 5
    assert documents["exclusion_reason"].notna().tolist() == [False] + [True] * 5
    assert "in row 2 already" in documents["exclusion_reason"][2] and documents["outlet"][4] == "unknown"


def test_a_free_id_is_free(tmp_path: Path) -> None:
    rows = [{"document_id": name, "outlet": "X", "text": "One."} for name in ("a", "a", "a-2", "a")]
    documents = read_corpus(table(tmp_path / "c.csv", rows), on_error="skip")
    assert documents["document_id"].tolist() == ["a", "a-3", "a-2", "a-4"]


@pytest.mark.parametrize(("header", "told"), [
    ("document_id,text", "the column 'outlet' is missing; there are document_id, text"),
    ("outlet,text", "the column 'document_id' is missing"),
    ("document_id,outlet", "the column 'text' (or 'path', the name of a text file) is missing"),
    ("document_id;outlet;text", "not separated by commas"),
])
def test_missing_columns(tmp_path: Path, header: str, told: str) -> None:
    path = write(tmp_path / "c.csv", f"{header}\na,b,c\n" if header.count(",") == 2 else f"{header}\nx,y\n")
    assert told in message(path)


def test_tables_that_cannot_be_read(tmp_path: Path) -> None:
    assert "holds no article" in message(write(tmp_path / "a.csv", "document_id,outlet,text\n"))
    assert "cannot be read as CSV" in message(write(tmp_path / "b.csv", ""))
    assert "line 2: not valid JSON" in message(write(tmp_path / "c.jsonl", '{"document_id": "a"}\n{"x": \n'))
    assert "cannot be read as Parquet" in message(write(tmp_path / "d.parquet", "no parquet"))
    assert "holds no article" in message(write(tmp_path / "e.jsonl", "\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_csv_that_would_be_read_askew_is_refused(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "c.csv", "document_id,outlet,text\na,Café,One, two\nb,Café,Three, four\n", encoding)
    assert "c.csv: row 2 has 4 fields, the header has 3; put quotation marks" in message(path)
    write(path, "document_id,outlet,text\n\na,Café,One\nb,Café\n", encoding)
    assert "c.csv: row 4 has 2 fields, the header has 3" in message(path)
    write(path, "document_id,outlet,text,text\na,Café,One,Two\n", encoding)
    assert "c.csv: the header has two columns 'text'" in message(path)
    folder(tmp_path, a="One.")
    write(tmp_path / "corpus.csv", "document_id,outlet\na,Café, later\n", encoding)
    assert "corpus.csv: row 2 has 3 fields" in message(tmp_path)


def test_a_parquet_column_that_stands_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "c.parquet", [{"document_id": "a", "outlet": "X", "text": "One."}])
    read = io.read_parquet(path)
    monkeypatch.setattr(io, "read_parquet", lambda _: pd.concat([read, read[["text"]]], axis=1))
    assert "c.parquet: it has two columns 'text'" in message(path)


def test_rows_have_the_numbers_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "c.csv", 'document_id , outlet, text\n\na,X,"One.\n\nTwo."\n,,\n\nb,X,\n')
    assert "c.csv: 1 problem. row 6: column 'text' is empty" in message(path)
    assert read_corpus(path, on_error="skip")["document_id"].tolist() == ["a", "b"]
    path = write(tmp_path / "c.jsonl", '\n{"document_id": "a", "outlet": "X", "text": "One."}\n\n'
                                       '{"document_id": "b", "outlet": "X"}\n')
    assert "c.jsonl: 1 problem. line 4: column 'text' is empty" in message(path)


def test_long_numbers_beside_a_missing_one_are_not_altered(tmp_path: Path) -> None:
    long = 2**53 + 1
    path = table(tmp_path / "c.jsonl", [{"document_id": long, "outlet": "X", "text": "One.", "post": long},
                                        {"outlet": "X", "text": "Two."}])
    documents = read_corpus(path, on_error="skip")
    assert documents["document_id"].tolist() == [str(long), "line-2"]
    assert documents["post"][0] == long and pd.isna(documents["post"][1])


def test_a_spreadsheet_saved_in_a_windows_encoding_is_read_and_said_so(tmp_path: Path) -> None:
    path = write(tmp_path / "c.csv", f'document_id,outlet,text\na,X,"{ENGLISH}"\n', "cp1252")
    documents = read_corpus(path)
    assert documents["text"].tolist() == [ENGLISH] and documents["encoding"].tolist() == ["cp1252"]


def test_values_that_are_no_strings(tmp_path: Path) -> None:
    path = table(tmp_path / "c.jsonl", [
        {"document_id": 7, "outlet": "X", "text": "One.", "published": "2024-03-04"},
        {"document_id": 8, "outlet": "X", "text": 12}, {"document_id": 9, "outlet": "X", "text": ["a"]},
        {"document_id": 10, "outlet": {"a": 1}, "text": "Two."}, {"outlet": "X", "text": "Three."},
    ])
    told = message(path)
    assert "line 2: column 'text' is 12, no text" in told and "line 3: column 'text' is a list" in told
    assert read_corpus(path, on_error="skip")["document_id"].tolist() == ["7", "8", "9", "10", "line-5"]
    dated, day = tmp_path / "d.parquet", pd.Timestamp("2024-03-04")
    pd.DataFrame({"document_id": [1], "outlet": "X", "text": "One.", "published": day}).to_parquet(dated)
    assert read_corpus(dated)[["document_id", "published"]].values.tolist() == [["1", "2024-03-04"]]


@pytest.mark.parametrize("written", ["2025", "2025-04", "2025-04-09", "2025-04-09T10:30:00+02:00", "2025-04-09 10:30", "unknown",
                                     "", "2024-02-29"])
def test_a_date_may_be_a_year_a_month_a_day_or_not_known(tmp_path: Path, written: str) -> None:
    path = table(tmp_path / "c.csv", [{"document_id": "a", "outlet": "X", "text": "One.", "published": written}])
    assert read_corpus(path)["published"].fillna("").tolist() == [written]


@pytest.mark.parametrize("written", ["09.04.2025", "2025-13-45", "2025-4-9", "2025-02-29", "2025-13", "April 2025", "20250409",
                                     "25", "0000", "2025-04-09x", "45756"])
def test_a_date_that_is_none_is_refused_by_row_and_value_or_its_row_kept_out(tmp_path: Path, written: str) -> None:
    rows = [{"document_id": name, "outlet": "X", "published": "2025-04-09"} for name in "ab"]
    rows[1]["published"] = written
    told = (f"row 3: column 'published' is {written!r}, no date. Write ISO 8601: 2022, 2022-01, 2022-01-05 or 2022-01-05T10:30; "
            "or unknown, or nothing.")
    path = table(tmp_path / "c.csv", [{**row, "text": "One."} for row in rows])
    assert f"c.csv: 1 problem. {told}" in message(path)
    documents = read_corpus(path, on_error="skip")
    assert documents["exclusion_reason"].tolist()[1].startswith(told.removeprefix("row 3: "))
    assert documents["published"].isna().tolist() == documents["text"].isna().tolist() == [False, True]
    folder(tmp_path / "texts", a="One.", b="Two.")
    about = table(tmp_path / "texts" / "corpus.csv", rows)
    assert f"corpus.csv, {told}" in message(tmp_path / "texts")
    with pytest.raises(CorpusError) as error:
        read_about(about)
    assert f"corpus.csv: 1 problem. {told}" in str(error.value)
    kept = read_about(about, on_error="skip")
    assert kept["published"].isna().tolist() == [False, True] and kept["exclusion_reason"].notna().tolist() == [False, True]


def test_lone_surrogates_and_nul_are_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"document_id": "a", "outlet": "X", "text": "so \\ud83d sad"}\n'
                     b'{"document_id": "b", "outlet": "X", "text": "raw \xe9 byte"}\n'
                     b'{"document_id": "c", "outlet": "X", "text": "n\\u0000l"}\n')
    told = message(path)
    assert "line 1: column 'text': character 3 is a lone surrogate" in told
    assert "line 2: column 'text': character 4 is a lone surrogate" in told
    assert "line 3: column 'text': character 1 is NUL" in told
    assert read_corpus(path, on_error="skip")["text"].isna().all()
    table(path, [{"document_id": "a", "outlet": "X", "text": "One.", "title": "\ud800"}])
    assert "column 'title': character 0 is a lone surrogate" in message(path)


def test_a_documents_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder(tmp_path / "texts", a=ENGLISH.encode("cp1252"), b="Ä".encode("utf-8-sig"), c=b"", d="One.")
    documents = read_corpus(tmp_path / "texts", on_error="skip")
    for name in ("d.csv", "d.parquet"):
        pd.testing.assert_frame_equal(read_corpus(io.write_table(documents, tmp_path / name, "documents")), documents)


def test_a_hash_in_a_table_is_checked(tmp_path: Path) -> None:
    row = {"document_id": "a", "outlet": "X", "text": "One.", "text_sha256": sha(b"One.")}
    assert read_corpus(table(tmp_path / "c.csv", [row]))["text"].tolist() == ["One."]
    assert "names another text" in message(table(tmp_path / "c.csv", [{**row, "text": "Two."}]))


def test_on_error_is_one_of_two(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="'raise' or 'skip'"):
        read_corpus(folder(tmp_path, a="One."), on_error="ignore")
