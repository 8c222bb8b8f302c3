package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.delivery.Deliverable;
import io.campanile.application.delivery.Delivery;
import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.share.SharedPlaces;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Accepts triggers. Never blocks the calling thread: what can be decided from memory is handed to
/// the intake, the rest goes to another thread. Thread-safe.
public final class TriggerCampaign {
    /// So that calls for campaigns that take none cannot use up the database.
    private static final int MOST_LOOK_UPS = 64;

    /// Questions are answered one after the other by few threads: nobody is to wait behind many of
    /// another workspace's.
    private static final int MOST_QUESTIONS = 16;

    private final OutageLog outages = new OutageLog(TriggerCampaign.class);
    private final TriggerPorts ports;
    private final Intake intake;
    private final Delivery delivery;
    private final AcceptTrigger acceptance;
    private final AnswerTrigger answers;
    private final ValidateTrigger validation;
    private final SharedPlaces lookUps = new SharedPlaces(MOST_LOOK_UPS);
    private final SharedPlaces questions = new SharedPlaces(MOST_QUESTIONS);

    public TriggerCampaign(
            TriggerPorts ports,
            Intake intake,
            Delivery delivery,
            RevisionSource revisions,
            DecideRecipients eligibility,
            SettlementWaiters waiters) {
        this.ports = ports;
        this.intake = intake;
        this.delivery = delivery;
        this.validation = new ValidateTrigger(ports, revisions, eligibility);
        this.acceptance = new AcceptTrigger(ports);
        this.answers = new AnswerTrigger(waiters, ports.clock());
    }

    /// Calls `answer` once, possibly from another thread.
    public void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        if (command.validateOnly()) {
            answerInItsPlace(command, answer);
            return;
        }
        Optional<CampaignSnapshot> known = ports.snapshots().findCached(command.campaign());
        if (known.isPresent()) {
            decide(command, known.get(), false, answer);
        } else {
            elsewhere(command, answer, () -> lookUpAndDecide(command, answer));
        }
    }

    /// A question has its place until it is answered.
    private void answerInItsPlace(TriggerCommand command, Consumer<TriggerResult> answer) {
        WorkspaceId workspace = command.campaign().workspace();
        if (!questions.take(workspace)) {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.LOOK_UPS));
            return;
        }
        var placed = new AtomicBoolean(true);
        Consumer<TriggerResult> answered =
                result -> {
                    if (placed.getAndSet(false)) {
                        questions.giveBack(workspace);
                    }
                    answer.accept(result);
                };
        ports.blocking()
                .execute(() -> answering(answered, () -> lookUpAndDecide(command, answered)));
    }

    private void lookUpAndDecide(TriggerCommand command, Consumer<TriggerResult> answer) {
        switch (ports.snapshots().find(command.campaign())) {
            case CampaignLookup.Found(var campaign) -> decide(command, campaign, true, answer);
            case CampaignLookup.NeverActivated _ ->
                    answer.accept(TriggerResult.CampaignRefuses.draft());
            case CampaignLookup.Unknown _ -> answer.accept(new TriggerResult.CampaignUnknown());
        }
    }

    /// Refuses, or goes on to accept.
    ///
    /// @param fresh whether the campaign is as the database has it; always, where a call only asks
    private void decide(
            TriggerCommand command,
            CampaignSnapshot campaign,
            boolean fresh,
            Consumer<TriggerResult> answer) {
        // As exact as the store is: a repeated call is answered with the same time.
        Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
        if (command.isOverdue(now) || (command.validateOnly() && validation.isForNobody(command))) {
            answer.accept(new TriggerResult.DeadlinePassed());
            return;
        }
        Optional<TriggerResult.NotTaken> early = refusal(command, campaign, now);
        if (early.isEmpty() && !command.validateOnly() && !intake.hasRoom()) {
            // Before its recipients are looked at: streams come again and again. What the campaign
            // would refuse may be a repeated call, whose answer needs no room.
            answer.accept(intake.refusal());
            return;
        }
        CheckedTrigger checked = CheckTrigger.of(command, campaign, ports);
        Optional<TriggerResult.NotTaken> refusal = early.or(() -> allRejected(checked));
        if (command.validateOnly()) {
            refusal.ifPresentOrElse(answer, () -> validate(checked, now, answer));
        } else if (refusal.isPresent()) {
            unlessReplayed(checked, refusal.get(), fresh, answer);
        } else {
            accept(checked, now, answer);
        }
    }

    /// Reads on this thread, and renders where rendering keeps nobody from going on.
    private void validate(CheckedTrigger checked, Instant now, Consumer<TriggerResult> answer) {
        ValidateTrigger.Question question = validation.ask(checked, now);
        ports.validating()
                .execute(() -> answering(answer, () -> answer.accept(validation.answer(question))));
    }

    private static Optional<TriggerResult.NotTaken> refusal(
            TriggerCommand command, CampaignSnapshot campaign, Instant now) {
        Optional<TriggerResult.NotTaken> refused = TriggerResult.refusal(campaign, now);
        if (refused.isPresent()) {
            return refused;
        }
        List<FieldViolation> times = command.checkTimes(campaign, now);
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(new TriggerResult.EnvelopeInvalid(times));
    }

    private static Optional<TriggerResult.NotTaken> allRejected(CheckedTrigger checked) {
        return checked.isAllRejected()
                ? Optional.of(new TriggerResult.AllRejected(checked.allViolations()))
                : Optional.empty();
    }

    /// A repeated call gets the original answer even when the campaign would refuse it by now; and
    /// nobody is refused because memory is a moment old.
    private void unlessReplayed(
            CheckedTrigger checked,
            TriggerResult refusal,
            boolean fresh,
            Consumer<TriggerResult> answer) {
        TriggerCommand command = checked.command();
        elsewhere(
                command,
                answer,
                () -> {
                    Optional<StoredExecution> original =
                            ports.store().find(checked.campaign().id(), command.requestId());
                    if (original.isPresent()) {
                        answers.repeated(checked, original.get(), answer);
                    } else if (fresh) {
                        answer.accept(refusal);
                    } else {
                        lookUpAndDecide(command, answer);
                    }
                });
    }

    private void accept(CheckedTrigger checked, Instant now, Consumer<TriggerResult> answer) {
        if (!answers.takePlace(checked.command())) {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.WAITERS));
            return;
        }
        boolean atOnce = checked.command().scheduleTime() == null;
        boolean keep = atOnce && reserve(checked);
        AcceptTrigger.Accepted accepted;
        try {
            accepted = acceptance.accept(checked, keep, now);
        } catch (RuntimeException | Error e) {
            giveBack(checked, keep);
            throw e;
        }
        boolean taken =
                intake.offer(
                        new IntakeItem(
                                accepted.execution(),
                                checked.command().deadline(),
                                outcome -> settle(checked, accepted, outcome, answer)));
        if (!taken) {
            giveBack(checked, !accepted.kept().isEmpty());
            answer.accept(intake.refusal());
        }
    }

    private boolean reserve(CheckedTrigger checked) {
        CampaignSnapshot campaign = checked.campaign();
        return delivery.reserve(
                campaign.channelConfiguration(), campaign.lane(), campaign.id(), checked.places());
    }

    /// The places that were taken for it.
    private void giveBack(CheckedTrigger checked, boolean kept) {
        answers.cancelPlace(checked.command());
        if (kept) {
            CampaignSnapshot campaign = checked.campaign();
            delivery.giveBack(
                    campaign.channelConfiguration(),
                    campaign.lane(),
                    campaign.id(),
                    checked.places());
        }
    }

    private void deliver(CampaignSnapshot campaign, List<Deliverable> kept) {
        if (!kept.isEmpty()) {
            delivery.deliver(campaign.channelConfiguration(), kept);
        }
    }

    private void settle(
            CheckedTrigger checked,
            AcceptTrigger.Accepted accepted,
            IntakeOutcome outcome,
            Consumer<TriggerResult> answer) {
        if (!(outcome instanceof IntakeOutcome.Answered(IntakeResult.Stored _))) {
            giveBack(checked, !accepted.kept().isEmpty());
        }
        switch (outcome) {
            case IntakeOutcome.Answered(IntakeResult.Stored _) ->
                    answers.stored(
                            checked.command(),
                            accepted.execution(),
                            () -> deliver(checked.campaign(), accepted.kept()),
                            answer);
            case IntakeOutcome.Answered(IntakeResult.RequestIdTaken(var original)) ->
                    answers.repeated(checked, original, answer);
            case IntakeOutcome.Answered(IntakeResult.CampaignRefuses _) ->
                    elsewhere(
                            checked.command(),
                            answer,
                            () ->
                                    answer.accept(
                                            ports.refusedMeanwhile(checked.command().campaign())));
            case IntakeOutcome.Failed(var why) -> answer.accept(why);
        }
    }

    /// Runs what may wait for the database on another thread, and answers for it when it cannot.
    private void elsewhere(TriggerCommand command, Consumer<TriggerResult> answer, Runnable work) {
        WorkspaceId workspace = command.campaign().workspace();
        if (lookUps.take(workspace)) {
            ports.blocking().execute(() -> lookUp(workspace, answer, work));
        } else {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.LOOK_UPS));
        }
    }

    private void lookUp(WorkspaceId workspace, Consumer<TriggerResult> answer, Runnable work) {
        try {
            answering(answer, work);
        } finally {
            lookUps.giveBack(workspace);
        }
    }

    /// The edge of another thread: nobody else would answer the caller.
    private void answering(Consumer<TriggerResult> answer, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailable e) {
            outages.warn("triggers cannot be looked up", e);
            answer.accept(new TriggerResult.Unavailable(TriggerPorts.RETRY_DELAY));
        } catch (RuntimeException e) {
            answer.accept(new TriggerResult.Broken(e));
        } catch (Error e) {
            answer.accept(new TriggerResult.Broken(new IllegalStateException(e)));
            throw e;
        }
    }
}
