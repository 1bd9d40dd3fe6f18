"""Who phrases an answer: the bundled model, a server, and what both are given to read."""
