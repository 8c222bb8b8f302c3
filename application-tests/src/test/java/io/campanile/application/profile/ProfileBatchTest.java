package io.campanile.application.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

class ProfileBatchTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Identity CRM = new Identity("crmId", "42");
    private static final Identity CARD = new Identity("card", "7");

    private final AtomicInteger asked = new AtomicInteger();
    private final ProfileBatch batch =
            new ProfileBatch(
                    WorkspaceId.DEFAULT,
                    AttributeSchema.NONE,
                    () -> {
                        var _ = asked.incrementAndGet();
                        return Set.of();
                    },
                    List.of(
                            Profile.created(
                                    new ProfileId(new UUID(0, 1)),
                                    WorkspaceId.DEFAULT,
                                    List.of(CRM),
                                    ProfileDetails.NONE,
                                    NOON)),
                    UUID::randomUUID,
                    NOON);

    /// A statement for each change of anybody would be dear.
    @Test
    void asksForTheAddressFieldsOnceAndWhereAddressesMayHaveChangedOnly() {
        learn(DetailsChange.NOTHING, CRM);
        learn(DetailsChange.NOTHING, CRM, CARD);
        learn(new DetailsChange(Map.of(), false, null, null, null, "de", null), CRM);
        assertThat(asked).hasValue(0);

        learn(addresses("ada@example.com"), CRM);
        learn(addresses("ada@home.example"), CRM);
        learn(new DetailsChange(Map.of("vip", true), false, null, null, null, null, null), CRM);
        assertThat(asked).hasValue(1);
    }

    @Test
    void forgetsAFormerAddressThatBecomesAnIdentity() {
        learn(addresses("ada@example.com"), CRM);
        learn(addresses("ada@home.example"), CRM);
        assertThat(formerAddresses()).hasSize(1);

        learn(DetailsChange.NOTHING, CRM, Identity.of(new EmailAddress("ada@example.com")));

        assertThat(formerAddresses()).isEmpty();
    }

    private List<FormerAddress> formerAddresses() {
        return batch.updated().iterator().next().details().formerAddresses();
    }

    private static DetailsChange addresses(String address) {
        List<EmailAddress> addresses = List.of(new EmailAddress(address));
        return new DetailsChange(Map.of(), false, addresses, null, null, null, null);
    }

    private void learn(DetailsChange learned, Identity... identities) {
        var row = new ProfileRow(List.of(identities), learned);
        assertThat(batch.learn(row, ChangeCall.by(Actor.SYSTEM)))
                .isInstanceOf(ProfileResult.Known.class);
    }
}
