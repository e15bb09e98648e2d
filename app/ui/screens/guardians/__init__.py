"""Adults: one record each across all their children."""
