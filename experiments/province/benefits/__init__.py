"""Insured persons, what they claim, what is paid, what reviews find: the registers of benefits, a block at a time."""
