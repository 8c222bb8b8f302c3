--liquibase formatted sql

--changeset campanile:0001-workspace
-- address_field: the attribute of people that holds their address, by dotted path; empty for none.
-- attribute_schema: which attributes people may have; empty for all.
-- emails_when_unset: whether marketing by email goes to people who neither agreed nor refused.
CREATE TABLE workspace (
  workspace_id      text        PRIMARY KEY,
  display_name      text        NOT NULL,
  create_time       timestamptz NOT NULL,
  emails_when_unset boolean     NOT NULL,
  allowed_list_on   boolean     NOT NULL,
  address_field     text        NOT NULL DEFAULT '',
  attribute_schema  jsonb       NOT NULL DEFAULT '{}',
  CONSTRAINT workspace_attribute_schema_named CHECK (jsonb_typeof(attribute_schema) = 'object'),
  CONSTRAINT workspace_id_chosen CHECK (workspace_id ~ '^[a-z][a-z0-9-]{0,62}$')
);
--rollback DROP TABLE workspace;
