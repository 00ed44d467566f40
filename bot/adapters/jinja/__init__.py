"""Words for chat, in templates."""
