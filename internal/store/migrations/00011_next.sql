-- +goose Up
-- Next reads the first due tasks of each lane of a seller, never all of them. The
-- expression is that of store/queue.go.
CREATE INDEX tasks_lane ON tasks (workspace_id, user_id, (CASE kind WHEN 'answer' THEN CASE intent WHEN 'interested' THEN 0 WHEN 'question' THEN 1 ELSE 2 END WHEN 'call' THEN CASE step_id WHEN 0 THEN 3 ELSE 4 END WHEN 'referral' THEN 5 WHEN 'approve' THEN 6 WHEN 'confirm' THEN 7 WHEN 'decide' THEN 8 WHEN 'fix' THEN 9 ELSE 10 END), due_at, id) WHERE state = 'open';
CREATE INDEX tasks_snoozed ON tasks (workspace_id, user_id, snoozed_until) WHERE state = 'open' AND snoozed_until > 0;
-- People whose next step is ours, for those that went quiet on our side.
CREATE INDEX people_ours ON people (workspace_id, owner_id, move_since, id) WHERE move = 'ours';

-- Whom a user wants on top, until the next thing is done about them.
CREATE TABLE pins (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id, person_id)
) {{CLUSTERED}};

-- Whom a user passed over, why, and until when they are not served to them.
CREATE TABLE skips (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  task_id      BIGINT NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  at           BIGINT NOT NULL,
  until_at     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) {{CLUSTERED}};
CREATE INDEX skips_person ON skips (workspace_id, user_id, person_id, until_at);
CREATE INDEX skips_at ON skips (workspace_id, at, id);

-- What a user has begun to write, as it was typed.
CREATE TABLE drafts (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  subject      TEXT NOT NULL DEFAULT '',
  body         TEXT NOT NULL DEFAULT '',
  rev          BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id, person_id, thread_id)
) {{CLUSTERED}};

-- When the person who is reserved was dialed: they stay until the outcome is logged.
ALTER TABLE person_leases ADD COLUMN dialed_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX person_leases_user ON person_leases (workspace_id, user_id, until_at);

-- +goose Down
SELECT 1;
