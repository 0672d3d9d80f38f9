-- +goose Up
-- What was learned about accounts, and from where.
CREATE TABLE researches (
  workspace_id BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  state        TEXT NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  asked_at     BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL DEFAULT 0,
  free_at      BIGINT NOT NULL DEFAULT 0,
  tries        INTEGER NOT NULL DEFAULT 0,
  says         TEXT NOT NULL DEFAULT '',
  pages        {{JSON}} NOT NULL,
  PRIMARY KEY (workspace_id, account_id)
) {{CLUSTERED}};
CREATE INDEX researches_asked ON researches (workspace_id, free_at) WHERE state = 'asked';

CREATE TABLE facts (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  value        TEXT NOT NULL,
  source       TEXT NOT NULL,
  url          TEXT NOT NULL DEFAULT '',
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX facts_account ON facts (workspace_id, account_id, id);

-- News feeds that a workspace reads.
CREATE TABLE feeds (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  url          TEXT NOT NULL,
  title        TEXT NOT NULL DEFAULT '',
  added_by     BIGINT NOT NULL DEFAULT 0,
  added_at     BIGINT NOT NULL,
  read_at      BIGINT NOT NULL DEFAULT 0,
  free_at      BIGINT NOT NULL DEFAULT 0,
  problem      TEXT NOT NULL DEFAULT '',
  found        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX feeds_due ON feeds (workspace_id, free_at);

-- What stands on top of a dossier.
CREATE TABLE briefs (
  workspace_id BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  made_at      BIGINT NOT NULL,
  up_to        BIGINT NOT NULL,
  model        TEXT NOT NULL DEFAULT '',
  refused      TEXT NOT NULL DEFAULT '',
  sentences    {{JSON}} NOT NULL,
  rests_on     {{JSON}} NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
) {{CLUSTERED}};

-- A language model may write briefs when its owner says so; what it was asked about one
-- stands in the log with a number of its own.
ALTER TABLE model_endpoints ADD COLUMN briefs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE model_asks ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- Those who became a handoff lately: their dossier is made ready.
CREATE INDEX tasks_answers ON tasks (workspace_id, created_at) WHERE kind = 'answer' AND state = 'open';

-- +goose Down
SELECT 1;
