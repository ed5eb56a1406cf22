"""What leaves the program: events.json and its tables, their comparison and their explanation."""
