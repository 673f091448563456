"""The closed word lists of the catalogue: diets, tags, categories, and their names in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A slug's names."""

    zh: str
    en: str


@dataclass(frozen=True)
class Diet:
    """A wish about food as filters on offers: tags that must hold, tags that must not, the most spice (0..3)."""

    zh: str
    en: str
    tags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    max_spice: int | None = None
    min_spice: int | None = None


DIETS: dict[str, Diet] = {
    "not_spicy": Diet("不辣", "not spicy", max_spice=0),
    "mild": Diet("微辣", "mildly spicy", max_spice=1),
    "spicy": Diet("辣", "spicy", min_spice=2),
    "halal": Diet("清真", "halal", tags=("halal",)),
    "vegetarian": Diet("素食", "vegetarian", tags=("vegetarian",)),
    "vegan": Diet("纯素", "vegan", tags=("vegan",)),
    "light": Diet("清淡", "light", tags=("light",)),
    "low_sugar": Diet("少糖", "low sugar", tags=("low_sugar",)),
    "gluten_free": Diet("无麸质", "gluten-free", without=("gluten",)),
    "no_pork": Diet("不要猪肉", "no pork", without=("pork",)),
    "no_beef": Diet("不要牛肉", "no beef", without=("beef",)),
    "no_lamb": Diet("不要羊肉", "no lamb", without=("lamb",)),
    "no_chicken": Diet("不要鸡肉", "no chicken", without=("chicken",)),
    "no_seafood": Diet("不要海鲜", "no seafood", without=("seafood",)),
    "no_peanut": Diet("不要花生", "no peanuts", without=("peanut",)),
    "no_egg": Diet("不要鸡蛋", "no eggs", without=("egg",)),
    "no_dairy": Diet("不要奶", "no dairy", without=("dairy",)),
    "no_cilantro": Diet("不要香菜", "no cilantro", without=("cilantro",)),
    "no_garlic": Diet("不要蒜", "no garlic", without=("garlic",)),
    "no_alcohol": Diet("不含酒", "no alcohol", without=("alcohol",)),
}

# What a dish holds, and what it is fit for.
TAGS: dict[str, Term] = {
    "pork": Term("含猪肉", "pork"),
    "beef": Term("含牛肉", "beef"),
    "lamb": Term("含羊肉", "lamb"),
    "chicken": Term("含鸡肉", "chicken"),
    "seafood": Term("含海鲜", "seafood"),
    "peanut": Term("含花生", "peanut"),
    "egg": Term("含鸡蛋", "egg"),
    "dairy": Term("含奶", "dairy"),
    "gluten": Term("含麸质", "gluten"),
    "cilantro": Term("含香菜", "cilantro"),
    "garlic": Term("含蒜", "garlic"),
    "alcohol": Term("含酒", "alcohol"),
    "halal": Term("清真", "halal"),
    "vegetarian": Term("素食", "vegetarian"),
    "vegan": Term("纯素", "vegan"),
    "light": Term("清淡", "light"),
    "low_sugar": Term("少糖", "low sugar"),
    "set_for_two": Term("双人餐", "set for two"),
    "family": Term("适合家庭", "good for families"),
    "parking": Term("停车", "parking"),
    "wifi": Term("无线网络", "Wi-Fi"),
    "breakfast": Term("含早", "breakfast included"),
    "pool": Term("泳池", "pool"),
    "gym": Term("健身房", "gym"),
    "pets": Term("可带宠物", "pets welcome"),
    "accessible": Term("无障碍", "accessible"),
    "late_night": Term("夜宵", "late night"),
}

CUISINES: dict[str, Term] = {
    "sichuan": Term("川菜", "Sichuan"),
    "hunan": Term("湘菜", "Hunan"),
    "cantonese": Term("粤菜", "Cantonese"),
    "jiangzhe": Term("江浙菜", "Jiangzhe"),
    "northern": Term("北方菜", "Northern Chinese"),
    "dongbei": Term("东北菜", "Dongbei"),
    "yunnan": Term("云南菜", "Yunnan"),
    "xinjiang": Term("新疆菜", "Xinjiang"),
    "hotpot": Term("火锅", "hotpot"),
    "malatang": Term("麻辣烫", "malatang"),
    "barbecue": Term("烧烤", "barbecue"),
    "noodles": Term("面馆", "noodles"),
    "dumplings": Term("饺子馄饨", "dumplings"),
    "congee": Term("粥店", "congee"),
    "fast_food": Term("快餐简餐", "Chinese fast food"),
    "vegetarian_house": Term("素食馆", "vegetarian kitchen"),
    "seafood_house": Term("海鲜", "seafood"),
    "japanese": Term("日料", "Japanese"),
    "korean": Term("韩餐", "Korean"),
    "thai": Term("泰国菜", "Thai"),
    "indian": Term("印度菜", "Indian"),
    "southeast_asian": Term("东南亚菜", "Southeast Asian"),
    "western": Term("西餐", "Western"),
    "pizza": Term("披萨", "pizza"),
    "burgers": Term("汉堡", "burgers"),
    "salads": Term("轻食沙拉", "salads"),
    "british": Term("英式", "British"),
    "bakery": Term("面包甜点", "bakery"),
    "coffee": Term("咖啡", "coffee"),
    "tea_drinks": Term("奶茶饮品", "tea drinks"),
}

DISH_CATEGORIES: dict[str, Term] = {
    "set": Term("套餐", "set meal"),
    "main": Term("主菜", "main"),
    "vegetable": Term("蔬菜", "vegetable dish"),
    "staple": Term("主食", "staple"),
    "soup": Term("汤", "soup"),
    "snack": Term("小吃", "snack"),
    "dessert": Term("甜品", "dessert"),
    "drink": Term("饮料", "drink"),
}

LOCATION_KINDS: dict[str, Term] = {
    "district": Term("行政区", "district"),
    "area": Term("商圈", "business area"),
    "landmark": Term("景点", "sight"),
    "museum": Term("博物馆", "museum"),
    "park": Term("公园", "park"),
    "station": Term("火车站", "railway station"),
    "airport": Term("机场", "airport"),
    "metro": Term("地铁站", "metro station"),
    "university": Term("大学", "university"),
    "mall": Term("商场", "shopping centre"),
}

MERCHANT_KINDS: dict[str, Term] = {
    "restaurant": Term("餐厅", "restaurant"),
    "hotel": Term("酒店", "hotel"),
    "shop": Term("商店", "shop"),
    "cinema": Term("影院", "cinema"),
    "hospital": Term("医院", "hospital"),
}

OFFER_KINDS: dict[str, Term] = {
    "dish": Term("菜品", "dish"),
    "room": Term("房间", "room"),
    "product": Term("商品", "product"),
    "show": Term("电影", "film"),
    "department": Term("科室", "department"),
}

HOTEL_CLASSES: dict[str, Term] = {
    "budget": Term("经济型酒店", "budget hotel"),
    "comfort": Term("舒适型酒店", "comfort hotel"),
    "business": Term("商务酒店", "business hotel"),
    "boutique": Term("精品酒店", "boutique hotel"),
    "luxury": Term("豪华酒店", "luxury hotel"),
    "apartment": Term("酒店公寓", "serviced apartment"),
    "hostel": Term("青年旅舍", "hostel"),
}

SHOP_TYPES: dict[str, Term] = {
    "convenience": Term("便利店", "convenience store"),
    "fruit": Term("水果店", "fruit shop"),
    "flowers": Term("花店", "florist"),
    "pharmacy": Term("药店", "pharmacy"),
    "books": Term("书店", "bookshop"),
    "electronics": Term("数码店", "electronics shop"),
    "gifts": Term("礼品店", "gift shop"),
    "pets": Term("宠物店", "pet shop"),
    "groceries": Term("生鲜超市", "grocery"),
}

HOSPITAL_TYPES: dict[str, Term] = {
    "general": Term("综合医院", "general hospital"),
    "tcm": Term("中医医院", "hospital of Chinese medicine"),
    "children": Term("儿童医院", "children's hospital"),
    "dental": Term("口腔门诊", "dental clinic"),
    "clinic": Term("社区卫生中心", "community health centre"),
}

PICTURES = [
    "fish",
    "chicken",
    "beef",
    "pork",
    "lamb",
    "duck",
    "tofu",
    "mushroom",
    "greens",
    "egg",
    "seafood",
    "rice",
    "fried_rice",
    "noodles",
    "soup_noodles",
    "dumplings",
    "bun",
    "soup",
    "congee",
    "hotpot",
    "skewers",
    "malatang",
    "sushi",
    "ramen",
    "bibimbap",
    "curry",
    "pizza",
    "burger",
    "pasta",
    "salad",
    "steak",
    "sandwich",
    "fries",
    "dessert",
    "cake",
    "bread",
    "fruit",
    "coffee",
    "milk_tea",
    "tea",
    "juice",
    "beer",
    "set_meal",
    "restaurant",
    "cafe",
    "hotel",
    "room",
    "shop",
    "product",
    "cinema",
    "hospital",
    "landmark",
    "station",
    "airport",
    "park",
    "museum",
    "district",
    "metro",
    "mall",
]
