-- By the campaigns that have something in the queue: those that were stopped stay so for ever, and nearly all of them have
-- none.
WITH RECURSIVE waiting AS (
  (SELECT q.lane, q.campaign_id
   FROM message_queue q
   ORDER BY q.lane, q.campaign_id
   LIMIT 1)
  UNION ALL
  SELECT n.lane, n.campaign_id
  FROM waiting w
  CROSS JOIN LATERAL (
    SELECT q.lane, q.campaign_id
    FROM message_queue q
    WHERE (q.lane, q.campaign_id) > (w.lane, w.campaign_id)
    ORDER BY q.lane, q.campaign_id
    LIMIT 1) AS n
)
-- A claim that is over counts as none: a hand-over is only marked under one that outlasts it.
SELECT q.message_id, (q.owner IS NULL OR q.due_time <= :now) AS ownerless
FROM waiting w
CROSS JOIN LATERAL (
  SELECT FROM campaign_control k WHERE k.campaign_id = w.campaign_id AND k.delivery = 'CANCEL' OFFSET 0
) AS c
CROSS JOIN LATERAL (
  SELECT m.message_id, m.owner, m.due_time
  FROM message_queue m
  WHERE m.lane = w.lane AND m.campaign_id = w.campaign_id
  LIMIT :limit
  FOR UPDATE SKIP LOCKED
) AS q
LIMIT :limit
