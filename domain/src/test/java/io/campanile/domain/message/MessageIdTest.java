package io.campanile.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.UUID;

class MessageIdTest {
    private static final MessageId ID =
            new MessageId(UUID.fromString("019cc8a1-0c00-7abc-8def-0123456789ab"));

    @Test
    void isReadOutOfTheHeaderThatItMakes() {
        assertThat(ID.header("example.com"))
                .isEqualTo("<019cc8a1-0c00-7abc-8def-0123456789ab@example.com>");
        assertThat(MessageId.ofHeader(ID.header("example.com"))).contains(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "019cc8a1-0c00-7abc-8def-0123456789ab@example.com",
                " <019CC8A1-0C00-7ABC-8DEF-0123456789AB@mail.example.com>\r\n",
                "<019cc8a1-0c00-7abc-8def-0123456789ab@xn--bcher-kva.example>",
            })
    void isReadAsOthersWriteIt(String header) {
        assertThat(MessageId.ofHeader(header)).contains(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>",
                "019cc8a1-0c00-7abc-8def-0123456789ab",
                "<019cc8a1-0c00-7abc-8def-0123456789ab@>",
                "<x019cc8a1-0c00-7abc-8def-0123456789ab@example.com>",
                "<019cc8a1-0c00-7abc-8def@example.com>",
                "<CAF7=abc@mail.example.com>",
                "<019cc8a1-0c00-7abc-8def-0123456789ab@a> <b@c>",
            })
    void isNotFoundInOthersHeaders(String header) {
        assertThat(MessageId.ofHeader(header)).isEmpty();
    }

    @Test
    void tellsWhenItWasAccepted() {
        assertThat(ID.acceptTime()).isEqualTo(Instant.ofEpochMilli(0x019cc8a10c00L));
    }
}
