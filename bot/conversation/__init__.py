"""The pure conversation: (state, event, facts) in, (state, messages, effects) out."""
