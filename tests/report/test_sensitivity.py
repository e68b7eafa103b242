"""A conclusion without each term: dots and intervals are the rows of the table, in its order; what is not drawn is counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from artists import bars, dots, lines_of, notes
from framelens import schema
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out
from framelens.report.plots.plan import Given
from framelens.report.plots.sensitivity import KIND, MOST, PLAN, TERM_MARKS, find_sensitivity, plot_sensitivity
from framelens.report.style import new_figure
from printed import Drawn

HERALD = "Herald minus Bugle"
TITLE = f"{HERALD}: delegitimising, protesters"


def rows_of(*terms: tuple, contrast: str = HERALD, default: float = 0.3) -> pd.DataFrame:
    """Make the rows of a multiverse by hand: (term, estimate, labels left, whether the conclusion changes)."""
    base = {"unit": "share", "outlet": "Herald", "contrast": contrast, "reference": "Bugle", "group": "protesters",
            "stance": "delegitimising", "zone": "body", "voice": "narrator", "n_documents": 20, "n_clusters": 19,
            "ci_level": 0.95, "method": "CR2, Satterthwaite", "corrected": False, "validated": False}
    rows = [{**base, "measure": "multiverse_default", "spec": "without=none", "estimate": default, "ci_low": default - 0.1,
             "ci_high": default + 0.1, "n_units": 50, "note": "Conclusion: Herald higher, p < 0.05."}]
    for term, estimate, n, changes in terms:
        rows.append({**base, "measure": "multiverse_changed" if changes else "multiverse_kept", "term": term,
                     "spec": f"without={term}", "estimate": estimate, "ci_low": estimate - 0.1, "ci_high": estimate + 0.1,
                     "n_units": n, "note": "Changes the conclusion: equal." if changes else "The conclusion stays."})
    return schema.validate(pd.DataFrame(rows), "estimates")


@pytest.fixture
def hand() -> pd.DataFrame:
    return rows_of(("mob", 0.05, 40, True), ("crowd", 0.4, 45, False), ("thug", 0.25, 48, False), ("gang", 0.3, 50, False))


def test_every_term_that_moves_a_number_is_a_dot_with_its_interval(hand):
    ax = plot_sensitivity(hand)
    assert list(lines_of(ax).values()) == [
        (TITLE, "all terms"), ("conclusion changes without", "mob"), ("conclusion stays without", "crowd"),
        ("conclusion stays without", "thug")]
    seen = {line: (x, colour) for (_, line, colour), (x, _) in dots(ax).items()}
    colours = {measure: mark.colour for measure, mark in TERM_MARKS.items()}
    assert seen == {"all terms": (0.3, colours["multiverse_default"]), "mob": (0.05, colours["multiverse_changed"]),
                    "crowd": (0.4, colours["multiverse_kept"]), "thug": (0.25, colours["multiverse_kept"])}
    assert {line: ends for (_, line, _), ends in bars(ax).items()} == {
        term: (pytest.approx(x - 0.1), pytest.approx(x + 0.1)) for term, (x, _) in seen.items()}
    assert {line: n for (_, line), n in notes(ax, 1).items()} == {"all terms": "50", "mob": "40", "crowd": "45", "thug": "48"}
    assert ax.get_xlabel() == "difference (share)"


def test_lines_of_no_difference_and_of_all_terms_stand_beside_the_rows(hand):
    ax = plot_sensitivity(hand)
    upright = [s for a in ax.collections if hasattr(a, "get_segments") for s in a.get_segments() if s[0][1] != s[1][1]]
    assert {x for segment in upright for x, _ in segment} == {0.0, 0.3}
    heads = [y for y, t in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True) if t.get_fontweight() == "bold"]
    assert not any(s[0][1] < y < s[1][1] for s in upright for y in heads)


def test_as_measured(multiverse):
    """The rows of measure_multiverse itself: each term's estimate is that of its specification."""
    ax = plot_sensitivity(multiverse)
    crossed = multiverse[~multiverse["measure"].str.startswith("multiverse_")].set_index("spec")["estimate"]
    seen = {line: x for (_, line, _), (x, _) in dots(ax).items()}
    default = multiverse.set_index("measure").loc["multiverse_default", "spec"]
    for term in ("mob", "crowd", "thug"):
        assert seen[term] == crossed[default.replace("without=none", f"without={term}")]
    assert seen["all terms"] == crossed[default]


def test_a_ratio_stands_against_one_on_a_log_axis(hand):
    rows = hand.assign(contrast="Herald over Bugle", unit="ratio", estimate=hand["estimate"] + 1, ci_low=hand["ci_low"] + 1,
                       ci_high=hand["ci_high"] + 1)
    ax = plot_sensitivity(rows)
    assert ax.get_xscale() == "log"
    assert ax.get_xlabel() == "ratio"
    dashed = [a for a in ax.collections if hasattr(a, "get_segments") and a.get_linestyle()[0][1]]
    assert {s[0][0] for a in dashed for s in a.get_segments()} == {1.0}


def test_what_cannot_be_compared_has_a_dash(hand):
    values = ["estimate", "ci_low", "ci_high"]
    ax = plot_sensitivity(hand.assign(**{c: hand[c].mask(hand["term"] == "mob") for c in values}))
    assert {line: text for (_, line), text in notes(ax, 0).items()} == {"mob": "–"}
    assert "mob" not in {line for _, line, _ in dots(ax)}


def test_terms_beyond_a_page_are_counted(tmp_path):
    many = rows_of(*[(f"word {i}", 0.3 + 0.001 * (100 - i), 40, i < 2) for i in range(100)], ("idle", 0.3, 50, False))
    ax = plot_sensitivity(many)
    shown = [line for _, line in lines_of(ax).values()]
    assert shown == ["all terms", *(f"word {i}" for i in range(MOST))]
    assert ax.figure.get_size_inches()[1] * 25.4 <= 170
    assert not Drawn(ax.figure).faults()
    caption = write_caption(find_sensitivity(many), KIND)
    assert f"Drawn: {MOST}, of 20 articles (19 independent clusters) and 40 to 50 labels." in caption
    assert "Not drawn for changing no number: 1 term." in caption
    assert f"Not drawn for want of room, with less effect: {100 - MOST} terms." in caption
    assert "It changes without 2 of 101 terms: “word 0” and “word 1”." in caption


def test_long_names_and_terms_break_or_fit(hand):
    long = "The Northmere Courier and Evening Standard"
    rows = hand.assign(contrast=f"{long} minus THE WWW NEWS OF THE LOWER MAMMOTH VALLEY",
                       term=hand["term"].replace("mob", "pro-democracy demonstrators"))
    assert not Drawn(plot_sensitivity(rows).figure).faults()


def test_axes_of_the_user_are_used(hand):
    ax = new_figure(183, 80).add_subplot()
    assert plot_sensitivity(hand, ax=ax) is ax


def test_caption_and_alt_text_by_hand(hand):
    data = find_sensitivity(hand)
    assert write_caption(data, KIND, title="T", labels={"Herald": "The Herald"}) == (
        "**One conclusion without each term: T.** The Herald minus Bugle: delegitimising, protesters: the contrast with "
        "all terms of the lexicon (blue line), and without each; n: labels that are left to count; dashed line: no "
        "difference. Measured in the body. Conclusion: Herald higher, p < 0.05. It changes without 1 of 4 terms: “mob”. "
        "Drawn: 3, of 20 articles (19 independent clusters) and 40 to 50 labels. Not drawn for changing no number: 1 "
        "term. Bars: 95% intervals (CR2, Satterthwaite). The rows are one conclusion seen many times, not many tests. "
        "Unvalidated: not checked against human codings of this study.")
    assert write_alt(data, KIND) == (
        f"Dot plot with intervals: {TITLE}, 0.30 (0.20 to 0.40) with all terms of the lexicon, and 3 times without one of them. "
        "Lowest 0.05 (-0.05 to 0.15), without “mob”; highest 0.40 (0.30 to 0.50), without “crowd”. It changes without 1 of 4 "
        "terms: “mob”.")


def test_without_intervals_the_caption_says_so(hand):
    bare = hand.assign(ci_low=np.nan, ci_high=np.nan, ci_level=np.nan)
    assert "Described only, no interval" in write_caption(find_sensitivity(bare), KIND)
    assert not bars(plot_sensitivity(bare))


@pytest.mark.parametrize("change", [lambda t: t[t["term"].isna()], lambda t: t[t["term"].notna()],
                                    lambda t: t.assign(estimate=np.nan)])
def test_without_rows_it_is_left_out_and_refused(hand, demo, change):
    rows = change(hand)
    assert "measure_multiverse does it" in find_left_out(pd.concat([demo, rows]))["13_sensitivity"]
    with pytest.raises(SchemaError, match=r"plot_sensitivity needs 'multiverse_default' with an estimate.*measure_multiverse"):
        plot_sensitivity(rows)


def test_two_multiverses_are_refused(hand):
    with pytest.raises(SchemaError, match=r"2 multiverses stand together. Keep one"):
        plot_sensitivity(pd.concat([hand, hand.assign(group="security")]))


def test_the_study_s_figure_holds_all_terms(hand, demo):
    (figure,) = PLAN.draw(Given(pd.concat([demo, hand], ignore_index=True)))
    assert figure.name == "13_sensitivity"
    assert list(figure.data["term"].dropna()) == ["mob", "crowd", "thug", "gang"]  # also what is not drawn
