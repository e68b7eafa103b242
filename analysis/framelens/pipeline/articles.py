"""From texts to annotations in one call: one article at a time, then what needs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.agency import Violence, agency_of, read_violence
from framelens.annotate.attribution import attributions_of, read_cues
from framelens.annotate.attribution.cues import CueLexicon
from framelens.annotate.bundle import Annotations
from framelens.annotate.facts import facts_of, read_fact_words
from framelens.annotate.labels import label_finder
from framelens.annotate.loaded import LoadedLexicon, loaded_of, read_loaded
from framelens.annotate.sentiment import Tone, sentiment_of
from framelens.annotate.sources import Gazetteer, read_gazetteer, sources_of, unify_checked
from framelens.annotate.terms import common_rows, terms_of
from framelens.annotate.voice import join_voice, sentences_of, sizes_of, voice_of
from framelens.corpus.copies import CONTAINMENT, SHINGLE, find_copied_spans, find_copies, find_copy_pairs
from framelens.corpus.credits import find_credits
from framelens.corpus.zones import split_zones
from framelens.errors import SchemaError
from framelens.lexicon import Lexicon, read_lexicon
from framelens.lexicon.agencies import Agencies, read_agencies
from framelens.pipeline.given import read_given
from framelens.pipeline.settings import check_settings
from framelens.text.reading.stream import Reader
from framelens.text.view import View, read_view

__all__ = ["Annotator", "annotate", "annotate_document", "explain", "finalise_corpus", "find_shared"]

Row = dict[str, Any]
PER_ARTICLE = ("zones", "sentences", "sizes", "mentions", "attributions", "attribution_spans", "voice", "sentiment",
               "agency", "facts", "loaded", "term_counts")


@dataclass(frozen=True)
class Annotator:
    """What annotation needs: lexicons, cues, source names, news agencies. Made once, shared by all articles."""

    lexicon: Lexicon
    cues: CueLexicon
    gazetteer: Gazetteer
    violence: Violence
    agencies: Agencies
    loaded: LoadedLexicon
    tone: Tone = field(default_factory=Tone)
    study: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, lexicon: str | Lexicon = "protest", study: Mapping[str, Any] | None = None) -> Annotator:
        """Read what is packaged; ``study`` adds its own source names, home, file of violence, news agencies and tone."""
        study = study or {}
        return cls(lexicon if isinstance(lexicon, Lexicon) else read_lexicon(lexicon), read_cues(), read_gazetteer(study),
                   read_violence(str(study.get("violence") or "")), read_agencies(study.get("agencies")), read_loaded(),
                   Tone(**study.get("tone") or {}), dict(study))

    @cached_property
    def finder(self) -> Callable[[View], list[Row]]:
        """The compiled lexicon."""
        return label_finder(self.lexicon, self.study)

    def __getstate__(self) -> dict[str, Any]:  # a compiled lexicon is no data: a worker compiles its own
        return {k: v for k, v in self.__dict__.items() if k != "finder"}


def annotate_document(document_id: str, text: str, annotator: Annotator, *, title: str | None = None,
                      given: Mapping[str, list[Row]] | None = None) -> dict[str, list[Row]]:
    """Annotate one article: a pure function, so that any engine gives the same rows.

    Parameters
    ----------
    document_id, text : str
        The article.
    annotator : Annotator
        From :meth:`Annotator.read`.
    title : str, optional
        The headline, where it is known apart from the text; it helps to find it there.
    given : mapping of table name to rows, optional
        Rows made elsewhere (``zones``, ``attributions`` with ``attribution_spans``, ``mentions``) that take the
        place of ours; what depends on them is built upon them.

    Returns
    -------
    dict
        Rows of zones, sentences, sizes, mentions, attributions, attribution_spans, voice, sentiment, agency, facts,
        loaded, term_counts.
    """
    given = given or {}
    if "zones" in given:
        zones = [(z["start"], z["end"], z["kind"], z["rule"]) for z in given["zones"]]
    else:
        zones = split_zones(text, title=title)
    view = read_view(document_id, text, zones, measured=schema.MEASURED_ZONES)
    reader = Reader(view, annotator.cues.wanted)
    if "attributions" in given:
        attributions, spans = list(given["attributions"]), list(given.get("attribution_spans", ()))
    else:
        attributions, spans = attributions_of(view, annotator.cues, reader)
        attributions = sources_of(view, attributions, spans, annotator.gazetteer)
    voice = voice_of(view, attributions, spans)
    sentences = sentences_of(view, voice)
    mentions = list(given["mentions"]) if "mentions" in given else annotator.finder(view)
    scare = {a["attribution_id"] for a in attributions if a["kind"] == "scare_quote"}
    mentions = [{**m, "contested": bool(m["contested"]) or m["attribution_id"] in scare} for m in join_voice(mentions, voice)]
    return {
        "zones": [{"document_id": document_id, "start": s, "end": e, "kind": k, "rule": r} for s, e, k, r in zones],
        "sentences": sentences, "sizes": sizes_of(view, voice, sentences), "mentions": mentions,
        "attributions": attributions, "attribution_spans": spans, "voice": voice,
        "sentiment": sentiment_of(view, voice, mentions, annotator.tone),
        "agency": join_voice(agency_of(view, mentions, annotator.violence, reader, _speeches(attributions, spans)), voice),
        "facts": join_voice(facts_of(view, mentions, read_fact_words(), reader), voice),
        "loaded": join_voice(loaded_of(view, mentions, annotator.loaded), voice), "term_counts": terms_of(view, voice),
    }


def _speeches(attributions: Iterable[Row], spans: Iterable[Row]) -> list[tuple[int, int, str]]:
    """Return the offsets of all content with the types of its sources."""
    types = {a["attribution_id"]: a["source_type"] for a in attributions if a.get("source_type")}
    return [(s["start"], s["end"], types[s["attribution_id"]]) for s in spans
            if s["role"] == "content" and s["attribution_id"] in types]


def finalise_corpus(documents: pd.DataFrame, per_article: Iterable[Mapping[str, list[Row]]],
                    annotator: Annotator, *, sides: Mapping[str, str] | None = None) -> Annotations:
    """Bring the rows of all articles together and add what needs them all (copies, credits, common terms).

    Parameters
    ----------
    documents : DataFrame
        ``documents``.
    per_article : iterable of dict
        From :func:`annotate_document`, in any order.
    annotator : Annotator
        What made them.
    sides : mapping of source type to side, optional
        Where a study departs from the usual sides.

    Returns
    -------
    Annotations
    """
    rows: dict[str, list[Row]] = {name: [] for name in PER_ARTICLE}
    for article in per_article:
        for name in PER_ARTICLE:
            rows[name] += article[name]
    tables = {"documents": documents}
    for name in PER_ARTICLE:
        if name == "term_counts":  # the largest: most of its rows stay out
            shared = find_shared(documents, tables["zones"], agencies=annotator.agencies, **annotator.study.get("copies", {}))
            rows[name] = common_rows(rows[name], shared["copies"])
        if name == "voice":
            spoken = tables["attributions"]
            types = dict(zip(spoken["attribution_id"].tolist(), spoken["source_type"].tolist(), strict=True))
            rows[name] = [{**row, "source_type": types.get(row["attribution_id"])} for row in rows[name]]
        if rows[name]:
            spec = schema.TABLES[name]
            key = [c for c in ("document_id", "start", *spec.key) if c in spec.columns]
            tables[name] = schema.from_rows(rows[name], name, order=list(dict.fromkeys(key)))
        else:
            tables[name] = schema.empty(name)
        if name == "attributions":
            tables[name] = unify_checked(tables[name])
    tables |= shared
    about = {
        "framelens": version("framelens"), "lexicon": annotator.lexicon.about,
        "groups": {name: {"title": g["title"], "side": g["side"], "stances": list(g["stances"])}
                   for name, g in annotator.lexicon.groups.items()},
        "sides": dict(sides or {}), "violence": annotator.violence.sha256,
        "loaded": annotator.loaded.sha256, "tone": annotator.tone.about,
    }
    return Annotations(tables, about)


def find_shared(documents: pd.DataFrame, zones: pd.DataFrame, *, agencies: Agencies, containment: float = CONTAINMENT,
                shingle: int = SHINGLE) -> dict[str, pd.DataFrame]:
    """Find what articles have from one another and from news agencies: copies, copy_pairs, copied_spans and credits.

    Arguments are those of :func:`framelens.find_copies`.
    """
    credits = find_credits(documents, zones, agencies=agencies)
    pairs = find_copy_pairs(documents, zones, containment=containment, shingle=shingle)
    copies = find_copies(documents, zones, pairs, credits, containment=containment, agencies=agencies)
    return {"copies": copies.sort_values("document_id", ignore_index=True), "copy_pairs": pairs,
            "copied_spans": find_copied_spans(documents, zones, pairs, shingle=shingle),
            "credits": credits.sort_values(["document_id", "start"], ignore_index=True)}


def _without_empty(documents: pd.DataFrame) -> pd.DataFrame:
    """Say of articles without text that they are excluded: else they would count as articles without labels."""
    blank = documents["text"].isna() | (documents["text"].str.strip() == "")
    return documents.assign(exclusion_reason=documents["exclusion_reason"].mask(
        blank & documents["exclusion_reason"].isna(), "no text"))


def annotate(documents: pd.DataFrame, lexicon: str | Lexicon = "protest", *, study: Mapping[str, Any] | None = None,
             tables: Mapping[str, pd.DataFrame] | None = None,
             progress: Callable[[Iterable[Any]], Iterable[Any]] | None = None) -> Annotations:
    """Annotate articles: zones, sentences, labels, attributions, voice, sentiment, agency, facts, copies, agencies' credits.

    Parameters
    ----------
    documents : DataFrame
        ``documents``, from :func:`framelens.read_corpus` or made by hand with ``document_id, outlet, text``.
    lexicon : str or Lexicon
        A packaged lexicon by name, the path of a ``.toml`` file, or a lexicon read before.
    study : mapping, optional
        Settings of a study: ``home`` (names of its country), ``sources`` (phrase → source type), ``sides``
        (source type → side), ``event`` (its own event, by which the referent of labels is told), ``violence`` (path of
        a file laid over the packaged lexicon of violence), ``agencies`` (form → news agency), ``copies`` (``containment`` and
        ``shingle`` of :func:`framelens.find_copies`) and ``tone`` (``neutralise``, ``windows``, ``label_words``, as of
        :func:`framelens.score_sentences`; without it nothing is scored toward groups).
    tables : mapping of table name to DataFrame, optional
        Tables made elsewhere (``zones``, ``attributions`` with ``attribution_spans``, ``mentions``), for example by
        a parser or by human coders. They take the place of ours for all articles; the rest is built on them.
    progress : callable, optional
        Wraps the iteration over articles, for a progress bar (``tqdm``).

    Returns
    -------
    Annotations
        A frozen bundle; articles with an ``exclusion_reason`` stay in ``documents`` without annotations.

    Raises
    ------
    SchemaError
        ``documents`` or one of ``tables`` is not as declared, or a path was given for the articles themselves.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens import annotate
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"],
    ...     "text": ["Police spoke of “rioters”. The protesters stayed."]})
    >>> found = annotate(documents)
    >>> found.mentions[["surface", "stance", "voice"]].values.tolist()
    [['Police', 'neutral', 'narrator'], ['rioters', 'delegitimising', 'direct'], ['protesters', 'neutral', 'narrator']]
    """
    if not isinstance(documents, pd.DataFrame):
        raise SchemaError(f"documents is {documents!r:.80}, not a table. Read the articles first, "
                          "annotate(read_corpus(\"articles/\")), or a study, read_study(\"data/demo\").annotate().")
    documents = _without_empty(schema.validate(documents, "documents"))
    settings = check_settings(study or {})
    annotator = Annotator.read(lexicon, settings)
    given = read_given(tables or {}, documents)
    names = tuple(tables or ())
    kept = documents[documents["exclusion_reason"].isna() & documents["text"].notna()]
    titles = kept["title"].astype(object).where(kept["title"].notna(), None)
    items: Iterable[Any] = list(zip(kept["document_id"], kept["text"], titles, strict=True))
    items = progress(items) if progress else items
    articles = (annotate_document(d, text, annotator, title=title, given={n: given.get(d, {}).get(n, []) for n in names})
                for d, text, title in items)
    return finalise_corpus(documents, articles, annotator, sides=settings.get("sides"))


def explain(text: str, lexicon: str | Lexicon = "protest") -> pd.DataFrame:
    """Show what framelens finds in a text and by which rule: one row a finding, in the order of the text.

    Parameters
    ----------
    text : str
        A sentence or more, read as body.
    lexicon : str or Lexicon
        As in :func:`annotate`.

    Returns
    -------
    DataFrame
        ``what`` (attribution, label, clause, number, loaded), ``start``, ``end``, ``words``, ``voice``, ``rule`` and ``detail``.

    Examples
    --------
    >>> explain("The rioters left, according to police.")[["what", "words", "voice"]].values.tolist()
    [['attribution', 'The rioters left', 'indirect'], ['label', 'rioters', 'indirect'], ['label', 'police', 'narrator']]
    """
    zones = [{"start": 0, "end": len(text), "kind": "body", "rule": "given"}]
    found = annotate_document("text", text, Annotator.read(lexicon), given={"zones": zones})
    rows: list[Row] = []
    for a in found["attributions"]:
        parts = [s for s in found["attribution_spans"] if s["attribution_id"] == a["attribution_id"] and s["role"] == "content"]
        for s in parts:
            detail = f"{a['kind']}, level {a['level']}, source: {a['source'] or '-'} ({a['source_type']}), cue: {a['cue'] or '-'}"
            rows.append({"what": "attribution", "start": s["start"], "end": s["end"], "words": text[s["start"]:s["end"]],
                         "voice": "direct" if a["type"] == "direct" else a["type"], "rule": a["rule"], "detail": detail})
    for m in found["mentions"]:
        flags = ", ".join(f for f in ("negated", "scare_quoted", "contested") if m[f])
        rows.append({"what": "label", "start": m["start"], "end": m["end"], "words": m["surface"], "voice": m["voice"],
                     "rule": f"term {m['term']!r}", "detail": f"{m['group']}, {m['stance']}" + (f", {flags}" if flags else "")})
    for c in found["agency"]:
        parties = ", ".join(f"{who}: {c[who] or '-'} ({c[f'{who}_group'] or 'no group'})" for who in ("agent", "patient"))
        rows.append({"what": "clause", "start": c["start"], "end": c["end"], "words": c["verb"], "voice": c["voice"],
                     "rule": f"{c['construction']} of {c['verb_lemma']!r}", "detail": parties})
    for n in found["facts"]:
        detail = ", ".join(filter(None, (n["counted"], n["hedge"], "part" if n["part"] else "")))
        rows.append({"what": "number", "start": n["start"], "end": n["end"], "words": text[n["start"]:n["end"]],
                     "voice": n["voice"], "rule": f"fact {n['fact']!r}", "detail": detail})
    for w in found["loaded"]:
        rows.append({"what": "loaded", "start": w["start"], "end": w["end"], "words": w["surface"], "voice": w["voice"],
                     "rule": f"term {w['term']!r}", "detail": w["loaded_class"]})
    columns = ["what", "start", "end", "words", "voice", "rule", "detail"]
    return pd.DataFrame(rows, columns=columns).sort_values(["start", "end"], ascending=[True, False], ignore_index=True)
