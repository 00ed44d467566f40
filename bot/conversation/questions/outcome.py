"""What changed because of it.

< ask_outcome
> ประชาชนได้รับบริการภายในเวลาที่กำหนด
< got_part [เสร็จแล้ว]
> เสร็จแล้ว
"""

from bot.conversation.questions.written_answer import WrittenAnswer
from bot.domain.updates import Answer

KEY = "outcome"
QUESTION = WrittenAnswer(key=KEY, template="ask_outcome", answer=Answer.OUTCOME)
