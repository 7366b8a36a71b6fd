"""How well payout fraud is told on data that others made: the handbook's payments and vehicle claims."""
