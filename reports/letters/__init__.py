"""Letters that carry linking codes: templates in ten languages, PDF, and the list for a mail merge (P3, H2)."""
