"""How a merchant delivers: fees, reach and promotions."""

from __future__ import annotations

from seeds.draw import Draw
from seeds.prices import fee, text
from seeds.rows import Row
from seeds.words import Town, read


def delivery(town: Town, draw: Draw) -> Row:
    """Return the fields of a merchant that say how it delivers; a few do not."""
    if draw.chance(0.05):
        return {"delivers": False}
    promotions = [
        {"kind": "threshold", "spend": text(fee(spend, town.currency)), "off": text(fee(off, town.currency))}
        for spend, off in draw.pick(read("promotions.json"))
    ]
    return {
        "delivers": True,
        "delivery_fee": str(fee(draw.pick([0, 2, 3, 4, 5, 5, 6, 8]), town.currency)),
        "packing_fee": str(fee(draw.pick([0, 1, 1, 2, 2, 3]), town.currency)),
        "minimum_order": str(fee(draw.pick([0, 15, 20, 20, 25, 30]), town.currency)),
        "delivery_km": draw.pick([2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0]),
        "prepare_minutes": draw.pick([10, 12, 15, 15, 18, 20, 25]),
        "promotions": promotions,
    }
