"""The features of employers, each declared once; importing this package fills the catalogue."""

from features.employers.catalogue import EMPLOYER_FEATURES
from features.employers import complaints, inspections, decisions, employer, pay, contributions, peers  # noqa: F401, I001  (order is the catalogue's)

__all__ = ["EMPLOYER_FEATURES"]
