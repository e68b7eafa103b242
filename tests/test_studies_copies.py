"""A study's own agencies and its own sense of a copy, from texts and from tables, with publisher and origin as they stand now."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from framelens import Annotations, io
from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.study import TEXTS_VARIABLE

BODY = "The bakers of the old harbour town said on Monday that bread would rise again before the end of the month."
TEXTS = {"a": f"PORT CARROW, Jan 6 (MPA) - {BODY}", "b": f"{BODY} The mayor would not say why.", "c": "Rain fell on Monday."}
HEAD = '[study]\nname = "small"\ntitle = "S"\n'
OWN = '[agencies]\nMPA = "Maravel Press Agency"\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(TEXTS_VARIABLE, raising=False)
    folder = tmp_path / "small"
    (folder / "texts").mkdir(parents=True)
    rows = ["document_id,outlet,publisher,origin,text_sha256"]
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},Post,,,{io.sha256(text.encode())}")
    (folder / "corpus.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "study.toml").write_text(HEAD + OWN, encoding="utf-8")
    return folder


def statuses(annotations: Annotations) -> list[str]:
    return annotations.copies.sort_values("document_id")["copy_status"].tolist()


def test_an_own_agency_is_found_and_tables_say_the_same(folder):
    study = read_study(folder)
    annotations, _ = study.annotate()
    assert statuses(annotations) == ["republished", "republished", "unknown"]
    assert annotations.credits[["news_agency", "kind"]].values.tolist() == [["Maravel Press Agency", "dateline"]]
    study.write_tables(annotations)
    shutil.rmtree(folder / "texts")
    again, source = read_study(folder).annotate()
    assert source == "tables"
    for name in ("copies", "copy_pairs", "copied_spans", "credits"):
        pd.testing.assert_frame_equal(again.tables[name], annotations.tables[name])


def test_status_and_evidence_follow_the_table_as_it_stands_now(folder):
    study = read_study(folder)
    study.write_tables(study.annotate()[0])
    shutil.rmtree(folder / "texts")
    corpus = (folder / "corpus.csv").read_text(encoding="utf-8")
    corpus = corpus.replace("a,Post,,", "a,Post,Post,Post").replace("b,Post,,", "b,Post,MPA,Maravel Press Agency")
    (folder / "corpus.csv").write_text(corpus, encoding="utf-8")
    found = read_study(folder).annotate()[0].copies.set_index("document_id")
    assert found["copy_status"].to_dict() == {"a": "original", "b": "agency", "c": "unknown"}
    assert found.loc["a", "evidence"] == ("containment 1.00 with b; credits Maravel Press Agency (dateline); "
                                          "but the table gives 'Post' as origin")


def test_tables_without_pairs_keep_their_evidence(folder):
    """Those that were written before there were any."""
    study = read_study(folder)
    made = study.annotate()[0]
    older = {name: table for name, table in made.tables.items() if name not in ("copy_pairs", "copied_spans", "credits")}
    study.write_tables(Annotations(older, made.about))
    shutil.rmtree(folder / "texts")
    found = read_study(folder).annotate()[0]
    assert found.copies["evidence"].equals(made.copies["evidence"])
    assert statuses(found) == ["unknown"] * 3


@pytest.mark.parametrize("how, clusters", [("containment = 1", 2), ("shingle = 21", 2), ("shingle = 22", 3)])
def test_a_study_may_mean_something_else_by_a_copy(folder, how, clusters):
    (folder / "study.toml").write_text(f"{HEAD}[copies]\n{how}\n", encoding="utf-8")
    assert read_study(folder).annotate()[0].copies["cluster_id"].nunique() == clusters


@pytest.mark.parametrize("table, words", [
    ("[copies]\nthreshold = 0.5\n", r"study\.toml, line 6: unknown key copies\.threshold\. Known: containment, shingle"),
    ("[copies]\ncontainment = 60\n", r"study\.toml: key copies: containment=60\. Allowed"),
    ("[agencies]\nMPA = 5\n", r"study\.toml: key agencies\.MPA is 5"),
])
def test_a_wrong_setting_is_named(folder, table, words):
    (folder / "study.toml").write_text(HEAD + "\n" + table, encoding="utf-8")
    with pytest.raises(StudyError, match=words):
        read_study(folder)


def test_other_agencies_than_the_tables_were_made_with_are_refused(folder):
    study = read_study(folder)
    study.write_tables(study.annotate()[0])
    shutil.rmtree(folder / "texts")
    (folder / "study.toml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(StudyError, match=r"\[agencies\], \[copies\] or \[tone\]"):
        read_study(folder).annotate()
