package io.campanile.application.trigger;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// What a node has for calls of all workspaces, and how long each may have it.
class TriggerPermitsTest {
    /// Half of all look-ups.
    private static final int SHARE = 32;

    /// Half of all questions.
    private static final int SHARE_OF_QUESTIONS = 8;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    @AutoClose private final NodeUnderTest node = new NodeUnderTest(world);

    @Test
    void ofLookUpsAreHalfForOneWorkspace() {
        List<Runnable> begun = new ArrayList<>();
        node.blocking = begun::add;
        List<CompletableFuture<TriggerResult>> noisy = triggered(SHARE, unknown("noisy"));

        assertHasNoPermit(unknown("noisy"));
        var quiet = node.triggerLater(unknown("quiet"));
        assertThat(quiet).isNotDone();

        begun.forEach(Runnable::run);
        assertThat(quiet.join()).isInstanceOf(TriggerResult.CampaignUnknown.class);
        assertThat(noisy)
                .allSatisfy(answer ->
                        assertThat(answer.join())
                                .isInstanceOf(TriggerResult.CampaignUnknown.class));
        node.blocking = Runnable::run;
        assertThat(node.triggerLater(unknown("noisy")).join())
                .isInstanceOf(TriggerResult.CampaignUnknown.class);
    }

    private List<CompletableFuture<TriggerResult>> triggered(int times, TriggerCommand command) {
        return Stream.generate(() -> node.triggerLater(command)).limit(times).toList();
    }

    private void assertHasNoPermit(TriggerCommand command) {
        assertThat(node.triggerLater(command).join())
                .isInstanceOfSatisfying(
                        TriggerResult.Overloaded.class,
                        refused ->
                                assertThat(refused.overload())
                                        .isEqualTo(TriggerResult.Overload.LOOK_UPS));
    }

    private TriggerCommand unknown(String workspace) {
        return changed(
                node.command("r", "ada"),
                new CampaignName(new WorkspaceId(workspace), "unknown"),
                false,
                null);
    }

    private static TriggerCommand changed(
            TriggerCommand command,
            CampaignName campaign,
            boolean validateOnly,
            @Nullable Instant deadline) {
        return new TriggerCommand(
                new TriggerEnvelope(
                        campaign, command.requestId(), command.envelope().metadata(), null, null),
                command.recipients(),
                command.waitFor(),
                validateOnly,
                CallerPatience.until(deadline));
    }

    @Test
    void ofQuestionsAreHalfForOneWorkspaceUntilTheyAreAnswered() {
        List<Runnable> begun = new ArrayList<>();
        node.validating = begun::add;
        List<CompletableFuture<TriggerResult>> asked = triggered(SHARE_OF_QUESTIONS, question());

        assertHasNoPermit(question());
        assertThat(asked).noneMatch(CompletableFuture::isDone);

        begun.forEach(Runnable::run);
        assertThat(asked)
                .allSatisfy(answer ->
                        assertThat(answer.join()).isInstanceOf(TriggerResult.Validated.class));
        node.validating = Runnable::run;
        assertThat(node.triggerLater(question()).join())
                .isInstanceOf(TriggerResult.Validated.class);
    }

    private TriggerCommand question() {
        TriggerCommand command = node.command("r", "ada");
        return changed(command, command.campaign(), true, null);
    }

    @Test
    void ofWaitingCallsAreHalfForOneWorkspace() {
        var waiters = new SettlementWaiters(5, world.store.settledStates(), world.clock);
        var noisy = new WorkspaceId("noisy");

        assertThat(waiters.takePermit(noisy)).isTrue();
        assertThat(waiters.takePermit(noisy)).isTrue();
        assertThat(waiters.takePermit(noisy)).isTrue();
        assertThat(waiters.takePermit(noisy)).isFalse();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        waiters.giveBackPermit(noisy);
        assertThat(waiters.takePermit(noisy)).isTrue();
    }

    @Test
    void areKeptForAMinuteHoweverLongACallerWouldWait() {
        world.provider().stall();
        node.start();
        var answer = node.triggerLater(waiting(world.clock.instant().plus(Duration.ofDays(30))));
        await().until(() -> world.provider().running() == 1);

        world.clock.advance(Duration.ofSeconds(59));
        node.waiters.poll();
        assertThat(answer).isNotDone();
        world.clock.advance(Duration.ofSeconds(2));
        node.waiters.poll();

        assertThat(answer).succeedsWithin(Patience.TIME);
    }

    private TriggerCommand waiting(Instant deadline) {
        TriggerCommand command =
                NodeUnderTest.command(
                        world.campaign, "r", "ada", TriggerCommand.WaitFor.HANDED_OVER);
        return changed(command, command.campaign(), false, deadline);
    }
}
