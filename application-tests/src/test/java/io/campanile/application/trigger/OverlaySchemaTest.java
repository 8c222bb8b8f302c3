package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.channel.Category;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.trigger.ViolationReason;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// What a call lays over attributes is as the workspace's schema says.
class OverlaySchemaTest {
    private static final AttributeSchema PLAN =
            new AttributeSchema(
                    List.of(new AttributeDefinition("plan", AttributeType.STRING)), false);
    private static final Map<String, Object> GOLD = Map.of("plan", "gold");
    private static final Map<String, Object> SEVEN = Map.of("plan", 7L);

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final NodeUnderTest node = new NodeUnderTest(world).startIntakeOnly();

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void rejectsThoseWhoseAttributesWouldNotBe() {
        given(PLAN);
        node.snapshots.refresh();

        assertThat(node.trigger(command("r", false, List.of(GOLD, SEVEN, Map.of()))))
                .isInstanceOfSatisfying(
                        TriggerResult.Answered.class,
                        answered ->
                                assertThat(answered.results())
                                        .satisfiesExactly(
                                                OverlaySchemaTest::accepted,
                                                result ->
                                                        assertThat(result)
                                                                .isEqualTo(
                                                                        new RecipientResult
                                                                                .Rejected(
                                                                                wrong(1))),
                                                OverlaySchemaTest::accepted));
    }

    private static void accepted(RecipientResult result) {
        assertThat(result).isInstanceOf(RecipientResult.Accepted.class);
    }

    private static List<FieldViolation> wrong(int recipient) {
        return List.of(
                new FieldViolation(
                        "recipients[" + recipient + "].profile.plan",
                        ViolationReason.ATTRIBUTE_TYPE,
                        "must be a STRING by the workspace's schema, not a NUMBER"));
    }

    @Test
    void validatesByTheSchemaAsItIs() {
        given(PLAN);

        assertThat(node.trigger(command("r", true, List.of(Map.of(), SEVEN))))
                .isEqualTo(
                        new TriggerResult.Validated(
                                List.of(new Forecast.Accepted(), new Forecast.Rejected(wrong(1)))));
    }

    @Test
    void hearsOfASchemaFromOtherNodes() {
        try (var _ = node.snapshots.follow()) {
            given(PLAN);
            assertThat(node.trigger(command("a", false, List.of(SEVEN))))
                    .isEqualTo(new TriggerResult.AllRejected(1, wrong(0)));

            given(AttributeSchema.NONE);
            assertThat(node.trigger(command("b", false, List.of(SEVEN))))
                    .isInstanceOf(TriggerResult.Answered.class);
        }
    }

    @Test
    void refusesNobodyBecauseMemoryIsAMomentOld() {
        given(PLAN);
        node.snapshots.refresh();
        given(AttributeSchema.NONE);

        assertThat(node.trigger(command("r", false, List.of(SEVEN))))
                .isInstanceOf(TriggerResult.Answered.class);
    }

    @Test
    void answersARepeatedCallAsBefore() {
        TriggerResult first = node.trigger(command("r", false, List.of(SEVEN)));
        given(PLAN);
        node.snapshots.refresh();

        assertThat(node.trigger(command("r", false, List.of(SEVEN))))
                .isInstanceOfSatisfying(
                        TriggerResult.Answered.class,
                        again -> {
                            assertThat(again.duplicate()).isTrue();
                            assertThat(NodeUnderTest.onlyMessage(again))
                                    .isEqualTo(NodeUnderTest.onlyMessage(first));
                        });
    }

    private void given(AttributeSchema schema) {
        world.workspaces.update(
                new Workspace(
                        WorkspaceId.DEFAULT,
                        "Default",
                        world.clock.instant(),
                        true,
                        false,
                        ZoneId.of("UTC"),
                        "",
                        schema));
        world.signal.publish(ChangeTopic.ACCESS);
    }

    private TriggerCommand command(
            String requestId, boolean validateOnly, List<Map<String, Object>> profiles) {
        return new TriggerCommand(
                new TriggerEnvelope(world.campaign.name(), requestId, Map.of(), null, null),
                profiles.stream().map(OverlaySchemaTest::entry).toList(),
                TriggerCommand.WaitFor.ACCEPTED,
                validateOnly,
                CallerPatience.until(null));
    }

    private static TriggerCommand.Entry entry(Map<String, Object> profile) {
        var person = new Identity(Identity.EMAIL, "p" + profile.hashCode() + "@example.com");
        return new TriggerCommand.Entry(
                new Recipient(person, "", Map.of(), profile), List.of(), "");
    }
}
