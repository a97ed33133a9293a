"""Jobs in, a service and a timer for systemd 252 and later out.

The timer only rings every ten minutes: systemd skips a 02:30 that the spring night does not have, the ledger does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from string import Template

from briefing.engines.job import FOR_GOOD, LONGEST_SECONDS, STOP_SECONDS, Order
from briefing.errors import UsageError

_SAFE = re.compile(r"[^'\"\\]+")
# Restart: a oneshot service may restart on failure only, and not by RestartForceExitStatus (252 refuses that), so the
# codes that are for good are taken out. MemoryDenyWriteExecute is left out: compiled models need such memory.
SERVICE = Template("""\
# Written by `briefing schedule export systemd`.
$install
[Unit]
Description=$description
Documentation=man:systemd.timer(5)
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=oneshot
User=$user
WorkingDirectory=$folder
ExecStart=$command
${secrets}\
# 75: may work later. Killed or hung: goes on from what is stored.
Restart=on-failure
RestartSec=60
RestartPreventExitStatus=$for_good
TimeoutStartSec=$longest
# The run is asked to end well; what it had started is killed with it.
KillMode=mixed
TimeoutStopSec=$stop

UMask=0027
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=read-only
${writes}\
PrivateTmp=$own_tmp
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
""")
TIMER = Template("""\
# Written by `briefing schedule export systemd`. Every ten minutes it is looked up in the ledger what is due.
[Unit]
Description=$description, every ten minutes

[Timer]
OnCalendar=*:0/10
AccuracySec=30s
Persistent=true

[Install]
WantedBy=timers.target
""")


def files(order: Order) -> dict[str, str]:
    """A service and a timer for all that is due, or for each profile."""
    made: dict[str, str] = {}
    for name, arguments in order.calls:
        description = _raw(f"Nightly briefs ({' '.join(arguments[1:-1])})")
        made[f"{name}.service"] = SERVICE.substitute(
            install=_install(order, name),
            description=description,
            user=_raw(order.place.user),
            folder=_path(order.place.folder),
            command=_command([*order.place.command, *arguments, str(order.place.config)]),
            secrets=_secrets(order, f"{name}.service"),
            for_good=" ".join(str(code) for code in FOR_GOOD),
            longest=LONGEST_SECONDS,
            stop=STOP_SECONDS,
            own_tmp="no\nReadWritePaths=/tmp /var/tmp" if _in_tmp(order) else "yes",
            writes="".join(f"ReadWritePaths={_quoted(str(p))}\n" for p in order.writes),
        )
        made[f"{name}.timer"] = TIMER.substitute(description=description)
    return made


def _install(order: Order, name: str) -> str:
    lines = [
        "# Into /etc/systemd/system/ with the timer, then:",
        f"#   systemctl daemon-reload && systemctl enable --now {name}.timer",
        "# These folders have to be there, and the user has to be allowed to write in them:",
        *(f"#   {_quoted(str(path))}" for path in order.writes),
    ]
    return "\n".join(lines)


def _secrets(order: Order, unit: str) -> str:
    lines = []
    if order.variables:
        lines += [
            f"# Has to set {', '.join(order.variables)}: NAME=VALUE a line; owned by root, mode 0600.",
            f"EnvironmentFile={_path(order.place.secrets)}",
        ]
    handed = Path("/run/credentials") / unit
    for secret in order.secrets:
        if secret.file is not None and secret.file.parent == handed:
            source = order.place.secrets.parent / secret.file.name
            lines.append(f"LoadCredential={_path(Path(f'{secret.file.name}:{source}'))}")
    return "".join(f"{line}\n" for line in lines)


def _command(words: Sequence[str]) -> str:
    """The first word is a path, in which a dollar stands for itself; in the others it is doubled."""
    first, *others = words
    if not _SAFE.fullmatch(first):
        raise UsageError(
            first, "has a quotation mark or a backslash", hint="systemd starts no such program: link to it"
        )
    return " ".join([_quoted(first), *(_quoted(word.replace("$", "$$")) for word in others)])


def _in_tmp(order: Order) -> bool:
    """Whether a temporary folder of the service's own would hide what it reads or writes."""
    paths = (order.place.config, Path(order.place.command[0]), *order.writes, *order.reads)
    return any(path.is_relative_to(tmp) for path in paths for tmp in ("/tmp", "/var/tmp"))  # noqa: S108


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _raw(text: str) -> str:
    """A value that systemd takes whole, without quotation marks."""
    return text.replace("%", "%%")


def _path(path: Path) -> str:
    """A path that systemd takes whole: a blank or a backslash at its end would be lost or join the next line."""
    text = str(path)
    if text != text.strip() or text.endswith("\\"):
        raise UsageError(repr(text), "ends in a blank or a backslash, which systemd drops", hint="use another path")
    return _raw(text)
