"""A slot in; the names that its issue has outside the store: its folder, and what mails and webhooks are known by."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from briefing.ledger import ParcelKind, Slot


def folder_name(slot: Slot, zone: str) -> str:
    """``2026-03-13T0500``: the wall clock's time; ``b`` behind it where that time has come for the second time.

    Runs by hand have seconds, so that they never meet a planned one.
    """
    local = slot.at.astimezone(ZoneInfo(zone))
    name = local.strftime("%Y-%m-%dT%H%M%S" if slot.manual else "%Y-%m-%dT%H%M")
    return f"{name}b" if local.fold else name


def ident(slot: Slot, kind: ParcelKind) -> str:
    """``straits-20260313T040000Z-brief``: the same on every try."""
    return f"{slot.profile}-{slot.at.strftime('%Y%m%dT%H%M%SZ')}-{kind}"
