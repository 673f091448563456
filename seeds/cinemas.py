"""(filled below)"""

from __future__ import annotations

from collections.abc import Iterator

from seeds.rows import Row
from seeds.words import Town


def cinemas(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's cinemas with their offers."""
    yield from ()
