WITH nameless AS (
  UPDATE message m
  SET identity_namespace = :erasedNamespace, identity_value = :erasedKey, address = NULL,
    payload = CASE WHEN m.payload IS NOT NULL THEN convert_to('{}', 'UTF8') END
  WHERE m.message_id = ANY (:among) AND m.message_id >= :from AND m.message_id < :until
    AND m.message_id < :end AND ${namesPerson}
    AND NOT EXISTS (SELECT FROM message_queue q WHERE q.message_id = m.message_id)
  RETURNING m.message_id, m.execution_id
), unlabelled AS (
  UPDATE execution e
  SET metadata = NULL
  WHERE e.execution_id = ANY (ARRAY(SELECT execution_id FROM nameless)) AND e.metadata IS NOT NULL
    AND e.audience IS NULL AND NOT EXISTS (
      SELECT
      FROM unnest(e.message_ids) AS o (message_id)
      CROSS JOIN LATERAL (
        SELECT k.identity_namespace FROM message k WHERE k.message_id = o.message_id OFFSET 0
      ) AS m
      WHERE m.identity_namespace <> :erasedNamespace
        AND o.message_id <> ALL (ARRAY(SELECT message_id FROM nameless)))
), wordless AS (
  UPDATE message_receipt
  SET diagnostic = ''
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :from AND message_id < :until
    AND diagnostic <> ''
), undecided AS (
  DELETE FROM message_decision
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :from AND message_id < :until
)
DELETE FROM message_secret
WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :from AND message_id < :until
