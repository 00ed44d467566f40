"""LINE's Messaging API on the official SDK."""
