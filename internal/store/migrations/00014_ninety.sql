-- +goose Up
-- What was done between two moments, read from the index alone. Lines come in the order of time, so it grows at its end.
CREATE INDEX moves_at ON moves (workspace_id, at, actor, kind, user_id, milliminutes);

-- +goose Down
SELECT 1;
