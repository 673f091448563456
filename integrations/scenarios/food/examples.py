"""Sentences that mean each tool, with the inputs they give. Words are copied from the sentence as they stand."""

from __future__ import annotations

from integrations.base import Example

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "food.search": (
        Example(
            "帮我点一份不辣的两人晚餐，80块以内，送到公司",
            {"wish": "晚餐", "people": 2, "budget": 80, "diet": ["not_spicy"], "to": "公司"},
        ),
        Example("想喝一杯拿铁", {"wish": "拿铁"}),
        Example("静安寺附近有什么好吃的川菜", {"wish": "川菜", "near": "静安寺"}),
        Example("中午给四个人订饭，人均40，要清真的", {"wish": "饭", "people": 4, "per_person": 40, "diet": ["halal"]}),
        Example("肚子有点饿，随便吃点什么", {}),
        Example("江南小灶还有什么能送的", {"merchant": "江南小灶"}),
        Example("不要香菜的牛肉面，晚上七点送到家", {"wish": "牛肉面", "diet": ["no_cilantro"], "to": "家"}),
        Example(
            "Order a non-spicy dinner for two under 80 to my office",
            {"wish": "dinner", "people": 2, "budget": 80, "diet": ["not_spicy"], "to": "my office"},
        ),
        Example("two lattes please", {"wish": "two lattes"}),
        Example("any good Sichuan food near Jing'an Temple?", {"wish": "Sichuan food", "near": "Jing'an Temple"}),
        Example("vegetarian lunch for 3, 40 per person", {"wish": "lunch", "people": 3, "per_person": 40}),
        Example("I could eat something", {}),
        Example("I feel like pizza tonight, deliver to home", {"wish": "pizza", "to": "home"}),
    ),
    "food.other": (
        Example("换一家", {"how": "other"}),
        Example("这些都不太想吃，还有别的吗", {"how": "other"}),
        Example("有没有再便宜点的", {"how": "cheap"}),
        Example("近一点的呢", {"how": "near"}),
        Example("show me something else", {"how": "other"}),
        Example("I don't fancy these, what else is there", {"how": "other"}),
        Example("anything cheaper?", {"how": "cheap"}),
        Example("a faster one", {"how": "fast"}),
    ),
    "food.why": (
        Example("为什么推荐第一个", {"which": 1}),
        Example("第二家凭什么排前面", {"which": 2}),
        Example("江南小灶好在哪", {"name": "江南小灶"}),
        Example("why the first one?", {"which": 1}),
        Example("what's good about the second", {"which": 2}),
        Example("why do you recommend Jiangnan Kitchen", {"name": "Jiangnan Kitchen"}),
    ),
    "food.menu": (
        Example("看看第二家的菜单", {"which": 2}),
        Example("江南小灶有什么菜", {"merchant": "江南小灶"}),
        Example("这家还有什么汤", {"wish": "汤"}),
        Example("show me the menu of the second one", {"which": 2}),
        Example("what does Jiangnan Kitchen sell", {"merchant": "Jiangnan Kitchen"}),
        Example("do they have soups?", {"wish": "soups"}),
    ),
    "food.pick": (
        Example("第一份，米饭换成杂粮饭", {"which": 1, "options": "米饭换成杂粮饭"}),
        Example("就要最后那个，送到家里", {"which": -1, "to": "家里"}),
        Example("来两份清蒸鲈鱼", {"dish": "清蒸鲈鱼", "count": 2}),
        Example("the first one, with multigrain rice", {"which": 1, "options": "multigrain rice"}),
        Example("I'll take the last one, to my home", {"which": -1, "to": "my home"}),
        Example("get me the steamed sea bass", {"dish": "steamed sea bass"}),
    ),
    "food.basket": (
        Example("再加一份米饭", {"change": "add", "dish": "米饭", "count": 1}),
        Example("把西兰花去掉", {"change": "remove", "dish": "西兰花"}),
        Example("拿铁改成大杯", {"change": "set", "dish": "拿铁", "options": "大杯"}),
        Example("米饭要三份", {"change": "set", "dish": "米饭", "count": 3}),
        Example("add a bowl of rice", {"change": "add", "dish": "rice"}),
        Example("remove the broccoli", {"change": "remove", "dish": "broccoli"}),
        Example("make it two soups in all", {"change": "set", "dish": "soups", "count": 2}),
        Example("make the latte large", {"change": "set", "dish": "latte", "options": "large"}),
    ),
    "food.deliver": (
        Example("改送到家里", {"to": "家里"}),
        Example("还是送公司前台吧", {"to": "公司前台"}),
        Example("七点半再送", {}),
        Example("deliver it to my home instead", {"to": "my home"}),
        Example("send it to the office front desk", {"to": "the office front desk"}),
        Example("make it half past seven", {}),
    ),
}
