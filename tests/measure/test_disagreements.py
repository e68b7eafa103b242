"""Reported numbers that disagree."""

import pandas as pd

from framelens import annotate, find_disagreements
from framelens.annotate.bundle import Annotations

TEXTS = {
    "a": ("Post", "2024-05-01", "Police said 12 people were killed, including two officers."),
    "b": ("Star", "2024-05-01", "At least 10 people were killed, residents said."),
    "c": ("Echo", "2024-05-01", "More than 20 people were killed, the health ministry said."),
    "d": ("Sun", "2024-05-03", "The death toll rose to 26."),
    "e": ("Post", "2024-05-01", "Nine officers were injured."),
}


def corpus(**changes):
    rows = pd.DataFrame([(k, o, p, t) for k, (o, p, t) in TEXTS.items()], columns=["document_id", "outlet", "published", "text"])
    return annotate(rows.assign(event="blast").assign(**changes))


def names(table, document_id, column):
    (cell,) = table.loc[table["document_id"] == document_id, column]
    return [] if pd.isna(cell) else [name.split(":")[0] for name in cell.split("; ")]


def test_numbers_that_hedges_reconcile_do_not_disagree():
    table = find_disagreements(corpus(), facts=("killed",))
    assert names(table, "a", "disagrees_with") == ["c"]  # 12 is at least 10, but not more than 20
    assert names(table, "b", "disagrees_with") == []
    assert names(table, "c", "disagrees_with") == ["a"]


def test_a_later_number_is_news_and_no_disagreement():
    table = find_disagreements(corpus(), facts=("killed",))
    assert names(table, "d", "disagrees_with") == []
    assert names(table, "a", "earlier_than") == ["d"]  # 12, then 26
    assert names(table, "c", "earlier_than") == []  # more than 20 may be 26
    assert names(table, "d", "earlier_than") == []


def test_undated_articles_are_compared():
    table = find_disagreements(corpus(published=None), facts=("killed",))
    assert sorted(names(table, "d", "disagrees_with")) == ["a"]


def test_other_events_facts_and_people_are_not_compared():
    documents = corpus().documents
    apart = find_disagreements(corpus(event=documents["document_id"]), facts=("killed",))
    assert apart["disagrees_with"].isna().all()
    whole = find_disagreements(corpus())
    assert names(whole, "e", "disagrees_with") == []


def test_parts_are_shown_if_asked_for_and_compared_with_nothing():
    assert "security" not in set(find_disagreements(corpus(), facts=("killed",))["counted"])
    table = find_disagreements(corpus(), facts=("killed",), parts=True)
    part = table[table["counted"] == "security"]
    assert part["value"].tolist() == [2] and part["disagrees_with"].isna().all()


def test_the_text_free_form_gives_the_same(tmp_path):
    full = corpus()
    full.save(tmp_path, form="text_free")
    pd.testing.assert_frame_equal(find_disagreements(Annotations.load(tmp_path)), find_disagreements(full))


def test_nothing_found_is_an_empty_table():
    calm = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": ["All was calm."]})
    assert len(find_disagreements(annotate(calm))) == 0
