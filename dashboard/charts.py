"""Line drawings as SVG paths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)
MARKS = 3  # lines above zero


@dataclass(frozen=True)
class Drawing:
    """A line and the area below it."""

    line: str = ""
    area: str = ""


def draw(values: Sequence[float], *, width: float, height: float, top: float = 0.0, places: int = 0) -> Drawing:
    """Return `values` drawn from left to right over `places` places (default: as many as there are values).

    `top` is the value at the upper edge; without it the largest value is.
    """
    if len(values) < 2:
        return Drawing()
    highest = top or max(values) or 1
    step = width / ((places or len(values)) - 1)
    points = [(i * step, height - height * min(value / highest, 1)) for i, value in enumerate(values)]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return Drawing(line, f"{line}L{points[-1][0]:.1f} {height:g}L0 {height:g}Z")


def scale(highest: float) -> list[int]:
    """Return the marks of an axis from `highest` or a little above down to 0, at round numbers."""
    wanted = max(highest, MARKS) / MARKS
    magnitude = 10 ** math.floor(math.log10(wanted))
    step = next(size * magnitude for size in STEPS if size * magnitude >= wanted and (size * magnitude) % 1 == 0)
    return [int(step * i) for i in range(MARKS, -1, -1)]
