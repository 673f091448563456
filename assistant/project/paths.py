"""Folders and key files of this installation."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

UNIX_SOCKET_LIMIT = 90  # bytes; sun_path holds 104 on macOS and 108 on Linux


def private_folder(path: Path) -> Path:
    """Create `path` readable by its owner only and return it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def run_folder(data: Path) -> Path:
    """Return the folder for sockets and process files, short enough for a Unix socket."""
    folder = data / "run"
    if len(os.fsencode(folder / "valkey.sock")) > UNIX_SOCKET_LIMIT:
        digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"banshi-{os.getuid()}-{digest}"
    return private_folder(folder)


def key_file(path: Path, length: int = 48) -> str:
    """Return the secret kept in `path`, making a random one of `length` bytes (mode 0600) the first time."""
    private_folder(path.parent)
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(length))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # whoever comes first wins; nobody ever reads half a key
        draft.unlink()
    return path.read_text().strip()
