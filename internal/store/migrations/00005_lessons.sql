-- +goose Up
-- What the correction of a message taught: how mails like it are read since. Its
-- words stay with the message alone, so that who erases that erases them here.
CREATE TABLE lessons (
  workspace_id BIGINT NOT NULL,
  message_id   BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  intent       TEXT NOT NULL DEFAULT '',
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  back_at      BIGINT NOT NULL DEFAULT 0,
  back_by      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, message_id)
) {{CLUSTERED}};
CREATE INDEX lessons_at ON lessons (workspace_id, at, message_id);

-- Counts the changes of a workspace's lessons, so that every node sees one.
ALTER TABLE workspaces ADD COLUMN lessons BIGINT NOT NULL DEFAULT 0;

-- The lesson that decided how a message was read.
ALTER TABLE messages ADD COLUMN lesson_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX messages_lesson ON messages (workspace_id, lesson_id) WHERE lesson_id <> 0;

-- +goose Down
SELECT 1;
