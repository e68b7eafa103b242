"""What is drawn is what the table says: artists' places and colours are read back and compared with the rows."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from framelens import schema
from framelens.errors import SchemaError
from framelens.report.figures_study import PLANS, find_left_out, plot_study
from framelens.report.plots.density import SCALES, plot_attribution_density
from framelens.report.plots.labels import DISC, plot_labelling
from framelens.report.plots.sentiment import plot_sentiment
from framelens.report.plots.sources import plot_source_types
from framelens.report.style import DENSITY_MARKS, STANCE_MARKS, VOICE_MARKS
from framelens.schema import STANCES, VOICES


def lines_of(ax: Axes) -> dict[float, tuple[str, str]]:
    """Read the rows from the tick labels: y → (heading, line)."""
    found, head = {}, ""
    ticks = zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
    for y, label in sorted(ticks, key=lambda pair: pair[0]):
        if label.get_fontweight() == "bold":
            head = label.get_text().replace("\n", " ")
        else:
            found[float(y)] = (head, label.get_text())
    return found


def nearest(rows: dict[float, tuple[str, str]], y: float) -> tuple[str, str]:
    return rows[min(rows, key=lambda at: abs(at - y))]


def dots(ax: Axes) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Read the dots: (heading, line, colour) → (x, area)."""
    rows, found = lines_of(ax), {}
    for artist in ax.collections:
        if isinstance(artist, PathCollection):
            sizes = list(artist.get_sizes())
            for n, (x, y) in enumerate(artist.get_offsets()):
                key = (*nearest(rows, y), to_hex(artist.get_edgecolor()[0]).upper())
                assert key not in found
                found[key] = (float(x), float(sizes[n % len(sizes)]))
    return found


def bars(ax: Axes) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Read the intervals: (heading, line, colour) → (low, high)."""
    rows, found = lines_of(ax), {}
    for artist in ax.collections:
        if isinstance(artist, LineCollection):
            for (low, y), (high, y_too) in artist.get_segments():
                if y == y_too:  # the zero line stands upright
                    found[(*nearest(rows, y), to_hex(artist.get_color()[0]).upper())] = (float(low), float(high))
    return found


def notes(ax: Axes, x: float | None = None) -> dict[tuple[str, str], str]:
    """Read the texts beside the rows, at one x: (heading, line) → text."""
    rows, found = lines_of(ax), {}
    for text in ax.texts:
        if isinstance(text, Annotation) and text.xy[1] in rows and (x is None or text.xy[0] == pytest.approx(x)):
            found[rows[text.xy[1]]] = text.get_text()
    return found


def part(estimates: pd.DataFrame, measure: str, **where: str) -> pd.DataFrame:
    rows = estimates[(estimates["measure"] == measure) & (estimates["zone"].isna() | (estimates["zone"] == "body"))]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows)
    return rows


def test_shares_and_intervals_of_labels(demo):
    ax = plot_labelling(demo, group="event")
    rows = part(demo, "label_share", group="event")
    seen, drawn = dots(ax), bars(ax)
    assert len(seen) == len(rows) == 4 * 3 * 3
    assert 0 < len(drawn) == rows["ci_low"].notna().sum() < len(rows)
    for _, row in rows.iterrows():
        key = (row["outlet"], row["voice"], STANCE_MARKS[row["stance"]].colour)
        assert seen[key][0] == row["estimate"]
        if pd.notna(row["ci_low"]):
            assert drawn[key] == (row["ci_low"], row["ci_high"])
        assert (seen[key][1] > 5) == pd.notna(row["ci_low"])  # a dot without interval is small
    of = rows.drop_duplicates(["outlet", "voice"]).set_index(["outlet", "voice"])["n_units"]
    assert notes(ax, 1) == {key: f"{n:.0f}" for key, n in of.items()}
    assert [t.get_text() for t in ax.get_legend().get_texts()] == list(STANCES)


def test_counts_of_labels(small):
    ax = plot_labelling(small, group="security")
    rows = part(small, "label_count", group="security")
    marks = {(key[0], key[1], key[2]): area for key, (_, area) in dots(ax).items()}
    for x, stance in zip(sorted({t.xy[0] for t in ax.texts}), STANCES, strict=True):
        counts = rows[rows["stance"] == stance].set_index(["document_id", "voice"])["estimate"]
        assert notes(ax, x) == {key: f"{n:.0f}" for key, n in counts.items()}
        for (article, voice), n in counts.items():
            area = marks.get((article, voice, STANCE_MARKS[stance].colour))
            assert area is None if n == 0 else area == pytest.approx(DISC**2 * n / rows["estimate"].max())
    assert [t.get_text() for t in ax.get_xticklabels()] == list(STANCES)
    assert "counts only" in ax.get_xlabel()
    assert not bars(ax)


def test_shares_can_be_asked_for_and_are_bare_where_few(small):
    ax = plot_labelling(small, measure="label_share")
    rows = part(small, "label_share", group="protesters")
    known = rows[rows["estimate"].notna()]
    assert len(dots(ax)) == len(known) < len(rows)
    empty = set(rows[rows["estimate"].isna()][["document_id", "voice"]].itertuples(index=False, name=None))
    assert {key for key, text in notes(ax, 0).items() if text == "–"} == empty != set()
    assert not bars(ax)


@pytest.mark.parametrize(("scale", "label"), [("share", "share of the words"), ("density", "attributions per 1,000 words")])
@pytest.mark.parametrize("name", ["demo", "small"])
def test_densities(name, scale, label, request):
    estimates = request.getfixturevalue(name)
    ax = plot_attribution_density(estimates, scale=scale)
    place = "outlet" if name == "demo" else "document_id"
    seen, drawn, printed = dots(ax), bars(ax), notes(ax, 1)
    assert len(seen) == 2 * estimates[place].nunique()
    for measure, line in SCALES[scale].items():
        for _, row in part(estimates, measure).iterrows():
            key = (row[place], line, DENSITY_MARKS[line].colour)
            assert seen[key][0] == row["estimate"]
            assert seen[key][1] > 5
            assert printed[row[place], line] == f"{row['n_units']:,.0f}"
            assert drawn.get(key) == ((row["ci_low"], row["ci_high"]) if name == "demo" else None)
    assert ax.get_xlim()[0] == 0
    assert ax.get_xlabel() == label
    assert not ax.patches  # no band unless asked for


def test_an_outlet_without_a_value_keeps_its_row(demo):
    hole = (demo["measure"] == "attributed_words_share") & (demo["outlet"] == "Herald")
    results = ["estimate", "ci_low", "ci_high", "n_units"]
    ax = plot_attribution_density(demo.assign(**{c: demo[c].mask(hole) for c in results}))
    assert notes(ax, 0) == {("Herald", "wide attribution"): "–"}
    assert len(dots(ax)) == 7


@pytest.mark.parametrize("scorer", ["textblob_polarity", "textblob_subjectivity"])
def test_sentiment(demo, scorer):
    ax = plot_sentiment(demo, scorer=scorer)
    rows, seen, drawn = part(demo, "mean_sentiment", scorer=scorer), dots(ax), bars(ax)
    assert len(seen) == len(drawn) == 12
    for _, row in rows.iterrows():
        key = (row["outlet"], row["voice"], VOICE_MARKS[row["voice"]].colour)
        assert seen[key][0] == row["estimate"]
        assert drawn[key] == (row["ci_low"], row["ci_high"])
    zero = [s for a in ax.collections if isinstance(a, LineCollection) for s in a.get_segments() if s[0][1] != s[1][1]]
    assert {x for segment in zero for x, _ in segment} == {0.0}
    heads = [y for y, t in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True) if t.get_fontweight() == "bold"]
    assert not any(s[0][1] < y < s[1][1] for s in zero for y in heads)  # no heading is crossed out
    low, high = ax.get_xlim()
    assert low < 0 < high


def test_sentiment_about_a_group_is_not_that_of_all_text(demo):
    about = demo[demo["measure"] == "mean_sentiment"].assign(target_group="protesters", estimate=0.9)
    ax = plot_sentiment(pd.concat([demo, about]))
    assert max(x for x, _ in dots(ax).values()) < 0.5


@pytest.mark.parametrize("name", ["demo", "small"])
def test_source_types(name, request):
    estimates = request.getfixturevalue(name)
    place = "outlet" if name == "demo" else "document_id"
    ax = plot_source_types(estimates)
    rows = lines_of(ax)
    columns = list(dict.fromkeys(estimates[place]))
    assert [t.get_text().replace("\n", " ") for t in ax.get_xticklabels()] == columns
    counts, shares = (part(estimates, m).set_index(["source_type", place])["estimate"]
                      for m in ("source_type_count", "source_type_share"))
    printed = {(rows[t.get_position()[1]][1].replace(" ", "_"), columns[int(t.get_position()[0])]): t.get_text()
               for t in ax.texts}
    shown = {kind for kind, _ in printed}
    assert shown == set(counts[counts > 0].index.get_level_values(0)) < set(schema.SOURCE_TYPES)
    assert printed == {(k, c): f"{counts[k, c]:.0f}" for k in shown for c in columns}
    shade = {}
    for mesh in ax.collections:
        assert isinstance(mesh, QuadMesh)
        corners = mesh.get_coordinates()
        for n, line in enumerate(mesh.get_array()):
            y = (corners[n, 0, 1] + corners[n + 1, 0, 1]) / 2
            shade |= {(rows[float(y)][1].replace(" ", "_"), c): float(v) for c, v in zip(columns, line, strict=True)}
    assert shade == {key: shares[key] for key in printed}
    assert all(mesh.get_clim() == (0, shares.max()) for mesh in ax.collections)
    order = [(head, line.replace(" ", "_")) for head, line in rows.values()]
    assert [h for h, _ in order] == sorted([h for h, _ in order], key=schema.SIDES.index)
    assert all(schema.DEFAULT_SIDES[kind] == head for head, kind in order)


def test_a_source_type_and_a_side_of_a_study_are_drawn(small):
    own = small.assign(source_type=small["source_type"].replace("police", "choir"))
    own["side"] = own["side"].mask(own["source_type"] == "choir")
    ax = plot_source_types(own, labels={"choir": "the choir"})
    assert list(lines_of(ax).values())[-1] == ("no side", "the choir")


def test_labels_name_outlets_articles_and_groups(small):
    first, *others = small["document_id"].unique()
    labels = {first: "A (agency)", "event": "the unrest"}
    ax = plot_labelling(small, group="event", labels=labels)
    assert ax.get_title(loc="left") == "the unrest"
    assert list(dict.fromkeys(head for head, _ in lines_of(ax).values())) == ["A (agency)", *others]
    assert plot_source_types(small, labels=labels).get_xticklabels()[0].get_text() == "A (agency)"


def test_rows_by_publisher_are_drawn_under_their_bare_name(demo):
    by = demo.assign(contrast="publisher=" + demo["outlet"], outlet=None)
    ax = plot_attribution_density(by)
    assert {head for head, _ in lines_of(ax).values()} == set(demo["outlet"])
    both = pd.concat([demo, by])
    with pytest.raises(SchemaError, match=r"rows by outlet and by publisher stand together.*by='outlet' or by='publi"):
        plot_attribution_density(both)
    assert len(dots(plot_attribution_density(both, by="publisher"))) == 8


def test_the_headline_can_be_drawn(demo):
    ax = plot_labelling(demo, zone="headline", measure="label_count")
    rows = demo[(demo["measure"] == "label_count") & (demo["zone"] == "headline") & (demo["group"] == "protesters")]
    assert sorted(t.get_text() for t in ax.texts) == sorted(f"{n:.0f}" for n in rows["estimate"])


def test_given_axes_are_used_and_no_global_state(demo):
    import matplotlib
    from matplotlib import _pylab_helpers

    with matplotlib.rc_context({"font.size": 20, "axes.grid": True}):
        ours = Figure(figsize=(4, 4)).add_subplot()
        assert plot_labelling(demo, ax=ours) is ours
        assert ours.xaxis.label.get_fontsize() == 7
        assert matplotlib.rcParams["font.size"] == 20
    assert not _pylab_helpers.Gcf.figs
    before = demo.copy()
    plot_source_types(demo)
    pd.testing.assert_frame_equal(demo, before)


def test_equal_marks_mean_equal_counts_in_all_panels(small):
    first = next(iter(plot_study(small)))
    drawn, of = {}, part(small, "label_count")
    for ax, group in zip(first.figure.axes, of["group"].unique(), strict=True):
        counts = of[of["group"] == group]["estimate"]
        sizes = {round(float(s), 6) for a in ax.collections for s in a.get_sizes()}
        assert max(sizes) == pytest.approx(DISC**2 * counts.max() / of["estimate"].max())
        drawn[group] = sizes
    assert len(drawn) == 3


def test_a_study_has_its_figures_and_rows(demo):
    figures = list(plot_study(demo))
    assert [f.name for f in figures] == ["01_labels_by_voice", "02_attribution_density", "03_source_types",
                                         "04_sentiment_by_voice", "06_composition"]
    assert [len(f.data) for f in figures] == [4 * 27, 4 * 4 + 8, 4 * 2 * len(schema.SOURCE_TYPES), 4 * 2 * 3, 4 * 2 * 3]
    for f in figures:  # the rows drawn are rows of the table, unchanged; those of other news have a reference
        own = f.data[f.data["reference"].isna()]
        assert len(demo.merge(own, how="inner")) == len(own)


def test_what_is_not_drawn_is_said(demo, multiverse):
    why = find_left_out(demo)
    assert set(why) == {plan.name for plan in PLANS} - {f.name for f in plot_study(demo)}
    assert "measure_multiverse makes one" in why["05_multiverse"]
    both = pd.concat([demo, multiverse], ignore_index=True)
    assert set(why) - set(find_left_out(both)) == {"05_multiverse"}
    assert "05_multiverse" in [f.name for f in plot_study(both)]


def test_figures_stand_in_the_order_of_their_numbers():
    assert [plan.name for plan in PLANS] == sorted({plan.name for plan in PLANS})


def test_a_panel_without_intervals_shows_counts_beside_one_with(demo):
    bare = (demo["group"] == "event") & demo["ci_low"].notna()
    mixed = demo.assign(ci_low=demo["ci_low"].mask(bare), ci_high=demo["ci_high"].mask(bare))
    first = next(iter(plot_study(mixed)))
    share, counts = "share of the labels in that voice", "labels (counts only)"
    assert [ax.get_xlabel() for ax in first.figure.axes] == [share, counts, share]
    assert set(first.data["measure"]) == {"label_share", "label_count"}


def test_more_groups_make_more_figures(small):
    more = small[small["group"] == "event"].assign(group="a fourth group")
    names = [f.name for f in plot_study(pd.concat([small, more]))]
    assert names[:3] == ["01_labels_by_voice", "01_labels_by_voice_2", "02_attribution_density"]


@pytest.mark.parametrize(("plot", "measure", "maker"), [
    (plot_labelling, "label_count", "measure_labelling"),
    (plot_attribution_density, "reported_speech_words_share", "measure_sourcing"),
    (plot_source_types, "source_type_share", "measure_sourcing"),
    (plot_sentiment, "mean_sentiment", "measure_tone"),
])
def test_a_missing_measure_is_named_with_its_maker(small, plot, measure, maker):
    import framelens.measure as measures

    lacking = small[small["measure"] != measure]
    with pytest.raises(SchemaError, match=rf"{plot.__name__} needs '{measure}'.*{maker}\(annotations\) makes it"):
        plot(lacking)
    with pytest.raises(SchemaError, match=measure):
        list(plot_study(lacking))
    places = [f"{measures.__name__}.{module}" for module in ("labelling", "sourcing", "tone")]
    assert any(hasattr(__import__(p, fromlist=["x"]), maker) for p in places)  # the advice can be followed


@pytest.mark.parametrize(("call", "message"), [
    (lambda t: plot_labelling(t, group="police"), "column 'group': plot_labelling was asked for 'police'.*'event'"),
    (lambda t: plot_labelling(t, zone="caption"), "column 'zone'.*'caption'.*'body', 'headline'"),
    (lambda t: plot_labelling(t, measure="label_rate"), "measure is one of label_count, label_share, not 'label_rate'"),
    (lambda t: plot_sentiment(t, scorer="vader"), "column 'scorer'.*'vader'.*'textblob_polarity'"),
    (lambda t: plot_attribution_density(t, by="outlet"), "rows by outlet; the table has rows by document_id"),
    (lambda t: plot_attribution_density(t, by="country"), "by is one of 'outlet', .*, not 'country'"),
    (lambda t: plot_attribution_density(t.drop(columns="unit")), "column 'unit': the column is missing"),
    (lambda t: plot_attribution_density(t.drop(columns="measure")), "column 'measure': the column is missing"),
    (lambda t: plot_attribution_density(t.iloc[:0]), "needs 'reported_speech_words_share' and no row.*has none"),
    (lambda t: plot_labelling(pd.concat([t.assign(contested=False), t.assign(contested=True)])),
     r"2 rows would be drawn in one place \(measure 'label_share'.*they differ in contested"),
])
def test_errors_say_what_is_asked_for_and_what_is_there(small, call, message):
    with pytest.raises(SchemaError, match=message):
        call(small)


def test_comparisons_and_multiverses_are_not_drawn(demo):
    other = demo.assign(contrast="Herald", reference="Open Quay", estimate=0.123)
    cells = demo.assign(spec="window=3", estimate=0.123)
    assert dots(plot_sentiment(pd.concat([demo, other, cells]))) == dots(plot_sentiment(demo))


@pytest.mark.parametrize("value", [0.0, float("nan")])
def test_a_study_in_which_nothing_was_found_is_drawn(small, value):
    for f in plot_study(small.assign(estimate=value, n_units=0.0)):
        f.figure.draw_without_rendering()
        texts = [t.get_text() for ax in f.figure.axes for t in ax.texts]
        assert ("0" if value == 0 else "–") in texts
        assert value != 0 or "–" not in texts
        if f.kind.name == "sources":
            assert {line.replace(" ", "_") for _, line in lines_of(f.figure.axes[0]).values()} == set(
                schema.SOURCE_TYPES)


def test_more_outlets_than_a_page_holds_are_refused_with_their_number(small):
    many = pd.concat([small.assign(document_id=small["document_id"] + f" {n}") for n in range(5)])
    with pytest.raises(SchemaError, match=r"25 outlets or articles do not fit a page of 170 mm.*at most 1\d do"):
        plot_labelling(many)
    assert plot_attribution_density(many[many["document_id"].str.endswith(("0", "1", "2"))]).figure.get_figheight() \
        <= 170 / 25.4


@pytest.mark.parametrize("voices", [VOICES[:1], VOICES[:2]])
def test_a_table_with_fewer_voices(demo, voices):
    ax = plot_labelling(demo[demo["voice"].isin(voices) | demo["voice"].isna()])
    assert {line for _, line in lines_of(ax).values()} == set(voices)
