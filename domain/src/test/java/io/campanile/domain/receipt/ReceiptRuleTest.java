package io.campanile.domain.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

class ReceiptRuleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Receipt receipt(ReceiptKind kind) {
        return new Receipt(
                new MessageId(new UUID(NOON.toEpochMilli() << 16, 1)),
                "r-1",
                kind,
                kind == ReceiptKind.BOUNCED ? "5.1.1" : "",
                "",
                NOON);
    }

    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource({
        "ACCEPTED, DELIVERED, MESSAGE_OPEN",
        "ACCEPTED, BOUNCED, MESSAGE_OPEN",
        "ACCEPTED, COMPLAINED, MESSAGE_OPEN",
        "DEFERRED, DELIVERED, MESSAGE_OPEN",
        "DEFERRED, BOUNCED, MESSAGE_OPEN",
        "DEFERRED, COMPLAINED, MESSAGE_OPEN",
        "SENDING, DELIVERED, MESSAGE_OPEN",
        "SENDING, BOUNCED, MESSAGE_OPEN",
        "SENDING, COMPLAINED, MESSAGE_OPEN",
        "EXCLUDED, DELIVERED, MESSAGE_NOT_SENT",
        "EXCLUDED, BOUNCED, MESSAGE_NOT_SENT",
        "EXCLUDED, COMPLAINED, MESSAGE_NOT_SENT",
        "CANCELLED, DELIVERED, MESSAGE_NOT_SENT",
        "CANCELLED, BOUNCED, MESSAGE_NOT_SENT",
        "CANCELLED, COMPLAINED, MESSAGE_NOT_SENT",
        "EXPIRED, DELIVERED, MESSAGE_NOT_SENT",
        "EXPIRED, BOUNCED, MESSAGE_NOT_SENT",
        "EXPIRED, COMPLAINED, MESSAGE_NOT_SENT",
        "FAILED, DELIVERED, MESSAGE_NOT_SENT",
        "FAILED, BOUNCED, MESSAGE_NOT_SENT",
        "FAILED, COMPLAINED, MESSAGE_NOT_SENT",
        "UNKNOWN, DELIVERED, DELIVERED",
        "UNKNOWN, BOUNCED, BOUNCED",
        "UNKNOWN, COMPLAINED, DELIVERED",
        "SENT, DELIVERED, DELIVERED",
        "SENT, BOUNCED, BOUNCED",
        "SENT, COMPLAINED, DELIVERED",
        "DELIVERED, DELIVERED, stays",
        "DELIVERED, BOUNCED, BOUNCED",
        "DELIVERED, COMPLAINED, stays",
        "BOUNCED, DELIVERED, stays",
        "BOUNCED, BOUNCED, stays",
        "BOUNCED, COMPLAINED, stays",
    })
    void movesMessagesOnAndNeverBack(Kind state, ReceiptKind kind, String expected) {
        assertThat(ReceiptRule.of(state, false, receipt(kind)))
                .isEqualTo(
                        switch (expected) {
                            case "stays" -> new ReceiptVerdict.Noted();
                            case "DELIVERED" ->
                                    new ReceiptVerdict.Moves(new MessageState.Delivered(NOON));
                            case "BOUNCED" ->
                                    new ReceiptVerdict.Moves(
                                            new MessageState.Bounced(Reason.ADDRESS_REFUSED, NOON));
                            default -> new ReceiptVerdict.Refused(ReceiptRefusal.valueOf(expected));
                        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"EXCLUDED", "CANCELLED", "EXPIRED", "FAILED"})
    void moveWhatMayHaveBeenTakenBeforeItSettledOtherwise(Kind state) {
        for (ReceiptKind kind : ReceiptKind.values()) {
            assertThat(ReceiptRule.of(state, true, receipt(kind)))
                    .isEqualTo(ReceiptRule.of(Kind.UNKNOWN, false, receipt(kind)));
        }
    }

    @Test
    void waitForWhatIsOpenInDoubt() {
        assertThat(ReceiptRule.of(Kind.DEFERRED, true, receipt(ReceiptKind.BOUNCED)))
                .isEqualTo(new ReceiptVerdict.Refused(ReceiptRefusal.MESSAGE_OPEN));
    }

    /// The last word is the same, in whatever order they come.
    @Test
    void comesToTheSameInAnyOrder() {
        for (ReceiptKind first : ReceiptKind.values()) {
            for (ReceiptKind second : ReceiptKind.values()) {
                assertThat(after(after(Kind.SENT, first), second))
                        .isEqualTo(after(after(Kind.SENT, second), first));
            }
        }
        assertThat(Arrays.stream(ReceiptKind.values()).map(kind -> after(Kind.BOUNCED, kind)))
                .containsOnly(Kind.BOUNCED);
    }

    private static Kind after(Kind state, ReceiptKind kind) {
        return ReceiptRule.of(state, false, receipt(kind)) instanceof ReceiptVerdict.Moves(var to)
                ? to.kind()
                : state;
    }
}
