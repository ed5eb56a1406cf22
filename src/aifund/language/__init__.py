"""Reading sentences: what they mention and where."""
