WITH run AS MATERIALIZED (
  -- Read once: joined by its key, it would be looked up for each message.
  SELECT b.campaign_id, b.channel_configuration_id, b.revision, b.expire_time
  FROM broadcast b
  WHERE b.execution_id = :execution
), chunk AS MATERIALIZED (
  SELECT m.number, m.profile_id, m.duplicate_of
  FROM broadcast_member m
  WHERE m.execution_id = :execution AND m.number > :written AND m.number <= :written + :members
), recipient AS MATERIALIZED (
  -- A UUIDv7 for PostgreSQL 15, which has none: a random UUID with the time in its first 48 bits, and then the version
  -- (7000 in hexadecimal is 28672) with the number in the chunk, which is below 4,096. So ids are in the order of the
  -- rows, and indexes grow at their end.
  SELECT encode(overlay(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send(:millis) FROM 3) FROM 1 FOR 6)
      PLACING int2send((28672 + c.number - :written)::int2) FROM 7 FOR 2), 'hex')::uuid AS message_id,
    c.number, CASE WHEN i.value IS NULL THEN 'PROFILE_UNKNOWN' WHEN c.duplicate_of IS NOT NULL
      THEN 'DUPLICATE_RECIPIENT' END
      AS against, c.duplicate_of, ${identity}
  FROM chunk c
  ${joined}
), stored AS (
  INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
    identity_value, address, payload, expire_time)
  SELECT r.message_id, :execution, b.campaign_id, b.revision, r.number - 1,
    coalesce(r.namespace, :erasedNamespace), coalesce(r.value, :erasedKey), NULL, NULL, b.expire_time
  FROM recipient r
  CROSS JOIN run b
), state AS (
  INSERT INTO message_state (message_id, state, reason, attempts, reply_code, enhanced_code, state_time)
  SELECT r.message_id, CASE WHEN r.against IS NULL THEN 'ACCEPTED' ELSE 'EXCLUDED' END, r.against, 0, 0, '', :now
  FROM recipient r
), told AS (
  INSERT INTO message_decision (message_id, reason, facts, decide_time)
  SELECT r.message_id, r.against, json_build_object('writtenInstead', r.duplicate_of)::text, :now
  FROM recipient r
  WHERE r.against = 'DUPLICATE_RECIPIENT'
), counted AS (
  ${counted}
), queue AS (
  INSERT INTO message_queue (message_id, campaign_id, channel_configuration_id, execution_id, lane, due_time,
    expire_time, owner, claim_epoch, claims_without_mark)
  SELECT r.message_id, b.campaign_id, b.channel_configuration_id, :execution, 'MARKETING', :now, b.expire_time,
    NULL, 0, 0
  FROM recipient r
  CROSS JOIN run b
  WHERE r.against IS NULL
)
UPDATE broadcast
SET written = written + (SELECT count(*) FROM recipient), next_write_time = :nextTime
WHERE execution_id = :execution
RETURNING written
