"""What follows from the parts of a source phrase, and from what the article says of a body or a person elsewhere."""

from __future__ import annotations

import pytest

from framelens.annotate.sources import read_gazetteer
from passages import sources_in

NORWAY = read_gazetteer({"home": ["Norway"]})


@pytest.mark.parametrize(("phrase", "kind"), [
    # an officer of a body is no head of state
    ("Ada Roe, the organisation's president,", "civil_society"), ("the country's president", "president"),
    ("the company's president", "company"), ("the union's president", "protester"), ("Norway's president", "president"),
    # kin, friends and lawyers are persons; who works for a body is of it
    ("the general's daughter", "person"), ("the opposition leader's family", "person"),
    ("the senator's brother-in-law", "person"),
    ("the police officer's widow", "person"), ("the mayor's former driver", "person"),
    ("the company's drivers", "company"), ("Norway's neighbours", "foreign_government"),
    ("a lawyer for the government", "government"), ("a lawyer for the family", "person"),
    ("a lawyer for the mining company", "company"),
    # a rival of who governs is opposition, and a critic; a critic of plays is not
    ("the president's main rival, Ada Roe,", "opposition"), ("the rival company", "company"),
    ("Ada Roe, a fierce critic of the government,", "opposition"), ("Ada Roe, a critic of the dam,", "person"),
    ("film critic Ada Roe", "person"), ("government critic Ada Roe", "opposition"),
    ("an ally of the president", "politician"),
    # the author of a bill is known by what else he is
    ("the bill's author, Ada Roe, a lawmaker from the Green faction,", "politician"), ("author Ada Roe", "expert"),
    # former offices yield to what one is now
    ("Ada Roe, a former tax official and fierce critic of the president,", "opposition"),
    ("Ada Roe, a former general and presidential candidate,", "politician"),
    ("Ada Roe, a retired colonel and military analyst,", "expert"),
    ("Ada Roe, a retired nurse and member of the choir,", "person"),
    ("Ada Roe, a former police chief who now runs a security firm,", "company"),
    ("Ada Roe, a former prosecutor who teaches law at the University of Bergen,", "expert"),
    ("Ada Roe, a former police chief,", "police"),
    # a body for human rights, and one of a party
    ("the human rights commissioner", "civil_society"),
    ("the party's human rights commission", "politician"),
    # who unites in a body
    ("Ada Roe, head of the New Alliance of Taxi Drivers,", "protester"), ("the head of the Green Alliance", "politician"),
    ("the executive secretary of the Confederation of Peasant Workers", "protester"),
    ("the secretary general of the Confederation of Labour", "protester"), ("the Labour party", "politician"),
    ("the Taxi Owners' Association", "company"), ("the Union of Small Shopkeepers", "company"),
    ("the president of the Federation of Textile Manufacturers", "company"), ("the Union of Municipalities", "government"),
    ("the Alliance of Small Island States", "international_org"), ("the Council of Peasant Organisations", "protester"),
    # party decides over union
    ("the Moravian Union of Norway party", "politician"), ("the Union for the Republic party", "politician"),
    ("the Union of Bakers", "protester"),
    # a mayor of the opposition governs; a lawmaker of it does not
    ("the opposition mayor of Bergen", "government"), ("the opposition lawmaker", "opposition"),
    # who hides at a hospital is a person
    ("a source at the district hospital", "person"), ("a source at the ministry", "government"),
    ("the hospital", "civil_society"),
    # other countries' legislatures speak for their states
    ("Deputy Chairman of Russia's Federation Council Ivan Roe", "foreign_government"),
    ("the deputy speaker of Uganda's parliament", "foreign_government"),
    ("the deputy speaker of Norway's parliament", "politician"),
    # a wing is of its body, a brother's party his own; a newspaper's name before an office is none
    ("the church's youth wing", "civil_society"), ("the party's youth wing", "politician"),
    ("Ada Roe, whose brother leads the opposition,", "person"), ("Ada Roe, who leads the opposition,", "opposition"),
    ("The National President of the Doctors' Union", "protester"), ("the convener of the farmers' front", "protester"),
    # no medium has a leader
    ("ARD leader Ada Roe", "politician"), ("ARD reporter Ada Roe", "news_agency"),
    # a capital makes no surname of a company
    ("the Northern Supply Company", "company"), ("Mr Miller", "person"),
])
def test_parts_of_a_phrase(type_of, phrase, kind):
    assert type_of(phrase, NORWAY) == kind


@pytest.mark.parametrize(("text", "who", "kind"), [
    # forms of address are no part of a name, and no end of a sentence
    ("Prime Minister Hon. Dean Roe said it rained.", "Dean Roe", "president"),
    ("The Commissioner for Works, Engr. Ada Roe, said it rained.", "Ada Roe", "government"),
    ("The dean, Ada Roe, said it rained.", "Ada Roe", "expert"),
    # what an acronym stands for types the role before it, even where the lists know another body of these letters
    ("The National Roads Authority (NRA) shut the bridge. NRA director Ada Roe said it rained.", "Ada Roe", "government"),
    ("The state oil company (SPN) shut the field. The head of SPN, Ada Roe, said it rained.", "Ada Roe", "company"),
    ("The opposition Alliance for Renewal (ARD) met. ARD leader Ada Roe said it rained.", "Ada Roe", "opposition"),
    ("Nils Berg of Norway (ABC) ran well. ABC reporter Ada Roe said it rained.", "Ada Roe", "news_agency"),
    # his lawyers take nobody's side, his spokesman his
    ("The general spoke to reporters. His lawyers deny the charges.", "His lawyers", "person"),
    ("Presidential candidate Nils Berg won. His spokesman, Ada Roe, said it rained.", "Ada Roe", "politician"),
    ("Opposition leader Nils Berg is in jail. His lawyer, Ada Roe, said it rained.", "Ada Roe", "person"),
    ("President Nils Berg won. His rival, Ada Roe, said it rained.", "Ada Roe", "opposition"),
    # its director: of the body of which the narrator told, not of that in the quotation
    ("The Lakeside Human Rights Centre met. “The army is silent,” its director, Ada Roe, said.", "Ada Roe", "civil_society"),
    ("The National Federation of Farm Workers met. Its secretary, Ada Roe, said it rained.", "Ada Roe", "protester"),
    ("Rights group Open Quay said it rained. “We saw it,” said Ada Roe, deputy Gulf director.", "Ada Roe", "civil_society"),
    # nobody of whom somebody speaks is who speaks
    ("Analyst Ada Roe met the press. “Hunger does not fear teargas,” she said.", "she", "expert"),
    ("Minister Ada Roe will go to Bergen, she said.", "she", "government"),
    ("The harbour union will shut the port, it said.", "it", "protester"),
    ("“Union leader Nils Berg told us to stay,” his deputy said.", "his deputy", "protester"),
    # a friend of the mayor is not the mayor
    ("A friend of the mayor, Ada Roe, said it rained.", "Ada Roe", "person"),
    ("They met the mayor, Ada Roe, on Monday. Roe said it rained.", "Roe", "government"),
    ("His mother, Ada Roe, told the Northern Courier it rained.", "Ada Roe", "person"),
    # a body that is named again by its last word
    ("The National Federation of Rural Workers disputed that. It rained.\n\nShops shut.\n\nThe federation vowed to stay.",
     "federation", "protester"),
    ("The National Federation of Bakers met. It rained.\n\nThe football federation said it rained.", "federation",
     "civil_society"),
    # whose lawyers speak at a strike are no strikers
    ("Police held four union leaders on Monday, their lawyers said, as a strike shut the port.", "lawyers", "person"),
    # what is told of a person anywhere
    ("Ada Roe said it rained. Roe is chief executive of Northmill.", "Roe", "company"),
    ("The minister of energy Ada Roe was firm. She said it rained.", "She", "government"),
])
def test_what_the_article_says_of_it(text, who, kind):
    assert {row["source_type"] for *_, row in sources_in(text, "Norway") if who in row["source"]} == {kind}


def test_a_name_behind_a_council():
    text = "Deputy Chairman of the Federation Council Ivan Roe said it rained. Roe said it snowed."
    assert [row["source_name"] for *_, row in sources_in(text)] == ["Ivan Roe", "Ivan Roe"]
