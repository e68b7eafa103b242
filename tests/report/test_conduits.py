"""The figure of originators and conduits: cells are the rows of the table, and any number of pairs is readable."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import QuadMesh

from framelens import Annotations, schema
from framelens.errors import SchemaError
from framelens.measure.sourcing.conduits import measure_conduits
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out
from framelens.report.plots.conduits import KIND, PLAN, plot_conduits
from framelens.report.plots.plan import Given
from framelens.report.style import journal_style
from printed import Drawn

NAMES = ("The Northmere Courier and Evening Standard", "Gazette of the Free Orle Valley", "Herald", "Open Quay", "Post",
         "The Illustrated Mail", "Star")


def estimates_of(rows, outlets=("Herald", "Bugle")):
    """Measure attributions: (article, originator, conduit), an article an outlet."""
    ids = [f"a{i}" for i in range(len(outlets))]
    table = pd.DataFrame([{"attribution_id": str(n), "document_id": ids[at], "kind": "speech", "level": 1, "source_type": who,
                           "originator_type": who, "conduit_type": conduit} for n, (at, who, conduit) in enumerate(rows)])
    return measure_conduits(Annotations({
        "documents": pd.DataFrame({"document_id": ids, "outlet": outlets}),
        "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids}), "attributions": table}), n_resamples=100)


@pytest.fixture(scope="module")
def few():
    return estimates_of([(0, "police", "state_media"), (0, "police", "state_media"), (0, "government", "news_agency"),
                         (0, "police", "choir"), (0, "police", None), (1, "witness", None)])


@pytest.fixture(scope="module")
def many():
    """Every kind passes on every other, in seven outlets."""
    rng = np.random.default_rng(3)
    pairs = list(product(schema.SOURCE_TYPES, schema.SOURCE_TYPES))
    rows = [(at, *pair) for at in range(7) for pair in pairs for _ in range(rng.poisson(2)) if rng.random() < 0.8]
    return estimates_of(rows, NAMES)


def lines_of(ax):
    """Read y → (conduit, originator) from the tick labels."""
    found, head = {}, ""
    for y, label in sorted(zip(ax.get_yticks(), ax.get_yticklabels(), strict=True), key=lambda pair: pair[0]):
        if label.get_fontweight() == "bold":
            head = label.get_text()
        else:
            found[float(y)] = (head, label.get_text())
    return found


def test_cells_are_counts_and_shades_shares(few):
    ax = plot_conduits(few)
    lines = lines_of(ax)
    assert list(lines.values()) == [("via state media", "police"), ("via news agency", "government"), ("via choir", "police")]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["Bugle", "Herald"]
    printed = {(lines[t.get_position()[1]], int(t.get_position()[0])): t.get_text() for t in ax.texts}
    assert [printed[line, 1] for line in lines.values()] == ["2", "1", "1"]
    assert [printed[line, 0] for line in lines.values()] == ["0", "0", "0"]
    shades = [np.ma.filled(mesh.get_array().astype(float), np.nan) for mesh in ax.collections if isinstance(mesh, QuadMesh)]
    assert np.concatenate(shades)[:, 1].tolist() == [0.5, 0.25, 0.25]
    assert np.isnan(np.concatenate(shades)[:, 0]).all()  # of nothing passed on there is no share


def test_labels_name_outlets_and_kinds(few):
    ax = plot_conduits(few, labels={"Herald": "H", "police": "the police", "choir": "choirs"})
    assert ("via choirs", "the police") in lines_of(ax).values()
    assert ax.get_xticklabels()[1].get_text() == "H"


def test_caption_and_alt_say_what_is_there_and_what_is_not(few):
    (figure,) = PLAN.draw(Given(few))
    caption, alt = write_caption(figure.data, KIND, title="T"), write_alt(figure.data, KIND)
    assert "Bugle 0 to 1" in caption
    assert "No value (–): Bugle." in caption
    assert "Behind each value stand 0 to 4 attributions." in caption
    assert "Herald: most often police via state media, 2." in alt
    assert "Bugle: nothing passed on." in alt


def test_of_many_pairs_those_are_drawn_that_stand_most_often(many):
    (figure,) = PLAN.draw(Given(many))
    pairs = ["conduit_type", "source_type"]
    most = many[many["measure"] == "passed_on_count"].groupby(pairs)["estimate"].max()
    shown = {(head.removeprefix("via ").replace(" ", "_"), line.replace(" ", "_"))
             for head, line in lines_of(figure.figure.axes[0]).values()}
    left = most[[pair not in shown for pair in most.index]]
    assert 10 < len(shown) < len(most) == 361
    assert min(most[pair] for pair in shown) >= left.max()
    assert f"{len(left)} pairs are left out that stand {left.max():.0f} times or less in any outlet" in write_caption(
        figure.data, KIND)
    assert len(figure.data) == 361 * 7 * 2  # the file has them all
    assert figure.figure.get_size_inches()[1] * 25.4 <= 170 + 1e-6
    assert not Drawn(figure.figure).faults()


def test_a_page_is_filled(many):
    """One pair more would not fit: taking the pairs in another order of the table changes nothing."""
    (figure,) = PLAN.draw(Given(many))
    height = figure.figure.get_size_inches()[1] * 25.4
    assert height > 160
    ax = plot_conduits(many.iloc[::-1])
    assert len(lines_of(ax)) == pytest.approx(len(lines_of(figure.figure.axes[0])), abs=3)  # ties fall otherwise


def test_the_ticks_of_small_shares_differ(many):
    figure = plot_conduits(many).figure
    figure.draw_without_rendering()
    ticks = [label.get_text() for label in figure.axes[1].get_xticklabels()]
    assert len(set(ticks)) == len(ticks) > 2


def test_one_column_of_many_is_as_readable():
    (figure,) = PLAN.draw(Given(estimates_of([(0, "police", kind) for kind in schema.SOURCE_TYPES], NAMES[:1])))
    assert len(lines_of(figure.figure.axes[0])) == len(schema.SOURCE_TYPES)
    assert not Drawn(figure.figure).faults()


@pytest.mark.parametrize("journal", ["nature", "science", "plos"])
def test_pages_follow_the_journal(many, journal):
    with journal_style(journal):
        for f in PLAN.draw(Given(many)):
            assert not Drawn(f.figure).faults(), f.name


def test_without_any_there_is_no_figure_and_why_is_said():
    quiet = estimates_of([(0, "police", None)])
    assert "nobody passes on" in find_left_out(quiet)[PLAN.name]
    with pytest.raises(SchemaError, match="measure_conduits"):
        plot_conduits(quiet)
