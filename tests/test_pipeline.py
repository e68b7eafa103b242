from __future__ import annotations

import pickle
from pathlib import Path

import pandas as pd
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import CorpusError, SchemaError
from framelens.pipeline import Annotator, annotate, annotate_document, explain

TEXTS = (
    "Rioters storm the bridge\n\nPolice said on Tuesday that “rioters” had thrown stones. The demonstrators denied it.\n\n"
    "“We came with bread,” said Mira Quell, a student.\n\nRead more: The price of flour",
    "Crowd holds the quay\n\nAccording to the ministry, troops fired on hooligans. A protest went on.",
)


@pytest.fixture(scope="module")
def annotations():
    return annotate(pd.DataFrame({"document_id": ["b", "a"], "outlet": ["Post", "Mail"], "text": TEXTS}))


def test_every_table_is_valid_and_sorted(annotations):
    for name, table in annotations.tables.items():
        pd.testing.assert_frame_equal(schema.validate(table, name), table)
    assert set(annotations.tables) == {"documents", "copies", "copy_pairs", "copied_spans", "credits", "zones", "sentences",
                                       "sizes", "mentions", "attributions", "attribution_spans", "voice", "sentiment", "agency",
                                       "facts", "loaded", "term_counts"}


def test_offsets_lead_to_the_text(annotations):
    texts = annotations.documents.set_index("document_id")["text"]
    for m in annotations.mentions.itertuples():
        assert texts[m.document_id][m.start:m.end] == m.surface
    sources = annotations.attribution_spans[annotations.attribution_spans.role == "source"]
    by_id = annotations.attributions.set_index("attribution_id")["source"]
    for s in sources.itertuples():
        assert texts[s.document_id][s.start:s.end] == by_id[s.attribution_id]


def test_voices_of_the_labels(annotations):
    found = annotations.mentions[["document_id", "surface", "zone", "voice"]].values.tolist()
    assert ["b", "Rioters", "headline", "narrator"] in found
    assert ["b", "rioters", "body", "direct"] in found
    assert ["b", "demonstrators", "body", "narrator"] in found
    assert ["a", "hooligans", "body", "indirect"] in found


def test_sizes_add_up_to_the_words_of_the_text(annotations):
    from framelens.text.tokens import spans

    for document_id, text in annotations.documents.set_index("document_id")["text"].items():
        sizes = annotations.sizes[annotations.sizes.document_id == document_id]
        assert sizes["n_words"].sum() == len(spans(text))
        assert sizes["n_sentences"].sum() == (annotations.sentences.document_id == document_id).sum()


def test_an_article_alone_gives_the_same_rows(annotations):
    alone = annotate(annotations.documents[annotations.documents.document_id == "a"])
    for name in ("mentions", "attributions", "voice", "sentiment", "sizes"):
        there = annotations.tables[name].query("document_id == 'a'").reset_index(drop=True)
        pd.testing.assert_frame_equal(alone.tables[name], there)


def test_the_order_of_articles_does_not_matter(annotations):
    turned = annotate(annotations.documents.iloc[::-1])
    for name in annotations.tables:
        if name != "documents":
            pd.testing.assert_frame_equal(turned.tables[name], annotations.tables[name])


def test_a_save_never_touches_tables_that_no_save_wrote(annotations, tmp_path):
    own = tmp_path / "codings.csv"
    own.write_text("document_id,start,end,coder,variable,value\n")
    with pytest.raises(CorpusError, match=r"codings\.csv, not written by a save"):
        annotations.save(tmp_path)
    assert own.is_file()
    own.unlink()
    annotations.save(tmp_path)
    annotations.save(tmp_path, format="parquet")
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_saved_and_loaded(annotations, tmp_path, format_):
    loaded = Annotations.load(annotations.save(tmp_path / "out", format=format_))
    assert loaded.about == annotations.about
    for name, table in annotations.tables.items():
        pd.testing.assert_frame_equal(loaded.tables[name], table)
    copied = pickle.loads(pickle.dumps(annotations))
    pd.testing.assert_frame_equal(copied.mentions, annotations.mentions)


def test_the_text_free_form_holds_no_run_of_words(annotations, tmp_path):
    folder = annotations.save(tmp_path / "free", form="text_free")
    written = " ".join(p.read_text(encoding="utf-8").lower() for p in folder.iterdir())
    for text in annotations.documents["text"]:
        words = text.lower().split()
        for i in range(len(words) - 3):
            assert " ".join(words[i:i + 4]) not in written
    loaded = Annotations.load(folder)
    assert loaded.form == "text_free"
    assert "text" not in loaded.documents
    assert len(loaded.mentions) == len(annotations.mentions)
    again = loaded.save(tmp_path / "again", form="text_free")
    assert (again / "mentions.csv").read_bytes() == (folder / "mentions.csv").read_bytes()
    with pytest.raises(SchemaError, match="text-free"):
        loaded.save(tmp_path / "full")


def test_tables_of_others_take_the_place_of_ours(annotations):
    attributions = annotations.attributions.iloc[:0]
    spans = annotations.attribution_spans.iloc[:0]
    none = annotate(annotations.documents, tables={"attributions": attributions, "attribution_spans": spans})
    assert set(none.voice["voice"]) == {"narrator"}
    assert set(none.mentions["voice"]) == {"narrator"}
    assert none.sizes.query("voice == 'direct'")["n_words"].sum() == 0
    same = annotate(annotations.documents, tables={"attributions": annotations.attributions,
                                                   "attribution_spans": annotations.attribution_spans})
    pd.testing.assert_frame_equal(same.voice, annotations.voice)
    with pytest.raises(SchemaError, match="attribution_spans"):
        annotate(annotations.documents, tables={"attributions": attributions})
    with pytest.raises(SchemaError, match="sizes"):
        annotate(annotations.documents, tables={"sizes": annotations.sizes})
    for broken, words in [
        ({"mentions": annotations.mentions.assign(document_id="typo")}, ["'mentions'", "'typo'", "not in 'documents'"]),
        ({"mentions": annotations.mentions.assign(surface="other")}, ["'mentions'", "article 'a'", "'other'"]),
        ({"zones": annotations.zones[annotations.zones.document_id == "a"]}, ["no zone for 'b'"]),
        ({"zones": annotations.zones.assign(end=annotations.zones["end"] + 999)}, ["'zones'", "beyond the text"]),
        ({"zones": annotations.zones.iloc[1:]}, ["partition", "should begin at 0"]),
        ({"attributions": annotations.attributions, "attribution_spans": spans}, ["no span of role 'content'"]),
        ({"attributions": attributions, "attribution_spans": annotations.attribution_spans}, ["not in 'attributions'"]),
        ({"attribution_spans": annotations.attribution_spans}, ["go together"]),
    ]:
        with pytest.raises(SchemaError) as error:
            annotate(annotations.documents, tables=broken)
        assert all(word in str(error.value) for word in words), str(error.value)
    marked = annotations.replace(mentions=annotations.mentions.assign(stance="neutral"))
    assert set(marked.mentions["stance"]) == {"neutral"}
    with pytest.raises(SchemaError, match="'stance'"):
        annotations.replace(mentions=annotations.mentions.assign(stance="bad"))


def test_excluded_articles_stay_without_annotations(annotations):
    documents = annotations.documents.assign(exclusion_reason=[None, "not about the event"])
    found = annotate(documents)
    assert len(found.documents) == 2
    assert set(found.mentions["document_id"]) == {"b"}


def test_articles_without_text_are_excluded_and_say_so():
    from framelens.measure.labelling import measure_labelling
    from framelens.measure.tone import measure_tone

    found = annotate(pd.DataFrame({"document_id": ["a", "b", "c"], "outlet": "Post", "text": ["The rioters left.", None, " "]}))
    assert found.documents["exclusion_reason"].tolist()[1:] == ["no text", "no text"]
    counts = measure_labelling(found, by="document_id").query("measure == 'label_count' and document_id == 'b'")
    assert counts["estimate"].isna().all()
    nothing = annotate(pd.DataFrame({"document_id": ["a"], "outlet": "Post", "text": [" "]}))
    assert len(measure_tone(nothing)) > 0


def test_the_steps_one_by_one_give_the_same_as_all_at_once(annotations):
    import framelens as fl

    documents = annotations.documents[["document_id", "outlet", "text"]]
    zones = fl.find_zones(documents)
    attributions, spans = fl.find_attributions(documents, zones)
    attributions = fl.assign_sources(attributions, spans, documents, zones)
    voice = fl.assign_voice(documents, zones, attributions, spans)
    mentions = fl.find_mentions(documents, zones, fl.read_lexicon("protest"))
    assert sorted(mentions["mention_id"]) == sorted(annotations.mentions["mention_id"])
    for name, table in (("zones", zones), ("attribution_spans", spans), ("voice", voice)):
        key = list(schema.TABLES[name].key)
        pd.testing.assert_frame_equal(table.sort_values(key, ignore_index=True),
                                      annotations.tables[name].sort_values(key, ignore_index=True))
    assert len(fl.score_sentences(documents, zones, voice)) == len(annotations.sentiment)


def test_a_bundle_says_what_it_lacks(annotations):
    with pytest.raises(SchemaError, match="no table 'slots'"):
        _ = annotations.slots
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = annotations.nothing


def test_nothing_saved_there(tmp_path):
    with pytest.raises(CorpusError, match=r"Annotations\.save"):
        Annotations.load(tmp_path)


def test_an_annotator_goes_to_a_worker_and_gives_the_same():
    annotator = Annotator.read("protest")
    there = pickle.loads(pickle.dumps(annotator))
    assert annotate_document("x", TEXTS[0], there) == annotate_document("x", TEXTS[0], annotator)


def test_explain_names_rule_source_and_term():
    rows = explain("Police said the rioters had left.")
    assert rows["what"].tolist() == ["label", "attribution", "label"]
    assert rows.loc[rows.what == "attribution", "rule"].item() == "bare_clause"
    assert "police" in rows.loc[rows.what == "attribution", "detail"].item()
    assert rows.loc[rows.words == "rioters", "voice"].item() == "indirect"
    assert len(explain("")) == 0


def test_explain_shows_reported_numbers():
    rows = explain("At least 12 rioters died, police said.").query("what == 'number'")
    expected = [["12", "indirect", "fact 'killed'", "protesters, at least"]]
    assert rows[["words", "voice", "rule", "detail"]].values.tolist() == expected


@pytest.mark.parametrize("given", ["articles/", Path("articles"), None, [{"document_id": "a"}]])
def test_what_is_no_table_of_articles_is_named(given):
    with pytest.raises(SchemaError, match=r"not a table\. Read the articles first, annotate\(read_corpus\(") as error:
        annotate(given)
    assert repr(given) in str(error.value)
