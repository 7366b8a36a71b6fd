"""The canonical registers, each declared once; everything else about them is generated from here."""

from features.registers.declaration import Column, Register, Text, Type
from features.registers.employers import EMPLOYER_TIES, EMPLOYERS
from features.registers.oversight import COMPLAINTS, INSPECTIONS
from features.registers.pay import CONTRIBUTIONS, PAYROLL
from features.registers.payouts import CLAIM_DECISIONS, CLAIMS, PAYOUTS, PERSONS

REGISTERS: dict[str, Register] = {
    register.name: register
    for register in (
        EMPLOYERS,
        EMPLOYER_TIES,
        PAYROLL,
        CONTRIBUTIONS,
        COMPLAINTS,
        INSPECTIONS,
        PERSONS,
        CLAIMS,
        PAYOUTS,
        CLAIM_DECISIONS,
    )
}

__all__ = ["REGISTERS", "Column", "Register", "Text", "Type"]
