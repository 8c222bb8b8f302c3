package io.campanile.domain.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.suppression.BounceKind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

class ReceiptTest {
    private static final Instant ACCEPTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final MessageId MESSAGE =
            new MessageId(new UUID(ACCEPTED.toEpochMilli() << 16 | 0x7000, 1));

    private static Receipt bounced(String status, String diagnostic) {
        return new Receipt(MESSAGE, "r-1", ReceiptKind.BOUNCED, status, diagnostic, ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1, '', ADDRESS_REFUSED, HARD",
        "5.1.6, '', ADDRESS_REFUSED, HARD",
        "5.1.10, '', ADDRESS_REFUSED, HARD",
        "5.1.1, smtp; 550 blocked, ADDRESS_REFUSED, HARD",
        "5.1.1, smtp; 550 spam policy, POLICY_REFUSED,",
        "5.1.1, smtp; 550 the mailbox is full, MESSAGE_REFUSED, SOFT",
        "5.1.6, smtp; 550 over quota, MESSAGE_REFUSED, SOFT",
        "5.1.10, smtp; 550 fully unknown, ADDRESS_REFUSED, HARD",
        "5.0.0, 'smtp; 550 sorry, user over quota (#5.1.1)', MESSAGE_REFUSED, SOFT",
        "5.0.0, 'smtp; 571 sorry, you are violating our security policies (#5.1.1 - chkuser)',"
                + " POLICY_REFUSED,",
        "5.0.0, smtp; 511 no mailbox here by that name (#5.1.1 - chkuser), ADDRESS_REFUSED, HARD",
        "5.7.1, '', POLICY_REFUSED,",
        "4.7.0, '', POLICY_REFUSED,",
        "5.0.0, smtp; 554 blocked by reputation, POLICY_REFUSED,",
        "5.0.0, smtp; 550 <policy@example.com> no, MESSAGE_REFUSED, SOFT",
        "5.0.0, 'smtp; 550 5.7.515 Access denied, the domain is not authenticated',"
                + " POLICY_REFUSED,",
        "5.0.0, smtp; 550-5.7.25 [192.0.2.1] has no PTR record, POLICY_REFUSED,",
        "5.0.0, smtp; 550-5.1.1 The account you tried to reach does not exist,"
                + " ADDRESS_REFUSED, HARD",
        "5.0.0, smtp; 550 <ann@example.com> no mailbox here (#5.1.1), ADDRESS_REFUSED, HARD",
        "4.0.0, smtp; 550 5.1.1 gone, ADDRESS_REFUSED, HARD",
        "5.0.0, smtp; 451 4.4.7 expired, MESSAGE_REFUSED,",
        "5.0.0, smtp; 550 5.1.1.4 says no, MESSAGE_REFUSED, SOFT",
        "5.0.0, smtp; 192.0.2.550 5.1.1 is unknown, MESSAGE_REFUSED, SOFT",
        "5.0.0, smtp; see 5.1.1 for more, MESSAGE_REFUSED, SOFT",
        "5.2.2, smtp; 550 5.1.1 gone, MESSAGE_REFUSED, SOFT",
        "5.2.2, '', MESSAGE_REFUSED, SOFT",
        "4.2.2, '', MESSAGE_REFUSED, SOFT",
        "5.0.0, '', MESSAGE_REFUSED, SOFT",
        "4.1.1, '', MESSAGE_REFUSED, SOFT",
        "4.4.7, '', MESSAGE_REFUSED,",
        "5.4.4, '', MESSAGE_REFUSED,",
        "5.4.1, '', MESSAGE_REFUSED,",
        "5.4.1, smtp; 550 5.4.1 Recipient address rejected: Access denied, MESSAGE_REFUSED, SOFT",
        "5.0.0, smtp; 550 5.4.1 Recipient address rejected: Access denied, MESSAGE_REFUSED, SOFT",
        "4.4.1, smtp; 450 4.4.1 Recipient address rejected: Access denied, MESSAGE_REFUSED,",
        "5.3.4, '', MESSAGE_REFUSED,",
        "4.6.5, '', MESSAGE_REFUSED,",
        "5.1.8, '', MESSAGE_REFUSED,",
    })
    void bouncesSpeakAgainstAnAddressOnlyWhereTheyAreAboutIt(
            String status, String diagnostic, Reason reason, @Nullable BounceKind kind) {
        Receipt receipt = bounced(status, diagnostic);

        assertThat(receipt.reason()).isEqualTo(reason);
        assertThat(receipt.bounce()).isEqualTo(Optional.ofNullable(kind));
    }

    @Test
    void whatArrivedOrAnnoyedIsNoBounce() {
        for (ReceiptKind kind : new ReceiptKind[] {ReceiptKind.DELIVERED, ReceiptKind.COMPLAINED}) {
            var receipt = new Receipt(MESSAGE, "r-1", kind, "", "", ACCEPTED);

            assertThat(receipt.reason()).isNull();
            assertThat(receipt.bounce()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} after the acceptance, an hour after which it is now: {1}")
    @CsvSource({
        "-PT5M1S, false",
        "-PT5M, true",
        "PT0S, true",
        "PT1H5M, true",
        "PT1H5M1S, false",
    })
    void happensAfterTheAcceptanceAndNotInTheFuture(Duration after, boolean timely) {
        var receipt =
                new Receipt(MESSAGE, "r-1", ReceiptKind.DELIVERED, "", "", ACCEPTED.plus(after));

        assertThat(receipt.isTimely(ACCEPTED.plus(Duration.ofHours(1)))).isEqualTo(timely);
    }

    @Test
    void quotesNobody() {
        assertThat(bounced("5.1.1", "550 ada@example.com")).hasToString("BOUNCED " + MESSAGE);
    }
}
