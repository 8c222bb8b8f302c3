package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;
import io.campanile.v1.TriggerCampaignResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Two nodes on one database: what one holds goes to the other when it dies or freezes.
@Tag("alone")
class TwoNodesIT {
    private static final Pattern TAKEN_FOR_DEAD = Pattern.compile("was taken for dead");
    private static final String RECEIPTS = "receipts";
    private static final String NEWS = "news";

    private Cluster cluster;
    private Node one;

    @BeforeEach
    void startsOneNode() throws IOException {
        cluster = Cluster.create(Trait.SHORT_LEASE);
        one = cluster.start("one");
        int port = cluster.receiver().port();
        Scenery.liveCampaign(one, RECEIPTS, Category.CATEGORY_TRANSACTIONAL, port);
        Scenery.sendWhenUnset(one);
        Scenery.liveCampaign(one, NEWS, Category.CATEGORY_MARKETING, port);
    }

    @AfterEach
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void finishesForANodeThatWasKilledUnderLoad() throws IOException {
        Set<String> sessions = cluster.rows().sessions();
        cluster.start("two");
        try (Load load = Load.on(cluster.live(), RECEIPTS, NEWS)) {
            Until.holds("mails flow", () -> cluster.receiver().total() > 500);
            cluster.receiver().when(Stage.DOT).times(6).stall();
            Until.holds("hand-overs hang", () -> cluster.receiver().stalled() == 6);
            cluster.kill(one);
            Until.holds(
                    "what it had begun is over",
                    () -> Collections.disjoint(cluster.rows().sessions(), sessions));
            Set<String> receipts = cluster.rows().sending(RECEIPTS);
            Set<String> news = cluster.rows().sending(NEWS);
            cluster.receiver().release();
            long before = cluster.receiver().total();
            Until.holds("mails flow on", () -> cluster.receiver().total() > before + 200);
            load.finish();
            Until.holds("everything settles", cluster.rows()::allSettled);

            Set<String> settled = new TreeSet<>(cluster.arrivals().keySet());
            assertThat(settled).containsAll(load.messages(RECEIPTS));
            assertThat(receipts).containsAll(cluster.doubled());
            assertThat(news).containsAll(cluster.rows().unknown());
            settled.addAll(cluster.rows().unknown());
            assertThat(settled).containsAll(load.messages(NEWS));
        }
        cluster.audit();
    }

    @Test
    void sendsNothingStaleWhenFrozenBeforeTheMark() throws IOException {
        cluster.receiver().when(Stage.DOT).stall();
        TriggerCampaignResponse answer =
                one.triggers().triggerCampaign(Scenery.trigger(RECEIPTS, "frozen", 100));
        List<String> messages = Load.messagesOf(answer);
        Until.holds("every slot hangs", () -> cluster.receiver().stalled() == Scenery.SLOTS);
        one.process().freeze();
        Set<String> marked = cluster.rows().sending(RECEIPTS);
        cluster.receiver().behave();
        cluster.start("two");
        Until.holds("the other node settles all", cluster.rows()::allSettled);
        Map<String, String> settled = cluster.rows().messages(RECEIPTS);

        cluster.receiver().release();
        thawAndProbe(RECEIPTS);

        assertThat(cluster.arrivals().keySet()).containsAll(messages);
        assertThat(marked).containsAll(cluster.doubled());
        assertThat(cluster.rows().messages(RECEIPTS)).containsAllEntriesOf(settled);
        cluster.audit();
    }

    @Test
    void changesNoRowWhenItsOutcomeComesTooLate() throws IOException {
        cluster.receiver().when(Stage.DOT).times(5).stall();
        TriggerCampaignResponse answer =
                one.triggers().triggerCampaign(Scenery.trigger(NEWS, "frozen", 5));
        Until.holds("every mail hangs", () -> cluster.receiver().stalled() == 5);
        one.process().freeze();
        cluster.start("two");
        Until.holds("the other node settles all", cluster.rows()::allSettled);
        Map<String, String> settled = cluster.rows().messages(NEWS);

        cluster.receiver().release();
        thawAndProbe(NEWS);

        assertThat(cluster.rows().unknown())
                .containsExactlyInAnyOrderElementsOf(Load.messagesOf(answer));
        assertThat(cluster.arrivals().keySet()).containsAll(Load.messagesOf(answer));
        assertThat(cluster.doubled()).isEmpty();
        assertThat(cluster.rows().messages(NEWS)).containsAllEntriesOf(settled);
        cluster.audit();
    }

    /// The frozen node goes on, learns what happened, and serves what comes after all it held.
    private void thawAndProbe(String campaign) throws IOException {
        one.process().thaw();
        one.process().await(TAKEN_FOR_DEAD);
        TriggerCampaignResponse probe =
                one.triggers().triggerCampaign(Scenery.trigger(campaign, "probe", 1));
        String message = Load.messagesOf(probe).getFirst();
        Until.holds("the node delivers again", () -> cluster.arrivals().containsKey(message));
        Until.holds("the probe settles", cluster.rows()::allSettled);
    }
}
