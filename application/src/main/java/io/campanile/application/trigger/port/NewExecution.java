package io.campanile.application.trigger.port;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.RecipientResult;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An admitted trigger about to be stored.
///
/// @param configuration what the revision sends through
/// @param digest keyed hash of the request, 32 bytes
/// @param results in the order of the request, accepted and rejected alike
/// @param messages one for each accepted result
/// @param broadcast present when it is for an audience; it has no results and messages of its own
///   then
public record NewExecution(
        ExecutionId id,
        CampaignId campaign,
        int revision,
        ChannelConfigurationId configuration,
        String requestId,
        byte[] digest,
        Instant createTime,
        @Nullable Instant scheduleTime,
        Instant expireTime,
        Map<String, String> metadata,
        List<RecipientResult> results,
        List<NewMessage> messages,
        @Nullable NewBroadcast broadcast) {
    private static final int BYTES_BESIDES = 1_000;

    /// What names and objects take of a violation, besides its texts.
    private static final long BYTES_OF_VIOLATION = 50;

    /// A payload is there as it is stored, and as the values that it was made from.
    private static final int TIMES_STORED = 4;

    /// About what it takes of memory while it waits: what it carries for each message, what is said
    /// of each field that is wrong, and as much as a short message needs besides.
    public long bytes() {
        long stored = broadcast == null ? 0 : broadcast.payload().length;
        for (NewMessage message : messages) {
            stored += message.payload().length + sensitive(message);
        }
        for (RecipientResult result : results) {
            if (result instanceof RecipientResult.Rejected(var violations)) {
                stored += violations.stream().mapToLong(NewExecution::bytes).sum();
            }
        }
        return TIMES_STORED * stored + BYTES_BESIDES * (1L + messages.size());
    }

    private static long bytes(FieldViolation violation) {
        return BYTES_OF_VIOLATION + violation.field().length() + violation.description().length();
    }

    private static long sensitive(NewMessage message) {
        return message.sensitive() == null ? 0 : message.sensitive().bytes().length;
    }

    @Override
    public String toString() {
        return "NewExecution[" + id + "]";
    }
}
