"""The look: tokens, type, spacing and icons, and putting them in force."""
