"""One look: sizes to the millimetre, nothing left behind, and colours that grey and the colour-blind tell apart."""

from __future__ import annotations

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from framelens.errors import FramelensError
from framelens.report import style
from framelens.report.style import DENSITY_MARKS, FORM_MARKS, STANCE_MARKS, VOICE_MARKS, journal_style, new_figure, wrap_name
from printed import BLIND, lab, linear


def test_the_simulation_itself():
    assert lab(linear("#FFFFFF")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)  # as colour tables give pure red
    for matrix in BLIND.values():
        assert np.sum(matrix, axis=1) == pytest.approx([1, 1, 1], abs=2e-6)  # grey stays grey
    red, green = (lab(BLIND["deuteranopia"] @ linear(c)) for c in ("#C00000", "#6A6A00"))  # confused by the colour-blind
    assert np.linalg.norm(red - green) < 0.5 * np.linalg.norm(lab(linear("#C00000")) - lab(linear("#6A6A00")))


@pytest.mark.parametrize("palette", [STANCE_MARKS, VOICE_MARKS, DENSITY_MARKS, FORM_MARKS],
                         ids=["stance", "voice", "density", "form"])
def test_marks_differ_in_shape_in_grey_and_to_the_colour_blind(palette):
    for (_, a), (_, b) in combinations(palette.items(), 2):
        assert a.shape != b.shape
        assert {a.colour, b.colour} <= set(style.OKABE_ITO.values())
        for matrix in BLIND.values():
            blind = [lab(matrix @ linear(mark.colour)) for mark in (a, b)]
            assert np.linalg.norm(blind[0] - blind[1]) > 20  # 2.3 is just noticeable
        grey = [lab(linear(mark.face))[0] for mark in (a, b)]
        assert abs(grey[0] - grey[1]) > 7


def test_black_text_is_readable_on_the_darkest_shade():
    from framelens.report.plots.sources import SHADES

    darkest = lab(linear(matplotlib.colors.to_hex(SHADES(1.0))))[0]
    luminance = ((darkest + 16) / 116) ** 3
    assert (luminance + 0.05) / 0.05 > 7  # WCAG 2 contrast, level AAA


def test_style_leaves_nothing_behind_and_takes_nothing_over():
    with matplotlib.rc_context({"font.size": 23, "axes.facecolor": "red"}):
        before = dict(matplotlib.rcParams)
        with journal_style():
            assert matplotlib.rcParams["font.size"] == 7
            assert matplotlib.rcParams["axes.facecolor"] == "white"
            assert matplotlib.rcParams["pdf.fonttype"] == 42
            assert matplotlib.rcParams["svg.fonttype"] == "none"
        assert dict(matplotlib.rcParams) == before


def test_style_comes_back_after_an_error():
    before = dict(matplotlib.rcParams)
    with pytest.raises(ZeroDivisionError), journal_style():
        _ = 1 / 0
    assert dict(matplotlib.rcParams) == before


def test_a_journal_sets_widths_height_and_type():
    for name, journal in style.JOURNALS.items():
        with journal_style(name):
            assert matplotlib.rcParams["font.size"] == matplotlib.rcParams["legend.fontsize"] == journal.text
            for width, wanted in ((style.SINGLE, journal.single), (style.DOUBLE, journal.double), (50, 50)):
                assert new_figure(width, 40).get_size_inches() * 25.4 == pytest.approx([wanted, 40], abs=1e-9)
            with journal_style():  # a plot inside asks for the look, not for another journal
                assert style.find_journal() is journal
            with pytest.raises(FramelensError, match=f"at most {journal.double:g} mm wide and {journal.height:g} mm high"):
                new_figure(89, journal.height + 0.1)
            with journal_style("nature"):
                assert style.find_journal() is style.JOURNALS["nature"]
            assert style.find_journal() is journal
    assert style.find_journal() is style.JOURNALS["nature"]


def test_an_unknown_journal_is_refused_and_nothing_changes():
    before = dict(matplotlib.rcParams)
    with pytest.raises(FramelensError, match=r"journal 'Cell'\. There is: nature, science, plos"), journal_style("Cell"):
        pass
    assert dict(matplotlib.rcParams) == before
    assert style.find_journal() is style.JOURNALS["nature"]


@pytest.mark.parametrize("width", [89, 183])
def test_figure_is_exact(width):
    figure = new_figure(width, 170)
    assert isinstance(figure, Figure)
    assert figure.get_size_inches() * 25.4 == pytest.approx([width, 170], abs=1e-9)


@pytest.mark.parametrize(("width", "height"), [(184, 50), (89, 170.1), (0, 50), (89, -1)])
def test_figure_that_fits_no_page_is_refused(width, height):
    with pytest.raises(FramelensError, match="does not fit a page: at most 183 mm wide and 170 mm high"):
        new_figure(width, height)


def test_text_width_is_that_of_the_renderer():
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with journal_style():
        figure = new_figure()
        text = figure.text(0, 0, "delegitimising")
        figure.set_dpi(72 * 20)  # fine enough for fractions of a point
        drawn = text.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width / 20
    assert style.text_width("delegitimising") == pytest.approx(drawn, rel=0.02)
    assert style.text_width("a", bold=True) > style.text_width("a")


def test_wrapping_loses_nothing():
    name = "The Northmere Courier and Evening Standard of the Lower Valley"
    assert wrap_name(name, 20).replace("\n", " ") == name
    assert max(map(len, wrap_name(name, 20).split("\n"))) <= 20
    assert wrap_name("x" * 50, 20).replace("\n", "") == "x" * 50
    assert wrap_name("", 20) == ""
