package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;

import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpRule;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.ListMessageEventsRequest;
import io.campanile.v1.Message;
import io.campanile.v1.MessageEvent;
import io.campanile.v1.TriggerCampaignRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What a fault of the receiver makes of a message, from the trigger to its state and reason.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpFaultsIT {
    private static final String RECEIPTS = "receipts";
    private static final String NEWS = "news";

    /// Attempts of these are soon given up before the final dot, which is not to come of the
    /// machine.
    private static final String HASTY_RECEIPTS = "hasty-receipts";

    /// The reply to the final dot of these is not waited for long.
    private static final String HASTY_NEWS = "hasty-news";

    private static final Duration HASTY = Scenery.seconds(1);
    private static final Duration SHORTEST_FINAL = Scenery.seconds(10);
    private static final Duration PATIENT = Scenery.seconds(30);

    private Cluster cluster;
    private Node node;
    private ScriptedSmtpServer receiver;

    /// A refusal for good.
    enum Refusal {
        UNKNOWN_ADDRESS(
                Stage.RCPT, "550 5.1.1 no such user", Message.Reason.REASON_ADDRESS_REFUSED),
        POLICY(Stage.RCPT, "550 5.7.1 not from you", Message.Reason.REASON_POLICY_REFUSED),
        FULL_MAILBOX(Stage.RCPT, "552 5.2.2 mailbox full", Message.Reason.REASON_MESSAGE_REFUSED),
        CONTENT(Stage.DOT, "554 5.6.0 cannot read this", Message.Reason.REASON_MESSAGE_REFUSED);

        private final Stage stage;
        private final String reply;
        private final Message.Reason reason;

        Refusal(Stage stage, String reply, Message.Reason reason) {
            this.stage = stage;
            this.reply = reply;
            this.reason = reason;
        }
    }

    /// A fault that passes; nothing was counted before it.
    record Passing(String name, Stage stage, Consumer<SmtpRule> fault, Message.Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Passing> passingFaults() {
        return List.of(
                new Passing(
                        "busy",
                        Stage.RCPT,
                        rule -> rule.reply("451 4.3.0 later"),
                        Message.Reason.REASON_PROVIDER_BUSY),
                new Passing(
                        "throttling",
                        Stage.RCPT,
                        rule -> rule.reply("450 4.7.1 slow down"),
                        Message.Reason.REASON_PROVIDER_THROTTLED),
                new Passing(
                        "closing",
                        Stage.RCPT,
                        rule -> rule.reply("421 4.7.0 too many from you"),
                        Message.Reason.REASON_PROVIDER_THROTTLED),
                new Passing(
                        "busy-after-the-dot",
                        Stage.DOT,
                        rule -> rule.reply("452 4.3.1 out of storage"),
                        Message.Reason.REASON_PROVIDER_BUSY),
                new Passing(
                        "sign-in-needed",
                        Stage.RCPT,
                        rule -> rule.reply("530 5.7.0 sign in first"),
                        Message.Reason.REASON_PROVIDER_MISCONFIGURED),
                new Passing(
                        "cut-before-the-dot",
                        Stage.RCPT,
                        // A kept connection that is found dead is replaced within the attempt.
                        rule -> rule.times(2).cut(),
                        Message.Reason.REASON_PROVIDER_UNREACHABLE),
                new Passing(
                        "cut-after-the-dot",
                        Stage.DOT,
                        SmtpRule::cut,
                        Message.Reason.REASON_OUTCOME_UNKNOWN));
    }

    @BeforeAll
    void startsANode() throws IOException {
        cluster = Cluster.create();
        receiver = cluster.receiver();
        node = cluster.start("one");
        Scenery.sendWhenUnset(node);
        liveCampaign(RECEIPTS, Category.CATEGORY_TRANSACTIONAL, PATIENT, PATIENT);
        liveCampaign(NEWS, Category.CATEGORY_MARKETING, PATIENT, PATIENT);
        liveCampaign(HASTY_RECEIPTS, Category.CATEGORY_TRANSACTIONAL, HASTY, PATIENT);
        liveCampaign(HASTY_NEWS, Category.CATEGORY_MARKETING, PATIENT, SHORTEST_FINAL);
    }

    @AfterEach
    void behavesAgain() {
        receiver.behave();
        receiver.release();
        receiver.acceptConnections();
        assertThat(cluster.rows().audit()).isEmpty();
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void failsWhatIsRefusedForGood(Refusal refusal) {
        String address = addressOf(refusal);
        receiver.when(refusal.stage).of(address).reply(refusal.reply);

        Message message = settled(RECEIPTS, address);

        assertThat(message.getState()).isEqualTo(Message.State.STATE_FAILED);
        assertThat(message.getReason()).isEqualTo(refusal.reason);
        assertThat(message.getAttemptCount()).isEqualTo(1);
        assertThat(arrivals(message)).isZero();
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void triesAgainAfterWhatPasses(Passing passing) {
        passing.fault.accept(receiver.when(passing.stage).once());

        Message message = settled(RECEIPTS, passing.name + "@example.com");

        assertSentAfter(passing.reason, message);
    }

    @Test
    void triesAgainAfterAReceiverStalledBeforeTheDot() {
        receiver.when(Stage.RCPT).once().stall();

        Message message = settled(HASTY_RECEIPTS, "stall-before-the-dot@example.com");

        assertSentAfter(Message.Reason.REASON_PROVIDER_UNREACHABLE, message);
    }

    private void assertSentAfter(Message.Reason reason, Message message) {
        assertThat(message.getState()).isEqualTo(Message.State.STATE_SENT);
        assertThat(deferrals(message)).isNotEmpty().containsOnly(reason);
        assertThat(message.getAttemptCount()).isEqualTo(deferrals(message).size() + 1);
        assertThat(arrivals(message)).isEqualTo(1);
    }

    @Test
    void waitsForAReceiverThatRefusesConnections() {
        receiver.refuseConnections();
        String message = trigger(RECEIPTS, "unreachable@example.com");
        Until.holds("it was tried", () -> !deferrals(get(message)).isEmpty());
        assertThat(deferrals(get(message)))
                .containsOnly(Message.Reason.REASON_PROVIDER_UNREACHABLE);

        receiver.acceptConnections();

        assertThat(settled(message).getState()).isEqualTo(Message.State.STATE_SENT);
        assertThat(arrivals(get(message))).isEqualTo(1);
    }

    @Test
    void doublesATransactionalMessageWhoseFinalReplyWasLost() {
        receiver.when(Stage.DOT).of("doubled@example.com").once().countAndCut();

        Message message = settled(RECEIPTS, "doubled@example.com");

        assertThat(message.getState()).isEqualTo(Message.State.STATE_SENT);
        assertThat(deferrals(message)).containsExactly(Message.Reason.REASON_OUTCOME_UNKNOWN);
        assertThat(arrivals(message)).isEqualTo(2);
    }

    @Test
    void settlesATransactionalMessageThatMayHaveArrivedThreeTimes() {
        receiver.when(Stage.DOT).of("tripled@example.com").countAndCut();

        Message message = settled(RECEIPTS, "tripled@example.com");

        assertThat(message.getState()).isEqualTo(Message.State.STATE_UNKNOWN);
        assertThat(message.getAttemptCount()).isEqualTo(3);
        assertThat(arrivals(message)).isEqualTo(3);
    }

    @Test
    void neverDoublesAMarketingMessageWhoseFinalReplyWasLost() {
        receiver.when(Stage.DOT).of("unknown@example.com").once().countAndCut();

        Message message = settled(NEWS, "unknown@example.com");

        assertThat(message.getState()).isEqualTo(Message.State.STATE_UNKNOWN);
        assertThat(arrivals(message)).isEqualTo(1);
    }

    @Test
    void doesNotKnowWhatAReceiverTookThatNeverRepliedToTheDot() {
        receiver.when(Stage.DOT).of("silent@example.com").once().stall();

        Message message = settled(HASTY_NEWS, "silent@example.com");

        assertThat(message.getState()).isEqualTo(Message.State.STATE_UNKNOWN);
        assertThat(message.getAttemptCount()).isEqualTo(1);
    }

    private void liveCampaign(
            String id, Category category, Duration attemptTimeout, Duration finalReplyTimeout) {
        Scenery.liveConfiguration(
                node,
                id,
                category,
                receiver.port(),
                Scenery.limits()
                        .setAttemptTimeout(attemptTimeout)
                        .setFinalReplyTimeout(finalReplyTimeout)
                        .setBreakerFailurePercent(100)
                        .build());
        Scenery.liveCampaign(node, id, category, id, Scenery.content(category));
    }

    private static String addressOf(Refusal fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "@example.com";
    }

    private String trigger(String campaign, String address) {
        return node.triggers()
                .triggerCampaign(
                        TriggerCampaignRequest.newBuilder()
                                .setCampaign(Scenery.nameOf(campaign))
                                .setRequestId(address)
                                .addRecipients(Scenery.recipient(address))
                                .build())
                .getResults(0)
                .getAccepted()
                .getMessage();
    }

    private Message settled(String campaign, String address) {
        return settled(trigger(campaign, address));
    }

    private Message settled(String message) {
        Until.holds(
                "the message settles",
                () -> {
                    // How long it waits between its attempts is proved elsewhere.
                    cluster.rows().makeDue();
                    return cluster.rows().allSettled();
                });
        return get(message);
    }

    private Message get(String message) {
        return node.messages().getMessage(GetMessageRequest.newBuilder().setName(message).build());
    }

    private List<Message.Reason> deferrals(Message message) {
        return node
                .messages()
                .listMessageEvents(
                        ListMessageEventsRequest.newBuilder().setParent(message.getName()).build())
                .getEventsList()
                .stream()
                .filter(event -> event.getType() == MessageEvent.Type.TYPE_DEFERRED)
                .map(MessageEvent::getReason)
                .toList();
    }

    private int arrivals(Message message) {
        return cluster.arrivals().getOrDefault(Load.lastPart(message.getName()), 0);
    }
}
