"""The part in the story: who protests, who was there, who is only a person, who speaks for a cause, who opposes.

`tests/known/source_parts.csv` has invented passages in the form of `source_passages.csv`, the types written down before any
output was seen: the "first" list (.44 right then) led to rules, the "second" was measured with them (.67; .57 without) and
mended from afterwards, so that the floors are no held-out figures; nor is that of the "third", ordinary
agency copy (.80 when new).
"""

from __future__ import annotations

import pytest

from framelens.annotate.sources.actors import acting_in
from framelens.text.view import read_view
from passages import read, read_list

MISSED = 0.07  # share of passages in which the attribution itself is not found


@pytest.mark.parametrize(("name", "floor"), [("first", 0.78), ("second", 0.82), ("third", 0.90)])
def test_parts_that_the_passage_tells(name, floor):
    n, named, wrong = read_list("source_parts.csv", name)
    assert n > 40 and named >= (1 - MISSED) * n
    assert len(wrong) <= (1 - floor) * named, "\n".join(wrong)


def acting(text: str) -> list[tuple[str, bool]]:
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=("body",))
    return [found for sentence in view.sentences for found in acting_in(view, sentence)]


@pytest.mark.parametrize(("text", "found"), [
    ("Weavers from the mill at Hull marched.", [("weavers", True)]),
    ("Weavers of Hull, a port in the north, blocked the road.", [("weavers", True)]),
    ("Weavers gathered at the gate.", [("weavers", False)]),
    ("Weavers told the nurses who marched.", [("nurses", True)]),
    ("Relatives of missing men marched.", [("relatives", True)]),
    ("Weavers said on Monday they would march.", [("weavers", True)]),
    ("Weavers said on Monday they would sing.", []),
    ("Weavers were blocked by a fence.", []),
    ("Weavers closed the bridge.", [("weavers", True)]),
    ("Weavers closed the book.", []),
    ("Striking weavers sang.", [("weavers", True)]),
    ("The weavers' pay strike went on.", [("weavers", True)]),
    ("Unpaid bonuses were the cause.", []),
    ("A strike by some forty weavers went on.", [("weavers", True)]),
    ("Soldiers blocked the road.", []),
])
def test_groups_by_the_verb_of_which_they_are_the_subject(text, found):
    assert acting(text) == found


CASES = [
    # groups: by what they do in the sentence, not by what others do
    ("[[Residents of Hull]] blocked the bridge and said it rained.", "protester"),
    ("[[Residents of Hull]] crossed the bridge and said it rained.", "witness"),
    ("Villagers burned tyres on the road. [[The villagers]] said it rained.", "protester"),
    ("Villagers burned tyres on the road. [[Villagers]] said it rained.", "witness"),
    ("[[The parents of two lost boys]] said they would march on the capital.", "protester"),
    ("[[The parents of two lost boys]] said they would walk to the shop.", "person"),
    ("[[Residents]] want the council to strike a deal.", "witness"),
    # bodies of those who act, by trade; not those that watch or own
    ("Bus drivers stayed out over pay. [[Ada Roe, head of the transport federation,]] said it rained.", "protester"),
    ("Schoolboys stayed out over fees. [[Ada Roe, head of the transport federation,]] said it rained.", "civil_society"),
    ("Bus drivers stayed out over pay. [[The transport rights group]] said it rained.", "civil_society"),
    ("Taxi drivers blocked the port. [[The Alliance of Taxi Drivers]] said it rained.", "protester"),
    ("Fish sellers blocked the port. [[A leader of their association]] said it rained.", "protester"),
    ("[[The federation]] vowed to keep up the roadblocks.", "protester"),
    ("[[The federation]] vowed to keep up the standards.", "civil_society"),
    ("A sit-in filled Oslo. [[Ada Roe, a spokeswoman for the campaign, which organised the sit-in,]] said it rained.",
     "protester"),
    ("Fields were dry. Wells fell. Rain is rare. [[The teachers' union]] said it rained.", "civil_society"),
    ("Fields were dry. Wells fell. A strike is near. [[The teachers' union]] said it rained.", "protester"),
    ("A march filled Oslo. [[The police union]] said it rained.", "police"),
    # who told it is none of those who act, nor who says what others will do
    ("Nine were hurt at a march in Oslo, doctors said. [[The doctors]] said it rained.", "person"),
    ("A march is due. [[Grocers]] said students would march on Friday.", "person"),
    ("A march is due. [[Grocers]] said they would march on Friday.", "protester"),
    ("A march was held. [[Porters]] said it was noon when he tried to march on the palace.", "person"),
    # groups by what they fight, form or do in protest
    ("Police and weavers clashed in Oslo. A strike is near. [[Weavers]] said it rained.", "protester"),
    ("Poets and weavers clashed in Oslo. A strike is near. [[Weavers]] said it rained.", "person"),
    ("Weavers took their looms to the palace in protest. A strike is near. [[Weavers]] said it rained.", "protester"),
    ("Weavers took their looms to the palace in spring. A strike is near. [[Weavers]] said it rained.", "person"),
    # who lived through an attack, though a march followed; and who marched
    ("Gunmen attacked the village. Rebels fled. Shells fell. People marched later. “We ran into the cane, my house was on fire,” "
     "said [[Ada Roe, 43]].", "witness"),
    ("People marched on the palace. A march is due. “We ran into the cane, I lost my shoes,” said [[Ada Roe, 43]].",
     "protester"),
    # held up by a blockade, or in a wreck
    ("Miners blocked the line in protest. “I am late,” said [[a passenger]].", "person"),
    ("Farmers blocked the bridge in protest. [[Ada Roe, a driver stuck for hours,]] said it rained.", "person"),
    ("Snow fell. [[Ada Roe, a driver stuck for hours,]] said it rained.", "witness"),
    ("A train jumped the rails. “I was thrown out,” said [[a passenger]].", "witness"),
    # a patient where doctors strike, and one of them
    ("Doctors went on strike. “My father is not seen by anybody,” said [[Ram Roe]].", "person"),
    ("Doctors went on strike. “My ward has no beds,” said [[Ram Roe]].", "protester"),
    # owners of what workers strike in, and of dogs
    ("Weavers went on strike in Oslo. [[The owners]] said orders were lost.", "company"),
    ("Dogs barked in Oslo. [[The owners]] said orders were lost.", "unnamed"),
    # a militia that fights the army, and the army's own
    ("The army and militiamen fought in the hills. [[A spokesman for the militia]] said it rained.", "opposition"),
    ("The army paid militiamen in the hills. [[A spokesman for the militia]] said it rained.", "military"),
    # a council of a trade that strikes, and one of the town
    ("Weavers went on strike in Oslo. [[The weavers' unity council]] said it rained.", "protester"),
    ("Weavers went on strike in Oslo. [[The town council]] said it rained.", "government"),
    # kin: where kin march, and where they only mourn
    ("Mothers of the lost marched in Oslo. “I want him back,” said [[Ada Roe, mother of one of them]].", "protester"),
    ("Weavers marched in Oslo. “I want him back,” said [[Ada Roe, mother of one of them]].", "person"),
    ("A march was held. [[The family]] said it rained.", "person"),
    # what befell somebody, in a paraphrase too; not what befell others, or at another time
    ("A mob ran through Oslo. [[Ada Roe, a clerk,]] said she was beaten with a stick.", "witness"),
    ("A mob ran through Oslo. [[Ada Roe, a clerk,]] said the price was beaten down.", "person"),
    ("A mob ran through Oslo. [[Ada Roe, a clerk,]] said she dropped her bag when the mob ran past.", "witness"),
    ("A mob ran through Oslo. [[Ada Roe, a clerk,]] said she dropped her bag when she was tired.", "person"),
    ("Shells fell on Oslo. “We slept in the cellar,” said [[Ada Roe, a clerk]].", "witness"),
    ("Shells fell on Oslo. “We slept in the morning,” said [[Ada Roe, a clerk]].", "person"),
    ("Shells fell on Oslo. “They made us kneel,” said [[Ada Roe, a clerk]].", "witness"),
    ("Shells fell on Oslo. “They made us proud,” said [[Ada Roe, a clerk]].", "person"),
    ("[[Persons at the scene]] said it rained.", "witness"),
    ("[[Persons at the firm]] said it rained.", "person"),
    # an office is not heard as a witness
    ("Shells fell on Oslo. “There was a loud bang,” said [[Ada Roe, a clerk]].", "witness"),
    ("Shells fell on Oslo. “There was a loud bang,” said [[Ada Roe, a sales representative]].", "person"),
    # lawyers are persons, or of the body that they are for
    ("Police held two men. [[Their lawyer]] said it rained.", "person"),
    ("Police held two men. [[Lawyers for the Land Rights Network]] said it rained.", "civil_society"),
    ("The Helsinki Committee said it rained. “We will see,” said [[lawyer Ada Roe]].", "civil_society"),
    ("The Helsinki Committee said it rained.¶“We will see,” said [[lawyer Ada Roe]].", "person"),
    ("[[A source at the city hospital]] said it rained.", "person"),
    # opponents of those in power; not rivals in trade or sport
    ("The president won the vote. [[His rival, Ada Roe,]] said it rained.", "opposition"),
    ("The tenor won the prize. [[His rival, Ada Roe,]] said it rained.", "person"),
    ("[[Ada Roe, a former tax officer and fierce critic of the president,]] said it rained.", "opposition"),
    ("[[Ada Roe, a former tax officer and fierce critic of the novel,]] said it rained.", "person"),
    ("[[The opponent Ada Roe]] said it rained.", "opposition"),
    ("[[Barred presidential candidate Ada Roe]] said it rained.", "opposition"),
    ("[[Presidential candidate Ada Roe]] said it rained.", "politician"),
    ("The Stone Front, a coalition of opposition parties, met. [[Lawyers for the Front]] said it rained.", "opposition"),
    ("The Stone Front, a coalition of bakers, met. [[Lawyers for the Front]] said it rained.", "person"),
    ("The coup failed. [[The right wing]] wants chaos.", "opposition"),
]


@pytest.mark.parametrize(("passage", "kind"), CASES)
def test_rules_and_their_near_misses(passage, kind):
    assert read(passage, "Norway") == kind
