--liquibase formatted sql

--changeset campanile:0015-allowed-entry
-- Addresses and domains that a workspace with allowed_list_on sends to and to nobody else, in the form they are compared
-- in; domains are those without an @.
CREATE TABLE allowed_entry (
  allowed_entry_id uuid        PRIMARY KEY,
  workspace_id     text        NOT NULL REFERENCES workspace,
  target           text        NOT NULL,
  note             text        NOT NULL,
  create_time      timestamptz NOT NULL,
  expire_time      timestamptz,
  CONSTRAINT allowed_entry_target_once UNIQUE (target, workspace_id),
  CONSTRAINT allowed_entry_note_short CHECK (char_length(note) <= 500),
  CONSTRAINT allowed_entry_target_comparable CHECK (target <> '' AND target !~ '[A-Z]')
);

CREATE INDEX allowed_entry_expiring ON allowed_entry (expire_time) WHERE expire_time IS NOT NULL;
CREATE INDEX allowed_entry_workspace ON allowed_entry (workspace_id, create_time);
--rollback DROP TABLE allowed_entry;
