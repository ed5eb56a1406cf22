"""Trains the weights of the learned roles from an annotated corpus: `python -m aifund.training CORPUS`."""
