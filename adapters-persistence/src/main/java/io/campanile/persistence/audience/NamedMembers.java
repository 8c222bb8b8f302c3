package io.campanile.persistence.audience;

/// How a broadcast names the members it goes to, the same for estimates.
public final class NamedMembers {
    /// For a row `c` with a `profile_id`: by an identity in the campaign's namespace, or else by
    /// the first; null when the person was erased. Where to is found when their message is decided.
    public static final String COLUMNS = "i.namespace, i.value";

    /// What [#COLUMNS] are taken from.
    public static final String JOIN =
            """
            LEFT JOIN LATERAL (
                SELECT k.namespace, k.value
                FROM profile_identity k
                WHERE k.profile_id = c.profile_id
                ORDER BY k.namespace <> :namespace, k.number
                LIMIT 1
              ) AS i ON true\
            """;

    private NamedMembers() {}
}
