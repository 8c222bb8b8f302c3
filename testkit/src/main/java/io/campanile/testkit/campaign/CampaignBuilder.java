package io.campanile.testkit.campaign;

import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignHeader;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignProperties;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Campaigns that are valid from the start: transactional, named `receipt`, over the channel
/// configuration `mail`, without variables. The last call says in which state.
public final class CampaignBuilder {
    public static final Instant CREATED = Instant.parse("2026-03-01T09:00:00Z");

    private final CampaignId id = new CampaignId(UUID.randomUUID());
    private WorkspaceId workspace = WorkspaceId.DEFAULT;
    private String name = "receipt";
    private Category category = Category.TRANSACTIONAL;
    private CampaignProperties properties =
            new CampaignProperties("Receipt", "Sent after every order", List.of());
    private String channelConfiguration = "mail";
    private ProfileLookup profileLookup = ProfileLookup.IF_KNOWN;
    private DeliveryMode deliveryMode = DeliveryMode.STANDARD;
    private String topic = "";
    private List<String> ruleSets = List.of();
    private String audience = "";
    private EmailContent content =
            new EmailContent("Your order", "Thank you", "<p>Thank you!</p>", "Thank you!", "");
    private List<DeclaredField> fields = List.of();
    private Schedule schedule = Schedule.ALWAYS;
    private @Nullable CampaignDefinition draft;
    private Instant createTime = CREATED;

    private CampaignBuilder() {}

    public static CampaignBuilder aCampaign() {
        return new CampaignBuilder();
    }

    public CampaignBuilder in(WorkspaceId newWorkspace) {
        workspace = newWorkspace;
        return this;
    }

    public CampaignBuilder named(String newName) {
        name = newName;
        return this;
    }

    public CampaignBuilder category(Category newCategory) {
        category = newCategory;
        return this;
    }

    public CampaignBuilder displayName(String displayName) {
        properties =
                new CampaignProperties(displayName, properties.description(), properties.tags());
        return this;
    }

    public CampaignBuilder tagged(String... tags) {
        properties =
                new CampaignProperties(
                        properties.displayName(), properties.description(), List.of(tags));
        return this;
    }

    public CampaignBuilder over(String newChannelConfiguration) {
        channelConfiguration = newChannelConfiguration;
        return this;
    }

    public CampaignBuilder about(String newTopic) {
        topic = newTopic;
        return this;
    }

    public CampaignBuilder under(String... newRuleSets) {
        ruleSets = List.of(newRuleSets);
        return this;
    }

    public CampaignBuilder lookingUp(ProfileLookup newLookup) {
        profileLookup = newLookup;
        return this;
    }

    public CampaignBuilder to(String newAudience) {
        audience = newAudience;
        return this;
    }

    public CampaignBuilder saying(EmailContent newContent) {
        content = newContent;
        return this;
    }

    public CampaignBuilder declaring(DeclaredField... newFields) {
        fields = List.of(newFields);
        return this;
    }

    public CampaignBuilder during(Schedule newSchedule) {
        schedule = newSchedule;
        return this;
    }

    /// Puts a draft beside the live revision.
    public CampaignBuilder withDraft(CampaignDefinition newDraft) {
        draft = newDraft;
        return this;
    }

    public CampaignBuilder createdAt(Instant newCreateTime) {
        createTime = newCreateTime;
        return this;
    }

    public CampaignName name() {
        return new CampaignName(workspace, name);
    }

    public CampaignProperties properties() {
        return properties;
    }

    public CampaignDefinition definition() {
        return new CampaignDefinition(
                channelConfiguration,
                topic,
                ruleSets,
                "",
                profileLookup,
                deliveryMode,
                audience,
                content,
                fields,
                schedule);
    }

    public Campaign.Draft draft() {
        return new Campaign.Draft(header(), definition());
    }

    public Campaign.Scheduled scheduled() {
        return new Campaign.Scheduled(header(), revision(), draft);
    }

    public Campaign.Live live() {
        return new Campaign.Live(header(), revision(), draft);
    }

    public Campaign.Paused paused(PauseMode mode) {
        return new Campaign.Paused(header(), revision(), draft, mode);
    }

    public Campaign.Stopped stopped(StopCounts counts) {
        return new Campaign.Stopped(header(), revision(), draft, counts);
    }

    public Campaign.Completed completed() {
        return new Campaign.Completed(header(), revision(), draft, null);
    }

    public Campaign.Completed completedWhilePaused(PauseMode mode) {
        return new Campaign.Completed(header(), revision(), draft, mode);
    }

    public Campaign.Archived archived() {
        return new Campaign.Archived(header(), revision(), draft, null);
    }

    private CampaignHeader header() {
        return CampaignHeader.created(id, name(), category, properties, createTime);
    }

    private Revision revision() {
        return new Revision(1, definition(), createTime, Actor.SYSTEM, 0);
    }
}
