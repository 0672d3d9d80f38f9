-- +goose Up
-- Rulesets, schedules, days off, variants, versions, absences, snippets, files,
-- limits that several mailboxes share, and mail sent by other programs.

CREATE TABLE rulesets (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  rules        {{JSON}} NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX rulesets_name ON rulesets (workspace_id, lower(name));

CREATE TABLE schedules (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  windows      {{JSON}} NOT NULL,
  holidays     INTEGER NOT NULL DEFAULT 1,
  days_off     INTEGER NOT NULL DEFAULT 1,
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX schedules_name ON schedules (workspace_id, lower(name));

-- from_day and to_day are local dates, YYYY-MM-DD, both included. No country is
-- everybody; no subdivision is the whole country.
CREATE TABLE days_off (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  source       TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  country      TEXT NOT NULL DEFAULT '',
  subdivision  TEXT NOT NULL DEFAULT '',
  from_day     TEXT NOT NULL,
  to_day       TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX days_off_source ON days_off (workspace_id, substr(source, 1, 200));

CREATE TABLE variants (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  step_id      BIGINT NOT NULL,
  name         TEXT NOT NULL,
  weight       INTEGER NOT NULL DEFAULT 1,
  state        TEXT NOT NULL,
  subject      TEXT NOT NULL DEFAULT '',
  body         TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX variants_sequence ON variants (workspace_id, sequence_id, step_id);

CREATE TABLE variant_stats (
  workspace_id BIGINT NOT NULL,
  variant_id   BIGINT NOT NULL,
  name         TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, variant_id, name)
) {{CLUSTERED}};

CREATE TABLE sequence_versions (
  workspace_id BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  says         TEXT NOT NULL DEFAULT '',
  plan         {{JSON}} NOT NULL,
  PRIMARY KEY (workspace_id, sequence_id, version)
) {{CLUSTERED}};

CREATE TABLE absences (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  from_at      BIGINT NOT NULL,
  to_at        BIGINT NOT NULL,
  mode         TEXT NOT NULL,
  stand_in_id  BIGINT NOT NULL DEFAULT 0,
  state        TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX absences_user ON absences (workspace_id, user_id, from_at);
CREATE INDEX absences_open ON absences (workspace_id, from_at) WHERE state <> 'over';

-- What a stand-in was given for the time of an absence, to give it back.
CREATE TABLE absence_items (
  workspace_id BIGINT NOT NULL,
  absence_id   BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  item_id      BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, absence_id, kind, item_id)
) {{CLUSTERED}};

CREATE TABLE snippets (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  body         TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX snippets_name ON snippets (workspace_id, lower(name));

-- Files that mails carry. sha256 makes the same file once.
CREATE TABLE files (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  name         TEXT NOT NULL,
  media_type   TEXT NOT NULL,
  size         BIGINT NOT NULL,
  sha256       {{BLOB}} NOT NULL,
  bytes        {{BLOB}} NOT NULL,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX files_sha ON files (workspace_id, sha256, name);

-- How many attempts were begun on a day towards a recipient domain or an
-- account: the caps that mailboxes and nodes share are counted in the
-- transaction that records the attempt.
CREATE TABLE day_counts (
  workspace_id BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  scope        TEXT NOT NULL,
  about        TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, day, scope, about)
) {{CLUSTERED}};

-- Mail that left a mailbox by another program.
CREATE TABLE outside_mails (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  header_id    TEXT NOT NULL,
  at           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, mailbox_id, header_id)
) {{CLUSTERED}};
CREATE INDEX outside_mails_at ON outside_mails (workspace_id, mailbox_id, at);

-- What came of the mails of a mailbox, by day of the workspace: sent, bounced,
-- complained, policy. The guard reads it.
CREATE TABLE mailbox_days (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  name         TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, mailbox_id, day, name)
) {{CLUSTERED}};

-- The plan of a test between the texts of a step, and the counts at its start.
CREATE TABLE trials (
  workspace_id BIGINT NOT NULL,
  step_id      BIGINT NOT NULL,
  trial        {{JSON}} NOT NULL,
  base         {{JSON}} NOT NULL,
  begun_at     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, step_id)
) {{CLUSTERED}};

-- What was done to many enrollments at once, with how they stood before, so that
-- it can be taken back.
CREATE TABLE bulk_actions (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  at           BIGINT NOT NULL,
  undone_at    BIGINT NOT NULL DEFAULT 0,
  items        {{JSON}} NOT NULL,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX bulk_actions_at ON bulk_actions (workspace_id, at);

ALTER TABLE people ADD COLUMN subdivision TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN subdivision TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN calendar_url TEXT NOT NULL DEFAULT '';

ALTER TABLE sequences ADD COLUMN ruleset_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sequences ADD COLUMN schedule_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sequences ADD COLUMN options {{JSON}} NOT NULL DEFAULT '{}';
CREATE INDEX sequences_ruleset ON sequences (workspace_id, ruleset_id) WHERE ruleset_id <> 0;
CREATE INDEX sequences_schedule ON sequences (workspace_id, schedule_id) WHERE schedule_id <> 0;

ALTER TABLE steps ADD COLUMN track TEXT NOT NULL DEFAULT '';
ALTER TABLE steps ADD COLUMN options {{JSON}} NOT NULL DEFAULT '{}';

ALTER TABLE enrollments ADD COLUMN track TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollments ADD COLUMN anchor_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE mailings ADD COLUMN variant_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mailings_variant ON mailings (workspace_id, variant_id) WHERE variant_id <> 0;

-- +goose Down
SELECT 1;
