"""What a journal checks: nothing collides, nothing is cut, type is large enough and embedded, sizes are exact."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from framelens import schema
from framelens.report.figures_study import plot_study
from framelens.report.plots.composition import plot_composition
from framelens.report.plots.density import plot_attribution_density
from framelens.report.plots.labels import plot_labelling
from framelens.report.plots.multiverse import plot_multiverse
from framelens.report.plots.sentiment import plot_sentiment
from framelens.report.plots.sources import plot_source_types
from framelens.report.style import journal_style, new_figure
from printed import Drawn, read_pdf, read_svg

STUDIES = ("demo", "small", "seven")
WIDTHS = {"01_labels_by_voice": 183, "02_attribution_density": 183, "03_source_types": 89, "04_sentiment_by_voice": 183,
          "06_composition": 89}


@pytest.fixture(scope="module", params=STUDIES)
def figures(request):
    return list(plot_study(request.getfixturevalue(request.param)))


@pytest.fixture(params=STUDIES[:2])
def folder(request, written) -> Path:
    return written / request.param


def test_the_detector_finds_what_is_wrong():
    with journal_style():
        figure = new_figure(89, 30)
        figure.text(0.5, 0.5, "one word")
        figure.text(0.55, 0.55, "another")
        figure.text(0.97, 0.1, "cut off")
        ax = figure.add_axes((0, 0, 1, 1), frameon=False, xticks=[], yticks=[])
        ax.set(xlim=(0, 1), ylim=(0, 1))
        figure.set_layout_engine(None)
        ax.text(0.1, 0.2, "covers", va="center")
        ax.scatter([0.13, 0.9], [0.2, 0.9])
    found = Drawn(figure).faults()
    assert sorted(found) == ["'covers' on a dot", "'cut off' leaves the canvas", "'one word' on 'another'"]


def test_nothing_collides_and_nothing_is_cut(figures):
    for f in figures:
        drawn = Drawn(f.figure)
        assert len(drawn.texts) > 10
        assert not drawn.faults(), f.name


@pytest.mark.parametrize("plot", [plot_labelling, plot_attribution_density, plot_sentiment, plot_source_types,
                                  plot_composition])
@pytest.mark.parametrize("name", STUDIES)
def test_nothing_collides_on_one_column(plot, name, request):
    estimates = request.getfixturevalue(name)
    assert not Drawn(plot(estimates).figure).faults()


def test_nothing_collides_with_short_names_and_three_digit_counts(small):
    counts = small["measure"].str.endswith("_count")
    big = small.assign(estimate=small["estimate"].mask(counts, small["estimate"] * 123))
    labels = dict(zip(small["document_id"].unique(), "ABCDE", strict=True))
    for f in plot_study(big, labels=labels):
        assert not Drawn(f.figure).faults(), f.name


@pytest.mark.parametrize("name", ["THE WWW NEWS AND MAIL OF THE LOWER MAMMOTH VALLEY AND ITS SEVEN MOUNTAIN TOWNS",
                                  "m" * 70, "The Long but Narrow-Lettered Illustrated Title of a Little Weekly"])
def test_names_of_any_width_stay_readable(demo, name):
    for f in plot_study(demo.assign(outlet=demo["outlet"].replace("Herald", name))):
        drawn = Drawn(f.figure)
        assert not drawn.faults(), f.name
        shown = {"".join(t.get_text().split()) for t, _ in drawn.texts}
        assert "".join(name.split()) in shown  # broken, never cut


def with_terms(multiverse: pd.DataFrame, n: int) -> pd.DataFrame:
    """Leave out ``n`` terms more than there are."""
    row = multiverse[multiverse["spec"].str.endswith("without=mob", na=False)]
    specs = [row["spec"].iloc[0].replace("mob", f"word {i}") for i in range(n)]
    more = row.loc[row.index.repeat(n)].assign(spec=specs)
    return schema.validate(pd.concat([multiverse, more], ignore_index=True), "estimates")


@pytest.mark.parametrize("more", [0, 6, 90])
def test_a_multiverse_of_any_width_is_readable(multiverse, more):
    figure = plot_multiverse(with_terms(multiverse, more)).figure
    drawn = Drawn(figure)
    assert not drawn.faults()
    assert {t.get_fontsize() for t, _ in drawn.texts} == {7}
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183)
    assert figure.get_size_inches()[1] * 25.4 <= 170
    shown = {t.get_text() for t, _ in drawn.texts}
    assert ("mob" in shown) == (more < 90)  # too many columns to name them: the table has the names


def test_a_long_term_is_whole_or_not_there(multiverse):
    for length in (20, 60, 200):
        term = "a" * length
        rows = multiverse.assign(spec=multiverse["spec"].str.replace("without=mob", f"without={term}"))
        drawn = Drawn(plot_multiverse(rows).figure)
        assert not drawn.faults()
        assert (term in {t.get_text() for t, _ in drawn.texts}) == (length == 20)


@pytest.mark.parametrize(("last", "upright"), [("Times", False), ("A very much longer name than these", True)])
def test_column_heads_stand_level_where_they_fit(small, last, upright):
    names = ["One Post", "A News", "The Sun", "Vale", last]
    ax = plot_source_types(small, labels=dict(zip(small["document_id"].unique(), names, strict=True)))
    assert {t.get_rotation() for t in ax.get_xticklabels()} == {90.0 if upright else 0.0}
    assert not Drawn(ax.figure).faults()


def test_all_type_is_seven_points_and_black(figures):
    for f in figures:
        for text, _ in Drawn(f.figure).texts:
            assert text.get_fontsize() == 7, text.get_text()
            assert text.get_color() in ("black", "k", "#000000", (0.0, 0.0, 0.0, 1.0)), text.get_text()
            assert text.get_fontfamily() == ["DejaVu Sans"]


def test_type_stays_when_the_style_is_over(demo):
    """Some ticks are made at draw time, outside our style."""
    import matplotlib

    ax = plot_sentiment(demo)
    with matplotlib.rc_context({"font.size": 30, "xtick.labelsize": 30, "font.family": "monospace"}):
        ax.set_xticks([-0.1, 0, 0.1, 0.2])
        drawn = Drawn(ax.figure).texts
    assert {(t.get_fontsize(), *t.get_fontfamily()) for t, _ in drawn} == {(7, "DejaVu Sans")}


def test_pdf_page_is_exact_and_type_is_truetype(folder):
    for name, width in WIDTHS.items():
        page, data = read_pdf(folder / f"{name}.pdf"), (folder / f"{name}.pdf").read_bytes()
        assert page.width == pytest.approx(width, abs=1e-6)
        assert 20 < page.height <= 170
        assert page.fonts == {"Type0", "CIDFontType2"}
        assert set(page.sizes) == {7}
        assert b"/FontFile2" in data  # TrueType, embedded
        assert {f.split(b"+")[-1] for f in re.findall(rb"/BaseFont /([\w+-]+)", data)} <= {b"DejaVuSans",
                                                                                          b"DejaVuSans-Bold"}


def test_png_has_the_pixels_of_its_millimetres(folder):
    for name, width in WIDTHS.items():
        with Image.open(folder / f"{name}.png") as image:
            assert image.size[0] == int(width / 25.4 * 300)
            assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
            grey = np.asarray(image.convert("L"))
        assert grey[:3].min() == grey[-3:].min() == 255  # nothing runs into the edge
        assert grey[:, :2].min() == grey[:, -2:].min() == 255


def test_svg_keeps_text_as_text(folder):
    for name, width in WIDTHS.items():
        page = read_svg(folder / f"{name}.svg")
        assert page.width == pytest.approx(width, abs=1e-3)
        assert page.texts > 10
        assert not page.fonts  # else glyphs are drawn as paths
        assert set(page.sizes) == {7}


def test_files_are_light(folder):
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000
