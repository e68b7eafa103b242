"""The dumbbells of keyness: dots, bars and columns against the rows; which terms, in what order; what captions say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex

import framelens as fl
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out
from framelens.report.plots.keyness import KIND, PLAN, REFERENCE, SIDE_MARKS, TARGET, find_keyness, plot_keyness
from framelens.report.plots.plan import Given

TARGETS, REST = "Herald", "the rest"


def draw(more: float, outlets=("Bugle", "Herald", "Post"), articles=12, seed=2) -> pd.DataFrame:
    """Measure words of which the Herald has some ``more`` times as often, and some as much less often."""
    rng = np.random.default_rng(seed)
    names = [f"a{i:03}" for i in range(articles * len(outlets))]
    of = np.repeat(outlets, articles)
    rows = []
    for name, outlet in zip(names, of, strict=True):
        factor = np.where(outlet == "Herald", [more, more * 1.5, 1 / more, 1, 1], 1)
        hits = rng.poisson(np.array([3, 2, 9, 8, 6]) * factor * rng.gamma(8, 1 / 8, 5))
        terms = ("mob", "horde", "crowd", "quay", "bridge")
        rows += [(name, "body", "narrator", term, int(n)) for term, n in zip(terms, hits, strict=True) if n]
    counts = pd.DataFrame(rows, columns=["document_id", "zone", "voice", "term", "count"])
    documents = pd.DataFrame({"document_id": names, "outlet": of})
    sizes = pd.DataFrame({"document_id": names, "zone": "body", "voice": "narrator", "n_words": 400, "n_sentences": 20})
    keys = fl.measure_keyness(counts, documents, "Herald", tables={"sizes": sizes}, n_resamples=999)
    rates = fl.measure_term_rates(keys, counts, documents, tables={"sizes": sizes}, n_resamples=300)
    return pd.concat([keys, rates], ignore_index=True)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return draw(3.0)


def role_of(artist) -> str:
    colour = (artist.get_edgecolor() if isinstance(artist, PathCollection) else artist.get_color())[0]
    return {SIDE_MARKS[role].colour: role for role in SIDE_MARKS}.get(to_hex(colour).upper(), "")


def rows_of(ax) -> dict[float, str]:
    """Read the terms by their place from the tick labels, the bold headings left out."""
    return {float(y): label.get_text() for y, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
            if label.get_fontweight() != "bold"}


def read_rates(ax) -> tuple[dict, dict]:
    """Read dots and bars back: (term, role) → rate, and its interval."""
    terms, dots, bars = rows_of(ax), {}, {}
    for artist in ax.collections:
        points = artist.get_offsets() if isinstance(artist, PathCollection) else [s[0] for s in artist.get_segments()]
        for number, (x, y) in enumerate(points):
            term = terms[min(terms, key=lambda at: abs(at - y))]
            if isinstance(artist, PathCollection):
                dots[term, role_of(artist)] = float(x)
            elif isinstance(artist, LineCollection) and role_of(artist):
                bars[term, role_of(artist)] = tuple(artist.get_segments()[number][:, 0])
    return dots, bars


@pytest.mark.parametrize("zero", [False, True])
def test_every_rate_is_a_dot_with_its_interval(table, zero):
    if zero:  # a word that others never use, with the bound that measure_term_rates gives it
        first = table.index[(table["measure"] == "term_rate") & (table["outlet"] == REST)][0]
        table = table.assign(estimate=table["estimate"].where(table.index != first, 0.0),
                             ci_low=table["ci_low"].where(table.index != first, 0.0),
                             ci_high=table["ci_high"].where(table.index != first, 2.5))
    ax = plot_keyness(table)
    dots, bars = read_rates(ax)
    rates = table[table["measure"] == "term_rate"]
    assert len(dots) == len(rates) >= 6
    left = ax.get_xlim()[0]
    for _, row in rates.iterrows():
        key = row["term"], TARGET if row["outlet"] == TARGETS else REFERENCE
        if row["estimate"] > 0:
            assert dots[key] == pytest.approx(row["estimate"])
            assert (key in bars) == pd.notna(row["ci_low"])
        else:
            assert left < dots[key] < rates.loc[rates["estimate"] > 0, "estimate"].min()
        if key in bars:
            assert bars[key][1] == pytest.approx(row["ci_high"])
            assert bars[key][0] == pytest.approx(row["ci_low"] if row["ci_low"] > 0 else dots[key])
    assert (rates["estimate"] == 0).sum() == [text.get_text() for text in ax.texts].count("0") == zero
    assert ax.get_xscale() == "log"
    assert ax.get_xlabel() == "per 10,000 words"


def test_terms_stand_under_the_side_that_uses_them_more_the_largest_effect_first(table):
    ax = plot_keyness(table, labels={REST: "other outlets"})
    keys = table[(table["measure"] == "keyness") & table["term"].isin(table.loc[table["measure"] == "term_rate", "term"])]
    effect = keys.assign(size=keys["estimate"].abs()).sort_values("size", ascending=False)
    wanted = [term for side in (TARGETS, REST) for term in effect.loc[effect["more_in"] == side, "term"]]
    shown = rows_of(ax)
    assert [shown[y] for y in sorted(shown)] == wanted
    heads = [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]
    assert heads == ["More in Herald", "More in other outlets"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Herald", "other outlets"]


def test_hits_effect_and_q_stand_at_the_right(table):
    ax = plot_keyness(table)
    at = rows_of(ax)
    texts: dict[float, list[str]] = {}
    for text in ax.texts:
        if text.xy[0] == 1:
            texts.setdefault(text.xy[1], []).append(text.get_text())
    keys = table[table["measure"] == "keyness"].set_index("term")
    for y, term in at.items():
        hits, effect, q = texts[y]
        row = keys.loc[term]
        assert hits == f"{row['n_units']:.0f} : {row['n_reference']:.0f}"
        numbers = [float(part.strip(" []")) for part in effect.replace("−", "-").replace("[", ",").split(",")]
        wanted = [row["estimate"]] + ([row["ci_low"], row["ci_high"]] if pd.notna(row["ci_low"]) else [])
        assert numbers == pytest.approx(wanted, abs=0.051)
        assert q == "<.001" or float(q) == pytest.approx(row["q_value"], abs=0.00051)


def test_caption_and_alt_text_say_how_it_was_tested(table):
    data = find_keyness(table)
    caption, alt = write_caption(data, KIND, title="A study"), write_alt(data, KIND)
    keys = data[data["measure"] == "keyness"]
    assert f"With q ≤ 0.05 (Benjamini and Hochberg): {len(keys)} of the {len(keys)} terms drawn." in caption
    assert keys["family"].iloc[0] in caption
    assert "Herald 12 (12); the rest 24 (24)" in caption
    assert "999 resamples" in caption
    assert "seed 0" in caption
    assert "Unvalidated" in caption
    best = keys[keys["more_in"] == TARGETS].iloc[0]["term"]
    assert f"most of all “{best}”" in alt


def test_where_nothing_passes_the_caption_says_so():
    data = find_keyness(draw(1.0, seed=4))
    assert not (data["q_value"] <= 0.05).any()
    assert "No term has q ≤ 0.05" in write_caption(data, KIND)
    assert plot_keyness(data).get_legend() is not None


def test_one_of_several_contrasts_is_named(table):
    other = table.assign(contrast="Post against the rest", outlet=table["outlet"].replace("Herald", "Post"),
                         more_in=table["more_in"].replace("Herald", "Post"))
    both = fl.validate(pd.concat([table, other], ignore_index=True), "estimates")
    with pytest.raises(SchemaError, match="Say which: contrast='Herald against the rest'"):
        plot_keyness(both)
    ax = plot_keyness(both, contrast="Post against the rest")
    assert "More in Post" in [label.get_text() for label in ax.get_yticklabels()]
    assert [figure.name for figure in PLAN.draw(Given(both))] == ["12_keyness", "12_keyness_2"]
    with pytest.raises(SchemaError, match="not 'Bugle'"):
        plot_keyness(table, contrast="Bugle")
    with pytest.raises(SchemaError, match="differ in voice"):
        find_keyness(pd.concat([table, table[table["measure"] == "keyness"].assign(voice="direct")], ignore_index=True))


def test_rates_without_their_row_of_keyness_are_refused(table):
    rates = table[table["measure"] == "term_rate"]
    first = table.index[(table["measure"] == "keyness") & table["term"].isin(rates["term"])][0]
    other = rates.assign(contrast="Post against the rest", outlet=rates["outlet"].replace("Herald", "Post"))
    for rows, contrast in ((table.drop(first), None), (pd.concat([table, other], ignore_index=True), "Post against the rest")):
        with pytest.raises(SchemaError, match="against the rest' has rates of terms without their tested row of keyness"):
            plot_keyness(rows, contrast=contrast)


def test_what_lacks_says_why(table, demo):
    assert "[keyness]" in find_left_out(demo)[PLAN.name]
    described = table[table["measure"] == "keyness"].assign(method="description", p_value=np.nan, more_in=None)
    assert "ten independent articles" in find_left_out(fl.validate(described, "estimates"))[PLAN.name]
    with pytest.raises(SchemaError, match="measure_term_rates"):
        plot_keyness(described)


def test_long_names_break_in_the_key_and_nothing_leaves_the_page(table):
    names = {"Herald": "The Northmere Courier and Evening Standard of the Free Orle Valley",
             REST: "all other outlets of the capital city"}
    ax = plot_keyness(table, labels=names)
    figure = ax.figure
    figure.draw_without_rendering()
    width, height = figure.bbox.width, figure.bbox.height
    for text in [*ax.texts, *ax.get_yticklabels(), *ax.get_legend().get_texts()]:
        box = text.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text.get_text()
