package io.campanile.application.consent;

import io.campanile.application.access.Changes;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What people refused who were erased since. It keeps counting for their addresses and identities,
/// until somebody agrees to the same again for one of these. Thread-safe.
public final class FormerDenials {
    private final Consents consents;
    private final Profiles profiles;
    private final FormerNames names;
    private final Changes changes;

    public FormerDenials(Consents consents, Profiles profiles, FormerNames names, Changes changes) {
        this.consents = consents;
        this.profiles = profiles;
        this.names = names;
        this.changes = changes;
    }

    /// Who a refusal is of that comes by the link in an old mail, when the identity in it points at
    /// nobody any more.
    ///
    /// @param identity in the form keys are compared in
    ConsentSubject subject(WorkspaceId workspace, Identity identity) {
        return new ConsentSubject.OfAddress(names.of(workspace, identity));
    }

    /// Lifts what a consent is the opposite of; does nothing for any other record. Within the
    /// transaction that adds the record.
    void liftedBy(ConsentRecord record) {
        if (record.state() == ConsentState.GRANTED) {
            names(record).forEach(name -> lift(name, record));
        }
    }

    /// Nobody knows any more whether what stands under the name of an address was said about the
    /// address, so that the word of a person does not lift it, even where they are known by that
    /// very address: before the erasure it would not have lifted it either.
    private List<EmailAddress> names(ConsentRecord record) {
        return switch (record.subject()) {
            case ConsentSubject.OfAddress(var address) ->
                    List.of(
                            names.of(record.workspace(), address),
                            names.of(record.workspace(), Identity.of(address)));
            case ConsentSubject.OfProfile(var id) ->
                    profiles.find(record.workspace(), id).stream().flatMap(this::names).toList();
        };
    }

    private Stream<EmailAddress> names(Profile person) {
        return person.identities().stream()
                .map(Identity::comparable)
                .map(identity -> names.of(person.workspace(), identity));
    }

    private void lift(EmailAddress name, ConsentRecord granted) {
        var subject = new ConsentSubject.OfAddress(name);
        Optional<ConsentRecord> denied =
                ConsentRecord.ofLevel(granted.level(), consents.lock(granted.workspace(), subject))
                        .filter(counting -> counting.state() == ConsentState.DENIED);
        denied.flatMap(_ -> consents.newest(granted.workspace(), subject, granted.level()))
                .ifPresent(newest ->
                        consents.add(
                                granted.about(name, new ConsentRecordId(changes.newId()))
                                        .saidAfter(newest),
                                true));
    }
}
