"""The open page: its websocket, and what it does to its conversation."""
