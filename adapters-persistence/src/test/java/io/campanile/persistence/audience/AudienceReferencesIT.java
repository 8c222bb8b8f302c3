package io.campanile.persistence.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.audience.AudienceResult;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.campaign.JdbiAudienceUses;
import io.campanile.persistence.rule.CelAudienceRules;
import io.campanile.persistence.store.JdbiRequestLog;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.OwnWorkspaces;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A rule begins to ask who is listed in an audience while somebody gives that one a rule: whoever
/// comes second sees what the other did.
class AudienceReferencesIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final AudienceName staff = new AudienceName(workspace, "staff");
    private final AudienceName others = new AudienceName(workspace, "others");
    private final SettableTime clock = new SettableTime(CampaignBuilder.CREATED);
    private final Store store = STORE.database().store();
    private final Transactions transactions = new JdbiTransactions(store);
    private final Audiences audiences = new JdbiAudiences(store);
    private final ManageAudiences manage =
            new ManageAudiences(
                    audiences,
                    new JdbiAudienceUses(store),
                    new AudienceReview(
                            audiences, new CelAudienceRules(), new JdbiWorkspaces(store)),
                    new Changes(
                            transactions,
                            new JdbiRequestLog(store),
                            InMemoryKeptKeys.requestDigests(),
                            new JdbiAuditEntries(store),
                            new InMemoryChangeSignal(),
                            clock,
                            () -> Triggers.id(clock.instant())));

    @Test
    void stayListsOnceARuleAsksForThem() throws InterruptedException, ExecutionException {
        STORE.givenWorkspace(workspace);
        manage.create(staff, new AudienceDefinition("", "", ""), CALL);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AudienceResult> ruled =
                    transactions.inTransaction(() -> {
                        assertThat(create(others, "!member('staff')"))
                                .isInstanceOf(AudienceResult.Done.class);
                        var waiting =
                                executor.submit(
                                        () -> manage.update(staff, _ -> ruled("true"), CALL));
                        LockWaits.await(STORE.database());
                        return waiting;
                    });

            assertThat(ruled.get())
                    .isInstanceOfSatisfying(
                            AudienceResult.Refused.class,
                            refused -> {
                                assertThat(refused.refusal().reason())
                                        .isEqualTo(AudienceDecision.Reason.AUDIENCE_IN_USE);
                                assertThat(refused.refusal().askers()).containsExactly(others);
                            });
        }
    }

    private AudienceResult create(AudienceName name, String rule) {
        return manage.create(name, ruled(rule), CALL);
    }

    private static AudienceDefinition ruled(String rule) {
        return new AudienceDefinition("", "", rule);
    }
}
