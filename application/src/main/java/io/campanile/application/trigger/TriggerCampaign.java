package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.delivery.Deliverable;
import io.campanile.application.delivery.Delivery;
import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.StoredExecution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Accepts triggers. Never blocks the calling thread: what can be decided from memory is handed to
/// the intake, the rest goes to another thread. Thread-safe.
public final class TriggerCampaign {
    private final TriggerPorts ports;
    private final Intake intake;
    private final Delivery delivery;
    private final AcceptTrigger acceptance;
    private final AnswerTrigger answers;
    private final ValidateTrigger validation;
    private final AnswersElsewhere elsewhere;
    private final OvertakenTriggers overtaken;

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
        this.elsewhere = new AnswersElsewhere(ports.blocking(), ports.validating());
        this.overtaken = new OvertakenTriggers(ports.snapshots(), elsewhere);
    }

    /// Calls `answer` once, possibly from another thread.
    public void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        if (command.validateOnly()) {
            elsewhere.ask(
                    command.campaign().workspace(),
                    answer,
                    answered ->
                            find(
                                    command,
                                    answered,
                                    campaign -> validate(command, campaign, answered)));
            return;
        }
        Optional<CampaignSnapshot> known = ports.snapshots().findCached(command.campaign());
        if (known.isPresent()) {
            admit(
                    command,
                    known.get(),
                    (checked, refusal) -> unlessReplayed(checked, refusal, false, answer),
                    answer);
        } else {
            lookUp(command, answer, () -> lookUpAndAdmit(command, answer));
        }
    }

    private void lookUp(TriggerCommand command, Consumer<TriggerResult> answer, Runnable work) {
        elsewhere.lookUp(command.campaign().workspace(), answer, work);
    }

    private void lookUpAndAdmit(TriggerCommand command, Consumer<TriggerResult> answer) {
        find(
                command,
                answer,
                campaign ->
                        admit(
                                command,
                                campaign,
                                (checked, refusal) ->
                                        unlessReplayed(checked, refusal, true, answer),
                                answer));
    }

    /// Goes on with the campaign as the database has it, if it has one that can be triggered.
    private void find(
            TriggerCommand command,
            Consumer<TriggerResult> answer,
            Consumer<CampaignSnapshot> next) {
        switch (ports.snapshots().find(command.campaign())) {
            case CampaignLookup.Found(var campaign) -> next.accept(campaign);
            case CampaignLookup.NeverActivated _ ->
                    answer.accept(TriggerResult.CampaignRefuses.draft());
            case CampaignLookup.Unknown _ -> answer.accept(new TriggerResult.CampaignUnknown());
        }
    }

    /// Refuses, or goes on to accept.
    ///
    /// @param refused told what is refused, and why
    private void admit(
            TriggerCommand command,
            CampaignSnapshot campaign,
            BiConsumer<CheckedTrigger, TriggerResult.NotTaken> refused,
            Consumer<TriggerResult> answer) {
        Instant now = ports.now();
        if (command.patience().isOverdue(now)) {
            answer.accept(new TriggerResult.DeadlinePassed());
            return;
        }
        Optional<TriggerResult.NotTaken> early = refusal(command, campaign, now);
        if (early.isEmpty() && !intake.hasRoom()) {
            // Before its recipients are looked at: streams come again and again. What the campaign
            // would refuse may be a repeated call, whose answer needs no room.
            answer.accept(intake.refusal());
            return;
        }
        CheckedTrigger checked = CheckTrigger.of(command, campaign, ports);
        early.or(() -> allRejected(checked))
                .ifPresentOrElse(
                        refusal -> refused.accept(checked, refusal),
                        () -> accept(checked, now, answer));
    }

    /// Refuses, or goes on to foretell.
    private void validate(
            TriggerCommand command, CampaignSnapshot campaign, Consumer<TriggerResult> answer) {
        if (validation.isForNobody(command)) {
            answer.accept(new TriggerResult.DeadlinePassed());
            return;
        }
        Instant now = ports.now();
        CheckedTrigger checked = CheckTrigger.of(command, campaign, ports);
        refusal(command, campaign, now)
                .or(() -> allRejected(checked))
                .ifPresentOrElse(answer, () -> foretell(checked, now, answer));
    }

    /// Reads on this thread, and renders on another.
    private void foretell(CheckedTrigger checked, Instant now, Consumer<TriggerResult> answer) {
        ValidateTrigger.Question question = validation.ask(checked, now);
        elsewhere.render(answer, () -> answer.accept(validation.answer(question)));
    }

    private Optional<TriggerResult.NotTaken> refusal(
            TriggerCommand command, CampaignSnapshot campaign, Instant now) {
        return ports.refusal(campaign, now)
                .or(() -> ports.refusal(command.envelope().checkTimes(campaign, now)));
    }

    private static Optional<TriggerResult.NotTaken> allRejected(CheckedTrigger checked) {
        return checked.isAllRejected()
                ? Optional.of(
                        new TriggerResult.AllRejected(
                                checked.recipients().size(), checked.allViolations()))
                : Optional.empty();
    }

    /// A repeated call gets the original answer even when the campaign would refuse it by now; and
    /// nobody is refused because memory is a moment old.
    ///
    /// @param fromStore whether the campaign is as the database has it, and not from memory
    private void unlessReplayed(
            CheckedTrigger checked,
            TriggerResult refusal,
            boolean fromStore,
            Consumer<TriggerResult> answer) {
        TriggerCommand command = checked.command();
        lookUp(
                command,
                answer,
                () -> {
                    Optional<StoredExecution> original =
                            ports.store().find(checked.campaign().id(), command.requestId());
                    if (original.isPresent()) {
                        answers.repeated(checked, original.get(), answer);
                    } else if (fromStore) {
                        answer.accept(refusal);
                    } else {
                        lookUpAndAdmit(command, answer);
                    }
                });
    }

    private void accept(CheckedTrigger checked, Instant now, Consumer<TriggerResult> answer) {
        if (!answers.takePermit(checked.command())) {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.WAITERS));
            return;
        }
        boolean atOnce = checked.command().envelope().scheduleTime() == null;
        boolean keep = false;
        AcceptTrigger.Accepted accepted;
        try {
            keep = atOnce && reserve(checked);
            accepted = acceptance.accept(checked, keep, now);
        } catch (RuntimeException | Error e) {
            giveBack(checked, keep);
            throw e;
        }
        boolean taken =
                intake.offer(
                        new IntakeItem(
                                accepted.execution(),
                                checked.command().patience(),
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

    /// Its permit, and the places that were taken for it.
    private void giveBack(CheckedTrigger checked, boolean kept) {
        answers.giveBackPermit(checked.command());
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
                    overtaken.add(
                            checked.command().campaign(),
                            answer,
                            now -> again(checked, now, answer));
            case IntakeOutcome.Failed(var why) -> answer.accept(why);
        }
    }

    /// Nobody is refused, either, because a revision has become live meanwhile. That no earlier
    /// call has the request id is known by now.
    ///
    /// @param now the campaign after the control row refused
    private void again(CheckedTrigger checked, CampaignLookup now, Consumer<TriggerResult> answer) {
        switch (now) {
            case CampaignLookup.Found(var campaign)
                    when campaign.revision() != checked.campaign().revision() ->
                    admit(
                            checked.command(),
                            campaign,
                            (_, refusal) -> answer.accept(refusal),
                            answer);
            case CampaignLookup fresh -> answer.accept(ports.refusedMeanwhile(fresh));
        }
    }
}
