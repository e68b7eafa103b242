"""Forms of attribution: dots at the shares, bars at their intervals, counts beside; counts alone where n is small."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex

from artists import lines_of
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out
from framelens.report.plots.composition import FORMS, KIND, MEASURES, PLAN, find_composition, plot_composition
from framelens.report.plots.plan import Given
from framelens.report.style import FORM_MARKS
from printed import Drawn

COLOURS = {mark.colour: form for form, mark in FORM_MARKS.items()}


def seen(ax) -> tuple[dict, dict, dict]:
    """Read dots, bars and the numbers at the right, each by (heading, form)."""
    rows = {round(y, 6): names for y, names in lines_of(ax).items()}
    dots, bars = {}, {}
    for artist in ax.collections:
        if isinstance(artist, PathCollection):
            form = COLOURS[to_hex(artist.get_edgecolor()[0]).upper()]
            for x, y in artist.get_offsets():
                assert rows[round(float(y), 6)][1] == form
                dots[rows[round(float(y), 6)]] = float(x)
        elif isinstance(artist, LineCollection):
            bars |= {rows[round(float(low[1]), 6)]: (float(low[0]), float(high[0])) for low, high in artist.get_segments()}
    right = {round(float(t.xy[1]), 6): t.get_text() for t in ax.texts if t.xy[0] == 1}
    return dots, bars, {rows[y]: text for y, text in right.items() if y in rows}


def wanted(estimates: pd.DataFrame, what: str, place: str) -> dict[tuple[str, str], pd.Series]:
    rows = estimates[estimates["measure"].isin(MEASURES[what])]
    return {(row[place], FORMS[row["measure"]]): row for _, row in rows.iterrows()}


@pytest.mark.parametrize(("name", "place", "what"), [("demo", "outlet", "share"), ("small", "document_id", "count")])
def test_what_is_drawn_is_what_the_table_says(name, place, what, request):
    estimates = request.getfixturevalue(name)
    ax = plot_composition(estimates)
    dots, bars, numbers = seen(ax)
    rows = wanted(estimates, what, place)
    assert dots == {key: row["estimate"] for key, row in rows.items()}
    assert bars == {key: (row["ci_low"], row["ci_high"]) for key, row in rows.items() if pd.notna(row["ci_low"])}
    assert bool(bars) == (what == "share")
    assert numbers == {key: f"{row['estimate']:.0f}" for key, row in wanted(estimates, "count", place).items()}
    assert ax.get_xlabel() == ("share of the attributions" if what == "share" else "attributions (counts only)")


def test_a_measure_can_be_asked_for(small):
    ax = plot_composition(small, measure="share")
    assert ax.get_xlim() == (0, 1)
    assert not seen(ax)[1]
    with pytest.raises(SchemaError, match="measure is one of share, count, not 'rate'"):
        plot_composition(small, measure="rate")


def test_given_axes_are_used(demo):
    from matplotlib.figure import Figure

    ours = Figure(figsize=(4, 4)).add_subplot()
    assert plot_composition(demo, ax=ours) is ours


@pytest.mark.parametrize("value", [0.0, float("nan")])
def test_nothing_found_is_drawn_as_that(demo, value):
    none = demo.assign(estimate=value, n_units=0.0, ci_low=float("nan"), ci_high=float("nan"))
    ax = plot_composition(none)
    dots, _, numbers = seen(ax)
    assert (len(dots), set(numbers.values())) == ((12, {"0"}) if value == 0 else (0, set()))
    assert [t.get_text() for t in ax.texts].count("–") == (0 if value == 0 else 12)
    assert not Drawn(ax.figure).faults()
    assert "no attribution" in write_alt(find_composition(none, by=None, zone="body"), KIND)


def test_words_for_the_reader(demo, small):
    rows = find_composition(demo, by=None, zone="body")
    caption, alt = write_caption(rows, KIND), write_alt(rows, KIND)
    assert "the share of those in the source's own words (direct)" in caption
    assert f"Behind each value stand {rows['n_units'].min():,.0f} to {rows['n_units'].max():,.0f} attributions." in caption
    assert "95% intervals (cluster bootstrap" in caption
    herald = rows[(rows["outlet"] == "Herald") & rows["measure"].isin(MEASURES["share"])].set_index("measure")["estimate"]
    assert f"Herald: most often {FORMS[herald.idxmax()]} (direct {herald['direct_share']:.0%}" in alt
    few = find_composition(small, by=None, zone="body")
    assert set(few["measure"]) == set(MEASURES["count"])
    assert "the number of those" in write_caption(few, KIND)
    assert "Counts only: fewer than 10 articles." in write_caption(few, KIND)
    assert "%" not in write_alt(few, KIND)


def test_a_table_without_counts_has_no_such_figure(demo):
    bare = demo[demo["measure"] != "mixed_count"]
    assert find_left_out(bare)[PLAN.name] == "no row of the estimates has 'mixed_count'. measure_sourcing(annotations) makes it."
    assert PLAN.lacks(Given(demo)) == ""
    with pytest.raises(SchemaError, match=r"plot_composition needs 'mixed_count'.*measure_sourcing\(annotations\) makes it"):
        plot_composition(bare)
