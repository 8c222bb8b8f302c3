package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.testkit.log.LogLines;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Whoever reads the log while the database is away learns why.
class OutageLinesTest {
    private static final List<String> WAITING =
            List.of(
                    "claiming waits for the database",
                    "outcomes wait for the database count=",
                    "the lease cannot be renewed node=",
                    "delivery waits for the database configuration=");

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    @AutoClose private final LogLines lines = LogLines.of(NodeUnderTest.class.getPackageName());

    @Test
    void allSayTheCause() throws Exception {
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            node.triggerEach(DeliveryWorld.SLOTS - 1);
            await().until(() -> world.provider().running() == DeliveryWorld.SLOTS - 1);
            world.facts.beAway(true);
            node.trigger(node.command("one-more", "eve"));
            world.store.faults().beAway(true);
            world.provider().goOn();
            node.lease.renew();

            await().untilAsserted(() ->
                    assertThat(WAITING)
                            .allSatisfy(line ->
                                    assertThat(lines.all()).anyMatch(all -> all.contains(line))));
            world.facts.beAway(false);
            world.store.faults().beAway(false);
        }

        assertThat(lines.all())
                .filteredOn(line -> line.contains("database"))
                .allMatch(line -> line.contains(" cause=away"));
    }
}
