SELECT u.chosen_id,
  CASE
    WHEN (u.state IN ('SCHEDULED', 'LIVE', 'PAUSED') OR u.pause_mode IS NOT NULL)
      AND u.live_revision = ANY (u.naming) THEN 'LIVE'
    -- Messages obey the revision that they were triggered under, whatever became of their campaign since: it may be over,
    -- or have another revision. So they are looked up, until the first that counts; and so are broadcasts of which not
    -- every message is written.
    WHEN cardinality(u.naming) > 0 AND (
      EXISTS (
        SELECT
        FROM broadcast b
        WHERE b.campaign_id = u.campaign_id AND b.state IN ('WAITING', 'WRITING')
          AND b.revision = ANY (u.naming))
      OR EXISTS (
        SELECT
        FROM message_queue q
        CROSS JOIN LATERAL (
          SELECT m.revision
          FROM message m
          WHERE m.message_id = q.message_id
          OFFSET 0
        ) AS m
        WHERE q.campaign_id = u.campaign_id AND ${mayNeed}
          -- All lanes, so that the index of the queue serves.
          AND q.lane IN ('TRANSACTIONAL', 'HIGH_THROUGHPUT', 'MARKETING')
          AND m.revision = ANY (u.naming))) THEN 'OPEN'
    WHEN u.draft_names THEN 'DRAFT'
    ELSE 'FORMER'
  END AS tie
FROM (
  SELECT c.campaign_id, c.chosen_id, c.state, c.pause_mode, c.live_revision, ${draftNames} AS draft_names,
    ARRAY(
      SELECT r.revision
      FROM campaign_revision r
      WHERE r.campaign_id = c.campaign_id AND ${revisionNames}) AS naming
  FROM campaign c
  WHERE c.workspace_id = :workspace) AS u
WHERE u.draft_names OR cardinality(u.naming) > 0
