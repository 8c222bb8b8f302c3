package io.campanile.application.trigger;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.content.Contract;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.ViolationReason;
import io.campanile.testkit.content.InMemoryPayloadCodec;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

class DraftTriggerTest {
    private final Campaign.Live campaign = aCampaign().live();

    @Test
    void rejectsWhoIsThereAgainAndNobodyBeside() {
        Draft draft = draft("ada@example.com", "ada@example.com", "grace@example.com");

        assertThat(draft.violations())
                .containsExactly(
                        List.of(),
                        List.of(
                                new FieldViolation(
                                        "recipients[1].identity",
                                        ViolationReason.IDENTITY_REPEATED,
                                        "another recipient of this call has the same identity")),
                        List.of());
        assertThat(draft.isAllRejected()).isFalse();
    }

    private Draft draft(String... addresses) {
        var command =
                new TriggerCommand(
                        campaign.name(),
                        "r-1",
                        Stream.of(addresses).map(DraftTriggerTest::entry).toList(),
                        Map.of(),
                        null,
                        null,
                        TriggerCommand.WaitFor.ACCEPTED,
                        false,
                        null);
        return DraftTrigger.of(command, snapshot(), new InMemoryPayloadCodec());
    }

    private static TriggerCommand.Entry entry(String address) {
        return new TriggerCommand.Entry(
                new Recipient(new Identity(Identity.EMAIL, address), "", Map.of(), Map.of(), ""),
                List.of());
    }

    private CampaignSnapshot snapshot() {
        var definition = campaign.live().definition();
        return new CampaignSnapshot(
                campaign.id(),
                campaign.name(),
                Category.TRANSACTIONAL,
                campaign.state(),
                campaign.control(),
                1,
                definition,
                Contract.of(definition.content(), definition.fields()),
                new AttributeCheck(AttributeSchema.NONE),
                new ChannelConfigurationId(new UUID(0, 1)),
                Duration.ofHours(84),
                "",
                false);
    }
}
