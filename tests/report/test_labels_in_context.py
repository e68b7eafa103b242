from __future__ import annotations

import pandas as pd
import pytest

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.pipeline import annotate
from framelens.report.concordance import find_in_context, find_labels_in_context

TEXTS = ["Police said the rioters had left. A mob  stayed,\nand the crowd sang.", "“We are no mob,” Roe said of the protest."]


@pytest.fixture(scope="module")
def found():
    return annotate(pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Bugle"], "text": TEXTS}))


def test_all_labels_with_the_offsets_of_the_text(found):
    table = find_labels_in_context(found, width=6)
    assert len(table) == len(found.mentions)
    texts = found.documents.set_index("document_id")["text"]
    for row in table.itertuples():
        assert texts[row.document_id][row.start:row.end] == row.match
    mob = table[table["match"] == "mob"].iloc[0]
    assert (mob["left"], mob["right"]) == ("ft. A ", " stay")  # two spaces are shown as one


@pytest.mark.parametrize(("chosen", "matches"), [
    ({"stance": "delegitimising"}, ["rioters", "mob", "mob"]),
    ({"stance": "delegitimising", "voice": "narrator"}, ["mob"]),
    ({"term": "mob", "outlet": "Bugle"}, ["mob"]),
    ({"group": "event"}, ["protest"]),
    ({"group": ["event", "security"], "voice": None}, ["Police", "protest"]),
    ({"source_type": "police"}, ["rioters"]),
    ({"group": "event", "outlet": "Post"}, []),
])
def test_labels_are_chosen_by_columns(found, chosen, matches):
    assert find_labels_in_context(found, **chosen)["match"].tolist() == matches


def test_it_says_the_same_of_a_word_as_the_concordance_of_words(found):
    words, labels = find_in_context(found, "mob"), find_labels_in_context(found, term="mob")
    common = list(words.columns)
    pd.testing.assert_frame_equal(words, labels[common], check_dtype=False)
    assert labels["negated"].tolist() == [False, True]


def test_what_is_not_there_is_named(found):
    with pytest.raises(SchemaError, match=r"No label has voice 'song'\. There is: direct, indirect, narrator"):
        find_labels_in_context(found, voice="song")
    with pytest.raises(SchemaError, match=r"'colour' is nothing to choose labels by\. Choose by term"):
        find_labels_in_context(found, colour="red")
    with pytest.raises(SchemaError, match="text-free"):
        find_labels_in_context(Annotations(found.tables, found.about, "text_free"))
