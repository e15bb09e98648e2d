"""Training the judge from the labelled schools: `python -m app.judge.training` writes resources/judge/judge.npz.

Developers only: besides numpy it needs scipy, and the package that carries the sentence encoder.
"""
