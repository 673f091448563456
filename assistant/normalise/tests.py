"""The tables in fixtures/ hold one sentence a line, `words => what is found`; "-" is nothing.

In front, in brackets: `en` (the person's language, else zh), `expect` (that kind was asked for), `20:30` (the hour it
is, else 15:00 on Monday 2026-11-23 in Shanghai).
"""

import random
import re
import time
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from . import (
    LIMIT,
    Found,
    analyse,
    answers,
    detect,
    find_counts,
    find_diets,
    find_distances,
    find_durations,
    find_money,
    find_numbers,
    find_order_numbers,
    find_ordinals,
    find_people,
    find_places,
    find_ratings,
    find_times,
    find_wishes,
    leftover,
    plain,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FOLDER = Path(__file__).parent / "fixtures"
LINE = re.compile(r"(?:\[(?P<how>[^\]]*)\] )?(?P<text>.*?) => (?P<expected>.*)")
KINDS = ("orders", "times", "durations", "distances", "people", "money", "ratings", "counts", "ordinals", "numbers")
FLAGS = ("confirm", "yes", "no", "cancel", "stop", "greeting", "thanks", "help", "status")


def shown(value) -> str:
    """Write a value the short way the tables do."""
    if isinstance(value, tuple):
        return "..".join(shown(one) for one in value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.year != NOW.year else "%a %m-%d %H:%M")
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 60:g}min"
    return str(value)


def details(one: Found, hidden: set[str]) -> str:
    said = []
    for name, value in one.detail.items():
        if name in hidden or value in ("", False, None):
            continue
        said.append(name if value is True else f"{name}={shown(value)}")
    return " ".join(said)


def written(founds: list[Found], hidden: str = "") -> str:
    """Write founds as the tables do: 80块以内: 80 bound=max currency=CNY."""
    parts = []
    for one in founds:
        more = details(one, {"phrase", "noun_start", "noun_end", *hidden.split()})
        parts.append(f"{one.text}: {shown(one.value)}{' ' + more if more else ''}")
    return " ; ".join(parts) or "-"


def _answers(text: str) -> str:
    return " ".join(name for name in FLAGS if getattr(answers, f"is_{name}")(text)) or "-"


def _analysed(text: str, now: datetime, language: str) -> str:
    """Write which words are what in a whole sentence, and what is left over."""
    whole = analyse(text, now, language)
    kinds = (*KINDS, "diets", "wishes", "places")
    said = [f"{kind}: {', '.join(one.text for one in getattr(whole, kind))}" for kind in kinds if getattr(whole, kind)]
    return " ; ".join([*said, f"left: {whole.leftover or '-'}"])


READERS = {
    "numbers": lambda text, **how: written(find_numbers(text)),
    "people": lambda text, expect, **how: written(find_people(text, expect=expect)),
    "money": lambda text, expect, **how: written(find_money(text, expect=expect)),
    "counts": lambda text, expect, **how: written(find_counts(text, expect=expect)),
    "times": lambda text, expect, now, language: written(find_times(text, now, language, expect=expect), "day"),
    "durations": lambda text, **how: written(find_durations(text), "unit"),
    "distances": lambda text, **how: written(find_distances(text)),
    "ratings": lambda text, **how: written(find_ratings(text)),
    "diets": lambda text, **how: written(find_diets(text)),
    "wishes": lambda text, **how: written(find_wishes(text)),
    "ordinals": lambda text, expect, **how: written(find_ordinals(text, expect=expect)),
    "places": lambda text, expect, **how: written(find_places(text, expect=expect)),
    "answers": lambda text, **how: _answers(text),
    "orders": lambda text, **how: written(find_order_numbers(text)),
    "language": lambda text, language, **how: detect(text, language),
    "analysis": lambda text, now, language, **how: _analysed(text, now, language),
}


def lines(kind: str) -> list[str]:
    said = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in said if line and not line.startswith("#")]


def read(kind: str, line: str) -> tuple[str, str, str]:
    """Return (sentence, expected, found) of a line of a table."""
    match = LINE.fullmatch(line)
    how = (match["how"] or "").split()
    hour = next((datetime.strptime(one, "%H:%M").time() for one in how if ":" in one), NOW.time())
    now = datetime.combine(NOW.date(), hour, NOW.tzinfo)
    found = READERS[kind](match["text"], expect="expect" in how, now=now, language="en" if "en" in how else "zh")
    return match["text"], match["expected"], found


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind in READERS for line in lines(kind)])
def test_table(kind, line):
    _, expected, found = read(kind, line)
    assert found == expected


@pytest.mark.parametrize("kind", [kind for kind in READERS if kind not in ("orders", "ratings")])
def test_tables_are_long_enough_and_in_both_languages(kind):
    sentences = [read(kind, line)[0] for line in lines(kind)]
    assert len(sentences) >= 40
    assert len(set(lines(kind))) == len(sentences)
    chinese = sum(bool(re.search("[一-鿿]", sentence)) for sentence in sentences)
    assert chinese >= 10
    assert len(sentences) - chinese >= 8


def all_founds(text: str) -> list[Found]:
    """Everything that any finder sees, also when an answer of its kind is expected."""
    founds = [*find_numbers(text), *find_durations(text), *find_distances(text), *find_diets(text), *find_wishes(text)]
    founds += [*find_order_numbers(text), *find_ratings(text)]
    for expect in (False, True):
        for finder in (find_people, find_money, find_counts, find_ordinals):
            founds += finder(text, expect=expect)
        founds += [*find_times(text, NOW, "en", expect=expect), *find_places(text, founds, expect=expect)]
    return founds


def check_spans(text: str) -> None:
    for one in all_founds(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        if noun := one.detail.get("noun"):
            assert noun == text[one.detail["noun_start"] : one.detail["noun_end"]]
        if phrase := one.detail.get("phrase"):
            assert 0 <= phrase[0] <= one.start
            assert one.end <= phrase[1] <= len(text)


SENTENCES = [read(kind, line)[0] for kind in READERS for line in lines(kind)]


def test_spans_match_the_text():
    for text in SENTENCES:
        check_spans(text)


def wide(text: str) -> str:
    """Return a sentence in full-width letters and digits."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and char not in ",~'$#" else char for char in text)


@pytest.mark.parametrize(
    ("finder", "text"),
    [
        (find_money, "under 30 dollars each"),
        (find_money, "人均80块以内"),
        (find_people, "party of 5"),
        (find_counts, "3份炒饭"),
        (find_distances, "within 2.5 km"),
        (find_ordinals, "第2家"),
        (find_order_numbers, "BS-1123-0417"),
    ],
)
def test_full_width_is_read_like_plain(finder, text):
    plainly, widely = finder(text), finder(wide(text))
    assert plainly
    assert [(one.value, one.start, one.end, one.detail.get("bound")) for one in plainly] == [
        (one.value, one.start, one.end, one.detail.get("bound")) for one in widely
    ]


def test_plain_keeps_every_character_in_its_place():
    text = "今晚７點，兩個人．ＡＢＣ　“x”’ İ\U0001f600 ①"
    assert len(plain(text)) == len(text)
    assert plain(text).startswith("今晚7点，两个人.abc ")


def random_text(rng: random.Random) -> str:
    """Return a jumble of Unicode, or of pieces of real sentences with noise between."""
    if rng.random() < 0.3:
        ranges = (
            (0, 0x2FF),
            (0x3000, 0x30FF),
            (0x4E00, 0x9FFF),
            (0xD800, 0xDFFF),
            (0xFF00, 0xFFEF),
            (0x1F300, 0x1F6FF),
        )
        return "".join(chr(rng.randint(*rng.choice(ranges))) for _ in range(rng.randint(0, 60)))
    pieces = []
    for _ in range(rng.randint(1, 8)):
        sentence = rng.choice(SENTENCES)
        start = rng.randrange(len(sentence))
        pieces.append(sentence[start : start + rng.randint(1, 12)])
    return rng.choice(["", " ", "，", "\n", "0", "一"]).join(pieces)


def test_nothing_raises_on_any_text():
    rng = random.Random(20261123)
    for _ in range(1500):
        text = random_text(rng)
        check_spans(text)
        whole = analyse(text, NOW, expect=rng.choice([None, "money", "people", "count", "ordinal", "time", "place"]))
        assert whole.language in ("zh", "en")


def test_no_word_counts_twice():
    rng = random.Random(4)
    for text in [*SENTENCES, *(random_text(rng) for _ in range(300))]:
        whole = analyse(text, NOW)
        taken: set[int] = set()
        for kind in KINDS:
            for one in getattr(whole, kind):
                assert taken.isdisjoint(range(one.start, one.end))
                taken.update(range(one.start, one.end))


@pytest.mark.parametrize("piece", ["啊", "1", "在", "80块到", "no ", "送到", "第", "两份", "我和老婆和", "7点到", " "])
def test_a_very_long_message_costs_no_more_than_a_long_one(piece):
    text = piece * (100_000 // len(piece))
    analyse("今晚7点两个人", NOW)
    best = min(_seconds(text) for _ in range(3))
    assert best < 0.2
    assert all(one.end <= LIMIT for one in find_counts(text))


def _seconds(text: str) -> float:
    started = time.perf_counter()
    analyse(text, NOW)
    return time.perf_counter() - started


def test_a_sentence_takes_less_than_two_milliseconds():
    sentences = [f"{text}{at}" for at, text in enumerate(SENTENCES[:200])]
    analyse("热身", NOW)
    best = min(sum(map(_seconds, [f"{text} {turn}" for text in sentences])) / len(sentences) for turn in range(3))
    assert best < 0.002


def test_times_are_in_the_zone_of_now():
    london = datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("Europe/London"))
    value = find_times("tomorrow at 9am", london, "en")[0].value
    assert value.utcoffset() == timedelta(0)
    assert value.isoformat() == "2026-11-24T09:00:00+00:00"


def test_analysis_takes_the_most_precise_time():
    whole = analyse("今晚吃火锅，7点送到公司", NOW)
    assert whole.when.value == NOW.replace(hour=19)
    assert whole.place("deliver").detail["label"] == "work"
    assert whole.place("near") is None


def test_an_expected_answer_is_read_as_its_kind():
    assert [one.value for one in analyse("80吧", NOW, expect="money").money] == [Decimal(80)]
    assert [one.value for one in analyse("2", NOW, expect="people").people] == [2]
    assert [one.value for one in analyse("2", NOW, expect="ordinal").ordinals] == [2]
    assert [one.value for one in analyse("7", NOW, expect="time").times] == [NOW.replace(hour=19)]
    assert [one.value for one in analyse("静安寺", NOW, expect="place").places] == ["静安寺"]
    assert [one.value for one in analyse("2", NOW).numbers] == [Decimal(2)]


def test_sort_and_other():
    assert (analyse("换一家便宜点的", NOW).sort, analyse("换一家便宜点的", NOW).other) == ("cheap", True)
    assert analyse("火锅", NOW).sort == ""


def test_leftover_without_founds_strips_politeness():
    assert leftover("麻烦帮我点一份麻辣烫，谢谢", []) == "麻辣烫"
    assert leftover("Could you order me a pizza please?", []) == "pizza"
    assert leftover("谢谢", []) == ""


def test_diets_are_slugs_of_the_catalogue():
    from integrations.catalogue.vocabulary import DIETS

    values = {one.value for text in SENTENCES for one in find_diets(text)}
    assert values == set(DIETS)
