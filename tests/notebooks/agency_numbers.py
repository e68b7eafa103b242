"""The known numbers of the notebook on agency."""

from __future__ import annotations

import pandas as pd


def agency(demo, real) -> dict:
    """Tell the numbers of the notebook on agency from the clauses themselves."""
    rows = demo.agency.merge(demo.documents[["document_id", "outlet", "origin"]])
    rows = rows[rows["voice"] == "narrator"].assign(bare=rows["construction"] == "passive_agentless")
    both = pd.concat([rows.assign(patient_group=rows["patient_group"].fillna("none")), rows.assign(patient_group="any")])
    shares = both.groupby(["outlet", "patient_group"])["bare"].mean().unstack()
    agents = pd.get_dummies(rows["agent_group"].fillna("none")).groupby(rows["outlet"]).mean()
    agents = agents.reindex(columns=["protesters", "event", "security", "none"], fill_value=0.0)
    suffering = rows[rows["bare"] & rows["patient_group"].notna()]
    by = rows.groupby("origin")["bare"].mean()
    theirs = real.agency.groupby(["document_id", "construction"]).size().unstack(fill_value=0)
    return {"agentless": shares.to_dict(), "agents": agents.to_dict(), "behind": [len(suffering), len(suffering), []],
            "explained": [["fired on", "narrator", "active of 'fire on'"],
                          ["shot dead", "narrator", "passive_agentless of 'shoot dead'"],
                          ["died", "narrator", "intransitive of 'die'"]],  # read off the sentence
            "differ": by["Maravel Herald"] - by["Open Quay"], "kazakhstan": theirs.to_dict()}
