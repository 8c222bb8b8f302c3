package io.campanile.application.delivery;

import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Pace;
import io.campanile.application.delivery.port.Providers;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.SuppressBounced;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

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
        Pace pace,
        Providers providers,
        StrayClaims strays,
        DecideRecipients eligibility,
        ManageProfiles profiles,
        UnsubscribeLinks unsubscribeLinks,
        InstantSource clock,
        RandomGenerator random) {}
