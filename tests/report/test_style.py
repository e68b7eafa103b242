"""One look: sizes to the millimetre, nothing left behind, and colours that grey and the colour-blind tell apart."""

from __future__ import annotations

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from framelens.errors import FramelensError
from framelens.report import style
from framelens.report.style import DENSITY_MARKS, STANCE_MARKS, VOICE_MARKS, journal_style, new_figure, wrap_name

# Machado, Oliveira & Fernandes (2009), IEEE TVCG 15:1291, deuteranomaly of severity 1.0, on linear RGB.
DEUTERANOPIA = np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                         [-0.011820, 0.042940, 0.968881]])
SRGB_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                        [0.0193339, 0.1191920, 0.9503041]])  # IEC 61966-2-1, D65


def linear(colour: str) -> np.ndarray:
    c = np.array([int(colour[i:i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE 1976 L*a*b* of linear RGB."""
    xyz = SRGB_TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_the_simulation_itself():
    assert lab(linear("#FFFFFF")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)  # as colour tables give pure red
    red, green = (lab(DEUTERANOPIA @ linear(c)) for c in ("#C00000", "#6A6A00"))  # confused by the colour-blind
    assert np.linalg.norm(red - green) < 0.5 * np.linalg.norm(lab(linear("#C00000")) - lab(linear("#6A6A00")))


@pytest.mark.parametrize("palette", [STANCE_MARKS, VOICE_MARKS, DENSITY_MARKS], ids=["stance", "voice", "density"])
def test_marks_differ_in_shape_in_grey_and_to_the_colour_blind(palette):
    for (_, a), (_, b) in combinations(palette.items(), 2):
        assert a.shape != b.shape
        assert {a.colour, b.colour} <= set(style.OKABE_ITO.values())
        blind = [lab(DEUTERANOPIA @ linear(mark.colour)) for mark in (a, b)]
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
