package io.campanile.domain.trigger;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.Violation;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeViolation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a trigger must satisfy before it is accepted.
public final class Admission {
    /// How far ahead a trigger can be scheduled.
    public static final Duration FARTHEST_SCHEDULE = Duration.ofDays(30);

    private static final String CONTEXT = "context.";
    private static final String PROFILE = "profile.";
    private static final String LIST = "[]";

    /// Kept for Campanile's own data in every context.
    private static final String RESERVED = "system";

    /// Callers choose the names of attributes, and answers have an end.
    private static final int MOST_ATTRIBUTES = 20;

    private Admission() {}

    /// Why a campaign takes no triggers now; nothing when it does.
    public static Optional<TriggerRefusal> refusal(
            Campaign.State state, CampaignControl control, Schedule schedule, Instant now) {
        return switch (state) {
            case LIVE, PAUSED -> refusalOfRunning(control, schedule, now);
            case DRAFT -> Optional.of(TriggerRefusal.DRAFT);
            case SCHEDULED -> Optional.of(TriggerRefusal.NOT_STARTED);
            case STOPPED -> Optional.of(TriggerRefusal.STOPPED);
            case COMPLETED -> Optional.of(TriggerRefusal.ENDED);
            case ARCHIVED -> Optional.of(TriggerRefusal.ARCHIVED);
        };
    }

    /// Whether a campaign takes no triggers only because nobody has started it yet, although it is
    /// time: it will in a moment.
    public static boolean isStarting(Campaign.State state, Schedule schedule, Instant now) {
        return state == Campaign.State.SCHEDULED
                && schedule.hasStarted(now)
                && !schedule.hasEnded(now);
    }

    /// Whether a refusal goes by the time alone: by another time the campaign takes triggers.
    public static boolean isForItsTime(Campaign.State state, TriggerRefusal refusal) {
        return (state == Campaign.State.LIVE || state == Campaign.State.PAUSED)
                && (refusal == TriggerRefusal.ENDED || refusal == TriggerRefusal.NOT_STARTED);
    }

    private static Optional<TriggerRefusal> refusalOfRunning(
            CampaignControl control, Schedule schedule, Instant now) {
        if (schedule.hasEnded(now)) {
            return Optional.of(TriggerRefusal.ENDED);
        }
        if (!schedule.hasStarted(now)) {
            // The next revision of a running campaign may start later.
            return Optional.of(TriggerRefusal.NOT_STARTED);
        }
        return control.acceptsTriggers() ? Optional.empty() : Optional.of(TriggerRefusal.PAUSED);
    }

    /// What is wrong with the times of a trigger under the campaign's schedule.
    public static List<FieldViolation> checkTimes(
            @Nullable Instant scheduleTime,
            @Nullable Instant expireTime,
            Schedule schedule,
            Instant now) {
        List<FieldViolation> violations = new ArrayList<>();
        if (scheduleTime != null && schedule.hasEnded(scheduleTime)) {
            violations.add(
                    outOfRange(
                            "schedule_time",
                            "must lie before the campaign's end at " + schedule.endTime()));
        }
        if (scheduleTime != null && scheduleTime.isAfter(now.plus(FARTHEST_SCHEDULE))) {
            violations.add(
                    outOfRange(
                            "schedule_time",
                            "must be at most " + FARTHEST_SCHEDULE.toDays() + " days ahead"));
        }
        if (expireTime != null && !expireTime.isAfter(now)) {
            violations.add(outOfRange("expire_time", "must lie ahead"));
        } else if (expireTime != null
                && scheduleTime != null
                && !expireTime.isAfter(scheduleTime)) {
            violations.add(outOfRange("expire_time", "must lie after schedule_time"));
        }
        return violations;
    }

    private static FieldViolation outOfRange(String field, String description) {
        return new FieldViolation(field, ViolationReason.OUT_OF_RANGE, description);
    }

    /// From when on messages are sent: at once, unless they are scheduled for later.
    public static Instant dueTime(@Nullable Instant scheduleTime, Instant now) {
        return scheduleTime != null && scheduleTime.isAfter(now) ? scheduleTime : now;
    }

    /// From when on a message is not sent any more: the caller's time when it is earlier than what
    /// the channel configuration allows.
    public static Instant expireTime(
            @Nullable Instant scheduleTime,
            @Nullable Instant expireTime,
            Duration retryWindow,
            Instant now) {
        Instant latest = dueTime(scheduleTime, now).plus(retryWindow);
        return expireTime != null && expireTime.isBefore(latest) ? expireTime : latest;
    }

    /// What is wrong with one recipient under the definition, its contract and the workspace's
    /// schema of attributes; fields are relative to the recipient.
    static List<FieldViolation> check(
            Recipient recipient,
            CampaignDefinition definition,
            Contract contract,
            AttributeCheck attributes) {
        List<FieldViolation> violations = new ArrayList<>();
        recipientViolation(recipient, definition).ifPresent(violations::add);
        if (recipient.context().containsKey(RESERVED)) {
            violations.add(reserved());
        }
        for (Violation violation : contract.check(recipient.context(), recipient.profile())) {
            if (!mayBeKnown(violation, definition.profileLookup(), recipient.profile())) {
                violations.add(
                        new FieldViolation(
                                violation.path(), reasonOf(violation), violation.description()));
            }
        }
        attributes.violations(recipient.profile()).stream()
                .limit(MOST_ATTRIBUTES)
                .map(Admission::violation)
                .forEach(violations::add);
        return violations;
    }

    private static FieldViolation violation(AttributeViolation violation) {
        return new FieldViolation(
                PROFILE + violation.path(),
                violation.expected() == null
                        ? ViolationReason.ATTRIBUTE_UNKNOWN
                        : ViolationReason.ATTRIBUTE_TYPE,
                violation.description());
    }

    /// What is wrong with a context that all recipients of a broadcast share. What the content
    /// needs of each profile is found out when their messages are rendered.
    public static List<FieldViolation> checkShared(Map<String, Object> context, Contract contract) {
        List<FieldViolation> violations = new ArrayList<>();
        if (context.containsKey(RESERVED)) {
            violations.add(reserved());
        }
        for (Violation violation : contract.check(context, Map.of())) {
            if (violation.path().startsWith(CONTEXT)) {
                violations.add(
                        new FieldViolation(
                                violation.path(), reasonOf(violation), violation.description()));
            }
        }
        for (String path : contract.sensitivePaths()) {
            if (path.startsWith(CONTEXT) && isThere(path, context)) {
                violations.add(
                        new FieldViolation(
                                path,
                                ViolationReason.CONTEXT_SENSITIVE,
                                "is sensitive, and a broadcast's context is shared by all"));
            }
        }
        return violations;
    }

    /// Whether there is anything under a path into `context`; of a list, whether there is the list.
    private static boolean isThere(String path, Map<String, Object> context) {
        int list = path.indexOf(LIST);
        String names = path.substring(CONTEXT.length(), list < 0 ? path.length() : list);
        Object value = context;
        for (String name : names.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> object) || !object.containsKey(name)) {
                return false;
            }
            value = object.get(name);
        }
        return true;
    }

    private static FieldViolation reserved() {
        return new FieldViolation(
                CONTEXT + RESERVED,
                ViolationReason.CONTEXT_RESERVED,
                "is reserved; use another name");
    }

    /// Whether what the call lacks may be known of the person. If it is not, this shows when the
    /// message is rendered. But when the call brings the name, even as null, what is known under it
    /// is hidden.
    private static boolean mayBeKnown(
            Violation violation, ProfileLookup lookup, Map<String, Object> brought) {
        return lookup != ProfileLookup.NONE
                && violation.problem() == Violation.Problem.MISSING
                && violation.path().startsWith(PROFILE)
                && !brought.containsKey(firstName(violation.path()));
    }

    /// The name of the attribute that a path into `profile` leads into.
    private static String firstName(String path) {
        int end = PROFILE.length();
        while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return path.substring(PROFILE.length(), end);
    }

    /// What is wrong with who a recipient is or where the call sends the message, whatever data it
    /// carries.
    public static Optional<FieldViolation> recipientViolation(
            Recipient recipient, CampaignDefinition definition) {
        return identityViolation(recipient.identity())
                .or(() -> namespaceViolation(recipient, definition))
                .or(() -> addressViolation(recipient, definition.profileLookup()));
    }

    private static Optional<FieldViolation> namespaceViolation(
            Recipient recipient, CampaignDefinition definition) {
        String namespace = definition.identityNamespace();
        return namespace.isEmpty() || namespace.equals(recipient.identity().namespace())
                ? Optional.empty()
                : Optional.of(
                        new FieldViolation(
                                "identity.namespace",
                                ViolationReason.IDENTITY_NAMESPACE,
                                "must be " + namespace + ", the only one the campaign takes"));
    }

    /// What is wrong with an identity, whatever the campaign takes.
    public static Optional<FieldViolation> identityViolation(Identity identity) {
        return identity.fault()
                .map(fault ->
                        new FieldViolation(
                                "identity." + fault.part(),
                                identity.isOfEmail()
                                        ? ViolationReason.ADDRESS_MALFORMED
                                        : ViolationReason.SYNTAX,
                                fault.description()));
    }

    private static ViolationReason reasonOf(Violation violation) {
        return switch (violation.problem()) {
            case MISSING -> ViolationReason.CONTEXT_FIELD_MISSING;
            case WRONG_TYPE -> ViolationReason.CONTEXT_FIELD_TYPE;
        };
    }

    /// What is wrong with a recipient's address; nothing when there is one to send to, or when the
    /// profile may have one.
    private static Optional<FieldViolation> addressViolation(
            Recipient recipient, ProfileLookup lookup) {
        if (address(recipient).isPresent()) {
            return Optional.empty();
        }
        if (!recipient.address().isEmpty()) {
            return Optional.of(
                    new FieldViolation(
                            "address.email",
                            ViolationReason.ADDRESS_MALFORMED,
                            EmailAddress.fault(recipient.address())));
        }
        if (recipient.identity().isOfEmail()) {
            return Optional.of(
                    new FieldViolation(
                            "identity.value",
                            ViolationReason.ADDRESS_MALFORMED,
                            "is not an email address; set address to send to another one"));
        }
        return lookup != ProfileLookup.NONE
                ? Optional.empty()
                : Optional.of(
                        new FieldViolation(
                                "address",
                                ViolationReason.ADDRESS_MISSING,
                                "is required, because the campaign looks up no profiles, unless"
                                        + " the identity's namespace is "
                                        + Identity.EMAIL));
    }

    /// Where the call sends the message: to its address, else to the identity when it is one;
    /// nothing when it leaves that to the profile.
    public static Optional<EmailAddress> address(Recipient recipient) {
        return recipient.address().isEmpty()
                ? recipient.identity().emailAddress()
                : EmailAddress.parse(recipient.address());
    }
}
