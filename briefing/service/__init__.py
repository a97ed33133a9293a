"""config.yaml in; every profile's due slots run, each in a process of its own, until the service is asked to stop."""

from __future__ import annotations

from briefing.service.loop import Service, serve

__all__ = ["Service", "serve"]
