"""Proof that a nightly run loses nothing and does nothing twice: kills, full disks, dead servers, wrong clocks."""
