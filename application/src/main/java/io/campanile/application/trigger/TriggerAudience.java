package io.campanile.application.trigger;

import io.campanile.application.audience.AudienceTooSlow;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.share.LongCalls;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Accepts triggers of a campaign's audience, with the promises of any trigger. What is accepted is
/// an execution without messages: those are written afterwards. Blocks; thread-safe.
public final class TriggerAudience {
    private final TriggerPorts ports;
    private final Intake intake;
    private final Audiences audiences;
    private final LongCalls reads;

    public TriggerAudience(
            TriggerPorts ports, Intake intake, Audiences audiences, LongCalls reads) {
        this.ports = ports;
        this.intake = intake;
        this.audiences = audiences;
        this.reads = reads;
    }

    /// Triggers, or says why not.
    ///
    /// @param by who triggers, for the audit trail
    /// @throws AudienceTooSlow when it only validates, and the rule of the audience takes too long
    public AudienceTriggerResult trigger(AudienceTriggerCommand command, Actor by) {
        return switch (ports.snapshots().find(command.envelope().campaign())) {
            case CampaignLookup.Found(var campaign) -> trigger(command, campaign, by);
            case CampaignLookup.NeverActivated _ -> refused(TriggerResult.CampaignRefuses.draft());
            case CampaignLookup.Unknown _ -> refused(new TriggerResult.CampaignUnknown());
        };
    }

    private AudienceTriggerResult trigger(
            AudienceTriggerCommand command, CampaignSnapshot campaign, Actor by) {
        Instant now = ports.now();
        PayloadCodec.Encoded payload =
                ports.codec().encode(new Payload(command.options().context(), Map.of()));
        byte[] digest = ports.digests().of(TriggerDigest.ofAudience(command, payload.canonical()));
        Optional<Audience> audience = audience(campaign);
        Optional<AudienceTriggerResult> refusal =
                refusal(command, campaign, audience.isPresent(), now);
        if (refusal.isPresent() || audience.isEmpty()) {
            return unlessReplayed(command, campaign, digest, refusal);
        }
        if (command.validateOnly()) {
            return new AudienceTriggerResult.Validated(count(audience.get()));
        }
        var id = new ExecutionId(ports.ids().next());
        AuditEntry started = started(audience.get().name(), id, by, now);
        NewBroadcast broadcast =
                broadcast(command, campaign, audience.get(), payload.stored(), started, now);
        NewExecution execution =
                command.envelope()
                        .execution(id, campaign, digest, now, List.of(), List.of(), broadcast);
        return store(execution, command, by);
    }

    private long count(Audience audience) {
        return reads.inTurn(
                audience.name().workspace(),
                () -> AudienceTooSlow.reading(audience, () -> audiences.count(audience)));
    }

    private AuditEntry started(AudienceName audience, ExecutionId id, Actor by, Instant now) {
        WorkspaceId workspace = audience.workspace();
        return new AuditEntry(
                ports.ids().next(),
                workspace,
                now,
                by,
                AuditAction.EXECUTION_STARTED,
                id.nameIn(workspace),
                "audience " + audience.audience());
    }

    private Optional<Audience> audience(CampaignSnapshot campaign) {
        return name(campaign).flatMap(audiences::find);
    }

    private static Optional<AudienceName> name(CampaignSnapshot campaign) {
        return campaign.definition().audienceIn(campaign.name().workspace());
    }

    private Optional<AudienceTriggerResult> refusal(
            AudienceTriggerCommand command,
            CampaignSnapshot campaign,
            boolean isThere,
            Instant now) {
        if (!campaign.category().takesAudiences()) {
            return Optional.of(new AudienceTriggerResult.Transactional());
        }
        Optional<TriggerResult.NotTaken> refused = ports.refusal(campaign, now);
        if (refused.isPresent()) {
            return refused.map(TriggerAudience::refused);
        }
        if (!isThere) {
            return Optional.of(
                    new AudienceTriggerResult.AudienceMissing(name(campaign).orElse(null)));
        }
        List<FieldViolation> violations =
                new ArrayList<>(command.envelope().checkTimes(campaign, now));
        List<FieldViolation> ofContext =
                Admission.checkShared(command.options().context(), campaign.contract());
        if (ofContext.isEmpty()) {
            return ports.refusal(violations).map(TriggerAudience::refused);
        }
        violations.addAll(ofContext);
        return Optional.of(refused(new TriggerResult.EnvelopeInvalid(violations)));
    }

    /// A repeated call gets the original answer even when the campaign would refuse it by now.
    private AudienceTriggerResult unlessReplayed(
            AudienceTriggerCommand command,
            CampaignSnapshot campaign,
            byte[] digest,
            Optional<AudienceTriggerResult> refusal) {
        Optional<StoredExecution> original =
                command.validateOnly()
                        ? Optional.empty()
                        : ports.store().find(campaign.id(), command.envelope().requestId());
        return original.map(found -> repeated(found, digest)).orElseGet(refusal::orElseThrow);
    }

    private static AudienceTriggerResult repeated(StoredExecution original, byte[] digest) {
        return original.isOf(digest)
                ? new AudienceTriggerResult.Started(original.id(), true, original.createTime())
                : refused(new TriggerResult.RequestIdReused(original.id()));
    }

    private static NewBroadcast broadcast(
            AudienceTriggerCommand command,
            CampaignSnapshot campaign,
            Audience audience,
            byte[] payload,
            AuditEntry started,
            Instant now) {
        return new NewBroadcast(
                audience.id(),
                audience.name().audience(),
                campaign.definition().identityNamespace(),
                payload,
                command.envelope().dueTime(now),
                command.options().rate(),
                command.options().canary(),
                started);
    }

    private AudienceTriggerResult store(
            NewExecution execution, AudienceTriggerCommand command, Actor by) {
        var outcome = new CompletableFuture<IntakeOutcome>();
        if (!intake.offer(new IntakeItem(execution, command.patience(), outcome::complete))) {
            return refused(intake.refusal());
        }
        // What was taken is always answered.
        return switch (outcome.join()) {
            case IntakeOutcome.Answered(IntakeResult.Stored _) ->
                    new AudienceTriggerResult.Started(
                            execution.id(), false, execution.createTime());
            case IntakeOutcome.Answered(IntakeResult.RequestIdTaken(var original)) ->
                    repeated(original, execution.digest());
            case IntakeOutcome.Answered(IntakeResult.CampaignRefuses _) ->
                    overtaken(command, execution.revision(), by);
            case IntakeOutcome.Failed(var why) -> refused(why);
        };
    }

    /// Nobody is refused because a revision has become live meanwhile.
    private AudienceTriggerResult overtaken(AudienceTriggerCommand command, int former, Actor by) {
        return switch (ports.snapshots().find(command.envelope().campaign())) {
            case CampaignLookup.Found(var now) when now.revision() != former ->
                    trigger(command, now, by);
            case CampaignLookup fresh -> refused(ports.refusedMeanwhile(fresh));
        };
    }

    private static AudienceTriggerResult refused(TriggerResult.NotTaken why) {
        return new AudienceTriggerResult.Refused(why);
    }
}
