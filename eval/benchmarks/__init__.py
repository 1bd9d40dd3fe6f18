"""Public sets by their published protocols, and what each measures that live coverage needs."""
