"""Places are found by the words people use, and an ambiguous name is asked about, never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.places import importing
from mashangyi.ground.places.actions import add_alias
from mashangyi.ground.places.gazetteer import Gazetteer, find_divisions, path_of
from mashangyi.ground.places.importing import import_divisions
from mashangyi.ground.places.models import Division

ALL = importing.divisions()
GAZETTEER = Gazetteer(ALL, [(row["name"], row["code"]) for row in importing.rows("aliases.csv")])

# Where the stories happen, in the words of the stories.
STORIES = {
    "清江浦区 清浦街道": "清江浦区 清浦街道",
    "清江浦区 长西街道 长西社区": "清江浦区 长西街道 长西社区",
    "长西街道长西社区": "清江浦区 长西街道 长西社区",
    "清江浦区 花街社区": "清江浦区 闸口街道 花街社区",
    "闸口街道花街社区": "清江浦区 闸口街道 花街社区",
    "淮安区 流均镇 沿河村": "淮安区 流均镇 沿河村",
    "流均镇沿河村": "淮安区 流均镇 沿河村",
    "顺河镇顺东村": "淮安区 顺河镇 顺东村",
    "山阳街道关天培社区": "淮安区 山阳街道 关天培路社区",
    "长江路街道三朱村": "淮阴区 淮安高新技术产业开发区 三朱村",
    "淮阴区 长江路街道 三朱村": "淮阴区 淮安高新技术产业开发区 三朱村",
    "前锋镇白马湖村": "金湖县 前锋镇 白马湖村",
    "金湖县 黎城街道 新城社区": "金湖县 黎城街道 新城社区",
    "黎城街道衡阳路社区": "金湖县 黎城街道 衡阳路社区",
    "洪泽区 老子山镇": "洪泽区 老子山镇",
    "老子山镇 洪明村": "洪泽区 老子山镇 洪明村",
    "老子山镇新滩村": "洪泽区 老子山镇 新滩村",
    "涟水县 南集镇 皂角村": "涟水县 南集镇 皂角村",
    "天泉湖镇陡山村": "盱眙县 天泉湖镇 陡山村",
    "古桑街道": "盱眙县 古桑街道",
    "淮阴区 安庄村": "淮阴区 淮高镇 安庄村",
    "安庄村": "淮阴区 淮高镇 安庄村",
    "淮阴区": "淮阴区",
    "涟水县": "涟水县",
    "盱眙县": "盱眙县",
}


@pytest.mark.parametrize("words", STORIES)
def test_every_place_of_the_stories_is_found_and_no_other(words):
    assert [found.path for found in GAZETTEER.find(words)] == [STORIES[words]]


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("新城社区", {"淮安区 淮城街道 新城社区", "金湖县 黎城街道 新城社区"}),
        (
            "沿河村",
            {
                "淮安区 流均镇 沿河村",
                "淮阴区 淮高镇 沿河村",
                "洪泽区 东双沟镇 沿河村",
                "盱眙县 淮河镇 沿河村",
            },
        ),
        ("前锋镇白马湖", {"金湖县 前锋镇 白马湖村", "金湖县 前锋镇 白马湖社区"}),
        ("长西", {"清江浦区 长西街道", "清江浦区 长西街道 长西社区"}),
    ],
)
def test_a_name_that_means_several_places_gives_all_of_them(words, paths):
    assert {found.path for found in GAZETTEER.find(words)} == paths


@pytest.mark.parametrize(
    "words", ["清江浦区钵池街道", "经开区钵池街道", "淮安市清江浦区钵池", "江苏省淮安市钵池街道"]
)
def test_a_street_of_the_development_zone_is_found_by_law_and_by_habit(words):
    assert [found.code for found in GAZETTEER.find(words)] == ["320871001"]


@pytest.mark.parametrize(
    ("words", "first"),
    [("关天培", "关天培路社区"), ("衡阳路", "衡阳路社区"), ("码头镇", "马头镇"),
     ("  长西 街道，长西社区。", "长西社区"),
     ("liujun", "流均镇"), ("Liu Jun", "流均镇"), ("水渡", "水渡口街道")],
)  # fmt: skip
def test_other_names_parts_and_pinyin_lead_there_too(words, first):
    assert GAZETTEER.find(words)[0].name == first


@pytest.mark.parametrize("words", ["", " ", "，。", "火星", "长西街道沿河村", "金湖县长西社区"])
def test_words_that_name_no_place_find_none(words):
    assert GAZETTEER.find(words) == []


@given(st.sampled_from([d for d in ALL if d.level == 12]))
def test_every_village_is_found_alone_by_its_whole_path(village):
    paths = [found.path for found in GAZETTEER.find(GAZETTEER.path(village.code))]
    assert paths == [GAZETTEER.path(village.code)]


@given(st.sampled_from(ALL))
def test_every_division_is_among_those_its_bare_name_may_mean(division):
    assert division.code in [found.code for found in GAZETTEER.find(division.name)]


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_no_words_break_the_search(words):
    assert len(GAZETTEER.find(words)) <= 30


def test_the_path_of_a_code_padded_or_not_is_one_query(db, django_assert_num_queries):
    import_divisions(by=SYSTEM)
    with django_assert_num_queries(1):
        assert path_of("320812007003") == "清江浦区 长西街道 长西社区"
    assert path_of("320812007000") == path_of("320812007") == "清江浦区 长西街道"
    assert path_of("320812000000") == "清江浦区"
    assert path_of("320800000000") == "淮安市"
    assert path_of("999999999999") == ""


def test_a_name_that_staff_add_is_found_at_once(db):
    import_divisions(by=SYSTEM)
    assert find_divisions("大闸口") == []
    add_alias(Division.objects.get(pk="320812004001"), "大闸口", by=SYSTEM)
    assert [found.name for found in find_divisions("大闸口")] == ["花街社区"]


def test_finding_takes_two_queries_however_many_places_there_are(db, django_assert_num_queries):
    import_divisions(by=SYSTEM)
    with django_assert_num_queries(2):
        find_divisions("新城社区")
