"""Zones: a partition of the text that loses no body sentence and finds the page around it."""

from __future__ import annotations

import gzip
import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import schema
from framelens.corpus.zones import find_zones, split_zones

LEDE = "Hundreds of marchers crossed the old bridge on Monday, and nobody stopped them until dusk."
SECOND = "The mayor promised an answer within a week, but gave no figure and took no questions."


def kinds(text: str, **options: str) -> list[tuple[str, str]]:
    """The zones of a text as (kind, visible text)."""
    return [(kind, text[start:end].strip()) for start, end, kind, _ in split_zones(text, **options)]


def around(line: str) -> list[tuple[str, str]]:
    """The zones of a line that stands alone between two paragraphs, without these."""
    text = f"{LEDE}\n\n{line}\n\n{SECOND}\n"
    return [(k, t) for k, t in kinds(text) if t not in (LEDE, SECOND)]


HEADLINE = "Bread march ends in tears at the bridge"


@pytest.mark.parametrize(("head", "found"), [
    ([HEADLINE], ["headline"]),
    ([HEADLINE, "By Ada Brill", "5 March 2024"], ["headline", "byline", "dateline"]),
    ([HEADLINE, "Ada Brill, Port Carrow"], ["headline", "byline"]),
    ([HEADLINE, "The Ferry Times", "Port Carrow, 9 March"], ["headline", "byline", "dateline"]),
    ([HEADLINE, "MPA | 11.03.24"], ["headline", "dateline"]),
    ([HEADLINE, "PORT CARROW, 9 March 2024 — Ferry staff"], ["headline", "dateline"]),
    ([HEADLINE, "Fourteen people hurt, mayor silent"], ["headline"]),
    (["Why did the bread march end in tears?", "By Ada Brill"], ["headline", "byline"]),
    (["Mayor: ‘Bread March Was Never Our Affair.’"], ["headline"]),
    (["Mayor regrets the bread march.", "By Ada Brill"], ["headline", "byline"]),
    (["WORLD NEWS", HEADLINE], ["furniture", "headline"]),
    (["Home > News > City", HEADLINE], ["furniture", "headline"]),
    (["Watch: the bread march in ten pictures"], ["headline"]),
    (["Getting your audio player ready..."], ["furniture"]),
    ([HEADLINE, "Bread march ends in tears at…"], ["headline"]),
])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r\n\r\n"])
def test_what_stands_above_the_body(head: list[str], found: list[str], gap: str) -> None:
    text = gap.join([*head, LEDE, SECOND])
    got = kinds(text)
    assert [k for i, (k, _) in enumerate(got) if i == 0 or k != got[i - 1][0]] == [*found, "body"]
    assert got[-1] == ("body", gap.join([LEDE, SECOND]))


@pytest.mark.parametrize("first", [
    LEDE, "It was over by noon.", "Who fired first?", "Nobody came.", "He wrote:", "“We want bread,” they sang.",
])
def test_an_article_may_have_no_headline(first: str) -> None:
    assert kinds(f"{first}\n\n{SECOND}") == [("body", f"{first}\n\n{SECOND}")]


def test_a_known_title_is_the_headline_whatever_it_looks_like() -> None:
    text = f"Mayor regrets the bread march.\n\n{LEDE}\n\n{SECOND}"
    assert kinds(text)[0][0] == "body"
    assert kinds(text, title="Mayor Regrets the Bread March")[0] == ("headline", "Mayor regrets the bread march.")


@pytest.mark.parametrize("dateline", [
    "PORT CARROW (MPA) –", "PORT CARROW, March 4 (MPA) —", "PORT CARROW —", "ST. BRANNOC, Orle —",
    "Port Carrow (MPA) -", "Port Carrow, March 4 -", "PORT CARROW, 12 March:", "PORT CARROW, Tuesday —", "(Reuters) -",
    "PORT-CARROW --",
])
def test_a_dateline_is_cut_off_the_first_paragraph(dateline: str) -> None:
    text = f"{HEADLINE}\n\n{dateline} {LEDE}\n\n{SECOND}"
    assert kinds(text) == [("headline", HEADLINE), ("dateline", dateline), ("body", f"{LEDE}\n\n{SECOND}")]


@pytest.mark.parametrize("start", [
    "NATO — the alliance — sent", "The mayor - a baker - sent", "Vostrey (the president) – sent", "Tea – he said –",
    "EXCLUSIVE — Mayor sent",     "Bread, March and April - three", "A 20-year-old sent",
])
def test_what_is_no_dateline(start: str) -> None:
    text = f"{HEADLINE}\n\n{start} two lorries to the bridge on Monday.\n\n{SECOND}"
    assert [k for k, _ in kinds(text)] == ["headline", "body"]


@pytest.mark.parametrize(("caption", "credit"), [
    ("Smoke rises over the customs house.", "(Ana Ruiz/MPA)"), ("Smoke over the quay", "(Ana Ruiz/The Ferryman)"),
    ("Marchers at a tram stop.", "Photo: Ana Ruiz/MPA"), ("Representational picture", "(Photo: Reuters)"),
    ("Smoke over the quay.", "(Orle Press via Getty Images)"), ("Photo: A baker at work.", "(A. Ruiz / Ferryman)"),
])
def test_a_credit_is_cut_off_its_caption(caption: str, credit: str) -> None:
    assert around(f"{caption} {credit}") == [("caption", caption), ("byline", credit)]


def test_a_headline_glued_to_the_last_sentence() -> None:
    for tail in ("Gunfire as troops meet marchers in Port Car…", "Gunfire as troops meet marchers"):
        assert kinds(f"{LEDE}\n\n{SECOND}{tail}") == [("body", f"{LEDE}\n\n{SECOND}"), ("headline", tail)]
    quoted = "“We want bread.”Gunfire as troops meet marchers"
    assert kinds(f"{LEDE}\n\n{quoted}")[-1] == ("headline", "Gunfire as troops meet marchers")


@pytest.mark.parametrize("last", [
    "Two were from the U.S.Nobody knew.", "It stands on port.Example and nowhere else in the whole of this valley.",
    "He left.She stayed, and the lorries went on rolling all night.", "He left. She stayed and the lorries rolled on",
])
def test_what_is_no_glued_headline(last: str) -> None:
    assert [k for k, _ in kinds(f"{LEDE}\n\n{last}")] == ["body"]


def test_a_headline_glued_to_the_first_sentence() -> None:
    cut = "Gunfire as troops meet marchers in Port Car…"
    assert kinds(f"{cut}{LEDE}\n\n{SECOND}") == [("headline", cut), ("body", f"{LEDE}\n\n{SECOND}")]
    assert kinds(f"{HEADLINE}\n\n{HEADLINE} {LEDE}\n\n{SECOND}")[-1] == ("body", f"{LEDE}\n\n{SECOND}")


def test_a_headline_repeated_or_cut_short_below_the_body() -> None:
    for again in (HEADLINE, "Bread march ends in tears…", HEADLINE.upper()):
        assert kinds(f"{HEADLINE}\n\n{LEDE}\n\n{SECOND}\n\n{again}")[-1] == ("headline", again)


def test_a_subhead_stands_alone_between_paragraphs() -> None:
    assert split_zones(f"{LEDE}\n\nAnger in the valley\n\n{SECOND}")[1][2:] == ("headline", "subhead")
    for line in ("– anger in the valley", "Anger in the valley:", "Anger in the valley grew, and grew, and went on"):
        assert [k for k, _ in kinds(f"{LEDE}\n\n{line}\n\n{SECOND}")] == ["body"]


def test_list_items_follow_their_heading_until_the_text_goes_on() -> None:
    text = f"{LEDE}\n\nRelated Stories\n\nWhy bread costs what it costs\n\nMayor meets bakers\n\n{SECOND}"
    assert [k for k, _ in kinds(text)] == ["body", "crosslink", "crosslink", "body"]


def test_scraps_below_a_notice_are_furniture_and_names_bylines() -> None:
    text = f"{LEDE}\n\n{SECOND}\n\nMPA\n\nSubscribe to our newsletter\n\nyour town\n\nor postcode\n"
    assert [k for k, _ in kinds(text)] == ["body", "byline", "furniture", "furniture"]


def test_credits_at_the_end_of_the_last_paragraph() -> None:
    text = f"{LEDE}\n\n{SECOND} (Reporting by Ada Brill; Editing by Paul Desmet)"
    assert kinds(text)[-1] == ("byline", "(Reporting by Ada Brill; Editing by Paul Desmet)")
    assert kinds(f"{LEDE}\n\n{SECOND} © 2024 The Ferryman")[-1] == ("furniture", "© 2024 The Ferryman")


def test_hard_wrapped_text_is_read_by_paragraph() -> None:
    text = ("Bread march ends in tears\n\nHundreds of marchers crossed the old bridge on Monday, and the\n"
            "Mayor of the town, who had come with two of his clerks, looked on\n"
            "from the steps of the customs house without saying a word to any\nof those who passed him.\n\n"
            "By Tuesday, nobody in town would say who had given\n"
            "the order to let them pass.\n")
    assert [k for k, _ in kinds(text)] == ["headline", "body"]


def test_a_database_abstract_is_apart_from_the_body() -> None:
    text = f"{HEADLINE};\n\nABSTRACT.\n\nThe mayor has no answer.\n\nFULL TEXT.\n\n{LEDE}\n\n{SECOND}"
    assert [z[3] for z in split_zones(text)] == ["first_line", "database_label", "abstract", "database_label", "body"]


@pytest.mark.parametrize("text", ["Police met", "One sentence.", "By Ada Brill", "…", " \n\t\n ", "\ufeff", "\u2028"])
def test_odd_texts_have_zones_too(text: str) -> None:
    zones = split_zones(text)
    assert zones[0][0] == 0 and zones[-1][1] == len(text)


def test_one_line_is_body() -> None:
    assert kinds("Police met marchers") == [("body", "Police met marchers")]
    assert split_zones("") == []


PIECES = [LEDE, SECOND, HEADLINE, "Read more: Ten days", "By Ada Brill", "PORT CARROW (MPA) — Rain fell.", "|",
          "Advertisement", "Smoke over the quay. (Ana Ruiz/MPA)", "Related Stories", "no end", "“Bread,” she said.",
          "He left.Gunfire as the men met"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=12),
       st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \n", "\u2028"]))
def test_zones_partition_any_text(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    zones = split_zones(text)
    assert "".join(text[s:e] for s, e, _, _ in zones) == text
    assert all(a[1] == b[0] and a[2:] != b[2:] for a, b in pairwise(zones))
    assert all(kind in schema.ZONES and rule for _, _, kind, rule in zones)
    assert all(not text[s].isspace() for s, _, _, _ in zones[1:])  # white space belongs to the zone before it


def test_find_zones_gives_a_valid_table_and_no_zones_without_text() -> None:
    documents = schema.validate(pd.DataFrame({
        "document_id": ["a", "b", "c"], "outlet": "X", "title": [None, None, "Rain"],
        "text": [f"{HEADLINE}\n\n{LEDE}", None, f"Rain.\n\n{LEDE}"]}), "documents")
    zones = find_zones(documents)
    assert zones["document_id"].tolist() == ["a", "a", "c", "c"]
    assert zones["kind"].tolist() == ["headline", "body"] * 2
    assert find_zones(documents.iloc[1:2]).empty


def material() -> Path:
    """The folder of development material, or a skip that says what is missing."""
    folder = os.environ.get("FRAMELENS_MATERIAL")
    if not folder:
        pytest.skip("FRAMELENS_MATERIAL is unset: real articles are not part of this project")
    return Path(folder)


@pytest.mark.material
def test_real_articles_against_marks_made_by_hand() -> None:
    marks = pd.read_csv(Path(__file__).parents[1] / "known" / "seed_zones.csv")
    wrong = []
    for name, of_text in marks.groupby("document_id"):
        text = (material() / "seeds" / f"{name}.txt").read_bytes().decode("utf-8")
        zones = split_zones(text)
        for mark in of_text.itertuples():
            found = {kind for start, end, kind, _ in zones if start < mark.end and end > mark.start}
            if found != {mark.kind}:
                wrong.append((name, mark.start, mark.kind, found))
        marked = set().union(*(range(m.start, m.end) for m in of_text.itertuples()))
        assert all(text[i].isspace() for i in set(range(len(text))) - marked)
    assert not wrong
    assert marks["kind"].value_counts().to_dict() == {
        "body": 79, "furniture": 15, "crosslink": 6, "headline": 5, "byline": 5, "caption": 2, "dateline": 2}


@pytest.mark.material
def test_attributions_marked_in_real_news_are_not_lost() -> None:
    """Whoever annotated the news marked no attribution in what we call furniture, but for a live blog's widgets."""
    lost = total = 0
    corpus = material() / "corpora" / "polnear" / "train.jsonl.gz"
    with gzip.open(corpus, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            article = json.loads(line)
            zones = [(s, e) for s, e, kind, rule in split_zones(article["text"])
                     if kind not in schema.MEASURED_ZONES and rule != "share_prompt"]
            spans = [tuple(span) for a in article["attributions"] for span in a["content"]]
            total += len(spans)
            lost += sum(any(s < end and e > start for s, e in zones) for start, end in spans)
            lines_outside = [p for s, e in zones for p in re.split(r"\n", article["text"][s:e]) if len(p.split()) > 40]
            assert all(re.search(r"[Rr]eporting|article|story|post|correct|updated|Follow", p) for p in lines_outside)
    assert total > 10_000
    assert lost == 0
