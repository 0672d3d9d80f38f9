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
-- What a person wrote goes first, and is looked for at every round of a mailbox.
CREATE INDEX mailings_by_hand ON mailings (workspace_id, mailbox_id, due_at) WHERE state = 'queued' AND kind = 'manual';
-- PostgreSQL keeps the bytes of mails beside their rows up to 8 KB, and does not
-- try to compress them; and it leaves room on the pages of rows that are changed
-- often without their indexes.
{{POSTGRES}}ALTER TABLE raws SET (toast_tuple_target = 8160);
{{POSTGRES}}ALTER TABLE people SET (fillfactor = 85);
{{POSTGRES}}ALTER TABLE threads SET (fillfactor = 85);

-- +goose Down
SELECT 1;
