"""Who does what to whom in clauses of violence and harm, on invented sentences."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import schema
from framelens.annotate.agency import agency_of, find_agency, read_violence
from framelens.annotate.agency.lexicon import CLASSES
from framelens.annotate.attribution import attributions_of, read_cues
from framelens.annotate.labels import find_mentions, label_finder
from framelens.lexicon import read_lexicon
from framelens.pipeline import annotate, explain
from framelens.text.reading.stream import Reader
from framelens.text.view import read_view

P, S, E, NO = "protesters", "security", "event", ""
ACTIVE, BY, BARE, NOUN, ITSELF = "active", "passive_agent", "passive_agentless", "nominal", "intransitive"


def read(text: str, zone: str = "body") -> list[tuple[str, ...]]:
    documents = pd.DataFrame({"document_id": ["d"], "text": [text], "exclusion_reason": [None]})
    zones = pd.DataFrame({"document_id": ["d"], "start": [0], "end": [len(text)], "kind": [zone], "rule": ["x"]})
    found = find_agency(documents, zones, find_mentions(documents, zones, read_lexicon("protest")))
    assert all(text[start:end] == verb for start, end, verb in found[["start", "end", "verb"]].values)
    columns = ["verb", "construction", "agent", "agent_group", "patient", "patient_group"]
    return [tuple(row) for row in found[columns].astype(object).fillna("").values.tolist()]


@pytest.mark.parametrize(("text", "clause"), [
    ("Police shot three demonstrators.", ("shot", ACTIVE, "Police", S, "three demonstrators", P)),
    ("Troops opened fire on the marchers.", ("opened fire", ACTIVE, "Troops", S, "the marchers", P)),
    ("Guards fired tear gas at the crowd.", ("fired", ACTIVE, "Guards", S, "the crowd", P)),
    ("Protesters hurled bricks at officers.", ("hurled", ACTIVE, "Protesters", P, "officers", S)),
    ("The mob set two buses ablaze.", ("set two buses ablaze", ACTIVE, "The mob", P, "two buses", NO)),
    ("They beat him up.", ("beat him up", ACTIVE, "They", NO, "him", NO)),
    ("Two men were arrested by soldiers on Friday.", ("arrested", BY, "soldiers", S, "Two men", NO)),
    ("Two men were killed by a stray bullet.", ("killed", BARE, NO, NO, "Two men", NO)),
    ("Two men were killed by noon.", ("killed", BARE, NO, NO, "Two men", NO)),
    ("A clerk got shot on Friday.", ("shot", BARE, NO, NO, "A clerk", NO)),
    ("Three demonstrators wounded in the square are in hospital.", ("wounded", BARE, NO, NO, "Three demonstrators", P)),
    ("Roe, a baker, was shot dead.", ("shot dead", BARE, NO, NO, "Roe", NO)),
    ("Shots were fired at the marchers.", ("fired", BARE, NO, NO, "the marchers", P)),
    ("Nobody was hurt.", ("hurt", BARE, NO, NO, "Nobody", NO)),
    ("The killing of two students by soldiers shocked Town.", ("killing", NOUN, "soldiers", S, "two students", NO)),
    ("The army's attack on the village went unreported.", ("attack", NOUN, "The army", S, "the village", NO)),
    ("He spoke of clashes between troops and rioters.", ("clashes", NOUN, "troops", S, "rioters", P)),
    ("The minister defended the use of tear gas against protesters.", ("use of tear gas", NOUN, NO, NO, "protesters", P)),
    ("Her arrest was announced at noon.", ("arrest", NOUN, NO, NO, "Her", NO)),
    ("Clashes broke out at dusk.", ("Clashes", ITSELF, NO, NO, NO, NO)),
    ("Gunfire was heard near the harbour.", ("Gunfire", ITSELF, NO, NO, NO, NO)),
    ("Four soldiers lost their lives.", ("lost their lives", ITSELF, NO, NO, "Four soldiers", S)),
    ("The customs house burned overnight.", ("burned", ITSELF, NO, NO, "The customs house", NO)),
    ("Troops carried out two raids on the quarter.", ("carried out two raids", ACTIVE, "Troops", S, "the quarter", NO)),
    ("The report lists raids conducted by the army.", ("raids", BY, "the army", S, NO, NO)),
    ("There was shooting this morning.", ("shooting", ITSELF, NO, NO, NO, NO)),
    ("Police shot into the air.", ("shot into", ACTIVE, "Police", S, NO, NO)),
    ("Police made more than 100 arrests.", ("made more than 100 arrests", ACTIVE, "Police", S, NO, NO)),
    ("He spoke of days of fighting with the army.", ("fighting", NOUN, NO, NO, "the army", S)),
    ("Police violence was condemned.", ("violence", NOUN, "Police", S, NO, NO)),
    ("Roe heard glass break near the police post.", ("break", ITSELF, NO, NO, "glass", NO)),
    ("A sit-in was broken up by force.", ("broken up", BARE, NO, NO, "A sit-in", E)),
    ("Militants stole 40 rifles.", ("stole", ACTIVE, "Militants", NO, "40 rifles", NO)),
    ("Police made dozens of arrests.", ("made dozens of arrests", ACTIVE, "Police", S, NO, NO)),
])
def test_constructions(text, clause):
    assert read(text) == [clause]


@pytest.mark.parametrize(("text", "verb", "agent"), [
    ("Soldiers who stormed the hall left at dawn.", "stormed", "Soldiers"),
    ("After storming the hall, soldiers left.", "storming", "soldiers"),
    ("Soldiers left the hall after beating the guests.", "beating", "Soldiers"),
    ("The general ordered his troops to shoot at the marchers.", "shoot at", "his troops"),
    ("The troops were ordered to shoot at the marchers.", "shoot at", "The troops"),
    ("The troops tried to disperse the marchers.", "disperse", "The troops"),
    ("Roe accused police of beating marchers.", "beating", "police"),
    ("Police, backed by soldiers, detained the marchers.", "detained", "Police"),
    ("A bomb went off in Town, killing five people.", "killing", "A bomb"),
    ("Videos show officers kicking a boy.", "kicking", "officers"),
    ("To clear the square, police used batons.", "clear", "police"),
    ("Police kept marchers from reaching the square, firing shots.", "firing", "Police"),
    ("Two marchers were caned by police, injuring one.", "injuring", "police"),
    ("Three police cars were torched, injuring one.", "injuring", ""),
    ("It was the guards who first used tear gas.", "used", "the guards"),
    ("The union accuses the guards of having killed marchers.", "killed", "the guards"),
    ("The union accused the guards of attacks on marchers.", "attacks", "the guards"),
    ("Tear gas was used to disperse the marchers.", "disperse", ""),
    ("Police have in recent days detained the marchers.", "detained", "Police"),
])
def test_who_does_it(text, verb, agent):
    assert [row[2] for row in read(text) if row[0] == verb] == [agent]


def test_coordinated_verbs_are_rows_of_their_own_and_share_subject_and_object():
    assert read("Police beat and arrested the marchers.") == [
        ("beat", ACTIVE, "Police", S, "the marchers", P), ("arrested", ACTIVE, "Police", S, "the marchers", P)]
    assert [row[:4] for row in read("Rioters looted shops, smashed windows and set cars on fire.")] == [
        ("looted", ACTIVE, "Rioters", P), ("smashed", ACTIVE, "Rioters", P), ("set cars on fire", ACTIVE, "Rioters", P)]


@pytest.mark.parametrize(("text", "clauses"), [
    ("Police kill 5 as marchers storm port", [("kill", ACTIVE, "Police", "5"), ("storm", ACTIVE, "marchers", "port")]),
    ("5 killed as troops open fire", [("killed", BARE, "", "5"), ("open fire", ACTIVE, "troops", "")]),
    ("Soldiers shot dead at border", [("shot dead", BARE, "", "Soldiers")]),
    ("Police, marchers clash in Town", [("clash", ACTIVE, "Police", "marchers")]),
    ("Guards raid hall, detain marchers", [("raid", ACTIVE, "Guards", "hall"), ("detain", ACTIVE, "Guards", "marchers")]),
    ("Seven dead at the bridge", [("dead", ITSELF, "", "Seven")]),
])
def test_headlines(text, clauses):
    assert [(verb, built, agent, patient) for verb, built, agent, _, patient, _ in read(text, "headline")] == clauses


@pytest.mark.parametrize("text", [
    "The mayor vowed to fight inflation.",
    "Senators attacked the bill in a speech on taxes.",
    "The striker hit the post in the final match of the season.",
    "The team beat its rivals to win the league title.",
    "She was named the fittest candidate and fired up her voters.",
    "He died of cancer.",
    "At least 40 people died in the flood.",
    "The injured men went home, and the wounded slept.",
    "Soldiers carried rifles and marched into Town.",
    "They held a meeting at the office.",
    "He was sentenced to death.",
    "Attack helicopters crossed the river.",
    "The violence in the film is drawn by hand.",
    "She stole the show.",
])
def test_what_does_not_count(text):
    assert read(text) == []


@pytest.mark.parametrize(("text", "group"), [
    ("Gunmen shot the police chief's son.", NO),  # the head is the son
    ("Gunmen shot dozens of protesters.", P),
    ("Gunmen shot Officer Roe.", S),
    ("Gunmen shot three rioters and one officer.", NO),  # of two groups
    ("Gunmen attacked the police station.", NO),
    ("Gunmen shot the striking nurses.", P),
    ("Nurses marched to the gate. Gunmen shot two nurses.", P),  # the article says that they march
    ("Lawyers spoke at the gate. Gunmen shot two lawyers.", NO),
    ("Gunmen shot two journalists covering the march.", NO),
    ("Gunmen shot Sergeant Roe.", S),
    ("Gunmen shot General Secretary Roe.", NO),
    ("Gunmen attacked a unit of the intelligence service.", S),
    ("Gunmen shot two rebels.", NO),  # of a war
    ("Two guards were killed and three others wounded.", S),
    ("Those held are in Town.", NO),
    ("Those detained had marched.", P),
    ("The ministry said its men had come under fire.", S),
    ("Marchers said police had beaten their men.", P),  # not those of who did it
    ("Ana Roe, a young marcher, spoke. Soldiers shot Roe.", P),
    ("The protester Ana Roe spoke. Soldiers shot Roe.", P),
    ("Max Lund, a baker, spoke. Soldiers shot Lund.", ""),
    ("Sgt. Tom Orr spoke. Rioters killed Orr.", S),
    ("Soldiers shot a marcher aged 19.", P),
    ("Police clubbed protesters.", P),
])
def test_groups_are_those_of_the_heads(text, group):
    assert read(text)[-1][-1] == group


def test_authorities_are_forces_where_they_use_force_and_nowhere_else():
    assert read("The government shelled the port.")[0][3] == S
    assert read("The port shelled the government.")[0][5] == NO


@pytest.mark.parametrize(("text", "group"), [
    ("Israel bombed the camp.", S),
    ("Rebel forces bombed the camp.", NO),
    ("Allied militias bombed the camp.", S),
    ("Army helicopters bombed the camp.", S),
    ("Gunmen killed two as marchers passed.", NO),
    ("The clashes between police and marchers killed two.", E),
    ("Rebels seized the hall after the protest.", P),  # as many words of protest as of war
    ("Rebels seized the hall. The rebels left.", NO),
])
def test_groups_of_who_does_it(text, group):
    assert next(row for row in read(text) if row[1] == ACTIVE)[3] == group


def test_the_first_person_is_the_speaker_and_they_are_the_other_side():
    assert [row[3:] for row in read("“They beat us,” said protester Roe.")] == [(S, "us", P)]
    assert [row[3:] for row in read("“They beat us,” said police spokesman Roe.")] == [(P, "us", S)]
    assert [row[3:] for row in read("“They beat us,” a clerk told police.")] == [(NO, "us", NO)]
    assert read("“Our men were attacked,” said police spokesman Roe.")[0][5] == S
    assert read("We were arrested, said Roe.")[0][5] == NO


def test_they_are_whom_alone_the_sentence_before_names():
    assert read("Guards came at dawn. They pulled down the tents.")[-1][3] == S
    assert read("Guards met marchers at dawn. They pulled down the tents.")[-1][3] == NO


def test_a_pronoun_has_the_group_of_the_label_before_it_but_not_that_of_who_does_it():
    rows = read("Police said they had detained the marchers before dawn.")
    assert rows[0][2:4] == ("they", S)
    assert read("The marchers stayed until soldiers shot them.")[0][4:] == ("them", P)


def test_words_of_two_senses_ask_what_stands_around_them():
    assert read("The minister attacked the senator.") == []
    assert [row[0] for row in read("Gunmen attacked the senator. Two guards were killed.")] == ["attacked", "killed"]


def test_quotations_are_seen_through_and_their_voice_is_joined(make_documents):
    text = "“Soldiers shot my brother,” said Mira Quell. Police said rioters had beaten a guard. Troops seized the port."
    found = annotate(make_documents(text)).agency
    assert found[["verb", "agent_group", "voice"]].values.tolist() == [
        ["shot", S, "direct"], ["beaten", P, "indirect"], ["seized", S, "narrator"]]
    assert found["attribution_id"].notna().tolist() == [True, True, False]


def test_the_text_free_form_keeps_groups_and_drops_phrases(make_documents, tmp_path):
    found = annotate(make_documents("Police shot three demonstrators."))
    bare = type(found).load(found.save(tmp_path / "out", form="text_free")).agency
    assert {"agent", "patient"}.isdisjoint(bare.columns)
    assert bare[["verb", "verb_lemma", "construction", "agent_group", "patient_group"]].values.tolist() == [
        ["shot", "shoot", ACTIVE, S, P]]


def test_explain_shows_clauses():
    rows = explain("Police shot three demonstrators.")
    clause = rows[rows["what"] == "clause"].iloc[0]
    assert (clause["words"], clause["rule"]) == ("shot", "active of 'shoot'")
    assert clause["detail"] == "agent: Police (security), patient: three demonstrators (protesters)"


def test_what_attribution_has_read_need_not_be_read_again_and_changes_nothing(root):
    cues, violence, find = read_cues(), read_violence(), label_finder(read_lexicon("protest"))
    for path in sorted((root / "data" / "demo" / "texts").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        view = read_view(path.stem, text, [(0, len(text), "body", "x")], measured=schema.MEASURED_ZONES)
        reader = Reader(view, cues.wanted)
        attributions_of(view, cues, reader)
        mentions = find(view)
        assert agency_of(view, mentions, violence, reader) == agency_of(view, mentions, violence)


WORDS = ("police troops the a protesters shot shooting killed was were by of and , who after clashes with attack on fire tear "
         "gas at dead five to disperse 's . “ ” said they them between opened set ablaze being arrested not").split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=24))
@settings(max_examples=300, deadline=None)
def test_any_words_give_valid_rows(words):
    text = " ".join(words)
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=schema.MEASURED_ZONES)
    rows = agency_of(view, [], read_violence())
    places = [(row["start"], row["end"]) for row in rows]
    assert len(set(places)) == len(places)
    for row in rows:
        assert text[row["start"]:row["end"]] == row["verb"]
        assert row["construction"] in schema.CONSTRUCTIONS
        assert all(row[who] is None or row[who] in text for who in ("agent", "patient"))
        assert (row["construction"] == "passive_agent") <= (row["agent"] is not None)
        assert (row["construction"] in ("passive_agentless", "intransitive")) <= (row["agent"] is None)


def test_each_class_has_entries():
    violence = read_violence()
    entries = [*violence.verbs.values(), *violence.nouns.values()]
    assert {harm.harm for found in entries for _, harm in found} == set(CLASSES)


@pytest.mark.parametrize(("text", "groups"), [
    ("Twelve officers were killed and 353 injured.", [S, S]),
    ("Dozens of protesters were killed and hundreds were wounded.", [P, P]),
    ("Twelve people were killed and 353 injured.", [NO, NO]),
    ("Officers were killed and 353 injured.", [S, NO]),  # nobody was counted before
    ("Twelve officers were killed; 353 were injured.", [S, NO]),
])
def test_a_bare_number_goes_on_counting(text, groups):
    assert [row[-1] for row in read(text)] == groups


@pytest.mark.parametrize(("text", "clause"), [
    ("Then came the water cannon.", ("came", ITSELF, NO, NO)),
    ("Out came the truncheons.", ("came", ITSELF, NO, NO)),
    ("Killed in the fire at the gate were two clerks.", ("Killed", BARE, NO, "two clerks")),
    ("Also arrested were two students.", ("arrested", BARE, NO, "two students")),
    ("One man, wounded in the thigh, later left.", ("wounded", BARE, NO, "One man")),
    ("An informer ran and another man was thrown from the gallery.", ("thrown from", BARE, NO, "another man")),
    ("A nurse was spat at by rioters.", ("spat at", BY, "rioters", "A nurse")),
    ("Eleven guards fled the stones thrown by youths.", ("thrown", BY, "youths", NO)),
    ("Monitors had heard shelling since dawn.", ("shelling", NOUN, NO, NO)),
    ("Clashes that broke out at dusk left the square empty.", ("Clashes", ITSELF, NO, NO)),
    ("Guards, several witnesses say, went on shooting at the crowd.", ("shooting at", ACTIVE, "Guards", "the crowd")),
    ("By noon on Friday the inmates had seized the kitchen.", ("seized", ACTIVE, "the inmates", "the kitchen")),
    ("Five clerks were killed by the military in May.", ("killed", BY, "the military", "Five clerks")),
    ("The union accused the guards of beheading a clerk last month.", ("beheading", ACTIVE, "the guards", "a clerk")),
    ("Troops used villagers as human shields.", ("used villagers as human shields", ACTIVE, "Troops", "villagers")),
    ("The army said it was answering fire.", ("answering fire", ACTIVE, "it", NO)),
    ("Police responded proportionately.", ("responded", ACTIVE, "Police", NO)),
    ("The army said 40 terrorists were neutralised.", ("neutralised", BARE, NO, "40 terrorists")),
    ("The general vowed to hunt down those responsible.", ("hunt down", ACTIVE, "The general", "those responsible")),
    ("He said 61 of them were arrested.", ("arrested", BARE, NO, "61 of them")),
    ("Police, hours before, dragged away dozens of marchers.", ("dragged away", ACTIVE, "Police", "dozens of marchers")),
    ("Soldiers forced the marchers off the bridge.", ("forced the marchers off", ACTIVE, "Soldiers", "the marchers")),
])
def test_who_does_and_who_suffers_in_turned_clauses(text, clause):
    verb, built, agent, patient = clause
    assert (verb, built, agent, patient) in [(row[0], row[1], row[2], row[4]) for row in read(text)]


def test_people_fall_and_shells_come_only_where_shots_and_shells_are():
    assert [row[:2] for row in read("Soldiers opened fire and two men fell.")][-1] == ("fell", ITSELF)
    assert read("Two men fell on the ice.") == []
    assert [row[:2] for row in read("A rocket landed in the yard of a village.")] == [("landed", ITSELF)]
    assert read("A letter landed in the yard of a village.") == []


def test_police_who_answer_a_call_or_a_question_use_no_force():
    assert read("Police responded to a call from a shop.") == []
    assert read("Officers answered questions.") == []


def test_an_injury_by_way_of_treatment_or_death_is_no_clause_of_its_own():
    assert read("Two officers were treated for minor injuries.") == []
    assert [row[0] for row in read("A gunshot wound was seen. He died of his wounds.")] == ["gunshot wound", "died"]


@pytest.mark.parametrize(("text", "group"), [
    ("The inmates' mutiny began. Inmates seized a tower. Guards beat two inmates.", P),  # who riots by what they do
    ("Residents threw stones at police. Guards beat two residents.", P),
    ("Residents threw a party. Guards beat two residents.", NO),
    ("Roe, who had joined the march, spoke. Soldiers shot Roe.", P),
    ("Officers carrying out a court order were attacked by rioters.", S),  # the head is not the order
    ("Rioters tore the guard's jacket.", S),
    ("Masked men shot a former soldier.", NO),
    ("The police commander was killed.", S),
    ("Sergeant Ali bin Omar was killed.", S),
    ("Marchers torched a police van.", NO),
    ("Marchers hit a man in uniform.", S),
    ("Deputies met the sheriff. Rioters killed a deputy.", S),
    ("The parliament met. Rioters killed a deputy.", NO),
    ("The strike began. Police arrested union leader Ana Roe.", P),
    ("The march began. Police arrested 40 people.", NO),
    ("Police charged the protesters. They beat them.", P),
    ("Police fired at protesters. Two of them were killed.", P),
    ("Police shot a protester. She died of her wounds.", P),
    ("A protester was shot. The 20-year-old died.", P),
    ("Police detained 40 protesters. Some were beaten.", P),
    ("An officer was stabbed. He was arrested.", NO),  # whoever stabbed
    ("The corporal said he had been beaten.", S),
    ("The corporal told the clerk that he had been beaten.", NO),
])
def test_groups_of_who_suffers_are_found_over_clauses(text, group):
    assert read(text)[-1][-1] == group


@pytest.mark.parametrize(("text", "group"), [
    ("Outlaws in uniform shot the clerk.", S),
    ("A police dog bit two marchers.", S),
    ("The march began. Young men burned tyres.", P),
    ("The march began. Masked men beat protesters.", NO),
    ("Police charged the protesters. They beat them.", S),
    ("Protesters met at noon. “They shot at us,” said Ana Roe, a baker.", S),
    ("Roe met friends at noon. “They shot at us,” said Ana Roe, a baker.", NO),
    ("The shelling killed two clerks.", E),
])
def test_groups_of_who_does_it_are_found_over_clauses(text, group):
    assert next(row for row in reversed(read(text)) if row[1] == ACTIVE)[3] == group


def test_a_rank_that_begins_a_headline_is_not_told_off_by_its_last_word():
    assert read("Admiral Roe killed by the consul", "headline")[-1][-1] == S


def test_we_are_who_is_told_to_say_it(make_documents):
    found = annotate(make_documents("Police said: “We used force against the marchers only once.”")).agency
    assert found[["agent", "agent_group"]].values.tolist() == [["We", S]]
