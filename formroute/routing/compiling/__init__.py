"""From tables as written to a router, or to every problem with them."""
