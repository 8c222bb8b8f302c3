--liquibase formatted sql

--changeset campanile:0020-bounce-count
-- Addresses that mail came back from without proof that they are gone, in the form they are compared in. A row goes when
-- the address is suppressed, or when it had no bounce for long.
CREATE TABLE bounce_count (
  workspace_id text        NOT NULL REFERENCES workspace,
  target       text        NOT NULL,
  bounces      integer     NOT NULL,
  last_time    timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, target),
  CONSTRAINT bounce_count_target_comparable CHECK (strpos(target, '@') > 0 AND target !~ '[A-Z]'),
  CONSTRAINT bounce_count_positive CHECK (bounces > 0)
);

CREATE INDEX bounce_count_last ON bounce_count (last_time);
--rollback DROP TABLE bounce_count;
