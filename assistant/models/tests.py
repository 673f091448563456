"""What the models promise."""

from __future__ import annotations

import pytest
from django.db import connection

from assistant.models.durability import relaxed

FULL, NORMAL = 2, 1  # https://www.sqlite.org/pragma.html#pragma_synchronous


def _synchronous() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_commits_wait_for_the_disk_again_whatever_happens_inside() -> None:
    with relaxed():
        assert _synchronous() == NORMAL
    assert _synchronous() == FULL
    with pytest.raises(ZeroDivisionError), relaxed():
        1 / 0  # noqa: B018
    assert _synchronous() == FULL
