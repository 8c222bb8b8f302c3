package io.campanile.grpc.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.v1.Identity;
import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;

import org.junit.jupiter.api.Test;

import java.util.List;

class TriggerProtosTest {
    private static final Value TOO_LARGE =
            Value.newBuilder().setStringValue("x".repeat(1 << 20)).build();
    private static final Value ONE = Value.newBuilder().setNumberValue(1).build();

    private final TriggerProtos protos =
            new TriggerProtos(
                    new RequestSyntax(
                            List.of(
                                    Recipient.getDescriptor(),
                                    TriggerCampaignRequest.getDescriptor())));

    private TriggerCommand.Entry read(Recipient.Builder recipient) {
        var request =
                TriggerCampaignRequest.newBuilder()
                        .setCampaign("workspaces/default/campaigns/receipt")
                        .setRequestId("r-1")
                        .addRecipients(
                                recipient.setIdentity(
                                        Identity.newBuilder()
                                                .setNamespace("crmId")
                                                .setValue("17")));
        return protos.command(request.build(), CallerPatience.until(null)).recipients().getFirst();
    }

    @Test
    void leavesNothingUnreadOfWhatItUnderstands() {
        assertThat(read(Recipient.newBuilder().setContextJson("{\"a\": 1}")).unread()).isEmpty();
        assertThat(read(Recipient.newBuilder()).unread()).isEmpty();
    }

    @Test
    void tellsApartWhatItCannotRead() {
        var broken = read(Recipient.newBuilder().setContextJson("{"));
        var same = read(Recipient.newBuilder().setContextJson("{"));
        var other = read(Recipient.newBuilder().setContextJson("{["));

        assertThat(broken.violations()).isNotEmpty();
        assertThat(broken.unread()).isNotEmpty().isEqualTo(same.unread());
        assertThat(other.unread()).isNotEmpty().isNotEqualTo(broken.unread());
    }

    @Test
    void takesMembersInAnyOrderForTheSame() {
        var one = Struct.newBuilder().putFields("a", ONE).putFields("b", TOO_LARGE);
        var other = Struct.newBuilder().putFields("b", TOO_LARGE).putFields("a", ONE);

        assertThat(read(Recipient.newBuilder().setContext(one)).unread())
                .isNotEmpty()
                .isEqualTo(read(Recipient.newBuilder().setContext(other)).unread());
    }
}
