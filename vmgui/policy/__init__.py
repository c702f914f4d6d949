"""Decisions as pure functions: defaults for a new machine, headroom, validation."""
