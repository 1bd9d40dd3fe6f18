"""Simulated coverage: seeded events whose facts evolve, told as live pages, with gold answers at every as-of."""

from eval.simulate.asked import Asked
from eval.simulate.coverage import SimPage, Simulated, simulate

__all__ = ["Asked", "SimPage", "Simulated", "simulate"]
