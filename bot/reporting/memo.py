"""Builds the memo and the preface from the year's facts and what the agency wrote itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.agencies import Agency
from bot.domain.calendar import bangkok_day, thai_date
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.sign_off import ChainStep, Signature
from bot.reporting.facts import filled
from bot.reporting.letters import OPINION_NOTE, Memo, Preface, SignBlock
from bot.reporting.words import Words

_REPORTER = ChainStep(label="ผู้รายงาน", position="", asks_opinion=False)

SUBJECT = (
    "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {fiscal_year} (รอบ {round} เดือน)"
)
_BEGINS = (
    "ด้วย {agency} ได้จัดทำมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {fiscal_year}"
    " จำนวน {measures} มาตรการ และกำหนดให้รายงานผลการดำเนินการ รอบ {round} เดือน"
    " ระหว่างวันที่ {from} ถึงวันที่ {to} นั้น"
)
_SCORED = (
    "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. {score_year}"
    " {agency} มีคะแนนโดยรวม {score} คะแนน"
)
_LEVEL = " อยู่ในระดับ “{level}”"
_WEAK = " โดยมีตัวชี้วัดที่ได้คะแนนต่ำกว่า 85 คะแนน ได้แก่ {weak}"
_RESULT = "บัดนี้ ผู้รับผิดชอบได้รายงานผลการดำเนินการแล้ว {reported} มาตรการ จากทั้งหมด {measures} มาตรการ"
_STATUSES = " ได้แก่ {statuses}"
_ATTACHED = " รายละเอียดปรากฏตามรายงานที่แนบมาพร้อมนี้ (รหัสฉบับ {code})"
CLOSING = "จึงเรียนมาเพื่อโปรดพิจารณา"

PREFACE = (
    "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and Transparency Assessment: ITA)"
    " เป็นเครื่องมือเชิงบวกที่ช่วยให้หน่วยงานเห็นสถานะและปัญหาด้านคุณธรรมและความโปร่งใสของตน"
    " เพื่อนำไปปรับปรุงการปฏิบัติงานและการให้บริการประชาชน สอดคล้องกับยุทธศาสตร์ชาติ พ.ศ. 2561 – 2580"
    " ประเด็นการต่อต้านการทุจริตและประพฤติมิชอบ\n\n"
    "{agency} จึงกำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {fiscal_year}"
    " จำนวน {measures} มาตรการ และติดตามผลการดำเนินการอย่างต่อเนื่อง เอกสารฉบับนี้รวบรวมผลการดำเนินการ"
    " รอบ {round} เดือน ระหว่างวันที่ {from} ถึงวันที่ {to}\n\n"
    "{agency} หวังเป็นอย่างยิ่งว่าเอกสารฉบับนี้จะเป็นประโยชน์ต่อผู้บริหาร เจ้าหน้าที่ และประชาชนที่สนใจ"
    " และเป็นแนวทางพัฒนาการดำเนินงานให้โปร่งใส ตรวจสอบได้ ในปีต่อไป"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What an agency wrote and chose for a round's documents, and who signed what.

    Attributes:
        chain: the steps that a memo prints: those of its sign-off, else the agency's chain.
        signatures: what was said of the very version that the memo goes with.
        code: that version's code; "" where no report goes with the memo.
    """

    choices: DocumentChoices = field(default_factory=DocumentChoices)
    fields: MemoFields = field(default_factory=MemoFields)
    chain: tuple[ChainStep, ...] = ()
    signatures: tuple[Signature, ...] = ()
    code: str = ""


NOTHING_WRITTEN = Papers()


def default_body(facts: Mapping[str, str]) -> str:
    """The paragraphs of a memo for which nobody wrote others, with their places; scores only where they are known."""
    scored = [_SCORED + (_LEVEL if facts["level"] else "") + (_WEAK if facts["weak"] else "")] if facts["score"] else []
    result = _RESULT + (_STATUSES if facts["statuses"] else "") + (_ATTACHED if facts["code"] else "")
    return "\n\n".join((_BEGINS, *scored, result))


def default_addressee(agency: Agency, chain: Sequence[ChainStep]) -> str:
    """Who a memo goes to: the post at the end of the chain, else the head of such an agency; "" when unknown."""
    if len(chain) > 1:
        last = chain[-1]
        return last.acting_for if last.acting and last.acting_for else last.position
    name = agency.name
    if name.startswith("เทศบาล"):
        return f"นายกเทศมนตรี{name.removeprefix('เทศบาล')}"
    return f"นายก{name}" if name.startswith("องค์การบริหารส่วน") else ""


def default_fields(agency: Agency, facts: Mapping[str, str], chain: Sequence[ChainStep]) -> dict[str, str]:
    """What stands in a memo's fields where the agency wrote nothing, with places still to fill."""
    return {
        "department": agency.name,
        "subject": SUBJECT,
        "addressee": default_addressee(agency, chain),
        "body": default_body(facts),
        "closing": CLOSING,
    }


def build_memo(agency: Agency, papers: Papers, facts: Mapping[str, str], words: Words) -> Memo:
    """The memo, in the report's digits."""
    own, chain = papers.fields, papers.chain or (_REPORTER,)
    given = default_fields(agency, facts, papers.chain)
    for name in given:
        given[name] = getattr(own, name) or given[name]

    def shown(name: str) -> str:
        return words(filled(given[name], facts))

    code = agency.doc_code or ""
    signed = {signature.place: signature for signature in papers.signatures}
    return Memo(
        department=shown("department"),
        number=words(f"{code}/{own.number or ''}" if code or own.number else ""),
        number_open=not own.number,
        dated=words(thai_date(own.dated)) if own.dated else "",
        subject=shown("subject"),
        addressee=shown("addressee"),
        paragraphs=paragraphs(shown("body")),
        closing=shown("closing"),
        blocks=tuple(_block(step, signed.get(place), words) for place, step in enumerate(chain)),
        note=words(f"{OPINION_NOTE} · ให้ไว้ต่อรายงานรหัสฉบับ {papers.code}") if signed else "",
        emblem=papers.choices.emblem,
    )


def _block(step: ChainStep, signature: Signature | None, words: Words) -> SignBlock:
    label, asks = words(step.label), step.asks_opinion
    if signature is None:
        positions = tuple(map(words, step.positions()))
        return SignBlock(label=label, asks_opinion=asks, name=words(step.name), positions=positions)
    return SignBlock(
        label=label,
        asks_opinion=asks,
        opinion=words(signature.opinion),
        signed=True,
        name=words(signature.name),
        positions=tuple(map(words, signature.positions)),
        dated=words(thai_date(bangkok_day(signature.signed_at))),
    )


def build_preface(agency: Agency, papers: Papers, facts: Mapping[str, str], on: date, words: Words) -> Preface:
    """The preface; its month is that of the version."""
    month = thai_date(on).split(" ", 1)[1]
    text = words(filled(papers.choices.preface or PREFACE, facts))
    return Preface(paragraphs=paragraphs(text), signer=words(agency.name), dated=words(month))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: each begins after a line end; blank lines only part them."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())
