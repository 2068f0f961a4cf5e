"""Archives: posts of web archives, post files and feed dumps as tables of Parquet, made on a data-frame engine.

Nothing is re-exported: who looks at a table must not wait for an engine to be imported.
"""
