"""Rules of reported numbers one by one: each sentence fails if its rule is taken out."""

import pytest

from framelens.annotate.facts import facts_of, read_fact_words
from framelens.text.view import read_view


def find(text):
    view = read_view("a", text, [(0, len(text), "body", "default")], measured=("body",))
    return [(r["fact"], r["value"], r["value_high"], r["hedge"]) for r in facts_of(view, [], read_fact_words())]


@pytest.mark.parametrize(("text", "expected"), [
    # numbers
    ("The death toll rose to 2001 on Friday.", [("killed", 2001, None, None)]),
    ("1.500 people were killed.", [("killed", 1500, None, None)]),
    ("On Friday 500 people were killed.", [("killed", 500, None, None)]),
    ("10-15 people were killed.", [("killed", 10, 15, None)]),
    ("60+ people were killed.", [("killed", 60, None, "+")]),
    ("Between 200 and 300 people were killed.", [("killed", 200, 300, None)]),
    ("15 or 10 people were killed.", [("killed", 15, None, None), ("killed", 10, None, None)]),
    ("200 and 300 people were killed.", [("killed", 200, None, None), ("killed", 300, None, None)]),
    ("In room 12 people were killed.", []),
    ("He gave $12 killed by inflation.", []),
    ("On June 44 people were killed.", [("killed", 44, None, None)]),
    ("Two and three boys died.", [("killed", 2, None, None), ("killed", 3, None, None)]),
    ("One of the judges, a scholar, died.", []),
    # what is told
    ("12 detainees were freed.", [("released", 12, None, None)]),
    ("12 dead and wounded were counted.", [("casualties", 12, None, None)]),
    ("Twelve people were arrested, the union says 40.", [("detained", 12, None, None), ("detained", 40, None, None)]),
    ("Police killed 12 people, and three cakes.", [("killed", 12, None, None)]),
    ("Troops killed members of a sect, one of the oldest.", []),
    ("He tended 12 wounded oaks.", []),
    ("Divers saw 12 bodies.", []),
    ("Divers found 12 bodies.", [("killed", 12, None, None)]),
    ("The quake may kill 12 people.", [("killed", 12, None, "may")]),
    ("The union sought the arrest of 12 ministers.", []),
    ("The death toll was high; shops lost 12.", []),
])
def test_rules(text, expected):
    assert find(text) == expected
