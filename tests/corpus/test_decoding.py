"""Decoding: the encoding of a text is told, taken as stated, and never guessed in silence."""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import io
from framelens.corpus.ingest import read_corpus
from framelens.corpus.ingest.decoding import decode
from framelens.errors import CorpusError, FramelensWarning
from framelens.pipeline import read_study

ENGLISH = "The mayor’s office said “no comment” on Tuesday — a café nearby was shut, said José Muñoz.\n"
POLISH = "Zażółć gęślą jaźń, powiedział rzecznik policji w Łodzi. " * 5


def texts(path: Path, **files: bytes | str) -> None:
    """Write ``<name>.txt`` files."""
    for name, data in files.items():
        (path / f"{name}.txt").write_bytes(data.encode() if isinstance(data, str) else data)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def warned(path: Path) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", FramelensWarning)
        read_corpus(path)
    return [str(warning.message) for warning in caught]


def test_a_guessed_encoding_is_told_once_with_its_files(tmp_path: Path) -> None:
    texts(tmp_path, a=ENGLISH.encode("cp1252"), b=ENGLISH, c=ENGLISH.encode("utf-8-sig"), d=ENGLISH.encode("utf-16"),
           e=POLISH.encode("cp1250"))
    about = write(tmp_path / "corpus.csv", "document_id,outlet\n" + "".join(f"{name},X\n" for name in "abcde"))
    told = f"{tmp_path}: the encoding of 2 files, no UTF-8, was not stated but guessed: a.txt as cp1252, e.txt as cp1250. Look"
    assert len(warned(tmp_path)) == 1 and warned(tmp_path)[0].startswith(told)
    write(about, "document_id,outlet,encoding\na,X,windows-1252\nb,X,\nc,X,\nd,X,\ne,X,\n")
    assert "of 1 file, no UTF-8, was not stated but guessed: e.txt as cp1250." in warned(tmp_path)[0]
    (tmp_path / "e.txt").write_bytes(POLISH.encode("utf-8"))
    assert warned(tmp_path) == []
    write(about, "document_id,outlet\na,Café\nb,X\nc,X\nd,X\ne,X\n", "cp1252")
    assert "of 2 files, no UTF-8, was not stated but guessed: corpus.csv as cp1252, a.txt as cp1252." in warned(tmp_path)[0]


def test_a_guess_of_many_files_names_the_first(tmp_path: Path) -> None:
    texts(tmp_path, **dict.fromkeys("abcde", ENGLISH.encode("cp1252")))
    write(tmp_path / "corpus.csv", "document_id,outlet\n" + "".join(f"{name},X\n" for name in "abcde"))
    told = warned(tmp_path)[0]
    assert "c.txt as cp1252 and 2 more (see documents.encoding)." in told and "d.txt" not in told


def test_a_guess_at_a_table_is_told_unless_its_rows_state_it(tmp_path: Path) -> None:
    path = write(tmp_path / "c.csv", f'document_id,outlet,text\na,X,"{ENGLISH}"\n', "cp1252")
    assert "was not stated but guessed: c.csv as cp1252." in warned(path)[0]
    write(path, f'document_id,outlet,text,encoding\na,X,"{ENGLISH}",Windows-1252\n', "cp1252")
    assert warned(path) == []
    write(path, f'document_id,outlet,text,encoding\na,X,"{ENGLISH}",cp1252\n')
    assert warned(path) == []


def test_a_stated_encoding_is_taken_and_none_that_does_not_fit(tmp_path: Path) -> None:
    texts(tmp_path, a="Łódź".encode("cp1250"))
    about = write(tmp_path / "corpus.csv", "document_id,outlet,encoding\na,X,Windows-1250\n")
    assert read_corpus(tmp_path)[["text", "encoding"]].values.tolist() == [["Łódź", "cp1250"]]
    write(about, "document_id,outlet,encoding\na,X,UTF-8\n")
    with pytest.raises(CorpusError, match=r"a\.txt cannot be read: it is not UTF-8, as its encoding is said to be: byte 0 does"):
        read_corpus(tmp_path)
    write(about, "document_id,outlet,encoding\na,X,windows\n")
    with pytest.raises(CorpusError, match=r"a\.txt cannot be read: there is no encoding 'windows'\."):
        read_corpus(tmp_path)
    texts(tmp_path, a="Łódź".encode("utf-8-sig"))
    write(about, "document_id,outlet,encoding\na,X,UTF-8\n")
    assert read_corpus(tmp_path)[["text", "encoding"]].values.tolist() == [["Łódź", "utf-8-sig"]]


@pytest.mark.parametrize(("text", "encoding", "named"), [
    (ENGLISH, "cp1252", "cp1252"),
    (ENGLISH * 40, "cp1252", "cp1252"),
    ("It’s over.", "cp1252", "cp1252"),
    ("A café in Málaga, said José Muñoz.", "latin-1", "cp1252"),
    ("Полиция применила водомёты против демонстрантов. " * 5, "cp1251", "cp1251"),
    (ENGLISH, "utf-16", "utf-16"), (ENGLISH, "utf-32", "utf-32"), (ENGLISH, "utf-8-sig", "utf-8-sig"),
    ("警察は火曜日、抗議者に放水を行った。" * 5, "shift_jis", None),
    (POLISH, "cp1250", "cp1250"),
    ("Policie v úterý použila vodní dělo, řekl mluvčí. ", "cp1250", "cp1250"),
    ("Később felújították az őrséget a tüntetők ellen, közölte a szóvivő. " * 8, "cp1250", "cp1250"),
    ("Polis salı günü göstericilere karşı su kullandı, dedi İçişleri Bakanlığı. " * 8, "cp1254", "cp1254"),
    ("El alcalde pidió perdón a los niños después de la manifestación del sábado. " * 3, "cp1252", "cp1252"),
    ("Så här såg det ut när polisen stängde bron på måndagen. " * 3, "cp1252", "cp1252"),
    ("It’s “over”, said the préfet. " * 9, "mac_roman", None),
    ("Le préfet a déclaré à la télévision que l'hôpital n'a pas été payé.", "cp1252", "cp1252"),
])
def test_encodings_are_told_and_their_text_is_right(text: str, encoding: str, named: str | None) -> None:
    found, name = decode(text.encode(encoding))
    assert found == text
    assert named is None or name == named


@pytest.mark.parametrize(("raw", "told"), [
    (b"%PDF-1.7 ...", "it is a PDF"), (b"PK\x03\x04...", "a ZIP or Word file"), (b"One\0two", "byte 3 is NUL"),
    (b"\xff\xfeH\x00\x00\x00i\x00", "character 1 is NUL"), (b"\xff\xfeH", "begins as utf-16, but byte"),
    (b"\xff\xfe\x00\xd8H\x00", "begins as utf-16"), (b"so \xed\xa0\xbd sad", "byte 3 begins a lone surrogate"),
    ("“One”, “two”, “three”\n".encode() + b"caf\xe9", "UTF-8 but for 1 bytes, the first at 37 (line 2)"),
    (b"a\x01b\x02c\x03d", "3 control characters"),
])
def test_what_is_no_text_is_refused_by_name(raw: bytes, told: str) -> None:
    with pytest.raises(CorpusError) as error:
        decode(raw)
    assert told in str(error.value)


def test_noise_is_no_text() -> None:
    with pytest.raises(CorpusError):
        decode(random.Random(1).randbytes(4000).replace(b"\0", b"\1"))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_decoding_replaces_nothing(raw: bytes) -> None:
    try:
        text, encoding = decode(raw)
    except CorpusError:
        return
    assert raw.decode(encoding) == text
    assert "\ufffd" not in text or "\ufffd".encode() in raw or encoding != "utf-8"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=50))
def test_any_utf8_text_comes_back(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, "utf-8")


def test_the_encoding_of_a_text_known_by_its_hash_is_as_stated_or_a_guess_that_is_told(tmp_path: Path) -> None:
    raw = "The café in Málaga was shut.".encode("cp1252")
    (tmp_path / "texts").mkdir()
    texts(tmp_path / "texts", a=raw)
    write(tmp_path / "study.toml", '[study]\nname = "small"\ntitle = "S"\n')
    about = write(tmp_path / "corpus.csv", f"document_id,outlet,text_sha256\na,Post,{io.sha256(raw)}\n")
    with pytest.warns(FramelensWarning, match=r"the encoding of 1 file, no UTF-8, .* guessed: a\.txt as cp1252\."):
        read_study(tmp_path).find_texts()
    write(about, f"document_id,outlet,text_sha256,encoding\na,Post,{io.sha256(raw)},windows-1250\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error", FramelensWarning)
        documents = read_study(tmp_path).find_texts()
    assert documents is not None and documents["encoding"].tolist() == ["cp1250"]
