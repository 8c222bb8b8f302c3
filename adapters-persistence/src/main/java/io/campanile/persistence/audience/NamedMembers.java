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

    private static final String IS_ADDRESS =
            "i.namespace = 'email' AND i.value ~ '^[^@\\s]+@[^@\\s]+$'";

    /// For a row `c` with a `profile_id`: by an identity in the campaign's namespace, or else by
    /// the first; null when the person was erased. Where to: the profile's own address, when its
    /// message is decided, or else the identity if it is one.
    public static final String COLUMNS =
            """
            i.namespace, i.value, CASE WHEN %s
                  AND (SELECT p.email_addresses FROM profile p WHERE p.profile_id = c.profile_id) = '{}'
                  THEN i.value END AS address\
            """
                    .formatted(IS_ADDRESS);

    /// What [#COLUMNS] are taken from.
    public static final String JOIN = "LEFT JOIN LATERAL (" + IDENTITY + ") AS i ON true";

    /// Where the message would go that is named so; null when no address is known.
    public static final String DESTINATION =
            """
            coalesce(
                (SELECT p.email_addresses[1] FROM profile p WHERE p.profile_id = c.profile_id),
                (SELECT i.value FROM (%s) AS i WHERE %s))\
            """
                    .formatted(IDENTITY, IS_ADDRESS);

    private NamedMembers() {}
}
