"""A document's code comes from what it says: the same words are the same version, any other word another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.kinds import Kind
from bot.reporting.model import WordTemplate
from bot.reporting.styles import DEFAULTS, NAMED
from bot.reporting.versions import inputs_hash, short_code, with_code
from tests.reporting.sample_year import NOW, full_year, one_measure

pytestmark = pytest.mark.pure


def report(year=None, **how):
    return build_report(year or full_year(), RoundNo.TWELVE, **{"compiled_at": NOW, **how})


def test_the_time_and_the_findings_make_no_other_version():
    later = report(compiled_at=NOW + timedelta(days=40))
    assert later.cover.as_of != report().cover.as_of
    assert inputs_hash(later) == inputs_hash(replace(report(), findings=())) == inputs_hash(report())


def test_a_word_a_style_a_kind_or_a_draft_makes_another():
    others = [
        report(one_measure(summary="ทำแล้ว ๑ ครั้ง")),
        report(one_measure(summary="ทำแล้ว ๒ ครั้ง")),
        report(draft=True),
        report(kind=Kind.PLAN),
        report(thai_digits=False),
        report(styles={**DEFAULTS, Kind.PROGRESS: NAMED["A3"]}),
        report(),
    ]
    assert len({inputs_hash(each) for each in others}) == len(others)


def test_the_code_is_short_and_on_the_cover_and_not_part_of_itself():
    digest = inputs_hash(report())
    assert re.fullmatch("[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}", short_code(digest))
    coded = with_code(report(), digest)
    assert coded.cover.lines()[-1] == f"รหัสฉบับ {short_code(digest)}"
    assert inputs_hash(coded) == digest


SITE = "https://kaona.example.go.th"


def test_the_link_on_the_cover_leads_to_the_code_and_is_part_of_what_the_document_says():
    with_site = report(site=SITE)
    digest = inputs_hash(with_site)
    coded = with_code(with_site, digest)
    assert coded.cover.link == f"{SITE}/v/{short_code(digest).replace('-', '')}"
    assert coded.cover.lines()[-1] == coded.cover.link
    assert inputs_hash(coded) == digest
    assert len({digest, inputs_hash(report()), inputs_hash(report(site="https://other.example.go.th"))}) == 3


def test_without_a_public_address_there_is_a_code_and_no_link():
    assert with_code(report(), inputs_hash(report())).cover.link == ""


def test_a_set_holds_the_parts_that_were_chosen():
    whole, some = report(kind=Kind.SET), report(kind=Kind.SET, parts=(Kind.OUTCOME, Kind.PLAN))
    assert [len(whole.tables), bool(whole.annex)] == [2, True]
    assert [table.sheet for table in some.tables] == ["แผนมาตรการ", "ผลผลิตและผลลัพธ์"]
    assert (some.annex, some.annex_title) == ((), "")
    assert inputs_hash(whole) != inputs_hash(some)


def test_a_version_is_another_when_what_draws_it_or_the_agencys_template_is_another():
    plain = build_report(full_year(), RoundNo.TWELVE, compiled_at=NOW)
    drawn = replace(plain, drawn_by="renderer 1")
    template = replace(drawn, word_template=WordTemplate(key="templates/a/1.docx", sha256="1"))
    other = replace(drawn, word_template=WordTemplate(key="templates/a/2.docx", sha256="2"))
    hashes = [inputs_hash(each) for each in (plain, drawn, replace(plain, drawn_by="renderer 2"), template, other)]
    assert len(set(hashes)) == len(hashes)


def test_what_no_table_shows_changes_a_version_only_by_a_template_that_could_show_it():
    plain = build_report(full_year(), RoundNo.TWELVE, compiled_at=NOW)
    hidden = replace(plain, measures=())
    assert inputs_hash(plain) == inputs_hash(hidden)
    template = WordTemplate(key="k", sha256="1")
    assert inputs_hash(replace(plain, word_template=template)) != inputs_hash(replace(hidden, word_template=template))
