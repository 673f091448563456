"""The chat page's websocket: stores what the page says, forwards what the tasks publish. The only async code here."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.http import parse_cookie
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import ValidationError

from assistant.channels.web.push import group
from assistant.web.live.frames import FRAME, Act, Resume, Say, Stop
from assistant.web.live.rate import Bucket
from assistant.web.live.talk import Refused, Talk, open_talk

logger = logging.getLogger(__name__)
FRAME_BYTES = 64 * 1024
FRAMES_PER_SECOND, FRAMES_AT_ONCE = 5.0, 30.0
NOT_YOURS = 4404  # close code: there is no such conversation for this person


class ChatConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One open page of a conversation."""

    talk: Talk | None = None

    async def connect(self) -> None:
        """Let the conversation's own person in."""
        headers = {key.decode("latin1"): value.decode("latin1") for key, value in self.scope["headers"]}
        if not same_origin(headers):
            await self.close()
            return
        self.bucket = Bucket(FRAMES_PER_SECOND, FRAMES_AT_ONCE)
        public_id = self.scope["url_route"]["kwargs"]["public_id"]
        cookies = parse_cookie(headers.get("cookie", ""))
        self.talk = await database_sync_to_async(open_talk)(cookies, public_id, headers.get("accept-language", ""))
        if self.talk is None:
            await self.accept()
            await self.close(NOT_YOURS)
            return
        await self.channel_layer.group_add(group(public_id), self.channel_name)
        await self.accept()
        await self.tell(await database_sync_to_async(self.talk.engine)())

    async def disconnect(self, code: int) -> None:
        """Leave the conversation's group."""
        if self.talk is not None:
            await self.channel_layer.group_discard(group(self.talk.public_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Handle one frame; what is wrong with it is said, and the socket stays open."""
        if self.talk is None:
            return
        with translation.override(self.talk.locale):
            client_id = ""
            try:
                raw = _parse(text_data)
                client_id = str(raw.get("client_id", ""))[:64]
                await self.handle(self.talk, raw)
            except Refused as problem:
                await self.tell({"type": "error", "text": str(problem), "client_id": client_id})

    async def handle(self, talk: Talk, raw: dict[str, Any]) -> None:
        """Do what a frame asks; raise `Refused`."""
        if not self.bucket.take():
            raise Refused(_("That was very fast. Wait a second and send it again."))
        try:
            frame = FRAME.validate_python(raw)
        except ValidationError as error:
            logger.info("frame refused: %s", error.error_count())
            raise Refused(_("This page and the server do not understand each other. Reload the page.")) from error
        match frame:
            case Say():
                await self.tell(await database_sync_to_async(talk.say)(frame))
            case Act():
                await self.tell(await database_sync_to_async(talk.act)(frame))
            case Resume():
                for data in await database_sync_to_async(talk.news)(frame.after):
                    await self.tell(data)
            case Stop():
                await database_sync_to_async(talk.stop)()

    async def push(self, event: dict[str, Any]) -> None:
        """Forward what a task published for this conversation."""
        await self.tell(event["data"])

    async def tell(self, data: dict[str, Any]) -> None:
        """Send one frame to the page."""
        await self.send(text_data=json.dumps(data, ensure_ascii=False))


def same_origin(headers: dict[str, str]) -> bool:
    """Tell whether a page of this very site opens the socket: its host and port, or those of PUBLIC_URL."""
    origin = urlsplit(headers.get("origin", "")).netloc.lower()
    own = {headers.get("host", "").lower(), urlsplit(settings.PUBLIC_URL).netloc.lower()}
    return bool(origin) and origin in own


def _parse(text: str | None) -> dict[str, Any]:
    """Return a frame as a dict; raise `Refused`."""
    if text is None or len(text.encode()) > FRAME_BYTES:
        raise Refused(
            _("That is longer than %(limit)d characters. Send it in parts, or as a file.")
            % {"limit": settings.MAX_MESSAGE_CHARS}
        )
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(_("This page and the server do not understand each other. Reload the page.")) from error
    return raw if isinstance(raw, dict) else {}
