--liquibase formatted sql

--changeset campanile:0002-channel-configuration
-- Marks lock the row shared, so the definition lies beside the few columns they read.
CREATE TABLE channel_configuration (
  channel_configuration_id uuid        PRIMARY KEY,
  workspace_id             text        NOT NULL REFERENCES workspace,
  chosen_id                text        NOT NULL,
  display_name             text        NOT NULL,
  channel                  text        NOT NULL,
  category                 text        NOT NULL,
  state                    text        NOT NULL,
  definition               jsonb       NOT NULL,
  secret_key_id            text,
  secret                   bytea,
  version                  bigint      NOT NULL,
  create_time              timestamptz NOT NULL,
  update_time              timestamptz NOT NULL,
  CONSTRAINT channel_configuration_name_unique UNIQUE (workspace_id, chosen_id),
  CONSTRAINT channel_configuration_id_chosen CHECK (chosen_id ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT channel_configuration_channel_known CHECK (channel IN ('EMAIL')),
  CONSTRAINT channel_configuration_category_known CHECK (category IN ('MARKETING', 'TRANSACTIONAL')),
  CONSTRAINT channel_configuration_state_known CHECK (state IN ('DRAFT', 'ACTIVE', 'PAUSED', 'INACTIVE')),
  CONSTRAINT channel_configuration_secret_has_a_key CHECK (num_nulls(secret_key_id, secret) IN (0, 2)),
  CONSTRAINT channel_configuration_version_counts CHECK (version > 0)
);

-- One time line per provider, shared by all nodes: the next time nobody has reserved, and when the last was.
CREATE TABLE provider_time_line (
  channel_configuration_id uuid        PRIMARY KEY REFERENCES channel_configuration ON DELETE CASCADE,
  next_free_time           timestamptz NOT NULL,
  reserve_time             timestamptz NOT NULL,
  per_second               float8      NOT NULL
) WITH (fillfactor = 50);

-- The keys that secrets are encrypted with, and what is derived from each, by which another key of the same name is
-- found out.
CREATE TABLE secret_key (
  key_id text PRIMARY KEY,
  proof  text NOT NULL
);

-- Keys that are made once and never changed, encrypted with a secret key: what erased people's addresses are hashed
-- with, because what is hashed cannot be hashed anew, and what tokens are sealed with, because those are in mails.
CREATE TABLE kept_key (
  purpose text  PRIMARY KEY,
  key_id  text  NOT NULL,
  bytes   bytea NOT NULL,
  CONSTRAINT kept_key_purpose_known CHECK (purpose IN ('PSEUDONYM_KEY', 'TOKEN_KEY'))
);
--rollback DROP TABLE kept_key;
--rollback DROP TABLE secret_key;
--rollback DROP TABLE provider_time_line;
--rollback DROP TABLE channel_configuration;
