package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.eligibility.ExplainResult;
import io.campanile.application.eligibility.MessageExplanation;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours.Behaviour;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.channel.ChannelConfigurationBuilder;
import io.campanile.testkit.ruleset.RuleSetBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// A workspace with campaigns of one category, one for each way to look people up, and people about
/// whom much is known. Some of them got so many messages that caps are used up.
final class DryRunScene implements AutoCloseable {
    private static final int PEOPLE = 40;

    /// The rule set that the campaigns name, where there is one.
    private static final String QUIET = "quiet";

    /// What was foretold about somebody, and what the trigger said then.
    record Triggered(ExplainResult explained, Forecast forecast, RecipientResult result) {}

    private final DeliveryWorld world;
    private final SplittableRandom random;
    private final List<Campaign.Live> campaigns;
    private final GeneratedPeople people;
    private final NodeUnderTest node;
    private final ExplainRecipient recipients;
    private final ExplainMessage messages;

    DryRunScene(Category category, int seed) {
        world = new DeliveryWorld(category, mail -> configured(mail, seed));
        random = new SplittableRandom(seed);
        campaigns =
                Arrays.stream(ProfileLookup.values())
                        // Marketing looks everybody up.
                        .filter(lookup ->
                                category != Category.MARKETING || lookup != ProfileLookup.NONE)
                        .map(lookup -> campaign(category, lookup))
                        .toList();
        people = new GeneratedPeople(world, random, PEOPLE);
        node = new NodeUnderTest(world).start();
        recipients =
                new ExplainRecipient(
                        new CampaignSnapshots(
                                world.campaigns,
                                world.configurations,
                                world.workspaces,
                                world.signal),
                        new DecideRecipients(world.facts, world.rules),
                        world.clock);
        messages = new ExplainMessage(world.store.messages());
        useUpCaps();
        world.workspaces.update(workspace(seed));
        quietHours(seed);
        people.goOn();
    }

    private static ChannelConfigurationBuilder configured(
            ChannelConfigurationBuilder mail, int seed) {
        mail.writingTo(GeneratedPeople.FIELD_OF_CONFIGURATION);
        return seed % 2 == 0 ? mail.bypassingComplaints() : mail;
    }

    private Campaign.Live campaign(Category category, ProfileLookup lookup) {
        return world.add(
                aCampaign()
                        .named(lookup.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .category(category)
                        .about(GeneratedPeople.TOPIC)
                        .under(QUIET)
                        .lookingUp(lookup));
    }

    /// Several rounds of messages, until the first of them have left a window and others have not.
    private void useUpCaps() {
        world.ruleSets.insert(
                aRuleSet()
                        .named("caps")
                        .atMost(2, Duration.ofHours(1))
                        .atMost(3, FrequencyCap.Period.DAY)
                        .build());
        for (int round = 0; round < 3; round++) {
            TriggerResult result = trigger(world.campaign, people.someRecipients(), false, null);
            awaitDecisions(accepted(results(result)));
            world.clock.advance(Duration.ofMinutes(20 + random.nextInt(10)));
        }
    }

    private Workspace workspace(int seed) {
        return new Workspace(
                WorkspaceId.DEFAULT,
                "Default",
                world.clock.instant(),
                random.nextInt(3) > 0,
                seed % 3 == 0,
                ZoneId.of("Asia/Kathmandu"),
                GeneratedPeople.FIELD_OF_WORKSPACE,
                AttributeSchema.NONE);
    }

    /// Of each kind in another world: it is about half past one in the afternoon, in Chatham a
    /// quarter past three at night, in Los Angeles half past five in the morning and in Kathmandu a
    /// quarter past seven in the evening.
    private void quietHours(int seed) {
        RuleSetBuilder quiet = aRuleSet().named(QUIET).forThoseWhoNameIt();
        switch (seed % 5) {
            case 0 -> quiet.quiet("22:00", "08:00", Behaviour.QUEUE);
            case 1 -> quiet.quiet("22:00", "08:00", Behaviour.DISCARD);
            case 2 -> quiet.quiet("17:00", "20:00", Behaviour.QUEUE);
            case 3 -> quiet.quiet("00:00", "00:00", Behaviour.QUEUE);
            default -> {
                return;
            }
        }
        world.ruleSets.insert(quiet.build());
    }

    List<Campaign.Live> campaigns() {
        return campaigns;
    }

    /// Somebody may be given less time than quiet hours last.
    @Nullable Instant someExpireTime() {
        return random.nextBoolean() ? null : world.clock.instant().plus(Duration.ofHours(2));
    }

    /// Foretells what becomes of everybody, and then lets it happen.
    List<Triggered> dryRunAndTrigger(Campaign.Live campaign, @Nullable Instant expireTime) {
        List<Recipient> all = people.recipients();
        List<ExplainResult> explained =
                all.stream().map(each -> recipients.explain(campaign.name(), each, null)).toList();
        if (!(trigger(campaign, all, true, expireTime)
                instanceof TriggerResult.Validated(var forecasts))) {
            throw new AssertionError("not validated");
        }
        List<RecipientResult> results = results(trigger(campaign, all, false, expireTime));
        awaitDecisions(accepted(results));
        List<Triggered> triggered = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            triggered.add(new Triggered(explained.get(i), forecasts.get(i), results.get(i)));
        }
        return triggered;
    }

    /// Whatever is recorded from now on.
    void goOn() {
        people.goOn();
    }

    private TriggerResult trigger(
            Campaign.Live campaign,
            List<Recipient> to,
            boolean validateOnly,
            @Nullable Instant expireTime) {
        return node.trigger(
                new TriggerCommand(
                        new TriggerEnvelope(
                                campaign.name(),
                                UUID.randomUUID().toString(),
                                Map.of(),
                                null,
                                expireTime),
                        to.stream()
                                .map(each -> new TriggerCommand.Entry(each, List.of(), ""))
                                .toList(),
                        TriggerCommand.WaitFor.ACCEPTED,
                        validateOnly,
                        CallerPatience.until(null)));
    }

    private static List<RecipientResult> results(TriggerResult result) {
        if (result instanceof TriggerResult.Answered answered) {
            return answered.results();
        }
        throw new AssertionError("not accepted: " + result);
    }

    private static List<MessageId> accepted(List<RecipientResult> results) {
        return results.stream()
                .filter(RecipientResult.Accepted.class::isInstance)
                .map(result -> ((RecipientResult.Accepted) result).message())
                .toList();
    }

    private void awaitDecisions(List<MessageId> triggered) {
        await().until(() -> triggered.stream().allMatch(message -> isDecided(view(message))));
    }

    private static boolean isDecided(MessageView message) {
        return message.state() == MessageState.Kind.DEFERRED || !message.state().isOpen();
    }

    MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    MessageExplanation.Decided explained(MessageId message) {
        if (messages.explain(WorkspaceId.DEFAULT, message).orElseThrow()
                instanceof MessageExplanation.Decided decided) {
            return decided;
        }
        throw new AssertionError("not decided: " + message);
    }

    @Override
    public void close() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }
}
