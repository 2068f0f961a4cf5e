-- name: bars
SELECT security, day, open, high, low, close, previous_close, volume, adjusted, source
FROM bar WHERE security = :security AND day BETWEEN :since AND :until
ORDER BY day, adjusted, source;

-- name: keep_bar
INSERT INTO bar (security, day, open, high, low, close, previous_close, volume, adjusted, source)
VALUES (:security, :day, :open, :high, :low, :close, :previous_close, :volume, :adjusted, :source)
ON CONFLICT (security, day, adjusted, source) DO UPDATE SET open = excluded.open, high = excluded.high,
    low = excluded.low, close = excluded.close, previous_close = excluded.previous_close, volume = excluded.volume;

-- name: priced
SELECT security, digest FROM priced ORDER BY security;

-- name: span_of_prices
-- The ends of each security are found in the index, and not every bar is read.
SELECT count(*), min(first), max(last) FROM (
    SELECT (SELECT min(day) FROM bar WHERE bar.security = priced.security) AS first,
        (SELECT max(day) FROM bar WHERE bar.security = priced.security) AS last
    FROM priced
) AS spans;

-- name: digest_of_prices
SELECT digest FROM priced WHERE security = :security;

-- name: keep_priced
INSERT INTO priced (security, digest) VALUES (:security, :digest)
ON CONFLICT (security) DO UPDATE SET digest = excluded.digest;
