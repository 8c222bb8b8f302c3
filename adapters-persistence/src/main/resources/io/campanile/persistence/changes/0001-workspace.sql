--liquibase formatted sql

--changeset campanile:0001-workspace
-- address_field: the attribute of people that holds their address, by dotted path; empty for none.
-- emails_when_unset: whether marketing by email goes to people who neither agreed nor refused.
CREATE TABLE workspace (
  workspace_id      text        PRIMARY KEY,
  display_name      text        NOT NULL,
  create_time       timestamptz NOT NULL,
  emails_when_unset boolean     NOT NULL,
  allowed_list_on   boolean     NOT NULL,
  address_field     text        NOT NULL DEFAULT '',
  CONSTRAINT workspace_id_chosen CHECK (workspace_id ~ '^[a-z][a-z0-9-]{0,62}$')
);
--rollback DROP TABLE workspace;
