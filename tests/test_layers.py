"""Imports go one way, migrations are complete, modules and functions stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[1]
APPS = ("assistant", "integrations", "dashboard")
MODULE, FUNCTION = 300, 60  # lines
# The contract of tools and replies stands in one place; the tests' catalogue is one list of rows.
LONGER = {"integrations/base.py": 330, "integrations/factories.py": 390}


def modules() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and path.name not in {"tests.py", "conftest.py"}:
                yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_imports_go_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # exits where one is missing


def test_modules_are_small() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert len(sizes) > 200
    assert {name: size for name, size in sizes.items() if size > LONGER.get(name, MODULE)} == {}
    assert [name for name in LONGER if sizes.get(name, 0) <= MODULE] == []


def test_functions_are_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno >= FUNCTION
    ]
    assert long == []


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils.py", "helpers.py", "services.py", "common.py", "misc.py"}
    assert [path for path in modules() if path.name in vague or path.name.endswith("_manager.py")] == []


def test_exceptions_are_caught_narrowly() -> None:
    """`except Exception` stands where a loop must go on, and logs all it caught."""
    broad = [
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and "logger.exception(" not in ast.unparse(node)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert broad == []
