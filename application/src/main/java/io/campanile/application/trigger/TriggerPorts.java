package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.store.NodeClock;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.TriggerRefusal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
        NodeClock clock,
        Executor blocking,
        Executor validating) {
    /// When a call that was not taken is worth another try.
    static final Duration RETRY_DELAY = Duration.ofMillis(500);

    /// As exact as the ids of messages, which are not older than their call then.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Why a campaign takes no triggers, as an answer; nothing when it does.
    Optional<TriggerResult.NotTaken> refusal(CampaignSnapshot campaign, Instant now) {
        return Admission.isStarting(campaign.state(), campaign.schedule(), now)
                ? Optional.of(new TriggerResult.CampaignChanging())
                : Admission.refusal(campaign.state(), campaign.control(), campaign.schedule(), now)
                        .map(refusal -> answer(campaign, refusal));
    }

    /// Why a call is refused for its times, as an answer; nothing when they are right.
    ///
    /// @param wrong what is wrong with them by the clock
    Optional<TriggerResult.NotTaken> refusal(List<FieldViolation> wrong) {
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                clock.isInDoubt()
                        ? new TriggerResult.CampaignChanging()
                        : new TriggerResult.EnvelopeInvalid(wrong));
    }

    private TriggerResult.NotTaken answer(CampaignSnapshot campaign, TriggerRefusal refusal) {
        return Admission.isForItsTime(campaign.state(), refusal) && clock.isInDoubt()
                ? new TriggerResult.CampaignChanging()
                : new TriggerResult.CampaignRefuses(refusal, campaign.schedule());
    }

    /// Why the control row said no where the snapshot had said yes.
    ///
    /// @param fresh the campaign as it is now
    TriggerResult.NotTaken refusedMeanwhile(CampaignLookup fresh) {
        return switch (fresh) {
            case CampaignLookup.Found(var now) ->
                    refusal(now, clock.instant()).orElseGet(TriggerResult.CampaignChanging::new);
            case CampaignLookup.NeverActivated _, CampaignLookup.Unknown _ ->
                    new TriggerResult.CampaignUnknown();
        };
    }
}
