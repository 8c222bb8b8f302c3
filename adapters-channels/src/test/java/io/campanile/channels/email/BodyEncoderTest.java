package io.campanile.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// What is written is read again, by a decoder that is not ours.
class BodyEncoderTest {
    private static final List<String> PIECES =
            List.of(
                    " ",
                    "\t",
                    "\r",
                    "\n",
                    "\r\n",
                    ".",
                    "=",
                    "=3D",
                    "a",
                    "ä",
                    "€",
                    "😀",
                    "\0",
                    "\u000B",
                    "\u007F",
                    "From ",
                    "  \r\n",
                    "\t\n",
                    "\n.\n",
                    "a".repeat(74),
                    "é".repeat(25));

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int piece = random.nextInt(30); piece > 0; piece--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        // A line that no server would take.
        return random.nextInt(10) == 0 ? text + "ö".repeat(random.nextInt(1_200)) : text.toString();
    }

    private static String decoded(BodyEncoder body) throws MessagingException, IOException {
        try (InputStream decoded =
                MimeUtility.decode(
                        new ByteArrayInputStream(body.bytes()), body.transferEncoding())) {
            return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isReadAsItWasWritten(boolean eightBit) throws Exception {
        var random = new Random(20_260_309);
        for (int round = 0; round < 5_000; round++) {
            String text = text(random);

            BodyEncoder body = BodyEncoder.encode(text, eightBit);

            assertThat(decoded(body)).isEqualTo(text.replaceAll("\r\n|\r|\n", "\r\n"));
            String wire = new String(body.bytes(), StandardCharsets.ISO_8859_1);
            boolean quoted = body.transferEncoding().equals("quoted-printable");
            assertThat(wire.split("\r\n", -1))
                    .allMatch(line -> line.length() <= (quoted ? 76 : 998))
                    .noneMatch(line -> line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0);
            assertThat(body.isEightBit()).isEqualTo(wire.chars().anyMatch(b -> b >= 0x80));
            assertThat(body.isEightBit() && !eightBit).isFalse();
        }
    }
}
