"""A looked-after child: the record on screen, for those who may read it."""
