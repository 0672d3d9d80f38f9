-- +goose Up
-- The nodes that work on this database, until when each counts as living, and
-- which of them looks for due work in a workspace; '' is none. A node is of no
-- workspace: its rows have 0.
CREATE TABLE nodes (
  workspace_id BIGINT NOT NULL,
  node         TEXT NOT NULL,
  until_at     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, node)
) {{CLUSTERED}};
ALTER TABLE workspaces ADD COLUMN node TEXT NOT NULL DEFAULT '';
CREATE INDEX workspaces_node ON workspaces (node, workspace_id);

-- +goose Down
SELECT 1;
