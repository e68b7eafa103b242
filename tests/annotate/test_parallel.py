"""Parallel statements, their slots, reworded quotations and rewritten articles."""

from __future__ import annotations

from itertools import combinations, pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import (
    annotate,
    assign_suspects,
    find_rewritten,
    find_slots,
    find_spellings,
    find_statements,
    schema,
    select_annotations,
)
from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel import alike
from framelens.annotate.parallel.alignment import align, evenness, longest_rising, substitutions, word
from framelens.annotate.parallel.evidence import EVIDENCE, compare, names_spelt_alike
from framelens.annotate.parallel.fillers import Filler
from framelens.annotate.parallel.grouping import group_clauses
from framelens.annotate.parallel.naming import name_filler
from framelens.annotate.parallel.statements import read_event_clauses
from framelens.annotate.parallel.words import number_at, read_synonyms, spelt_alike
from framelens.errors import FramelensError, LexiconError, SchemaError

TEXTS = {
    "post": "Nine dead in Orr\n\nGuards shot dead nine dockers at the gate of the Orr harbour on Monday.\n\n"
            "“Nine bandits were liquidated,” police chief Sten Vale said. He said two officers had been injured. The harbour "
            "opens at noon.",
    "star": "Police chief Sten Vale said nine rioters had been “neutralised” by guards in Orr.\n\n"
            "Two policemen were hurt. Bread is dear.",
    "echo": "At least nine strikers were killed by guards, residents of Orr said.\n\nSchools stayed shut all week.",
}


def documents(texts, event="strike"):
    rows = [{"document_id": k, "outlet": k.title(), "event": event, "text": v} for k, v in texts.items()]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def found():
    return annotate(documents(TEXTS))


@pytest.fixture(scope="module")
def statements(found):
    return find_statements(found)


@pytest.fixture(scope="module")
def slots(found, statements):
    return find_slots(found, statements)


def words(found, table):
    texts = found.documents.set_index("document_id")["text"]
    return [texts[r.document_id][r.start:r.end] for r in table.itertuples()]


def test_one_killing_in_other_words_is_one_statement_and_the_injured_are_another(found, statements):
    killed = [set(part["document_id"]) for _, part in statements.groupby("statement_id")
              if any("bandits" in w for w in words(found, part))]
    assert killed == [{"post", "star", "echo"}]
    groups = [words(found, part) for _, part in statements.groupby("statement_id")]
    hurt = [told for told in groups if any("officers" in w for w in told)]
    assert hurt == [["two officers had been injured", "Two policemen were hurt"]]


def test_what_only_one_article_tells_is_no_statement(found, statements):
    assert not [w for w in words(found, statements) if "Bread" in w or "noon" in w or "Schools" in w]


def test_slots_are_right_and_lead_to_their_words(found, slots):
    assert words(found, slots[~slots["slot"].isin(["construction", "voice"])]) == list(
        slots.loc[~slots["slot"].isin(["construction", "voice"]), "filler"])
    star = slots[(slots["document_id"] == "star") & (slots["sentence"] == 0)].set_index("slot")["filler"].to_dict()
    assert star == {"verb": "neutralised", "construction": "passive_agent", "who_hurt": "nine rioters", "by_whom": "guards",
                    "number": "nine", "source": "Police chief Sten Vale", "voice": "direct", "place": "in Orr"}
    echo = slots[slots["document_id"] == "echo"].set_index("slot")["filler"].to_dict()
    assert (echo["who_hurt"], echo["voice"], echo["source"]) == ("At least nine strikers", "indirect", "residents of Orr")


def test_differs_is_of_the_slot_and_compares_numbers_as_numbers():
    told = annotate(documents({"a": "Police killed 9 strikers in Orr.", "b": "Guards killed nine rioters in Orr."}))
    table = find_slots(told, find_statements(told))
    assert table.groupby("slot")["differs"].first().to_dict() == {
        "verb": False, "construction": False, "who_hurt": True, "by_whom": True, "number": False, "voice": False, "place": False}


def test_acts_that_befall_different_groups_are_different_statements():
    told = annotate(documents({"a": "Twelve police officers were killed in Orr.", "b": "Twelve protesters were killed in Orr."}))
    assert find_statements(told).empty


def test_what_is_placed_in_another_year_is_another_statement():
    texts = {"a": "Nine dockers were killed in Orr.", "b": "Nine dockers were killed in Orr in 2009.",
             "c": "Nine dockers were killed in Orr, founded in 1612."}
    told = find_statements(annotate(documents(texts)))
    assert set(told["document_id"]) == {"a", "c"}


def test_rival_counts_of_one_fact_are_one_statement_and_a_number_of_something_else_is_not():
    texts = {"a": "At least nine dockers were killed in Orr.\n\nThe union has 400 members.",
             "b": "Twelve dockers were killed in Orr.\n\nA ticket costs 400 crowns."}
    told = annotate(documents(texts))
    assert sorted(words(told, find_statements(told))) == [
        "At least nine dockers were killed in Orr", "Twelve dockers were killed in Orr"]


@pytest.fixture(scope="module")
def clauses(found):
    (own,) = read_event_clauses(found).values()
    return own


def evidence(one, other):
    told = annotate(documents({"a": one, "b": other}))
    (own,) = read_event_clauses(told).values()
    pairs, rows = compare(own)
    return {pair: dict(zip(EVIDENCE, row, strict=True)) for pair, row in zip(pairs, rows.tolist(), strict=True)}


@pytest.mark.parametrize(("text", "told"), [
    ("The port was shut, according to a decree read out on Monday.", ["The port was shut"]),
    ("The mayor wrote that a faulty valve had been reported in May.", ["that a faulty valve had been reported in May"]),
])
def test_what_an_account_tells_is_a_clause_and_its_cue_is_none(text, told):
    (own,) = read_event_clauses(annotate(documents({"a": text}))).values()
    assert [text[c.start:c.end] for c in own] == told


def test_evidence_by_hand():
    """Each article has two sentences; what stands in both has the weight log(1 + 2 / 2) / log(1 + 2)."""
    row = evidence("Wolves howled. Sheep howled.", "Wolves howled. Bells rang.")[0, 2]
    once, twice = 1.0, float(np.log(2) / np.log(3))
    assert row["telling"] == 2
    assert row["concepts"] == pytest.approx(once + (twice + once) / 2)  # wolves; howled, in both sentences of the first
    assert row["forms"] == pytest.approx(row["concepts"])
    shared = once + (twice + once) / 2  # the second's whole is 2, of the first nothing is left over: Tversky's a is 0
    assert row["sentence"] == pytest.approx(shared / (shared + 0.15 * (2 - shared)))
    assert (row["words"], row["lead"], row["main_verb"], row["acts"], row["numbers"]) == (1, 1, 1, 0, 0)


@pytest.mark.parametrize(("counts", "kept"), [((1, 3, 2), 1), ((1, 2, 3), 2), ((3, 1, 2), 0), ((2, 2, 2), 0)])
def test_all_spellings_of_a_name_become_the_usual_one(counts, kept):
    """Which of three is the usual one does not matter: no name becomes a spelling that is itself another's."""
    names = ("tesmera", "tesmerra", "tessmerra")
    found = [SimpleNamespace(words={"P:ilona", f"P:{name}"}) for name, n in zip(names, counts, strict=True) for _ in range(n)]
    assert names_spelt_alike(found) == {name: names[kept] for name in names if name != names[kept]}


def test_evidence_of_counts_and_denial():
    (row,) = evidence("Police arrested nine dockers.", "Police arrested twelve dockers.").values()
    assert (row["counts"], row["far_counts"], row["numbers"], row["denial"]) == (1, 0, 0, 0)
    (row,) = evidence("Police arrested nine dockers.", "Police arrested 900 dockers.").values()
    assert (row["counts"], row["far_counts"]) == (0, 1)
    (row,) = evidence("Police arrested dockers.", "Police never arrested dockers.").values()
    assert row["denial"] == 1


def test_evidence_does_not_depend_on_which_clause_is_first():
    one, other = (evidence(*texts) for texts in (("Guards shot nine dockers. Bread is dear.", "Nine dockers were shot."),
                                                 ("Nine dockers were shot.", "Guards shot nine dockers. Bread is dear.")))
    assert sorted(row["sentence"] for row in one.values()) == pytest.approx(sorted(row["sentence"] for row in other.values()))
    assert sorted(map(sum, (row.values() for row in one.values()))) == pytest.approx(
        sorted(map(sum, (row.values() for row in other.values()))))


def test_log_odds_are_the_weights_times_the_evidence(clauses):
    weights = alike.read_weights()
    pairs, rows = compare(clauses)
    odds = alike.log_odds(clauses)
    assert odds
    for pair, row in zip(pairs, rows, strict=True):
        if pair in odds:
            assert odds[pair] == pytest.approx(weights["none"] + sum(
                weights[name] * value for name, value in zip(EVIDENCE, row, strict=True)))


def grouped(clauses, odds, monkeypatch, least=0.6):
    monkeypatch.setattr("framelens.annotate.parallel.grouping.log_odds", lambda own: odds)
    return sorted(sorted(clauses[k].document_id for k, _ in found) for found in group_clauses(clauses, least))


def test_groups_are_joined_by_the_mean_of_their_pairs(monkeypatch):
    """A chain whose ends have nothing in common (−4): (1 − 4) / 2 is far below the log odds of 0.6 less the slack."""
    told = annotate(documents({"a": "Wolves howled.", "b": "Owls slept.", "c": "Bells rang."}))
    (own,) = read_event_clauses(told).values()
    assert grouped(own, {(0, 1): 3.0, (1, 2): 0.8}, monkeypatch) == [["a", "b"]]
    assert grouped(own, {(0, 1): 3.0, (1, 2): 1.0, (0, 2): 0.5}, monkeypatch) == [["a", "b", "c"]]
    assert grouped(own, {(0, 1): 0.3, (1, 2): 0.2}, monkeypatch) == []  # 0.574 and less
    assert grouped(own, {(0, 1): 0.3, (1, 2): 0.2}, monkeypatch, least=0.57) == [["a", "b"]]


def test_who_tells_of_two_things_stands_in_two_statements(monkeypatch):
    """1.0 is above the log odds of 0.6 by more than a half, and no pair of the group that there is."""
    told = annotate(documents({"a": "Wolves howled.", "b": "Owls slept.", "c": "Bells rang."}))
    (own,) = read_event_clauses(told).values()
    assert grouped(own, {(0, 1): 3.0, (1, 2): 1.0}, monkeypatch) == [["a", "b"], ["b", "c"]]
    monkeypatch.setattr("framelens.annotate.parallel.grouping.log_odds", lambda own: {(0, 1): 3.0, (0, 2): 2.0})
    rows = find_statements(told)
    assert rows.groupby("document_id").size().to_dict() == {"a": 2, "b": 1, "c": 1}
    assert rows["statement_id"].unique().tolist() == ["a:s:0-13", "a:s:0-13+c:0-10"]


def test_a_copy_tells_what_its_model_tells():
    copy = WIRE.replace("cleared", "cleaned").replace("dozens", "hundreds")
    told = annotate(documents({"wire": WIRE, "copy": copy, "free": "Officers emptied the market of Orr before dawn on Friday."}))
    groups = find_statements(told).groupby("statement_id")["document_id"].agg(set).tolist()
    assert len(groups) > 3
    assert all({"wire", "copy"} <= group for group in groups)


def test_a_higher_threshold_finds_no_more(found):
    sizes = [len(find_statements(found, least=least)) for least in (0.05, 0.6, 0.95, 0.9999)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    assert (find_statements(found, least=0.9)["similarity"] >= 0.9).all()


@pytest.mark.parametrize("least", [0, 1, -0.5, 1.5])
def test_a_threshold_is_a_probability(found, least):
    with pytest.raises(FramelensError, match="between 0 and 1"):
        find_statements(found, least=least)


def test_weights_of_other_evidence_are_refused(monkeypatch):
    alike.read_weights.cache_clear()
    monkeypatch.setattr("framelens.io.packaged_text", lambda name: "evidence,weight,says\nnone,1,x\nluck,2,y\n")
    with pytest.raises(LexiconError, match="luck"):
        alike.read_weights()
    alike.read_weights.cache_clear()


@given(st.lists(st.integers(0, 9), max_size=8))
def test_a_longest_rising_run(ranks):
    """Against all subsets."""
    run = longest_rising(ranks)
    picked = [ranks[k] for k in run]
    assert run == sorted(run)
    assert all(a < b for a, b in pairwise(picked))
    longest = max((n for n in range(len(ranks) + 1) for some in combinations(ranks, n)
                   if all(a < b for a, b in pairwise(some))), default=0)
    assert len(run) == longest


def test_only_articles_on_one_event_are_compared():
    texts = {"a": "Police killed nine strikers in Orr.", "b": "Guards killed nine rioters in Orr."}
    assert len(find_statements(annotate(documents(texts)))) == 2
    apart = documents(texts).assign(event=["one", "other"])
    assert find_statements(annotate(apart)).empty


@given(order=st.permutations(list(TEXTS)))
@settings(max_examples=6, deadline=None)
def test_the_order_of_articles_and_rows_does_not_matter(order):
    told = annotate(documents({k: TEXTS[k] for k in order}))
    shuffled = Annotations({n: t.iloc[::-1].reset_index(drop=True) for n, t in told.tables.items()}, told.about)
    first = find_statements(told)
    pd.testing.assert_frame_equal(find_statements(shuffled), first)
    pd.testing.assert_frame_equal(find_statements(annotate(documents(TEXTS))), first)
    pd.testing.assert_frame_equal(find_slots(shuffled, first.iloc[::-1]), find_slots(told, first))


def test_an_event_more_changes_no_statement(statements):
    more = pd.concat([documents(TEXTS), documents({"x": "It rained.", "y": "Nine were killed in Orr."}, event="rain")])
    told = find_statements(annotate(more.reset_index(drop=True)))
    pd.testing.assert_frame_equal(told, statements)


def test_tables_are_valid_and_a_text_free_bundle_is_refused(found, statements, slots):
    for table, name in ((statements, "statements"), (slots, "slots"), (find_rewritten(found, slots), "rewritten")):
        schema.validate(table, name)
    bare = Annotations({**found.tables, "documents": found.documents.drop(columns="text")}, found.about)
    for function in (find_statements, assign_suspects):
        with pytest.raises(SchemaError, match="read from texts"):
            function(bare)


def test_reworded_quotations_of_one_speaker(found, slots):
    told = annotate(documents({
        "a": "“We will not leave this square tonight,” Ada Roe said.",
        "b": "“We shall not quit this square tonight,” said Ada Roe.",
        "c": "“We will not leave this square,” Ada Roe said.",
        "d": "“We shall not quit this square tonight,” said Ben Poe.",
    }))
    table = find_rewritten(told)  # what c has is a piece of what a has
    assert list(zip(table["document_id"], table["other_document_id"], strict=True)) == [("a", "b"), ("b", "c")]
    texts = told.documents.set_index("document_id")["text"]
    assert texts["a"][table["start"][0]:table["end"][0]] == "“We will not leave this square tonight,”"
    assert texts["b"][table["other_start"][0]:table["other_end"][0]] == "“We shall not quit this square tonight,”"


WIRE = ("Riot police cleared the old market in Orr of dozens of traders before dawn on Friday.\n\n"
        "The mayor, Ada Roe, said the stalls had blocked the main road for years. Forty people were arrested and three were "
        "taken to hospital, police said.\n\n"
        "The traders had asked the city for a new site in the spring. Shops near the market stayed closed all day.")
SPUN = ("Riot police cleaned the aged market in Orr of dozens of merchants before sunup on Friday.\n\n"
        "The civic chairman, Ada Roe, said the slows had impeded the fundamental road for years. Forty people were captured and "
        "three were taken to medical clinic, police said.\n\nThe merchants had asked the city for a new webpage in the "
        "spring. Shops near the market stayed shut all day.")
FREE = ("Ada Roe has her road back. Before sunrise officers drove the traders from the market of Orr, where their stalls had "
        "stood for a generation.\n\nFour dozen were led away. Nobody has told the others where they may sell on Saturday.")


def test_a_word_by_word_rewriting_is_suspected_and_a_free_account_is_not():
    told = annotate(documents({"wire": WIRE, "spun": SPUN, "free": FREE}))
    copies = assign_suspects(told).set_index("document_id")
    assert copies["copy_status"].to_dict() == {"wire": "unknown", "spun": "suspect_paraphrase", "free": "unknown"}
    assert "run beside wire" in copies.loc["spun", "evidence"]
    chosen = select_annotations(told.replace(copies=copies.reset_index()), suspects="out").documents.set_index("document_id")
    assert chosen["exclusion_reason"].notna().to_dict() == {"wire": False, "spun": True, "free": False}


def test_a_plain_copy_and_a_known_status_are_left_alone():
    told = annotate(documents({"wire": WIRE, "copy": WIRE, "free": FREE}))
    pd.testing.assert_frame_equal(assign_suspects(told), told.copies)
    rows = documents({"wire": WIRE, "spun": SPUN, "free": FREE}).assign(publisher=["W", "S", "F"], origin=["W", "W", "F"])
    assert "suspect_paraphrase" not in set(assign_suspects(annotate(rows))["copy_status"])  # said to be republished


def test_names_spelt_in_several_ways():
    told = annotate(documents({"a": "Mayor Ilona Tessmer left.", "b": "Then Ilona Tesmer spoke.",
                               "c": "Ilona Tessmer sang with Ivo Tessmer.",
                               "d": "Anders Roe and Andrea Roe met."}))
    table = find_spellings(told)
    assert table[["usual", "spelling", "document_id"]].values.tolist() == [["Ilona Tessmer", "Ilona Tesmer", "b"]]


def aligned(a, b):
    left, right = ([word(w, c) for w, c in (pair.split("/") for pair in text.split())] for text in (a, b))
    return left, right, align(left, right)


def test_alignment_by_hand():
    left, right, pairs = aligned("the/D banks/S stay/v shut/n", "the/D edges/S stay/v closed/n")
    assert [(p.left, p.right) for p in pairs] == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert evenness(left, right, pairs) == 0.75  # three of four: "shut" and "closed" are of one class
    replaced = [(left[p.left].norm, right[p.right].norm) for p in substitutions(left, right, pairs)]
    assert replaced == [("banks", "edges"), ("shut", "closed")]


@given(st.lists(st.sampled_from("the/D mayor/N left/d shops/S closed/n".split()), max_size=6),
       st.lists(st.sampled_from("the/D mayor/N stayed/d banks/S shut/n".split()), max_size=6))
def test_alignment_holds_each_word_once_in_order(a, b):
    left, right, pairs = aligned(" ".join(a), " ".join(b))
    assert [p.left for p in pairs if p.left >= 0] == list(range(len(left)))
    assert [p.right for p in pairs if p.right >= 0] == list(range(len(right)))
    back = evenness(right, left, align(right, left))
    assert evenness(left, right, pairs) == pytest.approx(back)


@pytest.mark.parametrize(("text", "number"), [
    ("forty three", "43"), ("forty-three", "43"), ("one hundred and twenty", "120"), ("two thousand five hundred", "2500"),
    ("one hundred and two thousand", "102000"), ("one two", "1"), ("twenty thirty", "20"), ("two dozen", "24"), ("half", "half"),
    ("2,500", "2500"), ("two million", "2000000"), ("8pm", "8"), ("tens", "dozens"), ("3rd", "3rd"),
])
def test_numbers_are_read_alike(text, number):
    assert number_at(text.split(), 0)[0] == number


def test_synonyms_have_one_class_each_and_names_one_spelling():
    assert read_synonyms().words["arrested"] == read_synonyms().words["captured"] == "detain"
    assert read_synonyms().words["liquidated"] == read_synonyms().words["died"] == "kill"
    assert spelt_alike("tokayev", "tokaev")
    assert not spelt_alike("varga", "voss")


@pytest.mark.parametrize(("slot", "words", "label"), [
    ("who_hurt", "four of the dockers and a mob", "dockers; mob"),  # both labels, not the long one
    ("by_whom", "four unnamed men of the guard", "people"),  # no label: what the number counts
    ("by_whom", "them", None),
    ("source", "the chief of the Orr police", "Sten Vale"),
    ("source", "the Orr harbour board", "company"),  # the name is too long: its kind
    ("time", "on the Monday of the strike", None),
])
def test_a_filler_is_named_by_what_the_tables_say_of_it(slot, words, label):
    at = {"dockers": (12, 19), "mob": (26, 29), "four of the dockers and": (0, 23)}
    mentions = [{"start": s, "end": e, "surface": name} for name, (s, e) in at.items()] if "mob" in words else []
    chief, board = (
        {"attribution_id": name, "source_name": name, "source_type": kind}
        for name, kind in (("Sten Vale", "police"), ("harbour board of Orr", "company")))
    spans = [{"attribution_id": row["attribution_id"], "role": "source", "start": 0, "end": len(text)}
             for row, text in ((chief, "the chief of the Orr police"), (board, "the Orr harbour board"))]
    facts = [{"start": 0, "end": 4, "counted": "people"}, {"start": 90, "end": 94, "counted": "security"}]
    rows = {"mentions": mentions, "facts": facts, "attributions": [chief, board], "attribution_spans": spans}
    assert name_filler(Filler(slot, 0, len(words), words), rows if words != "them" else {}) == label
