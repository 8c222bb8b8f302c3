package io.campanile.persistence.secret;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SealedSecrets;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// What is kept encrypted, on PostgreSQL.
public final class JdbiSealedSecrets implements SealedSecrets {
    private final Store store;

    public JdbiSealedSecrets(Store store) {
        this.store = store;
    }

    // Readers go on; whoever else comes first waits, and finds it is not.
    private static final String LOCK = "LOCK TABLE secret_key IN SHARE ROW EXCLUSIVE MODE";

    private static final String ADD_FIRST =
            """
            INSERT INTO secret_key (key_id, proof)
            SELECT :keyId, :proof
            WHERE NOT EXISTS (SELECT FROM secret_key)
            """;

    @Override
    public List<KeyProof> keys(KeyProof first) {
        return store.inTransaction(handle -> {
            handle.execute(LOCK);
            insert(handle, ADD_FIRST, first);
            return handle.createQuery("SELECT key_id, proof FROM secret_key ORDER BY key_id")
                    .map((row, _) -> new KeyProof(row.getString("key_id"), row.getString("proof")))
                    .list();
        });
    }

    private static final String ADD =
            """
            INSERT INTO secret_key (key_id, proof)
            VALUES (:keyId, :proof)
            ON CONFLICT DO NOTHING
            """;

    @Override
    public void addKey(KeyProof key) {
        store.inStatement(handle -> insert(handle, ADD, key));
    }

    private static int insert(Handle handle, String statement, KeyProof key) {
        return handle.createUpdate(statement)
                .bind("keyId", key.keyId())
                .bind("proof", key.proof())
                .execute();
    }

    @Override
    public void forgetKey(String keyId) {
        store.inStatement(handle ->
                handle.createUpdate("DELETE FROM secret_key WHERE key_id = :keyId")
                        .bind("keyId", keyId)
                        .execute());
    }

    private static final String OF_CONFIGURATIONS =
            """
            SELECT channel_configuration_id AS id, secret AS bytes
            FROM channel_configuration
            WHERE secret_key_id = :keyId AND channel_configuration_id > :after
            ORDER BY channel_configuration_id
            LIMIT :limit
            """;

    private static final String OF_KEYS =
            """
            SELECT p.id, k.bytes
            FROM kept_key k
            CROSS JOIN (VALUES (CAST(:onlyOne AS uuid))) AS p (id)
            WHERE k.purpose = :purpose AND k.key_id = :keyId AND p.id > :after
            LIMIT :limit
            """;

    private static final String OF_MESSAGES =
            """
            SELECT message_id AS id, bytes
            FROM message_secret
            WHERE key_id = :keyId AND message_id > :after
            ORDER BY message_id
            LIMIT :limit
            """;

    @Override
    public List<KeptSecret> sealedWith(String keyId, SecretPurpose purpose, UUID after, int limit) {
        String query =
                switch (purpose) {
                    case CHANNEL_CONFIGURATION -> OF_CONFIGURATIONS;
                    case PSEUDONYM_KEY, TOKEN_KEY -> OF_KEYS;
                    case MESSAGE -> OF_MESSAGES;
                };
        return store.inStatement(handle -> {
            var statement =
                    handle.createQuery(query)
                            .bind("keyId", keyId)
                            .bind("after", after)
                            .bind("limit", limit);
            if (purpose.isKey()) {
                statement.bind("purpose", purpose.name()).bind("onlyOne", KeptSecret.ONLY_ONE);
            }
            return statement.map((row, _) -> kept(keyId, purpose, row)).list();
        });
    }

    private static KeptSecret kept(String keyId, SecretPurpose purpose, ResultSet row)
            throws SQLException {
        return new KeptSecret(
                purpose,
                row.getObject("id", UUID.class),
                new SealedSecret(keyId, row.getBytes("bytes")));
    }

    private static final String REPLACE_OF_CONFIGURATION =
            """
            UPDATE channel_configuration
            SET secret_key_id = :keyId, secret = :bytes
            WHERE channel_configuration_id = :id AND secret_key_id = :keyBefore AND secret = :bytesBefore
            """;

    private static final String REPLACE_OF_KEY =
            """
            UPDATE kept_key
            SET key_id = :keyId, bytes = :bytes
            WHERE purpose = :purpose AND key_id = :keyBefore AND bytes = :bytesBefore
            """;

    private static final String REPLACE_OF_MESSAGE =
            """
            UPDATE message_secret
            SET key_id = :keyId, bytes = :bytes
            WHERE message_id = :id AND key_id = :keyBefore AND bytes = :bytesBefore
            """;

    @Override
    public int replace(Map<KeptSecret, SealedSecret> anew) {
        int replaced = 0;
        for (SecretPurpose purpose : SecretPurpose.values()) {
            // In one order: others may lock several, too.
            List<Map.Entry<KeptSecret, SealedSecret>> ofPurpose =
                    anew.entrySet().stream()
                            .filter(each -> each.getKey().purpose() == purpose)
                            .sorted(Comparator.comparing(each -> each.getKey().id().toString()))
                            .toList();
            if (purpose == SecretPurpose.CHANNEL_CONFIGURATION) {
                for (var each : ofPurpose) {
                    replaced += replaceOfConfiguration(each);
                }
            } else if (!ofPurpose.isEmpty()) {
                replaced += store.inTransaction(handle -> replace(handle, purpose, ofPurpose));
            }
        }
        return replaced;
    }

    /// One a transaction, because marks of its messages wait meanwhile.
    private int replaceOfConfiguration(Map.Entry<KeptSecret, SealedSecret> anew) {
        return store.inTransaction(handle -> {
            ControlGate.enter(handle, anew.getKey().id());
            return replace(handle, anew.getKey().purpose(), List.of(anew));
        });
    }

    private static int replace(
            Handle handle, SecretPurpose purpose, List<Map.Entry<KeptSecret, SealedSecret>> anew) {
        PreparedBatch batch =
                handle.prepareBatch(
                        switch (purpose) {
                            case CHANNEL_CONFIGURATION -> REPLACE_OF_CONFIGURATION;
                            case PSEUDONYM_KEY, TOKEN_KEY -> REPLACE_OF_KEY;
                            case MESSAGE -> REPLACE_OF_MESSAGE;
                        });
        anew.forEach(each -> {
            if (purpose.isKey()) {
                batch.bind("purpose", purpose.name());
            } else {
                batch.bind("id", each.getKey().id());
            }
            batch.bind("keyBefore", each.getKey().sealed().keyId())
                    .bind("bytesBefore", each.getKey().sealed().bytes())
                    .bind("keyId", each.getValue().keyId())
                    .bind("bytes", each.getValue().bytes())
                    .add();
        });
        return IntStream.of(batch.execute()).sum();
    }
}
