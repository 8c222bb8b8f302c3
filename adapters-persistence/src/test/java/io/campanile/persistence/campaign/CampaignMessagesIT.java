package io.campanile.persistence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.message.port.MessageView;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a campaign's messages mean for it, and it for them.
class CampaignMessagesIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void areCountedApartWhileTheyAreInHandOver() {
        var controls = new JdbiCampaignControls(STORE.database().store());
        stored(trigger().recipients(3));
        marked();
        stored(trigger().recipients(2));

        assertThat(controls.countOpen(campaign)).isEqualTo(new StopCounts(2, 3));
        assertThat(controls.countOpen(addCampaign())).isEqualTo(StopCounts.NONE);
    }

    /// Whoever stops a campaign means now; those that dead nodes left are in hand-over as well.
    @Test
    void doNotKeepAStopWaitingWhenTheyCannotBeCounted() {
        Store other = STORE.database().hot();
        var controls = new JdbiCampaignControls(STORE.database().store(), Duration.ofMillis(100));
        stored(trigger().recipients(3));
        assertThat(marked()).hasSize(3);
        other.inStatement(
                handle -> handle.createUpdate(GIVE_UP_ONE).bind("id", campaign.value()).execute());
        stored(trigger().recipients(2));
        claim(node, List.of(campaign), 1, now);
        var cancel = new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL);

        StopCounts counts =
                other.inTransaction(handle -> {
                    // It would be read for members without a message.
                    handle.execute("LOCK TABLE broadcast");
                    return STORE.database()
                            .store()
                            .inTransaction(_ -> {
                                controls.set(campaign, cancel);
                                return controls.countOpen(campaign);
                            });
                });

        assertThat(counts).isEqualTo(StopCounts.uncounted(3));
        assertThat(store().queue().dueCampaigns(now)).noneMatch(d -> d.campaign().equals(campaign));
    }

    private static final String GIVE_UP_ONE =
            """
            UPDATE message_queue
            SET owner = NULL, claim_epoch = claim_epoch + 1
            WHERE message_id = (SELECT message_id FROM message_queue WHERE campaign_id = :id LIMIT 1)
            """;

    @Test
    void keepAnArchivedCampaignFromBeingPurgedWhileTheyAreOpenAndAfterwards() {
        stored(trigger());
        archive();
        purge();
        assertThat(campaigns().find(campaign)).isPresent();

        settleAll();
        purge();
        assertThat(campaigns().find(campaign)).isPresent();
    }

    @Test
    void areNotMissedByPurgingWhenThereAreNone() {
        archive();

        purge();

        assertThat(campaigns().find(campaign)).isEmpty();
    }

    @Test
    void areFoundAndErasedHoweverLongAgoTheirCampaignWasArchived() {
        var erin = new Identity("crmId", "erin-" + Triggers.id(now));
        var address = new EmailAddress("erin@example.com");
        MessageId message = ids(stored(trigger().of(erin, address))).getFirst();
        settleAll();
        archive();
        purge();
        assertThat(view(message)).map(MessageView::identity).contains(erin);

        erase(erin);

        assertThat(view(message)).map(MessageView::identity).contains(Identity.ERASED);
    }

    private void erase(Identity person) {
        var erasure =
                new Erasure(
                        new PersonNames(
                                new ProfileId(UUID.randomUUID()),
                                WorkspaceId.DEFAULT,
                                Set.of(person),
                                Set.of(),
                                Set.of()),
                        now.plusSeconds(30));
        store().erasures().begin(erasure);
        assertThat(store().erasures().goOn(now.plusSeconds(600), _ -> {})).isZero();
    }

    private Optional<MessageView> view(MessageId message) {
        return store().messages().find(WorkspaceId.DEFAULT, message);
    }

    private void settleAll() {
        store().queue()
                .record(
                        marked().stream()
                                .map(claim -> recording(claim, new MessageState.Sent(now)))
                                .toList());
    }

    private void archive() {
        var live = (Campaign.Live) campaigns().find(campaign).orElseThrow();
        var archived = new Campaign.Archived(live.header(), live.live(), null, null);
        campaigns().update(archived);
    }

    /// As if all that is archived had been so for long.
    private void purge() {
        campaigns()
                .purgeable(now.plusSeconds(3600), Set.of(), 1000)
                .forEach(name ->
                        campaigns().find(name).ifPresent(found -> campaigns().delete(found.id())));
    }

    private static Campaigns campaigns() {
        return new JdbiCampaigns(STORE.database().store());
    }
}
