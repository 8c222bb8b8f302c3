package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
        List<CompletableFuture<TriggerResult>> noisy = new ArrayList<>();
        for (int i = 0; i < SHARE; i++) {
            noisy.add(node.triggerLater(unknown("noisy")));
        }

        assertThat(node.triggerLater(unknown("noisy")).join())
                .isInstanceOfSatisfying(
                        TriggerResult.Overloaded.class,
                        refused ->
                                assertThat(refused.overload())
                                        .isEqualTo(TriggerResult.Overload.LOOK_UPS));
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

    private TriggerCommand unknown(String workspace) {
        TriggerCommand known = node.command("r", "ada");
        return new TriggerCommand(
                new CampaignName(new WorkspaceId(workspace), "unknown"),
                known.requestId(),
                known.recipients(),
                known.metadata(),
                null,
                null,
                known.waitFor(),
                false,
                null);
    }

    @Test
    void ofQuestionsAreHalfForOneWorkspaceUntilTheyAreAnswered() {
        List<Runnable> begun = new ArrayList<>();
        node.validating = begun::add;
        List<CompletableFuture<TriggerResult>> asked = new ArrayList<>();
        for (int i = 0; i < SHARE_OF_QUESTIONS; i++) {
            asked.add(node.triggerLater(question()));
        }

        assertThat(node.triggerLater(question()).join())
                .isInstanceOfSatisfying(
                        TriggerResult.Overloaded.class,
                        refused ->
                                assertThat(refused.overload())
                                        .isEqualTo(TriggerResult.Overload.LOOK_UPS));
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
        TriggerCommand known = node.command("r", "ada");
        return new TriggerCommand(
                known.campaign(),
                known.requestId(),
                known.recipients(),
                known.metadata(),
                null,
                null,
                known.waitFor(),
                true,
                null);
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
        return new TriggerCommand(
                command.campaign(),
                command.requestId(),
                command.recipients(),
                command.metadata(),
                null,
                null,
                command.waitFor(),
                false,
                deadline);
    }
}
