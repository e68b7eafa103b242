"""The layers of the design hold: each module imports only from those to its left, heavy names only where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "analysis" / "framelens"
# Left to right; io stands left of lexicon, which reads files by it, and errors left of all.
LAYERS = [{"errors"}, {"schema", "stats"}, {"io"}, {"lexicon", "text"}, {"corpus"}, {"annotate"}, {"measure"}, {"report"},
          {"workbench"}, {"pipeline"}, {"scale"}, {"cli"}]
# lexicon matches words as text splits them, and report/measure share a small base: told here, nowhere else.
WITHIN = {("lexicon.reader", "text.inflect"), ("lexicon.reader", "text.tokens")}
BASES = {"measure._contrasts", "measure._intervals", "measure._labels", "measure._periods", "measure._rows", "measure._sides",
         "measure._spans", "measure.selection",
         "annotate.bundle", "report.sentences", "report.style", "report.plots", "report.captions", "report.figures_study"}
SUBPACKAGES = ("schema", "lexicon", "text", "stats", "pipeline", "workbench", "cli", "annotate.agency", "annotate.attribution",
               "annotate.facts", "annotate.labels", "annotate.loaded", "annotate.parallel", "annotate.sentiment",
               "annotate.sources", "corpus.copies", "corpus.zones", "corpus.ingest", "measure.keyness", "measure.sourcing",
               "report.evidence",
               "report.plots")
ONLY_IN = {"matplotlib": {"report"}, "dask": {"scale"}, "textblob": {"text", "annotate"}, "vaderSentiment": {"annotate"},
           "nltk": {"text", "annotate", "lexicon"}}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__")


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                place = PACKAGE.parent.joinpath(*inner.split("."))
                found.add(inner if place.with_suffix(".py").is_file() or place.is_dir() else base)
    return found


def layer(module: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if module.split(".")[0] in names)


def unit(module: str) -> str:
    """A sub-package counts as one module."""
    return next((s for s in SUBPACKAGES if module == s or module.startswith(f"{s}.")), module)


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p)], ids=name_of)
def test_imports_only_from_the_left(path):
    module = name_of(path)
    for target in (t.removeprefix("framelens.") for t in imports(path) if t.startswith("framelens.")):
        if unit(target) == unit(module) or (module, target) in WITHIN or unit(target) in BASES:
            assert layer(target) <= layer(module)
            continue
        assert layer(target) < layer(module), f"{module} imports {target}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: name_of(p) or "framelens")
def test_heavy_names_only_where_they_belong(path):
    module = name_of(path).split(".")[0]
    for target in imports(path):
        allowed = ONLY_IN.get(target.split(".")[0])
        assert allowed is None or module in allowed, f"{module} imports {target}"


def test_only_io_opens_files():
    for path in MODULES:
        if name_of(path) == "io":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                assert name not in {"open", "read_text", "write_text", "read_bytes", "write_bytes"} or (
                    isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "io"), f"{path}:{node.lineno}: {name}"


@pytest.mark.parametrize("path", [*MODULES, *Path(__file__).parent.rglob("*.py")], ids=lambda p: p.name)
def test_no_file_over_400_lines(path):
    assert path.read_text(encoding="utf-8").count("\n") <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda p: name_of(p) or "framelens")
def test_no_function_over_8_arguments(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            assert len([a for a in arguments if a.arg not in ("self", "cls")]) <= 8, f"{path}:{node.lineno} {node.name}"


def test_import_is_quick_and_light():
    code = ("import time, sys; t = time.perf_counter(); import framelens; d = time.perf_counter() - t; "
            "assert d < 1, d; "
            "assert not {'matplotlib', 'dask', 'pandas', 'nltk', 'textblob', 'vaderSentiment'} & set(sys.modules); "
            "assert 'annotate' in framelens.__all__")
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("first", ["", "import framelens.annotate.labels; ", "framelens.measure_tone; "])
def test_a_function_with_the_name_of_a_sub_package_stays_callable(first):
    code = (f"import framelens; {first}import inspect; import framelens.annotate.voice as voice; assert voice.assign_voice; "
            "assert 'lexicon' in inspect.signature(framelens.annotate).parameters; "
            "assert 'Examples' in framelens.annotate.__doc__; "
            "import pandas as pd; "
            "found = framelens.annotate(pd.DataFrame({'document_id': ['a'], 'outlet': ['P'], 'text': ['The mob left.']})); "
            "assert len(found.mentions) == 1")
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_loads():
    import framelens

    assert framelens.__version__
    for name in framelens.__all__:
        assert getattr(framelens, name) is not None
    with pytest.raises(AttributeError):
        framelens.no_such_name  # noqa: B018
