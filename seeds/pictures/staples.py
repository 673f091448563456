"""Drawings of rice, noodles, dumplings, soup and congee."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import (
    CHILLI,
    bok_choy,
    carrot,
    grains,
    half_egg,
    leaf,
    prawn,
    scallions,
    shreds,
    strands,
)
from seeds.pictures.shapes import around, at, circle, dots, ellipse, group, path, rect, sown, stamp, stroke
from seeds.pictures.tableware import bowl, chopsticks, plate, sauce_dish, spoon, standing, steam, steamer


def rice(c: Canvas) -> None:
    """A heaped bowl of steamed rice, seen from the side."""
    c.ground("mist")
    standing(c, 120, 134, 62)
    heap = "M66 74C66 46 92 30 120 30C148 30 174 46 174 74z"
    within = c.clip(path(heap, "#fff"))
    c.add(
        path(heap, c.gradient("#FFFFFF", "#EFEBDF")),
        group(grains("rice", sown(120, 74, 58, 90, 0.8), "#DDD6C4", 4, 2), clip_path=within),
        dots(((112, 44), (126, 40), (120, 52), (136, 50), (103, 54)), 1.5, "#3E3A32"),
        path("M56 72H184C184 104 164 122 146 128H94C76 122 56 104 56 72z", c.gradient("#FDFDFB", "#D9E1DE")),
        path("M100 127H140L143 136H97z", "#CDD8D4"),
        rect(54, 69, 132, 7, "#4E7F86", 3.5),
        stroke("M72 94q8 -9 16 0t16 0t16 0t16 0t16 0t16 0", "#4E7F86", 2.6),
        stroke("M82 108h76", "#4E7F86", 2.2),
        stroke("M68 82q2 16 12 28", "#FFFFFF", 4, opacity=0.8),
    )
    c.add(steam(120, 27))


def fried_rice(c: Canvas) -> None:
    """A mound of egg fried rice with peas and prawns."""
    c.ground("sage")
    plate(c, band="#D08A4A")
    bits = sown(119, 73, 39, 30, start=3)
    scrap, dice = c.keep(rect(-6, -4, 12, 8, "#F7CC4E", 3)), c.keep(rect(-3, -3, 6, 6, "#DD7F36", 1.4))
    shrimp = c.keep(prawn(0, 0, 0.85))
    c.add(
        circle(120, 76, 46, "#D3A04A"),
        circle(119, 73, 44, "#E9C572"),
        grains("fried", sown(120, 74, 43, 80), "#F8E4AC", 4.4, 3),
        grains("dark", sown(120, 75, 42, 30, start=1), "#D9A94F", 4.2, 2.6),
        *(stamp(scrap, x, y, x) for x, y in bits[2::5]),
        *(stamp(dice, x, y, y) for x, y in bits[1::4]),
        dots(bits[0::3], 3.2, "#6FA84F"),
        *(stamp(shrimp, *spot) for spot in ((102, 60, -20), (141, 70, 60), (112, 94, 200))),
        leaf(122, 54, 16, -60),
        leaf(122, 54, 15, 10),
        spoon(194, 104, 60),
    )


def noodles(c: Canvas) -> None:
    """Mixed noodles with sauce, cucumber and an egg."""
    c.ground("clay")
    bowl(c, 116, 74, 62, ("#FBF9F3", "#DDD7CA"), "#EEE9DC", "#D3A055")
    c.add(
        circle(116, 75, 51, "#D3A055"),
        strands("noodles", 116, 75, 50, ("#F8DE9E", "#E6BC68"), 3.2, 64),
        path("M92 62C94 48 112 44 122 50C136 50 140 66 130 74C126 84 106 84 100 76C92 74 90 68 92 62z", "#7A3A22"),
        dots(((102, 60), (112, 56), (122, 60), (108, 68), (120, 70), (114, 76), (128, 66)), 3.2, "#97502F"),
        shreds(((136, 88, -40), (142, 84, -36), (146, 78, -44), (138, 94, -38), (148, 86, -42)), "#7DB35C", 20, 3.2),
        shreds(((86, 92, 40), (92, 96, 36), (82, 86, 44), (98, 102, 38)), "#E39A4C", 20, 3.2),
        scallions(((108, 50), (124, 54), (98, 68), (116, 64))),
        dots(((90, 78), (130, 80), (118, 90), (106, 88), (144, 64)), 1.3, "#FBF3DC"),
    )
    chopsticks(c, 178, 66, 64, 140)


def soup_noodles(c: Canvas) -> None:
    """Beef noodles in a clear broth."""
    c.ground("oat")
    bowl(c, 116, 75, 64, ("#5E8A94", "#3C6570"), "#E8ECE8", "#B5702F")
    c.add(ellipse(110, 70, 44, 42, "#CB8A45", opacity=0.7))
    waves = "".join(f"M74 {y}q10 -9 21 0t21 0t21 0t21 0" for y in (74, 80, 86, 92, 98, 104))
    within = c.clip(circle(116, 76, 53, "#fff"))
    slice_ = (
        path("M-17 -6C-12 -16 12 -15 17 -4C19 6 8 12 -2 11C-14 11 -20 3 -17 -6z", "#8E4C36", stroke="#6A3423"),
        stroke("M-10 -4q10 5 20 0M-8 4q8 3 14 0", "#C48C70", 1.8),
    )
    c.add(
        group(
            stroke(waves, "#F4DDA4", 3.4),
            stroke("M72 110q10 -9 21 0t21 0t21 0M78 116q10 -8 20 0t20 0t20 0", "#E8C780", 3.4),
            clip_path=within,
        ),
        *(at(x, y, *slice_, turn=turn) for x, y, turn in ((96, 48, -24), (120, 44, 4), (108, 62, -8))),
        bok_choy(132, 58, 48, 0.62),
        bok_choy(146, 50, 66, 0.6),
        dots(((84, 70), (76, 84), (132, 108), (100, 114)), 3.4, "#C24B2D", stroke_opacity="0.55"),
        scallions(((100, 80), (116, 86), (92, 96), (128, 98), (108, 104), (84, 88), (124, 76))),
    )
    chopsticks(c, 196, 70, 72, 140)


def dumplings(c: Canvas) -> None:
    """Pleated dumplings with a dish of vinegar."""
    c.ground("sky")
    plate(c, x=112, rx=66, ry=63, well="#A9C3C1")
    dough = c.gradient("#FFFDF6", "#EBDDBF")
    pleats = "M-14 -6q2 4 0 7M-8 -11q3 4 2 8M0 -13v8M8 -11q-3 4 -2 8M14 -6q-2 4 0 7"
    one = (
        path(
            "M-26 6C-27 -6 -16 -16 0 -16C16 -16 27 -6 26 6C24 13 12 8 0 8C-12 8 -24 13 -26 6z",
            dough,
            stroke="#C2A76F",
            stroke_width=1.6,
        ),
        stroke(pleats, "#C2A76F", 2),
        path("M-16 5C-10 -1 10 -1 16 5C10 4 -10 4 -16 5z", "#FFFFFF", opacity=0.7),
    )
    spots = ((112, 38, 0), (77, 56, -42), (147, 56, 42), (112, 66, 0), (82, 90, 200), (142, 90, 160), (112, 98, 0))
    c.add(*(at(x, y, ellipse(0, 9, 24, 5, "#5E7C7C", opacity=0.35), *one, turn=turn) for x, y, turn in spots))
    c.add(scallions(((96, 78), (128, 78), (112, 84), (98, 46), (128, 48)), 2))
    sauce_dish(c, 203, 104, 24, "#5A2C1C")
    c.add(_afloat(203, 104))


def _afloat(x: float, y: float) -> str:
    """Return what floats in a dish of vinegar."""
    return dots(((x - 5, y + 4), (x + 6, y - 2)), 3, CHILLI) + dots(((x + 1, y + 8), (x - 3, y - 6)), 1.6, "#D9E4B0")


def bun(c: Canvas) -> None:
    """Three steamed buns in a bamboo steamer."""
    c.ground("honey")
    steamer(c, 120, 75, 64)
    dough = c.gradient("#FFFFFF", "#EFE4CC")
    folds = "".join(
        f"M{x * 0.22:.1f} {y * 0.22:.1f}Q{x * 0.6 - y * 0.22:.1f} {y * 0.6 + x * 0.22:.1f} {x:.1f} {y:.1f}"
        for x, y in around(0, 0, 19, 11)
    )
    one = (
        circle(0, 3, 24, "#B58C4C", opacity=0.45),
        circle(0, 0, 24, dough, stroke="#DCCBA4"),
        stroke(folds, "#D6C294", 1.8),
        circle(0, 0, 4.4, "#E9DAB8", stroke="#CDB583"),
    )
    c.add(*(at(x, y, *one, turn=turn) for x, y, turn in ((94, 60, 0), (146, 60, 16), (120, 102, 30))))
    c.add(leaf(112, 66, 18, -70), leaf(118, 70, 16, -20))
    chopsticks(c, 214, 76, 82, 130)


def soup(c: Canvas) -> None:
    """Rib and corn soup with a spoon."""
    c.ground("latte")
    bowl(c, 120, 75, 63, ("#FFFFFF", "#E2DED3"), "#F0ECE1", "#E3B65C")

    def corn(x: float, y: float, turn: float) -> str:
        kernels = dots([(px, py) for px in (-9, -3, 3, 9) for py in (-7, -1, 5)], 3.2, "#F3CE55")
        return at(
            x,
            y,
            rect(-14, -11, 28, 21, "#DDA936", 7),
            kernels,
            ellipse(14, -0.5, 4, 10, "#F7E6B0", stroke="#DDA936"),
            turn=turn,
        )

    rib = (
        rect(-24, -4, 48, 8, "#F6ECDA", 4),
        path("M-15 -10C-4 -15 10 -14 15 -8C19 2 12 11 0 11C-14 12 -20 0 -15 -10z", "#A8674A", stroke="#8A4F37"),
        stroke("M-8 -6q10 -3 18 2", "#D09A7C", 2.2),
    )
    c.add(
        ellipse(112, 66, 40, 34, "#EDC878", opacity=0.7),
        at(98, 52, *rib, turn=-18),
        at(134, 60, *rib, turn=28),
        corn(88, 86, 20),
        corn(126, 96, -30),
        carrot(112, 76, 10),
        carrot(150, 86, 9),
        carrot(106, 110, 8),
        dots(((84, 66), (120, 44), (148, 74), (100, 98), (138, 112)), 2.4, CHILLI),
        scallions(((116, 58), (92, 72), (140, 76), (120, 118), (78, 74), (146, 100))),
        stroke("M78 56q6 -12 18 -18", "#FFF5D8", 2.6, opacity=0.8),
    )
    c.add(at(200, 62, ellipse(4, 6, 18, 11, c.shade, opacity=0.3)), spoon(200, 62, 68))


def congee(c: Canvas) -> None:
    """Congee with an egg and a fried dough stick beside it."""
    c.ground("slate")
    bowl(c, 112, 75, 63, ("#7C8F8A", "#56706A"), "#EDEBE2", "#FBF7EA")
    c.add(
        grains("congee", sown(112, 76, 50, 60), "#EADFC2", 4.2, 2.6),
        half_egg(140, 60, 40, 1.25, "#E8902E"),
        shreds(
            ((92, 62, 20), (104, 56, -30), (100, 70, 8), (86, 72, -50), (112, 66, 50), (96, 80, -14)), "#B9785A", 19, 4
        ),
        shreds(((108, 78, 70), (84, 60, 30), (116, 54, 20)), "#E6B450", 14, 2.8),
        scallions(((124, 84), (134, 92), (120, 98), (142, 84), (130, 106), (110, 92), (98, 66), (92, 92))),
        dots(((82, 90), (100, 104), (128, 42), (112, 112)), 2.4, CHILLI),
    )
    dough = (
        rect(-46, -9, 92, 10, "#C98A3E", 5),
        rect(-46, -1, 92, 10, "#DDA351", 5),
        stroke("M-36 -5h12M-12 -5h18M18 -5h14M-30 4h18M2 4h20", "#F2CD88", 2.2),
    )
    c.add(at(206, 80, rect(-46, -4, 92, 18, c.shade, 9, opacity=0.4), *dough, turn=74))


DRAWINGS = (rice, fried_rice, noodles, soup_noodles, dumplings, bun, soup, congee)
