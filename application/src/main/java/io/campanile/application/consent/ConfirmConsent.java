package io.campanile.application.consent;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.consent.port.Consents;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The second half of a double opt-in: whoever was asked says yes with the token they were sent.
/// Thread-safe.
public final class ConfirmConsent {
    private final Consents consents;
    private final FormerDenials formerDenials;
    private final Changes changes;
    private final SealedTokens tokens;

    public ConfirmConsent(
            Consents consents, FormerDenials formerDenials, Changes changes, TokenKey key) {
        this.consents = consents;
        this.formerDenials = formerDenials;
        this.changes = changes;
        this.tokens = key.tokens("confirmation/1", 2);
    }

    /// What confirms a record; empty when there is nothing to confirm.
    public String token(ConsentRecord record) {
        return record.state().isConfirmable()
                ? tokens.seal(record.workspace().value(), record.id().value().toString())
                : "";
    }

    /// Grants what the token's record asked for, once: a repetition is answered what the first was.
    public ConfirmationResult confirm(
            WorkspaceId workspace, String token, String proof, ChangeCall call) {
        return changes.make(now ->
                lockQuestion(workspace, token)
                        .map(asked -> confirm(asked, proof, call, now))
                        .orElse(Made.nothing(new ConfirmationResult.TokenUnknown())));
    }

    private Optional<ConsentRecord> asked(WorkspaceId workspace, String token) {
        return tokens.open(token)
                .filter(texts -> texts.getFirst().equals(workspace.value()))
                .flatMap(texts ->
                        consents.find(
                                workspace, new ConsentRecordId(UUID.fromString(texts.getLast()))));
    }

    /// Whoever is merged or erased takes this lock first: the question may be another person's by
    /// now, or gone.
    private Optional<ConsentRecord> lockQuestion(WorkspaceId workspace, String token) {
        Optional<ConsentSubject> locked = Optional.empty();
        Optional<ConsentRecord> asked = asked(workspace, token);
        while (!asked.map(ConsentRecord::subject).equals(locked)) {
            locked = asked.map(ConsentRecord::subject);
            locked.ifPresent(subject -> consents.lock(workspace, subject));
            asked = asked(workspace, token);
        }
        return asked;
    }

    private Made<ConfirmationResult> confirm(
            ConsentRecord asked, String proof, ChangeCall call, Instant now) {
        ConsentRecord counting =
                ConsentRecord.ofLevel(
                                asked.level(), consents.lock(asked.workspace(), asked.subject()))
                        .orElse(asked);
        if (asked.isOvertakenBy(counting)) {
            return Made.nothing(new ConfirmationResult.Overtaken(counting));
        }
        Optional<ConsentRecord> before =
                consents.find(asked.workspace(), asked.id().confirmation());
        if (before.isPresent()) {
            return Made.nothing(
                    before.get().isTakenBackBy(counting)
                            ? new ConfirmationResult.Overtaken(counting)
                            : new ConfirmationResult.Granted(before.get()));
        }
        ConsentRecord newest =
                consents.newest(asked.workspace(), asked.subject(), asked.level()).orElse(asked);
        ConsentRecord granted = asked.confirmed(proof, call.by(), now).saidAfter(newest);
        return Made.unlessValidating(
                call,
                new ConfirmationResult.Granted(granted),
                () -> {
                    consents.add(granted, true);
                    formerDenials.liftFor(List.of(granted));
                });
    }
}
