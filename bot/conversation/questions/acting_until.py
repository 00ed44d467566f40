"""Until which day a colleague acts, that day included.

< ask_acting_until
> ๒๐ ก.ย.
< confirm_acting
"""

from __future__ import annotations

from bot.conversation.questions.acting_from import UNTIL, ActingDay

QUESTION = ActingDay(key=UNTIL, template="ask_acting_until", needs_draft=False)
