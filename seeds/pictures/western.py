"""Drawings of pizza, burgers, pasta, steak, sandwiches, fries, bread, cake and dessert."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import (
    LEAF,
    LEAF_DEEP,
    LEAF_LIGHT,
    TOMATO,
    leaf,
    sprig,
    strands,
    tomato,
)
from seeds.pictures.shapes import at, circle, dots, ellipse, group, path, rect, stroke
from seeds.pictures.tableware import board, dark_plate, fork, plate, sauce_dish, standing


def pizza(c: Canvas) -> None:
    """A pizza with one slice drawn out."""
    c.ground("sage")
    c.add(circle(116, 81, 63, c.shade, opacity=0.4), circle(116, 77, 66, c.gradient("#D6A970", "#B98550")))
    rest = "M0 0L56 -18A59 59 0 1 0 56 18z"
    slice_ = (
        path("M0 0L56 -18A59 59 0 0 1 56 18z", "#D09A4E"),
        path("M2 0L49 -14.6A51 51 0 0 1 49 14.6z", "#F1CC6B"),
        circle(38, -3, 7, "#B5442F"), dots(((24, 3), (44, 8)), 2.4, LEAF_DEEP),
    )  # fmt: skip
    c.add(
        at(116, 75, path(rest, c.gradient("#D9A65A", "#BE8340"))),
        at(116, 75, path("M0 0L48.5 -15.6A51 51 0 1 0 48.5 15.6z", "#C65A38"), path("M0 0L46 -14.6A48 48 0 1 0 46 14.6z", "#F1CC6B")),
        dots(((92, 92), (104, 44), (84, 62), (126, 108), (136, 44)), 6, "#F8E2A0"),
        *(circle(x, y, 8.6, "#B5442F") + circle(x - 1, y - 1, 6.6, "#C75A40") + dots(((x - 3, y - 2), (x + 2, y + 2), (x + 2, y - 4)), 0.9, "#E59B7A")
          for x, y in ((94, 52), (126, 46), (80, 80), (104, 74), (98, 104), (130, 98), (114, 60))),
        *(leaf(x, y, 15, turn, LEAF, LEAF_DEEP) for x, y, turn in ((106, 90, 20), (112, 44, 60), (84, 66, -10), (138, 60, 120), (118, 110, -50))),
        stroke("M116 75L75 32M116 75L58 87M116 75L112 134M116 75L139 20", "#C98F45", 1.8),
        at(136, 78, path("M0 3L56 -15A59 59 0 0 1 56 21z", c.shade, opacity=0.45), *slice_, turn=4),
    )  # fmt: skip


def burger(c: Canvas) -> None:
    """A burger from the side."""
    c.ground("rose")
    standing(c, 120, 132, 66)
    seeds = dots(
        ((92, 40), (106, 31), (122, 28), (138, 32), (150, 41), (114, 42), (132, 43)),
        1.9,
        "#FBEBC6",
        stroke_linecap="round",
    )
    c.add(
        path("M62 112H178V118C178 128 170 132 162 132H78C70 132 62 128 62 118z", c.gradient("#DFA55B", "#BE7F38")),
        rect(58, 95, 124, 20, c.gradient("#7E4A30", "#5E3421"), 10),
        path("M60 88H180L160 96L146 106L132 95H108L92 102L82 94z", "#F0B83F"),
        rect(62, 78, 116, 11, TOMATO, 5.5),
        path(
            "M56 74C62 66 178 66 184 74C188 82 176 86 170 80C164 88 152 88 146 81C140 88 128 88 122 81C116 88 104 88 98 81C92 88 80 88 74 80C66 86 52 82 56 74z",
            "#7DB45A",
        ),
        path(
            "M60 68C60 36 88 18 120 18C152 18 180 36 180 68Q180 73 174 73H66Q60 73 60 68z",
            c.gradient("#E7AE62", "#C5843B"),
        ),
        seeds,
        stroke("M76 52C82 38 94 30 106 27", "#F7D9A4", 4, opacity=0.6),
        stroke("M66 102h20M96 106h26M134 102h24", "#9A6142", 2),
    )


def pasta(c: Canvas) -> None:
    """Spaghetti with tomato sauce and basil."""
    c.ground("sage")
    plate(c, x=112, rx=66, ry=63)
    c.add(
        circle(112, 76, 44, "#D9AC5E"),
        strands("pasta", 112, 75, 46, ("#F4D58C", "#E5BC68"), 2.8, 68),
        path(
            "M86 66C86 50 104 46 114 52C128 46 142 58 138 72C142 86 126 96 114 90C102 98 88 90 90 80C84 76 84 70 86 66z",
            "#B9402A",
        ),
        path("M94 66C98 56 110 56 116 60C126 58 132 66 128 74C120 82 102 82 96 76z", "#CE5A3C"),
        *(
            circle(x, y, 9, "#8A4A30") + circle(x - 2, y - 3, 3, "#B87753")
            for x, y in ((102, 64), (122, 66), (111, 81))
        ),
        leaf(112, 70, 19, -60),
        leaf(112, 70, 17, 10),
        leaf(112, 70, 16, 190, LEAF_DEEP),
        dots(((92, 88), (134, 60), (98, 54), (128, 90), (84, 74), (142, 78)), 1.7, "#FFF6DA"),
    )
    c.add(at(204, 40, fork(0, 3, 90).replace("#B9C1BD", c.shade).replace("#A5AEA9", c.shade), fork(0, 0, 90)))


def steak(c: Canvas) -> None:
    """A grilled steak with asparagus on a dark plate."""
    c.ground("oat")
    dark_plate(c, rx=92, ry=62)
    shape = (
        "M62 66C60 44 88 34 112 40C130 44 152 40 164 56C174 72 160 92 140 96C122 98 112 108 92 104C72 100 64 84 62 66z"
    )
    within = c.clip(path(shape, "#fff"))
    tips = "M0 0H44M0 0q-10 -4 -13 0q3 4 13 0"
    c.add(
        path(shape, "#5A2E20", transform="translate(0 6)"),
        path(shape, c.gradient("#9A5539", "#7A3D29"), stroke="#EBCB98", stroke_width=3.5),
        group(stroke("M58 92L112 30M76 106L140 32M98 112L160 42M120 112L176 56", "#4C2619", 5), clip_path=within),
        stroke("M78 52q12 -8 26 -6", "#D99A74", 3, opacity=0.6),
        *(
            at(x, y, stroke(tips, tone, 5), turn=172)
            for x, y, tone in ((178, 104, LEAF), (184, 96, "#6FAE5C"), (170, 112, LEAF_DEEP))
        ),
        tomato(186, 62, 9),
        tomato(178, 46, 8),
        sprig(92, 62, 20, 1, "#86B765"),
        rect(112, 66, 18, 14, "#F8E08E", 3, transform="rotate(12 120 72)"),
    )


def sandwich(c: Canvas) -> None:
    """A toasted sandwich held by two picks."""
    c.ground("honey")
    standing(c, 120, 130, 78)
    crust, crumb = c.gradient("#D9A05A", "#B9793A"), c.gradient("#FCF1D8", "#F3DDB0")
    c.add(
        rect(52, 108, 136, 22, crust, 8),
        rect(56, 108, 128, 15, crumb, 5),
        path("M50 104q8 -9 17 -1t18 0t18 0t18 0t18 0t18 0t18 0q10 -5 13 1q0 6 -8 7H58q-9 0 -8 -7z", "#7DB45A"),
        rect(54, 91, 132, 11, TOMATO, 5),
        stroke("M66 96h24M104 96h34M150 96h24", "#E88F70", 2.2),
        path("M54 82H186L172 90L158 102L142 90H100L88 97L76 90z", "#F2BE4A"),
        path(
            "M52 76q7 -6 16 0t17 0t17 0t17 0t17 0t17 0t17 0t18 0v4q-6 6 -14 1t-17 1t-17 0t-17 0t-17 0t-17 0t-17 0t-18 -2z",
            "#DE9A8B",
        ),
        rect(52, 54, 136, 22, crumb, 5),
        path("M52 62Q44 58 50 50L64 34Q66 31 70 31H170Q174 31 176 34L190 50Q196 58 188 62z", crust),
        path("M62 53L72 38Q73 37 75 37H165Q167 37 168 38L178 53Q179 56 175 56H65Q61 56 62 53z", "#EFC683"),
        stroke("M86 48L96 41M104 50L116 41M126 50L138 41M148 49L158 42", "#C98F45", 2.4),
        dots(
            ((64, 68), (84, 71), (110, 67), (136, 71), (160, 68), (178, 70), (74, 116), (120, 117), (162, 115)),
            1.3,
            "#DDBF88",
        ),
    )
    for x in (92, 148):
        c.add(stroke(f"M{x} 46V14", "#C9A463", 2.6), circle(x, 16, 7, "#7D9A48"), circle(x - 2, 14, 2.2, "#B6CB86"))


def fries(c: Canvas) -> None:
    """A carton of fries with ketchup."""
    c.ground("sky")
    standing(c, 116, 136, 46)
    front = (
        (76, 40, -10),
        (88, 26, -6),
        (100, 36, -2),
        (112, 20, 1),
        (124, 32, 3),
        (136, 24, 7),
        (150, 40, 11),
        (94, 46, -4),
        (130, 46, 5),
        (116, 42, 0),
    )
    gold, deep = c.gradient("#F7D67E", "#E6B04A"), "#C98F34"
    c.add(path("M72 60Q116 38 160 60L158 84H74z", "#A8382B"))
    c.add(*(at(x, y, rect(-5.5, 0, 11, 70, gold, 1.5, stroke=deep), turn=turn) for x, y, turn in front))
    c.add(
        path("M70 62Q116 92 162 62L152 130Q151 136 145 136H87Q81 136 80 130z", c.gradient("#CF5644", "#AE3A2C")),
        path("M96 92H136V118Q116 128 96 118z", "#F6E6D4", opacity=0.95),
        at(
            116,
            105,
            path("M-9 2C-9 -8 9 -8 9 2z", "#E0A64B"),
            rect(-9, 3, 18, 4, LEAF, 2),
            rect(-9, 8, 18, 4, "#C9883C", 2),
        ),
        stroke("M78 76L86 126", "#EE9C88", 3, opacity=0.6),
    )
    sauce_dish(c, 196, 114, 22, "#B8402C")


def bread(c: Canvas) -> None:
    """A croissant and slices of a loaf on a board."""
    c.ground("mist")
    board(c, 30, 20, 180, 114)
    crust = c.gradient("#E2A95E", "#B8762F")
    slice_ = (
        path("M-24 -6C-34 -12 -30 -28 -14 -28H14C30 -28 34 -12 24 -6V24Q24 28 20 28H-20Q-24 28 -24 24z", "#B5763A"),
        path("M-19 -9C-28 -14 -24 -23 -13 -23H13C24 -23 28 -14 19 -9V22H-19z", "#F8E5BD"),
        dots(((-8, -10), (6, -14), (-4, 4), (10, 6), (2, 14), (-12, 14)), 1.4, "#E6CB96"),
    )
    edge: dict[str, str | float] = {"stroke": "#94591F", "stroke_width": 1.5, "stroke_linejoin": "round"}
    croissant = (
        path("M-38 -14C-54 -8 -56 14 -46 26C-40 30 -34 22 -32 14C-28 4 -24 2 -20 2z", crust, **edge),
        path("M38 -14C54 -8 56 14 46 26C40 30 34 22 32 14C28 4 24 2 20 2z", crust, **edge),
        path("M-18 -28C-34 -26 -44 -16 -42 -4C-36 8 -22 10 -10 6z", crust, **edge),
        path("M18 -28C34 -26 44 -16 42 -4C36 8 22 10 10 6z", crust, **edge),
        path("M0 -34C-16 -34 -24 -24 -20 -8C-16 8 -6 10 0 10C6 10 16 8 20 -8C24 -24 16 -34 0 -34z", crust, **edge),
        stroke(
            "M-10 -24Q0 -30 10 -24M-34 -12q2 -6 8 -9M34 -12q-2 -6 -8 -9M-48 6q0 -7 4 -10", "#F9DDA9", 3, opacity=0.8
        ),
        stroke("M-6 -8v10M6 -8v10M-28 -4l4 8M28 -4l-4 8", "#94591F", 1.8, opacity=0.55),
    )
    c.add(
        at(70, 72, ellipse(4, 26, 28, 6, "#9A6A38", opacity=0.4), *slice_, turn=-14),
        at(92, 74, *slice_, turn=-4),
        at(150, 90, ellipse(0, 12, 46, 14, "#9A6A38", opacity=0.3), turn=8),
        at(150, 84, *croissant, turn=8),
        at(176, 38, sprig(-34, 2, 0, 0.9, "#C9A04E")),
        dots(((108, 116), (120, 120), (132, 115), (100, 122)), 1.4, "#F3DDB0"),
    )


def cake(c: Canvas) -> None:
    """A slice of strawberry cake."""
    c.ground("rose")
    c.add(
        ellipse(120, 128, 78, 13, c.shade, opacity=0.4),
        ellipse(120, 122, 78, 14, c.gradient("#FFFFFF", "#E6E2D8")),
        ellipse(120, 120, 60, 9, "#F3F1EB"),
    )
    sponge = "#F1CE86"
    c.add(
        path("M64 66L164 54V118Q164 120 162 120L66 122Q64 122 64 120z", sponge),
        path("M64 66L164 54V66L64 78z", "#FFFBF2"),
        path("M64 92L164 84V93L64 101z", "#FFFBF2"),
        dots(((78, 96), (94, 95), (112, 93), (130, 92), (148, 90)), 4, "#C94A3E"),
        path("M164 54L186 64V112L164 119z", "#FFF6E6"),
        path("M64 66C70 46 110 36 138 38C158 40 180 50 186 64C178 60 170 56 164 54z", "#FFFDF8", stroke="#F0E4D2"),
        path("M64 66L164 54L186 64V68L164 59L64 71z", "#F6EBDA"),
        stroke("M76 84v4M92 82v4M110 80v4M128 78v4M146 76v4M80 110v4M100 112v4M122 108v4M144 108v4", "#DDB264", 2),
        at(126, 34, path("M0 17C-15 9 -17 -5 -10 -11C-4 -15 4 -15 10 -11C17 -5 15 9 0 17z", "#C94A3E"),
           dots(((-6, -3), (1, -5), (7, -2), (-3, 4), (4, 4), (0, 10)), 1.1, "#F6D38B"), stroke("M-8 -12L0 -9L8 -12M0 -16v6", LEAF, 4)),
        circle(152, 46, 6, "#FFFFFF", stroke="#EADFCF"),
        circle(100, 48, 6, "#FFFFFF", stroke="#EADFCF"),
    )  # fmt: skip


def dessert(c: Canvas) -> None:
    """Three scoops in a glass coupe."""
    c.ground("mist")
    standing(c, 120, 136, 40)
    glass = "M66 62H174C174 92 150 106 128 108V124Q128 128 146 130V134H94V130Q112 128 112 124V108C90 106 66 92 66 62z"
    c.add(
        at(
            158,
            42,
            rect(-7, -32, 14, 56, "#D9A65A", 2),
            stroke("M-7 -20L7 -8M-7 -6L7 6M7 -22L-7 -8M7 -6L-7 8", "#B9823C", 1.5),
            turn=24,
        ),
        circle(94, 48, 23, c.gradient("#F6C9B4", "#E3A48C")),
        circle(144, 50, 23, c.gradient("#B9CF90", "#93AE66")),
        circle(119, 36, 24, c.gradient("#FFF8E6", "#F0DFB8")),
        path(
            "M97 28C100 14 138 14 141 28C144 40 136 38 132 34C130 44 122 44 119 36C114 42 106 40 105 34C100 38 95 36 97 28z",
            "#7A4630",
        ),
        circle(119, 12, 6.5, "#B8362E"),
        stroke("M120 6q4 -5 10 -5", LEAF_DEEP, 1.8),
        path(glass, c.gradient("#FFFFFF", "#CFE0DE"), opacity=0.72),
        stroke("M76 70q4 20 20 28", "#FFFFFF", 4, opacity=0.9),
        rect(62, 58, 116, 7, "#FFFFFF", 3.5, opacity=0.9),
        dots(((90, 76), (104, 82), (134, 80), (150, 74)), 4.4, "#C94A3E", stroke_opacity="0.8"),
        leaf(142, 28, 16, -50, LEAF_LIGHT, LEAF),
        leaf(144, 30, 14, -6),
    )


DRAWINGS = (pizza, burger, pasta, steak, sandwich, fries, bread, cake, dessert)
