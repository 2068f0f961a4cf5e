"""Texts as they are compared: in one form, cut into words, sentences and terms, with their names and numbers."""
