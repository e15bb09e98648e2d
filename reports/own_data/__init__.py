"""The answer to a request about one's own data, and the certificate of a deletion (H12, K3)."""
