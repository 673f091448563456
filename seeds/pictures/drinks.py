"""Drawings of coffee, tea, juice and beer."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import LEAF, LEAF_DEEP, citrus, leaf
from seeds.pictures.shapes import arc, at, circle, dots, ellipse, group, path, rect, stroke
from seeds.pictures.tableware import standing, steam


def coffee(c: Canvas) -> None:
    """A latte with a leaf poured into the milk."""
    c.ground("latte")
    beans = "M-6 0C-6 -8 6 -8 6 0C6 8 -6 8 -6 0z"
    c.add(
        circle(116, 80, 63, c.shade, opacity=0.35),
        circle(116, 75, 63, c.gradient("#FFFFFF", "#E9E4DA")),
        circle(116, 75, 50, "#F1EDE4"),
        circle(117, 80, 45, c.shade, opacity=0.3),
        at(152, 50, rect(0, -7, 30, 14, "#FBF9F5", 8, stroke="#DDD7CA"), turn=-28),
        circle(116, 75, 45, "#FFFFFF"),
        circle(116, 75, 39, c.gradient("#9A6036", "#B27745")),
        stroke(arc(116, 75, 37, 200, 90), "#7E4B28", 2.4, opacity=0.6),
        path("M116 110C98 104 88 90 92 70C95 54 106 46 116 40C126 46 137 54 140 70C144 90 134 104 116 110z", "#F6E6CC"),
        stroke(
            "M116 104V52M116 96Q102 92 98 78M116 96Q130 92 134 78M116 82Q104 78 101 66M116 82Q128 78 131 66M116 68Q108 64 107 56M116 68Q124 64 125 56",
            "#A86C3E",
            3.6,
        ),
        *(
            at(x, y, path(beans, "#6B4126"), stroke("M-1 -5q3 5 0 10", "#3F2513", 1.5), turn=t)
            for x, y, t in ((206, 112, 30), (220, 100, -20), (218, 122, 80), (24, 34, 20), (36, 24, -40))
        ),
        at(206, 60, stroke("M-18 0H30", "#B3BBB6", 4), ellipse(-24, 0, 11, 7, "#C9D0CC"), turn=80),
    )


def milk_tea(c: Canvas) -> None:
    """Milk tea with pearls and a straw."""
    c.ground("rose")
    standing(c, 120, 138, 38)
    cup = "M82 40H158L150 130Q149 138 141 138H99Q91 138 90 130z"
    within = c.clip(path(cup, "#fff"))
    pearls = [(x + (6 if row % 2 else 0), y) for row, y in enumerate((132, 122, 112, 102)) for x in range(92, 152, 12)]
    c.add(
        stroke("M134 4L124 60", "#0B6E5F", 8, stroke_linecap="butt"),
        stroke("M132 4L122 60", "#3C9484", 2.4, stroke_linecap="butt"),
        path(cup, "#FFFFFF", opacity=0.75),
        group(
            path("M80 54H160L150 140H90z", c.gradient("#E9CDA6", "#C3935F")),
            path("M80 54H160V66Q150 76 140 67T120 68T100 66T80 70z", "#F8ECD8"),
            stroke("M92 74q-3 20 2 34M148 76q4 18 -2 30M112 74q6 16 -2 30", "#A96C3C", 5, opacity=0.35),
            dots(pearls[:18], 5.4, "#3B2219"),
            dots([(x - 1.6, y - 1.8) for x, y in pearls[:18]], 1.2, "#8A6248"),
            clip_path=within,
        ),
        stroke("M92 48L98 128", "#FFFFFF", 4, opacity=0.6),
        path("M84 40C84 22 100 14 120 14S156 22 156 40z", "#FFFFFF", opacity=0.5),
        stroke("M94 34q4 -12 16 -15", "#FFFFFF", 3, opacity=0.9),
        rect(76, 36, 88, 9, "#FBFAF6", 4.5, stroke="#E0D6CC"),
    )


def tea(c: Canvas) -> None:
    """A clay teapot and two cups of green tea."""
    c.ground("sage")
    standing(c, 104, 124, 58)
    clay = c.gradient("#A9674A", "#7C422E")
    c.add(
        stroke("M150 66C182 58 184 104 148 104", "#8A4E37", 9),
        path("M64 82C52 78 46 64 34 58L40 50C54 54 62 62 72 66z", clay),
        path("M56 84C56 60 80 52 104 52S152 60 152 84C152 108 132 122 104 122S56 108 56 84z", clay),
        path("M72 58C76 46 132 46 136 58Q104 66 72 58z", "#8A4E37"),
        circle(104, 42, 7, "#8A4E37"),
        stroke("M68 80C72 68 84 62 94 60", "#DDA284", 4, opacity=0.55),
        stroke("M62 98q42 16 84 0", "#6B3726", 2, opacity=0.6),
        ellipse(104, 122, 30, 4, "#6B3726"),
    )
    for x, y in ((176, 112), (206, 124)):
        c.add(
            ellipse(x, y + 15, 20, 5, c.shade, opacity=0.4),
            path(
                f"M{x - 20} {y - 6}H{x + 20}C{x + 20} {y + 8} {x + 10} {y + 15} {x} {y + 15}S{x - 20} {y + 8} {x - 20} {y - 6}z",
                "#F4F6F1",
            ),
        )
        c.add(ellipse(x, y - 6, 20, 6, "#FFFFFF", stroke="#D5DFD6"), ellipse(x, y - 5, 16, 4, "#A9BC5C"))
    c.add(steam(186, 92), leaf(44, 122, 20, -16), leaf(46, 124, 18, 22, LEAF_DEEP))


def juice(c: Canvas) -> None:
    """A glass of orange juice with ice and a straw."""
    c.ground("honey")
    standing(c, 124, 136, 44)
    cup = "M88 24H152L146 128Q145 136 137 136H103Q95 136 94 128z"
    within = c.clip(path(cup, "#fff"))
    c.add(
        citrus(74, 108, 27, "#E08B35", "#F2A94E"),
        path(cup, "#FFFFFF", opacity=0.7),
        group(
            path("M86 42H154V140H86z", c.gradient("#F4B65A", "#E28B34")),
            ellipse(120, 42, 32, 5, "#F8CD86"),
            at(108, 62, rect(-10, -10, 20, 20, "#FFFFFF", 4, opacity=0.4), turn=18),
            at(132, 74, rect(-10, -10, 20, 20, "#FFFFFF", 4, opacity=0.35), turn=-22),
            clip_path=within,
        ),
        stroke("M112 86L130 4L146 -4", "#BF4330", 6, stroke_linejoin="round"),
        stroke("M98 34L102 122", "#FFFFFF", 5, opacity=0.55),
        citrus(154, 30, 20, "#E08B35", "#F2A94E"),
        rect(86, 21, 68, 5, "#FFFFFF", 2.5, opacity=0.85),
        leaf(98, 26, 20, -130, LEAF, LEAF_DEEP),
        leaf(100, 26, 18, -80, LEAF, LEAF_DEEP),
    )


def beer(c: Canvas) -> None:
    """A mug of beer with a head of foam."""
    c.ground("stone")
    standing(c, 116, 137, 48)
    c.add(
        stroke("M152 62H166Q178 62 178 74V98Q178 110 166 110H150", "#F5F8F7", 10),
        stroke("M152 62H166Q178 62 178 74V98Q178 110 166 110H150", "#C5CFCB", 2),
        rect(76, 36, 80, 102, "#FBFCFB", 9),
        rect(82, 44, 68, 86, c.gradient("#F0B73E", "#CC8424"), 5),
        stroke("M98 66v52M116 66v52M134 66v52", "#F8D27C", 7, opacity=0.6),
        dots(((92, 110), (108, 96), (126, 112), (142, 92), (106, 78), (124, 84)), 1.8, "#FFF1C8"),
        path(
            "M70 46C60 34 70 20 84 24C90 10 110 10 116 20C124 10 144 12 148 24C162 22 168 38 158 46C158 56 148 58 146 50C142 60 130 58 128 52C122 58 112 58 110 52C108 72 96 72 94 54C90 60 76 58 70 46z",
            c.gradient("#FFFFFF", "#F1E9D6"),
        ),
        stroke("M80 34q4 -6 12 -4M112 28q8 -6 16 0", "#E6DCC4", 2.6),
    )


DRAWINGS = (coffee, milk_tea, tea, juice, beer)
