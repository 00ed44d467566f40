"""The web edge: LINE's webhook, admin pages, downloads, health."""
