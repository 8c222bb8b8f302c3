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
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

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

    /// A message for the queue, unless it is in doubt or cannot be read.
    ///
    /// @param configuration whose message it is
    /// @throws SecretKeyUnknown when this node cannot read what others can
    Optional<Deliverable> open(
            ClaimedMessage claimed, ChannelConfiguration configuration, Instant now)
            throws InterruptedException {
        if (claimed.inDoubt()) {
            // Whether its mark reserved anything is not known here, nor need it be.
            MessageState state = afterDoubt(claimed, configuration, now);
            settle(claimed, configuration, state, fateAfterDoubt(claimed), now);
            return Optional.empty();
        }
        try {
            return Optional.of(deliverable(claimed, now));
        } catch (SecretKeyUnknown e) {
            throw e;
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a stored message cannot be read message={0}",
                    claimed.claim().message());
            var failed = new MessageState.Failed(Reason.RENDERING_FAILED, now);
            settle(claimed, configuration, failed, ReservationFate.NONE, now);
            return Optional.empty();
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
        return claimed.lane() == Lane.MARKETING ? ReservationFate.KEPT : ReservationFate.NONE;
    }

    private void settle(
            ClaimedMessage claimed,
            ChannelConfiguration configuration,
            MessageState state,
            ReservationFate fate,
            Instant now)
            throws InterruptedException {
        delivery.recorder(configuration)
                .submit(
                        new Recording(claimed.claim(), state, ProviderReply.NONE, now),
                        Consequences.of(fate),
                        delivery.outcomes());
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
