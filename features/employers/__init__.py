"""The features of employers, each declared once; importing this package fills the catalogue."""

from features.employers import complaints, contributions, decisions, employer, inspections, pay, peers, people, ties  # noqa: F401  (order is the catalogue's)
from features.employers.catalogue import EMPLOYER_FEATURES

__all__ = ["EMPLOYER_FEATURES"]
