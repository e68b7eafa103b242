from __future__ import annotations

import re

import pandas as pd
import pytest

import framelens as fl
from command import run, run_process
from framelens import io, schema
from framelens.cli import _keyness_lines


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("Police said the “rioters” had left the protest.\n", encoding="utf-8")
    (folder / "b.txt").write_text("The rioters left; a protest went on.\n", encoding="utf-8")
    (folder / "corpus.csv").write_text("document_id,outlet\na,unknown\nb,unknown\n", encoding="utf-8")
    return folder


@pytest.fixture
def study(corpus, tmp_path):
    """The same texts as a study of its own lexicon and sources."""
    folder = tmp_path / "study"
    folder.mkdir()
    corpus.rename(folder / "texts")
    (folder / "texts" / "corpus.csv").rename(folder / "corpus.csv")
    (folder / "lexicon.toml").write_text('[lexicon]\nname = "own"\nversion = "1"\n[groups.protesters]\ntitle = "P"\n'
                                         'side = "challenger"\n[groups.protesters.delegitimising]\nterms = ["rioter"]\n')
    (folder / "study.toml").write_text('[study]\nname = "s"\ntitle = "S"\nlexicon = "lexicon.toml"\n[sources]\n'
                                       '"police" = "military"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_annotate_writes_every_table(corpus, tmp_path, format_):
    done = run("annotate", corpus, "--out", tmp_path / "out", "--format", format_)
    assert "2 articles, 5 labels" in done.stdout
    for name in ("documents", "copies", "copy_pairs", "copied_spans", "credits", "zones", "sentences", "sizes", "mentions",
                 "attributions", "attribution_spans", "voice", "sentiment", "term_counts"):
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


def test_a_study_is_read_with_its_settings_and_its_lexicon(study, tmp_path):
    lines = run("kwic", study, "rioter*").stdout.splitlines()
    assert lines[0].endswith("direct (military)") and lines[1].endswith("narrator")
    said = run("quotes", study, "police").stdout
    assert said.startswith("a  ") and "had left the protest" in said
    assert "2 articles, 2 labels" in run("annotate", study, "--out", tmp_path / "own").stdout
    assert "2 articles, 5 labels" in run("annotate", study, "--out", tmp_path / "usual", "--lexicon", "protest").stdout
    kinds = io.read_table(tmp_path / "usual" / "attributions.parquet", "attributions")["source_type"]
    assert set(kinds) == {"military"}
    assert run("kwic", tmp_path / "own", "rioter*").stdout.splitlines() == lines
    assert run("quotes", tmp_path / "own", "police").stdout == said
    run("tables", study)
    for name in "ab":
        (study / "texts" / f"{name}.txt").unlink()
    (study / "texts").rmdir()
    for arguments, words in ((("annotate", study, "--out", tmp_path / "o"), "its texts are not here"),
                             (("kwic", study, "rioter*"), "Run from the texts")):
        done = run(*arguments, ok=False)
        assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr


def test_an_error_names_an_option_only_where_there_is_one(study, tmp_path):
    (study / "corpus.csv").write_text("document_id,outlet\na,Post\nb,\n", encoding="utf-8")
    for path in (study, study / "texts"):
        for arguments in (("kwic", path, "rioter*"), ("quotes", path, "police"), ("copies", path),
                          ("score", path, study / "texts"), ("annotate", path, "--out", tmp_path / "o")):
            done = run(*arguments, ok=False)
            assert "corpus.csv, row 3: column 'outlet' is empty" in done.stderr
            assert "on_error" not in done.stderr
            assert ("--on-error skip" in done.stderr) == (arguments[0] == "annotate" and path != study)
        assert "(1 excluded" in run("annotate", path, "--out", tmp_path / path.name, "--on-error", "skip").stdout


def test_a_warning_is_one_line_and_quiet_silences_it(corpus):
    (corpus / "corpus.csv").unlink()
    done = run("kwic", corpus, "rioter*")
    assert done.stderr.splitlines()[0].startswith(f"framelens: warning: no corpus.csv in {corpus} or above it: all outlets are")
    assert done.stderr.count("\n") == 2
    assert run("kwic", corpus, "rioter*", "--quiet").stderr == ""


def test_keyness_names_the_side_and_writes_the_rows(root, tmp_path):
    done = run("keyness", root / "data" / "demo", "--target", "Open Quay", "--reference", "Carrow Gazette", "--voice", "narrator",
               "--method", "log_likelihood", "--null-check", "--out", tmp_path / "k.csv")
    rows = io.read_table(tmp_path / "k.csv", "estimates")
    keys = rows[rows["q_value"] <= 0.05]
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"Open Quay against Carrow Gazette: {len(keys)} of {rows['p_value'].notna().sum()} terms tested")
    assert "Mind: words of one article are not independent draws" in lines[1]
    assert len(keys) > 0
    assert sum("more in Carrow Gazette: " in line for line in lines) == (keys["more_in"] == "Carrow Gazette").sum()
    assert lines[-2].strip().startswith("keyness_log_likelihood_null_share")


def test_keyness_of_few_articles_says_why_not(corpus, tmp_path):
    for i, outlet in enumerate("AB" * 3):
        (corpus / f"{i}.txt").write_text(f"The {outlet} crowd left the old bridge {'a' * i} again.\n", encoding="utf-8")
    run("annotate", corpus, "--out", tmp_path / "out", "--quiet")
    done = run("keyness", tmp_path / "out", ok=False)
    assert done.returncode == 2
    assert "Keyness compares two outlets or more" in done.stderr
    done = run("keyness", tmp_path / "out", "--target", "Times", ok=False)
    assert "'Times' is no outlet" in done.stderr


def test_keyness_says_no_more_than_it_knows(tmp_path):
    row = {"measure": "keyness", "unit": "log2 rate ratio", "note": ""}
    lines = list(_keyness_lines(pd.DataFrame([
        {**row, "contrast": "A against B", "term": "mob", "more_in": "A", "n_units": 9, "n_reference": 1, "estimate": 3.2,
         "q_value": 0.0002, "p_value": 0.0001, "n_clusters": 8},
        {**row, "contrast": "A against C", "term": None, "note": "Nothing to compare: a side has no words."}])))
    assert lines[0] == "A against B: 1 of 1 terms tested with q of .05 or less (1 in 3 articles or more)"
    assert "q < .001, 8 clusters" in lines[1]  # a q is never 0
    assert lines[3:5] == ["A against C: 0 of 0 terms tested with q of .05 or less (0 in 3 articles or more)",
                          "  Nothing to compare: a side has no words."]


def test_errors_are_one_line_without_a_traceback(corpus, root, tmp_path):
    for arguments, words in [
        (("annotate", tmp_path / "none", "--out", tmp_path / "o"), "no such folder or file"),
        (("annotate", corpus, "--out", tmp_path / "o", "--lexicon", "nolex"), "Packaged"),
        (("figures", tmp_path), "study.toml"),
        (("gallery", tmp_path), "no study with a manifest.json"),
        (("figures", root / "data" / "demo", "--out", tmp_path / "o", "--journal", "cell"), "no look for the journal 'cell'"),
        (("kwic", corpus, "…"), "holds no word"),
    ]:
        done = run(*arguments, ok=False)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
    alone = run_process("kwic", corpus, "…", ok=False)
    assert (alone.returncode, alone.stderr, alone.stdout) == (2, done.stderr, "")
    (corpus / "c.txt").write_bytes(b"")
    assert "c.txt" in run("annotate", corpus, "--out", tmp_path / "o", ok=False).stderr
    done = run("annotate", corpus, "--out", tmp_path / "o", "--on-error", "skip")
    assert "3 articles (1 excluded" in done.stdout


@pytest.fixture
def gold(tmp_path):
    """Marks of the articles of ``corpus``: one attribution that framelens finds, one label that it does not."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.txt").write_text(
        '<src a="1">Police</src> <cue a="1">said</cue> <con a="1" type="mixed" kind="speech" by="police">the '
        '“<label g="protesters" s="delegitimising" v="direct">rioters</label>” had left the protest</con>.\n', encoding="utf-8")
    (folder / "b.txt").write_text(
        'The rioters <label g="protesters" s="neutral" v="narrator">left</label>; a protest went on.\n', encoding="utf-8")
    return folder


def test_score_of_texts_and_of_tables(corpus, gold, tmp_path):
    done = run("score", corpus, gold, "--out", tmp_path / "scores.csv")
    assert done.stdout.startswith("All (articles: 2, clusters: 2)\n")
    row = next(line.split() for line in done.stdout.splitlines() if line.startswith("attribution match=relaxed "))
    assert row[2:] == ["1.000", "1", "1.000", "1", "1.000"]
    assert "source_type_accuracy police" in done.stdout
    estimates = io.read_table(tmp_path / "scores.csv", "estimates").query("measure == 'mention_recall' and group.isna()")
    assert estimates["estimate"].item() == 0.5
    run("annotate", corpus, "--out", tmp_path / "tables", "--quiet")
    assert run("score", tmp_path / "tables", gold).stdout == done.stdout
    assert run("score", tmp_path / "tables", gold, "--quiet").stdout == ""
    by = run("score", gold, gold, "--by", "document_id", "--level", 1, "--no-scare-quotes").stdout
    assert by.startswith("a (articles: 1, clusters: 1)") and "\nb (articles: 1, clusters: 1)" in by
    (gold / "b.txt").unlink()
    assert "Articles that gold does not have, not scored: 1." in run("score", tmp_path / "tables", gold).stdout


def test_score_annotates_a_study_with_the_lexicon_that_is_given(study, gold, tmp_path):
    def recall(*options):
        run("score", study, gold, "--out", tmp_path / "scores.csv", *options)
        rows = io.read_table(tmp_path / "scores.csv", "estimates").query("measure == 'mention_recall' and group.isna()")
        return rows["estimate"].item(), rows["n_units"].item()

    other = tmp_path / "other.toml"
    other.write_text((study / "lexicon.toml").read_text(encoding="utf-8").replace('"rioter"', '"agitator"'), encoding="utf-8")
    assert recall() == recall("--lexicon", study / "lexicon.toml") == (0.5, 2)
    assert recall("--lexicon", other) == (0, 2)
    rows = io.read_table(tmp_path / "scores.csv", "estimates").query("measure == 'source_type_accuracy'")
    assert set(rows["estimate"]) == {0}  # its settings hold: to it police are military
    missing = run("score", study, gold, "--lexicon", tmp_path / "none.toml", ok=False)
    assert missing.returncode == 2 and "none.toml" in missing.stderr
    assert run("score", gold, gold).stderr == ""
    assert f"framelens: warning: {gold}: is annotated already; --lexicon {other} is not used." in run(
        "score", gold, gold, "--lexicon", other).stderr
    assert "[default: the study's, else protest]" in " ".join(run("score", "--help").stdout.split())


def test_score_of_a_folder_of_three_tables(corpus, gold, tmp_path):
    run("annotate", corpus, "--out", tmp_path / "all", "--format", "csv", "--quiet")
    (tmp_path / "three").mkdir()
    for name in ("documents", "attributions", "attribution_spans"):
        (tmp_path / "all" / f"{name}.csv").rename(tmp_path / "three" / f"{name}.csv")
    out = run("score", corpus, tmp_path / "three").stdout
    assert "attribution match=strict " in out and "mention" not in out


def test_score_of_labels_only(corpus, gold, tmp_path):
    """Marks or a sheet of few columns: labels are scored, and nothing is said of attributions that nobody coded."""
    for file in gold.glob("*.txt"):
        file.write_text(re.sub("</?(src|cue|con)[^>]*>", "", file.read_text(encoding="utf-8")).replace("protesters", "crowds"),
                        encoding="utf-8")
    marks = run("score", corpus, gold).stdout
    assert "No mark of attributions in gold, not scored" in marks and "\nattribution" not in marks and "\ntoken" not in marks
    assert "Groups of gold that the lexicon of predicted does not have: 'crowds' (it has protesters" in marks
    assert "\nattribution match=relaxed" in run("score", corpus, gold, "--only", "attributions").stdout
    coded = fl.read_coded(gold)
    sheet = tmp_path / "sheet"
    sheet.mkdir()
    coded.documents[["document_id", "outlet", "text"]].to_csv(sheet / "documents.csv", index=False)
    coded.mentions[["document_id", "start", "end", "group", "stance", "voice"]].to_csv(sheet / "mentions.csv", index=False)
    assert run("score", corpus, sheet).stdout == marks.replace(re.search(r"No mark of .*? found\. ", marks).group(), "")
    (sheet / "documents.csv").unlink()
    error = run("score", corpus, sheet, ok=False).stderr
    assert f"{sheet}: holds mentions.csv, but no documents.csv" in error


def test_help_of_score_says_where_the_formats_are_described_and_what_gold_must_be():
    told = " ".join(run("score", "--help").stdout.split())
    assert "data/demo/CODING.md" in told and "docs/bring-your-own.md" in told and "must be coded in full" in told


def test_score_names_what_does_not_fit(corpus, gold, tmp_path):
    (tmp_path / "empty").mkdir()
    (gold / "b.txt").write_text("The rioters went; a protest went on.\n", encoding="utf-8")
    for arguments, words in [
        ((corpus, gold), "article 'b' is not the same text on both sides. From character 12"),
        ((corpus, tmp_path / "empty"), "neither tables"), ((tmp_path / "none", gold), "no such folder or file"),
        ((gold / "b.txt", gold), "not .txt"),
    ]:
        done = run("score", *arguments, ok=False)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr


def test_tone_prints_means_and_how_far_the_scorers_agree(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    texts = ("A lovely day. A bad idea. The march was violent.", "It was good. He was hardly good. Nobody came.")
    for name, text in zip("ab", texts, strict=True):
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    run("annotate", folder, "--out", tmp_path / "tables", "--quiet")
    done = run("tone", tmp_path / "tables", "--by", "document_id", "--out", tmp_path / "tone.csv")
    means, agreement = done.stdout.split("\n\n")
    assert means.splitlines()[:2] == ["a, narrator: 3 segments", f"  {'textblob_polarity':21}  {(0.5 - 0.7 - 0.8) / 3:.3f}"]
    assert agreement.startswith("Agreement of textblob_polarity and vader_compound on the same segments\na, narrator\n")
    assert "  opposite signs        0.00, n 2" in agreement  # both know good, with and without "hardly", and not "nobody"
    written = io.read_table(tmp_path / "tone.csv", "estimates")
    assert {"mean_sentiment", "scorer_pearson", "scorer_opposite_share"} <= set(written["measure"])
    assert run("tone", tmp_path / "tables", "--quiet").stdout == ""


def test_quotes_of_a_name_that_several_bear_advises_an_option(tmp_path):
    (tmp_path / "a.txt").write_text("“We stay,” said Ada Roe. “We go,” said Bo Roe.\n", encoding="utf-8")
    (tmp_path / "corpus.csv").write_text("document_id,outlet\na,Post\n", encoding="utf-8")
    told = run("quotes", tmp_path, "Roe", ok=False).stderr
    assert "fits several sources: Ada Roe (1), Bo Roe (1)." in told and "--ambiguous whole, or all with --ambiguous all." in told
    assert "ambiguous=" not in told
    assert len(run("quotes", tmp_path, "Roe", "--ambiguous", "all").stdout.splitlines()) == 2


def test_evidence_without_figures_names_the_folder_and_the_option(study, tmp_path):
    done = run("evidence", study, "01_labels_by_voice", cwd=tmp_path, ok=False)
    assert done.returncode == 2 and f"Run `framelens figures {study} --out figures` first" in done.stderr
    assert "name their folder with --figures" in done.stderr
    (tmp_path / "plots" / "s").mkdir(parents=True)
    (tmp_path / "plots" / "s" / "other.csv").write_text("measure\n", encoding="utf-8")
    assert "There is other." in run("evidence", study, "x", "--figures", tmp_path / "plots", ok=False).stderr


def test_help_names_every_command():
    out = run("--help").stdout
    for command in ("annotate", "figures", "gallery", "kwic", "score", "tables", "tone"):
        assert command in out
    assert run("--version").stdout.strip().endswith("0.1.0")


def test_copies_shows_clusters_and_agency_copy_and_writes_the_tables(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    body = "Bread rose again and the bakers of the old harbour town said nothing while two lorries left for the mill.\n"
    (texts / "a.txt").write_text(f"PORT CARROW, Jan 6 (Reuters) - {body}", encoding="utf-8")
    (texts / "b.txt").write_text(f"{body}And then nothing more was heard.\n", encoding="utf-8")
    (texts / "c.txt").write_text("Rain fell.\n", encoding="utf-8")
    done = run("copies", texts, "--out", tmp_path / "out")
    lines = done.stdout.splitlines()
    assert lines[0] == "a: 2 articles"
    assert lines[1] == "  a: agency; containment 1.00 with b; credits Reuters (dateline)"
    assert lines[-1] == "3 articles in 2 clusters: 2 agency, 1 unknown"
    for name in ("copies", "copy_pairs", "copied_spans", "credits"):
        assert len(io.read_table(tmp_path / "out" / f"{name}.csv", name))
    assert run("copies", texts, "--shingle", "20", "--quiet").stdout == ""
    assert run("copies", texts, "--shingle", "25").stdout.endswith("3 articles in 3 clusters: 2 unknown, 1 agency\n")
