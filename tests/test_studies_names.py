"""Names in study.toml that are not the study's: a comparison of them is refused, a label of them told of."""

from __future__ import annotations

import warnings

import pytest

from framelens.errors import FramelensWarning, StudyError
from framelens.pipeline import read_study

HEAD = '[study]\nname = "s"\ntitle = "S"\n'
MULTIVERSE = '[multiverse]\ngroup = "{}"\nstance = "delegitimising"\noutlets = ["{}", "{}"]\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus.csv").write_text("document_id,outlet,publisher,event,exclusion_reason\na,Post,P,strike,\n"
                                         "b,Herald,,strike,\nc,Gone,,strike,withdrawn\n", encoding="utf-8")
    return tmp_path


def read(folder, text, head=HEAD):
    (folder / "study.toml").write_text(head + text, encoding="utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", FramelensWarning)
        read_study(folder)
    return [str(warning.message) for warning in caught]


@pytest.mark.parametrize(("text", "words"), [
    (MULTIVERSE.format("protesters", "Post", "Herold"), "line 7: multiverse.outlets names 'Herold', which is no outlet of the "
                                                       "study. There is Herald, Post."),
    (MULTIVERSE.format("protesters", "Gone", "Herald"), "multiverse.outlets names 'Gone'"),
    (MULTIVERSE.format("marchers", "Post", "Herald"), "line 5: multiverse.group names 'marchers', which is no group of"),
    ('[keyness]\ntarget = "post"\n', "line 5: keyness.target names 'post', which is no outlet of the study. There is Herald"),
    ('[keyness]\ntarget = "Post"\nreference = "The Herald"\n', "line 6: keyness.reference names 'The Herald'"),
])
def test_a_comparison_of_what_is_not_there_is_refused_with_what_is(folder, text, words):
    with pytest.raises(StudyError) as error:
        read(folder, text)
    assert str(error.value).startswith(f"{folder / 'study.toml'}, line ") and words in str(error.value)


def test_a_comparison_of_what_is_there_is_read(folder):
    both = MULTIVERSE.format("protesters", "Post", "Herald")
    assert read(folder, both + '[keyness]\ntarget = "Post"\nreference = "pairwise"\n') == []
    by_article = HEAD + 'by = "document_id"\n'
    assert read(folder, both + '[keyness]\ntarget = "a"\nreference = "b"\n', by_article) == []
    with pytest.raises(StudyError, match=r"keyness\.target names 'Post', which is no document_id of the study\. There is a, b"):
        read(folder, '[keyness]\ntarget = "Post"\n', by_article)


def test_outlets_of_the_multiverse_are_origins_where_every_article_has_one(folder):
    (folder / "corpus.csv").write_text("document_id,outlet,origin\na,Post,AP\nb,Herald,Herald\n", encoding="utf-8")
    assert read(folder, MULTIVERSE.format("protesters", "AP", "Herald")) == []
    with pytest.raises(StudyError, match=r"names 'Post', which is no origin of the study\. There is AP, Herald"):
        read(folder, MULTIVERSE.format("protesters", "Post", "Herald"))
    (folder / "corpus.csv").write_text("document_id,outlet,origin\na,Post,AP\nb,Herald,\n", encoding="utf-8")
    assert read(folder, MULTIVERSE.format("protesters", "Post", "Herald")) == []


def test_a_label_of_nothing_is_told_of(folder):
    assert read(folder, '[labels]\na = "A"\nPost = "P."\nstrike = "the strike"\nprotesters = "crowd"\nofficial = "state"\n'
                        'police = "the force"\ncritic = "critics"\nwitness = "seen"\nnarrator = "paper"\nkilled = "dead"\n'
                        'any = "all"\nunnamed = "nobody"\n'
                        'tourists = "visitors"\n[sources]\n"lena marsh" = "critic"\n[sides]\ncritic = "challenger"\n') == []
    told = read(folder, '[labels]\nPost = "P."\n"Daily Herald" = "H."\nprotestors = "crowd"\n')
    assert len(told) == 2
    assert told[0].startswith(f"{folder / 'study.toml'}, line 6: labels.Daily Herald names no outlet, article, group, side or "
                              "kind of source")
    assert "Outlets: Herald, Post. Groups: " in told[0] and "protesters" in told[0] and "labels.protestors" in told[1]
