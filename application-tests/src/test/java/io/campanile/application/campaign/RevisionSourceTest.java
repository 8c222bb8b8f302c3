package io.campanile.application.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.content.EmailContent;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.InMemoryCampaigns;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class RevisionSourceTest {
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final RevisionSource source =
            new RevisionSource(campaigns, this::compile, this::version, 10_000);
    private final CampaignBuilder builder = aCampaign();
    private final Campaign.Live live = builder.live();
    private int loaded;
    private OptionalLong version = OptionalLong.empty();
    private boolean changesWhileItIsLoaded;

    @BeforeEach
    void activate() {
        campaigns.insert(builder.draft());
        campaigns.addRevision(live.id(), live.live());
        campaigns.update(live);
    }

    private OptionalLong version(CampaignId campaign) {
        return campaign.equals(live.id()) ? version : OptionalLong.empty();
    }

    private CompiledContent compile(EmailContent content) {
        loaded++;
        if (changesWhileItIsLoaded) {
            source.campaignsChanged();
        }
        return _ -> new RenderedEmail(content.subject(), "", "", "");
    }

    @Test
    void loadsARevisionOnce() {
        load();
        load();

        assertThat(loaded).isEqualTo(1);
    }

    @Test
    void doesNotRememberWhatWasBeingLoadedWhenItsCampaignChanged() {
        changesWhileItIsLoaded = true;
        load();
        changesWhileItIsLoaded = false;
        load();
        load();

        assertThat(loaded).isEqualTo(2);
    }

    @Test
    void keepsARevisionWhenOtherCampaignsChange() {
        version = OptionalLong.of(campaigns.find(live.id()).orElseThrow().version());
        load();
        source.campaignsChanged();
        load();

        assertThat(loaded).isEqualTo(1);
    }

    @Test
    void loadsARevisionAnewWhenItsCampaignHasChanged() {
        load();
        version = OptionalLong.of(campaigns.find(live.id()).orElseThrow().version() + 1);
        load();

        assertThat(loaded).isEqualTo(2);
    }

    @Test
    void keepsNoContentButWhatIsCompiled() {
        assertThat(source.revision(live.id(), 1).orElseThrow().definition())
                .isEqualTo(live.live().definition().withoutContent());
    }

    private void load() {
        assertThat(source.revision(live.id(), 1)).isPresent();
    }
}
