"""Agencies are found where newsrooms name them, and nowhere else."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from framelens import find_copies, find_copy_pairs, find_credits, find_zones, io, read_agencies, schema
from framelens.errors import LexiconError

BODY = ("Bread rose again in the harbour town, bakers said on Monday, and nobody knew why.\n\n"
        "A second paragraph told of the mill, of its guards and of two lorries that had left before noon.")


def tables(text: str | None, **columns: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = pd.DataFrame({"document_id": ["a"], "text": pd.Series([text], dtype="str")}).assign(**columns)
    return documents, find_zones(documents)


def found(text: str, **options) -> list[tuple[str, str]]:
    credits = find_credits(*tables(text), **options)
    for row in credits.itertuples():
        form = " ".join(text[row.start:row.end].split())
        agency = options.get("agencies", read_agencies()).name_of(form)
        assert agency == row.news_agency or row.news_agency == "unnamed agency", form
    return list(zip(credits["news_agency"], credits["kind"], strict=True))


@pytest.mark.parametrize("dateline, agency", [
    ("ALMATY, Jan 6 (Reuters) - ", "Reuters"),
    ("MOSCOW, January 6. /TASS/. ", "TASS"),
    ("MOSCOW. Jan 6 (Interfax) - ", "Interfax"),
    ("New Delhi, Jan 6 (PTI) ", "PTI"),
    ("New Delhi [India], January 6 (ANI): ", "ANI"),
    ("Accra, Jan. 6, GNA - ", "GNA"),
    ("NUR-SULTAN. KAZINFORM - ", "Kazinform"),
    ("(ANSA) - ROME, JAN 6 - ", "ANSA"),
    ("Madrid, Jan 6 (EFE).- ", "EFE"),
    ("SEOUL, Jan. 6 (Yonhap) -- ", "Yonhap"),
    ("BEIJING, Jan. 6 (Xinhua) -- ", "Xinhua"),
    ("Sarajevo (AA) - ", "Anadolu"),
    ("WASHINGTON (AP) — ", "Associated Press"),
    ("Paris (AFP) – ", "AFP"),
    ("Abuja, Jan. 6, 2022 (NAN) ", "NAN"),
    ("Havana, Jan 6 (Prensa Latina) ", "Prensa Latina"),
    ("PORT CARROW/LONDON, Jan 6 (Reuters) - ", "Reuters"),
    ("TEHRAN, Jan. 06 (MNA) – ", "Mehr"),
    ("Rio de Janeiro, 6 Jan (EFE) - ", "EFE"),
])
def test_datelines(dateline: str, agency: str) -> None:
    assert found(dateline + BODY) == [(agency, "dateline")]
    assert found(f"Bread march ends in tears\nBy Ada Brill\n\n{dateline}{BODY}") == [(agency, "dateline")]
    assert found(f"Mayor says nothing about a march.\n\n{dateline}{BODY}") == [(agency, "dateline")]  # behind a deck


@pytest.mark.parametrize("byline, agency", [
    ("By Ada Brill, Associated Press", "Associated Press"), ("By ADA BRILL | AP", "Associated Press"),
    ("By Ada Brill and The Associated Press", "Associated Press"), ("By REUTERS", "Reuters"), ("Reuters", "Reuters"),
    ("By AP STAFF", "Associated Press"), ("Agence France-Presse", "AFP"), ("By Agencies", "unnamed agency"),
])
def test_bylines(byline: str, agency: str) -> None:
    assert found(f"Bread march ends in tears\n{byline}\n\n{BODY}") == [(agency, "byline")]


@pytest.mark.parametrize("end, agency, kind", [
    ("\n\nSource: TASS", "TASS", "credit"), (" - AFP", "AFP", "credit"), (" – Bernama", "Bernama", "credit"),
    (" (PTI)", "PTI", "credit"), (" (BTA)", "BTA", "credit"),
    ("\n\nCopyright 2022 The Associated Press. All rights reserved.", "Associated Press", "credit"),
    ("\n\n© 2022 AFP", "AFP", "credit"),
    ("\n\nThis story has been published from a wire agency feed without modifications to the text.", "unnamed agency", "credit"),
    ("\n\nThis story has been published from a PTI feed without modifications to the text.", "PTI", "credit"),
    ("\n\nAFP contributed to this report.", "AFP", "contributing"),
    ("\n\nAssociated Press writer Ana Ruiz contributed from Veldt Harrow.", "Associated Press", "contributing"),
    ("\n\nWith agency inputs", "unnamed agency", "contributing"), ("\n\n(With inputs from ANI)", "ANI", "contributing"),
    ("\n\nWith files from The Canadian Press", "Canadian Press", "contributing"),
    ("\n\nAdditional reporting by Reuters", "Reuters", "contributing"),
])
def test_the_end_of_an_article(end: str, agency: str, kind: str) -> None:
    assert found(BODY + end) == [(agency, kind)]


@pytest.mark.parametrize("text", [
    "The mayor told Reuters that bread rose. AFP asked again, and a baker told Xinhua so. " + BODY,
    BODY + " The town contributed to the report of Reuters, he said.",
    BODY + " Bloomberg contributed to the campaign.",
    BODY + " A witness told the Associated Press.",
    "Bread march ends in tears\nBy Michael Bloomberg\n\n" + BODY,
    "Imran Khan (PTI) leads the party. " + BODY,
    "Naidu of Guntur (AP) was there. " + BODY,
    "A MAP of the town hung there - it was old. " + BODY,
    BODY + "\n\n(Photo: Ana Ruiz/Reuters)",
    BODY + "\n\nAna Ruiz/AFP",
    "Bread march ends in tears\n\nSmoke over the quay on Monday. (AP Photo/Ana Ruiz)\n\n" + BODY,
    "Bread march ends in tears\n© AFP 2022 / Ana Ruiz\n\n" + BODY,
    "Anchors reported that Reuters (LON:TRI) fell. " + BODY,
    "", " \n ", "Reuters said so.",
])
def test_a_mention_or_a_picture_is_no_credit(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("piece", [
    "A-", "A.", "A, ", "A.-", "1:1:", "A ", "AP ", "(AP, ", "AP/", "The ", "Ab.Cd-Ef.Gh-", "with AP "])
def test_no_line_takes_for_ever(piece: str) -> None:
    start = time.process_time()
    found(piece * 200)
    assert time.process_time() - start < 2


def test_an_own_agency_and_an_own_form() -> None:
    agencies = read_agencies({"MPA": "Maravel Press Agency", "Harbour Wire": "Harbour Wire", "AP": "Avonlea Press"})
    assert found("PORT CARROW (MPA) — " + BODY, agencies=agencies) == [("Maravel Press Agency", "dateline")]
    assert found(BODY + "\n\nSource: Harbour Wire", agencies=agencies) == [("Harbour Wire", "credit")]
    assert found("PORT CARROW (AP) — " + BODY, agencies=agencies) == [("Avonlea Press", "dateline")]
    assert found("PORT CARROW (MPA) — " + BODY) == []
    assert read_agencies().codes["AP"] == "Associated Press"  # the packaged list is not written into
    for bad in ({"": "X"}, {"X": " "}, {"X": 5}, {7: "X"}):
        with pytest.raises(LexiconError, match=r"agencies: .* both strings"):
            read_agencies(bad)


@pytest.mark.parametrize("url, rows", [
    ("https://www.reuters.com/world/bread", [["Reuters", "site"]]), ("https://english.news.cn/x.htm", [["Xinhua", "site"]]),
    ("https://herald.example/aponline/2022/01/06/bread.html", [["Associated Press", "path"]]),
    ("https://herald.example/reuters-says-bread-rose", []), ("https://notreuters.com/x", []), ("not an address", []),
    ("http://[broken", []), (None, []), ("", []),
])
def test_addresses(url: str | None, rows: list[list[str]]) -> None:
    credits = find_credits(*tables(None, url=url))
    assert credits[["news_agency", "kind"]].values.tolist() == rows
    assert credits["start"].isna().all()
    pd.testing.assert_frame_equal(schema.validate(credits, "credits"), credits)


def test_the_list_names_each_form_once_and_says_where_each_agency_is() -> None:
    table = io.parse_csv(io.packaged_text("agencies.csv"), "agencies.csv")
    assert table["name"].is_unique and table["country"].notna().all()
    forms = [f for column in ("names", "codes") for cell in table[column].dropna() for f in cell.split(";")]
    domains = [d for cell in table["domains"].dropna() for d in cell.split(";")]
    assert len(forms) == len(set(forms)) and len(domains) == len(set(domains))
    assert all(form == " ".join(form.split()) for form in forms)
    assert table[["names", "codes"]].notna().any(axis=1).all()
    wanted = ("Reuters AP AFP dpa EFE ANSA TASS Interfax RIA Xinhua Kyodo Yonhap PTI ANI Anadolu IRNA SANA KCNA UNIAN Ukrinform "
              "Belga Tanjug MTI PAP BTA NAN GNA Antara Bernama VNA APS MAP Telam Notimex CNA Kazinform KazTAG").split()
    assert set(wanted) <= set(forms)


WIRE = "VELDT HARROW, Jan 6 (Reuters) - " + BODY


def status(*articles: dict[str, str | None]) -> list[list[object]]:
    rows = [{"document_id": f"d{i}", "outlet": "unknown", **article} for i, article in enumerate(articles)]
    documents = schema.validate(pd.DataFrame(rows), "documents")
    zones = find_zones(documents)
    copies = find_copies(documents, zones, find_copy_pairs(documents, zones), find_credits(documents, zones))
    return copies[["copy_status", "evidence"]].values.tolist()


@pytest.mark.parametrize("article, expected", [
    ({}, "agency"),  # nobody is known to have published it
    ({"outlet": "Herald"}, "republished"),
    ({"outlet": "Reuters"}, "agency"),
    ({"publisher": "Herald", "outlet": "Reuters"}, "republished"),
    ({"publisher": "REUTERS"}, "agency"),
    ({"outlet": "Herald", "url": "https://www.reuters.com/world/bread"}, "agency"),
    ({"publisher": "Herald", "origin": "Reuters"}, "republished"),
    ({"publisher": "Reuters", "origin": "Thomson Reuters"}, "agency"),
    ({"origin": "reuters", "outlet": "Herald"}, "republished"),
    ({"publisher": "Herald", "origin": "Herald"}, "original"),  # the table is believed
    ({"origin": "Gazette", "outlet": "Herald"}, "unknown"),
])
def test_the_status_of_an_article_with_a_dateline(article: dict[str, str], expected: str) -> None:
    [[got, evidence]] = status({"text": WIRE, **article})
    assert got == expected
    assert evidence.startswith("credits Reuters (dateline)")
    origin = article.get("origin")
    assert ("but the table gives" in evidence) == (origin in ("Herald", "Gazette"))
    if origin == "Gazette":
        assert evidence.endswith("; but the table gives 'Gazette' as origin")


def test_a_contribution_decides_nothing_and_an_unnamed_agency_may_be_any() -> None:
    text = BODY + "\n\nAFP contributed to this report."
    assert status({"text": text, "outlet": "Herald"}) == [["unknown", "credits AFP (contributing)"]]
    assert status({"text": text, "publisher": "Herald", "origin": "Herald"}) == [["original", "credits AFP (contributing)"]]
    fed = BODY + "\n\nThis story has been published from a wire agency feed without modifications to the text."
    assert status({"text": fed, "publisher": "Mail", "origin": "MPA"}) == [["republished", "credits unnamed agency (credit)"]]
    assert status({"text": fed, "publisher": "Mail", "origin": "Mail"}) == [
        ["original", "credits unnamed agency (credit); but the table gives 'Mail' as origin"]]


def test_a_copy_without_credit_is_its_copy_s_agency_s_unless_it_is_much_longer() -> None:
    more = " ".join(f"word{i}" for i in range(60))
    rows = status({"text": WIRE, "outlet": "Herald"}, {"text": BODY, "outlet": "Mail"},
                  {"text": f"{BODY} {more}", "outlet": "Post"})
    assert [row[0] for row in rows] == ["republished", "republished", "unknown"]
    assert rows[1][1].endswith("; its copy d0 credits Reuters") and "credits" not in rows[2][1]


def test_an_agency_by_the_table_alone() -> None:
    assert status({"text": BODY, "publisher": "AP", "origin": "The Associated Press"})[0][0] == "agency"
    assert status({"text": BODY, "publisher": "Herald", "origin": "Herald"})[0][0] == "original"
