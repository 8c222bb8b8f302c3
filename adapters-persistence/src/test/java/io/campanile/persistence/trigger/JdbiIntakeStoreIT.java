package io.campanile.persistence.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.IntakeStoreContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class JdbiIntakeStoreIT extends IntakeStoreContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void takesARequestIdAnewWhoseExecutionWasDroppedWithItsDay() {
        NewExecution old = stored(trigger().requestId("orphan"));
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate("DELETE FROM execution WHERE execution_id = :id")
                                .bind("id", old.id().value())
                                .execute());

        List<IntakeResult> results =
                store().intake()
                        .store(
                                node,
                                List.of(trigger().requestId("orphan").build(), trigger().build()));

        assertThat(results).containsOnly(new IntakeResult.Stored());
    }
}
