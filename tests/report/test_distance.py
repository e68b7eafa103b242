"""Distances of outlets: each cell holds the numbers of its pair, its shade what lies beyond chance; described ones are bare."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import QuadMesh

from framelens import schema
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out, plot_study
from framelens.report.plots.distance import KIND, PLAN, find_distances, plot_distance
from framelens.report.plots.plan import Given
from framelens.report.style import new_figure
from printed import Drawn

FOUR = ("Argus", "Bugle", "Herald", "Times")
SEVEN = ("The Northmere Courier and Evening Standard", "Gazette of the Free Orle Valley", "Herald", "Open Quay",
         "THE WWW NEWS OF THE LOWER MAMMOTH VALLEY", "Zeit", "El Pueblo")


def rows_of(outlets, groups=("protesters", "security"), *, tested=True, lead="", seed=1) -> pd.DataFrame:
    """Make what measure_distance gives; of the last pair of each group nothing is tested."""
    rng, rows = np.random.default_rng(seed), []
    for group in groups:
        pairs = list(combinations(outlets, 2))
        for n, (one, other) in enumerate(pairs):
            low, value = rng.uniform(0.2, 0.5), rng.uniform(0.3, 0.9)
            base = {"unit": "Jensen-Shannon distance, 0 to 1", "outlet": None if lead else one, "group": group or None,
                    "contrast": f"{lead}{one} and {lead}{other}", "reference": f"{lead}{other}", "n_documents": 24 + n,
                    "n_clusters": 24, "n_units": 90, "corrected": False, "validated": False}
            name = "label_distance" if group else "vocabulary_distance"
            if not tested or n == len(pairs) - 1:
                rows.append({**base, "measure": name, "estimate": value, "method": "description",
                             "note": "Described only: fewer than 10 clusters of one group alone (9 and 15)."})
                continue
            base |= {"method": "Jensen-Shannon distance, permutation of clusters, 2000 resamples", "seed": 0}
            rows += [{**base, "measure": name, "estimate": value + 0.05, "p_value": 0.001 if n == 0 else 0.3,
                      "q_value": 0.02 if n == 0 else 1.0},
                     {**base, "measure": f"{name}_thinned", "estimate": value},
                     {**base, "measure": f"{name}_excess", "estimate": value - low - 0.1},
                     {**base, "measure": f"{name}_null", "estimate": low + 0.1, "ci_low": low, "ci_high": low + 0.2,
                      "ci_level": 0.9}]
    return schema.validate(pd.DataFrame(rows), "estimates")


@pytest.fixture(scope="module")
def four() -> pd.DataFrame:
    return rows_of(FOUR)


def short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def cells_of(ax) -> dict[tuple[str, str], str]:
    """Read the cells: (column, row) → text."""
    columns = {float(x): t.get_text().replace("\n", " ") for x, t in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True)}
    rows = {float(y): t.get_text().replace("\n", " ") for y, t in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)}
    return {(columns[float(t.get_position()[0])], rows[float(t.get_position()[1])]): t.get_text() for t in ax.texts}


def test_each_pair_has_its_numbers(four):
    ax = plot_distance(four, group="security")
    seen, rows = cells_of(ax), four[four["group"] == "security"]
    assert set(seen) == set(combinations(FOUR, 2))
    for pair in combinations(FOUR, 2):
        own = rows[rows["contrast"] == " and ".join(pair)].set_index("measure")
        if "label_distance_null" not in own.index:
            assert seen[pair] == f"({short(own['estimate'].iloc[0])})"
            continue
        star = "*" if own.loc["label_distance", "q_value"] < 0.05 else ""
        null = own.loc["label_distance_null"]
        assert seen[pair] == (f"{short(own.loc['label_distance_thinned', 'estimate'])}{star}\n{short(null['ci_low'])}–"
                              f"{short(null['ci_high'])}")
    assert [text.count("*") for text in seen.values()].count(1) == 1
    assert ax.get_title(loc="left") == "labels: security"


def test_the_shade_is_what_lies_beyond_chance(four):
    ax = plot_distance(four)
    (mesh,) = (a for a in ax.collections if isinstance(a, QuadMesh))
    shades = np.ma.filled(mesh.get_array(), np.nan).reshape(3, 3)
    rows = four[(four["measure"] == "label_distance_excess") & (four["group"] == "protesters")]
    excess = rows.set_index("contrast")["estimate"]
    for (x, one), (row, other) in combinations(enumerate(FOUR), 2):
        value = excess.get(f"{one} and {other}", np.nan)
        assert shades[row - 1, x] == pytest.approx(value, nan_ok=True)
    assert np.isnan(shades[np.triu_indices(3, 1)]).all()
    assert (mesh.norm.vmin, mesh.norm.vmax) == (0, pytest.approx(excess.max()))
    framed = [p for p in ax.patches if p.get_edgecolor()[:3] == (0, 0, 0)]
    assert [p.get_xy() for p in framed] == [(0, 0)]  # Argus and Bugle, q = .02


def test_described_only_has_no_shade_and_no_bar():
    figure = plot_distance(rows_of(FOUR, tested=False)).figure
    assert len(figure.axes) == 1
    assert not [a for a in figure.axes[0].collections if isinstance(a, QuadMesh)]
    assert all(text.startswith("(") for text in cells_of(figure.axes[0]).values())


@pytest.mark.parametrize(("outlets", "names"), [
    (FOUR[:2], ["11_distance"]), (FOUR, ["11_distance"]), (tuple(f"Outlet {i}" for i in range(7)), ["11_distance"]),
    (SEVEN, ["11_distance", "11_distance_2", "11_distance_3"])])
def test_panels_are_laid_out_so_that_cells_hold_their_text(outlets, names):
    rows = rows_of(outlets, ("protesters", "event", "security"))
    pages = list(PLAN.draw(Given(rows)))
    assert [page.name for page in pages] == names
    for page in pages:
        assert not Drawn(page.figure).faults()
        assert page.figure.get_size_inches()[1] * 25.4 <= 170
    assert sum(len(page.data) for page in pages) == len(rows)


def test_words_and_labels_are_panels_of_one_figure(four):
    rows = pd.concat([four, rows_of(FOUR, ("",))])
    (page,) = PLAN.draw(Given(rows))
    assert [ax.get_title(loc="left") for ax in page.figure.axes][:3] == ["labels: protesters", "labels: security", "all words"]
    assert plot_distance(rows, measure="vocabulary_distance").get_title(loc="left") == "all words"
    assert "How far apart each two outlets are in labels for protesters and security and all words (Jensen-Shannon" in (
        write_caption(page.data, KIND))


def test_groups_of_too_little_are_drawn_only_where_nothing_is_tested(four):
    bare = rows_of(FOUR, ("event",), tested=False)
    (page,) = PLAN.draw(Given(pd.concat([four, bare], ignore_index=True)))
    assert [ax.get_title(loc="left") for ax in page.figure.axes if ax.texts] == ["labels: protesters", "labels: security"]
    assert "Too little to test, and in the CSV file only: labels: event." in write_caption(page.data, KIND)
    assert "described only: 2 pairs" in write_caption(page.data, KIND)  # of those drawn
    assert set(page.data["group"]) == {"protesters", "security", "event"}
    assert plot_distance(pd.concat([four, bare]), group="event").get_title(loc="left") == "labels: event"  # if asked for
    (alone,) = PLAN.draw(Given(bare))
    assert "in the CSV file only" not in write_caption(alone.data, KIND)


def test_what_no_two_outlets_have_is_told(four):
    silent = rows_of(FOUR, ("event",), tested=False).assign(estimate=np.nan, note="Nothing to measure: no labels of this group.")
    (page,) = PLAN.draw(Given(pd.concat([four, silent], ignore_index=True)))
    assert len([ax for ax in page.figure.axes if ax.texts]) == 2
    assert "No two outlets have any labels: event." in write_caption(page.data, KIND)
    assert "no two outlets have labels of one group" in PLAN.lacks(Given(silent))


def test_other_groupings_stand_under_their_bare_names(four):
    rows = rows_of(FOUR, lead="publisher=")
    assert set(cells_of(plot_distance(rows))) == set(combinations(FOUR, 2))
    both = pd.concat([four, rows])
    with pytest.raises(SchemaError, match="by='outlet' or by='publisher'"):
        plot_distance(both)
    assert set(cells_of(plot_distance(both, by="publisher", labels={"Argus": "A"}))) == set(combinations(("A", *FOUR[1:]), 2))


def test_axes_of_the_user_are_used(four):
    ax = new_figure(183, 80).add_subplot()
    assert plot_distance(four, ax=ax) is ax


def test_caption_and_alt_text_by_hand(four):
    data = find_distances(four, by=None)
    excess = data[data["measure"] == "label_distance_excess"].groupby("group", sort=False)["estimate"]
    assert write_caption(data, KIND, title="T") == (
        "**Distance between outlets, against chance: T.** How far apart each two outlets are in labels for protesters and "
        "security (Jensen-Shannon distance, 0 to 1). First line of a cell: the distance of articles thinned to one length; "
        "second: 5 to 95 % of what articles dealt out at random give; shade: how far the distance lies beyond their mean; star "
        "and frame: q < .05 (Holm). Behind each distance stand 24 to 29 articles (24 independent clusters) with 90 labels or "
        "words. Tested: 10 pairs, of which 2 differ (Jensen-Shannon distance, permutation of clusters, 2000 resamples; seed 0). "
        "Distances have no intervals (chance is printed instead). In brackets, described only: 2 pairs (fewer than 10 clusters "
        "of one outlet alone). Unvalidated: not checked against human codings of this study.")
    for group, values in excess:
        pair = data.loc[values.idxmax(), "contrast"]
        told = f"labels: {group}: farthest beyond chance {pair}, by {values.max():.2f}; q < .05 in 1 pairs"
        assert told in write_alt(data, KIND)
    bare = find_distances(rows_of(FOUR, ("protesters",), tested=False), by=None)
    assert "none tested" in write_alt(bare, KIND)
    assert "Tested" not in write_caption(bare, KIND)


@pytest.mark.parametrize(("outlets", "why"), [
    ([f"Outlet {i}" for i in range(30)], "30 outlets do not fit a page of 183 mm"),
    ([f"{' '.join(SEVEN)} {i}" for i in range(9)], "names of 9 outlets take so many lines")])
def test_a_study_that_no_page_holds_has_its_other_figures(demo, outlets, why):
    both = pd.concat([demo, rows_of(outlets, ("protesters",))], ignore_index=True)
    assert why in find_left_out(both)["11_distance"]
    assert [f.name for f in plot_study(both)] == [f.name for f in plot_study(demo)]
    short = {name: str(i) for i, name in enumerate(outlets)}
    assert ("11_distance" in find_left_out(both, labels=short)) == (len(outlets) == 30)
    assert ("11_distance" in [f.name for f in plot_study(both, labels=short)]) == (len(outlets) == 9)
    with pytest.raises(SchemaError, match=why):
        plot_distance(both)


def test_errors_say_what_is_there(four, demo):
    assert "measure_distance does it" in find_left_out(demo)["11_distance"]
    with pytest.raises(SchemaError, match=r"needs 'label_distance' or 'vocabulary_distance' by outlet.*measure_distance"):
        plot_distance(demo)
    with pytest.raises(SchemaError, match="distances in labels: protesters; labels: security"):
        plot_distance(four, group="event")
    with pytest.raises(SchemaError, match="of several voices"):
        plot_distance(pd.concat([four.assign(voice="narrator"), four.assign(voice="direct")]))
    with pytest.raises(SchemaError, match=r"30 outlets do not fit a page of 183 mm in 7-point type; at most 1[0-9] do"):
        plot_distance(rows_of([f"Outlet {i}" for i in range(30)], ("protesters",)))
