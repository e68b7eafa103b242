from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from framelens.annotate.bundle import Annotations
from framelens.errors import LexiconError
from framelens.lexicon import parse_lexicon, read_lexicon
from framelens.measure.labelling import measure_labelling
from framelens.pipeline import annotate
from framelens.schema import STANCES
from framelens.workbench.stances import find_disputed, measure_stance_agreement, read_stances, recode, with_stances
from framelens.workbench.written import lexicon_toml

LEXICON = parse_lexicon('''
[lexicon]
name = "t"
version = "1"
[groups.people]
side = "challenger"
[groups.people.delegitimising]
terms = ["mob", {term = "gang", favours = "none"}]
[groups.people.neutral]
terms = ["crowd", {term = "youth", unless = ["club"]}]
[groups.force]
side = "official"
[groups.force.neutral]
terms = [{term = "crowd control", inflect = "none"}, {term = "gang", pos = "adjective"}]
''')


def coded(*rows):
    return read_stances(pd.DataFrame(rows, columns=["coder", "term", "stance", "group"]), LEXICON)


TABLE = [("a", "mob", "delegitimising", None), ("b", "mob", "neutral", None), ("a", "crowd", "neutral", None),
         ("b", "crowd", "neutral", None), ("a", "youth", "legitimising", None), ("b", "youth", "delegitimising", None),
         ("a", "gang", "neutral", "people")]


def test_alpha_of_stances_is_that_of_another_implementation():
    """nltk.metrics.agreement.AnnotationTask(data=(coder, item, label), distance).alpha(), without what one coder left out."""
    stances = coded(*TABLE)
    pairs = [row for row in TABLE if row[1] != "gang"]  # coded once: in no pair
    data = [(coder, term, STANCES.index(stance)) for coder, term, stance, _ in pairs]
    nominal = AnnotationTask(data=data, distance=lambda x, y: float(x != y)).alpha()
    found = measure_stance_agreement(stances, level="nominal", n_resamples=0)
    assert found["group"].tolist() == ["", "people"]
    assert found["alpha"].iloc[0] == pytest.approx(nominal)
    assert found["agreement"].iloc[0] == pytest.approx(1 / 3)
    assert found[["n_terms", "n_coders"]].values.tolist() == [[3, 2], [3, 2]]


def test_agreement_of_many_terms_has_an_interval():
    terms = [f"t{i}" for i in range(30)]
    rows = [(c, "people", t, STANCES[(i + (c == "b" and i % 5 == 0)) % 3]) for c in "ab" for i, t in enumerate(terms)]
    found = measure_stance_agreement(pd.DataFrame(rows, columns=["coder", "group", "term", "stance"])).iloc[0]
    assert found["agreement"] == pytest.approx(24 / 30)
    assert found["ci_low"] < found["alpha"] < found["ci_high"] < 1


def test_a_step_of_two_weighs_more_than_one_where_stances_are_ordinal():
    near = coded(*[(c, "mob", "neutral", None) for c in "ab"], *[(c, "youth", "delegitimising", None) for c in "ab"],
                 ("a", "crowd", "neutral", None), ("b", "crowd", "legitimising", None))
    far = near.assign(stance=near["stance"].mask((near["coder"] == "a") & (near["term"] == "crowd"), "delegitimising"))
    lower, higher = (measure_stance_agreement(t, n_resamples=0)["alpha"].iloc[0] for t in (far, near))
    assert lower < higher


def test_disputed_terms_by_distance_and_by_the_labels_that_hang_on_them():
    documents = pd.DataFrame({"document_id": ["d"], "outlet": ["Post"], "text": ["Mobs and a mob and youths and a crowd."]})
    found = find_disputed(coded(*TABLE), LEXICON, annotate(documents, LEXICON))
    assert found[["term", "lexicon", "a", "b", "distance", "n_mentions"]].astype(object).fillna("").values.tolist() == [
        ["youth", "neutral", "legitimising", "delegitimising", 2, 1],
        ["mob", "delegitimising", "delegitimising", "neutral", 1, 2],
        ["gang", "delegitimising", "neutral", "", 1, 0]]


def test_the_lexicon_of_a_coder_keeps_what_was_not_coded():
    rival = with_stances(LEXICON, coded(*TABLE), coder="b")
    now = {(t.group, t.term): (t.stance, t.favours) for t in rival.terms}
    assert now[("people", "mob")] == ("neutral", "none")
    assert now[("people", "youth")] == ("delegitimising", "official")
    assert now[("people", "gang")] == ("delegitimising", "none")  # what the lexicon said of whom it favours stays
    assert rival.groups["people"]["stances"] == ["delegitimising", "neutral"]
    assert [t.forms for t in rival.terms] == [t.forms for t in LEXICON.terms]
    assert rival.sha256 != LEXICON.sha256 != with_stances(LEXICON, coded(*TABLE), coder="a").sha256
    again = parse_lexicon(lexicon_toml(rival))
    assert [{(t.group, t.term, t.stance, t.favours) for t in of.terms} for of in (again,)] == [
        {(t.group, t.term, t.stance, t.favours) for t in rival.terms}]
    with pytest.raises(LexiconError, match=r"There is no coder 'c'\. Coders: a, b"):
        with_stances(LEXICON, coded(*TABLE), coder="c")


@settings(max_examples=10)
@given(st.lists(st.sampled_from(STANCES), min_size=4, max_size=4))
def test_recoding_is_annotating_again(stances):
    texts = ["A mob met a crowd. “The gang left,” said Roe.", "Youths of the club, and youths.", "A mob, a mob, no crowd."]
    documents = pd.DataFrame({"document_id": list("abc"), "outlet": ["P", "P", "Q"], "text": texts})
    rows = [("a", term, stance, "people") for term, stance in zip(("mob", "gang", "crowd", "youth"), stances, strict=True)]
    rival = with_stances(LEXICON, coded(*rows), coder="a")
    recoded, anew = recode(annotate(documents, LEXICON), rival, before=LEXICON), annotate(documents, rival)
    pd.testing.assert_frame_equal(recoded.mentions, anew.mentions)
    assert recoded.about == anew.about
    pd.testing.assert_frame_equal(*(measure_labelling(bundle, n_resamples=100) for bundle in (recoded, anew)))


def test_recoding_needs_the_lexicon_of_the_labels_and_no_text(demo, tmp_path):
    with pytest.raises(LexiconError, match="has no such term"):
        recode(demo, LEXICON, before=LEXICON)
    lexicon = read_lexicon("protest")
    stances = read_stances(pd.DataFrame({"coder": ["a"], "term": ["unrest"], "stance": ["delegitimising"]}), lexicon)
    known = Annotations.load(demo.save(tmp_path / "free", form="text_free"))
    rival = with_stances(lexicon, stances, coder="a")
    changed = recode(known, rival, before=lexicon).mentions
    expected = known.mentions["stance"].mask(known.mentions["term"] == "unrest", "delegitimising")
    pd.testing.assert_series_equal(changed["stance"], expected)
    with pytest.raises(LexiconError, match="differ in more than stances"):
        recode(known, LEXICON, before=lexicon)


ROLES = parse_lexicon('''
[lexicon]
name = "t"
version = "1"
[roles.marching]
acts = ["march"]
[roles.looting]
acts = ["loot"]
[groups.people]
side = "challenger"
[groups.people.modifiers]
delegitimising = ["rowdy"]
legitimising = ["peaceful"]
[groups.people.delegitimising]
terms = ["mob", {term = "those", role = "looting"}]
[groups.people.neutral]
terms = ["marcher", "crowd", {term = "those", role = "marching"}]
''')
MARCHED = "Those who marched sang. Those who looted left. A rowdy marcher met peaceful crowds, a crowd and a rowdy mob."


def recoded(*rows):
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["P"], "text": [MARCHED]})
    stances = read_stances(pd.DataFrame(rows, columns=["coder", "term", "lexicon", "stance"]), ROLES)
    rival = with_stances(ROLES, stances, coder="a")
    both = recode(annotate(documents, ROLES), rival, before=ROLES), annotate(documents, rival)
    return [list(of.mentions[["term", "stance", "favours"]].itertuples(index=False, name=None)) for of in both]


def test_a_term_of_several_stances_is_coded_by_each():
    ours, anew = recoded(("a", "those", "neutral", "legitimising"))
    assert ours == anew
    assert ours[:2] == [("those", "legitimising", "challenger"), ("those", "delegitimising", "official")]
    ours, anew = recoded(("a", "those", "neutral", "delegitimising"), ("a", "those", "delegitimising", "neutral"))
    assert ours == anew
    assert ours[:2] == [("those", "delegitimising", "official"), ("those", "neutral", "none")]
    with pytest.raises(LexiconError, match="column lexicon: 'those' stands in delegitimising, neutral: say which"):
        recoded(("a", "those", None, "neutral"))
    with pytest.raises(LexiconError, match="column lexicon: 'mob' stands in delegitimising, not in 'neutral'"):
        recoded(("a", "mob", "neutral", "neutral"))


def test_adjectives_decide_as_long_as_the_term_is_neutral():
    ours, anew = recoded(("a", "crowd", None, "delegitimising"))
    assert ours == anew
    assert ours[2:] == [("marcher", "delegitimising", "official"), ("crowd", "delegitimising", "official"),
                        ("crowd", "delegitimising", "official"), ("mob", "delegitimising", "official")]
    ours, anew = recoded(("a", "mob", None, "neutral"))
    assert ours[:-1] == anew[:-1]
    assert (ours[-1], anew[-1]) == (("mob", "neutral", "none"), ("mob", "delegitimising", "official"))  # as documented


def test_labels_with_an_adjective_hang_on_their_term():
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["P"], "text": [MARCHED]})
    rows = [("a", "crowd", None, "legitimising"), ("a", "those", "neutral", "legitimising")]
    stances = read_stances(pd.DataFrame(rows, columns=["coder", "term", "lexicon", "stance"]), ROLES)
    found = find_disputed(stances, ROLES, annotate(documents, ROLES))
    assert found[["term", "lexicon", "a", "distance", "n_mentions"]].values.tolist() == [
        ["crowd", "neutral", "legitimising", 1, 2], ["those", "neutral", "legitimising", 1, 1]]


@pytest.mark.parametrize(("rows", "what"), [
    ("coder,term\na,mob\n", "no column 'stance'"),
    ("coder,term,stance\na,mob,bad\n", "row 2, column stance: 'bad' is not allowed"),
    ("coder,term,stance\na,mobs,neutral\n", "row 2, column term: 'mobs' is no term"),
    ("coder,term,stance\n,mob,neutral\n", "row 2, column coder: is empty"),
    ("coder,term,stance\na,gang,neutral\n", "row 2, column group: 'gang' stands in people, force: say which"),
    ("coder,term,stance,group\na,mob,neutral,force\n", "row 2, column group: 'mob' stands in people, not in 'force'"),
    ("coder,term,stance\na,mob,neutral\na,mob,neutral\n", "row 3: coder 'a' has 'mob' of people before, in row 2"),
    ("coder,term,stance\na,mob,\n", "no row has a stance"),
])
def test_errors_name_row_and_column(tmp_path, rows, what):
    path = tmp_path / "codings.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(LexiconError, match=what) as caught:
        read_stances(path, LEXICON)
    assert str(path) in str(caught.value)


def test_agreement_needs_two_coders_and_a_known_level():
    with pytest.raises(LexiconError, match="only a"):
        measure_stance_agreement(coded(("a", "mob", "neutral", None)))
    with pytest.raises(LexiconError, match="ordinal or nominal"):
        measure_stance_agreement(coded(*TABLE), level="ratio")
