package io.campanile.channels.resilience;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// What the log has of an attempt. Words of replies and exceptions may quote addresses: it has
/// their codes and types.
final class AttemptText {
    private static final int MOST_NAMED = 5;

    /// Chains of causes are short, unless they go in circles.
    private static final int MOST_CAUSES = 50;

    private AttemptText() {}

    /// Why a message stays open.
    static Reason reason(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Busy(Reason reason, _, _)
                ? reason
                : Reason.OUTCOME_UNKNOWN;
    }

    static String reply(ProviderReply reply) {
        return reply.equals(ProviderReply.NONE) ? "none" : reply.toString();
    }

    /// The types of what broke, each with its cause after it: some, and always the innermost one,
    /// which says why.
    static String failure(@Nullable Exception failure) {
        List<String> types =
                Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                        .limit(MOST_CAUSES)
                        .map(cause -> cause.getClass().getSimpleName())
                        .toList();
        if (types.isEmpty()) {
            return "none";
        }
        return types.size() <= MOST_NAMED
                ? String.join("/", types)
                : String.join("/", types.subList(0, MOST_NAMED - 1)) + "/…/" + types.getLast();
    }
}
