"""Facts in a text, each with its exact words: companies, moves, claims, responses, origins, dates."""
