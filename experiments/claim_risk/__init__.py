"""How well duplicate and fraudulent claims are told, on simulated provinces with a truth."""
