-- +goose Up
-- What came up in conversations: promises, questions, pains.
CREATE TABLE points (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  key          TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  kind         TEXT NOT NULL,
  side         TEXT NOT NULL,
  state        TEXT NOT NULL,
  says         TEXT NOT NULL,
  due_at       BIGINT NOT NULL DEFAULT 0,
  source       TEXT NOT NULL DEFAULT '',
  source_id    BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL DEFAULT 0,
  ended_by     BIGINT NOT NULL DEFAULT 0,
  answer       TEXT NOT NULL DEFAULT '',
  answer_id    BIGINT NOT NULL DEFAULT 0,
  task_id      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX points_key ON points (workspace_id, key);
CREATE INDEX points_person ON points (workspace_id, person_id, id);

-- The playbook, its versions, and where its cards were used.
CREATE TABLE cards (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  key          TEXT NOT NULL,
  kind         TEXT NOT NULL,
  stage        TEXT NOT NULL DEFAULT '',
  title        TEXT NOT NULL,
  body         TEXT NOT NULL DEFAULT '',
  proof        TEXT NOT NULL DEFAULT '',
  tags         TEXT NOT NULL DEFAULT '',
  version      INTEGER NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  archived_at  BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX cards_key ON cards (workspace_id, key);

CREATE TABLE card_versions (
  workspace_id BIGINT NOT NULL,
  card_id      BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  stage        TEXT NOT NULL DEFAULT '',
  title        TEXT NOT NULL,
  body         TEXT NOT NULL DEFAULT '',
  proof        TEXT NOT NULL DEFAULT '',
  tags         TEXT NOT NULL DEFAULT '',
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, card_id, version)
) {{CLUSTERED}};

CREATE TABLE card_uses (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  card_id      BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  via          TEXT NOT NULL,
  via_id       BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX card_uses_once ON card_uses (workspace_id, card_id, via, via_id);
CREATE INDEX card_uses_person ON card_uses (workspace_id, person_id);

CREATE TABLE connections (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  pain_id      BIGINT NOT NULL DEFAULT 0,
  card_id      BIGINT NOT NULL DEFAULT 0,
  user_id      BIGINT NOT NULL DEFAULT 0,
  sentence     TEXT NOT NULL,
  source       TEXT NOT NULL DEFAULT '',
  source_id    BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  dropped_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX connections_person ON connections (workspace_id, person_id, id);

-- Phone systems that may log calls. The token is kept as its hash, the secret of
-- signatures sealed.
CREATE TABLE phone_hooks (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  user_id      BIGINT NOT NULL,
  token_hash   {{BLOB}} NOT NULL,
  secret       {{BLOB}} NOT NULL,
  created_at   BIGINT NOT NULL,
  used_at      BIGINT NOT NULL DEFAULT 0,
  revoked_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX phone_hooks_token ON phone_hooks (workspace_id, token_hash);

-- What a phone system says of a call, and what number was dialled.
ALTER TABLE calls ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN incoming INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN seconds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN recording TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN override TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX calls_external ON calls (workspace_id, external_id) WHERE external_id <> '';
CREATE INDEX people_called ON people (workspace_id, phone) WHERE phone <> '';

-- +goose Down
SELECT 1;
