"""The stand-in's HTTP: one path per bot and method, as JSON, a form, or a form with files."""

from __future__ import annotations

import email.parser
import email.policy
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.standins.telegram_methods import METHODS, decoded
from tests.standins.telegram_state import Refused

if TYPE_CHECKING:
    from tests.standins.telegram import Telegram


class Server(ThreadingHTTPServer):
    """A caller that hangs up is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers for one `Telegram`."""

    protocol_version = "HTTP/1.1"
    server_version = "StandInForTelegram"
    bot: Telegram
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        path = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = path.path.strip("/").split("/")
        if parts[0] == "file":
            self.give_file(parts)
            return
        params = read_body(self.headers.get("Content-Type") or "", body) | dict(parse_qsl(path.query))
        method = parts[1] if len(parts) == 2 else ""
        code, answer = self.call(parts[0].removeprefix("bot"), method, params)
        if answer is None:  # a network that broke after the deed
            self.close_connection = True
            return
        self.reply(code, answer)

    def call(self, token: str, method: str, params: dict[str, Any]) -> tuple[int, dict[str, Any] | None]:
        fault = self.bot.fault_for(method)
        if fault.delay:
            time.sleep(fault.delay)
        try:
            self.check(token, method)
            if fault.code:
                raise Refused(fault.code, fault.description, fault.retry_after)  # noqa: TRY301
            result = METHODS[method.lower()](self.bot, decoded(params))
        except Refused as error:
            self.bot.note(method, params, error.code)
            refusal: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
            if error.retry_after is not None:
                refusal["parameters"] = {"retry_after": error.retry_after}
            return error.code, refusal
        self.bot.note(method, params, 200)
        return 200, None if fault.drop else {"ok": True, "result": result}

    def check(self, token: str, method: str) -> None:
        if ":" not in token or method.lower() not in METHODS:
            raise Refused(404, "Not Found")
        if token != self.bot.token:
            raise Refused(401, "Unauthorized")

    def give_file(self, parts: list[str]) -> None:
        known = len(parts) == 4 and parts[1] == f"bot{self.bot.token}"
        body = self.bot.files.get(parts[3]) if known else None
        if body is None:
            self.reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def reply(self, code: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def read_body(kind: str, body: bytes) -> dict[str, Any]:
    """Return a request's parameters; uploaded files stand under `files`."""
    if kind.startswith("application/json"):
        return {**json.loads(body or b"{}"), "files": {}}
    if kind.startswith("application/x-www-form-urlencoded"):
        return {**dict(parse_qsl(body.decode())), "files": {}}
    params: dict[str, Any] = {"files": {}}
    if kind.startswith("multipart/form-data"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        parsed = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        for part in parsed.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if part.get_filename():
                params["files"][name] = content
            else:
                params[str(name)] = content.decode() if isinstance(content, bytes) else ""
    return params
