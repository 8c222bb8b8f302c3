package io.campanile.application.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.consent.ConsentWorld;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An export tells what an erasure would take.
class ExportProfileTest extends StoreScene {
    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.com");
    private static final Identity CRM = new Identity("crmId", "42");

    private final ConsentWorld world = new ConsentWorld(now);
    private final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    private final ExportProfile exports =
            new ExportProfile(
                    new ExportProfile.Stores(
                            world.profiles,
                            new AddressAttributes(
                                    new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                            new InMemoryAudiences(world.profiles, world.consents),
                            new InMemorySuppressions(),
                            allowedEntries,
                            world.store.messages()),
                    world.manage,
                    world.changes);
    private final Profile ada =
            Profile.created(
                    new ProfileId(UUID.randomUUID()),
                    WorkspaceId.DEFAULT,
                    List.of(CRM),
                    new ProfileDetails(Attributes.NONE, List.of(ADDRESS), "", ""),
                    now);

    @Override
    protected StoreUnderTest store() {
        return world.store;
    }

    @Test
    void tellsOfMessagesByIdentityAndByAddressHoweverFewAreLookedAtAtOnce() {
        world.profiles.insert(ada);
        MessageId byIdentity =
                ids(stored(trigger().of(CRM, new EmailAddress("work@example.com")))).getFirst();
        stored(trigger().identity("bob@example.com"));
        stored(trigger().identity("eve@example.com"));
        MessageId byAddress = ids(stored(trigger().identity("Ada@Example.com"))).getFirst();
        world.store.lookAt(1);

        assertThat(exported())
                .filteredOn(ExportedItem.Sent.class::isInstance)
                .extracting(item -> ((ExportedItem.Sent) item).message())
                .extracting(MessageView::id)
                .containsExactly(byAddress, byIdentity);
    }

    @Test
    void tellsWhatHappenedToMessages() {
        world.profiles.insert(ada);
        stored(trigger().of(CRM, ADDRESS));
        Claim claim = marked().getFirst();
        MessageId message = claim.message();
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));
        var bounce =
                new Receipt(
                        message,
                        "r-1",
                        ReceiptKind.BOUNCED,
                        "5.1.1",
                        "smtp; 550 <ada@example.com> who?",
                        now);
        store().receipts()
                .add(
                        List.of(new NewReceipt(bounce, false)),
                        List.of(
                                new Move(
                                        message,
                                        null,
                                        MessageState.Kind.SENT,
                                        new MessageState.Bounced(Reason.ADDRESS_REFUSED, now))),
                        now);

        List<MessageEvent> events = store().messages().events(message);
        assertThat(events).hasSize(3);
        assertThat(exported())
                .endsWith(
                        new ExportedItem.Sent(
                                store().messages()
                                        .find(WorkspaceId.DEFAULT, message)
                                        .orElseThrow()),
                        new ExportedItem.Happened(message, events.get(1)),
                        new ExportedItem.Happened(message, events.get(2)));
    }

    @Test
    void tellsOfAddressesOnTheAllowedList() {
        world.profiles.insert(ada);
        var entry =
                new AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        SuppressionTarget.of(ADDRESS),
                        "Ada tries it",
                        now,
                        null);
        assertThat(allowedEntries.insert(entry)).isTrue();

        assertThat(exported()).contains(new ExportedItem.Allowed(entry));
    }

    private List<ExportedItem> exported() {
        PersonExport export =
                exports.export(WorkspaceId.DEFAULT, ada.id(), ChangeCall.by(Actor.SYSTEM))
                        .orElseThrow();
        List<ExportedItem> items = new ArrayList<>();
        for (Optional<List<ExportedItem>> piece = export.next();
                piece.isPresent();
                piece = export.next()) {
            items.addAll(piece.get());
        }
        return items;
    }
}
