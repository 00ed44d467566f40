"""The simulator's own API: be a person, watch the chats, order trouble."""
