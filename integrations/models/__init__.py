"""Models of people, the catalogue, orders and connections."""

from integrations.models.catalogue import City, IndexChange, Location, Merchant, Offer, Slot
from integrations.models.connections import Account, Call, Connection, ScenarioSwitch
from integrations.models.orders import Order, OrderEvent, Payment, Quote, Refund
from integrations.models.people import Person, Place

__all__ = [
    "Account",
    "Call",
    "City",
    "Connection",
    "IndexChange",
    "Location",
    "Merchant",
    "Offer",
    "Order",
    "OrderEvent",
    "Payment",
    "Person",
    "Place",
    "Quote",
    "Refund",
    "ScenarioSwitch",
    "Slot",
]
