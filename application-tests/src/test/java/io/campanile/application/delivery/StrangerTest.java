package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand.WaitFor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.channel.Category;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/// Campaigns that make strangers known.
class StrangerTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    @Test
    void aMessageMakesAStrangerKnownUnlessItWasTakenFromTheNode() {
        Campaign.Live welcome = welcome("welcome");
        Campaign.Live stopped = welcome("stopped");
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            node.triggerEach(DeliveryWorld.SLOTS);
            await().until(() -> world.provider().running() == DeliveryWorld.SLOTS);
            trigger(node, stopped, "erased");
            await().until(() -> waitingIn(node) == 1);
            world.store.control(
                    stopped.id(), new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
            assertThat(world.store.queue().cancelStopped(10, world.clock.instant())).isEqualTo(1);

            trigger(node, welcome, "guest");
            world.provider().goOn();

            await().until(() -> isKnown("guest"));
            await().until(() -> waitingIn(node) == 0);
        }
        assertThat(isKnown("erased")).isFalse();
    }

    private Campaign.Live welcome(String name) {
        return world.add(aCampaign().named(name).lookingUp(ProfileLookup.CREATE));
    }

    private static void trigger(NodeUnderTest node, Campaign campaign, String person) {
        NodeUnderTest.onlyMessage(
                node.triggerLater(NodeUnderTest.command(campaign, "r-1", person, WaitFor.ACCEPTED))
                        .orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS)
                        .join());
    }

    private boolean isKnown(String person) {
        return world.profiles
                .find(WorkspaceId.DEFAULT, new Identity(Identity.EMAIL, person + "@example.com"))
                .isPresent();
    }

    private int waitingIn(NodeUnderTest node) throws InterruptedException {
        return node.delivery
                .queue(world.allConfigurations().getFirst().id())
                .awaitMessages(0, TimeUnit.MILLISECONDS, () -> false);
    }
}
