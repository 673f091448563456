from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from integrations import factories, places
from integrations.base import Action, InvalidInput, Reply
from integrations.factories import NOON, FakeContext
from integrations.models import City, Merchant, Offer, Order, Quote
from integrations.orders import confirm, fulfil, quotes
from integrations.scenarios.food import diets, wishes
from integrations.scenarios.food.scenario import FOOD
from integrations.scenarios.food.wishes import Part, Wish


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def context(db: Any) -> FakeContext:
    factories.street()
    return FakeContext(factories.person())


def call(context: FakeContext, name: str, /, **inputs: Any) -> Reply:
    return factories.call(FOOD, context, name, **inputs)


def tap(context: FakeContext, action: Action) -> Reply:
    """Press a button."""
    return call(context, action.tool, **action.inputs)


def titles(reply: Reply) -> list[str]:
    return [card.title for card in reply.cards]


def totals(reply: Reply) -> list[Decimal]:
    return [card.price.amount for card in reply.cards if card.price]


def lines(reply: Reply) -> list[tuple[str, str, int]]:
    assert reply.quote is not None
    return [(line.text, line.detail, line.quantity) for line in reply.quote.lines]


DINNER = {"wish": "晚餐", "people": 2, "budget": 80, "diet": ["not_spicy"], "to": "公司"}


# Wishes


CUPS = Wish((Part("热拿铁", 2), Part("可颂", 1)), said="两杯热拿铁和一个可颂", whole=Part("热拿铁和一个可颂", 2))
BURGER = Wish((Part("burger"), Part("fries")), said="burger and fries", whole=Part("burger and fries"))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("两人晚餐", Wish((), "", "any", "两人晚餐")),
        ("清淡一点的晚餐", Wish((), "", "any", "清淡一点的晚餐")),
        ("宫保鸡丁", Wish((Part("宫保鸡丁"),), "", "", "宫保鸡丁")),
        ("辣子鸡", Wish((Part("辣子鸡"),), "", "", "辣子鸡")),
        ("黄焖鸡米饭", Wish((Part("黄焖鸡米饭"),), "", "", "黄焖鸡米饭")),
        ("一杯拿铁", Wish((Part("拿铁", 1),), "", "", "一杯拿铁")),
        (
            "两杯热拿铁和一个可颂",
            Wish((Part("热拿铁", 2), Part("可颂", 1)), "", "", "两杯热拿铁和一个可颂", Part("热拿铁和一个可颂", 2)),
        ),
        ("川菜", Wish((Part("川菜"),), "sichuan", "", "川菜")),
        ("想吃火锅", Wish((Part("火锅"),), "hotpot", "", "想吃火锅")),
        ("早餐", Wish((), "", "breakfast", "早餐")),
        ("two lattes", Wish((Part("lattes", 2),), "", "", "two lattes")),
        ("non-spicy dinner for two", Wish((), "", "any", "non-spicy dinner for two")),
        ("Sichuan food", Wish((Part("Sichuan"),), "sichuan", "any", "Sichuan food")),
        (
            "burger and fries",
            Wish((Part("burger"), Part("fries")), "", "", "burger and fries", Part("burger and fries")),
        ),
        ("something spicy", Wish((), "", "", "something spicy")),
    ],
)
def test_what_a_wish_asks_for(text: str, wish: Wish) -> None:
    assert wishes.read(text) == wish


# Searching


def test_dinner_for_two_at_the_office(context: FakeContext) -> None:
    reply = call(context, "food.search", **DINNER)
    assert reply.done == ["查了公司附近 4 家店，4 家在营业且能送到"]
    assert titles(reply) == ["清蒸鲈鱼双人餐", "菌菇豆腐煲双人餐", "粉蒸肉 + 2 样"]
    assert len({card.subtitle for card in reply.cards}) == 3
    best = reply.cards[0]
    assert best.price is not None
    assert (best.price.amount, best.subtitle, best.best) == (61, "江南小灶", True)  # 62 + 2 + 5 - 8
    assert [fact.text for fact in best.facts] == ["4.8", "1.2 公里", "约 27 分钟"]
    assert [badge.text for badge in best.badges] == ["演示", "满 60 减 8", "不辣"]
    assert best.note == "评分最高（4.8） · 每样都标着不辣"
    assert [action.label for action in best.actions] == ["选这份", "为什么"]
    assert reply.text == "有 3 份合适，35 分钟内能送到。第一份评分最高（4.8），每样都标着不辣，比预算少 ¥19。"
    assert max(totals(reply)) <= 80
    assert [one["id"] for one in context.state["shown"]] == [card.id for card in reply.cards]


def test_the_same_in_english(context: FakeContext) -> None:
    context.language = "en"
    with translation.override("en"):
        reply = call(context, "food.search", **{**DINNER, "wish": "dinner", "to": "my office"})
        assert titles(reply)[:2] == ["Steamed sea bass set for two", "Mushroom tofu pot for two"]
        assert reply.text.startswith("3 fit, all here within 35 minutes. The first: the best rated (4.8), every dish")
        assert reply.done == ["Checked 4 places near Office; 4 are open and deliver"]
        quote = tap(context, reply.cards[0].actions[0])
        assert quote.text == "It goes to your saved “Office”."
        assert quote.quote is not None
        assert [action.label for action in quote.quote.actions] == ["Confirm and pay ¥61.00"]


@pytest.mark.parametrize(
    ("wish", "people", "title", "total"),
    [
        ("一杯拿铁", None, "拿铁", 26),
        ("热拿铁", None, "拿铁（热）", 26),
        ("拿铁", 2, "拿铁 ×2", 48),
        ("两杯桂花拿铁", None, "桂花拿铁 ×2", 56),
        ("宫保鸡丁", 2, "宫保鸡丁", 43),
        ("宫保鸡丁", 4, "宫保鸡丁 ×2", 79),
        ("宫保鸡丁套餐", 2, "宫保鸡丁 + 2 样", 71),
        ("红烧肉和米饭", None, "红烧肉 + 白米饭", 52),
        ("拿铁和可颂", None, "拿铁 + 黄油可颂", 40),
        ("川菜", 2, "宫保鸡丁 + 3 样", 99),
        ("汤", 2, "番茄蛋汤 + 清炒时蔬", 47),
        ("来一份清蒸鲈鱼双人餐", None, "清蒸鲈鱼双人餐", 61),
        ("一份小吃", None, "黄油可颂 + 拿铁", 40),
        ("two lattes", None, "拿铁 ×2", 48),
        ("kung pao chicken", None, "宫保鸡丁", 43),
    ],
)
def test_a_named_dish_is_what_is_proposed(
    context: FakeContext, wish: str, people: int | None, title: str, total: int
) -> None:
    reply = call(context, "food.search", wish=wish, people=people, to="公司")
    assert (titles(reply)[0], totals(reply)[0]) == (title, total)


def test_a_wish_in_other_words_comes_closest_and_says_so(context: FakeContext) -> None:
    reply = call(context, "food.search", wish="豆腐煲仔", people=2, to="公司")
    assert reply.text.startswith("没有叫「豆腐煲仔」的，这几份最接近。")
    assert titles(reply)[0] == "菌菇豆腐煲双人餐"


def test_a_restaurant_by_its_name(context: FakeContext) -> None:
    reply = call(context, "food.search", merchant="川味馆", people=2, to="公司")
    assert {card.subtitle for card in reply.cards} == {"川味馆"}
    reply = call(context, "food.search", wish="半山咖啡", to="公司")
    assert [card.subtitle for card in reply.cards] == ["半山咖啡"]
    reply = call(context, "food.search", merchant="不存在的店", people=2, to="公司")
    assert reply.text.startswith("公司附近没有能送的「不存在的店」。先看看这几份。")
    assert reply.cards


def test_every_diet_holds_for_what_is_shown(context: FakeContext) -> None:
    for slug in diets.DIETS:
        reply = call(context, "food.search", wish="饭", people=2, diet=[slug], to="公司")
        for card in context.state["shown"] if reply.cards else []:
            shop = Merchant.objects.get(pk=card["basket"]["merchant"])
            offers = Offer.objects.filter(pk__in=[line["offer"] for line in card["basket"]["lines"]])
            assert all(diets.fits(offer, shop, [slug]) for offer in offers), slug
    vegan = call(context, "food.search", wish="饭", people=2, diet=["vegan"], to="公司")
    assert [card.subtitle for card in vegan.cards] == ["云间素食"]


def test_what_is_remembered_holds_without_being_said(context: FakeContext) -> None:
    context.remember("diet", "素食", ["vegetarian"])
    reply = call(context, "food.search", wish="饭", people=2, to="公司")
    assert all("素食" in [badge.text for badge in card.badges] for card in reply.cards)
    assert context.sources["diet"] == "profile"


def test_sorting(context: FakeContext) -> None:
    cheap = call(context, "food.search", wish="饭", people=2, to="公司", sort="cheap")
    assert totals(cheap) == sorted(totals(cheap))
    near = call(context, "food.search", wish="饭", people=2, to="公司", sort="near")
    assert [card.subtitle for card in near.cards] == ["云间素食", "江南小灶", "川味馆"]
    best = call(context, "food.search", wish="饭", people=2, to="公司", sort="best")
    assert [card.facts[0].text for card in best.cards] == ["4.8", "4.6", "4.4"]


def test_words_that_only_change_the_last_search(context: FakeContext) -> None:
    call(context, "food.search", wish="川菜", people=2, to="公司")
    reply = call(context, "food.search", diet=["not_spicy"])
    assert titles(reply) == ["粉蒸肉 + 3 样"]
    reply = call(context, "food.search", budget=60)
    assert "最便宜的是" in reply.text
    context.text = "算了，来份三人晚餐"
    reply = call(context, "food.search", people=3)
    assert "江南小灶" in [card.subtitle for card in reply.cards]
    assert context.state["food"]["inputs"] == {"people": 3}
    context.now += timedelta(hours=3)
    context.text = ""
    assert call(context, "food.search", sort="cheap").cards
    assert context.state["food"]["inputs"] == {"sort": "cheap"}


def test_budgets(context: FakeContext) -> None:
    reply = call(context, "food.search", wish="晚餐", people=2, per_person=35, to="公司")
    assert max(totals(reply)) <= 70
    reply = call(context, "food.search", wish="晚餐", people=2, per_person=40, budget=60, to="公司")
    assert max(totals(reply)) <= 60
    reply = call(context, "food.search", wish="晚餐", people=2, budget=20, to="公司")
    assert reply.text.startswith("¥20 以内没有 2 个人的，最便宜的是 ¥46。先看看这几份。")
    assert totals(reply)[0] == 46


@pytest.mark.parametrize(
    ("inputs", "words", "field"),
    [
        ({"people": 0}, "至少一个人", "people"),
        ({"people": 200}, "一次最多点 50 人的", "people"),
        ({"budget": -5}, "预算要大于零", "budget"),
        ({"per_person": 0}, "预算要大于零", "per_person"),
        ({"when": NOON - timedelta(hours=2)}, "已经过了", "when"),
        ({"when": NOON + timedelta(days=20)}, "最多能提前 7 天", "when"),
    ],
)
def test_what_cannot_be_is_said_and_asked_again(
    context: FakeContext, inputs: dict[str, Any], words: str, field: str
) -> None:
    reply = call(context, "food.search", **{"wish": "晚餐", "to": "公司", **inputs})
    assert words in reply.text
    assert reply.asks == {"tool": "food.search", "field": field, "inputs": {"wish": "晚餐", "to": "公司"}}


def test_fifty_people_can_eat(context: FakeContext) -> None:
    reply = call(context, "food.search", wish="饭", people=50, to="公司")
    assert reply.cards
    assert all(sum(line["count"] for line in one["basket"]["lines"]) >= 25 for one in context.state["shown"])


def test_meals_keep_to_the_budget_and_the_minimum(context: FakeContext) -> None:
    draw = random.Random(7)
    for _try in range(60):
        people, budget = draw.randint(1, 12), draw.randint(10, 600)
        wanted = draw.sample(list(diets.DIETS), draw.choice([0, 0, 1, 2]))
        reply = call(context, "food.search", wish="饭", people=people, budget=budget, diet=wanted, to="公司")
        if "以内没有" in reply.text:
            assert min(totals(reply)) > budget
            continue
        for card in reply.cards:
            quote = tap(context, card.actions[0])
            assert quote.quote is not None
            assert card.price is not None
            assert quote.quote.total.amount == card.price.amount  # the quote says what the card said
            if "先看看这几份" not in reply.text:
                assert card.price.amount <= budget


# Nothing found


def test_a_dish_that_nobody_has(context: FakeContext) -> None:
    reply = call(context, "food.search", wish="佛跳墙", people=2, to="公司")
    assert reply.text.startswith("公司附近营业的店里没有「佛跳墙」。先看看这几份。")
    assert reply.cards


def test_a_diet_that_nobody_can_keep_is_not_given_up(context: FakeContext) -> None:
    reply = call(context, "food.search", wish="拿铁", diet=["vegan"], to="公司")
    assert reply.text.startswith("公司附近的「拿铁」都不符合「纯素」。先看看这几份。")
    assert [card.subtitle for card in reply.cards] == ["云间素食"]
    reply = call(context, "food.search", wish="饭", diet=["halal"], to="公司")
    assert reply.text == "公司附近没有符合「清真」的。换个别的吗？"
    assert reply.asks["field"] == "wish"


def test_when_everything_is_closed_the_first_opening_is_offered(context: FakeContext) -> None:
    context.now = NOON.replace(hour=23)
    reply = call(context, "food.search", wish="饭", to="公司")
    assert reply.text == "现在没有营业的店，最早的是云间素食，明天约 10:25 能送到。"
    later = tap(context, reply.choices[0])
    assert later.cards
    assert later.done == ["查了公司附近 4 家店，2 家到时能送到"]
    named = call(context, "food.search", merchant="江南小灶", to="公司")
    assert "江南小灶现在不营业" in named.text
    assert [choice.label for choice in named.choices][1] == "看看别家"


def test_a_dish_that_only_a_closed_restaurant_has(context: FakeContext) -> None:
    Merchant.objects.filter(name_zh="半山咖啡").update(
        hours=[{"days": factories.DAYS, "open": "14:00", "close": "20:00"}]
    )
    reply = call(context, "food.search", wish="拿铁", people=1, to="公司")
    assert reply.text == "现在营业的店没有「拿铁」，半山咖啡约 14:16 能送到。"
    assert [choice.label for choice in reply.choices] == ["14:16 送到", "看看现在有的"]
    assert titles(tap(context, reply.choices[0])) == ["拿铁"]
    assert len(tap(context, reply.choices[1]).cards) == 3


def test_sold_out_dishes_are_not_offered(context: FakeContext) -> None:
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=0)
    reply = call(context, "food.search", **DINNER)
    assert "清蒸鲈鱼双人餐" not in titles(reply)
    Offer.objects.filter(name_zh="红烧肉").update(stock=0)
    named = call(context, "food.search", wish="红烧肉", people=2, to="公司")
    assert named.text.startswith("公司附近的「红烧肉」卖完了。先看看这几份。")
    Offer.objects.filter(name_zh="菌菇豆腐煲双人餐").update(stock=1)
    four = call(context, "food.search", **{**DINNER, "people": 4, "budget": None})
    assert "菌菇豆腐煲双人餐 ×2" not in titles(four)


def test_nobody_delivers_there(context: FakeContext) -> None:
    factories.location("远山村", "Faraway", (31.31, 121.446))
    reply = call(context, "food.search", wish="饭", to="远山村")
    assert "没有店" in reply.text or "都送不到" in reply.text
    assert reply.asks == {"tool": "food.search", "field": "to", "inputs": {"wish": "饭"}}
    assert [choice.say for choice in reply.choices] == ["送到公司"]
    Merchant.objects.update(delivers=False)
    assert "4 家店，但都送不到" in call(context, "food.search", wish="饭", to="公司").text


def test_a_place_in_no_city_we_know(context: FakeContext) -> None:
    context.state["pin"] = {"lat": 48.85, "lng": 2.35, "at": NOON.isoformat()}
    reply = call(context, "food.search", wish="饭", to="这里")
    assert reply.text == "那里还没有店。现在有这些城市：上海。"


# Where


def test_the_only_saved_place_goes_without_saying(context: FakeContext) -> None:
    reply = call(context, "food.search", wish="饭")
    assert reply.text.endswith("按「公司」算的（来自记忆）。")


def test_two_saved_places_are_asked_about(context: FakeContext) -> None:
    places.keep(context.person, factories.office(), "home")
    reply = call(context, "food.search", wish="两人晚餐", people=2)
    assert reply.text == "送到哪里？"
    assert [choice.say for choice in reply.choices] == ["送到公司", "送到家"]
    assert reply.asks["inputs"] == {"wish": "两人晚餐", "people": 2}
    again = call(context, "food.search", **{**reply.asks["inputs"], "to": "公司"})
    assert again.cards
    assert call(context, "food.search", sort="near").cards  # the last search's place is still meant


def test_a_stranger_is_asked_where(context: FakeContext) -> None:
    context.person.places.all().delete()
    reply = call(context, "food.search", wish="饭")
    assert reply.text == "送到哪里？说个地址或地标，或者发个位置。"
    context.state["pin"] = {"lat": 31.226, "lng": 121.446, "name": "静安里", "at": NOON.isoformat()}
    found = call(context, "food.search", **{**reply.asks["inputs"], "to": "here"})
    assert found.done == ["查了你附近 4 家店，4 家在营业且能送到"]
    quote = tap(context, found.cards[0].actions[0])
    assert quote.quote is not None
    assert quote.quote.place is not None
    assert (quote.quote.place.address, quote.quote.place.source) == ("静安里", "你发的位置")


def test_an_area_is_looked_around_and_the_address_asked_for_later(context: FakeContext) -> None:
    context.person.places.all().delete()
    reply = call(context, "food.search", wish="川菜", near="南京西路", people=2)
    assert reply.text.endswith("先按南京西路附近找的，下单时再告诉我具体地址。")
    asked = tap(context, reply.cards[0].actions[0])
    assert asked.quote is None
    assert asked.text == "送到南京西路的哪里？说一下路名门牌，或者楼名。"
    assert asked.asks["tool"] == "food.choose"
    quote = call(context, "food.choose", **{**asked.asks["inputs"], "to": "南京西路1266号"})
    assert quote.quote is not None
    assert quote.quote.place is not None
    assert quote.quote.place.address == "南京西路1266号"


# Other results, reasons, menus


def test_other_results_are_others(context: FakeContext) -> None:
    for place in range(4):
        shop = factories.merchant(f"小店{place}", f"Shop {place}", north_km=1.0 + place / 10, rating=Decimal("4.0"))
        factories.dish(shop, f"招牌双人餐{place}", f"House set {place}", "60", "set", serves=2)
    first = call(context, "food.search", wish="晚餐", people=2, to="公司")
    second = call(context, "food.other")
    assert len(second.cards) == 3
    assert not {card.subtitle for card in first.cards} & {card.subtitle for card in second.cards}
    third = call(context, "food.other", how="other")
    assert third.text.startswith("还有这 1 份。")
    again = call(context, "food.other")
    assert again.text.startswith("合适的 7 份都看过了")
    assert titles(again) == titles(first)


def test_cheaper_nearer_faster_better_are_so(context: FakeContext) -> None:
    first = call(context, "food.search", wish="晚餐", people=2, budget=80, to="公司")
    cheaper = call(context, "food.other", how="cheaper")
    assert max(totals(cheaper)) < min(totals(first))
    none = call(context, "food.other", how="cheap")
    assert none.text == "没有更便宜的了，最便宜的已经在上面。"
    assert not none.cards
    call(context, "food.search", wish="川菜", people=2, to="公司")
    assert call(context, "food.other", how="faster").text == "没有更快的了。"
    context.state.pop("food")
    assert call(context, "food.other", how="near").text == "先说说想吃什么。"


def test_why(context: FakeContext) -> None:
    reply = call(context, "food.search", **DINNER)
    said = tap(context, reply.cards[1].actions[1])
    assert said.text.splitlines() == [
        "菌菇豆腐煲双人餐 · 云间素食",
        "到手价：¥56（餐 ¥54、打包 ¥2、配送 ¥0）",
        "评分 4.4（1000 条评价），0.8 公里，约 25 分钟",
        "- 到手价最低",
        "- 最快（约 25 分钟）",
        "- 每样都标着不辣",
        "- 比预算少 ¥24",
    ]
    assert call(context, "food.why", which=-1).text.startswith("粉蒸肉")
    assert call(context, "food.why", name="江南小灶").text.startswith("清蒸鲈鱼")
    missing = call(context, "food.why", which=7)
    assert [choice.label for choice in missing.choices] == ["江南小灶", "云间素食", "川味馆"]
    context.state.pop("shown")
    assert "还没有给你看过" in call(context, "food.why").text


def test_a_menu(context: FakeContext) -> None:
    Offer.objects.filter(name_zh="红烧肉").update(stock=0)
    reply = call(context, "food.menu", merchant="江南小灶")
    assert reply.text.splitlines()[:3] == [
        "江南小灶",
        "套餐：清蒸鲈鱼双人餐 ¥62",
        "主菜：清蒸鲈鱼 ¥38、红烧肉 ¥42（已售完）",
    ]
    assert titles(reply)[0] == "清蒸鲈鱼双人餐"
    quote = call(context, "food.pick", which=2, to="公司")
    assert lines(quote) == [("清蒸鲈鱼", "", 1)]
    call(context, "food.search", **DINNER)
    assert call(context, "food.menu", which=3).text.startswith("川味馆")
    assert call(context, "food.menu", wish="饭").text.startswith("江南小灶")  # the basket's
    soups = call(context, "food.menu", merchant="川味馆", wish="汤")
    assert titles(soups) == ["番茄蛋汤"]
    assert "没有「寿司」" in call(context, "food.menu", merchant="川味馆", wish="寿司").text
    assert "没有找到叫「火星餐厅」的店" in call(context, "food.menu", merchant="火星餐厅").text


# Choosing and changing


def test_the_first_one_with_other_rice(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    reply = call(context, "food.pick", which=1, options="米饭换成杂粮饭")
    assert reply.text == "换好了。地址用的是你存的「公司」。"
    assert lines(reply) == [("清蒸鲈鱼双人餐", "杂粮饭 · 清蒸鲈鱼", 1)]
    assert reply.quote is not None
    assert reply.quote.total.amount == 62
    assert [choice.label for choice in reply.choices] == ["换个地址", "再加点", "换一家"]
    assert context.state["quote"] == reply.quote.id


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"which": -1}, [("粉蒸肉", "", 1), ("清炒时蔬", "", 1), ("米饭", "", 2)]),
        ({"which": 1, "count": 2}, [("清蒸鲈鱼双人餐", "清蒸鲈鱼", 2)]),
        ({"which": 3, "count": 2}, [("粉蒸肉", "", 2), ("清炒时蔬", "", 2), ("米饭", "", 4)]),
        ({"dish": "菌菇豆腐煲"}, [("菌菇豆腐煲双人餐", "", 1)]),
        ({"dish": "红烧肉", "count": 2}, [("红烧肉", "", 2)]),
        ({"dish": "云间素食"}, [("菌菇豆腐煲双人餐", "", 1)]),
    ],
)
def test_picking(context: FakeContext, inputs: dict[str, Any], expected: list[tuple[str, str, int]]) -> None:
    call(context, "food.search", **DINNER)
    assert lines(call(context, "food.pick", **inputs)) == expected


def test_picking_what_was_not_shown(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    reply = call(context, "food.pick", which=5)
    assert reply.text == "一共 3 份，选哪一份？"
    assert [choice.label for choice in reply.choices] == ["清蒸鲈鱼双人餐", "菌菇豆腐煲双人餐", "粉蒸肉 + 2 样"]
    assert call(context, "food.pick").text == "选哪一份？"
    elsewhere = call(context, "food.pick", dish="桂花拿铁", count=2)
    assert titles(elsewhere) == ["桂花拿铁 ×2"]
    context.state.pop("shown")
    assert call(context, "food.pick").asks["field"] == "dish"


def test_an_option_that_is_not_offered_is_said_and_a_note_is_passed_on(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    reply = call(context, "food.pick", which=2, options="米饭换成杂粮饭")
    assert reply.text.startswith("云间素食这份不能选「杂粮饭」。")
    assert lines(reply) == [("菌菇豆腐煲双人餐", "", 1)]
    noted = call(context, "food.pick", which=2, options="少油少盐")
    assert noted.text.startswith("已备注给商家。")
    assert noted.quote is not None
    assert noted.quote.note == "给商家的备注：少油少盐。用演示钱包付款，不会产生真实扣款"


def test_a_dish_in_place_of_another(context: FakeContext) -> None:
    call(context, "food.search", wish="红烧肉和米饭", to="公司")
    reply = call(context, "food.pick", which=1, options="米饭换成杂粮饭")
    assert lines(reply) == [("红烧肉", "", 1), ("杂粮饭", "", 1)]


def test_changing_the_basket(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    first = call(context, "food.pick", which=1)
    added = call(context, "food.basket", change="add", dish="酸梅汤", count=2)
    assert lines(added) == [("清蒸鲈鱼双人餐", "清蒸鲈鱼", 1), ("酸梅汤", "", 2)]
    assert added.text.startswith("加好了。")
    assert Quote.objects.get(public_id=first.quote.id if first.quote else "").state == "replaced"
    fewer = call(context, "food.basket", change="set", dish="酸梅汤", count=1)
    assert lines(fewer)[1] == ("酸梅汤", "", 1)
    option = call(context, "food.basket", change="set", dish="清蒸鲈鱼", options="杂粮饭")
    assert lines(option)[0] == ("清蒸鲈鱼双人餐", "杂粮饭 · 清蒸鲈鱼", 1)
    removed = call(context, "food.basket", change="remove", dish="酸梅汤")
    assert lines(removed) == [("清蒸鲈鱼双人餐", "杂粮饭 · 清蒸鲈鱼", 1)]
    missing = call(context, "food.basket", change="remove", dish="啤酒")
    assert missing.text == "这一单里没有「啤酒」，现在有：清蒸鲈鱼双人餐。"
    empty = call(context, "food.basket", change="remove", dish="清蒸鲈鱼双人餐")
    assert "没有下单" in empty.text
    assert "basket" not in context.state
    assert not quotes.open_quotes(context.person, NOON)


def test_a_word_for_several_dishes_is_asked_about(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    call(context, "food.pick", which=1)
    reply = call(context, "food.basket", change="add", dish="饭", count=2)
    assert reply.text == "江南小灶有好几种，要哪一种？"
    assert {choice.label for choice in reply.choices} == {"白米饭", "杂粮饭"}
    chosen = next(choice for choice in reply.choices if choice.label == "杂粮饭")
    assert lines(tap(context, chosen))[1] == ("杂粮饭", "", 2)


def test_what_the_restaurant_does_not_sell_is_another_order(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    call(context, "food.pick", which=1)
    reply = call(context, "food.basket", change="add", dish="桂花拿铁")
    assert reply.text.startswith("江南小灶不卖「桂花拿铁」，所以这是另一单，分开配送。")
    assert [card.subtitle for card in reply.cards] == ["半山咖啡"]
    assert titles(reply) == ["桂花拿铁"]


def test_below_the_minimum_something_is_suggested(context: FakeContext) -> None:
    call(context, "food.menu", merchant="江南小灶")
    call(context, "food.search", **DINNER)
    call(context, "food.pick", which=1)
    call(context, "food.basket", change="add", dish="蒜蓉西兰花")
    reply = call(context, "food.basket", change="remove", dish="清蒸鲈鱼双人餐")
    assert reply.text == "江南小灶 ¥20 起送，还差 ¥4。"
    assert [choice.label for choice in reply.choices] == ["加杂粮饭 ¥4", "加酸梅汤 ¥8", "换一家"]
    assert not quotes.open_quotes(context.person, NOON)
    assert lines(tap(context, reply.choices[0])) == [("蒜蓉西兰花", "", 1), ("杂粮饭", "", 1)]


def test_another_place_and_time(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    call(context, "food.pick", which=1)
    reply = call(context, "food.deliver", to="静安寺")
    assert reply.quote is not None
    assert reply.quote.place is not None
    assert (reply.quote.place.address, reply.quote.place.source) == ("静安寺", "你说的")
    later = call(context, "food.deliver", when=NOON + timedelta(hours=7))
    assert later.quote is not None
    assert later.quote.when == "约 19:00 送到"
    soon = call(context, "food.deliver", when=NOON + timedelta(minutes=10))
    assert "最快约 12:30 送到，比 12:10 晚一点。" in soon.text
    asked = call(context, "food.deliver")
    assert asked.asks == {"tool": "food.deliver", "field": "to", "inputs": {}}
    closed = call(context, "food.deliver", when=NOON.replace(hour=23))
    assert "没有营业" in closed.text
    assert closed.choices[0].label == "明天 10:27 送到"
    assert tap(context, closed.choices[0]).quote is not None
    past = call(context, "food.deliver", when=NOON - timedelta(hours=1))
    assert past.asks["field"] == "when"
    lost = call(context, "food.deliver", to="月球背面")
    assert "没找到「月球背面」" in lost.text


def test_the_place_of_the_last_order_is_used_and_named(context: FakeContext) -> None:
    context.person.places.all().delete()
    call(context, "food.search", **{**DINNER, "to": "静安寺"})
    call(context, "food.pick", which=1)
    context.state.clear()
    reply = call(context, "food.search", wish="晚餐", people=2)
    assert "按「静安寺」算的（上次的地址）" in reply.text
    assert call(context, "food.pick", which=1).text == "地址和上次一样。"


def test_an_expired_quote_can_be_made_again(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    quote = Quote.objects.get(public_id=call(context, "food.pick", which=1).quote.id)  # type: ignore[union-attr]
    context.now += timedelta(minutes=20)
    button = quotes.quote_view(quote, language="zh", now=context.now).actions[0]
    again = tap(context, button)
    assert again.quote is not None
    assert again.quote.id != quote.public_id
    assert again.quote.when == "约 12:50 送到"


def test_the_same_again(context: FakeContext) -> None:
    call(context, "food.search", **DINNER)
    shown = call(context, "food.pick", which=3)
    quote = Quote.objects.get(public_id=shown.quote.id if shown.quote else "")
    order = confirm.confirm(context.person, quote_id=quote.public_id, content_hash=quote.content_hash, now=NOON)
    fulfil.advance(order.pk, NOON + timedelta(hours=1))
    Offer.objects.filter(name_zh="清炒时蔬").update(stock=0)
    reply = call(context, "food.again", number=order.number)
    assert reply.text.startswith("有几样现在没有了")
    assert lines(reply) == [("粉蒸肉", "", 1), ("米饭", "", 2)]
    assert Order.objects.count() == 1
    stranger = FakeContext(factories.person())
    with pytest.raises(InvalidInput, match="还没有点过餐"):
        call(stranger, "food.again", number=order.number)


def test_a_card_that_was_shown_long_ago_still_chooses_its_own_meal(context: FakeContext) -> None:
    old = call(context, "food.search", **DINNER).cards[0].actions[0]
    call(context, "food.search", wish="一杯拿铁")
    assert lines(tap(context, old)) == [("清蒸鲈鱼双人餐", "清蒸鲈鱼", 1)]


def test_another_city_another_currency(context: FakeContext) -> None:
    london = factories.city(
        "london",
        name_zh="伦敦",
        name_en="London",
        aliases=[],
        currency="GBP",
        time_zone="Europe/London",
        lat=51.5074,
        lng=-0.1278,
    )
    factories.location("金丝雀码头站", "Canary Wharf station", (51.5035, -0.0187), city=london, kind="station")
    shop = factories.merchant(
        "老码头", "Old Dock Kitchen", city=london, currency="GBP", minimum_order=10, category="british"
    )
    Merchant.objects.filter(pk=shop.pk).update(lat=51.51, lng=-0.0187)
    shop.refresh_from_db()
    factories.dish(shop, "炸鱼薯条", "Fish and chips", "13.95", picture="fries")
    context.language = "en"
    with translation.override("en"):
        asleep = call(context, "food.search", wish="fish and chips", to="Canary Wharf station, London")
        assert "Old Dock Kitchen could be there with it about 10:25" in asleep.text  # it is four in the morning there
        context.now = NOON + timedelta(hours=8)
        reply = call(context, "food.search", wish="fish and chips", to="Canary Wharf station, London")
        quote = tap(context, reply.cards[0].actions[0])
    assert reply.cards[0].price is not None
    assert reply.cards[0].price.currency == "GBP"
    assert quote.quote is not None
    assert quote.quote.actions[0].label == "Confirm and pay £20.95"
    assert quote.quote.when == "arrives about 12:25"
    assert City.objects.count() == 2
