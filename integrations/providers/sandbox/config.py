"""How the sandbox behaves, set on its Connection."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class SandboxConfig(BaseModel):
    """The sandbox's set-up. `payments` and `orders` let an operator see what trouble looks like."""

    model_config = ConfigDict(extra="forbid")

    payments: Literal["accept", "decline", "lose_answer"] = Field(
        default="accept", description="What the demo wallet does: pay, refuse, or pay and lose its answer on the way."
    )
    orders: Literal["accept", "refuse", "down"] = Field(
        default="accept", description="What demo merchants do: take orders, refuse them, or not answer at all."
    )
