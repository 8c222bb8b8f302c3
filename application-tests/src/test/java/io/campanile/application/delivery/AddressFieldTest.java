package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.MessageExplanation;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Messages go to the address that an attribute holds, where the channel configuration names one.
class AddressFieldTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL, "work.email");
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

        MessageId message = NodeUnderTest.onlyMessage(node.trigger(command(Map.of(), false)));

        await().until(() -> !view(message).state().isOpen());
        assertThat(world.provider().taken())
                .extracting(OutgoingEmail::to)
                .containsExactly(new EmailAddress("ada@work.example"));
    }

    @Test
    void sendsNowhereWhenItHoldsSomethingElse() {
        known("ask Ada");
        node.start();

        assertThat(forecast(Map.of()))
                .hasFieldOrPropertyWithValue("reason", Reason.ADDRESS_MALFORMED);
        MessageId message = NodeUnderTest.onlyMessage(node.trigger(command(Map.of(), false)));

        await().untilAsserted(() ->
                assertThat(view(message).reason()).isEqualTo(Reason.ADDRESS_MALFORMED));
        assertThat(world.provider().taken()).isEmpty();
    }

    @Test
    void sendsWhereTheCallSaysAndKeepsThat() {
        known("ada@work.example");
        node.start();
        Map<String, Object> moved = Map.of("work", Map.of("email", "ada@new.example"));

        assertThat(forecast(moved)).isEqualTo(new Forecast.Accepted());
        assertThat(sentTo(moved)).isEqualTo(new EmailAddress("ada@new.example"));
    }

    @Test
    void sendsToTheirOwnAddressWhenTheCallHidesTheField() {
        known("ask Ada");
        node.start();
        var hidden = new HashMap<String, Object>();
        hidden.put("work", null);

        assertThat(forecast(hidden)).isEqualTo(new Forecast.Accepted());
        assertThat(sentTo(hidden)).isEqualTo(new EmailAddress("ada@example.com"));
    }

    @Test
    void sendsNowhereWhenTheCallSaysSomethingElse() {
        known("ada@work.example");
        node.start();
        Map<String, Object> wrong = Map.of("work", Map.of("email", "ask Ada"));

        assertThat(forecast(wrong)).hasFieldOrPropertyWithValue("reason", Reason.ADDRESS_MALFORMED);
        MessageId message = NodeUnderTest.onlyMessage(node.trigger(command(wrong, false)));

        await().untilAsserted(() ->
                assertThat(view(message).reason()).isEqualTo(Reason.ADDRESS_MALFORMED));
        assertThat(explained(message))
                .extracting(Verdict::decision)
                .filteredOn(Decision.Exclude.class::isInstance)
                .first()
                .extracting(no -> ((Decision.Exclude) no).evidence().source())
                .isEqualTo("address_field work.email of the call");
    }

    @Test
    void sendsAGuestWhereTheCallSaysAndCanExplainIt() {
        node.start();
        Map<String, Object> guest = Map.of("work", Map.of("email", "guest@example.com"));

        assertThat(forecast(Map.of()))
                .hasFieldOrPropertyWithValue("reason", Reason.ADDRESS_MISSING);
        assertThat(forecast(guest)).isEqualTo(new Forecast.Accepted());
        assertThat(sentTo(guest)).isEqualTo(new EmailAddress("guest@example.com"));
    }

    /// As handed over, as listed, and as explained.
    private @Nullable EmailAddress sentTo(Map<String, Object> overlay) {
        MessageId message = NodeUnderTest.onlyMessage(node.trigger(command(overlay, false)));
        await().until(() -> view(message).state() == MessageState.Kind.SENT);
        EmailAddress address = view(message).address();
        assertThat(world.provider().taken()).extracting(OutgoingEmail::to).containsExactly(address);
        assertThat(explained(message))
                .extracting(Verdict::decision)
                .hasOnlyElementsOfType(Decision.Deliver.class);
        return address;
    }

    private List<Verdict> explained(MessageId message) {
        var explanation =
                new ExplainMessage(world.store.messages())
                        .explain(WorkspaceId.DEFAULT, message)
                        .orElseThrow();
        return ((MessageExplanation.Decided) explanation).verdicts();
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

    private Forecast forecast(Map<String, Object> overlay) {
        if (node.trigger(command(overlay, true))
                instanceof TriggerResult.Validated(var forecasts)) {
            return forecasts.getFirst();
        }
        throw new AssertionError("not validated");
    }

    private TriggerCommand command(Map<String, Object> overlay, boolean validateOnly) {
        var ada = new Recipient(new Identity("crmId", "42"), "", Map.of(), overlay);
        return new TriggerCommand(
                new TriggerEnvelope(world.campaign.name(), "for-ada", Map.of(), null, null),
                List.of(new TriggerCommand.Entry(ada, List.of(), "")),
                TriggerCommand.WaitFor.ACCEPTED,
                validateOnly,
                CallerPatience.until(null));
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
