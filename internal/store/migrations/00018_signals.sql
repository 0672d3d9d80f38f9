-- +goose Up
-- Which stages of the pathway somebody has shown by what they wrote or said: bits, the first stage is 1.
CREATE TABLE paths (
  workspace_id BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  stages       BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
) {{CLUSTERED}};
-- What they promised and when it was due, and deals of which we have the next step, for Next.
CREATE INDEX points_theirs ON points (workspace_id, due_at, person_id) WHERE kind = 'promise' AND side = 'theirs' AND state = 'open' AND due_at > 0;
CREATE INDEX deals_open ON deals (workspace_id, owner_id, id) WHERE meaning = 'open';
-- Connections by card, for the check of a step that says what the card says.
CREATE INDEX connections_card ON connections (workspace_id, card_id, id) WHERE card_id <> 0;
-- A promise of ours is a task of its own kind.
UPDATE tasks SET kind = 'promise' WHERE kind = 'task' AND substr(key, 1, 8) = 'promise/';

-- +goose Down
SELECT 1;
