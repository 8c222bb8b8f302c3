-- A loose index scan: one step for each campaign at each configuration in each lane, whatever its backlog.
WITH RECURSIVE waiting AS (
  (SELECT q.lane, q.campaign_id, q.channel_configuration_id
   FROM message_queue q
   ORDER BY q.lane, q.campaign_id, q.channel_configuration_id
   LIMIT 1)
  UNION ALL
  SELECT n.lane, n.campaign_id, n.channel_configuration_id
  FROM waiting w
  CROSS JOIN LATERAL (
    SELECT q.lane, q.campaign_id, q.channel_configuration_id
    FROM message_queue q
    WHERE (q.lane, q.campaign_id, q.channel_configuration_id)
      > (w.lane, w.campaign_id, w.channel_configuration_id)
    ORDER BY q.lane, q.campaign_id, q.channel_configuration_id
    LIMIT 1) AS n
)
SELECT w.lane, w.channel_configuration_id, w.campaign_id
FROM waiting w
JOIN campaign_control c ON c.campaign_id = w.campaign_id
CROSS JOIN LATERAL (
  SELECT FROM message_queue q
  WHERE q.lane = w.lane
    AND q.campaign_id = w.campaign_id
    AND q.channel_configuration_id = w.channel_configuration_id
    AND q.due_time <= :now
  LIMIT 1
) AS due
WHERE c.delivery = 'DELIVER'
