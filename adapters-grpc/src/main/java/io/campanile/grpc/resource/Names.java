package io.campanile.grpc.resource;

import io.campanile.application.query.CanonicalUuid;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ViolationReason;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Resource names to ids and back. The forms were checked against the protos before; an id that has
/// the form and still is none, such as a UUID of hyphens, is the name of nothing: `NOT_FOUND`.
public final class Names {
    private static final Pattern WORKSPACE = Pattern.compile("workspaces/[a-z][a-z0-9-]{0,62}");
    private static final Pattern CAMPAIGN =
            Pattern.compile("workspaces/[a-z][a-z0-9-]{0,62}/campaigns/[a-z][a-z0-9-]{0,62}");
    private static final Pattern CHANNEL_CONFIGURATION =
            Pattern.compile(
                    "workspaces/[a-z][a-z0-9-]{0,62}/channelConfigurations/[a-z][a-z0-9-]{0,62}");

    private static final Pattern AUDIENCE =
            Pattern.compile("workspaces/[a-z][a-z0-9-]{0,62}/audiences/[a-z][a-z0-9-]{0,62}");
    private static final Pattern RULE_SET =
            Pattern.compile("workspaces/[a-z][a-z0-9-]{0,62}/ruleSets/[a-z][a-z0-9-]{0,62}");

    private Names() {}

    public static WorkspaceId workspace(String name) {
        return new WorkspaceId(part(name, 1));
    }

    /// The name inside a resource, whose form no rule of the protos checks.
    public static WorkspaceId workspace(String field, String name) {
        requireForm(WORKSPACE, field, name);
        return workspace(name);
    }

    public static String of(WorkspaceId workspace) {
        return workspace.name();
    }

    public static CampaignName campaign(String name) {
        return new CampaignName(workspace(name), part(name, 3));
    }

    /// The name inside a resource, whose form no rule of the protos checks.
    public static CampaignName campaign(String field, String name) {
        requireForm(CAMPAIGN, field, name);
        return campaign(name);
    }

    public static ChannelConfigurationName channelConfiguration(String name) {
        return new ChannelConfigurationName(workspace(name), part(name, 3));
    }

    /// The name inside a resource, whose form no rule of the protos checks.
    public static ChannelConfigurationName channelConfiguration(String field, String name) {
        requireForm(CHANNEL_CONFIGURATION, field, name);
        return channelConfiguration(name);
    }

    public static RuleSetName ruleSet(String name) {
        return new RuleSetName(workspace(name), part(name, 3));
    }

    /// The name inside a resource, whose form no rule of the protos checks.
    public static RuleSetName ruleSet(String field, String name) {
        requireForm(RULE_SET, field, name);
        return ruleSet(name);
    }

    public static String revision(CampaignName campaign, int number) {
        return campaign + "/revisions/" + number;
    }

    /// The number of the revision with that name.
    public static int revision(String name) {
        return Integer.parseInt(part(name, 5));
    }

    public static ExecutionId execution(String name) {
        return new ExecutionId(uuid(name));
    }

    public static String of(WorkspaceId workspace, ExecutionId execution) {
        return execution.nameIn(workspace);
    }

    public static MessageId message(String name) {
        return new MessageId(uuid(name));
    }

    /// The message with that name; nothing when it has the form of one only.
    public static Optional<MessageId> optionalMessage(String name) {
        return optionalUuid(name).map(MessageId::new);
    }

    public static String of(WorkspaceId workspace, MessageId message) {
        return message.nameIn(workspace);
    }

    public static ProfileId profile(String name) {
        return new ProfileId(uuid(name));
    }

    /// The profile with that name; nothing when it has the form of one only.
    public static Optional<ProfileId> optionalProfile(String name) {
        return optionalUuid(name).map(ProfileId::new);
    }

    public static AudienceName audience(String name) {
        return new AudienceName(workspace(name), part(name, 3));
    }

    /// The name inside a resource, whose form no rule of the protos checks.
    public static AudienceName audience(String field, String name) {
        requireForm(AUDIENCE, field, name);
        return audience(name);
    }

    public static AllowedEntryId allowedEntry(String name) {
        return new AllowedEntryId(uuid(name));
    }

    public static SuppressionId suppression(String name) {
        return new SuppressionId(uuid(name));
    }

    public static ApiKeyId apiKey(String name) {
        return new ApiKeyId(uuid(name));
    }

    public static String of(WorkspaceId workspace, ApiKeyId key) {
        return key.nameIn(workspace);
    }

    /// The name of the key that did something; empty for Campanile itself.
    public static String of(Actor actor) {
        return actor.equals(Actor.SYSTEM) ? "" : actor.name();
    }

    private static UUID uuid(String name) {
        return optionalUuid(name).orElseThrow(() -> GrpcErrors.notFound(name));
    }

    /// Nothing for what is no UUID: it is the name of nothing.
    private static Optional<UUID> optionalUuid(String name) {
        return CanonicalUuid.parse(part(name, 3));
    }

    private static void requireForm(Pattern form, String field, String name) {
        if (!form.matcher(name).matches()) {
            ViolationReason reason =
                    name.isEmpty()
                            ? ViolationReason.VIOLATION_REASON_REQUIRED
                            : ViolationReason.VIOLATION_REASON_SYNTAX;
            throw GrpcErrors.fieldViolation(field, reason, "must match " + form);
        }
    }

    /// The part between slashes, counted from 0.
    private static String part(String name, int index) {
        int begin = 0;
        for (int i = 0; i < index; i++) {
            begin = name.indexOf('/', begin) + 1;
        }
        int end = name.indexOf('/', begin);
        return end < 0 ? name.substring(begin) : name.substring(begin, end);
    }
}
