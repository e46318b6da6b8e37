"""Dated statuses of settlements: points, never areas."""
