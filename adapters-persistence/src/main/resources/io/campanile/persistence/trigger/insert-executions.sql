-- One statement, so that every column travels once, and locks and commit need no exchange of their own.
WITH gate AS MATERIALIZED (
  SELECT pg_advisory_xact_lock_shared(uuid_hash_extended(g.campaign_id, 0))
  FROM (SELECT c.campaign_id FROM unnest(:gates) AS c (campaign_id) ORDER BY 1) AS g
), control AS MATERIALIZED (
  -- A locking clause reads the newest committed version: whoever waited for a stop sees it.
  SELECT c.campaign_id, c.accepts_triggers, c.live_revision
  FROM campaign_control c
  WHERE c.campaign_id = ANY (:gates) AND (SELECT count(*) FROM gate) >= 0
  ORDER BY c.campaign_id
  FOR SHARE OF c
), given AS MATERIALIZED (
  -- unnest copies each value into a store of its own: what has one width and no holes is read from the arrays by its
  -- position instead, and what a message has from its execution by the position of that.
  SELECT :executions AS executions, :campaigns AS campaigns, :configurations AS configurations,
    :revisions AS revisions, :createTimes AS create_times
), incoming AS MATERIALIZED (
  SELECT v.executions[e.position] AS execution_id, v.campaigns[e.position] AS campaign_id,
    v.revisions[e.position] AS revision, e.request_id, e.digest, to_timestamp(v.create_times[e.position]) AS create_time,
    to_timestamp(e.schedule_time) AS schedule_time, to_timestamp((:expireTimes)[e.position]) AS expire_time,
    e.metadata, e.message_ids, e.rejections, e.audience
  FROM given v
  CROSS JOIN unnest(:requestIds, :digests, :scheduleTimes, :metadata, :messageIds, :rejections, :audiences)
    WITH ORDINALITY AS e (request_id, digest, schedule_time, metadata, message_ids, rejections, audience, position)
  -- IS TRUE, here and below, makes the planner look things up in a hash table, where a semi-join could not use one.
  WHERE ((v.campaigns[e.position], v.revisions[e.position])
    IN (SELECT campaign_id, live_revision FROM control WHERE accepts_triggers)) IS TRUE
), fresh AS (
  -- Which request ids were free is known when the keys are in.
  INSERT INTO trigger_key (campaign_id, request_id, digest, execution_id, create_time)
  SELECT campaign_id, request_id, digest, execution_id, create_time
  FROM incoming
  ON CONFLICT DO NOTHING
  RETURNING execution_id
), stored_execution AS (
  INSERT INTO execution (execution_id, campaign_id, revision, request_id, create_time, schedule_time,
    expire_time, metadata, message_ids, rejections, audience)
  SELECT execution_id, campaign_id, revision, request_id, create_time, schedule_time, expire_time,
    metadata::jsonb, message_ids::uuid[], rejections::jsonb, audience
  FROM incoming
  WHERE (execution_id IN (SELECT execution_id FROM fresh)) IS TRUE
), new_message AS MATERIALIZED (
  SELECT (:messages)[m.position] AS message_id, v.executions[m.parent] AS execution_id,
    v.campaigns[m.parent] AS campaign_id, v.configurations[m.parent] AS channel_configuration_id,
    v.revisions[m.parent] AS revision, (:recipientIndexes)[m.position] AS recipient_index,
    m.identity_namespace, m.identity_value, m.address, m.payload, m.key_id, m.secret, m.lane,
    to_timestamp(v.create_times[m.parent]) AS create_time, to_timestamp((:dueTimes)[m.position]) AS due_time,
    to_timestamp((:messageExpireTimes)[m.position]) AS expire_time, (:scheduled)[m.position] AS scheduled,
    (:kept)[m.position] AS kept
  FROM given v
  CROSS JOIN unnest(:parents, :identityNamespaces, :identityValues, :addresses, :payloads, :keyIds, :secrets,
      :lanes)
    WITH ORDINALITY AS m (parent, identity_namespace, identity_value, address, payload, key_id, secret, lane, position)
  WHERE (v.executions[m.parent] IN (SELECT execution_id FROM fresh)) IS TRUE
), stored_message AS (
  INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
    identity_value, address, payload, expire_time)
  SELECT message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace, identity_value,
    address, payload, expire_time
  FROM new_message
), state AS (
  INSERT INTO message_state (message_id, state, reason, attempts, reply_code, enhanced_code, state_time)
  SELECT message_id, CASE WHEN scheduled THEN 'DEFERRED' ELSE 'ACCEPTED' END,
    CASE WHEN scheduled THEN 'SCHEDULED' END, 0, 0, '', create_time
  FROM new_message
), secret AS (
  INSERT INTO message_secret (message_id, key_id, bytes)
  SELECT message_id, key_id, secret
  FROM new_message
  WHERE key_id IS NOT NULL
), queued AS (
  INSERT INTO message_queue (message_id, campaign_id, channel_configuration_id, lane, due_time, expire_time,
    owner, claim_epoch, claims_without_mark, payload_bytes)
  SELECT message_id, campaign_id, channel_configuration_id, lane, due_time, expire_time,
    CASE WHEN kept THEN :node END, CASE WHEN kept THEN :firstEpoch ELSE 0 END, CASE WHEN kept THEN 1 ELSE 0 END,
    octet_length(payload) + coalesce(octet_length(secret), 0)
  FROM new_message
)
SELECT execution_id, NULL::uuid AS campaign_id, NULL::integer AS live_revision FROM fresh
UNION ALL
SELECT NULL, campaign_id, live_revision FROM control WHERE accepts_triggers
