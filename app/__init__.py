"""Schoolgate: a primary school's home-school messaging, run by the school's own policy."""

__version__ = "0.1.0"
