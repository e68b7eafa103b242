from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens import io, schema
from framelens.errors import SchemaError
from framelens.schema.fields import _fields

ZONES = pd.DataFrame({"document_id": ["a", "a"], "start": [0, 4], "end": [4, 9], "kind": ["headline", "body"], "rule": "x"})


def broken(**columns):
    return ZONES.assign(**columns)


@pytest.mark.parametrize("table, words", [
    (ZONES.drop(columns="kind"), ["'zones'", "'kind'", "missing", "Add it"]),
    (broken(kind=["headline", "boddy"]), ["'kind'", "row 1", "'boddy'", "Allowed: body, headline"]),
    (broken(start=["0", "x"]), ["'start'", "row 1", "'x'", "not a number"]),
    (broken(start=[0.5, 4]), ["'start'", "row 0", "not a whole number"]),
    (broken(rule=["x", None]), ["'rule'", "row 1", "missing"]),
    (broken(rule=["x", ""]), ["'rule'", "row 1", "missing"]),
    (broken(end=[0, 9]), ["'end'", "row 0", "no span"]),
    (broken(start=[0, 0], end=[4, 9]), ["document_id + start", "rows 0, 1", "twice"]),
])
def test_a_bad_table_is_named_by_table_column_row_and_remedy(table, words):
    with pytest.raises(SchemaError) as error:
        schema.validate(table, "zones")
    for word in words:
        assert word in str(error.value)


def test_unknown_table_and_form():
    with pytest.raises(SchemaError, match="documents, copies, copy_pairs"):
        schema.validate(ZONES, "zone")
    with pytest.raises(SchemaError, match="text_free"):
        schema.validate(ZONES, "zones", form="short")


def test_own_columns_stay_behind_and_the_given_table_is_not_changed():
    table = ZONES.assign(mine=[1, 2])[["mine", *ZONES.columns]]
    before = table.copy()
    checked = schema.validate(table, "zones")
    assert list(checked.columns) == [*schema.TABLES["zones"].columns, "mine"]
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("value", [1, "True", "true", True])
def test_booleans_in_their_usual_spellings(value):
    slots = pd.DataFrame({"statement_id": ["s"], "document_id": ["a"], "sentence": 0, "slot": ["who"], "start": 0, "end": 1,
                          "differs": [value]})
    assert schema.validate(slots, "slots")["differs"].tolist() == [True]
    with pytest.raises(SchemaError, match="neither True nor False"):
        schema.validate(slots.assign(differs="maybe"), "slots")


def test_every_field_is_used_and_described():
    used = {c for t in schema.TABLES.values() for c in t.columns}
    assert len(list(_fields())) == len(schema.FIELDS), "a name stands twice: the second would speak for both"
    for name, field in schema.FIELDS.items():
        assert name.rpartition(".")[2] in used, name
        assert field.description, name
        assert field.dtype in ("str", "int", "float", "bool")
        assert field.share in ("keep", "drop", "label", "labels", "content")
    for table in schema.TABLES.values():
        assert set(table.key) <= set(table.columns)
        assert table.nullable <= set(table.columns)
        assert len(set(table.columns)) == len(table.columns)


@pytest.mark.parametrize("name", list(schema.TABLES))
@pytest.mark.parametrize("form", ["full", "text_free"])
def test_empty_tables_are_valid(name, form):
    table = schema.empty(name, form=form)
    assert len(schema.validate(table, name, form=form)) == 0


def test_an_empty_table_that_is_changed_changes_no_other():
    table = schema.empty("copies")
    table.loc[0] = ["a", "a", "unknown", None]
    table.drop(columns="evidence", inplace=True)
    table.attrs["said"] = "mine"
    again = schema.empty("copies")
    assert again.empty and list(again.columns) == list(schema.TABLES["copies"].columns) and not again.attrs


def test_the_text_free_form_has_no_text_title_or_phrase():
    for name, table in schema.TABLES.items():
        free = {f.name for f in table.fields("text_free")}
        assert not free & {"text", "title", "source", "agent", "patient", "cue", "who"}, name
    mentions = pd.DataFrame({
        "mention_id": ["1", "2"], "document_id": "a", "start": [0, 50], "end": [10, 90],
        "surface": ["angry mob", "a mob of four words"], "term": "mob", "group": "protesters", "stance": "neutral",
        "favours": "none", "zone": "body", "negated": False, "scare_quoted": False, "contested": False})
    assert schema.text_free(mentions, "mentions")["surface"].isna().tolist() == [False, True]


def test_the_text_free_form_of_slots_holds_labels_and_no_offsets_to_put_them_in_order():
    slots = pd.DataFrame({
        "statement_id": "s", "document_id": "a", "sentence": [0, 1, 2], "slot": "who_hurt",
        "start": [0, 20, 50], "end": [9, 40, 60],
        "filler": ["two dozen dockers", "some of the dockers", None], "differs": True,
        "label": ["dockers", "dockers; men of the port; crowd", "men of the port"]})
    free = schema.text_free(slots, "slots")
    assert list(free.columns) == ["statement_id", "document_id", "sentence", "slot", "filler", "label", "differs",
                                  "n_alike"]
    assert free["filler"].fillna("").tolist() == ["two dozen dockers", "", ""]
    assert free["label"].fillna("").tolist() == ["dockers", "dockers; crowd", ""]


def test_the_data_dictionary_in_docs_is_the_one_of_the_schema(root):
    assert (root / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == schema.data_dictionary(), \
        "run: python -c 'from framelens import schema; print(schema.data_dictionary(), end=\"\")' > docs/data-dictionary.md"


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_a_table_survives_csv_and_parquet(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("tables")
    documents = schema.validate(pd.DataFrame({
        "document_id": [f"00{i}" for i in range(len(texts))], "outlet": "NA", "text": texts}), "documents")
    for ending in ("csv", "parquet"):
        path = io.write_table(documents, folder / f"documents.{ending}", "documents")
        pd.testing.assert_frame_equal(io.read_table(path, "documents"), documents)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_floats_survive_csv_to_the_last_bit(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("floats")
    table = schema.validate(pd.DataFrame({"measure": "m", "unit": "u", "method": "x",
                                          "document_id": [str(i) for i in range(len(values))], "estimate": values}), "estimates")
    back = io.read_table(io.write_table(table, folder / "e.csv", "estimates"), "estimates")
    assert back["estimate"].tolist() == table["estimate"].tolist()


def test_a_column_that_stands_twice_is_refused():
    twice = pd.concat([ZONES, ZONES[["rule"]]], axis=1)
    with pytest.raises(SchemaError, match="'zones', column 'rule': the table has two columns of that name"):
        schema.validate(twice, "zones")


def test_a_nullable_boolean_with_a_gap_survives_csv(tmp_path):
    rows = {"measure": "m", "unit": "u", "method": "x", "document_id": ["a", "b", "c"]}
    table = schema.validate(pd.DataFrame({**rows, "validated": ["True", None, "false"], "corrected": [1, 0, 1]}), "estimates")
    assert table["validated"].dtype == "boolean" and table["corrected"].dtype == bool
    assert table["validated"].fillna(False).astype(int).tolist() == [1, 0, 0]
    assert table["validated"].isna().tolist() == [False, True, False]
    for ending in ("csv", "parquet"):
        path = io.write_table(table, tmp_path / f"e.{ending}", "estimates")
        pd.testing.assert_frame_equal(io.read_table(path, "estimates"), table)
    with pytest.raises(SchemaError, match="'validated': row 2: 'no' is neither"):
        schema.validate(pd.DataFrame({**rows, "validated": ["True", None, "no"]}), "estimates")


@pytest.mark.parametrize(("ids", "read"), [([1.0, 2.0], ["1", "2"]), ([1.5, 2.0], ["1.5", "2"]), (["1.0", 2.0], ["1.0", "2"])])
def test_whole_numbers_become_text_without_a_point(ids, read):
    table = pd.DataFrame({"document_id": ids, "cluster_id": "a", "copy_status": "unknown", "evidence": [7.0, None]})
    checked = schema.validate(table, "copies")
    assert checked["document_id"].tolist() == read
    assert checked["evidence"][0] == "7" and pd.isna(checked["evidence"][1])


@pytest.mark.parametrize("column", ["evidence", "mine"])
def test_a_lone_surrogate_is_named_by_its_column(column):
    table = pd.DataFrame({"document_id": ["a"], "cluster_id": "a", "copy_status": "unknown"})
    table[column] = pd.Series(["so \ud83d"], dtype=object)
    with pytest.raises(SchemaError, match=f"'copies', column '{column}': a value holds a lone surrogate"):
        schema.validate(table, "copies")


def test_of_a_table_that_is_complete_in_part_the_needed_columns_are_checked():
    needed = ("document_id", "start", "end")
    short = pd.DataFrame({"document_id": ["a", "a"], "start": ["1", "5"], "end": ["3", "9"], "stance": ["neutral", None],
                          "mine": [1, 2]})
    got = schema.validate(short, "mentions", needed=needed)
    assert list(got) == ["document_id", "start", "end", "stance", "mine"] and got["start"].tolist() == [1, 5]
    for change, words in [({"start": [None, 5]}, "column 'start': row 0: the value is missing"),
                          ({"stance": "negative"}, "'negative' is not allowed"),
                          ({"mention_id": "m"}, "the same key stands twice")]:
        with pytest.raises(SchemaError, match=words):
            schema.validate(short.assign(**change), "mentions", needed=needed)
    with pytest.raises(SchemaError, match="column 'end': the column is missing"):
        schema.validate(short.drop(columns="end"), "mentions", needed=needed)
