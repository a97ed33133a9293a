"""Profiles, a ledger and the time in; the slots that are due out. Knows nothing of how a slot is run."""
