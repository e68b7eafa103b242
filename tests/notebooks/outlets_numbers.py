"""The known numbers of the notebook on seven outlets."""

from __future__ import annotations

MEASURED = ["body", "headline"]


def outlets(found, wide) -> dict:
    """Tell the numbers from the rows: copies, words quoted, kinds of source, hits; ``wide`` is the density of attributions."""
    outlet = found.documents.set_index("document_id")["outlet"]
    copies = found.copies[found.copies["copy_status"] == "republished"]
    sizes = found.sizes[found.sizes["zone"].isin(MEASURED)]
    sizes = sizes.assign(outlet=sizes["document_id"].map(outlet))
    said = found.attributions.assign(outlet=found.attributions["document_id"].map(outlet))
    said = said[(said["level"] == 1) & (said["kind"] != "scare_quote")]
    quoted, cited = {}, {}
    for name in sorted(set(outlet)):
        words = sizes.groupby([sizes["outlet"] == name, sizes["voice"] == "direct"])["n_words"].sum().unstack()
        share = words[True] / words.sum(axis=1)
        quoted[f"{name} minus rest"] = share[True] - share[False]
        media = (said["source_type"] == "news_agency").groupby(said["outlet"] == name).mean()
        cited[f"{name} minus rest"] = media[True] - media[False]
    mr = found.term_counts[(found.term_counts["term"] == "mr") & found.term_counts["zone"].isin(MEASURED)]
    hits = mr["count"].groupby(mr["document_id"].map(outlet) == "Breitbart").sum()
    return {"copies": copies["document_id"].map(outlet).value_counts().to_dict(), "wide": wide, "quoted": quoted, "cited": cited,
            "hits": [hits[True], hits[False]]}
