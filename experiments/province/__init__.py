"""A simulated province: registers like an authority's, and the truth behind them. README.md says how it works."""

from experiments.province.knobs import Knobs
from experiments.province.simulation import Province, simulate
from experiments.province.write import simulate_to, write

__all__ = ["Knobs", "Province", "simulate", "simulate_to", "write"]
