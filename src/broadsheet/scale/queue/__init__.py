"""Many pollers on PostgreSQL: workers that take jobs of procrastinate from the store's own database.

`work` runs one worker, `read_standing` tells what all of them do. The queue holds nothing that the store does not
know: it can be thrown away at any time. Nothing is re-exported here, so that looking waits for no part of working.
"""
