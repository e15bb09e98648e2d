"""Which evaluation schools the judge learns from, and which are only ever measured on."""

TAUGHT = (
    "tynebridge",
    "hollin-bank",
    "kingsmere",
    "severnside",
    "st-petroc",
    "fenlode",
    "brixton-rise",
    "byker-rise",
    "calder-royd",
    "clyde-view",
    "cotterdale",
    "garston-dock",
    "gran-and-co",
    "harrowgate-lane",
    "kelso-park",
    "langley-fields",
    "marlowe-court",
    "mill-bridge",
    "orchard-bank",
    "plaistow-green",
    "priory-gardens",
    "sluice-fen",
    "soho-heath",
    "tamar-cross",
    "wharfe-meadow",
)
"""Learnt from, and used for choosing the bars: their figures prove nothing."""

HELD_BACK = ("ashcombe", "merseyview")
"""Never learnt from and never tuned on. Only these go out with the program, for `schoolgate bench checks`."""
