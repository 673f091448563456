"""Parts of dishes, each a string to be placed: garnish, vegetables, eggs, noodles, rice."""

from __future__ import annotations

from collections.abc import Iterable

from seeds.draw import Draw
from seeds.pictures.shapes import Point, arc, around, at, circle, dots, ellipse, group, path, rect, stroke, strokes

LEAF, LEAF_DEEP, LEAF_LIGHT = "#4E9C58", "#2F7549", "#9CC66F"
CHILLI, TOMATO, CARROT, YOLK = "#BF4330", "#D25A40", "#E08B3E", "#F0AE35"
CREAM, MEAT, BARK = "#FBEBC6", "#A65D3E", "#6E4531"


def scallions(points: Iterable[Point], r: float = 2.6) -> str:
    """Return rings of scallion."""
    places = list(points)
    return dots(places, r + 0.9, LEAF) + dots(places, r - 1, "#CBE5A8")


def chilli_rings(points: Iterable[Point]) -> str:
    """Return rings of red chilli."""
    places = list(points)
    return dots(places, 3.4, CHILLI) + dots(places, 1.4, "#F1C9A0")


def chilli(x: float, y: float, turn: float, scale: float = 1, colour: str = CHILLI) -> str:
    """Return a whole red chilli with its green stalk."""
    body = path("M-2 -3.5C8 -7 18 -3 25 5C16 5 4 7 -2 3.5z", colour)
    shine = stroke("M2 -2.4q7 -1.4 12 1.6", "#E58A6E", 1.4)
    return at(x, y, body, shine, stroke("M-2 0q-5 -1 -7 -4", LEAF_DEEP, 2.4), turn=turn, scale=scale)


def leaf(x: float, y: float, length: float, turn: float, colour: str = LEAF, vein: str = LEAF_DEEP) -> str:
    """Return a pointed leaf that grows from (x, y)."""
    half, wide = length * 0.5, length * 0.42
    body = path(f"M0 0Q{half:.1f} {-wide:.1f} {length:.1f} 0Q{half:.1f} {wide:.1f} 0 0z", colour)
    return at(x, y, body, stroke(f"M2 0H{length * 0.8:.1f}", vein, 1, opacity=0.6), turn=turn)


def sprig(x: float, y: float, turn: float, scale: float = 1, colour: str = LEAF_DEEP) -> str:
    """Return a twig of rosemary."""
    needles = "M0 0H40M6 0l5 -7M6 0l5 7M14 0l5 -8M14 0l5 8M22 0l5 -7M22 0l5 7M30 0l5 -5M30 0l5 5"
    return at(x, y, stroke(needles, colour, 2.2), turn=turn, scale=scale)


def citrus(x: float, y: float, r: float, rind: str = "#EDBE45", flesh: str = "#F8DE8B") -> str:
    """Return a slice of lemon, or of another citrus in other colours."""
    rays = "".join(f"M{x:.1f} {y:.1f}L{px:.1f} {py:.1f}" for px, py in around(x, y, r * 0.72, 8, 22))
    core = circle(x, y, r * 0.76, flesh)
    return circle(x, y, r, rind) + circle(x, y, r * 0.86, "#FFF8E2") + core + stroke(rays, "#FFF8E2", r * 0.1)


def cucumber(x: float, y: float, r: float = 8) -> str:
    """Return a slice of cucumber."""
    seeds = dots(around(x, y, r * 0.42, 5), r * 0.1, "#8FBB72")
    return circle(x, y, r, "#D6E9BC", stroke="#5F9A4F", stroke_width=2.2) + seeds


def tomato(x: float, y: float, r: float = 8) -> str:
    """Return half a cherry tomato, the cut side up."""
    seeds = "".join(ellipse(px, py, r * 0.24, r * 0.24, "#F2B183") for px, py in around(x, y, r * 0.48, 3, 30))
    return circle(x, y, r, TOMATO) + circle(x, y, r * 0.78, "#E27A5C") + seeds


def carrot(x: float, y: float, r: float = 7) -> str:
    """Return a slice of carrot."""
    return circle(x, y, r, CARROT) + circle(x, y, r * 0.5, "#EFA862")


def broccoli(x: float, y: float, scale: float = 1) -> str:
    """Return a floret of broccoli."""
    stalk = path("M-4 2L-6 14H6L4 2z", LEAF_LIGHT)
    crown = dots(((-8, 0), (8, 0), (0, -2)), 8, LEAF_DEEP) + dots(((-6, -5), (5, -6), (0, 2)), 6, LEAF)
    light = dots(((-8, -6), (1, -8), (8, -3), (0, 0)), 1.6, "#86BE74")
    return at(x, y, stalk, crown, light, scale=scale)


def half_egg(x: float, y: float, turn: float = 0, scale: float = 1, yolk: str = YOLK) -> str:
    """Return half a boiled egg."""
    white = ellipse(0, 0, 14, 10.5, "#FFFDF6", stroke="#E5DCC6", stroke_width=1.2)
    return at(x, y, white, circle(1, 0, 6.3, yolk), circle(-1, -2, 1.6, "#FBD98A"), turn=turn, scale=scale)


def fried_egg(x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Return a fried egg, the yolk up."""
    edge = "M-26 -4C-27 -19 -11 -24 0 -20C9 -27 27 -20 25 -5C32 4 24 19 12 17C5 26 -12 23 -15 15C-27 15 -31 4 -26 -4z"
    white = path(edge, "#FFFDF5", stroke="#E6D5AE", stroke_width=1.5)
    yolk = (
        circle(0, -1, 10.5, YOLK) + circle(0, -1, 10.5, "none", stroke="#E39B26") + ellipse(-3, -5, 3.4, 2.2, "#FCE0A0")
    )
    return at(x, y, white, yolk, turn=turn, scale=scale)


def mushroom(x: float, y: float, scale: float = 1, turn: float = 0, cap: str = "#8D5B3D") -> str:
    """Return a mushroom cut lengthwise."""
    stem = path("M-6 -1C-5 6 -7 12 -6 15Q0 19 6 15C7 12 5 6 6 -1z", "#F3E4CB", stroke="#DCC5A0")
    hat = path("M-19 2C-19 -16 19 -16 19 2C14 6 8 3 6 0H-6C-8 3 -14 6 -19 2z", "#F3E4CB", stroke="#8A6A48")
    rim = path("M-19 2C-19 -16 19 -16 19 2C18 5 14 4 14 1C12 -8 -12 -8 -14 1C-14 4 -18 5 -19 2z", cap)
    return at(x, y, stem, hat, rim, turn=turn, scale=scale)


def shiitake(x: float, y: float, r: float, turn: float = 0) -> str:
    """Return a whole shiitake cap with a star cut into it."""
    star = f"M{-r * 0.62:.1f} 0H{r * 0.62:.1f}M0 {-r * 0.62:.1f}V{r * 0.62:.1f}"
    cap = circle(0, 1.5, r, "#4A2C1E", opacity=0.5) + circle(0, 0, r, "#7B4C33") + circle(-1, -1, r * 0.86, "#8D5B3D")
    return at(x, y, cap, stroke(star, "#F3E4CB", r * 0.22), turn=turn)


def prawn(x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Return a curled cooked prawn."""
    body = path(
        "M-17 9C-23 -9 -6 -22 9 -17C22 -12 23 6 12 13C9 15 6 14 7 11C12 4 9 -5 1 -6C-6 -6 -9 0 -8 7C-8 12 -15 14 -17 9z",
        "#E5825A",
    )
    rings = stroke("M-18 -3L-9 2M-12 -13L-6 -4M-1 -18L1 -7M12 -15L7 -4M19 -4L11 2", "#FBDCC6", 2)
    tail = path("M9 12L3 22L10 19L16 23L13 12z", "#CC5F3E")
    return at(x, y, tail, body, rings, turn=turn, scale=scale)


def cube(x: float, y: float, size: float, top: str, left: str, right: str) -> str:
    """Return a block seen from above at a slant, its top middle at (x, y)."""
    a, b, h = size, size * 0.5, size * 0.75
    d_top = f"M0 {-b:.1f}L{a:.1f} 0L0 {b:.1f}L{-a:.1f} 0z"
    d_left = f"M{-a:.1f} 0L0 {b:.1f}V{b + h:.1f}L{-a:.1f} {h:.1f}z"
    d_right = f"M{a:.1f} 0L0 {b:.1f}V{b + h:.1f}L{a:.1f} {h:.1f}z"
    soft: dict[str, str | float] = {"stroke_linejoin": "round", "stroke_width": 2}
    faces = [path(d, tone, stroke=tone, **soft) for d, tone in ((d_left, left), (d_right, right), (d_top, top))]
    return at(x, y, *faces)


def lotus_root(x: float, y: float, r: float) -> str:
    """Return a slice of lotus root."""
    holes = "".join(ellipse(px, py, r * 0.17, r * 0.17, "#C9A877") for px, py in around(x, y, r * 0.56, 7))
    return circle(x, y, r, "#F6E8CE", stroke="#D9BE92", stroke_width=1.6) + holes + circle(x, y, r * 0.14, "#C9A877")


def bok_choy(x: float, y: float, turn: float, scale: float = 1) -> str:
    """Return half a head of pak choi; the root lies at (x, y), the leaves point to the right."""
    stem = path("M0 -7C12 -12 22 -9 32 -6V7C22 10 12 13 0 8Q-5 0 0 -7z", "#DDEBBF")
    leaves = path("M26 -6C32 -20 52 -20 60 -8C66 -2 64 10 54 14C44 20 30 16 26 7C34 4 34 -3 26 -6z", LEAF)
    inner = path("M22 -4C34 -12 48 -8 54 1C46 9 32 10 22 5z", LEAF_DEEP)
    veins = stroke("M2 0C18 -1 36 -1 50 1M4 -4q12 -2 22 -1M4 5q12 2 22 0", "#BBD694", 1.8)
    return at(x, y, leaves, stem, inner, veins, turn=turn, scale=scale)


def strands(
    key: str, x: float, y: float, r: float, colours: tuple[str, str], width: float = 2.6, count: int = 44
) -> str:
    """Return a nest of noodles within a circle: bundles of arcs in two tones."""
    draw = Draw("strands", key)
    tones = ["", ""]
    for step in range(count):
        bundle = step // 4
        turn = bundle * 97 + step % 4 * 5
        inner = Draw("bundle", key, bundle)
        away, bend = inner.between(0.1, 0.45) * r, inner.between(0.28, 0.5) * r
        centre = around(x, y, away, 1, turn + inner.between(0, 80))[0]
        radius = bend + step % 4 * (width + 0.5)
        radius = min(radius, r - away)
        tones[step % 2] += arc(*centre, radius, turn, draw.between(120, 200))
    return stroke(tones[0], colours[0], width) + stroke(tones[1], colours[1], width)


def grains(key: str, points: Iterable[Point], colour: str, length: float = 3.6, width: float = 2.6) -> str:
    """Return grains of rice lying in all directions."""
    draw = Draw("grains", key)
    return strokes(((x, y, draw.between(0, 180)) for x, y in points), length, colour, width)


def shreds(points: Iterable[tuple[float, float, float]], colour: str, length: float = 14, width: float = 2.6) -> str:
    """Return bent shreds, each given by its middle and angle."""
    d = f"M{-length / 2:.1f} 0q{length / 2:.1f} -5 {length:.1f} 0"
    return group(
        *(at(x, y, f'<path d="{d}"/>', turn=turn) for x, y, turn in points),
        fill="none", stroke=colour, stroke_width=width, stroke_linecap="round",
    )  # fmt: skip


def meat_on_stick(x: float, y: float, turn: float, tones: tuple[str, str], length: float = 150) -> str:
    """Return a skewer of four pieces around its middle."""
    stick = stroke(f"M{-length / 2:.0f} 0H{length / 2:.0f}", "#E3C48F", 3)
    spots = (-39, -14, 11, 36)
    pieces = [
        at(spot, 0, rect(-11, -9.5, 22, 19, tones[step % 2], 6), turn=(-6, 5, -4, 7)[step])
        for step, spot in enumerate(spots)
    ]
    shine = stroke("".join(f"M{spot - 6} -5q5 -3 10 0" for spot in spots), "#F2C79A", 2, opacity=0.6)
    return at(x, y, stick, *pieces, shine, turn=turn)
