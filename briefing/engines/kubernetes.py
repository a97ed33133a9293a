"""Jobs in, a manifest for Kubernetes 1.31 and later out: CronJobs, and a claim for the folder they share."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from briefing.engines.job import FOR_GOOD, LONGEST_SECONDS, STOP_SECONDS, TRY_AGAIN, Order
from briefing.errors import UsageError
from briefing.secret import Secret

DATA = PurePosixPath("/var/lib/briefing")
LONGEST_NAME = 52  # a CronJob's; eleven characters are for its jobs
USER = 10001
_KEY = re.compile(r"[A-Za-z0-9._-]{1,253}")


def files(order: Order) -> dict[str, str]:
    """One manifest: a CronJob for all that is due, or for each profile."""
    parts = [_claim(), *(_cronjob(order, name, arguments) for name, arguments in order.calls)]
    body = "---\n".join(yaml.safe_dump(part, sort_keys=False, allow_unicode=True, width=110) for part in parts)
    return {"briefing.yaml": _head(order) + body}


def _head(order: Order) -> str:
    lines = [
        "Written by `briefing schedule export kubernetes`. First:",
        "  kubectl create configmap briefing-config --from-file=config.yaml",
    ]
    if keys := _keys(order):
        lines.append("  kubectl create secret generic briefing-secrets, with these keys:")
        lines += [f"    {key}  ({secret})" for key, secret in zip(keys, order.secrets, strict=True)]
    lines.append(
        f"{order.place.image} has to have `briefing` on its path. Relative paths of config.yaml start at {DATA}."
    )
    folder = order.place.folder
    if outside := sorted({*order.reads, *(p for p in order.writes if not p.is_relative_to(folder))}):
        lines.append("config.yaml names folders outside of its own; give each a volume at the same path:")
        lines += [f"    {path}" for path in outside]
    if order.config.store.url.startswith("sqlite:"):
        lines.append("SQLite is for one node and a disk of its own; with several nodes, or NFS, take PostgreSQL.")
    lines.append("Every ten minutes it is looked up in the ledger what is due: the calendar is the ledger's.")
    return "".join(f"# {line}\n" for line in lines)


def _claim() -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "briefing-data", "labels": _labels()},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "5Gi"}}},
    }


def _cronjob(order: Order, name: str, arguments: tuple[str, ...]) -> dict[str, Any]:
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": _short(name), "labels": _labels()},
        "spec": {
            "schedule": "*/10 * * * *",
            "timeZone": "Etc/UTC",
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 300,
            "successfulJobsHistoryLimit": 1,
            "failedJobsHistoryLimit": 3,
            "jobTemplate": {"spec": _job(order, arguments)},
        },
    }


def _job(order: Order, arguments: tuple[str, ...]) -> dict[str, Any]:
    return {
        "backoffLimit": 3,  # what is still waiting then is tried at the next call
        "activeDeadlineSeconds": LONGEST_SECONDS,
        "podFailurePolicy": {
            "rules": [
                {"action": "Count", "onExitCodes": _codes([TRY_AGAIN])},
                {"action": "FailJob", "onExitCodes": _codes(FOR_GOOD)},
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
            ]
        },
        "template": {"metadata": {"labels": _labels()}, "spec": _pod(order, arguments)},
    }


def _codes(values: Any) -> dict[str, Any]:
    return {"containerName": "briefing", "operator": "In", "values": list(values)}


def _pod(order: Order, arguments: tuple[str, ...]) -> dict[str, Any]:
    return {
        "restartPolicy": "Never",  # the failure policy asks for it
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": STOP_SECONDS,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(order, arguments)],
        "volumes": _volumes(order),
    }


def _container(order: Order, arguments: tuple[str, ...]) -> dict[str, Any]:
    environment: list[dict[str, Any]] = [{"name": "HOME", "value": "/tmp"}]  # noqa: S108 - a volume of the pod's own
    for secret in order.secrets:
        if secret.env is not None:
            source = {"secretKeyRef": {"name": "briefing-secrets", "key": _key(secret)}}
            environment.append({"name": secret.env, "valueFrom": source})
    return {
        "name": "briefing",
        "image": order.place.image,
        "command": ["briefing", *arguments, f"{DATA}/config.yaml"],
        "workingDir": str(DATA),
        "env": environment,
        "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "3Gi"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": _mounts(order),
    }


def _mounts(order: Order) -> list[dict[str, Any]]:
    mounts: list[dict[str, Any]] = [
        {"name": "data", "mountPath": str(DATA)},
        {"name": "config", "mountPath": f"{DATA}/config.yaml", "subPath": "config.yaml", "readOnly": True},
        {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108
    ]
    for secret in order.secrets:
        if secret.file is not None:
            path = _inside(secret.file, order.place.folder)
            mounts.append({"name": "secrets", "mountPath": path, "subPath": _key(secret), "readOnly": True})
    return mounts


def _volumes(order: Order) -> list[dict[str, Any]]:
    volumes: list[dict[str, Any]] = [
        {"name": "data", "persistentVolumeClaim": {"claimName": "briefing-data"}},
        {"name": "config", "configMap": {"name": "briefing-config"}},
        {"name": "tmp", "emptyDir": {}},
    ]
    if any(secret.file is not None for secret in order.secrets):
        volumes.append({"name": "secrets", "secret": {"secretName": "briefing-secrets", "defaultMode": 0o440}})
    return volumes


def _inside(path: Path, folder: Path) -> str:
    """A path of this machine as the pod has it: what stands below the settings' folder stands below DATA."""
    return str(DATA / path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _keys(order: Order) -> list[str]:
    keys = [_key(secret) for secret in order.secrets]
    for n, key in enumerate(keys):
        if key in keys[:n]:
            raise UsageError(str(order.secrets[n]), f"two secrets would be {key}", hint="rename one of them")
    return keys


def _key(secret: Secret) -> str:
    """Name of a secret in briefing-secrets: that of its variable, or of its file."""
    key = secret.env if secret.env is not None else (secret.file or Path()).name
    if not _KEY.fullmatch(key):
        raise UsageError(str(secret), "is no key of a Kubernetes secret", allowed="letters, digits, dot, hyphen, _")
    return key


def _short(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _labels() -> dict[str, str]:
    return {"app.kubernetes.io/name": "briefing"}
