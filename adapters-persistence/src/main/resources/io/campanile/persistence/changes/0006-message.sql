--liquibase formatted sql

--changeset campanile:0006-message
-- Written once; without an address when that of the profile is used. Partitioned by day like all that hangs on a message id: a UUIDv7 begins with its time.
CREATE TABLE message (
  message_id         uuid        NOT NULL,
  execution_id       uuid        NOT NULL,
  campaign_id        uuid        NOT NULL,
  revision           integer     NOT NULL,
  recipient_index    integer     NOT NULL,
  identity_namespace text        NOT NULL,
  identity_value     text        NOT NULL,
  address            text,
  payload            bytea,
  expire_time        timestamptz NOT NULL,
  PRIMARY KEY (message_id),
  CONSTRAINT message_recipient_counts CHECK (recipient_index >= 0)
) PARTITION BY RANGE (message_id);

CREATE INDEX message_campaign ON message (campaign_id, message_id);

-- The messages of broadcasts, which share a payload; those of other executions are known by their ids.
CREATE INDEX message_broadcast ON message (execution_id, message_id) WHERE payload IS NULL;

-- Where each message stands. Narrow, half empty pages and no index but the primary key, so that
-- every update stays on its page. Each statement that writes it parses its checks: an array as one constant is parsed
-- faster than one made of many.
CREATE TABLE message_state (
  message_id    uuid        NOT NULL,
  state         text        NOT NULL,
  reason        text,
  attempts      integer     NOT NULL,
  reply_code    smallint    NOT NULL,
  enhanced_code text        NOT NULL,
  state_time    timestamptz NOT NULL,
  PRIMARY KEY (message_id),
  CONSTRAINT message_state_known CHECK (state = ANY ('{ACCEPTED, DEFERRED, SENDING, EXCLUDED, CANCELLED, EXPIRED,
    FAILED, UNKNOWN, SENT, DELIVERED, BOUNCED}'::text[])),
  CONSTRAINT message_state_reason_where_needed
    CHECK ((reason IS NOT NULL) = (state IN ('DEFERRED', 'EXCLUDED', 'CANCELLED', 'FAILED', 'BOUNCED'))),
  CONSTRAINT message_state_reason_known CHECK (reason = ANY ('{SCHEDULED, PROVIDER_BUSY, ADDRESS_BUSY,
    PROVIDER_THROTTLED, PROVIDER_UNREACHABLE, PROVIDER_MISCONFIGURED, OUTCOME_UNKNOWN, ADDRESS_REFUSED,
    POLICY_REFUSED, MESSAGE_REFUSED, RENDERING_FAILED, CLAIMED_TOO_OFTEN, CAMPAIGN_STOPPED, EXECUTION_CANCELLED,
    PROFILE_ERASED, PROFILE_UNKNOWN, ADDRESS_MISSING, ADDRESS_MALFORMED, ADDRESS_SUPPRESSED, DOMAIN_SUPPRESSED,
    CONSENT_DENIED, NOT_ON_ALLOWED_LIST, FREQUENCY_CAPPED, DUPLICATE_RECIPIENT, QUIET_HOURS, DECISION_FAILED}'::text[])),
  CONSTRAINT message_state_sending_was_marked CHECK (state NOT IN ('SENDING', 'SENT', 'UNKNOWN', 'DELIVERED', 'BOUNCED') OR attempts > 0),
  CONSTRAINT message_state_attempts_count CHECK (attempts >= 0)
) PARTITION BY RANGE (message_id);

-- Attempts that left the message open, and how it had settled when the first receipt moved it on; its acceptance and the
-- state that no receipt moved are derived.
CREATE TABLE message_event (
  message_id    uuid        NOT NULL,
  number        integer     NOT NULL,
  state         text        NOT NULL,
  reason        text,
  attempts      integer     NOT NULL,
  reply_code    smallint    NOT NULL,
  enhanced_code text        NOT NULL,
  time          timestamptz NOT NULL,
  PRIMARY KEY (message_id, number),
  CONSTRAINT message_event_passed CHECK (state IN ('DEFERRED', 'EXCLUDED', 'CANCELLED', 'EXPIRED', 'FAILED', 'UNKNOWN', 'SENT')),
  CONSTRAINT message_event_reason_where_needed
    CHECK ((reason IS NOT NULL) = (state IN ('DEFERRED', 'EXCLUDED', 'CANCELLED', 'FAILED'))),
  CONSTRAINT message_event_reason_known CHECK (reason IN ('SCHEDULED', 'PROVIDER_BUSY', 'ADDRESS_BUSY',
    'PROVIDER_THROTTLED', 'PROVIDER_UNREACHABLE', 'PROVIDER_MISCONFIGURED', 'OUTCOME_UNKNOWN', 'ADDRESS_REFUSED',
    'POLICY_REFUSED', 'MESSAGE_REFUSED', 'RENDERING_FAILED', 'CLAIMED_TOO_OFTEN', 'CAMPAIGN_STOPPED',
    'EXECUTION_CANCELLED', 'PROFILE_ERASED', 'PROFILE_UNKNOWN', 'ADDRESS_MISSING', 'ADDRESS_MALFORMED',
    'ADDRESS_SUPPRESSED', 'DOMAIN_SUPPRESSED', 'CONSENT_DENIED', 'NOT_ON_ALLOWED_LIST', 'FREQUENCY_CAPPED',
    'DUPLICATE_RECIPIENT', 'QUIET_HOURS', 'DECISION_FAILED')),
  CONSTRAINT message_event_after_acceptance CHECK (number > 0)
) PARTITION BY RANGE (message_id);

-- Sensitive context, encrypted; deleted when the message settles.
CREATE TABLE message_secret (
  message_id uuid  NOT NULL,
  key_id     text  NOT NULL,
  bytes      bytea NOT NULL,
  PRIMARY KEY (message_id)
) PARTITION BY RANGE (message_id);
--rollback DROP TABLE message_secret;
--rollback DROP TABLE message_event;
--rollback DROP TABLE message_state;
--rollback DROP TABLE message;
