"""Drawings of stations, airports, sights and districts."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.scenery import (
    GLASS,
    GLASS_DEEP,
    GRASS,
    GRASS_DEEP,
    JADE,
    NIGHT,
    ROAD,
    SEAL,
    bench,
    cloud,
    cypress,
    ground,
    hills,
    panes,
    skyline,
    sun,
    tree,
)
from seeds.pictures.shapes import at, circle, dots, ellipse, path, rect, stroke


def landmark(c: Canvas) -> None:
    """A pagoda among hills by the water."""
    c.ground("honey", "down")
    c.add(sun(182, 40, 17, "#F3C98B"))
    hills(c, 122, "#A9C4A6", "#C9D8C4")
    ground(c, 118, "#BFD9DC")
    roof, wall = c.gradient("#4F6A66", "#374F4B"), "#C2704E"
    c.add(stroke("M120 8v18", "#8A5A3A", 3), circle(120, 10, 3.4, "#E2AC52"))
    for step, y in enumerate((26, 47, 68, 89)):
        half = 22 + step * 6
        c.add(
            rect(120 - half + 8, y + 8, 2 * half - 16, 16, wall),
            panes((120 - half + 13, 120 - 4, 120 + half - 21), (y + 12,), 8, 9, "#F7DFAE"),
            path(
                f"M{120 - half - 6} {y + 9}Q{120 - half + 4} {y + 6} {120 - half + 10} {y}H{120 + half - 10}Q{120 + half - 4} {y + 6} {120 + half + 6} {y + 9}Q120 {y + 12} {120 - half - 6} {y + 9}z",
                roof,
            ),
        )
    c.add(
        rect(78, 112, 84, 8, "#D9D2C2", 2),
        path("M60 118H180Q186 126 196 128H44Q54 126 60 118z", GRASS_DEEP),
        stroke("M22 134h36M96 138h56M176 134h40M60 144h40M140 146h46", "#FFFFFF", 2, opacity=0.6),
        tree(58, 122, 0.95), tree(186, 122, 0.9), tree(76, 124, 0.6), tree(168, 124, 0.6),
    )  # fmt: skip


def station(c: Canvas) -> None:
    """A high-speed train at the platform."""
    c.ground("sky", "down")
    hills(c, 92, "#A9C4B0", "#C3D5D2")
    ground(c, 90, "#C7CFC9")
    body = c.gradient("#FFFFFF", "#D3DDDC")
    c.add(
        path("M0 8H240V18L232 24H0z", "#5C747E"), rect(0, 20, 240, 3, "#8FA7AF"),
        rect(30, 22, 6, 90, "#8FA1A6"), rect(206, 22, 6, 90, "#8FA1A6"),
        path("M70 150L108 116H132L170 150z", "#A79C8B"),
        stroke("M92 126h56M84 134h72M74 143h92", "#7D6F5C", 4, stroke_linecap="butt"),
        stroke("M98 150L112 116M142 150L128 116", "#6A7672", 3, stroke_linecap="butt"),
        path("M0 116H72L44 150H0zM240 116H168L196 150H240z", "#E3DFD3"),
        path("M72 116L66 123.5H0V116zM168 116L174 123.5H240V116z", "#F0C75E"),
        ellipse(120, 124, 48, 6, "#5F6B66", opacity=0.55),
        path("M74 116V74C74 48 92 32 120 32S166 48 166 74V116Q166 124 158 124H82Q74 124 74 116z", body),
        path("M88 68C90 50 104 42 120 42S150 50 152 68Q136 76 120 76T88 68z", "#33474D"),
        stroke("M96 60q4 -10 16 -13", "#8FB4BD", 3, opacity=0.8),
        path("M74 88Q120 104 166 88V98Q120 114 74 98z", JADE),
        path("M80 80L98 86V92L80 89zM160 80L142 86V92L160 89z", "#FBE7A9"),
        path("M92 112H148L144 124H96z", "#5C6B68"),
        stroke("M120 78v10", "#C3CFCD", 2),
    )  # fmt: skip


def airport(c: Canvas) -> None:
    """A plane taking off above the terminal."""
    c.ground("sky", "down")
    c.add(sun(48, 42, 15, "#F8E3B4"), cloud(196, 40, 0.8), cloud(84, 64, 0.6))
    ground(c, 118, "#B5C0BC")
    plane = (
        path("M-20 -3L-40 -26H-28L2 -4z", "#A9BAC0"),
        path("M-64 -8L-76 -28H-64L-46 -8z", JADE),
        path("M-66 -8C-60 -12 44 -12 58 -8C70 -5 76 1 76 3C74 9 60 10 50 10H-40C-52 10 -66 0 -66 -8z", "#FFFFFF"),
        path("M76 3C74 9 60 10 50 10H-40C-52 10 -62 3 -65 -3Q0 8 76 3z", "#D3DEE1"),
        path("M52 -8.6C62 -7 68 -3 71 -1H54Q50 -4 52 -8.6z", "#4A6169"),
        dots([(x, -3) for x in range(-44, 46, 9)], 1.9, "#7FA3AC"),
        path("M6 4L-34 34H-20L28 6z", "#8FA5AC"),
        rect(-10, 14, 18, 8, "#6A828B", 4),
        path("M-60 -6L-80 -2H-68L-50 -4z", "#8FA5AC"),
    )
    c.add(
        path("M14 118V100Q60 84 120 96T226 92V118z", "#E9EEEC"),
        path("M14 100Q60 84 120 96T226 92V97Q170 104 120 101T14 105z", "#7C949B"),
        panes(range(22, 218, 14), (106,), 10, 12, GLASS_DEEP),
        path("M190 90L186 62H206L202 90z", "#DDE4E2"), path("M180 50H212L207 63H185z", GLASS_DEEP), rect(178, 47, 36, 4, "#6A828B", 2), stroke("M196 47v-9", "#6A828B", 2),
        rect(0, 118, 240, 3, "#DDE3E0"),
        path("M84 150L110 122H130L156 150z", "#8D9995"), stroke("M120 126v5M120 136v8", "#F4F5F1", 3, stroke_linecap="butt"),
        at(110, 62, *plane, turn=-16, scale=0.86),
    )  # fmt: skip


def park(c: Canvas) -> None:
    """A pond, a path, trees and a bench."""
    c.ground("sky", "down")
    c.add(sun(186, 34, 14), cloud(64, 38, 0.8))
    hills(c, 92, "#A9C79E", "#C6D9C2")
    ground(c, 86, GRASS)
    c.add(
        path("M96 150C90 130 128 122 118 108S96 96 108 86H122C118 96 146 100 146 112S128 132 150 150z", "#EBDFC4"),
        ellipse(188, 120, 50, 20, "#9FC6CF"), ellipse(188, 119, 50, 18, "#B9DAE0"),
        stroke("M164 116h24M186 124h26M156 122h12", "#FFFFFF", 2, opacity=0.8),
        path("M196 112q8 -8 15 0q5 -6 8 -8q-1 10 -8 12h-10q-7 0 -5 -4z", "#FFFFFF"), circle(219, 103, 2.6, "#FFFFFF"), path("M221 103l5 1l-5 1.6z", "#E08B3E"),
        tree(54, 112, 1.7), tree(88, 98, 1.05, "#86B07A", "#6B9A66"), tree(158, 98, 1.25), tree(26, 98, 1), tree(204, 96, 1, "#86B07A", "#6B9A66"),
        bench(66, 132),
        *(dots(spots, 2.2, tone) for spots, tone in ((((28, 134), (40, 142), (156, 142)), "#E7B45B"), (((34, 138), (20, 142), (168, 144)), "#D98C7C"), (((46, 136), (180, 145)), "#FFFFFF"))),
    )  # fmt: skip


def museum(c: Canvas) -> None:
    """A museum with columns, a pediment and banners."""
    c.ground("oat", "down")
    c.add(cloud(44, 40, 0.6), cloud(204, 34, 0.6))
    ground(c, 126, "#D3C7B2")
    stone, deep = c.gradient("#FBF7EC", "#E3D8C2"), "#C4B598"
    columns = (64, 84, 104, 124, 144, 164)
    c.add(
        path("M120 18L196 52H44z", stone, stroke=deep, stroke_width=2, stroke_linejoin="round"), path("M120 28L168 48H72z", "#DDD0B6"), circle(120, 41, 6, "#C4A86C"),
        rect(46, 52, 148, 9, "#F3EBDA"), rect(46, 59, 148, 3, deep),
        rect(54, 62, 132, 52, "#A6957A"), rect(108, 74, 24, 40, "#5E4E3A"), stroke("M120 74v40", "#7D6A50", 1.6, stroke_linecap="butt"),
        *(rect(x, 66, 12, 44, stone) + rect(x - 2, 62, 16, 4, "#F3EBDA", 1) + rect(x - 2, 110, 16, 4, "#F3EBDA", 1) + stroke(f"M{x + 4} 68v40M{x + 8} 68v40", deep, 1, opacity=0.7) for x in columns),
        path("M96.5 68h7v30l-3.5 -3l-3.5 3zM136.5 68h7v30l-3.5 -3l-3.5 3z", JADE, opacity=0.9),
        rect(46, 114, 148, 6, "#F3EBDA"), rect(38, 120, 164, 6, "#E6DAC3"), rect(30, 126, 180, 7, "#D9CBB0"), stroke("M46 120h148M38 126h164M30 133h180", deep, 1.2, stroke_linecap="butt"),
        cypress(22, 134, 0.9), cypress(218, 134, 0.9),
    )  # fmt: skip


def district(c: Canvas) -> None:
    """A street of towers with a place mark above it."""
    c.ground("sky", "down")
    skyline(c, 122, "#A9C0C8")
    c.add(
        rect(22, 66, 38, 62, c.gradient("#C99C7E", "#AF7F62"), 2), panes((28, 40, 50), (74, 88, 102), 7, 8, "#F6E3C0"),
        rect(60, 40, 36, 88, c.gradient("#8FA9A3", "#708E88"), 2), panes((66, 76, 86), (48, 62, 76, 90, 104), 6, 8, "#DDEBEC"),
        rect(146, 30, 36, 98, c.gradient("#7D98A3", "#5E7C88"), 2), panes((152, 162, 172), (38, 52, 66, 80, 94, 108), 6, 8, "#DDEBEC"),
        rect(182, 62, 38, 66, c.gradient("#E6CFA6", "#CDB080"), 2), panes((188, 199, 210), (70, 84, 98), 6, 8, "#FFFFFF"),
        rect(96, 72, 50, 56, c.gradient("#F3EBDA", "#DECFB4"), 2), panes((103, 117, 131), (84, 98), 8, 9, GLASS_DEEP), rect(112, 112, 18, 16, "#8A6340"),
        path("M146 30L164 18L182 30z", "#5E7C88"), rect(76, 26, 3, 14, "#708E88"),
    )  # fmt: skip
    ground(c, 126, "#D5D3C8")
    c.add(
        rect(0, 134, 240, 16, ROAD), stroke("M6 142h20M46 142h20M86 142h20M126 142h20M166 142h20M206 142h20", "#F4F5F1", 2.4, stroke_linecap="butt"),
        tree(14, 132, 0.8), tree(96, 132, 0.6), tree(150, 132, 0.6), tree(228, 132, 0.8),
        ellipse(121, 70, 12, 3, "#8A7A60", opacity=0.4),
        path("M121 70C108 52 102 45 102 35A19 19 0 0 1 140 35C140 45 134 52 121 70z", SEAL), circle(121, 35, 8, "#FFFFFF"),
    )  # fmt: skip


def metro(c: Canvas) -> None:
    """A metro train coming out of its tunnel."""
    c.ground("slate", "down")
    c.add(
        rect(0, 0, 240, 150, "#CCD5D2"),
        stroke("M0 26h240M0 52h240M0 78h240M0 104h240M30 0v26M90 0v26M150 0v26M210 0v26M0 26v26M60 26v26M180 26v26M30 52v26M210 52v26M0 78v26M240 78v26M30 104v14M210 104v14", "#B8C4C0", 1.4),
        path("M38 124V84A82 76 0 0 1 202 84V124z", "#8D9B97"), path("M48 124V86A72 68 0 0 1 192 86V124z", NIGHT),
        stroke("M62 84A58 54 0 0 1 178 84", "#44544F", 3),
        dots(((70, 52), (170, 52), (120, 26)), 2, "#F8E3B4"),
        path("M0 118H66L46 150H0zM240 118H174L194 150H240z", "#E6E4DA"), path("M66 118L62 125H0V118zM174 118L178 125H240V118z", "#F0C75E"),
        path("M66 118H174L194 150H46z", "#55615D"), stroke("M104 118L92 150M136 118L148 150", "#9AA7A2", 3, stroke_linecap="butt"),
        rect(76, 40, 88, 88, c.gradient("#F6F8F7", "#CFD9D6"), 14),
        rect(84, 54, 72, 32, "#33474D", 7), stroke("M120 54v32", "#5C747E", 2.4, stroke_linecap="butt"), stroke("M92 78L106 60M130 78L140 64", "#7FA3AC", 3, opacity=0.7),
        rect(96, 44, 48, 6, "#F0AE35", 3),
        rect(76, 94, 88, 9, "#1C5CB8", opacity=0.85), rect(76, 94, 88, 9, "#0B6E5F", opacity=0.35),
        *(circle(x, 112, 6, "#FFFFFF") + circle(x, 112, 4, "#FBE7A9") for x in (90, 150)), rect(106, 110, 28, 5, "#8D9B97", 2.5),
        rect(86, 128, 68, 6, "#3A4643", 2),
    )  # fmt: skip


def mall(c: Canvas) -> None:
    """A glass shopping centre."""
    c.ground("rose", "down")
    skyline(c, 124, "#D9C2B8")
    ground(c, 124, "#D8CDC2")
    glass = c.gradient("#CFE4E6", "#93BAC1")
    c.add(
        path("M22 56H92V126H22z", c.gradient("#F7F1E6", "#E3D6C3")), path("M148 56H218V126H148z", c.gradient("#F7F1E6", "#E3D6C3")),
        path("M84 126V46A36 30 0 0 1 156 46V126z", glass),
        stroke("M102 22V126M120 16V126M138 22V126M84 46H156M84 66H156M84 86H156", "#FFFFFF", 1.8, stroke_linecap="butt", opacity=0.9),
        stroke("M84 126V46A36 30 0 0 1 156 46V126", "#6A828B", 4, stroke_linecap="butt"),
        rect(16, 52, 70, 7, "#6A828B", 2), rect(154, 52, 70, 7, "#6A828B", 2),
        rect(30, 66, 46, 26, "#D98C7C", 2), rect(164, 66, 46, 26, "#6F9F90", 2),
        path("M44 74h18l2 14h-22z", "#FFF6EA"), stroke("M48.5 76v-2a4.5 4.5 0 0 1 9 0v2", "#FFF6EA", 1.8),
        path("M176 84q3 -10 11 -10t11 10z", "#FFF6EA"), stroke("M174 86h26", "#FFF6EA", 2),
        rect(28, 100, 22, 26, GLASS), rect(56, 100, 22, 26, GLASS), rect(162, 100, 22, 26, GLASS), rect(190, 100, 22, 26, GLASS),
        rect(26, 96, 54, 5, SEAL), rect(160, 96, 54, 5, JADE),
        rect(94, 98, 52, 28, "#F9E6BF"), stroke("M107 98v28M120 98v28M133 98v28", "#6A828B", 2, stroke_linecap="butt"), rect(90, 95, 60, 4, "#6A828B", 1),
        tree(14, 134, 0.9), tree(226, 134, 0.9), ellipse(120, 140, 60, 4, "#BFB0A2", opacity=0.6),
    )  # fmt: skip


DRAWINGS = (landmark, station, airport, park, museum, district, metro, mall)
