"""Names of all background jobs and their queues; a job's file in workers/jobs/ has its name."""

from __future__ import annotations

CHAT_TURN = "chat_turn"
DELIVER = "deliver"
FETCH_MEDIA = "fetch_media"
COMPILE_REPORT = "compile_report"
NOTE_QUOTA = "note_quota"
LINK_MENUS = "link_menus"
POST_WEBHOOK = "post_webhook"
LOOK_AT_LINKS = "look_at_links"
DRAW_PAGES = "draw_pages"

QUEUES = {
    CHAT_TURN: "chat",
    DELIVER: "deliver",
    FETCH_MEDIA: "media",
    COMPILE_REPORT: "reports",
    NOTE_QUOTA: "quota",
    LINK_MENUS: "menus",
    POST_WEBHOOK: "webhooks",
    LOOK_AT_LINKS: "links",
    DRAW_PAGES: "pages",
}
"""Chat turns never wait behind deliveries, nor deliveries behind media or compiles."""
