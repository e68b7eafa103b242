"""Clauses counted by hand, in full and text-free form, and compared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framelens import compare, schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.agency import measure_agency
from framelens.pipeline import annotate

BARE, ACTIVE, NOUN, ITSELF = "passive_agentless", "active", "nominal", "intransitive"
PEOPLE, FORCE = "protesters", "security"
GROUPS = {PEOPLE: {"stances": ["neutral"]}, FORCE: {"stances": ["neutral"]}}


def bundle(rows, sizes, documents):
    columns = ["document_id", "voice", "construction", "agent_group", "patient_group"]
    clauses = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=columns, dtype=object)
    clauses = clauses.assign(clause_id=[f"c{i}" for i in range(len(rows))], start=range(len(rows)), end=range(1, len(rows) + 1),
                             verb="shot", verb_lemma="shoot", agent=None, patient=None, attribution_id=None)
    tables = {"documents": pd.DataFrame(documents), "agency": schema.validate(clauses, "agency"),
              "copies": pd.DataFrame([{"document_id": d["document_id"], "cluster_id": d["document_id"]} for d in documents]),
              "sizes": pd.DataFrame(sizes, columns=["document_id", "zone", "voice", "n_words"])}
    return Annotations(tables, {"groups": GROUPS})


@pytest.fixture(scope="module")
def estimates():
    rows = [
        # Herald, narrator: protesters suffer four times, twice without a doer, once by the forces, once in a noun
        ("h1", "narrator", BARE, None, PEOPLE), ("h1", "narrator", BARE, None, PEOPLE), ("h1", "narrator", ACTIVE, FORCE, PEOPLE),
        ("h2", "narrator", NOUN, None, PEOPLE), ("h2", "narrator", ITSELF, None, None), ("h2", "narrator", ACTIVE, PEOPLE, FORCE),
        ("h2", "direct", ACTIVE, FORCE, PEOPLE),
        ("b1", "narrator", ACTIVE, "event", "crowd"),  # groups that the lexicon does not name
        ("b2", "narrator", BARE, None, PEOPLE),  # an excluded article
    ]
    sizes = [("h1", "body", "narrator", 180), ("h1", "headline", "narrator", 20), ("h2", "body", "narrator", 200),
             ("h2", "body", "direct", 50), ("b1", "body", "narrator", 100), ("b2", "body", "narrator", 900)]
    documents = [{"document_id": "h1", "outlet": "Herald"}, {"document_id": "h2", "outlet": "Herald"},
                 {"document_id": "b1", "outlet": "Bugle"},
                 {"document_id": "b2", "outlet": "Bugle", "exclusion_reason": "wrong language"}]
    return measure_agency(bundle(rows, sizes, documents))


def cell(estimates, measure, outlet, voice, patient, **more):
    which = (estimates[["measure", "outlet", "voice", "patient_group", *more]] == [
        measure, outlet, voice, patient, *more.values()]).all(axis=1)
    assert which.sum() == 1
    return estimates[which].iloc[0]


@pytest.mark.parametrize(("measure", "outlet", "voice", "patient", "more", "estimate", "n_units"), [
    ("agency_clause_count", "Herald", "narrator", PEOPLE, {"construction": BARE}, 2, 2),
    ("agency_clause_count", "Herald", "narrator", "any", {"construction": ACTIVE}, 2, 2),
    ("agency_clause_count", "Herald", "indirect", PEOPLE, {"construction": BARE}, 0, 0),
    ("agency_clause_count", "Bugle", "narrator", PEOPLE, {"construction": BARE}, 0, 0),
    ("agency_clause_rate", "Herald", "narrator", "any", {}, 1000 * 6 / 400, 6),
    ("agency_clause_rate", "Herald", "narrator", PEOPLE, {}, 10, 4),
    ("agency_clause_rate", "Herald", "direct", PEOPLE, {}, 20, 1),
    ("agency_construction_share", "Herald", "narrator", PEOPLE, {"construction": BARE}, 0.5, 4),
    ("agency_construction_share", "Herald", "narrator", PEOPLE, {"construction": NOUN}, 0.25, 4),
    ("agency_construction_share", "Herald", "narrator", "any", {"construction": BARE}, 1 / 3, 6),
    ("agency_construction_share", "Herald", "narrator", "none", {"construction": ITSELF}, 1, 1),
    ("agency_construction_share", "Bugle", "narrator", PEOPLE, {"construction": BARE}, np.nan, 0),
    ("agency_agent_share", "Herald", "narrator", PEOPLE, {"agent_group": FORCE}, 0.25, 4),
    ("agency_agent_share", "Herald", "narrator", PEOPLE, {"agent_group": "none"}, 0.75, 4),
    ("agency_agent_count", "Herald", "narrator", PEOPLE, {"agent_group": FORCE}, 1, 1),
    ("agency_agent_count", "Herald", "narrator", PEOPLE, {"agent_group": "none"}, 3, 3),
    ("agency_agent_count", "Bugle", "narrator", PEOPLE, {"agent_group": FORCE}, 0, 0),
    ("agency_agent_share", "Herald", "narrator", FORCE, {"agent_group": PEOPLE}, 1, 1),
    ("agency_agent_share", "Bugle", "narrator", "crowd", {"agent_group": "event"}, 1, 1),
])
def test_known_answers(estimates, measure, outlet, voice, patient, more, estimate, n_units):
    row = cell(estimates, measure, outlet, voice, patient, **more)
    assert row["estimate"] == pytest.approx(estimate, nan_ok=True)
    assert row["n_units"] == n_units


def test_a_rate_says_what_stands_in_articles_without_words(estimates):
    assert not estimates["note"].str.contains("too high").any()
    rows = measure_agency(bundle([("a", "direct", ACTIVE, FORCE, PEOPLE)], [("a", "body", "narrator", 50)],
                                 [{"document_id": "a", "outlet": "Post"}]))
    rate = cell(rows, "agency_clause_rate", "Post", "direct", PEOPLE)
    assert "without words there, so that the rate is too high: 1." in rate["note"]


def test_constructions_and_agents_add_up(estimates):
    shares = estimates[estimates["estimate"].notna()]
    for measure in ("agency_construction_share", "agency_agent_share"):
        sums = shares[shares["measure"] == measure].groupby(["outlet", "voice", "patient_group"])["estimate"].sum()
        assert sums.to_numpy() == pytest.approx(1)


def test_every_group_of_the_lexicon_has_its_rows_and_no_other_identity_is_filled(estimates):
    assert set(estimates["patient_group"]) == {"any", PEOPLE, FORCE, "crowd", "event", "none"}
    assert estimates["group"].isna().all()
    assert estimates["zone"].isna().all()


def test_text_free_tables_give_the_same(make_documents, tmp_path):
    texts = ("Police shot three demonstrators. Two were killed.", "Rioters burned a shop, police said.", "Clashes broke out.")
    found = annotate(make_documents(*texts))
    bare = Annotations.load(found.save(tmp_path / "out", form="text_free"))
    pd.testing.assert_frame_equal(measure_agency(found), measure_agency(bare))


def test_a_clause_without_voice_is_an_error():
    silent = bundle([("a", None, ACTIVE, None, None)], [("a", "body", "narrator", 9)], [{"document_id": "a", "outlet": "Post"}])
    with pytest.raises(SchemaError, match="Table 'agency', column 'voice': missing in 'a'"):
        measure_agency(silent)


def test_periods_seeds_and_small_numbers_are_as_asked():
    documents = [{"document_id": f"a{i:02}", "outlet": "Post", "published": f"2024-0{3 + i // 6}-01"} for i in range(12)]
    rows = [(d["document_id"], "narrator", BARE if i % 2 else ACTIVE, None, PEOPLE)
            for i, d in enumerate(documents) for _ in range(1 + i % 3)]
    found = bundle(rows, [(d["document_id"], "body", "narrator", 100) for d in documents], documents)
    where = {"outlet": "Post", "voice": "narrator", "patient": PEOPLE}
    by_month = measure_agency(found, period="month")
    counts = by_month.query("measure == 'agency_clause_count' and construction == @BARE and voice == 'narrator'")
    assert counts[counts["patient_group"] == PEOPLE].set_index("period")["estimate"].to_dict() == {"2024-03": 6, "2024-04": 6}
    rates = [cell(measure_agency(found, seed=seed), "agency_clause_rate", **where) for seed in (0, 3)]
    assert [row["seed"] for row in rates] == [0, 3]
    assert rates[0]["ci_low"] != rates[1]["ci_low"]
    for small in (False, True):
        row = cell(measure_agency(found, period="month", allow_small_n=small), "agency_clause_rate", period="2024-03", **where)
        assert np.isfinite(row["ci_low"]) == small


def test_outlets_can_be_compared_and_shares_get_intervals():
    """Herald leaves the doer out in 4 of 6 clauses an article, give or take one; Bugle in 2 of 6."""
    rows, sizes, documents = [], [], []
    for outlet, bare in (("Herald", 4), ("Bugle", 2)):
        for i in range(12):
            name, more = f"{outlet}{i}", bare + i % 2
            documents.append({"document_id": name, "outlet": outlet})
            sizes.append((name, "body", "narrator", 300))
            rows += [(name, "narrator", BARE if k < more else ACTIVE, None if k < more else FORCE, PEOPLE) for k in range(6)]
    found = bundle(rows, sizes, documents)
    row = cell(measure_agency(found), "agency_construction_share", "Herald", "narrator", PEOPLE, construction=BARE)
    assert row["estimate"] == pytest.approx(4.5 / 6)
    assert row["ci_low"] < row["estimate"] < row["ci_high"]
    asked = {"measure": "agency_construction_share", "voice": "narrator", "patient_group": PEOPLE, "construction": BARE}
    contrast = compare(found, measure_agency, only=asked).iloc[0]
    assert contrast["estimate"] == pytest.approx(-2 / 6)
    assert contrast["p_value"] < 0.001
