"""Labels once known, splits in time, fit, calibration, honest evaluation, and the record of models."""
