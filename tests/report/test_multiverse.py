"""The specification curve: what is drawn against the rows, and choices read back from the dots of the board."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex

from framelens import io, schema
from framelens.errors import SchemaError
from framelens.measure.multiverse import CHOICES
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import plot_study
from framelens.report.gallery import write_figures
from framelens.report.plots.multiverse import KIND, NONE, ONE, SPEC_MARKS, find_multiverse, plot_multiverse, read_spec

BLACK, CHIEF = SPEC_MARKS["specification"].colour, SPEC_MARKS["default"].colour


def curve_of(table: pd.DataFrame) -> pd.DataFrame:
    return table[~table["measure"].str.startswith("multiverse_")].reset_index(drop=True)


def seen(ax) -> dict[int, tuple[float, str, bool]]:
    """Read the dots: place → (estimate, colour, filled)."""
    dots = {}
    for artist in ax.collections:
        if isinstance(artist, PathCollection):
            (x, y), = artist.get_offsets()
            colour = to_hex(artist.get_edgecolor()[0]).upper()
            dots[round(x)] = (float(y), colour, to_hex(artist.get_facecolor()[0]).upper() == colour)
    return dots


def bars(ax) -> dict[int, tuple[float, float]]:
    segments = [s for artist in ax.collections if isinstance(artist, LineCollection) for s in artist.get_segments()]
    return {round(x): (float(low), float(high)) for (x, low), (_, high) in segments}


def chosen(board) -> dict[int, dict[str, str]]:
    """Read the board: place → heading → line, by the tick labels beside the dots."""
    ticks = sorted(zip(board.get_yticks(), board.get_yticklabels(), strict=True), key=lambda pair: pair[0])
    lines, head = {}, ""
    for y, label in ticks:
        if label.get_fontweight() == "bold":
            head = label.get_text()
        else:
            lines[float(y)] = (head, label.get_text())
    found = {}
    for artist in board.collections:
        for x, y in artist.get_offsets():
            head, line = lines[float(y)]
            assert head not in found.setdefault(round(x), {})  # one value of each choice
            found[round(x)][head] = line
    return found


def test_every_specification_is_a_dot_with_its_interval_in_rising_order(multiverse):
    ax = plot_multiverse(multiverse)
    rows = curve_of(multiverse)
    default = multiverse.set_index("measure").loc["multiverse_default", "spec"]
    barred = rows["ci_low"].notna()
    assert 0 < barred.sum() < len(rows)
    assert seen(ax) == {x: (row["estimate"], CHIEF if row["spec"] == default else BLACK, bool(barred[x]))
                        for x, row in rows.iterrows()}
    assert bars(ax) == {x: (row["ci_low"], row["ci_high"]) for x, row in rows[barred].iterrows()}
    heights = [y for _, (y, *_) in sorted(seen(ax).items())]
    assert heights == sorted(heights)
    zero = next(line for line in ax.lines if set(line.get_ydata()) == {0})
    assert zero.get_linestyle() == "--"
    assert ax.get_title(loc="left") == "Herald minus Bugle: delegitimising, protesters"
    assert ax.get_ylabel() == "difference (share)"


def test_the_board_says_what_each_specification_chooses(multiverse):
    ax = plot_multiverse(multiverse)
    board = ax.figure.axes[1]
    heads = {"voice": "own voice", "referent": "referent", "contested": "contested labels", "wire": "copies",
             "suspects": "suspected paraphrases", "without": "left out of the lexicon"}
    rows = curve_of(multiverse)
    wanted = {}
    for x, spec in enumerate(rows["spec"]):
        plan = read_spec(spec)
        wanted[x] = {heads[name]: value for name, value in plan.items() if name != "without"}
        wanted[x][heads["without"]] = NONE if plan["without"] == "none" else ONE
    assert chosen(board) == wanted
    assert board.get_xlim() == ax.get_xlim()
    named = {int(x): label.get_text() for x, label in zip(board.get_xticks(), board.get_xticklabels(), strict=True)}
    terms = {x: read_spec(spec)["without"] for x, spec in enumerate(rows["spec"])}
    assert named == {x: term for x, term in terms.items() if term != "none"}


def test_the_default_s_value_of_each_choice_comes_first(multiverse):
    board = plot_multiverse(multiverse).figure.axes[1]
    lines = [label.get_text() for _, label in sorted(zip(board.get_yticks(), board.get_yticklabels(), strict=True),
                                                     key=lambda pair: pair[0]) if label.get_fontweight() != "bold"]
    assert lines == [value for values in CHOICES.values() for value in values] + [NONE, ONE]


def test_rows_in_another_order_and_of_other_measures_change_nothing(multiverse, demo):
    mixed = schema.validate(pd.concat([demo, multiverse.sample(frac=1, random_state=1)]), "estimates")
    known = find_multiverse(multiverse)
    again = find_multiverse(mixed)
    assert sorted(again["spec"].dropna()) == sorted(known["spec"].dropna())
    assert curve_of(again)["estimate"].tolist() == curve_of(known)["estimate"].tolist()
    assert not set(again["measure"]) & set(demo["measure"])


@pytest.mark.parametrize("other", [{"contrast": "A minus B"}, {"stance": "neutral"}, {"group": "security"}])
def test_rows_that_sum_up_another_multiverse_are_not_taken(multiverse, other):
    summed = multiverse[multiverse["measure"].str.startswith("multiverse_")].assign(estimate=7.0, **other)
    first = summed[summed["measure"] == "multiverse_default"].assign(spec=curve_of(multiverse)["spec"].iloc[0])
    both = pd.concat([first, multiverse])  # the other's default would be another column
    pd.testing.assert_frame_equal(find_multiverse(both), find_multiverse(multiverse))
    assert seen(plot_multiverse(both)) == seen(plot_multiverse(multiverse))


def test_a_default_that_is_not_drawn_is_not_in_the_key(multiverse):
    default = multiverse.set_index("measure").loc["multiverse_default", "spec"]
    gone = multiverse["spec"].eq(default) & ~multiverse["measure"].str.startswith("multiverse_")
    rows = multiverse.assign(**{name: multiverse[name].mask(gone) for name in ("estimate", "ci_low", "ci_high")})
    keys = [[text.get_text() for text in plot_multiverse(table).figure.legends[0].get_texts()] for table in (multiverse, rows)]
    assert [("default" in key, "with interval" in key) for key in keys] == [(True, True), (False, True)]


def test_a_specification_without_an_estimate_has_a_dash(multiverse):
    rows = multiverse.copy()
    gone = rows.index[rows["spec"].notna()][3]
    rows.loc[gone, ["estimate", "ci_low", "ci_high"]] = np.nan
    ax = plot_multiverse(rows)
    last = len(curve_of(rows)) - 1
    assert set(seen(ax)) == set(range(last))
    assert [t.get_text() for t in ax.texts if t.xy[0] == pytest.approx(last, abs=0.5)] == ["–"]


def test_ratios_stand_against_one_on_a_log_axis(multiverse):
    rows = multiverse.assign(contrast="Herald over Bugle", unit="odds ratio", estimate=np.exp(multiverse["estimate"]),
                             ci_low=np.exp(multiverse["ci_low"]), ci_high=np.exp(multiverse["ci_high"]))
    ax = plot_multiverse(rows)
    assert ax.get_yscale() == "log"
    assert any(set(line.get_ydata()) == {1} for line in ax.lines)
    assert ax.get_ylabel() == "odds ratio"


def test_one_specification_alone_is_drawn(multiverse):
    rows = multiverse[multiverse["measure"].eq("multiverse_default") | multiverse["spec"].str.endswith("without=mob", na=False)]
    ax = plot_multiverse(rows.assign(spec="default"))
    assert {colour for _, colour, _ in seen(ax).values()} == {CHIEF}
    assert list(chosen(ax.figure.axes[1])) == [0]


def test_a_multiverse_is_figure_five_and_its_rows_redraw_it(multiverse, demo, tmp_path):
    paths = write_figures(pd.concat([demo, multiverse]), tmp_path, title="A strike")
    mine = [path for path in paths if path.stem == "05_multiverse"]
    assert {path.suffix for path in mine} == {".pdf", ".svg", ".png", ".csv", ".md"}
    again = io.read_table(tmp_path / "05_multiverse.csv", "estimates")
    assert seen(plot_multiverse(again)) == seen(plot_multiverse(multiverse))
    assert chosen(plot_multiverse(again).figure.axes[1]) == chosen(plot_multiverse(multiverse).figure.axes[1])


@pytest.mark.parametrize("change", [lambda m: m.iloc[:0], lambda m: m.assign(estimate=np.nan)])
def test_without_an_estimate_there_is_no_figure(multiverse, demo, change):
    names = [figure.name for figure in plot_study(schema.validate(pd.concat([demo, change(multiverse)]), "estimates"))]
    assert "04_sentiment_by_voice" in names
    assert "05_multiverse" not in names


@pytest.mark.parametrize(("change", "message"), [
    (lambda m: m.assign(estimate=np.nan), "needs specifications with an estimate.*measure_multiverse"),
    (lambda m: pd.concat([m, m.assign(group="security")]), "several multiverses stand together; they differ in group"),
    (lambda m: pd.concat([m.assign(voice="direct"), m.assign(voice="indirect")]), r"they differ in voice\. "),
    (lambda m: m[m["spec"].isna()], "needs specifications"),
])
def test_errors_say_what_is_asked_for(multiverse, change, message):
    with pytest.raises(SchemaError, match=message):
        plot_multiverse(change(multiverse))


def test_caption_and_alt_text_are_of_the_rows(multiverse):
    rows, data = curve_of(multiverse), find_multiverse(multiverse)
    caption, alt = write_caption(data, KIND, title="A strike"), write_alt(data, KIND)
    assert caption.startswith("**One conclusion under every choice: A strike.** Specification curve of the label choice share "
                              "(delegitimising, protesters), Herald minus Bugle:")
    assert f"Specifications: {len(rows)}, of " in caption
    bare = int(rows["ci_low"].isna().sum())
    assert f"Hollow: described only, no interval ({bare} of {len(rows)})" in caption
    same = multiverse.set_index("measure").loc["multiverse_same_direction", "note"]
    assert same in caption
    assert same in alt
    assert "tested" in caption
    low, high = rows["estimate"].min(), rows["estimate"].max()
    first = rows["spec"].iloc[0].replace("without=none", "no term left out")
    assert re.search(rf"Lowest {low:.2f}.*, {re.escape(first)}; highest {high:.2f}", alt)
    bare_rows = data.assign(ci_low=np.nan, ci_high=np.nan)
    assert "tested" not in write_caption(bare_rows, KIND)
    assert "with intervals" not in write_alt(bare_rows, KIND)


def test_names_keep_their_letters(multiverse):
    data = find_multiverse(multiverse.assign(contrast="origin=The Herald minus origin=OQ"))
    assert "The Herald minus OQ" in write_alt(data, KIND)
    assert "Herald minus Open Quay" in write_caption(data, KIND, labels={"The Herald": "Herald", "OQ": "Open Quay"})
    assert plot_multiverse(data, labels={"OQ": "Quay"}).get_title(loc="left").startswith("The Herald minus Quay:")
