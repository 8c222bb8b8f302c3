package io.campanile.application.erasure;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.consent.ConsentWorld;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
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
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An export tells what an erasure would take, and what was kept of earlier ones for the person.
class ExportProfileTest extends StoreScene {
    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.com");
    private static final Identity CRM = new Identity("crmId", "42");

    private final ConsentWorld world = new ConsentWorld(now);
    private final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    private final InMemorySuppressions suppressions = new InMemorySuppressions();
    private final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    private final ExportProfile exports =
            new ExportProfile(
                    new ExportProfile.Stores(
                            world.profiles,
                            new AddressAttributes(
                                    new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                            new InMemoryAudiences(world.profiles, world.consents),
                            suppressions,
                            allowedEntries,
                            world.store.messages()),
                    world.manage,
                    pseudonyms,
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
    void tellsFormerAddressesAndNothingThatIsKeptUnderThem() {
        var old = new EmailAddress("old@example.com");
        var details = new ProfileDetails(Attributes.NONE, List.of(old), "", "");
        Profile before = ada.knownAs(ada.identities(), details, now);
        Profile moved = ada.remembering(List.of(before), List.of());
        world.profiles.insert(moved);
        stored(trigger().identity(old.value()));
        enter(suppressions, aSuppression(old, now).build());
        enter(suppressions, aSuppression(pseudonyms.of(WorkspaceId.DEFAULT, old), now).build());
        refused(old);
        refused(pseudonyms.of(WorkspaceId.DEFAULT, old));

        assertThat(exported()).containsExactly(new ExportedItem.Person(moved));
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
        assertThat(allowedEntries.insertAll(List.of(entry), now)).hasSize(1);

        assertThat(exported()).contains(new ExportedItem.Allowed(entry));
    }

    @Test
    void tellsWhatIsKeptUnderPseudonymsAndHoldsThePersonBack() {
        world.profiles.insert(ada);
        EmailAddress ofAddress = pseudonyms.of(WorkspaceId.DEFAULT, ADDRESS);
        Suppression entry = aSuppression(ofAddress, now).build();
        enter(suppressions, entry);
        List<ConsentRecord> refused =
                List.of(
                        refused(ofAddress),
                        refused(pseudonyms.of(WorkspaceId.DEFAULT, CRM)),
                        refused(pseudonyms.of(WorkspaceId.DEFAULT, Identity.of(ADDRESS))));
        refused(pseudonyms.of(WorkspaceId.DEFAULT, new Identity("crmId", "43")));

        List<ExportedItem> exported = exported();

        assertThat(exported).contains(new ExportedItem.Suppressed(entry));
        assertThat(exported)
                .filteredOn(ExportedItem.Said.class::isInstance)
                .extracting(item -> ((ExportedItem.Said) item).consent())
                .containsExactlyInAnyOrderElementsOf(refused);
    }

    private ConsentRecord refused(EmailAddress name) {
        var record =
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        new ConsentSubject.OfAddress(name),
                        new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news"),
                        ConsentState.DENIED,
                        "",
                        "",
                        Actor.SYSTEM,
                        now,
                        now);
        world.consents.add(record, true);
        return record;
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
