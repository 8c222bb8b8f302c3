package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState.Kind;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;

class MessageToOneTest {
    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, ACCEPTED, GONE",
        "DEFERRED, ACCEPTED, GONE",
        "ACCEPTED, SENDING, GONE",
        "ACCEPTED, SENT, GONE",
        "ACCEPTED, DELIVERED, GONE",
        "ACCEPTED, UNKNOWN, GONE",
        "SENDING, DEFERRED, STAYING",
        "SENT, ACCEPTED, STAYING",
        "ACCEPTED, EXCLUDED, NONE",
        "ACCEPTED, FAILED, NONE",
        "EXCLUDED, DEFERRED, NONE",
        "SENT, SENT, NONE"
    })
    void leavesOneOfTwo(Kind gone, Kind staying, String surplus) {
        var ofGone = new MessageToOne(new MessageId(new UUID(0, 1)), gone, false);
        var ofStaying = new MessageToOne(new MessageId(new UUID(0, 2)), staying, true);

        assertThat(MessageToOne.surplus(List.of(ofGone, ofStaying)))
                .isEqualTo(
                        switch (surplus) {
                            case "GONE" -> List.of(ofGone);
                            case "STAYING" -> List.of(ofStaying);
                            default -> List.of();
                        });
    }
}
