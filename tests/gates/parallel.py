"""Score parallel statements, slots, reworded quotations and suspects against readers' marks.

    python tests/gates/parallel.py                           # print the scores of the frozen and the held events
    python tests/gates/parallel.py tests/known/parallel_dev  # print the scores of one folder of marks
    python tests/gates/parallel.py --write                   # put all tables into docs/methods/parallel.md
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pandas as pd

from framelens import annotate, assign_suspects, find_rewritten, find_slots, find_statements, io, read_study

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "known" / "parallel"
HELD = ROOT / "tests" / "known" / "parallel_held"
DEVELOPMENT = ROOT / "tests" / "known" / "parallel_dev"
EVENTS = DEVELOPMENT / "events"
COUNTED = ("verb", "construction", "who_hurt", "by_whom", "number", "source", "voice", "place", "time")
PAGE = ROOT / "docs" / "methods" / "parallel.md"
BY_VALUE = ("construction", "voice")


@dataclass(frozen=True)
class Marks:
    """Readers' marks: documents with texts and events, and the tables that they wrote."""

    documents: pd.DataFrame
    statements: pd.DataFrame
    slots: pd.DataFrame
    rewritten: pd.DataFrame
    suspects: frozenset[str]


def read_marks(folder: Path) -> Marks:
    """Read a folder of marks in the format of its GUIDE.md: corpus.csv, texts/, statements.csv, slots.csv, rewritten.csv."""
    corpus = io.read_csv(folder / "corpus.csv")
    texts = {name: (folder / "texts" / f"{name}.txt").read_bytes().decode("utf-8") for name in corpus["document_id"]}
    documents = corpus.assign(text=corpus["document_id"].map(texts))
    if "outlet" not in documents:
        documents["outlet"] = documents["document_id"]
    documents = documents[["document_id", "outlet", "event", "text"]]
    tables = {}
    for name in ("statements", "slots", "rewritten"):
        table = io.read_csv(folder / f"{name}.csv")
        numbers = [c for c in table if c.endswith(("start", "end"))]
        tables[name] = table.assign(**{c: pd.to_numeric(table[c]) for c in numbers})
    status = io.read_csv(folder / "copy_status.csv")
    suspects = frozenset(status.loc[status["copy_status"] == "suspect_paraphrase", "document_id"])
    return Marks(documents, **tables, suspects=suspects)


def read_development(folder: Path = DEVELOPMENT) -> Marks:
    """Read the two events of development, which are marked line by line (``marked.txt``)."""
    keys = {**dict(zip("vcwbnsq", COUNTED, strict=False)), "p": "place", "t": "time"}
    articles: dict[str, dict[str, str]] = {}
    statements, slots, suspects = [], [], set()
    name, text, start = "", "", 0
    for line in (folder / "marked.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("@doc"):
            _, name, *given = line.split()
            about = dict(part.split("=") for part in given)
            articles[name] = {"event": about["event"], "text": ""}
            if about["status"] == "suspect_paraphrase":
                suspects.add(name)
        elif line.startswith("> "):
            letter, _, marked = line[2:].partition(" ")
            row = {"statement_id": f"{articles[name]['event']}:{letter}", "document_id": name, "sentence_text_start": start}
            text = articles[name]["text"]
            statements.append({**row, "sentence_text_end": len(text)})
            filled = {keys[k.strip()]: v.strip() for k, _, v in (part.partition("=") for part in marked.split(" | "))}
            verb = _place(text, filled.get("verb", filled.get("number", "")), start)
            for slot, words in {"voice": "narrator", **filled}.items():
                at = verb if slot in BY_VALUE else _place(text, words, 0 if slot == "source" else start)
                slots.append({**row, "slot": slot, "start": at[0], "end": at[1], "value": words})
        elif name:
            text = articles[name]["text"]
            if not line:
                articles[name]["text"] = text.rstrip(" ") + "\n\n" if text else ""
                continue
            text += " " if text and not text.endswith("\n") else ""
            start = len(text)
            articles[name]["text"] = text + line
    documents = pd.DataFrame([{"document_id": k, "outlet": k.partition("-")[0], **v} for k, v in articles.items()])
    rewritten = []
    for row in io.read_csv(folder / "rewritten.csv").to_dict("records"):
        one, other = (_place(articles[row[d]]["text"], row[w], 0) for d, w in (
            ("document_id", "words"), ("other_document_id", "other_words")))
        rewritten.append({**row, "start": one[0], "end": one[1], "other_start": other[0], "other_end": other[1]})
    return Marks(documents, pd.DataFrame(statements), pd.DataFrame(slots), pd.DataFrame(rewritten), frozenset(suspects))


def read_demo() -> Marks:
    """Read the statements marked in events e01 to e06 of the demonstration corpus; sentences are ours."""
    marked = io.read_csv(DEVELOPMENT / "demo.csv")
    documents = read_study(ROOT / "data" / "demo").find_texts()
    events = io.read_csv(ROOT / "data" / "demo" / "corpus.csv").set_index("document_id")["event"]
    documents = documents.assign(event=documents["document_id"].map(events))
    documents = documents[documents["event"].isin(marked["event"])].reset_index(drop=True)
    texts = documents.set_index("document_id")["text"]
    sentences = annotate(documents).sentences
    rows = []
    for row in marked.to_dict("records"):
        at = _place(texts[row["document_id"]], row["words"], 0)[0]
        own = sentences[(sentences["document_id"] == row["document_id"]) & (sentences["start"] <= at) & (at < sentences["end"])]
        rows.append({"statement_id": f"{row['event']}:{row['statement']}", "document_id": row["document_id"],
                     "sentence_text_start": int(own["start"].iloc[0]), "sentence_text_end": int(own["end"].iloc[0])})
    return Marks(documents, pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame(), frozenset())


def only(marks: Marks, event: str) -> Marks:
    """Take the marks of one event."""
    documents = marks.documents[marks.documents["event"] == event].reset_index(drop=True)
    ids = set(documents["document_id"])
    statements, slots, rewritten = (table[table["document_id"].isin(ids)].reset_index(drop=True) if len(table) else table
                                    for table in (marks.statements, marks.slots, marks.rewritten))
    return Marks(documents, statements, slots, rewritten, marks.suspects & ids)


def measure_demo() -> dict[str, dict[str, float]]:
    """Score the statements of the demonstration corpus."""
    marks = read_demo()
    return {"statements (pairs of sentences)": score_statements(marks, find_statements(annotate(marks.documents)))}


def _place(text: str, words: str, start: int) -> tuple[int, int]:
    at = text.find(words, start)
    at = at if at >= 0 else text.find(words)
    assert at >= 0, words
    return at, at + len(words)


Sentence = tuple[str, int]


def place_spans(marks: Marks, spans: Iterable[tuple[str, int, int, int]]) -> list[Sentence]:
    """Give each clause (article, start, end, sentence) the marked sentence that holds most of it, or one of its own."""
    marked: dict[str, list[tuple[int, int]]] = {}
    for row in marks.statements.drop_duplicates(["document_id", "sentence_text_start"]).itertuples():
        marked.setdefault(row.document_id, []).append((int(row.sentence_text_start), int(row.sentence_text_end)))
    out = []
    for document_id, start, end, sentence in spans:
        common, at = max(((min(e, end) - max(s, start), s) for s, e in marked.get(document_id, ())), default=(0, 0))
        out.append((document_id, at if 2 * common >= end - start else -1 - sentence))
    return out


def place_statements(marks: Marks, found: pd.DataFrame) -> list[tuple[str, Sentence]]:
    """Give the rows of ``statements`` as rows of statement and marked sentence."""
    spans = list(found[["document_id", "start", "end", "sentence"]].itertuples(index=False, name=None))
    return list(zip(found["statement_id"], place_spans(marks, spans), strict=True))


def pairs(rows) -> set[tuple[Sentence, Sentence]]:
    """Return the pairs of sentences of different articles that a statement joins."""
    by_statement: dict[str, set[Sentence]] = {}
    for statement, sentence in rows:
        by_statement.setdefault(statement, set()).add(sentence)
    return {pair for found in by_statement.values() for pair in combinations(sorted(found), 2) if pair[0][0] != pair[1][0]}


def gold_rows(marks: Marks) -> list[tuple[str, Sentence]]:
    """Give the marked statements as rows of statement and sentence."""
    return [(r.statement_id, (r.document_id, int(r.sentence_text_start))) for r in marks.statements.itertuples()]


def rates(right: int, found: int, gold: int) -> dict[str, float]:
    """Return precision and recall with their counts; nothing found or marked is NaN."""
    return {"right": right, "found": found, "gold": gold, "precision": right / found if found else float("nan"),
            "recall": right / gold if gold else float("nan")}


def score_statements(marks: Marks, found: pd.DataFrame, without: frozenset[str] = frozenset()) -> dict[str, float]:
    """Score pairs of sentences across the articles of one event, but for those of the articles ``without``."""
    gold, ours = ({pair for pair in pairs(rows) if not {pair[0][0], pair[1][0]} & without}
                  for rows in (gold_rows(marks), place_statements(marks, found)))
    return rates(len(gold & ours), len(ours), len(gold))


def score_slots(marks: Marks, found: pd.DataFrame, slots: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Score the fillers of sentences in right pairs: by overlap, of construction and voice by value.

    A marked statement is that of ours with which it shares most sentences, of several the one whose clauses hold most of its
    marked verbs; fillers of other statements are not scored.
    """
    ours = place_statements(marks, found)
    right = pairs(gold_rows(marks)) & pairs(ours)
    good = {sentence for pair in right for sentence in pair}
    of: dict[Sentence, set[str]] = {}
    for statement, sentence in ours:
        of.setdefault(sentence, set()).add(statement)
    shared = Counter((g, o) for g, sentence in set(gold_rows(marks)) for o in of.get(sentence, ()))
    clauses = {(name, sentence): (r.start, r.end) for (name, sentence), r in zip(ours, found.itertuples(), strict=True)}
    held: Counter[tuple[str, str]] = Counter()
    for r in marks.slots[marks.slots["slot"] == "verb"].itertuples():
        sentence = r.document_id, int(r.sentence_text_start)
        around = {o: clauses[o, sentence] for o in of.get(sentence, ())}
        held.update((r.statement_id, o) for o, (start, end) in around.items() if start <= r.start < end)
    sentence_of = {(r.statement_id, r.document_id, r.sentence): s for r, (_, s) in zip(found.itertuples(), ours, strict=True)}
    filled: dict[tuple[str, Sentence], dict[str, tuple[int, int, str]]] = {}
    for r in slots.itertuples():
        key = r.statement_id, sentence_of[r.statement_id, r.document_id, r.sentence]
        filled.setdefault(key, {})[r.slot] = (int(r.start), int(r.end), r.filler)
    counts: dict[str, Counter[str]] = {slot: Counter() for slot in COUNTED}
    marked: dict[tuple[str, Sentence], dict[str, tuple[int, int, str]]] = {}
    for r in marks.slots.itertuples():
        marked.setdefault((r.statement_id, (r.document_id, int(r.sentence_text_start))), {})[r.slot] = (r.start, r.end, r.value)
    for statement, sentence in sorted(set(gold_rows(marks))):
        likest = max(((shared[statement, o], held[statement, o], o) for o in of.get(sentence, ())), default=(0, 0, ""))
        if sentence not in good or likest[0] < 2:
            continue
        gold, got = marked.get((statement, sentence), {}), filled.get((likest[2], sentence), {})
        for slot in COUNTED:
            counts[slot]["gold"] += slot in gold
            counts[slot]["found"] += slot in got
            counts[slot]["right"] += slot in gold and slot in got and _agree(slot, gold[slot], got[slot])
    total = {k: sum(c[k] for c in counts.values()) for k in ("right", "found", "gold")}
    return {**{slot: rates(c["right"], c["found"], c["gold"]) for slot, c in counts.items()}, "all": rates(**total)}


def _agree(slot: str, gold: tuple[int, int, str], got: tuple[int, int, str]) -> bool:
    return gold[2] == got[2] if slot in BY_VALUE else gold[0] < got[1] and got[0] < gold[1]


def score_rewritten(marks: Marks, found: pd.DataFrame) -> dict[str, float]:
    """Score pairs of reworded quotations; one is right if both its spans overlap both of a marked pair."""
    def spans(table: pd.DataFrame) -> list[tuple[tuple[str, int, int], ...]]:
        return [tuple(sorted(((r.document_id, int(r.start), int(r.end)),
                              (r.other_document_id, int(r.other_start), int(r.other_end))))) for r in table.itertuples()]

    def same(a, b) -> bool:
        return all(x[0] == y[0] and x[1] < y[2] and y[1] < x[2] for x, y in zip(a, b, strict=True))

    gold, ours = spans(marks.rewritten), spans(found)
    right = sum(any(same(a, b) for b in gold) for a in ours)
    recalled = sum(any(same(a, b) for a in ours) for b in gold)
    return {**rates(right, len(ours), len(gold)), "recall": recalled / len(gold) if gold else float("nan")}


def score_suspects(marks: Marks, copies: pd.DataFrame) -> dict[str, float]:
    """Score the articles suspected to be paraphrased."""
    ours = set(copies.loc[copies["copy_status"] == "suspect_paraphrase", "document_id"])
    return rates(len(ours & marks.suspects), len(ours), len(marks.suspects))


def measure(marks: Marks) -> dict[str, dict[str, float]]:
    """Find everything in the marked texts and score it."""
    annotations = annotate(marks.documents)
    statements = find_statements(annotations)
    slots = find_slots(annotations, statements)
    return {
        "statements (pairs of sentences)": score_statements(marks, statements),
        "statements without rewritten articles": score_statements(marks, statements, marks.suspects),
        **{f"slot {name}": one for name, one in score_slots(marks, statements, slots).items()},
        "reworded quotations": score_rewritten(marks, find_rewritten(annotations, slots)),
        "suspects": score_suspects(marks, assign_suspects(annotations)),
    }


def table(scores: dict[str, dict[str, float]]) -> str:
    """Lay out scores as a Markdown table."""
    lines = ["| | right | found | marked | precision | recall |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {name} | {s['right']} | {s['found']} | {s['gold']} | {s['precision']:.3f} | {s['recall']:.3f} |"
              for name, s in scores.items()]
    return "\n".join(lines).replace("nan", "–")


def score_second(folder: Path = GOLD) -> dict[str, dict[str, float]]:
    """Score a second reader's statements against the first's: how far people agree."""
    first, second = (io.read_csv(folder / f"{name}.csv").astype({"sentence_text_start": int})
                     for name in ("statements", "second_statements"))
    theirs, ours = (pairs((row.statement_id, (row.document_id, row.sentence_text_start)) for row in rows.itertuples())
                    for rows in (first, second))
    return {"statements of a second reader (pairs of sentences)": rates(len(theirs & ours), len(ours), len(theirs))}


def tables() -> dict[str, str]:
    """Make the tables of the page: of development, of the demonstration, of the frozen events, and of the held ones if there."""
    held = {"held": table(measure(read_marks(HELD)))} if HELD.is_dir() else {}
    return {"development": table(measure(read_development())), "events": table(measure(read_marks(EVENTS))),
            "demonstration": table(measure_demo()), "frozen": table({**measure(read_marks(GOLD)), **score_second()}), **held}


def put(page: str, name: str, made: str) -> str:
    """Put a table between its marks in the page."""
    begin, end = f"<!-- {name}: begin -->\n", f"\n<!-- {name}: end -->"
    before, found, rest = page.partition(begin)
    _, closed, behind = rest.partition(end)
    assert found and closed, f"the page has no {begin!r}, or a line and {end!r} behind it"
    return before + begin + made + end + behind


def write_page(page: str) -> str:
    """Put all tables between their marks in the page."""
    for name, made in tables().items():
        page = put(page, name, made)
    return page


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(write_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        for wanted in ([Path(sys.argv[1]).resolve()] if len(sys.argv) > 1 else [GOLD, HELD]):
            if wanted.is_dir():
                marks = read_development() if wanted == DEVELOPMENT else read_marks(wanted)
                print(f"{wanted.relative_to(ROOT)}\n{table(measure(marks))}")
