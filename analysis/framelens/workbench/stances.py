"""Stances by rival coders: how far they agree, what they dispute, and the lexicon and the labels as one of them has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from framelens import io
from framelens.annotate.bundle import Annotations
from framelens.errors import LexiconError
from framelens.lexicon import Lexicon
from framelens.lexicon.terms import favoured
from framelens.schema import STANCES
from framelens.stats.agreement import krippendorff_alpha, observed_agreement

__all__ = ["find_disputed", "measure_stance_agreement", "read_stances", "recode", "with_stances"]

COLUMNS = ("coder", "term", "stance")
Key = tuple[str, str, str]  # group, term, the lexicon's stance of it: a term may stand in several, by role or condition


def read_stances(source: str | Path | pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Read which stance each coder gives each term, checked against the lexicon.

    Parameters
    ----------
    source : path or DataFrame
        A CSV or a table with the columns ``coder, term, stance`` and, where a term stands in several groups, ``group``; where
        it has several stances in its group, as "those who" by what they do, ``lexicon``: which of these is coded. A row without
        a stance is a term that the coder left out.
    lexicon : Lexicon
        Whose terms were coded.

    Returns
    -------
    DataFrame
        ``coder, group, term, lexicon`` (the stance that the lexicon has), ``stance``, in the order given.

    Raises
    ------
    LexiconError
        A column is missing, a value is empty, a stance is unknown, a term is not in the lexicon, or in several of its groups or
        stances and the row does not say in which, or a coder codes a term twice; the message names file and row.

    Examples
    --------
    >>> from framelens.lexicon import read_lexicon
    >>> coded = pd.DataFrame({"coder": ["a", "b"], "term": ["unrest", "unrest"], "stance": ["neutral", "delegitimising"]})
    >>> read_stances(coded, read_lexicon("protest"))["group"].tolist()
    ['event', 'event']
    """
    if isinstance(source, pd.DataFrame):
        table, file = source, "stances"
    else:
        table, file = io.parse_csv(io.read_text(source), source), str(source)
    for name in COLUMNS:
        if name not in table:
            raise LexiconError(f"{file}: no column {name!r}; it has {', '.join(map(str, table.columns))}. Give coder, term, "
                               "stance, and group or lexicon (its stance) where a term stands in several.")
    places: dict[str, dict[str, list[str]]] = {}
    for group, name, stance in dict.fromkeys((t.group, t.term, t.stance) for t in lexicon.terms):
        places.setdefault(name, {}).setdefault(group, []).append(stance)
    rows = []
    seen: dict[tuple[str, ...], Any] = {}
    for number, row in table.iterrows():
        values = {c: str(row[c]).strip() if isinstance(row.get(c), str) else "" for c in (*COLUMNS, "group", "lexicon")}
        if not values["stance"]:
            continue
        key = _check_row(f"{file}, row {number}", values, places.get(values["term"], {}))
        if key in seen:
            raise LexiconError(f"{file}, row {number}: coder {key[0]!r} has {values['term']!r} of {key[1]} before, in row "
                               f"{seen[key]}. Keep one row.")
        seen[key] = number
        rows.append((*key, values["stance"]))
    if not rows:
        raise LexiconError(f"{file}: no row has a stance. Fill the column stance: {', '.join(STANCES)}.")
    return pd.DataFrame(rows, columns=["coder", "group", "term", "lexicon", "stance"])


def _check_row(place: str, values: Mapping[str, str], known: Mapping[str, list[str]]) -> tuple[str, str, str, str]:
    """Return coder, group, term and the lexicon's stance of a row, or say what is wrong; ``known``: stances by group."""
    for name in ("coder", "term"):
        if not values[name]:
            raise LexiconError(f"{place}, column {name}: is empty. Fill it, or take the row out.")
    if values["stance"] not in STANCES:
        raise LexiconError(f"{place}, column stance: {values['stance']!r} is not allowed. Allowed: {', '.join(STANCES)}.")
    if not known:
        raise LexiconError(f"{place}, column term: {values['term']!r} is no term of the lexicon. Write it as the lexicon names "
                           "it, not as a form (rioter, not rioters).")
    group = _one_of(place, "group", values, list(known))
    return values["coder"], group, values["term"], _one_of(place, "lexicon", values, known[group])


def _one_of(place: str, column: str, values: Mapping[str, str], known: list[str]) -> str:
    """Return which of the places of a term a row means; it need not say so where there is one."""
    said = values[column] or (known[0] if len(known) == 1 else "")
    if said not in known:
        what = f"{values['term']!r} stands in {', '.join(known)}"
        raise LexiconError(f"{place}, column {column}: {what}" + (f", not in {said!r}." if said else ": say which."))
    return said


def _sheet(stances: pd.DataFrame) -> pd.DataFrame:
    """Return terms × coders; each reading of a term apart, where the table tells it."""
    index = [column for column in ("group", "term", "lexicon") if column in stances]
    return stances.pivot(index=index, columns="coder", values="stance")


def measure_stance_agreement(stances: pd.DataFrame, *, level: str = "ordinal", n_resamples: int = 2000,
                             seed: int = 0) -> pd.DataFrame:
    r"""Measure how far coders agree in the stance of terms: Krippendorff's alpha, by group and of all.

    Parameters
    ----------
    stances : DataFrame
        From :func:`read_stances`.
    level : {"ordinal", "nominal"}
        Ordinal takes delegitimising < neutral < legitimising, so that a step is less than two; nominal takes any two as unlike.
    n_resamples, seed : int
        Of the bootstrap over terms.

    Returns
    -------
    DataFrame
        ``group`` (empty: all), ``alpha, ci_low, ci_high, agreement`` (share of agreeing pairs), ``n_terms`` (coded by two or
        more), ``n_coders, reason`` (why alpha or its interval is missing), ``method``.

    Raises
    ------
    LexiconError
        There is only one coder, or the level is unknown.

    References
    ----------
    Krippendorff, K. (2019). Content Analysis, 4th ed., ch. 12. Sage. See :func:`framelens.stats.agreement.krippendorff_alpha`.

    Examples
    --------
    >>> rows = [("a", "event", "riot", "delegitimising"), ("b", "event", "riot", "delegitimising"),
    ...         ("a", "event", "unrest", "neutral"), ("b", "event", "unrest", "delegitimising"),
    ...         ("a", "event", "protest", "neutral"), ("b", "event", "protest", "neutral")]
    >>> coded = pd.DataFrame(rows, columns=["coder", "group", "term", "stance"])
    >>> table = measure_stance_agreement(coded, level="nominal", n_resamples=0)
    >>> table[["group", "alpha", "agreement"]].round(3).values.tolist()
    [['', 0.444, 0.667], ['event', 0.444, 0.667]]
    """
    if level not in ("ordinal", "nominal"):
        raise LexiconError(f"level={level!r} is not known. Stances are ordinal or nominal.")
    sheet = _sheet(stances)
    if sheet.shape[1] < 2:
        raise LexiconError(f"Agreement needs two coders; there is only {', '.join(map(str, sheet.columns))}.")
    values = sheet.replace({stance: i for i, stance in enumerate(STANCES)}).astype(float) if level == "ordinal" else sheet
    rows = []
    for group in ("", *dict.fromkeys(sheet.index.get_level_values("group"))):
        part = values if not group else values.loc[[group]]
        codings = part.to_numpy(float if level == "ordinal" else object).T
        found = krippendorff_alpha(codings, level, n_resamples=n_resamples, seed=seed)
        rows.append((group, found.alpha, found.ci_low, found.ci_high, observed_agreement(codings), found.n_units,
                     int(part.notna().any().sum()), found.reason, found.method))
    columns = ["group", "alpha", "ci_low", "ci_high", "agreement", "n_terms", "n_coders", "reason", "method"]
    return pd.DataFrame(rows, columns=columns)


def find_disputed(stances: pd.DataFrame, lexicon: Lexicon, annotations: Annotations | None = None) -> pd.DataFrame:
    """Find the terms to which coders, or a coder and the lexicon, give different stances.

    Parameters
    ----------
    stances : DataFrame
        From :func:`read_stances`.
    lexicon : Lexicon
        Whose stance is compared.
    annotations : Annotations, optional
        To tell how many labels hang on each term, those included whose stance an adjective decided.

    Returns
    -------
    DataFrame
        ``group, term, lexicon`` (its stance), one column a coder, ``distance`` (the steps between the lowest and the highest
        stance, 1 or 2) and, with annotations, ``n_mentions``. The widest dispute, and then the most frequent term, first.

    Examples
    --------
    >>> from framelens.lexicon import read_lexicon
    >>> lexicon = read_lexicon("protest")
    >>> coded = read_stances(pd.DataFrame({"coder": ["a", "b"], "term": ["unrest", "mob"],
    ...                                    "stance": ["delegitimising", "delegitimising"]}), lexicon)
    >>> find_disputed(coded, lexicon)[["term", "lexicon", "a", "distance"]].values.tolist()
    [['unrest', 'neutral', 'delegitimising', 1]]
    """
    sheet = _sheet(stances)
    steps = sheet.reset_index("lexicon").apply(lambda column: column.map({stance: i for i, stance in enumerate(STANCES)}))
    distance = (steps.max(axis=1) - steps.min(axis=1)).astype(int)
    table = sheet.assign(distance=distance.to_numpy())
    order = ["distance"]
    if annotations is not None:
        counts = Counter(_readings(annotations.mentions, lexicon))
        table["n_mentions"] = [counts[key] for key in table.index]
        order.append("n_mentions")
    table = table[table["distance"] > 0].sort_values(order, ascending=False, kind="stable").reset_index()
    table.columns.name = None
    return table


def _readings(mentions: pd.DataFrame, lexicon: Lexicon) -> list[Key]:
    """Return of each label its group, term and the stance of that term: another than its own where an adjective decided."""
    known = {(t.group, t.term, t.stance) for t in lexicon.terms}
    decided = {(name, stance) for name, group in lexicon.groups.items() for stance in group["modifiers"].values()}
    out: list[Key] = []
    for group, term, stance in zip(mentions["group"], mentions["term"], mentions["stance"], strict=True):
        key = (group, term, stance)
        if key not in known and (group, stance) in decided:
            key = (group, term, "neutral")
        if key not in known:
            raise LexiconError(f"Labels of {term!r} ({group}, {stance}): the lexicon {lexicon.name!r} has no such term. Give the "
                               "lexicon that the annotations were made with, or annotate again.")
        out.append(key)
    return out


def with_stances(lexicon: Lexicon, stances: pd.DataFrame, *, coder: str) -> Lexicon:
    """Return the lexicon as a coder has it: the stance of each term that was coded; the rest as it was.

    Whom a label favours follows the new stance, except where the lexicon said otherwise of that term. Terms match as before, so
    that :func:`recode` gives the labels of annotations without annotating again. Adjectives that decide the stance of neutral
    terms stay as they are: they were not coded.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon coded.
    stances : DataFrame
        From :func:`read_stances`.
    coder : str
        Whose stances.

    Returns
    -------
    Lexicon
        Named ``"<name>, stances of <coder>"``, with a hash of its own.

    Raises
    ------
    LexiconError
        There is no such coder.

    Examples
    --------
    >>> from framelens.lexicon import read_lexicon
    >>> lexicon = read_lexicon("protest")
    >>> coded = read_stances(pd.DataFrame({"coder": ["a"], "term": ["unrest"], "stance": ["delegitimising"]}), lexicon)
    >>> rival = with_stances(lexicon, coded, coder="a")
    >>> rival.name, next((t.stance, t.favours) for t in rival.terms if t.term == "unrest")
    ('protest, stances of a', ('delegitimising', 'official'))
    """
    coders = list(dict.fromkeys(stances["coder"]))
    if coder not in coders:
        raise LexiconError(f"There is no coder {coder!r}. Coders: {', '.join(map(str, coders))}.")
    own = stances[stances["coder"] == coder]
    new = {(str(g), str(t), str(w)): str(s) for g, t, w, s in own[["group", "term", "lexicon", "stance"]].itertuples(index=False)}
    terms = []
    for term in lexicon.terms:
        stance = new.get((term.group, term.term, term.stance), term.stance)
        side = lexicon.groups[term.group]["side"]
        said = term.favours != favoured(side, term.stance)
        terms.append(replace(term, stance=stance, favours=term.favours if said else favoured(side, stance)))
    groups = MappingProxyType({name: MappingProxyType(
        {**group, "stances": [s for s in STANCES if any(t.stance == s for t in terms if t.group == name)]})
        for name, group in lexicon.groups.items()})
    told = "\n".join("\t".join((*key, stance)) for key, stance in sorted(new.items()))
    return replace(lexicon, name=f"{lexicon.name}, stances of {coder}", terms=tuple(terms), groups=groups,
                   sha256=io.sha256(f"{lexicon.sha256}\n{told}".encode()))


def recode(annotations: Annotations, lexicon: Lexicon, *, before: Lexicon) -> Annotations:
    """Give the labels of annotations the stances that a lexicon now has; nothing is annotated again.

    A label keeps its span. Where an adjective decided its stance ("rowdy marchers"), it keeps that stance as long as the term is
    neutral, and takes the term's if that is no longer so: adjectives decide neutral terms only. A term that becomes neutral
    here does not take one: for that annotate again.

    Parameters
    ----------
    annotations : Annotations
        In full or text-free form.
    lexicon : Lexicon
        From :func:`with_stances`: the same terms with other stances.
    before : Lexicon
        The lexicon that the annotations were made with.

    Returns
    -------
    Annotations
        With ``stance`` and ``favours`` of ``mentions``, the stances of the groups and the name of the lexicon changed.

    Raises
    ------
    LexiconError
        A label is of no term of the lexicon before, or the two lexicons differ in more than stances.

    Examples
    --------
    >>> from framelens.lexicon import read_lexicon
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": ["The unrest spread."]})
    >>> lexicon = read_lexicon("protest")
    >>> coded = read_stances(pd.DataFrame({"coder": ["a"], "term": ["unrest"], "stance": ["delegitimising"]}), lexicon)
    >>> rival = with_stances(lexicon, coded, coder="a")
    >>> recode(annotate(documents, lexicon), rival, before=lexicon).mentions["stance"].tolist()
    ['delegitimising']
    """
    now: dict[Key, tuple[str, str]] = {}
    if [(t.group, t.term, t.forms) for t in before.terms] != [(t.group, t.term, t.forms) for t in lexicon.terms]:
        raise LexiconError(f"Lexicons {before.name!r} and {lexicon.name!r} differ in more than stances. Annotate again.")
    for old, new in zip(before.terms, lexicon.terms, strict=True):
        if now.setdefault((old.group, old.term, old.stance), (new.stance, new.favours)) != (new.stance, new.favours):
            raise LexiconError(f"{old.term!r} ({old.group}, {old.stance}) has several stances in {lexicon.name!r}. Annotate "
                               "again.")
    mentions = annotations.mentions
    coded = []
    for key, stance, favours in zip(_readings(mentions, before), mentions["stance"], mentions["favours"], strict=True):
        by_adjective = stance != key[2] and now[key][0] == "neutral"
        coded.append((stance, favours) if by_adjective else now[key])
    changed = mentions.assign(stance=[stance for stance, _ in coded], favours=[favours for _, favours in coded])
    groups = {name: {"title": g["title"], "side": g["side"], "stances": list(g["stances"])} for name, g in lexicon.groups.items()}
    bundle = annotations.replace(mentions=changed)
    return Annotations(bundle.tables, {**annotations.about, "lexicon": lexicon.about, "groups": groups}, annotations.form)
