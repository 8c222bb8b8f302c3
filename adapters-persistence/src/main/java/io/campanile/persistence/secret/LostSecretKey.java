package io.campanile.persistence.secret;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.persistence.ErasedNames;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Lets a database go on without a secret key that nobody has any more. For a database that no node
/// runs on.
public final class LostSecretKey {
    private static final int AT_ONCE = 500;

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
        /// @param messages how many open messages had sensitive data that it encrypted
        /// @param keys the purposes of the kept keys that it encrypted
        record GivenUp(List<String> configurations, int messages, Set<SecretPurpose> keys)
                implements Result {}
    }

    private static final String LOCK = "LOCK TABLE secret_key IN SHARE ROW EXCLUSIVE MODE";

    private static final String ERASED_REFUSED =
            """
            SELECT EXISTS (SELECT FROM suppression WHERE target LIKE %1$s)
              OR EXISTS (SELECT FROM address_consent WHERE address LIKE %1$s)
            """
                    .formatted(ErasedNames.PATTERN);

    private static final String CONFIGURATIONS =
            """
            SELECT 'workspaces/' || workspace_id || '/channelConfigurations/' || chosen_id AS name
            FROM channel_configuration
            WHERE secret_key_id = :keyId
            ORDER BY name
            """;

    private static final String LOCK_OPEN =
            """
            SELECT message_id
            FROM message_queue
            WHERE message_id = ANY (:messages)
            ORDER BY message_id
            FOR UPDATE
            """;

    /// The ids of the keys that the database needs.
    public List<String> known() {
        return store.inStatement(LostSecretKey::known);
    }

    private static List<String> known(Handle handle) {
        return handle.createQuery("SELECT key_id FROM secret_key ORDER BY key_id")
                .mapTo(String.class)
                .list();
    }

    /// Gives the key up. Open messages that it encrypted data of settle first, so that whoever was
    /// killed over it can begin anew; the key goes in one transaction. Passwords stay as they are;
    /// other kept keys are made at the next start.
    ///
    /// @param forgetRefusals also when people who were erased had refused, or were suppressed: that
    ///   counts no more
    public Result giveUp(String keyId, boolean forgetRefusals) {
        Optional<Result> refused =
                store.inTransaction(handle -> refusal(handle, keyId, forgetRefusals));
        if (refused.isPresent()) {
            return refused.get();
        }
        int messages = settleMessages(keyId);
        return store.inTransaction(handle ->
                refusal(handle, keyId, forgetRefusals)
                        .orElseGet(() -> forget(handle, keyId, messages)));
    }

    private static Optional<Result> refusal(Handle handle, String keyId, boolean forgetRefusals) {
        handle.execute(LOCK);
        List<String> known = known(handle);
        if (!known.contains(keyId)) {
            return Optional.of(new Result.Unknown(known));
        }
        if (!forgetRefusals
                && keptKeys(handle, keyId).contains(SecretPurpose.PSEUDONYM_KEY)
                && erasedRefused(handle)) {
            return Optional.of(new Result.ErasedPeopleRefused());
        }
        return Optional.empty();
    }

    private static Result forget(Handle handle, String keyId, int messages) {
        Set<SecretPurpose> keys = keptKeys(handle, keyId);
        delete(handle, "DELETE FROM kept_key WHERE key_id = :keyId", keyId);
        delete(handle, "DELETE FROM secret_key WHERE key_id = :keyId", keyId);
        return new Result.GivenUp(
                handle.createQuery(CONFIGURATIONS).bind("keyId", keyId).mapTo(String.class).list(),
                messages,
                keys);
    }

    /// Nobody can ever render them: they would be claimed again and again until they expire.
    private int settleMessages(String keyId) {
        var secrets = new JdbiSealedSecrets(store);
        int settled = 0;
        UUID after = KeptSecret.START;
        List<UUID> page;
        do {
            page =
                    secrets.sealedWith(keyId, SecretPurpose.MESSAGE, after, AT_ONCE).stream()
                            .map(KeptSecret::id)
                            .toList();
            if (!page.isEmpty()) {
                settled += settle(page);
                after = page.getLast();
            }
        } while (page.size() == AT_ONCE);
        return settled;
    }

    /// Those in `SENDING` belong to nobody any more, as no node runs.
    private int settle(List<UUID> messages) {
        return store.inTransaction(handle -> {
            List<UUID> open =
                    handle.createQuery(LOCK_OPEN)
                            .bind("messages", SqlArrays.uuids(messages))
                            .mapTo(UUID.class)
                            .list();
            Instant now = handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
            return Settlement.settle(
                    handle, open, open, new MessageState.Failed(Reason.RENDERING_FAILED, now));
        });
    }

    private static Set<SecretPurpose> keptKeys(Handle handle, String keyId) {
        return handle.createQuery("SELECT purpose FROM kept_key WHERE key_id = :keyId")
                .bind("keyId", keyId)
                .mapTo(SecretPurpose.class)
                .set();
    }

    private static boolean erasedRefused(Handle handle) {
        return handle.createQuery(ERASED_REFUSED).mapTo(boolean.class).one();
    }

    private static void delete(Handle handle, String statement, String keyId) {
        handle.createUpdate(statement).bind("keyId", keyId).execute();
    }
}
