package io.campanile.application.erasure;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.Person;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.erasure.PersonExport.Piece;
import io.campanile.application.erasure.PersonExport.Section;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.message.port.Messages;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Tells what is stored under a person's profile, identities and addresses, and what stands under
/// the pseudonyms of these, because it holds the person back as well, whoever refused. What stands
/// under former addresses is left out, because it may be somebody else's. Thread-safe.
public final class ExportProfile {
    private static final int PAGE = 500;

    /// Where people and what is said about them stand.
    public record Stores(
            Profiles profiles,
            AddressAttributes addressAttributes,
            Audiences audiences,
            Suppressions suppressions,
            AllowedEntries allowedEntries,
            Messages messages) {}

    private final Stores stores;
    private final ManageConsents consents;
    private final Pseudonyms pseudonyms;
    private final Changes changes;

    public ExportProfile(
            Stores stores, ManageConsents consents, Pseudonyms pseudonyms, Changes changes) {
        this.stores = stores;
        this.consents = consents;
        this.pseudonyms = pseudonyms;
        this.changes = changes;
    }

    /// Begins an export, which is audited; nothing when nobody is known by that id.
    public Optional<PersonExport> export(WorkspaceId workspace, ProfileId id, ChangeCall call) {
        return changes.make(now -> {
            Optional<Profile> person = stores.profiles().find(workspace, id);
            person.ifPresent(found ->
                    changes.record(
                            workspace,
                            call.by(),
                            AuditAction.PROFILE_EXPORTED,
                            found.name(),
                            "",
                            now));
            return new Made<>(
                    person.map(found -> new PersonExport(sections(found))), person.isPresent());
        });
    }

    private List<Section> sections(Profile person) {
        PersonNames names =
                PersonNames.of(person, stores.addressAttributes().of(person.workspace()));
        List<Section> sections = new ArrayList<>();
        sections.add(_ -> Piece.last(List.of(new ExportedItem.Person(person))));
        sections.add(_ -> Piece.last(memberships(person.id())));
        sections.add(_ -> Piece.last(suppressions(names)));
        sections.add(_ -> Piece.last(allowedEntries(names)));
        sections.add(next -> said(names.workspace(), new Person.ByProfile(person.id()), next));
        Set<EmailAddress> addresses = new LinkedHashSet<>(names.addresses());
        addresses.addAll(pseudonymsOf(names));
        for (EmailAddress address : addresses) {
            sections.add(next -> said(names.workspace(), new Person.ByAddress(address), next));
        }
        sections.add(next -> sent(names, next));
        return sections;
    }

    /// All under which refusals may stand that count for the person.
    private List<EmailAddress> pseudonymsOf(PersonNames names) {
        WorkspaceId workspace = names.workspace();
        return Stream.concat(
                        names.addresses().stream()
                                .flatMap(address ->
                                        Stream.of(
                                                pseudonyms.of(workspace, address),
                                                pseudonyms.of(workspace, Identity.of(address)))),
                        names.identities().stream()
                                .map(identity -> pseudonyms.of(workspace, identity.comparable())))
                .toList();
    }

    private List<ExportedItem> memberships(ProfileId person) {
        return stores.audiences().memberships(person).stream()
                .<ExportedItem>map(ExportedItem.Membership::new)
                .toList();
    }

    private List<ExportedItem> suppressions(PersonNames names) {
        return names.addresses().stream()
                .flatMap(address -> Stream.of(address, pseudonyms.of(names.workspace(), address)))
                .map(SuppressionTarget::of)
                .flatMap(target -> stores.suppressions().find(names.workspace(), target).stream())
                .<ExportedItem>map(ExportedItem.Suppressed::new)
                .toList();
    }

    private List<ExportedItem> allowedEntries(PersonNames names) {
        return names.addresses().stream()
                .map(SuppressionTarget::of)
                .flatMap(target -> stores.allowedEntries().find(names.workspace(), target).stream())
                .<ExportedItem>map(ExportedItem.Allowed::new)
                .toList();
    }

    private Piece said(WorkspaceId workspace, Person person, String pageToken) {
        Optional<Page<ConsentRecord>> page =
                consents.list(workspace, person, new ListRequest("", "", PAGE, pageToken));
        return page.isPresent() && page.get() instanceof Page.Found<ConsentRecord> found
                ? new Piece(
                        found.entries().stream().<ExportedItem>map(ExportedItem.Said::new).toList(),
                        found.nextPageToken())
                : Piece.last(List.of());
    }

    private Piece sent(PersonNames names, String after) {
        MessageId place = after.isEmpty() ? null : new MessageId(UUID.fromString(after));
        MessageSlice found = stores.messages().ofPerson(names, place, PAGE);
        MessageId next = found.next();
        return new Piece(withEvents(found.messages()), next == null ? "" : next.toString());
    }

    /// Each message before what happened to it.
    private List<ExportedItem> withEvents(List<MessageView> messages) {
        Map<MessageId, List<MessageEvent>> happened =
                stores.messages().happened(messages.stream().map(MessageView::id).toList());
        List<ExportedItem> items = new ArrayList<>();
        for (MessageView message : messages) {
            items.add(new ExportedItem.Sent(message));
            for (MessageEvent event : happened.getOrDefault(message.id(), List.of())) {
                items.add(new ExportedItem.Happened(message.id(), event));
            }
        }
        return items;
    }
}
