"""A reply as a Telegram message."""
