SELECT e.execution_id, c.workspace_id, c.chosen_id, e.revision, e.request_id, e.create_time, e.schedule_time,
  e.expire_time, e.cancel_time, e.cancelled_count, e.in_hand_over_count, e.metadata, e.audience,
  b.state AS fan_out, b.paused, b.planned, b.written,
  b.start_time, b.messages_per_second, coalesce(jsonb_array_length(e.rejections), 0) AS rejected,
  n.counts, n.settled_lately, y.reasons, y.complaints,
  ${canary}
FROM page p
CROSS JOIN LATERAL (
  SELECT x.* FROM execution x WHERE x.execution_id = p.execution_id OFFSET 0
) AS e
JOIN campaign c ON c.campaign_id = e.campaign_id
LEFT JOIN LATERAL (
  SELECT x.* FROM broadcast x WHERE x.execution_id = p.execution_id OFFSET 0
) AS b ON true
LEFT JOIN LATERAL (
  SELECT x.* FROM broadcast_canary x WHERE x.execution_id = p.execution_id OFFSET 0
) AS k ON true
CROSS JOIN LATERAL (
  SELECT jsonb_object_agg(g.state, g.messages) FILTER (WHERE g.messages <> 0) AS counts,
    sum(g.settled_lately) AS settled_lately
  FROM (
    SELECT s.state, sum(s.messages) AS messages, sum(s.settled_lately) AS settled_lately
    FROM (
      SELECT s.state, 1 AS messages, 0 AS settled_lately
      FROM (
        SELECT unnest(e.message_ids) AS message_id
        UNION ALL
        SELECT q.message_id
        FROM message_queue q
        WHERE q.execution_id = e.execution_id) AS m
      CROSS JOIN LATERAL (
        SELECT k.state
        FROM message_state k
        WHERE k.message_id = m.message_id
        OFFSET 0
      ) AS s
      UNION ALL
      SELECT k.state, k.messages,
        CASE WHEN k.settle_time > now() - :window * interval '1 second' THEN k.messages ELSE 0 END
      FROM broadcast_settled k
      WHERE k.execution_id = e.execution_id) AS s
    GROUP BY s.state) AS g
) AS n
CROSS JOIN LATERAL (
  SELECT jsonb_object_agg(g.reason, g.messages) FILTER (WHERE g.reason IS NOT NULL AND g.messages <> 0)
      AS reasons,
    coalesce(sum(g.complaints), 0) AS complaints
  FROM (
    SELECT k.reason, sum(k.messages) AS messages, sum(k.complaints) AS complaints
    FROM broadcast_settled k
    WHERE k.execution_id = b.execution_id
    GROUP BY k.reason) AS g
) AS y
WHERE c.workspace_id = :workspace
ORDER BY e.execution_id DESC
