package io.campanile.application.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.audience.AudienceResult;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudienceMembers;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.message.LookUpMessages;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@Timeout(30)
class LongCallsTest {
    private static final WorkspaceId NOISY = new WorkspaceId("noisy");
    private static final WorkspaceId QUIET = new WorkspaceId("quiet");
    private static final String OF_ONE_EXECUTION =
            "execution = \"0193c1f0-5a7e-7c3a-9d2b-3f1e6a7c8d90\"";

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final CountDownLatch end = new CountDownLatch(1);
    private final LongCalls reads = LongCalls.ofReaders();
    private final LookUpMessages messages =
            new LookUpMessages(new InMemoryStore(InstantSource.system()).messages(), reads);

    private final Changes changes = InMemoryChanges.at(InstantSource.system());
    private final InMemoryAudiences stored = new InMemoryAudiences(new InMemoryProfiles());
    private final ManageAudiences audiences =
            new ManageAudiences(
                    stored,
                    new InMemoryCampaigns(),
                    new AudienceReview(
                            stored, new InMemoryAudienceRules(), new InMemoryWorkspaces()),
                    changes);
    private final ManageAudienceMembers members = new ManageAudienceMembers(stored, reads, changes);

    @Test
    void areTwoOfOneWorkspaceAndThreeOfAll() throws Exception {
        Future<String> first = begin(NOISY);
        Future<String> second = begin(NOISY);

        assertThatThrownBy(() -> reads.inTurn(NOISY, () -> "third"))
                .isInstanceOf(LongCallsFull.class);
        assertThat(reads.inTurn(QUIET, () -> "read")).isEqualTo("read");

        end.countDown();
        assertThat(first.get()).isEqualTo("read");
        assertThat(second.get()).isEqualTo("read");
        assertThat(reads.inTurn(NOISY, () -> "third")).isEqualTo("third");
    }

    @Test
    void haveTheirTurnWhenAnotherEndsSoon() throws Exception {
        var patient = new LongCalls(LongCalls.READERS, Duration.ofMinutes(1));
        Future<String> first = begin(patient, NOISY);
        Future<String> second = begin(patient, NOISY);
        Future<String> third = threads.submit(() -> patient.inTurn(NOISY, () -> "third"));

        end.countDown();

        assertThat(first.get()).isEqualTo(second.get());
        assertThat(third.get()).isEqualTo("third");
    }

    @Test
    void giveTheirPermitBackWhenTheyFail() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() ->
                            reads.inTurn(
                                    NOISY,
                                    () -> {
                                        throw new IllegalStateException("planted");
                                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(reads.inTurn(NOISY, () -> "read")).isEqualTo("read");
    }

    @Test
    void areListsOfMessagesUnlessOfOneExecution() throws Exception {
        Future<String> first = begin(NOISY);
        Future<String> second = begin(NOISY);

        assertThatThrownBy(() -> messages.list(NOISY, listed("state = \"FAILED\"")))
                .isInstanceOf(LongCallsFull.class);
        assertThat(messages.list(NOISY, listed(OF_ONE_EXECUTION))).isInstanceOf(Page.Found.class);
        assertThat(messages.list(QUIET, listed("state = \"FAILED\"")))
                .isInstanceOf(Page.Found.class);

        end.countDown();
        assertThat(first.get()).isEqualTo(second.get());
    }

    @Test
    void areMembersByARuleUnlessTheyAreListed() throws Exception {
        AudienceName ruled = given("ruled", "true");
        AudienceName listed = given("listed", "");
        Future<String> first = begin(NOISY);
        Future<String> second = begin(NOISY);

        assertThatThrownBy(() -> members.list(ruled, listed(""))).isInstanceOf(LongCallsFull.class);
        assertThat(members.list(listed, listed(""))).get().isInstanceOf(Page.Found.class);

        end.countDown();
        assertThat(first.get()).isEqualTo(second.get());
        assertThat(members.list(ruled, listed(""))).get().isInstanceOf(Page.Found.class);
    }

    private AudienceName given(String id, String rule) {
        var name = new AudienceName(NOISY, id);
        assertThat(
                        audiences.create(
                                name,
                                new AudienceDefinition("", "", rule),
                                ChangeCall.by(Actor.SYSTEM)))
                .isInstanceOf(AudienceResult.Done.class);
        return name;
    }

    private static ListRequest listed(String filter) {
        return new ListRequest(filter, "", 0, "");
    }

    /// One that has begun, and ends with all others.
    private Future<String> begin(WorkspaceId workspace) throws InterruptedException {
        return begin(reads, workspace);
    }

    private Future<String> begin(LongCalls calls, WorkspaceId workspace)
            throws InterruptedException {
        var begun = new CountDownLatch(1);
        Future<String> read =
                threads.submit(() ->
                        calls.inTurn(
                                workspace,
                                () -> {
                                    begun.countDown();
                                    await(end);
                                    return "read";
                                }));
        begun.await();
        return read;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
