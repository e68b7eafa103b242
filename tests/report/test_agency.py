"""Agency by victim: counts beside marks of that area, shares with intervals, victims without a clause told and not drawn."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection

from artists import lines_of
from framelens import Annotations, schema
from framelens.errors import SchemaError
from framelens.measure.agency import measure_agency
from framelens.report.captions import write_alt, write_caption
from framelens.report.figures_study import find_left_out
from framelens.report.plots.agency import AGENCY_MARKS, HEADS, KIND, PLAN, find_agency, plot_agency
from framelens.report.plots.axes import DISC
from framelens.report.plots.plan import Given
from framelens.report.style import new_figure
from printed import Drawn

GROUPS = {group: {"stances": ["neutral"]} for group in ("protesters", "event", "security")}
BARE, BY, ACTIVE, NOUN, ITSELF = "passive_agentless", "passive_agent", "active", "nominal", "intransitive"


def measured(clauses: dict[str, list[tuple]], *, articles: int = 1, by: str = "outlet") -> pd.DataFrame:
    """Measure outlets of which each article has the same clauses: (construction, agent, patient)."""
    ids = [(f"{outlet[0]}{i}", outlet) for outlet in clauses for i in range(articles)]
    rows = [{"document_id": d, "voice": "narrator", "construction": how, "agent_group": agent, "patient_group": patient}
            for d, outlet in ids for how, agent, patient in clauses[outlet]]
    columns = ["document_id", "voice", "construction", "agent_group", "patient_group"]
    return measure_agency(Annotations({
        "documents": pd.DataFrame(ids, columns=["document_id", "outlet"]),
        "copies": pd.DataFrame([{"document_id": d, "cluster_id": d} for d, _ in ids]),
        "sizes": pd.DataFrame([{"document_id": d, "zone": "body", "voice": "narrator", "n_words": 100} for d, _ in ids]),
        "agency": pd.DataFrame(rows, columns=columns, dtype=object)}, {"groups": GROUPS}), by=by)


@pytest.fixture(scope="module")
def few() -> pd.DataFrame:
    return measured({"Bugle": [(BARE, None, "protesters"), (BARE, None, "protesters"), (ACTIVE, "security", "protesters"),
                               (NOUN, None, None)],
                     "Herald": [(ACTIVE, "protesters", "security")]})


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    said = [(BARE, None, "protesters"), (ACTIVE, "security", "protesters"), (BY, "protesters", "security")]
    return measured({"Bugle": said, "Herald": [*said, (BARE, None, "security")]}, articles=14)


def columns_of(ax) -> dict[tuple[str, str, str], str]:
    """Read the numbers: (heading, line, column) → text."""
    rows, heads = lines_of(ax), {float(x): t.get_text().replace("\n", " ") for x, t in zip(
        ax.get_xticks(), ax.get_xticklabels(), strict=True)}
    return {(*rows[float(t.xy[1])], heads[float(t.xy[0]) - DISC / 2]): t.get_text() for t in ax.texts}


def test_counts_stand_by_victim_and_construction(few):
    seen = columns_of(plot_agency(few))
    count = few[(few["measure"] == "agency_clause_count") & (few["voice"] == "narrator")]
    names = {"none": "others", "any": "anybody"}
    heads = {ACTIVE: "active", BY: "passive, by agent", BARE: "passive, no agent", NOUN: "noun", ITSELF: "intran- sitive"}
    rows = {("Bugle", "protesters"), ("Bugle", "others"), ("Bugle", "anybody"), ("Herald", "security"), ("Herald", "anybody")}
    assert {key[:2] for key in seen} == rows
    for _, row in count.iterrows():
        key = (row["outlet"], names.get(row["patient_group"], row["patient_group"]))
        if key in rows:
            assert seen[(*key, heads[row["construction"]])] == f"{row['estimate']:.0f}"
    assert seen["Bugle", "protesters", "passive, no agent"] == "2"


def test_the_area_of_a_mark_is_its_count(few):
    ax = plot_agency(few)
    marks = {a.get_edgecolor()[0].tobytes(): a for a in ax.collections if isinstance(a, PathCollection) and len(a.get_offsets())}
    sizes = sorted(float(s) for a in ax.collections if isinstance(a, PathCollection) for s in a.get_sizes())
    counts = few[(few["measure"] == "agency_clause_count") & (few["voice"] == "narrator") & (few["estimate"] > 0)]["estimate"]
    assert sizes == pytest.approx(sorted(DISC**2 * counts / counts.max()))
    assert len(marks) == 2  # the passives without agent have a colour of their own


def test_who_does_it_names_only_groups_of_whom_there_is_a_clause(few):
    agents = plot_agency(few).figure.axes[-1]
    assert [t.get_text().replace("\n", " ") for t in agents.get_xticklabels()] == ["protesters", "security", "nobody, others"]
    numbers = {}
    for text in agents.texts:
        numbers.setdefault(float(text.xy[1]), []).append(text.get_text())
    rows = lines_of(plot_agency(few))
    assert {rows[y]: n for y, n in numbers.items()} == {
        ("Bugle", "protesters"): ["0", "1", "2"], ("Bugle", "others"): ["0", "0", "1"], ("Bugle", "anybody"): ["0", "1", "3"],
        ("Herald", "security"): ["1", "0", "0"], ("Herald", "anybody"): ["1", "0", "0"]}


def test_shares_are_drawn_where_one_has_an_interval(many, few):
    assert len(plot_agency(few).figure.axes) == 2
    first, shares, _ = plot_agency(many).figure.axes
    rows = lines_of(first)
    table = many[(many["measure"] == "agency_construction_share") & (many["construction"] == BARE)]
    wanted = table[table["voice"] == "narrator"].set_index(["outlet", "patient_group"])
    names = {"anybody": "any"}
    points = {rows[float(y)]: x for a in shares.collections if isinstance(a, PathCollection) for x, y in a.get_offsets()}
    segments = {rows[float(low[1])]: (low[0], high[0]) for a in shares.collections if isinstance(a, LineCollection)
                for low, high in a.get_segments()}
    assert set(points) == set(rows.values())
    for (outlet, victim), x in points.items():
        row = wanted.loc[(outlet, names.get(victim, victim))]
        assert x == row["estimate"]
        bar = segments.get((outlet, victim))
        assert (bar is None) == pd.isna(row["ci_low"])
        assert bar is None or bar == (row["ci_low"], row["ci_high"])
    assert segments
    right = {rows[float(t.xy[1])]: t.get_text() for t in shares.texts if float(t.xy[1]) in rows}
    assert right["Herald", "anybody"] == str(4 * 14)


def test_another_voice_and_axes_of_the_user(few):
    ax = new_figure(183, 60).add_subplot()
    assert plot_agency(few, ax=ax, voice="direct") is ax
    assert set(columns_of(ax).values()) == {"0"}
    with pytest.raises(SchemaError, match="voice is one of narrator, direct, indirect, not 'own'"):
        plot_agency(few, voice="own")


def test_names_and_pages(few):
    clauses = [(how, agent, patient) for how in (BARE, ACTIVE, NOUN) for agent in (None, "security")
               for patient in ("protesters", "security", "event", None)]
    long = ["The Northmere Courier and Evening Standard", "XTHE WWW NEWS OF THE LOWER MAMMOTH VALLEY"]
    assert not Drawn(plot_agency(measured(dict.fromkeys(long, clauses), articles=12)).figure).faults()
    pages = list(PLAN.draw(Given(measured({"Bugle": clauses}, articles=30, by="document_id"))))
    assert [page.name for page in pages] == ["07_agency", "07_agency_2", "07_agency_3", "07_agency_4", "07_agency_5"]
    assert pd.concat([page.data for page in pages])["document_id"].nunique() == 30
    assert sum(page.data["document_id"].nunique() for page in pages) == 30
    assert all(page.figure.get_size_inches()[1] * 25.4 <= 170 and not Drawn(page.figure).faults() for page in pages)
    with pytest.raises(SchemaError, match="at most 7 do"):
        plot_agency(measured({"Bugle": clauses}, articles=30, by="document_id"))


def test_many_groups_of_agents_are_kept_by_their_clauses_and_the_others_told():
    groups = [f"group {letter} of people" for letter in "abcdefghijkl"]
    table = measured({"Bugle": [(ACTIVE, group, "protesters") for n, group in enumerate(groups) for _ in range(n + 1)]})
    figure = plot_agency(table).figure
    assert not Drawn(figure).faults()
    kept = [t.get_text().replace("\n", " ") for t in figure.axes[-1].get_xticklabels()][:-1]
    assert 0 < len(kept) < len(groups)
    assert kept == groups[-len(kept):]  # those of most clauses, in the order of the table
    caption = write_caption(find_agency(table, "narrator", by=None), KIND)
    assert f"For want of room the CSV file alone holds the clauses by {', '.join(groups[:-len(kept) - 1])} and " in caption


def test_caption_and_alt_text_by_hand(few):
    data = find_agency(few, "narrator", by=None)
    caption = write_caption(data, KIND, title="T", labels={"security": "police"})
    assert caption.startswith("**Who is hurt without anybody doing it: T.** Clauses of violence and harm in the outlet's own ")
    assert "no row there; no clause anywhere has event." in caption
    assert "those that deny, fear or plan an act too" in caption
    assert "Counts only: fewer than 10 articles." in caption
    assert "Middle" not in caption
    assert write_alt(data, KIND, labels={"security": "police"}) == (
        "Columns of counts by construction and by agent, a row for each group of victims under each outlet. Bugle: passives "
        "without agent 2, agent most often police (1). Herald: passives without agent 0, agent most often protesters (1).")


def test_alt_text_tells_the_highest_share_with_an_interval(many):
    data = find_agency(many, "narrator", by=None)
    shares = data[(data["measure"] == "agency_construction_share") & data["ci_low"].notna()]
    best = shares.loc[shares["estimate"].idxmax()]
    assert f"agent with an interval: {best['estimate']:.0%} (" in write_alt(data, KIND)
    caption = write_caption(data, KIND)
    assert "Middle: the share of passives without agent" in caption
    assert f"Bars: 95% intervals ({best['method']})." in caption


def test_without_a_clause_or_the_measure_it_is_left_out(few, demo):
    none = few.assign(estimate=few["estimate"].where(few["estimate"].isna(), 0))
    for rows, why in ((few.iloc[:0], "measure_agency makes them"), (none, "no clause of violence or harm was found")):
        assert why in find_left_out(pd.concat([demo, rows]))["07_agency"]
    with pytest.raises(SchemaError, match=r"plot_agency needs 'agency_clause_count'.*measure_agency"):
        plot_agency(demo)
    assert not Drawn(plot_agency(none).figure).faults()  # whoever asks for it gets zeros


def test_a_table_of_older_date_lacks_agents(few, demo):
    older = few[few["measure"] != "agency_agent_count"]
    assert "agency_agent_count" in find_left_out(pd.concat([demo, older]))["07_agency"]


def test_marks_are_told_apart_by_shape():
    assert len({mark.shape for mark in AGENCY_MARKS.values()}) == len(AGENCY_MARKS)
    assert set(HEADS) == set(schema.CONSTRUCTIONS)  # each has a heading
