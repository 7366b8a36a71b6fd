"""The catalogue that the features of employers are declared in."""

from features.feature import Catalogue

EMPLOYER_FEATURES = Catalogue("employer")
feature = EMPLOYER_FEATURES.declare
