package io.campanile.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class MessageStateTest {
    @Test
    void onlyAcceptedDeferredAndSendingAreOpen() {
        List<MessageState.Kind> open =
                Arrays.stream(MessageState.Kind.values())
                        .filter(MessageState.Kind::isOpen)
                        .toList();

        assertThat(open)
                .containsExactly(
                        MessageState.Kind.ACCEPTED,
                        MessageState.Kind.DEFERRED,
                        MessageState.Kind.SENDING);
    }

    @Test
    void saysWhyWhereTheStateDoesNotSayAll() {
        MessageState busy = new MessageState.Deferred(Instant.EPOCH, Reason.PROVIDER_BUSY);
        MessageState sent = new MessageState.Sent(Instant.EPOCH);

        assertThat(busy.reason()).isEqualTo(Reason.PROVIDER_BUSY);
        assertThat(sent.reason()).isNull();
    }

    @Test
    void idsAreOrderedAsTheDatabaseOrdersThem() {
        MessageId low = new MessageId(UUID.fromString("7f000000-0000-7000-8000-000000000000"));
        MessageId high = new MessageId(UUID.fromString("80000000-0000-7000-8000-000000000000"));

        assertThat(Stream.of(high, low).sorted()).containsExactly(low, high);
    }
}
