"""Free answers: small talk, knowledge, writing. The model speaks, and nothing it says acts or counts as a fact."""

from __future__ import annotations

import time
import uuid

from assistant.conversation import replies
from assistant.conversation.deciding import prompt
from assistant.conversation.turns import ENGINE_SECONDS, Step
from assistant.engines.base import Request, Sampling

MAX_TOKENS = 400
HISTORY = 6  # messages


def request(step: Step) -> Request:
    """Return the generation request for a free answer."""
    language, number = step.turn.person.language, uuid.uuid4().hex
    first = step.messages[0].pk if step.messages else 0
    return Request(
        id=number,
        person=str(step.turn.person_id),
        messages=[
            {"role": "system", "content": prompt("chat", language)},
            *replies.last_lines(step.turn.conversation, first, HISTORY),
            {"role": "user", "content": f"{step.text}\n\n({moment(step)})"},
        ],
        sampling=Sampling(temperature=0.3),
        max_tokens=MAX_TOKENS,
        cache_key=f"chat-{language}",
        deadline=time.time() + ENGINE_SECONDS,
        then={"task": "resume_turn", "args": [step.turn.pk, number]},
    )


def moment(step: Step) -> str:
    """Return the time as the model is told it; last in the prompt, so that the cached part stays the same."""
    now = step.context.now
    if step.turn.person.language == "en":
        return f"It is {now:%A %d %B %Y, %H:%M}."
    return f"现在是{now:%Y年%m月%d日%H:%M}，星期{'一二三四五六日'[now.weekday()]}。"
