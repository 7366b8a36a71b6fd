"""Registers, the lake, the engine, and what a feature is. Knows no machine-learning framework."""
