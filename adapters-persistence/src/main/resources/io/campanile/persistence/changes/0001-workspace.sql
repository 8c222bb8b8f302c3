--liquibase formatted sql

--changeset campanile:0001-workspace
CREATE TABLE workspace (
  workspace_id text        PRIMARY KEY,
  display_name text        NOT NULL,
  create_time  timestamptz NOT NULL,
  CONSTRAINT workspace_id_chosen CHECK (workspace_id ~ '^[a-z][a-z0-9-]{0,62}$')
);
--rollback DROP TABLE workspace;
