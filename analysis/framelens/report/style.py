"""One look: sizes in millimetres, type, colours with marker shapes. The base of report: it imports no sibling."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from framelens.errors import FramelensError

__all__ = [
    "DENSITY_MARKS", "DOUBLE", "MAX_HEIGHT", "OKABE_ITO", "SINGLE", "STANCE_MARKS", "TEXT", "VOICE_MARKS", "Mark",
    "fix_look", "journal_style", "new_axes", "new_figure", "text_width", "wrap_name",
]

SINGLE, DOUBLE, MAX_HEIGHT = 89.0, 183.0, 170.0  # one column, two columns, the longest figure: millimetres
MM = 1 / 25.4  # inches
TEXT = 7.0  # points
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
    "attribution_density": Mark(OKABE_ITO["black"], "o"),
    "reported_speech_density": Mark(OKABE_ITO["sky blue"], "s"),
})

_RC: dict[str, Any] = {
    "font.family": FONT, "font.size": TEXT, "figure.titlesize": TEXT, "axes.titlesize": TEXT, "axes.labelsize": TEXT,
    "xtick.labelsize": TEXT, "ytick.labelsize": TEXT, "legend.fontsize": TEXT, "legend.title_fontsize": TEXT,
    "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.titlepad": 4, "axes.labelpad": 2,
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
def journal_style() -> Iterator[None]:
    """Draw and save in the look of framelens inside a ``with`` block; settings of the user come back after it.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["pdf.fonttype"]
    >>> with journal_style():
    ...     matplotlib.rcParams["pdf.fonttype"], matplotlib.rcParams["font.size"]
    (42, 7.0)
    >>> matplotlib.rcParams["pdf.fonttype"] == before
    True
    """
    with matplotlib.style.context(["default", _RC]):  # from the defaults, so that no matplotlibrc changes the bytes
        yield


def new_figure(width: float = SINGLE, height: float = 60.0) -> Figure:
    """Make a figure of an exact size, apart from pyplot and its global state.

    Parameters
    ----------
    width, height : float
        Millimetres: 89 or 183 wide, at most 170 high, for most journals.

    Returns
    -------
    Figure
        Empty, with constrained layout.

    Raises
    ------
    FramelensError
        The figure is higher than 170 mm or wider than 183 mm.

    Examples
    --------
    >>> (new_figure(89, 50).get_size_inches() * 25.4).round(6).tolist()
    [89.0, 50.0]
    """
    if not (0 < width <= DOUBLE and 0 < height <= MAX_HEIGHT):
        raise FramelensError(f"A figure of {width:g} x {height:g} mm does not fit a page: at most {DOUBLE:g} mm wide "
                             f"and {MAX_HEIGHT:g} mm high.")
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
    ax.tick_params(labelsize=TEXT, labelfontfamily=FONT, width=LINE, length=2, pad=2)
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set(fontsize=TEXT, fontfamily=FONT, fontweight="normal")
        axis.labelpad = 2
    for spine in ax.spines.values():
        spine.set_linewidth(LINE)
    ax.grid(visible=False)


def text_width(text: str, *, size: float = TEXT, bold: bool = False) -> float:
    """Return the width of one line of text in points."""
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
