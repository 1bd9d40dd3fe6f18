"""Measured ratios of the encoder and the store: `python -m eval.bench`."""
