"""LINE's HTTP API: both of its hosts on one port."""
