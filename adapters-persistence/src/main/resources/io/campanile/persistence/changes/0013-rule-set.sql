--liquibase formatted sql

--changeset campanile:0013-rule-set
-- The last two columns repeat what the definition says, for those who look reservations up. A cap that names no
-- channel is over every one there is: whatever brings another channel adds it here.
CREATE TABLE rule_set (
  rule_set_id     uuid        PRIMARY KEY,
  workspace_id    text        NOT NULL REFERENCES workspace,
  chosen_id       text        NOT NULL,
  display_name    text        NOT NULL,
  scope           text        NOT NULL,
  state           text        NOT NULL,
  definition      jsonb       NOT NULL,
  version         bigint      NOT NULL,
  create_time     timestamptz NOT NULL,
  update_time     timestamptz NOT NULL,
  capped_channels text[]      NOT NULL,
  largest_cap     integer     NOT NULL,
  CONSTRAINT rule_set_id_once UNIQUE (workspace_id, chosen_id),
  CONSTRAINT rule_set_scope_known CHECK (scope IN ('NAMING_CAMPAIGNS', 'EVERY_CAMPAIGN')),
  CONSTRAINT rule_set_state_known CHECK (state IN ('DRAFT', 'ACTIVE', 'INACTIVE')),
  CONSTRAINT rule_set_version_counts CHECK (version > 0),
  CONSTRAINT rule_set_caps_count CHECK ((largest_cap > 0) = (cardinality(capped_channels) > 0))
);

-- The messages that frequency caps count, each once under each rule set, for a person: a profile, or the
-- hash of an identity that points at nobody. Without a claim epoch nobody can give it back any more.
-- Outlives its rule set, and goes by its age. Read by its indexes only, so that it is analyzed rarely.
CREATE TABLE frequency_reservation (
  message_id       uuid        NOT NULL,
  rule_set_id      uuid        NOT NULL,
  rule_set_version bigint      NOT NULL,
  person           uuid        NOT NULL,
  channel          text        NOT NULL,
  claim_epoch      integer,
  reserve_time     timestamptz NOT NULL,
  PRIMARY KEY (message_id, rule_set_id),
  CONSTRAINT frequency_reservation_channel_known CHECK (channel IN ('EMAIL'))
) WITH (
  autovacuum_analyze_threshold = 50000,
  autovacuum_analyze_scale_factor = 1
);

CREATE INDEX frequency_reservation_person ON frequency_reservation (person, rule_set_id, channel, reserve_time);
CREATE INDEX frequency_reservation_time ON frequency_reservation (reserve_time);
--rollback DROP TABLE frequency_reservation;
--rollback DROP TABLE rule_set;
