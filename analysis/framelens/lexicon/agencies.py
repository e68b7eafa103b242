"""News agencies: their names and codes, and the addresses under which they publish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlsplit

from framelens import io
from framelens.errors import LexiconError

__all__ = ["UNNAMED", "Agencies", "read_agencies"]

UNNAMED = "unnamed agency"  # "with agency inputs"
FILE = "agencies.csv"


@dataclass(frozen=True, eq=False)
class Agencies:
    """The forms by which a text names an agency.

    Attributes
    ----------
    names : mapping of str to str
        Form → agency, of forms that name nothing else.
    codes : mapping of str to str
        The same of short forms that may mean other things (AP, APS, MAP, PTI): they count where only an agency can stand.
    domains : mapping of str to str
        Internet domain → the agency that publishes there.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]
    domains: Mapping[str, str]

    def name_of(self, form: object) -> str | None:
        """Return the agency that a publisher, an origin or an outlet is by its name; None for any other.

        Examples
        --------
        >>> [read_agencies().name_of(form) for form in ("AP", "the associated press", "Carrow Gazette", None)]
        ['Associated Press', 'Associated Press', None, None]
        """
        return self._folded.get(_fold(form)) if isinstance(form, str) else None

    def publisher_of(self, url: object) -> str | None:
        """Return the agency under whose domain an address is.

        Examples
        --------
        >>> read_agencies().publisher_of("https://www.reuters.com/world/x"), read_agencies().publisher_of("https://example.org")
        ('Reuters', None)
        """
        try:
            host = (urlsplit(url.strip()).hostname or "") if isinstance(url, str) else ""
        except ValueError:  # a bracket that is no address
            return None
        parts = host.split(".")
        return next((self.domains[d] for d in (".".join(parts[i:]) for i in range(len(parts))) if d in self.domains), None)

    def path_of(self, url: object) -> str | None:
        """Return the agency that a part of an address's path is: sites keep what they take from one under its name.

        Examples
        --------
        >>> read_agencies().path_of("https://news.example.org/aponline/2024/03/04/story.html")
        'Associated Press'
        """
        if not isinstance(url, str):
            return None
        parts = re.split(r"[?#]", url.strip())[0].split("/")[3:-1]
        return next((self._paths[p] for p in (part.casefold() for part in parts) if p in self._paths), None)

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Forms without case and article."""
        agencies = {*self.codes.values(), *self.names.values()}
        return {_fold(form): agency for form, agency in {**{a: a for a in agencies}, **self.codes, **self.names}.items()}

    @cached_property
    def _paths(self) -> dict[str, str]:
        """What a part of a path may be: names, written together or with hyphens."""
        return {re.sub(r"\W+", joint, _fold(form)): agency for form, agency in self.names.items() for joint in ("-", "")}


def _fold(form: str) -> str:
    return " ".join(form.split()).casefold().removeprefix("the ")


def read_agencies(own: Mapping[str, str] | None = None) -> Agencies:
    """Read the packaged list of news agencies, and lay a study's own over it.

    Parameters
    ----------
    own : mapping of str to str, optional
        Form → agency (``{"MPA": "Maravel Press Agency"}``). A form in capitals of up to six letters is a code, which counts
        only where an agency must be meant; any other is a name. The agency's name is a form, too.

    Returns
    -------
    Agencies

    Raises
    ------
    LexiconError
        A form or an agency of ``own`` is blank or no string.

    Examples
    --------
    >>> agencies = read_agencies({"MPA": "Maravel Press Agency"})
    >>> agencies.codes["MPA"], agencies.names["Xinhua"], agencies.domains["tass.com"]
    ('Maravel Press Agency', 'Xinhua', 'TASS')
    """
    packaged = _packaged()
    if not own:
        return packaged
    names, codes = dict(packaged.names), dict(packaged.codes)
    for form, agency in own.items():
        if not (isinstance(form, str) and isinstance(agency, str) and form.strip() and agency.strip()):
            raise LexiconError(f"agencies: {form!r} is {agency!r}. Allowed: a form and the agency that it names, both strings.")
        form, agency = " ".join(form.split()), " ".join(agency.split())
        names.pop(form, None)
        codes.pop(form, None)
        (codes if form.isupper() and len(form) <= 6 else names)[form] = agency
        if agency not in codes:
            names.setdefault(agency, agency)
    return Agencies(names, codes, packaged.domains)


@cache
def _packaged() -> Agencies:
    table = io.parse_csv(io.packaged_text(FILE), FILE)
    made: dict[str, dict[str, str]] = {"names": {}, "codes": {}, "domains": {}}
    for column, forms in made.items():
        for agency, listed in zip(table["name"], table[column].fillna(""), strict=True):
            forms.update(dict.fromkeys(filter(None, listed.split(";")), agency))
    return Agencies(**made)
