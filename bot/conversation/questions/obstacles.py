"""What stood in the way, and what would help; may be skipped.

< ask_obstacles
> งบประมาณล่าช้า ควรจัดสรรในไตรมาสแรก
< got_part [เสร็จแล้ว]
> เสร็จแล้ว
"""

from bot.conversation.questions.written_answer import WrittenAnswer
from bot.domain.updates import Answer

KEY = "obstacles"
QUESTION = WrittenAnswer(key=KEY, template="ask_obstacles", answer=Answer.OBSTACLES)
