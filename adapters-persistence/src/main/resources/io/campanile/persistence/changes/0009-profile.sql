--liquibase formatted sql

--changeset campanile:0009-profile
-- Former addresses, in the form they are compared in, each with the time when it was given up.
CREATE TABLE profile (
  profile_id       uuid        PRIMARY KEY,
  workspace_id     text        NOT NULL REFERENCES workspace,
  attributes       jsonb       NOT NULL,
  email_addresses  text[]      NOT NULL,
  phone_numbers    text[]      NOT NULL DEFAULT '{}',
  push_tokens      jsonb       NOT NULL DEFAULT '[]',
  locale           text        NOT NULL,
  time_zone        text        NOT NULL,
  former_addresses jsonb       NOT NULL DEFAULT '{}',
  version          bigint      NOT NULL,
  create_time      timestamptz NOT NULL,
  update_time      timestamptz NOT NULL,
  CONSTRAINT profile_in_workspace UNIQUE (workspace_id, profile_id),
  CONSTRAINT profile_attributes_named CHECK (jsonb_typeof(attributes) = 'object'),
  CONSTRAINT profile_phone_numbers_e164 CHECK (array_to_string(phone_numbers, '') ~ '^([+][1-9][0-9]{1,14})*$'),
  CONSTRAINT profile_push_tokens_listed CHECK (jsonb_typeof(push_tokens) = 'array'),
  CONSTRAINT profile_former_addresses_named CHECK (jsonb_typeof(former_addresses) = 'object'),
  CONSTRAINT profile_version_counts CHECK (version > 0)
);

CREATE INDEX profile_workspace ON profile (workspace_id, create_time);

-- Each points at one profile, which the key holds as well, so that whoever looks it up reads nothing else. Number is its
-- place among the profile's identities.
CREATE TABLE profile_identity (
  workspace_id text    NOT NULL,
  namespace    text    NOT NULL,
  value        text    NOT NULL,
  profile_id   uuid    NOT NULL,
  number       integer NOT NULL,
  PRIMARY KEY (value, namespace, workspace_id) INCLUDE (profile_id),
  CONSTRAINT profile_identity_numbered_once UNIQUE (profile_id, number),
  CONSTRAINT profile_identity_profile FOREIGN KEY (workspace_id, profile_id) REFERENCES profile (workspace_id, profile_id)
);

-- How far imports came: what was taken is not taken again.
CREATE TABLE profile_import (
  workspace_id text        NOT NULL REFERENCES workspace,
  import_id    text        NOT NULL,
  row_count    bigint      NOT NULL,
  create_time  timestamptz NOT NULL,
  update_time  timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, import_id),
  CONSTRAINT profile_import_rows_count CHECK (row_count >= 0)
);
--rollback DROP TABLE profile_import;
--rollback DROP TABLE profile_identity;
--rollback DROP TABLE profile;
