package io.campanile.persistence.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.store.BatchPoisoned;
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
        orphan("orphan");

        List<IntakeResult> results =
                store().intake()
                        .store(
                                node,
                                List.of(trigger().requestId("orphan").build(), trigger().build()));

        assertThat(results).containsOnly(new IntakeResult.Stored());
    }

    /// What stands beside it is stored by then, and is said to be when the batch is halved.
    @Test
    void saysThatAnOrphansDataIsRefusedAndStoresTheOthers() {
        orphan("poisoned");
        NewExecution good = trigger().build();
        NewExecution bad = trigger().requestId("poisoned").identity("a\0b").build();

        assertThatThrownBy(() -> store().intake().store(node, List.of(bad, good)))
                .isInstanceOf(BatchPoisoned.class);
        assertThat(store(good)).isEqualTo(new IntakeResult.Stored());
        assertThatThrownBy(() -> store(bad)).isInstanceOf(BatchPoisoned.class);
    }

    /// A request id whose execution was dropped with its day.
    private void orphan(String requestId) {
        NewExecution old = stored(trigger().requestId(requestId));
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate("DELETE FROM execution WHERE execution_id = :id")
                                .bind("id", old.id().value())
                                .execute());
    }
}
