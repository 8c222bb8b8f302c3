--liquibase formatted sql

--changeset campanile:0007-message-queue
-- One run of one server process. Once it is dead, look_time says when to look again for rows of the
-- queue that it owns.
CREATE TABLE node (
  node_id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lease_end_time timestamptz NOT NULL,
  dead           boolean     NOT NULL DEFAULT false,
  look_time      timestamptz,
  create_time    timestamptz NOT NULL,
  CONSTRAINT node_looked_at_once_dead CHECK (NOT dead OR look_time IS NOT NULL)
);

-- One row for each open message, deleted when it settles: as large as the backlog. With an owner,
-- due_time is the end of the claim's lease. Held by a pause of its broadcast, due_time is expire_time, and held_due_time what
-- it was, if that counts. The bytes are of a payload of its own: whoever claims has so much room.
-- Vacuumed early, because rows live for milliseconds; analyzed rarely, because hot statements have one plan, whatever the
-- statistics say. Vacuum keeps the empty pages at its end: to give them back it locks the whole table, and they are soon
-- used again.
CREATE TABLE message_queue (
  message_id               uuid        PRIMARY KEY,
  campaign_id              uuid        NOT NULL,
  channel_configuration_id uuid        NOT NULL,
  execution_id             uuid,
  lane                     text        NOT NULL,
  due_time                 timestamptz NOT NULL,
  held_due_time            timestamptz,
  expire_time              timestamptz NOT NULL,
  owner                    bigint,
  claim_epoch              integer     NOT NULL,
  claims_without_mark      integer     NOT NULL,
  lone_tries               integer     NOT NULL DEFAULT 0,
  payload_bytes            integer     NOT NULL DEFAULT 0,
  CONSTRAINT message_queue_lane_known CHECK (lane IN ('TRANSACTIONAL', 'HIGH_THROUGHPUT', 'MARKETING')),
  CONSTRAINT message_queue_epoch_counts CHECK (claim_epoch >= 0),
  CONSTRAINT message_queue_owned_by_a_claim CHECK (owner IS NULL OR claim_epoch > 0),
  CONSTRAINT message_queue_claims_count CHECK (claims_without_mark >= 0),
  CONSTRAINT message_queue_tries_count CHECK (lone_tries >= 0)
) WITH (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0.5,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_threshold = 1000000,
  autovacuum_analyze_scale_factor = 0.5,
  vacuum_truncate = false
);

-- What is claimed from. Campaign and channel configuration come before the time, because claiming is
-- fair between campaigns and goes provider by provider: the oldest rows of each are found at once,
-- however long the queue of another is.
CREATE INDEX message_queue_claim ON message_queue (lane, campaign_id, channel_configuration_id, due_time);
-- The open messages of a broadcast, to hold, resume and cancel them; others name no execution.
CREATE INDEX message_queue_broadcast ON message_queue (execution_id) WHERE execution_id IS NOT NULL;
-- What a node holds, to give it back or to take it over: few rows, however many wait without an owner. By an expression
-- that nothing else names: by the column, a look-up of one message with its owner might read all its owner has.
CREATE INDEX message_queue_owner ON message_queue ((-owner)) WHERE -owner IS NOT NULL;
-- What nobody owns and may be in hand-over all the same, since its owner was taken for dead: next to nothing. Stops count it.
CREATE INDEX message_queue_given_up ON message_queue (campaign_id) WHERE owner IS NULL AND claims_without_mark > 0;
--rollback DROP TABLE message_queue;
--rollback DROP TABLE node;
