"""Reported numbers that disagree."""

from itertools import permutations

import pandas as pd
import pytest

from framelens import annotate, find_disagreements
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError

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


def test_unknown_dates_are_none():
    pd.testing.assert_frame_equal(find_disagreements(corpus(published="unknown")).drop(columns="published"),
                                  find_disagreements(corpus(published=None)).drop(columns="published"))


def test_the_side_is_that_of_the_source_in_this_study():
    found = corpus()
    assert find_disagreements(found, facts=("killed",))["side"].fillna("").tolist() == ["official", "other", "official", ""]
    own = Annotations(found.tables, {**found.about, "sides": {"government": "media"}})
    assert find_disagreements(own, facts=("killed",))["side"].fillna("").tolist() == ["official", "other", "media", ""]


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


def given(rows):
    """Facts of one article a day, as a coder would write them: day, value, hedge, part."""
    one = corpus().facts.iloc[0].to_dict()
    facts = pd.DataFrame([{**one, "fact_id": f"f{k}", "document_id": f"d{k}", "counted": "people", "start": k, "value": value,
                           "value_high": None, "hedge": hedge, "part": part} for k, (_, value, hedge, part) in enumerate(rows)])
    documents = pd.DataFrame([{"document_id": f"d{k}", "outlet": "Post", "event": None, "published": day, "text": "x"}
                              for k, (day, *_) in enumerate(rows)])
    return Annotations({"documents": documents, "facts": facts, "attributions": corpus().attributions})


def test_many_numbers_as_pair_by_pair():
    rows = [(day, value, None, False) for day in ("2024-05-01T23:30", "2024-05-02", None, "2024") for value in (3, 4, 4)]
    table = find_disagreements(given(rows)).set_index("fact_id")
    expected = {column: {f"f{k}": set() for k in range(len(rows))} for column in ("disagrees_with", "earlier_than")}
    for (i, (day, value, *_)), (j, (other_day, other, *_)) in permutations(enumerate(rows), 2):
        days = [d[:10] if d and len(d) >= 10 else None for d in (day, other_day)]
        if value != other and (None in days or days[0] == days[1]):
            expected["disagrees_with"][f"f{i}"].add(f"f{j}")
        elif value != other and days[0] < days[1]:
            expected["earlier_than"][f"f{i}"].add(f"f{j}")
    for column, cells in expected.items():
        assert {k: set() if pd.isna(v) else set(v.split("; ")) for k, v in table[column].items()} == cells


@pytest.mark.parametrize("hedge", ["another", "a further", "an additional", "more"])
def test_additions_are_no_totals(hedge):
    assert find_disagreements(given([("2024-05-01", 25, hedge, False), ("2024-05-01", 88, None, False)]))[
        "disagrees_with"].isna().all()


def test_at_least_in_other_words_is_no_addition():
    assert find_disagreements(given([("2024-05-01", 90, "or more", False), ("2024-05-01", 88, None, False)]))[
        "disagrees_with"].notna().all()


def test_an_empty_part_is_none():
    assert find_disagreements(given([("2024-05-01", 25, None, None), ("2024-05-01", 88, None, None)]))[
        "disagrees_with"].notna().all()


def test_other_dates_than_iso_are_refused():
    with pytest.raises(SchemaError, match=r"published.*is no date"):
        find_disagreements(given([("2 April 2024", 25, None, False), ("12 May 2024", 88, None, False)]))
