"""Drawings of where people eat, stay, shop and are treated."""

from __future__ import annotations

from seeds.pictures.canvas import Canvas
from seeds.pictures.ingredients import leaf
from seeds.pictures.scenery import (
    GLASS,
    GLASS_DEEP,
    JADE,
    NIGHT,
    SEAL,
    STONE,
    awning,
    cloud,
    cypress,
    ground,
    lantern,
    panes,
    skyline,
    tree,
)
from seeds.pictures.shapes import at, circle, dots, ellipse, path, rect, stroke


def restaurant(c: Canvas) -> None:
    """A house with a tiled roof and lanterns."""
    c.ground("evening", "down")
    ground(c, 126, "#CFC3B1")
    roof = c.gradient("#59706B", "#3E534F")
    c.add(
        ellipse(120, 128, 92, 6, "#8C7F6C", opacity=0.45),
        rect(52, 62, 136, 66, c.gradient("#F6EBD8", "#E3CFB0")),
        path("M34 64Q52 58 62 34H178Q188 58 206 64Q208 70 202 70H38Q32 70 34 64z", roof),
        rect(60, 28, 120, 8, "#33453F", 4),
        stroke("M76 38l-9 27M94 38l-5 27M111 38l-2 27M129 38l2 27M146 38l5 27M164 38l9 27", "#7E938D", 1.8, opacity=0.7),
        rect(54, 70, 132, 7, "#8A3A26"),
        rect(60, 77, 7, 51, "#9C4630"), rect(173, 77, 7, 51, "#9C4630"),
        rect(74, 84, 34, 32, "#F6CE83"), rect(132, 84, 34, 32, "#F6CE83"),
        stroke("M85 84v32M97 84v32M74 95h34M74 106h34M143 84v32M155 84v32M132 95h34M132 106h34", "#8A3A26", 1.6, stroke_linecap="butt"),
        rect(108, 82, 24, 46, "#7A3422"),
        path("M108 82h24v22q-4 4 -8 0q-4 4 -8 0q-4 4 -8 0z", JADE),
        lantern(70, 70, 0.8), lantern(170, 70, 0.8), lantern(102, 70, 0.8), lantern(138, 70, 0.8),
        rect(98, 126, 44, 5, STONE, 1),
        tree(28, 130, 1.05), tree(214, 130, 1.15),
    )  # fmt: skip


def cafe(c: Canvas) -> None:
    """A shop front with a cup on its sign and a table outside."""
    c.ground("latte", "down")
    ground(c, 126, "#D9CBB4")
    c.add(
        rect(46, 22, 130, 106, c.gradient("#5C7F77", "#456660"), 3),
        rect(46, 18, 130, 8, "#38544E", 2),
        circle(111, 43, 15, "#F8F2E6"),
        path("M103 38h13v8q0 5 -6.5 5t-6.5 -5z", "#8A5A3A"),
        stroke("M116 40q6 0 5 4q-1 3 -5 3M106 35q-2 -3 0 -5M112 35q-2 -3 0 -5", "#8A5A3A", 1.8),
        rect(54, 76, 74, 44, "#F7DFAE"),
        rect(136, 76, 32, 52, "#F0D39A"),
        stroke("M91 76v44M136 76h32v52h-32z", "#38544E", 2.6, stroke_linecap="butt"),
        circle(162, 104, 2, "#38544E"),
        stroke("M62 98h60", "#A9774A", 2.5),
        dots(((68, 94), (76, 94), (104, 94), (112, 94)), 3, "#8A5A3A"),
        stroke("M72 76v8M108 76v8", "#38544E", 1.5), path("M66 90q6 -9 12 0zM102 90q6 -9 12 0z", "#C9803F"),
        awning(44, 62, 134, 12, ("#F4EBDA", "#B5643E"), 10),
        rect(54, 120, 74, 8, "#38544E"),
        ellipse(200, 130, 30, 4, c.shade, opacity=0.4),
        stroke("M204 130V56", "#8A6A4C", 3),
        path("M166 66Q204 26 240 66Q234 60 229 66Q222 60 216 66Q210 60 204 66Q198 60 191 66Q184 60 179 66Q172 60 166 66z", "#C57B50"),
        path("M179 66Q182 48 203 45Q193 52 191 66Q184 60 179 66zM216 66Q214 52 203 45Q224 48 229 66Q222 60 216 66z", "#F7EBD6"),
        rect(186, 102, 36, 4, "#8A5A3A", 2),
        stroke("M190 130l6 -24M218 130l-6 -24", "#8A6A4C", 2.4),
        path("M195 94h10v5q0 3 -5 3t-5 -3z", "#FFFFFF"),
        tree(22, 130, 1.1),
    )  # fmt: skip


def hotel(c: Canvas) -> None:
    """A tall hotel at dusk."""
    c.ground("evening", "down")
    skyline(c, 126, "#B5C2C8")
    ground(c, 124, "#B9BDB4")
    lit = "#F9DDA0"
    c.add(
        rect(78, 16, 84, 110, c.gradient("#7D939C", "#5C747E"), 3),
        rect(52, 52, 30, 74, "#6A828B", 2), rect(158, 52, 30, 74, "#6A828B", 2),
        panes((88, 104, 120, 136), (38, 54, 70, 86), 11, 9, "#A9BEC5"),
        panes((88, 136), (38, 70), 11, 9, lit), panes((104, 120), (54, 86), 11, 9, lit), panes((120,), (38,), 11, 9, lit),
        panes((58, 69), (60, 74, 88, 102), 7, 8, "#A9BEC5"), panes((164, 175), (60, 74, 88, 102), 7, 8, "#A9BEC5"),
        panes((58, 175), (74, 102), 7, 8, lit), panes((69, 164), (60, 88), 7, 8, lit),
        rect(84, 20, 72, 13, "#425761", 2),
        stroke("M109 22v9.5M109 29.5h22M131 31.5v-4", "#F3C969", 2), rect(114, 25, 17, 4, "#F3C969", 2), circle(112.5, 25.5, 1.6, "#F3C969"),
        path("M86 102H154L162 110H78z", SEAL), rect(78, 110, 84, 4, "#96301D"),
        rect(92, 114, 56, 14, "#F9DDA0"), stroke("M106 114v14M120 114v14M134 114v14", "#6A4B32", 2, stroke_linecap="butt"),
        rect(82, 114, 4, 14, "#425761"), rect(154, 114, 4, 14, "#425761"),
        path("M92 128H148L156 150H84z", "#A94632"),
        cypress(40, 130, 0.7), cypress(200, 130, 0.7), tree(22, 130, 0.9), tree(220, 130, 1),
    )  # fmt: skip


def room(c: Canvas) -> None:
    """A room with a bed, lamps and a picture."""
    c.ground("oat", "down")
    ground(c, 112, "#C49A6C")
    c.add(
        rect(0, 110, 240, 4, "#EFE4D2"),
        rect(12, 14, 40, 60, "#FFFFFF", 2), rect(16, 18, 32, 52, c.gradient("#CFE3EA", "#EAF1E6")), stroke("M32 18v52", "#FFFFFF", 2.5),
        path("M6 10H20Q22 50 10 88H6zM58 10H44Q42 50 54 88H58z", "#A9C2BA"),
        rect(98, 14, 44, 28, "#FFFFFF", 2, stroke="#B98A5C", stroke_width=3),
        path("M101 39L112 26L120 33L128 23L139 39z", "#8FB29E"), circle(131, 22, 3, "#F0C46A"),
        rect(70, 50, 100, 52, c.gradient("#8D6A4E", "#735239"), 8),
        rect(66, 88, 108, 34, "#F7F4EC", 6),
        rect(80, 68, 36, 24, "#FFFFFF", 8, stroke="#E4DDCF"), rect(124, 68, 36, 24, "#FFFFFF", 8, stroke="#E4DDCF"),
        path("M64 100Q120 90 176 100V126Q176 130 172 130H68Q64 130 64 126z", c.gradient("#5E8F86", "#447269")),
        path("M64 100Q120 90 176 100V110Q120 100 64 110z", "#F7F4EC"),
        stroke("M64 117Q120 108 176 117", "#86B0A7", 2),
        rect(70, 128, 6, 8, "#5F432D"), rect(164, 128, 6, 8, "#5F432D"),
        *(rect(x, 96, 26, 28, "#A97E55", 2) + stroke(f"M{x + 3} 109h20", "#8A6340", 1.6) + stroke(f"M{x + 13} 96v-12", "#6B543C", 2.5)
          + path(f"M{x + 5} 84L{x + 8} 68H{x + 18}L{x + 21} 84z", "#FBE3AC") for x in (36, 178)),
        stroke("M222 130v-8", "#8A6A4C", 2), rect(213, 122, 18, 16, "#D9CBB4", 3),
        *(leaf(222, 122, 34, turn, "#6F9F70", "#55875E") for turn in (-140, -110, -80, -50)),
        ellipse(120, 142, 70, 5, "#A67C50", opacity=0.5),
    )  # fmt: skip


def shop(c: Canvas) -> None:
    """A small shop with goods in its window."""
    c.ground("mist", "down")
    ground(c, 128, "#CBD5CE")
    goods = ((70, 92, "#D2694F"), (80, 88, "#E7B45B"), (90, 93, "#6F9F70"), (100, 89, "#7FA3AC"), (110, 92, "#C98F6A"))
    low = ((70, 112, "#7FA3AC"), (82, 110, "#C98F6A"), (94, 113, "#E7B45B"), (106, 110, "#D2694F"))
    c.add(
        ellipse(120, 131, 84, 5, c.shade, opacity=0.4),
        rect(50, 30, 140, 100, c.gradient("#FBF7EE", "#E9DFCC"), 3),
        rect(60, 74, 64, 50, c.gradient("#DDEBEC", "#BDD5D8")),
        *(rect(x, y, 8, 98 - y, tone, 1.5) for x, y, tone in goods), rect(62, 98, 60, 2.6, "#A9774A"),
        *(rect(x, y, 9, 120 - y, tone, 1.5) for x, y, tone in low), rect(60, 120, 64, 4, "#A9774A"),
        stroke("M66 80l14 -4M66 88l30 -11", "#FFFFFF", 2.4, opacity=0.7),
        rect(60, 74, 64, 50, "none", stroke="#8A6340", stroke_width=2.5),
        rect(138, 74, 38, 56, "#8A6340", 2), rect(143, 79, 28, 34, "#DDEBEC"), circle(143.5, 119, 0.1, "#fff"),
        stroke("M146 92v10", "#F3C969", 2.6), rect(149, 84, 16, 9, "#FFFFFF", 2), stroke("M152 88.5h10", SEAL, 1.8),
        awning(42, 50, 156, 14, (JADE, "#F6F1E6"), 9),
        rect(84, 24, 72, 22, "#3E534F", 5),
        path("M113 33h14l1.6 10h-17.2z", "#F6F1E6"), stroke("M116.5 34.5v-2a3.5 3.5 0 0 1 7 0v2", "#F6F1E6", 1.7),
        path("M198 108h26l-3 20h-20z", "#B98656"), *(circle(x, y, 5, tone) for x, y, tone in ((204, 105, "#D2694F"), (212, 103, "#E7B45B"), (219, 106, "#D2694F"))),
        tree(24, 132, 1.1),
    )  # fmt: skip


def product(c: Canvas) -> None:
    """A parcel and a paper bag."""
    c.ground("stone")
    c.add(
        ellipse(96, 130, 62, 9, c.shade, opacity=0.4), ellipse(172, 130, 42, 7, c.shade, opacity=0.4),
        path("M40 62L96 76V134L40 118z", c.gradient("#C79562", "#B07E4C")),
        path("M152 62L96 76V134L152 118z", c.gradient("#D9AB77", "#C4925E")),
        path("M40 62L96 48L152 62L96 76z", "#E6BF8E"),
        path("M62 56.5L118 70.5V88L108 90.5V73L52 59z", "#F3DFBD"),
        stroke("M108 112l8 -2M108 119l18 -5M124 88v-6m-3 3l3 -4l3 4M136 85v-6m-3 3l3 -4l3 4", "#8A6340", 2),
        path("M148 70H204L210 134H144z", c.gradient("#4E8F82", "#2F6E62")),
        path("M148 70H204L206 92Q176 84 146 92z", "#0B6E5F", opacity=0.35),
        stroke("M164 82V66a12 12 0 0 1 24 0V82", "#F3E6CE", 3.4),
        circle(164, 82, 2.4, "#F3E6CE"), circle(188, 82, 2.4, "#F3E6CE"),
        path("M176 122C164 114 162 106 167 102C171 99 175 101 176 105C177 101 181 99 185 102C190 106 188 114 176 122z", "#F3E6CE"),
    )  # fmt: skip


def cinema(c: Canvas) -> None:
    """A dark hall, a bright screen, rows of seats."""
    c.ground("night", "down")
    seat = "M-11 22V6Q-11 -4 0 -4T11 6V22z"
    c.add(
        path("M0 0H34L44 90L0 120zM240 0H206L196 90L240 120z", "#6E2A22"),
        stroke("M8 0v112M18 0l4 104M28 0l8 96M232 0v112M222 0l-4 104M212 0l-8 96", "#8A3A30", 3, opacity=0.8),
        path("M46 14H194L190 92H50z", "#FBF3DF", opacity=0.12),
        rect(50, 14, 140, 72, "#F6F0E0", 2),
        rect(54, 18, 132, 64, c.gradient("#A9CBD3", "#F3D9AE")),
        circle(146, 46, 12, "#FBEFC9"), path("M54 82V66L84 42L108 64L126 52L156 74L170 66L186 76V82z", "#5E8A7C"), path("M54 82V74Q90 64 120 76T186 78V82z", "#3E6A5E"),
        path("M50 90H190L226 122H14z", "#FBF3DF", opacity=0.1),
        *(at(x, 102, path(seat, "#7E3329")) for x in range(36, 220, 28)),
        *(at(x, 120, path(seat, "#9C4436"), scale=1.25) for x in range(20, 240, 40)),
        *(circle(x, 101, 7, "#2A2320") for x in (64, 148)), *(circle(x, 118, 9, "#221C1A") for x in (100, 180)),
        rect(0, 144, 240, 6, "#171F1D"),
    )  # fmt: skip


def hospital(c: Canvas) -> None:
    """A white hospital with a cross, an ambulance before it."""
    c.ground("mist", "down")
    ground(c, 124, "#C3CDC8")
    cross = "M-4 -11h8v7h7v8h-7v7h-8v-7h-7v-8h7z"
    c.add(
        cloud(42, 40, 0.7), cloud(206, 32, 0.6),
        rect(34, 56, 172, 70, c.gradient("#FBFCFA", "#E1E8E4"), 2),
        rect(82, 20, 76, 106, c.gradient("#FFFFFF", "#E9EFEB"), 3),
        rect(82, 20, 76, 5, JADE, 2), rect(34, 54, 48, 4, JADE), rect(158, 54, 48, 4, JADE),
        circle(120, 48, 18, JADE), at(120, 50, path(cross, "#FFFFFF")),
        panes((42, 60, 166, 184), (66, 84, 102), 13, 11, GLASS_DEEP), panes((92, 109, 126, 143), (74,), 10, 11, GLASS_DEEP),
        rect(94, 92, 52, 5, JADE, 1.5), rect(100, 97, 40, 29, GLASS), stroke("M120 97v29", "#FFFFFF", 2, stroke_linecap="butt"),
        ellipse(182, 138, 36, 4, "#7E8B86", opacity=0.5),
        path("M150 108H190V134H150z", "#FFFFFF"), path("M190 114H204Q210 114 212 120L215 126V134H190z", "#FFFFFF"), path("M193 117h10q3 0 5 4l2 4h-17z", GLASS_DEEP),
        rect(150, 122, 65, 4, JADE), at(170, 116, path(cross, JADE), scale=0.5), rect(186, 104, 8, 4, "#D25A40", 1.5),
        *(circle(x, 134, 6, NIGHT) + circle(x, 134, 2.4, "#C9D2CE") for x in (163, 202)),
        tree(22, 132, 1), tree(64, 134, 0.7),
    )  # fmt: skip


DRAWINGS = (restaurant, cafe, hotel, room, shop, product, cinema, hospital)
