package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.channel.InMemorySecretSealer;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.erasure.InMemoryPseudonymKeys;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// What is recorded later counts as said later, whichever node's clock is behind.
class ConsentOrderTest {
    private static final Person ADA = new Person.ByAddress(new EmailAddress("ada@example.com"));
    private static final ConsentLevel NEWS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final Duration BETWEEN_CLOCKS = Duration.ofMinutes(1);

    private final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryConsents consents = new InMemoryConsents();
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final Changes changes =
            new Changes(
                    new InMemoryTransactions(),
                    new InMemoryRequestLog(),
                    new InMemoryAuditEntries(),
                    new InMemoryChangeSignal(),
                    clock,
                    UUID::randomUUID);
    private final FormerDenials formerDenials =
            new FormerDenials(consents, profiles, InMemoryPseudonymKeys.pseudonyms(), changes);
    private final ManageConsents manage =
            new ManageConsents(
                    consents,
                    new ManageProfiles(
                            profiles,
                            new InMemoryWorkspaces(),
                            new InMemoryStore(clock).reservations(),
                            changes),
                    formerDenials,
                    changes);
    private final ConfirmConsent confirmations =
            new ConfirmConsent(consents, formerDenials, changes, new InMemorySecretSealer());

    @Test
    void aRefusalOvertakesAQuestionThatDoesNotCount() {
        record(ConsentState.GRANTED);
        ConsentRecord asked = record(ConsentState.PENDING);
        clock.advance(BETWEEN_CLOCKS.negated());
        ConsentRecord denied = record(ConsentState.DENIED);

        clock.advance(BETWEEN_CLOCKS.multipliedBy(2));

        assertThat(confirmed(asked)).isEqualTo(new ConfirmationResult.Overtaken(denied));
        assertThat(counting()).isEqualTo(denied);
    }

    @Test
    void aQuestionAfterARefusalIsNotOvertakenByIt() {
        record(ConsentState.DENIED);
        clock.advance(BETWEEN_CLOCKS.negated());
        ConsentRecord asked = record(ConsentState.PENDING);

        assertThat(confirmed(asked))
                .isInstanceOfSatisfying(
                        ConfirmationResult.Granted.class,
                        granted -> assertThat(granted.record()).isEqualTo(counting()));
    }

    @Test
    void aYesFollowsEveryQuestion() {
        record(ConsentState.GRANTED);
        ConsentRecord first = record(ConsentState.PENDING);
        ConsentRecord second = record(ConsentState.PENDING);
        clock.advance(BETWEEN_CLOCKS.negated());

        confirmed(first);

        assertThat(counting().time()).isAfter(second.time());
        assertThat(confirmed(second)).isEqualTo(new ConfirmationResult.Granted(counting()));
    }

    private ConsentRecord record(ConsentState state) {
        return manage.record(WorkspaceId.DEFAULT, ADA, new Said(NEWS, state, "", ""), CALL)
                .orElseThrow();
    }

    private ConfirmationResult confirmed(ConsentRecord asked) {
        return confirmations.confirm(WorkspaceId.DEFAULT, confirmations.token(asked), "", CALL);
    }

    private ConsentRecord counting() {
        return manage.current(WorkspaceId.DEFAULT, ADA).orElseThrow().getFirst();
    }
}
