"""What food is served on and eaten with."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.shapes import arc, at, circle, ellipse, group, path, rect, stroke

WHITE = "#FFFFFF"
WELL = "#F3F2ED"


def plate(
    c: Canvas, x: float = 120, y: float = 74, rx: float = 62, ry: float = 0, *, band: str = "", well: str = WELL
) -> None:
    """Draw a white plate seen from above, round unless `ry` is given, with a coloured band where wished."""
    ry = ry or rx
    c.add(
        ellipse(x, y + 5, rx, ry, c.shade, opacity=0.35),
        ellipse(x, y, rx, ry, c.gradient("#FFFFFF", "#EFEEE9")),
        ellipse(x, y, rx - 5, ry - 5, "none", stroke=band, stroke_width=2.5) if band else "",
        ellipse(x, y, rx - 12, ry - 11, well, stroke="#E2E0D8"),
    )


def dark_plate(c: Canvas, x: float = 120, y: float = 74, rx: float = 62, ry: float = 0) -> None:
    """Draw a slate grey plate seen from above."""
    ry = ry or rx
    c.add(
        ellipse(x, y + 5, rx, ry, c.shade, opacity=0.4),
        ellipse(x, y, rx, ry, c.gradient("#59635F", "#424B47")),
        ellipse(x, y, rx - 10, ry - 9, "#3A423F", stroke="#343B38"),
    )


def bowl(c: Canvas, x: float, y: float, r: float, glaze: tuple[str, str], inside: str, soup: str) -> None:
    """Draw a round bowl seen from above: glaze from light to deep, the wall inside, and what it is filled with."""
    c.add(
        circle(x, y + 5, r, c.shade, opacity=0.4),
        circle(x, y, r, c.gradient(*glaze)),
        circle(x, y, r - 6, inside),
        circle(x, y + 1, r - 9, soup),
        stroke(arc(x, y, r - 3, 190, 75), WHITE, 2, opacity=0.45),
    )


def handled_pot(c: Canvas, x: float, y: float, r: float, wall: str, rim: str, soup: str) -> None:
    """Draw a pot with two handles seen from above."""
    c.add(
        circle(x, y + 6, r, c.shade, opacity=0.4),
        rect(x - r - 15, y - 11, 2 * r + 30, 22, wall, 11),
        rect(x - r - 9, y - 5, 2 * r + 18, 10, rim, 5, opacity=0.6),
        circle(x, y, r, c.gradient(rim, wall)),
        circle(x, y, r - 8, wall),
        circle(x, y + 1, r - 10, soup),
        stroke(arc(x, y, r - 4, 190, 75), WHITE, 2, opacity=0.3),
    )


def sauce_dish(c: Canvas, x: float, y: float, r: float, sauce: str) -> None:
    """Draw a small white dish of sauce."""
    c.add(
        circle(x, y + 3, r, c.shade, opacity=0.35),
        circle(x, y, r, WHITE),
        circle(x, y, r - 5, sauce),
        stroke(arc(x, y, r - 8, 200, 60), WHITE, 1.6, opacity=0.5),
    )


def board(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Draw a wooden board; (x, y) is its upper left corner."""
    grain = "".join(
        f"M{x + 10} {y + height * share:.0f}q{width / 3:.0f} {bend} {width - 20:.0f} 0"
        for share, bend in ((0.22, 4), (0.5, -4), (0.78, 4))
    )
    c.add(
        rect(x, y + 5, width, height, c.shade, 12, opacity=0.4),
        rect(x, y, width, height, c.gradient("#DDB27C", "#C6935A"), 12),
        stroke(grain, "#B5814A", 1.2, opacity=0.55),
    )


def steamer(c: Canvas, x: float, y: float, r: float) -> None:
    """Draw a bamboo steamer seen from above."""
    slats = "".join(f"M{x - r} {y + step}h{2 * r}" for step in range(-48, 49, 8))
    inside = c.clip(circle(x, y, r - 11, WHITE))
    c.add(
        circle(x, y + 6, r, c.shade, opacity=0.4),
        circle(x, y, r, c.gradient("#E2B878", "#BE8C4C")),
        circle(x, y, r - 5, "none", stroke="#A87838", stroke_width=1.5),
        circle(x, y, r - 10, "#B58748"),
        circle(x, y, r - 11, "#EBD3A2"),
        group(stroke(slats, "#CFAE73", 1.5), clip_path=inside),
        rect(x - 8, y - r - 1, 16, 13, "#A87838", 2),
        rect(x - 8, y + r - 12, 16, 13, "#A87838", 2),
    )


def chopsticks(c: Canvas, x: float, y: float, turn: float, length: float = 120, colour: str = "#8A5A3A") -> None:
    """Draw a pair of chopsticks around their middle."""
    one = f"M{-length / 2:.0f} 0L{length / 2:.0f} 0"
    pair = group(at(0, -4, stroke(one, colour, 3.6), turn=2), at(0, 4, stroke(one, colour, 3.6), turn=-2))
    c.add(group(at(x - 3, y + 4, pair.replace(colour, c.shade), turn=turn), opacity=0.4), at(x, y, pair, turn=turn))


def spoon(x: float, y: float, turn: float, colour: str = WHITE, edge: str = "#D9D7CF") -> str:
    """Return a porcelain spoon; its bowl lies at (x, y), its handle points to the right."""
    shape = "M10 -4C24 -5 36 -4 46 -3.5Q50 0 46 3.5C36 4 24 5 10 4C6 10 -16 12 -17 0C-16 -12 6 -10 10 -4z"
    return at(x, y, path(shape, colour, stroke=edge), ellipse(-5, 0, 9, 6, edge, opacity=0.5), turn=turn)


def fork(x: float, y: float, turn: float) -> str:
    """Return a fork; the roots of its tines lie at (x, y), its handle points to the right."""
    tines = stroke("M-16 -5H-2M-16 0H0M-16 5H-2M-2 -5Q6 -5 8 0Q6 5 -2 5M8 0H52", "#B9C1BD", 3)
    return at(x, y, tines, stroke("M14 0H52", "#A5AEA9", 4), turn=turn)


def steam(x: float, y: float, colour: str = WHITE) -> str:
    """Return three wisps rising from (x, y)."""
    wisp = "q-6 -6 0 -12t0 -12"
    d = f"M{x - 14} {y}{wisp}M{x} {y - 3}{wisp}M{x + 14} {y}{wisp}"
    return stroke(d, colour, 3, opacity=0.75)


def standing(c: Canvas, x: float, y: float, rx: float) -> None:
    """Draw the shadow of something that stands on the table."""
    c.add(ellipse(x, y, rx, rx * 0.14 + 2, c.shade, opacity=0.4))
