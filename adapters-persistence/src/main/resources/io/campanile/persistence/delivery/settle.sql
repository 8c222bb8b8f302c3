WITH settled AS (
  UPDATE message_state s
  SET state = CASE WHEN s.state = 'SENDING' THEN 'UNKNOWN' ELSE :state END,
    reason = CASE WHEN s.state <> 'SENDING' THEN :reason END,
    state_time = :time
  WHERE s.message_id = ANY (:messages)
    AND s.message_id BETWEEN :first AND :last
    AND (s.state IN ('ACCEPTED', 'DEFERRED')
      OR s.state = 'SENDING' AND s.message_id = ANY (:ownerless))
  RETURNING s.message_id, s.state
), forgotten AS (
  DELETE FROM message_secret
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM settled)) AND message_id BETWEEN :first AND :last
), gone AS (
  DELETE FROM message_queue
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM settled))
  RETURNING message_id, execution_id
), counted AS (
  ${counted}
)
SELECT count(*) FROM gone
