--liquibase formatted sql

--changeset campanile:0005-execution
-- The request ids of triggers. Unpartitioned, because they are unique over all days; purged after
-- the retention, by their times. Rows come in the order of these, so that the B-tree grows at its
-- end and costs the intake next to nothing. A BRIN excludes nothing once new rows have filled the
-- places of old ones. Read by its indexes only, so that it is analyzed rarely.
CREATE TABLE trigger_key (
  campaign_id  uuid        NOT NULL,
  request_id   text        NOT NULL,
  digest       bytea       NOT NULL,
  execution_id uuid        NOT NULL,
  create_time  timestamptz NOT NULL,
  PRIMARY KEY (campaign_id, request_id),
  CONSTRAINT trigger_key_digest_is_sha256 CHECK (octet_length(digest) = 32)
) WITH (
  autovacuum_analyze_threshold = 50000,
  autovacuum_analyze_scale_factor = 1
);

CREATE INDEX trigger_key_time ON trigger_key (create_time);

-- Partitioned by day: an execution id is a UUIDv7, which begins with its time. What the first call
-- was answered is repeated from message_ids and rejections: recipients that are not among the
-- rejections have the message ids in order. With an audience, its messages are written later, and have no payload
-- of their own.
CREATE TABLE execution (
  execution_id       uuid        NOT NULL,
  campaign_id        uuid        NOT NULL,
  revision           integer     NOT NULL,
  request_id         text        NOT NULL,
  create_time        timestamptz NOT NULL,
  schedule_time      timestamptz,
  expire_time        timestamptz NOT NULL,
  metadata           jsonb,
  message_ids        uuid[]      NOT NULL,
  rejections         jsonb,
  audience           text,
  cancel_time        timestamptz,
  cancelled_count    integer,
  in_hand_over_count integer,
  PRIMARY KEY (execution_id),
  CONSTRAINT execution_has_a_message CHECK ((cardinality(message_ids) > 0) = (audience IS NULL)),
  CONSTRAINT execution_cancelled_with_counts
    CHECK (num_nonnulls(cancel_time, cancelled_count, in_hand_over_count) IN (0, 3))
) PARTITION BY RANGE (execution_id);

CREATE INDEX execution_campaign ON execution (campaign_id, execution_id);
--rollback DROP TABLE execution;
--rollback DROP TABLE trigger_key;
