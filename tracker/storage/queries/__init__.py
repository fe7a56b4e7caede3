"""Reading, in plain indexed SQL: each function takes a connection and gives frozen facts."""
