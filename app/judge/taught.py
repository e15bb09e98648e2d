"""The evaluation schools that the judge learns from. The others are only ever measured on."""

TAUGHT = ("tynebridge", "hollin-bank", "kingsmere", "severnside", "st-petroc", "fenlode")
