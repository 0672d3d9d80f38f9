-- +goose Up
-- Message-IDs look random, so each index that holds them costs a page a mail. One
-- index of messages serves both questions, whether a mailbox has a message and
-- which messages have an ID; an incoming mail finds the mailing that it answers by
-- an index instead of by reading all of them.
DROP INDEX messages_header;
DROP INDEX messages_by_header;
CREATE UNIQUE INDEX messages_header ON messages (workspace_id, header_id, mailbox_id);
CREATE INDEX mailings_header ON mailings (workspace_id, header_id) WHERE header_id <> '';
CREATE INDEX tasks_done ON tasks (workspace_id, user_id, done_at) WHERE state = 'done';

-- +goose Down
SELECT 1;
