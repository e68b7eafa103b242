"""Source lists, what single phrases name, persons across articles, and any text at all."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import io, schema
from framelens.annotate.sources import Gazetteer, read_gazetteer, sources_of, unify_sources
from framelens.annotate.sources.gazetteer import read_tokens
from framelens.annotate.sources.lists import parse_countries, parse_sources
from framelens.annotate.sources.phrase import read_phrase
from framelens.errors import CueError, StudyError
from framelens.text.view import read_view

NORWAY = read_gazetteer({"home": ["Norway"], "sources": {"Fjord Watch": "watch_group", "harbour league": "opposition"}})
PLAIN = read_gazetteer()


def source_of(phrase: str, gazetteer: Gazetteer | None = None) -> dict:
    """Type and name the source of "Yesterday … said it rained."."""
    text = f"Yesterday {phrase} said it rained."
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=schema.MEASURED_ZONES)
    row = {"attribution_id": "1", "document_id": "d", "type": "indirect", "kind": "speech", "source": phrase}
    spans = [{"attribution_id": "1", "document_id": "d", "role": role, "start": start, "end": end}
             for role, start, end in (("source", 10, 10 + len(phrase)), ("content", len(text) - 10, len(text) - 1))]
    return sources_of(view, [row], spans, gazetteer or NORWAY)[0]


# ---------------------------------------------------------------- lists

def test_packaged_lists_are_rich_and_within_the_types():
    entries = parse_sources(io.packaged_text("sources.csv"), "sources.csv")
    assert len(entries) > 250
    assert {e.type for e in entries} - {""} == set(schema.SOURCE_TYPES)
    assert len(parse_countries(io.packaged_text("countries.csv"), "countries.csv")) > 180


@pytest.mark.parametrize(("text", "words"), [
    ("phrase,type\nx,police", ["row 1", "phrase, type, weight, note"]),
    ("phrase,type,weight,note\nguards,polise,2,", ["row 2", "column type", "'polise'", "police, military"]),
    ("phrase,type,weight,note\nguards,police,5,", ["row 2", "column weight", "'5'", "decides"]),
    ("phrase,type,weight,note\nguards,police,0,", ["row 2", "column type", "Allowed: empty"]),
    ("phrase,type,weight,note\n--,police,2,", ["row 2", "column phrase", "no word"]),
    ("phrase,type,weight,note\nguards,police,2,\nguards,military,2,", ["row 3", "row 2", "take one out"]),
])
def test_a_bad_source_list_is_named(text, words):
    with pytest.raises(CueError) as error:
        parse_sources(text, "mine.csv")
    assert all(word in str(error.value) for word in ["mine.csv", *words])


def test_a_bad_country_list_is_named():
    with pytest.raises(CueError, match=r"mine.csv, row 2, column country"):
        parse_countries("country,demonym,metonym,part\n,Norse,Oslo,", "mine.csv")
    with pytest.raises(CueError, match=r"mine.csv, row 1"):
        parse_countries("land\nNorway", "mine.csv")


@pytest.mark.parametrize(("study", "words"), [
    ({"home": "Norway"}, ["home", "list"]), ({"home": [""]}, ["home"]), ({"home": [7]}, ["home"]),
    ({"sources": ["police"]}, ["sources", "mapping"]), ({"sources": {"…": "police"}}, ["no word"]),
    ({"sources": {"Roe": "The Police"}}, ["sources.Roe", "'The Police'", "police"]),
    ({"sources": {"Roe": 3}}, ["sources.Roe"]),
])
def test_a_bad_study_is_named(study, words):
    with pytest.raises(StudyError) as error:
        read_gazetteer(study)
    assert all(word in str(error.value) for word in words)


def test_the_longest_phrase_wins_and_the_study_over_the_list():
    gazetteer = read_gazetteer({"sources": {"police": "own_type", "brass*": "brass"}, "sides": {"brass": "other"}})

    def types(text):
        return [m.type for m in gazetteer.find(read_tokens(text))]

    assert types("the police") == ["own_type"]
    assert types("the police union") == ["police"], "a longer packaged phrase beats a shorter one of the study"
    assert types("brassmen") == ["brass"]


def test_a_studys_name_is_known_by_its_last_word():
    gazetteer = read_gazetteer({"sources": {
        "northern compact": "alliance", "fjord one": "state_media", "harbour police": "x"}})

    def types(text):
        return [m.type for m in gazetteer.find(read_tokens(text))]

    assert types("a Compact soldier") == ["alliance", "military"]
    assert types("a compact car") == [], "with a capital only"
    assert types("One and police") == ["police"], "neither numbers nor words of the list"


@pytest.mark.parametrize(("text", "kinds"), [
    ("WHO", ["international_org"]), ("who", []), ("Nato", ["alliance"]), ("the us", []), ("EU", ["international_org"]),
    ("Times", ["news_agency"]), ("times", []), ("MPs", ["politician"]), ("Democrats", ["politician"]),
])
def test_capitals_of_the_list_count(text, kinds):
    assert [m.type for m in PLAIN.find(read_tokens(text))] == kinds


def test_one_name_of_home_brings_the_others():
    homes = {p.home for name in ("Norway", "Norwegian", "Oslo") for p in NORWAY.places(read_tokens(name))}
    assert homes == {True}
    assert [p.home for p in NORWAY.places(read_tokens("Sweden"))] == [False]
    assert NORWAY.home_known and not PLAIN.home_known
    invented = read_gazetteer({"home": ["Maravel"]})
    assert [p.home for p in invented.places(read_tokens("Maravel and Norway"))] == [True, False]


def test_a_gazetteer_goes_to_another_process():
    again = pickle.loads(pickle.dumps(NORWAY))
    assert [m.type for m in again.find(read_tokens("Fjord Watch"))] == ["watch_group"]


# ---------------------------------------------------------------- phrases

PHRASES = {
    "police": "police", "the interior ministry": "government", "an interior ministry official": "government",
    "officials": "government", "officials at the shipping company": "company", "hospital officials": "civil_society",
    "authorities": "government", "city hall": "government", "the customs service": "government",
    "the mayor": "government", "Prime Minister Ada Roe": "president", "the former prime minister": "politician",
    "the presidential spokesman": "president", "a police spokeswoman for the interior ministry": "police",
    "the spokesman for the dockers' union": "protester", "the president of the teachers' union": "protester",
    "the university president": "expert", "soldiers": "military", "a retired general": "military",
    "state television": "state_media", "the news agency Reuters": "news_agency", "Xinhua": "state_media",
    "a newspaper reporter": "news_agency", "two residents": "witness", "some marchers": "protester",
    "striking miners": "protester", "organisers of the march": "protester", "one of the demonstrators": "protester",
    "the opposition leader": "opposition", "an opposition senator": "opposition", "a senator": "politician",
    "a government MP": "politician", "the bishop": "civil_society", "a human rights lawyer": "civil_society",
    "a lawyer": "person", "the union's lawyer": "protester", "an economist at the bank": "expert",
    "political analysts": "expert", "the company": "company", "an opinion poll by the university": "document",
    "a report by the union": "protester", "a report": "document", "UN officials": "international_org",
    "the alliance": "alliance", "critics of the government": "unnamed", "sources close to the army": "unnamed",
    "people familiar with the talks": "unnamed", "many": "unnamed", "whoever": "unnamed", "her mother": "person",
    "a baker in the old town": "person", "a nurse at the hospital": "person",
    "foreign diplomats": "foreign_government", "the Norwegian ambassador": "government",
    "Swedish police": "foreign_government", "Norwegian police": "police", "Stockholm": "foreign_government",
    "Oslo": "government", "Korvia's foreign ministry": "government",
    "the Swedish delegation": "foreign_government", "a baker who joined the march": "protester",
    "a tailor who lives opposite the gate": "witness", "a tailor who asked not to be named": "person",
    "a person who asked not to be named": "unnamed",
    "Ada Roe, who leads the dockers' union": "protester", "Fjord Watch": "watch_group",
    "the Harbour League": "opposition", "police and residents": "police", "the leader in the polls": "unnamed",
    "Capt. Roe, for the police": "police", "sixty thousand": "unnamed", "the Korvian army": "military",
    "the cabinet secretary for trade Ada Roe": "government", "the head of the region": "government",
    "the rights group Fjord Watch": "watch_group",
    "the ruling party Law and Order": "politician", "the president's chief of staff": "president",
    "the banker and opposition figure Ada Roe": "opposition", "police and opposition figure Ada Roe": "police",
    "a Reuters witness": "news_agency", "the state-owned Herald newspaper": "state_media",
    "the banned Harvest Party": "opposition", "the shadow finance minister": "opposition",
    "the Bergen-based group": "civil_society", "the residents' committee": "civil_society",
    "the dockers' federation": "protester", "a diplomat in Oslo": "foreign_government",
    "an official at Sweden's foreign ministry": "foreign_government",
    "the president of the Swedish Congress": "foreign_government",
    "the ousted president": "politician", "the deputies": "politician", "his deputy": "unnamed",
    "dockers on strike": "protester", "the convener of the march": "protester", "official statistics": "document",
    "Northwind, which monitors arrests": "civil_society",
}


@pytest.mark.parametrize(("phrase", "kind"), PHRASES.items())
def test_phrases(phrase, kind):
    assert source_of(phrase)["source_type"] == kind


@pytest.mark.parametrize(("home", "kinds"), [
    ("Norway", ["government", "military", "president"]), ("Maravel", ["foreign_government"] * 3)])
def test_an_unknown_land_is_foreign_to_an_invented_home_only(home, kinds):
    gazetteer = read_gazetteer({"home": [home]})
    phrases = ("Korvia's foreign ministry", "the Korvian army", "Korvia's prime minister")
    assert [source_of(p, gazetteer)["source_type"] for p in phrases] == kinds


def test_nothing_is_foreign_where_home_is_unknown():
    phrases = ("Swedish police", "Stockholm", "the Kremlin", "Korvia's government")
    assert [read_phrase(t, PLAIN).type for t in phrases] == ["police", "government", "president", "government"]


@pytest.mark.parametrize(("phrase", "name"), [
    ("The Interior Ministry", "interior ministry"), ("the police", "police"), ("news agency Tass", "TASS"),
    ("the Norwegian Interior Ministry", "Norwegian interior ministry"), ("the St Olav hospital", "St Olav hospital"),
    ("the Harbour Treaty Organisation", "Harbour Treaty Organisation"),
    ("two rather old and very tired customs service officials", "customs service officials"),
])
def test_names_of_bodies(phrase, name):
    assert source_of(phrase)["source_name"] == name


@pytest.mark.parametrize("phrase", ["a woman", "one man", "a resident in the square", "many", "another"])
def test_one_person_without_a_name_has_none(phrase):
    assert source_of(phrase)["source_name"] is None


def test_unify_sources_takes_over_what_other_articles_say():
    rows = pd.DataFrame([
        ("a:1", "Ada Roe", "person", "person", None, None), ("b:1", "Ada B Roe", "police", "police", None, None),
        ("c:1", "Roe", "person", "person", None, None), ("c:2", "Nils Lund", "person", "person", None, None),
        ("a:2", "marchers", "protester", "protester", "person", "a:1"),
    ], columns=["attribution_id", "source_name", "source_type", "originator_type", "conduit_type", "parent_id"])
    rows = rows.assign(document_id=rows["attribution_id"].str[0], type="direct", kind="speech", rule="x", level=1)
    rows["n_words"] = 3
    found = unify_sources(rows).set_index("attribution_id")
    assert found["source_type"].to_dict() == {
        "a:1": "police", "b:1": "police", "c:1": "person", "c:2": "person", "a:2": "protester"}
    assert found.loc["a:1", "originator_type"] == "police"
    assert found.loc["a:2", "conduit_type"] == "police"


def test_unify_sources_needs_two_thirds():
    def typed(*kinds):
        names = [f"d{i}" for i in range(len(kinds) + 1)]
        rows = pd.DataFrame({"attribution_id": names, "document_id": names, "source_type": ["person", *kinds]})
        rows = rows.assign(source_name="Ada Roe", type="direct", kind="speech", rule="x", level=1, n_words=3)
        return unify_sources(rows)["source_type"].iloc[0]

    assert typed("police", "police", "witness") == "police"
    assert typed("police", "witness") == "person"
    assert typed("unnamed") == "person"


# ---------------------------------------------------------------- properties

WORDS = st.sampled_from((
    "Police police the a Ada Roe Lund said , . “ ” ’ 's who he she they it another officials of and UN mayor "
    "Norway Swedish ministry \n\n ( ) 71 I we his statement some channel").split(" "))
PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), PLACES)
def test_any_text_and_any_spans_are_read(words, places):
    text = " ".join(words)
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=schema.MEASURED_ZONES)
    rows, spans = [], []
    for number, (start, size) in enumerate(places):
        low, high = min(start, len(text) - 1), min(start + size, len(text))
        rows.append({"attribution_id": str(number), "document_id": "d", "type": "direct", "kind": "speech",
                     "source": text[low:high], "parent_id": str((number + 1) % len(places))})
        span = {"attribution_id": str(number), "document_id": "d", "start": low, "end": max(high, low + 1)}
        spans += [{**span, "role": role} for role in ("source", "content")]
    found = sources_of(view, rows, spans, NORWAY)
    assert [f["attribution_id"] for f in found] == [r["attribution_id"] for r in rows]
    assert found == sources_of(view, rows, spans, NORWAY)
    allowed = {*schema.SOURCE_TYPES, "watch_group"}
    for row in found:
        assert row["source_type"] in allowed and row["originator_type"] in allowed
        assert row["conduit_type"] is None or row["conduit_type"] in allowed
        name = (row["source_name"] or "").split()
        assert len(name) <= 3 or not any(w[0].islower() for w in name), "a name is no phrase of the article"
