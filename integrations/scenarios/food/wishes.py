"""What a wish in words asks for: dishes with how many of each, a cuisine, or just a meal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from integrations.catalogue.vocabulary import CUISINES, DIETS

NUMBERS = {
    **dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)),
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10},
}
COUNT = re.compile(
    r"^(?:(?P<zh>\d+|[一二两三四五六七八九十])\s*(?:大|小)?(?:杯|份|碗|个|瓶|盒|盘|只|块|张|听|串|碟|笼|套|客)"
    r"|(?P<en>\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?:cups? of |bowls? of |portions? of |orders? of )?)",
    re.IGNORECASE,
)
SPLIT = re.compile(r"[，,、；;+＋&]|和|加上|再加|以及|还有|\band\b|\bplus\b", re.IGNORECASE)
# What may stand before a wish without being part of it.
BEFORE = re.compile(
    r"^(?:请|麻烦|帮我|给我|我|想要|想|要|吃点|吃|喝点|喝|点|来|订|叫|买|找|推荐|有没有|有什么|什么|一些|一点|些"
    r"|便宜的?|好吃的|附近的?|近的|[一两二三四五六七八九十\d]+\s*(?:个)?人(?:份)?的?|单人|双人|多人"
    r"|(?:please|get me|get|order|i want|i'd like|i would like|find|some|something|any|the|good|cheap|nice)\b"
    r"|nearby\b)\s*",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s+for\s+(?:\d+|me|us|one|two|three|four|five|six|seven|eight|nine|ten)(?:\s+people)?$", re.IGNORECASE
)
# What only says that it is to be eaten.
MEALS: dict[str, tuple[str, ...]] = {
    "breakfast": ("早餐", "早饭", "早点", "breakfast"),
    "tea": ("下午茶", "afternoon tea"),
    "late": ("夜宵", "宵夜", "late-night snack", "midnight snack", "late night food"),
    "any": (
        *("午餐", "午饭", "中饭", "中餐", "晚餐", "晚饭", "正餐", "工作餐", "便餐", "套餐", "家庭餐", "团餐", "公司餐"),
        *("便当", "盒饭", "份饭", "单人餐", "双人餐", "三人餐", "四人餐", "外卖", "美食", "吃的", "好吃的", "东西"),
        *("饭菜", "食物"),
        *("一顿", "一餐", "餐厅", "饭店", "馆子", "餐", "饭", "菜", "店", "啥", "素", "荤"),
        *("lunch", "dinner", "supper", "brunch", "meal", "meals", "takeaway", "takeout", "delivery", "food", "to eat"),
        *("set meal", "set", "restaurant", "restaurants"),
    ),
}
SYNONYMS: dict[str, tuple[str, ...]] = {
    "sichuan": ("四川菜", "川味", "szechuan"),
    "hunan": ("湖南菜",),
    "cantonese": ("广东菜", "广式", "港式", "粤式", "早茶", "dim sum"),
    "jiangzhe": ("上海菜", "本帮菜", "杭帮菜", "苏帮菜", "江浙", "浙菜", "淮扬菜", "shanghainese"),
    "northern": ("京菜", "鲁菜", "北方"),
    "dongbei": ("东北",),
    "yunnan": ("云南", "滇菜"),
    "xinjiang": ("新疆",),
    "barbecue": ("烤串", "烤肉", "bbq"),
    "noodles": ("面条", "面", "noodle"),
    "dumplings": ("饺子", "水饺", "馄饨", "dumpling"),
    "congee": ("粥", "喝粥", "porridge"),
    "fast_food": ("快餐", "简餐", "盖饭"),
    "vegetarian_house": ("素菜", "素食"),
    "japanese": ("日本料理", "日本菜", "日式"),
    "korean": ("韩国料理", "韩国菜", "韩式"),
    "thai": ("泰餐", "泰式"),
    "indian": ("印度",),
    "southeast_asian": ("东南亚",),
    "burgers": ("burger",),
    "pizza": ("比萨",),
    "salads": ("轻食", "沙拉", "salad"),
    "bakery": ("甜点", "面包", "甜品", "蛋糕", "pastries"),
    "tea_drinks": ("奶茶", "茶饮", "bubble tea", "milk tea", "boba"),
}
LOOSE = re.compile(r"^(?:的|一点|点|些|一些)")


@dataclass(frozen=True)
class Part:
    """One thing that was asked for."""

    text: str
    count: int | None = None


@dataclass(frozen=True)
class Wish:
    """What is asked for. `parts` empty: just a meal. `cuisine`: a restaurant's category. `meal`: breakfast, tea, late,
    any, or empty where no meal was spoken of. `whole`: all of it as one thing, for names that hold an "and" or a meal.
    """

    parts: tuple[Part, ...] = ()
    cuisine: str = ""
    meal: str = ""
    said: str = ""
    whole: Part | None = None


def read(text: str) -> Wish:
    """Return what a wish asks for."""
    said = " ".join(text.split()).strip(" ，。,.!！?？")
    meal, parts = "", []
    for piece in SPLIT.split(said):
        part, of_meal = _part(piece)
        meal = meal or of_meal
        if part:
            parts.append(part)
    if len(parts) == 1 and (cuisine := cuisine_of(parts[0].text)):
        return Wish(tuple(parts), cuisine, meal, said)
    return Wish(tuple(parts), "", meal, said, _whole(said) if len(parts) > 1 or (parts and meal) else None)


def cuisine_of(text: str) -> str:
    """Return the cuisine that words name; empty where they name none."""
    low = text.lower().strip()
    for slug, term in CUISINES.items():
        names = {term.zh, term.en.lower(), *SYNONYMS.get(slug, ())}
        names |= {f"{name} food" for name in names if name.isascii()} | {f"{name} cuisine" for name in names}
        if low in names or low.removesuffix("菜") in names or low.removesuffix("店") in names:
            return slug
    return ""


def _whole(said: str) -> Part | None:
    """Return all of a wish as one thing."""
    rest, count = _counted(BEFORE.sub("", said, count=1))
    return Part(rest, count) if rest else None


def _counted(text: str) -> tuple[str, int | None]:
    """Return a piece without the number before it, and that number."""
    found = COUNT.match(text)
    if not found:
        return text, None
    number = found["zh"] or found["en"]
    return text[found.end() :], int(number) if number.isdigit() else NUMBERS[number.lower()]


def _part(piece: str) -> tuple[Part | None, str]:
    """Return what is left of a piece of a wish without fillers, and the meal it speaks of."""
    rest, count, meal, before = piece.strip(), None, "", ""
    while rest and rest != before:
        before = rest
        rest = _without_diet(rest)
        rest, number = _counted(rest)
        count = number or count
        rest = AFTER.sub("", BEFORE.sub("", rest, count=1))
        rest, of_meal = _without_meal(rest)
        meal = meal or of_meal
        rest = rest.strip(" 的，,").removeprefix("of ").strip()
    return (Part(rest, count) if rest else None), meal


def _without_meal(text: str) -> tuple[str, str]:
    """Return a piece without the word for a meal at its end, and which meal that is."""
    low = text.lower()
    for meal, words in MEALS.items():
        for word in sorted(words, key=len, reverse=True):
            if low == word:
                return "", meal
            if len(word) > 1 and low.endswith(word if not word.isascii() else f" {word}"):
                rest = text[: -len(word)].rstrip(" 的")
                # 黄焖鸡米饭 ends in 米饭, a dish; only whole words for meals are taken off
                return rest, meal
    return text, ""


def _without_diet(text: str) -> str:
    """Return a piece without a diet before it: 不辣的, 清淡一点的, vegetarian."""
    low = text.lower()
    for diet in DIETS.values():
        for word in (diet.zh, diet.en.lower(), diet.en.lower().replace("not ", "non-")):
            if low == word and word != "辣":
                return ""
            rest = text[len(word) :]
            if not low.startswith(word) or not rest:
                continue
            if LOOSE.match(rest) or (len(word) > 1 and not word.isascii()) or (word.isascii() and rest.startswith(" ")):
                return re.sub(r"^(?:一点|点|些|一些)?的?\s*", "", rest)
    return text
