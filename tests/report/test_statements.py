"""The table of one statement: every cell is a filler of the table, nothing is cut, and what differs is bold."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens import annotate, find_slots, find_statements, schema
from framelens.errors import SchemaError
from framelens.report.captions import write_alt, write_caption
from framelens.report.plots.plan import Given, add_clusters
from framelens.report.plots.statements import HIDDEN, KIND, PLAN, SLOTS, WIDTHS, find_statement, plot_statements
from framelens.report.style import DOUBLE, journal_style, new_figure
from printed import Drawn

TEXTS = {
    "star": "Police chief Sten Vale said nine rioters had been “neutralised” by guards in Orr. Bread is dear.",
    "post": "Guards shot dead nine dockers at the gate of the Orr harbour on Monday. The harbour opens at noon.\n\n"
            "“Nine bandits were killed,” police chief Sten Vale said.",
    "echo": "At least nine strikers of the old harbour quarter were killed by guards, residents of Orr said.",
}
LONG = "the unusually many members of the united brotherhood of harbour workers and their families from the upper town"


@pytest.fixture(scope="module")
def documents():
    rows = [{"document_id": k, "outlet": k.title(), "event": "strike", "text": v} for k, v in TEXTS.items()]
    return schema.validate(pd.DataFrame(rows), "documents")


@pytest.fixture(scope="module")
def statements(documents):
    return find_statements(annotate(documents))


@pytest.fixture(scope="module")
def slots(documents, statements):
    return find_slots(annotate(documents), statements)


def cells(ax):
    """Read the table: y of a line → column → (text, bold), lines of one cell joined by those who ask."""
    lefts = {t.get_position()[0]: t.get_text() for t in ax.texts if t.get_position()[1] < 12}
    out = {}
    for text in ax.texts:
        x, y = text.get_position()
        if y > 12:
            out.setdefault(round(y, 3), {})[lefts[x]] = (text.get_text(), text.get_fontweight() == "bold")
    return out


def read(ax):
    """Read the articles: heading → sentences, each column → (text, bold)."""
    out, head = {}, ""
    for _, row in sorted(cells(ax).items()):
        first = row.get("sentence")
        if first and first[1]:
            head = first[0]
            out[head] = []
        elif first:
            out[head].append(dict(row))
        else:  # a further line of the cells above
            for column, (text, bold) in row.items():
                before, as_bold = out[head][-1][column]
                assert bold == as_bold
                out[head][-1][column] = (f"{before} {text}", bold)
    return out


def test_a_cell_is_the_filler_whole_and_bold_where_more_articles_say_otherwise(documents, statements, slots):
    ax = plot_statements(statements, slots, documents)
    drawn = read(ax)
    assert list(drawn) == ["Star", "Post", "Echo"]  # in the order of the documents
    heads = {"who_hurt": "who was hurt", "by_whom": "by whom"}
    shown = 0
    for head, rows in drawn.items():
        own = slots[(slots["document_id"] == head.lower()) & slots["slot"].isin(SLOTS)]
        assert [int(row["sentence"][0]) - 1 for row in rows] == sorted(own["sentence"].unique())
        for row in rows:
            sentence = own[own["sentence"] == int(row["sentence"][0]) - 1].set_index("slot")
            for slot in SLOTS:
                text, bold = row[heads.get(slot, slot)]
                if slot not in sentence.index:
                    assert (text, bold) == ("–", False)
                    continue
                filler = sentence.loc[slot, "filler"].replace("_", " ")
                assert text in (filler, f"{filler} [{sentence.loc[slot, 'label']}]")
                most = slots.loc[slots["slot"] == slot, "n_alike"].max()
                alike = sentence.loc[slot, "n_alike"]
                assert bold == (sentence.loc[slot, "differs"] and (alike == 1 or alike < most))
                shown += 1
    assert shown == slots["slot"].isin(SLOTS).sum() > 15


def test_the_verb_of_most_is_plain_and_those_of_others_bold(documents, statements, slots):
    drawn = read(plot_statements(statements, slots, documents))
    verbs = {head: [row["verb"] for row in rows] for head, rows in drawn.items()}
    assert verbs["Star"] == [("neutralised", True)]
    assert ("killed", False) in verbs["Post"] and verbs["Echo"] == [("killed", False)]


def test_long_phrases_stand_whole_or_as_their_labels(documents, statements, slots):
    full = read(plot_statements(statements, slots, documents))
    free = read(plot_statements(statements, schema.text_free(slots, "slots"), documents))
    hurt = "who was hurt"
    assert full["Echo"][0][hurt][0] == "At least nine strikers of the old harbour quarter"
    assert free["Echo"][0][hurt] == ("[strikers]", full["Echo"][0][hurt][1])  # what is bold does not change
    bare = schema.text_free(slots.assign(label=None), "slots")
    assert read(plot_statements(statements, bare, documents))["Echo"][0][hurt][0] == HIDDEN


def test_the_statement_of_most_outlets_then_articles_then_the_first_is_drawn(slots):
    def told(*rows):
        table = pd.DataFrame(rows, columns=["statement_id", "document_id"])
        return schema.validate(table.assign(sentence=range(len(rows)), start=0, end=5, similarity=1), "statements")

    about = pd.DataFrame({"document_id": list("cab"), "outlet": ["Post", "Post", "Star"], "event": "e"})
    two = [("two", "a"), ("two", "b")]
    assert find_statement(told(("same", "a"), ("same", "c"), *two), slots, about)["statement_id"].unique() == ["two"]
    assert find_statement(told(("same", "a"), ("same", "c"), *two), slots, about, by="document_id")["statement_id"][0] == "same"
    assert find_statement(told(*two, *((name.replace("two", "three"), d) for name, d in [*two, ("three", "c")])), slots,
                          about)["statement_id"][0] == "three"
    assert find_statement(told(*two, ("same", "a"), ("same", "c")), slots, about, statement="same")["statement_id"][0] == "same"
    with pytest.raises(SchemaError, match=r"'none'\. There are two and others"):
        find_statement(told(*two), slots, about, statement="none")


def test_articles_of_one_outlet_are_told_apart_and_labels_name_them(documents, statements, slots):
    one = documents.assign(outlet="Post")
    assert list(read(plot_statements(statements, slots, one))) == ["Post (star)", "Post (post)", "Post (echo)"]
    named = plot_statements(statements, slots, one, by="document_id", labels={"star": "S", "echo": "The Echo"})
    assert list(read(named)) == ["S", "post", "The Echo"]
    told = plot_statements(statements, slots, documents, by="event")  # one event: the articles are told apart
    assert list(read(told)) == ["strike (star)", "strike (post)", "strike (echo)"]


def crowd(statements, slots, documents, n):
    """Repeat the articles under new names, with long fillers."""
    ids = [f"{d}-{k}" for k in range(n) for d in documents["document_id"]]
    def again(table):
        return pd.concat([table.assign(document_id=table["document_id"] + f"-{k}") for k in range(n)], ignore_index=True)
    long = again(slots)
    long["filler"] = long["filler"].mask(long["slot"].isin(["who_hurt", "by_whom", "source"]), LONG)
    outlets = [f"The Northmere Courier and Evening Standard of the Capital, edition {k}" for k in range(len(ids))]
    return again(statements), long, pd.DataFrame({"document_id": ids, "outlet": outlets, "event": "strike"})


@pytest.mark.parametrize("journal", ["nature", "science", "plos"])
@pytest.mark.parametrize("n", [1, 7])
def test_many_articles_and_long_phrases_take_pages_and_nothing_is_cut(statements, slots, documents, n, journal):
    told, long, about = crowd(statements, slots, documents, n)
    tables = {"statements": told, "slots": long, "documents": about}
    with journal_style(journal):
        figures = list(PLAN.draw(Given(schema.empty("estimates"), tables)))
        assert (len(figures) > 1) == (n == 7)
        assert [f.name for f in figures][:2] == ["10_statements", "10_statements_2"][:len(figures)]
        for f in figures:
            drawn = Drawn(f.figure)
            assert not drawn.faults(), f.name
            for rows in read(f.figure.axes[0]).values():
                assert any(cell[0].split() == LONG.split() for row in rows for cell in row.values())
    assert sorted(d for f in figures for d in f.data["document_id"].unique()) == sorted(about["document_id"])
    assert len(plot_statements(told, long, about, page=len(figures)).texts)
    with pytest.raises(SchemaError, match=rf"no page {len(figures) + 5}"):
        plot_statements(told, long, about, page=len(figures) + 5)


def test_the_widths_fill_the_page():
    assert sum(WIDTHS.values()) == pytest.approx(1)
    assert list(WIDTHS) == ["sentence", *SLOTS]


def test_no_word_breaks_while_there_is_room(documents, statements, slots):
    broad = slots.assign(filler=slots["filler"].mask(slots["slot"] == "number", "unaccountably-many-thousands"))
    ax = plot_statements(statements, broad, documents)
    assert "unaccountably-many-thousands" in {t.get_text() for t in ax.texts}
    assert not Drawn(ax.figure).faults()
    full = slots.assign(filler="m" * 60, label=None)
    pages = [plot_statements(statements, full, documents, page=page) for page in (1, 2)]  # no room for all: broken, never cut
    assert not any(Drawn(ax.figure).faults() for ax in pages)
    lines = [t.get_text() for ax in pages for t in ax.texts]
    assert sum(len(line) for line in lines if set(line) == {"m"}) == 60 * slots["slot"].isin(SLOTS).sum()


def test_in_axes_of_the_user_it_is_as_wide_as_they_are(documents, statements, slots):
    with journal_style():
        figure = new_figure(DOUBLE, 100)
        ax = figure.add_axes((0, 0, 0.75, 1))
        assert plot_statements(statements, slots, documents, ax=ax) is ax
        assert not Drawn(figure).faults()
        assert max(t.get_window_extent().x1 for t in ax.texts) <= 0.75 * figure.bbox.width + 1
        low = new_figure(DOUBLE, 20).add_axes((0, 0, 1, 1))
        with pytest.raises(SchemaError, match="The axes are 20 mm high; this statement needs"):
            plot_statements(statements, slots, documents, ax=low)


def test_caption_and_alt_say_what_is_drawn(documents, statements, slots):
    rows = find_statement(statements, slots, documents)
    caption, alt = write_caption(rows, KIND, title="T"), write_alt(rows, KIND)
    assert "as 3 articles tell it: a row each of 4 sentences" in caption
    assert "Bold: what fewer articles say" in caption
    assert "articles: 3, independent clusters: unknown. Unvalidated: found by rule and not checked by a reader." in caption
    copied = add_clusters(rows, {"copies": pd.DataFrame({"document_id": list(TEXTS), "cluster_id": ["x", "x", "y"]})})
    assert "articles: 3, independent clusters: 2." in write_caption(copied, KIND)
    copies = pd.DataFrame({"document_id": list(TEXTS), "cluster_id": ["x", "x", "y"]})
    tables = {"statements": statements, "slots": slots, "documents": documents, "copies": copies}
    (figure,) = PLAN.draw(Given(schema.empty("estimates"), tables))
    assert "articles: 3, independent clusters: 2." in write_caption(figure.data, KIND)
    assert "Star: " in alt and "verb neutralised" in alt
    free = find_statement(statements, schema.text_free(slots.assign(label=None), "slots"), documents)
    assert "only labels and names are published" in write_caption(free, KIND)
    same = find_statement(statements, slots.assign(differs=False), documents)
    assert "All say the same" in write_caption(same, KIND)


def test_without_statements_there_is_no_figure_and_why_is_said(documents, statements, slots):
    given = Given(schema.empty("estimates"), {"documents": documents})
    assert "no table 'statements'" in PLAN.lacks(given)
    empty = Given(schema.empty("estimates"), {"documents": documents, "statements": schema.empty("statements"),
                                              "slots": schema.empty("slots")})
    assert "no two articles on one event" in PLAN.lacks(empty)
    with pytest.raises(SchemaError, match="no row"):
        plot_statements(schema.empty("statements"), slots, documents)
    with pytest.raises(SchemaError, match="no column 'owner'"):
        plot_statements(statements, slots, documents, by="owner")
