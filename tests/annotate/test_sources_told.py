"""What an article tells of a source decides its type: what a person did or saw, a deed behind a name, an acronym explained."""

from __future__ import annotations

import pytest

from framelens.annotate.attribution import attributions_of, read_cues
from framelens.annotate.sources import read_gazetteer, sources_of
from framelens.text.view import read_view

CANADA = read_gazetteer({"home": ["Canada"]})
CUES = read_cues()


def types_in(text, gazetteer=CANADA):
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=("body",))
    rows, spans = attributions_of(view, CUES)
    starts = {s["attribution_id"]: s["start"] for s in spans if s["role"] == "source"}
    found = sources_of(view, rows, spans, gazetteer)
    return [r["source_type"] for r in sorted(found, key=lambda r: starts.get(r["attribution_id"], 0)) if r["source"]]


@pytest.mark.parametrize(("who", "kind"), [
    ("A waiter who hid under the counter", "witness"),
    ("A cellist who watched the boat burn", "witness"),
    ("Ada Berg, a cook whose kitchen was swept away,", "witness"),
    ("Ada Berg, who was asleep when the shell struck,", "witness"),
    ("A plumber who was pulled from the rubble", "witness"),
    ("Two bakers stuck on the ferry", "witness"),
    ("A tailor who fled the fire with her cat", "witness"),
    ("A tailor who fled the country", "person"),
    ("Ada Berg, who keeps a stall opposite the gate,", "witness"),
    ("Ada Berg, who runs a flower shop,", "person"),
    ("Passengers", "witness"),
    ("A dairy farmer who had blocked the bridge with his tractor", "protester"),
    ("A pupil holding a placard", "protester"),
    ("Ada Berg, a pensioner banging a saucepan,", "protester"),
    ("Ada Berg, 19, who threw stones at the gate,", "protester"),
    ("A cook who slept in front of the ministry", "protester"),
    ("Ada Berg, waving a flag outside parliament,", "protester"),
    ("Ada Berg, whose son threw stones at the gate,", "person"),
    ("The father of a boy who threw stones", "person"),
    ("A cook who lives in Hull", "person"),
])
def test_what_a_person_did_and_saw(who, kind):
    assert types_in(f"{who} said that it was late.") == [kind]


@pytest.mark.parametrize(("before", "kind"), [
    ("Lund was standing by the well when the shooting began.", "witness"),
    ("Lund walked at the head of the column with a drum.", "protester"),
    ("Nils Lund, 30, held a cardboard sign.", "protester"),
    ("Nils Lund studies glaciers at a university in the north.", "expert"),
    ("Nils Lund leads the miners' union.", "protester"),
    ("Nils Lund represents the Greens in the Senate.", "politician"),
    ("Nils Lund has led the country since the coup.", "president"),
    ("Nils Lund sings in a choir.", "person"),
])
def test_what_the_sentence_before_tells(before, kind):
    assert types_in(f"{before} “It was late,” said Lund.")[-1:] == [kind]


@pytest.mark.parametrize(("text", "kinds"), [
    ("Nils Lund wept. The mayor had not slept. “It was late,” said Lund.", ["government"]),
    ("Nils Lund wept. The mayor, Ada Berg, had not slept. “It was late,” said Lund.", ["person"]),
    ("The bishop spoke for an hour. He said that it was late.", ["civil_society"]),
    ("The Harbour Drivers' Union (HDU) met. HDU said that it was late.", ["protester"]),
    ("The World Food Programme met. Ada Berg, its executive director, said that it was late.", ["international_org"]),
    ("Ada Berg, executive director of Bright Water, said that it was late.", ["civil_society"]),
    ("Glimco said it would close the mill.", ["company"]),
    ("Lund said that it was late.", ["person"]),
    ("Glimco, which makes clocks, said that it was late.", ["company"]),
])
def test_what_the_article_tells_of_bodies_and_titles(text, kinds):
    assert types_in(text) == kinds


@pytest.mark.parametrize(("phrase", "kind"), [
    ("the premier of Alberta", "government"), ("Bavaria's premier", "foreign_government"), ("the premier", "president"),
    ("British Columbia's health ministry", "government"), ("the British health ministry", "foreign_government"),
    ("a baker from Bergen, Norway,", "person"), ("a neighbour in Norway", "witness"),
    ("Norway's neighbours", "foreign_government"),
    ("Norwegian leader Nils Lund", "foreign_government"), ("Canadian leader Ada Berg", "president"),
    ("NPX leader Ada Berg", "politician"), ("the exiled prince", "opposition"), ("the outlawed movement", "opposition"),
    ("WHO Director-General Ada Berg", "international_org"), ("the F.B.I. director", "foreign_government"),
    ("Dr Sana Berg", "person"), ("SANA", "state_media"), ("Economists", "expert"), ("The Economist", "news_agency"),
    ("Ada Sultan", "person"), ("the sultan", "president"), ("Nils Ford", "person"), ("Ford", "company"),
    ("the drug agency", "government"), ("documents seen by Reuters", "document"), ("the Gleaming", "unnamed"),
    ("Ada Berg, a miner and union rep,", "protester"), ("Hezbollah's military spokesman", "opposition"),
    ("the carabinieri", "police"), ("the Bar Council", "civil_society"), ("the Lok Sabha", "politician"),
    ("a Verkhovna Rada deputy", "politician"), ("the works council", "protester"), ("the district collector", "government"),
    ("the state weather office", "government"), ("the RAF", "military"), ("KFOR", "alliance"), ("OCHA", "international_org"),
])
def test_phrases_of_world_news(phrase, kind):
    assert types_in(f"It was late. {phrase[0].upper()}{phrase[1:]} said that it was cold.")[-1:] == [kind]
