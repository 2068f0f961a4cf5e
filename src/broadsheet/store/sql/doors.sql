-- name: open_session
INSERT INTO session (digest, csrf, opened_at, used_at, expires_at, agent)
VALUES (:digest, :csrf, :opened_at, :used_at, :expires_at, :agent);

-- name: find_session
SELECT digest, csrf, opened_at, used_at, expires_at, agent FROM session WHERE digest = :digest AND expires_at > :now;

-- name: touch_session
UPDATE session SET used_at = :now, expires_at = :expires_at WHERE digest = :digest;

-- name: close_session
DELETE FROM session WHERE digest = :digest;

-- name: close_sessions
DELETE FROM session;

-- name: drop_old_sessions
DELETE FROM session WHERE expires_at <= :now;

-- name: all_sessions
SELECT digest, csrf, opened_at, used_at, expires_at, agent FROM session ORDER BY opened_at;

-- name: add_token
INSERT INTO token (id, name, scope, digest, created_at, expires_at)
VALUES (:id, :name, :scope, :digest, :created_at, :expires_at);

-- name: all_tokens
SELECT id, name, scope, digest, created_at, used_at, expires_at FROM token ORDER BY created_at, id;

-- name: find_token
SELECT id, name, scope, digest, created_at, used_at, expires_at FROM token
WHERE digest = :digest AND (expires_at IS NULL OR expires_at > :now);

-- name: token_used
UPDATE token SET used_at = :now WHERE id = :id;

-- name: drop_token
DELETE FROM token WHERE id = :id;
