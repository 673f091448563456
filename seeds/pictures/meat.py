"""Drawings of fish and meat dishes."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import (
    CHILLI,
    LEAF,
    LEAF_LIGHT,
    broccoli,
    chilli_rings,
    citrus,
    cucumber,
    leaf,
    scallions,
    shreds,
    sprig,
)
from seeds.pictures.shapes import circle, dots, ellipse, path, rect, stamp, stroke
from seeds.pictures.tableware import bowl, chopsticks, dark_plate, plate, sauce_dish


def fish(c: Canvas) -> None:
    """Steamed fish with ginger and scallion."""
    c.ground("sage")
    plate(c, ry=54, rx=92)
    body = "M44 77C58 54 94 44 130 55C144 59 154 66 162 72L190 54C184 68 184 86 190 101L162 83C150 94 126 105 98 103C72 101 54 92 44 77z"
    belly = "M47 79C66 88 110 96 158 82C146 94 124 104 98 103C72 101 55 92 47 79z"
    c.add(
        ellipse(118, 82, 74, 29, "#C39A5F", opacity=0.45),
        path("M92 50Q116 34 142 59z", "#8C9B93"),
        path(body, c.gradient("#A9B7B0", "#DCE2DD")),
        path(belly, "#F4F5F1", opacity=0.75),
        stroke("M73 60C64 70 64 86 73 97", "#7F8E87", 2.2),
        stroke("M98 60q6 9 3 20M114 60q6 9 3 20M130 63q5 8 2 17", "#8C9B93", 2),
        path("M80 83q17 0 24 12q-15 2 -25 -5z", "#9DABA4"),
        circle(61, 71, 3.6, "#FBFBF8"),
        circle(61, 71, 2.4, "#2E3733"),
        stroke("M45 78q6 3 11 2", "#7F8E87", 1.8),
        stroke("M168 76L184 63M169 79L184 92", "#94A29B", 1.8),
        shreds(((100, 70, -20), (120, 78, 18), (136, 70, -30), (112, 86, 8)), LEAF, 20, 3),
        shreds(((108, 76, 30), (128, 84, -25), (126, 66, 12)), "#E6B450", 16, 2.8),
        shreds(((116, 70, 60), (140, 80, 40)), CHILLI, 12, 2.6),
        broccoli(174, 106, 0.8),
        broccoli(60, 106, 0.7),
    )


def chicken(c: Canvas) -> None:
    """Two roast drumsticks on lettuce."""
    c.ground("honey")
    plate(c)
    skin, deep, bone = c.gradient("#E0A352", "#AB662D"), "#9A5727", "#D8BF96"
    leg = c.keep(
        circle(-45, -4, 5, "#FBF3E4", stroke=bone, stroke_width=1.6),
        circle(-45, 4, 5, "#FBF3E4", stroke=bone, stroke_width=1.6),
        rect(-44, -3.6, 28, 7.2, "#FBF3E4", 3, stroke=bone, stroke_width=1.6),
        rect(-45, -2.6, 26, 5.2, "#FBF3E4"),
        path("M-25 -5C-14 -8 -8 -22 10 -25C30 -28 43 -14 42 1C41 16 28 25 11 23C-6 21 -14 8 -25 5Q-28 0 -25 -5z", skin),
        path("M-25 5C-14 8 -6 21 11 23C28 25 41 16 42 1C36 14 24 18 11 16C-4 14 -12 4 -25 0z", deep, opacity=0.4),
        stroke("M4 -17q14 -6 25 4", "#FBE3B4", 4, opacity=0.7),
        dots(((10, 4), (22, -2), (26, 9), (0, -4), (16, 11), (33, 0)), 1.3, "#7C421C"),
    )
    c.add(
        *(leaf(120, 74, 48, turn, "#86B765", LEAF) for turn in (-165, -125, -60, -25, 15, 150)),
        stamp(leg, 122, 54, -22),
        stamp(leg, 118, 92, 18, 1, True),
        citrus(90, 112, 11),
        citrus(104, 116, 11),
        dots(((150, 46), (160, 68), (96, 44)), 1.6, LEAF),
    )
    sauce_dish(c, 206, 112, 20, "#A8442E")


def beef(c: Canvas) -> None:
    """Braised beef in slices."""
    c.ground("oat")
    plate(c, band="#6F93A0")
    cut = c.keep(
        path("M-9 -22C-2 -27 9 -25 13 -16C17 -4 14 14 6 21C-2 26 -11 22 -14 12C-17 0 -15 -17 -9 -22z", "#5E3021"),
        path("M-7 -19C-1 -23 7 -21 10 -14C14 -4 11 12 4 18C-2 21 -8 18 -11 10C-13 0 -12 -14 -7 -19z", "#A56550"),
        stroke("M-5 -14q5 7 1 15t3 13M5 -15q-2 8 2 14t-2 10M-8 -2q4 2 3 8", "#E3B79C", 1.8),
    )
    back = ((82, 80, -52), (91, 65, -34), (105, 55, -16), (121, 52, 2), (137, 56, 20), (149, 67, 38), (157, 82, 56))
    front = ((102, 85, -24), (120, 79, 0), (138, 85, 24))
    c.add(*(stamp(cut, *spot, 0.9) for spot in (*back, *front)))
    c.add(*(leaf(120, 112, 18, turn) for turn in (-160, -20, -90)), chilli_rings(((104, 114), (120, 117), (136, 114))))
    c.add(scallions(((94, 66), (122, 50), (148, 66), (108, 82), (132, 84), (120, 92))))
    chopsticks(c, 208, 75, 78)


def pork(c: Canvas) -> None:
    """Red-braised pork belly."""
    c.ground("clay")
    bowl(c, 120, 74, 63, ("#F7F4EC", "#D9D2C4"), "#E9E4D8", "#B4653A")
    block = c.keep(
        rect(-16, 2, 32, 23, "#4A1A0F", 5, opacity=0.45),
        rect(-16, -2, 32, 24, "#A4553A", 4),
        rect(-16, 2, 32, 6, "#F5DDB8"),
        rect(-16, 12, 32, 4, "#EFCFA4"),
        path("M-16 2V-1L-11 -12Q-10 -14 -7 -14H7Q10 -14 11 -12L16 -1V2Q0 5 -16 2z", c.gradient("#8E3520", "#6A2415")),
        stroke("M-8 -9h10", "#E09A74", 2.6, opacity=0.85),
    )
    rows = ((104, 46), (136, 46), (88, 70), (120, 72), (152, 70), (104, 97), (136, 97))
    c.add(
        stroke("M80 62q6 -14 18 -20", "#E3A070", 3, opacity=0.6),
        *(stamp(block, x, y, 0, 0.92) for x, y in rows),
        scallions(((120, 38), (102, 62), (138, 62), (120, 88), (90, 84), (154, 84), (108, 86), (134, 110))),
        leaf(120, 42, 18, -150),
        leaf(120, 42, 18, -40),
        dots(((100, 39), (132, 39), (84, 63), (117, 65), (149, 63), (100, 90)), 1.2, "#F6E3BE"),
    )


def lamb(c: Canvas) -> None:
    """Three lamb chops with rosemary."""
    c.ground("mist")
    dark_plate(c, rx=84, ry=61)
    meat = c.gradient("#A85D47", "#743B2D")
    bone = "M4 -8C1 -24 -5 -33 -15 -41"
    chop = c.keep(
        stroke(bone, "#CDB68D", 9),
        stroke(bone, "#FBF3E2", 6.4),
        path("M-15 -6C-11 -21 15 -23 21 -6C27 10 17 27 0 27C-17 27 -21 8 -15 -6z", meat),
        path("M-7 -2C-3 -11 11 -11 14 0C17 11 10 19 0 19C-10 19 -11 6 -7 -2z", "#D08A76"),
        stroke("M-1 2q6 2 5 10M7 -2q4 5 1 12", "#EDC4B2", 1.8),
        stroke("M-15 -2C-9 -17 11 -19 18 -6", "#F3DBB8", 3.6),
    )
    c.add(
        *(stamp(chop, x, y, turn) for x, y, turn in ((84, 82, -20), (122, 78, 6), (160, 82, 32))),
        sprig(74, 116, -10, 0.9, "#86B765"),
        sprig(124, 115, -12, 0.9, "#86B765"),
        *(circle(x, y, 5, "#CC5A42") + circle(x - 1.4, y - 1.6, 1.4, "#F2B9A4") for x, y in ((108, 112), (118, 118))),
    )


def duck(c: Canvas) -> None:
    """Roast duck in slices, with pancakes and cucumber."""
    c.ground("honey")
    plate(c, rx=66, ry=63, x=108)
    piece = c.keep(
        path("M-9 17C-13 4 -12 -12 -5 -19Q2 -22 8 -17C14 -6 13 8 8 18Q0 22 -9 17z", "#F3DDB8", stroke="#C79A62"),
        path("M-6 16C-9 4 -9 -12 -4 -19Q2 -22 8 -17C14 -6 13 8 8 18Q2 20 -6 16z", c.gradient("#C0692F", "#7F3617")),
        stroke("M4 -14q5 10 2 22", "#F0B57A", 2.4, opacity=0.8),
    )
    c.add(*(leaf(x, y, 26, turn, LEAF_LIGHT, LEAF) for x, y, turn in ((64, 98, 160), (66, 106, 120), (152, 104, 20))))
    c.add(*(stamp(piece, 70 + step * 13, 58 - 3 * (step % 6 > 0), -26, 1.12) for step in range(7)))
    c.add(*(stamp(piece, 70 + step * 13, 94, -26, 1.12) for step in range(7)))
    c.add(ellipse(204, 53, 30, 25, c.shade, opacity=0.35))
    tones = ("#EBD5A8", "#F3E2BE", "#FBF2DE")
    c.add(*(ellipse(204 - step, 50 - step * 3, 29, 23, tone, stroke="#DCC596") for step, tone in enumerate(tones)))
    c.add(*(ellipse(x, y, rx, 1.8, "#E6CE9C") for x, y, rx in ((194, 38, 5), (208, 46, 6), (198, 52, 4), (214, 36, 3))))
    c.add(
        leaf(184, 124, 26, -10, LEAF_LIGHT, LEAF), *(cucumber(x, y, 9) for x, y in ((188, 104), (202, 109), (216, 114)))
    )


DRAWINGS = (fish, chicken, beef, pork, lamb, duck)
