"""The lexicon of violence: its format, its errors, and a study's own file laid over it."""

from __future__ import annotations

import pickle

import pytest

from framelens import io
from framelens.annotate.agency import read_violence
from framelens.annotate.agency.lexicon import parse_violence
from framelens.errors import LexiconError, StudyError
from framelens.pipeline import annotate, read_study
from framelens.pipeline.settings import check_settings, settings_hash

HEAD = "lemma,pos,class,roles,needs,unless,forms,note\n"
SETS = ("set,words\nperson,man woman\n", "sets.csv")


def parse(*rows):
    return parse_violence([(HEAD + "\n".join(rows), "mine.csv")], SETS)


@pytest.mark.parametrize(("row", "message"), [
    ("kill,vreb,kill,o,,,,", r"mine\.csv, row 2, column pos: 'vreb' is not one of verb, noun, light"),
    ("kill,verb,maim,o,,,,", r"column class: 'maim' is not one of kill, die"),
    ("kill,verb,kill,upon whom,,,,", r"column roles: 'whom' is not one of"),
    ("kill,verb,kill,o,robot,,,", r"column needs: 'robot' is no set of nouns; there are person"),
])
def test_an_error_names_file_row_and_column(row, message):
    with pytest.raises(LexiconError, match=message):
        parse(row)


def test_the_columns_are_asked_for():
    with pytest.raises(LexiconError, match="row 1: the columns must be lemma, pos, class"):
        parse_violence([("lemma,pos\nkill,verb\n", "mine.csv")], SETS)
    with pytest.raises(LexiconError, match=r"sets\.csv, row 1: the columns must be set, words"):
        parse_violence([], ("name,words\n", "sets.csv"))


def test_forms_and_gaps():
    found = parse("shoot,verb,shoot,o,,,,", "set * ablaze,verb,burn,o,,,sets_*_ablaze,", "air strike,noun,bomb,on,,,,")
    assert [form for form, _ in found.verbs["shot"]] == [("shot",)]
    assert ("set", "*", "ablaze") in [form for form, _ in found.verbs["set"]]
    assert ("air", "strikes") in [form for form, _ in found.nouns["air"]]


def test_common_words_call_only_for_sentences_that_hold_what_they_need():
    rows = "use,verb,force,against,tools,,,\nkill,verb,kill,o,,,,\n"
    found = parse_violence([(HEAD + rows, "mine.csv")], ("set,words\ntools,baton\n", "sets.csv"))
    assert found.calls(["they", "used", "batons"])
    assert not found.calls(["they", "used", "words"])
    assert found.calls(["they", "killed", "time"])


def test_it_can_be_pickled():
    violence = read_violence()
    again = pickle.loads(pickle.dumps(violence))
    assert (again.sha256, dict(again.verbs), again.companions.keys()) == (
        violence.sha256, dict(violence.verbs), violence.companions.keys())


def test_every_packaged_row_is_needed_once():
    lines = io.packaged_text("violence.csv").splitlines()
    assert len(set(lines)) == len(lines)


def test_a_study_lays_its_own_file_over_the_packaged_one(tmp_path, make_documents):
    file = tmp_path / "mine.csv"
    file.write_text(HEAD + "kill,verb,kill,o,person,,,\nnecklace,verb,kill,o,person,,,\n", encoding="utf-8")
    text = "The mob necklaced a man. Frost killed the harvest."
    assert annotate(make_documents(text)).agency["verb"].tolist() == ["killed"]
    found = annotate(make_documents(text), study={"violence": str(file)})
    assert found.agency[["verb", "agent_group"]].values.tolist() == [["necklaced", "protesters"]]
    assert found.about["violence"] != annotate(make_documents(text)).about["violence"]


def test_a_row_of_class_none_takes_an_entry_out():
    first = (HEAD + "kill,verb,kill,o,,,,\nshoot,verb,shoot,o,,,,\n", "ours.csv")
    found = parse_violence([first, (HEAD + "kill,verb,none,,,,,\n", "mine.csv")], SETS)
    assert "kills" not in found.verbs
    assert "shoots" in found.verbs


def test_the_hash_of_the_settings_is_of_what_the_file_says(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    for file, row in ((one, ""), (two, "necklace,verb,kill,o,,,,\n")):
        file.write_text(HEAD + row, encoding="utf-8")
    plain = settings_hash({})
    assert len({plain, settings_hash({"violence": one}), settings_hash({"violence": two})}) == 3
    assert settings_hash({"violence": ""}) == plain
    with pytest.raises(StudyError, match="key violence is 3"):
        check_settings({"violence": 3})


def test_study_toml_names_the_file(tmp_path):
    (tmp_path / "study.toml").write_text('[study]\nname = "a"\ntitle = "A"\nviolence = "mine.csv"\n', encoding="utf-8")
    (tmp_path / "corpus.csv").write_text('"document_id","outlet"\n"a","Post"\n', encoding="utf-8")
    assert read_study(tmp_path).settings["violence"] == str(tmp_path / "mine.csv")
