-- +goose Up
-- Deals, the parts that people have at an account and in a deal, and mails and
-- calls that were made although it was their move.
ALTER TABLE accounts ADD COLUMN website TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN custom {{JSON}} NOT NULL DEFAULT '{}';
ALTER TABLE accounts ADD COLUMN search TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN archived_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX accounts_search ON accounts (workspace_id, search, id);

CREATE TABLE deals (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  account_id   BIGINT NOT NULL DEFAULT 0,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  name         TEXT NOT NULL,
  stage        TEXT NOT NULL,
  meaning      TEXT NOT NULL,
  amount       BIGINT NOT NULL DEFAULT 0,
  currency     TEXT NOT NULL DEFAULT '',
  close_on     BIGINT NOT NULL DEFAULT 0,
  next_step    TEXT NOT NULL DEFAULT '',
  next_on      BIGINT NOT NULL DEFAULT 0,
  task_id      BIGINT NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',
  reason_text  TEXT NOT NULL DEFAULT '',
  custom       {{JSON}} NOT NULL,
  was          {{JSON}} NOT NULL,
  search       TEXT NOT NULL DEFAULT '',
  version      BIGINT NOT NULL DEFAULT 1,
  stage_at     BIGINT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  closed_at    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX deals_account ON deals (workspace_id, account_id);
CREATE INDEX deals_stage ON deals (workspace_id, stage, id);

-- deal_id 0 is the part at the account as such.
CREATE TABLE parts (
  workspace_id BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  deal_id      BIGINT NOT NULL DEFAULT 0,
  person_id    BIGINT NOT NULL,
  role         TEXT NOT NULL DEFAULT '',
  named_by     BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, account_id, deal_id, person_id)
) {{CLUSTERED}};
CREATE INDEX parts_person ON parts (workspace_id, person_id);
CREATE INDEX parts_deal ON parts (workspace_id, deal_id) WHERE deal_id <> 0;

CREATE TABLE chases (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  channel      TEXT NOT NULL,
  reason       TEXT NOT NULL,
  mailing_id   BIGINT NOT NULL DEFAULT 0,
  rest_until   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX chases_person ON chases (workspace_id, person_id, at);
CREATE INDEX chases_at ON chases (workspace_id, at);
CREATE INDEX chases_mailing ON chases (workspace_id, mailing_id) WHERE mailing_id <> 0;

ALTER TABLE moves ADD COLUMN deal_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX moves_deal ON moves (workspace_id, deal_id, id) WHERE deal_id <> 0;
CREATE INDEX moves_account ON moves (workspace_id, account_id, id) WHERE person_id = 0;

-- +goose Down
SELECT 1;
