-- +goose Up
-- Who answers in a thread when it is not whose the person is: who gave it to them,
-- from whom, and whose the person was when they went along (0 is they did not).
CREATE TABLE assignments (
  workspace_id BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  from_id      BIGINT NOT NULL,
  by_id        BIGINT NOT NULL,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, thread_id)
) {{CLUSTERED}};

-- +goose Down
SELECT 1;
