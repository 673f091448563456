"""Replies as Telegram messages, in both languages and within its limits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import timezone, translation

from assistant.channels.telegram.rendering import markdown
from assistant.channels.telegram.rendering.render import CAPTION_LIMIT, TEXT_LIMIT, render
from assistant.channels.telegram.rendering.richtext import Span, cut, html, plain, units
from assistant.channels.telegram.rendering.words import clock
from integrations.base import Action, Card, FileView, Reply, Used
from tests.standins.replies import PNG, cards, order, quote
from tests.standins.telegram_state import read_html

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "fish.png"
    file.write_bytes(PNG)
    monkeypatch.setattr(
        "assistant.channels.telegram.rendering.render.finders.find",
        lambda path: str(file) if path == "img/pictures/fish.png" else None,
    )
    return file


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 10, 20, tzinfo=UTC))
    with timezone.override(SHANGHAI), translation.override("zh-hans"):
        yield


# Text


def test_markdown_becomes_telegrams_html() -> None:
    text = (
        "# 结论\n**好** and *so-so* ~~no~~ `a<b`\n\n- 一\n- 二\n  1. 甲\n  2. 乙\n\n"
        "```\nx = 1 & 2\n```\n[官网](https://example.com/a) <b>不是标签</b>"
    )
    shown = html(markdown.spans(text))
    assert shown == (
        "<b>结论</b>\n\n<b>好</b> and <i>so-so</i> <s>no</s> <code>a&lt;b</code>\n\n"
        "• 一\n• 二\n  1. 甲\n  2. 乙\n\n<pre>x = 1 &amp; 2</pre>\n\n"
        "官网 (https://example.com/a) &lt;b&gt;不是标签&lt;/b&gt;"
    )
    assert read_html(shown)[0].startswith("结论")


@pytest.mark.parametrize("text", ["2*3*4 = 24", "a_b_c <script>", "**没有关", "&amp; &lt;", "</b>", "1. 一\n2. 二"])
def test_any_text_is_html_that_telegram_can_parse(text: str) -> None:
    seen, _ = read_html(html(markdown.spans(text)))
    assert "<" not in text or "<" in seen


def test_lengths_count_utf16() -> None:
    assert units("a办😀") == 4
    long = cut([Span("😀" * 3000, ("b",))], TEXT_LIMIT, "…")
    assert units(plain(long)) in (TEXT_LIMIT - 1, TEXT_LIMIT)
    assert html(long) == "<b>" + "😀" * 2047 + "</b>…"


# Replies out


def test_cards_are_a_numbered_list(evening: None) -> None:
    shown = render(Reply(text="找到两份", done=["看了 38 家"], seconds=0.84, cards=cards()))
    assert plain(shown.spans) == (
        "✓ 看了 38 家 · 0.8 秒\n\n"
        "找到两份\n\n"
        "1. 清蒸鲈鱼<双人>套餐  ¥60.00 ¥68.00 [首选] [演示] [满 60 减 8]\n"
        "小渔村 & 朋友 · 4.8 · 1.2 km · 30 分钟\n"
        "评分最高，不辣\n\n"
        "2. 菌菇豆腐煲套餐  ¥56.00"
    )
    text = shown.html()
    assert "<b>1. 清蒸鲈鱼&lt;双人&gt;套餐</b>  <b>¥60.00</b> <s>¥68.00</s>" in text
    assert "小渔村 &amp; 朋友" in text
    assert shown.keyboard is not None
    assert [[(b.text, b.callback_data) for b in row] for row in shown.keyboard.inline_keyboard] == [
        [("1. 就要这个", "pick-1"), ("1. 看菜单", "menu-1")],
        [("2. 就要这个", "pick-2")],
    ]


def test_one_card_has_no_number(evening: None) -> None:
    shown = render(Reply(cards=cards()[1:]))
    assert plain(shown.spans) == "菌菇豆腐煲套餐  ¥56.00"
    assert shown.keyboard is not None
    assert shown.keyboard.inline_keyboard[0][0].text == "就要这个"


def test_a_quote(evening: None) -> None:
    shown = render(Reply(quote=quote()))
    assert plain(shown.spans) == (
        "小渔村 [演示]\nQ-12\n送到：公司 · 世纪大道 100 号 (来自记忆)\n约 18:50 送到\n\n"
        "清蒸鲈鱼 (少油) ×1  ¥38.00\n杂粮饭 ×2  ¥8.00\n\n"
        "配送费  ¥5.00\n满减  −¥8.00\n合计  ¥43.00\n\n"
        "18:30 前有效\n用演示钱包付款，不会产生真实扣款"
    )
    assert shown.keyboard is not None
    rows = shown.keyboard.inline_keyboard
    assert [[b.text for b in row] for row in rows] == [["确认并支付 ¥43.00"], ["换地址", "取消"]]
    assert (rows[0][0].style, rows[1][0].style) == ("primary", None)


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        ("expired", "报价已过期", "This quote has expired"),
        ("replaced", "已有新的报价", "A newer quote has taken its place"),
        ("withdrawn", "报价已撤回", "This quote was withdrawn"),
        ("confirmed", "18:22 已确认", "Confirmed at 18:22"),
    ],
)
def test_what_became_of_a_quote(evening: None, state: str, zh: str, en: str) -> None:
    view = quote(state=state, confirmed_at=datetime(2026, 11, 23, 10, 22, tzinfo=UTC), actions=[])
    assert zh in plain(render(Reply(quote=view)).spans)
    with translation.override("en"):
        assert en in plain(render(Reply(quote=view)).spans)


def test_an_order(evening: None) -> None:
    assert plain(render(Reply(order=order())).spans) == (
        "约 18:50 送到 [演示]\n小渔村 · BS-1123-0417 · 配送中\n骑手王师傅已取餐\n送到：公司 · 世纪大道 100 号\n\n"
        "✓ 已下单  18:05\n● 配送中\n○ 送达\n\n"
        "合计 ¥43.00 · 已退 ¥5.00"
    )


def test_both_languages(evening: None) -> None:
    reply = Reply(
        quote=quote(),
        order=order(),
        cards=cards(),
        done=["Looked at 38 places"],
        seconds=1,
        used=[Used(name="People", value="2", source="you said so")],
    )
    with translation.override("en"):
        text = plain(render(reply).spans)
    for words in ("1.0 s", "[Best match]", "To: ", "Valid until 18:30", "Total ¥43.00 · given back ¥5.00"):
        assert words in text
    with translation.override("zh-hans"):
        text = plain(render(reply).spans)
    for words in ("首选", "送到：", "前有效", "已退", "这次用到的信息"):
        assert words in text


def test_times_of_another_day_say_the_day(evening: None) -> None:
    view = quote(expires_at=datetime(2026, 11, 25, 1, 5, tzinfo=UTC))
    assert "11月25日 09:05 前有效" in plain(render(Reply(quote=view)).spans)


def test_what_was_used_is_folded_up(evening: None) -> None:
    reply = Reply(
        text="好", used=[Used(name="人数", value="2", source="你说的"), Used(name="预算", value="<80", source="")]
    )
    assert (
        render(reply)
        .html()
        .endswith("<blockquote expandable>这次用到的信息\n人数: 2 (你说的)\n预算: &lt;80</blockquote>")
    )


def test_files_are_named(evening: None) -> None:
    shown = plain(render(Reply(text="好", files=[FileView(id="x", name="报告.pdf", size=1_234_000)])).spans)
    assert shown == "好\n\n报告.pdf · 1.2 MB"


def test_links_are_buttons_where_telegram_takes_them(settings: Any, evening: None) -> None:
    settings.PUBLIC_URL = ""
    reply = Reply(
        text="好",
        choices=[
            Action(label="官网", link="https://example.com/a"),
            Action(label="本机", link="http://localhost:8000/c/1/"),
            Action(label="内网", link="http://10.0.0.4/x"),
            Action(label="脚本", link="javascript:alert(1)"),
        ],
    )
    shown = render(reply)
    assert shown.keyboard is not None
    assert [[b.url for b in row] for row in shown.keyboard.inline_keyboard] == [["https://example.com/a"]]
    assert "本机: http://localhost:8000/c/1/" in plain(shown.spans)
    settings.PUBLIC_URL = "https://banshi.example.com"
    shown = render(Reply(text="好", choices=[Action(label="网页", link="/c/1/")]))
    assert shown.keyboard is not None
    assert shown.keyboard.inline_keyboard[0][0].url == "https://banshi.example.com/c/1/"


def test_buttons_hold_at_most_64_bytes(evening: None) -> None:
    reply = Reply(
        text="好", choices=[Action(label="一", id="x" * 64), Action(label="二", id="办" * 22), Action(label="三")]
    )
    shown = render(reply)
    assert shown.keyboard is not None
    assert [b.text for row in shown.keyboard.inline_keyboard for b in row] == ["一"]


def test_a_picture_only_where_the_text_fits_a_caption(pictures: Path, evening: None) -> None:
    assert render(Reply(text="短", cards=cards())).picture == pictures
    assert render(Reply(text="长" * CAPTION_LIMIT, cards=cards())).picture is None
    assert render(Reply(text="短", cards=cards()[1:])).picture is None
    assert render(Reply(cards=[Card(title="x", picture="../../etc/passwd", best=True)])).picture is None


def test_the_clock_is_short_within_half_a_day() -> None:
    with timezone.override(SHANGHAI):
        assert re.fullmatch(r"\d\d:\d\d", clock(timezone.now() + timedelta(hours=1)))


# The Chinese of this folder


def test_every_string_has_its_chinese() -> None:
    folder = Path(__file__).parents[1]
    with (folder / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    sources = [*folder.rglob("*.py"), *(settings.BASE_DIR / "assistant").glob("tasks/relay*.py")]
    sources.append(settings.BASE_DIR / "assistant/management/commands/telegram.py")
    used = {
        json.loads(found)
        for source in sources
        if source.name != "tests.py"
        for found in re.findall(r'\b_\(("(?:[^"\\]|\\.)*")', source.read_text())
    }
    assert len(used) > 15
    assert used == {message.id for message in catalogue if message.id}
    for message in catalogue:
        assert message.string
        assert set(re.findall(r"%\(\w+\)", str(message.id))) == set(re.findall(r"%\(\w+\)", str(message.string)))
