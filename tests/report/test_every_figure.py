"""Every figure of every study in data/, as drawn and as committed, as a journal wants it; new figures come under it unasked."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from framelens.measure.reference import read_reference
from framelens.pipeline import read_study
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import PLANS, find_left_out, plot_study
from framelens.report.gallery import SUFFIXES, write_figures
from framelens.report.style import JOURNALS, journal_style, new_figure
from printed import Drawn, confused, lightness, read_pdf, read_png, read_svg

ROOT = Path(__file__).resolve().parents[2]
STUDIES = sorted(path.parent.name for path in (ROOT / "data").glob("*/study.toml"))
FILES = sorted((ROOT / "figures").glob("*/*.pdf"))
LEAST = 6  # points
WIDTHS = (89, 183)
RESAMPLES = 100  # how wide the bars are does not matter here


@pytest.fixture(scope="module", params=STUDIES)
def study(request):
    """What the figures of a study are drawn from: name, estimates, tables, short names."""
    settings = read_study(ROOT / "data" / request.param)
    annotations, _ = settings.annotate()
    estimates = settings.estimate(annotations, n_resamples=RESAMPLES)
    return request.param, estimates, settings.find_tables(annotations), settings.labels


@pytest.fixture(scope="module")
def figures(study):
    _, estimates, tables, labels = study
    return list(plot_study(estimates, tables=tables, labels=labels))


def test_each_figure_is_drawn_or_its_absence_explained(study, figures):
    _, estimates, tables, _ = study
    made, out = {f.name for f in figures}, find_left_out(estimates, tables=tables)
    assert {plan.name for plan in PLANS} == {plan.name for plan in PLANS if plan.name in made} | set(out)
    assert not made & set(out)
    assert all(len(why) > 20 for why in out.values())


def test_nothing_collides_and_nothing_is_cut(figures):
    for f in figures:
        drawn = Drawn(f.figure)
        assert not drawn.faults(), f.name
        assert min(text.get_fontsize() for text, _ in drawn.texts) >= LEAST, f.name


def test_sizes_are_exact(figures):
    for f in figures:
        width, height = f.figure.get_size_inches() * 25.4
        assert min(abs(width - allowed) for allowed in WIDTHS) < 1e-6, f.name
        assert height <= 170 + 1e-6, f.name


def test_marks_stay_apart_in_grey_and_to_the_colour_blind(figures):
    for f in figures:
        assert not confused(f.figure), f.name


def test_captions_tell_what_a_reader_needs(study, figures):
    """Articles and how many are independent, how intervals were made or why there is none, and whether anybody checked."""
    labels = study[3]
    for f in figures:
        caption, alt = write_caption(f.data, f.kind, title="T", labels=labels), write_alt(f.data, f.kind, labels=labels)
        for needed in (r"\d+ (article|\(\d)", r"clusters\b|each by itself",
                       r"intervals? \(|[Cc]ounts only|[Dd]escri(bed|ption) only", r"[Vv]alidated"):
            assert re.search(needed, caption), (f.name, needed)
        assert re.search(r"\d", alt), f.name
        for text in (caption, alt):
            assert "\n" not in text
            assert not re.search(r"\bnan\b|<NA>|None", text), f.name


def test_every_row_drawn_is_a_row_of_the_table(study, figures):
    _, estimates, _, _ = study
    packaged = read_reference().drop(columns="reference")
    for f in figures:
        if set(f.data.columns) >= {"measure", "estimate"}:
            rows = f.data
            if f.name == "02_attribution_density":  # other news, for comparison
                band = rows[rows["reference"].notna()].drop(columns="reference")
                assert len(packaged.merge(band, how="inner")) == len(band)
                rows = rows[rows["reference"].isna()]
            assert len(estimates.merge(rows, how="inner")) == len(rows), f.name


@pytest.mark.parametrize("journal", [name for name in JOURNALS if name != "nature"])
def test_figures_of_a_study_follow_the_journal(study, journal):
    _, estimates, tables, labels = study
    asked = JOURNALS[journal]
    with journal_style(journal):
        for f in plot_study(estimates, tables=tables, labels=labels):
            drawn = Drawn(f.figure)
            width, height = f.figure.get_size_inches() * 25.4
            assert min(abs(width - asked.single), abs(width - asked.double)) < 1e-6, f.name
            assert height <= asked.height + 1e-6, f.name
            assert {text.get_fontsize() for text, _ in drawn.texts} == {asked.text}, f.name
            assert not drawn.faults(), f.name


def test_two_runs_give_the_same_bytes(study, tmp_path):
    """The second in another process with another hash seed and another clock zone."""
    name, estimates, tables, labels = study
    write_figures(estimates, tmp_path / "one", tables=tables, labels=labels, title=name)
    pd.to_pickle((estimates, dict(tables), dict(labels), name), tmp_path / "given.pkl")
    code = ("import sys, pandas as pd; from framelens.report.gallery import write_figures; "
            "estimates, tables, labels, title = pd.read_pickle(sys.argv[1]); "
            "write_figures(estimates, sys.argv[2], tables=tables, labels=labels, title=title)")
    environment = {**os.environ, "PYTHONHASHSEED": "41", "TZ": "Asia/Tokyo",
                   "PYTHONPATH": str(Path(write_figures.__code__.co_filename).parents[2])}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "given.pkl"), str(tmp_path / "two")], check=True, env=environment)
    one, two = ({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / run).iterdir()}
                for run in ("one", "two"))
    assert one == two
    for path in sorted((tmp_path / "one").glob("*.pdf")):
        check_files(path)


def check_files(path: Path) -> None:
    """Read sizes and type from PDF, SVG and PNG themselves."""
    pdf, svg = read_pdf(path), read_svg(path.with_suffix(".svg"))
    width = min(WIDTHS, key=lambda allowed: abs(pdf.width - allowed))
    assert pdf.width == pytest.approx(width, abs=1e-4)
    assert 15 < pdf.height <= 170 + 1e-4
    assert (svg.width, svg.height) == pytest.approx((pdf.width, pdf.height), abs=1e-3)
    *pixels, dpi = read_png(path.with_suffix(".png"))
    assert pixels == [int(mm / 25.4 * 300 + 1e-6) for mm in (pdf.width, pdf.height)]
    assert dpi == pytest.approx(300, abs=0.01)
    assert "Type3" not in pdf.fonts
    assert pdf.fonts <= {"Type0", "CIDFontType2", "TrueType"} and pdf.fonts  # fonttype 42
    assert pdf.texts > 5 < svg.texts
    assert not svg.fonts
    assert min(pdf.sizes) >= LEAST <= min(svg.sizes)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_committed_files_are_as_a_journal_wants_them(path):
    assert all(path.with_suffix(suffix).is_file() for suffix in SUFFIXES)
    check_files(path)


def test_the_readers_see_what_is_wrong(tmp_path):
    """A page in Type 3 and outlines, of another size, with small type."""
    import matplotlib

    with matplotlib.rc_context({"pdf.fonttype": 3, "svg.fonttype": "path"}):
        figure = new_figure(80, 40)
        figure.text(0.1, 0.5, "small", fontsize=4)
        for suffix in (".pdf", ".svg"):
            figure.savefig(tmp_path / f"x{suffix}")
    pdf, svg = read_pdf(tmp_path / "x.pdf"), read_svg(tmp_path / "x.svg")
    assert "Type3" in pdf.fonts
    assert svg.fonts == {"outlined"}
    assert svg.texts == 0
    assert (pdf.width, pdf.height) == pytest.approx((80, 40), abs=1e-4)
    assert min(pdf.sizes) == 4


@pytest.mark.parametrize(("colours", "shapes", "found"), [
    (("#D55E00", "#CC3311"), ("o", "o"), True), (("#D55E00", "#CC3311"), ("o", "s"), False),
    (("#FF0000", "#008F00"), ("o", "o"), True),  # far apart to most, of one lightness in grey
    (("#000000", "#56B4E9"), ("o", "o"), False),
])
def test_two_reds_of_one_shape_are_confused(colours, shapes, found):
    figure = new_figure(89, 40)
    ax = figure.add_subplot()
    for colour, shape in zip(colours, shapes, strict=True):
        ax.scatter([0, 1], [0, 1], color=colour, marker=shape)
    assert bool(confused(figure)) == found
    bars = new_figure(89, 40)
    bars.add_subplot().bar([0, 1], [1, 1], color=colours)
    assert bool(confused(bars)) == (colours != ("#000000", "#56B4E9"))


def test_lightness_by_hand():
    """White and black are what they are to all; a red that the red-blind see darker than others."""
    assert list(lightness("white").values()) == pytest.approx([100] * 4, abs=0.02)
    assert list(lightness("black").values()) == pytest.approx([0] * 4, abs=0.02)
    assert lightness("#FF0000")["protanopia"] < lightness("#FF0000")["grey"] - 10
