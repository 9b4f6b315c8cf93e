"""What sounds alike, and what only looks so."""

import pytest

from mashangyi.topic.search.likeness import COMPARED, similar_to
from mashangyi.topic.search.words import kept_features_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = factories.room()
    for title, summary in [
        ("工地夜间施工噪声", "长西社区北侧工地夜里十一点还在打桩，影响睡觉"),
        ("东门路灯不亮", "东门口路灯坏了三天，老人出门怕摔"),
        ("二楼漏水到一楼", "5 号楼二楼卫生间漏水，物业推诿"),
        ("油烟直排", "饭店油烟直排到居民窗口"),
    ]:
        factories.topic(room, title=title, summary=summary)
    return room


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("小区对面工地夜里还在打桩，老人孩子睡不着", "工地夜间施工噪声"),
        ("东门的路灯又坏了", "东门路灯不亮"),
        ("楼上漏水，物业不管", "二楼漏水到一楼"),
    ],
)
def test_the_same_matter_comes_first_with_the_words_both_have(room, said, title):
    best = similar_to(room, said)[0]
    assert best.topic.title == title and best.shared


@pytest.mark.parametrize("said", ["", "的了是", "想学电商，村里能不能办班"])
def test_another_matter_finds_nothing(room, said):
    assert similar_to(room, said) == []


def test_another_room_is_another_place(room):
    assert similar_to(factories.room(), "工地夜里打桩") == []


def test_what_no_clerk_has_published_is_not_shown(room):
    said = "工地夜里还在打桩，影响睡觉"
    hidden = factories.topic(room, title="", summary=said)
    assert hidden in [one.topic for one in similar_to(room, said, only_public=False)]
    assert [one.topic.title for one in similar_to(room, said)] == ["工地夜间施工噪声"]


def test_one_query_however_many_topics(room, django_assert_num_queries):
    for n in range(30):
        factories.topic(room, title=f"工地噪声 {n}")
    with django_assert_num_queries(1):
        similar_to(room, "工地夜里打桩")


def test_what_somebody_types_is_not_kept(room):
    """Or whoever asked for a thousand different texts would fill the memory of the web process."""
    similar_to(room, "工地夜里打桩")
    kept = kept_features_of.cache_info().currsize
    for n in range(5):
        similar_to(room, f"工地夜里打桩，已经 {n} 天了")
    assert kept_features_of.cache_info().currsize == kept


def test_a_long_ticket_is_compared_by_its_beginning(room):
    beginning = ("长西社区北侧工地夜里打桩，" * COMPARED)[:COMPARED]
    [found] = similar_to(room, f"{beginning}电梯坏了，油烟直排到居民窗口")
    assert [found] == similar_to(room, beginning)
