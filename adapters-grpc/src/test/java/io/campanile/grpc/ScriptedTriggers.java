package io.campanile.grpc;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.content.Contract;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.trigger.RecipientsCheck;
import io.campanile.domain.trigger.TriggerRefusal;
import io.campanile.grpc.trigger.Triggers;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Takes triggers by the domain's rules and stores nothing; or answers what a test tells it to.
final class ScriptedTriggers implements Triggers {
    final List<TriggerCommand> taken = new CopyOnWriteArrayList<>();
    private final Campaigns campaigns;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private volatile @Nullable TriggerResult next;

    ScriptedTriggers(Campaigns campaigns, Workspaces workspaces, InstantSource clock) {
        this.campaigns = campaigns;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /// Answers this from now on; null for the rules.
    void answer(@Nullable TriggerResult result) {
        next = result;
    }

    @Override
    public void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        taken.add(command);
        TriggerResult scripted = next;
        answer.accept(scripted != null ? scripted : byTheRules(command));
    }

    private TriggerResult byTheRules(TriggerCommand command) {
        Optional<Campaign> found = campaigns.find(command.campaign());
        if (found.isEmpty()) {
            return new TriggerResult.CampaignUnknown();
        }
        if (!(found.get() instanceof Campaign.Activated campaign)) {
            return new TriggerResult.CampaignRefuses(TriggerRefusal.DRAFT);
        }
        Optional<TriggerRefusal> refusal =
                Admission.refusal(
                        campaign.state(),
                        campaign.control(),
                        campaign.live().definition().schedule(),
                        clock.instant());
        if (refusal.isPresent()) {
            return new TriggerResult.CampaignRefuses(refusal.get());
        }
        return check(command, campaign);
    }

    private TriggerResult check(TriggerCommand command, Campaign.Activated campaign) {
        var definition = campaign.live().definition();
        Contract contract = Contract.of(definition.content(), definition.fields());
        var check =
                new RecipientsCheck(
                        definition,
                        contract,
                        new AttributeCheck(
                                workspaces
                                        .find(campaign.name().workspace())
                                        .orElseThrow()
                                        .attributeSchema()));
        List<RecipientResult> results = new ArrayList<>();
        List<FieldViolation> all = new ArrayList<>();
        for (int i = 0; i < command.recipients().size(); i++) {
            TriggerCommand.Entry entry = command.recipients().get(i);
            String at = "recipients[" + i + "]";
            List<FieldViolation> violations =
                    check.next(entry.recipient(), entry.violations()).stream()
                            .map(violation -> violation.within(at))
                            .toList();
            all.addAll(violations);
            results.add(
                    violations.isEmpty()
                            ? new RecipientResult.Accepted(new MessageId(UUID.randomUUID()))
                            : new RecipientResult.Rejected(violations));
        }
        return results.stream().allMatch(RecipientResult.Rejected.class::isInstance)
                ? new TriggerResult.AllRejected(all)
                : new TriggerResult.Answered(
                        new ExecutionId(UUID.randomUUID()),
                        false,
                        clock.instant(),
                        results,
                        Map.of());
    }
}
