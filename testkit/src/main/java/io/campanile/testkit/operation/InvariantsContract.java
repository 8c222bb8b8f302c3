package io.campanile.testkit.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.operation.port.Invariants;
import io.campanile.application.operation.port.Invariants.Finding;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.UUID;

/// What every [Invariants] must find. Each test needs a store to itself.
public abstract class InvariantsContract extends StoreScene {
    /// What a store never does by itself.
    protected enum Fault {
        MESSAGES_HAVE_NO_STATE("message-in-exactly-one-state"),
        SETTLED_MESSAGES_ARE_QUEUED("open-message-for-every-queue-row"),
        EXECUTIONS_PLANNED_MORE("execution-sums-equal"),
        MESSAGES_HAVE_NO_EXECUTION("message-belongs-to-an-execution"),
        SETTLED_MESSAGES_HAVE_SECRETS("secret-only-while-open"),
        UNSENT_MESSAGES_HAVE_RESERVATIONS("reservation-only-of-what-may-have-been-sent"),
        EXCLUDED_MESSAGES_HAVE_NO_DECISION("decision-for-every-excluded-message"),
        DELIVERED_MESSAGES_HAVE_NO_RECEIPT("receipt-for-every-reported-state"),
        CAMPAIGNS_HAVE_NO_CONTROL_ROW("control-row-fits-campaign");

        private final String invariant;

        Fault(String invariant) {
            this.invariant = invariant;
        }
    }

    private MessageId settled = new MessageId(new UUID(0, 0));

    protected final Invariants invariants() {
        return store().invariants();
    }

    /// Breaks the store, everywhere it can be broken like this.
    protected abstract void plant(Fault fault);

    /// One settled message and one in hand-over beside a rejected recipient, and one that waits.
    @BeforeEach
    void fillTheStore() {
        stored(trigger().recipients(2).rejectedAt(1));
        Claim claim = marked().getFirst();
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));
        settled = claim.message();
        stored(trigger());
    }

    @Test
    void findsNothingInAHealthyStore() {
        assertThat(invariants().check(10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatBreaksAPromise(Fault fault) {
        plant(fault);

        assertThat(invariants().check(1))
                .extracting(Finding::invariant)
                .contains(fault.invariant)
                .doesNotHaveDuplicates();
    }

    @Test
    void namesTheMessageConcerned() {
        plant(Fault.SETTLED_MESSAGES_HAVE_SECRETS);

        assertThat(invariants().check(10))
                .extracting(Finding::invariant, Finding::id)
                .containsExactly(tuple("secret-only-while-open", settled.toString()));
    }

    @Test
    void namesTheCampaignWhoseControlRowDoesNotFit() {
        control(true, Delivery.HOLD);
        assertThat(invariants().check(10))
                .extracting(Finding::invariant, Finding::id)
                .containsExactly(tuple("control-row-fits-campaign", campaign.toString()));

        control(false, Delivery.DELIVER);
        assertThat(invariants().check(10))
                .extracting(Finding::invariant, Finding::id)
                .containsExactly(tuple("control-row-fits-campaign", campaign.toString()));
    }

    @Test
    void namesAsManyAsItIsAskedForOfEach() {
        plant(Fault.MESSAGES_HAVE_NO_STATE);

        for (int limit : List.of(1, 2)) {
            assertThat(invariants().check(limit))
                    .filteredOn(found -> found.invariant().equals("message-in-exactly-one-state"))
                    .hasSize(limit);
        }
        assertThat(invariants().check(10))
                .filteredOn(found -> found.invariant().equals("message-in-exactly-one-state"))
                .hasSize(3);
    }
}
