"""What a question asks: its aim, its parts, the conversation it leans on, and its words about time."""
