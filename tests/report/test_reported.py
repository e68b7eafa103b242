"""The figure of reported numbers: marks stand at the numbers of the table, and what is written beside them is what is told."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex

from framelens import annotate, find_disagreements, schema
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.plots.plan import Given
from framelens.report.plots.reported import KIND, OWN, PLAN, SIDE_MARKS, find_reported, plot_reported
from framelens.report.style import journal_style
from printed import Drawn, confused

TEXTS = {
    "a": ("Post", "2024-05-02", "Police said 12 people were killed. Nobody was arrested."),
    "b": ("Star", "2024-05-01", "At least 26 people were killed, the health ministry said. Police said 40 people were arrested."),
    "c": ("Echo", None, "Dozens of people were killed. Up to 9 people were arrested, residents said."),
    "d": ("Sun", "2024-05-01", "Some 300 people were injured, rebels said."),
}


def corpus(**changes):
    rows = pd.DataFrame([(k, o, p, t) for k, (o, p, t) in TEXTS.items()], columns=["document_id", "outlet", "published", "text"])
    return annotate(rows.assign(event="blast").assign(**changes))


@pytest.fixture(scope="module")
def reported():
    return find_disagreements(corpus())


def lines_of(ax):
    """Read the rows: y → the texts beside the axis, from the left; headings are bold."""
    found = {}
    for text in ax.texts:
        if text.get_text():
            found.setdefault(text.xy[1], []).append((text.xyann[0] + 1000 * text.xy[0], text.get_text(), text.get_fontweight()))
    return {y: [t for _, t, _ in sorted(texts)] for y, texts in sorted(found.items())}


def marks_of(ax):
    """Read the marks: y → (values, colour, filled)."""
    found = {}
    for artist in ax.collections:
        if isinstance(artist, PathCollection):
            values = [float(x) for x, _ in artist.get_offsets()]
            colour = to_hex(artist.get_edgecolor()[0]).upper()
            found[float(artist.get_offsets()[0][1])] = (values, colour, to_hex(artist.get_facecolor()[0]).upper() == colour)
    return found


def bars_of(ax):
    return {float(segment[0][1]): (float(segment[0][0]), float(segment[1][0])) for artist in ax.collections
            if isinstance(artist, LineCollection) for segment in artist.get_segments()}


def test_rows_are_by_fact_and_date_and_say_who_and_what(reported):
    ax = plot_reported(reported)
    assert list(lines_of(ax).values()) == [
        ["killed: people"], ["2024-05-01", "Star", "health ministry", "at least 26"], ["2024-05-02", "Post", "police", "12 ≠"],
        ["undated", "Echo", "own voice", "dozens ≠"],
        ["detained: people"], ["2024-05-01", "Star", "police", "40 ≠"], ["2024-05-02", "Post", "own voice", "0"],
        ["undated", "Echo", "residents", "up to 9 ≠"]]


@pytest.mark.parametrize(("hedge", "told"), [
    ("would", "12 (would) ≠"), ("feared at least", "at least 12 (feared) ≠"), ("or more", "12 or more ≠")])
def test_a_word_of_doubt_stands_behind_its_number(reported, hedge, told):
    given = reported.assign(hedge=reported["hedge"].mask(reported["value"] == 12, hedge))
    assert told in [row[-1] for row in lines_of(plot_reported(given)).values()]


def test_marks_stand_at_the_numbers_and_show_hedge_and_side(reported):
    ax = plot_reported(reported)
    texts, marks, bars = lines_of(ax), marks_of(ax), bars_of(ax)
    seen = {(row[1], row[3].removesuffix(" ≠")): (marks[y], bars.get(y)) for y, row in texts.items() if len(row) > 1}
    blue, black, green = (SIDE_MARKS[side].colour for side in ("official", OWN, "other"))
    assert seen["Post", "12"] == (([12.0], blue, True), None)
    assert seen["Star", "at least 26"] == (([26.0], blue, False), None)  # an arrow, no bar: it has no end
    assert seen["Echo", "dozens"] == (([24.0, 99.0], black, False), (24.0, 99.0))
    assert seen["Post", "0"] == (([0.0], black, True), None)
    assert seen["Echo", "up to 9"] == (([9.0], green, False), (0.0, 9.0))
    arrows = [text.xy for text in ax.texts if text.arrow_patch is not None]
    assert [x for x, _ in arrows] == [26.0]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [OWN, "official", "other"]


def test_every_number_has_its_place_on_the_axis(reported):
    ax = plot_reported(reported.assign(value=reported["value"] * 1000, highest=reported["highest"].replace(math.inf, math.nan)))
    low, high = ax.get_xlim()
    for values, _, _ in marks_of(ax).values():
        assert all(low <= value <= high for value in values)


@pytest.mark.parametrize("journal", ["nature", "plos"])
@pytest.mark.parametrize("times", [10**3, 10**4, 10**5, 10**6])
def test_ticks_of_large_numbers_do_not_touch(reported, times, journal):
    large = reported.assign(value=reported["value"] * times, highest=reported["highest"].replace(math.inf, math.nan))
    with journal_style(journal):
        figure = plot_reported(large).figure
        assert not Drawn(figure).faults()
    assert figure.axes[0].get_xticks()[-1] >= large["value"].max() / 100  # no number stands far beyond the last


def test_what_only_one_article_has_is_left_out_unless_there_is_nothing_else(reported):
    heads = {row[0] for row in lines_of(plot_reported(reported)).values() if len(row) == 1}
    assert heads == {"killed: people", "detained: people"}
    alone = reported[reported["document_id"] == "d"]
    assert next(iter(lines_of(plot_reported(alone)).values())) == ["injured: people"]


def test_the_same_number_of_one_source_in_one_article_is_drawn_once(reported):
    again = pd.concat([reported, reported.assign(fact_id=reported["fact_id"] + "x")])
    pd.testing.assert_frame_equal(find_reported(again), find_reported(reported))
    other = pd.concat([reported, reported.assign(source_name="somebody else")])
    assert len(find_reported(other)) == 2 * len(reported)


def test_a_date_and_a_name_of_that_date_stand_once():
    texts = ["Police said 12 people were killed. Residents said 40 people were killed.", "Rebels said 30 people were killed.",
             "Police said 12 people were killed."]
    rows = pd.DataFrame({"document_id": list("abc"), "outlet": ["Post", "Star", "Star"], "event": "blast", "text": texts,
                         "published": ["2024-05-01", "2024-05-01", "2024-05-02"]})
    assert [row[:-1] for row in lines_of(plot_reported(find_disagreements(annotate(rows)))).values()][1:] == [
        ["2024-05-01", "Post", "police"], ["residents"], ["Star", "rebels"], ["2024-05-02", "Star", "police"]]


def test_labels_and_documents_name_rows_and_several_events_stand_in_the_headings():
    table = find_disagreements(corpus(event=["blast", "blast", "flood", "flood"]))
    rows = list(lines_of(plot_reported(table, by="document_id", labels={"a": "The Post", "blast": "The blast"})).values())
    assert rows[0] == ["The blast, killed: people"]
    assert any(row[:2] == ["2024-05-02", "The Post"] for row in rows)


def test_caption_and_alt_say_what_is_undated_and_what_contradicts(reported):
    copies = pd.DataFrame({"document_id": list(TEXTS), "cluster_id": ["x", "x", "y", "z"]})
    (figure,) = PLAN.draw(Given(schema.empty("estimates"), {"reported": reported, "copies": copies}))
    caption, alt = write_caption(figure.data, KIND, title="T"), write_alt(figure.data, KIND)
    assert "1 article is undated: it stands last" in caption
    assert "≠: cannot be true" in caption
    assert "articles: 3, independent clusters: 2." in caption  # a, b and c
    assert "killed: people: at least 26, 12 and dozens" in alt
    undated = find_reported(find_disagreements(corpus(published="unknown")))
    assert "No article is dated: they stand in the order of their names." in write_caption(undated, KIND)
    peace = reported.assign(disagrees_with=None)
    assert "≠" not in write_caption(find_reported(peace), KIND)


def crowd(n):
    """Many articles of outlets with long names, on one event, each with two numbers."""
    paper = "The Northmere Courier and Evening Standard of the Capital"
    rows = [{"document_id": f"d{k:02d}", "outlet": f"{paper} {k % 7}",
             "published": f"2024-05-{k % 28 + 1:02d}", "event": "blast",
             "text": f"The interior ministry of the federal republic said {k + 3} people were killed and {k + 40} injured."}
            for k in range(n)]
    return find_disagreements(annotate(pd.DataFrame(rows)))


@pytest.mark.parametrize("journal", ["nature", "science", "plos"])
@pytest.mark.parametrize("n", [1, 3, 30])
def test_any_number_of_articles_is_readable(n, journal):
    table = crowd(n)
    with journal_style(journal):
        figures = list(PLAN.draw(Given(schema.empty("estimates"), {"reported": table})))
        for f in figures:
            drawn = Drawn(f.figure)
            assert not drawn.faults(), f.name
            assert not confused(f.figure)
    assert (len(figures) > 1) == (n == 30)
    assert sum(len(f.data) for f in figures) == 2 * n
    heads = [row[0] for row in lines_of(figures[-1].figure.axes[0]).values() if len(row) == 1]
    assert heads  # a page begins with its heading, also in the middle of a fact


def test_without_numbers_there_is_no_figure_and_why_is_said(reported):
    assert "find_disagreements" in PLAN.lacks(Given(schema.empty("estimates")))
    assert "no number of people" in PLAN.lacks(Given(schema.empty("estimates"), {"reported": reported.iloc[:0]}))
    with pytest.raises(SchemaError, match="has no row"):
        plot_reported(reported.iloc[:0])
    with pytest.raises(SchemaError, match="no column 'side'"):
        plot_reported(reported.drop(columns="side"))
    with pytest.raises(SchemaError, match="no page 2"):
        plot_reported(reported, page=2)
