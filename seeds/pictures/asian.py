"""Drawings of hotpot, skewers, malatang, sushi, ramen, bibimbap, curry and a set meal."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import (
    CARROT,
    CHILLI,
    LEAF,
    LEAF_DEEP,
    bok_choy,
    chilli,
    cube,
    cucumber,
    fried_egg,
    grains,
    half_egg,
    leaf,
    lotus_root,
    meat_on_stick,
    mushroom,
    scallions,
    shreds,
    strands,
    tomato,
)
from seeds.pictures.shapes import around, at, circle, dots, ellipse, group, path, rect, sown, stamp, stroke
from seeds.pictures.tableware import board, bowl, chopsticks, plate, sauce_dish, spoon


def hotpot(c: Canvas) -> None:
    """A pot parted in two: red broth and clear broth."""
    c.ground("rose")
    half = "M120 27A48 48 0 0 0 120 123C98 115 98 88 120 75S142 35 120 27z"
    c.add(
        circle(120, 80, 62, c.shade, opacity=0.4),
        rect(38, 66, 24, 18, "#8B9591", 8),
        rect(178, 66, 24, 18, "#8B9591", 8),
        circle(120, 75, 62, c.gradient("#D6DCD8", "#8F9A95")),
        circle(120, 75, 54, "#A9B2AD"),
        circle(120, 75, 48, "#F1DDA8"),
        path(half, "#C24A2C"),
        stroke("M120 27C142 35 142 62 120 75S98 115 120 123", "#A9B2AD", 6, stroke_linecap="butt"),
        stroke("M120 27C142 35 142 62 120 75S98 115 120 123", "#E4E9E6", 1.6, stroke_linecap="butt"),
        dots(((84, 62), (92, 92), (104, 46), (86, 80), (122, 52)), 4.6, "#DE7B48"),
        chilli(88, 54, 20, 0.8, "#7A1D12"),
        chilli(78, 76, 60, 0.8, "#7A1D12"),
        chilli(106, 62, -30, 0.8, "#7A1D12"),
        chilli(86, 100, -10, 0.7, "#7A1D12"),
        dots(((98, 76), (110, 42), (96, 86), (102, 68), (78, 66)), 1.8, "#5A1D12"),
        mushroom(146, 86, 0.72, 12),
        leaf(150, 52, 18, -40),
        leaf(154, 56, 18, 10),
        dots(((134, 102), (146, 70), (160, 78)), 2.6, CHILLI),
        scallions(((140, 62), (126, 96), (158, 92), (138, 112), (128, 84))),
    )
    sauce_dish(c, 216, 36, 18, "#B98A5A")
    c.add(circle(26, 118, 20, c.shade, opacity=0.35), circle(26, 115, 20, "#FFFFFF"))
    meat = c.keep(path("M-9 -4Q0 -10 9 -3Q8 5 0 6Q-9 5 -9 -4z", "#C26A5B"), stroke("M-5 -2q5 -3 10 0", "#F3D2C6", 1.8))
    c.add(stamp(meat, 20, 108), stamp(meat, 32, 116, 40), stamp(meat, 20, 122, -20))


def skewers(c: Canvas) -> None:
    """Grilled skewers on a slate."""
    c.ground("clay")
    tones = ("#9C5838", "#B36C42")
    c.add(
        rect(40, 25, 160, 110, c.shade, 12, opacity=0.4),
        rect(40, 20, 160, 110, c.gradient("#58625E", "#414A47"), 12),
        *(
            at(x, y + 4, rect(-52, -9, 100, 18, "#2B322F", 9, opacity=0.5), turn=-24)
            for x, y in ((112, 46), (118, 75), (126, 104))
        ),
        meat_on_stick(112, 46, -24, tones),
        meat_on_stick(118, 75, -24, tones[::-1]),
        meat_on_stick(126, 104, -24, tones),
    )
    seeds = [(x, y) for x, y in sown(118, 75, 54, 46) if abs((y - 75) + 0.45 * (x - 118)) % 29 < 8]
    c.add(dots(seeds, 1.3, "#F0DDAE"), dots([(x + 5, y + 2) for x, y in seeds[::2]], 1.4, CHILLI))
    c.add(leaf(58, 116, 20, -20), leaf(60, 118, 18, 20), chilli(158, 122, -14, 0.9))


def malatang(c: Canvas) -> None:
    """A bowl of many things in red oil."""
    c.ground("honey")
    bowl(c, 120, 75, 65, ("#3F4946", "#2A3230"), "#4A1D14", "#B1452A")
    root = c.keep(lotus_root(0, 0, 16))
    ball = c.keep(circle(0, 0, 9, "#F7EEDC", stroke="#D9C49C"), circle(-2, -3, 2.4, "#FFFFFF"))
    c.add(
        dots(sown(120, 76, 52, 18), 4, "#CF6A3C"),
        bok_choy(80, 52, 20, 0.6),
        bok_choy(76, 66, 14, 0.6),
        stamp(root, 144, 50),
        stamp(root, 156, 76, 20, 0.9),
        strands("glass", 94, 100, 22, ("#F4E2B6", "#E6CB8C"), 2.8, 16),
        *(stamp(ball, x, y) for x, y in ((118, 88), (134, 98), (118, 108))),
        *(circle(x, y, 8, "#C8875A", stroke="#A56A40") for x, y in ((150, 98), (140, 114))),
        half_egg(126, 68, 20, 0.9),
        mushroom(112, 40, 0.72, -6),
        dots(sown(120, 76, 50, 18, start=1.4), 1.3, "#FBF0D2"),
        scallions(((128, 48), (88, 82), (140, 80), (106, 92), (160, 92), (104, 74))),
    )


def sushi(c: Canvas) -> None:
    """Nigiri and rolls on a board."""
    c.ground("slate")
    board(c, 36, 22, 168, 108)

    def nigiri(x: float, y: float, top: str, lines: str) -> str:
        return at(
            x, y,
            rect(-19, -13, 38, 30, "#B5814A", 12, opacity=0.5),
            rect(-19, -17, 38, 30, "#FDFBF4", 12),
            path("M-22 -15C-22 -21 -14 -23 0 -23C14 -23 22 -21 22 -15V2C22 8 14 6 0 6C-14 6 -22 8 -22 2z", top),
            stroke("M-15 -19L-19 3M-3 -21L-9 4M9 -21L3 5M18 -17L14 4", lines, 2.2, opacity=0.75),
        )  # fmt: skip

    def roll(x: float, y: float, heart: str) -> str:
        rim = circle(x, y + 3, 16, "#B5814A", opacity=0.5) + circle(x, y, 16, "#2E3A36") + circle(x, y, 13, "#FDFBF4")
        return (
            rim
            + grains(f"roll{x}", around(x, y, 10, 12), "#E6E0CF", 3, 1.8)
            + circle(x, y, 5.6, heart)
            + circle(x - 1.5, y - 1.5, 1.8, "#FFFFFF", opacity=0.5)
        )

    c.add(
        nigiri(72, 58, "#E78A55", "#FBD9BE"),
        nigiri(120, 58, "#E78A55", "#FBD9BE"),
        nigiri(168, 58, "#C4534A", "#E79A8C"),
        roll(72, 102, "#E78A55"),
        roll(108, 102, "#7FAE4E"),
        roll(144, 102, "#F0AE35"),
        path("M168 108C168 98 178 92 184 98C192 98 192 108 186 112C178 116 168 116 168 108z", "#93B566"),
        path("M172 116q10 -8 18 2q-8 6 -18 -2z", "#F2B7A0"),
    )


def ramen(c: Canvas) -> None:
    """Ramen with pork, half an egg, fish cake and seaweed."""
    c.ground("rose")
    bowl(c, 116, 76, 64, ("#4A5450", "#2B3331"), "#7A2C20", "#E4BE86")
    within = c.clip(circle(116, 77, 54, "#fff"))
    pork = (
        circle(0, 0, 19, "#D9A27F", stroke="#A86B4A", stroke_width=3),
        stroke("M-10 -8C0 -14 12 -8 10 2C8 10 -4 11 -6 4C-7 -1 0 -4 4 -1", "#F6E0CB", 3.4),
    )
    cake = "".join(
        f"L{x:.1f} {y:.1f}"
        for pair in zip(around(0, 0, 12, 10), around(0, 0, 9.6, 10, 18), strict=True)
        for x, y in pair
    )
    c.add(
        circle(116, 77, 48, "#EBCB98", opacity=0.7),
        group(strands("ramen", 108, 96, 34, ("#FBE7B2", "#EBCB82"), 3, 40), clip_path=within),
        at(
            148,
            28,
            rect(-14, -6, 28, 48, "#2F4038", 2),
            rect(-10, -6, 2, 46, "#41564C"),
            rect(2, -6, 2, 46, "#41564C"),
            turn=24,
        ),
        at(92, 56, *pork),
        at(120, 46, *pork, turn=40),
        half_egg(146, 82, -30, 1.2, "#E8902E"),
        at(
            84,
            92,
            path(f"M{cake[1:]}z", "#FFFDF6", stroke="#E3D8C2"),
            stroke("M-5 3A6 6 0 1 1 5 3A4 4 0 1 1 -1 -1", "#D9776B", 2.6),
        ),
        shreds(((124, 70, 30), (130, 76, 36), (120, 76, 28)), "#B98A4E", 22, 5),
        scallions(((110, 84), (104, 78), (116, 92), (112, 100), (124, 94), (100, 90))),
    )
    chopsticks(c, 206, 78, 80, 140, "#A8442E")


def bibimbap(c: Canvas) -> None:
    """A stone bowl of rice under vegetables and an egg."""
    c.ground("stone")
    bowl(c, 120, 75, 65, ("#4C5653", "#2C3432"), "#1F2624", "#F4EBD5")
    heaps = (
        ("#5E8F4C", "#3E6E38"),
        ("#DE8A3C", "#F2B070"),
        ("#8A5A3A", "#B07D55"),
        ("#EFE6C6", "#D2C08A"),
        ("#B14B33", "#D97A58"),
        ("#7A4A33", "#A36C4C"),
        ("#A9C46C", "#7FA04A"),
    )
    bent = "".join(
        f"M{x} {y}q{dx} -5 {2 * dx} 2"
        for x, y, dx in ((-19, -40, 6), (-4, -45, 7), (6, -36, 6), (-12, -31, 6), (-5, -24, 5))
    )
    for step, (tone, line) in enumerate(heaps):
        heap = path("M0 0L-24 -46A52 52 0 0 1 24 -46z", tone)
        c.add(at(120, 76, heap, stroke(bent, line, 3), turn=step * 360 / 7))
    c.add(fried_egg(120, 76), dots(sown(120, 76, 46, 18, start=2), 1.3, "#FFF6DA"))
    c.add(spoon(206, 70, 74, "#C9D0CC", "#9CA7A1"))


def curry(c: Canvas) -> None:
    """Curry and rice, half and half."""
    c.ground("honey")
    plate(c, rx=88, ry=61)
    within = c.clip(ellipse(120, 74, 74, 48, "#fff"))
    sauce = "M126 20C112 40 136 56 122 76C110 94 130 108 122 130H210V20z"
    block = ("#F0D08A", "#D9AE5C", "#C6984A")
    chunk = path("M-11 -5C-4 -12 10 -9 12 0C10 9 -4 11 -10 6Q-14 0 -11 -5z", "#8E5233")
    meat = c.keep(chunk, stroke("M-5 -4q6 -3 11 1", "#C48A60", 2))
    c.add(
        group(
            ellipse(120, 74, 74, 48, "#FFFDF6"),
            grains("curry", [(x - 36, y) for x, y in sown(120, 74, 52, 80)], "#E9E1CC", 4.4, 2.6),
            path(sauce, "#BE7A2C"),
            stroke("M128 22C114 42 138 56 124 76C112 94 132 108 124 130", "#D9993F", 4, opacity=0.8),
            clip_path=within,
        ),
        cube(150, 48, 11, *block),
        cube(174, 72, 11, *block),
        cube(142, 88, 11, *block),
        *(stamp(meat, *spot) for spot in ((150, 72, 0), (166, 98, 30), (172, 52, -20), (136, 60, 40))),
        *(
            circle(x, y, 6.5, CARROT) + circle(x - 1, y - 1, 3.4, "#EFA862")
            for x, y in ((160, 86), (134, 106), (160, 60), (184, 86))
        ),
        dots(((144, 78), (150, 104), (180, 62), (138, 74)), 2.8, LEAF),
        leaf(84, 66, 20, -30),
        leaf(84, 68, 18, 24, LEAF_DEEP),
        dots(((70, 84), (92, 92), (76, 54), (100, 52), (62, 70)), 1.2, "#3E3A32"),
    )


def set_meal(c: Canvas) -> None:
    """A tray with a main dish, rice, soup and a side."""
    c.ground("latte")
    c.add(
        rect(22, 17, 196, 124, c.shade, 14, opacity=0.4),
        rect(22, 12, 196, 124, c.gradient("#A8734A", "#8A5A38"), 14),
    )
    plate(c, 100, 60, 42, 38)
    cutlet = path("M-9 -17C-2 -21 9 -19 11 -8C12 6 8 16 0 17C-9 17 -12 4 -9 -17z", "#B56A3E", stroke="#8F4E2B")
    piece, slice_ = c.keep(cutlet, stroke("M-4 -12q6 -3 9 3", "#E8B483", 2)), c.keep(cucumber(0, 0, 6))
    half, tofu = c.keep(tomato(0, 0, 6)), c.keep(cube(0, 0, 5, "#FFFBF0", "#EFE2C6", "#E2CFAA"))
    c.add(
        *(leaf(82, 64, 24, turn) for turn in (160, 210)),
        *(stamp(piece, *spot) for spot in ((88, 60, -14), (102, 58, 0), (116, 60, 14))),
        stamp(half, 120, 80),
        stamp(half, 108, 85),
    )
    bowl(c, 66, 106, 24, ("#FFFFFF", "#DDDAD0"), "#F0EDE4", "#FFFDF7")
    c.add(grains("set", sown(66, 107, 13, 12), "#E5DDC8", 3.8, 2.4))
    c.add(dots(((62, 104), (68, 108), (70, 101)), 1.2, "#3E3A32"))
    bowl(c, 170, 106, 24, ("#4A5450", "#2B3331"), "#7A2C20", "#C98F4A")
    c.add(stamp(tofu, 164, 102), stamp(tofu, 176, 108), scallions(((172, 98), (162, 114), (180, 100)), 2))
    bowl(c, 172, 48, 23, ("#7FA3AC", "#56808B"), "#E8ECE8", "#EDE9DE")
    c.add(*(stamp(slice_, x, y) for x, y in ((166, 44), (177, 42), (172, 54))))
    c.add(stroke("M178 54q3 -4 7 -2M162 56q2 -3 6 -2", CARROT, 2.4))
    chopsticks(c, 118, 121, 0, 58, "#3C2A1E")


DRAWINGS = (hotpot, skewers, malatang, sushi, ramen, bibimbap, curry, set_meal)
