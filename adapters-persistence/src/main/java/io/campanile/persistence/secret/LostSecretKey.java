package io.campanile.persistence.secret;

import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.util.List;

/// Lets a database go on without a secret key that nobody has any more. For a database that no node
/// runs on.
public final class LostSecretKey {
    private final Store store;

    public LostSecretKey(Store store) {
        this.store = store;
    }

    /// What giving a key up came to.
    public sealed interface Result {
        /// There is none of that id.
        ///
        /// @param known the ids there are
        record Unknown(List<String> known) implements Result {}

        /// Nothing was changed: who refused or was suppressed, and was erased since, would get mail
        /// again.
        record ErasedPeopleRefused() implements Result {}

        /// The database knows it no more.
        ///
        /// @param configurations channel configurations whose password it encrypted
        /// @param messages how many open messages have sensitive data that it encrypted
        record GivenUp(List<String> configurations, long messages) implements Result {}
    }

    private static final String LOCK = "LOCK TABLE secret_key IN SHARE ROW EXCLUSIVE MODE";

    private static final String ERASED_REFUSED =
            """
            SELECT EXISTS (SELECT FROM suppression WHERE target LIKE '%@erased.invalid')
              OR EXISTS (SELECT FROM address_consent WHERE address LIKE '%@erased.invalid')
            """;

    private static final String CONFIGURATIONS =
            """
            SELECT 'workspaces/' || workspace_id || '/channelConfigurations/' || chosen_id AS name
            FROM channel_configuration
            WHERE secret_key_id = :keyId
            ORDER BY name
            """;

    /// Gives the key up, in one transaction. What it encrypted stays as it is, but for the key of
    /// pseudonyms: another one is made at the next start.
    ///
    /// @param forgetRefusals also when people who were erased had refused, or were suppressed: that
    ///   counts no more
    public Result giveUp(String keyId, boolean forgetRefusals) {
        return store.inTransaction(handle -> {
            handle.execute(LOCK);
            List<String> known =
                    handle.createQuery("SELECT key_id FROM secret_key ORDER BY key_id")
                            .mapTo(String.class)
                            .list();
            if (!known.contains(keyId)) {
                return new Result.Unknown(known);
            }
            if (!forgetRefusals && sealsPseudonyms(handle, keyId) && erasedRefused(handle)) {
                return new Result.ErasedPeopleRefused();
            }
            delete(handle, "DELETE FROM pseudonym_key WHERE key_id = :keyId", keyId);
            delete(handle, "DELETE FROM secret_key WHERE key_id = :keyId", keyId);
            return new Result.GivenUp(
                    handle.createQuery(CONFIGURATIONS)
                            .bind("keyId", keyId)
                            .mapTo(String.class)
                            .list(),
                    count(handle, "message_secret", keyId));
        });
    }

    private static boolean sealsPseudonyms(Handle handle, String keyId) {
        return count(handle, "pseudonym_key", keyId) > 0;
    }

    private static boolean erasedRefused(Handle handle) {
        return handle.createQuery(ERASED_REFUSED).mapTo(boolean.class).one();
    }

    private static long count(Handle handle, String table, String keyId) {
        return handle.createQuery("SELECT count(*) FROM " + table + " WHERE key_id = :keyId")
                .bind("keyId", keyId)
                .mapTo(long.class)
                .one();
    }

    private static void delete(Handle handle, String statement, String keyId) {
        handle.createUpdate(statement).bind("keyId", keyId).execute();
    }
}
