--liquibase formatted sql

--changeset campanile:0016-audience
-- Whoever changes members locks the row, so that member_count is exact. A rule is CEL; empty where members are listed.
CREATE TABLE audience (
  audience_id  uuid        PRIMARY KEY,
  workspace_id text        NOT NULL REFERENCES workspace,
  chosen_id    text        NOT NULL,
  display_name text        NOT NULL,
  description  text        NOT NULL,
  rule         text        NOT NULL DEFAULT '',
  member_count bigint      NOT NULL,
  version      bigint      NOT NULL,
  create_time  timestamptz NOT NULL,
  update_time  timestamptz NOT NULL,
  CONSTRAINT audience_name_unique UNIQUE (workspace_id, chosen_id),
  CONSTRAINT audience_id_chosen CHECK (chosen_id ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT audience_members_count CHECK (member_count >= 0),
  CONSTRAINT audience_listed_or_by_rule CHECK (rule = '' OR member_count = 0),
  CONSTRAINT audience_version_counts CHECK (version > 0)
) WITH (fillfactor = 50);

-- The key is what makes a person a member once at most. That the audience is there is kept by the lock on its row: a
-- foreign key would look once more through all members that were just removed with it, in one statement.
CREATE TABLE audience_member (
  audience_id uuid NOT NULL,
  profile_id  uuid NOT NULL REFERENCES profile,
  PRIMARY KEY (audience_id, profile_id)
);

-- For whoever removes or joins profiles.
CREATE INDEX audience_member_profile ON audience_member (profile_id);
--rollback DROP TABLE audience_member;
--rollback DROP TABLE audience;
