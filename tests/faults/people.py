"""People who talk to the bot on the stand-in: each says the next thing once the last was answered."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.standins.telegram import Telegram
from tests.standins.telegram_state import Sent

PLACEHOLDER = "…"
WRITING = " …"
MOST = 10  # things anybody says
RULES = {  # the longest words that fit count, so the free answer's moment comes before the joke
    "笑话": "chat",
    "\n\n(现在是": "有个人去办事，事办好了。",
    "拿铁": "food|wish=拿铁|to=静安寺",
    "joke": "chat",
    "\n\n(It is ": "A man went to get a thing done, and it was done.",
    "latte": "food|wish=latte|to=Jing'an Temple",
}


@dataclass(frozen=True)
class Words:
    """What somebody says in a language, and how a confirming button begins."""

    code: str
    hello: str
    chat: str
    wish: str
    first: str
    choose: str
    confirm: str


CHINESE = Words("zh-hans", "你好", "讲个笑话吧", "来一杯拿铁，送到静安寺", "第一个", "选这份", "确认并支付")
ENGLISH = Words(
    "en",
    "hello",
    "tell me a joke",
    "a latte to Jing'an Temple, please",
    "the first one",
    "Choose this",
    "Confirm and pay",
)


@dataclass
class Talk:
    """One person's conversation, up to a paid order."""

    bot: Telegram
    chat: int
    words: Words
    said: list[str] = field(default_factory=list)
    at: float = 0.0
    longest: float = 0.0  # seconds until an answer
    over: bool = False
    ordered: bool = False

    def answers(self) -> list[Sent]:
        """Return what was answered, whole."""
        return contents(self.bot, self.chat) if self.chat in self.bot.chats else []

    def step(self) -> None:
        """Say the next thing, if the last was answered."""
        answers = self.answers()
        if self.over or len(answers) < len(self.said):
            return
        if self.said:
            self.longest = max(self.longest, time.monotonic() - self.at)
        if self.ordered or len(self.said) >= MOST:
            self.over = True
            return
        self.at = time.monotonic()
        self._next(answers)

    def _next(self, answers: list[Sent]) -> None:
        words = self.words
        opening = [words.hello, words.chat, words.wish]
        labels = [label for row in answers[-1].labels for label in row] if answers else []
        confirm = next((label for label in labels if label.startswith(words.confirm)), "")
        if confirm:
            self.said.append(confirm)
            self.ordered = True
            self.bot.press(self.chat, confirm)
        elif len(self.said) < len(opening):
            self._say(opening[len(self.said)])
        elif words.choose in labels:
            self._say(words.first)
        else:  # the engine was away, or nothing was chosen: the wish once more
            self._say(words.wish)

    def _say(self, text: str) -> None:
        self.said.append(text)
        self.bot.say(self.chat, text, language=self.words.code)


def contents(bot: Telegram, chat: int) -> list[Sent]:
    """Return the bot's messages in a chat that say something and are not being written any more."""
    return [sent for sent in bot.answers(chat) if sent.text != PLACEHOLDER and not sent.text.endswith(WRITING)]


def placeholders(bot: Telegram, chat: int) -> int:
    """Count the "…" that stand in a chat."""
    return sum(sent.text == PLACEHOLDER for sent in bot.answers(chat))
