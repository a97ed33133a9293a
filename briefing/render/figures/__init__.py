"""Records in, SVG out: one small function a figure, drawn the same on every run. Each starts with its title."""
