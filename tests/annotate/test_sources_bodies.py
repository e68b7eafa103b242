"""The kind of a body by the words of its name, each beside a near miss; names are invented unless a list has them."""

from __future__ import annotations

import pytest

from framelens.annotate.sources import read_gazetteer

NORWAY = read_gazetteer({"home": ["Norway"]})
KINDS = {
    "the Confederation of Ferry Workers": "protester", "the Confederation of Ferry Owners' Families": "civil_society",
    "the New Alliance of Bus Drivers": "protester", "the New Alliance for Norway": "politician",
    "the head of the New Alliance of Bus Drivers, Per Lund": "protester",
    "the executive secretary of the Single Federation of Peasant Workers, Ada Roe": "protester",
    "the harbour transport union": "protester", "the Centre for Transport Studies": "expert",
    "the Public Service Association": "protester", "the Service Association": "civil_society",
    "the trade union of police": "police", "the trade union of cooks": "protester",
    "the Confederation of Private Entrepreneurs": "company", "the Economic Chamber": "company",
    "the Norwegian Commission on Human Rights": "government", "the Larvik Centre for Human Rights": "civil_society",
    "the National Human Rights Council": "government", "the Harbour Human Rights Council": "civil_society",
    "the Inter-American Commission on Human Rights": "international_org",
    "the Council of Europe's human rights commissioner": "international_org",
    "the Independent Authority Against Corruption": "government", "the Independent newspaper": "news_agency",
    "the Network Against Corruption": "civil_society",
    "the Anti-Kidnapping Unit": "police", "the Family Crimes Commission": "government",
    "the Great Council of Elders": "civil_society", "the Great City Council": "government",
    "the Christian Democratic Union": "politician", "the Democratic Union of Teachers": "protester",
    "the Movement for Rights and Freedoms": "politician", "the Movement": "protester",
    "the Bergen Liberation Front": "opposition", "the Alliance of Women in Politics": "civil_society",
    "the Alliance for the Peoples of Southern America": "international_org",
    "the National Society of Industries": "company", "the Mining History Society": "civil_society",
    "the Tana Bauxite Company": "company", "Larvik Times": "news_agency", "Larvik Airways": "company",
    "a YouGov poll published last week": "document", "YouGov": "expert",
    "the Swedish parliament": "foreign_government", "the Norwegian parliament": "politician",
    "a Swedish lawmaker": "politician", "the speaker of Finland's lower house": "foreign_government",
    "the King of Larenga": "civil_society", "the King of Norway": "president", "the King of Sweden": "foreign_government",
    "Larenga premier Ada Roe": "government", "the premier of the province": "government", "the premier, Ada Roe": "president",
    "the Storting": "politician", "the Saeima": "foreign_government", "the State Duma's deputy speaker": "foreign_government",
    "the military rulers": "government", "the military ruler": "president", "the coup leaders": "government",
}
SHARES = ("58 percent of Norwegians", "almost 40 per cent of respondents", "54% of Swedes", "seven in ten Norwegians",
          "nine out of ten Danes", "Forty-one percent of those surveyed", "a large majority of Norwegians")


@pytest.mark.parametrize(("phrase", "kind"), (KINDS | dict.fromkeys(SHARES, "person")).items())
def test_the_name_of_a_body_tells_its_kind_and_a_share_of_people_are_persons(phrase, kind, type_of):
    assert type_of(phrase, NORWAY) == kind


def test_a_share_of_those_who_act_are_what_they_are(type_of):
    nowhere = read_gazetteer()
    assert [type_of(f"a third of the {who}", nowhere) for who in ("strikers", "lawmakers")] == ["protester", "politician"]
    assert type_of("the percent", nowhere) == "unnamed"


def test_what_a_study_says_of_a_body_stays(type_of):
    assert type_of("the Harbour Workers Union", read_gazetteer({"sources": {"Harbour Workers Union": "watch"}})) == "watch"


def test_a_medium_of_the_state_stays_one_beside_the_word_agency(type_of):
    assert type_of("the BelTA news agency", read_gazetteer({"home": ["Belarus"]})) == "state_media"


def test_the_people_of_a_home_that_the_lists_do_not_know_are_persons(type_of):
    home = read_gazetteer({"home": ["Korvia", "Korvian", "Korvians"]})
    assert [type_of(phrase, home) for phrase in ("30 percent of Korvians", "Korvia")] == ["person", "government"]
