from __future__ import annotations

from dataclasses import fields, replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from framelens import io
from framelens.errors import LexiconError
from framelens.lexicon import Condition, Lexicon, Role, Term, parse_lexicon, read_lexicon
from framelens.lexicon.terms import OWN_EVENT, favoured
from framelens.schema import STANCES
from framelens.text.tokens import read_phrase
from framelens.workbench.formats import find_losses, read_dictionary, write_lexicon
from framelens.workbench.written import lexicon_toml
from framelens.workbench.yaml_subset import dump_yaml, parse_yaml

PLAIN = {"exceptions": (), "not_before": (), "modifiers": {}, "names": True}  # a group that says nothing more
HEAD = '[lexicon]\nname = "t"\nversion = "1"\n'
WORDS = st.from_regex(r"[a-zäéł]{2,8}(?:'[a-z]{2,4})?|no|on|yes|null|true|1\d{0,3}|u\.s\.", fullmatch=True)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
GROUPS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@st.composite
def lexicons(draw, forms=1, sides=("challenger", "official", "none"), wild=True):
    """A lexicon without conditions, whose terms have up to so many forms."""
    phrases = draw(st.lists(PHRASES, min_size=1, max_size=12, unique_by=read_phrase))
    if wild and draw(st.booleans()) and read_phrase(phrases[0])[-1][-1].isalpha():
        phrases = [phrases[0] + "*", *[p for p in phrases[1:] if read_phrase(p)[:-1] != read_phrase(phrases[0])[:-1]]]
    groups = draw(st.lists(GROUPS, min_size=1, max_size=3, unique=True))
    about = {g: {"title": g.replace("_", " ").capitalize(), "side": draw(st.sampled_from(sides)), **PLAIN} for g in groups}
    terms = []
    while phrases:
        own = [phrases.pop() for _ in range(min(len(phrases), draw(st.integers(1, forms))))]
        group, stance = draw(st.sampled_from(groups)), draw(st.sampled_from(STANCES))
        terms.append(Term(own[0], group, stance, favoured(about[group]["side"], stance), tuple(map(read_phrase, own))))
    return Lexicon("t", "1", "en", tuple(terms), {g: about[g] for g in groups if any(t.group == g for t in terms)}, "")


def content(lexicon, *, sides=True):
    """What a round trip must keep."""
    terms = {(t.term, t.group, t.stance, t.favours if sides else "", frozenset(t.forms)) for t in lexicon.terms}
    return terms, {(name, group["side"] if sides else "", group["title"]) for name, group in lexicon.groups.items()}


@pytest.mark.parametrize(("ending", "most"), [("csv", 3), ("yml", 1), ("dic", 1), ("toml", 3)])
def test_what_has_no_conditions_comes_back_as_it_was(tmp_path_factory, ending, most):
    folder = tmp_path_factory.mktemp("trip")

    @given(lexicons(forms=most, sides=("none",) if most == 1 else ("challenger", "official", "none")))
    def check(lexicon):
        path = folder / f"x.{ending}"
        lost = write_lexicon(lexicon, path)
        back = read_lexicon(path) if ending == "toml" else read_dictionary(path)
        assert lost.empty
        assert content(back) == content(lexicon)

    check()


@given(lexicons(forms=3))
def test_losses_name_every_term_with_several_forms_and_only_those(lexicon):
    lost = find_losses(lexicon, "liwc")
    assert set(lost.loc[lost["lost"].str.contains("forms"), "term"]) == {t.term for t in lexicon.terms if len(t.forms) > 1}
    assert set(lost.loc[lost["term"] == "", "group"]) == {n for n, g in lexicon.groups.items() if g["side"] != "none"}
    plain = find_losses(lexicon, "plain")
    assert plain["lost"].str.contains("stance|name of the group").all()
    assert len(plain) == len(lexicon.terms) + len(lexicon.groups)


def same(back, lexicon):
    """Are two lexicons equal, but for the order of forms (the first, by which a singular is known, stands first) and of terms?"""

    def ordered(of):
        return {(replace(t, forms=tuple(sorted(t.forms))), t.forms[0]) for t in of.terms}

    assert ordered(back) == ordered(lexicon)
    assert len(back.terms) == len(lexicon.terms)
    assert {n: dict(g) for n, g in back.groups.items()} == {n: dict(g) for n, g in lexicon.groups.items()}
    assert (back.references, back.roles) == (lexicon.references, lexicon.roles)


@pytest.mark.parametrize("name", ["protest", "migration", "data/kazakhstan-2022/lexicon.toml"])
def test_real_lexicons_come_back_from_toml_with_all_conditions(name, root):
    lexicon = read_lexicon(root / name if "/" in name else name)
    same(parse_lexicon(lexicon_toml(lexicon)), lexicon)


FULL = HEAD + """
[contexts.topic]
words = ["protest*", "picket line"]
labels = ["event"]
own_event = true
[contexts.camp]
words = ["camp"]
labels = ["force", "event"]
[roles.marching]
acts = ["march", "hit", "go on strike", "riot*"]
acted_on = ["disperse"]
before = ["march of", "striking"]
[roles.hurt]
acts = []
article = ["camp", "topic"]
[groups.people]
title = "Those who march"
side = "challenger"
names = false
not_before = ["leader*"]
exceptions = ["flash mob"]
[groups.people.modifiers]
delegitimising = ["rowdy", "stick-wielding"]
legitimising = ["peaceful"]
[groups.people.delegitimising]
terms = ["mob", {term = "those who", role = "hurt"}]
[groups.people.neutral]
terms = [{term = "those who", role = "marching"},
  {terms = ["nurses", "dock-workers"], role = ["marching", "hurt"], carries = true},
  {terms = ["workers"], role = "marching", inherits = true},
  {term = "youth", when = ["football"], unless = ["club"], side = "after", window = 4, exceptions = ["youth club"]},
  {term = "crowd", article = ["camp", "topic"], after = ["square"], favours = "official"}]
[groups.event.neutral]
terms = [{term = "march", pos = "noun", case = "lower"}, {term = "rally", article = ["topic"]}]
[groups.force.neutral]
terms = ["law-breaker"]
"""


def test_everything_that_a_lexicon_can_say_comes_back():
    """Each field of terms, roles and groups is used, so that a new one fails here until it is written."""
    lexicon = parse_lexicon(FULL)
    whens = [t.when for t in lexicon.terms if t.when]
    for kind, objects in ((Term, lexicon.terms), (Role, lexicon.roles.values()), (Condition, whens)):
        assert [f.name for f in fields(kind) if not any(getattr(of, f.name) for of in objects)] == []
    assert {key for g in lexicon.groups.values() for key, value in g.items() if value != PLAIN.get(key)} == {
        "title", "side", "stances", *PLAIN}
    same(parse_lexicon(lexicon_toml(lexicon)), lexicon)


@given(st.lists(st.one_of(PHRASES.map(read_phrase), st.sampled_from([("@people",), ("@other",), (OWN_EVENT,), ("so_called",)])),
                min_size=1, max_size=6))
def test_what_an_article_must_have_comes_back_in_any_order(patterns):
    """Words, labels and the study's own event, as several contexts in a row leave them."""
    terms = tuple(Term(name, "people", "neutral", "none", ((name,),), article=tuple(patterns)) for name in ("march", "rally"))
    lexicon = Lexicon("t", "1", "en", terms, {"people": {"title": "People", "side": "none", "stances": ["neutral"], **PLAIN}}, "")
    for some in (lexicon, replace(lexicon, terms=terms[:1])):
        same(parse_lexicon(lexicon_toml(some)), some)


def test_roles_that_a_file_cannot_say_are_refused():
    lexicon = parse_lexicon(FULL)
    role = lexicon.roles["marching"]
    terms = tuple(replace(t, roles=(replace(role, acts=()),)) if t.roles else t for t in lexicon.terms)
    with pytest.raises(LexiconError, match="role 'marching' that differs"):
        lexicon_toml(replace(lexicon, terms=terms))
    with pytest.raises(LexiconError, match="Role 'marching', acts: 'marches' is not followed by its other forms"):
        lexicon_toml(replace(lexicon, terms=(), roles={"marching": replace(role, acts=role.acts[1:])}))


def test_a_role_declared_anew_is_that_of_all_terms_and_can_be_written(tmp_path):
    (tmp_path / "base.toml").write_text(FULL, encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        HEAD + 'extends = "base.toml"\n[roles.marching]\nacts = ["sing"]\n'
        '[groups.people.neutral]\nterms = [{term = "bakers", role = "marching"}]', encoding="utf-8")
    lexicon = read_lexicon(tmp_path / "own.toml")
    sing = (("sing",), ("sings",), ("sang",), ("sung",), ("singing",))
    assert {r.acts for t in lexicon.terms for r in t.roles if r.name == "marching"} == {sing}
    same(parse_lexicon(lexicon_toml(lexicon)), lexicon)


@pytest.mark.parametrize("name", ["protest", "migration"])
@pytest.mark.parametrize("ending", ["csv", "yml", "dic"])
def test_packaged_lexicons_keep_all_forms_in_every_format(tmp_path, name, ending):
    """Conditions are lost and said to be; every form keeps its group and stance, hyphens included; terms with a role stay out."""
    lexicon, path = read_lexicon(name), tmp_path / f"x.{ending}"
    lost = write_lexicon(lexicon, path)

    def forms(of):
        return {(form, t.group, t.stance) for t in of.terms if not t.roles for form in t.forms}

    back = read_dictionary(path)
    assert forms(back) >= forms(lexicon)
    extra = {form for form, *_ in forms(back) - forms(lexicon)}
    assert all(any("-" in w for f in forms(lexicon) for w in f[0] if tuple(" ".join(f[0]).replace("-", " ").split()) == form)
               for form in extra)  # a hyphen also matches a space, as in every lexicon of ours
    keys = ["group", "stance", "term"]
    whole = lost["lost"].str.startswith("all of it (role: ")
    assert set(lost.loc[whole, keys].itertuples(index=False, name=None)) == {
        (t.group, t.stance, t.term) for t in lexicon.terms if t.roles}
    conditioned = {(t.group, t.stance, t.term) for t in lexicon.terms if not t.roles and (
        t.when or t.unless or t.pos or t.case or t.article or t.after or t.exceptions)}
    said = lost["lost"].str.contains("when|unless|pos|case|article|after|exceptions") & (lost["term"] != "") & ~whole
    assert set(lost.loc[said, keys].itertuples(index=False, name=None)) == conditioned


def test_losses_name_what_groups_and_roles_say():
    lost = find_losses(parse_lexicon(FULL), "csv")
    assert lost[lost["term"] == ""].values.tolist() == [
        ["people", "", "", "exceptions of the group, not_before, modifiers, names"]]
    told = {(row.stance, row.term): row.lost for row in lost.itertuples()}
    assert told[("neutral", "nurses")] == "all of it (role: marching, hurt)"
    assert told[("delegitimising", "those who")] == "all of it (role: hurt)"
    assert told[("neutral", "march")] == "pos, case"
    assert find_losses(parse_lexicon(FULL), "toml").empty


# YAML against PyYAML, without its guessing of types (yaml.load(…, Loader=yaml.BaseLoader), yaml.safe_dump)

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=6)
TREES = st.recursive(st.lists(KEYS, max_size=4), lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=3), max_leaves=5)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=3))
def test_our_yaml_is_read_by_pyyaml_and_theirs_by_us(tree):
    assert yaml.load(dump_yaml(tree), Loader=yaml.BaseLoader) == without_empty(tree)
    for options in ({}, {"indent": 4}, {"allow_unicode": True, "default_style": '"'}, {"default_style": "'"}):
        text = yaml.safe_dump(tree, width=10**6, **options)
        theirs = yaml.load(text, Loader=yaml.BaseLoader)
        try:
            ours = parse_yaml(text)
        except LexiconError:
            assert "? " in text  # explicit keys, which dictionaries do not need, are refused
            continue
        assert ours == theirs


def without_empty(tree):
    """PyYAML reads a key with nothing under it as the empty word."""
    return {k: without_empty(v) if isinstance(v, dict) else v or "" for k, v in tree.items()}


@pytest.mark.parametrize(("text", "line", "what"), [
    ("a:\n  - *x\n", 2, "leading wildcard in quotation marks"),
    ("a:\n\t- x\n", 2, "tab"),
    ("a:\n  - x: y\n", 2, "colon"),
    ("a: |\n  x\n", 1, "not read here"),
    ("a:\n  - x\n   - y\n", 3, "indented more"),
    ("a:\n  - 'x\n", 2, "not closed"),
    ("a: [x,\n  y]\n", 1, "brackets"),
    ("a:\n  - x\na:\n  - y\n", 3, "twice"),
    ("- x\n", 1, "begins with a key"),
    ("a:\n  - x\nword\n", 3, "neither"),
    ('a: "\\q"\n', 1, "no escape"),
])
def test_yaml_that_is_refused_names_line_and_reason(text, line, what):
    with pytest.raises(LexiconError, match=rf"dictionary, line {line}: .*{what}"):
        parse_yaml(text)


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_as_quanteda_writes_it(tmp_path):
    path = write(tmp_path, "d.yaml", "people:\n  delegitimising:\n  - rioter*\n  - angry mob\n  neutral: marcher\n"
                 "riots: [unrest, 'no']\n")
    assert {(t.term, t.group, t.stance) for t in read_dictionary(path, stance="neutral").terms} == {
        ("rioter*", "people", "delegitimising"), ("angry mob", "people", "delegitimising"), ("marcher", "people", "neutral"),
        ("unrest", "riots", "neutral"), ("no", "riots", "neutral")}
    tidy = write(tmp_path, "d.csv", "category,word\npeople.neutral,marcher\npeople.delegitimising,rioter*\n")
    assert {(t.term, t.group, t.stance) for t in read_dictionary(tidy).terms} == {
        ("marcher", "people", "neutral"), ("rioter*", "people", "delegitimising")}


LIWC = "%\n1\tfunct (Function Words)\n2\tnegemo\n3\tposemo\n%\nmob*\t2\nbrave\t3\t1\nangry mob\t2\narea 51\t3\nthe\t1\n"


def test_liwc_categories_are_chosen_and_named(tmp_path):
    path = write(tmp_path, "d.dic", LIWC)
    found = read_dictionary(path, categories={"negemo": "people.delegitimising", "posemo": "people.legitimising"})
    assert {(t.term, t.stance) for t in found.terms} == {
        ("mob*", "delegitimising"), ("angry mob", "delegitimising"), ("brave", "legitimising"), ("area 51", "legitimising")}
    with pytest.raises(LexiconError, match=r"d\.dic: has no category 'anger'\. It has: funct, negemo, posemo"):
        read_dictionary(path, categories={"anger": "people.neutral"})
    with pytest.raises(LexiconError, match=r"line 6 \(category negemo\): 'mob\*' has no stance"):
        read_dictionary(path)
    with pytest.raises(LexiconError, match=r"'brave' stands twice, under posemo neutral .*line 7.* and funct neutral"):
        read_dictionary(path, stance="neutral")
    with pytest.raises(LexiconError, match=r"given as 'people\.bad'"):
        read_dictionary(path, categories={"negemo": "people.bad"})


@pytest.mark.parametrize(("name", "text", "what"), [
    ("d.dic", "%\n1\ta\n%\nlike\t(02 134)125/464\t1\n", "line 4: .*conditions in brackets"),
    ("d.dic", "%\n1\ta\n%\nmob\t7\n", r"line 4: .*names category 7, which the header does not have \(1\)"),
    ("d.dic", "%\n1\ta\n1\tb\n%\n", "line 3: the category number 1 stands twice"),
    ("d.dic", "mob\t1\n", "line 1: a .dic begins"),
    ("d.dic", "%\n1\ta\nmob\t1\n", "line 3: .*no category"),
    ("d.dic", "%\n1\ta\n", "not closed"),
    ("d.csv", "term,stance\nmob,bad\n", "row 2, stance: 'bad' is not allowed"),
    ("d.csv", "word\nmob\n", "no column 'term'"),
    ("d.csv", "term,weight\nmob,1\n", "unknown column 'weight'"),
    ("d.csv", "term,group\n,people\n", "row 2, column term: is empty"),
    ("d.csv", "term,group,stance,side\na,p,neutral,official\nb,p,neutral,none\n", "row 3, side: .* 'none' here and 'official'"),
    ("d.csv", "term,form,group,stance,favours\na,a,p,neutral,official\na,b,p,neutral,none\n", "row 3, favours: .*'official' in"),
    ("d.csv", "term,group,stance\nmob,p,neutral\nMob,p,legitimising\n", "row 3: 'mob' stands twice"),
    ("d.txt", "mob\n…\n", "line 2: '…' holds no word"),
    ("d.txt", "# only a remark\n", "holds no word in the format 'plain'"),
    ("d.xyz", "mob\n", "tells no format"),
])
def test_errors_name_file_place_and_mending(tmp_path, name, text, what):
    path = write(tmp_path, name, text)
    with pytest.raises(LexiconError, match=what) as caught:
        read_dictionary(path, group="p", stance=None if name.endswith("csv") else "neutral")
    assert str(path) in str(caught.value)


def test_a_list_needs_group_and_stance(tmp_path):
    path = write(tmp_path, "d.txt", "# labels\nmob\n\nangry mob\n")
    with pytest.raises(LexiconError, match="line 2: 'mob' has no group and stance"):
        read_dictionary(path)
    found = read_dictionary(path, group="people", stance="delegitimising", sides={"people": "challenger"})
    assert [(t.term, t.favours) for t in found.terms] == [("mob", "official"), ("angry mob", "official")]
    with pytest.raises(LexiconError, match="sides, group people: 'left' is not allowed"):
        read_dictionary(path, group="people", stance="neutral", sides={"people": "left"})


def test_wildcards_within_a_word_need_a_vocabulary(tmp_path):
    path = write(tmp_path, "d.txt", "*rioter\nwom?n\nhooligan*\nthe * mob\n")
    with pytest.raises(LexiconError, match=r"line 1: '\*rioter'; line 2: 'wom\?n'; line 4: 'the \* mob'\. Give vocabulary="):
        read_dictionary(path, group="p", stance="neutral")
    words = ["rioter", "ex-rioter", "woman", "women", "Hooliganism", "hooligan", "angry", "the", "mob", "two words"]
    found = read_dictionary(path, group="p", stance="neutral", vocabulary=words)
    forms = {" ".join(f) for t in found.terms for f in t.forms}
    assert {"rioter", "ex-rioter", "woman", "women", "hooligan", "hooliganism", "the angry mob"} <= forms
    assert not any("*" in f or "?" in f or "two words" in f for f in forms)
    only = read_dictionary(path, group="p", stance="neutral", vocabulary=["women"])
    assert {f for t in only.terms for f in t.forms} == {("women",), ("the", "women", "mob")}
    with pytest.raises(LexiconError, match="no pattern is left"):
        read_dictionary(write(tmp_path, "o.txt", "wom?n\n"), group="p", stance="neutral", vocabulary=["other"])
    one = read_dictionary(write(tmp_path, "o.txt", "wom?n\n"), group="p", stance="neutral", vocabulary=[
        "womn", "woman", "womeen"])
    assert [t.forms for t in one.terms] == [(("woman",),)]  # ? is one character, not none and not two
    assert one.groups["p"]["names"] is True  # as of a group that says nothing of names
    wide = write(tmp_path, "w.txt", "w* w*\n")
    with pytest.raises(LexiconError, match="stands for over 1000 forms"):
        read_dictionary(wide, group="p", stance="neutral", vocabulary=[f"w{i}" for i in range(40)])


def test_a_form_of_two_terms_is_an_error_also_within_one_stance(tmp_path):
    path = write(tmp_path, "d.csv", "term,form,group,stance\nmob,mob,p,neutral\nmob,horde,p,neutral\ngang,horde,p,neutral\n")
    with pytest.raises(LexiconError, match=r"'horde' stands twice, under p neutral \('mob', row \d+\) and p neutral \('gang'\)"):
        read_dictionary(path)


def test_a_trailing_wildcard_means_the_same_here(tmp_path):
    from framelens.annotate.labels import label_finder
    from framelens.text.view import read_view

    found = read_dictionary(write(tmp_path, "d.txt", "hooligan*\n"), group="p", stance="neutral")
    text = "A hooligan met hooligans; hooliganism, not a schooligan."
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    assert [r["surface"] for r in label_finder(found)(view)] == ["hooligan", "hooligans", "hooliganism"]


def test_export_is_what_other_programs_read(tmp_path):
    lexicon = parse_lexicon(HEAD + '[groups.g]\nside = "official"\n[groups.g.neutral]\nterms = ["police officer"]\n'
                            '[groups.g.legitimising]\nterms = [{term = "hero", inflect = "none", favours = "none"}]')
    for ending, text in {
        "yml": "'g':\n  'neutral':\n    - 'police officer'\n    - 'police officers'\n"
               "  'legitimising':\n    - 'hero'\n",
        "dic": "%\n1\tg.neutral\n2\tg.legitimising\n%\npolice officer\t1\npolice officers\t1\nhero\t2\n",
        "txt": "police officer\npolice officers\nhero\n",
        "csv": '"term","form","group","stance","favours","side"\n'
               '"police officer","police officer","g","neutral","none","official"\n'
               '"police officer","police officers","g","neutral","none","official"\n'
               '"hero","hero","g","legitimising","none","official"\n',
    }.items():
        lost = write_lexicon(lexicon, tmp_path / f"x.{ending}")
        assert io.read_text(tmp_path / f"x.{ending}") == text
        assert lost["term"].tolist() == ([] if ending == "csv" else ["", "police officer", "hero"])
    assert find_losses(lexicon, "quanteda")["lost"].tolist() == ["side", "that its forms are one term", "favours"]
    with pytest.raises(LexiconError, match="format='xml' is not known"):
        find_losses(lexicon, "xml")


def test_toml_refuses_what_a_file_cannot_say():
    term = Term("mob", "g", "neutral", "none", (("mobs",),))
    lexicon = Lexicon("t", "1", "en", (term,), {"g": {"title": "G", "side": "none", **PLAIN}}, "")
    with pytest.raises(LexiconError, match="does not match its own name"):
        lexicon_toml(lexicon)
