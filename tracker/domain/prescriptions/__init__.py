"""Prescriptions: when a drug runs out, and what its next fills cost by which way."""
