"""The band of other news: its ends are the lowest and the highest outlet, it stands behind the rows and is named."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from framelens.errors import SchemaError
from framelens.measure.reference import read_reference
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import plot_study
from framelens.report.plots.density import KIND, PLAN, SCALES, find_band, plot_attribution_density
from framelens.report.plots.plan import Given
from framelens.report.style import BAND
from printed import Drawn, read_pdf

OTHER = [("attributed_words_share", "A", 0.3), ("attributed_words_share", "B", 0.6), ("attributed_words_share", "C", 0.4),
         ("reported_speech_words_share", "A", 0.2), ("reported_speech_words_share", "B", 0.5)]


@pytest.fixture(scope="module")
def other() -> pd.DataFrame:
    """Three outlets of invented news, and a row over all of them, which is no outlet."""
    from framelens import schema

    rows = [{"measure": m, "unit": "share", "outlet": o, "estimate": v, "note": "Village news, 1999: 3 outlets.",
             "validated": False, "corrected": False, "n_documents": 9, "n_clusters": 9, "method": "description"}
            for m, o, v in [*OTHER, ("attributed_words_share", None, 0.99)]]
    return schema.validate(pd.DataFrame(rows), "estimates")


def bands(ax: Axes) -> dict[float, tuple[float, float]]:
    """Read the bands: row → ends, to the nearest 1e-9."""
    return {round(p.get_y() + p.get_height() / 2, 6): (round(p.get_x(), 9), round(p.get_x() + p.get_width(), 9))
            for p in ax.patches}


def test_the_ends_are_the_lowest_and_the_highest_outlet(demo, other):
    ax = plot_attribution_density(demo, reference=other)
    ticks = dict(zip(ax.get_yticks(), [t.get_text() for t in ax.get_yticklabels()], strict=True))
    ends = {"wide attribution": (0.3, 0.6), "reported speech": (0.2, 0.5)}
    assert {round(y, 6): ends[ticks[y]] for y in ticks if ticks[y] in ends} == bands(ax)
    assert len(bands(ax)) == 8
    assert {p.get_facecolor() for p in ax.patches} == {to_rgba(BAND)}
    assert all(p.get_zorder() < 1 for p in ax.patches)
    assert [t.get_text() for t in ax.texts].count("Village news") == 1
    assert not Drawn(ax.figure).faults()


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_the_name_of_the_band_stays_on_the_page(demo, other, at):
    moved = other.assign(estimate=other["estimate"] * 0.05 + at * 0.9)
    assert not Drawn(plot_attribution_density(demo, reference=moved).figure).faults()


def test_a_study_is_drawn_beside_us_campaign_news(demo):
    (figure,) = PLAN.draw(Given(demo))
    packaged = read_reference()
    band = figure.data[figure.data["reference"].notna()]
    assert set(band["reference"]) == {"US campaign news"}
    for scale, ax in zip(SCALES, figure.figure.axes, strict=True):
        for measure in SCALES[scale]:
            own = packaged[(packaged["measure"] == measure) & packaged["outlet"].notna()]["estimate"]
            assert band.loc[band["measure"] == measure, "estimate"].tolist() == [own.min(), own.max()]
            assert (round(own.min(), 9), round(own.max(), 9)) in bands(ax).values()
    caption, alt = (write(figure.data, KIND) for write in (write_caption, write_alt))
    share = packaged[(packaged["measure"] == "attributed_words_share") & packaged["outlet"].notna()]["estimate"]
    for text in (caption, alt):
        assert f"wide attribution {share.min():.0%} to {share.max():.0%} and" in text
        assert "US campaign news" in text
    assert "Articles (independent clusters) behind the values: The Northmere" in caption
    assert "USA Today" not in caption  # other news is not described as if it were the study's


def test_a_band_is_drawn_again_from_the_rows_drawn(demo):
    (figure,) = PLAN.draw(Given(demo))
    again = next(f for f in plot_study(pd.concat([figure.data, demo[~demo["measure"].isin(set(figure.data["measure"]))]]))
                 if f.name == PLAN.name)
    for first, second in zip(figure.figure.axes, again.figure.axes, strict=True):
        assert bands(first) == bands(second)
    pd.testing.assert_frame_equal(figure.data, again.data, check_dtype=False)


def test_no_band_beside_the_outlets_that_it_is_of(demo):
    packaged = read_reference()
    own = packaged[packaged["outlet"].notna()]
    (figure,) = PLAN.draw(Given(own))
    assert figure.data["reference"].isna().all()
    assert not any(ax.patches for ax in figure.figure.axes)
    assert "Grey" not in write_caption(figure.data, KIND) + write_alt(figure.data, KIND)


def test_what_is_wrong_is_named(demo, other):
    with pytest.raises(SchemaError, match="scale is one of share, density, not 'words'"):
        plot_attribution_density(demo, scale="words")
    with pytest.raises(SchemaError, match="the reference has no 'reported_speech_density' of an outlet"):
        plot_attribution_density(demo, scale="density", reference=other)
    assert find_band(demo, "share", needed=False).empty


def test_the_page_on_figures_shows_code_that_runs(root, demo, tmp_path, monkeypatch):
    code = re.search(r"```python\n(.*?)```", (root / "docs" / "figures.md").read_text("utf-8"), re.DOTALL)
    assert code
    monkeypatch.chdir(tmp_path)
    exec(code[1], {"estimates": demo})
    assert read_pdf(tmp_path / "attribution.pdf").width == pytest.approx(132, abs=1e-4)
