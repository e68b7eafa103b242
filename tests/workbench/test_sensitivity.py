from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.contrasts import compare
from framelens.measure.label_terms import measure_label_terms
from framelens.measure.labelling import measure_labelling
from framelens.workbench.sensitivity import measure_sensitivity

SHARE = {"measure": "label_share", "zone": "body", "voice": "narrator", "group": "people", "stance": "delegitimising"}
STANCES = {"mob": "delegitimising", "gang": "delegitimising", "thug": "delegitimising", "crowd": "neutral", "youth": "neutral"}
MOBS = {"Bugle": 0, "Herald": 4, "Times": 1}  # an article; what outlets differ in


def times(term, outlet, article):
    """How often a term stands in an article: the same in all outlets but for mobs."""
    extra = {"crowd": article % 3 == 0, "gang": article % 4 == 0}.get(term, 0)
    return MOBS[outlet] if term == "mob" else {"crowd": 2, "youth": 2}.get(term, 1) + extra


@pytest.fixture(scope="module")
def corpus():
    """Three outlets of twelve articles, which differ in one word."""
    documents = [(f"{outlet}{i}", outlet) for outlet in MOBS for i in range(12)]
    rows = [(d, term, stance) for d, outlet in documents for term, stance in STANCES.items()
            for _ in range(times(term, outlet, int(d.removeprefix(outlet))))]
    mentions = pd.DataFrame(rows, columns=["document_id", "term", "stance"])
    count = range(len(mentions))
    mentions = mentions.assign(
        mention_id=[f"{d}:m:{i}-{i + 1}" for d, i in zip(mentions["document_id"], count, strict=True)], start=count,
        end=range(1, len(mentions) + 1), surface=mentions["term"], group="people", favours="none", referent=None, zone="body",
        negated=False, scare_quoted=False, contested=False, voice="narrator", attribution_id=None)
    ids = [d for d, _ in documents]
    return Annotations({
        "documents": pd.DataFrame(documents, columns=["document_id", "outlet"]),
        "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids}),
        "sizes": pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "n_words": 100}), "mentions": mentions})


def test_a_conclusion_that_hangs_on_one_term(corpus):
    table = measure_sensitivity(corpus, measure_labelling, only=SHARE, sides=("Herald", "Bugle"))
    assert table["term"].tolist()[:2] == ["", "mob"]
    assert dict(zip(table["term"], table["changes"], strict=True)) == {
        "": False, "mob": True, "gang": False, "thug": False, "crowd": False, "youth": False}
    assert set(table.loc[table["term"] != "mob", "conclusion"]) == {"Herald higher, p < 0.05"}
    assert table["conclusion"].iloc[1] == "no difference shown"
    assert table["n_mentions"].iloc[1] == 12 * sum(MOBS.values())
    whole = compare(corpus, measure_labelling, only=SHARE, reference="Bugle").set_index("outlet").loc["Herald"]
    assert table["estimate"].iloc[0] == pytest.approx(whole["estimate"])
    assert table["p_value"].iloc[0] == pytest.approx(whole["p_value"])


def share(outlet, without):
    counts = {term: sum(times(term, outlet, i) for i in range(12)) for term in STANCES if term != without}
    return sum(n for term, n in counts.items() if STANCES[term] == "delegitimising") / sum(counts.values())


def test_the_estimate_without_a_term_by_hand(corpus):
    table = measure_sensitivity(corpus, measure_labelling, only=SHARE, sides=("Herald", "Bugle"), conclusion="direction")
    table = table.set_index("term")
    whole = share("Herald", "") - share("Bugle", "")
    for term in ("", *STANCES):
        assert table.loc[term, "estimate"] == pytest.approx(share("Herald", term) - share("Bugle", term)), term
        assert table.loc[term, "shift"] == pytest.approx(share("Herald", term) - share("Bugle", term) - whole)
    assert table["conclusion"].to_dict() == {**dict.fromkeys(("", *STANCES), "Herald higher"), "mob": "equal"}
    shifts = table["shift"].abs().tolist()[2:]
    assert shifts == sorted(shifts, reverse=True)


def test_the_order_of_outlets(corpus):
    table = measure_sensitivity(corpus, measure_labelling, only=SHARE, conclusion="order").set_index("term")
    assert table.loc["", ["estimate", "conclusion", "changes"]].tolist() == [1.0, "Herald > Times > Bugle", False]
    assert table["changes"].to_dict() == {"": False, **dict.fromkeys(STANCES, False), "mob": True}
    assert table.loc["mob", "conclusion"] == "Bugle = Herald = Times" and np.isnan(table.loc["mob", "estimate"])
    assert table.loc["gang", "estimate"] == 1


def test_terms_chosen_and_other_groups(corpus):
    table = measure_sensitivity(corpus, measure_labelling, only=SHARE, conclusion="order", terms=["gang"])
    assert table["term"].tolist() == ["", "gang"]


@pytest.mark.parametrize(("options", "what"), [
    ({"conclusion": "size"}, "conclusion='size' is not known"),
    ({"conclusion": "direction"}, "give sides="),
    ({"sides": ("Herald", "Post")}, "'Post' is no value of 'outlet'"),
    ({"sides": ("Post", "Bugle")}, "sides: 'Post' is no value of 'outlet' beside 'Bugle'"),
    ({"conclusion": "order", "only": {"measure": "label_share", "group": "people"}}, "numbers. Name one of each: .*voice"),
    ({"conclusion": "order", "only": {**SHARE, "colour": "red"}}, "'colour' is no column"),
    ({"conclusion": "order", "only": {**SHARE, "voice": "song"}}, "no number is measure=label_share, .*voice=song"),
    ({"conclusion": "order", "terms": ["rabble"]}, "'rabble' has no labels in group 'people'"),
    ({"sides": ("Herald", "Bugle"), "only": {"measure": "label_share", "group": "people"}}, "leaves several numbers"),
])
def test_what_cannot_be_asked(corpus, options, what):
    with pytest.raises(SchemaError, match=what):
        measure_sensitivity(corpus, measure_labelling, **{"only": SHARE, **options})


@pytest.mark.parametrize("sides", [("Herald", "Bugle"), ("Bugle", "Herald")])
def test_of_a_ratio_no_difference_is_one(corpus, sides):
    asked = {"sides": sides, "contrast": "ratio", "conclusion": "direction", "terms": ["mob"]}
    table = measure_sensitivity(corpus, measure_labelling, only=SHARE, **asked).set_index("term")
    assert table.loc["", "estimate"] == pytest.approx(share(sides[0], "") / share(sides[1], ""))
    assert table["conclusion"].tolist() == ["Herald higher", "equal"]
    assert table.loc["mob", "estimate"] == 1


def test_a_term_of_two_stances_is_dropped_in_one_at_a_time(corpus):
    mentions = corpus.mentions.assign(term=corpus.mentions["term"].replace("thug", "crowd"))  # as adjectives decide
    table = measure_sensitivity(corpus.replace(mentions=mentions), measure_labelling, only=SHARE, sides=("Herald", "Bugle"),
                                conclusion="direction", terms=["crowd"]).set_index(["term", "stance"])
    assert len(table) == 3
    for stance, term in (("neutral", "crowd"), ("delegitimising", "thug")):
        row = table.loc[("crowd", stance)]
        assert row["estimate"] == pytest.approx(share("Herald", term) - share("Bugle", term))
        assert row["n_mentions"] == sum(times(term, outlet, i) for outlet in MOBS for i in range(12))


def renamed(corpus, **names):
    documents = corpus.documents.assign(outlet=corpus.documents["outlet"].replace(names))
    return corpus.replace(documents=documents)


def test_a_side_is_its_whole_name(corpus):
    two = renamed(corpus, Herald="Post Herald", Times="Post")
    asked = {"only": SHARE, "conclusion": "direction", "terms": ["gang"]}
    table = measure_sensitivity(two, measure_labelling, sides=("Post", "Bugle"), **asked)
    assert table["estimate"].iloc[0] == pytest.approx(share("Times", "") - share("Bugle", ""))
    with pytest.raises(SchemaError, match="'Post' is no value of 'outlet' beside 'Bugle'"):
        measure_sensitivity(renamed(corpus, Herald="Post Herald"), measure_labelling, sides=("Post", "Bugle"), **asked)


def test_origins_are_compared_where_all_are_known(corpus):
    written = corpus.replace(documents=corpus.documents.assign(origin=corpus.documents["outlet"].replace("Times", "Herald")))
    asked = {"only": SHARE, "sides": ("Herald", "Bugle"), "conclusion": "direction", "terms": ["gang"]}
    for by in (None, "origin", "outlet"):
        whole = compare(written, measure_labelling, only=SHARE, by=by, reference="Bugle")
        mine = whole[whole["contrast"].isin(["origin=Herald minus origin=Bugle", "Herald minus Bugle"])]
        table = measure_sensitivity(written, measure_labelling, by=by, **asked)
        assert table["estimate"].iloc[0] == pytest.approx(mine["estimate"].iloc[0])


def test_what_goes_with_a_term_is_nothing_to_compare(corpus):
    mentions = corpus.mentions.assign(group=corpus.mentions["group"].mask(corpus.mentions["term"] == "gang", "others"))
    alone = Annotations({**corpus.tables, "mentions": mentions})  # a bundle without a lexicon, and a group of one term
    asked = {"only": {**SHARE, "group": "others"}, "sides": ("Herald", "Bugle"), "conclusion": "direction"}
    table = measure_sensitivity(alone, measure_labelling, **asked)
    assert table["conclusion"].tolist() == ["equal", "nothing to compare"]
    few = corpus.mentions[corpus.mentions["term"].isin(["mob", "crowd"])].reset_index(drop=True)
    groups = {"people": {"side": "challenger", "stances": ["neutral"]}}  # a lexicon that has no "mob"
    table = measure_sensitivity(Annotations({**corpus.tables, "mentions": few}, {"groups": groups}), measure_labelling,
                                **{**asked, "only": SHARE})
    assert table.set_index("term").loc["mob", ["estimate", "conclusion"]].tolist() == [0, "equal"]  # none of none: not nothing
    terms = {"measure": "label_term_share", "zone": "body", "voice": "narrator", "term": "mob"}
    for conclusion, told in (("direction", "nothing to compare"), ("order", "nothing to compare")):
        table = measure_sensitivity(corpus, measure_label_terms, **{**asked, "only": terms, "conclusion": conclusion})
        assert table.set_index("term").loc["mob", ["conclusion", "changes"]].tolist() == [told, True]
        assert np.isnan(table.set_index("term").loc["mob", "estimate"])
