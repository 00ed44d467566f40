"""Why a measure has not started or will not be carried out; kept as obstacles.

< ask_reason
> รอจัดสรรงบประมาณ
< got_part [เสร็จแล้ว]
> เสร็จแล้ว
"""

from bot.conversation.questions.written_answer import WrittenAnswer
from bot.domain.updates import Answer

KEY = "reason"
QUESTION = WrittenAnswer(key=KEY, template="ask_reason", answer=Answer.OBSTACLES)
