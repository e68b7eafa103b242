"""Events assigned by time and words: invented articles, what must not matter, and the demonstration corpus."""

from __future__ import annotations

import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framelens.corpus.events import assign_events
from framelens.corpus.zones import find_zones
from framelens.errors import CorpusError

sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
import validate_events

STORIES = ["Flames destroyed the silo of Orsk at dawn.", "Councillors rejected the budget of mayor Tarn.",
           "The ferry Ilva ran aground.", "Millers stopped work over wages.", "A choir of Velm won the prize.",
           "Snow closed the pass above Dorn."]


def articles(shift=0, **columns):
    rows = [{"document_id": f"{outlet}{i}", "outlet": outlet, "text": f"{story} This is what {outlet} has.",
             "published": f"2024-05-{1 + 4 * i + (outlet == 'post') * shift:02}T10:00"}
            for i, story in enumerate(STORIES) for outlet in ("herald", "post")]
    return pd.DataFrame(rows).assign(**columns)


def events(documents, **options):
    zones = pd.DataFrame({"document_id": documents["document_id"], "start": 0, "end": documents["text"].str.len(), "kind": "body",
                          "rule": "body"}).dropna()
    return assign_events(documents, zones, **options).set_index("document_id")["event"].to_dict()


@pytest.mark.parametrize("shift", [0, 2])
def test_one_story_is_one_event(shift):
    assert events(articles(shift)) == {f"{outlet}{i}": f"auto:herald{i}" for i in range(6) for outlet in ("herald", "post")}


def test_further_apart_than_the_window_is_no_event():
    assert set(events(articles(3)).values()) == {f"auto:{name}" for name in articles()["document_id"]}
    assert events(articles(3), window=3)["post0"] == "auto:herald0"


def test_articles_of_one_text_are_one_event_however_their_cosine_is_rounded():
    stories = [" ".join(f"w{i}x{j}" for j in range(n)) for i, n in enumerate((9, 12, 22, 35, 48, 58, 69, 72))]
    rows = [{"document_id": f"{outlet}{i}", "outlet": outlet, "text": story, "published": f"2024-05-{1 + 3 * i:02}"}
            for i, story in enumerate(stories) for outlet in ("herald", "post")]
    assert events(pd.DataFrame(rows)) == {f"{outlet}{i}": f"auto:herald{i}" for i in range(8) for outlet in ("herald", "post")}


def test_the_order_of_rows_does_not_matter_and_the_rest_stays():
    documents = articles(event="known before", licence="MIT")
    mixed = documents.sample(frac=1, random_state=2)
    assert events(mixed) == events(documents)
    zones = find_zones(documents)
    kept = assign_events(documents, zones)
    pd.testing.assert_frame_equal(kept.drop(columns="event"), documents.drop(columns="event"))
    assert (documents["event"] == "known before").all()


def test_without_text_or_day_or_excluded_there_is_none():
    documents = articles()
    documents["published"] = documents["published"].mask(documents["document_id"] == "post0", "2024-05")
    documents["text"] = documents["text"].mask(documents["document_id"] == "post1")
    documents["exclusion_reason"] = documents["text"].where(documents["document_id"] == "post2").map(lambda _: "spam", "ignore")
    found = events(documents)
    assert [name for name, event in found.items() if pd.isna(event)] == ["post0", "post1", "post2"]
    assert found["post3"] == "auto:herald3"


def test_a_day_that_is_none_is_an_error_and_not_left_out():
    documents = articles()
    for wrong in ("2024-5-1", "1 May 2024", "2024-02-30", "20240501"):
        with pytest.raises(CorpusError, match=f"'{wrong}' is no date. Write ISO 8601"):
            events(documents.assign(published=documents["published"].mask(documents["document_id"] == "post0", wrong)))


def test_times_of_pandas_are_days():
    documents = articles()
    assert events(documents.assign(published=pd.to_datetime(documents["published"]))) == events(documents)


def test_articles_without_a_word_in_common_are_of_no_event():
    # Headlines of three days that share no word but for one pair: 0 is the quantile of articles that are far apart.
    texts = [f"alpha{i} beta{i} gamma{i}" for i in range(11)] + ["alpha3 beta3 delta"]
    documents = pd.DataFrame({"document_id": [f"d{i:02}" for i in range(12)], "text": texts,
                              "published": [f"2024-05-{1 + 4 * (i % 3):02}" for i in range(11)] + ["2024-05-01"]})
    found = events(documents)
    assert found["d11"] == found["d03"] == "auto:d03"
    assert len(set(found.values())) == 11


def test_an_article_between_two_that_it_is_as_like_goes_to_the_first_by_name():
    # b shares as much with a as with c, and these share nothing: all three are no event, whatever the order of the rows.
    rows = [("a", "ash birch larch", 20), ("b", "ash birch elm fir", 20), ("c", "elm fir maple", 20)]
    rows += [(f"z{i}", f"reed sedge willow{i}" if i < 4 else f"rush{i} fern{i}", 1 + 3 * (i % 5)) for i in range(8)]
    documents = pd.DataFrame([(name, text, f"2024-05-{day:02}") for name, text, day in rows],
                             columns=["document_id", "text", "published"])
    for order in permutations(range(3)):
        found = events(documents.iloc[[*order, *range(3, 11)]], level=0.9)
        assert (found["a"], found["b"], found["c"]) == ("auto:a", "auto:a", "auto:c")


@pytest.mark.parametrize(("later", "enough"), [(5, True), (4, False)])
def test_twenty_pairs_of_articles_that_are_far_apart_are_enough(later, enough):
    documents = pd.DataFrame([(f"d{i}", f"alpha{i} beta{i}", f"2024-05-0{1 if i < 4 else 9}") for i in range(4 + later)],
                             columns=["document_id", "text", "published"])
    if enough:
        assert len(set(events(documents).values())) == 9
    else:
        with pytest.raises(CorpusError, match="16 pairs of articles"):
            events(documents)


def test_a_corpus_of_one_day_says_nothing():
    with pytest.raises(CorpusError, match="0 pairs of articles with text and day are more than 2 days apart; 20 are needed"):
        events(articles(published="2024-05-01"))


def test_a_date_must_be_one():
    with pytest.raises(CorpusError, match="'2024-13-01' is no date"):
        events(articles(published="2024-13-01"))
    with pytest.raises(CorpusError, match="'published': the column is missing"):
        events(articles().drop(columns="published"))


@pytest.mark.parametrize("options", [{"window": -1}, {"level": 1}, {"level": 0}])
def test_options_out_of_range(options):
    with pytest.raises(CorpusError, match="window is a number of days"):
        events(articles(), **options)


def test_the_known_events_of_the_demonstration():
    documents, zones = validate_events.read_demo()
    precision, recall = validate_events.score(documents, zones)
    assert precision >= 0.98
    assert recall >= 0.9
    found = assign_events(documents, zones)
    days = pd.to_datetime(found["published"]).groupby(found["event"])
    assert ((days.max() - days.min()).dt.days <= 2).all()
    two = documents[documents["outlet"].isin(["Maravel Herald", "Northmere Times"])]
    assert np.min(validate_events.score(two, zones)) >= 0.8
