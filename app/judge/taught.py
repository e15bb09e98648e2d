"""Which evaluation schools the judge learns from, and which are only ever measured on."""

TAUGHT = ("tynebridge", "hollin-bank", "kingsmere", "severnside", "st-petroc", "fenlode")
"""Learnt from, and used for choosing the bars: their figures prove nothing."""

HELD_BACK = ("ashcombe", "merseyview")
"""Never learnt from and never tuned on. Only these go out with the program, for `schoolgate bench checks`."""
