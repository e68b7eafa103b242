"""Files beside the figures: the same bytes every time, rows that redraw the figure, a manifest, no stale file."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from command import run
from framelens import io
from framelens.errors import SchemaError, StudyError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out, plot_study
from framelens.report.gallery import write_figure, write_figures, write_gallery, write_manifest
from framelens.report.plots.density import KIND as DENSITY

NAMES = ("01_labels_by_voice", "02_attribution_density", "03_source_types", "04_sentiment_by_voice", "06_composition")
SUFFIXES = (".pdf", ".svg", ".png", ".csv", ".md")


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def simple(folder: Path, name: str, rows: pd.DataFrame) -> list[Path]:
    figure = Figure(figsize=(1, 1))
    figure.add_subplot().plot([0, 1])
    return write_figure(figure, rows, f"**{name}**", "A line.", folder=folder, name=name)


def test_every_figure_has_all_its_files(written):
    expected = {f"{n}{s}" for n in NAMES for s in SUFFIXES} | {"manifest.json"}
    assert {p.name for p in (written / "demo").iterdir()} == expected
    assert {p.name for p in (written / "small").iterdir()} == expected


def test_a_second_run_elsewhere_gives_the_same_bytes(written, demo, tmp_path):
    """Another process, another hash seed, another clock zone and a matplotlibrc of the user's."""
    demo.to_pickle(tmp_path / "demo.pkl")
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 19\nfigure.autolayout: True\nsvg.hashsalt: other\naxes.grid: True\n")
    code = ("import sys, pandas as pd; from framelens.report.gallery import write_figures; "
            "write_figures(pd.read_pickle(sys.argv[1]), sys.argv[2], title='An invented [event]')")
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "MATPLOTLIBRC": str(settings),
                   "PYTHONPATH": str(Path(write_figure.__code__.co_filename).parents[2])}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "demo.pkl"), str(tmp_path / "again")], check=True,
                   env=environment)
    first = digests(written / "demo")
    first.pop("manifest.json")
    assert digests(tmp_path / "again") == first


def test_no_file_tells_when_or_where_it_was_made(written):
    for path in written.rglob("*.*"):
        data = path.read_bytes()
        assert not re.search(rb"CreationDate|ModDate|<dc:date>|tIME|date:create", data), path.name
        assert b"/tmp/" not in data
        assert b"/home/" not in data


def test_the_rows_redraw_the_figure(written, demo):
    """The CSV is a table of estimates: reading it gives the figure again."""
    rows = pd.concat([io.read_table(written / "demo" / f"{n}.csv", "estimates") for n in NAMES])
    for again, known in zip(plot_study(rows), plot_study(demo), strict=True):
        offsets = [[[a.get_offsets().tolist() for a in ax.collections] for ax in f.figure.axes] for f in (again, known)]
        assert offsets[0] == offsets[1]
        pd.testing.assert_frame_equal(again.data, known.data, check_dtype=False)


def test_markdown_holds_caption_and_alt_text_of_the_rows(written, small):
    labels = {small["document_id"].iloc[0]: "A (agency)"}
    rows = io.read_table(written / "small" / "02_attribution_density.csv", "estimates")
    alt, caption = write_alt(rows, DENSITY, labels=labels), write_caption(rows, DENSITY, labels=labels)
    text = (written / "small" / "02_attribution_density.md").read_text("utf-8")
    assert text == f"![{alt}](02_attribution_density.png)\n\n{caption}\n"
    svg = (written / "small" / "02_attribution_density.svg").read_text("utf-8")
    assert alt in svg  # readable to a screen reader without the page


def test_brackets_do_not_end_the_alt_text(tmp_path, small):
    figure = Figure(figsize=(1, 1))
    write_figure(figure, small.head(1), "c", "sees [a]\nand b", folder=tmp_path, name="x")
    assert (tmp_path / "x.md").read_text("utf-8").startswith("![sees (a) and b](x.png)\n")


def test_the_figure_of_a_user_keeps_its_layout_and_size(tmp_path, small):
    figure = Figure(figsize=(2, 1), layout="constrained", dpi=123)
    engine = figure.get_layout_engine()
    write_figure(figure, small.head(1), "c", "a", folder=tmp_path, name="x")
    assert figure.get_layout_engine() is engine
    assert figure.get_dpi() == 123
    assert figure.get_size_inches().tolist() == [2, 1]


def test_manifest(written, demo):
    manifest = json.loads((written / "demo" / "manifest.json").read_text("utf-8"))
    on_disk = digests(written / "demo")
    on_disk.pop("manifest.json")
    assert manifest["files"] == on_disk
    assert manifest["title"] == "An invented [event]"
    assert manifest["seeds"] == [0]
    assert manifest["lexicon"] == {"name": "invented", "version": "3", "sha256": "f" * 64}
    assert manifest["annotated_with"] == "0.0.1"
    assert set(manifest["versions"]) == {"framelens", "matplotlib", "numpy", "pandas"}
    assert manifest["versions"]["pandas"] == pd.__version__
    assert json.loads((written / "small" / "manifest.json").read_text("utf-8"))["seeds"] == [0]  # of other news
    assert manifest["left_out"] == find_left_out(demo)
    assert f"- 05_multiverse: {manifest['left_out']['05_multiverse']}\n" in (written / "README.md").read_text("utf-8")


def test_stale_figures_go_and_files_of_others_stay(written, small, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(written / "small", folder)
    rows = small.head(2)
    simple(folder, "09_of_an_earlier_version", rows)
    write_manifest(folder, {})
    mine = {path.name for path in simple(folder, "05_of_the_user", rows)}  # complete, but in no manifest
    (folder / "my notes.md").write_text("mine")
    (folder / "05_mine.png").write_bytes(b"mine")
    (tmp_path / "outside.md").write_text("outside")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"] |= {"../outside.md": "", "notes.txt": ""}  # made by hand: it must not lead out of the folder
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "notes.txt").write_text("mine")
    write_figures(small, folder)
    write_manifest(folder, {}, names=NAMES)
    assert not list(folder.glob("09_*"))
    assert {p.name for p in folder.iterdir()} - {f"{n}{s}" for n in NAMES for s in SUFFIXES} == mine | {
        "manifest.json", "my notes.md", "05_mine.png", "notes.txt"}
    assert (tmp_path / "outside.md").read_text() == "outside"
    assert set(json.loads((folder / "manifest.json").read_text("utf-8"))["files"]) == {f"{n}{s}" for n in NAMES
                                                                                      for s in SUFFIXES}


def test_nothing_is_written_where_a_measure_is_missing(small, tmp_path):
    with pytest.raises(SchemaError, match="measure_tone"):
        write_figures(small[small["measure"] != "mean_sentiment"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_gallery_shows_every_figure_with_caption_and_alt_text(written):
    page = (written / "README.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", page, re.M) == ["An invented [event]", "small"]
    images = re.findall(r"^!\[([^\]]+)\]\(([^)]+)\)$", page, re.M)
    assert [file for _, file in images] == [f"{study}/{n}.png" for study in ("demo", "small") for n in NAMES]
    for alt, file in images:
        assert (written / file).is_file()
        text = (written / file).with_suffix(".md").read_text("utf-8")
        assert f"![{alt}]" in text
        assert text.split("\n\n")[1].strip() in page
    for link in re.findall(r"\]\(([^)]+)\)", page):
        assert (written / link).is_file()


def test_gallery_is_written_alone_after_studies_that_ran_side_by_side(written, tmp_path):
    folder = Path(shutil.copytree(written, tmp_path / "figures"))
    (folder / "README.md").unlink()
    run("gallery", folder)
    assert (folder / "README.md").read_bytes() == (written / "README.md").read_bytes()


def test_gallery_and_manifest_name_what_is_wrong(tmp_path, small):
    with pytest.raises(StudyError, match=r"no study with a manifest\.json"):
        write_gallery(tmp_path)
    (tmp_path / "s").mkdir()
    with pytest.raises(StudyError, match=r"holds no figure \(a figure has"):
        write_manifest(tmp_path / "s", {})
    with pytest.raises(StudyError, match="holds no figure 'y'"):
        write_manifest(tmp_path / "s", {}, names=["y"])
    simple(tmp_path / "s", "x", small.head(1))
    write_manifest(tmp_path / "s", {"title": "S"})
    (tmp_path / "s" / "x.md").write_text("no image here")
    with pytest.raises(StudyError, match=r"x\.md: not a caption file"):
        write_gallery(tmp_path)
    (tmp_path / "s" / "manifest.json").write_text("{")
    with pytest.raises(StudyError, match=r"manifest\.json, line 1: not valid JSON"):
        write_gallery(tmp_path)
    (tmp_path / "s" / "manifest.json").write_text("[]")
    with pytest.raises(StudyError, match="not a manifest"):
        write_gallery(tmp_path)
