"""Parts of places: sky, ground, trees, windows, awnings, water."""

from __future__ import annotations

from collections.abc import Iterable

from seeds.pictures.canvas import Canvas
from seeds.pictures.shapes import arc, circle, dots, ellipse, group, path, rect, stroke

STONE, WALL, GLASS, GLASS_DEEP = "#D9D6CC", "#EFE9DC", "#BCD6DC", "#8FB4BD"
GRASS, GRASS_DEEP, TREE, TREE_DEEP = "#B5CDA2", "#9ABB8A", "#6F9F70", "#55875E"
ROAD, JADE, SEAL, NIGHT = "#A9B3B1", "#0B6E5F", "#BF3A22", "#2E3B38"


def ground(c: Canvas, y: float, colour: str) -> None:
    """Draw the ground from `y` down."""
    c.add(rect(0, y, 240, 150 - y, colour))


def sun(x: float, y: float, r: float = 13, colour: str = "#F6DFA6") -> str:
    """Return a pale sun."""
    return circle(x, y, r, colour)


def cloud(x: float, y: float, scale: float = 1) -> str:
    """Return a white cloud; its flat base lies at `y`."""
    d = "M-24 0Q-30 0 -30 -6Q-30 -13 -21 -13Q-18 -24 -6 -22Q2 -28 10 -20Q16 -22 20 -14Q29 -14 29 -6Q29 0 23 0z"
    return path(d, "#FFFFFF", opacity=0.85, transform=f"translate({x} {y}) scale({scale})")


def tree(x: float, y: float, size: float = 1, tone: str = TREE, deep: str = TREE_DEEP) -> str:
    """Return a round tree whose foot stands at (x, y)."""
    r = 15 * size
    trunk = rect(x - 2 * size, y - 20 * size, 4 * size, 20 * size, "#8A6A4C", 1)
    light = stroke(arc(x - r * 0.1, y - 30 * size, r * 0.62, 190, 70), "#A9CB9B", 2.4 * size)
    return trunk + circle(x, y - 29 * size, r, deep) + circle(x - r * 0.12, y - 31 * size, r * 0.86, tone) + light


def cypress(x: float, y: float, size: float = 1) -> str:
    """Return a slim tree whose foot stands at (x, y)."""
    d = f"M{x} {y - 52 * size:g}Q{x + 12 * size:g} {y - 20 * size:g} {x + 8 * size:g} {y - 4 * size:g}H{x - 8 * size:g}Q{x - 12 * size:g} {y - 20 * size:g} {x} {y - 52 * size:g}z"
    return rect(x - 1.5, y - 6 * size, 3, 6 * size, "#8A6A4C") + path(d, TREE_DEEP)


def panes(xs: Iterable[float], ys: Iterable[float], width: float, height: float, colour: str) -> str:
    """Return a grid of windows as one path."""
    rows = list(ys)
    return path("".join(f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z" for x in xs for y in rows), colour)


def awning(x: float, y: float, width: float, depth: float, colours: tuple[str, str], stripes: int) -> str:
    """Return a striped awning with scallops; (x, y) is its upper left corner."""
    step = width / stripes
    parts = []
    for place in range(stripes):
        left = x + place * step
        d = f"M{left:g} {y:g}h{step:g}v{depth:g}a{step / 2:g} {step / 2:g} 0 0 1 {-step:g} 0z"
        parts.append(path(d, colours[place % 2]))
    return group(*parts) + rect(x, y, width, 3, "#000000", opacity=0.08)


def lantern(x: float, y: float, size: float = 1) -> str:
    """Return a red lantern that hangs from (x, y)."""
    line = stroke(f"M{x} {y}v{8 * size:g}M{x} {y + 26 * size:g}v{8 * size:g}", "#8A2A1A", 1.6)
    body = ellipse(x, y + 17 * size, 9 * size, 9.5 * size, SEAL)
    ribs = stroke(f"M{x} {y + 8 * size:g}v{18 * size:g}", "#E98B6E", 1.4)
    side = ellipse(x, y + 17 * size, 4.6 * size, 9.5 * size, "none", stroke="#E98B6E", stroke_width=1)
    caps = dots(
        ((x - 2, y + 8 * size), (x + 2, y + 8 * size), (x - 2, y + 26 * size), (x + 2, y + 26 * size)), 1.6, "#E2AC52"
    )
    return line + body + ribs + side + caps


def bench(x: float, y: float) -> str:
    """Return a park bench; its feet stand at `y`."""
    wood = (
        rect(x, y - 16, 40, 4, "#A9774A", 1.5)
        + rect(x, y - 22, 40, 4, "#B98656", 1.5)
        + rect(x - 2, y - 10, 44, 4, "#8F6238", 1.5)
    )
    return stroke(f"M{x + 5} {y - 20}v20M{x + 35} {y - 20}v20", "#5F6965", 2.6) + wood


def hills(c: Canvas, y: float, near: str, far: str) -> None:
    """Draw two ranges of hills above `y`."""
    c.add(
        path(f"M0 {y}V{y - 26}Q30 {y - 52} 70 {y - 28}T150 {y - 34}T240 {y - 22}V{y}z", far),
        path(f"M0 {y}V{y - 10}Q50 {y - 30} 104 {y - 10}T240 {y - 14}V{y}z", near),
    )


def skyline(c: Canvas, y: float, colour: str) -> None:
    """Draw distant towers that stand at `y`."""
    d = f"M0 {y}v-34h22v-16h18v28h16v-46h20v34h14v-18h22v30h18v-48h8v-10h4v10h8v40h18v-24h22v34h16v-20h20v40z"
    c.add(path(d, colour, opacity=0.6))
