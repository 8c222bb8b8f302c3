package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand.WaitFor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.content.EmailContent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class RenderedMailsTest {
    private static final int LENGTH = 500_000;
    private static final int MOST = 10 * LENGTH;
    private static final int MESSAGES = 60;

    private static final DeliveryLimits MANY_SLOTS =
            new DeliveryLimits(
                    2,
                    512,
                    0,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    50,
                    Duration.ofSeconds(1));

    private final DeliveryWorld world =
            new DeliveryWorld(Category.TRANSACTIONAL, channel -> channel.limitedTo(MANY_SLOTS));

    @Test
    void holdNoMoreThanTheirShareOfMemoryWhileAProviderHangs() {
        var content = new EmailContent("Subject", "", "", "x".repeat(LENGTH), "");
        Campaign.Live campaign =
                world.add(
                        aCampaign().named("long").category(Category.TRANSACTIONAL).saying(content));
        world.rendered = new RenderedMails(MOST);
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            for (int i = 0; i < MESSAGES; i++) {
                node.trigger(
                        NodeUnderTest.command(
                                campaign,
                                "r-" + i,
                                NodeUnderTest.recipient("p" + i, Map.of()),
                                WaitFor.ACCEPTED));
            }
            await().until(() -> world.rendered.room() == 0);
            int looks = world.looks.get();
            await().until(() -> world.looks.get() > looks + 5);
            assertThat(world.provider().running()).isBetween(10, 11);

            world.provider().goOn();

            await().untilAsserted(() -> assertThat(world.provider().taken()).hasSize(MESSAGES));
            await().until(() -> node.delivery.inHandOver() == 0);
            assertThat(world.provider().taken()).doesNotHaveDuplicates();
            assertThat(world.rendered.room()).isEqualTo(10);
        }
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void leaveRoomForOthersWhateverOneProviderHolds() {
        var rendered = new RenderedMails(10);
        RenderedMails.Share hanging = rendered.share(1);
        RenderedMails.Share healthy = rendered.share(2);
        try (RenderedMails.Batch batch = hanging.batch()) {
            assertThat(batch.hasRoom()).isTrue();
            batch.take(1_000);
            assertThat(batch.hasRoom()).isFalse();
            assertThat(hanging.room()).isZero();
            assertThat(healthy.room()).isEqualTo(2);
        }
        assertThat(hanging.room()).isEqualTo(1);
    }
}
