"""One drawing: its ground, its gradients and clips with ids of its own, and the finished SVG."""

from __future__ import annotations

from dataclasses import dataclass, field

from seeds.pictures.shapes import rect

WIDTH, HEIGHT = 240, 150

# Light, deep and shadow tone of each ground.
GROUNDS = {
    "sage": ("#E8F0E9", "#C6DACD", "#7E9C8A"),
    "mist": ("#E5EFED", "#BFD8D3", "#74998F"),
    "sky": ("#E6EFF3", "#C2D7E1", "#7795A3"),
    "stone": ("#EDEEEB", "#D0D6D1", "#8A948E"),
    "oat": ("#F2EADF", "#DEC9B1", "#A68463"),
    "honey": ("#F7EED5", "#E8D4A0", "#B99C58"),
    "latte": ("#F5ECDF", "#E0CAAA", "#A58A62"),
    "rose": ("#F6E8E2", "#E7C9BD", "#B38675"),
    "clay": ("#F3E3D6", "#DDB99D", "#A4745A"),
    "slate": ("#DDE4E5", "#B3C1C4", "#63767B"),
    "evening": ("#C9D7E1", "#F0DCC6", "#7A8790"),
    "night": ("#33423F", "#1E2826", "#0F1514"),
}
DIRECTIONS = {"down": ' x2="0" y2="1"', "across": "", "aslant": ' x2="1" y2="1"'}


@dataclass
class Canvas:
    """A drawing under way; `key` names it and begins every id in it."""

    key: str
    shade: str = ""
    defs: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def ground(self, name: str, direction: str = "aslant") -> None:
        """Fill the canvas with a named ground and take its shadow tone."""
        light, deep, self.shade = GROUNDS[name]
        self.add(rect(0, 0, WIDTH, HEIGHT, self.gradient(light, deep, direction)))

    def gradient(self, first: str, last: str, direction: str = "down") -> str:
        """Return a fill that runs from one colour to another."""
        name = self._name()
        stops = f'<stop stop-color="{first}"/><stop offset="1" stop-color="{last}"/>'
        self.defs.append(f'<linearGradient id="{name}"{DIRECTIONS[direction]}>{stops}</linearGradient>')
        return f"url(#{name})"

    def clip(self, *shapes: str) -> str:
        """Return a clip that lets only what lies within `shapes` be seen."""
        name = self._name()
        self.defs.append(f'<clipPath id="{name}">{"".join(shapes)}</clipPath>')
        return f"url(#{name})"

    def keep(self, *parts: str) -> str:
        """Keep parts that are drawn around (0, 0), unseen; `stamp` prints them by the name returned."""
        name = self._name()
        self.defs.append(f'<g id="{name}">{"".join(parts)}</g>')
        return name

    def add(self, *parts: str) -> None:
        """Draw parts above what is there."""
        self.parts.extend(parts)

    def document(self) -> str:
        """Return the SVG file."""
        size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        inside = f"<defs>{''.join(self.defs)}</defs>{''.join(self.parts)}"
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>\n'

    def _name(self) -> str:
        return f"{self.key}-{len(self.defs) + 1}"
