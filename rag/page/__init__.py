"""What the page shows and does: answers and coverage as escaped HTML, the desk behind it, and its endpoints."""
