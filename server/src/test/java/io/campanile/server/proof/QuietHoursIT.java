package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.campanile.v1.Category;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.Message;
import io.campanile.v1.QuietHours;
import io.campanile.v1.RuleSet;
import io.campanile.v1.Workspace;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// Marketing waits for the end of quiet hours by the clock of the workspace, on a real node. The
/// quiet hours are laid around the time of the test.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuietHoursIT {
    private static final String NEWS = "news";

    /// Where no clock is ever changed, at a quarter to nine hours from here.
    private static final ZoneId EUCLA = ZoneId.of("Australia/Eucla");

    private Cluster cluster;
    private Node node;

    @BeforeAll
    void startsANode() throws IOException {
        cluster = Cluster.create();
        node = cluster.start("one");
        Scenery.sendWhenUnset(node);
        Scenery.liveCampaign(node, NEWS, Category.CATEGORY_MARKETING, cluster.receiver().port());
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void keepsMarketingBackAndSendsItWhenTheHoursAreOver() throws IOException {
        Instant end = Instant.now().plus(Duration.ofHours(6)).truncatedTo(ChronoUnit.MINUTES);
        liveBy(EUCLA.getId());
        quiet(end.minus(Duration.ofHours(12)), end);

        var answer = node.triggers().triggerCampaign(Scenery.trigger(NEWS, "night", 5));

        Until.holds(
                "all of them wait",
                () -> cluster.rows().states(NEWS).equals(Map.of("DEFERRED QUIET_HOURS", "5")));
        Message waiting = message(answer.getResults(0).getAccepted().getMessage());
        assertThat(waiting.getAttemptCount()).isZero();
        assertThat(instant(waiting.getDueTime()))
                .isBetween(end, end.plus(Duration.ofMinutes(5)).plusMillis(1));
        assertThat(instant(explained().getDeferTime())).isEqualTo(end);
        assertThat(cluster.receiver().total()).isZero();

        // By this clock the hours are over: it is ten hours and a quarter ahead, or half a day
        // behind.
        liveBy("UTC");
        cluster.rows().makeDue();

        Until.holds(
                "all of them are sent",
                () -> cluster.rows().states(NEWS).equals(Map.of("SENT", "5")));
        assertThat(cluster.receiver().total()).isEqualTo(5);
        cluster.audit();
    }

    private void liveBy(String timeZone) {
        Scenery.setInWorkspace(node, "time_zone", Workspace.newBuilder().setTimeZone(timeZone));
    }

    private void quiet(Instant start, Instant end) {
        Scenery.activeRuleSet(
                node,
                "night",
                RuleSet.newBuilder()
                        .addQuietHours(
                                QuietHours.newBuilder().setStart(clock(start)).setEnd(clock(end))));
    }

    private static String clock(Instant instant) {
        return LocalTime.ofInstant(instant, EUCLA).toString();
    }

    private Message message(String name) {
        return node.messages().getMessage(GetMessageRequest.newBuilder().setName(name).build());
    }

    private ExplainRecipientResponse explained() {
        return node.messages()
                .explainRecipient(
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(Scenery.nameOf(NEWS))
                                .setRecipient(Scenery.recipient("ada@example.com"))
                                .build());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
