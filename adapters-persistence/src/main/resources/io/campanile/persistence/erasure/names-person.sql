m.campaign_id = ANY (ARRAY(SELECT c.campaign_id FROM campaign c WHERE c.workspace_id = :workspace))
  AND ((m.identity_namespace, m.identity_value) IN (SELECT * FROM unnest(:namespaces, :keys))
    OR (lower(m.address) = ANY (:addresses)
        -- An address that the call laid over a field stands in the payload and in what was decided on.
        OR m.address IS NULL AND m.payload IS NOT NULL AND (
          position('"profile":{'::bytea IN m.payload) > 0 AND EXISTS (
            SELECT
            -- Cut out once for all fields.
            FROM (SELECT convert_from(m.payload, 'UTF8')::json -> 'profile' AS profile OFFSET 0) AS p
            CROSS JOIN LATERAL (
              SELECT lower(p.profile #>> string_to_array(f.field, '.')) AS address
              FROM unnest(:fields) AS f (field)
              OFFSET 0
            ) AS a
            WHERE a.address = ANY (:addresses))
          OR (
            SELECT lower(d.facts::json ->> 'to')
            FROM message_decision d
            WHERE d.message_id = m.message_id) = ANY (:addresses)
          -- Where it is encrypted, whoever can read it says which messages those are.
          OR m.message_id = ANY (:sealed))
        OR m.identity_namespace = 'email' AND lower(m.identity_value) = ANY (:addresses))
      -- Somebody else who is known, and only uses that address too.
      AND NOT EXISTS (
        SELECT FROM profile_identity i
        WHERE i.workspace_id = :workspace AND i.namespace = m.identity_namespace
          AND i.value = CASE m.identity_namespace
            WHEN 'email' THEN coalesce((:comparables)[array_position(:addresses, lower(m.identity_value))],
              normalize(lower(m.identity_value)))
            ELSE m.identity_value END
          AND i.profile_id <> :profile))
