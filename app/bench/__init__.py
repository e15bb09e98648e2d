"""Measurements that anyone can run: how well the checks see, and how fast the program works, beside named peers."""
