"""Where files say at which place they were made; one module per container, each yielding patches of equal length."""
