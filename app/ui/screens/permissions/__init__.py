"""Permissions: how far they go, and entering forms."""
