-- +goose Up
-- The language model that a workspace may ask, and what it was asked.
CREATE TABLE model_endpoints (
  workspace_id BIGINT NOT NULL,
  url          TEXT NOT NULL DEFAULT '',
  model        TEXT NOT NULL DEFAULT '',
  key_sealed   {{BLOB}},
  unclear      INTEGER NOT NULL DEFAULT 1,
  on_since     BIGINT NOT NULL DEFAULT 0,
  problem      TEXT NOT NULL DEFAULT '',
  wait_until   BIGINT NOT NULL DEFAULT 0,
  changed_at   BIGINT NOT NULL DEFAULT 0,
  changed_by   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id)
) {{CLUSTERED}};

CREATE TABLE model_asks (
  workspace_id BIGINT NOT NULL,
  message_id   BIGINT NOT NULL,
  person_id    BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  state        TEXT NOT NULL,
  tries        INTEGER NOT NULL DEFAULT 1,
  free_at      BIGINT NOT NULL DEFAULT 0,
  host         TEXT NOT NULL DEFAULT '',
  model        TEXT NOT NULL DEFAULT '',
  sent         TEXT NOT NULL DEFAULT '',
  requests     INTEGER NOT NULL DEFAULT 0,
  bytes_out    BIGINT NOT NULL DEFAULT 0,
  bytes_in     BIGINT NOT NULL DEFAULT 0,
  took_us      BIGINT NOT NULL DEFAULT 0,
  answer       TEXT NOT NULL DEFAULT '',
  intent       TEXT NOT NULL DEFAULT '',
  quote        TEXT NOT NULL DEFAULT '',
  why          TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, message_id)
) {{CLUSTERED}};
CREATE INDEX model_asks_at ON model_asks (workspace_id, at);

-- Replies that no rule could read.
CREATE INDEX messages_unclear ON messages (workspace_id, seen_at) WHERE kind = 'reply' AND intent = 'unclear';

-- +goose Down
SELECT 1;
