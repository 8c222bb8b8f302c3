package io.campanile.application.trigger;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.Category;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.ViolationReason;
import io.campanile.testkit.campaign.CampaignBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a trigger is answered that looks something up in vain.
class TriggerLookUpsTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    /// Not even the request ids can be looked up.
    private volatile RuntimeException failure = new IllegalStateException("ada@example.com");

    /// As for a text nested deeper than the stack.
    private volatile @Nullable Error error;

    @AutoClose private final NodeUnderTest node = new NodeUnderTest(world, _ -> new Failing(), 64);

    @Test
    void isBrokenAfterADefectAndUnavailableOnlyWhenTheDatabaseIsAway() {
        assertThat(node.trigger(rejected()))
                .isInstanceOfSatisfying(
                        TriggerResult.Broken.class,
                        broken -> assertThat(broken.defect()).isSameAs(failure))
                .asString()
                .doesNotContain("ada");

        failure = new StoreUnavailable("away", new IllegalStateException("by the test's will"));
        assertThat(node.trigger(rejected())).isInstanceOf(TriggerResult.Unavailable.class);
    }

    /// More often than there are permits for one workspace.
    @Test
    void isAnsweredAndGivesItsPermitBackWhenItsThreadEndsByAnError() {
        var thrown = new StackOverflowError("by the test's will");
        error = thrown;
        List<Throwable> ended = new ArrayList<>();
        node.blocking =
                task -> {
                    try {
                        task.run();
                    } catch (StackOverflowError e) {
                        ended.add(e);
                    }
                };

        for (int i = 0; i < 33; i++) {
            assertThat(node.trigger(rejected())).isInstanceOf(TriggerResult.Broken.class);
        }
        assertThat(ended).hasSize(33).containsOnly(thrown);
    }

    @Test
    void saysThatACampaignStartsInAMoment() {
        CampaignBuilder due =
                aCampaign()
                        .named("due")
                        .during(new Schedule(world.clock.instant().minusSeconds(1), null));
        Campaign.Scheduled late = due.scheduled();
        world.campaigns.insert(due.draft());
        world.campaigns.addRevision(late.id(), late.live());
        world.campaigns.update(late);
        try (var calm = new NodeUnderTest(world)) {
            assertThat(
                            calm.trigger(
                                    NodeUnderTest.command(
                                            late, "r", "ada", TriggerCommand.WaitFor.ACCEPTED)))
                    .isEqualTo(new TriggerResult.CampaignChanging());
        }
    }

    /// All its recipients are, so that nothing is left but to look whether it is a repeat.
    private TriggerCommand rejected() {
        TriggerCommand command = node.command("r", "ada");
        var violation =
                new FieldViolation("address", ViolationReason.ADDRESS_MALFORMED, "is no address");
        return new TriggerCommand(
                new TriggerEnvelope(
                        command.campaign(),
                        command.requestId(),
                        command.envelope().metadata(),
                        null,
                        null),
                List.of(
                        new TriggerCommand.Entry(
                                command.recipients().getFirst().recipient(),
                                List.of(violation),
                                "")),
                command.waitFor(),
                false,
                CallerPatience.until(null));
    }

    private final class Failing implements IntakeStore {
        @Override
        public List<IntakeResult> store(NodeId node, List<NewExecution> batch) {
            throw failure;
        }

        @Override
        public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
            Error wanted = error;
            if (wanted != null) {
                throw wanted;
            }
            throw failure;
        }

        @Override
        public int forgetRequestIds(Instant before, int limit) {
            throw failure;
        }
    }
}
