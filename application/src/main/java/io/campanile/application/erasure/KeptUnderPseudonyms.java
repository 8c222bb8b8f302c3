package io.campanile.application.erasure;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Keeps what keeps others from writing to somebody who is erased, under pseudonyms of their
/// addresses and identities. Only within a transaction, that of the erasure. Thread-safe.
final class KeptUnderPseudonyms {
    private final Consents consents;
    private final Suppressions suppressions;
    private final Pseudonyms pseudonyms;
    private final Supplier<UUID> newId;

    KeptUnderPseudonyms(
            Consents consents,
            Suppressions suppressions,
            Pseudonyms pseudonyms,
            Supplier<UUID> newId) {
        this.consents = consents;
        this.suppressions = suppressions;
        this.pseudonyms = pseudonyms;
        this.newId = newId;
    }

    /// Forgets what was said for an address but for the denials. When something was recorded since
    /// the person gave it up, somebody else may have said all of it.
    void wordsFor(WorkspaceId workspace, EmailAddress address, Instant until) {
        var subject = new ConsentSubject.OfAddress(address);
        List<ConsentRecord> said = consents.lock(workspace, subject);
        if (consents.before(workspace, said).stream()
                .allMatch(record -> record.recordTime().isBefore(until))) {
            denialsUnder(pseudonyms.of(workspace, address), said);
            consents.forget(workspace, subject);
        }
    }

    /// Keeps what the person refused, for whoever is written to by this address.
    void denials(List<ConsentRecord> said, WorkspaceId workspace, EmailAddress address) {
        denialsUnder(pseudonyms.of(workspace, address), said);
    }

    /// Keeps what the person refused, for whoever is named by this identity.
    void denials(List<ConsentRecord> said, WorkspaceId workspace, Identity identity) {
        denialsUnder(pseudonyms.of(workspace, identity), said);
    }

    private void denialsUnder(EmailAddress pseudonym, List<ConsentRecord> said) {
        for (ConsentRecord record : said) {
            if (record.state().outlivesErasure()) {
                var id = new ConsentRecordId(newId.get());
                consents.add(record.about(pseudonym, id), true);
            }
        }
    }

    /// Keeps what an address is suppressed by, unless that was entered since the person gave it up.
    void suppression(WorkspaceId workspace, EmailAddress address, Instant until, Instant now) {
        suppressions
                .find(workspace, SuppressionTarget.of(address))
                .filter(suppression -> suppression.createTime().isBefore(until))
                .ifPresent(suppression -> {
                    suppressions.delete(workspace, suppression.id());
                    keepBoth(suppression.of(pseudonyms.of(workspace, address)), now);
                });
    }

    /// Somebody with that address may have been erased before.
    private void keepBoth(Suppression kept, Instant now) {
        Optional<Suppression> before = suppressions.find(kept.workspace(), kept.target());
        before.ifPresent(entry -> suppressions.delete(kept.workspace(), entry.id()));
        suppressions.insertAll(
                List.of(before.map(entry -> kept.and(entry, now)).orElse(kept)), Set.of(), now);
    }
}
