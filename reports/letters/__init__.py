"""Letters to families in ten languages, as PDF: those with linking codes, and decisions in cases (P3, M2, H2)."""
