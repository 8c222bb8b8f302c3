-- The dead node's marks hold their queue rows until they commit or fail; the next epoch is what makes them worthless.
UPDATE message_queue q
SET claim_epoch = q.claim_epoch + 1, owner = NULL, due_time = clock_timestamp()
WHERE q.message_id = ANY (ARRAY(
  -- Rows are found by their owner first, and locked in the order of their messages afterwards: put in order while they are
  -- found, the whole queue would be read in it.
  SELECT l.message_id
  FROM (
    SELECT f.message_id
    FROM (
      SELECT k.message_id
      FROM unnest(:nodes) AS n (node_id)
      CROSS JOIN LATERAL (
        SELECT h.message_id
        FROM message_queue h
        WHERE -h.owner = -n.node_id
        LIMIT :limit
      ) AS k
      LIMIT :limit
    ) AS f
    ORDER BY f.message_id
    OFFSET 0
  ) AS o
  CROSS JOIN LATERAL (
    SELECT m.message_id
    FROM message_queue m
    WHERE m.message_id = o.message_id AND m.owner = ANY (:nodes)
    FOR NO KEY UPDATE
  ) AS l))
