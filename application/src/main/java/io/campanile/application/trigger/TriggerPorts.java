package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.trigger.port.IntakeStore;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What triggers work with.
///
/// @param blocking for what must wait for the database
/// @param validating for calls that only ask what would become of a trigger: rendering many mails
///   keeps a processor busy for long, and they run on few threads of the machine's own, so that all
///   that waits for others, on virtual threads, goes on
public record TriggerPorts(
        CampaignSnapshots snapshots,
        IntakeStore store,
        PayloadCodec codec,
        SecretSealer sealer,
        RequestDigests digests,
        TimeOrderedIds ids,
        InstantSource clock,
        Executor blocking,
        Executor validating) {
    /// When a call that was not taken is worth another try.
    static final Duration RETRY_DELAY = Duration.ofMillis(500);

    /// Why the control row said no where the snapshot had said yes.
    ///
    /// @param fresh the campaign as it is now
    TriggerResult.NotTaken refusedMeanwhile(CampaignLookup fresh) {
        return switch (fresh) {
            case CampaignLookup.Found(var now) ->
                    TriggerResult.refusal(now, clock.instant())
                            .orElseGet(TriggerResult.CampaignChanging::new);
            case CampaignLookup.NeverActivated _, CampaignLookup.Unknown _ ->
                    new TriggerResult.CampaignUnknown();
        };
    }
}
