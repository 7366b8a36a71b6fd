"""What the registers say of one employer or one claim, as known on a day."""
