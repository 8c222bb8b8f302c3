package io.campanile.application.delivery;

import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.ReservationFate;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Makes messages for the queue of what was claimed, and settles what cannot become one. For the
/// claimer's thread only.
final class ClaimOpener {
    private static final System.Logger LOG = System.getLogger(ClaimOpener.class.getName());

    private final DeliveryPorts ports;
    private final Delivery delivery;
    private final PayloadOpener payloads;
    private final SharedPayloads shared;

    ClaimOpener(
            DeliveryPorts ports, Delivery delivery, PayloadOpener payloads, SharedPayloads shared) {
        this.ports = ports;
        this.delivery = delivery;
        this.payloads = payloads;
        this.shared = shared;
    }

    /// What a claimed message is.
    sealed interface Opened {
        /// For the queue.
        record Ready(Deliverable message) implements Opened {}

        /// In doubt or unreadable; what became of it is being recorded.
        record Settled() implements Opened {}

        /// The same, but its configuration has too many outcomes on their way: nobody waits for
        /// them here, where the messages of all others are claimed.
        record Unsettled() implements Opened {}
    }

    /// Opens a message, and settles it if it is in doubt or cannot be read.
    ///
    /// @param configuration whose message it is
    /// @throws SecretKeyUnknown when this node cannot read what others can
    Opened open(ClaimedMessage claimed, ChannelConfiguration configuration, Instant now) {
        if (claimed.inDoubt()) {
            // Whether its mark reserved anything is not known here, nor need it be.
            MessageState state = afterDoubt(claimed, configuration, now);
            return settle(claimed, configuration, state, fateAfterDoubt(claimed), now);
        }
        try {
            return new Opened.Ready(deliverable(claimed, now));
        } catch (SecretKeyUnknown e) {
            throw e;
        } catch (IllegalArgumentException e) {
            var failed = new MessageState.Failed(Reason.RENDERING_FAILED, now);
            Opened opened = settle(claimed, configuration, failed, ReservationFate.UNCHANGED, now);
            if (opened instanceof Opened.Settled) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a stored message cannot be read message={0}",
                        claimed.claim().message());
            }
            return opened;
        }
    }

    /// Its owner died between the mark and the record: nobody can say what the provider took.
    private MessageState afterDoubt(
            ClaimedMessage claimed, ChannelConfiguration configuration, Instant now) {
        return DeliveryRules.of(configuration)
                .after(
                        new AttemptOutcome.Ambiguous(ProviderReply.NONE),
                        claimed.tries(),
                        claimed.expireTime(),
                        now,
                        ports.random());
    }

    private static ReservationFate fateAfterDoubt(ClaimedMessage claimed) {
        return claimed.lane() == Lane.MARKETING
                ? ReservationFate.after(new AttemptOutcome.Ambiguous(ProviderReply.NONE))
                : ReservationFate.UNCHANGED;
    }

    private Opened settle(
            ClaimedMessage claimed,
            ChannelConfiguration configuration,
            MessageState state,
            ReservationFate fate,
            Instant now) {
        boolean taken =
                delivery.recorder(configuration)
                        .offer(
                                new Recording(claimed.claim(), state, ProviderReply.NONE, now),
                                Consequences.of(fate),
                                delivery.outcomes());
        return taken ? new Opened.Settled() : new Opened.Unsettled();
    }

    private Deliverable deliverable(ClaimedMessage claimed, Instant now) {
        return new Deliverable(
                claimed.claim(),
                claimed.campaign(),
                claimed.revision(),
                claimed.lane(),
                claimed.identity(),
                address(claimed),
                payload(claimed),
                claimed.places(),
                claimed.expireTime(),
                now.plus(MessageQueue.CLAIM_LEASE),
                claimed.tries(),
                claimed.history());
    }

    private static @Nullable EmailAddress address(ClaimedMessage claimed) {
        String stored = claimed.address();
        return stored == null ? null : new EmailAddress(stored);
    }

    private Payload payload(ClaimedMessage claimed) {
        byte[] own = claimed.payload();
        return own == null
                ? shared.of(claimed.execution())
                : payloads.open(own, claimed.sensitive());
    }
}
