--liquibase formatted sql

--changeset campanile:0001-workspace
CREATE TABLE workspace (
  workspace_id text        PRIMARY KEY,
  display_name text        NOT NULL,
  version      bigint      NOT NULL,
  create_time  timestamptz NOT NULL,
  update_time  timestamptz NOT NULL,
  CONSTRAINT workspace_id_chosen CHECK (workspace_id ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT workspace_version_counts CHECK (version > 0)
);
--rollback DROP TABLE workspace;
