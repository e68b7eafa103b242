from __future__ import annotations

import pytest

from command import run
from framelens import io
from framelens.lexicon import read_lexicon

LEXICON = """[lexicon]
name = "small"
version = "1"
[groups.people]
side = "challenger"
[groups.people.delegitimising]
terms = ["mob", "ruffian"]
[groups.people.neutral]
terms = ["marcher"]
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = "Dozens of marchers sang. Dozens of gleeners sang. The gleeners left. “A mob,” Roe said.\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.txt").write_text("The marchers left. The gleeners left. The mob left.\n", encoding="utf-8")
    (tmp_path / "small.toml").write_text(LEXICON, encoding="utf-8")
    return folder


def test_check_shows_coverage_and_problems_and_writes_the_rows(corpus, tmp_path):
    done = run("lexicon", "check", corpus, "--lexicon", tmp_path / "small.toml", "--out", tmp_path / "c.csv")
    assert done.stdout.startswith("small: 3 terms, 2 articles\n")
    assert "not in corpus: 1" in done.stdout and "ruffian" in done.stdout
    assert io.read_csv(tmp_path / "c.csv")["term"].tolist() == ["ruffian"]
    run("annotate", corpus, "--out", tmp_path / "out", "--lexicon", tmp_path / "small.toml", "--quiet")
    assert run("lexicon", "check", tmp_path / "out", "--lexicon", tmp_path / "small.toml").stdout == done.stdout
    assert run("lexicon", "check", corpus, "--quiet").stdout == ""


def test_candidates_and_labels_in_context(corpus, tmp_path):
    done = run("lexicon", "candidates", corpus, "--lexicon", tmp_path / "small.toml", "--rows", 1)
    assert done.stdout.splitlines()[1].startswith("gleeners")
    done = run("lexicon", "kwic", corpus, "--lexicon", tmp_path / "small.toml", "--term", "mob", "--voice", "narrator")
    assert done.stdout.rstrip().endswith("narrator") and "[mob] left" in done.stdout and "1 found" in done.stderr
    done = run("lexicon", "kwic", corpus, "--lexicon", tmp_path / "small.toml", "--term", "rabble", ok=False)
    assert done.returncode == 2 and "No label has term 'rabble'" in done.stderr


def test_sensitivity_of_a_study(root, tmp_path):
    """The demonstration with seven terms of its own: each is dropped in turn."""
    study = tmp_path / "study"
    study.mkdir()
    (study / "texts").symlink_to(root / "data" / "demo" / "texts")
    (study / "corpus.csv").symlink_to(root / "data" / "demo" / "corpus.csv")
    (study / "seven.toml").write_text(LEXICON.replace('"ruffian"', '"rioter", "extremist"').replace(
        '"marcher"', '"marcher", "crowd", "protester", "demonstrator"'), encoding="utf-8")
    (study / "study.toml").write_text('[study]\nname = "s"\ntitle = "S"\nlexicon = "seven.toml"\n', encoding="utf-8")
    asked = ("--only", "group=people", "--only", "stance=delegitimising")
    done = run("lexicon", "sensitivity", study, *asked, "--out", tmp_path / "s.csv")
    rows = io.read_csv(tmp_path / "s.csv")
    changed = (rows["changes"] == "True").sum()
    assert changed and len(rows) == 8
    assert done.stdout.startswith(f"{rows['conclusion'].iloc[0]}: changes with {changed} of 7 terms\n")
    sides = ("Maravel Herald", "Northmere Times")
    done = run("lexicon", "sensitivity", study, *asked, *sides, "--conclusion", "direction")
    assert done.stdout.startswith("Maravel Herald higher: changes with 0 of ")
    assert "SIDES are two outlets" in run("lexicon", "sensitivity", study, "Maravel Herald", ok=False).stderr
    assert "NAME=VALUE" in run("lexicon", "sensitivity", study, "--only", "group", ok=False).stderr


def test_stances_of_coders_and_the_lexicon_of_one(corpus, tmp_path):
    codings = tmp_path / "codings.csv"
    rows = "coder,term,stance\na,mob,neutral\nb,mob,delegitimising\na,marcher,neutral\nb,marcher,neutral\n"
    codings.write_text(rows, encoding="utf-8")
    given = ("lexicon", "stances", codings, "--lexicon", tmp_path / "small.toml")
    done = run(*given, "--coder", "a", "--out", tmp_path / "a.toml")
    assert "Disputed terms" in done.stdout and "mob" in done.stdout
    assert {t.term: t.stance for t in read_lexicon(tmp_path / "a.toml").terms}["mob"] == "neutral"
    assert "must end in .toml" in run(*given, "--coder", "a", "--out", tmp_path / "a.txt", ok=False).stderr
    assert "go together" in run(*given, "--coder", "a", ok=False).stderr


def test_import_and_export(corpus, tmp_path):
    done = run("lexicon", "export", tmp_path / "small.toml", tmp_path / "small.dic")
    assert "3 terms -> " in done.stdout and "that its forms are one term" in done.stdout
    done = run("lexicon", "import", tmp_path / "small.dic", "--out", tmp_path / "back.toml", "--side", "people=challenger",
               "--category", "people.delegitimising=crowd.delegitimising")
    assert done.stdout.startswith("4 terms in crowd -> ")
    back = read_lexicon(tmp_path / "back.toml")
    assert {t.term for t in back.terms} == {"mob", "mobs", "ruffian", "ruffians"}
    (tmp_path / "list.txt").write_text("gleen*r\n", encoding="utf-8")
    given = ("lexicon", "import", tmp_path / "list.txt", "--out", tmp_path / "l.toml", "--group", "people", "--stance", "neutral")
    failed = run(*given, ok=False)
    assert failed.returncode == 2 and failed.stderr.count("\n") == 1 and "vocabulary" in failed.stderr
    (tmp_path / "words.txt").write_text("gleener gleeners", encoding="utf-8")
    run(*given, "--vocabulary", tmp_path / "words.txt")
    assert [t.term for t in read_lexicon(tmp_path / "l.toml").terms] == ["gleener"]


def test_help_names_the_commands():
    out = run("lexicon", "--help").stdout
    for command in ("candidates", "check", "export", "import", "kwic", "sensitivity", "stances"):
        assert command in out
