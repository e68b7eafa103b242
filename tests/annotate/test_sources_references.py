"""What a pronoun, a definite noun or an acronym stands for, by the type that it takes from there.

`tests/known/source_references.csv` has invented passages with one reference in double brackets, the home of the study if it
matters, and the type that a reader gives ("police/company" where both are right). The types were written down before any output
was seen. "first" was .49 right before any of these rules, "second" .54 without them and .69 when it was new, "third" .69 and .75,
"fourth" (posts without a body, juntas, losers of votes, new words for a person) .47 without;
what they showed in general was mended afterwards, so that the floors are no held-out figures.
"""

from __future__ import annotations

import pytest

from passages import read, read_list

MISSED = 0.07  # share of passages in which the attribution itself is not found


@pytest.mark.parametrize(("name", "floor"), [("first", 0.91), ("second", 0.81), ("third", 0.87), ("fourth", 0.83)])
def test_kinds_of_references(name, floor):
    n, named, wrong = read_list("source_references.csv", name)
    assert n > 50 and named >= (1 - MISSED) * n
    assert len(wrong) <= (1 - floor) * named, "\n".join(wrong)


# What one rule changes, and the near miss that it must leave alone.
CASES = [
    # "the group" is the armed one that was named last, but no mission of states
    ("Insurgents of the Salt Front shot at a convoy. The UN mission in Tarvia said two drivers were hurt. [[The group]] said it "
     "had not fired.", "opposition"),
    ("Insurgents of the Salt Front shot at a convoy. Amnesty International said two drivers were hurt. [[The group]] said both "
     "were civilians.", "civil_society"),
    # "the mission" is one of states, or an embassy
    ("The UN mission in Tarvia sent a patrol. Police said the road was shut. [[The mission]] said it had lost a car.",
     "international_org"),
    ("The Danish embassy in Tarvia was pelted with eggs. [[The mission]] said two windows were broken.", "foreign_government"),
    # the same word in the name, not the last body
    ("The Rail Workers' Union called a strike. The Red Cross said wards were full. [[The union]] said trains would stand still.",
     "protester"),
    ("The European Commission wrote to Oslo. The Electoral Commission counted votes. [[The commission]] said turnout was low.",
     "government"),
    ("The Electoral Commission counted votes. The European Commission wrote to Oslo. [[The commission]] said it would wait.",
     "international_org"),
    # "the bloc" of states and of parties
    ("Ministers of the African Union met on Sunday. [[The bloc]] said it would send an envoy.", "international_org"),
    ("The left-wing coalition lost a seat. [[The bloc]] said it would ask for a recount.", "politician"),
    # "the corporation" is a firm where there is one
    ("The police said that two agents were hurt. According to [[the corporation]], nobody was held.", "police"),
    ("Nordal Mining Company said police had come to its gate. According to [[the corporation]], nobody was held.", "company"),
    # whose president, whose lawyers
    ("Human Rights Watch Tarvia wrote a report. “Nobody listens,” said [[Ada Roe, the organisation's president]].",
     "civil_society"),
    ("The opposition Dawn Party lost. “Nobody listens,” said [[the party's co-chair Ada Roe]].", "opposition"),
    ("General Per Lund was led to court. [[His lawyers]] said he was ill.", "person"),
    ("The rebels of the Salt Front released a nurse. [[A spokesman for the group]] said she was well.", "opposition"),
    # "the official", "the lawmaker", "the leader" by who may be called so
    ("Opposition lawmaker Ada Roe was held. “They are afraid,” [[the lawmaker]] said.", "opposition"),
    ("Lawmaker Ada Roe of the ruling party voted for it. “It brings order,” [[the lawmaker]] said.", "politician"),
    ("A NATO official said the drill was routine. The minister was silent. [[The official]] said it would go on.", "alliance"),
    # "he": whom alone the sentence before names, though not as its subject
    ("General Per Lund read a statement.¶Soldiers seized President Nils Berg at home. [[He]] said he was well.", "president"),
    ("General Per Lund read a statement about President Nils Berg. [[He]] said the town was calm.", "military"),
    ("The head of the rail union, Ada Roe, met the prime minister, Per Lund. [[She]] said the offer was low.", "protester"),
    # "it" of a force that is no source
    ("Forty people were held by the harbour police. [[It]] said all were from abroad.", "police"),
    ("Thieves fled; forty were held by the harbour police on the orders of a clerk. [[It]] said all were from abroad.", "police"),
    # a name that is a body by what stands behind it is "it"; one of a man is not
    ("The town court was shut.¶Al-Nur, the exiled opposition party, called the verdict void. “Nobody was heard,” [[it]] said.",
     "opposition"),
    # a sentence that says who somebody is tells whom "she" means; a town is nobody
    ("The minister called it a lie. The victim is Ada Roe, a baker of 28. “I saw nothing,” [[she]] said.", "person"),
    ("The minister called it a lie. The dead man was identified as Ben Roe, a baker. “I ran,” [[he]] had said.", "person"),
    ("The minister called it a lie. The town is Port Roe. “I saw nothing,” [[he]] said.", "government"),
    # "who" is what stands right before it, also where no list knows that
    ("President Per Lund said outlaws [[who]] want to burn the house will burn.", "unnamed"),
    ("“I ran,” said Ada Roe, who saw it.¶A judge is to find out [[who]] gave the order to shoot.", "unnamed"),  # it asks
    ("The town council will establish [[who]] ordered the march broken up.", "unnamed"),
    ("The town council, [[who]] ordered the march broken up, met.", "government"),
    # what is said in a quotation stands for nothing outside it
    ("The Fjord Centre for Human Rights asked for papers. “The army knows,” [[its director, Ada Roe]], said, “and is silent.”",
     "civil_society"),
    # of whom somebody quoted says "they"
    ("The pickets were driven away at dawn. “[[They]] want to frighten us,” said Ada Roe, a striker.", "unnamed"),
    ("Police broke up the march. “[[They]] wanted to frighten us,” said Ada Roe, who marched.", "police"),
    ("What do the strikers want?¶[[They]] are demanding a day of rest.", "protester"),
    # who issues a release, and nobody where it is none
    ("PRESS RELEASE¶Nobody may be held for singing, Human Rights Watch Tarvia said today.¶[[We]] call on the mayor to act.",
     "civil_society"),
    ("Nobody may be held for singing, Human Rights Watch Tarvia said today.¶[[We]] call on the mayor to free them.", "unnamed"),
    ("PRESS RELEASE¶Two people died in the riots.¶According to [[information gathered by our Office]], police fired. The "
     "Government denies it.", "international_org"),
    # a rival of one who governs, not of an athlete
    ("President Per Lund lost his temper. [[His rival, Nils Berg]], said the vote was a fraud.", "opposition"),
    ("Sprinter Per Lund lost his temper. [[His rival, Nils Berg]], said the race was fair.", "person"),
    # acronyms, by what stands behind them
    ("The River Movement for Justice (RMJ), an armed group, took a mine. [[RMJ]] said nobody was hurt.", "opposition"),
    ("The National Commission on Mines (NCM) closed a pit. [[The NCM]] said it was unsafe.", "government"),
    # a post without a body is of the one that spoke or acted before; a director may be one of a film
    ("The Danish government denied the report. [[Spokeswoman Ada Roe]] said no ship had sailed.", "foreign_government"),
    ("Police sealed the pier. [[Spokesman Per Lund]] said two men were held.", "police"),
    ("A storm sank two boats. [[Fisherman Per Lund]] said the pier was gone.", "person"),
    ("Netflix bought the story last year. [[Director Ada Roe]] said the sea was the hero.", "person"),
    ("The Fjord Rights Network counted nine arrests. [[Director Ada Roe]] said most were boys.", "civil_society"),
    ("The Dockers' Union began a strike. [[Secretary-general Ada Roe]] said the pier was shut.", "protester"),
    ("A strike began. [[UN Secretary-General Ada Roe]] said the pier was shut.", "international_org"),
    # one of a group is a person again as "she"
    ("Bread was dear. One of the bakers said the mill was shut. [[She]] feared for her bread.", "person"),
    # a party that was dissolved
    ("[[The disbanded Dawn Party]] said the law was bad.", "opposition"),
    ("[[The merged Dawn Party]] said the law was bad.", "politician"),
    # the junta's council, by what the article tells of a coup
    ("Soldiers seized power in Tarvia. [[The National Committee for Renewal]] said the borders were shut.", "military"),
    ("Doctors moved into a new ward in Tarvia. [[The National Committee for Renewal]] said beds were short.", "civil_society"),
    # who disputes a vote, and who only stands for office
    ("[[Candidate Ada Roe]], who rejects the results announced on Sunday, called on her voters to stay out.", "opposition"),
    ("[[Candidate Ada Roe]], who accepts the results announced on Sunday, called on her voters to go home.", "politician"),
    ("[[Candidate Ada Roe]] called the vote “a shameful farce”.", "opposition"),
    ("[[Candidate Ada Roe]] called the vote “a feast of freedom”.", "politician"),
    # a leader by one word of the party's name, and one of no party
    ("The opposition Sunrise Bloc lost a seat. [[Sunrise leader Ada Roe]] said rain had kept voters away.", "opposition"),
    ("The ruling Sunrise party won a seat. [[Sunrise leader Ada Roe]] said rain had kept voters away.", "politician"),
    ("The Sunrise choir won a prize. [[Sunrise leader Ada Roe]] said rain had kept singers away.", "person"),
    # "the same official", and a person called by age or by a new word
    ("A police official said the boy fell. [[The same official]] said nobody had run after him.", "police"),
    ("Opposition leader Ada Roe was held at the pier. [[The 44-year-old]] said she would not be silent.", "opposition"),
    ("President Per Lund flew to the north. [[The populist leader]] said thieves were on the run.", "president"),
    ("Baker Per Lund flew to the north. [[The populist leader]] said thieves were on the run.", "politician"),
    # a new word for a person, unless it stood before, takes part in what happened or is of somebody
    ("President Per Lund said the strike was over. [[The former welder]] blamed his ministers.", "president"),
    ("President Per Lund said a welder had hit him. [[The welder]] blamed the ministers.", "person"),
    ("President Per Lund said the strike was over. [[The welder's lawyer]] blamed the ministers.", "person"),
    # a body and an army by what stands beside its name
    ("A wall fell. [[A road safety group, Safe Fjord]], said nobody had looked at it.", "civil_society"),
    ("The Dawn Army, a separatist group, blew up a mast. [[The outfit]] said it was the first of many.", "opposition"),
    ("The Dawn Army, an orchestra, plays on Sunday. [[The outfit]] said it was the first of many.", "unnamed"),
    # the branch chairman of those who strike
    ("Oil workers went on strike at the pier. [[Branch chairman Per Lund]] said nothing would be loaded.", "protester"),
    ("Oil prices rose. [[Branch chairman Per Lund]] said nothing would be loaded.", "person"),
    # "its leader" is of the party rather than of the court
    ("The town court barred a small party, Sunrise, from the vote. [[Its leader, Ada Roe]], said she would appeal.",
     "politician"),
    ("The town court barred a small firm from the tender. [[Its president, Ada Roe]], said it had cheated.", "government"),
    # "they" of a group that is neither source nor subject
    ("Bread grew dear when the authorities raised the price of flour; [[they]] say the silos are empty.", "government"),
    # a security source where soldiers fight, and where there is police
    ("Rebels shot at soldiers near a pass. [[A security source]] said six soldiers were hurt.", "military"),
    ("Rebels shot at soldiers and police near a pass. [[A security source]] said six soldiers were hurt.", "police"),
    # our own people speak for us
    ("PRESS RELEASE¶The United Nations Mission in Tarvia hopes for calm.¶Spokesperson: The road is shut, and [[our colleagues]] "
     "report that flour has run out.", "international_org"),
    # whose foreign ministry: of the land that accuses
    ("Norway has accused Danish fishermen of theft, in what [[the foreign ministry]] called a breach.", "government"),
    ("Denmark has accused Norwegian fishermen of theft, in what [[the foreign ministry]] called a breach.", "foreign_government"),
]


@pytest.mark.parametrize(("passage", "kind"), CASES)
def test_references_and_their_near_misses(passage, kind):
    assert read(passage, "Norway") == kind
