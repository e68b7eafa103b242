"""What the tests of annotation share."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens import find_attributions, schema
from framelens.annotate.sources import Gazetteer, sources_of
from framelens.text.view import read_view


@pytest.fixture(scope="session")
def attributed():
    """Return a function from a text (and its zone) to (rule, source, cue, content, level) of each of its attributions."""

    def read(text: str, zone: str = "body") -> list[tuple]:
        documents = pd.DataFrame({"document_id": ["d"], "text": [text], "exclusion_reason": [None]})
        zones = pd.DataFrame({"document_id": ["d"], "start": [0], "end": [len(text)], "kind": [zone], "rule": ["x"]})
        rows, spans = find_attributions(documents, zones)
        contents = spans[spans["role"] == "content"].groupby("attribution_id")[["start", "end"]].apply(
            lambda own: " … ".join(text[start:end] for start, end in own.itertuples(index=False)))
        rows = rows.astype(object).where(rows.notna(), None)
        return [(a.rule, a.source, a.cue, contents[a.attribution_id], a.level) for a in rows.itertuples()]

    return read


@pytest.fixture(scope="session")
def type_of():
    """Return a function from a source phrase and a gazetteer to its type."""

    def find(phrase: str, gazetteer: Gazetteer) -> str:
        text = f"Yesterday {phrase} said it rained."
        view = read_view("d", text, [(0, len(text), "body", "all")], measured=schema.MEASURED_ZONES)
        row = {"attribution_id": "1", "document_id": "d", "type": "indirect", "kind": "speech", "source": phrase}
        span = {"attribution_id": "1", "document_id": "d", "role": "source", "start": 10, "end": 10 + len(phrase)}
        return sources_of(view, [row], [span], gazetteer)[0]["source_type"]

    return find
