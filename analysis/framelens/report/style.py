"""One look: sizes in millimetres, type, colours with marker shapes. The base of report: it imports no sibling."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from framelens.errors import FramelensError

__all__ = [
    "BAND", "DENSITY_MARKS", "DOUBLE", "FORM_MARKS", "JOURNALS", "OKABE_ITO", "SINGLE", "STANCE_MARKS", "VOICE_MARKS", "Journal",
    "Mark", "find_journal", "find_width", "fix_look", "journal_style", "new_axes", "new_figure", "text_width", "wrap_name",
]

SINGLE, DOUBLE = 89.0, 183.0  # one column and two, in millimetres; of another journal, what find_width says
MM = 1 / 25.4  # inches
DESIGNED = 7.0  # points: the type for which heights are given in millimetres
FONT = "DejaVu Sans"  # ships with matplotlib: the same type on every machine
LINE = 0.5  # points

# Okabe & Ito (2008), Color Universal Design; as in Wong (2011), Nature Methods 8:441.
OKABE_ITO: Mapping[str, str] = MappingProxyType({
    "black": "#000000", "orange": "#E69F00", "sky blue": "#56B4E9", "bluish green": "#009E73", "yellow": "#F0E442",
    "blue": "#0072B2", "vermillion": "#D55E00", "reddish purple": "#CC79A7",
})


@dataclass(frozen=True)
class Mark:
    """A colour that never stands without its shape; ``hollow`` marks are white inside."""

    colour: str
    shape: str
    hollow: bool = False

    @property
    def face(self) -> str:
        """The colour inside the outline."""
        return "#FFFFFF" if self.hollow else self.colour


@dataclass(frozen=True)
class Journal:
    """What a journal asks for: widths of one column and two and the longest figure in millimetres, the type in points."""

    single: float
    double: float
    height: float
    text: float

    @property
    def scale(self) -> float:
        """How much larger the type is than that for which heights are given."""
        return self.text / DESIGNED


# Nature: research-figure-guide.nature.com (5 to 7 points; 170 mm leave room for the legend). Science: Guide to Preparing Figures
# of 2025 (two columns to the page; 6 to 9 points; a height that leaves room for the caption), which replaces three columns of
# 57, 121 and 184 mm. PLOS: journals.plos.org/plosone/s/figures (8 to 12 points; 132 mm is its column of text, 190.5 by 222.3 mm
# the largest figure).
JOURNALS: Mapping[str, Journal] = MappingProxyType({
    "nature": Journal(SINGLE, DOUBLE, 170.0, 7.0), "science": Journal(90.0, 183.0, 170.0, 7.0),
    "plos": Journal(132.0, 190.5, 222.3, 8.0),
})
_IN_FORCE: ContextVar[Journal] = ContextVar("journal", default=JOURNALS["nature"])

STANCE_MARKS: Mapping[str, Mark] = MappingProxyType({
    "delegitimising": Mark(OKABE_ITO["vermillion"], "v"),
    "neutral": Mark(OKABE_ITO["black"], "o", hollow=True),
    "legitimising": Mark(OKABE_ITO["blue"], "^"),
})
VOICE_MARKS: Mapping[str, Mark] = MappingProxyType({
    "narrator": Mark(OKABE_ITO["black"], "o"),
    "direct": Mark(OKABE_ITO["orange"], "s"),
    "indirect": Mark(OKABE_ITO["bluish green"], "D"),
})
DENSITY_MARKS: Mapping[str, Mark] = MappingProxyType({
    "reported speech": Mark(OKABE_ITO["sky blue"], "s"),
    "wide attribution": Mark(OKABE_ITO["black"], "o"),
})
FORM_MARKS: Mapping[str, Mark] = MappingProxyType({
    "direct": VOICE_MARKS["direct"], "mixed": Mark(OKABE_ITO["black"], "^"), "indirect": VOICE_MARKS["indirect"],
})
BAND = "#E3E3E3"  # behind the marks, and light enough for text

_SIZES = ("font.size", "figure.titlesize", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize",
          "legend.fontsize", "legend.title_fontsize")
_RC: dict[str, Any] = {
    "font.family": FONT, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.titlepad": 4, "axes.labelpad": 2,
    "axes.linewidth": LINE, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": False,
    "xtick.major.width": LINE, "xtick.major.size": 2, "xtick.major.pad": 2, "ytick.major.width": LINE,
    "ytick.major.size": 2, "ytick.major.pad": 2, "lines.linewidth": 1,
    "legend.frameon": False, "legend.borderpad": 0, "legend.borderaxespad": 0.3, "legend.handlelength": 1,
    "legend.handletextpad": 0.3, "legend.columnspacing": 1.2,
    # Constrained layout may move axes, never the canvas: a "tight" box would change the size in millimetres.
    "savefig.bbox": None, "savefig.dpi": 300, "savefig.facecolor": "white", "figure.facecolor": "white",
    "pdf.fonttype": 42, "ps.fonttype": 42,  # TrueType: submission systems refuse Type 3
    "svg.fonttype": "none", "svg.hashsalt": "framelens",  # text stays text; element names do not depend on chance
}


@contextmanager
def journal_style(journal: str | None = None) -> Iterator[None]:
    """Draw and save in the look of framelens inside a ``with`` block; settings of the user come back after it.

    Figures that are made inside have the widths, the largest height and the type of the journal; all else is the same.

    Parameters
    ----------
    journal : {"nature", "science", "plos"}, optional
        Without it that of the block around this one, or else Nature:

        =======  ==============  ==============  =========  =======
        journal  one column, mm  two columns     height up  type
        =======  ==============  ==============  =========  =======
        nature   89              183             170        7 pt
        science  90              183             170        7 pt
        plos     132             190.5           222.3      8 pt
        =======  ==============  ==============  =========  =======

    Raises
    ------
    FramelensError
        There is no look for that journal.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["pdf.fonttype"]
    >>> with journal_style():
    ...     matplotlib.rcParams["pdf.fonttype"], matplotlib.rcParams["font.size"]
    (42, 7.0)
    >>> matplotlib.rcParams["pdf.fonttype"] == before
    True
    >>> with journal_style("plos"):
    ...     (new_figure(SINGLE, 50).get_size_inches() * 25.4).round(6).tolist()
    [132.0, 50.0]
    """
    if journal is not None and journal not in JOURNALS:
        raise FramelensError(f"There is no look for the journal {journal!r}. There is: {', '.join(JOURNALS)}; for another take "
                             "the one whose columns are nearest.")
    token = _IN_FORCE.set(find_journal() if journal is None else JOURNALS[journal])
    try:
        look = {**_RC, **dict.fromkeys(_SIZES, find_journal().text)}
        with matplotlib.style.context(["default", look]):  # from the defaults, so that no matplotlibrc changes the bytes
            yield
    finally:
        _IN_FORCE.reset(token)


def find_journal() -> Journal:
    """Return the journal in force: that of the innermost :func:`journal_style`."""
    return _IN_FORCE.get()


def find_width(width: float) -> float:
    """Return the millimetres of SINGLE or DOUBLE in the journal in force; any other width is what it is."""
    return {SINGLE: find_journal().single, DOUBLE: find_journal().double}.get(width, width)


def new_figure(width: float = SINGLE, height: float = 60.0) -> Figure:
    """Make a figure of an exact size, apart from pyplot and its global state.

    Parameters
    ----------
    width, height : float
        Millimetres. ``SINGLE`` and ``DOUBLE`` (89 and 183) are one and two columns of the journal in force.

    Returns
    -------
    Figure
        Empty, with constrained layout.

    Raises
    ------
    FramelensError
        The figure is higher or wider than the journal in force allows.

    Examples
    --------
    >>> (new_figure(89, 50).get_size_inches() * 25.4).round(6).tolist()
    [89.0, 50.0]
    """
    width, journal = find_width(width), find_journal()
    if not (0 < width <= journal.double and 0 < height <= journal.height):
        raise FramelensError(f"A figure of {width:g} x {height:g} mm does not fit a page: at most {journal.double:g} mm wide "
                             f"and {journal.height:g} mm high.")
    figure = Figure(figsize=(width * MM, height * MM), layout="constrained")
    pad = 0.7 * MM
    figure.get_layout_engine().set(w_pad=pad, h_pad=pad, wspace=0.02, hspace=0.02)  # type: ignore[union-attr,call-arg]
    return figure


@contextmanager
def new_axes(ax: Axes | None, *, width: float, height: float) -> Iterator[Axes]:
    """Yield the user's axes, or new ones of this size, to be drawn on in the look of framelens."""
    with journal_style():
        ax = new_figure(width, height).add_subplot() if ax is None else ax
        fix_look(ax)
        yield ax


def fix_look(ax: Axes) -> None:
    """Write the look into the axes: the user may have made them in another, and some ticks are made at draw time."""
    size = find_journal().text
    ax.tick_params(labelsize=size, labelfontfamily=FONT, width=LINE, length=2, pad=2)
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set(fontsize=size, fontfamily=FONT, fontweight="normal")
        axis.labelpad = 2
    for spine in ax.spines.values():
        spine.set_linewidth(LINE)
    ax.grid(visible=False)


def text_width(text: str, *, bold: bool = False) -> float:
    """Return the width of one line of text in points, in the type of the journal in force."""
    return _width(text, bold, find_journal().text)


@lru_cache(maxsize=8192)  # names are tried line by line, and again on every page
def _width(text: str, bold: bool, size: float) -> float:
    font = FontProperties(family=FONT, weight="bold" if bold else "normal", size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0])


def wrap_name(name: str, width: int = 24) -> str:
    """Break a long name into lines of at most ``width`` characters, at spaces and hyphens first.

    Examples
    --------
    >>> print(wrap_name("The Northern Gazette and Mail", 16))
    The Northern
    Gazette and Mail
    >>> wrap_name("000_270eb2b539a11f3c")
    '000_270eb2b539a11f3c'
    """
    return "\n".join(textwrap.wrap(name, width)) or name
