-- +goose Up
-- How long a user used pages of one kind on a day of their zone. No click, no
-- page and no moment is kept: a row a day and kind.
CREATE TABLE page_time (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  page         TEXT NOT NULL,
  seconds      BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id, day, page)
) {{CLUSTERED}};
CREATE INDEX page_time_day ON page_time (workspace_id, day, user_id, page, seconds);

-- When the last beat of a user was counted, on the wall's clock: two tabs count once.
CREATE TABLE page_beats (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
) {{CLUSTERED}};

-- 1: this user's time on pages is not counted.
ALTER TABLE users ADD COLUMN uncounted BIGINT NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
