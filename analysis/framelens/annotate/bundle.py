"""The frozen bundle of an annotated corpus: its tables and what made them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from framelens import io, schema
from framelens.errors import CorpusError, SchemaError

__all__ = ["Annotations"]

ABOUT = "about.json"


@dataclass(frozen=True)
class Annotations:
    """All tables of an annotated corpus, each reached as an attribute (``annotations.mentions``).

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Valid under :mod:`framelens.schema`, by table name. Do not write into them: make another bundle with
        :meth:`replace`.
    about : mapping
        What made them: ``framelens`` (version), ``lexicon`` (name, version, sha256), ``groups`` (group →
        ``{"side": …, "title": …, "stances": […]}``, so that a group without a hit still has its row), ``sides``
        (source type → side).
    form : {"full", "text_free"}
        Whether titles, texts and phrases are there.

    Examples
    --------
    >>> from framelens import schema
    >>> a = Annotations({"mentions": schema.empty("mentions")}, {"groups": {}})
    >>> len(a.mentions)
    0
    """

    tables: Mapping[str, pd.DataFrame]
    about: Mapping[str, Any] = field(default_factory=dict)
    form: str = "full"

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        object.__setattr__(self, "about", MappingProxyType(dict(self.about)))

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):  # copy and pickle ask for these before the fields are there
            raise AttributeError(name)
        if name in self.tables:
            return self.tables[name]
        if name in schema.TABLES:
            raise SchemaError(f"This bundle holds no table {name!r}; it holds {', '.join(self.tables) or 'none'}.")
        raise AttributeError(f"'Annotations' object has no attribute {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Annotations, (dict(self.tables), dict(self.about), self.form)

    @property
    def groups(self) -> dict[str, dict[str, Any]]:
        """The groups of the lexicon, in its order."""
        return dict(self.about.get("groups", {}))

    @property
    def sides(self) -> dict[str, str]:
        """Which side each source type speaks for."""
        return {**schema.DEFAULT_SIDES, **self.about.get("sides", {})}

    def replace(self, **tables: pd.DataFrame) -> Annotations:
        """Return a bundle in which some tables are others', validated; the rest stays as it is.

        To have what depends on a table made again (voice on attributions, say), give the table to
        :func:`framelens.annotate` instead.
        """
        checked = {name: schema.validate(table, name, form=self.form) for name, table in tables.items()}
        return Annotations({**self.tables, **checked}, self.about, self.form)

    def keep(self, document_ids: Collection[str]) -> Annotations:
        """Return a bundle of some of the articles: of every table the rows that are of these."""
        tables = {name: table[table["document_id"].isin(list(document_ids))].reset_index(drop=True)
                  for name, table in self.tables.items()}
        return Annotations(tables, self.about, self.form)

    def save(self, folder: str | Path, *, format: str = "csv", form: str = "full") -> Path:
        """Write the bundle as a folder of tables with an ``about.json``.

        Parameters
        ----------
        folder : path
            Made if need be. Tables that an earlier save wrote there are replaced or removed; others are never touched.
        format : {"csv", "parquet"}
            The format of each table.
        form : {"full", "text_free"}
            ``"text_free"`` leaves out every title, text and phrase.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        CorpusError
            The folder holds a file with the name of a table that no save wrote (your own ``codings.csv``, say).
        """
        if self.form == "text_free" and form == "full":
            raise SchemaError("This bundle is text-free; save it with form='text_free'.")
        path = Path(folder) / ABOUT
        ours = set(io.read_json(path).get("files", ())) if path.is_file() else set()
        others = sorted(io.declared_files(folder) - ours)
        if others:
            raise CorpusError(f"{folder}: holds {', '.join(others[:3])}, not written by a save. Move it, or save to another "
                              "folder: it would be lost, or be read as part of this bundle.")
        written = io.write_tables(self.tables, folder, format=format, form=form, as_is=self.form == form)
        io.write_json({**self.about, "form": form, "files": sorted(p.name for p in written)}, path)
        return Path(folder)

    @classmethod
    def load(cls, folder: str | Path) -> Annotations:
        """Read a bundle that :meth:`save` wrote."""
        path = Path(folder) / ABOUT
        if not path.is_file():
            raise CorpusError(f"{folder}: no {ABOUT}, so this is no saved annotation. Make one with Annotations.save.")
        about = io.read_json(path)
        form = about.pop("form", "full")
        about.pop("files", None)
        return cls(io.read_tables(folder, form=form), about, form)
