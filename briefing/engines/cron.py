"""Jobs in, lines for a crontab out."""

from __future__ import annotations

import shlex

from briefing.engines.job import Order
from briefing.errors import UsageError

LONGEST = 998  # characters of a command that Debian's cron takes

HEAD = """\
# Written by `briefing schedule export cron`. To put it in place of your crontab: crontab FILE
# Every ten minutes it is looked up in the ledger what is due; the store's lock keeps two runs of a profile apart, and
# what ended with exit code 75 is tried again at a later call. What the command prints, errors above all, cron mails:
# MAILTO=you@example.org
SHELL=/bin/sh
PATH=/usr/local/bin:/usr/bin:/bin
"""


def files(order: Order) -> dict[str, str]:
    """One crontab: a line for all that is due, or for each profile."""
    lines = [f"*/10 * * * * {_command(order, arguments)}\n" for _, arguments in order.calls]
    return {"briefing.crontab": HEAD + _secrets(order) + "".join(lines)}


def _secrets(order: Order) -> str:
    if not order.variables:
        return ""
    return f"# {order.place.secrets} has to set {', '.join(order.variables)}: NAME='VALUE' a line, mode 0600.\n"


def _command(order: Order, arguments: tuple[str, ...]) -> str:
    place = order.place
    parts = [["cd", str(place.folder)], [*place.command, *arguments, str(place.config)]]
    if order.variables:
        parts = [["set", "-a"], [".", str(place.secrets)], ["set", "+a"], *parts]
    return _escaped(" && ".join(shlex.join(part) for part in parts))


def _escaped(command: str) -> str:
    """A per cent sign would end the command. What a backslash means differs from cron to cron."""
    if "\\" in command:
        raise UsageError(command, "has a backslash, which crons read in different ways", hint="use another path")
    escaped = command.replace("%", "\\%")
    if len(escaped) > LONGEST:
        raise UsageError(command, f"is longer than the {LONGEST} characters that cron takes", hint="use shorter paths")
    return escaped
