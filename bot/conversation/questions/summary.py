"""What was done.

< ask_summary
> เดือน ก.พ. อบรม ๑ ครั้ง ๓๕ คน
< got_part [เสร็จแล้ว]
> เสร็จแล้ว
"""

from bot.conversation.questions.written_answer import WrittenAnswer
from bot.domain.updates import Answer

KEY = "summary"
QUESTION = WrittenAnswer(key=KEY, template="ask_summary", answer=Answer.SUMMARY)
