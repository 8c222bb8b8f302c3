package io.campanile.application.trigger;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.domain.campaign.Campaign;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.store.InMemoryChangeSignal;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

class OvertakenTriggersTest {
    private final Campaign.Draft campaign = aCampaign().draft();
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final OvertakenTriggers overtaken =
            new OvertakenTriggers(
                    new CampaignSnapshots(
                            campaigns,
                            new InMemoryChannelConfigurations(),
                            new InMemoryWorkspaces(),
                            new InMemoryChangeSignal()),
                    new AnswersElsewhere(tasks::add, tasks::add));
    private final List<TriggerResult> answers = new ArrayList<>();
    private final List<CampaignLookup> found = new ArrayList<>();

    private void add(int triggers) {
        for (int i = 0; i < triggers; i++) {
            overtaken.add(campaign.name(), answers::add, found::add);
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void areLookedUpTogetherAndThoseWhoComeLaterAgain() {
        add(3);
        assertThat(tasks).hasSize(1);
        runTasks();
        campaigns.insert(campaign);
        add(2);
        assertThat(tasks).hasSize(1);
        runTasks();

        var unknown = new CampaignLookup.Unknown();
        var draft = new CampaignLookup.NeverActivated();
        assertThat(found).containsExactly(unknown, unknown, unknown, draft, draft);
        assertThat(answers).isEmpty();
    }

    @Test
    void areAllToldThatTheirCampaignCannotBeLookedUp() {
        campaigns.insert(campaign);
        campaigns.beUnreadable(campaign.id());
        add(3);
        runTasks();

        assertThat(answers).hasSize(3).hasOnlyElementsOfType(TriggerResult.Broken.class);
        assertThat(found).isEmpty();
    }

    @Test
    void areToComeAgainWhereTooManyWait() {
        add(3_000);
        assertThat(answers).hasSize(952).containsOnly(new TriggerResult.CampaignChanging());
        runTasks();

        assertThat(found).hasSize(2_048);
        assertThat(answers).hasSize(952);
    }
}
