"""Drawings of tofu, mushrooms, greens, eggs, seafood, salad and fruit."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import (
    CHILLI,
    LEAF,
    LEAF_DEEP,
    LEAF_LIGHT,
    citrus,
    cube,
    cucumber,
    fried_egg,
    half_egg,
    leaf,
    mushroom,
    prawn,
    scallions,
    shiitake,
    tomato,
)
from seeds.pictures.shapes import around, at, circle, dots, ellipse, path, rect, sown, stamp, stroke
from seeds.pictures.tableware import bowl, handled_pot, plate, spoon


def tofu(c: Canvas) -> None:
    """Tofu cubes in a red sauce."""
    c.ground("rose")
    bowl(c, 120, 74, 62, ("#8FA9A6", "#5F7E7B"), "#DDE4E0", "#A8432A")
    tones = ("#FFFBF0", "#F1E4C8", "#E4D2AE")
    cubes = ((120, 42), (96, 54), (144, 54), (120, 64), (80, 76), (160, 76), (104, 84), (138, 85), (120, 100))
    c.add(
        dots(sown(120, 75, 50, 30), 2.4, "#7E2C1B"),
        dots(sown(120, 75, 48, 17, start=2), 1.8, "#DC7A4E"),
        *(cube(x, y, 13, *tones) for x, y in cubes),
        scallions(((110, 50), (134, 58), (92, 70), (122, 82), (150, 72), (106, 104), (142, 104), (120, 54), (84, 92))),
        dots(((100, 58), (148, 82), (116, 68), (132, 96)), 1.8, "#7E2C1B"),
    )


def mushroom_dish(c: Canvas) -> None:
    """Mushrooms in a clay pot."""
    c.ground("oat")
    handled_pot(c, 120, 74, 62, "#5B3827", "#8A5A40", "#C08A52")
    pieces = ((118, 46, 1.05, 0), (86, 74, 1, -34), (154, 76, 1, 34), (120, 104, 1.05, 8))
    c.add(
        *(leaf(x, y, 22, turn) for x, y, turn in ((108, 62, -150), (138, 92, 30), (98, 96, 150), (136, 62, -30))),
        *(
            shiitake(x, y, r, turn)
            for x, y, r, turn in (
                (90, 46, 14, 10),
                (150, 48, 13, 40),
                (119, 76, 16, 24),
                (90, 108, 13, -20),
                (152, 108, 14, 0),
            )
        ),
        *(mushroom(x, y, scale, turn) for x, y, scale, turn in pieces),
        scallions(((104, 72), (138, 66), (106, 56), (134, 106), (104, 92), (136, 82), (120, 64))),
        stroke("M100 82q5 5 10 2M134 56q6 -2 8 3", CHILLI, 2.8),
    )


def greens(c: Canvas) -> None:
    """Pak choi with garlic."""
    c.ground("mist")
    plate(c, rx=86, ry=62, well="#EAE8D6")
    head = c.keep(
        path("M34 -7C40 -24 62 -27 74 -14C82 -5 82 6 73 14C61 26 40 23 34 7z", LEAF_DEEP),
        path("M36 -5C42 -17 60 -19 69 -9C75 -3 75 4 68 10C59 18 42 16 36 5z", LEAF),
        path("M-3 -8C12 -15 24 -11 40 -5Q54 0 40 5C24 11 12 15 -3 8Q-9 0 -3 -8z", "#EDF4D6", stroke="#BFD598"),
        stroke("M0 0H64M4 -5q18 -3 32 1M4 5q18 3 32 -1", "#BFD598", 2),
        stroke("M52 -1l9 -8M52 1l9 8M44 -3l7 -8M44 3l7 8", "#86BE74", 1.6),
    )
    c.add(
        ellipse(120, 77, 66, 44, "#DCE2B4"),
        stamp(head, 158, 44, 177, 1.05),
        stamp(head, 80, 76, 2, 1.08),
        stamp(head, 158, 106, 182, 1.05),
        dots(
            (
                (112, 40),
                (128, 60),
                (104, 74),
                (94, 58),
                (132, 92),
                (136, 78),
                (146, 46),
                (98, 96),
                (126, 108),
                (90, 88),
                (150, 62),
            ),
            2.6,
            "#FFFBEC",
        ),
        dots(((104, 58), (140, 62), (112, 92), (122, 74), (86, 66)), 1.9, CHILLI),
    )


def egg(c: Canvas) -> None:
    """Two fried eggs in a pan."""
    c.ground("honey")
    c.add(
        at(
            160,
            108,
            rect(0, -4, 90, 16, c.shade, 8, opacity=0.35),
            rect(0, -8, 90, 15, "#3C4643", 7),
            rect(56, -5, 34, 9, "#8A5A3A", 4),
            turn=28,
        ),
        circle(116, 79, 63, c.shade, opacity=0.4),
        circle(116, 74, 63, c.gradient("#59645F", "#3A4441")),
        circle(116, 75, 54, c.gradient("#39423F", "#47514D")),
        fried_egg(98, 62, 1.12, -10),
        fried_egg(136, 88, 1.06, 24),
        dots(((90, 52), (104, 70), (140, 98), (130, 80), (112, 56), (146, 82)), 1.1, "#5C4630"),
        leaf(80, 108, 22, -20),
        leaf(86, 112, 20, 30),
        tomato(146, 46, 9),
        tomato(160, 60, 8),
    )


def seafood(c: Canvas) -> None:
    """A crab with lemon and prawns."""
    c.ground("sky")
    plate(c, rx=92, ry=62)
    shell = c.gradient("#DE7A4C", "#BE5233")
    legs = "".join(
        f"M{x} {y}q-14 {bend} -26 {end}" for x, y, bend, end in ((94, 78, -14, 2), (92, 85, -4, 12), (95, 92, 6, 20))
    )
    side = (
        stroke(legs, "#C65C3A", 5),
        stroke("M98 66Q80 56 80 42", "#C65C3A", 8),
        path(
            "M88 44C72 42 66 26 76 14C76 22 80 24 84 26C86 20 90 18 94 18C100 28 98 42 88 44z", shell, stroke="#A9472C"
        ),
    )
    c.add(
        *(leaf(120, 110, 30, turn, LEAF_LIGHT, LEAF) for turn in (160, 195, -15, 20)),
        *side,
        at(240, 0, *side, flip=True),
        path(
            "M84 78C84 58 104 52 120 52C136 52 156 58 156 78C156 96 138 106 120 106C102 106 84 96 84 78z",
            shell,
            stroke="#A9472C",
        ),
        stroke("M98 66q22 -10 44 0M104 94q16 6 32 0", "#F2B48E", 2.6, opacity=0.8),
        dots(((106, 78), (134, 78), (120, 84), (112, 88), (128, 88)), 2, "#F2B48E"),
        stroke("M112 54v-7M128 54v-7", "#A9472C", 3),
        dots(((112, 46), (128, 46)), 3.2, "#2E3733"),
        citrus(58, 104, 12),
        prawn(184, 104, 0.8),
    )


def salad(c: Canvas) -> None:
    """A wooden bowl of leaves, tomato, cucumber and egg."""
    c.ground("sage")
    bowl(c, 120, 74, 63, ("#D3A36B", "#A87543"), "#8F6136", "#4F8550")
    tones = ((LEAF, LEAF_DEEP), (LEAF_LIGHT, LEAF), ("#B9D68B", "#86B765"))
    kinds = [c.keep(leaf(-15, 0, 32, 0, *tone)) for tone in tones]
    slice_, half = c.keep(cucumber(0, 0, 10)), c.keep(tomato(0, 0, 10))
    c.add(
        *(stamp(kinds[step % 3], x, y, step * 61) for step, (x, y) in enumerate(sown(120, 75, 46, 24))),
        half_egg(92, 62, -20, 1.05),
        half_egg(112, 104, 14, 1),
        *(stamp(slice_, x, y) for x, y in ((140, 98), (154, 88))),
        *(stamp(half, x, y) for x, y in ((136, 50), (156, 64), (84, 92))),
        stroke("M108 44q12 6 6 16M122 70q-8 10 4 14", "#F1E7EA", 3.4),
        dots(((112, 80), (128, 66), (104, 82), (140, 74), (122, 92)), 3, "#E9B23F"),
        spoon(190, 122, 24, "#D3A36B", "#A87543"),
    )


def fruit(c: Canvas) -> None:
    """A plate of cut fruit."""
    c.ground("rose")
    plate(c, rx=66, ry=63)

    def kiwi(x: float, y: float) -> str:
        seeds = dots(around(x, y, 7.4, 10), 1.1, "#33402B")
        return circle(x, y, 15, "#8A6B43") + circle(x, y, 13.4, "#9CBF52") + seeds + circle(x, y, 4.4, "#EAF0CC")

    def strawberry(x: float, y: float, turn: float) -> str:
        body = path("M0 16C-12 8 -14 -4 -8 -9C-3 -13 3 -13 8 -9C14 -4 12 8 0 16z", "#C94A3E")
        seeds = dots(((-5, -3), (1, -5), (6, -2), (-3, 3), (3, 3), (0, 9)), 0.9, "#F6D38B")
        return at(x, y, body, seeds, stroke("M-7 -10L0 -8L7 -10M0 -13v5", LEAF, 3.4), turn=turn)

    def melon(x: float, y: float, turn: float) -> str:
        seeds = dots(((-14, 6), (-5, 8), (5, 8), (14, 6), (0, 16), (-8, 14), (8, 14)), 1.4, "#37302A")
        layers = ((30, "#5C9A57"), (27.5, "#E8F0CF"), (25, "#DA6656"))
        return at(x, y, *(path(f"M{-r} 0A{r} {r} 0 0 0 {r} 0z", tone) for r, tone in layers), seeds, turn=turn)

    orange = c.keep(citrus(0, 0, 18, "#E3913D", "#F2B05A"))
    green, berry = c.keep(kiwi(0, 0)), c.keep(strawberry(0, 0, 0))
    c.add(
        stamp(orange, 92, 44),
        stamp(orange, 74, 72, 20),
        melon(140, 40, -6),
        stamp(green, 84, 102),
        stamp(green, 112, 112),
        stamp(berry, 160, 86, 20, 1.15),
        stamp(berry, 142, 100, -14, 1.15),
        stamp(berry, 130, 82, 6, 1.15),
        dots(((106, 70), (116, 64), (104, 84), (114, 80), (98, 78)), 6, "#4B5D86"),
        dots(((104, 68), (114, 62), (102, 82), (112, 78), (96, 76)), 1.4, "#9FB0D0"),
        leaf(118, 72, 18, -40),
    )


DRAWINGS = (tofu, mushroom_dish, greens, egg, seafood, salad, fruit)
