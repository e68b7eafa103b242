from __future__ import annotations

import subprocess
import sys

import pytest

from framelens import io, schema


def run(*arguments, ok=True, cwd=None):
    done = subprocess.run([sys.executable, "-m", "framelens.cli", *map(str, arguments)], capture_output=True, text=True, cwd=cwd,
                          check=False)
    if ok:
        assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("Police said the “rioters” had left the protest.\n", encoding="utf-8")
    (folder / "b.txt").write_text("The rioters left; a protest went on.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_annotate_writes_every_table(corpus, tmp_path, format_):
    done = run("annotate", corpus, "--out", tmp_path / "out", "--format", format_)
    assert "2 articles, 5 labels" in done.stdout
    for name in ("documents", "copies", "zones", "sentences", "sizes", "mentions", "attributions", "attribution_spans",
                 "voice", "sentiment", "term_counts"):
        schema.validate(io.read_table(tmp_path / "out" / f"{name}.{format_}", name), name)
    assert run("annotate", corpus, "--out", tmp_path / "q", "--quiet").stdout == ""


def test_kwic_shows_the_voice(corpus):
    done = run("kwic", corpus, "rioter*")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert "[rioters]” had left" in lines[0]
    assert lines[0].endswith("direct (police)")
    assert lines[1].endswith("narrator")
    assert "2 found" in done.stderr


def test_errors_are_one_line_without_a_traceback(corpus, tmp_path):
    for arguments, words in [
        (("annotate", tmp_path / "none", "--out", tmp_path / "o"), "no such folder or file"),
        (("annotate", corpus, "--out", tmp_path / "o", "--lexicon", "nolex"), "Packaged"),
        (("figures", tmp_path), "study.toml"),
        (("kwic", corpus, "…"), "holds no word"),
    ]:
        done = run(*arguments, ok=False)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
    (corpus / "c.txt").write_bytes(b"")
    assert "c.txt" in run("annotate", corpus, "--out", tmp_path / "o", ok=False).stderr
    done = run("annotate", corpus, "--out", tmp_path / "o", "--on-error", "skip")
    assert "3 articles (1 excluded" in done.stdout


def test_help_names_every_command():
    out = run("--help").stdout
    for command in ("annotate", "figures", "kwic", "tables"):
        assert command in out
    assert run("--version").stdout.strip().endswith("0.1.0")
