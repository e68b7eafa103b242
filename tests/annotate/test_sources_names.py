"""One name for one person: spellings, relatives, titles and short forms, within an article and across a corpus."""

from __future__ import annotations

import re
from itertools import accumulate

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from framelens import schema
from framelens.annotate.sources import read_gazetteer, sources_of, unify_sources
from framelens.annotate.sources.spelling import alike, clash, fold, split_name
from framelens.text.view import read_view

NORWAY = read_gazetteer({"home": ["Norway"]})


def read(text: str) -> list[dict]:
    """The sources that stand in brackets in a text."""
    parts = re.split(r"[\[\]]", text)
    plain, edges = "".join(parts), [0, *accumulate(map(len, parts))]
    view = read_view("d", plain, [(0, len(plain), "body", "all")], measured=schema.MEASURED_ZONES)
    rows = [{"attribution_id": str(k), "document_id": "d", "type": "indirect", "kind": "speech", "source": parts[k]}
            for k in range(1, len(parts), 2)]
    spans = [{"attribution_id": str(k), "document_id": "d", "role": "source", "start": edges[k], "end": edges[k + 1]}
             for k in range(1, len(parts), 2)]
    return sources_of(view, rows, spans, NORWAY)


def names(text: str) -> list[str | None]:
    return [row["source_name"] for row in read(text)]


def corpus(*articles: dict[str, str]) -> pd.DataFrame:
    """Attributions of articles that are given as name → type."""
    rows = [{"attribution_id": f"{d}:{i}", "document_id": f"d{d}", "source_name": name, "source_type": kind,
             "originator_type": kind} for d, article in enumerate(articles) for i, (name, kind) in enumerate(article.items())]
    return pd.DataFrame(rows).assign(type="direct", kind="speech", rule="x", level=1, n_words=3)


def unified(*articles: dict[str, str]) -> list[str]:
    return unify_sources(corpus(*articles))["source_name"].tolist()


# ---------------------------------------------------------------- spellings

ONE = [
    ("Saltanet Azirbek", "Saltanat Azirbek"), ("Sultanat Azirbek", "Saltanat Azirbek"), ("José Núñez", "Jose Nunez"),
    ("Yevgeny Roe", "Evgeniy Roe"), ("Mohammed Roe", "Muhammad Roe"), ("Qasym Tokmak", "Kassym Tokmak"),
    ("Zhanar Oraz", "Janar Oraz"), ("Nils Tokayin", "Nils Tokaïn"), ("Aleksandr Roe", "Alexander Roe"),
    ("Sergei Roe", "Sergey Roe"),
    ("Ada Roe", "Ada B. Roe"), ("Ada B. Roe", "Ada Beth Roe"), ("Per Lund Jr.", "Per Lund"), ("Ada O’Roe", "Ada O'Roe"),
]
TWO = [
    ("Ada Lund", "Nils Lund"), ("Ivan Petrin", "Ivana Petrina"), ("Daniel Roe", "Daniela Roe"), ("Maria Roe", "Mario Roe"),
    ("Hassan Roe", "Hussein Roe"), ("Marat Roe", "Murat Roe"), ("Jon Roe", "Jan Roe"), ("Frances Roe", "Francis Roe"),
    ("Ada B. Roe", "Ada C. Roe"), ("Per Lund Jr.", "Per Lund Sr."), ("Jackie Lee", "Jackie Li"), ("Omar Khan", "Omar Han"),
    ("A. Roe", "Ada Roe"), ("Ada Roe", "Ada Rowe"), ("Alexander Roe", "Alexandra Roe"), ("Ali", "Ali"), ("Ada", "Ada Roe"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_spellings_of_one_name(one, other):
    assert alike(tuple(one.split()), tuple(other.split()))


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_of_two_persons(one, other):
    assert not alike(tuple(one.split()), tuple(other.split()))


WORD = st.text("abdefghijklmnorstuvyz'-áçéñöü", min_size=1, max_size=9).filter(fold).map(str.capitalize)
NAME = st.lists(WORD, min_size=2, max_size=4).map(tuple).filter(lambda name: len(split_name(name)[0]) > 1)  # "A II" is one word


@given(NAME, NAME)
def test_alike_is_symmetric_and_needs_one_surname_and_one_first_letter(one, other):
    assert alike(one, one) and not clash(one, one)
    assert alike(one, other) == alike(other, one)
    if alike(one, other):
        (a, _), (b, _) = split_name(one), split_name(other)
        assert fold(a[-1]) == fold(b[-1]) and fold(a[0])[0] == fold(b[0])[0]
        assert fold(a[0])[-1] == fold(b[0])[-1], "a last letter tells men from women"


@given(WORD, WORD, WORD)
def test_two_first_names_of_unlike_length_never_merge(surname, first, more):
    assume(len(fold(first)) != len(fold(first + more)))
    assert not alike((first, surname), (first + more, surname))


@given(WORD)
def test_folding_is_idempotent_on_what_it_keeps(word):
    assert fold(word) == fold(word.upper()) == fold(word)
    assert fold(word).isascii()


# ---------------------------------------------------------------- within an article

@pytest.mark.parametrize(("text", "found"), [
    ("[Saltanet Azirbek] said it rained. [Saltanat Azirbek] said it was cold. [Azirbek] said so.", ["Saltanet Azirbek"] * 3),
    ("Sultanat Azirbek left. Saltanat Azirbek left. Saltanat Azirbek stood. [Azirbek] said it was late.", ["Saltanat Azirbek"]),
    ("Bill de Roe stood up. [De Roe] said it rained.", ["Bill de Roe"]),
    ("Ana García Roe stood up. [García Roe] said it rained. [Roe] said it was cold.", ["Ana García Roe"] * 2),
    ("Ada B. Roe stood up. [Ada Roe] said it rained.", ["Ada B Roe"]),
    ("Nils Lund Jr. stood up. [Lund] said it rained.", ["Nils Lund Jr"]),
])
def test_forms_of_one_name(text, found):
    assert names(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Erlan and Arlan Roe came. [Erlan Roe] said it rained. [Arlan Roe] said it was cold.", ["Erlan Roe", "Arlan Roe"]),
    ("Saltanet and Saltanat Roe came. [Saltanet Roe] said it rained. [Saltanat Roe] said it was cold.",
     ["Saltanet Roe", "Saltanat Roe"]),
    ("The mayor, Ahmed Roe, stood up. The bishop, Ahmad Roe, stood up. [Ahmed Roe] said it rained. [Ahmad Roe] said it was cold.",
     ["Ahmed Roe", "Ahmad Roe"]),
    ("Mrs Carim Roe stood up. Mr Carem Roe stood up. [Carim Roe] said it rained. [Carem Roe] said no more.",
     ["Carim Roe", "Carem Roe"]),
    ("Nils Lund Jr. stood by his father, Nils Lund. [Nils Lund] said it rained. [Nils Lund Jr.] said it was cold.",
     ["Nils Lund", "Nils Lund Jr"]),
    ("Ada Lund and her husband, Nils Lund, came. [Mrs Lund] said it rained. [Mr Lund] said it was cold.", ["Ms Lund", "Mr Lund"]),
    ("Mrs Ada Lund and Mr Nils Lund came. [Mrs Lund] said it rained. [Mr Lund] said it was cold.", ["Ada Lund", "Nils Lund"]),
])
def test_two_persons_of_one_name_stay_two(text, found):
    assert names(text) == found


def test_what_is_said_of_one_is_not_said_of_the_other():
    rows = read("Police chief Ada Lund spoke. Nils Lund, a baker, came. [Nils Lund] said it rained. [Ada Lund] said it was cold. "
                "Lund, a union leader, left.")
    assert [(r["source_name"], r["source_type"]) for r in rows] == [("Nils Lund", "person"), ("Ada Lund", "police")]


@pytest.mark.parametrize(("text", "name"), [
    ("Interior Minister Nils Lund spoke. [The minister] said it rained.", "Nils Lund"),
    ("Interior Minister Nils Lund and Health Minister Ada Roe spoke. [The minister] said it rained.", "minister"),
    ("University President Ada Roe spoke. [The president] said it rained.", "president"),
])
def test_a_title_is_a_name_only_where_one_person_bears_it(text, name):
    assert names(text) == [name]


def test_a_group_is_they_and_the_two_are_the_last_two():
    text = "The harbour union called a strike. [They] said it was late."
    assert names(text) == ["harbour union"]
    row = read("Mayor Ada Roe and Mayor Nils Lund spoke. [The two] said it rained.")[0]
    assert (row["source_name"], row["source_type"]) == (None, "government")


def test_what_was_read_before_changes_nothing():
    text = "[Police spokesman Nils Lund] said it rained. [The Swedish mayor] said it was cold. [Lund] said it was late."
    NORWAY.readings.clear()
    first = read(text)
    assert NORWAY.readings, "the first reading is remembered"
    assert read(text) == first


# ---------------------------------------------------------------- across articles

def test_one_spelling_across_articles():
    person = {"Saltanat Azirbek": "person"}
    assert unified({"Saltanet Azirbek": "person"}, person, person, {"Sultanat Azirbek": "person"}) == ["Saltanat Azirbek"] * 4
    assert unified({"Ada Roe": "police"}, {"Ada Roe": "police"}, {"Ada B Roe": "person"}) == ["Ada Roe"] * 3


@pytest.mark.parametrize("articles", [
    ({"Ada B Roe": "person"}, {"Ada C Roe": "person"}, {"Ada Roe": "person"}),  # which Ada Roe?
    ({"Saltanet Roe": "person", "Saltanat Roe": "person"},),  # one article uses both
    ({"Saltanet Roe": "police"}, {"Saltanat Roe": "opposition"}),  # of other callings
    ({"Per Lund": "person"}, {"Per Lund": "person"}, {"Per Lund": "person"}, {"Per Lund Jr": "person"}),  # the father's
    ({"Ali": "person"}, {"Omar Ali": "person"}), ({"Ada Ali": "person"}, {"Omar Ali": "person"}),
    ({"interior ministry": "government"}, {"Interior Ministry": "government"}),  # no person
])
def test_names_stay_as_they_are(articles):
    assert unified(*articles) == [name for article in articles for name in article]


KINDS = st.sampled_from(("person", "police", "government", "unnamed", "military"))
FIRSTS, MIDDLES = ("Saltanet", "Saltanat", "Sultanat", "Ada", "Nils", "Ahmed", "Ahmad"), ("", "B ", "C ", "Beth ")
PERSONS = st.builds("{} {}{}{}".format, st.sampled_from(FIRSTS), st.sampled_from(MIDDLES), st.sampled_from(("Roe", "Lund")),
                    st.sampled_from(("", "", " Jr", " Sr")))


@given(st.lists(st.dictionaries(PERSONS, KINDS, max_size=4), min_size=1, max_size=5).filter(any))
def test_unify_changes_names_and_types_only_and_never_merges_two_persons(articles):
    before = corpus(*articles)
    after = unify_sources(before)
    same = [c for c in before if c not in ("source_name", "source_type", "originator_type")]
    pd.testing.assert_frame_equal(after[same], schema.validate(before, "attributions")[same])
    pairs = list(zip(before["source_name"], after["source_name"], strict=True))
    merged: dict[str, set[str]] = {}
    for old, new in pairs:
        merged.setdefault(new, set()).add(old)
    for new, olds in merged.items():
        assert new in olds or len(olds) == 1, "a name that some article uses"
        assert len({n.split()[-1] if n.split()[-1] not in ("Jr", "Sr") else n.split()[-2] for n in olds}) == 1
        assert not any(clash(tuple(a.split()), tuple(b.split())) for a in olds for b in olds)
        for article in articles:
            assert len(olds & article.keys()) <= 1 or len({n.split()[0] for n in olds & article.keys()}) == 1
    again = unify_sources(after)["source_name"].tolist()
    assert len(set(again)) <= len(merged)
