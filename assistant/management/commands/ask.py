"""One turn from the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assistant.channels.base import InboundFile, Pin
from assistant.tasks import console


class Command(BaseCommand):
    """`manage.py ask "文字"`."""

    help = "One turn through the same code as the channels; prints reply, cards, calls, timings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("text")
        parser.add_argument("--person", default="console", help="who speaks; each name has a conversation of its own")
        parser.add_argument("--lang", choices=["zh", "en"], default="", help="the language of the answers")
        parser.add_argument("--pin", default="", metavar="LAT,LNG", help="share a location with the message")
        parser.add_argument("--file", default="", help="send a file with the message")
        parser.add_argument("--confirm", action="store_true", help="confirm the quote that comes back")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it and print what comes back."""
        if not options["text"].strip():
            raise CommandError('say something: manage.py ask "文字"', returncode=2)
        more: dict[str, Any] = {"pin": _pin(options["pin"])} if options["pin"] else {}
        if options["file"]:
            more["files"] = [_file(options["file"])]
        name = options["person"]
        console.person_named(name, options["lang"])
        try:
            turns = [console.say(name, text=options["text"], **more)]
            if options["confirm"]:
                confirm = next((button for button in console.buttons(turns[0]) if button.get("confirm")), None)
                if confirm is None:
                    raise CommandError("there is no quote to confirm in the answer: " + turns[0].text, returncode=2)
                turns.append(console.say(name, action=confirm["id"]))
        except TimeoutError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"turns": [_as_json(turn) for turn in turns]}, ensure_ascii=False))
            return
        for turn in turns:
            self._print(turn)

    def _print(self, said: console.Said) -> None:
        for reply in said.replies:
            for line in lines_of(reply):
                self.stdout.write(line)
        for step in said.steps:
            if step["kind"] == "call":
                inputs = json.dumps(step["detail"].get("inputs", {}), ensure_ascii=False)
                line = f"  {step['detail'].get('tool')} {inputs}  {step['milliseconds']} ms"
                self.stdout.write(self.style.HTTP_INFO(line))
        self.stdout.write(self.style.HTTP_INFO(f"  {said.seconds:.2f} s, engine {said.turn.engine_ms / 1000:.2f} s"))


def lines_of(reply: dict[str, Any]) -> list[str]:
    """Return a reply as plain text."""
    lines = [*reply.get("done", []), reply.get("text", "")]
    for number, card in enumerate(reply.get("cards", []), 1):
        price = card.get("price") or {}
        facts = " · ".join(fact["text"] for fact in card.get("facts", []))
        badges = " ".join(f"[{badge['text']}]" for badge in card.get("badges", []))
        amount = f"{price.get('amount', '')} {price.get('currency', '')}"
        lines.append(f"{number}. {card['title']}  {amount}  {card.get('subtitle', '')}  {facts}  {badges}")
    quote = reply.get("quote")
    if quote:
        for line in quote["lines"]:
            lines.append(f"   {line['text']} ×{line.get('quantity', 1)}  {line['amount']['amount']}")
        lines += [f"   {line['text']}  {line['amount']['amount']}" for line in quote["sums"]]
    order = reply.get("order")
    if order:
        lines.append(f"   {order['number']}  {order['title']}  {order['headline']}  {order['state_text']}")
    choices = " / ".join(choice["label"] for choice in reply.get("choices", []))
    return [line for line in [*lines, choices] if line]


def _pin(text: str) -> Pin:
    try:
        lat, lng = (float(part) for part in text.split(","))
    except ValueError as error:
        raise CommandError(f"--pin {text}: give latitude and longitude, such as 31.22,121.46", returncode=2) from error
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        raise CommandError(f"--pin {text}: no such place; latitude comes first", returncode=2)
    return Pin(lat=lat, lng=lng)


def _file(text: str) -> InboundFile:
    path = Path(text)
    if not path.is_file():
        raise CommandError(f"--file {text}: there is no such file", returncode=2)
    return InboundFile(name=path.name, size=path.stat().st_size)


def _as_json(said: console.Said) -> dict[str, Any]:
    return {
        "turn": said.turn.pk,
        "state": said.turn.state,
        "text": said.text,
        "replies": said.replies,
        "steps": said.steps,
        "seconds": round(said.seconds, 3),
        "engine_seconds": said.turn.engine_ms / 1000,
    }
