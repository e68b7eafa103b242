"""Every table of every layer: columns, types, units, keys, allowed values, and its text-free form.

One dictionary of fields (a name means the same everywhere), one list of tables over it. Validation, the
text-free form and ``docs/data-dictionary.md`` are all made from these two.
"""

from framelens.schema.check import empty, rows_by_document, text_free, validate
from framelens.schema.fields import (
    CONSTRUCTIONS,
    COPY_STATUSES,
    CREDIT_KINDS,
    CUE_CLASSES,
    DEFAULT_SIDES,
    FACTS,
    FIELDS,
    KINDS,
    LOADED_CLASSES,
    LOADED_KINDS,
    LOADED_ROWS,
    MEASURED_ZONES,
    OWN_WIDE,
    REFERENTS,
    ROLES,
    SIDES,
    SOURCE_TYPES,
    STANCES,
    VOICES,
    ZONES,
    Field,
)
from framelens.schema.rows import from_rows
from framelens.schema.tables import TABLES, Table, data_dictionary

__all__ = [
    "CONSTRUCTIONS", "COPY_STATUSES", "CREDIT_KINDS", "CUE_CLASSES", "DEFAULT_SIDES", "FACTS", "FIELDS", "KINDS",
    "LOADED_CLASSES", "LOADED_KINDS", "LOADED_ROWS", "MEASURED_ZONES", "OWN_WIDE", "REFERENTS", "ROLES", "SIDES",
    "SOURCE_TYPES", "STANCES", "TABLES", "VOICES", "ZONES", "Field", "Table", "data_dictionary", "empty", "from_rows",
    "rows_by_document", "text_free", "validate",
]
