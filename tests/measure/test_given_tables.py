"""Tables that were made elsewhere and never validated: text for flags, empty strings, numbers for names, columns of one's own."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.balance import measure_balance
from framelens.measure.contrasts import compare
from framelens.measure.label_sources import measure_label_sources
from framelens.measure.label_terms import measure_label_terms
from framelens.measure.labelling import measure_labelling
from framelens.measure.selection import select_annotations
from framelens.measure.sourcing import measure_sourcing

D, N, _ = schema.STANCES
OF_LABELS = [measure_labelling, measure_balance, measure_label_sources, measure_label_terms]
SHARE = {"measure": "label_share", "zone": "body", "voice": "narrator", "group": "protesters", "stance": D}


def changed(annotations, **changes):
    """Put other tables into a bundle as they are."""
    new = {name: change(annotations.tables[name]) for name, change in changes.items()}
    return Annotations({**annotations.tables, **new}, annotations.about)


@pytest.fixture(scope="module")
def found(corpus):
    documents = [{"document_id": str(i), "outlet": outlet} for i, outlet in enumerate(["Bugle", "Herald"] * 3)]
    mentions = [{"document_id": d["document_id"], "stance": D if i % 4 else N, "term": "mob", "contested": i % 3 == 0,
                 "referent": ["own event", "other"][i % 2]} for i, d in enumerate(documents * 3)]
    return corpus(documents=documents, sizes=[{"document_id": d["document_id"]} for d in documents], mentions=mentions)


@pytest.mark.parametrize("measure", OF_LABELS)
@pytest.mark.parametrize("flag", ["False", None, 2])
def test_what_is_no_flag_is_refused_and_not_counted_as_true(measure, flag, found):
    given = changed(found, mentions=lambda t: t.assign(negated=pd.Series([flag] + [False] * (len(t) - 1), dtype=object)))
    with pytest.raises(SchemaError, match=r"Table 'mentions', column 'negated': .* is neither True nor False"):
        measure(given)


def test_what_is_no_flag_chooses_nothing(found):
    given = changed(found, mentions=lambda t: t.assign(contested=t["contested"].astype(str)))
    for contested in ("out", "only"):
        with pytest.raises(SchemaError, match="column 'contested': 'True', 'False' is neither"):
            select_annotations(given, contested=contested)
    for measure in (measure_labelling, measure_balance):
        with pytest.raises(SchemaError, match="column 'contested'"):
            measure(given)


@pytest.mark.parametrize("measure", OF_LABELS)
def test_flags_of_another_type_are_flags(measure, found):
    given = changed(found, mentions=lambda t: t.assign(negated=t["negated"].astype(object),
                                                       contested=t["contested"].astype("boolean")))
    assert_frame_equal(measure(given), measure(found))


@pytest.mark.parametrize("measure", OF_LABELS)
def test_columns_of_ones_own_change_no_number(measure, found):
    own = {"group": "x", "stance": "y", "term": "z", "favours": "none", "referent": "other", "contested": True, "side": "media"}
    given = changed(found, sizes=lambda t: t.assign(**own), mentions=lambda t: t.assign(side="media", source_type="x", unit=1))
    assert_frame_equal(measure(given), measure(found))


def test_levels_as_text_and_levels_that_nobody_coded_are_outermost(drawn):
    for level in (lambda t: t.assign(level=t["level"].astype(str)), lambda t: t.assign(level=t["level"].mask(t["level"] == 1))):
        assert_frame_equal(measure_sourcing(changed(drawn(1), attributions=level)), measure_sourcing(drawn(1)))


def test_numbers_as_names_lose_nothing_in_the_notes(found):
    numbered = Annotations({name: t.assign(document_id=t["document_id"].astype(int)) if "document_id" in t else t
                            for name, t in found.tables.items()}, found.about)
    one, other = (measure_labelling(select_annotations(a, referent="own")) for a in (found, numbered))
    said = one["note"].str.contains("Labels of another event or none in particular, left out: 9.", regex=False)
    assert (said == (one["outlet"] == "Herald")).all()
    assert_frame_equal(one, other)


def test_an_empty_string_is_no_cluster_no_outlet_and_no_origin(found):
    with pytest.raises(SchemaError, match="Table 'copies' has no row for '0', '1'"):
        measure_labelling(changed(found, copies=lambda t: t.assign(cluster_id=t["cluster_id"].mask(t["document_id"] < "2", ""))))
    partly = changed(found, documents=lambda t: t.assign(origin=["Agency", "Desk"] * 2 + ["", "Desk"]))
    assert compare(partly, measure_labelling, only=SHARE)["contrast"].tolist() == ["Bugle minus Herald"]
    rows = measure_labelling(partly, by="origin")
    assert set(rows["contrast"]) == {"origin=Agency", "origin=Desk", "origin=unknown"}
    assert rows.loc[rows["contrast"] == "origin=unknown", "note"].str.contains("Articles without a value of origin: 1.").all()


def test_a_rate_says_what_stands_in_articles_without_words(found, pick):
    short = changed(found, sizes=lambda t: t[t["document_id"] != "3"])
    rows = measure_labelling(short).query("measure == 'label_rate' and voice == 'narrator'")
    row, other = (pick(rows, outlet=outlet, group="protesters", stance=D, zone="body") for outlet in ("Herald", "Bugle"))
    hits = found.mentions.query("stance == @D and document_id == '3'")
    assert f"without words there, so that the rate is too high: {len(hits)}." in row["note"]
    assert "too high" not in other["note"]
    assert not measure_labelling(found)["note"].str.contains("too high").any()


def test_labels_in_a_voice_without_words_are_an_error_that_names_the_article(found):
    with pytest.raises(SchemaError, match="'mentions' and 'sizes': '3' has more labels of a term than words"):
        measure_label_terms(changed(found, sizes=lambda t: t.assign(n_words=t["n_words"].mask(t["document_id"] == "3", 0))))
