-- +goose Up
-- Sequences whose people are to be counted anew, because the hours or days that
-- delays are counted in changed: up to which enrollment that was done, and whether it
-- is the second look, at what was written while the first went on.
CREATE TABLE recounts (
  workspace_id BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  asked_at     BIGINT NOT NULL,
  free_at      BIGINT NOT NULL,
  after_id     BIGINT NOT NULL DEFAULT 0,
  again        BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, sequence_id)
) {{CLUSTERED}};
CREATE INDEX recounts_free ON recounts (workspace_id, free_at);

-- +goose Down
SELECT 1;
