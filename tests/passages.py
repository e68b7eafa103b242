"""A passage with one source in double brackets: what type is found for it."""

from __future__ import annotations

import pandas as pd

from framelens import find_attributions
from framelens.annotate.sources import assign_sources, read_gazetteer


def read(passage: str, home: object = None) -> str | None:
    """Return the type that is found for the marked source; None where no attribution names it."""
    marked = passage.replace("¶", "\n\n")
    start = marked.index("[[")
    text = marked.replace("[[", "").replace("]]", "")
    end = start + marked.index("]]") - marked.index("[[") - 2
    documents = pd.DataFrame({"document_id": ["d"], "text": [text], "exclusion_reason": [None]})
    zones = pd.DataFrame({"document_id": ["d"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["x"]})
    rows, spans = find_attributions(documents, zones)
    gazetteer = read_gazetteer({"home": [home] if isinstance(home, str) else []})
    found = assign_sources(rows, spans, documents, zones, gazetteer=gazetteer)
    own = spans[(spans["role"] == "source") & (spans["start"] < end) & (spans["end"] > start)]["attribution_id"]
    kinds = found.set_index("attribution_id")["source_type"]
    return kinds[own.iloc[0]] if len(own) else None
