-- +goose Up
-- Other names under which answers know a mail of ours: a Message-ID that a server
-- wrote instead of ours, or the appointment of an invitation (uid:...).
CREATE TABLE mail_names (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  name         TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  mailing_id   BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, mailbox_id, name, person_id)
) {{CLUSTERED}};

-- Addresses that people write from besides their own (theirs = 1), and those of
-- which somebody said that they are not theirs.
CREATE TABLE person_addresses (
  workspace_id BIGINT NOT NULL,
  address      TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  theirs       INTEGER NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, address, person_id)
) {{CLUSTERED}};
CREATE UNIQUE INDEX person_addresses_theirs ON person_addresses (workspace_id, address) WHERE theirs = 1;
CREATE INDEX person_addresses_person ON person_addresses (workspace_id, person_id);

-- Whose a message may be, while a seller is asked.
CREATE TABLE match_candidates (
  workspace_id BIGINT NOT NULL,
  message_id   BIGINT NOT NULL,
  n            INTEGER NOT NULL,
  person_id    BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  colleague    INTEGER NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, message_id, n)
) {{CLUSTERED}};
CREATE INDEX match_candidates_person ON match_candidates (workspace_id, person_id);
-- What came from an address and is nobody's.
CREATE INDEX messages_nobody ON messages (workspace_id, mailbox_id, from_addr, id) WHERE person_id = 0;

-- What such a question holds, and what it was before.
CREATE TABLE match_holds (
  workspace_id  BIGINT NOT NULL,
  message_id    BIGINT NOT NULL,
  enrollment_id BIGINT NOT NULL,
  until_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, message_id, enrollment_id)
) {{CLUSTERED}};
CREATE INDEX match_holds_enrollment ON match_holds (workspace_id, enrollment_id);

-- +goose Down
SELECT 1;
