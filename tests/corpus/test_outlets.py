"""Whose text it is: an outlet that nobody names is warned of, and in a study refused."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest

from framelens.corpus.ingest import read_corpus
from framelens.errors import CorpusError, FramelensWarning


def texts_in(path: Path, names: str) -> Path:
    """A folder of a short text under each of the names, which are letters."""
    path.mkdir()
    for name in names:
        (path / f"{name}.txt").write_text(f"Text {name}.", encoding="utf-8")
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def message(path: Path) -> str:
    with pytest.raises(CorpusError) as error:
        read_corpus(path)
    return str(error.value)


def warned(path: Path) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_corpus(path)
    assert all(w.category is FramelensWarning and w.filename == __file__ for w in caught)
    return [str(w.message) for w in caught]


def test_outlets_that_nobody_names_are_warned_of(tmp_path: Path) -> None:
    texts = texts_in(tmp_path / "texts", "abcde")
    (told,) = warned(texts)
    assert told.startswith(f"no corpus.csv in {texts} or above it: all outlets are 'unknown'")
    assert told.endswith("add one with the columns document_id, outlet.")
    about = write(tmp_path / "corpus.csv", "document_id,outlets\na,X\n")
    (told,) = warned(texts)
    assert told.startswith(f"{about}: column 'outlet' is missing or does not say the outlet of 5 of 5 texts (a, b, c and 2 more)")
    write(about, "document_id,outlet\na,X\nb,\nc,unknown\nd,Y\n")
    (told,) = warned(texts)
    assert "of 2 of 5 texts (b, e): they count as 'unknown'" in told
    with pytest.warns(FramelensWarning):
        assert read_corpus(texts)["outlet"].tolist() == ["X", "unknown", "unknown", "Y", "unknown"]
    write(about, "document_id,outlet\na,X\nb,unknown\nc,unknown\nd,Y\ne,Y\n")
    assert warned(texts) == []


@pytest.mark.parametrize(("about", "told"), [
    ("document_id,Outlet\na,X\nb,X\n", ["corpus.csv: the column 'outlet' is missing; there are document_id, Outlet. Add it."]),
    ("document_id,outlet\na,X\nb,\n", ["1 problem. corpus.csv, row 3: column 'outlet' is empty. Name the outlet, or write unk"]),
    ("document_id,outlet\na,X\n", ["1 problem. b.txt: no row of corpus.csv has the document_id b. Add one, with its outlet"]),
    ("document_id,outlet\n,X\nb,\n", ["3 problems.", "row 2: column 'document_id' is empty", "row 3: column 'outlet' is empty",
                                       "a.txt: no row of"]),
])
def test_in_a_study_every_text_needs_its_row_and_outlet(tmp_path: Path, about: str, told: list[str]) -> None:
    texts = texts_in(tmp_path / "texts", "ab")
    write(tmp_path / "corpus.csv", about)
    write(tmp_path / "study.toml", "")
    said = message(texts)
    for words in told:
        assert words in said
    if "is missing" not in said:
        documents = read_corpus(texts, on_error="skip").set_index("document_id")
        kept = documents[documents["exclusion_reason"].isna()]
        assert kept["outlet"].to_dict() == ({"a": "X"} if "a,X" in about else {})
        assert pd.isna(documents.loc["b", "text"])


def test_a_study_is_no_folder_of_texts(tmp_path: Path) -> None:
    texts_in(tmp_path / "texts", "a")
    write(tmp_path / "corpus.csv", "document_id,outlet\na,X\n")
    assert "there is no file a.txt" in message(tmp_path)
    write(tmp_path / "study.toml", "")
    assert f"is a study. Read it with read_study, or give the folder of its texts, {tmp_path / 'texts'}." in message(tmp_path)
    assert read_corpus(tmp_path / "texts")["outlet"].tolist() == ["X"]
