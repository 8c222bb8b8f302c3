package io.campanile.application.campaign;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignCommand;
import io.campanile.domain.campaign.CampaignDecision;
import io.campanile.domain.campaign.CampaignLifecycle;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.StopCounts;

import java.time.Instant;
import java.util.function.Function;

/// Carries commands out: locks the campaign, asks [CampaignLifecycle], writes what it decided.
/// Thread-safe.
public final class CampaignChanges {
    private static final System.Logger LOG = System.getLogger(CampaignChanges.class.getName());
    private static final ChangeCall SYSTEM = ChangeCall.by(Actor.SYSTEM);

    private final Campaigns campaigns;
    private final CampaignStore store;
    private final Changes changes;
    private final CampaignSnapshots snapshots;
    private final NodeClock clock;
    private final OutageLog outages = new OutageLog(CampaignChanges.class);

    /// Changes over these ports.
    ///
    /// @param snapshots brought up to date after every change, so that this node's next trigger
    ///   sees it; other nodes follow the signal
    /// @param clock tells whether the time of a change can be believed
    public CampaignChanges(
            Campaigns campaigns,
            CampaignControls controls,
            Changes changes,
            CampaignSnapshots snapshots,
            NodeClock clock) {
        this.campaigns = campaigns;
        this.store = new CampaignStore(campaigns, controls);
        this.changes = changes;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /// Gives the command for the locked campaign, as for a decision, or says why there is none.
    @FunctionalInterface
    interface CommandFor {
        Prepared prepare(Campaign current, Instant now);
    }

    /// A command, or the answer that takes its place.
    sealed interface Prepared {
        record Command(CampaignCommand command) implements Prepared {}

        record Answer(CampaignResult result) implements Prepared {}
    }

    /// Carries a command out on an existing campaign.
    CampaignResult change(CampaignName name, ChangeCall call, CommandFor commandFor) {
        return change(name, name, call, commandFor);
    }

    /// The same, where the answer is another campaign: the copy of a duplication.
    CampaignResult change(
            CampaignName name, CampaignName answered, ChangeCall call, CommandFor commandFor) {
        return make(
                answered,
                call,
                now -> orNotFound(name, locked -> change(locked, call, commandFor, now)));
    }

    /// Creates a campaign.
    CampaignResult create(Campaign.Draft campaign, ChangeCall call) {
        return make(
                campaign.name(),
                call,
                now -> insert(campaign, call, AuditAction.CAMPAIGN_CREATED, now));
    }

    Changes changes() {
        return changes;
    }

    /// A stop with what it finds, of a locked campaign.
    Prepared stop(Campaign current, Instant now, boolean validateOnly) {
        return new Prepared.Command(store.stop(current, now, validateOnly));
    }

    /// What a pause found that has been committed. Counted afterwards, so that nobody waits for it
    /// at the gate: what is in hand-over only becomes less.
    PauseResult.Paused paused(Campaign campaign) {
        StopCounts open = store.countOpen(campaign);
        return new PauseResult.Paused(campaign, open.toCancel(), open.inHandOver());
    }

    /// Starts or completes a campaign that is due.
    ///
    /// @return false when somebody else was faster
    boolean advance(CampaignName name) {
        return make(name, SYSTEM, now -> orNotFound(name, locked -> advance(locked, now)))
                instanceof CampaignResult.Done;
    }

    /// Removes an archived campaign for good.
    ///
    /// @return false when somebody else was faster
    boolean purge(CampaignName name) {
        return make(name, SYSTEM, now -> orNotFound(name, locked -> purge(locked, now)))
                instanceof CampaignResult.Done;
    }

    /// Asked once for a change: the clock may be believed a moment later.
    private Campaign asOf(Campaign locked, Instant now) {
        return locked.asOf(now, clock.isInDoubt());
    }

    private Made<CampaignResult> advance(Campaign locked, Instant now) {
        Campaign advanced = asOf(locked, now);
        if (advanced.equals(locked)) {
            return Made.nothing(new CampaignResult.EtagMismatch(locked));
        }
        store.update(locked, advanced);
        recordAdvance(advanced, now);
        return Made.effective(new CampaignResult.Done(advanced));
    }

    private void recordAdvance(Campaign advanced, Instant now) {
        AuditAction action =
                advanced.state() == Campaign.State.LIVE
                        ? AuditAction.CAMPAIGN_STARTED
                        : AuditAction.CAMPAIGN_COMPLETED;
        record(advanced, SYSTEM, action, "", now);
    }

    private Made<CampaignResult> purge(Campaign locked, Instant now) {
        if (locked.state() != Campaign.State.ARCHIVED) {
            return Made.nothing(new CampaignResult.EtagMismatch(locked));
        }
        campaigns.delete(locked.id());
        record(locked, SYSTEM, AuditAction.CAMPAIGN_PURGED, "", now);
        return Made.effective(new CampaignResult.Done(locked));
    }

    private Made<CampaignResult> orNotFound(
            CampaignName name, Function<Campaign, Made<CampaignResult>> work) {
        return campaigns
                .lock(name)
                .map(work)
                .orElseGet(() -> Made.nothing(new CampaignResult.NotFound(name)));
    }

    private CampaignResult make(
            CampaignName name, ChangeCall call, Function<Instant, Made<CampaignResult>> work) {
        CampaignResult result =
                changes.make(
                        call,
                        name.workspace(),
                        name.toString(),
                        ChangeTopic.CAMPAIGNS,
                        new Change<>(
                                work, _ -> current(name), CampaignResult.RequestIdReused::new));
        if (!call.validateOnly()) {
            refresh();
        }
        return result;
    }

    private CampaignResult current(CampaignName name) {
        return campaigns
                .find(name)
                .<CampaignResult>map(CampaignResult.Done::new)
                .orElseGet(() -> new CampaignResult.NotFound(name));
    }

    /// What is committed is answered; the cache follows within seconds all the same.
    private void refresh() {
        try {
            snapshots.refresh();
        } catch (StoreUnavailable e) {
            outages.warn("the cache of campaigns is behind a change", e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the cache of campaigns is behind a change", e);
        }
    }

    private Made<CampaignResult> change(
            Campaign locked, ChangeCall call, CommandFor commandFor, Instant now) {
        Campaign current = asOf(locked, now);
        return switch (commandFor.prepare(current, now)) {
            case Prepared.Answer(var result) -> Made.nothing(result);
            case Prepared.Command(var command)
                    when !(command instanceof CampaignCommand.Stop)
                            && !call.mayChange(locked.version()) ->
                    Made.nothing(new CampaignResult.EtagMismatch(locked));
            case Prepared.Command(var command) -> carryOut(locked, current, command, call, now);
        };
    }

    private Made<CampaignResult> carryOut(
            Campaign locked,
            Campaign current,
            CampaignCommand command,
            ChangeCall call,
            Instant now) {
        AuditAction action = CampaignAudit.action(command);
        return switch (CampaignLifecycle.decide(current, command, now)) {
            case CampaignDecision.Refused(var refusal) ->
                    Made.nothing(new CampaignResult.Refused(current, command.action(), refusal));
            case CampaignDecision.Unchanged(var campaign) ->
                    Made.nothing(new CampaignResult.Done(campaign));
            case CampaignDecision.Changed(var changed) ->
                    Made.unlessValidating(
                            call,
                            new CampaignResult.Done(changed),
                            () -> {
                                recordIfAdvanced(locked, current, now);
                                store.update(locked, changed);
                                String detail = CampaignAudit.detail(command, changed);
                                record(changed, call, action, detail, now);
                            });
            case CampaignDecision.Deleted _ ->
                    Made.unlessValidating(
                            call,
                            new CampaignResult.Done(locked),
                            () -> {
                                campaigns.delete(locked.id());
                                record(locked, call, action, "", now);
                            });
            case CampaignDecision.Duplicated(var copy) -> insert(copy, call, action, now);
        };
    }

    /// What the clock had changed already is stored with a change, and would not be told later.
    private void recordIfAdvanced(Campaign locked, Campaign current, Instant now) {
        if (!current.equals(locked)) {
            recordAdvance(current, now);
        }
    }

    private Made<CampaignResult> insert(
            Campaign.Draft campaign, ChangeCall call, AuditAction action, Instant now) {
        if (call.validateOnly()) {
            return Made.nothing(
                    campaigns.find(campaign.name()).isPresent()
                            ? new CampaignResult.Exists(campaign.name())
                            : new CampaignResult.Done(campaign));
        }
        if (!store.insert(campaign)) {
            return Made.nothing(new CampaignResult.Exists(campaign.name()));
        }
        record(campaign, call, action, "", now);
        return Made.effective(new CampaignResult.Done(campaign));
    }

    private void record(
            Campaign campaign, ChangeCall call, AuditAction action, String detail, Instant now) {
        changes.record(
                campaign.name().workspace(),
                call.by(),
                action,
                campaign.name().toString(),
                detail,
                now);
    }
}
