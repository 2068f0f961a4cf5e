"""The databases a store can live in, and the SQL that both are asked with."""
