"""Which providers there are."""

from __future__ import annotations

from collections.abc import Callable

from integrations.base import ProviderError
from integrations.providers.base import Provider
from integrations.providers.sandbox import client as sandbox

PROVIDERS: dict[str, Callable[[], Provider]] = {"sandbox": sandbox.connect}


def provider(name: str) -> Provider:
    """Return the provider of that name as its Connection sets it up; raise ProviderError where there is none."""
    if name not in PROVIDERS:
        raise ProviderError(f"There is no provider {name!r}.", permanent=True)
    return PROVIDERS[name]()
