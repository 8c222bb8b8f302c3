package io.campanile.application.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.Changes;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

class CancelExecutionTest extends StoreScene {
    private static final UUID ENTRY = new UUID(0, 17);

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    private final CancelExecution cancelExecution =
            new CancelExecution(
                    store.executions(),
                    new Changes(
                            new InMemoryTransactions(),
                            new InMemoryRequestLog(),
                            InMemoryKeptKeys.requestDigests(),
                            audit,
                            new InMemoryChangeSignal(),
                            InstantSource.fixed(now),
                            () -> ENTRY));

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    private CancelCounts cancel(NewExecution execution, boolean validateOnly) {
        return cancelExecution
                .cancel(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, validateOnly)
                .orElseThrow()
                .counts();
    }

    @Test
    void leavesAnAuditEntry() {
        NewExecution execution = stored(trigger().recipients(2));

        assertThat(cancel(execution, false)).isEqualTo(new CancelCounts(2, 0));
        assertThat(audit.all())
                .containsExactly(
                        new AuditEntry(
                                ENTRY,
                                WorkspaceId.DEFAULT,
                                now,
                                Actor.SYSTEM,
                                AuditAction.EXECUTION_CANCELLED,
                                "workspaces/default/executions/" + execution.id(),
                                "cancelled 2, in hand-over 0"));
    }

    @Test
    void repeatsTheAnswerButNotTheAuditEntry() {
        NewExecution execution = stored(trigger().recipients(2));
        cancel(execution, false);

        assertThat(cancel(execution, false)).isEqualTo(new CancelCounts(2, 0));
        assertThat(audit.all()).hasSize(1);
    }

    @Test
    void wouldRepeatTheAnswerOnceCancelled() {
        NewExecution execution = stored(trigger().recipients(2));
        Claim sending = claims(claim(node, now)).getFirst();
        mark(node, List.of(sending));
        cancel(execution, false);
        store.queue().record(List.of(recording(sending, new MessageState.Sent(now))));

        assertThat(cancel(execution, true)).isEqualTo(new CancelCounts(1, 1));
        assertThat(audit.all()).hasSize(1);
    }

    @Test
    void changesNothingWithoutAnOpenMessage() {
        NewExecution execution = stored(trigger());
        Claim sent = marked().getFirst();
        store.queue().record(List.of(recording(sent, new MessageState.Sent(now))));

        assertThat(cancel(execution, false)).isEqualTo(new CancelCounts(0, 0));
        assertThat(audit.all()).isEmpty();
    }

    @Test
    void onlyCountsWhenAskedTo() {
        NewExecution execution = stored(trigger().recipients(2));

        assertThat(cancel(execution, true)).isEqualTo(new CancelCounts(2, 0));
        assertThat(audit.all()).isEmpty();
        assertThat(cancel(execution, false)).isEqualTo(new CancelCounts(2, 0));
    }
}
