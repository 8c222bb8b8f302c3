package io.campanile.domain.campaign;

import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.ReviewedAudience;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.content.ContentReview;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.Finding;
import io.campanile.domain.content.Finding.Code;
import io.campanile.domain.content.Finding.Level;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.LinkReview;
import io.campanile.domain.content.ProfileReview;
import io.campanile.domain.content.UnsubscribeReview;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.schema.AttributeSchema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Everything that keeps a definition from going live, and what a careful author would put right.
public final class CampaignReview {
    private final List<Finding> findings = new ArrayList<>();

    private CampaignReview() {}

    /// Findings about the campaign first, then those about its content.
    ///
    /// @param configuration the one the definition names; absent when there is none of that name
    /// @param ruleSets those of the ones the definition names that exist
    /// @param audience the same for the audience
    /// @param schema the workspace's
    /// @param links reads some HTML
    public static List<Finding> of(
            Category category,
            CampaignDefinition definition,
            @Nullable ChannelConfiguration configuration,
            Collection<RuleSet> ruleSets,
            @Nullable ReviewedAudience audience,
            AttributeSchema schema,
            Function<String, List<HtmlLink>> links,
            Instant now) {
        var review = new CampaignReview();
        review.channelConfiguration(category, definition.channelConfiguration(), configuration);
        review.ruleSets(category, definition.ruleSets(), ruleSets);
        review.profileLookup(category, definition.profileLookup());
        review.deliveryMode(category, definition);
        review.audience(category, definition.audience(), audience);
        review.schedule(definition.schedule(), now);
        review.findings.addAll(ContentReview.of(definition.content(), definition.fields()));
        review.findings.addAll(LinkReview.of(definition.content(), links));
        review.findings.addAll(ProfileReview.of(definition.content(), definition.fields(), schema));
        review.findings.addAll(UnsubscribeReview.of(category, definition.content(), links));
        return List.copyOf(review.findings);
    }

    private void channelConfiguration(
            Category category, String named, @Nullable ChannelConfiguration configuration) {
        if (named.isEmpty()) {
            configuration(
                    Code.CHANNEL_CONFIGURATION_MISSING,
                    "The definition names no channel configuration.",
                    "Name one that is active and serves " + category + ".");
        } else if (configuration == null) {
            configuration(
                    Code.CHANNEL_CONFIGURATION_UNKNOWN,
                    "There is no channel configuration " + named + " in this workspace.",
                    "Create it, or name another one.");
        } else {
            usable(category, configuration);
        }
    }

    private void usable(Category category, ChannelConfiguration configuration) {
        String name = configuration.name().channelConfiguration();
        if (configuration.state() != ChannelConfiguration.State.ACTIVE) {
            configuration(
                    Code.CHANNEL_CONFIGURATION_INACTIVE,
                    "Channel configuration %s is %s.".formatted(name, configuration.state()),
                    configuration.state() == ChannelConfiguration.State.PAUSED
                            ? "Resume it, or name another one; to hold what is sent until then,"
                                    + " pause the campaign."
                            : "Activate it, or name another one.");
        }
        if (configuration.category() != category) {
            configuration(
                    Code.CHANNEL_CONFIGURATION_CATEGORY,
                    "Channel configuration %s serves %s campaigns, and this one is %s."
                            .formatted(name, configuration.category(), category),
                    "Name one that serves " + category + ".");
        }
        if (category == Category.MARKETING) {
            unsubscribable(name, configuration.definition().sender());
        }
    }

    private void unsubscribable(String name, EmailSender sender) {
        if (sender.unsubscribeUrl().isEmpty()) {
            configuration(
                    Code.UNSUBSCRIBE_URL_MISSING,
                    "Channel configuration %s has no unsubscribe URL.".formatted(name),
                    "Set email.unsubscribe_url to the page where people say that they want no"
                            + " more.");
        } else if (!sender.oneClickUnsubscribe()) {
            findings.add(
                    new Finding(
                            Level.WARNING,
                            Code.ONE_CLICK_UNSUBSCRIBE_MISSING,
                            "channel_configuration",
                            "Channel configuration %s offers no one-click unsubscribe, which Gmail, Yahoo and other large receivers ask of marketing: they may refuse mails without it, or call them spam."
                                    .formatted(name),
                            "Let the page take the POST of mail programs (RFC 8058), and set"
                                    + " one_click_unsubscribe."));
        }
    }

    private void ruleSets(Category category, List<String> named, Collection<RuleSet> existing) {
        if (category != Category.MARKETING && !named.isEmpty()) {
            ruleSet(
                    Code.RULE_SET_TRANSACTIONAL,
                    "Rule sets are about marketing, and this campaign is %s.".formatted(category),
                    "Take them out.");
            return;
        }
        for (String name : named) {
            Optional<RuleSet> found =
                    existing.stream().filter(set -> set.name().ruleSet().equals(name)).findFirst();
            if (found.isEmpty()) {
                ruleSet(
                        Code.RULE_SET_UNKNOWN,
                        "There is no rule set %s in this workspace.".formatted(name),
                        "Create it, or name another one.");
            } else if (found.get().state() != RuleSet.State.ACTIVE) {
                ruleSet(
                        Code.RULE_SET_INACTIVE,
                        "Rule set %s is %s.".formatted(name, found.get().state()),
                        "Activate it, or name another one.");
            }
        }
    }

    private void ruleSet(Code code, String message, String whatToDo) {
        error(code, "rule_sets", message, whatToDo);
    }

    private void profileLookup(Category category, ProfileLookup lookup) {
        if (category == Category.MARKETING && lookup == ProfileLookup.NONE) {
            error(
                    Code.PROFILE_LOOKUP_NONE,
                    "profile_lookup",
                    "Marketing needs to know what people agreed to, and the definition looks up"
                            + " nobody.",
                    "Choose another profile_lookup.");
        }
    }

    private void deliveryMode(Category category, CampaignDefinition definition) {
        if (definition.deliveryMode() != DeliveryMode.HIGH_THROUGHPUT) {
            return;
        }
        if (category == Category.MARKETING) {
            error(
                    Code.HIGH_THROUGHPUT_MARKETING,
                    "delivery_mode",
                    "High throughput knows nobody, and marketing needs to know what people agreed"
                            + " to.",
                    "Choose another delivery_mode, or make the campaign a transactional one.");
        }
        if (definition.profileLookup() != ProfileLookup.NONE) {
            error(
                    Code.HIGH_THROUGHPUT_PROFILE_LOOKUP,
                    "profile_lookup",
                    "High throughput looks up nobody, and profile_lookup is %s."
                            .formatted(definition.profileLookup()),
                    "Set it to NONE, or choose another delivery_mode.");
        }
        if (Contract.of(definition.content(), definition.fields()).readsProfile()) {
            error(
                    Code.HIGH_THROUGHPUT_PROFILE_VARIABLE,
                    "content",
                    "High throughput knows nothing of profiles, and the content or a declared field"
                            + " names a variable of profile.",
                    "Take such values from the context, or choose another delivery_mode.");
        }
    }

    /// Who fills an audience may do so at any time before a trigger, so nobody in it is no error.
    private void audience(Category category, String named, @Nullable ReviewedAudience audience) {
        if (named.isEmpty()) {
            if (category.takesAudiences()) {
                unnamed();
            }
        } else if (!category.takesAudiences()) {
            error(
                    Code.AUDIENCE_TRANSACTIONAL,
                    "audience",
                    "A transactional campaign is triggered with its recipients in the call.",
                    "Remove the audience.");
        } else if (audience == null) {
            error(
                    Code.AUDIENCE_UNKNOWN,
                    "audience",
                    "There is no audience %s in this workspace.".formatted(named),
                    "Create it, name another one, or none.");
        } else {
            members(named, audience);
        }
    }

    /// No error: marketing may name its recipients in the call.
    private void unnamed() {
        warning(
                Code.AUDIENCE_MISSING,
                "The campaign names no audience, so that it goes to nobody but those whom its"
                        + " triggers carry.",
                "Name the audience that it is for, if there is one.");
    }

    private void members(String named, ReviewedAudience audience) {
        if (audience.isEmpty()) {
            warning(
                    Code.AUDIENCE_EMPTY,
                    "Audience %s has no members.".formatted(named),
                    "Add members before it is triggered.");
        }
        for (MemberReference reference : audience.dangling()) {
            warning(
                    Code.AUDIENCE_REFERENCE_UNKNOWN,
                    "The rule of audience %s asks for members of %s, and there is no such audience of listed members any more: nobody is one."
                            .formatted(named, reference.audience()),
                    "Create it, or change the rule.");
        }
    }

    /// What there is to say about a rule that matches nobody, for who has the time to find that.
    public static Finding matchesNobody(AudienceName audience) {
        return warned(
                Code.AUDIENCE_EMPTY,
                "The rule of audience %s matches nobody.".formatted(audience.audience()),
                "Look at the rule before it is triggered.");
    }

    private void warning(Code code, String message, String whatToDo) {
        findings.add(warned(code, message, whatToDo));
    }

    private static Finding warned(Code code, String message, String whatToDo) {
        return new Finding(Level.WARNING, code, "audience", message, whatToDo);
    }

    private void schedule(Schedule schedule, Instant now) {
        Instant start = schedule.startTime();
        Instant end = schedule.endTime();
        if (start != null && end != null && !start.isBefore(end)) {
            error(
                    Code.SCHEDULE_REVERSED,
                    "end_time",
                    "The end %s is not after the start %s.".formatted(end, start),
                    "Move the end behind the start, or leave it out.");
        } else if (schedule.hasEnded(now)) {
            error(
                    Code.END_TIME_PASSED,
                    "end_time",
                    "The end %s has passed.".formatted(end),
                    "Move the end ahead, or leave it out.");
        }
    }

    private void configuration(Code code, String message, String whatToDo) {
        error(code, "channel_configuration", message, whatToDo);
    }

    private void error(Code code, String place, String message, String whatToDo) {
        findings.add(new Finding(Level.ERROR, code, place, message, whatToDo));
    }
}
