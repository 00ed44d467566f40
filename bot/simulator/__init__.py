"""The LINE platform, played on this machine: HTTP API, webhooks and a page to chat on."""
