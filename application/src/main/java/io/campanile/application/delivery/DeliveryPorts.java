package io.campanile.application.delivery;

import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Pace;
import io.campanile.application.delivery.port.Providers;
import io.campanile.application.eligibility.DecideRecipients;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What delivery on one node works with.
///
/// @param random thread-safe
public record DeliveryPorts(
        NodeId node,
        MessageQueue queue,
        Pace pace,
        Providers providers,
        StrayClaims strays,
        DecideRecipients eligibility,
        UnsubscribeLinks unsubscribeLinks,
        InstantSource clock,
        RandomGenerator random) {}
