--liquibase formatted sql

--changeset campanile:0010-consent
-- Everything people said about what they want to get; written once. About a profile or about an address, never both.
-- In the order of the time at which it was said, which may be long before it was recorded.
CREATE TABLE consent_record (
  consent_record_id uuid        PRIMARY KEY,
  workspace_id      text        NOT NULL REFERENCES workspace,
  profile_id        uuid,
  address           text,
  channel           text        NOT NULL,
  purpose           text        NOT NULL,
  topic             text        NOT NULL,
  state             text        NOT NULL,
  source            text        NOT NULL,
  proof             text        NOT NULL,
  actor             text        NOT NULL,
  time              timestamptz NOT NULL,
  record_time       timestamptz NOT NULL,
  CONSTRAINT consent_record_profile FOREIGN KEY (workspace_id, profile_id) REFERENCES profile (workspace_id, profile_id),
  CONSTRAINT consent_record_about_one CHECK (num_nonnulls(profile_id, address) = 1),
  CONSTRAINT consent_record_address_comparable CHECK (address <> '' AND address !~ '[A-Z]'),
  CONSTRAINT consent_record_channel_known CHECK (channel IN ('ANY', 'EMAIL')),
  CONSTRAINT consent_record_purpose_known CHECK (purpose IN ('MARKETING', 'SERVICE')),
  CONSTRAINT consent_record_state_known CHECK (state IN ('GRANTED', 'DENIED', 'PENDING'))
);

CREATE INDEX consent_record_of_profile ON consent_record (profile_id, time) WHERE profile_id IS NOT NULL;
CREATE INDEX consent_record_of_address ON consent_record (workspace_id, address, time) WHERE address IS NOT NULL;

-- What counts: the newest answer of each profile and level, or else the newest question, with what decisions read of it. Written with the record, by
-- those who hold the profile's lock: a foreign key would look for each record that goes, in all rows.
CREATE TABLE profile_consent (
  profile_id        uuid        NOT NULL REFERENCES profile,
  channel           text        NOT NULL,
  purpose           text        NOT NULL,
  topic             text        NOT NULL,
  state             text        NOT NULL,
  source            text        NOT NULL,
  time              timestamptz NOT NULL,
  consent_record_id uuid        NOT NULL,
  PRIMARY KEY (profile_id, channel, purpose, topic) INCLUDE (state, source, time, consent_record_id)
);

-- The same for each address and level.
CREATE TABLE address_consent (
  workspace_id      text        NOT NULL REFERENCES workspace,
  address           text        NOT NULL,
  channel           text        NOT NULL,
  purpose           text        NOT NULL,
  topic             text        NOT NULL,
  state             text        NOT NULL,
  source            text        NOT NULL,
  time              timestamptz NOT NULL,
  consent_record_id uuid        NOT NULL,
  PRIMARY KEY (address, workspace_id, channel, purpose, topic)
);

CREATE INDEX address_consent_erased ON address_consent (workspace_id) WHERE address LIKE '%@erased.invalid';
--rollback DROP TABLE address_consent;
--rollback DROP TABLE profile_consent;
--rollback DROP TABLE consent_record;
