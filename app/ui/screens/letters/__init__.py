"""The wording of letters, in every language."""
