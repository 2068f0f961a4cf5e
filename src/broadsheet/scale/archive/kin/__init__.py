"""Copies and stories of an archive: the same sketches, candidates, comparisons and joins as in a newspaper.

What a newspaper finds depends a little on how many posts are compared at one time, because a term that too many of
them have tells nothing. An archive has one order: it finds what a newspaper finds that all the posts arrived in by
the order of publication, before stories were made of them. Of equals the lesser id comes first.
"""
