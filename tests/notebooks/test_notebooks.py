"""The notebooks: each runs to its end, shows the right numbers, is thin and stripped, and prints no text of others."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from html import unescape
from itertools import product
from pathlib import Path

import nbformat
import numpy as np
import pytest
from agency_numbers import agency
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from outlets_numbers import outlets
from scipy.stats import chi2_contingency
from tone_numbers import tone

from framelens.measure.keyness.design import find_design
from framelens.stats.simulation import simulate_tests

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TEXTS = "FRAMELENS_TEXTS"
UNPUBLISHED = 'fl.read_study("../data/kazakhstan-2022")'  # from here to its end a notebook may show no sentence
FROM_TABLES = {"10_seven_outlets"}  # of a study whose texts nobody has here: it has no sentence to show
MOST_LINES = 9  # of a code cell: a notebook asks, the package answers
RUN = 4  # words in a row that may not be another's
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[p.stem for p in NOTEBOOKS])


class ThisInterpreter(KernelSpecManager):
    """Runs every kernel in the interpreter of the tests, whatever kernels are installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that executes cells in a new kernel, in the folder of the notebooks, and returns them."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))  # not the user's settings
    search = [str(ROOT / "analysis"), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(search))
    monkeypatch.delenv(TEXTS, raising=False)  # as in a fresh clone

    def execute(cells: list) -> list:
        notebook = nbformat.v4.new_notebook(cells=cells)
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=ThisInterpreter())
        resources = {"metadata": {"path": str(ROOT / "notebooks")}}
        NotebookClient(notebook, km=manager, timeout=300, resources=resources).execute()
        return notebook.cells

    return execute


# What each notebook shows, by an expression in its own names; `known` tells the same from rows, without the measures.
PROBES = {
    "01_corpus": {
        "articles": "[len(documents), copies['cluster_id'].nunique()]",
        "words": "sizes.groupby('outlet')['n_words'].sum().to_dict()",
        "kazakhstan": "[len(found.documents), found.copies['cluster_id'].nunique()]",
    },
    "02_labels_and_voice": {
        "shares": "own.set_index('outlet')['estimate'].to_dict()",
        "behind": "len(behind)",
        "explained": "explained.query(\"what == 'label'\")[['words', 'voice']].to_numpy().tolist()",
        "kazakhstan": "counts.groupby('voice')['estimate'].sum().to_dict()",
        "kazakhstan rows": "len(terms)",
    },
    "03_attribution": {
        "wide": "much.query(\"measure == 'attribution_density'\").set_index('outlet')['estimate'].to_dict()",
        "narrow": "much.query(\"measure == 'reported_speech_density'\").set_index('outlet')['estimate'].to_dict()",
        "cell": "[len(cell), drawn['estimate'].item()]",
        "own words": "own_words.query(\"attribution == 'wide'\").groupby('voice')['n_words'].sum().to_dict()",
        "kazakhstan": "real.query(\"measure == 'attribution_density'\").set_index('document_id')['estimate'].to_dict()",
    },
    "04_sentiment": {
        "means": "polarity.set_index(['voice', 'outlet'])['estimate'].unstack(0).to_dict()",
        "errors": "errors.groupby('text')['score'].agg(list).to_dict()",
        "kazakhstan": "real_polarity.set_index(['voice', 'document_id'])['estimate'].unstack(0).to_dict()",
    },
    "05_keyness": {
        "hits": "terms.set_index('term').loc[['said', 'they'], ['n_units', 'n_reference']].to_numpy().tolist()",
        "terms": "len(terms)",
        "more": "keys.set_index('term')['more_in'].loc[['said', 'their']].tolist()",
        "likelihood": "abs(ordinary.set_index('term').loc['said', 'statistic'])",
        "kazakhstan": "[counted['tested'].sum().item(), len(counted)]",
    },
    "06_do_the_numbers_hold": {
        "design": "[design.n_first + design.n_second, design.words, design.length]",
        "false positives": "tried.query('ratio == 1').set_index('test')['false_positives'].to_dict()",
        "held": "shares.query(\"of == 'first'\").set_index('share')['holds'].min().item() > 0.9",
        "grid": "grid['framelens'].iloc[0]",
        "kazakhstan": "[real.n_first + real.n_second, real_tried['terms_tested'].max(), real_shares['given'].max()]",
    },
    "07_label_choice": {
        "balances": "balances.query(\"voice == 'narrator'\").set_index('outlet')['estimate'].to_dict()",
        "itself": "given.query(\"who == 'the outlet itself'\").set_index('outlet')['estimate'].to_dict()",
        "words": "used['label_term_count'].to_dict()",
        "pair": "paired.set_index('contrast').loc['origin=Maravel Herald minus origin=Open Quay', "
                "['estimate', 'p_value']].tolist()",
        "choices": "[curve.loc[(curve['measure'] == asked['measure']) & curve['spec'].str.fullmatch("
                   "f'voice=narrator,( referent=all,)? without={term}'), 'estimate'].iloc[0] for term in ('none', 'rioter')]",
        "kazakhstan": "counts.query(\"voice != 'narrator'\").groupby('stance')['estimate'].sum().to_dict()",
    },
    "08_who_does_what": {
        "agentless": "agentless.pivot_table(index='outlet', columns='patient_group', values='estimate', dropna=False).to_dict()",
        "agents": "named.set_index(['agent_group', 'outlet'])['estimate'].unstack(0).to_dict()",
        "behind": "[len(behind), len(shown), sorted(set(shown['match'].str.lower()) - set(behind['verb'].str.lower()))]",
        "explained": "explained[['words', 'voice', 'rule']].to_numpy().tolist()",
        "differ": "differ.set_index('contrast').loc['origin=Maravel Herald minus origin=Open Quay', 'estimate'].item()",
        "kazakhstan": "counts.groupby(['document_id', 'construction'])['estimate'].sum().unstack().to_dict()",
    },
    "09_tone": {
        "overall": "overall.query(\"voice == 'narrator'\").set_index('measure')['estimate'].to_dict()",
        "negation": "negation[negation['scorer'] != 'textblob_subjectivity'].set_index(['scorer', 'text'])['score']"
                    ".unstack(0).to_dict()",
        "neutral": "whole_text.set_index(['scorer', 'outlet'])['estimate'].unstack(0).to_dict()",
        "around": "around.set_index(['target_group', 'outlet'])['estimate'].unstack(0).to_dict()",
        "kazakhstan": "real.set_index(['scorer', 'document_id'])['estimate'].unstack(0).to_dict()",
    },
    "10_seven_outlets": {
        "copies": "republished['outlet'].value_counts().to_dict()",
        "wide": "much.query(\"measure == 'attribution_density'\").set_index('outlet')['estimate'].to_dict()",
        "quoted": "voices.query(\"voice == 'direct'\").set_index('contrast')['estimate'].to_dict()",
        "cited": "kinds.query(\"source_type == 'news_agency'\").set_index('contrast')['estimate'].to_dict()",
        "hits": "keys.set_index('term').loc['mr', ['n_units', 'n_reference']].tolist()",
    },
}


def known(stem: str, demo, real) -> dict:
    """Tell the numbers of a notebook from the rows of its tables."""
    outlet = demo.documents.set_index("document_id")["outlet"]
    if stem == "01_corpus":  # two of the 48 pieces are agency copy that two outlets carry (data/demo/README.md)
        words = demo.sizes["n_words"].groupby(demo.sizes["document_id"].map(outlet)).sum()
        return {"articles": [48, 46], "words": words.to_dict(), "kazakhstan": [5, 5]}
    if stem == "02_labels_and_voice":
        ours, theirs = (delegitimising(a.mentions) for a in (demo, real))
        own = (ours["voice"] == "narrator").groupby(ours["document_id"].map(outlet))
        voices = {voice: int((theirs["voice"] == voice).sum()) for voice in ("narrator", "direct", "indirect")}
        return {"shares": own.mean().to_dict(), "behind": own.sum()["Maravel Herald"],
                "explained": [["thugs", "direct"], ["marchers", "narrator"]],  # read off the sentence
                "kazakhstan": voices, "kazakhstan rows": len(theirs)}
    if stem == "03_attribution":
        outer, theirs = (outermost(a.attributions) for a in (demo, real))
        speech = outer[outer["cue_class"].isin(["reporting", "claim"]) | outer["type"].isin(["direct", "mixed"])]
        police = outer[(outer["document_id"].map(outlet) == "Northmere Times") & (outer["source_type"] == "police")]
        body = demo.sizes[demo.sizes["zone"] == "body"]
        return {"wide": density(outer, demo, outlet), "narrow": density(speech, demo, outlet),
                "cell": [len(police)] * 2, "own words": body.groupby("voice")["n_words"].sum().to_dict(),
                "kazakhstan": density(theirs, real, {d: d for d in real.documents["document_id"]})}
    if stem == "04_sentiment":
        return {"means": means(demo, outlet), "kazakhstan": means(real, {d: d for d in real.documents["document_id"]}),
                "errors": {  # TextBlob's list: peaceful 0.25, violent -0.8, killed -0.2; after "not" times -0.5
                    "The march was peaceful.": [0.25], "The march was not peaceful.": [-0.125],
                    "The march was not at all peaceful.": [0.25], "The march was hardly peaceful.": [0.25],
                    "The march was violent.": [-0.8], "Soldiers shot four bakers.": [0],
                    "Without a single violent act, the march ended.": [(-0.8 - 1 / 14) / 2],  # single -1/14
                    "Soldiers killed four bakers.": [-0.2], "Bakers killed four soldiers.": [-0.2],
                    "Ten more trucks left the other side of the first bridge.": [(0.5 + 0 + 0 - 0.125 + 0.25) / 5],
                    "The mayor denied that the march had been violent.": [0, -0.8]}}
    if stem == "05_keyness":
        counts = demo.term_counts.assign(outlet=demo.term_counts["document_id"].map(outlet))
        counts = counts[counts["outlet"].isin(["Maravel Herald", "Northmere Times"])]
        hits = counts.groupby(["term", "outlet"])["count"].sum().unstack(fill_value=0)
        words = demo.sizes.query("zone in ['body', 'headline']").groupby(demo.sizes["document_id"].map(outlet))["n_words"].sum()
        cells = [hits.loc["said"], words[hits.columns] - hits.loc["said"]]
        held = real.term_counts.groupby("term")["document_id"].nunique()
        return {"hits": hits.loc[["said", "they"]].to_numpy().tolist(),
                "terms": int((counts.groupby("term")["document_id"].nunique() >= 3).sum()),
                "more": ["Northmere Times", "Maravel Herald"],
                "likelihood": chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic,
                "kazakhstan": [0, 5 * int((held >= 3).sum())]}
    if stem == "06_do_the_numbers_hold":
        two = ["Maravel Herald", "Northmere Times"]
        pieces = demo.documents[demo.documents["outlet"].isin(two)].merge(demo.copies)
        measured = demo.sizes.query("zone in ['body', 'headline']").groupby("document_id")["n_words"].sum()
        alone = pieces[pieces.groupby("cluster_id")["outlet"].transform("nunique") == 1]
        words = alone["document_id"].map(measured).groupby(alone["outlet"]).mean()
        design = find_design(demo.term_counts, demo.documents, *two, tables=demo.tables)
        page = (ROOT / "docs/methods/statistics.md").read_text(encoding="utf-8")
        return {"design": [pieces["cluster_id"].nunique(), round(words[two[1]]), round(words[two[0]] / words[two[1]], 2)],
                "false positives": simulate_tests(design, comparisons=40, n_resamples=999, seed=0).false_positives, "held": True,
                "grid": re.search(r"\| 10 : 10 \| [^|]*\| [^|]*\| m \+ m²/0\.3 \| \d+% \| (\*\*[^|]*\*\*) \|", page)[1],
                "kazakhstan": [5, 0, 0]}
    if stem == "07_label_choice":
        return label_choice(demo, real)
    if stem == "08_who_does_what":
        return agency(demo, real)
    if stem == "09_tone":
        return tone(demo, real, outlet)
    if stem == "10_seven_outlets":
        return outlets(real, density(outermost(real.attributions), real, real.documents.set_index("document_id")["outlet"]))
    raise AssertionError(f"{stem}.ipynb has no known number. Add one to PROBES and known: a run alone proves little.")


def label_choice(demo, real) -> dict:
    """Tell the numbers of the notebook on label choice: D and L by outlet, pairs of events, one term left out."""
    table = demo.mentions.merge(demo.documents[["document_id", "outlet", "origin", "event"]])
    table = table[(table["group"] == "protesters") & (table["zone"] == "body") & ~table["negated"].astype(bool)]
    bad, good, own = table["stance"] == "delegitimising", table["stance"] == "legitimising", table["voice"] == "narrator"
    odds = {o: [((table["outlet"] == o) & own & pole).sum() for pole in (bad, good)] for o in set(demo.documents["outlet"])}
    values = table.assign(bad=bad)[table["voice"] != "direct"].groupby(["event", "origin"])["bad"].mean().unstack()
    gaps = (values["Maravel Herald"] - values["Open Quay"]).dropna()
    signs = np.array(list(product((1, -1), repeat=len(gaps)))) @ gaps.to_numpy() / len(gaps)
    pair = table[own & table["origin"].isin(["Maravel Herald", "Open Quay"])].assign(bad=bad)
    specs = [rows.groupby("origin")["bad"].mean() for rows in (pair, pair[pair["term"] != "rioter"])]
    theirs = real.mentions[(real.mentions["group"] == "protesters") & (real.mentions["zone"] == "body")]
    theirs = theirs[~theirs["negated"].astype(bool)]  # the wide voice and the direct one are all voices
    stances = ("delegitimising", "neutral", "legitimising")
    given = own[bad].groupby(table["outlet"]).mean()
    return {"balances": {o: np.log((d + 0.5) / (n + 0.5)) if d + n else np.nan for o, (d, n) in odds.items()},
            "itself": given[given > 0].to_dict(),
            "words": table[bad & own & (table["outlet"] == "Maravel Herald")]["term"].value_counts().to_dict(),
            "pair": [gaps.mean(), (np.abs(signs) >= abs(gaps.mean()) - 1e-12).mean()],
            "choices": [s["Maravel Herald"] - s["Open Quay"] for s in specs],
            "kazakhstan": {stance: int((theirs["stance"] == stance).sum()) for stance in stances}}


def delegitimising(mentions):
    kept = (mentions["group"] == "protesters") & (mentions["stance"] == "delegitimising") & (mentions["zone"] == "body")
    return mentions[kept & ~mentions["negated"].astype(bool)]


def outermost(attributions):
    return attributions[(attributions["level"] == 1) & (attributions["kind"] != "scare_quote")]


def density(rows, annotations, place) -> dict:
    sizes = annotations.sizes[annotations.sizes["zone"].isin(["body", "headline"])]
    words = sizes["n_words"].groupby(sizes["document_id"].map(place)).sum()
    return (1000 * rows["document_id"].map(place).value_counts() / words).to_dict()


def means(annotations, place) -> dict:
    rows = annotations.sentiment[annotations.sentiment["scorer"] == "textblob_polarity"]
    found = rows["score"].groupby([rows["document_id"].map(place), rows["voice"]]).mean().unstack()
    return found.to_dict()


def flat(value, path: tuple = ()) -> dict:
    """Lay nested values side by side, so that they can be compared approximately."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: leaf for name, inner in items for key, leaf in flat(inner, (*path, name)).items()}
    return {path: value}


def check_shown(cells: list) -> None:
    """Check that nothing failed or warned and that each figure is there to be seen."""
    for cell in cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error", f"cell {cell.id}: {output}"
            assert output.get("name") != "stderr", f"cell {cell.id} warns: {output.text}"
        if "fl.plot_" in cell.source and cell.cell_type == "code":
            assert any("image/png" in o.get("data", {}) for o in cell.outputs), f"cell {cell.id} shows no figure"


def displayed(cells: list) -> list[str]:
    """List what a reader sees, cell of a table by cell."""
    parts = []
    for output in (o for cell in cells for o in cell.outputs):
        data = output.get("data", {})
        parts += [output.get("text", ""), "" if "text/html" in data else data.get("text/plain", "")]
        parts += [unescape(part) for part in re.split(r"<[^>]*>", data.get("text/html", ""))]
    return [part.strip() for part in parts if part.strip()]


def word_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i:i + RUN]) for i in range(len(words) - RUN + 1)}


@every_notebook
def test_runs_and_shows_known_numbers(path, run, tmp_path):
    from framelens import Annotations

    cells = nbformat.read(path, as_version=4).cells
    probes = ", ".join(f"{name!r}: {code}" for name, code in PROBES.get(path.stem, {}).items())
    save = "" if path.stem in FROM_TABLES else f"annotations.save({str(tmp_path / 'demo')!r})\n"
    save += f"found.save({str(tmp_path / 'real')!r}, form=found.form, format='parquet')\n"
    probe = new_code_cell(f"{save}import json, sys\nprint(json.dumps([{{{probes}}}, fl.__file__, sys.executable]))")
    *cells, last = run([*cells, probe])
    values, package, interpreter = json.loads(last.outputs[-1].text)
    assert (Path(package), interpreter) == (ROOT / "analysis/framelens/__init__.py", sys.executable)
    check_shown(cells)
    folders = ("real", "real") if path.stem in FROM_TABLES else ("demo", "real")
    wanted = known(path.stem, *(Annotations.load(tmp_path / folder) for folder in folders))
    assert set(values) == set(wanted)
    for name in wanted:
        shown, right = flat(values[name]), flat(wanted[name])
        assert shown == (right if isinstance(wanted[name], str) else pytest.approx(right, abs=1e-9, nan_ok=True)), name


@pytest.mark.material
def test_prints_no_text_of_others(run, material):
    """The unpublished study's part of each notebook shows the same from texts as from tables, and no sentence."""
    setup, part = [], []
    for path in NOTEBOOKS:  # in one kernel, to save time; each alone is run above
        if path.stem in FROM_TABLES:
            continue
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        first = next(i for i, cell in enumerate(cells) if UNPUBLISHED in cell.source)
        setup += [{**cell, "id": f"{path.stem}-{cell.id}"} for cell in cells if cell.id == "setup"]
        part += [{**cell, "id": f"{path.stem}-{cell.id}"} for cell in cells[first:]]
    folder = str(material / "seeds")
    switch = new_code_cell(f"import os\nos.environ[{TEXTS!r}] = {folder!r}")
    again = [{**cell, "id": f"{cell['id']}-again"} for cell in part]
    ran = run([nbformat.from_dict(cell) for cell in [*setup, *part, switch, *again]])
    check_shown(ran)
    tables, texts = ran[len(setup):-len(part) - 1], ran[-len(part):]
    assert "made from its tables" in " ".join(displayed(tables)) and "made from its texts" in " ".join(displayed(texts))
    theirs = {words for file in Path(folder).glob("*.txt") for words in word_runs(file.read_text(encoding="utf-8"))}
    assert len(theirs) > 1000  # there is something to compare with
    # Messages name cells only: what failed may be a sentence of others, and logs are read by many.
    leaks = [cell.id for cell in texts if any(word_runs(shown) & theirs for shown in displayed([cell]))]
    assert leaks == []
    pairs = [(cell.id, displayed([cell]), displayed([twin])) for cell, twin in zip(tables, texts, strict=True)]
    differ = [name for name, before, after in pairs if before != [x.replace("its texts", "its tables") for x in after]]
    assert differ == []


def sources(path: Path) -> list:
    """Parse the code cells; lines of IPython's own are no Python."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    lines = [[line for line in cell.source.splitlines() if not line.startswith("%")] for cell in cells]
    return [(cell, ast.parse("\n".join(own))) for cell, own in zip(cells, lines, strict=True)]


@every_notebook
def test_is_stripped_and_valid(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(raw)
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    assert raw["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in raw["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in raw["cells"]:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", cell["id"]), f"{cell['id']!r} is no readable id"
        assert not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]+)*", cell["id"]), f"{cell['id']!r} is a random id"
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], f"cell {cell['id']} has outputs: strip them before committing"
            assert cell["execution_count"] is None, f"cell {cell['id']} has an execution count"


@every_notebook
def test_is_thin(path):
    """No logic in a notebook: it calls the package's public names and shows what they give."""
    import framelens

    banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try, ast.If)
    for cell, tree in sources(path):
        assert "def " not in cell.source and "class " not in cell.source, cell.id
        assert len(cell.source.splitlines()) <= MOST_LINES, f"cell {cell.id} is long"
        for node in ast.walk(tree):
            assert not isinstance(node, (*banned, ast.ImportFrom)), f"cell {cell.id}: {type(node).__name__}"
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= {"pandas", "framelens"}, cell.id
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "fl":
                assert node.attr in framelens.__all__, f"cell {cell.id}: fl.{node.attr} is not public"


@every_notebook
def test_names_no_path_of_a_machine(path):
    assert str(ROOT) not in path.read_text(encoding="utf-8")
    for cell, tree in sources(path):
        strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        for value in strings:
            assert not re.match(r"/|~|[A-Za-z]:\\", value), f"cell {cell.id}: {value}"
            if value.startswith(".."):
                assert (path.parent / value).exists(), f"cell {cell.id}: {value} is not there"


def test_every_notebook_has_known_numbers():
    assert NOTEBOOKS
    assert set(PROBES) == {path.stem for path in NOTEBOOKS}
