package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.NodeUnderTest.World;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Messages go to the address that an attribute holds, where the channel configuration names one.
class AddressFieldTest {
    private final World world = new World(Category.TRANSACTIONAL, "work.email");
    private final NodeUnderTest node = new NodeUnderTest(world);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void sendsThereAndNotToThePersonsOwnAddress() {
        known("ada@work.example");
        node.start();

        MessageId message = NodeUnderTest.onlyMessage(node.trigger(command(false)));

        await().until(() -> !view(message).state().isOpen());
        assertThat(world.provider().taken())
                .extracting(OutgoingEmail::to)
                .containsExactly(new EmailAddress("ada@work.example"));
    }

    @Test
    void sendsNowhereWhenItHoldsSomethingElse() {
        known("ask Ada");
        node.start();

        assertThat(forecast()).isEqualTo(new Forecast.Excluded(Reason.ADDRESS_MALFORMED));
        MessageId message = NodeUnderTest.onlyMessage(node.trigger(command(false)));

        await().untilAsserted(() ->
                assertThat(view(message).reason()).isEqualTo(Reason.ADDRESS_MALFORMED));
        assertThat(world.provider().taken()).isEmpty();
    }

    private void known(String work) {
        world.profiles.insert(
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        List.of(new Identity("crmId", "42")),
                        new ProfileDetails(
                                new Attributes(Map.of("work", Map.of("email", work))),
                                List.of(new EmailAddress("ada@example.com")),
                                "",
                                ""),
                        world.clock.instant()));
    }

    private Forecast forecast() {
        if (node.trigger(command(true)) instanceof TriggerResult.Validated(var forecasts)) {
            return forecasts.getFirst();
        }
        throw new AssertionError("not validated");
    }

    private TriggerCommand command(boolean validateOnly) {
        var ada = new Recipient(new Identity("crmId", "42"), "", Map.of(), Map.of(), "");
        return new TriggerCommand(
                world.campaign.name(),
                "for-ada",
                List.of(new TriggerCommand.Entry(ada, List.of())),
                Map.of(),
                null,
                null,
                TriggerCommand.WaitFor.ACCEPTED,
                validateOnly,
                null);
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
