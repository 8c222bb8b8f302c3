package io.campanile.persistence.audience;

/// How a broadcast names the members it goes to, the same for estimates.
public final class NamedMembers {
    private static final String IDENTITY =
            """
            SELECT k.namespace, k.value
                FROM profile_identity k
                WHERE k.profile_id = c.profile_id
                ORDER BY k.namespace <> :namespace, k.number
                LIMIT 1\
            """;

    private static final String IS_ADDRESS = "~ '^[^@\\s]+@[^@\\s]+$'";

    /// For a row `c` with a `profile_id`: by an identity in the campaign's namespace, or else by
    /// the first; null when the person was erased. Where to is found when their message is decided.
    public static final String COLUMNS = "i.namespace, i.value";

    /// What [#COLUMNS] are taken from.
    public static final String JOIN = "LEFT JOIN LATERAL (" + IDENTITY + ") AS i ON true";

    /// Where the message would go that is named so, by the attributes that channel configuration
    /// and workspace name, as [io.campanile.domain.eligibility.Addressee] finds it; null when no
    /// address is known.
    public static final String DESTINATION =
            """
            (SELECT CASE
                WHEN f.held IS NULL THEN coalesce(p.email_addresses[1],
                  (SELECT i.value FROM (%1$s) AS i WHERE i.namespace = 'email' AND i.value %2$s))
                WHEN jsonb_typeof(f.held) = 'string' AND f.held #>> '{}' %2$s THEN f.held #>> '{}'
                END
              FROM profile p
              CROSS JOIN LATERAL (
                SELECT coalesce(
                  nullif(nullif(p.attributes #> string_to_array(nullif(:ofConfiguration, ''), '.'), 'null'), '""'),
                  nullif(nullif(p.attributes #> string_to_array(nullif(:ofWorkspace, ''), '.'), 'null'), '""')) AS held
              ) AS f
              WHERE p.profile_id = c.profile_id)\
            """
                    .formatted(IDENTITY, IS_ADDRESS);

    private NamedMembers() {}

    /// [#DESTINATION] with expressions in place of what is bound; they must not name `f`, `i`, `k`
    /// or `p`, which mean something else in there.
    public static String destination(String namespace, String ofConfiguration, String ofWorkspace) {
        return DESTINATION
                .replace(":namespace", namespace)
                .replace(":ofConfiguration", ofConfiguration)
                .replace(":ofWorkspace", ofWorkspace);
    }
}
