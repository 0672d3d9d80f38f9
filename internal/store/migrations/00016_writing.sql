-- +goose Up
-- What a person wrote, beside the mailing that carries it: own words, whom it is for, what it carries, and until when.
CREATE TABLE letters (
  workspace_id BIGINT NOT NULL,
  mailing_id   BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  body         TEXT NOT NULL DEFAULT '',
  html         TEXT NOT NULL DEFAULT '',
  quote        TEXT NOT NULL DEFAULT '',
  to_addr      TEXT NOT NULL DEFAULT '',
  to_name      TEXT NOT NULL DEFAULT '',
  cc           TEXT NOT NULL DEFAULT '',
  files        TEXT NOT NULL DEFAULT '',
  later        TEXT NOT NULL DEFAULT '',
  unless_at    BIGINT NOT NULL DEFAULT 0,
  closed       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, mailing_id)
) {{CLUSTERED}};
CREATE INDEX letters_later ON letters (workspace_id, person_id) WHERE unless_at <> 0;
CREATE INDEX letters_files ON letters (workspace_id) WHERE files <> '';

ALTER TABLE drafts ADD COLUMN html TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN to_addr TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN cc TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN files TEXT NOT NULL DEFAULT '';
CREATE INDEX drafts_files ON drafts (workspace_id) WHERE files <> '';

-- A file of one mail is its writer's own until the mail went; those of the workspace are for all.
ALTER TABLE files ADD COLUMN private INTEGER NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
