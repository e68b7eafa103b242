"""The kind of sources whose passage tells it: who protests, who has seen it, who speaks for whom.

`tests/known/source_passages.csv` has invented passages with the home of the study, one source in double brackets and its type;
a ¶ stands for a new paragraph. Persons, events and many bodies are invented. The types were written down before any output on
the passage was seen, and each list was measured when it was new: "first" .72 before any rule on them, "second" .75 after the
rules that the first had led to (.61 with none of them), "third" .84 (.78). What they showed in general was mended afterwards,
so that the floors are no held-out figures.
"""

from __future__ import annotations

import pandas as pd
import pytest

from framelens import find_attributions
from framelens.annotate.sources import assign_sources, read_gazetteer
from passages import read, read_list, sources_in, unmark

MISSED = 0.02  # share of passages in which the attribution itself is not found


@pytest.mark.parametrize(("name", "floor"), [("first", 0.94), ("second", 0.80), ("third", 0.94)])
def test_kinds_that_the_passage_tells(name, floor):
    n, named, wrong = read_list("source_passages.csv", name)
    assert n > 60 and named >= (1 - MISSED) * n
    assert len(wrong) <= (1 - floor) * named, "\n".join(wrong)


# What one rule changes, and the near miss that it must leave alone.
CASES = [
    # whose protest it is: the calling of those who act, or anybody where a crowd acts
    ("Weavers marched on the mill over pay. “We are owed two months,” said [[Ada Roe, a weaver]].", "protester"),
    ("Weavers marched on the mill over pay. “I walk to work now,” said [[Ada Roe, an accountant]].", "person"),
    ("Thousands marched in Oslo against the cuts. “We cannot live on this,” said [[Ada Roe, a baker's clerk]].", "protester"),
    ("Thousands marched in Oslo against the cuts. “My shop was empty all day,” said [[Ada Roe, a shopkeeper]].", "person"),
    ("Thousands marched in Oslo against the cuts. “He was nineteen,” said [[the brother of one victim]].", "person"),
    ("Bread was dear again. “We cannot live on this,” said [[Ada Roe, a clerk]].", "person"),
    # a strike from the air is none of workers
    ("An air strike hit the school. “We want peace,” said [[Ada Roe, a clerk]].", "person"),
    # who is told to address a protest
    ("A march filled Oslo. [[Ada Roe]] told the crowd the fees were too high.", "protester"),
    ("A march filled Oslo. [[Ada Roe]] told her sister the fees were too high.", "person"),
    # who leads it, or speaks for a body that does
    ("A strike shut the port. Ada Roe, who heads the pilots' association that called the strike, left. [[Roe]] said it rained.",
     "protester"),
    ("A strike shut the port. Ada Roe, who heads the pilots' association, left. [[Roe]] said it rained.", "civil_society"),
    ("Villagers blocked the road. [[Community leader Ada Roe]] said the river was theirs.", "protester"),
    ("The road was mended. [[Community leader Ada Roe]] said the river was theirs.", "civil_society"),
    # who has seen something tells of it in the past
    ("A bomb hit the tram. “There was a loud bang and then smoke,” said [[Ada Roe, a clerk]].", "witness"),
    ("A bomb hit the tram. “There should have been more guards,” said [[Ada Roe, a clerk]].", "person"),
    ("Rebels took the town. “It is quiet now,” said [[a clerk reached by telephone]].", "witness"),
    ("Rebels took the town. “It is hard to know,” said [[a doctor reached by telephone]].", "person"),
    # a spokesman who is named in the sentence behind
    ("A spokesman for the rebels denied the attack. [[Ada Roe]] said soldiers had fired.", "opposition"),
    ("A spokesman for the rebels denied the attack.¶[[Ada Roe]] said soldiers had fired.", "person"),
    # what somebody says of others, or the next sentence, says nothing of the speaker
    ("[[Ada Roe]] said the opposition Green Forest Party was wrong.", "person"),
    ("[[Ada Roe]] of the opposition Green Forest Party said it was wrong.", "opposition"),
    ("[[A clerk called Roe]] said she had waited. The opposition Green Forest Party met.", "person"),
    # a lawyer is a person's, or a body's
    ("[[The bishop's lawyer, Ada Roe]], said it rained.", "person"),
    ("[[The rights group's lawyer, Ada Roe]], said it rained.", "civil_society"),
    # a coalition for a cause is no party's
    ("[[The Anti-Corruption Coalition]] said it rained.", "civil_society"),
    ("[[The Progress Coalition]] said it rained.", "politician"),
    # who leads those who act, and for whom they speak
    ("[[Miners' leader Ada Roe]] said it rained.", "protester"),
    ("[[Rally coordinator Ada Roe]] said it rained.", "protester"),
    ("[[Choir coordinator Ada Roe]] said it rained.", "person"),
    ("[[Ada Roe, coordinator of the campaign Clean Rivers]], said it rained.", "civil_society"),
    ("[[Ada Roe, coordinator of the mayor's campaign]], said it rained.", "politician"),
    # what the article calls the body whose name stands before a role
    ("The vote went to the Russia-friendly Homeland Bloc. [[Homeland leader Ada Roe]] said it rained.", "politician"),
    ("The opposition party Renewal Alliance lost. [[Alliance leader Ada Roe]] said it rained.", "opposition"),
    ("The farmers' federation Shamba Yetu met. [[Shamba Yetu chairwoman Ada Roe]] said it rained.", "protester"),
    ("The Homeland Museum reopened. [[Homeland director Ada Roe]] said it rained.", "person"),
    ("A bloc of flats burned. [[Homeland leader Ada Roe]] said it rained.", "person"),
    # offices with what they are over, ranks beside offices
    ("Secretary for Health Ada Roe came by. [[Roe]] said it rained.", "government"),
    ("General Ada Roe was sworn in as transitional president. [[Roe]] said it rained.", "president"),
    ("General Ada Roe was sworn in as a juror. [[Roe]] said it rained.", "military"),
    # an acronym introduced by what it is
    ("The dockers' union RDU met. [[RDU]] said it rained.", "protester"),
    # "the party", "the diplomat" of those named before
    ("The opposition party Green Fjord said it had won. [[The party]] said it rained.", "opposition"),
    # sources inside a body, offices of the state, an opposition party's lawmaker, one man or a firm
    ("[[Sources at the ministry]] said it rained.", "government"),
    ("[[Sources close to the talks]] said it rained.", "unnamed"),
    ("[[The National Committee for Disaster Management]] said it rained.", "government"),
    ("[[The National Committee for Human Dignity]] said it rained.", "civil_society"),
    ("[[Drill operator Ada Roe]] said it rained.", "person"),
    ("[[The grid operator]] said it rained.", "company"),
    ("[[The Foundry Workers' Front secretary general Ada Roe]] said it rained.", "protester"),
    ("[[Ada Roe, who teaches politics in Bergen]], said it rained.", "expert"),
    ("[[Ada Roe, who teaches swimming in Bergen]], said it rained.", "person"),
    # a longer name than that of the newspaper with which it begins
    ("[[The National Police]] said it rained.", "police"),
    ("[[The National]] said it rained.", "news_agency"),
    # who hides the name is what he or she is called
    ("[[A nurse who asked not to be named]] said it rained.", "person"),
    ("[[A person who asked not to be named]] said it rained.", "unnamed"),
]


@pytest.mark.parametrize(("passage", "kind"), CASES)
def test_rules_and_their_near_misses(passage, kind):
    assert read(passage, "Norway") == kind


def test_articles_of_a_corpus_are_read_as_each_alone():
    texts = [unmark(passage)[0] for passage, _ in CASES]
    documents = pd.DataFrame({"document_id": [f"{i:03}" for i in range(len(texts))], "text": texts, "exclusion_reason": None})
    zones = documents[["document_id"]].assign(start=0, end=[len(text) for text in texts], kind="body", rule="x")
    found = assign_sources(*find_attributions(documents, zones), documents, zones,
                           gazetteer=read_gazetteer({"home": ["Norway"]}))
    alone = {(name, row["source"], row["source_type"]) for name, text in zip(documents["document_id"], texts, strict=True)
             for *_, row in sources_in(text, "Norway")}
    named = found.loc[found["source"].notna(), ["document_id", "source", "source_type"]]
    assert alone == set(named.itertuples(index=False, name=None))
