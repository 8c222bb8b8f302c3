package io.campanile.domain.campaign;

import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.Campaign.Archived;
import io.campanile.domain.campaign.Campaign.Completed;
import io.campanile.domain.campaign.Campaign.Draft;
import io.campanile.domain.campaign.Campaign.Live;
import io.campanile.domain.campaign.Campaign.Paused;
import io.campanile.domain.campaign.Campaign.Running;
import io.campanile.domain.campaign.Campaign.Scheduled;
import io.campanile.domain.campaign.Campaign.Stopped;
import io.campanile.domain.campaign.CampaignCommand.Action;
import io.campanile.domain.campaign.CampaignRefusal.Reason;
import io.campanile.domain.content.Finding;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Every transition of a campaign, in one place.
public final class CampaignLifecycle {
    private CampaignLifecycle() {}

    /// What the command comes to.
    ///
    /// @param campaign once the clock has done its part ([Campaign#asOf]), where it is believed
    public static CampaignDecision decide(Campaign campaign, CampaignCommand command, Instant now) {
        return switch (command) {
            case CampaignCommand.Update update -> update(campaign, update, now);
            case CampaignCommand.Delete _ -> delete(campaign);
            case CampaignCommand.Activate(var findings, var by) ->
                    activate(campaign, findings, by, now);
            case CampaignCommand.Pause(var mode) -> pause(campaign, mode, now);
            case CampaignCommand.Resume _ -> resume(campaign, now);
            case CampaignCommand.Stop(var counts) -> stop(campaign, counts, now);
            case CampaignCommand.Rollback(var target, var findings, var by) ->
                    rollBack(campaign, target, findings, by, now);
            case CampaignCommand.Duplicate duplicate ->
                    new CampaignDecision.Duplicated(duplicate(campaign, duplicate, now));
            case CampaignCommand.Archive _ -> archive(campaign, now);
            case CampaignCommand.CreateDraft _ -> createDraft(campaign, now);
            case CampaignCommand.DiscardDraft _ -> discardDraft(campaign, now);
        };
    }

    /// The campaign once the clock has done its part.
    static Campaign asOf(Campaign campaign, Instant now) {
        return switch (campaign) {
            case Scheduled scheduled -> started(scheduled, now);
            case Running running when running.live().definition().schedule().hasEnded(now) ->
                    completed(running, now);
            case Running _, Draft _, Stopped _, Completed _, Archived _ -> campaign;
        };
    }

    private static Completed completed(Running running, Instant now) {
        return new Completed(
                running.header().changed(now), running.live(), running.draft(), running.pause());
    }

    /// The calls that would not be refused for the campaign's state; a review may still refuse
    /// activation and rollback.
    ///
    /// @param campaign as for a decision
    public static Set<Action> availableActions(Campaign campaign, Instant now) {
        Set<Action> available = EnumSet.noneOf(Action.class);
        for (CampaignCommand probe : probes(campaign)) {
            switch (decide(campaign, probe, now)) {
                case CampaignDecision.Changed _,
                        CampaignDecision.Deleted _,
                        CampaignDecision.Duplicated _ ->
                        available.add(probe.action());
                case CampaignDecision.Unchanged _, CampaignDecision.Refused _ -> {}
            }
        }
        return available;
    }

    private static List<CampaignCommand> probes(Campaign campaign) {
        var revision =
                Revision.first(campaign.newest(), campaign.header().createTime(), Actor.SYSTEM);
        return List.of(
                new CampaignCommand.Update(campaign.header().properties(), null),
                new CampaignCommand.Delete(),
                new CampaignCommand.Activate(List.of(), Actor.SYSTEM),
                new CampaignCommand.Pause(
                        campaign.pause() == PauseMode.HOLD ? PauseMode.REFUSE : PauseMode.HOLD),
                new CampaignCommand.Resume(),
                new CampaignCommand.Stop(StopCounts.NONE),
                new CampaignCommand.Rollback(revision, List.of(), Actor.SYSTEM),
                new CampaignCommand.Duplicate(campaign.id(), campaign.name(), ""),
                new CampaignCommand.Archive(),
                new CampaignCommand.CreateDraft(),
                new CampaignCommand.DiscardDraft());
    }

    private static Campaign started(Scheduled scheduled, Instant now) {
        Schedule schedule = scheduled.live().definition().schedule();
        if (schedule.hasEnded(now)) {
            return completed(scheduled, now);
        }
        return schedule.hasStarted(now)
                ? new Live(scheduled.header().changed(now), scheduled.live(), scheduled.draft())
                : scheduled;
    }

    private static CampaignDecision update(
            Campaign campaign, CampaignCommand.Update update, Instant now) {
        CampaignHeader header = campaign.header().changed(update.properties(), now);
        CampaignDefinition definition = update.definition();
        return switch (campaign) {
            case Draft draft ->
                    changed(
                            new Draft(
                                    header, definition == null ? draft.definition() : definition));
            case Running running when definition == null ->
                    changed(running.with(header, running.live(), running.draft()));
            case Running running when running.draft() == null -> draftMissing(running);
            case Running running -> changed(running.with(header, running.live(), definition));
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.UPDATE);
        };
    }

    private static Draft duplicate(
            Campaign campaign, CampaignCommand.Duplicate duplicate, Instant now) {
        CampaignProperties original = campaign.header().properties();
        CampaignProperties properties =
                duplicate.displayName().isBlank()
                        ? original
                        : new CampaignProperties(
                                duplicate.displayName(), original.description(), original.tags());
        CampaignHeader header =
                CampaignHeader.created(
                        duplicate.id(),
                        duplicate.name(),
                        campaign.header().category(),
                        properties,
                        now);
        return new Draft(header, campaign.newest());
    }

    private static CampaignDecision delete(Campaign campaign) {
        return switch (campaign) {
            case Draft _ -> new CampaignDecision.Deleted();
            case Running _ -> conflict(campaign, Action.DELETE, "Stop it, then archive it.");
            case Stopped _, Completed _ -> conflict(campaign, Action.DELETE, "Archive it.");
            case Archived _ ->
                    conflict(campaign, Action.DELETE, "Nothing: it is purged by itself.");
        };
    }

    private static CampaignDecision activate(
            Campaign campaign, List<Finding> findings, Actor by, Instant now) {
        return switch (campaign) {
            case Draft draft when blocks(findings) -> draftRefused(draft, findings);
            case Draft draft ->
                    changed(
                            activated(
                                    draft.header(),
                                    Revision.first(draft.definition(), now, by),
                                    now));
            case Running running when running.draft() == null -> draftMissing(running);
            case Running running when blocks(findings) -> draftRefused(running, findings);
            case Scheduled scheduled ->
                    changed(
                            activated(
                                    scheduled.header(),
                                    scheduled.live().next(scheduled.newest(), now, by),
                                    now));
            case Running running ->
                    changed(
                            running.with(
                                    running.header().changed(now),
                                    running.live().next(running.newest(), now, by),
                                    null));
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.ACTIVATE);
        };
    }

    private static Campaign activated(CampaignHeader header, Revision live, Instant now) {
        CampaignHeader changed = header.changed(now);
        return live.definition().schedule().hasStarted(now)
                ? new Live(changed, live, null)
                : new Scheduled(changed, live, null);
    }

    private static CampaignDecision pause(Campaign campaign, PauseMode mode, Instant now) {
        return switch (campaign) {
            case Live(var header, var live, var draft) ->
                    changed(new Paused(header.changed(now), live, draft, mode));
            // Whoever lost the answer asks again for the counts.
            case Paused paused when paused.mode() == mode -> new CampaignDecision.Unchanged(paused);
            case Paused(var header, var live, var draft, _) ->
                    changed(new Paused(header.changed(now), live, draft, mode));
            case Draft _ -> neverActivated(campaign, Action.PAUSE);
            case Scheduled _ ->
                    conflict(
                            campaign,
                            Action.PAUSE,
                            "Activate a draft with a later start time, or stop it.");
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.PAUSE);
        };
    }

    private static CampaignDecision resume(Campaign campaign, Instant now) {
        return switch (campaign) {
            case Paused(var header, var live, var draft, _) ->
                    changed(new Live(header.changed(now), live, draft));
            case Completed(var header, var live, var draft, var pause) when pause != null ->
                    changed(new Completed(header.changed(now), live, draft, null));
            case Live _ -> conflict(campaign, Action.RESUME, "Nothing: it is not paused.");
            case Draft _ -> neverActivated(campaign, Action.RESUME);
            case Scheduled _ ->
                    conflict(campaign, Action.RESUME, "Nothing: it goes live at its start time.");
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.RESUME);
        };
    }

    private static CampaignDecision stop(Campaign campaign, StopCounts counts, Instant now) {
        return switch (campaign) {
            case Running running ->
                    changed(
                            new Stopped(
                                    running.header().changed(now),
                                    running.live(),
                                    running.draft(),
                                    counts));
            case Completed(var header, var live, var draft, var pause) when pause != null ->
                    changed(new Stopped(header.changed(now), live, draft, counts));
            case Stopped stopped -> new CampaignDecision.Unchanged(stopped);
            case Draft _ -> conflict(campaign, Action.STOP, "Delete it if it is not wanted.");
            case Completed _, Archived _ ->
                    conflict(
                            campaign,
                            Action.STOP,
                            "Cancel the executions that are still delivering.");
        };
    }

    private static CampaignDecision rollBack(
            Campaign campaign, Revision target, List<Finding> findings, Actor by, Instant now) {
        return switch (campaign) {
            case Scheduled _ ->
                    conflict(
                            campaign,
                            Action.ROLLBACK,
                            "Create a draft, or wait for its start time.");
            case Running running when blocks(findings) ->
                    reviewFailed(
                            "The review of revision %d of %s, by what holds today,"
                                    .formatted(target.number(), running.name()),
                            "Put right what the findings name outside it, roll back to another"
                                    + " revision, or activate a draft.",
                            findings);
            case Running running ->
                    changed(
                            running.with(
                                    running.header().changed(now),
                                    running.live().nextRepeating(target, now, by),
                                    running.draft()));
            case Draft _ -> neverActivated(campaign, Action.ROLLBACK);
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.ROLLBACK);
        };
    }

    private static CampaignDecision archive(Campaign campaign, Instant now) {
        return switch (campaign) {
            case Stopped(var header, var live, var draft, var counts) ->
                    changed(new Archived(header.changed(now), live, draft, counts));
            case Completed completed when completed.pause() != null ->
                    conflict(
                            campaign,
                            Action.ARCHIVE,
                            "Resume it to send what waits, or stop it, first.");
            case Completed(var header, var live, var draft, _) ->
                    changed(new Archived(header.changed(now), live, draft, null));
            case Draft _ -> conflict(campaign, Action.ARCHIVE, "Delete it.");
            case Running _ -> conflict(campaign, Action.ARCHIVE, "Stop it first.");
            case Archived _ -> conflict(campaign, Action.ARCHIVE, "Nothing: it is archived.");
        };
    }

    private static CampaignDecision createDraft(Campaign campaign, Instant now) {
        return switch (campaign) {
            case Running running when running.draft() != null ->
                    refused(
                            Reason.CAMPAIGN_DRAFT_EXISTS,
                            "There is a draft beside the live revision already.",
                            "Edit that draft, or discard it first.");
            case Running running ->
                    changed(
                            running.with(
                                    running.header().changed(now),
                                    running.live(),
                                    running.live().definition()));
            case Draft _ ->
                    conflict(campaign, Action.CREATE_DRAFT, "Edit it: it is a draft itself.");
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.CREATE_DRAFT);
        };
    }

    private static CampaignDecision discardDraft(Campaign campaign, Instant now) {
        return switch (campaign) {
            case Running running when running.draft() == null -> draftMissing(running);
            case Running running ->
                    changed(running.with(running.header().changed(now), running.live(), null));
            case Draft _ -> conflict(campaign, Action.DISCARD_DRAFT, "Delete it.");
            case Stopped _, Completed _, Archived _ -> ended(campaign, Action.DISCARD_DRAFT);
        };
    }

    private static CampaignDecision changed(Campaign campaign) {
        return new CampaignDecision.Changed(campaign);
    }

    private static boolean blocks(List<Finding> findings) {
        return findings.stream().anyMatch(Finding::isError);
    }

    private static CampaignDecision draftRefused(Campaign campaign, List<Finding> findings) {
        return reviewFailed(
                "The review of the draft of " + campaign.name(),
                "Put right what the findings name, then activate again.",
                findings);
    }

    /// @param review the subject of a sentence
    private static CampaignDecision reviewFailed(
            String review, String whatToDo, List<Finding> findings) {
        List<Finding> errors = findings.stream().filter(Finding::isError).toList();
        return new CampaignDecision.Refused(
                new CampaignRefusal(
                        Reason.CAMPAIGN_REVIEW_FAILED,
                        "%s has errors: %d.".formatted(review, errors.size()),
                        whatToDo,
                        errors));
    }

    private static CampaignDecision draftMissing(Activated campaign) {
        return refused(
                Reason.CAMPAIGN_DRAFT_MISSING,
                "There is no draft beside live revision " + campaign.live().number() + ".",
                "Create a draft first; the live revision itself never changes.");
    }

    private static CampaignDecision neverActivated(Campaign campaign, Action action) {
        return conflict(campaign, action, "Activate it first.");
    }

    private static CampaignDecision ended(Campaign campaign, Action action) {
        return conflict(campaign, action, "Duplicate it: an ended campaign does not come back.");
    }

    private static CampaignDecision conflict(Campaign campaign, Action action, String whatToDo) {
        return refused(
                Reason.CAMPAIGN_STATE_CONFLICT,
                "A campaign in state %s does not allow %s."
                        .formatted(
                                campaign.state(),
                                action.name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                whatToDo);
    }

    private static CampaignDecision refused(Reason reason, String text, String whatToDo) {
        return new CampaignDecision.Refused(CampaignRefusal.of(reason, text, whatToDo));
    }
}
