package io.campanile.channels.resilience;

import io.campanile.application.store.OutageLog;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.Reason;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Says in the log that hand-overs to a provider fail for its sake, once a minute for each reason
/// and code of a reply. Where mails are few, a breaker takes long to open, and it never does
/// because of a provider that only asks to slow down, or refuses each mail by itself.
final class FailureLog {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ChannelConfigurationName configuration;
    private final OutageLog log;

    FailureLog(ChannelConfigurationName configuration, LongSupplier nanoTime) {
        this.configuration = configuration;
        this.log = new OutageLog(FailureLog.class, PAUSE, nanoTime);
    }

    /// For an attempt that the provider saw nothing of: it may lack what the message needs.
    void lookAtOurs(Attempt attempt) {
        if (attempt.outcome() instanceof AttemptOutcome.Refused refused
                && attempt.failure() != null) {
            log.warn(
                    "a message was not offered to its provider configuration=%s failure=%s"
                            .formatted(configuration, AttemptText.failure(attempt.failure())),
                    refused.reason().name());
        }
    }

    /// For an attempt that the provider had to do with.
    ///
    /// @param alike whether it is one of many that were refused alike
    void look(Attempt attempt, boolean alike) {
        AttemptOutcome outcome = attempt.outcome();
        if (isOfProvider(outcome)) {
            log.warn(
                    "a hand-over failed, and not for its message or address configuration=%s failure=%s enhanced_code=%s"
                            .formatted(
                                    configuration,
                                    AttemptText.failure(attempt.failure()),
                                    enhancedCode(outcome)),
                    AttemptText.reason(outcome) + reply(outcome));
        }
        if (alike && outcome instanceof AttemptOutcome.Refused refused) {
            log.warn(
                    "the last %d messages were refused alike, and none was taken configuration=%s part=%s enhanced_code=%s"
                            .formatted(
                                    AlikeRefusals.MANY,
                                    configuration,
                                    refused.part(),
                                    enhancedCode(refused)),
                    refused.reason() + reply(refused));
        }
    }

    private static String enhancedCode(AttemptOutcome outcome) {
        String code = outcome.reply().enhancedCode();
        return code.isEmpty() ? "none" : code;
    }

    private static String reply(AttemptOutcome outcome) {
        int code = outcome.reply().code();
        return " reply=" + (code == 0 ? "none" : String.valueOf(code));
    }

    private static boolean isOfProvider(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Taken _, AttemptOutcome.Refused _, AttemptOutcome.NotBegun _ ->
                    false;
            case AttemptOutcome.Busy(Reason reason, _, _) -> Reason.OF_PROVIDERS.contains(reason);
            case AttemptOutcome.Ambiguous _ -> true;
        };
    }
}
