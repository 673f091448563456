"""SVG elements as short strings. Coordinates are those of the 240 by 150 canvas; angles are degrees, clockwise."""

from __future__ import annotations

import math
from collections.abc import Iterable

Point = tuple[float, float]
Value = str | float


def number(value: float) -> str:
    """Return a number with at most one decimal and no leading zero before the point."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _attributes(extra: dict[str, Value]) -> str:
    rows = (
        (name.replace("_", "-"), value if isinstance(value, str) else f"{value:g}") for name, value in extra.items()
    )
    return "".join(f' {name}="{value}"' for name, value in rows)


def circle(x: float, y: float, r: float, fill: str, **extra: Value) -> str:
    """Return a circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}"{_attributes(extra)}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **extra: Value) -> str:
    """Return an ellipse."""
    place = f'cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"'
    return f'<ellipse {place} fill="{fill}"{_attributes(extra)}/>'


def rect(x: float, y: float, width: float, height: float, fill: str, r: float = 0, **extra: Value) -> str:
    """Return a rectangle, with round corners where `r` is given."""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    corners = f' rx="{number(r)}"' if r else ""
    return f'<rect {place}{corners} fill="{fill}"{_attributes(extra)}/>'


def path(d: str, fill: str, **extra: Value) -> str:
    """Return a filled path."""
    return f'<path d="{d}" fill="{fill}"{_attributes(extra)}/>'


def stroke(d: str, colour: str, width: float, **extra: Value) -> str:
    """Return a line with round ends."""
    ends = "" if "stroke_linecap" in extra else ' stroke-linecap="round"'
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{number(width)}"{ends}{_attributes(extra)}/>'


def group(*parts: str, **extra: Value) -> str:
    """Return parts with attributes in common."""
    return f"<g{_attributes(extra)}>{''.join(parts)}</g>"


def _moved(x: float, y: float, turn: float, scale: float, flip: bool) -> str:
    moves = [f"translate({number(x)} {number(y)})"]
    if turn:
        moves.append(f"rotate({number(turn)})")
    if scale != 1 or flip:
        moves.append(f"scale({-scale:g} {scale:g})" if flip else f"scale({scale:g})")
    return " ".join(moves)


def at(x: float, y: float, *parts: str, turn: float = 0, scale: float = 1, flip: bool = False) -> str:
    """Return parts drawn around (0, 0), moved to (x, y), turned, scaled and mirrored."""
    return group(*parts, transform=_moved(x, y, turn, scale, flip))


def stamp(name: str, x: float, y: float, turn: float = 0, scale: float = 1, flip: bool = False) -> str:
    """Return one more print of parts kept with `Canvas.keep`, placed as `at` places them."""
    return f'<use href="#{name}" transform="{_moved(x, y, turn, scale, flip)}"/>'


def dots(points: Iterable[Point], r: float, fill: str, **extra: Value) -> str:
    """Return equal circles as one path of round dots."""
    d = "".join(f"M{number(x)} {number(y)}h0" for x, y in points)
    return stroke(d, fill, 2 * r, **extra)


def strokes(points: Iterable[tuple[float, float, float]], length: float, colour: str, width: float) -> str:
    """Return short straight lines, each given by its middle and angle, as one path."""
    d = ""
    for x, y, angle in points:
        dx, dy = length * math.cos(math.radians(angle)), length * math.sin(math.radians(angle))
        d += f"M{number(x - dx / 2)} {number(y - dy / 2)}l{number(dx)} {number(dy)}"
    return stroke(d, colour, width)


def arc(x: float, y: float, r: float, start: float, sweep: float) -> str:
    """Return path data of a part of a circle; `sweep` less than 360."""
    first, last = math.radians(start), math.radians(start + sweep)
    large = int(abs(sweep) > 180)
    side = int(sweep > 0)
    begin = f"M{number(x + r * math.cos(first))} {number(y + r * math.sin(first))}"
    end = f"{number(x + r * math.cos(last))} {number(y + r * math.sin(last))}"
    return f"{begin}A{number(r)} {number(r)} 0 {large} {side} {end}"


def around(x: float, y: float, r: float, count: int, start: float = 0, squash: float = 1) -> list[Point]:
    """Return `count` points on a circle, or on an ellipse squashed in height."""
    angles = (math.radians(start + 360 * step / count) for step in range(count))
    return [(x + r * math.cos(angle), y + squash * r * math.sin(angle)) for angle in angles]


def sown(x: float, y: float, r: float, count: int, squash: float = 1, start: float = 0) -> list[Point]:
    """Return points spread evenly over a disc, as seeds lie in a sunflower (Vogel, 1979)."""
    turn = math.radians(137.508)
    return [
        (
            x + r * math.sqrt((step + 0.5) / count) * math.cos(start + step * turn),
            y + squash * r * math.sqrt((step + 0.5) / count) * math.sin(start + step * turn),
        )
        for step in range(count)
    ]
