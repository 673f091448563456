"""llama.cpp's server loop in this process: loading, prompt templates, raw completions, slot states on disk."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from assistant.engines.base import EngineError
from assistant.engines.threads import SPIN, Threads

BATCH = 128  # tokens of prompt computed at a time: what others wait for and a cancel takes; larger is hardly faster
TIMEOUT = httpx.Timeout(120, connect=5)  # a slot's state waits for the step that is being computed
Chunk = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What is loaded and how."""

    path: Path
    slots: int
    context: int  # tokens per slot
    threads: Threads
    states: Path  # folder of slot states


def load_library() -> Any:
    """Import xllamacpp, with OpenMP told not to spin for long; where the system has no libgomp, torch's wheel has."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", SPIN)
    try:
        import xllamacpp
    except ImportError as error:
        torch = importlib.util.find_spec("torch")
        if "libgomp" not in str(error) or torch is None or not torch.submodule_search_locations:
            raise
        ctypes.CDLL(str(Path(torch.submodule_search_locations[0]) / "lib" / "libgomp.so.1"), ctypes.RTLD_GLOBAL)
        import xllamacpp
    return xllamacpp


class LlamaServer:
    """A loaded model. Its HTTP port listens on loopback, without pages, for the key that only we know."""

    def __init__(self, plan: Plan) -> None:
        """Load the model; raise `RuntimeError` when llama.cpp refuses."""
        library = load_library()
        self.version = str(library.__version__)
        kinds = {device["type"].name.rpartition("_")[2] for device in library.get_device_info()}
        self.device = "gpu" if kinds & {"GPU", "IGPU"} else "cpu"
        key = secrets.token_urlsafe(32)
        self._server = library.Server(_parameters(library, plan, key))
        self._http = httpx.Client(
            base_url=self._server.listening_address,
            headers={"Authorization": f"Bearer {key}"},
            timeout=TIMEOUT,
            trust_env=False,
        )

    def render(
        self, messages: Sequence[dict[str, Any]], tools: Sequence[dict[str, Any]], *, answer: bool = True
    ) -> str:
        """Return the prompt that the model's own template makes; with `answer` it ends where the answer begins.

        Control tokens spelt out in a message are broken up: text never becomes a turn of its own.
        """
        body: dict[str, Any] = {
            "messages": [_plain(message) for message in messages],
            "add_generation_prompt": answer,
            "chat_template_kwargs": {"enable_thinking": False},
        }
        if tools:
            body["tools"] = list(tools)
        reply = self._post("/apply-template", body)
        return str(reply["prompt"])

    def complete(self, payload: dict[str, Any], callback: Callable[[Chunk], bool]) -> None:
        """Run a streaming completion; blocks. The callback gets every chunk and returns True to stop.

        Whatever the callback raises is lost, so it must not. Raise `ValueError` for a malformed request.
        """
        self._server.handle_completions(payload, callback)

    def save(self, slot: int, name: str) -> None:
        """Write the slot's state to the file `name` in the folder of states."""
        self._post(f"/slots/{slot}?action=save", {"filename": name})

    def restore(self, slot: int, name: str) -> int:
        """Read a slot's state and return its tokens. After a failure the slot is empty."""
        return int(self._post(f"/slots/{slot}?action=restore", {"filename": name})["n_restored"])

    def close(self) -> None:
        """Free the model."""
        self._http.close()
        self._server = None

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = self._http.post(path, json=body)
        except httpx.HTTPError as error:
            raise EngineError(
                "internal", f"llama.cpp did not answer {path.partition('?')[0]}: {type(error).__name__}"
            ) from error
        answer: dict[str, Any] = response.json()
        if response.is_error:
            raise error_of(answer)
        return answer


def error_of(answer: dict[str, Any]) -> EngineError:
    """Return the error that llama.cpp reports, as ours."""
    error = answer.get("error", {})
    message = str(error.get("message", "unknown error"))
    if error.get("type") in ("exceed_context_size_error", "invalid_request_error", "not_supported_error"):
        return EngineError("bad_request", message)
    if error.get("type") == "unavailable_error":
        return EngineError("overload", message)
    return EngineError("out_of_memory" if "memory" in message.lower() else "internal", message)


def _plain(message: dict[str, Any]) -> dict[str, Any]:
    content = message.get("content")
    return {**message, "content": content.replace("<|", "< |")} if isinstance(content, str) else message


def _parameters(library: Any, plan: Plan, key: str) -> Any:
    parameters = library.CommonParams()
    parameters.model.path = str(plan.path)
    parameters.n_ctx = plan.slots * plan.context
    parameters.n_parallel = plan.slots
    parameters.n_batch = parameters.n_ubatch = BATCH
    parameters.cpuparams.n_threads = plan.threads.answer
    parameters.cpuparams_batch.n_threads = plan.threads.prompt
    parameters.cache_ram_mib = 0  # we choose the slot and bring its prefix ourselves
    parameters.cache_idle_slots = False
    parameters.slot_save_path = f"{plan.states}/"
    parameters.fit_params = False
    parameters.ui = False
    parameters.hostnames = ["127.0.0.1"]
    parameters.api_keys = [key]
    parameters.verbosity = 1
    return parameters
