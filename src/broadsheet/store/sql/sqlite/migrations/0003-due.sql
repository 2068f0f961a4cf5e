-- Choosing due feeds passes over those that are lent: from the index alone, not row by row.
DROP INDEX feed_due;
CREATE INDEX feed_due ON feed (due, leased_until) WHERE standing = 'active';
