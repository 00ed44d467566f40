"""What came out of it, where the agency's table has that column.

< ask_output
> คู่มือ ๑ เล่ม ผู้เข้าอบรม ๓๕ คน
< got_part [เสร็จแล้ว]
> เสร็จแล้ว
"""

from bot.conversation.questions.written_answer import WrittenAnswer
from bot.domain.updates import Answer

KEY = "output"
QUESTION = WrittenAnswer(key=KEY, template="ask_output", answer=Answer.OUTPUT)
