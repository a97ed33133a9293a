"""Profiles in, the unit or job files of other schedulers out: one file an engine, one line of the table each."""
