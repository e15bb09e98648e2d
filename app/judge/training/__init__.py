"""Training the judge from the labelled schools: `python -m app.judge.training` writes both files of resources/judge.

Developers only: besides numpy it needs scipy, and the package that carries the encoder it begins with.
"""
