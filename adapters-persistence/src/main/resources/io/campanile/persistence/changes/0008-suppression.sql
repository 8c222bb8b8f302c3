--liquibase formatted sql

--changeset campanile:0008-suppression
-- Addresses and domains that nothing is sent to, in the form they are compared in; domains are those without an @.
-- Keys by which messages look names up, here and of identities, opt-outs and the allowed list, begin with what differs
-- most: whoever looks one up compares one column, not all.
CREATE TABLE suppression (
  suppression_id uuid        PRIMARY KEY,
  workspace_id   text        NOT NULL REFERENCES workspace,
  target         text        NOT NULL,
  reason         text        NOT NULL,
  note           text        NOT NULL,
  create_time    timestamptz NOT NULL,
  expire_time    timestamptz,
  CONSTRAINT suppression_target_once UNIQUE (target, workspace_id),
  CONSTRAINT suppression_note_short CHECK (char_length(note) <= 500),
  CONSTRAINT suppression_target_comparable CHECK (target <> '' AND target !~ '[A-Z]'),
  CONSTRAINT suppression_reason_known CHECK (reason IN ('MANUAL', 'HARD_BOUNCE', 'SOFT_BOUNCES', 'COMPLAINT')),
  CONSTRAINT suppression_expires_after_creation CHECK (expire_time > create_time)
);

-- Under the names of erased people; says at once where there are none.
CREATE INDEX suppression_erased ON suppression (workspace_id) WHERE target LIKE '%@erased.invalid';
CREATE INDEX suppression_expiring ON suppression (expire_time) WHERE expire_time IS NOT NULL;
CREATE INDEX suppression_workspace ON suppression (workspace_id, create_time);
--rollback DROP TABLE suppression;
