package io.campanile.grpc.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.resource.Times;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.ExplainMessageRequest;
import io.campanile.v1.ExplainMessageResponse;
import io.campanile.v1.ExplainMessageResponse.Decision;
import io.campanile.v1.ListMessagesRequest;
import io.campanile.v1.Message;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.RuleVerdict;
import io.campanile.v1.RuleVerdict.Rule;
import io.campanile.v1.TriggerServiceGrpc;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

class ExplainMessageTest {
    private static final Occasion OCCASION =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.SERVICE, "");
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID RECORD = new UUID(0, 7);

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void tellsWhatTheDecisionRestedOn() {
        NewExecution stored = kept();
        exclude(stored);

        assertThat(explained(stored))
                .isEqualTo(
                        ExplainMessageResponse.newBuilder()
                                .setDecision(Decision.DECISION_MADE)
                                .setReason(Message.Reason.REASON_CONSENT_DENIED)
                                .setDecideTime(Times.timestamp(NOON))
                                .addVerdicts(yes(Rule.RULE_PROFILE))
                                .addVerdicts(yes(Rule.RULE_ADDRESS))
                                .addVerdicts(
                                        RuleVerdict.newBuilder()
                                                .setRule(Rule.RULE_CONSENT)
                                                .setReason(Message.Reason.REASON_CONSENT_DENIED)
                                                .setRecord(
                                                        "workspaces/default/consentRecords/"
                                                                + RECORD)
                                                .setSource("by phone")
                                                .setSinceTime(Times.timestamp(NOON.minusSeconds(9)))
                                                .setRemedy(
                                                        "Whoever refused would have to grant the"
                                                                + " same level."))
                                .addVerdicts(yes(Rule.RULE_ADDRESS_SUPPRESSION))
                                .addVerdicts(yes(Rule.RULE_DOMAIN_SUPPRESSION))
                                .addVerdicts(yes(Rule.RULE_ALLOWED_LIST))
                                .addVerdicts(yes(Rule.RULE_QUIET_HOURS))
                                .addVerdicts(yes(Rule.RULE_FREQUENCY))
                                .build());
    }

    @Test
    void tellsWhyAMailCouldNotBeRendered() {
        NewExecution stored = kept();
        record(
                stored,
                new MessageState.Failed(Reason.RENDERING_FAILED, NOON),
                new DecisionRecord(
                        Facts.nothing(OCCASION, new Addressee(null, ADA)),
                        null,
                        NOON,
                        "content.subject: profile.firstName has no value"));

        ExplainMessageResponse explained = explained(stored);

        assertThat(explained.getDecision()).isEqualTo(Decision.DECISION_MADE);
        assertThat(explained.getReason()).isEqualTo(Message.Reason.REASON_UNSPECIFIED);
        assertThat(explained.getDetail())
                .isEqualTo(
                        "The message could not be rendered: content.subject: profile.firstName has"
                                + " no value.");
    }

    private NewExecution kept() {
        return world.stored(trigger -> trigger.kept(Instant.now().plus(Duration.ofHours(1))));
    }

    @Test
    void saysThatADecisionIsStillToComeOrNeverCame() {
        NewExecution stored = world.stored(trigger -> trigger);

        assertThat(explained(stored))
                .isEqualTo(
                        ExplainMessageResponse.newBuilder()
                                .setDecision(Decision.DECISION_PENDING)
                                .build());

        var _ =
                world.stub(TriggerServiceGrpc::newBlockingStub, Role.OPERATOR)
                        .cancelExecution(
                                CancelExecutionRequest.newBuilder()
                                        .setName("workspaces/default/executions/" + stored.id())
                                        .build());
        assertThat(explained(stored).getDecision()).isEqualTo(Decision.DECISION_NEVER_MADE);
    }

    @Test
    void saysWhyMembersOfAnAudienceGotNothingAndWhoDidInTheirPlace() {
        var audience = new AudienceId(UUID.randomUUID());
        var ada = new Identity("email", "ada@example.com");
        world.fakes.store.addAudience(audience, List.of(List.of(ada), List.of(ada), List.of()));
        written(world.stored(trigger -> trigger.lane(Lane.MARKETING).to(audience, "email")), 3);

        ExplainMessageResponse duplicate = explained(only("DUPLICATE_RECIPIENT"));
        ExplainMessageResponse gone = explained(only("PROFILE_UNKNOWN"));

        assertThat(duplicate.getDecision()).isEqualTo(Decision.DECISION_NEVER_MADE);
        assertThat(duplicate.getReason()).isEqualTo(Message.Reason.REASON_DUPLICATE_RECIPIENT);
        assertThat(duplicate.getDetail())
                .matches(
                        "The mail of several members goes to one address, or they are one person:"
                                + " the oldest profile was chosen,"
                                + " workspaces/default/profiles/[0-9a-f-]{36}\\.");
        assertThat(duplicate.getVerdictsList()).isEmpty();
        assertThat(gone)
                .isEqualTo(
                        ExplainMessageResponse.newBuilder()
                                .setDecision(Decision.DECISION_ERASED)
                                .setReason(Message.Reason.REASON_PROFILE_UNKNOWN)
                                .build());
    }

    private void written(NewExecution broadcast, int members) {
        assertThat(world.fakes.store.broadcasts().begin(broadcast.id())).isTrue();
        world.fakes
                .store
                .broadcasts()
                .write(broadcast.id(), new FanOutStep.Write(members, null), Instant.now());
    }

    private String only(String reason) {
        List<Message> found =
                asViewer()
                        .listMessages(
                                ListMessagesRequest.newBuilder()
                                        .setParent("workspaces/default")
                                        .setFilter("reason = " + reason)
                                        .build())
                        .getMessagesList();
        assertThat(found).hasSize(1);
        return found.getFirst().getName();
    }

    private void exclude(NewExecution stored) {
        var denial =
                new Consent(
                        new ConsentRecordId(RECORD),
                        new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, ""),
                        ConsentState.DENIED,
                        "by phone",
                        NOON.minusSeconds(9));
        var facts =
                new Facts(
                        OCCASION,
                        new Addressee(null, ADA),
                        false,
                        List.of(denial),
                        List.of(),
                        null,
                        null);
        record(
                stored,
                new MessageState.Excluded(Reason.CONSENT_DENIED, NOON),
                new DecisionRecord(facts, Reason.CONSENT_DENIED, NOON));
    }

    private void record(NewExecution stored, MessageState state, DecisionRecord decision) {
        var claim = new Claim(stored.messages().getFirst().id(), ClaimEpoch.FIRST);
        var recording = new Recording(claim, state, ProviderReply.NONE, NOON, decision);
        assertThat(world.fakes.store.queue().record(List.of(recording))).hasSize(1);
    }

    private static RuleVerdict yes(Rule rule) {
        return RuleVerdict.newBuilder().setRule(rule).build();
    }

    private ExplainMessageResponse explained(NewExecution stored) {
        return explained("workspaces/default/messages/" + stored.messages().getFirst().id());
    }

    private ExplainMessageResponse explained(String message) {
        return asViewer()
                .explainMessage(ExplainMessageRequest.newBuilder().setName(message).build());
    }

    private MessageServiceGrpc.MessageServiceBlockingStub asViewer() {
        return world.stub(MessageServiceGrpc::newBlockingStub, Role.VIEWER);
    }
}
