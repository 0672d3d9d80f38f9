-- +goose Up
-- What an item of an absence needs to come back: of what waits, the moment at
-- which it would have come; of what was handed over, who has it.
ALTER TABLE absence_items ADD COLUMN value BIGINT NOT NULL DEFAULT 0;
-- What a seller has running.
CREATE INDEX enrollments_owner ON enrollments (workspace_id, owner_id, id) WHERE state IN ('pending','active','waiting_human','waiting_them','paused');

-- +goose Down
SELECT 1;
