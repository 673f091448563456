"""Keys are readable by their owner only, and the embedded Valkey answers nobody without its password."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import redis
from django.conf import settings

from assistant.project.paths import key_file, private_folder

KEYS = ("secret_key", "field_keys", "valkey_password")
ROOT = Path(__file__).parents[1]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("name", KEYS)
def test_key_files_are_private(name: str) -> None:
    path = settings.DATA_DIR / "keys" / name
    assert mode(path) == 0o600
    assert len(path.read_text()) >= 40


def test_folders_are_private() -> None:
    for folder in (settings.DATA_DIR, settings.DATA_DIR / "keys", settings.RUN_DIR):
        assert mode(folder) == 0o700, folder


def test_a_folder_that_was_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    assert mode(private_folder(folder)) == 0o700


def test_a_key_is_made_once_by_however_many(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(key_file(tmp_path / "keys" / "k"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["k"]


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("out of a file")
    code = "from assistant.project import settings; print(settings.SECRET_KEY)"
    environment = {
        "BANSHI_DATA": str(tmp_path / "data"),
        "SECRET_KEY_FILE": str(tmp_path / "secret"),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "out of a file"
    assert not (tmp_path / "data/keys/secret_key").exists()


def test_valkey_needs_its_password(valkey: redis.Redis) -> None:
    path = str(settings.VALKEY_SOCKET)
    assert valkey.ping()
    with redis.Redis(unix_socket_path=path) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    with redis.Redis(unix_socket_path=path, password="wrong") as guesser, pytest.raises(redis.AuthenticationError):
        guesser.ping()


def test_valkey_listens_on_its_socket_only(valkey: redis.Redis) -> None:
    config = valkey.config_get("*")
    assert config["port"] == "0"
    assert mode(settings.VALKEY_SOCKET) == 0o700
    assert config["save"] == ""
    assert config["appendonly"] == "no"


def test_the_password_is_not_on_the_command_line(valkey: redis.Redis) -> None:
    process = valkey.info("server")["process_id"]
    line = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(process)], capture_output=True, text=True, check=True)
    assert "valkey" in line.stdout
    assert settings.VALKEY_PASSWORD not in line.stdout
