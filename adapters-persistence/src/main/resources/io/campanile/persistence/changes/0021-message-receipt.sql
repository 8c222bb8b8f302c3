--liquibase formatted sql

--changeset campanile:0021-message-receipt
-- What was reported of messages after a provider took them, each under the reporter's own id of it. Numbered together with
-- the events of the message. The address is gone where the person had been erased.
CREATE TABLE message_receipt (
  message_id    uuid        NOT NULL,
  receipt_id    text        NOT NULL,
  number        integer     NOT NULL,
  kind          text        NOT NULL,
  reason        text,
  enhanced_code text        NOT NULL,
  diagnostic    text        NOT NULL,
  address_gone  boolean     NOT NULL,
  event_time    timestamptz NOT NULL,
  record_time   timestamptz NOT NULL,
  PRIMARY KEY (message_id, receipt_id),
  CONSTRAINT message_receipt_in_order UNIQUE (message_id, number),
  CONSTRAINT message_receipt_kind_known CHECK (kind IN ('DELIVERED', 'BOUNCED', 'COMPLAINED')),
  CONSTRAINT message_receipt_reason_of_bounces CHECK (CASE kind
    WHEN 'BOUNCED' THEN coalesce(reason IN ('ADDRESS_REFUSED', 'POLICY_REFUSED', 'MESSAGE_REFUSED'), false)
    ELSE reason IS NULL AND enhanced_code = '' AND diagnostic = '' END),
  CONSTRAINT message_receipt_without_words CHECK (NOT address_gone OR diagnostic = ''),
  CONSTRAINT message_receipt_after_settling CHECK (number > 1)
) PARTITION BY RANGE (message_id);
--rollback DROP TABLE message_receipt;
