"""Stand-ins for other people's servers: they speak the same protocol on loopback and are no part of the product."""
