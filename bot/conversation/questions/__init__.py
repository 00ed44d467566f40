"""The questions, one file each; `QUESTIONS` finds them by key."""
