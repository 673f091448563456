from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from integrations import factories, places
from integrations.factories import NOON, OFFICE, FakeContext
from integrations.models import City, Person


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def context(db: Any) -> FakeContext:
    factories.location("静安寺", "Jing'an Temple", aliases=["静安寺站"])
    factories.location("南京西路", "West Nanjing Road", (31.229, 121.46), kind="area")
    factories.location("人民公园", "People's Park", (31.2317, 121.4727))
    nanjing = factories.city("nanjing", name_zh="南京", name_en="Nanjing", aliases=["金陵"], lat=32.06, lng=118.79)
    factories.location("新街口", "Xinjiekou", (32.044, 118.784), city=nanjing, kind="area")
    factories.merchant("江南小灶", "Jiangnan Kitchen")
    return FakeContext(factories.person())


@pytest.mark.parametrize(
    "words", ["公司", "送到公司", "我公司", "单位", "办公室", "office", "my office", "to work", "Office"]
)
def test_a_saved_place_goes_by_many_names(context: FakeContext, words: str) -> None:
    where = places.resolve(words, context)
    assert (where.label, where.source, where.exact) == ("work", "memory", True)
    assert where.point == OFFICE
    assert where.city == City.objects.get(slug="shanghai").pk


def test_what_follows_a_label_is_kept(context: FakeContext) -> None:
    assert places.resolve("公司前台", context).address == "南京西路 1515 号 8 层前台"
    assert places.resolve("公司3号门", context).address == "南京西路 1515 号 8 层前台 3号门"


def test_a_label_of_ones_own(context: FakeContext) -> None:
    places.keep(context.person, factories.office(), "健身房")
    assert places.resolve("送到健身房", context).label == "健身房"


def test_home_that_was_never_told_is_asked_for(context: FakeContext) -> None:
    with pytest.raises(places.PlaceUnknown, match="还没有存「家」的地址") as problem:
        places.resolve("送到家里", context)
    assert (problem.value.reason, problem.value.words) == ("unsaved", "home")


@pytest.mark.parametrize(
    "words", ["静安寺", "静安寺附近", "送到静安寺站", "Jing'an Temple", "near Jing'an Temple", "魔都静安寺"]
)
def test_a_landmark(context: FakeContext, words: str) -> None:
    where = places.resolve(words, context)
    assert (where.address, where.source, where.exact) == ("静安寺", "said", True)


def test_an_area_is_no_address_but_a_number_on_its_road_is(context: FakeContext) -> None:
    assert not places.resolve("南京西路", context).exact
    where = places.resolve("南京西路1266号恒隆广场3楼", context)
    assert (where.address, where.exact) == ("南京西路1266号恒隆广场3楼", True)
    assert where.point == (31.229, 121.46)
    shanghai = City.objects.get(slug="shanghai")
    assert where.city == shanghai.pk  # the road's name holds that of another city


def test_a_city_and_a_place_in_another_city(context: FakeContext) -> None:
    where = places.resolve("南京", context)
    assert (where.address, where.exact, where.city) == ("南京", False, City.objects.get(slug="nanjing").pk)
    assert places.resolve("南京新街口", context).city == City.objects.get(slug="nanjing").pk
    assert places.resolve("新街口", context).address == "新街口"  # nowhere else is one


def test_a_restaurant_is_a_place_too(context: FakeContext) -> None:
    assert places.resolve("江南小灶", context).address == "江南小灶路 1 号 江南小灶"


@pytest.mark.parametrize("words", ["火星基地", "asdfgh", "公"])
def test_an_unknown_place_is_asked_for(context: FakeContext, words: str) -> None:
    with pytest.raises(places.PlaceUnknown, match="没找到"):
        places.resolve(words, context)


@pytest.mark.parametrize("words", ["这里", "我的位置", "附近", "here", "near me", "送到这里"])
def test_here_is_the_shared_location_while_it_is_fresh(context: FakeContext, words: str) -> None:
    with pytest.raises(places.PlaceUnknown, match="不知道你在哪里"):
        places.resolve(words, context)
    context.state["pin"] = {"lat": 31.2, "lng": 121.4, "name": "", "at": NOON.isoformat()}
    where = places.resolve(words, context)
    assert (where.source, where.address, where.exact) == ("pin", "你发的位置", True)
    context.state["pin"] |= {"lat": OFFICE[0] + 0.003, "lng": OFFICE[1]}
    assert places.resolve(words, context).address == "静安寺附近"
    assert where.city == City.objects.get(slug="shanghai").pk
    context.now = NOON + timedelta(hours=3)
    with pytest.raises(places.PlaceUnknown):
        places.resolve(words, context)


def test_the_last_place_stands_for_here(context: FakeContext) -> None:
    places.keep(context.person, places.resolve("静安寺", context))
    where = places.resolve("这里", context)
    assert (where.source, where.address) == ("last", "静安寺")
    assert [row.label for row in places.saved(context.person)] == ["work"]


def test_the_question_offers_the_saved_places(context: FakeContext) -> None:
    problem = places.PlaceUnknown("missing", "送到哪里？")
    reply = places.ask(problem, context, tool="food.search", inputs={"wish": "面", "to": None, "people": 2})
    assert [choice.say for choice in reply.choices] == ["送到公司"]
    assert reply.asks == {"tool": "food.search", "field": "to", "inputs": {"wish": "面", "people": 2}}


def test_a_place_far_from_every_city_is_in_none(context: FakeContext) -> None:
    assert places.city_of(0.0, 0.0) is None
    stranger = FakeContext(Person.objects.create())
    assert places.home_city(stranger) is None
    assert places.home_city(context) == City.objects.get(slug="shanghai").pk


def test_distances() -> None:
    assert places.distance((31.2304, 121.4737), (39.9042, 116.4074)) == pytest.approx(1067, abs=3)
    low, high = places.box((31.0, 121.0), 5)["lat__range"]
    assert places.distance((low, 121.0), (high, 121.0)) == pytest.approx(10, abs=0.05)
