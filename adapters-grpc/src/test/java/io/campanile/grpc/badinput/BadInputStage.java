package io.campanile.grpc.badinput;

import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.CampaignCalls;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.ActivateRuleSetRequest;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.CreateDraftRequest;
import io.campanile.v1.CreateRuleSetRequest;
import io.campanile.v1.DeclaredField;
import io.campanile.v1.DuplicateCampaignRequest;
import io.campanile.v1.EmailSender;
import io.campanile.v1.FieldType;
import io.campanile.v1.FrequencyCap;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RuleSet;
import io.campanile.v1.RuleSetServiceGrpc;
import io.grpc.CallCredentials;

/// What bad requests need besides what every world has.
final class BadInputStage {
    /// Live, with a draft beside.
    static final String EDITED = OWN + "/campaigns/edited";

    /// Live, and `context.percent` is a number that it needs.
    static final String TYPED = OWN + "/campaigns/typed";

    /// A draft whose content does not compile; it names the two below.
    static final String BROKEN = OWN + "/campaigns/broken";

    /// A draft without an SMTP host.
    static final String UNREADY = OWN + "/channelConfigurations/unready";

    /// A draft.
    static final String NAMED = OWN + "/ruleSets/named";

    /// Active, named by nobody.
    static final String BINDING = OWN + "/ruleSets/binding";

    /// The `crmId`s of two persons.
    static final String ONE = "one";

    static final String OTHER = "other";

    private final GrpcWorld world;
    private final CallCredentials owner = GrpcWorld.as(Role.OWNER);

    private BadInputStage(GrpcWorld world) {
        this.world = world;
    }

    static void prepare(GrpcWorld world) {
        var stage = new BadInputStage(world);
        stage.configuration();
        stage.ruleSets();
        stage.campaigns();
        stage.people();
    }

    private void configuration() {
        var _ =
                ChannelConfigurationServiceGrpc.newBlockingStub(world.channel)
                        .withCallCredentials(owner)
                        .createChannelConfiguration(
                                CreateChannelConfigurationRequest.newBuilder()
                                        .setParent(OWN)
                                        .setChannelConfigurationId("unready")
                                        .setChannelConfiguration(
                                                ChannelConfiguration.newBuilder()
                                                        .setChannel(Channel.CHANNEL_EMAIL)
                                                        .setCategory(
                                                                Category.CATEGORY_TRANSACTIONAL)
                                                        .setEmail(
                                                                EmailSender.newBuilder()
                                                                        .setFromAddress(
                                                                                "shop@example.com")))
                                        .build());
    }

    private void ruleSets() {
        var stub = RuleSetServiceGrpc.newBlockingStub(world.channel).withCallCredentials(owner);
        var cap =
                FrequencyCap.newBuilder()
                        .setMaxMessages(3)
                        .setPeriod(FrequencyCap.Period.PERIOD_DAY);
        for (String id : new String[] {"named", "binding"}) {
            var _ =
                    stub.createRuleSet(
                            CreateRuleSetRequest.newBuilder()
                                    .setParent(OWN)
                                    .setRuleSetId(id)
                                    .setRuleSet(RuleSet.newBuilder().addFrequencyCaps(cap))
                                    .build());
        }
        var _ = stub.activateRuleSet(ActivateRuleSetRequest.newBuilder().setName(BINDING).build());
    }

    private void campaigns() {
        var stub = CampaignServiceGrpc.newBlockingStub(world.channel).withCallCredentials(owner);
        var _ =
                stub.duplicateCampaign(
                        DuplicateCampaignRequest.newBuilder()
                                .setName(TestCampaigns.RECEIPT)
                                .setCampaignId("edited")
                                .build());
        var _ = stub.activateCampaign(ActivateCampaignRequest.newBuilder().setName(EDITED).build());
        var _ = stub.createDraft(CreateDraftRequest.newBuilder().setName(EDITED).build());
        CreateCampaignRequest.Builder typed = CampaignCalls.sale().setCampaignId("typed");
        typed.getCampaignBuilder()
                .getDraftBuilder()
                .setContent(CampaignCalls.saying("{{context.percent}} off"))
                .addDeclaredFields(
                        DeclaredField.newBuilder()
                                .setPath("context.percent")
                                .setType(FieldType.FIELD_TYPE_NUMBER));
        var _ = stub.createCampaign(typed.build());
        var _ = stub.activateCampaign(CampaignCalls.activate(TYPED));
        CreateCampaignRequest.Builder broken = CampaignCalls.sale().setCampaignId("broken");
        broken.getCampaignBuilder()
                .getDraftBuilder()
                .setChannelConfiguration(UNREADY)
                .addRuleSets(NAMED)
                .setContent(CampaignCalls.saying("{{#if"));
        var _ = stub.createCampaign(broken.build());
    }

    private void people() {
        for (String key : new String[] {ONE, OTHER}) {
            var _ =
                    ProfileServiceGrpc.newBlockingStub(world.channel)
                            .withCallCredentials(owner)
                            .upsertProfile(
                                    upsert(
                                            Profile.newBuilder()
                                                    .addIdentities(identity("crmId", key))));
        }
    }
}
