--liquibase formatted sql

--changeset campanile:0012-message-decision
-- What the last decision about a message rested on, as JSON. A message that was handed over without a row rested on
-- nothing: its campaign is transactional, and nothing was on record about its recipient.
CREATE TABLE message_decision (
  message_id  uuid        NOT NULL,
  reason      text,
  facts       text        NOT NULL,
  decide_time timestamptz NOT NULL,
  PRIMARY KEY (message_id)
) PARTITION BY RANGE (message_id);
--rollback DROP TABLE message_decision;
