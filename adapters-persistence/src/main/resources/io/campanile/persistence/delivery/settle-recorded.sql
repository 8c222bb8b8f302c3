WITH given AS MATERIALIZED (
  -- What a message is given stands in the arrays where its id stands in the first, which is sorted and names it once:
  -- there width_bucket finds it by halves. Arrays of texts are walked up to it, which costs less than a join with the
  -- rows that are held: that would read all for each.
  SELECT :messages AS messages, :states AS states, :reasons AS reasons, :replyCodes AS reply_codes,
    :enhancedCodes AS enhanced_codes, :times AS times
), held AS MATERIALIZED (
  -- The epoch fences: a claim that was lost locks no row, and all else follows from the lock.
  -- Locks in the order of the messages given, which are sorted.
  SELECT r.message_id, r.claim_epoch
  FROM given v
  CROSS JOIN LATERAL unnest(v.messages, :epochs) AS r (message_id, claim_epoch)
  CROSS JOIN LATERAL (
    SELECT FROM message_queue m
    WHERE m.message_id = r.message_id AND m.claim_epoch = r.claim_epoch AND m.owner IS NOT NULL
    FOR UPDATE
  ) AS q
), gone AS (
  DELETE FROM message_queue
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM held))
  RETURNING message_id, execution_id
), forgotten AS (
  DELETE FROM message_secret
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM held)) AND message_id BETWEEN :first AND :last
), counted AS (
  ${counted}
), decided AS (
  ${decided}
)
UPDATE message_state s
SET state = v.states[width_bucket(s.message_id, v.messages)],
  reason = v.reasons[width_bucket(s.message_id, v.messages)],
  reply_code = v.reply_codes[width_bucket(s.message_id, v.messages)],
  enhanced_code = v.enhanced_codes[width_bucket(s.message_id, v.messages)],
  state_time = to_timestamp(v.times[width_bucket(s.message_id, v.messages)])
FROM given v
WHERE s.message_id = ANY (ARRAY(SELECT message_id FROM held))
  AND s.message_id BETWEEN :first AND :last
RETURNING s.message_id
