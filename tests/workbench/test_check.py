from __future__ import annotations

import pandas as pd
import pytest

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.lexicon import parse_lexicon, read_lexicon
from framelens.pipeline import annotate
from framelens.workbench.candidates import find_candidates
from framelens.workbench.check import check_lexicon, measure_coverage

LEXICON = parse_lexicon('''
[lexicon]
name = "t"
version = "1"
[groups.people]
side = "challenger"
exceptions = ["flash mob", "ghost", "ghosts"]
[groups.people.delegitimising]
terms = ["mob", "ghost", {term = "hooligan*"}, {term = "gang", when = ["armed"]}, {term = "bandit", article = ["riot"]},
  {term = "guard", when = ["angry"]}, {term = "picket", when = ["violent"]}, "riot"]
[groups.people.neutral]
terms = ["crowd", {term = "hooliganism", inflect = "none"}, {term = "youth", unless = ["club"], pos = "noun"}, "march"]
[groups.force.neutral]
terms = ["riot police", "picket line", {term = "police", inflect = "none"}, {term = "guard", unless = ["angry"]}]
''')
TEXTS = ["The mob met riot police. A flash mob, a ghost, a gang. "
         "They march; the march grew. A picket line held; a picket left. They riot.",
         "An angry guard shouted. A guard slept. Youths came. Riot police left, bandits too."]


@pytest.fixture(scope="module")
def found():
    documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["P", "Q"], "text": TEXTS})
    return check_lexicon(LEXICON, annotate(documents, LEXICON))


def rows(found, problem):
    return {row.term: (row.other, row.n, row.of, row.detail) for row in found[found["problem"] == problem].itertuples()}


def test_a_lexicon_by_itself():
    alone = check_lexicon(LEXICON)
    assert set(alone["problem"]) == {"same form", "always an exception"}
    assert alone["n"].isna().all()
    same = alone[alone["problem"] == "same form"]
    assert {(t, o.split(" (")[0]) for t, o in zip(same["term"], same["other"], strict=True)} == {
        ("hooliganism", "hooligan*"), ("guard", "guard")}
    assert same.loc[same["term"] == "guard", "detail"].tolist() == [
        "'guard'; conditions: when | unless", "'guards'; conditions: when | unless"]
    assert rows(alone, "always an exception") == {"ghost": ("", pd.NA, pd.NA, "ghost, ghosts")}


def test_terms_on_a_corpus(found):
    assert set(rows(found, "not in corpus")) == {"crowd", "hooligan*", "hooliganism"}
    assert rows(found, "always turned away") == {
        "ghost": ("", 1, 1, "conditions: exceptions of the group"), "gang": ("", 1, 1, "conditions: when"),
        "picket": ("", 1, 2, "conditions: when")}  # the other stands in "picket line"
    assert rows(found, "always in a longer label") == {"police": ("riot police (force, neutral)", 2, 2, "")}
    assert rows(found, "used as verb") == {
        "march": ("", 1, 2, "by its neighbours; give it a pos"), "riot": ("", 1, 1, "by its neighbours; give it a pos")}
    assert rows(found, "several readings") == {"guard": ("guard (force, neutral)", 1, 2, "'guard'")}


def test_one_form_among_the_exceptions_is_no_matter_and_rarer_readings_are_counted():
    lexicon = parse_lexicon('''
[lexicon]
name = "t"
version = "1"
[groups.people]
exceptions = ["ghost"]
[groups.people.neutral]
terms = ["ghost", {term = "guard", when = ["angry"]}]
[groups.force.neutral]
terms = [{term = "guard", unless = ["angry"]}]
''')
    assert rows(check_lexicon(lexicon), "always an exception") == {}
    text = "An angry guard shouted. The guard slept. The guard left. The guard came."
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["P"], "text": [text]})
    found = check_lexicon(lexicon, annotate(documents, lexicon))
    assert rows(found, "several readings") == {"guard": ("guard (people, neutral)", 1, 4, "'guard'")}


def test_a_condition_that_does_something_is_not_idle(found):
    idle = found[found["problem"] == "idle condition"]
    assert set(zip(idle["term"], idle["detail"], strict=True)) == {
        ("youth", "unless"), ("youth", "pos"), ("bandit", "article"),
        ("guard", "unless")}  # of two terms of one form the first has the angry guard with or without it
    other = check_lexicon(LEXICON, annotate(pd.DataFrame({"document_id": ["a"], "outlet": ["P"], "text": [
        "Youths of the club and, in another part of the old town altogether, youths. They youth."]}), LEXICON))
    assert ("youth", "unless") not in set(zip(other["term"], other["detail"], strict=True))


def test_occurrences_and_labels_add_up_on_real_lexicons(demo, demo_study, migration):
    """A term without a problem has labels: every other is named by exactly one of the problems of silent terms."""
    for name, bundle, study in (("protest", demo, demo_study.settings), ("migration", migration, None)):
        lexicon = read_lexicon(name)
        table = check_lexicon(lexicon, bundle, study=study)
        silent = table[table["problem"].isin(["not in corpus", "always turned away", "always in a longer label"])]
        keys = {(t.group, t.stance, t.term) for t in lexicon.terms}
        labels = bundle.mentions[["group", "stance", "term"]].itertuples(index=False, name=None)
        labelled = {label if label in keys else (label[0], "neutral", label[2]) for label in labels}  # else an adjective's
        named = list(silent[["group", "stance", "term"]].itertuples(index=False, name=None))
        assert len(named) == len(set(named))
        assert set(named) == keys - labelled
        assert not table["problem"].isin(["always an exception", "unused role", "no proof", "modifier never decides"]).any()


ROLES = parse_lexicon('''
[lexicon]
name = "t"
version = "1"
[contexts.topic]
words = ["curfew"]
labels = ["event"]
own_event = true
[contexts.nowhere]
labels = ["other"]
[roles.marching]
acts = ["march"]
[roles.shouting]
acts = ["shout"]
[roles.idle]
acts = ["sleep"]
[groups.people]
side = "challenger"
not_before = ["leader*"]
[groups.people.modifiers]
delegitimising = ["rowdy", "masked", "very rowdy"]
legitimising = ["calm*"]
[groups.people.delegitimising]
terms = [{term = "those", role = "shouting"}]
[groups.people.neutral]
terms = ["marcher", {term = "those", role = "marching"}, {term = "nurses", role = ["marching", "shouting"], carries = true},
  {term = "bakers", role = ["marching", "shouting"]}, {term = "youth", article = ["nowhere"]},
  {term = "gang", article = ["topic"]}]
[groups.event.neutral]
terms = [{term = "march", case = "lower", pos = "noun"}, {term = "rally", case = "lower", article = ["topic"]}]
[groups.other]
not_before = ["bus"]
[groups.other.modifiers]
delegitimising = ["rowdy"]
[groups.other.delegitimising]
terms = [{term = "driver", article = ["topic"]}]
''')
ROLE_TEXTS = [
    "Nurses marched in the rain. The nurses slept. Rowdy marchers shouted. Those who marched sang. Those who shouted left. "
    "Bakers shouted. The masked bakers slept. The march ended in March. A marcher leader spoke.",
    "In Sedge a gang and drivers left. A rally was held."]


def test_roles_case_and_modifiers_by_themselves():
    alone = check_lexicon(ROLES)
    assert set(rows(alone, "unused role")) == {"idle"}
    proof = alone[alone["problem"] == "no proof"]
    assert proof[["group", "detail"]].values.tolist() == [["other", "asked for by youth"]]  # its one term needs proof itself
    never = alone[alone["problem"] == "modifier never decides"]
    assert set(zip(never["group"], never["stance"], never["term"], strict=True)) == {
        ("people", "delegitimising", "very rowdy"), ("people", "legitimising", "calm*"), ("other", "delegitimising", "rowdy")}
    assert set(rows(alone, "same form")) == {"those"}


def test_roles_case_and_modifiers_on_a_corpus():
    documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["P", "Q"], "text": ROLE_TEXTS})
    found = check_lexicon(ROLES, annotate(documents, ROLES))
    idle = found[found["problem"] == "idle condition"]
    assert set(zip(idle["group"], idle["term"], idle["detail"], strict=True)) == {
        ("people", "nurses", "role shouting"), ("people", "bakers", "role marching"),  # the other role decides
        ("people", "nurses", "role"),  # all nurses keep it
        ("event", "march", "pos")}  # the case decides
    assert rows(found, "always turned away") == {
        "gang": ("", 1, 1, "conditions: article"), "driver": ("", 1, 1, "conditions: article"),
        "rally": ("", 1, 1, "conditions: article, case")}
    modifiers = found[found["problem"] == "idle modifier"]
    assert modifiers[["group", "stance", "term", "n", "of"]].values.tolist() == [
        ["people", "delegitimising", "masked", 0, 1], ["other", "delegitimising", "rowdy", 0, 1]]
    assert set(rows(found, "several readings")) == {"those"}
    assert "marcher" not in set(found["term"])  # that one is rowdy makes it no other term


def test_the_event_of_a_study_proves_what_an_article_is_about():
    documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["P", "Q"], "text": ROLE_TEXTS})
    study = {"event": {"places": ["Sedge"]}}
    found = check_lexicon(ROLES, annotate(documents, ROLES, study=study), study=study)
    assert not {"gang", "driver", "rally"} & set(rows(found, "always turned away"))
    idle = found[found["problem"] == "idle condition"]
    assert ("other", "", "not_before of the group") in set(zip(idle["group"], idle["term"], idle["detail"], strict=True))


def test_what_an_extension_names_is_no_exception_of_the_group_any_more(tmp_path, root):
    head = '[lexicon]\nname = "t"\nversion = "1"\n'
    (tmp_path / "base.toml").write_text(head + '[groups.force]\nexceptions = ["guard officer", "guard bus"]\n'
                                        '[groups.force.neutral]\nterms = ["guard"]', encoding="utf-8")
    (tmp_path / "own.toml").write_text(head + 'extends = "base.toml"\n[groups.force.neutral]\nterms = ["guard officer"]',
                                       encoding="utf-8")
    lexicon = read_lexicon(tmp_path / "own.toml")
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["P"], "text": ["A guard officer left the guard bus."]})
    assert annotate(documents, lexicon).mentions["surface"].tolist() == ["guard officer"]
    for extended in (lexicon, read_lexicon(root / "data" / "kazakhstan-2022" / "lexicon.toml")):
        assert set(check_lexicon(extended)["problem"]) <= {"same form"}


def test_coverage_by_hand():
    documents = pd.DataFrame({"document_id": list("abc"), "outlet": ["P", "P", "Q"], "text": [
        "The mob met the crowd and a mob.", "It rained.", "The police came here."], "exclusion_reason": [None, None, None]})
    table = measure_coverage(annotate(documents, LEXICON)).set_index(["outlet", "group"])
    assert table.loc[("P", "")].tolist() == [2, 10, 3, 300.0, 2, 0.5]
    assert table.loc[("Q", "people")].tolist() == [1, 4, 0, 0.0, 0, 0.0]
    assert table.loc[("Q", "force")].tolist() == [1, 4, 1, 250.0, 1, 1.0]
    with pytest.raises(SchemaError, match="no column 'owner'"):
        measure_coverage(annotate(documents, LEXICON), by="owner")


def test_coverage_is_of_headline_and_body_and_loses_no_article():
    text = "MOB LEAVES\nBy Ann Lee\n\nThe mob left. The crowd stayed."
    documents = pd.DataFrame({"document_id": ["a", "b", "c"], "publisher": ["P", None, None], "outlet": "P", "text": text})
    annotations = annotate(documents, LEXICON)
    assert set(annotations.sizes["zone"]) == {"headline", "byline", "body"}
    table = measure_coverage(annotations, by="publisher").query("group == ''").set_index("publisher")
    assert table["n_documents"].to_dict() == {"P": 1, "unknown": 2}
    assert table["n_words"].to_dict() == {"P": 8, "unknown": 16}  # two in the headline, six in the body
    assert table["per_1000"].tolist() == [1000 * 3 / 8] * 2
    out = annotations.replace(documents=annotations.documents.assign(exclusion_reason=[None, "wrong language", None]))
    assert measure_coverage(out)["n_documents"].iloc[0] == 2
    assert measure_coverage(out)["n_words"].iloc[0] == 16
    byline = annotations.mentions.assign(zone="byline")
    assert measure_coverage(annotations.replace(mentions=byline))["n_labels"].eq(0).all()


def test_coverage_and_candidates_of_terms_with_roles_and_adjectives():
    """Seven labels of five terms: those who march and those who shout are one term; words of labels are no candidates."""
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["P"], "text": ROLE_TEXTS[:1]})
    bundle = annotate(documents, ROLES)
    table = measure_coverage(bundle).set_index("group")
    assert table["n_labels"].to_dict() == {"": 7, "people": 6, "event": 1, "other": 0}
    assert table["n_terms"].to_dict() == {"": 5, "people": 4, "event": 1, "other": 0}
    words = set(find_candidates(bundle, lexicon=ROLES, min_count=1)["candidate"])
    assert {"leader", "masked"} <= words  # that deciding adjective decides nothing here
    assert not {"rowdy", "nurses", "bakers", "marchers", "those"} & words


def test_a_text_free_bundle_cannot_be_checked(demo):
    with pytest.raises(SchemaError, match="text-free"):
        check_lexicon(LEXICON, Annotations(demo.tables, demo.about, "text_free"))
