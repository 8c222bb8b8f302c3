package io.campanile.persistence.erasure;

import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Erasures on PostgreSQL. No index leads from people to their messages, because every trigger
/// would pay for it: an erasure reads all messages that are kept, a day at a time.
public final class JdbiMessageErasures implements MessageErasures {
    private static final Duration STEP = Duration.ofDays(1);

    /// A transaction that read the person before they were gone writes no message after that.
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    /// By then they are all committed.
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final String INSERT =
            """
            INSERT INTO erasure (profile_id, workspace_id, namespaces, keys, addresses, erase_time)
            VALUES (:profile, :workspace, :namespaces, :keys, :addresses, :time)
            """;

    private static final String ALL =
            """
            SELECT profile_id, workspace_id, namespaces, keys, addresses, erase_time
            FROM erasure
            ORDER BY erase_time
            """;

    private static final String NAMES_PERSON =
            """
            m.campaign_id = ANY (ARRAY(SELECT c.campaign_id FROM campaign c WHERE c.workspace_id = :workspace))
              AND (
                (m.identity_namespace, m.identity_value) IN (SELECT * FROM unnest(:namespaces, :keys))
                OR m.identity_namespace = 'email' AND lower(m.identity_value) = ANY (:addresses)
                OR lower(m.address) = ANY (:addresses))
            """;

    // Ownerless ones in SENDING are in doubt: nobody is handing them over any more.
    private static final String LOCK_OPEN =
            """
            SELECT q.message_id
            FROM message_queue q
            JOIN message m ON m.message_id = q.message_id
            WHERE q.message_id < :end AND %s
            ORDER BY q.message_id
            FOR UPDATE OF q
            """
                    .formatted(NAMES_PERSON);

    private static final String OLDEST =
            "SELECT message_id FROM message ORDER BY message_id LIMIT 1";

    private static final String TAKE_OUT =
            """
            WITH nameless AS (
              UPDATE message m
              SET identity_namespace = :erasedNamespace, identity_value = :erasedKey, address = NULL,
                payload = CASE WHEN m.payload IS NOT NULL THEN convert_to('{}', 'UTF8') END
              WHERE m.message_id >= :first AND m.message_id < :end AND %s
                AND NOT EXISTS (SELECT FROM message_queue q WHERE q.message_id = m.message_id)
              RETURNING m.message_id
            ), undecided AS (
              DELETE FROM message_decision
              WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :first AND message_id < :end
            )
            DELETE FROM message_secret
            WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :first AND message_id < :end
            """
                    .formatted(NAMES_PERSON);

    private static final String DONE = "DELETE FROM erasure WHERE profile_id = :profile";

    private final Store store;

    public JdbiMessageErasures(Store store) {
        this.store = store;
    }

    @Override
    public int begin(Erasure erasure) {
        return store.inTransaction(handle -> {
            bind(handle.createUpdate(INSERT), erasure)
                    .bind("profile", erasure.profile().value())
                    .bind("time", erasure.time())
                    .execute();
            return cancel(handle, erasure, erasure.time()).cancelled();
        });
    }

    @Override
    public int goOn(Instant now) {
        List<Erasure> all =
                store.inStatement(
                        handle -> handle.createQuery(ALL).map((row, _) -> erasure(row)).list());
        int left = 0;
        for (Erasure erasure : all) {
            boolean done = goOn(erasure, now);
            left += done ? 0 : 1;
        }
        return left;
    }

    private boolean goOn(Erasure erasure, Instant now) {
        Open open = store.inTransaction(handle -> cancel(handle, erasure, now));
        takeOut(erasure);
        if (open.left() > 0 || now.isBefore(erasure.time().plus(SETTLED))) {
            return false;
        }
        store.inStatement(handle ->
                handle.createUpdate(DONE).bind("profile", erasure.profile().value()).execute());
        return true;
    }

    private record Open(int cancelled, int left) {}

    private static Open cancel(Handle handle, Erasure erasure, Instant now) {
        List<UUID> open =
                bind(handle.createQuery(LOCK_OPEN), erasure)
                        .bind("end", UuidTimes.lowest(end(erasure)))
                        .mapTo(UUID.class)
                        .list();
        int cancelled =
                open.isEmpty()
                        ? 0
                        : Settlement.settle(
                                handle,
                                open,
                                new MessageState.Cancelled(Reason.PROFILE_ERASED, now));
        return new Open(cancelled, open.size() - cancelled);
    }

    private void takeOut(Erasure erasure) {
        Optional<UUID> oldest =
                store.inStatement(handle -> handle.createQuery(OLDEST).mapTo(UUID.class).findOne());
        Instant end = end(erasure);
        Instant begin = oldest.map(UuidTimes::timeOf).orElse(end);
        while (begin.isBefore(end)) {
            Instant next = begin.plus(STEP).isBefore(end) ? begin.plus(STEP) : end;
            takeOut(erasure, UuidTimes.lowest(begin), UuidTimes.lowest(next));
            begin = next;
        }
    }

    private void takeOut(Erasure erasure, UUID first, UUID end) {
        store.inStatement(handle ->
                bind(handle.createUpdate(TAKE_OUT), erasure)
                        .bind("erasedNamespace", Identity.ERASED.namespace())
                        .bind("erasedKey", Identity.ERASED.value())
                        .bind("first", first)
                        .bind("end", end)
                        .execute());
    }

    private static Instant end(Erasure erasure) {
        return erasure.time().plus(LONGEST_TRANSACTION);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Erasure erasure) {
        return statement
                .bind("workspace", erasure.workspace().value())
                .bind("namespaces", SqlArrays.texts(erasure.identities(), Identity::namespace))
                .bind("keys", SqlArrays.texts(erasure.identities(), Identity::value))
                .bind("addresses", SqlArrays.texts(erasure.addresses(), EmailAddress::value));
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        String[] namespaces = (String[]) row.getArray("namespaces").getArray();
        String[] keys = (String[]) row.getArray("keys").getArray();
        String[] addresses = (String[]) row.getArray("addresses").getArray();
        Set<Identity> identities = new HashSet<>();
        for (int i = 0; i < keys.length; i++) {
            identities.add(new Identity(namespaces[i], keys[i]));
        }
        return new Erasure(
                new ProfileId(row.getObject("profile_id", UUID.class)),
                new WorkspaceId(row.getString("workspace_id")),
                identities,
                Set.of(Stream.of(addresses).map(EmailAddress::new).toArray(EmailAddress[]::new)),
                StateRows.time(row, "erase_time"));
    }
}
