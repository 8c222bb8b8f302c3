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
  CONSTRAINT broadcast_state_known CHECK (state IN ('WAITING', 'WRITING', 'WRITTEN', 'CANCELLED', 'STOPPED', 'EXPIRED',
    'AUDIENCE_GONE')),
  CONSTRAINT broadcast_written_of_planned CHECK (written BETWEEN 0 AND planned),
  CONSTRAINT broadcast_written_to_the_end CHECK (state <> 'WRITTEN' OR written = planned),
  CONSTRAINT broadcast_waiting_knows_nobody CHECK (state <> 'WAITING' OR planned = 0)
) WITH (fillfactor = 50);

CREATE INDEX broadcast_unfinished ON broadcast (execution_id) WHERE state IN ('WAITING', 'WRITING');
CREATE INDEX broadcast_time ON broadcast (create_time);

-- The members as they were when the broadcast began; a row goes when its message is written. Numbered
-- from 1, so that the place a broadcast has come to is a number.
CREATE TABLE broadcast_member (
  execution_id uuid   NOT NULL,
  number       bigint NOT NULL,
  profile_id   uuid   NOT NULL,
  PRIMARY KEY (execution_id, number)
);
--rollback DROP TABLE broadcast_member;
--rollback DROP TABLE broadcast;
