package io.campanile.testkit.message;

import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;

import java.time.Duration;
import java.util.Optional;

/// What the contracts of canaries share: broadcasts of which a sample is written first.
public abstract class CanaryScene extends BroadcastScene {
    static final int SAMPLE = 10;
    static final int MEMBERS = 60;
    static final Duration HOUR = Duration.ofHours(1);

    static Canary canary(Duration settleTimeout, Duration observation) {
        return new Canary(SAMPLE, 20, 20, 20, 20, settleTimeout, observation);
    }

    final NewExecution sampled(int members, Canary canary) {
        NewExecution execution = broadcast(members, trigger -> trigger.canary(canary));
        fanOut();
        return execution;
    }

    final NewExecution sampled(Duration observation) {
        return sampled(MEMBERS, canary(HOUR, observation));
    }

    final CanaryState canary(NewExecution execution) {
        return Optional.ofNullable(broadcast(execution).canary()).orElseThrow().state();
    }

    final MessageState sent() {
        return new MessageState.Sent(now);
    }

    final MessageState failed() {
        return new MessageState.Failed(Reason.ADDRESS_REFUSED, now);
    }
}
