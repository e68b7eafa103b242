"""The settings of a study: which keys there are, and what each may hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framelens import io, schema
from framelens.annotate.sentiment import Tone
from framelens.annotate.sentiment.neutral import read_neutral
from framelens.corpus.copies import CONTAINMENT, SHINGLE, check_options
from framelens.errors import FramelensError, SchemaError, StudyError

__all__ = ["COPIES_KEYS", "EVENT_KEYS", "KEYNESS_KEYS", "MULTIVERSE_KEYS", "TONE_KEYS", "check_keyness", "check_multiverse",
           "check_settings", "settings_hash"]

KEYS = ("home", "sources", "sides", "event", "violence", "agencies", "copies", "tone")
EVENT_KEYS = ("places", "times", "names", "others")
COPIES_KEYS = ("containment", "shingle")
MULTIVERSE_KEYS = ("group", "stance", "outlets")
KEYNESS_KEYS = ("target", "reference", "voice")
TONE_KEYS = ("neutralise", "windows", "label_words")


def check_settings(settings: Any, *, where: str = "study") -> dict[str, Any]:
    """Check the settings of a study and return them as a plain dict.

    Parameters
    ----------
    settings : mapping, Study or None
        ``home`` (list of names of the study's country), ``sources`` (phrase → source type), ``sides`` (source type →
        side), ``event`` (lists of ``places``, ``times``, ``names`` of the study's own event, and of ``others``),
        ``violence`` (path of a CSV file, see ``docs/lexicons.md``), ``agencies`` (form → news agency), ``copies``
        (``containment`` and ``shingle`` of :func:`framelens.find_copies`), ``tone`` (``neutralise``, ``windows``,
        ``label_words``, see ``docs/methods/tone.md``), each optional; or an object whose ``settings`` are that.
    where : str
        What an error names first: a file, or the argument.

    Returns
    -------
    dict
        All of them, empty where not given.

    Raises
    ------
    StudyError
        A key is unknown, or a value is of the wrong type or not allowed; the message names the key and what is allowed.

    Examples
    --------
    >>> {key: value for key, value in check_settings({"home": ["Norway"], "sides": {"witness": "challenger"}}).items() if value}
    {'home': ['Norway'], 'sides': {'witness': 'challenger'}}
    >>> check_settings({"sides": {"police": "state"}})
    Traceback (most recent call last):
      ...
    framelens.errors.StudyError: study: key sides.police is 'state'. Allowed: official, challenger, media, other.
    """
    given = settings
    if given is not None and not isinstance(given, Mapping):
        given = getattr(given, "settings", None)
        if not isinstance(given, Mapping):
            raise StudyError(f"{where}: settings are a mapping with the keys {', '.join(KEYS)}, or a Study, not {settings!r}.")
    given = dict(given or {})
    unknown = sorted(str(key) for key in given if key not in KEYS)
    if unknown:
        raise StudyError(f"{where}: unknown key {unknown[0]!r}. Allowed: {', '.join(KEYS)}.")
    home = given.get("home")
    home = [] if home is None else home
    if not isinstance(home, list | tuple) or not all(isinstance(name, str) and name.strip() for name in home):
        raise StudyError(f"{where}: key home is {home!r}. Allowed: a list of names, such as ['Norway', 'Norwegian'].")
    sources = _strings(given.get("sources"), f"{where}: key sources", "phrase to source type")
    sides = _strings(given.get("sides"), f"{where}: key sides", f"source type to side ({', '.join(schema.SIDES)})")
    for kind, side in sides.items():
        if side not in schema.SIDES:
            raise StudyError(f"{where}: key sides.{kind} is {side!r}. Allowed: {', '.join(schema.SIDES)}.")
    violence = given.get("violence") or ""
    if not isinstance(violence, str | Path):
        raise StudyError(f"{where}: key violence is {violence!r}. Allowed: the path of a CSV file.")
    return {"home": list(home), "sources": sources, "sides": sides, "event": _event(given.get("event"), where),
            "violence": str(violence), "copies": _copies(given.get("copies"), where),
            "agencies": _strings(given.get("agencies"), f"{where}: key agencies", "form to news agency"),
            "tone": _tone(given.get("tone"), where)}


def _copies(value: Any, where: str) -> dict[str, Any]:
    """Return how copies are to be found, or say what is not allowed."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or set(value) - set(COPIES_KEYS):
        raise StudyError(f"{where}: key copies is {value!r}. Allowed: a table with {' and '.join(COPIES_KEYS)}.")
    try:
        check_options(value.get("containment", CONTAINMENT), value.get("shingle", SHINGLE))
    except SchemaError as error:
        raise StudyError(f"{where}: key copies: {error}") from error
    return dict(value)


def _tone(value: Any, where: str) -> dict[str, Any]:
    """Return how tone is scored, or say what is not allowed of it."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise StudyError(f"{where}: key tone is {value!r}. Allowed: a table with the keys {', '.join(TONE_KEYS)}.")
    for key in value:
        if key not in TONE_KEYS:
            raise StudyError(f"{where}: unknown key tone.{key}. Allowed: {', '.join(TONE_KEYS)}.")
    try:
        tone = Tone(**value)
        read_neutral(tone.neutralise)
    except FramelensError as error:
        raise StudyError(f"{where}: key tone: {error}") from error
    return {key: getattr(tone, key) for key in value}


def _event(value: Any, where: str) -> dict[str, list[str]]:
    """Return what names the study's own event, or say what does not."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise StudyError(f"{where}: key event is {value!r}. Allowed: a table with lists {', '.join(EVENT_KEYS)}.")
    for key, content in value.items():
        if key not in EVENT_KEYS:
            raise StudyError(f"{where}: unknown key event.{key}. Allowed: {', '.join(EVENT_KEYS)}.")
        if not isinstance(content, list | tuple) or not all(isinstance(phrase, str) and phrase.strip() for phrase in content):
            raise StudyError(f"{where}: key event.{key} is {content!r}. Allowed: a list of phrases, such as ['Port Carrow'].")
    return {key: list(content) for key, content in value.items()}


def check_multiverse(value: Any, *, where: str = "study") -> dict[str, Any]:
    """Check which conclusion a study tries under every choice.

    Parameters
    ----------
    value : mapping or None
        ``group`` (of the lexicon), ``stance`` and ``outlets`` (two), all three.
    where : str
        What an error names first: a file, or the argument.

    Returns
    -------
    dict
        The three, or nothing.

    Raises
    ------
    StudyError
        A key is missing or unknown, or its value not allowed.

    Examples
    --------
    >>> check_multiverse({"group": "protesters", "stance": "delegitimising", "outlets": ["Herald", "Bugle"]})
    {'group': 'protesters', 'stance': 'delegitimising', 'outlets': ['Herald', 'Bugle']}
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or sorted(value) != sorted(MULTIVERSE_KEYS):
        raise StudyError(f"{where}: key multiverse is {value!r}. Allowed: a table with all of {', '.join(MULTIVERSE_KEYS)}.")
    group, stance, outlets = (value[key] for key in MULTIVERSE_KEYS)
    if not isinstance(group, str) or not group.strip():
        raise StudyError(f"{where}: key multiverse.group is {group!r}. Allowed: a group of the lexicon, such as 'protesters'.")
    if stance not in schema.STANCES:
        raise StudyError(f"{where}: key multiverse.stance is {stance!r}. Allowed: {', '.join(schema.STANCES)}.")
    named = isinstance(outlets, list | tuple) and all(isinstance(name, str) and name.strip() for name in outlets)
    if not named or len(outlets) != 2 or outlets[0] == outlets[1]:
        raise StudyError(f"{where}: key multiverse.outlets is {outlets!r}. Allowed: two names, the first minus the second.")
    return {"group": group, "stance": stance, "outlets": list(outlets)}


def check_keyness(value: Any, *, where: str = "study") -> dict[str, str]:
    """Check whose words a study sets against whose.

    Parameters
    ----------
    value : mapping or None
        ``target``, and, if not all others' together and all words, ``reference`` and ``voice``.
    where : str
        What an error names first: a file, or the argument.

    Returns
    -------
    dict
        What is given of the three.

    Raises
    ------
    StudyError
        A key is unknown, the target is missing, or a value is not allowed.

    Examples
    --------
    >>> check_keyness({"target": "Herald", "voice": "narrator"})
    {'target': 'Herald', 'voice': 'narrator'}
    >>> check_keyness({"reference": "Herald"})
    Traceback (most recent call last):
      ...
    framelens.errors.StudyError: study: key keyness is {'reference': 'Herald'}. Allowed: target and, optional, reference, voice.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or "target" not in value or set(value) - set(KEYNESS_KEYS):
        raise StudyError(f"{where}: key keyness is {value!r}. Allowed: target and, optional, reference, voice.")
    for key, name in value.items():
        if not isinstance(name, str) or not name.strip():
            raise StudyError(f"{where}: key keyness.{key} is {name!r}. Allowed: a name.")
    if value.get("voice", schema.VOICES[0]) not in schema.VOICES:
        raise StudyError(f"{where}: key keyness.voice is {value['voice']!r}. Allowed: {', '.join(schema.VOICES)}.")
    if value["target"] == value.get("reference"):
        raise StudyError(f"{where}: keyness.target and keyness.reference are both {value['target']!r}. Name two.")
    return dict(value)


def _strings(value: Any, what: str, allowed: str) -> dict[str, str]:
    """Return a mapping of strings to strings, or say what is none."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise StudyError(f"{what} is {value!r}. Allowed: a mapping of {allowed}.")
    for key, content in value.items():
        if not isinstance(key, str) or not isinstance(content, str):
            raise StudyError(f"{what}.{key} is {content!r}. Allowed: a mapping of {allowed}, both strings.")
    return dict(value)


def settings_hash(settings: Any) -> str:
    """Return the SHA-256 of what annotations depend on, in any order: all but ``sides``.

    ``sides`` are no part of it: they are read when something is measured.

    Examples
    --------
    >>> a, b = {"home": ["Norway", "Norse"]}, {"home": ["Norse", "Norway"], "sides": {"witness": "media"}}
    >>> settings_hash(a) == settings_hash(b)
    True
    """
    checked = check_settings(settings)
    made_of: dict[str, Any] = {"home": sorted(checked["home"]), "sources": checked["sources"]}
    if event := {key: sorted(phrases) for key, phrases in checked["event"].items() if phrases}:
        made_of["event"] = event  # left out where there is none, so that tables made before there was one still fit
    made_of |= {key: checked[key] for key in ("agencies", "copies") if checked[key]}
    tone = Tone(**checked["tone"])
    if tone != Tone():  # as with the event
        made_of["tone"] = {**tone.about, "neutralise": sorted(read_neutral(tone.neutralise))}
    if checked["violence"]:
        made_of["violence"] = io.sha256(io.read_bytes(checked["violence"]))
    return io.sha256(json.dumps(made_of, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())
