package io.campanile.application.trigger;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Triggers that a node checks by a revision which has been replaced, as long as it has not heard
/// of that.
class FormerRevisionTest {
    private static final int MANY = 50;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    @AutoClose private final NodeUnderTest node = new NodeUnderTest(world).start();

    @Test
    void areAcceptedByTheOneThatIsLive() {
        activate(world.campaign.live().definition());

        MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));

        assertThat(world.store.messages().find(WorkspaceId.DEFAULT, message))
                .hasValueSatisfying(found -> assertThat(found.revision()).isEqualTo(2));
    }

    /// More than one workspace may look up at once.
    @Test
    void areAcceptedAfterOneLookUpForAllThatComeAtOnce() {
        BlockingQueue<Runnable> lookUps = new LinkedBlockingQueue<>();
        try (var late = new NodeUnderTest(world)) {
            activate(world.campaign.live().definition());
            late.blocking = lookUps::add;
            List<CompletableFuture<TriggerResult>> answers =
                    IntStream.range(0, MANY)
                            .mapToObj(call -> late.command("r" + call, "p" + call))
                            .map(late::triggerLater)
                            .toList();
            late.start();

            Runnable lookUp = taken(lookUps);
            assertThat(lookUps).isEmpty();
            late.blocking = Runnable::run;
            lookUp.run();

            assertThat(answers)
                    .extracting(FormerRevisionTest::joined)
                    .extracting(NodeUnderTest::onlyMessage)
                    .doesNotHaveDuplicates();
        }
    }

    private static Runnable taken(BlockingQueue<Runnable> from) {
        NodeUnderTest.await().until(() -> !from.isEmpty());
        return from.remove();
    }

    private static TriggerResult joined(CompletableFuture<TriggerResult> answer) {
        return answer.orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void areHeldToWhatTheOneThatIsLiveNeeds() {
        activate(
                aCampaign()
                        .saying(new EmailContent("Your code", "", "", "{{context.code}}", ""))
                        .definition());

        assertThat(node.trigger(node.command("r", "ada")))
                .isInstanceOf(TriggerResult.AllRejected.class);
    }

    private void activate(CampaignDefinition definition) {
        var next = new Revision(2, definition, world.clock.instant(), Actor.SYSTEM, 0);
        Campaign.Live changed = world.campaign.with(world.campaign.header(), next, null);
        world.campaigns.addRevision(changed.id(), next);
        world.campaigns.update(changed);
        world.store.control(changed.id(), changed.control());
    }
}
