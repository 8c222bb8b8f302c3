package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.ViolationReason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class TriggerDigestTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static TriggerCommand command(
            String identity,
            Map<String, String> metadata,
            @Nullable Instant expireTime,
            TriggerCommand.WaitFor waitFor,
            @Nullable Instant deadline) {
        var recipient = new Recipient(new Identity("crmId", identity), "", Map.of(), Map.of());
        return new TriggerCommand(
                new TriggerEnvelope(
                        new CampaignName(WorkspaceId.DEFAULT, "welcome"),
                        "r-1",
                        metadata,
                        null,
                        expireTime),
                List.of(new TriggerCommand.Entry(recipient, List.of(), "")),
                waitFor,
                false,
                CallerPatience.until(deadline));
    }

    private static byte[] digest(TriggerCommand command, String payload) {
        return TriggerDigest.of(command, List.of(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] digest(TriggerCommand command) {
        return digest(command, "{}");
    }

    private static final byte[] ORIGINAL =
            digest(command("1", Map.of(), null, TriggerCommand.WaitFor.ACCEPTED, null));

    @Test
    void isTheSameHoweverTheCallerWaits() {
        assertThat(digest(command("1", Map.of(), null, TriggerCommand.WaitFor.HANDED_OVER, NOON)))
                .hasSize(32)
                .isEqualTo(ORIGINAL);
    }

    @Test
    void doesNotDependOnTheOrderOfLabels() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("a", "1");
        one.put("b", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");

        assertThat(digest(command("1", one, null, TriggerCommand.WaitFor.ACCEPTED, null)))
                .isEqualTo(
                        digest(command("1", other, null, TriggerCommand.WaitFor.ACCEPTED, null)));
    }

    @Test
    void differsWithEverythingThatMatters() {
        var waitFor = TriggerCommand.WaitFor.ACCEPTED;

        assertThat(digest(command("2", Map.of(), null, waitFor, null))).isNotEqualTo(ORIGINAL);
        assertThat(digest(command("1", Map.of("a", "1"), null, waitFor, null)))
                .isNotEqualTo(ORIGINAL);
        assertThat(digest(command("1", Map.of(), NOON, waitFor, null))).isNotEqualTo(ORIGINAL);
        assertThat(digest(command("1", Map.of(), null, waitFor, null), "{\"x\":1}"))
                .isNotEqualTo(ORIGINAL);
    }

    @Test
    void doesNotMistakeOneSplitOfTheSameTextForAnother() {
        var waitFor = TriggerCommand.WaitFor.ACCEPTED;

        assertThat(digest(command("1", Map.of("ab", "c"), null, waitFor, null)))
                .isNotEqualTo(digest(command("1", Map.of("a", "bc"), null, waitFor, null)));
    }

    private static byte[] digest(TriggerCommand.Entry entry) {
        var command =
                new TriggerCommand(
                        new TriggerEnvelope(
                                new CampaignName(WorkspaceId.DEFAULT, "welcome"),
                                "r-1",
                                Map.of(),
                                null,
                                null),
                        List.of(entry),
                        TriggerCommand.WaitFor.ACCEPTED,
                        false,
                        CallerPatience.until(null));
        return digest(command);
    }

    @Test
    void doesNotDependOnWhatWeSayIsWrong() {
        var recipient = new Recipient(new Identity("crmId", "1"), "", Map.of(), Map.of());
        var wrong = new FieldViolation("context", ViolationReason.CONTEXT_MALFORMED, "is wrong");
        var reworded = new FieldViolation("context", ViolationReason.SYNTAX, "must be right");

        assertThat(digest(new TriggerCommand.Entry(recipient, List.of(wrong), "unread")))
                .isEqualTo(digest(new TriggerCommand.Entry(recipient, List.of(reworded), "unread")))
                .isNotEqualTo(digest(new TriggerCommand.Entry(recipient, List.of(wrong), "other")));
        assertThat(digest(new TriggerCommand.Entry(recipient, List.of(wrong), "")))
                .isEqualTo(ORIGINAL);
    }

    /// Codes are in it, and short ones are soon tried.
    @Test
    void isStoredUnderAKeyOnly() {
        var world = new DeliveryWorld(Category.TRANSACTIONAL);
        try (var node = new NodeUnderTest(world).start()) {
            TriggerCommand command = node.command("r", "ada");
            var _ = node.trigger(command);

            byte[] stored =
                    world.store.intake().find(world.campaign.id(), "r").orElseThrow().digest();

            byte[] payload =
                    world.store.codec().encode(new Payload(Map.of(), Map.of())).canonical();
            byte[] plain = TriggerDigest.of(command, List.of(payload));
            assertThat(stored).isEqualTo(world.digests.of(plain)).isNotEqualTo(plain);
        }
    }
}
