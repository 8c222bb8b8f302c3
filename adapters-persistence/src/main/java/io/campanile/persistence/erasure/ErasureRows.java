package io.campanile.persistence.erasure;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.IdentityArrays;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Erasures that are not done, and which messages they are about.
public final class ErasureRows {
    /// Whether a message `m` is the person's: by an identity, or by an address, unless it names
    /// somebody else who is known and only uses that address too.
    public static final String NAMES_PERSON = Sql.of(ErasureRows.class, "names-person.sql");

    /// Whether a message `m` may name the person of any erasure that is not done. Whoever looks at
    /// many messages asks this of each of them first, and then [#NAMES_PERSON] for each person of
    /// the few that are left.
    static final String MAY_NAME_SOMEBODY =
            """
            ((m.identity_namespace, m.identity_value) IN (
                SELECT i.namespace, i.value
                FROM erasure e
                CROSS JOIN LATERAL unnest(e.namespaces, e.keys) AS i (namespace, value))
              OR lower(m.address) IN (SELECT unnest(e.addresses) FROM erasure e)
              OR m.address IS NULL AND m.payload IS NOT NULL AND (
                position('"profile":{'::bytea IN m.payload) > 0 AND EXISTS (
                  SELECT
                  FROM (SELECT convert_from(m.payload, 'UTF8')::json -> 'profile' AS profile OFFSET 0) AS p
                  CROSS JOIN LATERAL (
                    SELECT lower(p.profile #>> string_to_array(f.field, '.')) AS address
                    FROM unnest(ARRAY(SELECT DISTINCT unnest(e.fields) FROM erasure e)) AS f (field)
                    OFFSET 0
                  ) AS a
                  WHERE a.address IN (SELECT unnest(e.addresses) FROM erasure e))
                OR (
                  SELECT lower(d.facts::json ->> 'to')
                  FROM message_decision d
                  WHERE d.message_id = m.message_id) IN (SELECT unnest(e.addresses) FROM erasure e))
              OR m.identity_namespace = 'email' AND lower(m.identity_value) IN (
                SELECT unnest(e.addresses) FROM erasure e))
            """;

    private static final String INSERT =
            """
            INSERT INTO erasure (profile_id, workspace_id, namespaces, keys, addresses, fields, erase_time, end_id)
            VALUES (:profile, :workspace, :namespaces, :keys, :addresses, :fields, greatest(:time, clock_timestamp()), :end)
            """;

    private static final String NOW = "SELECT clock_timestamp()";

    private static final String NEWEST =
            "SELECT m.message_id FROM message m ORDER BY m.message_id DESC LIMIT 1";

    private static final String ALL =
            """
            SELECT profile_id, workspace_id, namespaces, keys, addresses, fields, erase_time, end_id, from_id
            FROM erasure
            ORDER BY erase_time
            """;

    private ErasureRows() {}

    /// @param end messages from this one on are about somebody new
    /// @param from all messages before this one name the person no more; absent when none was read
    /// @param spellings of the person's addresses
    record Pending(Erasure erasure, UUID end, @Nullable UUID from, Set<String> spellings) {
        /// Without personal data.
        @Override
        public String toString() {
            return erasure.names().profile().toString();
        }
    }

    static void insert(Handle handle, Erasure erasure) {
        bind(handle.createUpdate(INSERT), erasure.names())
                .bind("time", erasure.time())
                .bind("end", end(handle))
                .execute();
    }

    private static UUID end(Handle handle) {
        Instant now = handle.createQuery(NOW).mapTo(Instant.class).one();
        Instant newest =
                handle.createQuery(NEWEST)
                        .mapTo(UUID.class)
                        .findOne()
                        .map(UuidTimes::timeOf)
                        .orElse(now);
        return UuidTimes.lowest(Erasure.endOfMessages(now, newest));
    }

    static List<Pending> all(Handle handle) {
        return handle.createQuery(ALL).map((row, _) -> pending(row)).list();
    }

    private static Pending pending(ResultSet row) throws SQLException {
        Erasure erasure = erasure(row);
        return new Pending(
                erasure,
                row.getObject("end_id", UUID.class),
                row.getObject("from_id", UUID.class),
                spellings(erasure.names()).keySet());
    }

    /// What [#NAMES_PERSON] needs, and what takes a person's place.
    public static <S extends SqlStatement<S>> S bind(S statement, PersonNames names) {
        return bind(statement, names, List.of());
    }

    /// As [#bind(SqlStatement, PersonNames)].
    ///
    /// @param sealed messages in whose encrypted part an address of theirs is
    static <S extends SqlStatement<S>> S bind(S statement, PersonNames names, List<UUID> sealed) {
        Map<String, String> spellings = spellings(names);
        return IdentityArrays.bind(statement, names.identities())
                .bind("sealed", SqlArrays.uuids(sealed))
                .bind("fields", SqlArrays.texts(names.addressFields(), field -> field))
                .bind("profile", names.profile().value())
                .bind("workspace", names.workspace().value())
                .bind("erasedNamespace", Identity.ERASED.namespace())
                .bind("erasedKey", Identity.ERASED.value())
                .bind("addresses", SqlArrays.texts(spellings.keySet(), spelling -> spelling))
                .bind("comparables", SqlArrays.texts(spellings.values(), address -> address));
    }

    /// The form in which each is compared, by spelling: messages keep what the call said.
    private static Map<String, String> spellings(PersonNames names) {
        Map<String, String> spellings = new LinkedHashMap<>();
        for (EmailAddress address : names.addresses()) {
            address.spellings().forEach(spelling -> spellings.put(spelling, address.comparable()));
        }
        return spellings;
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        String[] addresses = (String[]) row.getArray("addresses").getArray();
        Set<Identity> identities = new LinkedHashSet<>(IdentityArrays.read(row));
        Set<EmailAddress> comparable = new LinkedHashSet<>();
        // Among the spellings of an address is the one that is compared. Others may be none by
        // themselves, such as a domain in letters that has a symbol.
        Stream.of(addresses)
                .flatMap(spelling -> EmailAddress.parse(spelling).stream())
                .forEach(address -> comparable.add(new EmailAddress(address.comparable())));
        var names =
                new PersonNames(
                        new ProfileId(row.getObject("profile_id", UUID.class)),
                        new WorkspaceId(row.getString("workspace_id")),
                        identities,
                        comparable,
                        Set.of((String[]) row.getArray("fields").getArray()));
        return new Erasure(names, RowTimes.time(row, "erase_time"));
    }
}
