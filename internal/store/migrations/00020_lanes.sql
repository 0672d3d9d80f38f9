-- +goose Up
-- What Next asks of the head of a lane is in its index, and who was dealt with today in that of what is done: neither reads a task.
DROP INDEX tasks_lane;
CREATE INDEX tasks_lane ON tasks (workspace_id, user_id, (CASE kind WHEN 'answer' THEN CASE intent WHEN 'interested' THEN 0 WHEN 'question' THEN 1 ELSE 2 END WHEN 'call' THEN CASE step_id WHEN 0 THEN 3 ELSE 4 END WHEN 'referral' THEN 5 WHEN 'approve' THEN 6 WHEN 'confirm' THEN 7 WHEN 'decide' THEN 8 WHEN 'fix' THEN 9 ELSE 10 END), due_at, id, snoozed_until, person_id, kind, intent, step_id, message_id, created_at) WHERE state = 'open';
DROP INDEX tasks_done;
CREATE INDEX tasks_done ON tasks (workspace_id, user_id, done_at, person_id) WHERE state = 'done';

-- +goose Down
SELECT 1;
