"""The project's own annotated corpus: guideline, loader, checker, and the scripts that train what ships as weights."""
