"""The groups of crowds that are counted, who does it and who suffers it: "a mob of about 400", "more than 400 marchers"."""

from __future__ import annotations

import pytest

from framelens.pipeline import annotate

P, S, NO = "protesters", "security", ""


@pytest.mark.parametrize(("text", "agent", "group"), [
    ("A mob of about 400 stormed the hall.", "A mob of about 400", P),
    ("A mob of some 400 stormed the hall.", "A mob of some 400", P),
    ("A mob of up to 400 stormed the hall.", "A mob of up to 400", P),
    ("A mob of 300 to 400 stormed the hall.", "A mob of 300 to 400", P),
    ("A mob of between 300 and 400 stormed the hall.", "A mob of between 300 and 400", P),
    ("A mob of 400 or more stormed the hall.", "A mob of 400 or more", P),
    ("A mob of several thousand stormed the hall.", "A mob of several thousand", P),
    ("A mob of about 400, some with sticks, stormed the hall.", "A mob of about 400", P),
    ("A mob of about 400 rioters burned two vans.", "A mob of about 400 rioters", P),
    ("A crowd of about 400 rioters burned a van.", "A crowd of about 400 rioters", P),
    ("A crowd of more than 400 rioters burned a van.", "A crowd of more than 400 rioters", P),
    ("A crowd of up to 400 rioters burned a van.", "A crowd of up to 400 rioters", P),
    ("A group of about 40 officers beat a clerk.", "A group of about 40 officers", S),
    ("More than 400 rioters burned a van.", "More than 400 rioters", P),
    ("The hall was stormed by a mob of about 400.", "a mob of about 400", P),
    # near misses: whom the head does not tell, or another head tells
    ("A group of about 40 burned a van.", "A group of about 40", NO),
    ("A mob of about 400 and a guard beat a clerk.", "A mob of about 400 and a guard", NO),
    ("A group of about 40 villagers beat two marchers.", "A group of about 40 villagers", NO),
    ("The leader of about 40 marchers beat a clerk.", "The leader of about 40 marchers", NO),
    ("The driver of more than 40 guards beat a clerk.", "The driver of more than 40 guards", NO),
])
def test_a_crowd_with_a_number_does_it(make_documents, text, agent, group):
    found = annotate(make_documents(text)).agency
    assert found[["agent", "agent_group"]].fillna("").values.tolist() == [[agent, group]]


@pytest.mark.parametrize(("text", "patient", "group"), [
    ("Police dispersed a crowd of about 400.", "a crowd of about 400", P),
    ("Police fired at a crowd of up to 400 marchers.", "a crowd of up to 400 marchers", P),
    ("Police arrested about 400 marchers.", "about 400 marchers", P),
    ("More than 400 marchers were arrested.", "More than 400 marchers", P),
    ("Police arrested more than 400.", "more than 400", NO),
    ("Police arrested about 400 clerks.", "about 400 clerks", NO),
    ("Nine marchers were killed around 2016 by gunmen.", "Nine marchers", P),
])
def test_a_crowd_with_a_number_suffers_it(make_documents, text, patient, group):
    found = annotate(make_documents(text)).agency
    assert found[["patient", "patient_group"]].fillna("").values.tolist() == [[patient, group]]
