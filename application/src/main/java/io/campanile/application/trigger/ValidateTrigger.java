package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.RevisionSnapshot;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.eligibility.Mailing;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.ViolationReason;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Says what would become of a trigger's recipients if it were accepted now: decided, for the time
/// of their delivery, and rendered as delivery would.
final class ValidateTrigger {
    /// Whether a mail can be rendered does not depend on where it leads.
    private static final String NO_LINK = "";

    private final TriggerPorts ports;
    private final RevisionSource revisions;
    private final DecideRecipients eligibility;

    ValidateTrigger(TriggerPorts ports, RevisionSource revisions, DecideRecipients eligibility) {
        this.ports = ports;
        this.revisions = revisions;
        this.eligibility = eligibility;
    }

    /// What a trigger is to be told of, with what there is to know of each recipient that is not
    /// rejected.
    record Question(
            CheckedTrigger checked,
            List<CheckedRecipient> acceptable,
            List<Decided> decisions,
            Instant now) {}

    /// Reads what is needed to answer; waits for the database, and renders nothing.
    Question ask(CheckedTrigger checked, Instant now) {
        Mailing mailing = Mailing.of(checked.campaign());
        List<CheckedRecipient> acceptable = checked.acceptable().toList();
        List<Subject> subjects =
                acceptable.stream().map(each -> mailing.recipient(each.recipient())).toList();
        List<Decided> decisions = eligibility.foretell(subjects, checked.dueTime(now));
        return new Question(checked, acceptable, decisions, now);
    }

    /// Renders, and begins with no further recipient once nobody waits for the answer any more.
    TriggerResult answer(Question question) {
        CheckedTrigger checked = question.checked();
        List<Forecast> forecasts = new ArrayList<>(checked.recipients().size());
        checked.recipients()
                .forEach(each -> forecasts.add(new Forecast.Rejected(each.violations())));
        for (int i = 0; i < question.decisions().size(); i++) {
            if (isForNobody(checked.command())) {
                return new TriggerResult.DeadlinePassed();
            }
            CheckedRecipient recipient = question.acceptable().get(i);
            Decided decided = question.decisions().get(i);
            forecasts.set(recipient.index(), forecast(checked, recipient, decided, question.now()));
        }
        return new TriggerResult.Validated(forecasts);
    }

    /// Whether nobody waits for the answer any more.
    boolean isForNobody(TriggerCommand command) {
        return command.patience().isOver(ports.clock().instant());
    }

    private Forecast forecast(
            CheckedTrigger checked, CheckedRecipient recipient, Decided decided, Instant now) {
        Attributes known = decided.facts().addressee().details().attributes();
        return switch (decided.decision().before(checked.expireTime(now))) {
            case Decision.Exclude no -> new Forecast.Excluded(no.reason(), no.detail());
            case Decision.Defer _, Decision.Deliver _ ->
                    rendered(checked.campaign(), recipient, known);
        };
    }

    private Forecast rendered(
            CampaignSnapshot campaign, CheckedRecipient recipient, Attributes known) {
        try {
            RevisionSnapshot revision =
                    revisions
                            .revision(campaign.id(), campaign.revision())
                            .orElseThrow(() -> new RenderingFailed("the campaign was purged"));
            var _ =
                    revision.render(
                            recipient.payload(), known, new MessageId(ports.ids().next()), NO_LINK);
            return new Forecast.Accepted();
        } catch (RenderingFailed e) {
            return new Forecast.Rejected(
                    List.of(
                            new FieldViolation(
                                    CheckedRecipient.path(recipient.index()) + ".context",
                                    ViolationReason.RENDERING_FAILED,
                                    e.getMessage() == null
                                            ? "cannot be rendered"
                                            : e.getMessage())));
        }
    }
}
