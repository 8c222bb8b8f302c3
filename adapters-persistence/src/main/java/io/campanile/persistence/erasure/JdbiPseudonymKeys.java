package io.campanile.persistence.erasure;

import io.campanile.application.erasure.port.PseudonymKeys;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.persistence.Store;

/// The key of pseudonyms on PostgreSQL.
public final class JdbiPseudonymKeys implements PseudonymKeys {
    private static final String OFFER =
            """
            INSERT INTO pseudonym_key (key_id, bytes)
            VALUES (:keyId, :bytes)
            ON CONFLICT DO NOTHING
            """;

    private final Store store;

    public JdbiPseudonymKeys(Store store) {
        this.store = store;
    }

    @Override
    public SealedSecret keep(SealedSecret offered) {
        return store.inTransaction(handle -> {
            handle.createUpdate(OFFER)
                    .bind("keyId", offered.keyId())
                    .bind("bytes", offered.bytes())
                    .execute();
            return handle.createQuery("SELECT key_id, bytes FROM pseudonym_key")
                    .map((row, _) ->
                            new SealedSecret(row.getString("key_id"), row.getBytes("bytes")))
                    .one();
        });
    }
}
