"""Dead and moody servers: mail that refuses, is silent or hangs up, webhooks that fail.

``python -m tests.faults.servers [SCENARIO …]``
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

from tests.faults import check, scenario
from tests.faults.world import PROFILE, World

Wrong = Iterator[str]


def mail_refused(place: World, wanted: check.Reference) -> Wrong:
    """No mail server listens: try again; then the mail goes out."""
    place.servers["desk"].stop()
    try:
        yield from scenario.broken(place, says=r"desk@vellin\.example.*refused")
        yield from scenario.broken(place, says=r"desk@vellin\.example.*refused")
    finally:
        place.again("desk")
    yield from scenario.mended(place, wanted)


def mail_silent(place: World, wanted: check.Reference) -> Wrong:
    """A mail server takes the call and never says a word: a time-out, and try again."""
    port = place.servers["desk"].port
    place.servers["desk"].stop()
    place.write_config(**{"seconds: 5.0": "seconds: 1.0"})
    try:
        with socket.create_server(("127.0.0.1", port)):
            yield from scenario.broken(place, says=r"desk@vellin\.example.*(time|answer)")
    finally:
        place.again("desk")
        place.write_config()
    yield from scenario.mended(place, wanted)


def mail_deferred(place: World, wanted: check.Reference) -> Wrong:
    """The mail server says 451: try again."""
    place.mood("desk", "defer")
    yield from scenario.broken(place, says=r"desk@vellin\.example.*451")
    place.mood("desk", "accept")
    yield from scenario.mended(place, wanted)


def mail_cut_early(place: World, wanted: check.Reference) -> Wrong:
    """The line breaks in the middle of the mail: try again."""
    place.mood("desk", "drop_early")
    yield from scenario.broken(place, says=r"desk@vellin\.example")
    place.mood("desk", "accept")
    yield from scenario.mended(place, wanted)


def mail_cut_late(place: World, wanted: check.Reference) -> Wrong:
    """The mail was kept, and the line broke before its answer: the archive says so, and it is not sent again."""
    place.mood("desk", "drop_late")
    yield from _any_code(place)
    place.mood("desk", "accept")
    yield from scenario.mended(place, wanted)


def mail_lost_late(place: World, wanted: check.Reference) -> Wrong:
    """The mail was lost, and the line broke before its answer: the archive does not have it, so it is sent again."""
    place.mood("desk", "lose_late")
    yield from _any_code(place)
    place.mood("desk", "accept")
    yield from scenario.mended(place, wanted)


def held_cut_late(place: World, wanted: check.Reference) -> Wrong:
    """No archive, in_doubt: hold, and no answer: never sent again, said to be in doubt, and a notice goes out."""
    place.mood("hold", "drop_late")
    yield from scenario.broken(place, code=1, says="may or may not have arrived")
    place.mood("hold", "accept")
    yield from scenario.broken(place, code=0)
    yield from _doubt(place)


def _doubt(place: World) -> Wrong:
    with check.opened(place) as store:
        states = {p.key: p.state for p in store.parcels(PROFILE) if p.kind == "brief" and p.slot.day == 13}
        notices = [p for p in store.parcels(PROFILE) if p.kind == "notice"]
    doubtful = [k for k, s in states.items() if s == "doubtful"]
    if len(doubtful) != 1 or "editor" not in doubtful[0]:
        yield f"in doubt: {doubtful}"
    if not notices or any(p.state != "sent" for p in notices if "editor" not in p.key):
        yield f"notices: {[(p.key, p.state) for p in notices]}"


def mail_refused_for_good(place: World, wanted: check.Reference) -> Wrong:
    """The mail server says 554: failed for good, and the others are told."""
    place.mood("desk", "refuse")
    yield from scenario.broken(place, code=1, says=r"desk@vellin\.example.*554")
    place.mood("desk", "accept")
    with check.opened(place) as store:
        notices = {p.key: p.state for p in store.parcels(PROFILE) if p.kind == "notice"}
    if not any("editor" in k and s == "sent" for k, s in notices.items()):
        yield f"the editor was not told: {notices}"


def no_such_box(place: World, wanted: check.Reference) -> Wrong:
    """RCPT is refused with 550: failed for good, and the others are told."""
    place.mood("desk", "no such box")
    yield from scenario.broken(place, code=1, says=r"desk@vellin\.example.*550")
    if place.mails("desk"):
        yield "a mail came all the same"


def hook_refused(place: World, wanted: check.Reference) -> Wrong:
    """No receiver listens: try again; then the webhook goes out."""
    place.servers["hook"].stop()
    try:
        yield from scenario.broken(place, says=r"webhook.*refused")
    finally:
        place.again("hook")
    yield from scenario.mended(place, wanted)


def hook_fails(place: World, wanted: check.Reference) -> Wrong:
    """The receiver says 503: try again under the same id."""
    place.mood("hook", "503")
    yield from scenario.broken(place, says="webhook.*503")
    place.mood("hook", "ok")
    yield from scenario.mended(place, wanted)


def hook_drops(place: World, wanted: check.Reference) -> Wrong:
    """The receiver takes it and hangs up: sent again under the same id."""
    place.mood("hook", "drop")
    yield from _any_code(place)
    place.mood("hook", "ok")
    yield from scenario.mended(place, wanted)


def hook_silent(place: World, wanted: check.Reference) -> Wrong:
    """The receiver never answers: a time-out, and sent again under the same id."""
    place.write_config(**{"seconds: 5.0": "seconds: 1.0"})
    place.mood("hook", "hang")
    yield from scenario.broken(place, says="webhook")
    place.mood("hook", "ok")
    place.write_config()
    yield from scenario.mended(place, wanted)


def all_dead(place: World, wanted: check.Reference) -> Wrong:
    """Every server is dead: the folder has its brief, the rest is tried again."""
    names = ("desk", "hold", "hook")
    for name in names:
        place.servers[name].stop()
    try:
        yield from scenario.broken(place, says=r"desk@.*editor@.*webhook")
        if not any(f.endswith("brief.pdf") and "2025-03-13" in f for f in place.files()):
            yield "the folder does not have the brief"
    finally:
        for name in names:
            place.again(name)
    yield from scenario.mended(place, wanted)


def _any_code(place: World) -> Wrong:
    """Whether the answer can be had at once or later is the carrier's affair: no traceback, 0 or 75."""
    found = list(scenario.broken(place))
    yield from (f for f in found if not f.startswith("exit 0 "))


SCENARIOS: tuple[scenario.Scenario, ...] = (
    mail_refused,
    mail_silent,
    mail_deferred,
    mail_cut_early,
    mail_cut_late,
    mail_lost_late,
    held_cut_late,
    mail_refused_for_good,
    no_such_box,
    hook_refused,
    hook_fails,
    hook_drops,
    hook_silent,
    all_dead,
)

if __name__ == "__main__":
    scenario.main(SCENARIOS)
