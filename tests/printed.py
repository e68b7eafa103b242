"""What tests of figures share: what reaches the renderer, what stands in the files, and how the colour-blind see it."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image

DPI = 300
SLACK = 0.2  # points: antialiasing, not reading
POINT = 25.4 / 72  # millimetres
APART = 15.0  # of L* (0 to 100): marks of one shape must be at least so much lighter or darker than one another

# Machado, Oliveira & Fernandes (2009), A physiologically-based model for simulation of color vision deficiency, IEEE TVCG
# 15:1291, severity 1.0, on linear RGB.
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
SRGB_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                        [0.0193339, 0.1191920, 0.9503041]])  # IEC 61966-2-1, D65


class Drawn:
    """What reaches the renderer: matplotlib keeps texts that it never draws, such as ticks beyond an axis."""

    def __init__(self, figure: Figure) -> None:
        reached: dict[Text, None] = {}
        original = Text.draw

        def spy(text, renderer):
            reached[text] = None
            return original(text, renderer)

        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        figure.draw_without_rendering()  # lays out
        Text.draw = spy
        try:
            figure.draw_without_rendering()
        finally:
            Text.draw = original
        points = Affine2D().scale(72 / DPI)
        self.canvas = Bbox.from_bounds(0, 0, *(figure.get_size_inches() * 72))
        self.texts = [(t, t.get_window_extent(canvas.get_renderer()).transformed(points)) for t in reached
                      if t.get_text().strip() and t.get_visible()]
        self.dots = [tuple(xy) for ax in figure.axes for artist in ax.collections if isinstance(artist, PathCollection)
                     for xy in points.transform(ax.transData.transform(np.asarray(artist.get_offsets())))]

    def faults(self) -> list[str]:
        """Name the texts that collide, are cut, or cover a dot."""
        found = [f"{a.get_text()!r} on {b.get_text()!r}" for (a, x), (b, y) in combinations(self.texts, 2)
                 if min(x.x1, y.x1) - max(x.x0, y.x0) > SLACK and min(x.y1, y.y1) - max(x.y0, y.y0) > SLACK]
        found += [f"{t.get_text()!r} leaves the canvas" for t, box in self.texts
                  if box.x0 < self.canvas.x0 - SLACK or box.y0 < self.canvas.y0 - SLACK
                  or box.x1 > self.canvas.x1 + SLACK or box.y1 > self.canvas.y1 + SLACK]
        return found + [f"{t.get_text()!r} on a dot" for t, box in self.texts
                        for dot in self.dots if box.contains(*dot)]


@dataclass(frozen=True)
class Page:
    """What a file says of itself: millimetres, sizes of type in points, number of texts, and how fonts are embedded."""

    width: float
    height: float
    sizes: tuple[float, ...] = ()
    fonts: frozenset[str] = frozenset()
    texts: int = 0


def read_pdf(path: Path) -> Page:
    """Read a page of matplotlib's: its objects are plain, its streams compressed by zlib."""
    data = path.read_bytes()
    (box,) = re.findall(rb"/MediaBox \[ ([\d. ]+) \]", data)
    x, y, width, height = map(float, box.split())
    assert (x, y) == (0, 0)
    drawn = b""
    for stream in re.findall(rb">>\s*stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with suppress(zlib.error):  # what is not compressed is no page
            drawn += zlib.decompress(stream)
    sizes = [float(size) for size in re.findall(rb"/F\S+ ([\d.]+) Tf", drawn)]
    kinds = re.findall(rb"/Subtype /(Type\d\w*|TrueType|CIDFontType\w+)", data)
    return Page(width * POINT, height * POINT, tuple(sizes), frozenset(kind.decode() for kind in kinds), len(sizes))


def read_svg(path: Path) -> Page:
    """Read size, type and texts of an SVG."""
    data = path.read_text("utf-8")
    found = re.search(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"', data)
    assert found
    sizes = re.findall(r"font(?:-size)?: (?:[a-z]+ )*([\d.]+)px", data)
    outlined = {"outlined"} if "DejaVuSans-" in data else set()  # glyphs drawn as paths
    return Page(float(found[1]) * POINT, float(found[2]) * POINT, tuple(map(float, sizes)), frozenset(outlined),
                data.count("<text"))


def read_png(path: Path) -> tuple[int, int, float]:
    """Read width and height in pixels, and dots an inch."""
    with Image.open(path) as image:
        dpi = image.info["dpi"]
        assert dpi[0] == dpi[1]
        return (*image.size, float(dpi[0]))


def linear(colour) -> np.ndarray:
    """Linear RGB of a colour (IEC 61966-2-1)."""
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE 1976 L*a*b* of linear RGB."""
    xyz = SRGB_TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour) -> dict[str, float]:
    """Lightness L* in print without colour and to each kind of colour-blindness."""
    seen = {name: np.asarray(matrix) @ linear(colour) for name, matrix in BLIND.items()}
    return {name: float(lab(rgb)[0]) for name, rgb in {"grey": linear(colour), **seen}.items()}


def marks_of(figure: Figure) -> set[tuple[object, str, str]]:
    """Read the marks of a figure: shape, colour inside, colour of the outline; bars are a shape of their own."""
    found = set()
    for ax in figure.axes:
        for artist in ax.collections:
            if isinstance(artist, PathCollection):
                faces, edges = artist.get_facecolor(), artist.get_edgecolor()
                for path in artist.get_paths():
                    shape = tuple(map(tuple, np.round(path.vertices, 3)))
                    for n in range(max(len(faces), len(edges), 1)):
                        face = tuple(faces[n % len(faces)]) if len(faces) else to_rgba("white")
                        found.add((shape, face, tuple(edges[n % len(edges)]) if len(edges) else face))
        bars = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_width() and patch.get_height()]
        found |= {(f"bar {bar.get_hatch() or ''}", tuple(bar.get_facecolor()), tuple(bar.get_facecolor())) for bar in bars}
    return found


def confused(figure: Figure) -> list[str]:
    """Name pairs of marks of one shape whose lightness, inside, is less than APART in grey or to some of the colour-blind."""
    found = []
    for a, b in combinations(sorted(marks_of(figure), key=str), 2):
        if a[0] == b[0]:
            gaps = {eye: abs(x - lightness(b[1])[eye]) for eye, x in lightness(a[1]).items()}
            found += [f"{a[1]} and {b[1]}: {eye} {gap:.0f}" for eye, gap in gaps.items() if gap < APART]
    return found
