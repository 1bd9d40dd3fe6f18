"""Other people's systems behind `ask`, built as their own documentation builds them, over the same models."""
