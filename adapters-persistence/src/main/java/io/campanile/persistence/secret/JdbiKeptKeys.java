package io.campanile.persistence.secret;

import io.campanile.application.secret.port.KeptKeys;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.persistence.Store;

/// Keys that are made once, on PostgreSQL.
public final class JdbiKeptKeys implements KeptKeys {
    private static final String OFFER =
            """
            INSERT INTO kept_key (purpose, key_id, bytes)
            VALUES (:purpose, :keyId, :bytes)
            ON CONFLICT DO NOTHING
            """;

    private static final String KEPT =
            "SELECT key_id, bytes FROM kept_key WHERE purpose = :purpose";

    private final Store store;

    public JdbiKeptKeys(Store store) {
        this.store = store;
    }

    @Override
    public SealedSecret keep(SecretPurpose purpose, SealedSecret offered) {
        if (!purpose.isKey()) {
            throw new IllegalArgumentException(purpose + " is no key");
        }
        return store.inTransaction(handle -> {
            handle.createUpdate(OFFER)
                    .bind("purpose", purpose.name())
                    .bind("keyId", offered.keyId())
                    .bind("bytes", offered.bytes())
                    .execute();
            return handle.createQuery(KEPT)
                    .bind("purpose", purpose.name())
                    .map((row, _) ->
                            new SealedSecret(row.getString("key_id"), row.getBytes("bytes")))
                    .one();
        });
    }
}
