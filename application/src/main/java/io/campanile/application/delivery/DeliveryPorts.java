package io.campanile.application.delivery;

import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.application.delivery.port.Providers;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What delivery on one node works with.
///
/// @param transactions of the store of `queue`, `reservations`, `bounced` and `eligibility`
/// @param random thread-safe
public record DeliveryPorts(
        NodeId node,
        MessageQueue queue,
        Reservations reservations,
        SuppressBounced bounced,
        Transactions transactions,
        ProviderTimeLine timeLine,
        Providers providers,
        StrayClaims strays,
        DecideRecipients eligibility,
        ManageProfiles profiles,
        UnsubscribeLinks unsubscribeLinks,
        NodeClock clock,
        RandomGenerator random) {

    /// Whether nobody knows if a message has expired.
    boolean isTimeInDoubt(Deliverable message, Instant now) {
        return clock.isApart() || (!now.isBefore(message.expireTime()) && clock.hasJumped());
    }

    /// What becomes of a message that cannot be decided.
    MessageState afterDefect(DeliveryRules rules, Deliverable message, Instant now) {
        return isTimeInDoubt(message, now)
                ? DeliveryRules.putOffWithoutClock(Reason.DECISION_FAILED, message.claimTime())
                : rules.afterDefect(message.id(), message.expireTime(), now, random);
    }

    /// Gives messages back that are due, by when they were claimed: the clock may be ahead by now,
    /// and they were due then.
    void giveBack(List<Deliverable> messages) {
        Instant dueTime =
                Stream.concat(
                                Stream.of(clock.instant()),
                                messages.stream().map(Deliverable::claimTime))
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        queue.release(node, messages.stream().map(Deliverable::claim).toList(), dueTime);
    }
}
