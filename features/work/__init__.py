"""What payroll and contributions say of the person of a claim, before it and while it is paid, as of a day."""
