package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// What is recorded later counts as said later, whichever node's clock is behind.
class ConsentOrderTest {
    private static final Person ADA = new Person.ByAddress(new EmailAddress("ada@example.com"));
    private static final ConsentLevel NEWS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final Duration BETWEEN_CLOCKS = Duration.ofMinutes(1);

    private final ConsentWorld world = new ConsentWorld();

    @Test
    void aRefusalOvertakesAQuestionThatDoesNotCount() {
        record(ConsentState.GRANTED);
        ConsentRecord asked = record(ConsentState.PENDING);
        world.clock.advance(BETWEEN_CLOCKS.negated());
        ConsentRecord denied = record(ConsentState.DENIED);

        world.clock.advance(BETWEEN_CLOCKS.multipliedBy(2));

        assertThat(confirmed(asked)).isEqualTo(new ConfirmationResult.Overtaken(denied));
        assertThat(counting()).isEqualTo(denied);
    }

    @Test
    void aQuestionAfterARefusalIsNotOvertakenByIt() {
        record(ConsentState.DENIED);
        world.clock.advance(BETWEEN_CLOCKS.negated());
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
        world.clock.advance(BETWEEN_CLOCKS.negated());

        confirmed(first);

        assertThat(counting().time()).isAfter(second.time());
        assertThat(confirmed(second)).isEqualTo(new ConfirmationResult.Granted(counting()));
    }

    private ConsentRecord record(ConsentState state) {
        return world.manage
                .record(WorkspaceId.DEFAULT, ADA, new Said(NEWS, state, "", ""), CALL)
                .orElseThrow();
    }

    private ConfirmationResult confirmed(ConsentRecord asked) {
        return world.confirmations.confirm(
                WorkspaceId.DEFAULT, world.confirmations.token(asked), "", CALL);
    }

    private ConsentRecord counting() {
        return world.manage.current(WorkspaceId.DEFAULT, ADA).orElseThrow().getFirst();
    }
}
