package io.campanile.grpc.testing;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.ArchiveCampaignRequest;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignContent;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.Category;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.CreateDraftRequest;
import io.campanile.v1.DuplicateCampaignRequest;
import io.campanile.v1.EmailContent;
import io.campanile.v1.PauseCampaignRequest;
import io.campanile.v1.ResumeCampaignRequest;
import io.campanile.v1.StopCampaignRequest;
import io.campanile.v1.UpdateCampaignRequest;

/// Campaigns to create, and calls for them.
public final class CampaignCalls {
    public static final String SALE = OWN + "/campaigns/sale";
    public static final String MAIL = OWN + "/channelConfigurations/mail";
    public static final CampaignDefinition DRAFT =
            CampaignDefinition.newBuilder()
                    .setDisplayName("Sale")
                    .setDescription("Once a year")
                    .addTags("shop")
                    .setCategory(Category.CATEGORY_TRANSACTIONAL)
                    .setChannelConfiguration(MAIL)
                    .setContent(saying("Hello {{context.name}}"))
                    .setProfileLookup(CampaignDefinition.ProfileLookup.PROFILE_LOOKUP_IF_KNOWN)
                    .setDeliveryMode(CampaignDefinition.DeliveryMode.DELIVERY_MODE_STANDARD)
                    .build();

    private CampaignCalls() {}

    public static CampaignContent.Builder saying(String subject) {
        return CampaignContent.newBuilder()
                .setEmail(EmailContent.newBuilder().setSubject(subject).setText("Hello"));
    }

    public static CreateCampaignRequest.Builder sale() {
        return CreateCampaignRequest.newBuilder()
                .setParent(OWN)
                .setCampaignId("sale")
                .setCampaign(Campaign.newBuilder().setDraft(DRAFT));
    }

    public static UpdateCampaignRequest.Builder update(String name, String displayName) {
        return UpdateCampaignRequest.newBuilder()
                .setCampaign(
                        Campaign.newBuilder()
                                .setName(name)
                                .setDraft(
                                        CampaignDefinition.newBuilder()
                                                .setDisplayName(displayName)));
    }

    public static ActivateCampaignRequest activate(String name) {
        return ActivateCampaignRequest.newBuilder().setName(name).build();
    }

    public static PauseCampaignRequest pause(String name) {
        return PauseCampaignRequest.newBuilder()
                .setName(name)
                .setMode(Campaign.PauseMode.PAUSE_MODE_HOLD)
                .build();
    }

    public static ResumeCampaignRequest resume(String name) {
        return ResumeCampaignRequest.newBuilder().setName(name).build();
    }

    public static StopCampaignRequest stop(String name) {
        return StopCampaignRequest.newBuilder().setName(name).build();
    }

    public static ArchiveCampaignRequest archive(String name) {
        return ArchiveCampaignRequest.newBuilder().setName(name).build();
    }

    public static CreateDraftRequest draft(String name) {
        return CreateDraftRequest.newBuilder().setName(name).build();
    }

    /// Without what changes with every change, and what `CampaignLifecycleTest` pins.
    public static Campaign core(Campaign campaign) {
        return campaign.toBuilder()
                .clearCreateTime()
                .clearUpdateTime()
                .clearEtag()
                .clearAvailableActions()
                .build();
    }

    public static DuplicateCampaignRequest.Builder duplicate() {
        return DuplicateCampaignRequest.newBuilder()
                .setName(TestCampaigns.RECEIPT)
                .setCampaignId("sale");
    }
}
