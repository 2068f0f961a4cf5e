-- name: bars
SELECT security, day, open, high, low, close, previous_close, volume, adjusted, source
FROM bar WHERE security = :security AND day BETWEEN :since AND :until
ORDER BY day, adjusted, source;

-- name: keep_bar
INSERT OR REPLACE INTO bar (security, day, open, high, low, close, previous_close, volume, adjusted, source)
VALUES (:security, :day, :open, :high, :low, :close, :previous_close, :volume, :adjusted, :source);

-- name: priced
SELECT security, digest FROM priced ORDER BY security;

-- name: digest_of_prices
SELECT digest FROM priced WHERE security = :security;

-- name: keep_priced
INSERT OR REPLACE INTO priced (security, digest) VALUES (:security, :digest);
