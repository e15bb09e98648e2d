"""Class lists: issued, printed, acknowledged."""
