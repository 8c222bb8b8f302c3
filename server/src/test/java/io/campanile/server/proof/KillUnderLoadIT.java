package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// SIGKILL under load, five times in a row, with a restart on the same data folder.
class KillUnderLoadIT {
    private static final int KILLS = 5;
    private static final String RECEIPTS = "receipts";
    private static final String NEWS = "news";

    private final Set<String> receiptsInDoubt = new TreeSet<>();
    private final Set<String> newsInDoubt = new TreeSet<>();

    @Test
    void losesNothingAndDoublesOnlyWhatWasInHandOver() throws IOException {
        try (Cluster cluster = Cluster.create(Trait.OWN_SERVER, Trait.SHORT_LEASE)) {
            Node node = cluster.start("one");
            int port = cluster.receiver().port();
            Scenery.liveCampaign(node, RECEIPTS, Category.CATEGORY_TRANSACTIONAL, port);
            Scenery.sendWhenUnset(node);
            Scenery.liveCampaign(node, NEWS, Category.CATEGORY_MARKETING, port);
            try (Load load = Load.on(cluster.live(), RECEIPTS, NEWS)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    killAmongHandOvers(cluster, node);
                    node = cluster.start("one");
                }
                load.finish();
                Until.holds("everything settles", cluster.rows()::allSettled);

                Set<String> arrived = cluster.arrivals().keySet();
                assertThat(arrived).as("lost").containsAll(load.messages(RECEIPTS));
                assertNews(load.messages(NEWS), arrived, cluster);
                assertThat(receiptsInDoubt)
                        .as("in hand-over at a kill")
                        .containsAll(cluster.doubled());
                assertThat(cluster.doubled()).as("what hung was sent again").isNotEmpty();
            }
            cluster.auditByCommand();
        }
    }

    /// Some mails are on their way at the kill: complete, counted later, and never acknowledged.
    private void killAmongHandOvers(Cluster cluster, Node node) {
        long before = cluster.receiver().total();
        Until.holds("mails flow", () -> cluster.receiver().total() > before + 200);
        Until.holds("nothing is in doubt since the last kill", () -> isDecided(cluster.rows()));
        cluster.receiver().when(Stage.DOT).times(6).stall();
        Until.holds("hand-overs hang", () -> cluster.receiver().stalled() == 6);
        cluster.kill(node);
        Until.holds("its sessions end", cluster.rows()::deserted);
        cluster.receiver().release();

        Set<String> receipts = cluster.rows().sending(RECEIPTS);
        Set<String> news = cluster.rows().sending(NEWS);
        assertThat(receipts).hasSizeLessThanOrEqualTo(Scenery.SLOTS);
        assertThat(news).hasSizeLessThanOrEqualTo(Scenery.SLOTS);
        assertThat(receipts.size() + news.size()).isGreaterThanOrEqualTo(6);
        receiptsInDoubt.addAll(receipts);
        newsInDoubt.addAll(news);
    }

    private boolean isDecided(Rows rows) {
        return Collections.disjoint(rows.sending(RECEIPTS), receiptsInDoubt)
                && Collections.disjoint(rows.sending(NEWS), newsInDoubt);
    }

    private void assertNews(Set<String> accepted, Set<String> arrived, Cluster cluster) {
        Set<String> missing = new TreeSet<>(accepted);
        missing.removeAll(arrived);
        Set<String> unknown = cluster.rows().unknown();
        missing.removeAll(unknown);
        Map<String, String> rows = cluster.rows().messages(NEWS);
        rows.keySet().retainAll(missing);
        assertThat(missing).as("neither arrived nor unknown: %s", rows).isEmpty();
        assertThat(newsInDoubt).as("in hand-over at a kill").containsAll(unknown);
    }
}
