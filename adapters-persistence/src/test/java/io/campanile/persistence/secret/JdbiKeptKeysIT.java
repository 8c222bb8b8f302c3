package io.campanile.persistence.secret;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.secret.port.KeptKeys;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.secret.KeptKeysContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class JdbiKeptKeysIT extends KeptKeysContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected KeptKeys keys() {
        return new JdbiKeptKeys(STORE.database().store());
    }

    @Test
    void knowsThePurposesOfKeysOnly() {
        for (String purpose : List.of("MESSAGE", "ANOTHER_KEY")) {
            assertThatThrownBy(() ->
                            STORE.database()
                                    .store()
                                    .inStatement(handle ->
                                            handle.execute(
                                                    "INSERT INTO kept_key (purpose, key_id, bytes)"
                                                            + " VALUES (?, 'a', '')",
                                                    purpose)))
                    .hasStackTraceContaining("kept_key_purpose_known");
        }
    }
}
