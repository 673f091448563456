"""The fixed beginnings of our prompts, registered so that the engine computes them before anybody waits for them."""

from __future__ import annotations

from django.utils import translation

from assistant.conversation import deciding
from assistant.conversation.turns import LOCALES
from assistant.engines import prefixes
from integrations import registry


def register() -> int:
    """Register the decision menu and the chat prompt of each language; return how many are news."""
    news = 0
    for language, locale in LOCALES.items():
        with translation.override(locale):
            opening = deciding.opening(registry.tools(), language)
        chat = deciding.prompt("chat", language)
        news += prefixes.register(f"decide-{language}", opening)
        news += prefixes.register(f"chat-{language}", [{"role": "system", "content": chat}])
    return news
