"""Beyond one machine: many pollers on PostgreSQL, and archives of millions of posts on a data-frame engine.

Each subject has one door of its own; nothing is re-exported here, so that neither waits for the parts of the other.
"""
