"""Evidence files: where they are kept, what they are, and what they must not tell."""
