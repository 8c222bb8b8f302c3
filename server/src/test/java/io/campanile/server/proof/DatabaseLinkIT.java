package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.database.DatabaseLink;
import io.campanile.v1.Category;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The connection to the database is cut while triggers are accepted and messages delivered, also
/// between a statement and its answer: what was stored and what was not, only the database knows.
/// One node outlives it all; each test has campaigns of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseLinkIT {
    private static final int TIMES = 3;

    private Cluster cluster;
    private DatabaseLink link;
    private Node node;
    private int tests;
    private String receipts;
    private String news;

    @BeforeAll
    void startsANodeBehindALink() throws IOException {
        cluster = Cluster.create(Trait.SHORT_LEASE);
        link = DatabaseLink.to(cluster.database());
        node = cluster.start("one", Map.of("CAMPANILE_DATABASE_URL", link.jdbcUrl()));
        Scenery.sendWhenUnset(node);
    }

    @BeforeEach
    void goesLive() {
        Health.awaitAllOf(node);
        cluster.beginAnew();
        int port = cluster.receiver().port();
        receipts = "receipts-" + ++tests;
        Scenery.liveCampaign(node, receipts, Category.CATEGORY_TRANSACTIONAL, port);
        news = "news-" + tests;
        Scenery.liveCampaign(node, news, Category.CATEGORY_MARKETING, port);
    }

    /// Kept cut until the node knows, so that nobody takes what it thought before for news.
    @AfterEach
    void mendsTheLink() {
        link.cut();
        Until.holds("it is noticed", () -> Health.of(node.channel()) == Health.NOT_SERVING);
        link.letThrough();
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
        link.close();
    }

    @Test
    void losesNothingWhenStatementsAreCutOff() throws IOException {
        surviveUnderLoad(_ -> {});
    }

    @Test
    void losesNothingWhenTheAnswersToStatementsAre() throws IOException {
        surviveUnderLoad(load -> {
            int before = link.silenced();
            // Only what intake sends names request ids; addresses go on behind them.
            link.swallowRepliesTo(Pattern.compile(receipts + "-[0-9]+[^-0-9]"));
            Until.holds("an intake's answer is lost", () -> link.silenced() > before);
            Until.holds("somebody is stored who is not told", () -> stored() > told(load));
            link.swallowReplies();
            Until.holds("other answers are lost", () -> link.silenced() >= before + 3);
        });
    }

    @Test
    void losesNothingWhenTheAnswersToCommitsAre() throws IOException {
        surviveUnderLoad(_ -> {
            int before = link.silenced();
            link.swallowCommits();
            Until.holds("commits are lost", () -> link.silenced() >= before + 3);
        });
    }

    /// A second until the next look, three until that counts for no, and the rest for busy
    /// machines.
    @Test
    @Tag("alone")
    void saysSoonThatTheDatabaseHangsAndThatItAnswersAgain() {
        link.swallowReplies();

        Until.holds(
                "it is noticed",
                Duration.ofSeconds(10),
                () -> Health.of(node.channel()) == Health.NOT_SERVING);

        link.cut();
        link.letThrough();
        Until.holds("it is healthy again", () -> Health.of(node.channel()) == Health.SERVING);
    }

    /// What is told to end does, though nothing it waits for comes.
    @Test
    @Tag("alone")
    void endsInTimeAlthoughTheDatabaseHangs() throws IOException {
        Node hasty =
                cluster.start(
                        "two",
                        Map.of(
                                "CAMPANILE_DATABASE_URL",
                                link.jdbcUrl(),
                                "CAMPANILE_DRAIN_DEADLINE",
                                "1s"));
        link.swallowReplies();
        Until.holds("it is noticed", () -> Health.of(hasty.channel()) == Health.NOT_SERVING);
        long begin = System.nanoTime();

        assertThat(cluster.terminate(hasty)).isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    /// Whoever was told `accepted` gets the mail, and nobody gets another. What stood in `SENDING`
    /// at a cut may come twice where it is transactional.
    private void surviveUnderLoad(Consumer<Load> beforeTheCut) throws IOException {
        Set<String> inDoubt = new HashSet<>();
        try (Load load = Load.on(cluster.live(), receipts, news)) {
            for (int time = 0; time < TIMES; time++) {
                long mails = cluster.receiver().total();
                Until.holds("mails flow", () -> cluster.receiver().total() > mails + 100);
                beforeTheCut.accept(load);
                inDoubt.addAll(cut(load));
                int before = load.accepted();
                link.letThrough();
                Until.holds("calls are accepted again", () -> load.accepted() > before + 20);
            }
            load.finish();
            Until.holds("everything settles", cluster.rows()::allSettled);

            assertThat(Load.PASSING).containsAll(load.refusals().keySet());
            Set<String> messages = new HashSet<>(load.messages(receipts));
            messages.addAll(load.messages(news));
            assertThat(cluster.arrivals().keySet()).containsExactlyInAnyOrderElementsOf(messages);
            assertThat(cluster.doubled())
                    .isSubsetOf(inDoubt)
                    .doesNotContainAnyElementsOf(load.messages(news));
        }
        assertThat(cluster.rows().states(receipts)).containsOnlyKeys("SENT");
        assertThat(cluster.rows().states(news)).containsOnlyKeys("SENT");
        cluster.audit();
    }

    /// Cuts every connection and keeps them cut until that is noticed.
    ///
    /// @return what stands in `SENDING` then
    private Set<String> cut(Load load) {
        long before = refused(load);
        link.cut();
        Until.holds("nobody is connected any more", cluster.rows()::deserted);
        Set<String> sending = new HashSet<>(cluster.rows().sending(receipts));
        sending.addAll(cluster.rows().sending(news));
        Until.holds("calls are refused", () -> refused(load) > before);
        Until.holds("it is noticed", () -> Health.of(node.channel()) == Health.NOT_SERVING);
        return sending;
    }

    private static long refused(Load load) {
        return load.refusals().values().stream().mapToLong(Long::longValue).sum();
    }

    private int stored() {
        return cluster.rows().messages(receipts).size() + cluster.rows().messages(news).size();
    }

    private int told(Load load) {
        return load.messages(receipts).size() + load.messages(news).size();
    }
}
