package io.campanile.domain.channel;

import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.channel.ConfigurationDecision.Changed;
import io.campanile.domain.channel.ConfigurationDecision.Deleted;
import io.campanile.domain.channel.ConfigurationDecision.Reason;
import io.campanile.domain.channel.ConfigurationDecision.Refused;
import io.campanile.domain.channel.ConfigurationDecision.Unchanged;
import io.campanile.domain.use.Uses;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Every transition of a channel configuration, in one place.
public final class ConfigurationLifecycle {
    private static final Duration SHORTEST_TRANSACTIONAL_WINDOW = Duration.ofMinutes(10);
    private static final Duration SHORTEST_MARKETING_WINDOW = Duration.ofHours(6);

    private ConfigurationLifecycle() {}

    /// What somebody asks of a channel configuration; what `available_actions` lists.
    public enum Action {
        /// Replaces everything but name, channel, category and state.
        UPDATE,
        DELETE,
        ACTIVATE,
        PAUSE,
        RESUME,
        DEACTIVATE
    }

    /// What the action comes to; an update is decided with the new configuration.
    public static ConfigurationDecision decide(
            ChannelConfiguration configuration, Action action, Uses uses, Instant now) {
        return decide(configuration, action, () -> uses, now);
    }

    /// As [#decide(ChannelConfiguration, Action, Uses, Instant)], with uses that are looked up only
    /// when the decision depends on them.
    ///
    /// @param uses whoever answers looks through all revisions of all campaigns, while deliveries
    ///   wait
    public static ConfigurationDecision decide(
            ChannelConfiguration configuration, Action action, Supplier<Uses> uses, Instant now) {
        State state = configuration.state();
        return switch (action) {
            case UPDATE -> update(configuration, uses, now);
            case DELETE -> delete(configuration, uses);
            case ACTIVATE -> activate(configuration, now);
            case PAUSE ->
                    switch (state) {
                        case ACTIVE -> to(configuration, State.PAUSED, now);
                        // Whoever lost the answer repeats the call, and is promised the same.
                        case PAUSED -> new Unchanged(configuration);
                        case DRAFT, INACTIVE ->
                                conflict(state, action, "Only an active one can be paused.");
                    };
            case RESUME ->
                    switch (state) {
                        case PAUSED -> to(configuration, State.ACTIVE, now);
                        case ACTIVE -> new Unchanged(configuration);
                        case DRAFT, INACTIVE ->
                                conflict(state, action, "Only a paused one can be resumed.");
                    };
            case DEACTIVATE -> deactivate(configuration, uses, now);
        };
    }

    /// The calls that would do something and not be refused for the configuration's state; its use
    /// may still refuse them.
    public static Set<Action> availableActions(ChannelConfiguration configuration) {
        Set<Action> available = EnumSet.noneOf(Action.class);
        for (Action action : Action.values()) {
            switch (decide(configuration, action, Uses.NONE, configuration.updateTime())) {
                case Unchanged _ -> {}
                case Refused refused
                        when refused.reason() == Reason.CHANNEL_CONFIGURATION_STATE_CONFLICT -> {}
                case Changed _, Deleted _, Refused _ -> available.add(action);
            }
        }
        return available;
    }

    /// The shortest retry window of a category.
    public static Duration shortestRetryWindow(Category category) {
        return switch (category) {
            case TRANSACTIONAL -> SHORTEST_TRANSACTIONAL_WINDOW;
            case MARKETING -> SHORTEST_MARKETING_WINDOW;
        };
    }

    /// Whether a configuration may write to whom a complaint alone suppresses: with marketing,
    /// never.
    public static boolean mayBypassComplaints(Category category) {
        return category == Category.TRANSACTIONAL;
    }

    /// Whoever gets marketing must be able to say that they want no more, and what delivers needs
    /// somewhere to deliver to. A draft that lacks the page is told so by its review.
    private static ConfigurationDecision update(
            ChannelConfiguration configuration, Supplier<Uses> uses, Instant now) {
        boolean leadsNowhere =
                configuration.category() == Category.MARKETING
                        && configuration.definition().sender().unsubscribeUrl().isEmpty();
        boolean delivers =
                configuration.state() == State.ACTIVE || configuration.state() == State.PAUSED;
        if (delivers && namesNoHost(configuration)) {
            return hostMissing();
        }
        Uses named = leadsNowhere ? uses.get().running() : Uses.NONE;
        return named.isEmpty()
                ? to(configuration, configuration.state(), now)
                : new Refused(
                        Reason.CHANNEL_CONFIGURATION_IN_USE,
                        "Marketing campaigns that are scheduled, live or paused, or have messages"
                                + " to send, need its unsubscribe URL: "
                                + named.count()
                                + ".",
                        "Name another page in email.unsubscribe_url.",
                        named);
    }

    private static ConfigurationDecision delete(
            ChannelConfiguration configuration, Supplier<Uses> uses) {
        return switch (configuration.state()) {
            case ACTIVE, PAUSED ->
                    conflict(configuration.state(), Action.DELETE, "Deactivate it first.");
            case DRAFT, INACTIVE -> {
                Uses named = uses.get();
                yield named.isEmpty()
                        ? new Deleted()
                        : new Refused(
                                Reason.CHANNEL_CONFIGURATION_IN_USE,
                                "Campaigns name it: " + named.count() + ".",
                                "Delete or archive those campaigns; archived ones are purged"
                                        + " after some time.",
                                named);
            }
        };
    }

    private static ConfigurationDecision activate(ChannelConfiguration configuration, Instant now) {
        return switch (configuration.state()) {
            case ACTIVE ->
                    conflict(configuration.state(), Action.ACTIVATE, "Nothing: it is active.");
            case PAUSED -> conflict(configuration.state(), Action.ACTIVATE, "Resume it.");
            case DRAFT, INACTIVE ->
                    namesNoHost(configuration)
                            ? hostMissing()
                            : to(configuration, State.ACTIVE, now);
        };
    }

    private static boolean namesNoHost(ChannelConfiguration configuration) {
        return configuration.definition().smtp().host().isBlank();
    }

    private static Refused hostMissing() {
        return new Refused(
                Reason.CHANNEL_CONFIGURATION_INCOMPLETE,
                "It names no SMTP host.",
                "Set smtp.host to the relay that takes the mails.");
    }

    private static ConfigurationDecision deactivate(
            ChannelConfiguration configuration, Supplier<Uses> uses, Instant now) {
        return switch (configuration.state()) {
            case DRAFT, INACTIVE ->
                    conflict(
                            configuration.state(),
                            Action.DEACTIVATE,
                            "Nothing: campaigns cannot be activated with it as it is.");
            case ACTIVE, PAUSED -> {
                Uses running = uses.get().running();
                yield running.isEmpty()
                        ? to(configuration, State.INACTIVE, now)
                        : new Refused(
                                Reason.CHANNEL_CONFIGURATION_IN_USE,
                                "Campaigns that are scheduled, live or paused, or have messages to"
                                        + " send, use it: "
                                        + running.count()
                                        + ".",
                                "Stop them or give them another one, and wait for what is open or"
                                        + " cancel it; or pause this one.",
                                running);
            }
        };
    }

    private static ConfigurationDecision to(
            ChannelConfiguration configuration, State state, Instant now) {
        return new Changed(configuration.changed(state, now));
    }

    private static ConfigurationDecision conflict(State state, Action action, String whatToDo) {
        return new Refused(
                Reason.CHANNEL_CONFIGURATION_STATE_CONFLICT,
                "A channel configuration in state %s does not allow %s."
                        .formatted(state, action.name().toLowerCase(Locale.ROOT)),
                whatToDo);
    }
}
