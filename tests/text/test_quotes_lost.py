"""Marks that are lost, doubled or of the wrong shape: each kind of damage with the reading that a person gives."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.schema import MEASURED_ZONES
from framelens.text.quotes import find_quotes
from framelens.text.sentences import paragraphs
from framelens.text.view import read_view


def outer(text):
    return [text[q.start:q.end] for q in find_quotes(text, list(paragraphs(text))) if q.level == 1]


def split(text):
    view = read_view("a", text, [(0, len(text), "body", "")], measured=MEASURED_ZONES)
    return [text[s.start:s.end] for s in view.sentences]


@pytest.mark.parametrize("text, expected", [
    # the speaker is named behind
    ("“We have no bread, she said. The queue grew.", ["“We have no bread,"]),
    ("“We have no bread. The mill is shut, said Dara Quill. The queue grew.", ["“We have no bread. The mill is shut,"]),
    ("“The mill is shut, Dara Quill, who owns the bakery, told this paper.", ["“The mill is shut,"]),
    ("“Flour, all of it, every sack, is gone, said baker Dara Quill.", ["“Flour, all of it, every sack, is gone,"]),
    ("“Why us? she asked. Nobody answered.", ["“Why us?"]),
    ("“The mill is shut, - said the mayor of Ostra.", ["“The mill is shut,"]),
    # within a sentence of the narrator's it ends with it, without the stop, or where the narrator goes on
    ("The mayor called it “an act of madness. The union was angry.", ["“an act of madness"]),
    ("The union called it “a disgrace and demanded an inquiry.", ["“a disgrace"]),
    ("The mayor promised “bread for all, but the bakers' union said no.", ["“bread for all"]),
    ("The mayor promised “bread for all, which nobody believed.", ["“bread for all"]),
    ("The rally (held by the “Friends of Bread) was small.", ["“Friends of Bread"]),
    ("Roe spoke of “a town in flames and of “madness”.", ["“a town in flames", "“madness”"]),
    # the speaker is named before: one sentence, and those that go on speaking
    ("Roe said: “We will rebuild. The state won't help us. The fire began on Friday, officials said.",
     ["“We will rebuild. The state won't help us."]),
    ("Roe added, “The mill is shut. It was built in 1920.", ["“The mill is shut."]),
    # nobody is named: all is said, up to what somebody else says
    ("“We stay. He left. Rain fell.", ["“We stay. He left. Rain fell."]),
    ("“We stay. He left. Police said that rain fell.", ["“We stay. He left."]),
])
def test_a_lost_closing_mark(text, expected):
    assert outer(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("We have no bread,” she said. The queue grew.", ["We have no bread,”"]),
    ("The queue grew. We want bread. We are tired,” the baker told reporters.", ["We want bread. We are tired,”"]),
    ("Roe said: We have no bread”. The queue grew.", ["We have no bread”"]),
    ("Roe said that the mill is a ruin”. The queue grew.", ["the mill is a ruin”"]),
    ("The mayor described the crowd as a mob of drunkards” and left.", ["a mob of drunkards”"]),
    ("According to Roe, the mill is a ruin”.", ["the mill is a ruin”"]),
    ("“We stay,” said Roe, and we will wait”.", ["“We stay,”", "and we will wait”"]),
    ("“We stay,” said Roe. The mill is ours. Nobody sells it.”", ["“We stay,”", "The mill is ours. Nobody sells it.”"]),
    # nothing tells where it would begin
    ("The ruin” stood by the river.", []),
    ("“We stay,” Roe said.”", ["“We stay,”"]),
])
def test_a_lost_opening_mark(text, expected):
    assert outer(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("The “mob\" sang, the ''crowd\" slept, the \"bakers'' ran, the «guests” left.",
     ["“mob\"", "''crowd\"", "\"bakers''", "«guests”"]),
    ("The ''vested quarter' was at work.", ["''vested quarter'"]),
    ("The 'liars” sang.", ["'liars”"]),
    ("Roe called them “thieves' and left.", ["“thieves'"]),
    ("Roe praised the bakers' “courage' and the millers' patience.", ["“courage'"]),
    ("“The mill is shut. It's a ruin. Nobody cares,’ Roe said.", ["“The mill is shut. It's a ruin. Nobody cares,’"]),
    ("‘The mill is shut. It's a ruin. Nobody cares,” Roe said.", ["‘The mill is shut. It's a ruin. Nobody cares,”"]),
    ("”We stay,” she said. ”We wait.”", ["”We stay,”", "”We wait.”"]),
    ("\"\"We stay,\"\" she said. ““We wait.”", ["\"\"We stay,\"\"", "““We wait.”"]),
    ("\" We stay , \" she said. “ We wait , “ he added.", ["\" We stay , \"", "“ We wait , “"]),
    ("Roe said\"We stay.\"Poe said,“We go.”He left.", ["\"We stay.\"", "“We go.”"]),
    ("He is 5'2\" tall. Roe bought a 6\" nail. \"We stay, she said.", ["\"We stay,"]),
    ("<p class=\"lead\">Roe called it \"a ruin.", ["\"a ruin"]),
    ("\u202a”We stay,” she said. \u202a”We wait,” he said.", ["”We stay,”", "”We wait,”"]),
])
def test_marks_of_the_wrong_shape_or_in_the_wrong_place(text, expected):
    assert outer(text) == expected


@pytest.mark.parametrize("text, expected", [
    # it was lost before
    ("“We stay, said Roe. “We wait,” said Poe.", ["“We stay,", "“We wait,”"]),
    ("\"We stay, said Roe, \"and wait.\"", ["\"We stay,", "\"and wait.\""]),
    ("Roe said: \"The mill is lost. \"It was loud,\" said Poe.", ["\"The mill is lost.", "\"It was loud,\""]),
    ("«We stay, said Roe. «No.»", ["«We stay,", "«No.»"]),
    ("‘We stay, said Roe. ‘We wait,’ he added.", ["‘We stay,", "‘We wait,’"]),
    ("'We stay, said Roe. 'We wait,' he added.", ["'We stay,", "'We wait,'"]),
    # or it stands within
    ("“He called us “bandits” and left,” she said.", ["“He called us “bandits” and left,”"]),
    ("\"He called us \"bandits\" and \"thieves\" again,\" she said.",
     ["\"He called us \"bandits\" and \"thieves\" again,\""]),
    ("“He called us “bandits and left,” she said.", ["“He called us “bandits and left,”"]),
])
def test_a_mark_that_opens_while_another_is_open(text, expected):
    assert outer(text) == expected


def test_what_stands_within_is_of_level_two():
    text = "\"He called us \"bandits\" and left,\" she said."
    assert [(q.level, text[q.inner_start:q.inner_end]) for q in find_quotes(text, [(0, len(text))])] == [
        (1, "He called us \"bandits\" and left,"), (2, "bandits")]


@pytest.mark.parametrize("text, continues", [
    ("“One. We stay.\n“Two,” he said.", [False, True]),  # no mark is lost at all
    ("“One. We stay.\nTwo. We wait,” he said.", [False, True]),  # the opening one was not repeated
    ("“We had that window, he said.\n“I knew two of them,” he added.", [False, False]),
    ("Roe called it “a ruin.\n“We stay,” said Poe.", [False, False]),
    ("Roe called it “a ruin.\n“We stay.”", [False, True]),  # the next paragraph is all quotation
    ("“One. We stay.\nDara Quill, of the bakers' union.”", [False]),  # a name set below
    ("\"We stay,\"Roe said. \"We wait.\"\n\"No,\" said Poe.", [False, False, False]),  # a space is lost, no mark
    ("\"It fell. The “tower” burnt.\n\"Nobody came.\"", [False, True]),
])
def test_a_quotation_goes_on_in_the_next_paragraph_only_where_a_mark_says_so(text, continues):
    blocks = list(paragraphs(text))
    found = [q for q in find_quotes(text, blocks) if q.level == 1]
    assert [q.continues for q in found] == continues
    assert all(any(low <= q.start and q.end <= high for low, high in blocks) for q in found)


def test_sentences_of_a_damaged_paragraph_are_told_apart_without_its_marks():
    assert split("Roe said “helpers\" broke 15 windows. We cannot work here,” said Poe. He left.") == [
        "Roe said “helpers\" broke 15 windows.", "We cannot work here,” said Poe.", "He left."]
    assert split("Roe called it \"a ruin. Poe called it ''a shame''. Rain fell.") == [
        "Roe called it \"a ruin.", "Poe called it ''a shame''.", "Rain fell."]
    assert split("''We stay. We wait, said Roe. ''No.'' Rain fell.") == ["''We stay. We wait, said Roe.", "''No.''", "Rain fell."]


OPENING, CLOSING = ("“", "\"", "''", "``", "«", "„"), ("”", "\"", "''", "»", "“")
SPOKEN = ["We stay", "Nobody called us", "The mill is shut, all of it,", "It's over. We go", "the mayor's men", "thieves"]
FRAMES = ["{}, said Roe.", "Roe said: {}.", "The mill is {} and the baker left.", "{} Rain fell on the bakers' hall."]


@pytest.mark.parametrize("opening, closing", list(product(OPENING, CLOSING)))
def test_marks_of_two_shapes_are_one_pair(opening, closing):
    for frame, said in product(FRAMES, SPOKEN):
        quoted = f"{opening}{said}{closing}"
        assert outer(frame.format(quoted)) == [quoted], frame


SHAPES = st.sampled_from(["“”", "\"\"", "«»"])


@given(st.lists(st.tuples(st.sampled_from(FRAMES), st.sampled_from(SPOKEN), SHAPES), min_size=1, max_size=5))
def test_sound_marks_are_read_as_they_stand(parts):
    quoted = [f"{marks[0]}{said}{marks[1]}" for _, said, marks in parts]
    text = " ".join(frame.format(q) for (frame, _, _), q in zip(parts, quoted, strict=True))
    assert outer(text) == quoted


@given(st.lists(st.tuples(st.sampled_from(FRAMES[:2]), st.sampled_from(SPOKEN)), min_size=1, max_size=3), st.data())
def test_a_lost_mark_moves_nothing_in_other_paragraphs(parts, data):
    lines = [frame.format(f"“{said}”") for frame, said in parts]
    lost = data.draw(st.integers(0, len(lines) - 1))
    lines[lost] = lines[lost].replace(data.draw(st.sampled_from("“”")), "")
    text = "Rain fell.\n".join(f"{line}\n" for line in lines)
    kept = [q for line in (*lines[:lost], *lines[lost + 1:]) for q in outer(line)]
    found = outer(text)
    assert [q for q in found if q in kept] == kept
