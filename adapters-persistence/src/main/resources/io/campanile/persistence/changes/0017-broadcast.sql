--liquibase formatted sql

--changeset campanile:0017-broadcast
-- One row for each execution for an audience: how far its messages are written, and what they share.
CREATE TABLE broadcast (
  execution_id             uuid        PRIMARY KEY,
  campaign_id              uuid        NOT NULL,
  channel_configuration_id uuid        NOT NULL,
  revision                 integer     NOT NULL,
  audience_id              uuid        NOT NULL,
  identity_namespace       text        NOT NULL,
  payload                  bytea       NOT NULL,
  state                    text        NOT NULL,
  paused                   boolean     NOT NULL,
  planned                  bigint      NOT NULL,
  written                  bigint      NOT NULL,
  create_time              timestamptz NOT NULL,
  start_time               timestamptz NOT NULL,
  expire_time              timestamptz NOT NULL,
  messages_per_second      double precision NOT NULL,
  next_write_time          timestamptz,
  CONSTRAINT broadcast_rate_or_none CHECK (messages_per_second >= 0),
  CONSTRAINT broadcast_state_known CHECK (state IN ('WAITING', 'WRITING', 'WRITTEN', 'CANCELLED', 'STOPPED', 'EXPIRED',
    'AUDIENCE_GONE')),
  CONSTRAINT broadcast_written_of_planned CHECK (written BETWEEN 0 AND planned),
  CONSTRAINT broadcast_written_to_the_end CHECK (state <> 'WRITTEN' OR written = planned),
  CONSTRAINT broadcast_waiting_knows_nobody CHECK (state <> 'WAITING' OR planned = 0)
) WITH (fillfactor = 50);

CREATE INDEX broadcast_unfinished ON broadcast (execution_id) WHERE state IN ('WAITING', 'WRITING');
CREATE INDEX broadcast_time ON broadcast (create_time);

-- How many of its messages settled in which state and why: a row for each time that some did; former ones are summed.
-- Those that a receipt moved on are taken away from the state they were in. A complaint moves no message that arrived.
CREATE TABLE broadcast_settled (
  execution_id uuid        NOT NULL,
  state        text        NOT NULL,
  messages     bigint      NOT NULL,
  settle_time  timestamptz NOT NULL,
  reason       text,
  complaints   bigint      NOT NULL DEFAULT 0,
  CONSTRAINT broadcast_settled_state_known CHECK (state IN ('EXCLUDED', 'CANCELLED', 'EXPIRED', 'FAILED', 'UNKNOWN', 'SENT',
    'DELIVERED', 'BOUNCED')),
  CONSTRAINT broadcast_settled_somebody CHECK (messages <> 0 OR complaints <> 0)
);

CREATE INDEX broadcast_settled_execution ON broadcast_settled (execution_id, settle_time);

-- What goes first of a broadcast, and where that stands; guarded by the lock on the broadcast's row. Counted
-- when it is judged; the time is that of the state, or of the verdict that was overridden.
CREATE TABLE broadcast_canary (
  execution_id           uuid             PRIMARY KEY,
  sample_size            integer          NOT NULL,
  max_failed_percent     double precision NOT NULL,
  max_bounced_percent    double precision NOT NULL,
  max_unknown_percent    double precision NOT NULL,
  max_complained_percent double precision NOT NULL,
  settle_timeout         interval         NOT NULL,
  observe_duration       interval         NOT NULL,
  state                  text             NOT NULL,
  state_time             timestamptz,
  all_count              bigint,
  sent_count             bigint,
  failed_count           bigint,
  bounced_count          bigint,
  unknown_count          bigint,
  stuck_count            bigint,
  complained_count       bigint,
  CONSTRAINT broadcast_canary_somebody CHECK (sample_size BETWEEN 1 AND 10000),
  CONSTRAINT broadcast_canary_state_known CHECK (state IN ('SAMPLING', 'SETTLING', 'OBSERVING', 'PASSED', 'HALTED',
    'OVERRIDDEN')),
  CONSTRAINT broadcast_canary_time CHECK ((state_time IS NULL) = (state = 'SAMPLING')),
  CONSTRAINT broadcast_canary_counted CHECK (num_nonnulls(all_count, sent_count, failed_count, bounced_count,
    unknown_count, stuck_count, complained_count) = CASE WHEN state IN ('PASSED', 'HALTED', 'OVERRIDDEN') THEN 7 ELSE 0 END)
);

-- The members as they were when the broadcast began, until it has ended. Numbered from 1, so that how
-- far a broadcast has come is a number. A duplicate's mail would go to the address of another
-- member, who is written to; or to a person who is another member as well.
CREATE TABLE broadcast_member (
  execution_id uuid   NOT NULL,
  number       bigint NOT NULL,
  profile_id   uuid   NOT NULL,
  duplicate_of uuid,
  PRIMARY KEY (execution_id, number)
);

-- For whoever is erased or merged.
CREATE INDEX broadcast_member_profile ON broadcast_member (profile_id);
CREATE INDEX broadcast_member_duplicate ON broadcast_member (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- Who was erased or merged lately. Whoever erases or merges a person cannot see members that are
-- being copied at that moment, so whoever copies them puts these right afterwards. Guarded by an
-- advisory lock.
CREATE TABLE member_departure (
  number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  profile_id   uuid        NOT NULL,
  successor_id uuid,
  depart_time  timestamptz NOT NULL
);
--rollback DROP TABLE member_departure;
--rollback DROP TABLE broadcast_member;
--rollback DROP TABLE broadcast_canary;
--rollback DROP TABLE broadcast_settled;
--rollback DROP TABLE broadcast;
