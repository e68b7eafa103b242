"""Sentiment as the text stands and without the words of events: filled and hollow marks of one voice, a panel a scorer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from artists import lines_of, nearest
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import plot_study
from framelens.report.plots.plan import Given
from framelens.report.plots.sentiment import KIND, PLAN, find_sentiment, plot_sentiment
from framelens.report.style import VOICE_MARKS
from printed import Drawn


def cleaned(estimates: pd.DataFrame, words: str = "events") -> pd.DataFrame:
    """Add scores without some words, a little higher."""
    tone = estimates[estimates["measure"] == "mean_sentiment"]
    names = tone["scorer"] + f"_without_{words}"
    more = tone.assign(scorer=names, unit=names, **{c: tone[c] + 0.01 for c in ("estimate", "ci_low", "ci_high")})
    return pd.concat([estimates, more], ignore_index=True)


def marks_of(ax) -> dict[tuple[str, str, bool], tuple[float, str]]:
    """Read the dots: (heading, voice, hollow) → (x, colour)."""
    rows, found = lines_of(ax), {}
    for artist in ax.collections:
        if isinstance(artist, PathCollection):
            hollow = to_hex(artist.get_facecolor()[0]).upper() == "#FFFFFF"
            for x, y in artist.get_offsets():
                key = (*nearest(rows, y), hollow)
                assert key not in found
                found[key] = (float(x), to_hex(artist.get_edgecolor()[0]).upper())
                (at,) = (row for row, name in rows.items() if name == nearest(rows, y))
                assert (y > at) == hollow  # the hollow one stands below
    return found


@pytest.mark.parametrize("scorer", ["textblob_polarity", "vader_compound"])
def test_raw_is_filled_and_without_the_words_of_events_hollow(demo, scorer):
    table = cleaned(demo)
    seen = marks_of(plot_sentiment(table, scorer=scorer))
    rows = table[(table["measure"] == "mean_sentiment") & table["scorer"].isin([scorer, f"{scorer}_without_events"])]
    assert len(seen) == len(rows) == 24
    for _, row in rows.iterrows():
        key = (row["outlet"], row["voice"], row["scorer"].endswith("_events"))
        assert seen[key] == (row["estimate"], VOICE_MARKS[row["voice"]].colour)


def test_the_key_names_the_words_that_are_left_out(demo):
    assert plot_sentiment(demo).get_legend() is None
    ax = plot_sentiment(cleaned(demo, "events_mine"))
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["all words", "without words of events_mine"]


def test_a_study_has_a_panel_a_scorer_of_tone(demo):
    figure = next(f for f in plot_study(cleaned(demo)) if f.name == "04_sentiment_by_voice")
    assert [ax.get_xlabel() for ax in figure.figure.axes] == ["mean TextBlob polarity (−1 to 1)", "mean VADER compound (−1 to 1)"]
    assert set(figure.data["scorer"]) == {
        f"{scorer}{words}" for scorer in ("textblob_polarity", "vader_compound") for words in ("", "_without_events")}
    assert not Drawn(figure.figure).faults()
    only = demo[demo["scorer"].isna() | (demo["scorer"] == "textblob_subjectivity")]
    (page,) = PLAN.draw(Given(only))
    assert [ax.get_xlabel() for ax in page.figure.axes] == ["mean TextBlob subjectivity (0 to 1)"]


def test_scorers_of_the_user_are_drawn_three_to_a_page(demo):
    tone = demo[demo["scorer"] == "vader_compound"]
    more = pd.concat([demo, *(tone.assign(scorer=f"mine {i}", unit=f"mine {i}") for i in range(3))])
    pages = list(PLAN.draw(Given(more)))
    assert [len(page.figure.axes) for page in pages] == [3, 2]
    assert [page.name for page in pages] == ["04_sentiment_by_voice", "04_sentiment_by_voice_2"]


@pytest.mark.parametrize("name", ["demo", "small", "seven"])
def test_nothing_collides_with_two_scores_a_row(name, request):
    for page in PLAN.draw(Given(cleaned(request.getfixturevalue(name)))):
        assert not Drawn(page.figure).faults()
        assert page.figure.get_size_inches()[1] * 25.4 <= 170


def test_many_articles_take_several_pages(small):
    tone = small[small["measure"] == "mean_sentiment"]
    one = tone[tone["document_id"] == tone["document_id"].iloc[0]]
    many = cleaned(pd.concat([one.assign(document_id=f"article {i}") for i in range(30)]))
    pages = list(PLAN.draw(Given(many)))
    assert len(pages) > 1
    assert [d for page in pages for d in dict.fromkeys(page.data["document_id"])] == [f"article {i}" for i in range(30)]


def test_caption_and_alt_text_tell_both(demo):
    data = find_sentiment(cleaned(demo), "vader_compound", by=None, zone="body")
    caption = write_caption(data, KIND)
    assert "of the text as it stands (filled), and by a scorer that does not know the words of events (hollow)" in caption
    assert "filled" not in write_caption(find_sentiment(demo, "vader_compound", by=None, zone="body"), KIND)
    alt = write_alt(data, KIND)
    best = data[data["scorer"] == "vader_compound_without_events"]["estimate"].max()
    assert "VADER compound: lowest " in alt
    assert f"highest {best:.2f} (" in alt.partition("without words of events")[2]


def test_differences_of_a_hundredth_do_not_fill_the_page(demo):
    tone = demo["measure"] == "mean_sentiment"
    for sign in (1, -1):
        near = demo.assign(**{c: demo[c].mask(tone, sign * 0.01) for c in ("estimate", "ci_low", "ci_high")})
        low, high = plot_sentiment(near).get_xlim()
        assert high >= 0.1
        assert (low <= -0.1) == (sign < 0)


def test_two_lists_of_words_are_refused(demo):
    both = pd.concat([cleaned(demo), cleaned(demo, "mine").query("scorer.str.endswith('mine')", engine="python")])
    with pytest.raises(SchemaError, match=r"_without_events, .*_without_mine leave out different words"):
        plot_sentiment(both)


def test_a_voice_that_is_scored_only_as_it_stands_keeps_its_filled_mark(demo):
    table = cleaned(demo)
    hole = table["scorer"].eq("vader_compound_without_events") & table["voice"].eq("direct") & table["outlet"].eq("Herald")
    seen = marks_of(plot_sentiment(table.assign(estimate=table["estimate"].mask(hole, np.nan)), scorer="vader_compound"))
    assert ("Herald", "direct", False) in seen
    assert ("Herald", "direct", True) not in seen
