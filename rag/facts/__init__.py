"""What entries state: figures, statuses and plans, how they change, and when they happened."""
